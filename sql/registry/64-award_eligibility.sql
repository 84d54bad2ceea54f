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

-- The lines that may decide a part are those up to the first that is met.
CREATE FUNCTION award_at_most(amounts award_amount[], facts ntm.measures, classes text[], parent_classes text[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(sum(most.amount), 0)
      FROM (SELECT max(coalesce(line.amount, 'Infinity')) AS amount
              FROM (SELECT a.part, a.amount,
                           count(*) FILTER (WHERE judged.is_met)
                               OVER (PARTITION BY a.part ORDER BY a.position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS met_before
                      FROM unnest(award_at_most.amounts) AS a
                     CROSS JOIN LATERAL (SELECT CASE WHEN a.ruleset IS NULL THEN true
                                                     ELSE ntm.overall(ntm.assess(award_at_most.facts, a.ruleset))::boolean END
                                         OFFSET 0) AS judged (is_met)
                     WHERE (a.class IS NULL OR a.class = ANY (award_at_most.classes))
                       AND (a.parent_class IS NULL OR a.parent_class = ANY (award_at_most.parent_classes))
                       AND judged.is_met IS NOT FALSE) AS line
             WHERE line.met_before = 0
             GROUP BY line.part) AS most;
END;

COMMENT ON FUNCTION award_at_most(award_amount[], ntm.measures, text[], text[]) IS
'The most that a unit with these facts and classes can get by the lines of a policy, whatever comes to be known, in đồng; infinite if a part may be decided case by case, 0 if no line is for it. parent_classes NULL = no parent.';

CREATE FUNCTION award_priority_keys(priorities award_priority[], facts ntm.measures, classes text[], parent_classes text[]) RETURNS numeric[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT array_agg(CASE WHEN p.class = ANY (award_priority_keys.classes) OR p.parent_class = ANY (award_priority_keys.parent_classes) THEN 0
                          WHEN p.fact IS NULL THEN 1
                          WHEN known.value = '"n/a"' THEN 'Infinity'
                          WHEN p.direction = 'descending' THEN - (award_priority_keys.facts -> p.fact)
                          ELSE award_priority_keys.facts -> p.fact END ORDER BY p.position)
      FROM unnest(award_priority_keys.priorities) AS p
     CROSS JOIN LATERAL (SELECT award_priority_keys.facts::jsonb -> p.fact) AS known (value);
END;

COMMENT ON FUNCTION award_priority_keys(award_priority[], ntm.measures, text[], text[]) IS
'What to sort units by, ascending, to have those first that a policy puts first; NULL if it has no order of priority. An element is NULL if the fact is unknown, and infinite if it does not apply; for a class it is 0 where the unit, or its parent, has it, else 1. parent_classes NULL = no parent.';

-- ---- who gets the places of quotas where policies meet ----

-- A unit takes one place at most, under the policy that is best for it, and a
-- policy gives its places to those who come first of the units that it is best
-- for.  That is how places at schools are given: every unit asks the policy it
-- likes best; of those who ask, a policy keeps as many as it has places for and
-- turns away whoever comes after them, who ask the next one.  The last one kept
-- is the cutoff, and cutoffs only move forward, so that the order of asking does
-- not matter.
CREATE TYPE award_claim AS (
    claimant    text,
    preference  integer,
    policy_id   bigint,
    places      integer,
    "position"  integer,
    is_certain  boolean
);

COMMENT ON TYPE award_claim IS
'What a unit may get under a policy. claimant: the unit, which gets one of its claims; preference: the lowest is the best for it; places: those left of the policy''s quota, NULL = it has none; position: its place in the order of priority, NULL = not known; is_certain: whether clauses are met and amount and position known.';
COMMENT ON COLUMN award_claim.claimant IS 'Whose claim it is: of the claims of one it gets one.';
COMMENT ON COLUMN award_claim.preference IS 'Its place among them, the best first.';
COMMENT ON COLUMN award_claim.policy_id IS 'The policy.';
COMMENT ON COLUMN award_claim.places IS 'Places left of its quota. NULL = it has none.';
COMMENT ON COLUMN award_claim."position" IS 'Place in the order of priority, from 1. NULL = not known.';
COMMENT ON COLUMN award_claim.is_certain IS 'Whether it is sure that the unit gets it, if a place is left.';

-- Twice: once with nobody asking who might not have to, which gives those who
-- are surely turned away; once with everybody asking who might, which gives
-- those who surely are not.
CREATE FUNCTION award_cutoffs(claims award_claim[]) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path FROM CURRENT
AS $$
DECLARE
    at_best jsonb;
    at_worst jsonb := '{}';
    moved jsonb;
BEGIN
    SELECT coalesce(jsonb_object_agg(c.policy_id, 0), '{}') INTO at_best FROM unnest(claims) AS c WHERE c.places <= 0;

    LOOP
        -- the best claim still open decides, if it is certain
        SELECT at_best || coalesce(jsonb_object_agg(kept.policy_id, kept.position), '{}') INTO moved
          FROM (SELECT asked.policy_id, asked.places, asked.position,
                       row_number() OVER (PARTITION BY asked.policy_id ORDER BY asked.position) AS place
                  FROM (SELECT c.*, row_number() OVER (PARTITION BY c.claimant ORDER BY c.preference) AS turn
                          FROM unnest(claims) AS c
                         WHERE coalesce(c.position, 1) <= coalesce((at_best ->> c.policy_id::text)::integer, 2147483647)) AS asked
                 WHERE asked.turn = 1 AND asked.is_certain AND asked.places IS NOT NULL) AS kept
         WHERE kept.place = kept.places;

        EXIT WHEN moved = at_best;
        at_best := moved;
    END LOOP;

    LOOP
        -- every claim up to the first certain one may come, those at an unknown place before all others
        SELECT at_worst || coalesce(jsonb_object_agg(kept.policy_id, kept.position), '{}') INTO moved
          FROM (SELECT asked.policy_id, asked.places, coalesce(asked.position, 0) AS position,
                       row_number() OVER (PARTITION BY asked.policy_id ORDER BY coalesce(asked.position, 0)) AS place,
                       count(*) OVER (PARTITION BY asked.policy_id) AS asking
                  FROM (SELECT c.*, count(*) FILTER (WHERE c.is_certain) OVER better AS certain_before
                          FROM unnest(claims) AS c
                         WHERE coalesce(c.position, 1) <= coalesce((at_best ->> c.policy_id::text)::integer, 2147483647)
                           AND coalesce(c.position, 0) <= coalesce((at_worst ->> c.policy_id::text)::integer, 2147483647)
                        WINDOW better AS (PARTITION BY c.claimant ORDER BY c.preference
                                          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS asked
                 WHERE asked.certain_before = 0 AND asked.places IS NOT NULL) AS kept
         WHERE kept.place = kept.places AND kept.asking > kept.places;

        EXIT WHEN moved = at_worst;
        at_worst := moved;
    END LOOP;

    RETURN jsonb_build_object('at_best', at_best, 'at_worst', at_worst);
END
$$;

COMMENT ON FUNCTION award_cutoffs(award_claim[]) IS
'Up to which position in their orders of priority policies with a quota have places, as {"at_best": {policy_id: position}, "at_worst": {…}}: whoever comes after the one at best is surely turned away, whoever comes up to the one at worst surely is not. A policy left out of either has places for all in that case. NULL argument: NULL.';

CREATE AGGREGATE award_places(award_claim) (
    SFUNC = array_append,
    STYPE = award_claim[],
    FINALFUNC = award_cutoffs,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE award_places(award_claim) IS
'award_cutoffs() of the claims of a year. NULL = there are none.';

-- ---- what is left of a budget ----

CREATE FUNCTION award_spend(budget_left numeric, budget numeric, amount numeric, overtaking boolean) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN amount IS NULL OR budget IS NULL THEN coalesce(budget_left, budget)
                WHEN amount <= coalesce(budget_left, budget) THEN coalesce(budget_left, budget) - amount
                WHEN overtaking THEN coalesce(budget_left, budget)
                ELSE 0 END;

COMMENT ON FUNCTION award_spend(numeric, numeric, numeric, boolean) IS
'What is left of a budget after one more award, if it fits: budget_left NULL = nothing was spent of the budget yet, amount NULL = there is no award, budget NULL = without limit. One that does not fit leaves all as it is (overtaking), or nothing to those after it.';

CREATE AGGREGATE award_money_left(numeric, numeric, boolean) (
    SFUNC = award_spend,
    STYPE = numeric,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE award_money_left(numeric, numeric, boolean) IS
'What is left of a budget after awards in their order: arguments as the last three of award_spend(). NULL = no awards.';

-- The unit is looked up for each term: the other way round, the planner would
-- go through all units of a level for each.
CREATE VIEW award_quota AS
SELECT p.id AS policy_id, y.year, p.quota_scope AS scope, base.recognised,
       CASE WHEN p.quota_scope = 'period' AND NOT y.year BETWEEN p.period_from AND coalesce(p.period_to, y.year) THEN 0
            ELSE coalesce(p.quota_number,
                          CASE p.quota_rounding WHEN 'down' THEN floor(p.quota_share * base.recognised)
                                                WHEN 'up' THEN ceil(p.quota_share * base.recognised)
                                                ELSE round(p.quota_share * base.recognised) END) END::integer AS places,
       given.taken
  FROM award_policy AS p
  JOIN programme_year AS y
    ON p.valid_from <= make_date(y.year, 12, 31)
   AND (p.valid_to IS NULL OR make_date(y.year, 12, 31) < p.valid_to)
 CROSS JOIN LATERAL (VALUES (CASE p.quota_scope WHEN 'year' THEN y.year ELSE p.period_from END,
                             CASE p.quota_scope WHEN 'year' THEN y.year ELSE least(y.year, p.period_to) END,
                             CASE p.quota_scope WHEN 'year' THEN y.year ELSE coalesce(p.period_to, 2100) END))
       AS span (from_year, to_year, last_year)
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
                      WHERE a.policy_code = p.code AND a.tier = coalesce(p.tier, a.tier) AND a.amount > 0
                        AND a.year BETWEEN span.from_year AND span.last_year) AS given (taken)
 WHERE coalesce(p.quota_share, p.quota_number) IS NOT NULL;

COMMENT ON VIEW award_quota IS
'The quotas of policies, by year of the programme in which they are in force: one row for each policy with a quota and year.';
COMMENT ON COLUMN award_quota.policy_id IS 'The policy.';
COMMENT ON COLUMN award_quota.year IS 'The year.';
COMMENT ON COLUMN award_quota.scope IS 'year, or period: from the first year of the period to this one.';
COMMENT ON COLUMN award_quota.recognised IS 'Units of its level, tier and jurisdiction recognised for the years of the scope that exist, and are recognised still, at the end of this year.';
COMMENT ON COLUMN award_quota.places IS 'How many awards there may be: the quota, rounded as the policy says; of a quota of the period 0 in years outside it.';
COMMENT ON COLUMN award_quota.taken IS 'How many there are in the scope under its code, also under an edition of the policy before this one; of a period, also those for later years of it.';

CREATE VIEW award_budget_left AS
SELECT b.policy_id, b.year, b.decision, b.decision_date, b.budget, given.amount AS granted, b.budget - given.amount AS budget_left,
       row_number() OVER (PARTITION BY b.policy_id, b.year ORDER BY b.id DESC) = 1 AS is_last
  FROM (SELECT DISTINCT ON (x.policy_id, x.year, x.decision) x.*
          FROM award_budget AS x
         ORDER BY x.policy_id, x.year, x.decision, x.id DESC) AS b
 CROSS JOIN LATERAL (SELECT coalesce(sum(a.amount), 0)
                       FROM award AS a
                       LEFT JOIN award AS c ON c.cancels_id = a.id
                      WHERE a.policy_id = b.policy_id AND a.year = b.year AND a.decision = b.decision
                        AND a.event = 'granted' AND c.grant_again IS NOT TRUE) AS given (amount);

COMMENT ON VIEW award_budget_left IS
'What each decision to grant awards had to spend, and what is left of it: one row for each policy, year and decision.';
COMMENT ON COLUMN award_budget_left.policy_id IS 'The policy.';
COMMENT ON COLUMN award_budget_left.year IS 'The year that is rewarded.';
COMMENT ON COLUMN award_budget_left.decision IS 'Number of the decision.';
COMMENT ON COLUMN award_budget_left.decision_date IS 'Its date.';
COMMENT ON COLUMN award_budget_left.budget IS 'The money it had, in đồng. NULL = without limit.';
COMMENT ON COLUMN award_budget_left.granted IS 'What it granted, in đồng. What was cancelled later is spent all the same, unless it may be granted again (award.grant_again): then it is not counted.';
COMMENT ON COLUMN award_budget_left.budget_left IS 'budget less granted. NULL = without limit.';
COMMENT ON COLUMN award_budget_left.is_last IS 'Whether it is the last decision recorded for the policy and year.';

-- Step by step: the clauses and the amount of each unit by itself, then the
-- places of the quotas, then the policies that meet, then the money.
CREATE VIEW award_eligibility AS
WITH policy AS MATERIALIZED (
    SELECT p.*,
           (SELECT array_agg(a ORDER BY a.position) FROM award_amount AS a WHERE a.policy_id = p.id) AS amounts,
           (SELECT array_agg(a ORDER BY a.position) FROM award_priority AS a WHERE a.policy_id = p.id) AS priorities
      FROM award_policy AS p
), quota AS MATERIALIZED (
    SELECT q.policy_id, q.year, q.places, q.taken FROM award_quota AS q
), judged AS (
    -- whom a policy in force considers, and whoever was rewarded under whatever policy
    SELECT f.unit_id, f.year, f.code, f.name, f.level, f.path, f.tier, f.recognition_id, f.recognised_on, f.ended_on,
           f.classes, f.parent_classes,
           p.id AS policy_id, p.code AS policy_code, p.title AS policy, p.resolution, p.status, p.ruleset,
           p.hit_policy, p.precedence, p.overtaking, p.amounts, p.priorities,
           (history.own).id AS award_id, (history.own).amount AS granted_amount, (history.own).parts AS granted_parts,
           (history.own).lines AS granted_lines, (history.own).decision, (history.own).decision_date, (history.own).cite AS granted_cite,
           history.given_under, history.lost_by,
           greatest(history.cancelled_on, CASE WHEN p.candidates = 'recognised' THEN f.recognised_on END) AS grantable_from,
           CASE WHEN p.candidates = 'recognised' THEN f.revoked_on END AS grantable_to,
           v.facts, v.verdict
      FROM award_fact AS f
      JOIN policy AS p
        ON p.level = f.level AND coalesce(p.tier = f.tier, true)
           AND p.valid_from <= make_date(f.year, 12, 31)
           AND (p.valid_to IS NULL OR make_date(f.year, 12, 31) < p.valid_to)
           AND (p.jurisdiction_id IS NULL OR index(f.path, p.jurisdiction_id::text::ltree) >= 0)
        OR EXISTS (SELECT FROM award_standing AS a
                    WHERE a.unit_id = f.unit_id AND a.policy_id = p.id AND a.year = f.year AND a.tier = f.tier)
      LEFT JOIN award_rank AS r ON r.ranking = p.ranking AND r.year = f.year AND r.unit_id = f.unit_id
     CROSS JOIN LATERAL (SELECT jsonb_build_object(
                                    'earlier_awards', count(*) FILTER (WHERE e.counts AND e.year <= f.year),
                                    'awards_in_period', count(*) FILTER (WHERE e.counts AND e.year BETWEEN coalesce(p.period_from, e.year) AND coalesce(p.period_to, e.year)),
                                    'awards_before_period', count(*) FILTER (WHERE e.counts AND e.year < p.period_from),
                                    'earlier_amount', coalesce(sum(e.amount) FILTER (WHERE e.counts AND e.year <= f.year), 0),
                                    'years_to_nearest_award', coalesce(to_jsonb(min(abs(f.year - e.year)) FILTER (WHERE e.counts)), '"n/a"'),
                                    'lower_tier_awards', count(*) FILTER (WHERE e.stands AND e.is_lower AND e.year <= f.year),
                                    'ranked', r.rank IS NOT NULL,
                                    'rank_in_year', r.rank),
                                string_agg(format('%s (decision %s of %s)', e.policy_code, e.decision, e.decision_date), ', ' ORDER BY e.id)
                                    FILTER (WHERE e.excludes),
                                max(e.cancelled_on) FILTER (WHERE e.is_same),
                                (array_agg(e.lost_by ORDER BY e.attempt DESC) FILTER (WHERE e.is_same AND NOT e.is_standing))[1],
                                (array_agg(e.award) FILTER (WHERE e.is_own))[1]
                           FROM (SELECT a AS award, a.id, a.year, a.amount, a.attempt, a.policy_code, a.decision, a.decision_date,
                                        c.id IS NULL AS is_standing, is_same.it AS is_same, is_own.it AS is_own, stands.it AS stands,
                                        stands.it AND (a.policy_code = p.code AND a.tier = f.tier OR a.policy_code = ANY (p.earlier_codes)) AS counts,
                                        tier_rank(a.tier) < tier_rank(f.tier) AS is_lower,
                                        c.id IS NULL AND NOT is_own.it
                                        AND (is_same.it
                                             OR a.amount > 0 AND a.year = f.year AND a.tier = f.tier
                                                AND (other.hit_policy <> 'sum' OR other.policy_id IS NOT NULL AND p.hit_policy <> 'sum')) AS excludes,
                                        c.decision_date AS cancelled_on,
                                        CASE WHEN NOT c.grant_again THEN format('%s of %s: %s', c.decision, c.decision_date, c.note) END AS lost_by
                                   FROM award AS a
                                   LEFT JOIN award AS c ON c.cancels_id = a.id
                                   LEFT JOIN award_standing_under AS other ON other.award_id = a.id
                                  CROSS JOIN LATERAL (SELECT a.policy_code = p.code AND a.year = f.year AND a.tier = f.tier) AS is_same (it)
                                  CROSS JOIN LATERAL (SELECT c.id IS NULL AND is_same.it AND coalesce(a.policy_id = p.id, false)) AS is_own (it)
                                  CROSS JOIN LATERAL (SELECT c.id IS NULL AND a.amount > 0 AND NOT is_own.it) AS stands (it)
                                  WHERE a.unit_id = f.unit_id AND a.event = 'granted') AS e)
           AS history (facts, given_under, cancelled_on, lost_by, own)
     CROSS JOIN LATERAL (SELECT known.facts, ntm.overall(ntm.assess(known.facts, p.ruleset, f.classes)) AS verdict
                           FROM (SELECT f.facts || history.facts::text::ntm.measures OFFSET 0) AS known (facts)
                         OFFSET 0) AS v
     WHERE (history.own).id IS NOT NULL
        OR p.candidates = 'all'
        OR p.candidates = 'recognised' AND f.recognition_id IS NOT NULL
        OR p.candidates = 'ranked' AND r.rank IS NOT NULL
), valued AS (
    -- what each earns by itself
    SELECT j.*, a.parts, a.amount, a.open_parts, a.lines, a.cites, k.keys, own.state AS own_state, barred.why AS barred,
           CASE WHEN barred.why IS NOT NULL THEN 'not_eligible' ELSE own.state END AS earned,
           array_position(k.keys, NULL) IS NULL AS keys_known,
           CASE own.state WHEN 'eligible' THEN a.amount
                          WHEN 'by_hand' THEN 'Infinity'
                          WHEN 'not_known' THEN award_at_most(j.amounts, j.facts, j.classes, j.parent_classes) END AS at_most
      FROM judged AS j
     CROSS JOIN LATERAL (SELECT jsonb_object_agg(l.part, l.amount) FILTER (WHERE l.is_met AND l.amount IS NOT NULL),
                                coalesce(sum(l.amount) FILTER (WHERE l.is_met), 0),
                                array_agg(l.part ORDER BY l.part) FILTER (WHERE l.is_met AND l.amount IS NULL),
                                coalesce(bool_and(l.is_met IS NOT NULL), true),
                                array_agg(l.position ORDER BY l.position),
                                string_agg(DISTINCT l.cite, ', ')
                           FROM award_lines(j.amounts, j.facts, j.classes, j.parent_classes) AS l)
           AS a (parts, amount, open_parts, is_known, lines, cites)
     CROSS JOIN LATERAL (SELECT CASE WHEN j.priorities IS NOT NULL THEN award_priority_keys(j.priorities, j.facts, j.classes, j.parent_classes) END OFFSET 0) AS k (keys)
     CROSS JOIN LATERAL (SELECT CASE
                                    WHEN j.award_id IS NOT NULL THEN CASE WHEN j.granted_amount > 0 THEN 'granted' ELSE 'declined' END
                                    WHEN NOT j.verdict::boolean OR a.lines IS NULL OR a.is_known AND a.open_parts IS NULL AND a.amount = 0 THEN 'not_eligible'
                                    WHEN j.verdict::boolean IS NULL OR NOT a.is_known THEN 'not_known'
                                    WHEN a.open_parts IS NOT NULL THEN 'by_hand'
                                    ELSE 'eligible' END
                         OFFSET 0) AS own (state)
     CROSS JOIN LATERAL (SELECT CASE
                                    WHEN own.state IN ('granted', 'declined', 'not_eligible') THEN NULL
                                    WHEN j.ended_on <= make_date(j.year, 12, 31) THEN format('it ended on %s', j.ended_on)
                                    WHEN j.given_under IS NOT NULL THEN format('the award is given under another policy: %s', j.given_under)
                                    WHEN j.lost_by IS NOT NULL THEN format('the award was cancelled by decision %s', j.lost_by) END) AS barred (why)
), claimed AS (
    -- where it stands in the order of the policy, and the policy in its own
    SELECT v.*, q.places, q.taken,
           -- whose recognition was revoked, no decision of today can give a place
           v.earned IN ('eligible', 'not_known', 'by_hand') AND coalesce(CURRENT_DATE < v.grantable_to, true) AS contends,
           bool_or(q.places IS NOT NULL) OVER (PARTITION BY v.year) AS any_quota,
           row_number() OVER (PARTITION BY v.year, v.policy_id
                              ORDER BY v.keys, v.recognised_on, v.code COLLATE "C", v.unit_id, v.tier)::integer AS position,
           row_number() OVER (PARTITION BY v.year, v.unit_id, v.tier
                              ORDER BY v.precedence, CASE v.hit_policy WHEN 'highest' THEN - v.at_most END, v.policy_id)::integer AS preference
      FROM valued AS v
      LEFT JOIN quota AS q ON q.policy_id = v.policy_id AND q.year = v.year
), settled AS (
    SELECT c.*,
           award_places(ROW(concat_ws(' ', c.unit_id, c.tier, CASE c.hit_policy WHEN 'sum' THEN c.policy_id END), c.preference, c.policy_id,
                            c.places - c.taken, CASE WHEN c.places IS NULL OR c.keys_known THEN c.position END,
                            c.earned = 'eligible' AND (c.places IS NULL OR c.keys_known))::award_claim)
               FILTER (WHERE c.contends AND c.any_quota) OVER (PARTITION BY c.year) AS cutoffs
      FROM claimed AS c
), admitted AS (
    SELECT s.*,
           CASE WHEN s.places IS NULL OR s.earned NOT IN ('eligible', 'not_known', 'by_hand') THEN s.earned
                WHEN NOT s.contends THEN CASE WHEN s.taken >= s.places THEN 'outside_quota' ELSE s.earned END
                WHEN CASE WHEN s.keys_known THEN s.position ELSE 1 END > (s.cutoffs -> 'at_best' ->> s.policy_id::text)::integer THEN 'outside_quota'
                WHEN s.earned <> 'not_known'
                     AND CASE WHEN s.keys_known THEN s.position > (s.cutoffs -> 'at_worst' ->> s.policy_id::text)::integer
                              ELSE s.cutoffs -> 'at_worst' ? s.policy_id::text END THEN 'not_known'
                ELSE s.earned END AS admission
      FROM settled AS s
), met AS (
    -- the policies that are better for the unit
    SELECT a.*,
           a.hit_policy <> 'sum' AND count(*) FILTER (WHERE a.admission = 'eligible') OVER better > 0 AS is_served,
           a.hit_policy <> 'sum' AND count(*) FILTER (WHERE a.admission IN ('not_known', 'by_hand')) OVER better > 0 AS may_be_served,
           string_agg(a.policy_code, ', ') FILTER (WHERE a.admission = 'eligible') OVER better AS better_under,
           string_agg(a.policy_code, ', ') FILTER (WHERE a.admission IN ('not_known', 'by_hand')) OVER better AS open_under
      FROM admitted AS a
    WINDOW better AS (PARTITION BY a.year, a.unit_id, a.tier ORDER BY a.preference
                      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), chosen AS (
    SELECT m.*,
           CASE WHEN m.admission NOT IN ('eligible', 'not_known', 'by_hand') THEN m.admission
                WHEN m.is_served THEN 'not_eligible'
                WHEN m.may_be_served AND (m.admission = 'eligible' OR m.hit_policy = 'first') THEN 'not_known'
                ELSE m.admission END AS choice
      FROM met AS m
), funded AS (
    -- who comes before it, and what they leave of the money of the last decision
    SELECT c.*, b.budget_left, b.decision AS budget_decision, in_time.it AS in_time,
           row_number() OVER (PARTITION BY c.year, c.policy_id, c.choice = 'eligible' ORDER BY c.position)::integer AS rank,
           count(*) FILTER (WHERE c.contends AND c.earned = 'eligible' AND c.keys_known AND NOT c.is_served AND NOT c.may_be_served) OVER ahead AS surely_ahead,
           count(*) FILTER (WHERE c.contends AND c.keys_known AND NOT c.is_served) OVER ahead AS perhaps_ahead,
           count(*) FILTER (WHERE c.contends AND NOT c.is_served) OVER everyone AS contenders,
           count(*) FILTER (WHERE c.contends AND NOT c.keys_known AND NOT c.is_served) OVER everyone AS anywhere,
           award_money_left(b.budget_left, CASE WHEN c.choice = 'eligible' AND in_time.it THEN c.amount END, c.overtaking) OVER ahead AS money_left
      FROM chosen AS c
      LEFT JOIN award_budget_left AS b ON b.policy_id = c.policy_id AND b.year = c.year AND b.is_last
     CROSS JOIN LATERAL (SELECT coalesce(c.grantable_from <= b.decision_date, true) AND coalesce(b.decision_date < c.grantable_to, true)) AS in_time (it)
    WINDOW everyone AS (PARTITION BY c.year, c.policy_id),
           ahead AS (PARTITION BY c.year, c.policy_id ORDER BY c.position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), final AS (
    SELECT f.*,
           CASE WHEN f.choice = 'eligible' AND f.in_time AND f.amount > coalesce(f.money_left, f.budget_left) THEN 'budget_exhausted'
                ELSE f.choice END AS state
      FROM funded AS f
)
SELECT f.unit_id, f.year, f.code, f.name, f.level, f.path, f.tier, f.recognition_id,
       f.policy_id, f.policy_code, f.policy, f.resolution, f.status, f.state,
       CASE WHEN f.state IN ('granted', 'eligible', 'budget_exhausted') THEN 'met'
            WHEN f.state IN ('not_known', 'by_hand') THEN 'unknown'
            ELSE 'not_met' END::ntm.verdict AS verdict,
       CASE WHEN f.state = 'granted' THEN f.granted_amount
            WHEN f.state IN ('eligible', 'budget_exhausted') THEN f.amount END AS amount,
       nullif(f.at_most, 'Infinity') AS at_most,
       CASE WHEN f.state = 'granted' THEN f.granted_parts
            WHEN f.state IN ('eligible', 'budget_exhausted', 'by_hand') THEN f.parts END AS parts,
       CASE WHEN f.state = 'by_hand' THEN f.open_parts END AS open_parts,
       CASE WHEN f.award_id IS NOT NULL THEN f.granted_lines ELSE f.lines END AS lines,
       CASE WHEN f.choice = 'eligible' THEN f.rank END AS rank,
       f.places, f.award_id, f.grantable_from, f.grantable_to,
       CASE
           WHEN f.state = 'granted' THEN
               format('granted by decision %s of %s', f.decision, f.decision_date)
           WHEN f.state = 'declined' THEN
               format('declined by decision %s of %s: %s', f.decision, f.decision_date, f.granted_cite)
           WHEN f.choice = 'eligible' THEN
               concat('every clause is met', '; amount under ' || f.cites,
                      CASE WHEN f.state = 'budget_exhausted' THEN format('; budget exhausted: %s đồng are left under decision %s', f.budget_left, f.budget_decision) END)
           WHEN f.state = 'by_hand' THEN
               format('every clause is met; decided case by case (%s): %s', coalesce(f.cites, f.resolution), array_to_string(f.open_parts, ', '))
           WHEN f.barred IS NOT NULL THEN
               f.barred
           WHEN f.state = 'outside_quota' THEN
               format('outside the quota (%s): %s of %s places are taken, and %s units come first', f.resolution, f.taken, f.places, f.surely_ahead)
           WHEN f.choice <> f.admission AND f.choice = 'not_eligible' THEN
               format('the award is due under another policy: %s (hit policy %s)', f.better_under, f.hit_policy)
           WHEN f.admission <> f.earned THEN
               format('the quota (%s) may not reach: %s places, %s taken, and up to %s units come first that are not decided or whose priority is not known',
                      f.resolution, f.places, f.taken, CASE WHEN f.keys_known THEN f.perhaps_ahead + f.anywhere ELSE f.contenders - 1 END)
           WHEN f.choice <> f.admission THEN
               format('another policy is not decided yet: %s (hit policy %s)', f.open_under, f.hit_policy)
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
       CASE WHEN f.state = 'not_known' THEN
           (SELECT array_agg(DISTINCT needed.name ORDER BY needed.name)
              FROM (SELECT e.measure
                      FROM ntm.explain(f.facts, f.ruleset, f.classes) AS e
                     WHERE f.earned = 'not_known' AND e.verdict::boolean IS NULL
                     UNION ALL
                    SELECT v.name
                      FROM ntm.explain(f.facts, f.ruleset, f.classes) AS e
                     CROSS JOIN LATERAL unnest(CASE WHEN e.verdict::boolean IS NULL AND e.measure IS NOT NULL THEN ntm.variables(e.requirement::ntm.rule) END) AS v (name)
                     WHERE f.earned = 'not_known'
                     UNION ALL
                    SELECT v.name
                      FROM award_lines(f.amounts, f.facts, f.classes, f.parent_classes) AS l
                     CROSS JOIN LATERAL unnest(ntm.variables(l.condition)) AS v (name)
                     WHERE f.earned = 'not_known' AND l.is_met IS NULL
                     UNION ALL
                    SELECT p.fact FROM unnest(f.priorities) AS p WHERE f.places IS NOT NULL AND NOT f.keys_known) AS needed (name)
             WHERE coalesce(f.facts::jsonb -> needed.name, 'null') = 'null'
               AND needed.name NOT LIKE '% / %')
       END AS missing,
       f.facts, f.classes, f.parent_classes, f.keys_known AS rank_known
  FROM final AS f;

COMMENT ON VIEW award_eligibility IS
'Who has earned which award, and why not, if not: one row for each year and each policy in force on its 31 December, for each unit it considers (those recognised at its tier by the end of the year, unless the policy says otherwise), and one for each award that stands, even if its policy has been ended or the unit moved since. A unit that is not recognised has no row under a policy for those recognised. To read a part, give the year: a policy''s units of a year are judged together.';
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
COMMENT ON COLUMN award_eligibility.state IS 'granted; declined (decided case by case to give nothing); eligible; budget_exhausted (eligible, but what the last decision had left does not reach); by_hand (eligible, and the amount is decided case by case: grant_award()); outside_quota; not_eligible; or not_known (facts, or decisions about others, are missing).';
COMMENT ON COLUMN award_eligibility.verdict IS 'met = the award is earned (granted, eligible, budget_exhausted); not_met = it is not; unknown = facts or a decision are missing (not_known, by_hand).';
COMMENT ON COLUMN award_eligibility.amount IS 'Amount in đồng: granted, or to be granted. NULL = not earned, or not known.';
COMMENT ON COLUMN award_eligibility.parts IS 'Amount in đồng of each part; of an award decided case by case those parts that are laid down. NULL = not earned, or not known.';
COMMENT ON COLUMN award_eligibility.at_most IS 'The most it can give by the policy alone, in đồng, leaving quotas and other policies aside: the amount, where it is known. NULL = without limit (decided case by case), or it gives nothing.';
COMMENT ON COLUMN award_eligibility.open_parts IS 'The parts to be decided case by case. NULL = none.';
COMMENT ON COLUMN award_eligibility.lines IS 'Positions of the lines in award_amount that decide the amount, or cannot be decided. NULL = none is for the unit.';
COMMENT ON COLUMN award_eligibility.rank IS 'Its place in the policy''s order of priority among those eligible and not yet granted. NULL = it is none of these.';
COMMENT ON COLUMN award_eligibility.places IS 'Places of the policy''s quota for the year or period. NULL = it has none.';
COMMENT ON COLUMN award_eligibility.award_id IS 'The award granted or declined. NULL = none.';
COMMENT ON COLUMN award_eligibility.grantable_from IS 'First day on which a decision can grant it: the unit was recognised (of a policy for those recognised), or the award before it was cancelled. NULL = on any day.';
COMMENT ON COLUMN award_eligibility.grantable_to IS 'First day on which no decision can grant it any more: the recognition was revoked (of a policy for those recognised). NULL = on any day: what a unit earned by the end of the year stays earned when its term or the unit itself ends later.';
COMMENT ON COLUMN award_eligibility.reason IS 'The clauses that are not met or not known, each with requirement and citation; the line, policy, quota, budget or decision that decides; or that every clause is met.';
COMMENT ON COLUMN award_eligibility.missing IS 'Names of the facts that are missing: for clauses and amount, or for the order of priority where that decides about the places of a quota. NULL = none is.';
COMMENT ON COLUMN award_eligibility.facts IS 'The facts that were judged.';
COMMENT ON COLUMN award_eligibility.classes IS 'Classes of the unit.';
COMMENT ON COLUMN award_eligibility.rank_known IS 'Whether all facts that the policy''s order of priority sorts by are known.';
COMMENT ON COLUMN award_eligibility.parent_classes IS 'Classes of the unit it lies in. NULL = it lies in none.';
