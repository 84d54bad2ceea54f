-- Facts of a year in the borders of another date.
BEGIN;
SET search_path = ntm, public;
SELECT plan(39);
\ir registry.psql

INSERT INTO indicator (name, kind, roll_up) VALUES
    ('households', 'count', NULL), ('hygienic', 'count', 'sum'), ('poorest', 'count', 'minimum'), ('road_km', 'number', 'sum'), ('area_km2', 'number', NULL),
    ('market', 'yes_no', NULL), ('plan', 'yes_no', 'minimum'), ('any_school', 'yes_no', 'maximum');
INSERT INTO indicator (name, kind, numerator, denominator) VALUES ('hygienic_share', 'percent', 'hygienic', 'households'), ('weighted_share', 'percent', NULL, 'households'), ('bare_share', 'percent', NULL, NULL);

CREATE FUNCTION pg_temp.fact(day date, wanted text, measure text, about integer DEFAULT 2019) RETURNS text
    LANGUAGE sql STABLE
    RETURN (SELECT (d.measures::jsonb -> measure)::text FROM dossier_in_borders(about, day) AS d JOIN unit AS u ON u.id = d.unit_id WHERE u.code = wanted);

-- C1 and C2 merge, C3 is split, C4 goes on under another code, S2 and C4 merge later
INSERT INTO unit (code, name, level, parent_id, valid_from)
SELECT v.code, v.code, 'commune', pg_temp.id('P'), v.day::date
  FROM (VALUES ('M', '2020-01-01'), ('S1', '2020-01-01'), ('S2', '2020-01-01'), ('R', '2020-01-01'), ('L', '2021-01-01'), ('U1', '2022-01-01'), ('U2', '2022-01-01')) AS v (code, day);
SELECT change_unit(pg_temp.id(v.code), '2020-01-01', 'NQ', parent_id => pg_temp.id('S1')) FROM (VALUES ('A5'), ('A6')) AS v (code) \g /dev/null
INSERT INTO unit_change (predecessor_id, successor_id, share, change_date, basis)
SELECT pg_temp.id(v.old), pg_temp.id(v.new), v.share, v.day::date, 'NQ'
  FROM (VALUES ('C1', 'M', 1, '2020-01-01'), ('C2', 'M', 1, '2020-01-01'), ('C3', 'S1', 0.333333, '2020-01-01'), ('C3', 'S2', 0.666667, '2020-01-01'), ('C4', 'R', 1, '2020-01-01')) AS v (old, new, share, day);
INSERT INTO unit_change (predecessor_id, successor_id, share, change_date, basis)
SELECT pg_temp.id(v.old), pg_temp.id(v.new), v.share, v.day::date, 'NQ' FROM (VALUES ('S2', 'L', 1, '2021-01-01'), ('R', 'L', 1, '2021-01-01')) AS v (old, new, share, day);
INSERT INTO unit_change (predecessor_id, successor_id, share, change_date, basis)
SELECT pg_temp.id('L'), pg_temp.id(v.new), NULL, '2022-01-01', 'NQ' FROM (VALUES ('U1'), ('U2')) AS v (new);

SELECT pg_temp.tell('C1', 2019, '{"households": 100, "hygienic": 95, "hygienic_share": 95.0, "weighted_share": 90, "bare_share": 50, "road_km": 10.5, "area_km2": 7, "market": true, "plan": true, "any_school": false, "poorest": 4}') \g /dev/null
SELECT pg_temp.tell('C2', 2019, '{"households": 200, "hygienic": 199, "hygienic_share": 99.5, "weighted_share": 60, "bare_share": 60, "road_km": 4, "area_km2": 7, "market": "n/a", "plan": false, "any_school": true, "poorest": 3}') \g /dev/null
SELECT pg_temp.tell('C3', 2019, '{"households": 100, "hygienic": 50, "hygienic_share": 50, "weighted_share": 50, "bare_share": 50, "road_km": 10, "area_km2": 9, "market": true, "plan": true}') \g /dev/null
SELECT pg_temp.tell('C4', 2019, '{"households": 7, "hygienic": "n/a", "hygienic_share": "n/a", "market": true, "area_km2": 1.25}') \g /dev/null
SELECT pg_temp.tell('A1', 2019, '{"road": 1}') \g /dev/null

-- then, and since
SELECT results_eq($$SELECT u.code, d.origin FROM dossier_in_borders(2019, '2019-12-31') AS d JOIN unit AS u ON u.id = d.unit_id ORDER BY 1$$,
                  $$VALUES ('A1', 'own'), ('C1', 'own'), ('C2', 'own'), ('C3', 'own'), ('C4', 'own')$$, 'in the borders of then the dossiers of then');
SELECT results_eq($$SELECT u.code, d.origin, d.part_ids FROM dossier_in_borders(2019, '2020-01-01') AS d JOIN unit AS u ON u.id = d.unit_id ORDER BY 1$$,
                  $$SELECT v.code, v.origin, (SELECT array_agg(pg_temp.id(p) ORDER BY pg_temp.id(p)) FROM unnest(v.parts) AS p)
                      FROM (VALUES ('A1', 'own', ARRAY['A1']), ('M', 'predecessors', ARRAY['C1', 'C2']), ('R', 'predecessors', ARRAY['C4']), ('S1', 'predecessors', ARRAY['C3']), ('S2', 'predecessors', ARRAY['C3'])) AS v (code, origin, parts)$$,
                  'later each new unit is made of the ones it came from');

-- a merger
SELECT is(pg_temp.fact('2020-01-01', 'M', 'households'), '300', 'counts are added up');
SELECT is(pg_temp.fact('2020-01-01', 'M', 'road_km'), '14.5', 'numbers that roll up by sum as well');
SELECT is(pg_temp.fact('2020-01-01', 'M', 'hygienic_share'), '98', 'a percent is recomputed from its counts');
SELECT is(pg_temp.fact('2020-01-01', 'M', 'weighted_share'), '70', 'or weighted by its whole');
SELECT is(pg_temp.fact('2020-01-01', 'M', 'bare_share'), 'null', 'without either it is not known');
SELECT is(pg_temp.fact('2020-01-01', 'M', 'area_km2'), '7', 'what all agree on is so');
SELECT is(pg_temp.fact('2020-01-01', 'M', 'market'), 'null', 'what they do not is not known');
SELECT is(pg_temp.fact('2020-01-01', 'M', 'plan'), '0', 'unless the lowest counts');
SELECT is(pg_temp.fact('2020-01-01', 'M', 'any_school'), '1', 'or the highest');
SELECT is(pg_temp.fact('2020-01-01', 'M', 'poorest'), '3', 'also of a count');

-- a split
SELECT is(concat_ws(' ', pg_temp.fact('2020-01-01', 'S1', 'households'), pg_temp.fact('2020-01-01', 'S2', 'households')), '33 67', 'counts are divided by share, in whole units');
SELECT is(concat_ws(' ', pg_temp.fact('2020-01-01', 'S1', 'road_km'), pg_temp.fact('2020-01-01', 'S2', 'road_km')), '3.33333 6.66667', 'other sums to the millionth');
SELECT is(concat_ws(' ', pg_temp.fact('2020-01-01', 'S1', 'hygienic'), pg_temp.fact('2020-01-01', 'S2', 'hygienic')), '17 33', 'so that totals are kept');
SELECT is(pg_temp.fact('2020-01-01', 'S1', 'hygienic_share'), '51.515151', 'a percent follows from its counts');
SELECT is(pg_temp.fact('2020-01-01', 'S1', 'weighted_share'), 'null', 'one that is not counted is not known');
SELECT is(pg_temp.fact('2020-01-01', 'S1', 'plan'), 'null', 'nor is yes or no');
SELECT is(pg_temp.fact('2020-01-01', 'S1', 'area_km2'), 'null', 'nor a number that does not add up');

-- a rename, and what came later
SELECT is((SELECT d.measures::text FROM dossier_in_borders(2019, '2020-01-01') AS d WHERE d.unit_id = pg_temp.id('R')),
          (SELECT measures::text FROM dossier WHERE unit_id = pg_temp.id('C4')), 'a rename changes nothing');
SELECT is(pg_temp.fact('2021-01-01', 'L', 'households'), '74', 'through several changes: part of a split merged with another');
SELECT is(pg_temp.fact('2021-01-01', 'L', 'hygienic'), '33', 'what does not apply adds nothing');
SELECT is(pg_temp.fact('2021-01-01', 'L', 'market'), 'null', 'yes and no of a part is not known');
SELECT is(pg_temp.fact('2022-01-01', 'U1', 'households'), 'null', 'with shares not known nothing is divided');

-- unknown parts
SELECT pg_temp.tell('C2', 2019, '{"households": null}') \g /dev/null
SELECT is(pg_temp.fact('2020-01-01', 'M', 'households'), 'null', 'what a part does not know the whole does not');
SELECT is(pg_temp.fact('2020-01-01', 'M', 'hygienic_share'), 'null', 'nor a percent of it');
SELECT is(pg_temp.fact('2020-01-01', 'M', 'road_km'), '14.5', 'but what it does');
SELECT pg_temp.tell('C1', 2018, '{"households": 90}') \g /dev/null
SELECT is(pg_temp.fact('2020-01-01', 'M', 'households', 2018), 'null', 'a part that did not report is not nothing');
SELECT is(pg_temp.fact('2020-01-01', 'S1', 'households', 2018), NULL, 'and where nobody did there is no dossier');

-- the year of the change, and back
SELECT pg_temp.tell('S1', 2020, '{"households": 40}') \g /dev/null
SELECT pg_temp.tell('S2', 2020, '{"households": 70}') \g /dev/null
SELECT pg_temp.tell('M', 2020, '{"households": 301}') \g /dev/null
SELECT is(pg_temp.fact('2019-12-31', 'C3', 'households', 2020), '110', 'a unit that was split is what came from it');
SELECT is(pg_temp.fact('2019-12-31', 'C1', 'households', 2020), NULL, 'one that was merged cannot be told from the others');
SELECT is(pg_temp.fact('2021-01-01', 'L', 'households', 2020), 'null', 'R did not report');

-- something not recorded
INSERT INTO unit (code, name, level, parent_id, valid_from) SELECT 'M2', 'M2', 'commune', id, '2023-01-01' FROM unit WHERE code = 'P';
INSERT INTO unit_change (predecessor_id, successor_id, change_date, basis)
SELECT v.id, pg_temp.id('M2'), '2023-01-01', 'NQ' FROM (VALUES (pg_temp.id('M')), (NULL)) AS v (id);
SELECT is(pg_temp.fact('2023-01-01', 'M2', 'road_km'), 'null', 'what came from elsewhere is not known');

-- percent_of: against a threshold it is as good as the share itself
SELECT results_eq($$SELECT percent_of(n, d) FROM (VALUES (1, 3), (2, 3), (1, 2), (18999999, 20000000), (949999996, 1000000000), (950000004, 1000000000), (-1, 3), (0, 5)) AS v (n, d)$$,
                  $$VALUES (33.333333), (66.666666), (50), (94.999995), (94.999999), (95.000001), (-33.333333), (0)$$, 'a share that cannot be held exactly keeps clear of thresholds');
SELECT is(percent_of(1, 0), NULL, 'of nothing there is none');
SELECT is_empty($$
    SELECT * FROM (SELECT n, d, t, percent_of(n, d) AS p
                     FROM (SELECT trunc(random()::numeric * 10.0 ^ (1 + k % 9)) AS n, 1 + trunc(random()::numeric * 10.0 ^ (1 + k % 8)) AS d, k FROM generate_series(1, 3000) AS k) AS g
                    CROSS JOIN LATERAL (VALUES (round(n * 100 / d, 5)), (round(n * 100 / d, 1)), (round(n * 100 / d))) AS v (t)) AS c
     WHERE (p >= t) <> (n * 100 >= t * d) OR (p <= t) <> (n * 100 <= t * d) OR abs(p * d - n * 100) >= 0.000001 * d$$,
    'it compares with any number of up to five decimals as the share does');

-- Generated: three generations, everything split and merged at random; each
-- unit's share of each first one is worked out in full, by all paths.
INSERT INTO indicator (name, kind) VALUES ('persons', 'count');
SELECT setseed(0.31) \g /dev/null
CREATE TABLE pg_temp.gen (unit_id bigint, generation integer);
WITH made AS (INSERT INTO unit (code, name, level, valid_from) SELECT format('G%s-%s', g, n), 'g' || g, 'commune', make_date(2010 + g, 1, 1) FROM generate_series(1, 3) AS g, generate_series(1, 40) AS n RETURNING id, code)
INSERT INTO pg_temp.gen SELECT id, substr(code, 2, 1)::integer FROM made;
PREPARE generation AS
INSERT INTO unit_change (predecessor_id, successor_id, share, change_date, basis)
SELECT p.unit_id, s.unit_id, CASE s.place WHEN p.parts THEN 1 - 0.17 * (p.parts - 1) ELSE 0.17 END, make_date(2011 + p.generation, 1, 1), 'generated'
  FROM (SELECT *, 1 + trunc(random() * 4)::integer AS parts FROM pg_temp.gen WHERE generation = $1) AS p
 CROSS JOIN LATERAL (SELECT g.unit_id, row_number() OVER (ORDER BY md5(g.unit_id::text || p.unit_id)) AS place FROM pg_temp.gen AS g WHERE g.generation = p.generation + 1) AS s
 WHERE s.place <= p.parts AND (p.generation = 1 OR EXISTS (SELECT FROM unit_change AS c WHERE c.successor_id = p.unit_id));
EXECUTE generation (1);
EXECUTE generation (2);
INSERT INTO report (unit_id, year, measures)
SELECT unit_id, 2011, jsonb_build_object('persons', CASE WHEN unit_id % 5 = 0 THEN 0.5 + trunc(random() * 1000) ELSE trunc(random() * 1000) END, 'road_km', round((random() * 100)::numeric, 3))::measures FROM pg_temp.gen WHERE generation = 1;
CREATE TABLE pg_temp.flow AS
SELECT a.predecessor_id AS first_id, b.successor_id AS last_id, sum(a.share * b.share) AS share
  FROM unit_change AS a JOIN unit_change AS b ON b.predecessor_id = a.successor_id JOIN pg_temp.gen AS g ON g.unit_id = a.predecessor_id AND g.generation = 1
 GROUP BY 1, 2;
SELECT is((SELECT sum(d.measures -> 'persons') FROM dossier_in_borders(2011, '2013-01-01') AS d JOIN pg_temp.gen AS g USING (unit_id)),
          (SELECT sum(measures -> 'persons') FROM dossier WHERE year = 2011), 'generated: totals are kept to the last unit');
SELECT is((SELECT sum(d.measures -> 'road_km') FROM dossier_in_borders(2011, '2013-01-01') AS d JOIN pg_temp.gen AS g USING (unit_id)),
          (SELECT sum(measures -> 'road_km') FROM dossier WHERE year = 2011), 'and to the millionth');
SELECT is_empty($$
    SELECT d.unit_id, d.measures, slow.*
      FROM (SELECT f.last_id, sum(f.share * (o.measures -> 'persons')) AS persons, sum(f.share * (o.measures -> 'road_km')) AS road_km, count(*) AS parts
              FROM pg_temp.flow AS f JOIN dossier AS o ON o.unit_id = f.first_id AND o.year = 2011 GROUP BY f.last_id) AS slow
      FULL JOIN (SELECT * FROM dossier_in_borders(2011, '2013-01-01') JOIN pg_temp.gen AS g USING (unit_id)) AS d ON d.unit_id = slow.last_id
     WHERE (abs((d.measures -> 'persons') - slow.persons) < slow.parts AND abs((d.measures -> 'road_km') - slow.road_km) < 0.000001 * slow.parts) IS NOT TRUE$$,
    'each unit has its share of each, to less than one unit a part');

SELECT * FROM finish();
ROLLBACK;
