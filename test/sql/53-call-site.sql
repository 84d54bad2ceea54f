-- What a call site keeps from row to row never changes a verdict.

BEGIN;
SET search_path = ntm, public;
SELECT plan(3);

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

-- two names with one hash, found by trying
SELECT results_eq(
    $$ SELECT overall(assess(m::measures, '{"code": "X", "nodes": [{"code": "1", "rule": "households_with_hygienic_water_share_in_percent >= 90"}]}'))::text
         FROM (VALUES (1, '{"households_with_hygienic_water_share_in_percent": 95}'),
                      (2, '{"households_dxvnziprcdvemv{#9V3EEQyie_in_percent": 95}')) AS u (n, m) ORDER BY n $$,
    $$ VALUES ('met'), ('unknown') $$,
    'a measure whose name has the same hash is another measure');

SELECT * FROM finish();
ROLLBACK;
