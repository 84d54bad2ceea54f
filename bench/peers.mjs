// What the peers run: the same rules, written the way each of them likes best.
//
// Every SQL form gives one row (unit, verdict) per unit, with the codes of
// ntm's verdicts: 0 not met, 1 unknown, 2 met.  SQL's AND and OR have three
// values already, so that a whole set is one boolean expression.
//
// A rule is { indicator, name, criterion, needed, items, limits }: limits has
// [low, high] by class, null where there is no such end.

const classes = (rules) => Object.keys(rules[0].limits);

function groups(rules) {
  const map = new Map();
  for (const r of rules) map.set(r.criterion, [...(map.get(r.criterion) ?? []), r]);
  return [...map.values()];
}

const join = (word) => (list) => list.length === 1 ? list[0] : `(${list.join(` ${word} `)})`;
const language = (and, or, equal) => ({ and: join(and), or: join(or), equal });
const sql = language('AND', 'OR', '=');
const opposite = ({ and, or, equal }) => ({ and: or, or: and, equal });

const choose = (list, k) => k === 0 ? [[]] : list.flatMap((x, i) => choose(list.slice(i + 1), k - 1).map((rest) => [x, ...rest]));

// The set as one expression.  A criterion that needs k of n is the OR of all
// ways to choose k.
function compose(rules, test, { and, or }) {
  return and(groups(rules).flatMap((group) => {
    const tests = group.map(test);
    return group[0].needed === group.length ? tests : [or(choose(tests, group[0].needed).map(and))];
  }));
}

function within(value, [low, high], { and, equal }) {
  if (low !== null && low === high) return `${value} ${equal} ${low}`;
  return and([low !== null && `${value} >= ${low}`, high !== null && `${value} <= ${high}`].filter(Boolean));
}

function outside(value, [low, high], { or }) {
  return or([low !== null && `${value} < ${low}`, high !== null && `${value} > ${high}`].filter(Boolean));
}

const code = (expression) => `coalesce(2 * (${expression})::integer, 1)`;

// The numbers as constants: an expression for each class.
const verdict = (rules, row, c) => code(compose(rules, (r) => within(`${row}m${r.indicator}`, r.limits[c], sql), sql));
const constants = (rules, row = '') =>
  `CASE ${row}class ${classes(rules).map((c) => `WHEN ${c} THEN ${verdict(rules, row, c)}`).join(' ')} END`;

// The numbers as a table: a wide row for each class.  An end that an indicator
// has for no class is left out.
function limits(rules, table, type) {
  const ends = rules.flatMap((r) => [0, 1]
    .filter((end) => Object.values(r.limits).some((l) => l[end] !== null))
    .map((end) => ({ r, end, name: `${end ? 'high' : 'low'}${r.indicator}` })));
  const rows = classes(rules).map((c) => `(${[c, ...ends.map(({ r, end }) => r.limits[c][end] ?? 'NULL')].join(', ')})`);
  return {
    create: `CREATE TABLE ${table} AS SELECT class, ${ends.map(({ name }) => `${name}::${type} AS ${name}`).join(', ')}
      FROM (VALUES ${rows.join(',\n')}) AS v (class, ${ends.map(({ name }) => name).join(', ')})`,
    expression: code(compose(rules, (rule) => sql.and(ends.filter(({ r }) => r === rule)
      .map(({ end, name }) => `m${rule.indicator} ${end ? '<=' : '>='} ${name}`)), sql)),
  };
}

// In the long table.  "order": the join must begin with the small side; left
// alone, PostgreSQL's planner hashes the five million rows.
function long(rules, order = '') {
  const facts = `(SELECT * FROM long JOIN unit USING (unit) ${order}) AS l JOIN bound USING (class, indicator)`;
  const special = groups(rules).filter((g) => g[0].needed < g.length);
  const total = rules.length - special.flat().length;
  const counts = special.map(([{ criterion: c }]) => `,
               count(*) FILTER (WHERE criterion = ${c} AND ok) AS met${c}, count(*) FILTER (WHERE criterion = ${c} AND NOT ok) AS failed${c}`);
  return {
    // An aggregate by criterion, another by unit: what one writes first.
    'two levels': `
SELECT unit, min(CASE WHEN met >= needed THEN 2 WHEN known - met > items - needed THEN 0 ELSE 1 END) AS verdict
  FROM (SELECT unit, criterion, needed, items, sum((value BETWEEN low AND high)::integer) AS met, count(value) AS known
          FROM ${facts} GROUP BY unit, criterion, needed, items) AS c
 GROUP BY unit`,
    // One aggregate: criteria that need all their indicators count together.
    'one level': `
SELECT unit, CASE WHEN ${['failed > 0', ...special.map(([r]) => `failed${r.criterion} > ${r.items - r.needed}`)].join(' OR ')} THEN 0
                  WHEN ${[`met = ${total}`, ...special.map(([r]) => `met${r.criterion} >= ${r.needed}`)].join(' AND ')} THEN 2 ELSE 1 END AS verdict
  FROM (SELECT unit, count(*) FILTER (WHERE needed = items AND ok) AS met, count(*) FILTER (WHERE needed = items AND NOT ok) AS failed${counts.join('')}
          FROM (SELECT unit, criterion, needed, items, value BETWEEN low AND high AS ok FROM ${facts} ${order}) AS t
         GROUP BY unit) AS u`,
    // Only what is not met is counted.  Right only because every unit has a
    // row for every indicator, be it NULL.
    'exceptions': `
SELECT unit, coalesce(verdict, 2) AS verdict
  FROM unit LEFT JOIN (
       SELECT unit, min(CASE WHEN failed > items - needed THEN 0 WHEN open > items - needed THEN 1 ELSE 2 END) AS verdict
         FROM (SELECT unit, criterion, needed, items, count(value) AS failed, count(*) AS open
                 FROM ${facts} WHERE (value BETWEEN low AND high) IS NOT TRUE GROUP BY unit, criterion, needed, items) AS c
        GROUP BY unit) AS v USING (unit)`,
  };
}

// Not a fact a row but a unit a row, in the order of the primary key.
const pivot = (rules) => `
SELECT unit, ${constants(rules)} AS verdict
  FROM (SELECT unit, ${rules.map((r) => `max(value) FILTER (WHERE indicator = ${r.indicator}) AS m${r.indicator}`).join(', ')}
          FROM long GROUP BY unit) AS w JOIN unit USING (unit)`;

// jsonpath has no third value that could be told from "false": one path for
// "met", one for "not met".  A comparison with null is false in either.
function jsonpath(rules, c) {
  const path = language('&&', '||', '==');
  return [compose(rules, (r) => within(`$.${r.name}`, r.limits[c], path), path),
          compose(rules, (r) => outside(`$.${r.name}`, r.limits[c], path), opposite(path))];
}

export function postgres(rules) {
  const numeric = limits(rules, 'limits_numeric', 'numeric');
  const float8 = limits(rules, 'limits_float8', 'float8');
  const paths = classes(rules).map((c) => `(${c}, ${jsonpath(rules, c).map((path) => `'${path}'::jsonpath`).join(', ')})`);
  const array = (column, type = '') => `array_agg(${column}${type} ORDER BY indicator) AS ${column}`;
  const wide = (type, limits) => ({
    'numbers as constants': `SELECT unit, ${constants(rules)} AS verdict FROM wide_${type}`,
    'numbers as a table': `SELECT unit, ${limits.expression} AS verdict FROM wide_${type} JOIN limits_${type} USING (class)`,
  });

  return {
    setup: [
      numeric.create,
      float8.create,
      `CREATE TABLE path AS SELECT * FROM (VALUES ${paths.join(',\n')}) AS v (class, met, failed)`,
      `CREATE TABLE bound AS
       SELECT class, indicator, coalesce(low, '-Infinity') AS low, coalesce(high, 'Infinity') AS high, criterion, needed, items
         FROM requirement JOIN indicator USING (indicator)`,
      `CREATE TABLE bounds AS
       SELECT class, ${[array('low', '::float8'), array('high', '::float8'), array('criterion'), array('needed'), array('items')].join(', ')}
         FROM bound GROUP BY class`,
      `CREATE FUNCTION judge(measures float8[], low float8[], high float8[], criterion integer[], needed integer[], items integer[])
          RETURNS integer LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
       DECLARE
         verdict integer := 2;
         met integer := 0;
         failed integer := 0;
       BEGIN
         FOR i IN 1 .. ${rules.length} LOOP
           IF measures[i] >= low[i] AND measures[i] <= high[i] THEN
             met := met + 1;
           ELSIF measures[i] IS NOT NULL THEN
             failed := failed + 1;
           END IF;
           IF i = ${rules.length} OR criterion[i + 1] <> criterion[i] THEN
             IF failed > items[i] - needed[i] THEN
               RETURN 0;
             ELSIF met < needed[i] THEN
               verdict := 1;
             END IF;
             met := 0;
             failed := 0;
           END IF;
         END LOOP;
         RETURN verdict;
       END $$`,
      `CREATE FUNCTION judge(w wide_float8) RETURNS integer LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS
       $$ BEGIN RETURN ${constants(rules, 'w.')}; END $$`,
      'ANALYZE',
    ],
    forms: {
      float8: wide('float8', float8),
      numeric: wide('numeric', numeric),
      long: { ...long(rules, 'OFFSET 0'), pivot: { sql: pivot(rules), set: 'enable_hashagg = off' } },
      jsonpath: { 'two paths': 'SELECT unit, CASE WHEN measures @@ met THEN 2 WHEN measures @@ failed THEN 0 ELSE 1 END AS verdict FROM document JOIN path USING (class)' },
      plpgsql: {
        'rules as arrays': 'SELECT unit, judge(measures, low, high, criterion, needed, items) AS verdict FROM array_float8 JOIN bounds USING (class)',
        'rules as code': 'SELECT unit, judge(w) AS verdict FROM wide_float8 AS w',
      },
    },
  };
}

// directory: where unit.csv, long.csv and wide.csv are
export function duckdb(rules, directory) {
  const types = { double: 'DOUBLE', decimal18: 'DECIMAL(18,6)', decimal9: 'DECIMAL(9,2)' };
  const far = 9999999;		// for DECIMAL has no infinity
  const setup = [
    `CREATE TABLE unit AS FROM read_csv('${directory}/unit.csv')`,
    `CREATE TABLE long AS FROM read_csv('${directory}/long.csv', types = {'value': 'DECIMAL(9,2)'})`,
    `CREATE TABLE bound AS SELECT class, indicator, low::DECIMAL(9,2) AS low, high::DECIMAL(9,2) AS high, criterion, needed, items FROM (VALUES ${
      rules.flatMap((r) => classes(rules).map((c) => `(${c}, ${r.indicator}, ${r.limits[c][0] ?? -far}, ${r.limits[c][1] ?? far}, ${r.criterion}, ${r.needed}, ${r.items})`)).join(',\n')
    }) AS v (class, indicator, low, high, criterion, needed, items)`,
  ];
  const wide = {};
  for (const [name, type] of Object.entries(types)) {
    const table = limits(rules, `limits_${name}`, type);
    setup.push(`CREATE TABLE wide_${name} AS SELECT unit, class, COLUMNS('^m[0-9]')::${type} FROM read_csv('${directory}/wide.csv')`, table.create);
    wide[`${type}, numbers as constants`] = `SELECT unit, ${constants(rules)} AS verdict FROM wide_${name}`;
    wide[`${type}, numbers as a table`] = `SELECT unit, ${table.expression} AS verdict FROM wide_${name} JOIN limits_${name} USING (class)`;
  }
  return { setup, forms: { wide, long: long(rules) } };
}

// Decisions of zen-engine's JSON model.  In its expressions a comparison with
// null is an error, so every condition asks first.
export function zenEngine(rules) {
  const zen = language('and', 'or', '==');
  const verdict = (c, row) => {
    const known = (r) => `${row}m${r.indicator} != null`;
    const met = compose(rules, (r) => zen.and([known(r), within(`${row}m${r.indicator}`, r.limits[c], zen)]), zen);
    const failed = compose(rules, (r) => zen.and([known(r), outside(`${row}m${r.indicator}`, r.limits[c], zen)]), opposite(zen));
    return `(${met} ? 2 : (${failed} ? 0 : 1))`;
  };
  const node = (id, type, content) => ({ id, type, name: id, position: { x: 0, y: 0 }, ...(content && { content }) });
  const edge = (sourceId, targetId, sourceHandle) => ({ id: `${sourceId} ${targetId}`, type: 'edge', sourceId, targetId, sourceHandle });
  const expression = (id, value) => node(id, 'expressionNode', { expressions: [{ id: `${id}.1`, key: 'verdict', value }], passThrough: false });
  const ends = [node('in', 'inputNode'), node('out', 'outputNode')];

  return {
    // a call for each unit
    'a unit a call': {
      nodes: [...ends, ...classes(rules).map((c) => expression(`of ${c}`, verdict(c, ''))),
              node('which', 'switchNode', { hitPolicy: 'first', statements: classes(rules).map((c) => ({ id: `is ${c}`, condition: `class == ${c}`, isDefault: false })) })],
      edges: [edge('in', 'which'), ...classes(rules).flatMap((c) => [edge('which', `of ${c}`, `is ${c}`), edge(`of ${c}`, 'out')])],
    },
    // all units in one call, which compiles the expression once
    'all units a call': {
      nodes: [...ends, expression('map', `map(units, ${classes(rules).reduceRight((rest, c) => rest ? `(#.class == ${c} ? ${verdict(c, '#.')} : ${rest})` : verdict(c, '#.'), '')})`)],
      edges: [edge('in', 'map'), edge('map', 'out')],
    },
  };
}
