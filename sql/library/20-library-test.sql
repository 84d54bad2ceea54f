-- The test cases of the shipped criteria sets.

CREATE TABLE ntm.library_test (
    code        text            NOT NULL REFERENCES ntm.library_document,
    name        text            NOT NULL CHECK (name <> ''),
    measures    ntm.measures    NOT NULL,
    classes     text[]          NOT NULL DEFAULT '{}',
    expected    jsonb           NOT NULL,
    cite        text,
    PRIMARY KEY (code, name)
);

COMMENT ON TABLE ntm.library_test IS
'Test cases of the shipped criteria sets, which adopt_criteria_set() of a registry copies into its criteria_test. Part of the extension: replaced with it, not dumped, not to be edited.';
COMMENT ON COLUMN ntm.library_test.code IS 'Code of the set.';
COMMENT ON COLUMN ntm.library_test.name IS 'What is tested, in words.';
COMMENT ON COLUMN ntm.library_test.measures IS 'What is known about the unit of the case.';
COMMENT ON COLUMN ntm.library_test.classes IS 'Its classes, in order of precedence.';
COMMENT ON COLUMN ntm.library_test.expected IS 'The verdicts it must get, by code of the node; overall is the set as a whole.';
COMMENT ON COLUMN ntm.library_test.cite IS 'The article it follows from. NULL = not given.';

GRANT SELECT ON ntm.library_test TO PUBLIC;

-- VN-XA-2016: the numbers of the annex, written out a second time, by region.
-- For each region a commune that just meets them all, and one that just misses
-- them all.  Yes/no indicators and those left to the province have no number.
INSERT INTO ntm.library_test (code, name, measures, classes, expected, cite)
WITH annex (indicator, measure, step, bounds) AS (VALUES
    --                                                                Chung TDMNPB DBSH  BTB  DHNTB  TN   DNB  DBSCL
    ('3.1',  'irrigated_land',                         -0.01, ARRAY[   80,   80,   80,   80,   80,   80,   80,   80]),
    ('4.2',  'safe_power',                             -0.01, ARRAY[   98,   95,   99,   98,   98,   98,   99,   98]),
    ('5',    'standard_schools_share',                 -0.01, ARRAY[   80,   70,  100,   80,   80,   70,  100,   70]),
    ('6.3',  'village_culture_house_share',            -0.01, ARRAY[  100,  100,  100,  100,  100,  100,  100,  100]),
    ('9.1',  'temporary_houses',                        1,    ARRAY[    0,    0,    0,    0,    0,    0,    0,    0]),
    ('9.2',  'standard_houses_share',                  -0.01, ARRAY[   80,   75,   90,   80,   80,   75,   90,   70]),
    ('10',   'income',                             -0.000001, ARRAY[   45,   36,   50,   36,   41,   41,   59,   50]),
    ('11',   'poor_households_share',                   0.01, ARRAY[    6,   12,    2,    5,    5,    7,    1,    4]),
    ('12',   'employment_rate',                        -0.01, ARRAY[   90,   90,   90,   90,   90,   90,   90,   90]),
    ('14.2', 'upper_secondary_transition',             -0.01, ARRAY[   85,   70,   90,   85,   85,   70,   90,   80]),
    ('14.3', 'trained_workers_share',                  -0.01, ARRAY[   40,   25,   40,   40,   40,   25,   45,   25]),
    ('15.1', 'health_insurance',                       -0.01, ARRAY[   85,   85,   85,   85,   85,   85,   85,   85]),
    ('15.3', 'child_stunting',                          0.01, ARRAY[ 21.8, 26.7, 13.9, 24.2, 24.2, 31.4, 14.3, 20.5]),
    ('16',   'cultural_villages_share',                -0.01, ARRAY[   70,   70,   70,   70,   70,   70,   70,   70]),
    ('17.1', 'hygienic_water',                         -0.01, ARRAY[   95,   90,   98,   98,   95,   95,   98,   95]),
    ('17.1', 'clean_water',                            -0.01, ARRAY[   60,   50,   65,   60,   60,   50,   65,   65]),
    ('17.2', 'environment_compliant_businesses_share', -0.01, ARRAY[  100,  100,  100,  100,  100,  100,  100,  100]),
    ('17.6', 'household_sanitation',                   -0.01, ARRAY[   85,   70,   90,   85,   85,   70,   90,   70]),
    ('17.7', 'hygienic_livestock_housing',             -0.01, ARRAY[   70,   60,   80,   70,   75,   60,   80,   60]),
    ('17.8', 'food_safety_compliance',                 -0.01, ARRAY[  100,  100,  100,  100,  100,  100,  100,  100]),
    ('18.4', 'good_mass_organisations_share',          -0.01, ARRAY[  100,  100,  100,  100,  100,  100,  100,  100])
), annex_met (indicator, measure) AS (VALUES
    ('1.1',  'master_plan_approved'), ('1.2',  'planning_rules_issued'),
    ('3.2',  'disaster_preparedness'),
    ('4.1',  'power_system_standard'),
    ('6.2',  'recreation_area'),
    ('7',    'rural_market'),
    ('8.1',  'postal_service'), ('8.2',  'telecom_internet'), ('8.3',  'broadcast_system'), ('8.4',  'it_in_administration'),
    ('13.1', 'lawful_cooperative'), ('13.2', 'value_chain_linkage'),
    ('14.1', 'universal_education'),
    ('15.2', 'commune_health_standard'),
    ('17.3', 'green_clean_landscape'),
    ('18.1', 'officials_qualified'), ('18.2', 'political_organisations_complete'), ('18.3', 'party_government_strong'),
    ('18.5', 'legal_access_standard'), ('18.6', 'gender_equality_protection'),
    ('19.1', 'militia_strong'), ('19.2', 'security_order')
), annex_delegated (indicator, measure) AS (VALUES
    ('2.1',  'commune_road_paved'), ('2.2',  'village_road_hardened'), ('2.3',  'lane_road_clean'), ('2.4',  'field_road_passable'),
    ('6.1',  'commune_culture_house'),
    ('17.4', 'burial_compliant'), ('17.5', 'waste_collected_treated')
), region (number, name, classes) AS (
    SELECT r.number, coalesce(r.code, 'Chung'), CASE WHEN r.code IS NULL THEN '{}' ELSE ARRAY[r.code] END
      FROM unnest(ARRAY[NULL, 'TDMNPB', 'DBSH', 'BTB', 'DHNTB', 'TN', 'DNB', 'DBSCL']) WITH ORDINALITY AS r (code, number)
), side (name, steps, yes, verdict) AS (VALUES
    ('just meets every bound',  0, 1, 'met'),
    ('just misses every bound', 1, 0, 'not_met')
), told (region, side, indicator, measure, value, verdict) AS (
    SELECT region.number, side.verdict, annex.indicator, annex.measure, annex.bounds[region.number] + annex.step * side.steps, side.verdict
      FROM annex, region, side
     UNION ALL
    SELECT region.number, side.verdict, annex_met.indicator, annex_met.measure, side.yes, side.verdict
      FROM annex_met, region, side
     UNION ALL
    SELECT region.number, side.verdict, annex_delegated.indicator, annex_delegated.measure, 100, 'unknown'
      FROM annex_delegated, region, side
), expectation (region, side, node, verdict) AS (
    SELECT told.region, told.side, told.indicator, told.verdict
      FROM told
     UNION
    -- a criterion needs all its indicators
    SELECT told.region, told.side, split_part(told.indicator, '.', 1),
           CASE WHEN bool_or(told.verdict = 'not_met') THEN 'not_met' WHEN bool_or(told.verdict = 'unknown') THEN 'unknown' ELSE 'met' END
      FROM told
     GROUP BY told.region, told.side, split_part(told.indicator, '.', 1)
     UNION
    SELECT region.number, side.verdict, 'overall', CASE side.verdict WHEN 'met' THEN 'unknown' ELSE 'not_met' END
      FROM region, side
)
SELECT 'VN-XA-2016', region.name || ': ' || side.name,
       (SELECT ntm.measures_agg(told.measure, told.value) FROM told WHERE told.region = region.number AND told.side = side.verdict),
       region.classes,
       (SELECT jsonb_object_agg(expectation.node, expectation.verdict) FROM expectation
         WHERE expectation.region = region.number AND expectation.side = side.verdict),
       '1980/QĐ-TTg'
  FROM region, side
 UNION ALL
-- 17.1 asks for two shares, and each of them alone is not enough
SELECT 'VN-XA-2016', region.name || ': only ' || short.measure || ' falls short',
       (SELECT ntm.measures_agg(annex.measure, annex.bounds[region.number] + CASE WHEN annex.measure = short.measure THEN annex.step ELSE 0 END)
          FROM annex WHERE annex.indicator = '17.1'),
       region.classes, '{"17.1": "not_met", "17": "not_met"}', '1980/QĐ-TTg, 17.1'
  FROM region, annex AS short
 WHERE short.indicator = '17.1';

INSERT INTO ntm.library_test (code, name, measures, classes, expected, cite)
VALUES ('VN-XA-2016', 'nothing is known', '{}', '{TDMNPB}',
        '{"overall": "unknown", "1": "unknown", "2.1": "unknown", "10": "unknown", "17.1": "unknown"}', NULL),
       ('VN-XA-2016', 'one failure decides, whatever else is not known', '{"income": 35.9}', '{TDMNPB}',
        '{"overall": "not_met", "10": "not_met", "11": "unknown"}', NULL),
       ('VN-XA-2016', 'a commune with no village, market or business of the kind', '{"rural_market": "n/a", "environment_compliant_businesses_share": "n/a"}', '{}',
        '{"7": "not_applicable", "17.2": "not_applicable"}', NULL),
       ('VN-XA-2016', 'the first of the classes decides', '{"income": 40, "poor_households_share": 6}', '{TDMNPB,DBSH}', '{"10": "met", "11": "met"}', NULL),
       ('VN-XA-2016', 'in their order', '{"income": 40, "poor_households_share": 6}', '{DBSH,TDMNPB}', '{"10": "not_met", "11": "not_met"}', NULL),
       ('VN-XA-2016', 'a class that the annex does not know', '{"income": 45, "poor_households_share": 6.01}', '{DBKK}', '{"10": "met", "11": "not_met"}', NULL);

-- PT-KDC-DEMO: an area of 200 households.
INSERT INTO ntm.library_test (code, name, measures, classes, expected)
WITH base (measures) AS (
    SELECT '{"main_road_km": 2, "main_road_hardened_km": 1.4, "lane_road_clean": 80, "households": 200, "households_safe_power": 190,
             "temporary_houses": 0, "standard_houses_share": 75, "culture_house": true, "sports_ground": true, "cultural_title": true,
             "loudspeakers": true, "internet_service": true, "reading_room": true, "market_standard": true, "income": 30,
             "poor_households": 24, "employment_rate": 90, "production_model": true, "school_attendance": 98, "health_insurance": 85,
             "households_hygienic_water": 180, "household_sanitation": 70, "households_waste_collected": 160,
             "party_cell_good": true, "area_security": true}'::ntm.measures
), failing (measures) AS (
    SELECT '{"main_road_km": 2, "main_road_hardened_km": 1.39, "lane_road_clean": 79.99, "households": 200, "households_safe_power": 189,
             "temporary_houses": 1, "standard_houses_share": 74.99, "culture_house": false, "shared_culture_house": false, "sports_ground": false,
             "cultural_title": false, "loudspeakers": false, "internet_service": false, "reading_room": false, "market_standard": false,
             "income": 29.999999, "poor_households": 25, "employment_rate": 89.99, "production_model": false, "school_attendance": 97.99,
             "health_insurance": 84.99, "households_hygienic_water": 179, "household_sanitation": 69.99, "households_waste_collected": 159,
             "party_cell_good": false, "area_security": false}'::ntm.measures
), node (code) AS (
    SELECT unnest(ARRAY['overall', '1', '1.1', '1.2', '2', '3', '3.1', '3.2', '4', '4.1', '4.2', '4.3', '5', '5.1', '5.2', '5.3', '6', '7', '8',
                        '9', '9.1', '9.2', '10', '11', '12', '12.1', '12.2', '12.3', '13', '13.1', '13.2'])
)
SELECT 'PT-KDC-DEMO', 'just meets every bound', base.measures, '{}'::text[], (SELECT jsonb_object_agg(node.code, 'met') FROM node)
  FROM base
 UNION ALL
SELECT 'PT-KDC-DEMO', 'just misses every bound', failing.measures, '{}', (SELECT jsonb_object_agg(node.code, 'not_met') FROM node)
  FROM failing
 UNION ALL
SELECT 'PT-KDC-DEMO', changed.name, base.measures OPERATOR(ntm.||) changed.measures::ntm.measures, changed.classes::text[], changed.expected::jsonb
  FROM base, (VALUES
       ('DBKK: half of the road', '{"main_road_hardened_km": 1}', '{DBKK}', '{"1.1": "met", "1": "met", "overall": "met"}'),
       ('DBKK: less than half of the road', '{"main_road_hardened_km": 0.99}', '{DBKK}', '{"1.1": "not_met", "1": "not_met", "overall": "not_met"}'),
       ('half of the road is enough for DBKK only', '{"main_road_hardened_km": 1}', '{}', '{"1.1": "not_met", "overall": "not_met"}'),
       ('a culture house shared with the next area', '{"culture_house": false, "shared_culture_house": true}', '{}', '{"4.1": "met", "4": "met", "overall": "met"}'),
       ('whether it is shared is not known', '{"culture_house": false}', '{}', '{"4.1": "unknown", "4": "unknown", "overall": "unknown"}'),
       ('two of three kinds of information', '{"reading_room": false}', '{}', '{"5": "met", "5.3": "not_met", "overall": "met"}'),
       ('one of three kinds of information', '{"reading_room": false, "internet_service": false}', '{}', '{"5": "not_met", "overall": "not_met"}'),
       ('one kind, and another that is not known', '{"reading_room": null, "internet_service": false}', '{}', '{"5": "unknown", "overall": "unknown"}'),
       ('an area without a market', '{"market_standard": "n/a"}', '{}', '{"6": "not_applicable", "overall": "met"}')
       ) AS changed (name, measures, classes, expected);
