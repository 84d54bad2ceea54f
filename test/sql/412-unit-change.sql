-- Mergers, splits and renames, and recognition across them.
BEGIN;
SET search_path = ntm, public;
SELECT plan(48);
\ir registry.psql

CREATE FUNCTION pg_temp.begin_unit(code text, day date, parent text, level text DEFAULT 'commune') RETURNS bigint
    LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO unit (code, name, level, parent_id, valid_from)
    VALUES (code, 'New ' || code, level, pg_temp.id(parent), day)
    RETURNING id;
END;

-- a merger
SELECT pg_temp.begin_unit('M1', '2020-01-01', 'D1') \g /dev/null
SELECT lives_ok($$INSERT INTO unit_change (predecessor_id, successor_id, change_date, basis)
                  SELECT pg_temp.id(v.code), pg_temp.id('M1'), '2020-01-01', 'NQ 1' FROM (VALUES ('C1'), ('C2')) AS v (code)$$, 'two communes merge');
SELECT results_eq($$SELECT code, valid_to FROM unit WHERE code IN ('C1', 'C2', 'M1') ORDER BY 1$$,
                  $$VALUES ('C1', '2020-01-01'::date), ('C2', '2020-01-01'), ('M1', NULL)$$, 'they end');
SELECT results_eq($$SELECT code FROM units_on('2020-01-01') WHERE parent_id = pg_temp.id('M1') ORDER BY 1$$,
                  $$VALUES ('A1'), ('A2'), ('A3'), ('A4')$$, 'what lay in them lies in the new one');
SELECT results_eq($$SELECT code FROM units_on('2019-12-31') WHERE parent_id = pg_temp.id('C1') ORDER BY 1$$, $$VALUES ('A1'), ('A2'), ('A3')$$, 'and lay in them until the day before');
SELECT is((SELECT basis FROM unit_state WHERE unit_id = pg_temp.id('A1') AND NOT latest), 'NQ 1', 'by the resolution');
SELECT results_eq($$SELECT kind, predecessor_code, share, successor_code FROM unit_lineage ORDER BY 2$$, $$VALUES ('merger', 'C1', 1::numeric, 'M1'), ('merger', 'C2', 1, 'M1')$$, 'the lineage tells');

-- a code that goes on meaning another unit
SELECT lives_ok($$UPDATE unit SET valid_to = '2021-01-01' WHERE code = 'M1'$$, 'a unit is ended first, where its code goes on');
SELECT lives_ok($$INSERT INTO unit (code, name, level, parent_id, valid_from) VALUES ('M1', 'M one', 'commune', pg_temp.id('D1'), '2021-01-01')$$, 'another one begins with it');
SELECT lives_ok($$INSERT INTO unit_change (predecessor_id, successor_id, change_date, basis)
                  SELECT o.id, n.id, '2021-01-01', 'NQ 2' FROM unit AS o JOIN unit AS n ON n.code = o.code AND n.id <> o.id WHERE o.name = 'New M1'$$, 'and comes from it');
SELECT is((SELECT kind FROM unit_lineage WHERE change_date = '2021-01-01'), 'rename', 'which is a rename');
SELECT is((SELECT count(*) FROM units_on('2021-01-01') AS u JOIN unit AS p ON p.id = u.parent_id WHERE u.level = 'area' AND p.name = 'M one'), 4::bigint, 'with all that is in it');

-- a split, with what lies in it told
SELECT pg_temp.begin_unit('S1', '2022-01-01', 'D2'), pg_temp.begin_unit('S2', '2022-01-01', 'D2') \g /dev/null
PREPARE split AS INSERT INTO unit_change (predecessor_id, successor_id, share, change_date, basis)
    SELECT pg_temp.id('C3'), pg_temp.id(v.code), v.share, '2022-01-01', 'NQ 3' FROM (VALUES ('S1', 0.3), ('S2', 0.7)) AS v (code, share);
SELECT throws_ok('EXECUTE split', '55000', 'unit "Commune 3" cannot end on 2022-01-01 while units lie in it', 'of a split it must be told where the units in it go');
SELECT throws_like($$INSERT INTO unit_change (predecessor_id, change_date, basis) VALUES (pg_temp.id('C3'), '2022-01-01', 'NQ')$$, '%while units lie in it', 'of an end as well');
SELECT change_unit(pg_temp.id('A5'), '2022-01-01', 'NQ 3', parent_id => pg_temp.id('S1')) \g /dev/null
UPDATE unit SET valid_to = '2022-01-01' WHERE code = 'A6';
SELECT lives_ok('EXECUTE split', 'then it is split');
SELECT results_eq($$SELECT kind, share FROM unit_lineage WHERE predecessor_code = 'C3' ORDER BY 2$$, $$VALUES ('split', 0.3), ('split', 0.7)$$, 'and the lineage tells');
SELECT throws_ok($$INSERT INTO unit_change (predecessor_id, successor_id, change_date, basis) VALUES (pg_temp.id('C3'), pg_temp.id('S1'), '2022-01-01', 'NQ')$$,
                 '23505', NULL, 'not twice');
SELECT pg_temp.begin_unit('S3', '2022-01-01', 'D2') \g /dev/null
SELECT throws_ok($$INSERT INTO unit_change (predecessor_id, successor_id, change_date, basis) VALUES (pg_temp.id('C3'), pg_temp.id('S3'), '2022-01-01', 'NQ')$$,
                 '23505', 'what became of unit "Commune 3" is on record already', 'and nothing more afterwards');

-- what is refused
SELECT pg_temp.begin_unit('N1', '2023-01-01', 'D2'), pg_temp.begin_unit('N2', '2023-01-01', 'D2') \g /dev/null
CREATE FUNCTION pg_temp.shares(first numeric, second numeric) RETURNS void
    LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO unit_change (predecessor_id, successor_id, share, change_date, basis)
    SELECT pg_temp.id('C4'), pg_temp.id(v.code), v.share, '2023-01-01', 'NQ' FROM (VALUES ('N1', first), ('N2', second)) AS v (code, share);
END;
SELECT throws_ok('SELECT pg_temp.shares(0.3, 0.6)', '23514', 'the shares of unit "Commune 4" are not those of a whole', 'shares below one');
SELECT throws_ok('SELECT pg_temp.shares(0.3, 0.700001)', '23514', NULL, 'or above');
SELECT throws_ok('SELECT pg_temp.shares(0.3, NULL)', '23514', NULL, 'or only some known');
SELECT throws_ok('SELECT pg_temp.shares(1, 0)', '23514', NULL, 'or none at all');
SELECT throws_ok($$INSERT INTO unit_change (predecessor_id, successor_id, share, change_date, basis) VALUES (pg_temp.id('C4'), pg_temp.id('N1'), NULL, '2023-01-01', 'NQ')$$,
                 '23514', NULL, 'or one that is not known, and no other');
SELECT throws_ok($$INSERT INTO unit_change (predecessor_id, successor_id, change_date, basis) VALUES (pg_temp.id('C4'), pg_temp.id('N1'), '2023-02-01', 'NQ')$$,
                 '55000', 'unit "New N1" cannot be a successor: it does not begin on 2023-02-01', 'a successor that begins another day');
SELECT throws_ok($$INSERT INTO unit_change (predecessor_id, successor_id, change_date, basis) VALUES (pg_temp.id('S2'), pg_temp.id('S1'), '2023-01-01', 'NQ')$$,
                 '55000', NULL, 'or is there already');
SELECT throws_ok($$INSERT INTO unit_change (predecessor_id, successor_id, change_date, basis) VALUES (pg_temp.id('C2'), pg_temp.id('N1'), '2023-01-01', 'NQ')$$,
                 '55000', 'unit "Commune 2" cannot end on 2023-01-01', 'a predecessor that ended before');
SELECT throws_ok($$INSERT INTO unit_change (predecessor_id, successor_id, change_date, basis) VALUES (pg_temp.id('N2'), pg_temp.id('N1'), '2023-01-01', 'NQ')$$,
                 '55000', NULL, 'or has not begun before');
SELECT throws_ok($$INSERT INTO unit_change (change_date, basis) VALUES ('2023-01-01', 'NQ')$$, '23514', NULL, 'nothing from nothing');
SELECT throws_ok($$UPDATE unit_change SET share = 1$$, '55000', 'cannot update table unit_change', 'a line that changes');
SELECT throws_ok($$DELETE FROM unit_change$$, '55000', 'cannot delete table unit_change', 'or goes');
SELECT lives_ok('SELECT pg_temp.shares(NULL, NULL)', 'shares of a split may be unknown');

-- districts go, at one stroke
UPDATE unit SET valid_to = '2025-07-01' WHERE code IN ('P', 'M1', 'S1', 'S2', 'S3') AND valid_to IS NULL;
INSERT INTO unit (code, name, level, valid_from) VALUES ('P', 'Great Province', 'province', '2025-07-01');
INSERT INTO unit (code, name, level, parent_id, valid_from) SELECT 'G' || n, 'Great ' || n, 'commune', id, '2025-07-01' FROM unit, generate_series(1, 2) AS n WHERE name = 'Great Province';
SELECT lives_ok($$INSERT INTO unit_change (predecessor_id, successor_id, change_date, basis)
    SELECT p.id, CASE p.level WHEN 'province' THEN (SELECT id FROM unit WHERE name = 'Great Province')
                              WHEN 'commune' THEN pg_temp.id(CASE WHEN p.code IN ('M1', 'S1', 'N1') THEN 'G1' ELSE 'G2' END) END, '2025-07-01', 'NQ 4'
      FROM unit AS p WHERE p.valid_from IS DISTINCT FROM '2025-07-01' AND (p.valid_to IS NULL OR p.valid_to = '2025-07-01') AND p.level <> 'area'$$,
    'a reform of all levels in one statement');
SELECT results_eq($$SELECT level, count(*) FROM units_on('2025-07-01') GROUP BY level ORDER BY level$$, $$VALUES ('area', 5::bigint), ('commune', 2), ('province', 1)$$, 'leaves no districts');
SELECT results_eq($$SELECT code, province, district, commune FROM places_on('2025-07-01') WHERE code = 'A5'$$, $$VALUES ('A5', 'Great Province', NULL, 'Great 1')$$, 'areas lie in the new communes');
SELECT results_eq($$SELECT province, district, commune FROM places_on('2019-12-31') WHERE code = 'A5'$$, $$VALUES ('Province', 'District 2', 'Commune 3')$$, 'and in 2019 where they lay');
SELECT is_empty($$SELECT u.unit_id FROM (VALUES ('2019-12-31'::date), ('2020-01-01'), ('2021-01-01'), ('2022-01-01'), ('2023-01-01'), ('2025-07-01')) AS d (day),
                         LATERAL units_on(d.day) AS u LEFT JOIN LATERAL units_on(d.day) AS p ON p.unit_id = u.parent_id
                   WHERE u.parent_id IS NOT NULL AND (p.unit_id IS NULL OR u.path::text <> p.path::text || '.' || u.unit_id)$$,
                'on every day every unit lies in one that exists, and its path says so');

SELECT is_empty($$SELECT * FROM check_units() AS c JOIN unit AS u ON u.id = c.unit_id WHERE u.level = 'area'$$, 'nothing lies in a unit that has ended');
UPDATE unit SET valid_to = '2026-01-01' WHERE code = 'G1';
SELECT results_eq($$SELECT u.code, c.parent_to FROM check_units() AS c JOIN unit AS u ON u.id = c.unit_id WHERE u.level = 'area' AND c.parent_to = '2026-01-01' ORDER BY 1 LIMIT 1$$,
                  $$VALUES ('A1', '2026-01-01'::date)$$, 'and what would is found');

-- recognition
INSERT INTO recognition (unit_id, event, tier, year, event_date)
SELECT pg_temp.id(v.code), 'recognised', v.tier, v.year, v.on_day::date
  FROM (VALUES ('C1', 'standard', 2017, '2017-12-20'), ('C2', 'standard', 2018, '2019-01-10'), ('C2', 'advanced', 2019, '2019-12-10'), ('C3', 'standard', 2020, '2020-12-20')) AS v (code, tier, year, on_day);
SELECT results_eq($$SELECT u.name, m.tier, m.outcome, m.from_year, m.recognised_on, m.parts, m.recognised_parts FROM recognition_after_merger('2020-01-01') AS m JOIN unit AS u ON u.id = m.unit_id ORDER BY m.tier = 'advanced'$$,
                  $$VALUES ('New M1', 'standard', 'recognised', 2018, '2019-01-10'::date, 2, 2), ('New M1', 'advanced', 'review', NULL, NULL, 2, 1)$$,
                  'all parts recognised: the new unit is, from the most recent; higher only some: a review');
SELECT results_eq($$SELECT u.code, m.tier, m.outcome FROM recognition_after_merger('2022-01-01') AS m JOIN unit AS u ON u.id = m.unit_id ORDER BY 1$$,
                  $$VALUES ('S1', 'standard', 'review'), ('S2', 'standard', 'review')$$, 'parts of a recognised unit: a review');
SELECT is(inherit_recognition('2020-01-01', '1/QD', '2020-03-01'), 1::bigint, 'it goes on record');
SELECT is((SELECT note FROM recognition WHERE decision = '1/QD'),
          (SELECT format('inherited on 2020-01-01 (NQ 1) from recognition %s', string_agg(r.id::text, ', ' ORDER BY r.id)) FROM recognition AS r
            WHERE r.unit_id IN (pg_temp.id('C1'), pg_temp.id('C2')) AND r.tier = 'standard'), 'citing what it rests on');
SELECT is(inherit_recognition('2020-01-01', '1/QD', '2020-03-01'), 0::bigint, 'once');
SELECT is(inherit_recognition('2021-01-01'), 1::bigint, 'a renamed unit stays recognised');
SELECT results_eq($$SELECT u.code, m.outcome, m.parts, m.recognised_parts FROM recognition_after_merger('2025-07-01') AS m JOIN unit AS u ON u.id = m.unit_id$$,
                  $$VALUES ('G1', 'recognise_again', 3, 1)$$, 'a mix has to be recognised again');
SELECT is(inherit_recognition('2025-07-01'), 0::bigint, 'and inherits nothing');
INSERT INTO recognition (unit_id, event, tier, year, event_date, note)
SELECT unit_id, 'revoked', 'standard', 2021, '2021-06-01', 'x' FROM recognition WHERE note LIKE 'inherited on 2021%';
SELECT is_empty($$SELECT * FROM recognition_after_merger('2025-07-01')$$, 'what has been revoked is not inherited');
SELECT isnt_empty($$SELECT * FROM recognition_after_merger('2021-01-01')$$, 'what was in force on the day is');
SELECT throws_ok($$SELECT inherit_recognition('2024-01-01')$$, '42704', 'no unit has changed on 2024-01-01', 'no reform, nothing to inherit');

SELECT * FROM finish();
ROLLBACK;
