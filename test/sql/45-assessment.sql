-- Assessment: verdicts by year and edition, and why.
BEGIN;
SET search_path = ntm, public;
SELECT plan(28);
\ir registry.psql

SELECT pg_temp.tell('C1', 2018, '{"has_plan": true, "water": 90, "income": 36}') \g /dev/null
SELECT pg_temp.tell('C2', 2018, '{"has_plan": true, "water": 90, "income": 36}') \g /dev/null
SELECT pg_temp.tell('C3', 2018, '{"has_plan": false, "water": 95}') \g /dev/null
SELECT pg_temp.tell('C4', 2018, '{"has_plan": true, "water": "n/a", "income": 50}') \g /dev/null
SELECT pg_temp.tell('A1', 2018, '{"road": 60.5, "homes": 70}') \g /dev/null
SELECT pg_temp.tell('A1', 2018, '{"road": 62.5}') \g /dev/null
SELECT pg_temp.tell('A2', 2018, '{"road": 80, "homes": 70}') \g /dev/null
SELECT pg_temp.tell('A3', 2016, '{"road": 80, "homes": 70, "poor": 1}') \g /dev/null
SELECT pg_temp.tell('D1', 2018, '{"income": 40}') \g /dev/null

SELECT results_eq(
    $$SELECT code, verdict::text, criterion_count, met_count, not_met_count, unknown_count, missing, unknown FROM assessment ORDER BY code$$,
    $$VALUES ('A1', 'not_met', 3, 1, 1, 1, '{1}'::text[], '{3}'::text[]),
             ('A2', 'unknown', 3, 2, 0, 1, '{}', '{3}'),
             ('C1', 'met',     3, 3, 0, 0, '{}', '{}'),
             ('C2', 'not_met', 3, 2, 1, 0, '{2}', '{}'),
             ('C3', 'not_met', 3, 1, 1, 1, '{1}', '{3}'),
             ('C4', 'met',     3, 3, 0, 0, '{}', '{}')$$,
    'every unit with a report and a set in force is judged, by its classes');
SELECT results_eq($$SELECT DISTINCT level, set_code, tier, status FROM assessment ORDER BY level$$,
                  $$VALUES ('area', 'T-KDC', 'standard', 'illustrative'), ('commune', 'T-XA', 'standard', 'unverified')$$,
                  'and every row says what the verdict is worth');
SELECT is((SELECT scorecard::text FROM assessment WHERE code = 'C1'),
          (SELECT ntm.assess(d.measures, c.ruleset, u.classes)::text FROM dossier AS d JOIN unit AS u ON u.id = d.unit_id, criteria_set AS c WHERE u.code = 'C1' AND c.code = 'T-XA'),
          'the scorecard is what assess gives');
SELECT is_empty($$SELECT * FROM assessment WHERE code = 'A3'$$, 'no verdict before a set was in force');
SELECT is_empty($$SELECT * FROM assessment WHERE code = 'D1'$$, 'nor for a level without a set');
SELECT results_eq($$SELECT code FROM assessment WHERE path <@ (SELECT path FROM unit WHERE code = 'D1') AND level = 'commune' ORDER BY code$$,
                  $$VALUES ('C1'), ('C2')$$, 'a place is asked for by its path');

-- tiers stand side by side
SELECT publish_criteria_set('{"code": "T-NC", "nodes": [{"code": "1", "title": "Income", "measure": "income", "rule": ">= 45"}]}',
                            'commune', 'advanced', '2018-01-01', status => 'illustrative') \g /dev/null
SELECT results_eq($$SELECT tier, verdict::text FROM assessment WHERE code = 'C1' ORDER BY tier$$,
                  $$VALUES ('advanced', 'not_met'), ('standard', 'met')$$, 'a unit is judged at every tier');

-- law through time
SELECT publish_criteria_set('{"code": "T-D1", "nodes": [{"code": "1", "title": "Income", "measure": "income", "rule": ">= 30"}]}',
                            'commune', 'standard', '2018-12-31', jurisdiction_id => pg_temp.id('D1')) \g /dev/null
SELECT results_eq($$SELECT code, set_code FROM assessment WHERE level = 'commune' AND tier = 'standard' ORDER BY code$$,
                  $$VALUES ('C1', 'T-D1'), ('C2', 'T-D1'), ('C3', 'T-XA'), ('C4', 'T-XA')$$,
                  'the edition in force on 31 December counts, that of the smallest jurisdiction first');
UPDATE criteria_set SET valid_to = '2019-01-01' WHERE code = 'T-D1';
SELECT is((SELECT count(*) FROM assessment WHERE set_code = 'T-D1')::integer, 2, 'its last day is the one before valid_to');
SELECT pg_temp.tell('C1', 2019, '{"income": 31}') \g /dev/null
SELECT is((SELECT set_code FROM assessment WHERE code = 'C1' AND year = 2019 AND tier = 'standard'), 'T-XA', 'afterwards the wider one counts again');

-- findings
SELECT results_eq(
    $$SELECT code, parent, title, measure, requirement, value, verdict::text, gap, decisive, cite FROM explain(pg_temp.id('A1'), 2018)$$,
    $$VALUES ('1', NULL, 'Roads', 'road', '>= 80%', 62.5, 'not_met', 17.5, false, 'test area, 1'),
             ('2', NULL, 'Homes', 'homes', '>= 70%', 70, 'met', 0, false, 'test area, 2'),
             ('3', NULL, 'Poverty', 'poor', '<= 10%', NULL, 'unknown', NULL, false, 'test area, 3')$$,
    'explain says why');
SELECT results_eq(
    $$SELECT f.code, f.report_id FROM finding AS f WHERE f.unit_code = 'A1' ORDER BY f.position$$,
    $$VALUES ('1', (SELECT max(id) FROM report WHERE unit_id = pg_temp.id('A1'))),
             ('2', (SELECT min(id) FROM report WHERE unit_id = pg_temp.id('A1'))),
             ('3', NULL)$$,
    'a finding names the report that gave the value');
SELECT pg_temp.tell('A1', 2018, '{"homes": null}') \g /dev/null
SELECT results_eq($$SELECT verdict::text, report_id = (SELECT max(id) FROM report) FROM finding WHERE unit_code = 'A1' AND code = '2'$$,
                  $$VALUES ('unknown', true)$$, 'or withdrew it');
SELECT results_eq($$SELECT code, requirement, status FROM finding WHERE unit_code = 'C3' AND tier = 'standard' AND code LIKE '2%' ORDER BY position$$,
                  $$VALUES ('2', 'all of (*)', 'unverified'), ('2.1', '>= 95%', 'unverified')$$, 'findings come node by node');
SELECT results_eq($$SELECT DISTINCT set_code FROM explain(pg_temp.id('C3'), 2018)$$, $$VALUES ('T-XA'), ('T-NC')$$, 'explain covers every tier');
SELECT is((SELECT tier FROM explain(pg_temp.id('C3'), 2018) LIMIT 1), 'standard', 'the standard first');
SELECT is_empty($$SELECT * FROM explain(pg_temp.id('A4'), 2018)$$, 'there is nothing to explain without a report');

-- nearly there
SELECT results_eq(
    $$SELECT code, verdict::text, missing_count, missing, unknown, deciding FROM near_met WHERE tier = 'standard' AND year = 2018 ORDER BY code$$,
    $$VALUES ('A1', 'not_met', 3, '{1}'::text[], '{2,3}'::text[], '{}'::text[]),
             ('A2', 'unknown', 1, '{}', '{3}', '{poor}'),
             ('C3', 'not_met', 2, '{1}', '{3}', '{}')$$,
    'near_met counts what is missing and names the facts that could still decide');
SELECT is_empty($$SELECT * FROM near_met WHERE code = 'C4' AND tier = 'standard'$$, 'what meets is not nearly there');

-- all the unknown measures of a rule, and none of a node that waits for its rule
SELECT publish_criteria_set(
    '{"code": "T-HUYEN", "nodes": [
        {"code": "1", "title": "Compound", "measure": "a", "rule": ">= 1 and b >= 2 and c / d >= 50% and known >= 1"},
        {"code": "2", "title": "Delegated", "measure": "e", "delegated": "UBND cấp tỉnh quy định"},
        {"code": "3", "title": "Group"},
        {"code": "3.1", "title": "No measure", "rule": "at least 1 of (f >= 1, none >= 1)"},
        {"code": "4", "title": "Settled", "rule": "known >= 1 or g >= 1"}]}',
    'district', 'standard', '2018-01-01') \g /dev/null
SELECT pg_temp.tell('D1', 2018, '{"known": 1, "none": "n/a", "d": null}') \g /dev/null
SELECT results_eq($$SELECT missing_count, unknown, deciding FROM near_met WHERE code = 'D1'$$,
                  $$VALUES (2, '{1,2}'::text[], '{a,b,c,d}'::text[])$$,
                  'deciding lists every unknown measure that a decisive node asks for');

-- computed once a row, by workers if there are many
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    line text;
    plan text := '';
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || query LOOP
        plan := plan || line || E'\n';
    END LOOP;
    RETURN plan;
END $$;
SELECT is((SELECT count(*) FROM regexp_matches(pg_temp.plan_of('SELECT * FROM assessment'), ' assess\(', 'g'))::integer, 1,
          'a row is assessed once, whatever columns are read');
SAVEPOINT small;
INSERT INTO unit (code, name, level, parent_id) SELECT 'N' || n, 'Area ' || n, 'area', pg_temp.id('C1') FROM generate_series(1, 2000) AS n;
INSERT INTO report (unit_id, year, measures) SELECT id, 2018, '{"road": 80}' FROM unit WHERE code LIKE 'N%';
ANALYZE unit, unit_state, dossier, criteria_set;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT alike(pg_temp.plan_of('SELECT verdict, count(*) FROM assessment GROUP BY verdict'), '%Gather%Partial%', 'parallel workers can do it');
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
ROLLBACK TO small;
SELECT unalike(pg_temp.plan_of('SELECT unit_id FROM finding'), '%report r%', 'a finding looks for its report only if asked');

SET LOCAL enable_seqscan = off;
SELECT matches(pg_temp.plan_of('SELECT * FROM assessment WHERE unit_id = 5 AND year = 2018'), 'Index Cond: \(\(own\.(unit_id = 5\) AND \(own\.year = 2018|year = 2018\) AND \(own\.unit_id = 5)\)\)',
            'a filter by unit and year reaches the key of the dossier');
SELECT alike(pg_temp.plan_of('SELECT * FROM assessment WHERE path <@ ''1.2'''), '%Index Cond: (u%.path <@ ''1.2''::%ltree)%', 'a filter by path its index');
SELECT matches(pg_temp.plan_of('SELECT * FROM finding WHERE unit_id = 5 AND year = 2018'), 'Index Cond: \(\(own\.(unit_id = 5\) AND \(own\.year = 2018|year = 2018\) AND \(own\.unit_id = 5)\)\)', 'the same holds for findings');
SELECT alike(pg_temp.plan_of('SELECT * FROM reg_test_bi.assessment WHERE unit_id = 5'), '%Index Cond: ((u%.unit_id)::integer = 5)%', 'and for the ids that BI tools see');
SELECT results_eq($$SELECT count(*)::integer FROM reg_test_bi.finding WHERE unit_id = pg_temp.id('A1')$$, $$VALUES (3)$$, 'which find the same rows');

SELECT * FROM finish();
ROLLBACK;
