// Generates the data, checks that every peer gives the same verdicts, picks the
// fastest form of each, measures all in turn, and prints the tables.  Called by
// bench/run, with a server in the PG* environment.

import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { DuckDBInstance } from '@duckdb/node-api';
import zen from '@gorules/zen-engine';
import { duckdb, postgres, zenEngine } from './peers.mjs';
import { measureRegistry } from './registry.mjs';

const size = (name, standard) => Number(process.env[name] || standard);
const [units, indicators, classes, runs, sample] =
  [size('UNITS', 100000), size('INDICATORS', 50), size('CLASSES', 7), size('RUNS', 7), size('SAMPLE', 2000)];
const standard = units === 100000 && indicators === 50 && classes === 7 && runs >= 7;
const single = 1000;		// units that are asked for one by one
const busy = Boolean(process.env.BUSY);	// count the processor's time, not that on the wall
const [wall, cpu] = ['wall', 'cpu'];
const work = process.env.WORK;
const load = os.loadavg()[0].toFixed(1);
const began = Date.now();
const say = (text) => console.error(`ntm: ${Math.round((Date.now() - began) / 1000)} s: ${text}`);

// A psql that stays, because a new backend would begin with empty caches.
class Session {
  #output = '';
  #errors = '';
  #waiting;

  constructor() {
    this.psql = spawn('psql', ['-X', '-q', '-At', '-v', 'ON_ERROR_STOP=1']);
    this.psql.stdout.setEncoding('utf8').on('data', (data) => {
      this.#output += data;
      if (this.#output.endsWith('-- done\n')) {
        this.#waiting.resolve(this.#output.slice(0, -9).trimEnd());
        this.#output = '';
      }
    });
    this.psql.stderr.on('data', (data) => { this.#errors += data; });
    this.psql.on('close', () => this.#waiting.reject(new Error(this.#errors.slice(0, 2000))));
  }

  query(sql) {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.psql.stdin.write(`${sql};\n\\echo -- done\n`);
    });
  }

  // milliseconds
  async time(sql, set, clock = busy ? cpu : wall) {
    this.pid ??= await this.query('SELECT pg_backend_pid()');
    await this.query(`RESET ALL; SET search_path = main, ntm, public${set ? `; SET ${set}` : ''}`);
    const ran = () => Number(readFileSync(`/proc/${this.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
    const before = ran();
    const text = await this.query(`\\timing on\n${sql};\n\\timing off\n`);
    return clock === cpu ? ran() - before : Number(/Time: ([\d.]+) ms/.exec(text)[1]);
  }

  end() {
    this.psql.removeAllListeners('close').stdin.end();
  }
}

const db = new Session();
const number = async (sql) => Number(await db.query(sql));

// ---- data

function generate(schema, units, indicators, peers) {
  const variables = Object.entries({ schema, units, indicators, classes, peers }).flatMap(([name, value]) => ['-v', `${name}=${value}`]);
  execFileSync('psql', ['-X', '-q', ...variables, '-f', 'bench/generate.sql'], { stdio: ['ignore', 'ignore', 'inherit'] });
}

say(`generating ${units} dossiers of ${indicators} indicators`);
generate('main', units, indicators, true);
say(`generating ${units / 2} dossiers of ${indicators * 4} indicators`);
generate('broad', units / 2, indicators * 4, false);
await db.query('SET search_path = main, ntm, public');

const rules = JSON.parse(await db.query(`
  SELECT json_agg(r ORDER BY indicator)
    FROM (SELECT indicator, name, criterion, needed, items, json_object_agg(class, json_build_array(low, high)) AS limits
            FROM indicator JOIN requirement USING (indicator) GROUP BY indicator, name, criterion, needed, items) AS r`));
const sql = postgres(rules);

say('making larger and smaller tables');
for (const statement of [
  `CREATE UNLOGGED TABLE large AS SELECT unit + n * ${units} AS unit, class, measures, classes FROM generate_series(0, 9) AS n CROSS JOIN dossier`,
  `CREATE UNLOGGED TABLE small AS SELECT * FROM dossier WHERE unit <= ${units / 10}`,
  // every twentieth dossier lacks a measure, each another one
  `CREATE UNLOGGED TABLE mixed AS
   SELECT unit, d.class, CASE WHEN chance(unit, 0, 8) < 0.05 THEN measures - name ELSE measures END AS measures, classes
     FROM dossier AS d JOIN indicator ON indicator = unit % ${indicators} + 1 ORDER BY unit`,
  ...sql.setup,
]) await db.query(statement);
await db.query(`VACUUM (FREEZE, ANALYZE); CHECKPOINT;
  SELECT sum(pg_prewarm(oid)) FROM pg_class WHERE relkind IN ('r', 'i', 't') AND relnamespace IN ('main'::regnamespace, 'broad'::regnamespace, 'pg_toast'::regnamespace)`);
// larger than a quarter of shared buffers, so that no scan brings it into them
await db.query('CREATE UNLOGGED TABLE outside AS SELECT * FROM large');
await db.query('VACUUM (FREEZE, ANALYZE) outside; CHECKPOINT');

say('loading DuckDB and zen-engine');
const csv = (query, file) => db.query(`\\copy (${query}) TO '${work}/${file}.csv' CSV HEADER\nSELECT`);
await csv('SELECT unit, class FROM unit', 'unit');
await csv('SELECT * FROM long', 'long');
await csv('SELECT * FROM wide_numeric', 'wide');
const duck = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
const quack = duckdb(rules, work);
for (const statement of quack.setup) await duck.run(statement);
const engine = new zen.ZenEngine();
const facts = JSON.parse(await db.query(`SELECT json_agg(w ORDER BY unit) FROM wide_float8 AS w WHERE unit <= ${sample}`));

// ---- ours

const from = (table, law = 'law') => `SELECT unit, overall(assess(measures, ruleset, classes))::integer AS verdict FROM ${table}, ${law}`;
// Joined like that, the ruleset keeps PostgreSQL 15 and 16 from a parallel plan:
// they cannot materialize the inner side of a parallel nested loop.
const subselect = (table) => `SELECT unit, overall(assess(measures, (SELECT ruleset FROM law), classes))::integer AS verdict FROM ${table}`;
const sum = (form) => `SELECT sum(verdict) FROM (${form}) AS v`;
const oneByOne = (query) => `DO $$ BEGIN FOR u IN 1 .. ${single} LOOP PERFORM ${query} AND unit = u; END LOOP; END $$`;

const parallelWorkers = 'max_parallel_workers_per_gather = 2';
// name: [title, query, what it is measured in turn with, settings, clock]
const ours = {
  assess: ['assess + overall', sum(from('dossier'))],
  scan: ['bare scan: `sum` of a small column', 'SELECT sum(class) FROM dossier'],
  counts: ['verdict, four counts and unmet codes',
    `SELECT sum(overall(s)::integer), sum(met_count(s)), sum(not_met_count(s)), sum(unknown_count(s)), sum(criterion_count(s)), sum(cardinality(criteria(s, 'not_met')))
       FROM (SELECT assess(measures, ruleset, classes) AS s FROM dossier, law OFFSET 0) AS a`],
  whatIf: ['what-if: amend, then assess + overall',
    `WITH changed AS MATERIALIZED (SELECT amend(ruleset, '1.1', '>= 60', (SELECT code FROM class WHERE class = 1)) AS ruleset FROM law) ${sum(from('dossier', 'changed'))}`],
  mixed: [`assess + overall, ${indicators} other layouts among 5 % of the dossiers`, sum(from('mixed'))],
  broad: [`assess + overall, ${indicators * 4} indicators, ${units / 2} dossiers`, sum(from('broad.dossier', 'broad.law'))],
  small: [`assess + overall, ${units / 10} dossiers`, sum(from('small'))],
  large: [`assess + overall, ${units * 10} dossiers`, sum(from('large'))],
  alone: [`… from the system's cache, ruleset from a sub-select`, sum(subselect('outside')), undefined, undefined, wall],
  parallel: ['… with 2 parallel workers', sum(subselect('outside')), 'alone', parallelWorkers, wall],
  aloneInside: ['… from shared buffers', sum(subselect('large')), undefined, undefined, wall],
  parallelInside: ['… with 2 parallel workers', sum(subselect('large')), 'aloneInside', parallelWorkers, wall],
  assessOne: [`assess + overall of one unit, ${single} statements`, oneByOne('overall(assess(measures, ruleset, classes)) FROM dossier, law WHERE true')],
  explainOne: [`explain of one unit, ${single} statements`, oneByOne('count(x) FROM dossier, law, explain(measures, ruleset, classes) AS x WHERE true'), 'assessOne'],
  explainAll: [`explain of ${single} units in one statement`, `SELECT count(x) FROM dossier, law, explain(measures, ruleset, classes) AS x WHERE unit <= ${single}`],
};

// ---- each peer: the same verdicts as ours, in its fastest form

const string = (form) => `SELECT string_agg(verdict::text, '' ORDER BY unit) FROM (${form}) AS v`;
const expected = await db.query(string(from('dossier')));
const measures = {};		// name: { title, form, query, time(), against }
const tried = [];

for (const [name, [title, query, against, set, clock]] of Object.entries(ours)) {
  measures[name] = { title, query, against, time: () => db.time(query, set, clock) };
}

async function pick(name, title, candidates, against) {
  let best;
  for (const candidate of candidates) {
    const got = await candidate.verdicts?.();
    if (candidate.verdicts && got !== expected.slice(0, got.length || 1)) throw new Error(`${title}, ${candidate.form}: other verdicts than ntm's`);
    candidate.ms = Math.min(await candidate.time(), await candidate.time());
    tried.push([title, candidate.form, candidate.ms]);
    if (!best || candidate.ms < best.ms * 0.97) best = candidate;		// of equals the first
  }
  measures[name] = { title, ...best, against };
  say(`${title}: ${best.form}, ${best.ms.toFixed(0)} ms`);
}

const jit = { 'jit off': 'jit = off', 'jit on': 'jit = on' };
const inPostgres = (forms) => Object.entries(forms).flatMap(([form, value]) => {
  const { sql, set, query = sum(sql) } = typeof value === 'string' ? { sql: value } : value;
  return Object.entries(jit).map(([label, setting], i) => ({
    form: `${form}, ${label}`,
    query,
    verdicts: sql && i === 0 ? () => db.query(string(sql)) : undefined,
    time: () => db.time(query, [setting, set].filter(Boolean).join('; SET ')),
  }));
});
const inDuck = (forms) => Promise.all(Object.entries(forms).map(async ([form, sql]) => {
  const rows = async (statement) => (await statement.runAndReadAll()).getRows();
  const [check, prepared] = [await duck.prepare(string(sql)), await duck.prepare(sum(sql))];
  return { form, verdicts: async () => (await rows(check))[0][0], time: () => clock(() => rows(prepared)) };
}));
async function clock(work) {
  const used = () => busy ? Object.values(process.cpuUsage()).reduce((a, b) => a + b) / 1000 : performance.now();
  const before = used();
  await work();
  return used() - before;
}

say('checking and choosing the forms of the peers');
for (const [name, title] of Object.entries({
  float8: 'SQL, wide float8 table', numeric: 'SQL, wide numeric table', long: 'SQL, long table', jsonpath: 'jsonpath', plpgsql: 'PL/pgSQL',
})) await pick(name, title, inPostgres(sql.forms[name]));
await pick('duckWide', 'DuckDB, wide table', await inDuck(quack.forms.wide));
await pick('duckLong', 'DuckDB, long table', await inDuck(quack.forms.long));
await pick('aggregate', 'measures_agg from the long table', inPostgres({
  'by name': { query: 'SELECT count(m) FROM (SELECT measures_agg(name, value) AS m FROM long JOIN indicator USING (indicator) GROUP BY unit) AS a' },
}), 'long');
const decisions = Object.entries(zenEngine(rules)).map(([form, content]) => [form, engine.createDecision(content)]);
await pick('zen', `zen-engine (${sample} units, scaled)`, decisions.map(([form, decision]) => {
  const run = async () => {
    if (form === 'all units a call') return (await decision.evaluate({ units: facts })).result.verdict;
    const verdicts = [];
    for (const fact of facts) verdicts.push((await decision.evaluate(fact)).result.verdict);
    return verdicts;
  };
  return { form, verdicts: async () => (await run()).join(''), time: async () => await clock(run) * units / facts.length };
}));

const plan = await db.query(`RESET ALL; SET search_path = main, ntm, public; SET ${parallelWorkers}; EXPLAIN (ANALYZE) ${ours.parallel[1]}`);
const launched = Number(/Workers Launched: (\d)/.exec(plan)?.[1] ?? 0);

// ---- in turn: each beside what it is compared with, because the machine's
// speed drifts; which of the two comes first alternates

for (const measure of Object.values(measures)) {
  await measure.time();
  Object.assign(measure, { times: [], ratios: [], against: measures[measure.against ?? 'assess'] });
}
for (let run = 1; run <= runs; run++) {
  say(`run ${run} of ${runs}`);
  for (const measure of Object.values(measures)) {
    const pair = run % 2 ? [measure, measure.against] : [measure.against, measure];
    const times = [await pair[0].time(), await pair[1].time()];
    pair.forEach(({ times: all }, i) => all.push(times[i]));
    measure.ratios.push(run % 2 ? times[0] / times[1] : times[1] / times[0]);
  }
}

// ---- sizes, memory, instructions

const bytes = {
  measures: await number('SELECT round(avg(pg_column_size(measures))) FROM dossier'),
  names: await number('SELECT round(sum(length(name))) FROM indicator'),
};
const rowBytes = {};
for (const table of ['dossier', 'document', 'wide_numeric', 'wide_float8', 'long']) {
  rowBytes[table] = await number(`SELECT pg_relation_size('${table}') / ${units}`);
}

// The most private memory that a new backend held while it assessed a table.
async function memory(table) {
  const session = new Session();
  const pid = await session.query('SET search_path = main, ntm, public; SELECT pg_backend_pid()');
  const look = () => { most = Math.max(most, Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1])); };
  let most = 0;
  const timer = setInterval(look, 1);
  await session.time(sum(from(table)));
  look();
  clearInterval(timer);
  session.end();
  return most;
}
const held = { small: await memory('small'), large: await memory('large') };

say('counting instructions');
const counted = ['float8', 'numeric', 'long', 'jsonpath', 'plpgsql', 'aggregate', 'counts', 'whatIf'];
writeFileSync(`${work}/setup.sql`, sql.setup.map((statement) => `${statement};\n`).join(''));
writeFileSync(`${work}/queries`, counted.map((name) => `${name}\t${measures[name].query.replaceAll(/\s+/g, ' ')}\n`).join(''));
const counting = execFileSync('bash', ['bench/instructions', ...(standard ? ['--record'] : []), `${work}/root`, `${work}/setup.sql`, `${work}/queries`],
  { encoding: 'utf8', env: { ...process.env, PROFILE: `${work}/profile` }, stdio: ['ignore', 'pipe', 'inherit'] });
const instructions = Object.fromEntries(counting.trim().split('\n').map((line) => line.split('\t')));

// Where the instructions of the hot path go: our own functions, and the rest by
// library.  What was running when valgrind wrote shows up with all of them.
const spent = ['few', 'many'].map((which) => {
  const costs = {};
  for (const line of readFileSync(`${work}/profile.${which}`, 'utf8').split('\n')) {
    const [, cost, name, object] = /^\s*([\d,]+) \(.*?\)\s+\S+?:(\S+)(?: \[(?:.*\/)?(.*?)\])?$/.exec(line) ?? [];
    if (cost === undefined) continue;
    const key = object === 'ntm.so' ? `\`${name}\`` : `(${object ?? 'elsewhere'})`;
    const amount = Number(cost.replaceAll(',', ''));
    costs.total = Math.max(costs.total ?? 0, amount);
    if (amount < costs.total) costs[key] = (costs[key] ?? 0) + amount;
  }
  return costs;
});
const profile = Object.keys(spent[1]).filter((key) => key !== 'total')
  .map((key) => [key, (spent[1][key] - (spent[0][key] ?? 0)) / (spent[1].total - spent[0].total)])
  .sort((a, b) => b[1] - a[1]).filter(([, share]) => share >= 0.005);

// ---- the tables

const sorted = (list) => [...list].sort((a, b) => a - b);
const quantile = (list, q) => {
  const at = (list.length - 1) * q;
  const s = sorted(list);
  return s[Math.floor(at)] + (s[Math.ceil(at)] - s[Math.floor(at)]) * (at % 1);
};
const median = (name) => quantile(measures[name].times, 0.5);
const show = (x) => x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2);
const percent = (x) => `${x >= 1 ? '+' : '−'}${Math.abs((x - 1) * 100).toFixed(0)} %`;

// The median of the runs' ratios, and their quartiles; inverse: the other way round.
function ratio(name, { scale = 1, inverse = false } = {}) {
  const all = measures[name].ratios.map((r) => (inverse ? 1 / r : r) * scale);
  const value = quantile(all, 0.5);
  return { value, text: `${show(value)} × (${show(quantile(all, 0.25))}–${show(quantile(all, 0.75))})` };
}
const atMost = (title, limit, result) => [title, `≤ ${limit} ×`, result.text, result.value <= limit];
const atLeast = (title, limit, result) => [title, `≥ ${limit} × faster`, result.text, result.value >= limit];
const information = (title, result) => [title, '', result.text];
const perDossier = { small: ratio('small', { scale: 10 }), large: ratio('large', { scale: 0.1 }) };
const parallel = ratio('parallel', { inverse: true });
const grown = held.large - held.small;

const goals = [
  atMost(`\`assess\` + overall verdict, ${units} × ${indicators}, one process, against the bare scan of the same table`, 2.0, ratio('scan', { inverse: true })),
  atLeast('the same against the best SQL over a wide float8 table', 6, ratio('float8')),
  atLeast('… over a wide numeric table', 20, ratio('numeric')),
  atLeast('against DuckDB on its own wide table, one thread', 3.5, ratio('duckWide')),
  atLeast('against the best SQL over the long table', 100, ratio('long')),
  atMost('the four counts, unmet codes and the verdict in one query, against the verdict alone', 2, ratio('counts')),
  atMost(`\`measures_agg\` from the long table (${units * indicators} rows), against the best SQL over the long table`, 1, ratio('aggregate')),
  atMost('a what-if (`amend` + re-assessment) against the plain assessment', 1.2, ratio('whatIf')),
  [`${units / 10} and ${units * 10} dossiers against ${units}: time per dossier`, 'within ± 20 %',
    `${percent(perDossier.small.value)}, ${percent(perDossier.large.value)}`, [perDossier.small, perDossier.large].every(({ value }) => value >= 0.8 && value <= 1.2)],
  [`2 parallel workers against none, ${units * 10} dossiers, from the system's cache`, '≥ 1.6 ×', `${parallel.text}, ${launched} launched`, parallel.value >= 1.6],
  atMost(`${indicators * 4} indicators against ${indicators}, time per indicator`, 1.2, ratio('broad', { scale: 0.5 })),
  [`a dossier of ${indicators} measures on disk (the names take ${bytes.names} of it)`, '≤ 1300 bytes', `${bytes.measures} bytes`, bytes.measures <= 1300],
  atMost(`\`explain\` of one unit of ${await number("SELECT count(*) FROM law, nodes(ruleset)")} nodes, against \`assess\` of it, a statement each`, 30, ratio('explainOne')),
  ['private memory of a backend over a national assessment', 'flat',
    `${held.small} KiB for ${units / 10} dossiers, ${held.large} KiB for ${units * 10}`, grown < 256],
  information('2 parallel workers against none, likewise, from shared buffers', ratio('parallelInside', { inverse: true })),
  information('jsonpath against `assess`', ratio('jsonpath')),
  information('PL/pgSQL against `assess`', ratio('plpgsql')),
  information('DuckDB on its own long table against `assess`', ratio('duckLong')),
  information(`zen-engine, on ${sample} units and scaled, against \`assess\``, ratio('zen')),
  information(`${indicators} other layouts among 5 % of the dossiers, against one layout`, ratio('mixed')),
  information('`explain` in a statement over many units, against `assess` likewise', ratio('explainAll', { scale: units / single })),
];

const session = new Session();
goals.push(...await measureRegistry({ session, areas: units, runs, processor: busy, work, say, quantile, show }));
session.end();

const table = (head, rows) => [head, head.map((h) => /ms|bytes|instructions|share/.test(h) ? '--:' : '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
const model = /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? os.arch();
const flags = ['avx2', 'avx512f'].filter((flag) => new RegExp(`\\b${flag}\\b`).test(readFileSync('/proc/cpuinfo', 'utf8')));
const report = `\
${units} units × ${indicators} indicators × ${classes} classes, ${runs} runs in turn, ${new Date().toISOString().slice(0, 10)}. ${model.trim()} (${flags.join(', ') || 'no AVX2'}),
${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GiB; PostgreSQL ${await db.query('SHOW server_version')}; ${instructions.build.split(', ')[1]};
DuckDB ${(await (await duck.prepare('SELECT version()')).runAndReadAll()).getRows()[0][0]}; zen-engine ${JSON.parse(readFileSync('bench/package.json')).dependencies['@gorules/zen-engine']}. Load average before: ${load}.${busy ? `
Times are processor time, but in the rows on parallel workers, because the machine was busy with other work.` : ''}

${table(['measure', 'goal', 'result', 'verdict'], goals.map(([title, goal, result, met]) => [title, goal, result, met === undefined ? '' : met ? 'met' : '**missed**']))}

Each run times the two sides of a ratio one right after the other: the result is the median of the runs' ratios, with their quartiles.

${table(['what', 'form', 'median ms', 'least–most ms', 'instructions per dossier'], Object.entries(measures).map(([name, m]) =>
    [m.title, m.form ?? '', show(median(name)), `${show(Math.min(...m.times))}–${show(Math.max(...m.times))}`, instructions[name] ?? '']))}

The forms tried, each with the same verdicts as ntm for every unit:

${table(['peer', 'form', 'best of 2, ms'], tried.map(([title, form, ms]) => [title, form, show(ms)]))}

A unit on disk, with its row and its share of the page:

${table(['table', 'bytes per unit'], [['ntm.measures', rowBytes.dossier], ['jsonb', rowBytes.document], ['numeric columns', rowBytes.wide_numeric],
    ['float8 columns', rowBytes.wide_float8], ['long, without its index', rowBytes.long]])}

Where the instructions of the hot path go (functions of ntm; in parentheses all of a program or library):

${table(['function', 'share'], profile.map(([name, share]) => [name, `${(share * 100).toFixed(1)} %`]))}
`;

console.log(report);
if (standard) {
  const readme = readFileSync('bench/README.md', 'utf8');
  writeFileSync('bench/README.md', readme.replace(/(<!-- results -->\n)[^]*(<!-- end of results -->)/, (_, head, tail) => `${head}${report}${tail}`));
}
db.end();
engine.dispose();
say('done');
process.exit(0);
