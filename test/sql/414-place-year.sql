-- What is shown, rolled up and imported for a year goes by the units of that year.
BEGIN;
SET search_path = ntm, public;
SELECT plan(16);
\ir registry.psql

-- C1 moves and is renamed in the middle of 2019, A1 goes to C2 in 2020, A3 ends in 2019, A2 leaves the programme
SELECT change_unit(pg_temp.id('C1'), '2019-07-01', 'NQ 1', name => 'Commune One', parent_id => pg_temp.id('D2')),
       change_unit(pg_temp.id('A1'), '2020-02-01', 'NQ 2', parent_id => pg_temp.id('C2')),
       change_unit(pg_temp.id('A2'), '2020-02-01', 'NQ 2', in_programme => false) \g /dev/null
UPDATE unit SET valid_to = '2019-10-01' WHERE code = 'A3';

SELECT results_eq($$SELECT p.year, p.code, p.name, p.commune, p.district FROM place_year AS p WHERE p.code IN ('A1', 'A3', 'C1') AND p.year BETWEEN 2018 AND 2020 ORDER BY 1, 2$$,
    $$VALUES (2018, 'A1', 'Area A1', 'Commune 1', 'District 1'), (2018, 'A3', 'Area A3', 'Commune 1', 'District 1'), (2018, 'C1', 'Commune 1', 'Commune 1', 'District 1'),
             (2019, 'A1', 'Area A1', 'Commune One', 'District 2'), (2019, 'A3', 'Area A3', 'Commune One', 'District 2'), (2019, 'C1', 'Commune One', 'Commune One', 'District 2'),
             (2020, 'A1', 'Area A1', 'Commune 2', 'District 1'), (2020, 'C1', 'Commune One', 'Commune One', 'District 2')$$,
    'every year has its places; one who ended has those of the last day');
SELECT is_empty($$SELECT unit_id, year FROM place_year GROUP BY 1, 2 HAVING count(*) > 1$$, 'once');
SELECT is_empty($$SELECT y.year, count(*) FROM place_year AS y WHERE y.year IN (2018, 2019, 2020)
                    AND EXISTS (SELECT FROM units_on(make_date(y.year, 12, 31)) AS u WHERE u.unit_id = y.unit_id)
                    AND (y.path::text, y.name, y.classes, y.in_programme) IS DISTINCT FROM
                        (SELECT (u.path::text, u.name, u.classes, u.in_programme) FROM units_on(make_date(y.year, 12, 31)) AS u WHERE u.unit_id = y.unit_id)
                  GROUP BY 1$$, 'as units_on() says');
SELECT results_eq($$SELECT unit_id, commune, district, province FROM place_year WHERE year = 2020 ORDER BY 1$$,
                  $$SELECT unit_id, commune, district, province FROM places_on('2020-12-31') ORDER BY 1$$, 'and places_on()');

-- a code of the year
INSERT INTO unit (code, name, level, parent_id, valid_from) SELECT 'A3', 'Another A3', 'area', id, '2019-10-01' FROM unit WHERE code = 'C2';
INSERT INTO import_row (unit, year, measure, value)
VALUES ('A3', '2018', 'road', '50'), ('A3', '2019', 'road', '60'), ('Commune 1', '2018', 'water', '70'), ('Commune One', '2019', 'water', '80'), ('Commune 1', '2020', 'water', '90'),
       ('Area A1, Commune 1', '2018', 'road', '40'), ('Area A1, Commune 2', '2020', 'road', '45');
SELECT is((SELECT recorded FROM import_measurements()), 7::bigint, 'an import resolves codes and names of the year, and former names');
SELECT results_eq($$SELECT d.year, u.name, d.measures::text FROM dossier AS d JOIN unit AS u ON u.id = d.unit_id ORDER BY 1, 2$$,
    $$VALUES (2018, 'Area A1', '{"road": 40}'), (2018, 'Area A3', '{"road": 50}'), (2018, 'Commune One', '{"water": 70}'),
             (2019, 'Another A3', '{"road": 60}'), (2019, 'Commune One', '{"water": 80}'), (2020, 'Area A1', '{"road": 45}'), (2020, 'Commune One', '{"water": 90}')$$,
    'for the units of then');
SELECT results_eq($$SELECT year, unit_code, unit_name FROM measurement WHERE name = 'water' ORDER BY 1$$, $$VALUES (2018, 'C1', 'Commune 1'), (2019, 'C1', 'Commune One'), (2020, 'C1', 'Commune One')$$, 'facts show the name of then');
SELECT results_eq($$SELECT year, district FROM reg_test_bi.measurement WHERE name = 'water' ORDER BY 1$$, $$VALUES (2018, 'District 1'), (2019, 'District 2'), (2020, 'District 2')$$, 'and BI tools the district');

-- rolling up, completeness, targets
INSERT INTO indicator (name, kind, roll_up, roll_up_level) VALUES ('areas', 'count', 'units', 'area');
SELECT results_eq($$SELECT y.year, u.code, r.value FROM generate_series(2018, 2020) AS y (year), LATERAL roll_up(y.year, 'district') AS r JOIN unit AS u ON u.id = r.unit_id WHERE r.name = 'areas' ORDER BY 1, 2$$,
    $$VALUES (2018, 'D1', 4::numeric), (2018, 'D2', 2), (2019, 'D1', 2), (2019, 'D2', 4), (2020, 'D1', 3), (2020, 'D2', 2)$$, 'units are rolled up to where they lay, and counted if they took part');
SELECT results_eq($$SELECT year, count(*) FROM completeness WHERE level = 'area' GROUP BY 1 ORDER BY 1$$, $$VALUES (2018, 6::bigint), (2019, 6), (2020, 5)$$, 'who has to report took part in the year');
SELECT results_eq($$SELECT c.year, c.district FROM reg_test_bi.completeness AS c WHERE c.code = 'A1' ORDER BY 1$$, $$VALUES (2018, 'District 1'), (2019, 'District 2'), (2020, 'District 1')$$, 'in the place of then');
INSERT INTO yearly_target (year, minimum, desired) VALUES (2018, 2, 3), (2019, 2, 3), (2020, 2, 3);
SELECT results_eq($$SELECT t.year, t.name, t.district FROM reg_test_bi.commune_target AS t WHERE t.code = 'C1' ORDER BY 1$$,
    $$VALUES (2018, 'Commune 1', 'District 1'), (2019, 'Commune One', 'District 2'), (2020, 'Commune One', 'District 2')$$, 'targets too');
INSERT INTO report (unit_id, year, measures) SELECT id, 2017, '{"road": 150}' FROM unit WHERE name = 'Area A3';
SELECT results_eq($$SELECT name, path::text FROM suspicious WHERE year = 2017$$,
    $$SELECT 'Area A3', concat_ws('.', pg_temp.id('P'), pg_temp.id('D1'), pg_temp.id('C1'), (SELECT id FROM unit WHERE name = 'Area A3'))$$, 'a figure that looks wrong is shown at the place of then');
UPDATE indicator SET carries_forward = true WHERE name = 'road';
SELECT is(carry_forward(2018, 2019, pg_temp.id('D1')), 0::bigint, 'facts are carried within the places of the new year');
SELECT is(carry_forward(2018, 2019, pg_temp.id('D2')), 1::bigint, 'for units that exist then');

-- BI readers
CREATE ROLE reg_test_bi_reader;
GRANT USAGE ON SCHEMA reg_test_bi TO reg_test_bi_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA reg_test_bi TO reg_test_bi_reader;
SET LOCAL ROLE reg_test_bi_reader;
SELECT count(*) > 0 AS seen FROM reg_test_bi.place_year \gset
SELECT count(*) > 0 AS told FROM reg_test_bi.measurement \gset
SELECT count(*) > 0 AS asked FROM reg_test_bi.completeness \gset
SELECT count(*) = 0 AS linked FROM reg_test_bi.unit_lineage \gset
RESET ROLE;
SELECT ok(:'seen' AND :'told' AND :'asked' AND :'linked', 'whoever may read the BI views needs no other right');

SELECT * FROM finish();
ROLLBACK;
