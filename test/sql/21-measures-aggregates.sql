-- measures_agg, merge_agg and sum.

BEGIN;
SET search_path = ntm, public;
SELECT plan(77);

CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE 'EXPLAIN (COSTS off) ' || query;
END $$;

CREATE FUNCTION pg_temp.error_of(query text, OUT code text, OUT message text, OUT detail text, OUT hint text)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE query;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
        detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
END $$;

CREATE TABLE fact (unit integer, at integer, name text, value numeric);
INSERT INTO fact VALUES
    (1, 1, 'income', 36.5), (1, 2, 'poor', NULL), (1, 3, 'plan', 1),
    (2, 1, 'plan', 0), (2, 2, 'plan', 0.0), (2, 3, 'income', 40),
    (3, 1, 'zone', 7);

-- measures_agg

SELECT is(measures_agg(name, value), NULL, 'measures_agg of no rows is NULL') FROM fact WHERE false;
SELECT is(measures_agg(name, value)::text, '{"zone": 7}', 'of one row') FROM fact WHERE unit = 3;
SELECT results_eq(
    'SELECT unit, measures_agg(name, value)::text FROM fact GROUP BY unit ORDER BY unit',
    $$VALUES (1, '{"income": 36.5, "plan": 1, "poor": null}'), (2, '{"income": 40, "plan": 0}'), (3, '{"zone": 7}')$$,
    'by unit: NULL is explicitly unknown, what is said twice is kept once');
SELECT is(measures_agg(name, value) FILTER (WHERE unit = 1 AND value IS NOT NULL)::text,
    '{"income": 36.5, "plan": 1}', 'with FILTER') FROM fact;
SELECT is(measures_agg(name, value) FILTER (WHERE false), NULL, 'with a FILTER that leaves nothing') FROM fact;
SELECT is(measures_agg(DISTINCT name, value)::text, '{"income": 40, "plan": 0}', 'with DISTINCT') FROM fact WHERE unit = 2;
SELECT is(measures_agg(name, value ORDER BY at DESC)::text,
    '{"income": 36.5, "plan": 1, "poor": null}', 'the order of rows does not matter') FROM fact WHERE unit = 1;
SELECT is(measures_agg(name, value), '{"income": 36.5, "plan": 1, "poor": null}'::measures,
    'the result is equal to the same measures written') FROM fact WHERE unit = 1;
SELECT is(measures_send(measures_agg(name, value)), measures_send('{"plan": 1, "income": 36.5, "poor": null}'),
    'byte for byte') FROM fact WHERE unit = 1;
SELECT is(measures_hash(measures_agg(name, value)), measures_hash('{"plan": 1, "income": 36.5, "poor": null}'),
    'with the same hash') FROM fact WHERE unit = 1;
SELECT is(measures_agg(name, NULL)::text, '{"a": null, "b": null}', 'of nothing but NULLs')
FROM unnest(ARRAY['b', 'a', 'b']) name;

SELECT throws_ok(
    $$SELECT measures_agg(NULL, 1)$$, '22004', 'the name of a measure must not be null', 'a name must not be NULL');
SELECT throws_ok(
    $$SELECT measures_agg('', 1)$$, '22023', 'invalid name of a measure', 'nor empty');
SELECT throws_ok(
    $$SELECT measures_agg(repeat('x', 64), 1)$$, '22023', 'invalid name of a measure', 'nor too long');
SELECT throws_ok(
    $$SELECT measures_agg(E'a\nb', 1)$$, '22023', 'invalid name of a measure', 'nor have control characters');
SELECT throws_ok(
    $$SELECT measures_agg('a', 'NaN')$$, '22003', 'measure "a" is out of range for type ntm.measures', 'a value must be a number');
SELECT throws_ok(
    $$SELECT measures_agg('a', 0.0000001)$$, '22003', 'measure "a" cannot be held exactly by type ntm.measures', 'that can be held exactly');
SELECT results_eq(
    format('SELECT * FROM pg_temp.error_of(%L)',
        format('SELECT measures_agg(%L, v) FROM unnest(%L::numeric[]) v', 'a "b"', given)),
    format($$VALUES ('21000', 'measure "a "b"" occurs twice with different values', %L,
        'Merge reports with ntm.merge_agg(measures ORDER BY ...), the last one wins.')$$, detail),
    'two values for one name: ' || given)
FROM (VALUES ('{2,1.5}', 'The values are 1.5 and 2.'), ('{1.5,1.5,2}', 'The values are 1.5 and 2.'),
             ('{0,NULL}', 'The values are null and 0.')) t (given, detail);

-- many measures in one group, in any order, most of them several times
CREATE TABLE many AS SELECT i % 1000 AS number, 'measure ' || i % 1000 AS name, (i % 1000) / 10.0 AS value
    FROM generate_series(1, 20000) i ORDER BY md5(i::text);
SELECT results_eq(
    'SELECT e.* FROM each((SELECT measures_agg(name, value) FROM many)) e',
    'SELECT name, value, true FROM (SELECT DISTINCT name, value FROM many) t ORDER BY name COLLATE "C"',
    'a large group');
SELECT results_eq(
    $$SELECT m.number, m.value FROM (SELECT number % 10 AS number, measures_agg(name, value) AS value FROM many GROUP BY 1) m ORDER BY 1$$,
    $$SELECT n, (SELECT measures_agg(name, value) FROM (SELECT DISTINCT name, value FROM many WHERE number % 10 = n) d)
      FROM generate_series(0, 9) n$$,
    'several large groups at a time');
SELECT results_eq(
    'SELECT count(*), sum(m -> ''x''), max(m -> ''x'') FROM
         (SELECT measures_agg(x, i) AS m FROM generate_series(1, 20000) i, unnest(ARRAY[''x'']) x GROUP BY i) t',
    'VALUES (20000::bigint, 200010000::numeric, 20000::numeric)',
    'many small groups');
SELECT is(
    (SELECT measures_agg('a', 1) FROM generate_series(1, 200000)), '{"a": 1}'::measures,
    'the same fact very often');
SELECT throws_ok(
    $$SELECT measures_agg('m' || i, 1) FROM generate_series(1, 4097) i$$,
    '54000', 'type ntm.measures cannot hold more than 4096 measures', 'too many measures');
SELECT lives_ok(
    $$SELECT measures_agg('m' || i % 4096, 1) FROM generate_series(1, 9000) i$$, 'just enough measures');

SET LOCAL enable_hashagg = off;
SELECT results_eq(
    'SELECT number % 7, measures_agg(name, value) FROM many GROUP BY 1 ORDER BY 1',
    'SELECT n, (SELECT measures_agg(name, value) FROM many WHERE number % 7 = n) FROM generate_series(0, 6) n',
    'grouped by sorting');
SET LOCAL enable_hashagg = on;
SELECT results_eq(
    'SELECT unit, measures_agg(name, value)::text FROM fact WHERE unit <> 2 GROUP BY ROLLUP (unit) ORDER BY unit',
    $$VALUES (1, '{"income": 36.5, "plan": 1, "poor": null}'), (3, '{"zone": 7}'),
             (NULL, '{"income": 36.5, "plan": 1, "poor": null, "zone": 7}')$$,
    'with ROLLUP');
SELECT results_eq(
    'SELECT at, measures_agg(name || at, value) OVER (ORDER BY at)::text FROM fact WHERE unit = 1 ORDER BY at',
    $$VALUES (1, '{"income1": 36.5}'), (2, '{"income1": 36.5, "poor2": null}'),
             (3, '{"income1": 36.5, "plan3": 1, "poor2": null}')$$,
    'over a growing window');
SELECT results_eq(
    'SELECT number, n, (SELECT count(*) FROM each(m)), m ? (''m'' || n), m ? (''m'' || n - 3) FROM
         (SELECT number, n, measures_agg(''m'' || n, number)
                 OVER (PARTITION BY number ORDER BY n ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS m
          FROM generate_series(1, 3) number, generate_series(1, 50) n) t ORDER BY 1, 2',
    'SELECT number, n, least(n, 3)::bigint, true, false
     FROM generate_series(1, 3) number, generate_series(1, 50) n ORDER BY 1, 2',
    'over a moving window');
SELECT results_eq(
    'SELECT n, (SELECT count(*) FROM each(m)) FROM
         (SELECT n, measures_agg(''m'' || n, n) OVER (ORDER BY n) AS m FROM generate_series(1, 300) n) t ORDER BY n',
    'SELECT n, n::bigint FROM generate_series(1, 300) n',
    'every row of a growing window keeps its own value');

-- called by hand, the transition function changes nothing in place
CREATE TABLE base AS SELECT '{"a": 1, "b": 2}'::measures AS m;
SELECT is(measures_agg_add(m, 'c', 3)::text, '{"a": 1, "b": 2, "c": 3}', 'called by hand') FROM base;
SELECT is(measures_agg_add(m, 'a', 1)::text, '{"a": 1, "b": 2}', 'with what is known') FROM base;
SELECT is(measures_agg_add(NULL, 'a', 1), '{"a": 1}'::measures, 'without a state');
SELECT throws_ok('SELECT measures_agg_add(m, ''a'', 2) FROM base', '21000',
    'measure "a" occurs twice with different values', 'with a contradiction');
SELECT is(m::text, '{"a": 1, "b": 2}', 'the argument is as it was') FROM base;
SELECT is(measures_agg_combine('{"a": 1, "c": "n/a"}', '{"b": 2, "a": 1}')::text, '{"a": 1, "b": 2, "c": "n/a"}',
    'states are combined');
SELECT throws_ok($$SELECT measures_agg_combine('{"a": 1}', '{"a": null}')$$, '21000',
    'measure "a" occurs twice with different values', 'unless they contradict each other');
SELECT throws_ok(
    $$SELECT measures_agg_combine((SELECT measures_agg('a' || i, 1) FROM generate_series(1, 4000) i),
                                  (SELECT measures_agg('b' || i, 1) FROM generate_series(1, 4000) i))$$,
    '54000', 'type ntm.measures cannot hold more than 4096 measures', 'or are too large together');

-- an aggregate of the user's own, without the final function, gets proper values too
CREATE AGGREGATE pg_temp.raw_agg(text, numeric) (SFUNC = ntm.measures_agg_add, STYPE = ntm.measures);
CREATE TABLE raw AS SELECT unit, pg_temp.raw_agg(name, value) AS m FROM fact GROUP BY unit;
SELECT results_eq(
    'SELECT unit, m::text, m::jsonb, m = m::text::measures, measures_hash(m) = measures_hash(m::text::measures),
            measures_send(m) = measures_send(m::text::measures), m -> ''income'', m ? ''income'',
            (m || ''{}'')::text, (m - ''plan'')::text, (SELECT count(*) FROM each(m))
     FROM raw ORDER BY unit',
    $$SELECT unit, m::text, m::jsonb, true, true, true, m -> 'income', m ? 'income', m::text, (m - 'plan')::text,
             (SELECT count(*) FROM each(m))
      FROM (SELECT unit, measures_agg(name, value) AS m FROM fact GROUP BY unit) t ORDER BY unit$$,
    'unfinished states read like finished ones');
SELECT is(count(*), 3::bigint, 'and are equal to them')
FROM raw JOIN (SELECT unit, measures_agg(name, value) AS m FROM fact GROUP BY unit) t USING (unit, m);

-- merge_agg

CREATE TABLE report (unit integer, at integer, m measures);
INSERT INTO report VALUES
    (1, 1, '{"a": 1, "b": 2}'), (1, 3, '{"a": 3}'), (1, 2, '{"a": null, "c": 5}'), (1, 4, NULL),
    (2, 1, '{"a": 1}'), (2, 2, '{"a": null}'),
    (3, 1, NULL),
    (4, 1, '{}'), (4, 2, '{"z": "n/a"}');
SELECT results_eq(
    'SELECT unit, merge_agg(m ORDER BY at)::text, merge_agg(m ORDER BY at DESC)::text FROM report GROUP BY unit ORDER BY unit',
    $$VALUES (1, '{"a": 3, "b": 2, "c": 5}', '{"a": 1, "b": 2, "c": 5}'), (2, '{"a": null}', '{"a": 1}'),
             (3, NULL, NULL), (4, '{"z": "n/a"}', '{"z": "n/a"}')$$,
    'the last report wins, its null withdraws, NULL rows are skipped');
SELECT is(merge_agg(m), NULL, 'of no rows') FROM report WHERE false;
SELECT is(merge_agg(m ORDER BY at) FILTER (WHERE at < 3)::text, '{"a": null, "b": 2, "c": 5}', 'with FILTER') FROM report WHERE unit = 1;
SELECT results_eq(
    'SELECT at, merge_agg(m) OVER (ORDER BY at ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)::text FROM report WHERE unit = 1 ORDER BY at',
    $$VALUES (1, '{"a": 1, "b": 2}'), (2, '{"a": null, "b": 2, "c": 5}'), (3, '{"a": 3, "c": 5}'), (4, '{"a": 3}')$$,
    'over a moving window');
SELECT results_eq(
    'SELECT at, merge_agg(m) OVER (ORDER BY at)::text FROM report WHERE unit = 1 ORDER BY at',
    $$VALUES (1, '{"a": 1, "b": 2}'), (2, '{"a": null, "b": 2, "c": 5}'), (3, '{"a": 3, "b": 2, "c": 5}'),
             (4, '{"a": 3, "b": 2, "c": 5}')$$,
    'over a growing window');
SELECT is(aggcombinefn::oid, 0::oid, 'merge_agg is never split, since order matters')
FROM pg_aggregate WHERE aggfnoid = 'ntm.merge_agg'::regproc;

-- sum: missing is not zero

SELECT is((SELECT sum(m::measures) FROM unnest(given) m)::text, total, format('sum of %s', given))
FROM (VALUES
    (ARRAY['{"a": 1.5}'], '{"a": 1.5}'),
    (ARRAY['{"a": 1.5}', '{"a": -2}'], '{"a": -0.5}'),
    (ARRAY['{"a": 1, "b": 2}', '{"b": 3, "c": 4}'], '{"a": null, "b": 5, "c": null}'),
    (ARRAY['{"a": 1, "b": 2}', '{"a": null, "b": 3}'], '{"a": null, "b": 5}'),
    (ARRAY['{"a": null}', '{"a": 1}', '{"a": 2}'], '{"a": null}'),
    (ARRAY['{"a": "n/a"}', '{"a": 1}'], '{"a": 1}'),
    (ARRAY['{"a": 1}', '{"a": "n/a"}', '{"a": 2}'], '{"a": 3}'),
    (ARRAY['{"a": "n/a"}', '{"a": "n/a"}'], '{"a": "n/a"}'),
    (ARRAY['{"a": "n/a"}', '{"a": null}'], '{"a": null}'),
    (ARRAY['{"a": "n/a"}', '{}'], '{"a": null}'),
    (ARRAY['{"a": 1}', '{}'], '{"a": null}'),
    (ARRAY['{"a": 1}', NULL], '{"a": 1}'),
    (ARRAY[]::text[], NULL),
    (ARRAY[NULL], NULL)
) t (given, total);
SELECT throws_ok(
    $$SELECT sum(m) FROM (VALUES ('{"a": 1, "b": 9199999999999.999999}'::measures), ('{"a": 1, "b": 0.000001}')) t (m)$$,
    '22003', 'the sum of measure "b" is out of range for type ntm.measures', 'a sum that is too large');
SELECT throws_ok(
    $$SELECT sum(m) FROM (VALUES ('{"b": -9199999999999.999999}'::measures), ('{"b": -0.000001, "a": 1}')) t (m)$$,
    '22003', 'the sum of measure "b" is out of range for type ntm.measures', 'or too small');
SELECT throws_ok(
    $$SELECT sum(m ORDER BY n) FROM (VALUES (1, '{"a": 9000000000000}'::measures), (2, '{"a": 9000000000000}'), (3, '{"a": -9000000000000}')) t (n, m)$$,
    '22003', 'the sum of measure "a" is out of range for type ntm.measures', 'a sum on the way that is too large');
SELECT is(sum(m ORDER BY n)::text, '{"a": 9000000000000}', 'another way to the same sum')
FROM (VALUES (1, '{"a": 9000000000000}'::measures), (3, '{"a": 9000000000000}'), (2, '{"a": -9000000000000}')) t (n, m);
SELECT results_eq(
    'SELECT n, sum(m) OVER (ORDER BY n)::text, sum(m) OVER (ORDER BY n ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)::text
     FROM (VALUES (1, ''{"a": 1}''::measures), (2, ''{"a": 10}''), (3, ''{"a": null}''), (4, ''{"a": 5}''), (5, ''{"a": 7}'')) t (n, m)
     ORDER BY n',
    $$VALUES (1, '{"a": 1}', '{"a": 1}'), (2, '{"a": 11}', '{"a": 11}'), (3, '{"a": null}', '{"a": null}'),
             (4, '{"a": null}', '{"a": null}'), (5, '{"a": null}', '{"a": 12}')$$,
    'sum over windows');
SELECT is(sum(m) FILTER (WHERE n > 1)::text, '{"a": 5}', 'sum with FILTER')
FROM (VALUES (1, '{"a": 1}'::measures), (2, '{"a": 2}'), (3, '{"a": 3}')) t (n, m);
-- long enough not to be unpacked into a copy when it is read
CREATE TABLE kept AS
    SELECT n, (SELECT measures_agg('a' || i, n) FROM generate_series(1, 20) i) AS m FROM generate_series(1, 10) n;
SELECT results_eq(
    'SELECT sum(m) -> ''a7'', (SELECT measures_sum_add(a.m, b.m) -> ''a20'' FROM kept a, kept b WHERE a.n = 1 AND b.n = 10) FROM kept',
    'VALUES (55::numeric, 11::numeric)', 'what is summed');
SELECT is(string_agg((m -> 'a20')::text, ',' ORDER BY n), '1,2,3,4,5,6,7,8,9,10', 'is left as it was') FROM kept;

-- A parallel plan gives what a serial one gives

CREATE TABLE big AS
    SELECT i % 50 AS unit, 'measure ' || i % 900 AS name, (i % 900)::numeric / 8 AS value FROM generate_series(1, 30000) i;
CREATE TABLE sums AS
    SELECT i % 20 AS unit, format('{"a": %s, "b": %s, "%s": 1}', i / 10.0, CASE WHEN i % 20 = 3 AND i % 1000 = 3 THEN 'null' ELSE '"n/a"' END,
                                  CASE WHEN i % 20 = 4 AND i % 500 = 4 THEN 'x' ELSE 'y' END)::measures AS m
    FROM generate_series(1, 20000) i;
ANALYZE big, sums;
CREATE TABLE serial AS SELECT unit, measures_agg(name, value) AS m FROM big GROUP BY unit;
CREATE TABLE serial_sums AS SELECT unit, sum(m) AS m FROM sums GROUP BY unit;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
SELECT isnt_empty(
    format('SELECT 1 FROM pg_temp.plan_of(%L) line WHERE line ~ ''Partial .*Aggregate''', query), what || ' runs in parallel')
FROM (VALUES ('SELECT unit, measures_agg(name, value) FROM big GROUP BY unit', 'measures_agg'),
             ('SELECT measures_agg(name, value) FROM big', 'measures_agg of all rows'),
             ('SELECT unit, sum(m) FROM sums GROUP BY unit', 'sum')) t (query, what);
SELECT results_eq('SELECT unit, measures_agg(name, value) FROM big GROUP BY unit ORDER BY unit',
    'SELECT * FROM serial ORDER BY unit', 'measures_agg gives the same in parallel');
SELECT results_eq('SELECT count(*) FROM each((SELECT measures_agg(name, value) FROM big))', 'VALUES (900::bigint)',
    'also over all rows');
SELECT results_eq('SELECT unit, sum(m) FROM sums GROUP BY unit ORDER BY unit',
    'SELECT * FROM serial_sums ORDER BY unit', 'sum gives the same in parallel');
SELECT results_eq(
    'SELECT unit, m::text FROM serial_sums WHERE unit IN (2, 3, 4) ORDER BY unit',
    $$VALUES (2, '{"a": 999200, "b": "n/a", "y": 1000}'), (3, '{"a": 999300, "b": null, "y": 1000}'),
             (4, '{"a": 999400, "b": "n/a", "x": null, "y": null}')$$,
    'and the sums are right');
SELECT throws_ok(
    $$SELECT measures_agg('a', unit) FROM big$$, '21000', 'measure "a" occurs twice with different values',
    'contradictions are found in parallel too');

SELECT * FROM finish();
ROLLBACK;
