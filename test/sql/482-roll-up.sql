-- Carrying forward from year to year, and rolling up from unit to unit.
BEGIN;
SET search_path = ntm, public;
SELECT plan(27);
\ir registry.psql

INSERT INTO indicator (name, unit, kind) VALUES ('households', 'hộ', 'count'), ('culture_house', NULL, 'yes_no');

-- carrying forward
UPDATE indicator SET carries_forward = true WHERE name IN ('households', 'homes', 'road');
SELECT pg_temp.tell('A1', 2018, '{"households": 100, "homes": 70, "road": "n/a", "poor": 5}') AS first \gset
SELECT pg_temp.tell('A1', 2018, '{"households": 110}') AS second \gset
SELECT pg_temp.tell('A1', 2019, '{"homes": null, "poor": 4}') \g /dev/null
SELECT pg_temp.tell('A2', 2018, '{"households": 50, "homes": null}') \g /dev/null
SELECT pg_temp.tell('A3', 2018, '{"poor": 5}') \g /dev/null
SELECT pg_temp.tell('A4', 2018, '{"households": 60}') \g /dev/null
UPDATE unit SET valid_to = '2019-07-01' WHERE code = 'A4';
SELECT is(carry_forward(2018), 2::bigint, 'facts are carried to the next year');
SELECT results_eq(
    $$SELECT u.code, d.measures::text FROM dossier AS d JOIN unit AS u ON u.id = d.unit_id WHERE year = 2019 ORDER BY u.code$$,
    $$VALUES ('A1', '{"homes": null, "households": 110, "poor": 4, "road": "n/a"}'), ('A2', '{"households": 50}')$$,
    'those that carry forward, are known, and of which the new year says nothing');
SELECT is((SELECT format('%s | %s', source, evidence) FROM report WHERE year = 2019 AND unit_id = pg_temp.id('A1') AND source IS NOT NULL),
          format('carried forward from 2018 | report %s, %s', :first, :second), 'and cite their origin');
SELECT is(carry_forward(2018), 0::bigint, 'once');
SELECT is(carry_forward(2019, 2021, pg_temp.id('A2')), 1::bigint, 'further on and for one place only');
SELECT throws_ok($$SELECT carry_forward(2019, 2019)$$, '22023', 'facts cannot be carried forward from 2019 to 2019', 'not to the same year');
SELECT throws_ok($$SELECT carry_forward(NULL)$$, '22023', NULL, 'nor from none');
SELECT is_empty($$SELECT * FROM check_dossiers()$$, 'the dossiers follow');

-- rolling up
UPDATE indicator SET roll_up = 'sum' WHERE name = 'households';
UPDATE indicator SET roll_up = 'minimum' WHERE name = 'road';
INSERT INTO indicator (name, unit, kind, roll_up, roll_up_of, roll_up_level)
VALUES ('culture_house_share', '%', 'percent', 'share', 'culture_house', NULL), ('culture_houses', NULL, 'count', 'sum', 'culture_house', NULL),
       ('worst_road', '%', 'percent', 'maximum', 'road', NULL),
       ('areas', NULL, 'count', 'units', NULL, 'area'), ('areas_recognised', NULL, 'count', 'recognised', NULL, 'area'),
       ('areas_recognised_share', '%', 'percent', 'recognised_share', NULL, 'area');
INSERT INTO recognition (unit_id, event, year, event_date)
SELECT pg_temp.id(v.code), 'recognised', 2020, '2020-12-01' FROM (VALUES ('A1'), ('A2'), ('A5')) AS v (code);
SELECT pg_temp.tell(v.code, 2020, v.measures::measures)
  FROM (VALUES ('A1', '{"households": 100, "culture_house": true, "road": 70.5}'), ('A2', '{"households": 50, "culture_house": false, "road": 80}'),
               ('A3', '{"households": 25, "culture_house": "n/a", "road": "n/a"}'),
               ('A5', '{"households": 10, "road": "n/a"}'), ('A6', '{"road": "n/a", "culture_house": true}')) AS v (code, measures) \g /dev/null
SELECT results_eq(
    $$SELECT u.code, r.name, r.rule, r.value, r.applicable, r.units, r.unknown_units FROM roll_up(2020, 'commune') AS r JOIN unit AS u ON u.id = r.unit_id
       WHERE u.code = 'C1' ORDER BY r.name$$,
    $$VALUES ('C1', 'areas', 'units', 3::numeric, true, 3, 0), ('C1', 'areas_recognised', 'recognised', 2, true, 3, 0),
             ('C1', 'areas_recognised_share', 'recognised_share', 66.666667, true, 3, 0),
             ('C1', 'culture_house_share', 'share', 66.666667, true, 3, 0), ('C1', 'culture_houses', 'sum', 1, true, 3, 0),
             ('C1', 'households', 'sum', 175, true, 3, 0), ('C1', 'road', 'minimum', 70.5, true, 3, 0), ('C1', 'worst_road', 'maximum', 80, true, 3, 0)$$,
    'sums, shares, minimum and maximum; what does not apply counts as yes and adds nothing');
SELECT results_eq(
    $$SELECT r.name, r.value, r.applicable, r.units, r.unknown_units FROM roll_up(2020, 'commune') AS r WHERE r.unit_id = pg_temp.id('C3') ORDER BY r.name$$,
    $$VALUES ('areas', 2::numeric, true, 2, 0), ('areas_recognised', 1, true, 2, 0), ('areas_recognised_share', 50, true, 2, 0),
             ('culture_house_share', NULL, true, 2, 1), ('culture_houses', NULL, true, 2, 1), ('households', NULL, true, 2, 1),
             ('road', NULL, false, 2, 0), ('worst_road', NULL, false, 2, 0)$$,
    'a missing unit makes the sum unknown; what applies nowhere does not apply');
SELECT is_empty($$SELECT * FROM roll_up(2020, 'commune') AS r WHERE r.unit_id = pg_temp.id('C2')$$, 'a unit with nothing in it has no row');
SELECT results_eq(
    $$SELECT u.code, r.name, r.value FROM roll_up(2020, 'district') AS r JOIN unit AS u ON u.id = r.unit_id WHERE r.name LIKE 'areas%' ORDER BY 1, 2$$,
    $$VALUES ('D1', 'areas', 3::numeric), ('D1', 'areas_recognised', 2), ('D1', 'areas_recognised_share', 66.666667),
             ('D2', 'areas', 2), ('D2', 'areas_recognised', 1), ('D2', 'areas_recognised_share', 50)$$,
    'areas are counted however deep they lie');

-- on record
SELECT is(record_roll_up(2020, 'commune'), 2::bigint, 'it is put on record');
SELECT is(record_roll_up(2020, 'commune'), 0::bigint, 'once');
SELECT is((SELECT measures::text FROM dossier WHERE unit_id = pg_temp.id('C3') AND year = 2020),
          '{"areas": 2, "areas_recognised": 1, "areas_recognised_share": 50, "road": "n/a", "worst_road": "n/a"}', 'what is unknown is left out');
SELECT results_eq($$SELECT DISTINCT source FROM report WHERE unit_id = pg_temp.id('C1')$$, $$VALUES ('rolled up from 3 units')$$, 'its source says so');
SELECT is((SELECT r.value FROM roll_up(2020, 'district') AS r WHERE r.unit_id = pg_temp.id('D1') AND r.name = 'households'), NULL, 'the next level needs all of its units');
SELECT pg_temp.tell('C2', 2020, '{"households": 5}') \g /dev/null
SELECT is((SELECT r.value FROM roll_up(2020, 'district') AS r WHERE r.unit_id = pg_temp.id('D1') AND r.name = 'households'), 180::numeric, 'and adds up once they have told');
SELECT results_eq(
    $$SELECT u.code, overall(assess(d.measures, '{"code": "X", "nodes": [{"code": "1", "measure": "areas_recognised_share", "unit": "%", "rule": ">= 60%"}]}'))::text
        FROM dossier AS d JOIN unit AS u ON u.id = d.unit_id WHERE d.year = 2020 AND u.code IN ('C1', 'C3') ORDER BY 1$$,
    $$VALUES ('C1', 'met'), ('C3', 'not_met')$$, 'rules use it');
SELECT is((SELECT overall(assess(measures_agg(r.name, r.value), '{"code": "X", "nodes": [{"code": "1", "rule": "areas_recognised / areas >= 66.6667%"}]}'))::text
             FROM roll_up(2020, 'commune') AS r WHERE r.unit_id = pg_temp.id('C1')), 'not_met', 'counts are exact');
SELECT pg_temp.tell('A1', 2020, '{"households": null}') \g /dev/null
SELECT is(record_roll_up(2020, 'commune'), 1::bigint, 'when a unit withdraws its value');
SELECT is((SELECT applicable AND value IS NULL FROM measurement WHERE unit_id = pg_temp.id('C1') AND year = 2020 AND name = 'households'), true, 'so does what was rolled up');
SELECT pg_temp.tell('C3', 2020, '{"households": 33}') \g /dev/null
SELECT is(record_roll_up(2020, 'commune'), 0::bigint, 'but an unknown sum does not undo what was reported');
SELECT throws_ok($$SELECT record_roll_up(2020, 'area')$$, '22023', NULL, 'nothing is rolled up to areas');
SELECT is_empty($$SELECT * FROM check_dossiers()$$, 'the dossiers follow');

-- the catalogue
SELECT throws_ok($$UPDATE indicator SET roll_up = 'mean' WHERE name = 'poor'$$, '23514', NULL, 'there are no other rules');
SELECT throws_ok($$UPDATE indicator SET roll_up_of = 'poor' WHERE name = 'areas'$$, '23514', NULL, 'units are counted, not a measure of them');

SELECT * FROM finish();
ROLLBACK;
