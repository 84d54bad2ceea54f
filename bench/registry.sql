-- The benchmark's registry: a country of :areas residential areas that report
-- five years, the same every time.  For psql; the schema :registry must not exist.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
SELECT ntm.create_registry(:'registry') \g /dev/null
SET search_path = :registry, ntm, public;

-- A number from 0 to 1 that only depends on the arguments.
CREATE FUNCTION chance(a bigint, what integer) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (hashint8extended(a, what) & 16777215)::double precision / 16777216;

SELECT adopt_criteria_set('PT-KDC-DEMO', valid_from => '2015-01-01') \g /dev/null

-- Ten areas in a commune, ten communes in a district, ten districts in a province.
INSERT INTO unit (code, name, level)
SELECT 'P' || n, 'Province ' || n, 'province' FROM generate_series(1, greatest(:areas / 1000, 1)) AS n;
INSERT INTO unit (code, name, level, parent_id)
SELECT 'D' || n, 'District ' || n, 'district', p.id
  FROM generate_series(1, greatest(:areas / 100, 1)) AS n
  JOIN unit AS p ON p.code = 'P' || (n - 1) / 10 + 1;
INSERT INTO unit (code, name, level, parent_id)
SELECT 'C' || n, 'Commune ' || n, 'commune', p.id
  FROM generate_series(1, greatest(:areas / 10, 1)) AS n
  JOIN unit AS p ON p.code = 'D' || (n - 1) / 10 + 1;
INSERT INTO unit (code, name, level, parent_id, classes)
SELECT 'A' || n, 'Area ' || n, 'area', p.id, '{}'
  FROM generate_series(1, :areas) AS n
  JOIN unit AS p ON p.code = 'C' || (n - 1) / 10 + 1;
ANALYZE unit;

-- What an area says of a year.  Two of three meet it all.
CREATE FUNCTION told(area bigint, year integer) RETURNS ntm.measures
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT jsonb_build_object(
        'area_security', true, 'cultural_title', c.lacks <> 1, 'culture_house', c.lacks <> 2, 'employment_rate', 90 + c.amount,
        'health_insurance', 85 + c.amount, 'household_sanitation', 88 + c.amount, 'households', c.homes,
        'households_hygienic_water', c.homes - CASE c.lacks WHEN 3 THEN 40 ELSE 2 END, 'households_safe_power', c.homes,
        'households_waste_collected', c.homes - 3, 'income', CASE c.lacks WHEN 4 THEN 20 ELSE 36 + c.amount END,
        'internet_service', true, 'lane_road_clean', 90 + c.amount, 'loudspeakers', c.lacks <> 5, 'main_road_hardened_km', 3.2,
        'main_road_km', 3.4, 'market_standard', 'n/a'::text, 'party_cell_good', true,
        'poor_households', CASE c.lacks WHEN 6 THEN 40 ELSE 3 END, 'production_model', true, 'reading_room', true,
        'school_attendance', 98, 'shared_culture_house', false, 'sports_ground', true, 'standard_houses_share', 92 + c.amount,
        'temporary_houses', 0)::ntm.measures
        FROM (SELECT floor(chance(area * 16 + year, 1) * 20) AS lacks,
                     round((chance(area * 16 + year, 2) * 5)::numeric, 1) AS amount,
                     60 + floor(chance(area, 3) * 140) AS homes) AS c);

-- Every area reports a year in December; one of eight corrects it in January.
INSERT INTO report (unit_id, year, measures, reported_at, source)
SELECT u.id, y, told(u.id, y), make_date(y, 12, 10) + time '8:00', 'form of December'
  FROM generate_series(2017, 2021) AS y
  JOIN unit AS u ON u.level = 'area'
 ORDER BY y, u.id;
INSERT INTO report (unit_id, year, measures, reported_at, source)
SELECT u.id, y, jsonb_build_object('income', 30 + round((chance(u.id * 16 + y, 4) * 10)::numeric, 1))::ntm.measures,
       make_date(y + 1, 1, 15) + time '8:00', 'correction of January'
  FROM generate_series(2017, 2021) AS y
  JOIN unit AS u ON u.level = 'area' AND chance(u.id * 16 + y, 5) < 0.125
 ORDER BY y, u.id;

VACUUM (FREEZE, ANALYZE);
