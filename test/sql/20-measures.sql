-- Type ntm.measures: form, exactness, order, access.

BEGIN;
SET search_path = ntm, public;
SELECT plan(167);

-- Form

SELECT results_eq(
    $$SELECT typlen, typbyval, typalign, typstorage FROM pg_type WHERE oid = 'ntm.measures'::regtype$$,
    $$VALUES (-1::int2, false, 'd'::"char", 'e'::"char")$$,
    'the values are aligned, and kept as they are if they have to leave the row');

CREATE TABLE form (given text, canonical text);
INSERT INTO form VALUES
    ('{}', '{}'),
    (' { } ', '{}'),
    (E'\n\t{\r"a"\t:\n1 }', '{"a": 1}'),
    ('{"income": 36.5, "has_plan": true, "market": "n/a", "poor_share": null}',
     '{"has_plan": 1, "income": 36.5, "market": "n/a", "poor_share": null}'),
    ('{"a": true, "b": false}', '{"a": 1, "b": 0}'),
    ('{"b": 2, "a": 1, "ab": 3, "B": 4, "a0": 5}', '{"B": 4, "a": 1, "a0": 5, "ab": 3, "b": 2}'),
    ('{"a": 0}', '{"a": 0}'),
    ('{"a": -0}', '{"a": 0}'),
    ('{"a": -0.000000}', '{"a": 0}'),
    ('{"a": 0e99999999999}', '{"a": 0}'),
    ('{"a": 1.50}', '{"a": 1.5}'),
    ('{"a": 100}', '{"a": 100}'),
    ('{"a": 1e3}', '{"a": 1000}'),
    ('{"a": 1.5E+2}', '{"a": 150}'),
    ('{"a": 1500e-3}', '{"a": 1.5}'),
    ('{"a": 0.000001}', '{"a": 0.000001}'),
    ('{"a": -0.000001}', '{"a": -0.000001}'),
    ('{"a": -12.345678}', '{"a": -12.345678}'),
    ('{"a": 1e-6}', '{"a": 0.000001}'),
    ('{"a": 10e-7}', '{"a": 0.000001}'),
    ('{"a": 0.10000000000000000000000000000000000000}', '{"a": 0.1}'),
    ('{"a": 0.00000000000000000000000000000000000001e33}', '{"a": 0.00001}'),
    ('{"a": 9199999999999.999999}', '{"a": 9199999999999.999999}'),
    ('{"a": -9199999999999.999999}', '{"a": -9199999999999.999999}'),
    ('{"thu nhập": 36.5, "Đất": 1}', '{"thu nhập": 36.5, "Đất": 1}'),
    ('{"\u0111\u1ea5t": 1}', '{"đất": 1}'),
    ('{"say \"no\"": 1, "a\\b": 2, "a/b": 3}', '{"a/b": 3, "a\\b": 2, "say \"no\"": 1}'),
    (format('{"%s": 1}', repeat('x', 63)), format('{"%s": 1}', repeat('x', 63)));

SELECT is(given::measures::text, canonical, 'read and written: ' || translate(given, E'\n\t\r', '   ')) FROM form;
SELECT is_empty(
    'SELECT given FROM form WHERE canonical::measures::text <> canonical',
    'what is written is read as it is');
SELECT is_empty(
    'SELECT given FROM form WHERE measures_send(given::measures) <> measures_send(canonical::measures)
        OR given::measures <> canonical::measures',
    'and means the same, byte for byte');

SELECT is(
    measures_send('{"b": null, "a": 1.5, "đ": "n/a", "c": -1}'),
    '\x01 0004' || '\x0001 61 000000000016e360'::bytea || '\x0001 62 8000000000000001'
        || '\x0001 63 fffffffffff0bdc0' || '\x0002 c491 8000000000000000',
    'binary form: version, count, then length, name and millionths of each');
SELECT is(measures_send('{}'), '\x010000', 'binary form of no measures');

-- Refusals, with the place

CREATE TABLE refused (given text, code text, message text);
INSERT INTO refused VALUES
    ('', '22P02', 'invalid input syntax for type ntm.measures at character 1'),
    ('   ', '22P02', 'invalid input syntax for type ntm.measures at character 4'),
    ('null', '22P02', 'invalid input syntax for type ntm.measures at character 1'),
    ('[]', '22P02', 'invalid input syntax for type ntm.measures at character 1'),
    ('  12', '22P02', 'invalid input syntax for type ntm.measures at character 3'),
    ('"n/a"', '22P02', 'invalid input syntax for type ntm.measures at character 1'),
    ('{', '22P02', 'invalid input syntax for type ntm.measures at character 2'),
    ('{"a": 1', '22P02', 'invalid input syntax for type ntm.measures at character 8'),
    ('{"a": 1}}', '22P02', 'invalid input syntax for type ntm.measures at character 9'),
    ('{"a": 1} {}', '22P02', 'invalid input syntax for type ntm.measures at character 10'),
    ('{"a": 1,}', '22P02', 'invalid input syntax for type ntm.measures at character 9'),
    ('{"a" 1}', '22P02', 'invalid input syntax for type ntm.measures at character 6'),
    ('{a: 1}', '22P02', 'invalid input syntax for type ntm.measures at character 2'),
    ('{"đất": x}', '22P02', 'invalid input syntax for type ntm.measures at character 9'),
    ('{"a": {"b": 1}}', '22P02', 'invalid input syntax for type ntm.measures at character 7'),
    ('{"a": 1, "b": [2]}', '22P02', 'invalid input syntax for type ntm.measures at character 15'),
    ('{"a": ""}', '22P02', 'invalid input syntax for type ntm.measures at character 7'),
    ('{"a": "12"}', '22P02', 'invalid input syntax for type ntm.measures at character 7'),
    ('{"a": "N/A"}', '22P02', 'invalid input syntax for type ntm.measures at character 7'),
    ('{"a": "n/a "}', '22P02', 'invalid input syntax for type ntm.measures at character 7'),
    ('{"đất": "?"}', '22P02', 'invalid input syntax for type ntm.measures at character 9'),
    ('{"a": NaN}', '22P02', 'invalid input syntax for type ntm.measures at character 7'),
    ('{"a": Infinity}', '22P02', 'invalid input syntax for type ntm.measures at character 7'),
    ('{"a": .5}', '22P02', 'invalid input syntax for type ntm.measures at character 7'),
    ('{"a": 5.}', '22P02', 'invalid input syntax for type ntm.measures at character 7'),
    ('{"a": 05}', '22P02', 'invalid input syntax for type ntm.measures at character 7'),
    ('{"a": +5}', '22P02', 'invalid input syntax for type ntm.measures at character 7'),
    ('{"a": 0x10}', '22P02', 'invalid input syntax for type ntm.measures at character 7'),
    ('{"a": 1, "a": 1}', '22P02', 'invalid input syntax for type ntm.measures at character 10'),
    ('{"a": 1, "b": 2, "\u0061" : 1}', '22P02', 'invalid input syntax for type ntm.measures at character 18'),
    ('{"đ\u0022\\": 1, "c": 2, "đ\"\\": 1, "b": 2, "b": 2}', '22P02', 'invalid input syntax for type ntm.measures at character 26'),
    ('{"": 1}', '22P02', 'invalid name of a measure for type ntm.measures, before character 6'),
    (format('{"%s": 1}', repeat('x', 64)), '22P02', 'invalid name of a measure for type ntm.measures, before character 70'),
    (format('{"%s": 1}', repeat('đ', 32)), '22P02', 'invalid name of a measure for type ntm.measures, before character 38'),
    ('{"a\tb": 1}', '22P02', 'invalid name of a measure for type ntm.measures, before character 10'),
    (E'{"a\u007fb": 1}', '22P02', 'invalid name of a measure for type ntm.measures, before character 9'),
    ('{"a": 9200000000000}', '22003', 'measure "a" at character 7 is out of range for type ntm.measures'),
    ('{"a": -9200000000000}', '22003', 'measure "a" at character 7 is out of range for type ntm.measures'),
    ('{"a": 92233720368547.75807}', '22003', 'measure "a" at character 7 is out of range for type ntm.measures'),
    ('{"a": 1e13}', '22003', 'measure "a" at character 7 is out of range for type ntm.measures'),
    ('{"a": 1e999999999999}', '22003', 'measure "a" at character 7 is out of range for type ntm.measures'),
    ('{"a": 123456789012345678901234567890}', '22003', 'measure "a" at character 7 is out of range for type ntm.measures'),
    ('{"a": 0.0000001}', '22003', 'measure "a" cannot be held exactly'),
    ('{"a": 1.0000005}', '22003', NULL),
    ('{"a": 1e-999999999999}', '22003', NULL),
    ('{"a": 0.12345678901234567890123456789}', '22003', 'measure "a" at character 7 cannot be held exactly by type ntm.measures');
UPDATE refused SET message = 'measure "a" at character 7 cannot be held exactly by type ntm.measures'
WHERE code = '22003' AND (message IS NULL OR message NOT LIKE '%ntm.measures');

SELECT throws_ok(format('SELECT %L::ntm.measures', given), code, message, 'refused: ' || left(given, 60))
FROM refused;

SELECT throws_ok(
    format('SELECT %L::ntm.measures', repeat('{"a":', 65) || '1' || repeat('}', 65)), '54001',
    'ntm.measures is nested too deeply at character 321', 'deep nesting is refused, not followed');
SELECT throws_ok(
    format('SELECT %L::ntm.measures', repeat('[', 64) || '1' || repeat(']', 64)), '22P02',
    'invalid input syntax for type ntm.measures at character 1', '64 levels are read, though they are no measures');
SELECT throws_ok(
    $$SELECT (SELECT '{' || string_agg(format('"m%s": 1', i), ',') || '}' FROM generate_series(1, 4097) i)::ntm.measures$$,
    '54000', 'type ntm.measures cannot hold more than 4096 measures', 'one measure too many');
SELECT is(
    count(*), 4096::bigint, 'as many measures as allowed')
FROM each((SELECT '{' || string_agg(format('"m%s": 1', i), ',') || '}' FROM generate_series(1, 4096) i)::measures);

-- What details and hints say

CREATE FUNCTION pg_temp.error_of(query text, OUT code text, OUT detail text, OUT hint text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE query;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
END $$;

SELECT results_eq(
    format('SELECT * FROM pg_temp.error_of(%L)', format('SELECT %L::ntm.measures', given)),
    format('VALUES (%L, %L, %L)', code, detail, hint),
    'explained: ' || given)
FROM (VALUES
    ('[1]', '22P02', 'It must be a JSON object, not an array.',
     'Write for example {"income": 36.5, "has_plan": true}.'),
    ('{"a": 1, "a": 2}', '22P02', 'Key "a" occurs twice in the same object.', ''),
    ('{"a": 1,}', '22P02', 'Expected string, but found "}".', ''),
    ('{"a": "12"}', '22P02', 'Measure "a" must be a number, true, false, null or "n/a", not another string.',
     'Write the number without quotes.'),
    ('{"a": "?"}', '22P02', 'Measure "a" must be a number, true, false, null or "n/a", not another string.',
     'Write null for what is not known, and "n/a" for what does not apply.'),
    ('{"a": {}}', '22P02', 'Measure "a" must be a number, true, false, null or "n/a", not an object.',
     'Write null for what is not known, and "n/a" for what does not apply.'),
    ('{"": 1}', '22P02', 'The name of a measure must not be empty.', ''),
    ('{"a\n": 1}', '22P02', 'The name of a measure must not contain control characters.', ''),
    ('{"a": 1e13}', '22003', 'The value is 1e13; its magnitude must be below 9200000000000.', ''),
    ('{"a": 0.1234567}', '22003', 'The value 0.1234567 has more than 6 decimals.', 'Round it to 6 decimals first.')
) t (given, code, detail, hint);

-- Exactness: a few thousand generated numbers, against numeric

SELECT setseed(0.17);
CREATE TABLE numbers AS
    SELECT i, CASE WHEN i % 2 = 0 THEN -1 ELSE 1 END
        * trunc((random() * 10 ^ (i % 13))::numeric, i % 7)
        + trunc((random() * 10 ^ (i % 6))::numeric, 0) AS value
    FROM generate_series(1, 4000) i;
INSERT INTO numbers VALUES (0, 0), (-1, 10000), (-2, 99999999), (-3, 0.0001), (-4, -10000.0001), (-5, 0.01),
    (-6, 100000000), (-7, 9199999999999.999999), (-8, -0.000099), (-9, 1000000000000);
SELECT is_empty(
    $$SELECT value FROM numbers WHERE (format('{"a": %s}', value)::measures -> 'a') IS DISTINCT FROM value$$,
    'text keeps every number');
SELECT is_empty(
    $$SELECT value FROM numbers WHERE (measures_agg_add(NULL, 'a', value) -> 'a') IS DISTINCT FROM value$$,
    'so does numeric');
SELECT is_empty(
    $$SELECT value FROM numbers WHERE measures_agg_add(NULL, 'a', value) <> format('{"a": %s}', value)::measures$$,
    'and they agree');
SELECT is_empty(
    $$SELECT value FROM numbers WHERE format('{"a": %s}', value)::measures::text <> format('{"a": %s}', trim_scale(value))$$,
    'the text is the shortest');
SELECT is_empty(
    $$SELECT value FROM numbers WHERE scale(format('{"a": %s}', value)::measures -> 'a') <> min_scale(value)$$,
    'and the numeric has no trailing zeros');
SELECT throws_ok(
    format('SELECT ntm.measures_agg_add(NULL, %L, %L::numeric)', 'a', value), '22003', message,
    'numeric refused: ' || value)
FROM (VALUES
    ('NaN', 'measure "a" is out of range for type ntm.measures'),
    ('Infinity', 'measure "a" is out of range for type ntm.measures'),
    ('-Infinity', 'measure "a" is out of range for type ntm.measures'),
    ('9200000000000', 'measure "a" is out of range for type ntm.measures'),
    ('-9200000000000', 'measure "a" is out of range for type ntm.measures'),
    ('1e16', 'measure "a" is out of range for type ntm.measures'),
    ('1e100', 'measure "a" is out of range for type ntm.measures'),
    ('1e1000', 'measure "a" is out of range for type ntm.measures'),
    ('0.0000001', 'measure "a" cannot be held exactly by type ntm.measures'),
    ('-1.0000001', 'measure "a" cannot be held exactly by type ntm.measures'),
    ('1e-9', 'measure "a" cannot be held exactly by type ntm.measures'),
    ('1e-1000', 'measure "a" cannot be held exactly by type ntm.measures'),
    ('12345.123456789012', 'measure "a" cannot be held exactly by type ntm.measures')
) t (value, message);
SELECT is(measures_agg_add(NULL, 'a', '1.50000000000000000000'::numeric)::text, '{"a": 1.5}',
    'trailing zeros do no harm');

-- Order: total, and what a comparison of the parts gives

CREATE TYPE part AS (name text COLLATE "C", kind integer, value numeric);
CREATE TABLE sample (id integer, m measures, parts part[]);
INSERT INTO sample
    SELECT i, m, ARRAY(SELECT (name, CASE WHEN NOT applicable THEN 0 WHEN value IS NULL THEN 1 ELSE 2 END, value)::part FROM each(m))
    FROM (SELECT i, coalesce((SELECT measures_agg(name, value) FROM (
                SELECT DISTINCT ON (name) name, value FROM (
                    SELECT (ARRAY['a', 'ab', 'b', 'B', 'đ', 'a b', 'abc'])[1 + trunc(random() * 7)::int + 0 * i] AS name,
                           CASE WHEN random() < 0.2 THEN NULL ELSE trunc((random() * 4 - 2)::numeric, 1) END AS value
                    FROM generate_series(1, i % 4)) drawn) named), '{}')
            || CASE WHEN i % 5 = 0 THEN '{"b": "n/a"}' ELSE '{}' END::measures AS m
          FROM generate_series(1, 600) i) drawn;
SELECT cmp_ok(count(DISTINCT m), '>', 200::bigint, 'the sample is varied') FROM sample;
SELECT cmp_ok(count(*) - count(DISTINCT m), '>', 20::bigint, 'and has equal values') FROM sample;
SELECT is_empty(
    'SELECT a.m, b.m FROM sample a, sample b
     WHERE sign(measures_cmp(a.m, b.m)) <>
           CASE WHEN a.parts < b.parts THEN -1 WHEN a.parts > b.parts THEN 1 ELSE 0 END LIMIT 3',
    'the comparison of every pair is that of their parts');
SELECT is_empty(
    'SELECT a.m, b.m FROM sample a, sample b
     WHERE (a.m < b.m) <> (measures_cmp(a.m, b.m) < 0) OR (a.m <= b.m) <> (measures_cmp(a.m, b.m) <= 0)
        OR (a.m > b.m) <> (measures_cmp(a.m, b.m) > 0) OR (a.m >= b.m) <> (measures_cmp(a.m, b.m) >= 0)
        OR (a.m = b.m) <> (measures_cmp(a.m, b.m) = 0) OR (a.m <> b.m) <> (measures_cmp(a.m, b.m) <> 0)
        OR (a.m = b.m) <> (a.m::text = b.m::text) LIMIT 3',
    'and all operators agree with it');
SELECT is_empty(
    'SELECT a.m FROM sample a, sample b WHERE a.m = b.m
       AND (measures_hash(a.m) <> measures_hash(b.m) OR measures_hash_extended(a.m, 7) <> measures_hash_extended(b.m, 7))',
    'equal measures have equal hashes');
SELECT is_empty(
    'SELECT given FROM form WHERE measures_hash(given::measures) <> measures_hash(canonical::measures)',
    'however they were written');
SELECT is(count(DISTINCT measures_hash(m)), count(DISTINCT m), 'different measures have different hashes') FROM sample;
SELECT is(count(DISTINCT measures_hash_extended(m, 1)), count(DISTINCT m), 'and extended hashes') FROM sample;
SELECT is_empty(
    'SELECT 1 FROM sample WHERE measures_hash_extended(m, 1) = measures_hash_extended(m, 2)
        OR measures_hash(m)::bigint & 4294967295 <> measures_hash_extended(m, 0) & 4294967295',
    'the seed counts, and seed 0 continues the plain hash');

CREATE TABLE indexed AS SELECT * FROM sample;
CREATE INDEX ON indexed (m);
ANALYZE indexed;
SET LOCAL enable_seqscan = off;
SET LOCAL enable_sort = off;
SELECT results_eq(
    'SELECT m FROM indexed ORDER BY m', 'SELECT m FROM sample ORDER BY parts', 'an index gives the same order');
SELECT results_eq(
    'SELECT id FROM indexed WHERE m = (SELECT m FROM sample WHERE id = 9) ORDER BY id',
    'SELECT id FROM sample WHERE parts = (SELECT parts FROM sample WHERE id = 9) ORDER BY id', 'and finds what is equal');
SET LOCAL enable_seqscan = on;
SET LOCAL enable_sort = on;
SELECT results_eq(
    'SELECT count(*) FROM sample a JOIN sample b ON a.m = b.m',
    'SELECT count(*) FROM sample a JOIN sample b ON a.parts = b.parts', 'measures can be joined');
SELECT results_eq(
    'SELECT a.oprname, c.oprname, n.oprname, a.oprcanhash, a.oprcanmerge
     FROM pg_operator a JOIN pg_operator c ON c.oid = a.oprcom JOIN pg_operator n ON n.oid = a.oprnegate
     WHERE a.oprleft = ''ntm.measures''::regtype AND a.oprright = a.oprleft
       AND a.oprrest <> 0 AND a.oprjoin <> 0 ORDER BY a.oprname COLLATE "C"',
    $$VALUES ('<'::name, '>'::name, '>='::name, false, false), ('<=', '>=', '>', false, false),
             ('<>', '<>', '=', false, false), ('=', '=', '<>', true, true),
             ('>', '<', '<=', false, false), ('>=', '<=', '<', false, false)$$,
    'comparison operators know their commutators and negators');
SELECT lives_ok('CREATE TABLE parts_by_hash (m measures) PARTITION BY HASH (m)', 'measures can be a hash partition key');

-- Storage: short, long, compressed and moved out of line

CREATE TABLE stored (id integer, m measures);
INSERT INTO stored
    SELECT n, (SELECT measures_agg('measure ' || i, i / 8.0) FROM generate_series(1, n) i)
    FROM unnest(ARRAY[1, 3, 5, 100, 500, 4000]) n;
SELECT results_eq(
    $$SELECT id, (SELECT count(*) FROM each(m)), (SELECT sum(value) FROM each(m)), m -> ('measure ' || id) FROM stored ORDER BY id$$,
    'SELECT n, n::bigint, (n * (n + 1) / 16.0)::numeric, n / 8.0 FROM unnest(ARRAY[1, 3, 5, 100, 500, 4000]) n',
    'measures of any size come back from a table');
SELECT cmp_ok(pg_column_size(m), '<', octet_length(m::text), 'large ones are compressed') FROM stored WHERE id = 500;

-- Access

SELECT is('{"a": 1.5}'::measures -> 'a', 1.5, 'a number');
SELECT is('{"a": 1.5}'::measures -> 'b', NULL, 'absent is NULL');
SELECT is('{"a": null}'::measures -> 'a', NULL, 'unknown is NULL');
SELECT is('{"a": "n/a"}'::measures -> 'a', NULL, 'not applicable is NULL');
SELECT is('{"ab": 1}'::measures -> 'a', NULL, 'the whole name counts');
SELECT is('{"a": 1}'::measures -> '', NULL, 'an empty name is absent');
SELECT is(bool_and('{"a": 1, "b": null, "c": "n/a"}'::measures ? name), true, 'present, whatever the value')
FROM unnest(ARRAY['a', 'b', 'c']) name;
SELECT is('{"ab": 1}'::measures ? 'a', false, 'not present');
SELECT is((a::measures || b::measures)::text, result, format('%s || %s', a, b))
FROM (VALUES
    ('{}', '{}', '{}'),
    ('{}', '{"a": 1}', '{"a": 1}'),
    ('{"a": 1}', '{}', '{"a": 1}'),
    ('{"a": 1}', '{"a": 2}', '{"a": 2}'),
    ('{"a": 1, "c": 3}', '{"a": 2, "b": 5, "d": 7}', '{"a": 2, "b": 5, "c": 3, "d": 7}'),
    ('{"b": 1, "c": 3}', '{"a": 2}', '{"a": 2, "b": 1, "c": 3}'),
    ('{"a": 1, "b": 2}', '{"a": null}', '{"a": null, "b": 2}'),
    ('{"a": 1, "b": null}', '{"b": "n/a"}', '{"a": 1, "b": "n/a"}')
) t (a, b, result);
SELECT is(
    (SELECT measures_agg('l' || i, 1) || measures_agg('l' || i, 2) || measures_agg('r' || i, 3) FROM generate_series(1, 2048) i),
    (SELECT measures_agg(p || i, CASE p WHEN 'l' THEN 2 ELSE 3 END) FROM generate_series(1, 2048) i, unnest(ARRAY['l', 'r']) p),
    '|| of large values');
SELECT throws_ok(
    $$SELECT measures_agg('l' || i, 1) || measures_agg('r' || i, 3) FROM generate_series(1, 2049) i$$,
    '54000', 'type ntm.measures cannot hold more than 4096 measures', '|| of too many');
SELECT is(('{"a": 1, "b": 2, "c": 3}'::measures - name)::text, result, format('without "%s"', name))
FROM (VALUES ('a', '{"b": 2, "c": 3}'), ('b', '{"a": 1, "c": 3}'), ('c', '{"a": 1, "b": 2}'),
             ('d', '{"a": 1, "b": 2, "c": 3}')) t (name, result);
SELECT is(('{"a": 1}'::measures - 'a')::text, '{}', 'without its only measure');
SELECT is('{"a": 1, "b": 2}'::measures - 'a', '{"b": 2}'::measures, 'what is left is like any other value');
SELECT results_eq(
    $$SELECT * FROM each('{"b": null, "a": 1.5, "c": "n/a", "B": 0}')$$,
    $$VALUES ('B', 0::numeric, true), ('a', 1.5, true), ('b', NULL, true), ('c', NULL, false)$$,
    'each: one row per measure');
SELECT is_empty($$SELECT * FROM each('{}')$$, 'each of nothing');
SELECT is_empty($$SELECT * FROM each(NULL)$$, 'each of NULL');
SELECT results_eq(
    'SELECT id, (each(m)).name, (each(m)).value FROM sample WHERE id < 40',
    'SELECT id, name, value FROM sample, each(m) WHERE id < 40',
    'each in the select list');

-- Casts

SELECT is('{"a": 1.50, "b": true, "c": null, "d": "n/a"}'::jsonb::measures::text,
    '{"a": 1.5, "b": 1, "c": null, "d": "n/a"}', 'from jsonb');
SELECT is('{"b": true, "aa": 2, "c": null, "d": "n/a"}'::measures::jsonb,
    '{"aa": 2, "b": 1, "c": null, "d": "n/a"}', 'to jsonb');
SELECT throws_ok($$SELECT '{"a": [1]}'::jsonb::ntm.measures$$, '22P02', NULL, 'jsonb is checked like text');
SELECT lives_ok($$INSERT INTO stored VALUES (0, '{"a": 1}'::jsonb)$$, 'jsonb is accepted on assignment');

-- Labels

SELECT is_empty(
    $$SELECT oid::regprocedure FROM pg_proc
      WHERE pronamespace = 'ntm'::regnamespace AND 'ntm.measures'::regtype = ANY (proargtypes::oid[] || prorettype)
        AND prokind = 'f' AND prolang = (SELECT oid FROM pg_language WHERE lanname = 'c')
        AND (provolatile <> 'i' OR proparallel <> 's' OR (NOT proisstrict AND proname <> 'measures_agg_add'))$$,
    'every function is immutable, parallel safe and strict');
SELECT is_empty(
    $$SELECT oid::regprocedure FROM pg_proc
      WHERE pronamespace = 'ntm'::regnamespace AND 'ntm.measures'::regtype = ANY (proargtypes::oid[] || prorettype)
        AND obj_description(oid, 'pg_proc') IS NULL$$,
    'every function has a comment');

-- Names are packed if they consist of letters, digits and underscores; nobody
-- can tell from outside.  Names of every length, in letters that can be packed,
-- that cannot, and that begin alike.
CREATE TEMPORARY TABLE named AS
SELECT n, left(string_agg(substr(CASE n % 4 WHEN 0 THEN 'abz_AZ09' WHEN 1 THEN 'ab.z_ AZ09-é' WHEN 2 THEN 'zzzzzzz0' ELSE 'az' END,
                                 1 + abs(hashint4(n * 100 + i)) % CASE n % 4 WHEN 0 THEN 8 WHEN 1 THEN 12 WHEN 2 THEN 8 ELSE 2 END, 1), ''), 1 + n % 31) AS name
  FROM generate_series(1, 600) AS n, generate_series(1, 63) AS i
 GROUP BY n;
INSERT INTO named SELECT 1000 + n, repeat('x', n) FROM generate_series(1, 63) AS n;
INSERT INTO named SELECT 2000 + n, repeat('x', n) || '-' FROM generate_series(1, 62) AS n;
CREATE TEMPORARY TABLE whole AS
SELECT ('{' || string_agg(to_json(name)::text || ': ' || n, ', ' ORDER BY n DESC) || '}')::measures AS m
  FROM (SELECT name, min(n) AS n FROM named GROUP BY name) AS d;

SELECT results_eq('SELECT name, value FROM whole, each(m)', 'SELECT name, min(n)::numeric FROM named GROUP BY name ORDER BY name COLLATE "C"',
                  'names come out as they went in, in the order of their bytes');
SELECT is_empty('SELECT name FROM whole, named WHERE m -> name IS DISTINCT FROM (SELECT min(o.n) FROM named AS o WHERE o.name = named.name) OR NOT m ? name',
                'each is found');
SELECT is_empty($$SELECT name FROM whole, named WHERE m ? (name || '?') OR m ? (name || 'é') OR m ? left(name, -1) AND left(name, -1) NOT IN (SELECT name FROM named)$$,
                'and no other');
SELECT results_eq('SELECT measures_agg(name, n) FROM (SELECT name, min(n) AS n FROM named GROUP BY name) AS d', 'SELECT m FROM whole', 'one representation of a value');
SELECT is_empty($$SELECT a.name, b.name FROM named AS a, named AS b
                   WHERE a.n % 7 = 0 AND b.n % 5 = 0
                     AND (jsonb_build_object(a.name, 1)::measures < jsonb_build_object(b.name, 1)::measures) <> (a.name COLLATE "C" < b.name)$$,
                'the order of values is that of the names'' bytes');

SELECT * FROM finish();
ROLLBACK;
