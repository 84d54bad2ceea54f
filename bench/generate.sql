-- The benchmark's data: the same facts and the same rules every time and on
-- every machine, by parameters.  For psql:
--
--   schema      where it all goes; the schema must not exist
--   units, indicators, classes
--   peers       true: also the tables that only the peers read
--
-- The facts are a function of (unit, indicator), so that a small set is a part
-- of a larger one.  Nothing in them is "not applicable", for which the peers
-- have no form.
\set ON_ERROR_STOP on
CREATE SCHEMA :schema;
SET search_path = :schema, ntm, public;

-- A number from 0 to 1 that only depends on the arguments.
CREATE FUNCTION chance(a integer, b integer, what integer) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (hashint8extended(a::bigint * 65536 + b, what) & 16777215)::double precision / 16777216;

-- The names are those of decision 1980/QĐ-TTg's indicators and one more.
-- Kinds of requirement, as they come in such decisions: at least so many
-- percent, at most so many, none at all, within a range, yes or no, so much
-- money.  A criterion has 3 or 2 indicators and needs all of them, but for a
-- few that need any, or 2 of their 3.
CREATE TABLE indicator AS
SELECT i AS indicator,
       name || CASE WHEN i > 50 THEN '_' || (i - 1) / 50 + 1 ELSE '' END AS name,
       c AS criterion,
       c || '.' || row_number() OVER (PARTITION BY c ORDER BY i) AS code,
       (ARRAY['least', 'least', 'least', 'yes', 'most', 'least', 'money', 'yes', 'range', 'none'])[i % 10 + 1] AS kind,
       CASE WHEN c % 10 = 7 THEN 1
            WHEN c % 10 = 3 THEN 2
            ELSE count(*) OVER (PARTITION BY c)::integer
       END AS needed,
       count(*) OVER (PARTITION BY c)::integer AS items
  FROM generate_series(1, :indicators) AS i
 CROSS JOIN LATERAL (SELECT (i - 1) * 2 / 5 + 1 AS c) AS of_criterion
 CROSS JOIN LATERAL (SELECT (regexp_split_to_array(
'master_plan_approved planning_rules_issued commune_road_paved village_road_hardened lane_road_clean
field_road_passable irrigated_land disaster_preparedness power_system_standard safe_power
standard_schools_share commune_culture_house recreation_area village_culture_house_share rural_market
postal_service telecom_internet broadcast_system it_in_administration temporary_houses standard_houses_share
income poor_households_share employment_rate lawful_cooperative value_chain_linkage universal_education
upper_secondary_transition trained_workers_share health_insurance commune_health_standard child_stunting
cultural_villages_share hygienic_water environment_compliant_businesses_share green_clean_landscape
burial_compliant waste_collected_treated household_sanitation hygienic_livestock_housing
food_safety_compliance officials_qualified political_organisations_complete party_government_strong
good_mass_organisations_share legal_access_standard gender_equality_protection militia_strong
security_order households', '\s+'))[(i - 1) % 50 + 1] AS name) AS n;

CREATE TABLE class AS
SELECT c AS class,
       coalesce((ARRAY['TDMNPB', 'DBSH', 'BTB', 'DHNTB', 'TN', 'DNB', 'DBSCL'])[c], 'CLASS_' || c) AS code
  FROM generate_series(1, :classes) AS c;

-- What a value must lie between, both ends included, by class; NULL where
-- there is no such end.  Yes and no are the same for all classes.
CREATE TABLE requirement AS
SELECT class, indicator,
       CASE kind WHEN 'least' THEN 95 - (indicator * 7 % 10) * 2.5 - easier * 5
                 WHEN 'money' THEN 50 - easier * 2
                 WHEN 'range' THEN 20 - easier
                 WHEN 'yes' THEN 1
                 WHEN 'none' THEN 0
       END::numeric AS low,
       CASE kind WHEN 'most' THEN 4 + easier * 1.5
                 WHEN 'range' THEN 60 + easier
                 WHEN 'none' THEN 0
       END::numeric AS high
  FROM indicator
 CROSS JOIN class
 CROSS JOIN LATERAL (SELECT (class + indicator) % :classes AS easier) AS e;

CREATE TABLE law AS
WITH written AS (
    SELECT class, indicator,
           CASE WHEN kind = 'yes' THEN 'met'
                WHEN low = high THEN '= ' || low
                WHEN high IS NULL THEN '>= ' || low
                WHEN low IS NULL THEN '<= ' || high
                ELSE 'between ' || low || ' and ' || high
           END AS rule
      FROM requirement JOIN indicator USING (indicator)),
node AS (
    SELECT DISTINCT criterion, 0 AS indicator,
           jsonb_build_object('code', criterion::text, 'title', 'Tiêu chí số ' || criterion, 'cite', 'benchmark, ' || criterion,
               'rule', CASE WHEN needed = items THEN 'all' WHEN needed = 1 THEN 'any' ELSE 'at least ' || needed END || ' of (*)') AS node
      FROM indicator
     UNION ALL
    SELECT criterion, indicator,
           jsonb_build_object('code', code, 'title', 'Tỷ lệ đạt chuẩn theo quy định: ' || name, 'measure', name, 'unit', '%',
               'cite', 'benchmark, ' || code, 'rule', (SELECT rule FROM written AS w WHERE w.indicator = i.indicator AND class = 1))
           || CASE WHEN kind IN ('yes', 'none') THEN '{}'
                   ELSE jsonb_build_object('when', (SELECT jsonb_object_agg(class.code, rule)
                                                      FROM written AS w JOIN class USING (class) WHERE w.indicator = i.indicator))
              END
      FROM indicator AS i)
SELECT jsonb_build_object('code', 'BENCH', 'title', 'Bộ tiêu chí để đo',
                          'nodes', jsonb_agg(node ORDER BY criterion, indicator))::ruleset AS ruleset
  FROM node;

-- Two of five units meet everything they report; the others fail from 1 to 8
-- in a hundred indicators.  One of eight leaves some of them empty.
CREATE TABLE unit AS
SELECT u AS unit, floor(chance(u, 0, 1) * :classes)::integer + 1 AS class,
       CASE WHEN chance(u, 0, 2) < 0.4 THEN 0 ELSE 0.01 + 0.07 * chance(u, 0, 3) END AS fails,
       CASE WHEN chance(u, 0, 4) < 0.125 THEN 0.04 ELSE 0 END AS omits
  FROM generate_series(1, :units) AS u;

CREATE UNLOGGED TABLE long AS
SELECT unit, indicator,
       CASE WHEN chance(unit, indicator, 5) < omits THEN NULL
            WHEN kind = 'yes' THEN (NOT failed)::integer::numeric
            WHEN low = high THEN low + CASE WHEN failed THEN floor(1 + amount * 20)::numeric ELSE 0 END
            WHEN low IS NULL THEN CASE WHEN failed THEN high + floor(1 + amount * 200)::numeric * 0.1
                                       ELSE floor(amount * high::double precision * 10)::numeric * 0.1 END
            WHEN failed THEN low - floor(1 + amount * 150)::numeric * 0.1
            ELSE low + floor(amount * (coalesce(high, low + 5) - low)::double precision * 10)::numeric * 0.1
       END AS value
  FROM unit
 CROSS JOIN indicator
  JOIN requirement USING (class, indicator)
 CROSS JOIN LATERAL (SELECT chance(unit, indicator, 6) < fails AS failed, chance(unit, indicator, 7) AS amount OFFSET 0) AS c
 ORDER BY unit, indicator;

-- Rows of up to a page stay in it, as in a registry's table of dossiers.
CREATE UNLOGGED TABLE dossier WITH (toast_tuple_target = 8160) AS
SELECT unit, class, measures, ARRAY[code] AS classes
  FROM (SELECT unit, measures_agg(name, value) AS measures
          FROM long JOIN indicator USING (indicator) GROUP BY unit) AS m
  JOIN unit USING (unit)
  JOIN class USING (class)
 ORDER BY unit;
ALTER TABLE dossier ADD PRIMARY KEY (unit);

\if :peers
ALTER TABLE long ADD PRIMARY KEY (unit, indicator);
ALTER TABLE unit ADD PRIMARY KEY (unit);

SELECT string_agg(format('(measures -> %L)::TYPE AS m%s', name, indicator), ', ' ORDER BY indicator) AS columns,
       string_agg(format('measures -> %L', name), ', ' ORDER BY indicator) AS elements
  FROM indicator \gset
SELECT format('CREATE UNLOGGED TABLE wide_numeric AS SELECT unit, class, %s FROM dossier', replace(:'columns', 'TYPE', 'numeric')) \gexec
SELECT format('CREATE UNLOGGED TABLE wide_float8 AS SELECT unit, class, %s FROM dossier', replace(:'columns', 'TYPE', 'float8')) \gexec
SELECT format('CREATE UNLOGGED TABLE array_float8 AS SELECT unit, class, ARRAY[%s]::float8[] AS measures FROM dossier', :'elements') \gexec
CREATE UNLOGGED TABLE document AS
SELECT unit, class, measures::jsonb AS measures FROM dossier;
\else
DROP TABLE long;
\endif

VACUUM (FREEZE, ANALYZE);
