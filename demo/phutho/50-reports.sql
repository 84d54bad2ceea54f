-- The reports that bring these targets about, all of them generated: the values
-- of every measure, and the forms that they arrive in.

-- How hard a criterion is, and of how many of its measures at least one has to
-- lack before it is not met.
CREATE UNLOGGED TABLE phutho_demo.criterion AS
SELECT given.level, criterion.code, criterion.hardness,
       CASE WHEN given.level = 'area' AND criterion.code = '5' THEN 2 ELSE 1 END AS lacking
  FROM (VALUES
        ('commune', '{"1": 0.05, "2": 0.75, "3": 0.3, "4": 0.15, "5": 0.8, "6": 0.9, "7": 0.4, "8": 0.1, "9": 0.5, "10": 0.65,
                      "11": 0.6, "12": 0.15, "13": 0.5, "14": 0.35, "15": 0.45, "16": 0.3, "17": 0.85, "18": 0.2, "19": 0.1}'),
        ('area', '{"1": 0.75, "2": 0.15, "3": 0.45, "4": 0.8, "5": 0.35, "6": 0.25, "7": 0.6, "8": 0.55, "9": 0.5, "10": 0.3,
                   "11": 0.45, "12": 0.85, "13": 0.2}')) AS given (level, hardness)
 CROSS JOIN LATERAL jsonb_each_text(given.hardness::jsonb) AS hard (code, value)
 CROSS JOIN LATERAL (SELECT hard.code COLLATE "C", hard.value::numeric) AS criterion (code, hardness);

-- The range of values where a measure falls short and where it suffices, worst
-- first.  With a base it is a percentage of that.
CREATE UNLOGGED TABLE phutho_demo.measure_profile (
    level       text,
    criterion   text COLLATE "C",
    measure     text COLLATE "C",
    poor_from   numeric,
    poor_to     numeric,
    good_from   numeric,
    good_to     numeric,
    step        numeric,
    base        text,
    class       text,               -- NULL = every class
    not_applicable numeric          -- share of units that it does not apply to
);

INSERT INTO phutho_demo.measure_profile
VALUES ('commune', '2',  'commune_road_paved',                       50,   99,  100, 100,  0.1, NULL, NULL, 0),
       ('commune', '2',  'village_road_hardened',                    35,   69,   70,  98,  0.1, NULL, NULL, 0),
       ('commune', '2',  'lane_road_clean',                          35,   69,   70,  98,  0.1, NULL, NULL, 0),
       ('commune', '2',  'field_road_passable',                      20,   49,   50,  90,  0.1, NULL, NULL, 0),
       ('commune', '3',  'irrigated_land',                           50,   79,   80,  98,  0.1, NULL, NULL, 0),
       ('commune', '4',  'safe_power',                               80, 94.5,   95, 100,  0.1, NULL, NULL, 0),
       ('commune', '5',  'standard_schools_share',                   20,   69,   70, 100,  0.1, NULL, NULL, 0),
       ('commune', '6',  'village_culture_house_share',              40,   97,  100, 100,  0.1, NULL, NULL, 0),
       ('commune', '9',  'temporary_houses',                         45,    1,    0,   0,    1, NULL, NULL, 0),
       ('commune', '9',  'standard_houses_share',                    48, 74.5,   75,  97,  0.1, NULL, NULL, 0),
       ('commune', '10', 'income',                                   15, 35.8,   36,  52,  0.1, NULL, NULL, 0),
       ('commune', '11', 'poor_households_share',                    38, 12.2,   12,   2,  0.1, NULL, NULL, 0),
       ('commune', '12', 'employment_rate',                          76, 89.5,   90,  98,  0.1, NULL, NULL, 0),
       ('commune', '14', 'upper_secondary_transition',               50, 69.5,   70,  95,  0.1, NULL, NULL, 0),
       ('commune', '14', 'trained_workers_share',                    10, 24.5,   25,  60,  0.1, NULL, NULL, 0),
       ('commune', '15', 'health_insurance',                         62, 84.8,   85,  99,  0.1, NULL, NULL, 0),
       ('commune', '15', 'child_stunting',                           36, 26.9, 26.7,  12,  0.1, NULL, NULL, 0),
       ('commune', '16', 'cultural_villages_share',                  38,   69,   70, 100,  0.1, NULL, NULL, 0),
       ('commune', '17', 'hygienic_water',                           60, 89.5,   90, 100,  0.1, NULL, NULL, 0),
       ('commune', '17', 'clean_water',                              12,   49,   50,  88,  0.1, NULL, NULL, 0),
       ('commune', '17', 'environment_compliant_businesses_share',   55,   97,  100, 100,  0.1, NULL, NULL, 0.10),
       ('commune', '17', 'household_sanitation',                     38,   69,   70,  96,  0.1, NULL, NULL, 0),
       ('commune', '17', 'hygienic_livestock_housing',               25,   59,   60,  92,  0.1, NULL, NULL, 0),
       ('commune', '17', 'food_safety_compliance',                   60,   98,  100, 100,  0.1, NULL, NULL, 0),
       ('commune', '18', 'good_mass_organisations_share',            60,   80,  100, 100,    1, NULL, NULL, 0),
       ('area',    '1',  'main_road_hardened_km',                    20,   69,   70, 100, 0.01, 'main_road_km', 'other', 0),
       ('area',    '1',  'main_road_hardened_km',                    15,   49,   50,  95, 0.01, 'main_road_km', 'DBKK', 0),
       ('area',    '1',  'lane_road_clean',                          40,   79,   80, 100,  0.1, NULL, NULL, 0),
       ('area',    '2',  'households_safe_power',                    75,   94,   95, 100,    1, 'households', NULL, 0),
       ('area',    '3',  'temporary_houses',                          9,    1,    0,   0,    1, NULL, NULL, 0),
       ('area',    '3',  'standard_houses_share',                    48, 74.5,   75,  98,  0.1, NULL, NULL, 0),
       ('area',    '7',  'income',                                   16, 29.8,   30,  46,  0.1, NULL, NULL, 0),
       ('area',    '8',  'poor_households',                          38, 12.5,   12,   1,    1, 'households', NULL, 0),
       ('area',    '9',  'employment_rate',                          75, 89.5,   90,  98,  0.1, NULL, NULL, 0),
       ('area',    '10', 'school_attendance',                        90, 97.8,   98, 100,  0.1, NULL, NULL, 0),
       ('area',    '11', 'health_insurance',                         62, 84.8,   85,  99,  0.1, NULL, NULL, 0),
       ('area',    '12', 'households_hygienic_water',                60,   89,   90, 100,    1, 'households', NULL, 0),
       ('area',    '12', 'household_sanitation',                     38,   69,   70,  97,  0.1, NULL, NULL, 0),
       ('area',    '12', 'households_waste_collected',               30,   79,   80, 100,    1, 'households', NULL, 0);

-- The other indicators are yes or no.  Most areas and some communes have no market.
INSERT INTO phutho_demo.measure_profile
SELECT criteria_set.level, split_part(node.code, '.', 1), node.measure, 0, 0, 1, 1, 1, NULL, NULL,
       CASE node.measure WHEN 'market_standard' THEN 0.85 WHEN 'rural_market' THEN 0.05 ELSE 0 END
  FROM criteria_set
 CROSS JOIN LATERAL ntm.nodes(criteria_set.ruleset) AS node
  JOIN indicator ON indicator.name = node.measure AND indicator.kind = 'yes_no';

-- What a unit brings along for all years: what it has, what does not apply to
-- it, and the order in which its criteria and measures come right.
CREATE UNLOGGED TABLE phutho_demo.area_size AS
SELECT id AS unit_id,
       60 + floor(200 * phutho_demo.draw('households ' || code)) AS households,
       round(0.6 + 3.4 * phutho_demo.draw('road ' || code), 2) AS main_road_km
  FROM phutho_demo.area;

CREATE UNLOGGED TABLE phutho_demo.unit_measure AS
SELECT drawn.*,
       rank() OVER (PARTITION BY unit_id, criterion ORDER BY absent, phutho_demo.draw(seed, 1), measure) AS place
  FROM (SELECT unit.unit_id, profile.*, seed,
               phutho_demo.draw(seed, 0) < profile.not_applicable AS absent,
               CASE profile.base WHEN 'households' THEN size.households
                                 WHEN 'main_road_km' THEN size.main_road_km
                                 ELSE 100 END AS base_value
          FROM (SELECT DISTINCT unit_id, level, code, class FROM phutho_demo.target) AS unit
          JOIN phutho_demo.measure_profile AS profile
            ON profile.level = unit.level AND (profile.class IS NULL OR profile.class = unit.class)
          LEFT JOIN phutho_demo.area_size AS size USING (unit_id)
         CROSS JOIN LATERAL phutho_demo.seed(unit.code || ' ' || profile.measure) AS seed) AS drawn;

CREATE UNLOGGED TABLE phutho_demo.unit_criterion AS
SELECT unit.unit_id, criterion.code AS criterion, criterion.lacking,
       rank() OVER (PARTITION BY unit.unit_id
                    ORDER BY measure.absent,
                             criterion.hardness + 1.2 * phutho_demo.draw(format('criterion %s %s', unit.code, criterion.code)) DESC,
                             criterion.code) AS place
  FROM (SELECT DISTINCT unit_id, level, code FROM phutho_demo.target) AS unit
  JOIN phutho_demo.criterion USING (level)
  JOIN (SELECT unit_id, criterion, bool_and(absent) AS absent
          FROM phutho_demo.unit_measure
         GROUP BY unit_id, criterion) AS measure
    ON measure.unit_id = unit.unit_id AND measure.criterion = criterion.code;

-- The hardest criteria are the ones that a unit still lacks.  With some of them
-- only a fact is missing.  Values get better from year to year and are rounded
-- so that they stay on their side of the requirement.
CREATE UNLOGGED TABLE phutho_demo.fact AS
SELECT state.unit_id, state.code, state.year, state.measure, state.seed, state.absent, state.missing, state.step,
       phutho_demo.draw(state.seed, 5 + state.year - 2017) AS luck,
       CASE WHEN (state.good_to > state.poor_from) = state.good THEN ceil(exact.value / state.step)
            ELSE floor(exact.value / state.step) END * state.step AS value
  FROM (SELECT target.code, target.year, measure.*,
               open.wanting AND open.doubtful AND measure.place = 1 AS missing,
               CASE WHEN NOT open.wanting THEN measure.place >= criterion.lacking OR phutho_demo.draw(measure.seed, 2) >= 0.4
                    WHEN open.doubtful THEN measure.place = 1 OR measure.place > criterion.lacking
                    ELSE measure.place > criterion.lacking AND phutho_demo.draw(measure.seed, 2) >= 0.3 END AS good
          FROM phutho_demo.target
          JOIN phutho_demo.unit_criterion AS criterion USING (unit_id)
         CROSS JOIN LATERAL (
               SELECT criterion.place <= CASE target.level WHEN 'commune' THEN 19 ELSE 13 END - target.met,
                      phutho_demo.draw(format('doubt %s %s %s', target.code, criterion.criterion, target.year))
                      < CASE target.level WHEN 'commune' THEN 0.15 ELSE 0.3 END
               ) AS open (wanting, doubtful)
          JOIN phutho_demo.unit_measure AS measure USING (unit_id, criterion)) AS state
 CROSS JOIN LATERAL (
       SELECT (CASE WHEN state.good THEN state.good_from + (state.good_to - state.good_from) * luck.share
                    ELSE state.poor_from + (state.poor_to - state.poor_from) * luck.share END) * state.base_value / 100
         FROM (SELECT 0.7 * phutho_demo.draw(state.seed, 3) + 0.15 * (state.year - 2017)) AS luck (share)) AS exact (value);

-- What the rules need besides: the bases of the shares, and that some areas
-- use the culture house of the next one.
INSERT INTO phutho_demo.fact (unit_id, code, year, measure, seed, absent, missing, luck, value)
SELECT unit_id, code, year, base.measure, phutho_demo.seed(code || ' ' || base.measure), false, false, 1, base.value
  FROM phutho_demo.target
  JOIN phutho_demo.area_size AS size USING (unit_id)
 CROSS JOIN LATERAL (VALUES ('households', size.households), ('main_road_km', size.main_road_km)) AS base (measure, value);

INSERT INTO phutho_demo.fact (unit_id, code, year, measure, seed, absent, missing, luck, value)
SELECT unit_id, code, year, 'shared_culture_house', seed, false, false, 1,
       CASE WHEN value = 1 AND NOT missing AND phutho_demo.draw(seed, 8) < 0.2 THEN 1 ELSE 0 END
  FROM phutho_demo.fact
 WHERE measure = 'culture_house';

UPDATE phutho_demo.fact
   SET value = 0
 WHERE measure = 'culture_house' AND value = 1 AND NOT missing AND phutho_demo.draw(seed, 8) < 0.2;

-- The forms.  In December every unit reports.  Before that, in June, some hand
-- in what they have, last year's values; what turns out to be missing they
-- withdraw in December.  In January some add what was late and correct what was
-- wrong.
CREATE UNLOGGED TABLE phutho_demo.form AS
SELECT row_number() OVER (ORDER BY form.reported_at, target.code) AS id,
       target.unit_id, target.year, form.kind, form.reported_at,
       CASE form.kind WHEN 'June' THEN target.year - 1 ELSE target.year END AS fact_year,
       luck.june, luck.january
  FROM phutho_demo.target
 CROSS JOIN LATERAL phutho_demo.seed(format('form %s %s', target.code, target.year)) AS seed
 CROSS JOIN LATERAL (
       SELECT target.year > 2017 AND phutho_demo.draw(seed, 0) < 0.5, phutho_demo.draw(seed, 1) < 0.25) AS luck (june, january)
  JOIN LATERAL (VALUES
        ('June', luck.june, format('%s-06-20 08:00+07', target.year)::timestamptz),
        ('December', true, format('%s-12-10 08:00+07', target.year)::timestamptz),
        ('January', luck.january, format('%s-01-15 08:00+07', target.year + 1)::timestamptz)
       ) AS form (kind, filled, reported_at) ON form.filled;

INSERT INTO report (unit_id, year, measures, reported_at, reported_by, source)
SELECT form.unit_id, form.year, entry.measures::measures, form.reported_at, 'demo', 'generated: form of ' || form.kind
  FROM phutho_demo.form
  JOIN (SELECT form.id,
               jsonb_object_agg(fact.measure, CASE WHEN fact.absent THEN '"n/a"'
                                                   WHEN fact.missing THEN 'null'
                                                   WHEN form.kind = 'December' AND flaw.wrong AND fact.value = 0 THEN to_jsonb(fact.step)
                                                   WHEN form.kind = 'December' AND flaw.wrong THEN to_jsonb(floor(0.9 * fact.value / fact.step) * fact.step)
                                                   ELSE to_jsonb(fact.value) END) AS measures
          FROM phutho_demo.form
          JOIN phutho_demo.fact ON fact.unit_id = form.unit_id AND fact.year = form.fact_year
         CROSS JOIN LATERAL (
               SELECT form.january AND NOT fact.missing AND fact.luck < 0.10,
                      form.january AND NOT fact.missing AND fact.luck BETWEEN 0.10 AND 0.15 AND NOT fact.absent AND fact.step IS NOT NULL
               ) AS flaw (late, wrong)
         WHERE CASE form.kind
                    WHEN 'June' THEN phutho_demo.draw(fact.seed, 4) < 0.5 AND NOT fact.missing AND NOT fact.absent
                    WHEN 'December' THEN NOT flaw.late AND (form.june OR NOT fact.missing)
                    WHEN 'January' THEN flaw.late OR flaw.wrong END
         GROUP BY form.id) AS entry USING (id)
 ORDER BY form.id;

ANALYZE report, dossier, criteria_set;
