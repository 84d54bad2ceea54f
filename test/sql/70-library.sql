-- The shipped criteria sets.

BEGIN;

SET search_path = ntm, public;

SELECT plan(98);

-- The numbers of the annex to decision 1980/QĐ-TTg, written out here a second
-- time; 17.1 has two.
CREATE TEMPORARY TABLE annex (
    indicator   text,
    measure     text,
    comparison  text,
    chung       numeric,
    tdmnpb      numeric,
    dbsh        numeric,
    btb         numeric,
    dhntb       numeric,
    tn          numeric,
    dnb         numeric,
    dbscl       numeric
);

INSERT INTO annex VALUES
    ('3.1',  'irrigated_land',                         '>=',   80,   80,   80,   80,   80,   80,   80,   80),
    ('4.2',  'safe_power',                             '>=',   98,   95,   99,   98,   98,   98,   99,   98),
    ('5',    'standard_schools_share',                 '>=',   80,   70,  100,   80,   80,   70,  100,   70),
    ('6.3',  'village_culture_house_share',            '>=',  100,  100,  100,  100,  100,  100,  100,  100),
    ('9.1',  'temporary_houses',                       '=',     0,    0,    0,    0,    0,    0,    0,    0),
    ('9.2',  'standard_houses_share',                  '>=',   80,   75,   90,   80,   80,   75,   90,   70),
    ('10',   'income',                                 '>=',   45,   36,   50,   36,   41,   41,   59,   50),
    ('11',   'poor_households_share',                  '<=',    6,   12,    2,    5,    5,    7,    1,    4),
    ('12',   'employment_rate',                        '>=',   90,   90,   90,   90,   90,   90,   90,   90),
    ('14.2', 'upper_secondary_transition',             '>=',   85,   70,   90,   85,   85,   70,   90,   80),
    ('14.3', 'trained_workers_share',                  '>=',   40,   25,   40,   40,   40,   25,   45,   25),
    ('15.1', 'health_insurance',                       '>=',   85,   85,   85,   85,   85,   85,   85,   85),
    ('15.3', 'child_stunting',                         '<=', 21.8, 26.7, 13.9, 24.2, 24.2, 31.4, 14.3, 20.5),
    ('16',   'cultural_villages_share',                '>=',   70,   70,   70,   70,   70,   70,   70,   70),
    ('17.1', 'hygienic_water',                         '>=',   95,   90,   98,   98,   95,   95,   98,   95),
    ('17.1', 'clean_water',                            '>=',   60,   50,   65,   60,   60,   50,   65,   65),
    ('17.2', 'environment_compliant_businesses_share', '>=',  100,  100,  100,  100,  100,  100,  100,  100),
    ('17.6', 'household_sanitation',                   '>=',   85,   70,   90,   85,   85,   70,   90,   70),
    ('17.7', 'hygienic_livestock_housing',             '>=',   70,   60,   80,   70,   75,   60,   80,   60),
    ('17.8', 'food_safety_compliance',                 '>=',  100,  100,  100,  100,  100,  100,  100,  100),
    ('18.4', 'good_mass_organisations_share',          '>=',  100,  100,  100,  100,  100,  100,  100,  100);

-- "Đạt" in all regions
CREATE TEMPORARY TABLE annex_met (
    indicator   text,
    measure     text
);

INSERT INTO annex_met VALUES
    ('1.1',  'master_plan_approved'),
    ('1.2',  'planning_rules_issued'),
    ('3.2',  'disaster_preparedness'),
    ('4.1',  'power_system_standard'),
    ('6.2',  'recreation_area'),
    ('7',    'rural_market'),
    ('8.1',  'postal_service'),
    ('8.2',  'telecom_internet'),
    ('8.3',  'broadcast_system'),
    ('8.4',  'it_in_administration'),
    ('13.1', 'lawful_cooperative'),
    ('13.2', 'value_chain_linkage'),
    ('14.1', 'universal_education'),
    ('15.2', 'commune_health_standard'),
    ('17.3', 'green_clean_landscape'),
    ('18.1', 'officials_qualified'),
    ('18.2', 'political_organisations_complete'),
    ('18.3', 'party_government_strong'),
    ('18.5', 'legal_access_standard'),
    ('18.6', 'gender_equality_protection'),
    ('19.1', 'militia_strong'),
    ('19.2', 'security_order');

-- "UBND cấp tỉnh quy định" in all regions
CREATE TEMPORARY TABLE annex_delegated (
    indicator   text,
    measure     text
);

INSERT INTO annex_delegated VALUES
    ('2.1',  'commune_road_paved'),
    ('2.2',  'village_road_hardened'),
    ('2.3',  'lane_road_clean'),
    ('2.4',  'field_road_passable'),
    ('6.1',  'commune_culture_house'),
    ('17.4', 'burial_compliant'),
    ('17.5', 'waste_collected_treated');

CREATE TEMPORARY TABLE region AS
SELECT code, CASE WHEN code IS NULL THEN '{}' ELSE ARRAY[code] END AS classes
  FROM unnest(ARRAY[NULL, 'TDMNPB', 'DBSH', 'BTB', 'DHNTB', 'TN', 'DNB', 'DBSCL']) AS code;

CREATE TEMPORARY VIEW annex_value AS
SELECT annex.indicator, annex.measure, annex.comparison, region.code AS region, region.classes,
       CASE region.code
           WHEN 'TDMNPB' THEN tdmnpb
           WHEN 'DBSH' THEN dbsh
           WHEN 'BTB' THEN btb
           WHEN 'DHNTB' THEN dhntb
           WHEN 'TN' THEN tn
           WHEN 'DNB' THEN dnb
           WHEN 'DBSCL' THEN dbscl
           ELSE chung
       END AS threshold
  FROM annex CROSS JOIN region;

CREATE TEMPORARY TABLE national AS
SELECT ruleset FROM library WHERE code = 'VN-XA-2016';

CREATE TEMPORARY TABLE demo AS
SELECT ruleset FROM library WHERE code = 'PT-KDC-DEMO';

-- ---- the list ----

SELECT results_eq(
    'SELECT code, level, tier, issuer, decision, decision_date, valid_from, valid_to, jurisdiction, status FROM library ORDER BY code',
    $$VALUES ('PT-KDC-DEMO', 'area', 'standard', NULL, NULL, NULL::date, '2017-01-01'::date, NULL::date, NULL, 'illustrative'),
             ('VN-XA-2016', 'commune', 'standard', 'Thủ tướng Chính phủ', '1980/QĐ-TTg', '2016-10-17', '2016-12-01', NULL, 'Việt Nam', 'unverified')$$,
    'the library lists its sets');

SELECT results_eq(
    'SELECT code, criteria, indicators, delegated FROM library ORDER BY code',
    $$VALUES ('PT-KDC-DEMO', 13, 23, 0), ('VN-XA-2016', 19, 49, 7)$$,
    'with the numbers of criteria and indicators');

SELECT results_eq(
    'SELECT code, sourced + unverified + illustrative, illustrative FROM library ORDER BY code',
    $$SELECT code, count(*)::integer, count(*) FILTER (WHERE status = 'illustrative')::integer
        FROM library_requirement GROUP BY code ORDER BY code$$,
    'and of requirements by status');

SELECT is_empty(
    $$SELECT code FROM library WHERE title <> ruleset_title(ruleset) OR code <> ruleset_code(ruleset) OR title IS NULL$$,
    'code and title are the document''s');

SELECT matches(title, 'minh họa', 'the title of an illustrative set says so')
  FROM library
 WHERE status = 'illustrative';

SELECT is_empty(
    $$SELECT relation
        FROM unnest(ARRAY['library', 'library_requirement', 'library_document', 'library_edition']) AS relation
       WHERE NOT has_table_privilege('public', 'ntm.' || relation, 'SELECT')
          OR has_table_privilege('public', 'ntm.' || relation, 'INSERT, UPDATE, DELETE, TRUNCATE')$$,
    'everybody may read the library, nobody else may change it');

SELECT is_empty(
    $$SELECT code FROM library WHERE ruleset::text IS NOT NFC NORMALIZED$$,
    'all Vietnamese is in NFC');

SELECT is_empty(
    $$SELECT library.code, node.code
        FROM library CROSS JOIN LATERAL nodes(ruleset) AS node
       WHERE node.title IS NULL OR node.cite NOT LIKE '%, ' || node.code$$,
    'every node has a title and an article');

SELECT is_empty(
    $$SELECT code, measure.name
        FROM library CROSS JOIN LATERAL declared_measures(ruleset) AS measure
       WHERE measure.name !~ '^[a-z][a-z0-9_]*$' OR measure.title IS NULL OR measure.unit IS NULL$$,
    'every measure has a plain name, a title and a unit');

SELECT is_empty(
    $$SELECT name FROM library CROSS JOIN LATERAL declared_measures(ruleset) GROUP BY name HAVING count(DISTINCT unit) > 1$$,
    'a measure has one unit in all sets');

SELECT is_empty(
    $$SELECT * FROM library_requirement WHERE source IS NULL$$,
    'every requirement says where it comes from');

SELECT is_empty(
    $$SELECT * FROM library_requirement WHERE (rule IS NULL) <> (delegated IS NOT NULL)$$,
    'every requirement is a rule, or says who is to set it');

SELECT is_empty(
    $$SELECT * FROM library_requirement WHERE status <> 'illustrative' AND code = 'PT-KDC-DEMO'
       UNION ALL
      SELECT * FROM library_requirement WHERE status = 'illustrative' AND code <> 'PT-KDC-DEMO'$$,
    'what was invented says so, and stands in a set of its own');

-- ---- decision 1980/QĐ-TTg ----

SELECT results_eq(
    'SELECT code FROM national CROSS JOIN LATERAL nodes(ruleset) WHERE parent IS NULL ORDER BY position',
    'SELECT n::text FROM generate_series(1, 19) AS n',
    'the national set has criteria 1 to 19, in order');

SELECT results_eq(
    'SELECT code FROM national CROSS JOIN LATERAL unnest(classes(ruleset)) AS code ORDER BY code COLLATE "C"',
    'SELECT code FROM region WHERE code IS NOT NULL ORDER BY code COLLATE "C"',
    'and seven regions');

SELECT results_eq(
    $$SELECT node.code, node.measure
        FROM national CROSS JOIN LATERAL nodes(ruleset) AS node
       WHERE node.measure IS NOT NULL
       ORDER BY node.code$$,
    $$SELECT indicator, measure FROM annex WHERE measure <> 'clean_water'
       UNION SELECT * FROM annex_met
       UNION SELECT * FROM annex_delegated
       ORDER BY indicator$$,
    'its indicators are those of the annex');

-- A value at the threshold, and the least step to either side of it; the other
-- part of 17.1 is beyond doubt.
SELECT is(
    array_agg(format('%s %s: %s', coalesce(region, 'Chung'), value, found) ORDER BY region, value)
        FILTER (WHERE found IS DISTINCT FROM expected),
    NULL,
    format('%s: %s %s the threshold of each region', indicator, measure, comparison))
  FROM (SELECT indicator, measure, comparison, region, threshold + step AS value,
               CASE WHEN step = 0 OR comparison = CASE WHEN step > 0 THEN '>=' ELSE '<=' END
                    THEN 'met' ELSE 'not_met' END AS expected,
               (assess(('{"hygienic_water": 100, "clean_water": 100}'::jsonb
                        || jsonb_build_object(measure, threshold + step))::text::measures,
                       ruleset, classes) -> indicator)::text AS found
          FROM national, annex_value, unnest(ARRAY[-0.000001, 0, 0.000001]) AS step) AS tried
 GROUP BY indicator, measure, comparison
 ORDER BY indicator, measure;

SELECT is(
    array_agg(format('%s %s: %s', coalesce(region.code, 'Chung'), value, found) ORDER BY region.code, value)
        FILTER (WHERE found IS DISTINCT FROM expected),
    NULL,
    format('%s: %s is needed in each region', indicator, measure))
  FROM (VALUES ('true', 'met'), ('false', 'not_met'), ('1', 'met'), ('0.999999', 'not_met'),
               ('null', 'unknown'), ('"n/a"', 'not_applicable')) AS value (value, expected),
       national, annex_met, region,
       LATERAL (SELECT (assess(format('{"%s": %s}', measure, value)::measures, ruleset, classes)
                        -> indicator)::text AS found) AS tried
 GROUP BY indicator, measure
 ORDER BY indicator;

SELECT is_empty(
    $$SELECT indicator, region.code, measures
        FROM national, annex_delegated, region,
             unnest(ARRAY['{}', '{"%s": 0}', '{"%s": 100}', '{"%s": true}', '{"%s": null}']) AS measures
       WHERE assess(replace(measures, '%s', measure)::measures, ruleset, classes) -> indicator <> 'unknown'$$,
    'what the province is to set stays unknown, whatever is reported');

SELECT results_eq(
    $$SELECT code, delegated FROM national CROSS JOIN LATERAL nodes(ruleset) WHERE delegated IS NOT NULL ORDER BY code$$,
    $$SELECT indicator, 'UBND cấp tỉnh quy định' FROM annex_delegated ORDER BY indicator$$,
    'and says who is to set it');

SELECT is_empty(
    $$SELECT indicator, region
        FROM national, annex_value
       WHERE assess('{}', ruleset, classes) -> indicator <> 'unknown'$$,
    'an indicator without a report is unknown');

SELECT is(
    array[assess('{"hygienic_water": 100}', ruleset) -> '17.1',
          assess('{"hygienic_water": 94, "clean_water": null}', ruleset) -> '17.1',
          assess('{"clean_water": 59}', ruleset) -> '17.1',
          assess('{"hygienic_water": 100, "clean_water": 59}', ruleset) -> '17.1']::text[],
    '{unknown,not_met,not_met,not_met}',
    'both parts of 17.1 count, and one that fails decides')
  FROM national;

SELECT is(
    array[assess('{"income": 36}', ruleset, '{DBKK}') -> '10',
          assess('{"income": 36}', ruleset, '{DBKK,TDMNPB,DNB}') -> '10',
          assess('{"income": 36}', ruleset, '{DNB,TDMNPB}') -> '10']::text[],
    '{not_met,met,not_met}',
    'a foreign class changes nothing; of two regions the first decides')
  FROM national;

-- A commune that reaches every threshold of its region and no more.
CREATE TEMPORARY TABLE commune AS
SELECT region.code AS region, region.classes,
       ((SELECT jsonb_object_agg(measure, threshold) FROM annex_value WHERE annex_value.classes = region.classes)
        || (SELECT jsonb_object_agg(measure, true) FROM annex_met)
        || (SELECT jsonb_object_agg(measure, 100) FROM annex_delegated))::text::measures AS measures
  FROM region;

SELECT results_eq(
    $$SELECT overall(card)::text, criterion_count(card), met_count(card), not_met_count(card), unknown_count(card),
             criteria(card, 'unknown'), indicators(card, 'unknown')
        FROM national, commune, assess(measures, ruleset, classes) AS card$$,
    $$SELECT 'unknown', 19, 16, 0, 3, '{2,6,17}'::text[], '{2.1,2.2,2.3,2.4,6.1,17.4,17.5}'::text[]
        FROM region$$,
    'a commune that meets all the rest is unknown, not met, in each region');

SELECT results_eq(
    $$SELECT code FROM national, commune, explain(measures, ruleset, classes)
       WHERE region = 'TDMNPB' AND decisive AND parent IS NOT NULL$$,
    $$VALUES ('2.1'), ('2.2'), ('2.3'), ('2.4'), ('6.1'), ('17.4'), ('17.5')$$,
    'and exactly what the province is to set is decisive');

SELECT is_empty(
    $$SELECT region, missing.measure, overall(card), criteria(card, 'not_met')
        FROM national, commune
       CROSS JOIN LATERAL (
             SELECT indicator, measure, CASE comparison WHEN '>=' THEN threshold - 0.000001 ELSE threshold + 0.000001 END AS value
               FROM annex_value WHERE annex_value.classes = commune.classes
              UNION ALL
             SELECT indicator, measure, 0 FROM annex_met) AS missing,
             assess(measures || jsonb_build_object(missing.measure, missing.value)::text::measures, ruleset, classes) AS card
       WHERE overall(card) <> 'not_met'
          OR criteria(card, 'not_met') <> ARRAY[split_part(missing.indicator, '.', 1)]
          OR indicators(card, 'not_met') <> ARRAY[missing.indicator]$$,
    'one that misses a single threshold by the least step fails by exactly that indicator');

-- the province's part, made up
CREATE TEMPORARY TABLE provincial AS
SELECT jsonb_set(ruleset::jsonb, '{nodes}', (
           SELECT jsonb_agg(CASE WHEN node ? 'delegated'
                                 THEN (node - 'delegated') || '{"rule": ">= 100"}'
                                 ELSE node END ORDER BY position)
             FROM jsonb_array_elements(ruleset::jsonb -> 'nodes') WITH ORDINALITY AS list (node, position)))::ruleset
       AS ruleset
  FROM national;

SELECT results_eq(
    $$SELECT overall(card)::text, met_count(card)
        FROM provincial, commune, assess(measures, ruleset, classes) AS card$$,
    $$SELECT 'met', 19 FROM region$$,
    'with a rule of the province in each such place it meets the set');

SELECT is(
    array[assess(measures || '{"rural_market": "n/a"}', ruleset, classes) -> '7',
          overall(assess(measures || '{"rural_market": "n/a"}', ruleset, classes))]::text[],
    '{not_applicable,met}',
    'what does not exist at a place is no obstacle')
  FROM provincial, commune
 WHERE region = 'TDMNPB';

-- where the values come from
CREATE FUNCTION pg_temp.statuses(class text) RETURNS TABLE (indicator text, status text)
    LANGUAGE sql
    SET search_path = ntm, pg_temp
    AS $$
    SELECT DISTINCT ON (node) node, status
      FROM library_requirement AS requirement
     WHERE code = 'VN-XA-2016'
       AND (requirement.class = $1 OR requirement.class IS NULL)
     ORDER BY node, requirement.class
    $$;

SELECT results_eq(
    $$SELECT indicator, status FROM pg_temp.statuses('TDMNPB') JOIN annex USING (indicator)
       GROUP BY indicator, status ORDER BY indicator COLLATE "C"$$,
    $$VALUES ('10', 'sourced'), ('11', 'unverified'), ('12', 'sourced'), ('14.2', 'sourced'), ('14.3', 'sourced'),
             ('15.1', 'sourced'), ('15.3', 'sourced'), ('16', 'unverified'), ('17.1', 'sourced'), ('17.2', 'unverified'),
             ('17.6', 'unverified'), ('17.7', 'unverified'), ('17.8', 'sourced'), ('18.4', 'unverified'), ('3.1', 'sourced'),
             ('4.2', 'unverified'), ('5', 'unverified'), ('6.3', 'unverified'), ('9.1', 'unverified'), ('9.2', 'unverified')$$,
    'the thresholds of the northern midlands: sourced or unverified');

SELECT results_eq(
    $$SELECT indicator, status FROM pg_temp.statuses('BTB') JOIN annex USING (indicator)
       WHERE indicator IN ('4.2', '5', '9.2', '17.6')
       GROUP BY indicator, status ORDER BY indicator COLLATE "C"$$,
    $$VALUES ('17.6', 'unverified'), ('4.2', 'unverified'), ('5', 'unverified'), ('9.2', 'unverified')$$,
    'a region''s value is unverified even where it equals a sourced one for all');

SELECT results_eq(
    $$SELECT node, coalesce(class, 'Chung'), status, rule
        FROM library_requirement
       WHERE code = 'VN-XA-2016' AND source ~ '^unverified.*https?://.* (gives|from memory)'
       ORDER BY node COLLATE "C", class COLLATE "C" NULLS FIRST$$,
    $$VALUES ('14.3', 'BTB', 'unverified', '>= 40%'),
             ('14.3', 'DBSH', 'unverified', '>= 40%'),
             ('14.3', 'DHNTB', 'unverified', '>= 40%'),
             ('17.1', 'Chung', 'unverified', '>= 95% and clean_water >= 60%'),
             ('17.1', 'DHNTB', 'unverified', '>= 95% and clean_water >= 60%'),
             ('8.3', 'Chung', 'unverified', 'met'),
             ('8.4', 'Chung', 'unverified', 'met')$$,
    'where sources disagree the requirement is unverified, and says what each one gives');

-- ---- the illustrative set ----

SELECT results_eq(
    'SELECT code FROM demo CROSS JOIN LATERAL nodes(ruleset) WHERE parent IS NULL ORDER BY position',
    'SELECT n::text FROM generate_series(1, 13) AS n',
    'the illustrative set has criteria 1 to 13, in order');

CREATE TEMPORARY TABLE area (measures) AS
VALUES ('{"households": 100, "main_road_km": 2, "main_road_hardened_km": 1.4, "lane_road_clean": 80, "households_safe_power": 95,
          "temporary_houses": 0, "standard_houses_share": 75, "culture_house": true, "shared_culture_house": false,
          "sports_ground": true, "cultural_title": true, "loudspeakers": true, "internet_service": true, "reading_room": false,
          "market_standard": "n/a", "income": 30, "poor_households": 12, "employment_rate": 90, "production_model": true,
          "school_attendance": 98, "health_insurance": 85, "households_hygienic_water": 90, "household_sanitation": 70,
          "households_waste_collected": 80, "party_cell_good": true, "area_security": true}'::measures);

SELECT results_eq(
    $$SELECT overall(card)::text, met_count(card), criteria(card, 'not_applicable'), indicators(card, 'not_met')
        FROM demo, area, assess(measures, ruleset) AS card$$,
    $$VALUES ('met', 13, '{6}'::text[], '{5.3}'::text[])$$,
    'an area at every threshold meets it; a market is needed only where there is one');

SELECT is((SELECT array_agg(name ORDER BY name) FROM area, each(measures)), variables(ruleset), 'and has reported every measure')
  FROM demo;

SELECT is(
    (assess(measures || format('{"%s": %s}', name, value)::measures, ruleset) -> criterion)::text,
    'not_met',
    format('%s: not with %s %s', criterion, name, value))
  FROM demo, area,
       (VALUES ('1', 'main_road_hardened_km', '1.399999'), ('1', 'lane_road_clean', '79.999999'),
               ('2', 'households_safe_power', '94'), ('3', 'temporary_houses', '1'), ('3', 'standard_houses_share', '74.999999'),
               ('4', 'culture_house', 'false'), ('4', 'sports_ground', 'false'), ('4', 'cultural_title', 'false'),
               ('5', 'internet_service', 'false'), ('6', 'market_standard', 'false'), ('7', 'income', '29.999999'),
               ('8', 'poor_households', '13'), ('9', 'employment_rate', '89.999999'), ('9', 'production_model', 'false'),
               ('10', 'school_attendance', '97.999999'), ('11', 'health_insurance', '84.999999'),
               ('12', 'households_hygienic_water', '89'), ('12', 'household_sanitation', '69.999999'),
               ('12', 'households_waste_collected', '79'), ('13', 'party_cell_good', 'false'), ('13', 'area_security', 'false'))
       AS missing (criterion, name, value);

SELECT is(
    array[assess(measures || '{"main_road_hardened_km": 1}', ruleset, '{DBKK}') -> '1.1',
          assess(measures || '{"main_road_hardened_km": 0.999999}', ruleset, '{DBKK}') -> '1.1',
          assess(measures || '{"main_road_hardened_km": 1}', ruleset) -> '1.1']::text[],
    '{met,not_met,not_met}',
    'an especially hard area needs half of its main road hardened')
  FROM demo, area;

SELECT is(
    array[assess(measures || '{"culture_house": false, "shared_culture_house": true}', ruleset) -> '4.1',
          assess(measures || '{"culture_house": false, "shared_culture_house": null}', ruleset) -> '4.1',
          assess(measures || '{"internet_service": false, "reading_room": true}', ruleset) -> '5',
          assess(measures || '{"internet_service": null}', ruleset) -> '5']::text[],
    '{met,unknown,met,unknown}',
    'one culture house of two kinds and two of three means of information are enough')
  FROM demo, area;

SELECT * FROM finish();

ROLLBACK;
