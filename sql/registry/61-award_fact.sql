-- The award facts: what is known about a unit, a tier and a year.

-- Rules name them, so a name is never changed.
CREATE VIEW award_fact_name AS
SELECT f.name, f.unit, f.meaning, f.by_policy
  FROM (VALUES
    ('level', 'number', 'level of the unit: 1 province, 2 district, 3 commune, 4 area', false),
    ('tier', 'number', 'the tier: 1 standard, 2 advanced, 3 model', false),
    ('recognised', 'yes/no', '1 if the unit is recognised at the tier by the end of this year, else 0', false),
    ('recognised_year', 'year', 'the year of the programme for which the unit was recognised at the tier; unknown if it is not', false),
    ('newly_recognised', 'yes/no', '1 if that is this year, else 0', false),
    ('years_since_recognition', 'years', 'this year minus that year; unknown if it is not recognised', false),
    ('first_time', 'yes/no', '1 if it was never recognised at the tier before this term, else 0', false),
    ('registered', 'yes/no', '1 if it was registered for this year at the tier, else 0', false),
    ('planned_year', 'year',
     'the year for which the roadmap (recognition_plan) in force on the day of recognition, or else at the end of this year, had it; unknown if it has none', false),
    ('years_early', 'years', 'that year minus the year of recognition: 0 on time, negative if late; unknown if either is', false),
    ('parent_recognised', 'yes/no',
     '1 if the unit it lies in is recognised at tier standard by the end of this year, else 0; not applicable if it lies in none', false),
    ('parent_recognised_standard', 'yes/no', 'the same', false),
    ('parent_recognised_advanced', 'yes/no', 'the same at tier advanced', false),
    ('parent_recognised_model', 'yes/no', 'the same at tier model', false),
    ('meets_criteria', 'yes/no', '1 if the assessment of this year at the tier is met, 0 if not; unknown if it is, or if there is none', false),
    ('criteria_met', 'criteria', 'how many criteria that assessment finds met; unknown if there is none', false),
    ('criteria_count', 'criteria', 'how many criteria it has; unknown if there is none', false),
    ('outstanding_debt', 'as reported', 'outstanding debt for construction, as the dossier of this year has it (measure outstanding_debt); unknown if not reported', false),
    ('ranked', 'yes/no', '1 if the policy''s ranking of this year has the unit, else 0', true),
    ('rank_in_year', 'number', 'its rank there, the best = 1; unknown if it has none', true),
    ('earlier_awards', 'awards',
     'how many awards the unit has for this year or earlier ones, not counting the one in question, under this policy at the tier or those it counts (award_policy.earlier_codes) at any tier', true),
    ('awards_in_period', 'awards', 'how many such awards, also for later years, are for years of the policy''s period', true),
    ('awards_before_period', 'awards', 'how many such awards are for years before the policy''s period', true),
    ('earlier_amount', 'đồng', 'what earlier_awards amount to', true),
    ('years_to_nearest_award', 'years',
     'how many years lie between this one and that of the nearest such award, earlier or later; not applicable if there is none', true),
    ('lower_tier_awards', 'awards', 'how many awards the unit has at lower tiers for this year or earlier ones, under whatever policy', true)
  ) AS f (name, unit, meaning, by_policy);

COMMENT ON VIEW award_fact_name IS 'The award facts that clauses, conditions of amounts and orders of priority can use, besides the measures of the catalogue.';
COMMENT ON COLUMN award_fact_name.name IS 'Name, as rules write it.';
COMMENT ON COLUMN award_fact_name.unit IS 'Unit of measure.';
COMMENT ON COLUMN award_fact_name.meaning IS 'What it says about a unit, a tier and a year ("this year").';
COMMENT ON COLUMN award_fact_name.by_policy IS 'Whether it depends on the policy, or on awards, too: then it is in award_eligibility, not in award_fact.';

-- Whom any policy may consider; the units that are not recognised only where a
-- policy or an award speaks of them.
CREATE VIEW award_subject AS
SELECT t.unit_id, y.year, t.tier, t.recognition_id, t.from_year, t.recognised_on, t.revoked_on
  FROM recognition_term AS t
  JOIN programme_year AS y ON t.from_year <= y.year AND (t.to_year IS NULL OR y.year < t.to_year)
 UNION ALL
SELECT other.unit_id, other.year, other.tier, NULL, NULL, NULL, NULL
  FROM (SELECT r.unit_id, r.year, tiers.tier
          FROM award_policy AS p
          JOIN award_rank AS r ON r.ranking = p.ranking
          JOIN (VALUES ('standard'), ('advanced'), ('model')) AS tiers (tier) ON coalesce(p.tier, tiers.tier) = tiers.tier
         WHERE p.candidates = 'ranked'
         UNION
        SELECT u.id, y.year, tiers.tier
          FROM award_policy AS p
          JOIN unit AS u ON u.level = p.level
          JOIN programme_year AS y
            ON (u.valid_from IS NULL OR u.valid_from <= make_date(y.year, 12, 31))
           AND (u.valid_to IS NULL OR make_date(y.year, 12, 31) < u.valid_to)
          JOIN (VALUES ('standard'), ('advanced'), ('model')) AS tiers (tier) ON coalesce(p.tier, tiers.tier) = tiers.tier
         WHERE p.candidates = 'all'
         UNION
        SELECT a.unit_id, a.year, a.tier
          FROM award_standing AS a) AS other
 WHERE NOT EXISTS (SELECT
                     FROM recognition_term AS t
                     JOIN programme_year AS y ON y.year = other.year
                    WHERE t.unit_id = other.unit_id AND t.tier = other.tier
                      AND t.from_year <= other.year AND (t.to_year IS NULL OR other.year < t.to_year));

COMMENT ON VIEW award_subject IS
'Every unit, year and tier that an award may be about: where the unit is recognised; and where it is not, but a policy considers those ranked or all, or an award was granted.';
COMMENT ON COLUMN award_subject.unit_id IS 'The unit.';
COMMENT ON COLUMN award_subject.year IS 'The year.';
COMMENT ON COLUMN award_subject.tier IS 'The tier.';
COMMENT ON COLUMN award_subject.recognition_id IS 'The event by which it is recognised by the end of the year. NULL = it is not.';
COMMENT ON COLUMN award_subject.from_year IS 'The year for which it was. NULL = it is not.';
COMMENT ON COLUMN award_subject.recognised_on IS 'The day on which it was. NULL = it is not.';
COMMENT ON COLUMN award_subject.revoked_on IS 'The day, after the year, on which that recognition was revoked. NULL = it was not, or it is not recognised.';

-- The unit is judged as it was at the end of the year; one that ended in the
-- year, as it was on its last day.  Of what was granted the row stays, whatever
-- is recorded of the unit's life later.  units_on() would ask for the reader's
-- rights to the table of states.
CREATE VIEW award_fact AS
SELECT s.unit_id, s.year, s.tier, s.recognition_id, s.recognised_on, s.revoked_on, life.valid_to AS ended_on,
       u.code, u.name, u.level, u.path, u.classes, above.classes AS parent_classes,
       '{"outstanding_debt": null}' || coalesce(d.measures, '{}') || (jsonb_build_object(
           'level', level_rank(u.level),
           'tier', tier_rank(s.tier),
           'recognised', s.recognition_id IS NOT NULL,
           'recognised_year', s.from_year,
           'newly_recognised', s.from_year IS NOT DISTINCT FROM s.year,
           'years_since_recognition', s.year - s.from_year,
           'first_time', NOT EXISTS (SELECT FROM effective_recognition AS earlier
                                      WHERE earlier.unit_id = s.unit_id AND earlier.tier = s.tier
                                        AND earlier.event = 'recognised'
                                        AND (s.recognised_on IS NULL AND earlier.year <= s.year OR earlier.event_date < s.recognised_on)),
           'registered', EXISTS (SELECT FROM effective_recognition AS r
                                  WHERE r.unit_id = s.unit_id AND r.tier = s.tier AND r.event = 'registered' AND r.year = s.year),
           'planned_year', plan.planned_year,
           'years_early', plan.planned_year - s.from_year,
           'parent_recognised', recognised.standard,
           'parent_recognised_standard', recognised.standard,
           'parent_recognised_advanced', recognised.advanced,
           'parent_recognised_model', recognised.model,
           'meets_criteria', a.verdict::boolean,
           'criteria_met', a.met_count,
           'criteria_count', a.criterion_count)::text)::ntm.measures AS facts
  FROM award_subject AS s
  JOIN unit AS life
    ON life.id = s.unit_id
   AND ((life.valid_from IS NULL OR life.valid_from <= make_date(s.year, 12, 31))
        AND (life.valid_to IS NULL OR life.valid_to > make_date(s.year, 1, 1))
        OR EXISTS (SELECT FROM award_standing AS a WHERE a.unit_id = s.unit_id AND a.year = s.year AND a.tier = s.tier))
  JOIN unit_state AS u
    ON u.unit_id = s.unit_id
   AND (u.valid_from IS NULL OR u.valid_from <= greatest(life.valid_from, least(make_date(s.year, 12, 31), life.valid_to - 1)))
   AND (u.valid_to IS NULL OR greatest(life.valid_from, least(make_date(s.year, 12, 31), life.valid_to - 1)) < u.valid_to)
  LEFT JOIN unit_state AS above
    ON above.unit_id = u.parent_id
   AND (above.valid_from IS NULL OR above.valid_from <= greatest(life.valid_from, least(make_date(s.year, 12, 31), life.valid_to - 1)))
   AND (above.valid_to IS NULL OR greatest(life.valid_from, least(make_date(s.year, 12, 31), life.valid_to - 1)) < above.valid_to)
  LEFT JOIN dossier AS d ON d.unit_id = s.unit_id AND d.year = s.year
  LEFT JOIN assessment AS a ON a.unit_id = s.unit_id AND a.year = s.year AND a.tier = s.tier
  LEFT JOIN LATERAL (SELECT p.planned_year
                       FROM recognition_plan AS p
                      WHERE p.unit_id = s.unit_id AND p.tier = s.tier
                        AND (p.decided_on IS NULL OR p.decided_on <= coalesce(s.recognised_on, make_date(s.year, 12, 31)))
                      ORDER BY p.decided_on DESC NULLS LAST, p.id DESC
                      LIMIT 1) AS plan ON true
 CROSS JOIN LATERAL (SELECT CASE WHEN u.parent_id IS NULL THEN to_jsonb('n/a'::text) ELSE to_jsonb(coalesce(bool_or(t.tier = 'standard'), false)) END,
                            CASE WHEN u.parent_id IS NULL THEN to_jsonb('n/a'::text) ELSE to_jsonb(coalesce(bool_or(t.tier = 'advanced'), false)) END,
                            CASE WHEN u.parent_id IS NULL THEN to_jsonb('n/a'::text) ELSE to_jsonb(coalesce(bool_or(t.tier = 'model'), false)) END
                       FROM recognition_term AS t
                      WHERE t.unit_id = u.parent_id
                        AND t.from_year <= s.year AND (t.to_year IS NULL OR s.year < t.to_year)) AS recognised (standard, advanced, model);

COMMENT ON VIEW award_fact IS
'What award policies judge: for each unit, year and tier of view award_subject the award facts that depend on no policy, and everything in the dossier of the year. The unit is judged as it was on 31 December; one that ended in the year, as it was on its last day.';
COMMENT ON COLUMN award_fact.unit_id IS 'The unit.';
COMMENT ON COLUMN award_fact.year IS 'The year ("this year" in the meanings of the facts).';
COMMENT ON COLUMN award_fact.tier IS 'The tier.';
COMMENT ON COLUMN award_fact.recognition_id IS 'The event by which it is recognised by the end of the year. NULL = it is not.';
COMMENT ON COLUMN award_fact.recognised_on IS 'The day on which it was. NULL = it is not.';
COMMENT ON COLUMN award_fact.revoked_on IS 'The day, after the year, on which that recognition was revoked. NULL = it was not, or it is not recognised.';
COMMENT ON COLUMN award_fact.ended_on IS 'First day on which the unit no longer existed. NULL = it exists.';
COMMENT ON COLUMN award_fact.code IS 'Code of the unit at the end of the year. NULL = it had none.';
COMMENT ON COLUMN award_fact.name IS 'Its name.';
COMMENT ON COLUMN award_fact.level IS 'Its level.';
COMMENT ON COLUMN award_fact.path IS 'Ids from the top down to the unit.';
COMMENT ON COLUMN award_fact.classes IS 'Its classes.';
COMMENT ON COLUMN award_fact.parent_classes IS 'Classes of the unit it lay in. NULL = it lay in none.';
COMMENT ON COLUMN award_fact.facts IS 'The facts; view award_fact_name says what they mean.';
