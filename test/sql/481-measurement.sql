-- Facts as rows, and the repair of dossiers.
BEGIN;
SET search_path = ntm, public;
SELECT plan(21);
\ir registry.psql

-- single entries
SELECT is_empty($$SELECT * FROM measurement$$, 'no facts yet');
SELECT lives_ok(format($$INSERT INTO measurement (unit_id, year, name, value, source) VALUES (%s, 2018, 'water', 92.5, 'call')$$, pg_temp.id('C1')),
                'a fact is inserted as a row');
SELECT lives_ok(format($$INSERT INTO measurement (unit_id, year, name, applicable) VALUES (%s, 2018, 'income', false)$$, pg_temp.id('C1')),
                'or as not applicable');
SELECT lives_ok(format($$INSERT INTO measurement (unit_id, year, name) VALUES (%s, 2018, 'has_plan')$$, pg_temp.id('C1')),
                'or as explicitly unknown');
SELECT results_eq(
    $$SELECT unit_code, unit_name, level, year, name, value, applicable, source FROM measurement ORDER BY name$$,
    $$VALUES ('C1', 'Commune 1', 'commune', 2018, 'has_plan', NULL::numeric, true, NULL),
             ('C1', 'Commune 1', 'commune', 2018, 'income', NULL, false, NULL),
             ('C1', 'Commune 1', 'commune', 2018, 'water', 92.5, true, 'call')$$,
    'facts are read as rows');
SELECT results_eq(
    $$SELECT r.measures::text, r.source FROM report AS r ORDER BY id$$,
    $$VALUES ('{"water": 92.5}', 'call'), ('{"income": "n/a"}', NULL), ('{"has_plan": null}', NULL)$$,
    'each entry is a report');
SELECT results_eq(
    format($$INSERT INTO measurement (unit_id, year, name, value) VALUES (%s, 2018, 'water', 93) RETURNING report_id = (SELECT max(id) + 1 FROM report), applicable$$, pg_temp.id('C1')),
    $$VALUES (true, true)$$, 'which the entry returns');
SELECT results_eq(
    $$SELECT name, report_id = (SELECT max(id) FROM report) FROM measurement WHERE name IN ('water', 'income') ORDER BY name$$,
    $$VALUES ('income', false), ('water', true)$$, 'each fact cites the latest report that gave it');
SELECT is_empty($$SELECT * FROM check_dossiers()$$, 'the dossier follows');
SELECT results_eq(
    $$SELECT province, district, commune, name, title, unit, value, value_text FROM reg_test_bi.measurement WHERE name = 'water'$$,
    $$VALUES ('Province', 'District 1', 'Commune 1', 'water', 'Hygienic water', '%', 93::double precision, '93')$$, 'BI tools read it too');

-- what is refused
SELECT throws_ok($$INSERT INTO measurement (unit_id, name, value) VALUES (1, 'water', 1)$$, '22004', 'a measurement needs a unit, a year and the name of a measure', 'a year is needed');
SELECT throws_ok($$INSERT INTO measurement (unit_id, year, name, value, applicable) VALUES (1, 2018, 'water', 1, false)$$, '23514', 'measure "water" has a value and does not apply', 'a value applies');
SELECT throws_ok($$INSERT INTO measurement (unit_id, year, name, value) VALUES (1, 2018, 'wtaer', 1)$$, '23503', 'measure "wtaer" is not in the catalogue', 'an unknown measure is refused as in a report');
SELECT throws_ok($$INSERT INTO measurement (unit_id, year, name, value) VALUES (1, 2018, 'water', 0.0000001)$$, '22003', NULL, 'and a value that cannot be held exactly');
SELECT throws_ok($$UPDATE measurement SET value = 1$$, '55000', NULL, 'facts are not updated');
SELECT throws_ok($$DELETE FROM measurement$$, '55000', NULL, 'nor deleted');

-- repair
SELECT is(rebuild_dossiers(), 0, 'there is nothing to repair');
SELECT pg_temp.tell('C2', 2018, '{"water": 1}'), pg_temp.tell('C3', 2018, '{"water": 2}') \g /dev/null
SET session_replication_role = replica;
UPDATE dossier SET measures = '{"income": 99}' WHERE unit_id = pg_temp.id('C1');
UPDATE dossier SET report_count = 7 WHERE unit_id = pg_temp.id('C2');
DELETE FROM dossier WHERE unit_id = pg_temp.id('C3');
INSERT INTO dossier (unit_id, year, measures, report_count, last_report_id, first_reported_at, updated_at) VALUES (pg_temp.id('A1'), 2018, '{}', 1, 1, now(), now());
SET session_replication_role = origin;
SELECT is(rebuild_dossiers(), 4, 'dossiers that are wrong, missing or without a report are repaired');
SELECT is_empty($$SELECT * FROM check_dossiers()$$, 'then all are right');
SELECT results_eq($$SELECT repaired, repaired_by FROM dossier_repair ORDER BY id$$,
                  $$SELECT v, current_user::text COLLATE "default" FROM (VALUES (0), (4)) AS v (v)$$, 'each repair is on record');
SELECT throws_ok($$DELETE FROM dossier_repair$$, '55000', NULL, 'for ever');

SELECT * FROM finish();
ROLLBACK;
