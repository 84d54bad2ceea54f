-- Eligibility: who earns what under the policies in force, and why not, if not.

-- Pure functions of what a policy says and what is known, so that what was
-- granted can be computed again, and that whoever may read the view needs no
-- right to its tables.
CREATE FUNCTION award_lines(amounts award_amount[], facts ntm.measures, classes text[], parent_classes text[])
    RETURNS TABLE (part text, "position" integer, amount numeric, is_met boolean, condition ntm.rule, cite text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT DISTINCT ON (a.part) a.part, a.position, a.amount, judged.is_met, a.condition, a.cite
      FROM unnest(award_lines.amounts) AS a
     CROSS JOIN LATERAL (SELECT CASE WHEN a.ruleset IS NULL THEN true
                                     ELSE ntm.overall(ntm.assess(award_lines.facts, a.ruleset))::boolean END
                         OFFSET 0) AS judged (is_met)
     WHERE (a.class IS NULL OR a.class = ANY (award_lines.classes))
       AND (a.parent_class IS NULL OR a.parent_class = ANY (award_lines.parent_classes))
       AND judged.is_met IS NOT FALSE
     ORDER BY a.part, a.position;
END;

COMMENT ON FUNCTION award_lines(award_amount[], ntm.measures, text[], text[]) IS
'Of the lines of a policy those that decide the parts of an award to a unit with these facts and classes: for each part the first whose classes it has and whose condition is met. is_met NULL = the condition cannot be decided, so that the amount is unknown; amount NULL = decided case by case. No row for a part = the policy pays nothing for it. parent_classes NULL = no parent.';

CREATE FUNCTION award_priority_keys(priorities award_priority[], facts ntm.measures) RETURNS numeric[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT array_agg(CASE WHEN known.value = '"n/a"' THEN 'Infinity'
                          WHEN p.direction = 'descending' THEN - (award_priority_keys.facts -> p.fact)
                          ELSE award_priority_keys.facts -> p.fact END ORDER BY p.position)
      FROM unnest(award_priority_keys.priorities) AS p
     CROSS JOIN LATERAL (SELECT award_priority_keys.facts::jsonb -> p.fact) AS known (value);
END;

COMMENT ON FUNCTION award_priority_keys(award_priority[], ntm.measures) IS
'What to sort units by, ascending, to have those first that a policy puts first; NULL if it has no order of priority. An element is NULL if the fact is unknown, and infinite if it does not apply.';

-- The unit is looked up for each term: the other way round, the planner would
-- go through all units of a level for each.
CREATE VIEW award_quota AS
SELECT p.id AS policy_id, y.year, p.quota_scope AS scope, base.recognised,
       coalesce(p.quota_number,
                CASE p.quota_rounding WHEN 'down' THEN floor(p.quota_share * base.recognised)
                                      WHEN 'up' THEN ceil(p.quota_share * base.recognised)
                                      ELSE round(p.quota_share * base.recognised) END)::integer AS places,
       given.taken
  FROM award_policy AS p
  JOIN programme_year AS y
    ON p.valid_from <= make_date(y.year, 12, 31)
   AND (p.valid_to IS NULL OR make_date(y.year, 12, 31) < p.valid_to)
 CROSS JOIN LATERAL (VALUES (CASE p.quota_scope WHEN 'year' THEN y.year ELSE p.period_from END,
                             CASE p.quota_scope WHEN 'year' THEN y.year ELSE least(y.year, p.period_to) END)) AS span (from_year, to_year)
 CROSS JOIN LATERAL (SELECT count(*)
                       FROM recognition_term AS t
                      CROSS JOIN LATERAL (SELECT x.level, x.path
                                            FROM unit_state AS x
                                           WHERE x.unit_id = t.unit_id
                                             AND (x.valid_from IS NULL OR x.valid_from <= make_date(y.year, 12, 31))
                                             AND (x.valid_to IS NULL OR make_date(y.year, 12, 31) < x.valid_to)
                                          OFFSET 0) AS u
                      WHERE u.level = p.level AND t.tier = coalesce(p.tier, t.tier)
                        AND (p.jurisdiction_id IS NULL OR index(u.path, p.jurisdiction_id::text::ltree) >= 0)
                        AND t.from_year BETWEEN span.from_year AND span.to_year
                        AND (t.to_year IS NULL OR y.year < t.to_year)) AS base (recognised)
 CROSS JOIN LATERAL (SELECT count(*)
                       FROM award_standing AS a
                      WHERE a.policy_id = p.id AND a.year BETWEEN span.from_year AND CASE p.quota_scope WHEN 'year' THEN y.year ELSE 2100 END) AS given (taken)
 WHERE coalesce(p.quota_share, p.quota_number) IS NOT NULL;

COMMENT ON VIEW award_quota IS
'The quotas of policies, by year of the programme in which they are in force: one row for each policy with a quota and year.';
COMMENT ON COLUMN award_quota.policy_id IS 'The policy.';
COMMENT ON COLUMN award_quota.year IS 'The year.';
COMMENT ON COLUMN award_quota.scope IS 'year, or period: from the first year of the period to this one.';
COMMENT ON COLUMN award_quota.recognised IS 'Units of its level, tier and jurisdiction recognised for the years of the scope, and recognised still at the end of this year.';
COMMENT ON COLUMN award_quota.places IS 'How many awards there may be: the quota, rounded as the policy says.';
COMMENT ON COLUMN award_quota.taken IS 'How many there are in the scope; of a period, also those for later years of it.';

CREATE VIEW award_budget_left AS
SELECT b.policy_id, b.year, b.decision, b.decision_date, b.budget, given.amount AS granted, b.budget - given.amount AS budget_left,
       row_number() OVER (PARTITION BY b.policy_id, b.year ORDER BY b.id DESC) = 1 AS is_last
  FROM (SELECT DISTINCT ON (x.policy_id, x.year, x.decision) x.*
          FROM award_budget AS x
         ORDER BY x.policy_id, x.year, x.decision, x.id DESC) AS b
 CROSS JOIN LATERAL (SELECT coalesce(sum(a.amount), 0)
                       FROM award AS a
                      WHERE a.policy_id = b.policy_id AND a.year = b.year AND a.decision = b.decision
                        AND a.event = 'granted') AS given (amount);

COMMENT ON VIEW award_budget_left IS
'What each decision to grant awards had to spend, and what is left of it: one row for each policy, year and decision.';
COMMENT ON COLUMN award_budget_left.policy_id IS 'The policy.';
COMMENT ON COLUMN award_budget_left.year IS 'The year that is rewarded.';
COMMENT ON COLUMN award_budget_left.decision IS 'Number of the decision.';
COMMENT ON COLUMN award_budget_left.decision_date IS 'Its date.';
COMMENT ON COLUMN award_budget_left.budget IS 'The money it had, in đồng. NULL = without limit.';
COMMENT ON COLUMN award_budget_left.granted IS 'What it granted, in đồng; what was cancelled later is spent all the same.';
COMMENT ON COLUMN award_budget_left.budget_left IS 'budget less granted. NULL = without limit.';
COMMENT ON COLUMN award_budget_left.is_last IS 'Whether it is the last decision recorded for the policy and year.';

-- Step by step: the clauses and the amount of each unit by itself, then the
-- places of the quota, then the policies that meet, then the money.
CREATE VIEW award_eligibility AS
WITH policy AS MATERIALIZED (
    SELECT p.*,
           (SELECT array_agg(a ORDER BY a.position) FROM award_amount AS a WHERE a.policy_id = p.id) AS amounts,
           (SELECT array_agg(a ORDER BY a.position) FROM award_priority AS a WHERE a.policy_id = p.id) AS priorities
      FROM award_policy AS p
), quota AS MATERIALIZED (
    SELECT q.policy_id, q.year, q.places, q.taken FROM award_quota AS q
), judged AS (
    SELECT f.unit_id, f.year, f.code, f.name, f.level, f.path, f.tier, f.recognition_id, f.recognised_on,
           f.classes, f.parent_classes,
           p.id AS policy_id, p.code AS policy_code, p.title AS policy, p.resolution, p.status, p.ruleset,
           p.hit_policy, p.precedence, p.amounts, p.priorities,
           granted.id AS award_id, granted.amount AS granted_amount, granted.parts AS granted_parts,
           granted.lines AS granted_lines, granted.decision, granted.decision_date,
           v.facts, v.verdict
      FROM award_fact AS f
      JOIN policy AS p
        ON p.level = f.level AND coalesce(p.tier = f.tier, true)
       AND p.valid_from <= make_date(f.year, 12, 31)
       AND (p.valid_to IS NULL OR make_date(f.year, 12, 31) < p.valid_to)
      LEFT JOIN award_standing AS granted
        ON granted.unit_id = f.unit_id AND granted.policy_id = p.id AND granted.year = f.year AND granted.tier = f.tier
      LEFT JOIN award_rank AS r ON r.ranking = p.ranking AND r.year = f.year AND r.unit_id = f.unit_id
     CROSS JOIN LATERAL (SELECT jsonb_build_object(
                                    'earlier_awards', count(*),
                                    'awards_in_period', count(*) FILTER (WHERE e.year >= coalesce(p.period_from, e.year)),
                                    'awards_before_period', count(*) FILTER (WHERE e.year < p.period_from),
                                    'earlier_amount', coalesce(sum(e.amount), 0),
                                    'ranked', r.rank IS NOT NULL,
                                    'rank_in_year', r.rank)::text::ntm.measures
                           FROM award_standing AS e
                          WHERE e.unit_id = f.unit_id AND e.tier = f.tier AND e.year <= f.year
                            AND (e.policy_code = p.code OR e.policy_code = ANY (p.earlier_codes))
                            AND e.id IS DISTINCT FROM granted.id) AS earlier (facts)
     CROSS JOIN LATERAL (SELECT known.facts, ntm.overall(ntm.assess(known.facts, p.ruleset, f.classes)) AS verdict
                           FROM (SELECT f.facts || earlier.facts OFFSET 0) AS known (facts)
                         OFFSET 0) AS v
     WHERE (p.jurisdiction_id IS NULL OR index(f.path, p.jurisdiction_id::text::ltree) >= 0)
       AND (granted.id IS NOT NULL OR p.candidates = 'all'
            OR p.candidates = 'recognised' AND f.recognition_id IS NOT NULL
            OR p.candidates = 'ranked' AND r.rank IS NOT NULL)
), valued AS (
    SELECT j.*, a.parts, a.amount, a.open_parts, a.lines, a.cites, k.keys,
           array_position(k.keys, NULL) IS NULL AS keys_known,
           CASE WHEN j.award_id IS NOT NULL THEN 'granted'
                WHEN NOT j.verdict::boolean OR a.lines IS NULL OR a.is_known AND a.open_parts IS NULL AND a.amount = 0 THEN 'not_eligible'
                WHEN j.verdict::boolean IS NULL OR NOT a.is_known THEN 'not_known'
                WHEN a.open_parts IS NOT NULL THEN 'by_hand'
                ELSE 'eligible' END AS earned
      FROM judged AS j
     CROSS JOIN LATERAL (SELECT jsonb_object_agg(l.part, l.amount) FILTER (WHERE l.is_met AND l.amount IS NOT NULL),
                                coalesce(sum(l.amount) FILTER (WHERE l.is_met), 0),
                                array_agg(l.part ORDER BY l.part) FILTER (WHERE l.is_met AND l.amount IS NULL),
                                coalesce(bool_and(l.is_met IS NOT NULL), true),
                                array_agg(l.position ORDER BY l.position),
                                string_agg(DISTINCT l.cite, ', ')
                           FROM award_lines(j.amounts, j.facts, j.classes, j.parent_classes) AS l)
           AS a (parts, amount, open_parts, is_known, lines, cites)
     CROSS JOIN LATERAL (SELECT award_priority_keys(j.priorities, j.facts) OFFSET 0) AS k (keys)
), placed AS (
    SELECT v.*, q.places, q.taken,
           count(*) FILTER (WHERE v.earned = 'eligible' AND v.keys_known) OVER ahead AS surely_ahead,
           count(*) FILTER (WHERE v.earned IN ('eligible', 'not_known', 'by_hand') AND v.keys_known) OVER ahead AS perhaps_ahead,
           count(*) FILTER (WHERE v.earned IN ('eligible', 'not_known', 'by_hand')) OVER everyone AS contenders,
           count(*) FILTER (WHERE v.earned IN ('eligible', 'not_known', 'by_hand') AND NOT v.keys_known) OVER everyone AS anywhere
      FROM valued AS v
      LEFT JOIN quota AS q ON q.policy_id = v.policy_id AND q.year = v.year
    WINDOW everyone AS (PARTITION BY v.policy_id, v.year),
           ahead AS (PARTITION BY v.policy_id, v.year ORDER BY v.keys, v.recognised_on, v.code, v.unit_id, v.tier
                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), admitted AS (
    SELECT p.*,
           CASE WHEN p.places IS NULL OR p.earned NOT IN ('eligible', 'not_known', 'by_hand') THEN p.earned
                WHEN p.taken + CASE WHEN p.keys_known THEN p.surely_ahead ELSE 0 END >= p.places THEN 'outside_quota'
                WHEN p.earned = 'eligible'
                     AND p.taken + CASE WHEN p.keys_known THEN p.perhaps_ahead + p.anywhere ELSE p.contenders - 1 END >= p.places THEN 'not_known'
                ELSE p.earned END AS admission
      FROM placed AS p
), chosen AS (
    SELECT a.*,
           CASE WHEN a.admission NOT IN ('eligible', 'not_known', 'by_hand') OR a.hit_policy = 'sum' THEN a.admission
                WHEN count(*) FILTER (WHERE a.award_id IS NOT NULL) OVER rivals > 0
                     OR count(*) FILTER (WHERE a.admission = 'eligible') OVER better > 0 AND (a.admission = 'eligible' OR a.hit_policy = 'first') THEN 'not_eligible'
                WHEN count(*) FILTER (WHERE a.admission IN ('not_known', 'by_hand')) OVER better > 0
                     OR a.hit_policy = 'highest' AND a.admission = 'eligible'
                        AND count(*) FILTER (WHERE a.admission IN ('not_known', 'by_hand')) OVER rivals > 0 THEN
                    CASE a.admission WHEN 'eligible' THEN 'not_known' ELSE a.admission END
                ELSE a.admission END AS choice,
           string_agg(a.policy_code, ', ') FILTER (WHERE a.award_id IS NOT NULL) OVER rivals AS given_under,
           string_agg(a.policy_code, ', ') FILTER (WHERE a.admission = 'eligible') OVER better AS better_under,
           string_agg(a.policy_code, ', ') FILTER (WHERE a.admission IN ('not_known', 'by_hand')) OVER rivals AS open_under
      FROM admitted AS a
    WINDOW rivals AS (PARTITION BY a.unit_id, a.year, a.tier),
           better AS (PARTITION BY a.unit_id, a.year, a.tier
                      ORDER BY a.precedence, CASE WHEN a.hit_policy = 'highest' AND a.admission = 'eligible' THEN - a.amount END, a.policy_id
                      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), funded AS (
    SELECT c.*, b.budget, b.budget_left, b.decision AS budget_decision,
           row_number() OVER (PARTITION BY c.policy_id, c.year, c.choice = 'eligible' ORDER BY c.keys, c.recognised_on, c.code, c.unit_id, c.tier)::integer AS rank,
           sum(c.amount) FILTER (WHERE c.choice = 'eligible')
               OVER (PARTITION BY c.policy_id, c.year ORDER BY c.keys, c.recognised_on, c.code, c.unit_id, c.tier ROWS UNBOUNDED PRECEDING) AS needed
      FROM chosen AS c
      LEFT JOIN award_budget_left AS b ON b.policy_id = c.policy_id AND b.year = c.year AND b.is_last
), final AS (
    SELECT f.*,
           CASE WHEN f.choice = 'eligible' AND f.needed > f.budget_left THEN 'budget_exhausted' ELSE f.choice END AS state
      FROM funded AS f
)
SELECT f.unit_id, f.year, f.code, f.name, f.level, f.path, f.tier, f.recognition_id,
       f.policy_id, f.policy_code, f.policy, f.resolution, f.status, f.state,
       CASE WHEN f.state IN ('granted', 'eligible', 'budget_exhausted') THEN 'met'
            WHEN f.state IN ('not_known', 'by_hand') THEN 'unknown'
            ELSE 'not_met' END::ntm.verdict AS verdict,
       CASE WHEN f.state = 'granted' THEN f.granted_amount
            WHEN f.state IN ('eligible', 'budget_exhausted') THEN f.amount END AS amount,
       CASE WHEN f.state = 'granted' THEN f.granted_parts
            WHEN f.state IN ('eligible', 'budget_exhausted', 'by_hand') THEN f.parts END AS parts,
       CASE WHEN f.state = 'by_hand' THEN f.open_parts END AS open_parts,
       CASE WHEN f.state = 'granted' THEN f.granted_lines ELSE f.lines END AS lines,
       CASE WHEN f.choice = 'eligible' THEN f.rank END AS rank,
       f.places, f.award_id,
       CASE
           WHEN f.state = 'granted' THEN
               format('granted by decision %s of %s', f.decision, f.decision_date)
           WHEN f.choice = 'eligible' THEN
               concat('every clause is met', '; amount under ' || f.cites,
                      CASE WHEN f.state = 'budget_exhausted' THEN format('; budget exhausted: %s đồng are left under decision %s', f.budget_left, f.budget_decision) END)
           WHEN f.state = 'by_hand' THEN
               format('every clause is met; decided case by case (%s): %s', coalesce(f.cites, f.resolution), array_to_string(f.open_parts, ', '))
           WHEN f.state = 'outside_quota' THEN
               format('outside the quota (%s): %s of %s places are taken, and %s units come first', f.resolution, f.taken, f.places, f.surely_ahead)
           WHEN f.choice <> f.admission AND f.given_under IS NOT NULL THEN
               format('the award is given under another policy: %s (hit policy %s)', f.given_under, f.hit_policy)
           WHEN f.choice <> f.admission AND f.choice = 'not_eligible' THEN
               format('the award is due under another policy: %s (hit policy %s)', f.better_under, f.hit_policy)
           WHEN f.choice <> f.admission THEN
               format('another policy is not decided yet: %s (hit policy %s)', f.open_under, f.hit_policy)
           WHEN f.admission <> f.earned THEN
               format('the quota (%s) may not reach: %s places, %s taken, and up to %s units come first that are not decided or whose priority is not known',
                      f.resolution, f.places, f.taken, CASE WHEN f.keys_known THEN f.perhaps_ahead + f.anywhere ELSE f.contenders - 1 END)
           WHEN NOT f.verdict::boolean OR f.verdict::boolean IS NULL THEN
               (SELECT string_agg(format('%s%s (%s): %s', coalesce(x.title, 'clause ' || x.code),
                                         CASE WHEN x.requirement NOT IN ('met', 'not met') THEN ' ' || x.requirement END,
                                         coalesce(x.cite, f.resolution), replace(x.verdict::text, '_', ' ')),
                                  '; ' ORDER BY x.position)
                  FROM (SELECT e.*, array_agg(e.parent) OVER () AS parents
                          FROM ntm.explain(f.facts, f.ruleset, f.classes) WITH ORDINALITY
                            AS e (code, parent, title, measure, requirement, value, verdict, gap, decisive, cite, blocking, position)) AS x
                 WHERE x.blocking AND array_position(x.parents, x.code) IS NULL)
               || CASE WHEN f.verdict::boolean IS NULL AND f.lines IS NULL THEN format('; no amount is set for the unit (%s)', f.resolution) ELSE '' END
           WHEN f.lines IS NULL THEN
               format('no amount is set for the unit (%s)', f.resolution)
           WHEN f.state = 'not_known' THEN
               (SELECT 'amount not known: ' || string_agg(format('%s%s (%s)', nullif(l.part, 'award') || ' ', l.condition, coalesce(l.cite, f.resolution)), '; ' ORDER BY l.position)
                  FROM award_lines(f.amounts, f.facts, f.classes, f.parent_classes) AS l
                 WHERE l.is_met IS NULL)
           ELSE
               (SELECT 'no award: ' || string_agg(format('%s%s (%s)', nullif(l.part, 'award') || ' ', coalesce(l.condition::text, 'for all others'), coalesce(l.cite, f.resolution)), '; ' ORDER BY l.position)
                  FROM award_lines(f.amounts, f.facts, f.classes, f.parent_classes) AS l)
       END AS reason,
       CASE WHEN f.earned = 'not_known' THEN
           (SELECT array_agg(DISTINCT needed.name ORDER BY needed.name)
              FROM (SELECT e.measure
                      FROM ntm.explain(f.facts, f.ruleset, f.classes) AS e
                     WHERE e.verdict::boolean IS NULL
                     UNION ALL
                    SELECT v.name
                      FROM ntm.explain(f.facts, f.ruleset, f.classes) AS e
                     CROSS JOIN LATERAL unnest(CASE WHEN e.verdict::boolean IS NULL AND e.measure IS NOT NULL THEN ntm.variables(e.requirement::ntm.rule) END) AS v (name)
                     UNION ALL
                    SELECT v.name
                      FROM award_lines(f.amounts, f.facts, f.classes, f.parent_classes) AS l
                     CROSS JOIN LATERAL unnest(ntm.variables(l.condition)) AS v (name)
                     WHERE l.is_met IS NULL) AS needed (name)
             WHERE coalesce(f.facts::jsonb -> needed.name, 'null') = 'null'
               AND needed.name NOT LIKE '% / %')
       END AS missing,
       f.facts, f.classes, f.parent_classes, f.keys_known AS rank_known
  FROM final AS f;

COMMENT ON VIEW award_eligibility IS
'Who has earned which award, and why not, if not: one row for each year and each policy in force on its 31 December, for each unit it considers (those recognised at its tier by the end of the year, unless the policy says otherwise) or has rewarded. A unit that is not recognised has no row under a policy for those recognised. To read a part, give the year: a policy''s units of a year are judged together.';
COMMENT ON COLUMN award_eligibility.unit_id IS 'The unit.';
COMMENT ON COLUMN award_eligibility.year IS 'The year.';
COMMENT ON COLUMN award_eligibility.code IS 'Code of the unit. NULL = it has none.';
COMMENT ON COLUMN award_eligibility.name IS 'Name of the unit.';
COMMENT ON COLUMN award_eligibility.level IS 'Its level.';
COMMENT ON COLUMN award_eligibility.path IS 'Ids from the top down to the unit; path <@ (another unit''s path) = lies in it.';
COMMENT ON COLUMN award_eligibility.tier IS 'The tier that is rewarded.';
COMMENT ON COLUMN award_eligibility.recognition_id IS 'The event by which it is recognised. NULL = it is not.';
COMMENT ON COLUMN award_eligibility.policy_id IS 'The policy.';
COMMENT ON COLUMN award_eligibility.policy_code IS 'Its code.';
COMMENT ON COLUMN award_eligibility.policy IS 'Its title.';
COMMENT ON COLUMN award_eligibility.resolution IS 'The resolution it is laid down in.';
COMMENT ON COLUMN award_eligibility.status IS 'sourced, unverified or illustrative (nobody can claim it).';
COMMENT ON COLUMN award_eligibility.state IS 'granted; eligible; budget_exhausted (eligible, but what the last decision had left does not reach); by_hand (eligible, and the amount is decided case by case: grant_award()); outside_quota; not_eligible; or not_known (facts are missing).';
COMMENT ON COLUMN award_eligibility.verdict IS 'met = the award is earned (granted, eligible, budget_exhausted); not_met = it is not; unknown = facts or a decision are missing (not_known, by_hand).';
COMMENT ON COLUMN award_eligibility.amount IS 'Amount in đồng: granted, or to be granted. NULL = not earned, or not known.';
COMMENT ON COLUMN award_eligibility.parts IS 'Amount in đồng of each part; of an award decided case by case those parts that are laid down. NULL = not earned, or not known.';
COMMENT ON COLUMN award_eligibility.open_parts IS 'The parts to be decided case by case. NULL = none.';
COMMENT ON COLUMN award_eligibility.lines IS 'Positions of the lines in award_amount that decide the amount, or cannot be decided. NULL = none is for the unit.';
COMMENT ON COLUMN award_eligibility.rank IS 'Its place in the policy''s order of priority among those eligible and not yet granted. NULL = it is none of these.';
COMMENT ON COLUMN award_eligibility.places IS 'Places of the policy''s quota for the year or period. NULL = it has none.';
COMMENT ON COLUMN award_eligibility.award_id IS 'The award granted. NULL = none.';
COMMENT ON COLUMN award_eligibility.reason IS 'The clauses that are not met or not known, each with requirement and citation; the line, policy, quota, budget or decision that decides; or that every clause is met.';
COMMENT ON COLUMN award_eligibility.missing IS 'Names of the facts that are missing. NULL = none is.';
COMMENT ON COLUMN award_eligibility.facts IS 'The facts that were judged.';
COMMENT ON COLUMN award_eligibility.classes IS 'Classes of the unit.';
COMMENT ON COLUMN award_eligibility.rank_known IS 'Whether all facts that the policy''s order of priority sorts by are known.';
COMMENT ON COLUMN award_eligibility.parent_classes IS 'Classes of the unit it lies in. NULL = it lies in none.';
