-- Units: place in the tree, classes, codes over time.
BEGIN;
SET search_path = ntm, public;
SELECT plan(26);
\ir registry.psql

SELECT results_eq(
    $$SELECT code, nlevel(path) FROM unit WHERE path <@ (SELECT path FROM unit WHERE code = 'C1') ORDER BY code$$,
    $$VALUES ('A1', 4), ('A2', 4), ('A3', 4), ('C1', 3)$$,
    'the path is set from the parents''');
SELECT is(
    (SELECT path::text FROM unit WHERE code = 'A1'),
    concat_ws('.', pg_temp.id('P'), pg_temp.id('D1'), pg_temp.id('C1'), pg_temp.id('A1')),
    'it is made of ids');

-- moving
SELECT lives_ok($$UPDATE unit SET parent_id = pg_temp.id('D2') WHERE code = 'C1'$$, 'a commune moves to another district');
SELECT results_eq(
    $$SELECT count(*)::integer FROM unit WHERE path <@ (SELECT path FROM unit WHERE code = 'D2')$$,
    $$VALUES (9)$$,
    'with everything in it');
SELECT lives_ok($$UPDATE unit SET parent_id = NULL WHERE code = 'D2'$$, 'a district leaves its province');
SELECT is((SELECT path::text FROM unit WHERE code = 'A1'),
          concat_ws('.', pg_temp.id('D2'), pg_temp.id('C1'), pg_temp.id('A1')),
          'the paths two levels below follow');
SELECT lives_ok($$UPDATE unit SET path = 'lie' WHERE code = 'A1'$$, 'a path written by hand');
SELECT is((SELECT path::text FROM unit WHERE code = 'A1'),
          concat_ws('.', pg_temp.id('D2'), pg_temp.id('C1'), pg_temp.id('A1')),
          'is overruled');
SELECT lives_ok($$UPDATE unit SET parent_id = (SELECT id FROM unit AS p WHERE p.code = 'P') WHERE code IN ('C1', 'C2', 'C3')$$,
                'the district level may be absent');
SELECT is((SELECT path::text FROM unit WHERE code = 'A5'),
          concat_ws('.', pg_temp.id('P'), pg_temp.id('C3'), pg_temp.id('A5')),
          'then the path is shorter');

-- no cycles, no parent of a lower level
SELECT throws_ok($$UPDATE unit SET parent_id = id WHERE code = 'C1'$$, '23514', NULL, 'a unit does not lie in itself');
SELECT throws_ok($$UPDATE unit SET parent_id = pg_temp.id('A1') WHERE code = 'C1'$$, '23514',
                 'unit "Commune 1" of level commune cannot lie in "Area A1" of level area', 'nor in one of its own');
SELECT throws_ok($$UPDATE unit SET parent_id = pg_temp.id('C2') WHERE code = 'C1'$$, '23514', NULL, 'nor in one of the same level');
SELECT throws_ok($$INSERT INTO unit (name, level, parent_id) VALUES ('x', 'area', -1)$$, '23503',
                 'unit "x" lies in a unit that does not exist', 'nor in one that does not exist');
SELECT throws_ok($$UPDATE unit SET level = 'area' WHERE code = 'C1'$$, '23514', 'unit "Commune 1" cannot become of level area',
                 'a level cannot fall below that of the children');
SELECT throws_ok($$INSERT INTO unit (name, level) VALUES ('x', 'village')$$, '23514', NULL, 'an unknown level is refused');
SELECT throws_ok($$DELETE FROM unit WHERE code = 'C1'$$, '23503', NULL, 'a unit with others in it is not deleted');

-- classes
SELECT throws_ok($$UPDATE unit SET classes = '{TDMNPB,TDMNBP}' WHERE code = 'C1'$$, '23503',
                 'unit "Commune 1" has an unknown class: ''TDMNBP''', 'a mistyped class is refused');
SELECT throws_ok($$INSERT INTO unit (name, level, classes) VALUES ('x', 'commune', '{NULL}')$$, '23503',
                 'unit "x" has an unknown class: NULL', 'a null class as well');
SELECT lives_ok($$UPDATE unit SET classes = '{DBSH,TDMNPB}' WHERE code = 'C1'$$, 'a unit can have several classes');
SELECT throws_ok($$DELETE FROM class WHERE code = 'DBSH'$$, '23503', 'class "DBSH" is still in use', 'a class in use is not deleted');
SELECT throws_ok($$UPDATE class SET code = 'X' WHERE code = 'DBSH'$$, '23503', 'class "DBSH" is still in use', 'nor recoded');

-- codes over time
SELECT throws_ok($$INSERT INTO unit (code, name, level) VALUES ('D1', 'Another', 'district')$$, '23P01', NULL,
                 'a code means one unit at a time');
UPDATE unit SET valid_to = '2020-01-01' WHERE code = 'D1';
SELECT lives_ok($$INSERT INTO unit (code, name, level, valid_from) VALUES ('D1', 'Another', 'district', '2020-01-01')$$,
                'and may be used again afterwards');
SELECT lives_ok($$INSERT INTO unit (code, name, level) VALUES ('D2', 'Namesake', 'commune')$$, 'levels have codes of their own');
SELECT throws_ok($$UPDATE unit SET valid_from = '2021-01-01', valid_to = '2021-01-01' WHERE code = 'D2' AND level = 'commune'$$, '23514', NULL,
                 'a unit exists for a day at least');

SELECT * FROM finish();
ROLLBACK;
