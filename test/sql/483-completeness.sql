-- Who has not reported what, and which figures look wrong.
BEGIN;
SET search_path = ntm, public;
SELECT plan(31);
\ir registry.psql

-- completeness
SELECT is_empty($$SELECT * FROM completeness$$, 'nothing is asked before there are years');
INSERT INTO reporting_deadline VALUES (2019, 'area', '2020-01-31', 'letter 1'), (2018, 'area', CURRENT_DATE + 1, NULL);
SELECT results_eq(
    $$SELECT code, year, set_code, asked_count, told_count, missing_count, missing, reported, deadline, overdue, late FROM completeness WHERE code = 'A1' ORDER BY year$$,
    $$VALUES ('A1', 2018, 'T-KDC', 3, 0, 3, '{homes,poor,road}'::text[], false, CURRENT_DATE + 1, false, NULL),
             ('A1', 2019, 'T-KDC', 3, 0, 3, '{homes,poor,road}', false, '2020-01-31', true, true)$$,
    'a deadline asks of everyone, also of those that say nothing');
INSERT INTO report (unit_id, year, measures, reported_at)
VALUES (pg_temp.id('A1'), 2019, '{"road": 80, "homes": "n/a", "poor": null}', '2020-01-31 12:00'), (pg_temp.id('A2'), 2019, '{"road": 80, "homes": 70, "poor": 5}', '2020-02-01 12:00'),
       (pg_temp.id('A1'), 2018, '{"road": 80, "homes": 70, "poor": 5}', now());
SELECT results_eq(
    $$SELECT code, year, told_count, missing, reported, overdue, late FROM completeness WHERE code IN ('A1', 'A2', 'A3') ORDER BY year, code$$,
    $$VALUES ('A1', 2018, 3, '{}'::text[], true, false, false), ('A2', 2018, 0, '{homes,poor,road}', false, false, NULL), ('A3', 2018, 0, '{homes,poor,road}', false, false, NULL),
             ('A1', 2019, 2, '{poor}', true, true, false), ('A2', 2019, 3, '{}', true, false, true), ('A3', 2019, 0, '{homes,poor,road}', false, true, true)$$,
    'what does not apply is told, what is withdrawn is missing; late is not overdue');
SELECT results_eq(
    $$SELECT code, missing_count, deadline, overdue, late FROM completeness WHERE level = 'commune' AND year = 2019 ORDER BY code$$,
    $$VALUES ('C1', 3, NULL::date, NULL::boolean, NULL::boolean), ('C2', 3, NULL, NULL, NULL), ('C3', 3, NULL, NULL, NULL)$$,
    'without a deadline nobody is late; who is outside the programme is not asked');
UPDATE unit SET valid_to = '2019-06-01' WHERE code = 'A3';
SELECT results_eq($$SELECT year FROM completeness WHERE code = 'A3'$$, $$VALUES (2018)$$, 'nor who no longer exists');
SELECT results_eq($$SELECT commune, code, missing, overdue FROM reg_test_bi.completeness WHERE year = 2019 AND code = 'A1'$$,
                  $$VALUES ('Commune 1', 'A1', 'poor', true)$$, 'BI tools see it');

-- suspicious
SELECT results_eq($$SELECT code, rule::text, of, kind FROM plausibility_check ORDER BY code$$,
                  $$VALUES ('count', '>= 0', 'value', 'count'), ('jump', 'between -25 and 25', 'change', 'percent'), ('number', '>= 0', 'value', 'number'),
                           ('part_of_whole', '<= 100%', 'share', NULL), ('roll_up', '= 0', 'difference', NULL), ('share', 'between 0 and 100', 'value', 'percent')$$, 'a registry begins with six checks');
SELECT is_empty($$SELECT * FROM suspicious$$, 'nothing looks wrong');
SELECT pg_temp.tell('A2', 2020, '{"road": 101, "homes": 40, "poor": 30}') \g /dev/null
SELECT results_eq(
    $$SELECT code, year, check_code, title, measure, requirement, value, compared, against FROM suspicious ORDER BY check_code, measure$$,
    $$VALUES ('A2', 2020, 'jump', 'Share changed by more than 25 points in a year', 'homes', 'between -25 and 25', 40::numeric, 'change', 70::numeric),
             ('A2', 2020, 'share', 'Share below 0 or above 100 %', 'road', 'between 0 and 100', 101, 'value', NULL)$$,
    'shares above 100 and jumps against the year before do, a change of 25 does not');

INSERT INTO indicator (name, kind, minimum, maximum, roll_up) VALUES ('households', 'count', NULL, 5000, 'sum'), ('waste', 'count', NULL, NULL, NULL);
INSERT INTO plausibility_check (code, title, rule, level) VALUES ('waste', 'More than there are', 'waste / households <= 100%', 'area');
SELECT pg_temp.tell(v.code, 2020, v.measures::measures)
  FROM (VALUES ('A1', '{"households": 100, "waste": 101}'), ('A4', '{"households": 50, "waste": 50}'), ('A5', '{"households": 6000}'), ('A6', '{"households": -1}'),
               ('C2', '{"households": 51, "waste": 60}')) AS v (code, measures) \g /dev/null
SELECT results_eq(
    $$SELECT code, check_code, measure, value, compared, against FROM suspicious WHERE year = 2020 AND measure NOT IN ('road', 'homes') ORDER BY code$$,
    $$VALUES ('A1', 'waste', 'waste / households', 101::numeric, NULL, NULL::numeric), ('A5', 'range', 'households', 6000, 'value', NULL),
             ('A6', 'count', 'households', -1, 'value', NULL), ('C2', 'roll_up', 'households', 51, 'difference', 50)$$,
    'parts above the whole, what is impossible, and what the units below do not add up to; other levels are left alone');
SELECT pg_temp.tell('C1', 2020, '{"households": 7}') \g /dev/null
SELECT is_empty($$SELECT * FROM suspicious WHERE code = 'C1'$$, 'while a unit is missing there is nothing to compare with');
SELECT pg_temp.tell('C2', 2020, '{"households": 50}') \g /dev/null
SELECT is_empty($$SELECT * FROM suspicious WHERE code = 'C2'$$, 'what has been corrected is gone');

-- a part is not larger than its whole, whatever the set is in force for
SELECT publish_criteria_set(
    '{"code": "T-HUYEN", "title": "District test set", "nodes": [
        {"code": "1", "title": "Water", "rule": "clean / \"all homes\" >= 90%", "when": {"DBSH": "clean / \"all homes\" between 80,5% and 100%"}},
        {"code": "2", "title": "Floor", "rule": "floor_m2 / people >= 14"},
        {"code": "3", "title": "Growth", "rule": "now / before >= 80%", "when": {"DBSH": "now / before >= 105%"}},
        {"code": "4", "title": "Poor", "rule": "income >= 1 and (poor_homes / \"all homes\" <= 5% or clean / \"all homes\" = 100%)"}],
      "measures": {"clean": {"unit": "hộ"}, "all homes": {"unit": "hộ"}, "floor_m2": {}, "people": {}, "now": {}, "before": {}, "poor_homes": {"unit": "hộ"}, "income": {}}}',
    'district', 'standard', '2016-10-17') \g /dev/null
SELECT publish_criteria_set('{"code": "T-OTHER", "title": "Withdrawn", "nodes": [{"code": "1", "title": "Floor", "rule": "floor_m2 / people >= 50%"}]}', 'district', 'model', '2016-10-17') \g /dev/null
UPDATE criteria_set SET valid_to = valid_from WHERE code = 'T-OTHER';
SELECT results_eq('SELECT part, whole FROM part_of_whole ORDER BY part', $$VALUES ('clean', '"all homes"'), ('poor_homes', '"all homes"')$$,
                  'what is compared with percentages up to 100 counts parts of a whole');
SELECT pg_temp.tell('D1', 2020, '{"clean": 90, "all homes": 76, "floor_m2": 900, "people": 30, "now": 120, "before": 100, "poor_homes": 76, "income": -0.5}') \g /dev/null
SELECT results_eq(
    $$SELECT check_code, title, measure, requirement, round(value, 2), compared, against FROM suspicious WHERE code = 'D1' ORDER BY check_code$$,
    $$VALUES ('number', 'Number below 0', 'income', '>= 0', -0.5, 'value', NULL::numeric),
             ('part_of_whole', 'Part larger than the whole', 'clean / "all homes"', 'clean / "all homes" <= 100%', 118.42, NULL, NULL)$$,
    '90 of 76 households and a negative income look wrong; square metres for each person, growth and all of them do not');
SELECT lives_ok($$UPDATE plausibility_check SET rule = 'between 5% and 100%' WHERE code = 'part_of_whole'$$, 'the check can be changed');
SELECT throws_ok($$UPDATE plausibility_check SET rule = '>= 5% and <= 100%' WHERE code = 'part_of_whole'$$, '22P02', NULL, 'to one comparison');
SELECT throws_ok($$UPDATE plausibility_check SET kind = 'count' WHERE code = 'part_of_whole'$$, '23514', NULL, 'of all shares');
SELECT results_eq($$SELECT requirement FROM suspicious WHERE code = 'D1' AND check_code = 'part_of_whole'$$, $$VALUES ('clean / "all homes" between 5% and 100%')$$, 'which counts then');
DELETE FROM plausibility_check WHERE code IN ('part_of_whole', 'number');
SELECT is_empty($$SELECT * FROM suspicious WHERE code = 'D1'$$, 'and be switched off');

-- checks are rows
SELECT lives_ok($$UPDATE plausibility_check SET rule = 'between -40 and 40' WHERE code = 'jump'$$, 'a check can be changed');
SELECT is_empty($$SELECT * FROM suspicious WHERE check_code = 'jump'$$, 'and counts from then on');
SELECT lives_ok($$DELETE FROM plausibility_check$$, 'all can go');
SELECT results_eq($$SELECT check_code FROM suspicious$$, $$VALUES ('range')$$, 'what is left are the limits of the catalogue');
UPDATE indicator SET maximum = NULL;
SELECT is_empty($$SELECT * FROM suspicious$$, 'and without any nothing is suspicious');
SELECT lives_ok($$INSERT INTO plausibility_check (code, title, rule, of, measure) VALUES ('one', 'One measure', '<= 5', 'value', 'poor')$$, 'a check can be for one measure');
SELECT results_eq($$SELECT check_code, measure, value FROM suspicious$$, $$VALUES ('one', 'poor', 30::numeric)$$, 'which it names');
SELECT throws_ok($$INSERT INTO plausibility_check (code, title, rule) VALUES ('x', 'x', '[17.1]')$$, '22P02', NULL, 'a check cannot ask for nodes');
SELECT throws_ok($$INSERT INTO plausibility_check (code, title, rule, kind) VALUES ('x', 'x', 'waste >= 0', 'count')$$, '23514', NULL, 'a rule that names its measures chooses no others');
SELECT throws_ok($$INSERT INTO plausibility_check (code, title, rule, of, kind) VALUES ('x', 'x', 'waste >= 0', 'value', 'count')$$, '23514', NULL, 'nor one that compares something of each');
SELECT throws_ok($$INSERT INTO plausibility_check (code, title, rule) VALUES ('x', 'x', '>= 5')$$, '22P02', NULL, 'a rule for no measure is refused');
SELECT results_eq($$SELECT commune, code, check_code, measure, value, value_text, against FROM reg_test_bi.suspicious$$,
                  $$VALUES ('Commune 1', 'A2', 'one', 'poor', 30::double precision, '30', NULL::double precision)$$, 'BI tools see what is suspicious');

SELECT * FROM finish();
ROLLBACK;
