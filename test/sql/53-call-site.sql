-- What a call site keeps from row to row never changes a verdict.

BEGIN;
SET search_path = ntm, public;
SELECT plan(6);

CREATE TABLE law AS
SELECT '{"code": "X", "nodes": [{"code": "1", "measure": "x", "rule": ">= 10", "when": {"A": ">= 40", "B": ">= 60"}}]}'::ruleset AS ruleset;

SELECT results_eq(
    $$ SELECT u.class, overall(assess('{"x": 50}', ruleset, '{}'::text[] || u.class))::text
         FROM law, (VALUES ('A'), ('B'), ('C')) AS u (class) ORDER BY 1 $$,
    $$ VALUES ('A', 'met'), ('B', 'not_met'), ('C', 'met') $$,
    'classes made by an expression, row by row');

CREATE FUNCTION pg_temp.loop() RETURNS SETOF text
    LANGUAGE plpgsql AS
$$
DECLARE
    classes text[] := array_append('{}'::text[], 'Z');
BEGIN
    FOR i IN 1..3 LOOP
        classes[1] := substr('ABC', i, 1);
        RETURN NEXT (SELECT overall(assess('{"x": 50}', ruleset, classes)) FROM law);
    END LOOP;
END
$$;

SELECT results_eq('SELECT pg_temp.loop()', ARRAY['met', 'not_met', 'met'], 'an array variable that changes in place');

-- whoever asks by itself, in a statement of its own, keeps nothing
CREATE FUNCTION pg_temp.alone(measures measures, ruleset ruleset, classes text[]) RETURNS scorecard
    LANGUAGE plpgsql AS
$$
DECLARE
    scorecard scorecard;
BEGIN
    EXECUTE 'SELECT assess($1, $2, $3)' INTO scorecard USING measures, ruleset, classes;
    RETURN scorecard;
END
$$;

-- More rulesets than a call site keeps, with measures that overlap; layouts
-- that have all, some and none of them, in every order of rows.
CREATE TEMPORARY TABLE edition AS
SELECT k, format('{"code": "E%s", "rule": "at least 3 of (*)", "nodes": [%s]}', k,
                 string_agg(format('{"code": "%s", "rule": "m%s >= %s or m%s / m%s >= 50%% and m%s <> 7", "when": {"A": "m%s <= 5"}}',
                                   i, (i * k) % 23, i % 9, (i + k) % 23, (i * 3) % 23, (i * k) % 23, (i * 7 + k) % 23), ', '))::ruleset AS ruleset
  FROM generate_series(1, 20) AS k, generate_series(1, 9) AS i
 GROUP BY k;

CREATE TEMPORARY TABLE dossier AS
SELECT u, coalesce((SELECT measures_agg('m' || i, CASE WHEN (u * i) % 11 > 0 THEN (u * i) % 10 END)
                      FROM generate_series(0, 23) AS i WHERE hashint4(u * 100 + i) % 5 < u % 6), '{}') AS measures
  FROM generate_series(1, 80) AS u;

CREATE TEMPORARY TABLE pair AS
SELECT d.measures, e.ruleset, c.classes::text[]
  FROM dossier AS d, edition AS e, (VALUES ('{}'), ('{A}'), ('{B,A}'), ('{Z,Y,X,W,V,U,A}')) AS c (classes)
 ORDER BY hashint4(d.u * 100000 + e.k * 100 + length(c.classes));

SELECT is((SELECT count(*) FROM pair WHERE assess(measures, ruleset, classes) <> pg_temp.alone(measures, ruleset, classes)), 0::bigint,
          (SELECT count(*) FROM pair) || ' units under 20 rulesets in turn');
SELECT is((SELECT count(DISTINCT assess(measures, ruleset, classes)) > 500 FROM pair), true, 'they do differ');

-- More layouts than a call site keeps.
CREATE TEMPORARY TABLE wide AS
SELECT format('{"code": "W", "rule": "any of (*)", "nodes": [%s]}',
              string_agg(format('{"code": "%s", "rule": "m%1$s >= 1"}', i), ', '))::ruleset AS ruleset
  FROM generate_series(1, 1500) AS i;

SELECT is((SELECT count(*)
             FROM (SELECT u, (SELECT measures_agg('m' || (u * i) % 1600, u % 2) FROM generate_series(1, 3) AS i) AS measures
                     FROM generate_series(1, 4000) AS u) AS d, wide
            WHERE overall(assess(measures, ruleset))::boolean IS DISTINCT FROM
                  CASE WHEN u % 2 = 1 AND EXISTS (SELECT FROM generate_series(1, 3) AS i WHERE (u * i) % 1600 BETWEEN 1 AND 1500) THEN true END), 0::bigint,
          '4000 units of some 1600 layouts, for each of which the places of 1500 measures are kept');

-- Stored out of line, where names are not fetched: dossiers of one length that
-- differ in values, names and number, and compressed ones.
CREATE TEMPORARY TABLE outside (u integer, measures measures);
ALTER TABLE outside ALTER measures SET STORAGE external;
INSERT INTO outside
SELECT u, (SELECT measures_agg(CASE WHEN u % 3 = 0 AND i < 20 THEN 'n' ELSE 'm' END || 1000 + i, (u * i) % 10)
             || CASE WHEN u % 5 = 0 THEN '{"Tên dài để tổng số byte khác đi": 1}' ELSE '{}' END::measures
             FROM generate_series(1, 300) AS i)
  FROM generate_series(1, 60) AS u;
ALTER TABLE outside ALTER measures SET STORAGE extended;
INSERT INTO outside
SELECT 100 + u, (SELECT measures_agg('m' || 1000 + i, u) FROM generate_series(1, 300 + u % 3 * 200) AS i) FROM generate_series(1, 30) AS u;
SELECT is((SELECT count(*)
             FROM (SELECT assess(o.measures, r.ruleset) AS together, pg_temp.alone(o.measures, r.ruleset, '{}') AS alone
                     FROM outside AS o,
                          (SELECT format('{"code": "O", "rule": "at least 100 of (*)", "nodes": [%s]}',
                                         string_agg(format('{"code": "%s", "rule": "m%s >= 5"}', i, 1000 + i), ', '))::ruleset AS ruleset
                             FROM generate_series(1, 250) AS i) AS r) AS both_ways
            WHERE together <> alone), 0::bigint, 'dossiers stored out of line and compressed ones');

SELECT * FROM finish();
ROLLBACK;
