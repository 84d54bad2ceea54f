-- explain(): what was required, what explains the verdict, how far it is, what
-- could still change the whole and what keeps it from being met.

BEGIN;
SET search_path = ntm, public;
SELECT plan(79);

-- One row per node

CREATE TEMPORARY TABLE example AS SELECT '{
    "code": "EX", "nodes": [
        {"code": "2", "title": "Two", "cite": "art. 2"},
        {"code": "2.1", "title": "Water", "measure": "water", "unit": "%", "rule": ">= 95% and clean >= 60%",
         "when": {"A": ">= 90%", "B": "clean / total >= 50%"}, "cite": "art. 2.1"},
        {"code": "2.2", "measure": "plan"},
        {"code": "1", "measure": "later", "delegated": "UBND", "when": {"A": ">= 5"}},
        {"code": "x", "parent": "1", "rule": "[2] or [2.2]"}]}'::ruleset AS r;

SELECT results_eq(
    $$SELECT code, parent, title, measure, requirement, value, verdict::text, gap, decisive, cite, blocking
      FROM example, explain('{"water": 80, "clean": 70, "later": 3}', r)$$,
    $$VALUES
        ('2',   NULL, 'Two',   NULL,    'all of (*)',              NULL::numeric, 'not_met', NULL::numeric, false, 'art. 2',   true),
        ('2.1', '2',  'Water', 'water', '>= 95% and clean >= 60%', 80,            'not_met', 15,            false, 'art. 2.1', true),
        ('2.2', '2',  NULL,    'plan',  'met',                     NULL,          'unknown', NULL,          false, NULL,       true),
        ('1',   NULL, NULL,    'later', 'UBND',                    3,             'unknown', NULL,          false, NULL,       true),
        ('x',   '1',  NULL,    NULL,    '[2] or [2.2]',            NULL,          'unknown', NULL,          false, NULL,       false)$$,
    'all columns, in document order');
SELECT results_eq(
    $$SELECT code, requirement, measure, value, gap FROM example, explain('{"water": 80, "clean": 70, "total": 200, "later": 3}', r, '{A}') WHERE code IN ('2.1', '1')$$,
    $$VALUES ('2.1', '>= 90%', 'water', 80::numeric, 10::numeric), ('1', '>= 5', 'later', 3, 2)$$,
    'the requirement of the unit''s class');
SELECT results_eq(
    $$SELECT requirement, measure, value, gap FROM example, explain('{"water": 80, "clean": 70, "total": 200, "later": 3}', r, '{Z,B,A}') WHERE code = '2.1'$$,
    $$VALUES ('clean / total >= 50%', 'clean / total', 35::numeric, 30::numeric)$$,
    'of the first class that has one; a share in percent, its gap in the numerator''s unit');
SELECT is_empty(
    $$SELECT code FROM example, explain('{"water": 96, "clean": 70, "plan": 1, "later": 5}', r, '{A}') WHERE gap <> 0 OR decisive OR blocking OR verdict::text <> 'met'$$,
    'nothing is missing, decisive or blocking when all is met');
SELECT is_empty('SELECT * FROM example, explain(NULL, r)', 'no rows for NULL measures');
SELECT is_empty('SELECT * FROM example, explain(''{}'', r, NULL)', 'no rows for NULL classes');
SELECT throws_ok(format('SELECT * FROM ntm.explain(''{}'', %L, ''{NULL}'')', r), '22004', NULL, 'a NULL class is an error') FROM example;
SELECT results_eq(
    $$SELECT n, code, value FROM example, generate_series(1, 3) n, explain(format('{"water": %s}', n)::measures, r) WHERE code = '2.1'$$,
    $$VALUES (1, '2.1', 1::numeric), (2, '2.1', 2), (3, '2.1', 3)$$, 'row after row in one query');

-- A node that is wanted met in one place and not met in another: either may be
-- brought about by what stands against it.
SELECT results_eq(
    format($$SELECT code FROM explain('{"x": 1, "z": 0}', '{"code": "X", "rule": %s, "nodes": [
        {"code": "1", "rule": "at least 2 of (*)"},
        {"code": "1.x", "rule": "x met"}, {"code": "1.y", "rule": "y met"}, {"code": "1.z", "rule": "z met"}]}'::ruleset) WHERE blocking$$, to_json(rule)),
    ARRAY['1', '1.x', '1.y', '1.z'], 'wanted both ways: ' || rule)
FROM (VALUES ('[1] or not [1]'), ('not [1] or [1]')) t(rule);

-- What is shown of one node's rule: which condition, its value, its gap

CREATE FUNCTION pg_temp.one(m measures, rule text) RETURNS TABLE (measure text, value numeric, verdict text, gap numeric)
LANGUAGE sql AS $$
    SELECT measure, value, verdict::text, gap
    FROM explain(m, jsonb_build_object('code', 'X', 'nodes', jsonb_build_array(
        jsonb_build_object('code', '1', 'measure', 'own', 'rule', rule),
        '{"code": "0", "rule": "zero met"}'::jsonb))::ruleset) WHERE code = '1'
$$;

SELECT is((SELECT concat_ws(' ', coalesce(measure, '-'), coalesce(value::text, '-'), verdict, coalesce(gap::text, '-')) FROM pg_temp.one(m::measures, rule)),
    should, format('%s with %s: %s', rule, m, should))
FROM (VALUES
    -- gap: what must be added; positive to rise, negative to fall, 0 if met, none if unknown or not applicable
    ('>= 5', '{"own": 3}', 'own 3 not_met 2'), ('>= 5', '{"own": 5}', 'own 5 met 0'), ('>= 5', '{"own": 9}', 'own 9 met 0'),
    ('<= 5', '{"own": 8.5}', 'own 8.5 not_met -3.5'), ('<= -1', '{"own": 1}', 'own 1 not_met -2'),
    ('> 5', '{"own": 5}', 'own 5 not_met 0.000001'), ('< 5', '{"own": 5}', 'own 5 not_met -0.000001'),
    ('= 5', '{"own": 3}', 'own 3 not_met 2'), ('= 5', '{"own": 8}', 'own 8 not_met -3'),
    ('between 2 and 4', '{"own": 1}', 'own 1 not_met 1'), ('between 2 and 4', '{"own": 7}', 'own 7 not_met -3'), ('between 2 and 4', '{"own": 3}', 'own 3 met 0'),
    ('between 4 and 2', '{"own": 3}', 'own 3 not_met -'),
    ('met', '{"own": 0}', 'own 0 not_met 1'), ('not met', '{"own": 1}', 'own 1 not_met -0.000001'),
    ('>= 5', '{}', 'own - unknown -'), ('>= 5', '{"own": null}', 'own - unknown -'), ('>= 5', '{"own": "n/a"}', 'own - not_applicable -'),
    ('> 9199999999999.999999', '{"own": 0}', 'own 0 not_met -'), ('< -9199999999999.999999', '{"own": 0}', 'own 0 not_met -'),
    ('>= 9199999999999.999999', '{"own": -9199999999999.999999}', 'own -9199999999999.999999 not_met 18399999999999.999998'),
    -- under "not"
    ('not >= 5', '{"own": 8}', 'own 8 not_met -3.000001'), ('not <= 5', '{"own": 5}', 'own 5 not_met 0.000001'), ('not <> 5', '{"own": 8}', 'own 8 not_met -3'),
    ('not between 2 and 10', '{"own": 3}', 'own 3 not_met -1.000001'), ('not between 2 and 10', '{"own": 9}', 'own 9 not_met 1.000001'),
    ('not between -9000000000000 and 9000000000000', '{"own": 8999999999999}', 'own 8999999999999 not_met 1.000001'),
    ('not between -9000000000000 and 9000000000000', '{"own": -8999999999999}', 'own -8999999999999 not_met -1.000001'),
    ('not not >= 5', '{"own": 3}', 'own 3 not_met 2'),
    -- shares: the gap is the numerator's
    ('a / b >= 95%', '{"a": 90, "b": 100}', 'a / b 90 not_met 5'), ('a / b <= 5%', '{"a": 9, "b": 90}', 'a / b 10 not_met -4.5'),
    ('a / b >= 0.5', '{"a": 1, "b": 4}', 'a / b 0.25 not_met 1'), ('a / b >= 1%', '{"a": 1, "b": 300}', 'a / b 0.333333 not_met 2'),
    ('a / b > 50%', '{"a": 5, "b": 10}', 'a / b 50 not_met 0.000001'), ('a / b < 50%', '{"a": 5, "b": 10}', 'a / b 50 not_met -0.000001'),
    ('a / b >= 33.3333%', '{"a": 0, "b": 0.001}', 'a / b 0 not_met 0.000334'),
    ('a / b between 20% and 30%', '{"a": 5, "b": 10}', 'a / b 50 not_met -2'), ('a / b between 70% and 20%', '{"a": 5, "b": 10}', 'a / b 50 not_met -'),
    ('a / b >= 50%', '{"a": 5, "b": null}', 'a / b - unknown -'), ('a / b >= 50%', '{"a": 0, "b": 0}', 'a / b - not_applicable -'), ('a / b >= 50%', '{"a": 5, "b": 0}', 'a / b - unknown -'),
    ('"x y" / "and" >= 2', '{"x y": 5, "and": 4}', '"x y" / "and" 1.25 not_met 3'),
    ('"x y" >= 2', '{"x y": 1}', 'x y 1 not_met 1'),
    -- of several conditions: one that explains the verdict, the own measure before others
    ('a >= 5 and >= 7', '{"a": 1, "own": 3}', 'own 3 not_met 4'), ('a >= 5 and >= 7', '{"a": 1, "own": 9}', 'a 1 not_met 4'),
    ('a >= 5 and b >= 7', '{"a": 1, "b": 1}', 'a 1 not_met 4'), ('a >= 5 and b >= 7', '{"a": 5, "b": 1}', 'b 1 not_met 6'),
    ('a >= 5 and b >= 7', '{"a": 5}', 'b - unknown -'), ('a >= 5 and b >= 7', '{"b": 1}', 'b 1 not_met 6'),
    ('a >= 5 or b >= 7', '{"a": 1, "b": 8}', 'b 8 met 0'), ('at least 2 of (a >= 5, b >= 7, c met)', '{"a": 5, "b": 1, "c": 0}', 'b 1 not_met 6'),
    ('at most 0 of (a >= 5, b >= 5)', '{"a": 1, "b": 9}', 'b 9 not_met -4.000001'), ('at most 0 of (a >= 5, b >= 5)', '{"a": 1}', 'b - unknown -'),
    ('not (a >= 5 and b >= 5)', '{"a": 8, "b": 9}', 'a 8 not_met -3.000001'),
    ('[0]', '{"own": 4}', 'own 4 unknown -'), ('[0] and >= 5', '{"own": 4, "zero": 1}', 'own 4 not_met 1')) t(rule, m, should);

-- A gap suffices, and nothing nearer does: for every comparison, also under
-- "not", and shares. Where none is given, no value will do.
CREATE TEMPORARY TABLE gap AS
SELECT rule, value, b, e.*
FROM (
    SELECT format(shape, cond) AS rule, value, b
    FROM unnest(ARRAY['%s', 'not %s']) shape,
        unnest(ARRAY[-7, -0.000001, 0, 0.333333, 1, 2.5, 33, 57, 1000, 9199999999999.999999]::numeric[]) value,
        unnest(ARRAY[NULL, 0.000003, 1, 3, 33, 100, 700.007]::numeric[]) b,
        unnest(ARRAY['>= 57', '<= 57', '> 57', '< 57', '= 57', '<> 57', 'between 0 and 33', 'between 33 and 0', '>= 33.3333', '< 0.000007', '> -5', '= 0.333333', '<> 0', '<= -9199999999999.999999']) c,
        unnest(ARRAY['', '%']) percent,
        LATERAL (SELECT CASE WHEN b IS NULL THEN 'a ' ELSE 'a / b ' END || CASE WHEN c ~ 'between' THEN regexp_replace(c, '([0-9]+)', '\1' || percent, 'g') ELSE c || percent END AS cond) d
    WHERE b IS NOT NULL OR percent = ''
) g, LATERAL (SELECT verdict, gap FROM pg_temp.one(format('{"a": %s, "b": %s}', value, coalesce(b, 1))::measures, rule)) e;
CREATE FUNCTION pg_temp.holds(rule text, value numeric, b numeric) RETURNS boolean
LANGUAGE sql AS $$
    SELECT overall(assess(format('{"a": %s, "b": %s}', value, coalesce(b, 1))::measures,
                          jsonb_build_object('code', 'X', 'nodes', jsonb_build_array(jsonb_build_object('code', '1', 'rule', rule)))::ruleset))::boolean
$$;
SELECT is(count(*), 3640::bigint, 'gaps') FROM gap;
SELECT is_empty($$SELECT * FROM gap WHERE (verdict = 'met') <> coalesce(gap = 0, false)$$, 'a gap is 0 exactly where the rule is met');
SELECT is_empty($$SELECT * FROM gap WHERE verdict = 'not_met' AND gap IS NOT NULL AND pg_temp.holds(rule, value + gap, b) IS NOT TRUE LIMIT 5$$,
    'with the gap added the rule is met');
SELECT is_empty($$SELECT * FROM gap WHERE verdict = 'not_met' AND gap IS NOT NULL AND
    (pg_temp.holds(rule, value + gap - sign(gap) * 0.000001, b) OR abs(value - gap) < 9200000000000 AND pg_temp.holds(rule, value - gap + sign(gap) * 0.000001, b)) LIMIT 5$$,
    'with a millionth less, in either direction, it is not');
SELECT is_empty($$SELECT * FROM gap, unnest(ARRAY[-9199999999999.999999, -5, 0, 0.000001, 0.000002, 0.33, 0.99, 19, 57, 100, 571, 9199999999999.999999]) other
    WHERE verdict = 'not_met' AND gap IS NULL AND pg_temp.holds(rule, other, b) LIMIT 5$$,
    'where there is no gap, no value will do');
SELECT cmp_ok(least(count(*) FILTER (WHERE gap > 0), count(*) FILTER (WHERE gap < 0)), '>', 300::bigint, 'gaps of shares upwards and downwards') FROM gap WHERE b IS NOT NULL;

-- Decisive and blocking, against trying everything: generated trees of gates
-- in which each leaf has a measure of its own and is used once.

\set seed ''
\getenv seed NTM_SEED

CREATE FUNCTION pg_temp.draw(key text, n integer) RETURNS integer
LANGUAGE sql IMMUTABLE RETURN ('x' || substr(md5(:'seed' || key), 1, 7))::bit(28)::integer % n;

CREATE TEMPORARY TABLE node AS
SELECT t, i, last, CASE WHEN i < last AND pg_temp.draw(key || 'h', 5) > 0 THEN i + 1 + pg_temp.draw(key || 'p', least(last - i, 3)) END AS parent
FROM generate_series(1, 150) t, LATERAL (SELECT 3 + pg_temp.draw('tree' || t, 8) AS last) l, generate_series(1, last) i,
    LATERAL (SELECT format('node %s.%s', t, i) AS key) k;
ALTER TABLE node ADD children integer[];
UPDATE node n SET children = ARRAY(SELECT i FROM node c WHERE c.t = n.t AND c.parent = n.i ORDER BY i);

-- a gate over nodes, each once: the children, or all by name with points
CREATE FUNCTION pg_temp.gate(key text, items integer[]) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN pg_temp.draw(key || 'not', 6) = 0 THEN 'not ' ELSE '' END ||
        CASE pg_temp.draw(key, 9) WHEN 0 THEN 'any of (*)' WHEN 1 THEN 'all of (*)' WHEN 2 THEN 'all of (not *)'
            WHEN 3 THEN format('at least %s of (*)', 1 + pg_temp.draw(key || 'k', cardinality(items)))
            WHEN 4 THEN format('at most %s of (*)', pg_temp.draw(key || 'k', cardinality(items)))
            WHEN 5 THEN format('at least %s%% of (*)', 20 + pg_temp.draw(key || 'k', 80))
            WHEN 6 THEN format('at least %s of (not *)', 1 + pg_temp.draw(key || 'k', cardinality(items)))
            ELSE format('at %s %s points of (%s)', (ARRAY['least', 'least', 'most'])[1 + pg_temp.draw(key || 'd', 3)],
                        1 + pg_temp.draw(key || 'k', 3 * cardinality(items)),
                        (SELECT string_agg(format('%s points: %s[%s]', 1 + pg_temp.draw(key || 'w' || i, 6), CASE WHEN pg_temp.draw(key || 'n' || i, 5) = 0 THEN 'not ' ELSE '' END, i), ', ') FROM unnest(items) i)) END
$$;
CREATE TEMPORARY TABLE tree AS
SELECT t, max(last) AS last, jsonb_build_object('code', 'T' || t, 'rule', pg_temp.gate('root' || t, array_agg(i ORDER BY i) FILTER (WHERE parent IS NULL)),
    'nodes', jsonb_agg(jsonb_build_object('code', i::text, 'parent', parent::text, 'rule', CASE children WHEN '{}' THEN format('m%s met', i) ELSE pg_temp.gate(format('gate %s.%s', t, i), children) END) ORDER BY i))::ruleset AS r
FROM node n GROUP BY t;

-- of the leaves some are known
CREATE TEMPORARY TABLE leaf AS
SELECT t, u, i, CASE pg_temp.draw(format('leaf %s.%s.%s', t, u, i), 5) WHEN 0 THEN 0 WHEN 1 THEN 1 END AS value
FROM node, generate_series(1, 2) u WHERE children = '{}';
CREATE TEMPORARY TABLE explained AS
SELECT t, u, r, m, code::integer AS i, verdict::text, decisive, blocking, cardinality(variables(r)) AS leaves
FROM (SELECT t, u, jsonb_object_agg('m' || i, value) AS m FROM leaf GROUP BY t, u) l JOIN tree USING (t), explain(m::measures, r);

SELECT is_empty($$SELECT t, u, i FROM explained WHERE verdict <> (assess(m::measures, r) -> i::text)::text$$, 'the verdicts are those of assess()');

-- all ways in which the unknown leaves can turn out
CREATE TEMPORARY TABLE turn AS
SELECT t, u, n, m || jsonb_object_agg(name, (n >> (k - 1)::integer) & 1) AS m
FROM (SELECT DISTINCT t, u, m FROM explained) e,
    LATERAL (SELECT array_agg(key ORDER BY key) AS open FROM jsonb_each(m) WHERE value = 'null') o,
    generate_series(0, (1 << cardinality(open)) - 1) n, unnest(open) WITH ORDINALITY AS k(name, k)
GROUP BY t, u, n, m;

-- A node is decisive if in some way of the others the whole depends on it: it
-- is replaced by a measure, which is tried both ways.
CREATE TEMPORARY TABLE tried AS
SELECT t, u, i, bool_or(overall(assess(turn.m::measures || '{"forced": 1}', replaced)) <> overall(assess(turn.m::measures || '{"forced": 0}', replaced))) AS matters
FROM (SELECT t, u, i, amend(r, i::text, 'forced met') AS replaced FROM explained WHERE verdict = 'unknown' ORDER BY t, u, i) e
JOIN turn USING (t, u) GROUP BY t, u, i;
SELECT is_empty($$
    SELECT i AS node, decisive, coalesce(matters, false) AS matters, verdict, m, r::text
    FROM explained LEFT JOIN tried USING (t, u, i) WHERE decisive <> coalesce(matters, false) ORDER BY leaves LIMIT 3$$,
    'decisive: exactly the unknown nodes on which the whole can depend');
SELECT cmp_ok(min(n), '>', 100::bigint, 'both are seen often')
FROM (SELECT count(*) AS n FROM explained WHERE verdict = 'unknown' GROUP BY decisive) c;

-- While the leaves that block stay as they are, nothing makes the whole met;
-- nor where one node ("crossed", 0 for none) is wanted both met and not met.
CREATE TEMPORARY TABLE blocked AS
SELECT t, u, 0 AS crossed, r, m, i, verdict, blocking, leaves FROM explained
UNION ALL
SELECT t, u, d.a, x.r, m, code::integer, verdict::text, blocking, cardinality(variables(x.r))
FROM (SELECT DISTINCT t, u, m FROM explained) e JOIN tree USING (t),
    LATERAL (SELECT n.i AS a, 1 + pg_temp.draw('b' || t, last) AS b FROM node n WHERE n.t = e.t AND cardinality(n.children) > 1) d,
    LATERAL (SELECT (r::jsonb || jsonb_build_object('rule', format((ARRAY['[%s] or not [%1$s] or [%s]', 'not [%s] or [%1$s] and not [%s]', 'all of ([%s] or not [%1$s], [%s])'])[1 + t % 3], a, b)))::ruleset AS r) x,
    explain(m::measures, x.r);
CREATE TEMPORARY TABLE freed AS
SELECT t, u, crossed, bool_or(overall(assess(m::text::measures, r))::boolean IS TRUE) AS gets_met
FROM (
    SELECT t, u, crossed, r, n, jsonb_object_agg('m' || i, CASE WHEN blocking THEN value ELSE (n >> k) & 1 END) AS m
    FROM (SELECT t, u, crossed, r, i, blocking, value, leaves, row_number() OVER (PARTITION BY t, u, crossed ORDER BY i)::integer - 1 AS k
          FROM leaf JOIN blocked e USING (t, u, i)) l,
        generate_series(0, (1 << leaves) - 1) n
    GROUP BY t, u, crossed, r, n
) f GROUP BY t, u, crossed;
SELECT is_empty($$
    SELECT m, r::text, ARRAY(SELECT b.i FROM blocked b WHERE (b.t, b.u, b.crossed) = (e.t, e.u, e.crossed) AND b.blocking) AS blocking
    FROM blocked e JOIN freed USING (t, u, crossed) WHERE gets_met AND NOT coalesce(overall(assess(m::measures, r))::boolean, false) ORDER BY leaves LIMIT 2$$,
    'blocking: what could make the whole met lies among these nodes');
SELECT is_empty($$SELECT t, u, i FROM explained WHERE (blocking OR decisive) AND overall(assess(m::measures, r))::boolean$$,
    'nothing blocks or decides a whole that is met');
SELECT is_empty($$SELECT t, u, i FROM explained WHERE decisive AND overall(assess(m::measures, r)) <> 'unknown'$$,
    'nothing decides a whole that is decided');

-- Where nodes share measures or are used more than once, no node that matters is missed.
CREATE TEMPORARY TABLE shared AS
SELECT t, (SELECT jsonb_set(r::jsonb, '{nodes}', jsonb_agg(CASE WHEN n ->> 'rule' ~ '^m' THEN n || jsonb_build_object('rule', format('m%s %smet', pg_temp.draw(format('which %s.%s', t, n ->> 'code'), 3), CASE WHEN pg_temp.draw(format('sense %s.%s', t, n ->> 'code'), 3) = 0 THEN 'not ' ELSE '' END))
        WHEN n ->> 'rule' ~ '\(\*\)' AND (n ->> 'code')::integer > 1 THEN n || jsonb_build_object('rule', replace(n ->> 'rule', '(*)', format('(*, [%s])', 1 + pg_temp.draw('ref' || t, 1))))
        ELSE n END)) FROM jsonb_array_elements(r::jsonb -> 'nodes') n)::ruleset AS r
FROM tree;
SELECT is_empty($$
    SELECT code, r::text FROM (
        SELECT t, r, code, decisive, bool_or(overall(assess(f.m || '{"forced": 1}', replaced)) <> overall(assess(f.m || '{"forced": 0}', replaced))) AS matters
        FROM shared, explain('{}', r), LATERAL (SELECT amend(r, code, 'forced met') AS replaced) a,
            LATERAL (SELECT format('{"m0": %s, "m1": %s, "m2": %s}', n & 1, (n >> 1) & 1, n >> 2)::measures AS m FROM generate_series(0, 7) n) f
        WHERE verdict = 'unknown' GROUP BY t, r, code, decisive) c
    WHERE matters AND NOT decisive LIMIT 2$$, 'no node that matters is missed');

SELECT * FROM finish();
ROLLBACK;
