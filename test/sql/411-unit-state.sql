-- Units through time: their states, and the units of a day.
BEGIN;
SET search_path = ntm, public;
SELECT plan(38);
\ir registry.psql

CREATE FUNCTION pg_temp.then(day date, wanted text) RETURNS text
    LANGUAGE sql STABLE
    RETURN (SELECT format('%s %s %s %s', u.name, u.classes, u.path, u.kind) FROM units_on(day) AS u WHERE u.code = wanted);
CREATE FUNCTION pg_temp.path(VARIADIC codes text[]) RETURNS text
    LANGUAGE sql STABLE
    RETURN (SELECT string_agg(pg_temp.id(c.code)::text, '.' ORDER BY c.place) FROM unnest(codes) WITH ORDINALITY AS c (code, place));

SELECT is((SELECT count(*) FROM units_on('2020-01-01')), (SELECT count(*) FROM unit), 'units without dates exist on every day');
SELECT is((SELECT count(*) FROM units_on(NULL)), (SELECT count(*) FROM unit), 'and on an unknown one');

-- a change
SELECT lives_ok($$SELECT change_unit(pg_temp.id('C1'), '2020-07-01', 'NQ 1', name => 'Commune One', classes => '{DBSH}', kind => 'phường')$$, 'a unit changes');
SELECT is(pg_temp.then('2020-06-30', 'C1'), format('Commune 1 {TDMNPB} %s ', pg_temp.path('P', 'D1', 'C1')), 'until the day before it is as it was');
SELECT is(pg_temp.then('2020-07-01', 'C1'), format('Commune One {DBSH} %s phường', pg_temp.path('P', 'D1', 'C1')), 'from the day on as it became');
SELECT lives_ok($$SELECT change_unit(pg_temp.id('C1'), '2020-07-01', 'NQ 2', population => 5000)$$, 'it changes again on the same day');
SELECT results_eq($$SELECT latest, valid_from, valid_to, name, basis FROM unit_state WHERE unit_id = pg_temp.id('C1') ORDER BY valid_to$$,
                  $$VALUES (false, NULL::date, '2020-07-01'::date, 'Commune 1', 'NQ 1'), (true, '2020-07-01', NULL, 'Commune One', NULL)$$, 'which makes one state');
SELECT is((SELECT format('%s %s', state_from, state_basis) FROM unit WHERE code = 'C1'), '2020-07-01 NQ 1; NQ 2', 'by both resolutions');
SELECT lives_ok($$UPDATE unit SET name = 'Commune 1a' WHERE code = 'C1'$$, 'an UPDATE of the unit');
SELECT is((SELECT array_agg(name ORDER BY valid_to) FROM unit_state WHERE unit_id = pg_temp.id('C1')), '{Commune 1,Commune 1a}', 'corrects the latest state only');

-- a move
SELECT lives_ok($$SELECT change_unit(pg_temp.id('C1'), '2021-01-01', 'NQ 3', parent_id => pg_temp.id('D2'))$$, 'a unit moves');
SELECT results_eq($$SELECT code FROM units_on('2020-12-31') WHERE path <@ (SELECT path FROM unit WHERE code = 'D1') ORDER BY code$$,
                  $$VALUES ('A1'), ('A2'), ('A3'), ('A4'), ('C1'), ('C2'), ('D1')$$, 'what lay in the district on the day before');
SELECT results_eq($$SELECT code FROM units_on('2021-01-01') WHERE path <@ (SELECT path FROM unit WHERE code = 'D1') ORDER BY code$$,
                  $$VALUES ('A4'), ('C2'), ('D1')$$, 'and on the day');
SELECT is(pg_temp.then('2020-12-31', 'A1'), format('Area A1 {} %s ', pg_temp.path('P', 'D1', 'C1', 'A1')), 'paths below are kept');
SELECT results_eq($$SELECT code, district, commune FROM places_on('2020-12-31') WHERE code IN ('A1', 'C1') UNION ALL SELECT code, district, commune FROM places_on('2021-01-01') WHERE code IN ('A1', 'C1', 'D1') ORDER BY 2, 1$$,
                  $$VALUES ('A1', 'District 1', 'Commune 1a'), ('C1', 'District 1', 'Commune 1a'), ('D1', 'District 1', NULL), ('A1', 'District 2', 'Commune 1a'), ('C1', 'District 2', 'Commune 1a')$$, 'with the names of then');
INSERT INTO unit (code, name, level, parent_id, valid_to) SELECT 'AX', 'Ended', 'area', id, '2021-06-01' FROM unit WHERE code = 'C1';
INSERT INTO unit (code, name, level, parent_id, valid_from) SELECT 'AY', 'Begun', 'area', id, '2023-06-01' FROM unit WHERE code = 'C1';
SELECT lives_ok($$SELECT change_unit(pg_temp.id('C1'), '2022-01-01', 'NQ 4', parent_id => pg_temp.id('P'))$$, 'it moves again; units below have ended, or not begun');
SELECT is(pg_temp.then('2021-05-31', 'AX'), format('Ended {} %s ', pg_temp.path('P', 'D2', 'C1', 'AX')), 'what ended before stays where it was');
SELECT is((SELECT count(*) FROM unit_state WHERE name = 'Begun'), 1::bigint, 'what begins later was never elsewhere');
SELECT is(pg_temp.then('2023-06-01', 'AY'), format('Begun {} %s ', pg_temp.path('P', 'C1', 'AY')), 'and begins where the unit is then');
SELECT is((SELECT max(n) FROM (SELECT d.day, count(*) - count(DISTINCT u.unit_id) AS n FROM (VALUES ('2019-01-01'::date), ('2020-07-01'), ('2021-03-01'), ('2021-06-01'), ('2022-01-01'), ('2024-01-01')) AS d (day), units_on(d.day) AS u GROUP BY d.day) AS twice),
          0::bigint, 'no unit is in two states at a time');

-- what is refused
SELECT throws_ok($$SELECT change_unit(pg_temp.id('C1'), '2021-12-31', 'NQ', name => 'x')$$, '55000', 'unit "Commune 1a" cannot change on 2021-12-31', 'a change before the latest one');
SELECT throws_ok($$SELECT change_unit(pg_temp.id('AX'), '2021-06-01', 'NQ', name => 'x')$$, '55000', 'unit "Ended" cannot change on 2021-06-01', 'after the end');
SELECT throws_ok($$SELECT change_unit(pg_temp.id('AY'), '2023-06-01', 'NQ', name => 'x')$$, '55000', 'unit "Begun" cannot change on 2023-06-01', 'on the first day');
SELECT throws_ok($$SELECT change_unit(pg_temp.id('A1'), '2023-01-01', 'NQ', parent_id => pg_temp.id('C1') + 1000)$$, '23503', NULL, 'into a unit that does not exist');
SELECT throws_ok($$SELECT change_unit(pg_temp.id('A1'), '2023-01-01', 'NQ', parent_id => pg_temp.id('A2'))$$, '23514', NULL, 'into one of the same level');
SELECT throws_ok($$SELECT change_unit(-1, '2023-01-01', 'NQ', name => 'x')$$, '42704', 'there is no unit with id -1', 'of no unit');
SELECT throws_ok($$SELECT change_unit(pg_temp.id('A1'), NULL, 'NQ', name => 'x')$$, '22023', NULL, 'on no day');
SELECT throws_ok($$SELECT change_unit(pg_temp.id('A1'), '2023-01-01', '', name => 'x')$$, '22023', NULL, 'by nothing');
SELECT throws_ok($$SELECT change_unit(pg_temp.id('A1'), '2023-01-01', 'NQ', classes => '{NONE}')$$, '23503', NULL, 'an unknown class');
SELECT throws_ok($$UPDATE unit SET valid_from = '2000-01-01' WHERE code = 'C1'$$, '55000', 'unit "Commune 1a" cannot begin on another day', 'another beginning');
SELECT throws_ok($$INSERT INTO unit (name, level, state_from, state_basis) VALUES ('x', 'area', '2020-01-01', 'x')$$, '55000', NULL, 'a unit that begins with a change');
SELECT throws_ok($$UPDATE unit_state SET name = 'x'$$, '55000', 'cannot update table unit_state', 'a state written by hand');
SELECT throws_ok($$DELETE FROM unit_state WHERE NOT latest$$, '55000', 'cannot delete table unit_state', 'or deleted');
SELECT throws_ok($$DELETE FROM class WHERE code = 'TDMNPB'$$, '23503', 'class "TDMNPB" was in use', 'a class that past years are judged by');
SELECT change_unit(pg_temp.id('A4'), '2022-01-01', 'NQ 5', classes => '{DBSH}');
SELECT throws_ok($$SELECT change_unit(pg_temp.id('C2'), '2021-01-01', 'NQ', parent_id => pg_temp.id('D2'))$$, '55000', 'unit "Commune 2" cannot move on 2021-01-01', 'a move before a unit below changed');

-- codes
SELECT lives_ok($$SELECT change_unit(pg_temp.id('A2'), '2022-01-01', 'NQ 6', code => 'A2new')$$, 'a code changes');
SELECT throws_ok($$INSERT INTO unit (code, name, level, valid_from) VALUES ('A2', 'x', 'area', '2021-01-01')$$, '23P01', 'code "A2" would mean two units at a time', 'the old one still means the unit of then');
SELECT lives_ok($$INSERT INTO unit (code, name, level, valid_from) VALUES ('A2', 'x', 'area', '2022-01-01')$$, 'and may mean another one from then on');

SELECT * FROM finish();
ROLLBACK;
