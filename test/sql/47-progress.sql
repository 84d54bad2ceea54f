-- Progress by place, and the yearly target of the communes.
BEGIN;
SET search_path = ntm, public;
SELECT plan(20);
\ir registry.psql

SELECT is_empty($$SELECT * FROM programme_year$$, 'no years before there are facts');
SELECT is_empty($$SELECT * FROM progress$$, 'and no progress');

-- C1 meets in 2019; C2 was recognised in 2017; C3 lacks two; C4 is outside the programme
SELECT pg_temp.tell('C1', 2018, '{"has_plan": true, "water": 80, "income": 40}') \g /dev/null
SELECT pg_temp.tell('C1', 2019, '{"has_plan": true, "water": 90, "income": 40}') \g /dev/null
SELECT pg_temp.tell('C2', 2019, '{"has_plan": true, "water": 95, "income": 40}') \g /dev/null
SELECT pg_temp.tell('C3', 2019, '{"has_plan": true, "water": 10}') \g /dev/null
SELECT pg_temp.tell('C4', 2019, '{"has_plan": true, "water": 95, "income": 40}') \g /dev/null
SELECT pg_temp.tell(v.code, 2018, '{"road": 80, "homes": 70, "poor": 10}') FROM (VALUES ('A1'), ('A5')) AS v (code) \g /dev/null
SELECT pg_temp.tell(v.code, 2019, '{"road": 80, "homes": 70, "poor": 10}') FROM (VALUES ('A1'), ('A2'), ('A5'), ('A6')) AS v (code) \g /dev/null
SELECT pg_temp.tell('A3', 2019, '{"road": 80}') \g /dev/null
INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('C2'), 'recognised', 2017, '2017-12-01');
SELECT recognise(pg_temp.id('A1'), 2018, 'x', '2018-12-20') \g /dev/null
SELECT recognise(pg_temp.id(v.code), 2019, 'x', '2019-12-20') FROM (VALUES ('A5'), ('A6')) AS v (code) \g /dev/null
INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('C2'), 'registered', 2022, '2018-12-01');

SELECT results_eq($$SELECT year FROM programme_year ORDER BY year$$, $$VALUES (2017), (2018), (2019)$$, 'the years run from the first fact or recognition to the last');

SELECT results_eq(
    $$SELECT code, year, areas_total, areas_assessed, areas_meeting, areas_recognised, areas_newly_recognised FROM progress
       WHERE level IN ('province', 'district') ORDER BY level DESC, code, year$$,
    $$VALUES ('P',  2017, 6, 0, 0, 0, 0), ('P',  2018, 6, 2, 2, 1, 1), ('P',  2019, 6, 5, 4, 3, 2),
             ('D1', 2017, 4, 0, 0, 0, 0), ('D1', 2018, 4, 1, 1, 1, 1), ('D1', 2019, 4, 3, 2, 1, 0),
             ('D2', 2017, 2, 0, 0, 0, 0), ('D2', 2018, 2, 1, 1, 0, 0), ('D2', 2019, 2, 2, 2, 2, 2)$$,
    'areas are counted, those that did not report as not assessed');
SELECT results_eq(
    $$SELECT code, year, communes_total, communes_assessed, communes_meeting, communes_recognised, communes_newly_recognised, criteria_mean, criteria_lowest
        FROM progress WHERE level IN ('province', 'district') ORDER BY level DESC, code, year$$,
    $$VALUES ('P',  2017, 3, 0, 0, 1, 1, NULL, NULL), ('P',  2018, 3, 1, 0, 1, 0, 2.0, 2), ('P',  2019, 3, 3, 2, 1, 0, 2.3, 1),
             ('D1', 2017, 2, 0, 0, 1, 1, NULL, NULL), ('D1', 2018, 2, 1, 0, 1, 0, 2.0, 2), ('D1', 2019, 2, 2, 2, 1, 0, 3.0, 3),
             ('D2', 2017, 1, 0, 0, 0, 0, NULL, NULL), ('D2', 2018, 1, 0, 0, 0, 0, NULL, NULL), ('D2', 2019, 1, 1, 0, 0, 0, 1.0, 1)$$,
    'communes too, without those outside the programme');
SELECT results_eq(
    $$SELECT code, areas_total, areas_meeting, communes_total, communes_meeting, criteria_mean FROM progress WHERE level = 'commune' AND year = 2019 ORDER BY code$$,
    $$VALUES ('C1', 3, 2, 1, 1, 3.0), ('C2', 1, 0, 1, 1, 3.0), ('C3', 2, 2, 1, 0, 1.0)$$,
    'a commune counts itself and its areas');
SELECT is((SELECT sum(areas_recognised)::integer FROM progress WHERE level = 'district' AND year = 2019), 3, 'districts add up to the province');

-- units come and go
UPDATE unit SET valid_to = '2019-12-31' WHERE code = 'A4';
SELECT results_eq($$SELECT year, areas_total FROM progress WHERE code = 'D1' ORDER BY year$$, $$VALUES (2017, 4), (2018, 4), (2019, 3)$$, 'a unit counts while it exists on 31 December');
UPDATE unit SET valid_to = '2020-01-01' WHERE code = 'A4';

-- revoking ends a recognition
SELECT revoke(pg_temp.id('A1'), 'y', '2019-05-01', 'test') \g /dev/null
SELECT results_eq($$SELECT year, areas_recognised FROM progress WHERE code = 'C1' ORDER BY year$$, $$VALUES (2017, 0), (2018, 1), (2019, 0)$$, 'a revoked recognition no longer counts');

-- the yearly target
SELECT is_empty($$SELECT * FROM commune_target$$, 'there is no target unless one is set');
INSERT INTO yearly_target VALUES (2018, 2, 3, '2332/UBND-KTN'), (2019, 2, 3, '2332/UBND-KTN');
SELECT results_eq(
    $$SELECT code, year, recognised_before, registered, in_scope, newly_recognised, ready, nearly_there, shortfall, reached, on_course
        FROM commune_target ORDER BY code, year$$,
    $$VALUES ('C1', 2018, false, false, true, 1, 0, 0, 1, false, false),
             ('C1', 2019, false, false, true, 0, 2, 1, 2, false, true),
             ('C2', 2018, true, false, false, 0, 0, 0, NULL, NULL, NULL),
             ('C2', 2019, true, false, false, 0, 0, 0, NULL, NULL, NULL),
             ('C3', 2018, false, false, true, 0, 1, 0, 2, false, false),
             ('C3', 2019, false, false, true, 2, 0, 0, 0, true, true)$$,
    'every commune has its target, result and shortfall');
INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('C1'), 'registered', 2019, '2018-12-01');
SELECT results_eq($$SELECT year, registered, in_scope, on_course FROM commune_target WHERE code = 'C1' ORDER BY year$$,
                  $$VALUES (2018, false, true, false), (2019, true, false, NULL)$$, 'a commune registered for the year is not bound');
INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('C3'), 'recognised', 2019, '2019-12-01');
SELECT results_eq($$SELECT year, recognised_before, in_scope FROM commune_target WHERE code = 'C3' ORDER BY year$$,
                  $$VALUES (2018, false, true), (2019, false, true)$$, 'nor one recognised in an earlier year; that of the year itself comes too late');
SELECT results_eq($$SELECT DISTINCT minimum, desired, cite FROM commune_target$$, $$VALUES (2, 3, '2332/UBND-KTN')$$, 'the target is cited');
SELECT throws_ok($$INSERT INTO yearly_target VALUES (2020, 3, 2, 'x')$$, '23514', NULL, 'a minimum is not above what is desired');

-- BI
SELECT results_eq($$SELECT name, year, criteria_mean FROM reg_test_bi.progress WHERE level = 'province' ORDER BY year$$,
                  $$VALUES ('Province', 2017, NULL::numeric), ('Province', 2018, 2.0), ('Province', 2019, 2.3)$$, 'BI tools see progress');
SELECT results_eq($$SELECT district, code, on_course FROM reg_test_bi.commune_target WHERE year = 2019 ORDER BY code$$,
                  $$VALUES ('District 1', 'C1', NULL::boolean), ('District 1', 'C2', NULL), ('District 2', 'C3', true)$$, 'targets');
SELECT results_eq($$SELECT code, missing_count, missing, unknown, deciding, is_met FROM reg_test_bi.near_met WHERE level = 'area' ORDER BY code$$,
                  $$VALUES ('A3', 2, '', '2, 3', 'homes, poor', NULL::boolean)$$, 'what is nearly there');
SELECT results_eq($$SELECT province, district, commune, classes FROM reg_test_bi.unit WHERE code IN ('P', 'D1', 'C1', 'A1') ORDER BY level DESC$$,
                  $$VALUES ('Province', NULL, NULL, ''), ('Province', 'District 1', NULL, ''), ('Province', 'District 1', 'Commune 1', 'TDMNPB'), ('Province', 'District 1', 'Commune 1', '')$$,
                  'units with the places they lie in');
SELECT results_eq($$SELECT code, value, value_text, verdict, verdict_code, is_met, gap FROM reg_test_bi.finding WHERE unit_code = 'C1' AND year = 2018 AND parent IS NOT NULL$$,
                  $$VALUES ('2.1', 80::double precision, '80', 'not_met', 0, false, 10::double precision)$$, 'and findings');

SELECT * FROM finish();
ROLLBACK;
