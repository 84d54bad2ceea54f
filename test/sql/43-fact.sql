-- Facts: the ledger and the dossiers merged from it.
BEGIN;
SET search_path = ntm, public;
SELECT plan(39);
\ir registry.psql

-- merging
SELECT pg_temp.tell('C1', 2018, '{"has_plan": true, "water": 80}') \g /dev/null
SELECT pg_temp.tell('C1', 2018, '{"water": 92.5, "income": null}') \g /dev/null
SELECT pg_temp.tell('C1', 2019, '{"income": 40}') \g /dev/null
SELECT results_eq(
    $$SELECT year, measures::text, report_count FROM dossier WHERE unit_id = pg_temp.id('C1') ORDER BY year$$,
    $$VALUES (2018, '{"has_plan": 1, "income": null, "water": 92.5}', 2), (2019, '{"income": 40}', 1)$$,
    'a later report wins, measure by measure, within its year');
SELECT pg_temp.tell('C1', 2018, '{"water": null}') \g /dev/null
SELECT is((SELECT measures::text FROM dossier WHERE unit_id = pg_temp.id('C1') AND year = 2018),
          '{"has_plan": 1, "income": null, "water": null}', 'null withdraws a value');
SELECT is((SELECT last_report_id FROM dossier WHERE unit_id = pg_temp.id('C1') AND year = 2018),
          (SELECT max(id) FROM report WHERE year = 2018), 'the dossier names its last report');

INSERT INTO report (unit_id, year, measures)
VALUES (pg_temp.id('C2'), 2018, '{"water": 1}'), (pg_temp.id('C3'), 2018, '{"water": 2}'),
       (pg_temp.id('C2'), 2018, '{"water": 3, "income": 4}'), (pg_temp.id('C2'), 2018, '{"income": 5}');
SELECT is((SELECT measures::text FROM dossier WHERE unit_id = pg_temp.id('C2')), '{"income": 5, "water": 3}',
          'many reports in one statement are merged in their order');
-- the first unit of a registry has id 1
COPY report (unit_id, year, measures) FROM STDIN;
1	2018	{"road": 1}
1	2018	{"road": 2}
\.
SELECT is((SELECT measures::text FROM dossier WHERE unit_id = 1), '{"road": 2}', 'COPY as well');

-- what a session meets whose ids were drawn before those of one that was faster
INSERT INTO report (id, unit_id, year, measures) OVERRIDING SYSTEM VALUE
VALUES (1000000, pg_temp.id('A1'), 2018, '{"road": 1, "homes": 1}');
INSERT INTO report (id, unit_id, year, measures) OVERRIDING SYSTEM VALUE
VALUES (999999, pg_temp.id('A1'), 2018, '{"road": 2, "poor": 2}');
SELECT is((SELECT measures::text FROM dossier WHERE unit_id = pg_temp.id('A1')), '{"homes": 1, "poor": 2, "road": 1}',
          'the higher id wins even if it came first');
INSERT INTO report (id, unit_id, year, measures) OVERRIDING SYSTEM VALUE
VALUES (999998, pg_temp.id('A1'), 2018, '{"road": 3, "homes": 3}'), (1000001, pg_temp.id('A1'), 2018, '{"poor": 4}');
SELECT is((SELECT measures::text FROM dossier WHERE unit_id = pg_temp.id('A1')), '{"homes": 1, "poor": 4, "road": 1}',
          'also when one statement brings ids on both sides');
SELECT is((SELECT report_count FROM dossier WHERE unit_id = pg_temp.id('A1')), 4, 'and every report is counted');

SELECT is_empty($$SELECT * FROM check_dossiers()$$, 'every dossier is the merge of its reports');

-- who and when
SELECT results_eq($$SELECT DISTINCT reported_by, reported_at FROM report$$,
                  $$SELECT current_user::text COLLATE "default", now()$$, 'a report says who and when');

-- the ledger is closed
SELECT throws_ok($$UPDATE report SET year = 2017$$, '55000', 'cannot update table report', 'a report is not updated');
SELECT throws_ok($$UPDATE report SET year = 2017 WHERE false$$, '55000', NULL, 'not even none of them');
SELECT throws_ok($$DELETE FROM report$$, '55000', 'cannot delete table report', 'nor deleted');
SELECT throws_ok($$TRUNCATE report$$, '55000', 'cannot truncate table report', 'nor truncated');
SELECT throws_ok($$TRUNCATE unit CASCADE$$, '55000', NULL, 'nor through the units');
SELECT throws_ok($$INSERT INTO report (id, unit_id, year, measures) OVERRIDING SYSTEM VALUE
                   SELECT id, unit_id, year, '{}' FROM report ON CONFLICT (id) DO UPDATE SET measures = '{}'$$, '55000', NULL, 'nor by an upsert');
SELECT throws_ok($$INSERT INTO report (id, unit_id, year, measures) VALUES (5, pg_temp.id('A1'), 2018, '{}')$$, '428C9', NULL, 'ids are given by the database');
SELECT throws_ok($$DELETE FROM unit WHERE code = 'A1'$$, '23503', NULL, 'a unit with reports is not deleted');

-- dossiers are written by reports only
SELECT throws_ok($$UPDATE dossier SET measures = '{}'$$, '55000', 'cannot update table dossier', 'a dossier is not updated by hand');
SELECT throws_ok($$INSERT INTO dossier (unit_id, year, measures, report_count, last_report_id) VALUES (pg_temp.id('A2'), 2018, '{}', 1, 1)$$, '55000', 'cannot insert table dossier', 'nor inserted');
SELECT throws_ok($$DELETE FROM dossier$$, '55000', 'cannot delete table dossier', 'nor deleted');
SELECT throws_ok($$TRUNCATE dossier$$, '55000', 'cannot truncate table dossier', 'nor truncated');

-- check_dossiers sees what was done by force
SET session_replication_role = replica;
UPDATE dossier SET measures = '{"income": 99}' WHERE unit_id = pg_temp.id('C1') AND year = 2019;
DELETE FROM dossier WHERE unit_id = pg_temp.id('C3');
SET session_replication_role = origin;
SELECT results_eq(
    $$SELECT unit_id, year, dossier::text, reports::text FROM check_dossiers() ORDER BY year$$,
    $$VALUES (pg_temp.id('C3'), 2018, NULL, '{"water": 2}'), (pg_temp.id('C1'), 2019, '{"income": 99}', '{"income": 40}')$$,
    'check_dossiers finds dossiers that are missing or wrong');
SELECT pg_temp.tell('C3', 2018, '{"income": 3}') \g /dev/null
SELECT is((SELECT count(*)::integer FROM check_dossiers()), 2, 'a later report does not hide it');

-- what is refused
SELECT throws_ok($$SELECT pg_temp.tell('A2', 2018, '{"road": 1, "raod": 2}')$$, '23503', 'measure "raod" is not in the catalogue', 'an unknown measure is refused');
SELECT throws_ok($$SELECT pg_temp.tell('A2', 2018, '{"raod": null}')$$, '23503', NULL, 'also without a value');
SELECT throws_ok($$SELECT pg_temp.tell('C2', 2018, '{"has_plan": 2}')$$, '23514', 'measure "has_plan" is neither yes nor no: 2', 'yes or no is 1 or 0');
SELECT lives_ok($$SELECT pg_temp.tell('C2', 2018, '{"has_plan": "n/a"}')$$, 'or not applicable');
SELECT lives_ok($$SELECT pg_temp.tell('C2', 2018, '{"has_plan": null}')$$, 'or unknown');
SELECT lives_ok($$UPDATE indicator SET minimum = 0, maximum = 100 WHERE name = 'water'$$, 'a measure has possible values');
SELECT lives_ok($$SELECT pg_temp.tell('C2', 2018, '{"water": 101}')$$, 'an impossible one is recorded all the same');
SELECT throws_ok($$INSERT INTO report (unit_id, year, measures) VALUES (-1, 2018, '{}')$$, '23503', NULL, 'an unknown unit is refused');
SELECT throws_ok($$SELECT pg_temp.tell('A2', 1999, '{}')$$, '23514', NULL, 'a year before 2000 is refused');
SELECT throws_ok($$SELECT pg_temp.tell('A2', 2101, '{}')$$, '23514', NULL, 'a year after 2100 as well');
SELECT throws_ok($$INSERT INTO report (unit_id, year, measures) VALUES (pg_temp.id('A2'), 2018, NULL)$$, '23502', NULL, 'a report has measures');

-- a clerk needs the right to insert reports and nothing else
CREATE ROLE reg_test_clerk;
GRANT USAGE ON SCHEMA reg_test TO reg_test_clerk;
GRANT INSERT ON report TO reg_test_clerk;
SELECT pg_temp.id('A2') AS a2 \gset
SET ROLE reg_test_clerk;
SELECT lives_ok(format($$INSERT INTO report (unit_id, year, measures) VALUES (%s, 2018, '{"road": 7}')$$, :a2), 'a clerk may report');
SELECT throws_ok($$UPDATE dossier SET measures = '{}'$$, '42501', NULL, 'but not touch the dossier');
SELECT throws_ok($$INSERT INTO recognition (unit_id, event, year, event_date) VALUES (1, 'registered', 2018, '2018-01-01')$$, '42501', NULL, 'nor decide');
RESET ROLE;

SELECT throws_ok($$INSERT INTO report (unit_id, year, measures, reported_at) SELECT min(id), 2019, '{}', now() + interval '1 day' FROM unit$$, '22008', NULL,
                 'a report is not made in time to come');

SELECT * FROM finish();
ROLLBACK;
