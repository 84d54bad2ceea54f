-- Type ntm.verdict: form, logic, casts, order, aggregates.

BEGIN;
SET search_path = ntm, public;
SELECT plan(105);

-- Form

SELECT has_type('ntm', 'verdict', 'the type exists');
SELECT results_eq(
    $$SELECT typlen, typbyval, typalign FROM pg_type WHERE oid = 'ntm.verdict'::regtype$$,
    $$VALUES (1::int2, true, 'c'::"char")$$,
    'a verdict is one byte, by value');

SELECT is(v::verdict::text, v, v || ' is written as it is read')
FROM unnest(ARRAY['not_met', 'unknown', 'met', 'not_applicable']) v;

SELECT throws_ok(
    format('SELECT %L::ntm.verdict', v), '22P02',
    format('invalid input value for type ntm.verdict: "%s"', v),
    format('"%s" is no verdict', v))
FROM unnest(ARRAY['', 'Met', ' met', 'met ', 'metx', 'not met', 'n/a', 'true', '2']) v;

SELECT is(verdict_send('not_met'), '\x0100', 'binary form of not_met');
SELECT is(verdict_send('unknown'), '\x0101', 'binary form of unknown');
SELECT is(verdict_send('met'), '\x0102', 'binary form of met');
SELECT is(verdict_send('not_applicable'), '\x0103', 'binary form of not_applicable');

CREATE TABLE stored (id integer PRIMARY KEY, v verdict);
INSERT INTO stored VALUES
    (0, 'not_met'), (1, 'unknown'), (2, 'met'), (3, 'not_applicable'), (4, NULL);
SELECT results_eq(
    'SELECT id, v::text FROM stored ORDER BY id',
    $$VALUES (0, 'not_met'), (1, 'unknown'), (2, 'met'), (3, 'not_applicable'), (4, NULL)$$,
    'a table gives back what it was given');

-- Logic: every pair

CREATE TABLE truth (a verdict, b verdict, conjunction verdict, disjunction verdict);
INSERT INTO truth VALUES
    ('not_met', 'not_met', 'not_met', 'not_met'),
    ('not_met', 'unknown', 'not_met', 'unknown'),
    ('not_met', 'met', 'not_met', 'met'),
    ('not_met', 'not_applicable', 'not_met', 'met'),
    ('unknown', 'not_met', 'not_met', 'unknown'),
    ('unknown', 'unknown', 'unknown', 'unknown'),
    ('unknown', 'met', 'unknown', 'met'),
    ('unknown', 'not_applicable', 'unknown', 'met'),
    ('met', 'not_met', 'not_met', 'met'),
    ('met', 'unknown', 'unknown', 'met'),
    ('met', 'met', 'met', 'met'),
    ('met', 'not_applicable', 'met', 'met'),
    ('not_applicable', 'not_met', 'not_met', 'met'),
    ('not_applicable', 'unknown', 'unknown', 'met'),
    ('not_applicable', 'met', 'met', 'met'),
    ('not_applicable', 'not_applicable', 'not_applicable', 'not_applicable');

SELECT is((a & b)::text, conjunction::text, format('%s & %s', a, b)) FROM truth;
SELECT is((a | b)::text, disjunction::text, format('%s | %s', a, b)) FROM truth;
SELECT is((! v)::text, negated, format('! %s', v))
FROM (VALUES ('not_met'::verdict, 'met'), ('unknown', 'unknown'), ('met', 'not_met'),
             ('not_applicable', 'not_met')) t (v, negated);
SELECT is(NULL::verdict & 'not_met', NULL, 'NULL & anything is NULL');
SELECT is(NULL::verdict | 'met', NULL, 'NULL | anything is NULL');
SELECT is(! NULL::verdict, NULL, '! NULL is NULL');
SELECT is_empty(
    'SELECT a.a, b.a, c.a FROM truth a, truth b, truth c
     WHERE ((a.a & b.a) & c.a) <> (a.a & (b.a & c.a)) OR ((a.a | b.a) | c.a) <> (a.a | (b.a | c.a))',
    '& and | are associative, so aggregates do not depend on the order of rows');

-- Casts

SELECT is(v::boolean, b, format('%s as boolean', v))
FROM (VALUES ('not_met'::verdict, false), ('unknown', NULL), ('met', true), ('not_applicable', true)) t (v, b);
SELECT is(v::integer, i, format('%s as integer', v))
FROM (VALUES ('not_met'::verdict, 0), ('unknown', 1), ('met', 2), ('not_applicable', 3)) t (v, i);
SELECT is(CAST(v AS text), s, format('%s as text', v))
FROM (VALUES ('not_met'::verdict, 'not_met'), ('unknown', 'unknown'), ('met', 'met'),
             ('not_applicable', 'not_applicable')) t (v, s);
SELECT results_eq(
    'SELECT id FROM stored WHERE v ORDER BY id', 'VALUES (2), (3)',
    'WHERE takes a verdict: met and not applicable pass');
SELECT results_eq(
    'SELECT id FROM stored WHERE NOT v ORDER BY id', 'VALUES (0)',
    'WHERE NOT a verdict: only not met passes');
SELECT throws_ok(
    $$INSERT INTO stored (id) SELECT 'met'::ntm.verdict$$, '42804', NULL,
    'a verdict does not become an integer by itself');

-- Order

SELECT results_eq(
    'SELECT v::text FROM stored ORDER BY stored.v',
    $$VALUES ('not_met'), ('unknown'), ('met'), ('not_applicable'), (NULL)$$,
    'the worst verdict sorts first');
SELECT results_eq(
    format('SELECT a.id, b.id FROM stored a, stored b WHERE a.v %s b.v ORDER BY 1, 2', op),
    format('SELECT a, b FROM generate_series(0, 3) a, generate_series(0, 3) b WHERE a %s b ORDER BY 1, 2', op),
    format('operator %s goes by the code', op))
FROM unnest(ARRAY['=', '<>', '<', '<=', '>', '>=']) op;
SELECT results_eq(
    'SELECT a.id, b.id, sign(verdict_cmp(a.v, b.v)) FROM stored a, stored b WHERE a.id < 4 AND b.id < 4 ORDER BY 1, 2',
    'SELECT a, b, sign(a - b) FROM generate_series(0, 3) a, generate_series(0, 3) b ORDER BY 1, 2',
    'the comparison function agrees with the operators');
SELECT is(count(DISTINCT verdict_hash(v)), 4::bigint, 'each verdict has its own hash') FROM stored;
SELECT is(count(DISTINCT verdict_hash_extended(v, 0)), 4::bigint, 'each verdict has its own extended hash') FROM stored;
SELECT is(
    (verdict_hash_extended('met', 0) & 4294967295), verdict_hash('met')::bigint & 4294967295,
    'with seed 0 the extended hash continues the plain one');
SELECT isnt(
    verdict_hash_extended('met', 1), verdict_hash_extended('met', 2),
    'the seed changes the extended hash');
SELECT results_eq(
    'SELECT a.oprname, c.oprname, n.oprname, a.oprcanhash, a.oprcanmerge
     FROM pg_operator a JOIN pg_operator c ON c.oid = a.oprcom JOIN pg_operator n ON n.oid = a.oprnegate
     WHERE a.oprleft = ''ntm.verdict''::regtype AND a.oprright = a.oprleft
       AND a.oprrest <> 0 AND a.oprjoin <> 0 ORDER BY a.oprname COLLATE "C"',
    $$VALUES ('<'::name, '>'::name, '>='::name, false, false), ('<=', '>=', '>', false, false),
             ('<>', '<>', '=', false, false), ('=', '=', '<>', true, true),
             ('>', '<', '<=', false, false), ('>=', '<=', '<', false, false)$$,
    'comparison operators know their commutators and negators');
SELECT lives_ok('CREATE INDEX ON stored (v)', 'verdicts can be indexed');
SELECT lives_ok('CREATE INDEX ON stored USING hash (v)', 'verdicts can be indexed by hash');
SELECT lives_ok('CREATE TABLE parts (v verdict) PARTITION BY HASH (v)', 'verdicts can be a hash partition key');

-- Aggregates

CREATE TABLE judged (unit integer, v verdict);
INSERT INTO judged VALUES
    (1, 'met'), (1, 'not_applicable'), (1, 'met'),
    (2, 'met'), (2, 'unknown'), (2, NULL),
    (3, 'not_met'), (3, 'unknown'), (3, 'met'),
    (4, NULL), (4, NULL),
    (5, 'not_applicable'), (5, 'not_applicable'),
    (6, 'unknown');
PREPARE by_unit AS
    SELECT unit, all_met(v)::text, any_met(v)::text, min(v)::text, max(v)::text
    FROM judged GROUP BY unit ORDER BY unit;
CREATE TABLE expected (unit integer, all_met text, any_met text, min text, max text);
INSERT INTO expected VALUES
    (1, 'met', 'met', 'met', 'not_applicable'),
    (2, 'unknown', 'met', 'unknown', 'met'),
    (3, 'not_met', 'met', 'not_met', 'met'),
    (4, NULL, NULL, NULL, NULL),
    (5, 'not_applicable', 'not_applicable', 'not_applicable', 'not_applicable'),
    (6, 'unknown', 'unknown', 'unknown', 'unknown');

SET LOCAL enable_hashagg = off;
SELECT results_eq('by_unit', 'SELECT * FROM expected ORDER BY unit', 'aggregates by unit, sorted');
SET LOCAL enable_hashagg = on;
SET LOCAL enable_sort = off;
SELECT results_eq('by_unit', 'SELECT * FROM expected ORDER BY unit', 'aggregates by unit, hashed');
SET LOCAL enable_sort = on;

SELECT results_eq(
    'SELECT all_met(v), any_met(v), min(v), max(v) FROM judged WHERE false',
    'VALUES (NULL::verdict, NULL::verdict, NULL::verdict, NULL::verdict)',
    'no rows give NULL');
SELECT results_eq(
    $$SELECT all_met(v)::text, any_met(v)::text FROM (VALUES ('not_met'::verdict), ('unknown')) t (v)$$,
    $$VALUES ('not_met', 'unknown')$$,
    'an unknown row does not make all_met unknown once one is not met');
SELECT results_eq(
    $$SELECT all_met(v) FILTER (WHERE unit = 1)::text, any_met(v) FILTER (WHERE unit = 6)::text,
             any_met(DISTINCT v)::text FROM judged$$,
    $$VALUES ('met', 'unknown', 'met')$$,
    'aggregates with FILTER and DISTINCT');
SELECT results_eq(
    'SELECT id, all_met(v) OVER w, any_met(v) OVER w, min(v) OVER w, max(v) OVER w FROM stored
     WINDOW w AS (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) ORDER BY id',
    $$VALUES (0, 'not_met'::verdict, 'unknown'::verdict, 'not_met'::verdict, 'unknown'::verdict),
             (1, 'not_met', 'met', 'not_met', 'met'),
             (2, 'unknown', 'met', 'unknown', 'not_applicable'),
             (3, 'met', 'met', 'met', 'not_applicable'),
             (4, 'not_applicable', 'not_applicable', 'not_applicable', 'not_applicable')$$,
    'aggregates over a moving window');

-- A parallel plan gives what a serial one gives

CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE 'EXPLAIN (COSTS off) ' || query;
END $$;
CREATE TABLE many AS
    SELECT i, i % 7 AS unit,
           CASE WHEN i % 7 < 2 AND i % 1000 = 999 THEN 'not_met' WHEN i % 7 < 4 AND i % 100 = 5 THEN 'unknown'
                WHEN i % 7 < 6 AND i % 10 = 1 THEN 'met' ELSE 'not_applicable' END::verdict AS v
    FROM generate_series(1, 20000) i;
ANALYZE many;
CREATE TABLE serial AS SELECT unit, all_met(v), any_met(v), min(v), max(v) FROM many GROUP BY unit;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
PREPARE parallel AS SELECT unit, all_met(v), any_met(v), min(v), max(v) FROM many GROUP BY unit ORDER BY unit;
SELECT isnt_empty(
    $$SELECT 1 FROM pg_temp.plan_of('SELECT unit, all_met(v), any_met(v), min(v), max(v) FROM many GROUP BY unit ORDER BY unit') line
      WHERE line ~ 'Partial .*Aggregate'$$,
    'the aggregates run in parallel');
SELECT results_eq('parallel', 'SELECT * FROM serial ORDER BY unit', 'a parallel plan gives the same');
SELECT results_eq(
    'SELECT unit, all_met::text, any_met::text FROM serial ORDER BY unit',
    $$VALUES (0, 'not_met', 'met'), (1, 'not_met', 'met'), (2, 'unknown', 'met'), (3, 'unknown', 'met'),
             (4, 'met', 'met'), (5, 'met', 'met'), (6, 'not_applicable', 'not_applicable')$$,
    'and the rows were not all alike');
SET LOCAL max_parallel_workers_per_gather = 0;

-- min and max read an index from one end

CREATE INDEX ON many (v);
SET LOCAL enable_seqscan = off;
SELECT isnt_empty(
    $$SELECT 1 FROM pg_temp.plan_of('SELECT min(v) FROM many') line WHERE line ~ 'Index Only Scan using|Index Scan using'$$,
    'min uses an index');
SELECT isnt_empty(
    $$SELECT 1 FROM pg_temp.plan_of('SELECT max(v) FROM many') line WHERE line ~ 'Scan Backward using'$$,
    'max uses an index from its end');
SELECT results_eq('SELECT min(v), max(v) FROM many', $$VALUES ('not_met'::verdict, 'not_applicable'::verdict)$$,
    'and gives the right verdicts');

-- Labels

SELECT is_empty(
    $$SELECT oid::regprocedure FROM pg_proc
      WHERE pronamespace = 'ntm'::regnamespace AND (proname LIKE 'verdict\_%' OR proname IN ('all_met', 'any_met'))
        AND (provolatile <> 'i' OR proparallel <> 's' OR (prokind = 'f' AND NOT proisstrict))$$,
    'every function is immutable, strict and parallel safe');
SELECT is_empty(
    $$SELECT oid::regprocedure FROM pg_proc
      WHERE pronamespace = 'ntm'::regnamespace AND 'ntm.verdict'::regtype = ANY (proargtypes::oid[])
        AND obj_description(oid, 'pg_proc') IS NULL$$,
    'every function has a comment');

SELECT * FROM finish();
ROLLBACK;
