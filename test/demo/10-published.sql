-- The demo: what is computed from its reports is what the province published.

BEGIN;
SET search_path = phutho, ntm, public;
SELECT plan(66);

-- The figures as published; the load keeps them in a table

SELECT results_eq(
    $$SELECT as_of, measure, value FROM published_progress ORDER BY as_of COLLATE "C", measure COLLATE "C"$$,
    $$VALUES ('2013', 'communes in programme', 247.0),
             ('2013-12', 'communes recognised (in the year)', 2),
             ('2014-12', 'communes recognised (in the year)', 8),
             ('2015-12', 'communes recognised (in the year)', 9),
             ('2016-12', 'communes recognised (in the year)', 21),
             ('2017-12', 'communes recognised (cumulative)', 60),
             ('2017-12', 'khu dân cư meeting 13/13 criteria', 30),
             ('2017-12', 'khu dân cư recognised (cumulative)', 4),
             ('2017-12', 'mean criteria per commune', 13.0),
             ('2018-12', 'communes recognised (cumulative)', 80),
             ('2018-12', 'khu dân cư recognised (cumulative)', 113),
             ('2018-12', 'mean criteria per commune', 13.8),
             ('2019-12', 'communes recognised (cumulative)', 106),
             ('2019-12', 'communes recognised share of 247 (%)', 42.9),
             ('2019-12', 'khu dân cư recognised (cumulative)', 246),
             ('2019-12', 'lowest criteria count', 8),
             ('2019-12', 'mean criteria per commune', 15.2),
             ('2024-03', 'khu dân cư total', 2040)$$,
    'the published figures are all there');
SELECT is_empty(
    $$SELECT * FROM published_progress WHERE source !~ '^https?://'$$,
    'each with the page that says so');

-- Every figure, computed

CREATE VIEW province AS
SELECT progress.* FROM progress WHERE progress.level = 'province';

SELECT is(communes_total, 247, 'communes in the programme, ' || year) FROM province ORDER BY year;
SELECT is(communes_newly_recognised, expected, 'communes recognised in ' || year)
  FROM province
  JOIN (VALUES (2013, 2), (2014, 8), (2015, 9), (2016, 21), (2017, 20), (2018, 20), (2019, 26)) AS published (year, expected) USING (year)
 ORDER BY year;
SELECT is(communes_recognised, expected, 'communes recognised by the end of ' || year)
  FROM province
  JOIN (VALUES (2017, 60), (2018, 80), (2019, 106)) AS published (year, expected) USING (year)
 ORDER BY year;
SELECT is(areas_recognised, expected, 'areas recognised by the end of ' || year)
  FROM province
  JOIN (VALUES (2017, 4), (2018, 113), (2019, 246)) AS published (year, expected) USING (year)
 ORDER BY year;
SELECT is(areas_newly_recognised, expected, 'areas recognised in ' || year)
  FROM province
  JOIN (VALUES (2017, 4), (2018, 109), (2019, 133)) AS published (year, expected) USING (year)
 ORDER BY year;
SELECT is(criteria_mean, expected, 'mean criteria per commune, ' || year)
  FROM province
  JOIN (VALUES (2017, 13.0), (2018, 13.8), (2019, 15.2)) AS published (year, expected) USING (year)
 ORDER BY year;
SELECT is(communes_assessed, 247, 'that is the mean over all communes of the programme, ' || year)
  FROM province WHERE year >= 2017 ORDER BY year;
SELECT is(areas_meeting, 30, 'areas that meet 13 of 13 criteria in 2017') FROM province WHERE year = 2017;
SELECT is(criteria_lowest, 8, 'lowest number of criteria met by a commune in 2019') FROM province WHERE year = 2019;
SELECT is(round(100.0 * communes_recognised / communes_total, 1), 42.9, 'per cent of the communes recognised by the end of 2019')
  FROM province WHERE year = 2019;
SELECT is(areas_total, 2040, 'areas') FROM province WHERE year = 2019;

-- The same from the tables

SELECT results_eq(
    $$SELECT year, round(sum(met_count) / 247.0, 1), min(met_count)
        FROM assessment WHERE level = 'commune' AND tier = 'standard' GROUP BY year ORDER BY year$$,
    $$VALUES (2017, 13.0, 5), (2018, 13.8, 6), (2019, 15.2, 8)$$,
    'mean and lowest, added up from the assessments');
SELECT is((SELECT count(*) FROM assessment WHERE level = 'area' AND year = 2017 AND met_count = 13), 30::bigint,
    '30 areas with 13 criteria in 2017');
SELECT results_eq(
    $$SELECT unit.level, count(*) FROM recognition JOIN unit ON unit.id = recognition.unit_id
       WHERE event = 'recognised' GROUP BY unit.level ORDER BY unit.level$$,
    $$VALUES ('area', 246::bigint), ('commune', 106)$$,
    'decisions');
SELECT results_eq(
    $$SELECT place.district, count(*) FROM recognition JOIN places_on('2017-12-31') AS place USING (unit_id)
       WHERE place.level = 'area' AND recognition.event = 'recognised' AND recognition.year = 2017
       GROUP BY place.district ORDER BY place.district COLLATE "C"$$,
    $$VALUES ('Huyện Tân Sơn', 2::bigint), ('Huyện Yên Lập', 2)$$,
    'the first four areas lie in Yên Lập and Tân Sơn');

-- Units

SELECT results_eq(
    $$SELECT kind, count(*) FROM units_on('2019-10-06') WHERE level <> 'area' GROUP BY kind ORDER BY kind COLLATE "C"$$,
    $$VALUES ('huyện', 11::bigint), ('phường', 18), ('thành phố', 1), ('thị trấn', 11), ('thị xã', 1), ('tỉnh', 1), ('xã', 248)$$,
    'units of October 2019 by kind');
SELECT results_eq(
    $$SELECT district.code, count(*) FILTER (WHERE commune.kind = 'xã')
        FROM units_on('2019-10-06') AS commune JOIN unit AS district ON district.id = commune.parent_id
       WHERE commune.level = 'commune' GROUP BY district.code ORDER BY district.code COLLATE "C"$$,
    $$VALUES ('227', 10::bigint), ('228', 5), ('230', 27), ('231', 32), ('232', 26), ('233', 18), ('234', 16),
             ('235', 30), ('236', 19), ('237', 12), ('238', 22), ('239', 14), ('240', 17)$$,
    'xã by district');
SELECT results_eq(
    $$SELECT kind, count(*) FROM units_on('2019-10-06') WHERE level = 'commune' AND NOT in_programme GROUP BY kind ORDER BY kind COLLATE "C"$$,
    $$VALUES ('phường', 18::bigint), ('thị trấn', 11), ('xã', 1)$$,
    'outside the programme are wards, towns and one xã');
SELECT is_empty(
    $$SELECT * FROM units_on('2019-10-06') WHERE level = 'commune' AND classes <> '{TDMNPB}'$$,
    'every commune lies in the region of the northern midlands and mountains');
SELECT is_empty(
    $$SELECT * FROM units_on('2019-10-06') AS area JOIN units_on('2019-10-06') AS commune ON commune.unit_id = area.parent_id
       WHERE area.level = 'area' AND NOT (commune.level = 'commune' AND commune.in_programme AND area.code LIKE commune.code || '-__')$$,
    'every area lies in a commune of the programme and bears its code');

-- The reforms: as many units as published, on every day

SELECT results_eq(
    $$SELECT d.day, u.kind, count(*)::integer
        FROM (VALUES ('2020-02-02'::date), ('2025-07-01')) AS d (day)
       CROSS JOIN LATERAL units_on(d.day) AS u
       WHERE u.level <> 'area'
       GROUP BY d.day, u.kind ORDER BY d.day, u.kind COLLATE "C"$$,
    $$VALUES ('2020-02-02'::date, 'huyện', 11), ('2020-02-02', 'phường', 17), ('2020-02-02', 'thành phố', 1), ('2020-02-02', 'thị trấn', 11),
             ('2020-02-02', 'thị xã', 1), ('2020-02-02', 'tỉnh', 1), ('2020-02-02', 'xã', 197),
             ('2025-07-01', 'phường', 15), ('2025-07-01', 'tỉnh', 1), ('2025-07-01', 'xã', 133)$$,
    '225 communes in 2020; 148 and no districts on 1 July 2025');
SELECT is((SELECT count(*) FROM places_on('2025-01-01') WHERE level = 'commune' AND province = 'Tỉnh Phú Thọ'), 207::bigint, '207 communes on 1 January 2025');
SELECT results_eq(
    $$SELECT count(*) FILTER (WHERE now.code IS NULL), count(*) FILTER (WHERE now.name <> before.name)
        FROM units_on('2019-10-06') AS before
        LEFT JOIN units_on('2020-02-02') AS now ON now.code = before.code AND now.level = before.level
       WHERE before.level = 'commune'$$,
    $$VALUES (52::bigint, 15::bigint)$$,
    'in 2020 52 codes vanish, 15 mean another unit');
SELECT results_eq(
    $$SELECT old.unit_id = new.unit_id, count(*)
        FROM units_on('2019-10-06') AS old JOIN units_on('2020-02-02') AS new ON new.code = old.code AND new.level = old.level AND new.name <> old.name
       GROUP BY 1$$,
    $$VALUES (false, 15::bigint)$$,
    'which is another one here too');
SELECT results_eq(
    $$SELECT level, count(*) FILTER (WHERE share = 1), count(*) FILTER (WHERE share IS NULL), count(DISTINCT predecessor_id) FILTER (WHERE share IS NULL)
        FROM unit_lineage WHERE change_date = '2025-07-01' AND successor_id IS NOT NULL GROUP BY level ORDER BY level$$,
    $$VALUES ('commune', 474::bigint, 6::bigint, 3::bigint), ('province', 3, 0, 0)$$,
    'on 1 July 2025 477 communes become 146, three of them divided, and three provinces one; two communes stay');
SELECT results_eq(
    $$SELECT predecessor FROM unit_lineage WHERE successor = 'Xã Hùng Xuyên' AND kind = 'merger' ORDER BY predecessor_code COLLATE "C"$$,
    $$VALUES ('Xã Đông Khê'), ('Xã Nghinh Xuyên'), ('Xã Hùng Quan')$$,
    'Hùng Xuyên came from three communes');
SELECT is_empty(
    $$SELECT d.day, u.unit_id
        FROM (VALUES ('2019-12-31'::date), ('2020-01-01'), ('2024-12-31'), ('2025-01-01'), ('2025-06-30'), ('2025-07-01')) AS d (day)
       CROSS JOIN LATERAL units_on(d.day) AS u
        LEFT JOIN LATERAL units_on(d.day) AS p ON p.unit_id = u.parent_id
       WHERE u.level <> 'province' AND (p.unit_id IS NULL OR u.path::text <> p.path::text || '.' || u.unit_id)$$,
    'every unit lies in one that exists');
SELECT is_empty(
    $$SELECT u.unit_id FROM units_on('2019-12-31') AS u
       WHERE u.level = 'area' AND NOT EXISTS (SELECT FROM progress AS p WHERE p.unit_id = u.parent_id AND p.year = 2019)$$,
    'the areas of 2019 belong to the communes of 2019');

-- Law

SELECT results_eq(
    $$SELECT code, level, status FROM criteria_set ORDER BY code COLLATE "C"$$,
    $$VALUES ('PT-KDC-DEMO', 'area', 'illustrative'), ('PT-XA-DEMO', 'commune', 'illustrative')$$,
    'the criteria sets say that they are illustrative');
SELECT is_empty(
    $$SELECT node.code FROM criteria_set, ntm.nodes(criteria_set.ruleset) AS node WHERE node.delegated IS NOT NULL$$,
    'no requirement is left open');
SELECT results_eq(
    $$SELECT node.code, node.rule, node.source
        FROM ntm.library AS national, ntm.nodes(national.ruleset) AS open, criteria_set AS edition, ntm.nodes(edition.ruleset) AS node
       WHERE national.code = 'VN-XA-2016' AND open.delegated IS NOT NULL AND edition.code = 'PT-XA-DEMO' AND node.code = open.code
       ORDER BY open.position$$,
    $$VALUES ('2.1', '>= 100%', 'illustrative'), ('2.2', '>= 70%', 'illustrative'), ('2.3', '>= 70%', 'illustrative'),
             ('2.4', '>= 50%', 'illustrative'), ('6.1', 'met', 'illustrative'), ('17.4', 'met', 'illustrative'),
             ('17.5', 'met', 'illustrative')$$,
    'what the decision leaves to the province is set here, and marked as invented');
SELECT results_eq(
    'SELECT year, minimum, desired, cite FROM yearly_target',
    $$VALUES (2019, 2, 3, '2332/UBND-KTN, 29/5/2019')$$,
    'the yearly target of the letter');

-- Reports

SELECT is_empty($$SELECT * FROM report WHERE source IS NULL OR source !~ '^generated'$$, 'every report says that it is generated');
SELECT is_empty('SELECT * FROM check_dossiers()', 'the dossiers are the merge of the reports');
SELECT cmp_ok((SELECT count(*) FROM dossier WHERE report_count > 1), '>', 1000::bigint, 'many are corrected or completed by a later report');
SELECT isnt_empty(
    $$SELECT * FROM report AS r JOIN dossier AS d USING (unit_id, year), ntm.each(r.measures) AS given
       WHERE given.value <> (d.measures -> given.name)$$,
    'a later report changes a value');
SELECT isnt_empty(
    $$SELECT * FROM dossier, ntm.each(measures) AS given WHERE given.value IS NULL AND given.applicable$$,
    'some values are withdrawn');
SELECT isnt_empty(
    $$SELECT * FROM dossier, ntm.each(measures) AS given WHERE NOT given.applicable$$,
    'some measures do not apply');
SELECT is_empty($$SELECT nspname FROM pg_namespace WHERE nspname = 'phutho_demo'$$, 'the generator leaves nothing behind');

-- The same on every machine

SELECT is(
    (SELECT encode(sha256(convert_to(string_agg(concat_ws(' ', unit.code, dossier.year, dossier.measures),
                                                E'\n' ORDER BY unit.code COLLATE "C", dossier.year), 'UTF8')), 'hex')
       FROM dossier JOIN unit ON unit.id = dossier.unit_id),
    'fb3d42e8906bc0eef2ac6d2f6c104e7c9cae6ad4c510c92f5954896b30e550d4',
    'the dossiers are the recorded ones');
SELECT is(
    (SELECT encode(sha256(convert_to(string_agg(concat_ws(' ', unit.code, r.event, r.year, r.event_date, r.decision),
                                                E'\n' ORDER BY unit.code COLLATE "C", r.year, r.event COLLATE "C"), 'UTF8')), 'hex')
       FROM recognition AS r JOIN unit ON unit.id = r.unit_id
      WHERE r.event <> 'consulted'),
    '5bf1106e9dc83cbbe25b4da5dfab4d9d990d74a211fcf795ec0a003bacb3ac9f',
    'and so are the recognitions');
SELECT is(
    (SELECT encode(sha256(convert_to(string_agg(concat_ws(' ', unit.code, r.year, r.event_date, r.facts),
                                                E'\n' ORDER BY unit.code COLLATE "C", r.year), 'UTF8')), 'hex')
       FROM recognition AS r JOIN unit ON unit.id = r.unit_id
      WHERE r.event = 'consulted'),
    '48a14192e6d38e0f41f2b4b7caddf87e615450a63e67fb0ba21c2ca6cf32503b',
    'and the consultations');

SELECT * FROM finish();
ROLLBACK;
