-- Awards: published policies, roadmaps and rankings they refer to, and the
-- ledger of awards granted.

-- ---- what a policy lays down ----

CREATE TABLE award_policy (
    id              bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code            text    NOT NULL CHECK (code <> ''),
    title           text    NOT NULL,
    ruleset         ntm.ruleset NOT NULL,
    level           text    NOT NULL CHECK (is_level(level)),
    tier            text    DEFAULT 'standard' CHECK (is_tier(tier)),
    resolution      text    NOT NULL CHECK (resolution ~ '\S'),
    source          text,
    jurisdiction_id bigint  REFERENCES unit,
    valid_from      date    NOT NULL,
    valid_to        date,
    status          text    NOT NULL CHECK (is_status(status)),
    candidates      text    NOT NULL DEFAULT 'recognised' CHECK (candidates IN ('recognised', 'ranked', 'all')),
    ranking         text    CHECK (ranking <> ''),
    period_from     integer CHECK (period_from BETWEEN 2000 AND 2100),
    period_to       integer CHECK (period_to BETWEEN 2000 AND 2100),
    earlier_codes   text[]  NOT NULL DEFAULT '{}' CHECK (array_position(earlier_codes, NULL) IS NULL),
    quota_share     numeric CHECK (quota_share > 0 AND quota_share <= 1),
    quota_number    integer CHECK (quota_number > 0),
    quota_scope     text    NOT NULL DEFAULT 'year' CHECK (quota_scope IN ('year', 'period')),
    quota_rounding  text    NOT NULL DEFAULT 'down' CHECK (quota_rounding IN ('down', 'nearest', 'up')),
    overtaking      boolean NOT NULL DEFAULT false,
    hit_policy      text    NOT NULL DEFAULT 'unique' CHECK (hit_policy IN ('unique', 'first', 'highest', 'sum')),
    precedence      integer,
    published_at    timestamptz NOT NULL DEFAULT now(),
    CHECK (valid_from <= valid_to),
    CONSTRAINT award_policy_period CHECK (period_from <= period_to),
    CONSTRAINT award_policy_one_quota CHECK (quota_share IS NULL OR quota_number IS NULL),
    CONSTRAINT award_policy_quota_of_a_period CHECK (quota_scope = 'year' OR period_from IS NOT NULL),
    CONSTRAINT award_policy_ranked_in_a_ranking CHECK (candidates <> 'ranked' OR ranking IS NOT NULL),
    CONSTRAINT award_policy_tier_of_candidates CHECK (candidates = 'recognised' OR tier IS NOT NULL),
    CONSTRAINT award_policy_first_has_precedence CHECK ((hit_policy = 'first') = (precedence IS NOT NULL)),
    CONSTRAINT award_policy_code_at_a_time
        EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to) WITH &&)
);

COMMENT ON TABLE award_policy IS
'Published award policies: who earns an award, as a ruleset over award facts (view award_fact_name); what it is worth is in award_amount, who comes first in award_priority. Never changed, only ended by valid_to; supersede_award_policy() ends one and publishes the next.';
COMMENT ON COLUMN award_policy.id IS 'Identity.';
COMMENT ON COLUMN award_policy.code IS 'Code; one policy at a time has it.';
COMMENT ON COLUMN award_policy.title IS 'Title.';
COMMENT ON COLUMN award_policy.ruleset IS 'The clauses. They may use the award facts (view award_fact_name) and every measure of the catalogue.';
COMMENT ON COLUMN award_policy.level IS 'Level of the units it rewards.';
COMMENT ON COLUMN award_policy.tier IS 'Tier of recognition it rewards. NULL = every tier, each by itself; fact tier tells them apart: only for those recognised, since others would be paid once for each tier.';
COMMENT ON COLUMN award_policy.resolution IS 'The resolution or decision, as it is cited.';
COMMENT ON COLUMN award_policy.source IS 'Where it was read: an address, unverified or illustrative. NULL = not stated.';
COMMENT ON COLUMN award_policy.jurisdiction_id IS 'The unit within which it is in force. NULL = everywhere.';
COMMENT ON COLUMN award_policy.valid_from IS 'First day on which it is in force. The policies in force on 31 December of a year reward that year.';
COMMENT ON COLUMN award_policy.valid_to IS 'First day on which it is no longer in force. NULL = open.';
COMMENT ON COLUMN award_policy.status IS 'sourced, unverified, or illustrative (invented for a demonstration: nobody can claim it).';
COMMENT ON COLUMN award_policy.candidates IS 'Whom it considers for a year: recognised (at the tier by the end of the year), ranked (in the ranking, recognised or not: contests) or all (every unit of the level).';
COMMENT ON COLUMN award_policy.ranking IS 'The ranking (award_ranking) that the facts ranked and rank_in_year speak of. NULL = it uses none.';
COMMENT ON COLUMN award_policy.period_from IS 'First year of the period that quota_scope period and the facts awards_in_period and awards_before_period speak of. NULL = all years count as in the period.';
COMMENT ON COLUMN award_policy.period_to IS 'Last year of the period; after it nothing is granted under a quota of the period. NULL = open.';
COMMENT ON COLUMN award_policy.earlier_codes IS 'Codes of the policies whose awards, at whatever tier, the facts count as earlier ones, besides those under its own code at the same tier. They take no places of its quota: only awards under its own code do.';
COMMENT ON COLUMN award_policy.quota_share IS 'Quota as a share of the units newly recognised: 0.05 = 5 %. NULL = none of this kind.';
COMMENT ON COLUMN award_policy.quota_number IS 'Quota as a number of units. NULL = none of this kind.';
COMMENT ON COLUMN award_policy.quota_scope IS 'year: the quota is of each year, and of those recognised in it; period: of the years from period_from to the year in question together. A policy that takes its place under the same code goes on with the places that are left.';
COMMENT ON COLUMN award_policy.quota_rounding IS 'What is done with a fraction of a place in quota_share: down, nearest (half = up) or up.';
COMMENT ON COLUMN award_policy.overtaking IS 'Where money runs short: true = a unit whose amount still fits is granted though one before it did not fit; false = nobody after that one is.';
COMMENT ON COLUMN award_policy.hit_policy IS 'With other policies for the same units and tier: unique (there must be none), first (the lowest precedence that gives something), highest (the largest amount) or sum (each gives its own). All that meet must state the same.';
COMMENT ON COLUMN award_policy.precedence IS 'Rank under hit policy first, the lowest first. NULL = another hit policy.';
COMMENT ON COLUMN award_policy.published_at IS 'When it was published in this registry.';

-- Generated values need one expression; the node has no measure of its own, so
-- that a condition must name the facts it speaks of.
CREATE FUNCTION award_condition(condition ntm.rule) RETURNS ntm.ruleset
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN jsonb_build_object('code', 'award', 'nodes', jsonb_build_array(
               jsonb_build_object('code', 'condition', 'rule', condition::text)))::ntm.ruleset;

COMMENT ON FUNCTION award_condition(ntm.rule) IS
'The condition of an amount as a ruleset of one node, for ntm.assess(). A condition that does not name its facts is refused (SQLSTATE 22P02). NULL argument: NULL.';

CREATE TABLE award_amount (
    policy_id       bigint      NOT NULL REFERENCES award_policy,
    position        integer     NOT NULL CHECK (position > 0),
    part            text        NOT NULL DEFAULT 'award' CHECK (part <> ''),
    class           text        REFERENCES class,
    parent_class    text        REFERENCES class,
    condition       ntm.rule,
    amount          numeric(18,0) CHECK (amount >= 0 AND amount < 1e18),
    cite            text,
    source          text,
    ruleset         ntm.ruleset GENERATED ALWAYS AS (award_condition(condition)) STORED,
    id              bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
    PRIMARY KEY (policy_id, position)
);

COMMENT ON TABLE award_amount IS
'What a policy pays, as a decision table. Of the lines for a part of the award the first one decides whose classes the unit has and whose condition is met; a line that cannot be decided before it leaves the amount unknown. No line = nothing for that part. Published with the policy, in one transaction.';
COMMENT ON COLUMN award_amount.policy_id IS 'The policy.';
COMMENT ON COLUMN award_amount.position IS 'Order of the lines, from 1.';
COMMENT ON COLUMN award_amount.part IS 'Part of the award, e.g. works, cash, ceremony; the parts are paid together. award = it has but one.';
COMMENT ON COLUMN award_amount.class IS 'The line is for units with this class. NULL = for all.';
COMMENT ON COLUMN award_amount.parent_class IS 'The line is for units whose parent has this class. NULL = for all.';
COMMENT ON COLUMN award_amount.condition IS 'The line holds where this is met; a rule over award facts. NULL = always.';
COMMENT ON COLUMN award_amount.amount IS 'Amount in đồng. 0 = no award. NULL = decided case by case: grant_award().';
COMMENT ON COLUMN award_amount.cite IS 'The article. NULL = the resolution as a whole.';
COMMENT ON COLUMN award_amount.source IS 'Where the amount was read: an address, unverified or illustrative. NULL = not stated.';
COMMENT ON COLUMN award_amount.ruleset IS 'The condition, compiled. NULL = there is none.';
COMMENT ON COLUMN award_amount.id IS 'Identity of the line, by which it is chained.';

CREATE TABLE award_priority (
    policy_id   bigint  NOT NULL REFERENCES award_policy,
    position    integer NOT NULL CHECK (position > 0),
    fact        text,
    class       text    REFERENCES class,
    parent_class text   REFERENCES class,
    direction   text    CHECK (direction IN ('ascending', 'descending')),
    cite        text,
    id          bigint  GENERATED ALWAYS AS IDENTITY UNIQUE,
    PRIMARY KEY (policy_id, position),
    CONSTRAINT award_priority_fact_or_class CHECK (num_nonnulls(fact, class, parent_class) = 1),
    CONSTRAINT award_priority_direction_of_a_fact CHECK (fact IS NULL OR direction IS NOT NULL)
);

COMMENT ON TABLE award_priority IS
'Who comes first under a policy where a quota or the money does not reach for all: the facts to sort by, and the classes that go before others. Whoever is equal in all of them is taken in the order of the day of recognition, then of the unit''s code (byte by byte, whatever the database''s collation), then of its id.';
COMMENT ON COLUMN award_priority.policy_id IS 'The policy.';
COMMENT ON COLUMN award_priority.position IS 'Order of the facts and classes, from 1.';
COMMENT ON COLUMN award_priority.fact IS 'An award fact or a measure of the catalogue. Where it does not apply, the unit comes after all others. NULL = a class is given instead.';
COMMENT ON COLUMN award_priority.class IS 'Units with this class come first. NULL = a fact or parent_class is given instead.';
COMMENT ON COLUMN award_priority.parent_class IS 'Units whose parent has this class come first. NULL = a fact or class is given instead.';
COMMENT ON COLUMN award_priority.direction IS 'Of a fact: ascending (the smallest value first) or descending (the largest first). Of a class it says nothing, and may be NULL.';
COMMENT ON COLUMN award_priority.cite IS 'The article. NULL = the resolution as a whole.';
COMMENT ON COLUMN award_priority.id IS 'Identity of the row, by which it is chained.';

CREATE TRIGGER guard_edition BEFORE UPDATE ON award_policy
    FOR EACH ROW EXECUTE FUNCTION guard_edition('Set valid_to of the open policy and publish another one from that date; supersede_award_policy() does both.', 'award', 'policy_id');

CREATE TRIGGER keep_award_policies BEFORE DELETE OR TRUNCATE ON award_policy
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('To end a policy, set its valid_to; to withdraw one, set it to valid_from.');

CREATE TRIGGER keep_award_amounts BEFORE UPDATE OR DELETE OR TRUNCATE ON award_amount
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('End the policy and publish another one.');

CREATE TRIGGER keep_award_priorities BEFORE UPDATE OR DELETE OR TRUNCATE ON award_priority
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('End the policy and publish another one.');

-- Policies are chained, as 18-ledger.sql says.
INSERT INTO decision_ledger (ledger) VALUES ('award_policy'), ('award_amount'), ('award_priority');

CREATE TRIGGER lock_decisions BEFORE INSERT OR UPDATE ON award_policy
    FOR EACH STATEMENT EXECUTE FUNCTION lock_decisions();

CREATE TRIGGER chain_decisions AFTER INSERT ON award_policy
    REFERENCING NEW TABLE AS new_decisions
    FOR EACH STATEMENT EXECUTE FUNCTION chain_decisions();

CREATE TRIGGER lock_decisions BEFORE INSERT ON award_amount
    FOR EACH STATEMENT EXECUTE FUNCTION lock_decisions();

CREATE TRIGGER chain_decisions AFTER INSERT ON award_amount
    REFERENCING NEW TABLE AS new_decisions
    FOR EACH STATEMENT EXECUTE FUNCTION chain_decisions();

CREATE TRIGGER lock_decisions BEFORE INSERT ON award_priority
    FOR EACH STATEMENT EXECUTE FUNCTION lock_decisions();

CREATE TRIGGER chain_decisions AFTER INSERT ON award_priority
    REFERENCING NEW TABLE AS new_decisions
    FOR EACH STATEMENT EXECUTE FUNCTION chain_decisions();

-- ---- what policies refer to ----

CREATE TABLE recognition_plan (
    id              bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unit_id         bigint  NOT NULL REFERENCES unit,
    tier            text    NOT NULL DEFAULT 'standard' CHECK (is_tier(tier)),
    planned_year    integer CHECK (planned_year BETWEEN 2000 AND 2100),
    cite            text    NOT NULL CHECK (cite ~ '\S'),
    decided_on      date,
    recorded_at     timestamptz NOT NULL DEFAULT now(),
    recorded_by     text    NOT NULL DEFAULT current_user
);

CREATE INDEX recognition_plan_unit ON recognition_plan (unit_id, tier);

COMMENT ON TABLE recognition_plan IS
'The roadmap: for which year a unit is planned to be recognised. Append-only; a later decision takes the place of an earlier one, but not for units recognised before it.';
COMMENT ON COLUMN recognition_plan.id IS 'Identity and order of recording.';
COMMENT ON COLUMN recognition_plan.unit_id IS 'The unit.';
COMMENT ON COLUMN recognition_plan.tier IS 'The tier at which it is planned to be recognised.';
COMMENT ON COLUMN recognition_plan.planned_year IS 'The year. NULL = no longer planned.';
COMMENT ON COLUMN recognition_plan.cite IS 'The decision that laid the roadmap down.';
COMMENT ON COLUMN recognition_plan.decided_on IS 'Its date. NULL = not recorded: it counts from the beginning.';
COMMENT ON COLUMN recognition_plan.recorded_at IS 'When it was recorded.';
COMMENT ON COLUMN recognition_plan.recorded_by IS 'Who recorded it; the role, unless given.';

CREATE TRIGGER keep_plans BEFORE UPDATE OR DELETE OR TRUNCATE ON recognition_plan
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('Insert the new plan.');

CREATE TABLE award_ranking (
    id              bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ranking         text    NOT NULL CHECK (ranking <> ''),
    year            integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
    unit_id         bigint  NOT NULL REFERENCES unit,
    rank            integer CHECK (rank > 0),
    decision        text    NOT NULL CHECK (decision ~ '\S'),
    decision_date   date,
    recorded_at     timestamptz NOT NULL DEFAULT now(),
    recorded_by     text    NOT NULL DEFAULT current_user
);

CREATE INDEX award_ranking_unit ON award_ranking (ranking, year, unit_id);

COMMENT ON TABLE award_ranking IS
'Ranks of units in a year, as a decision published them: of those recognised, or prizes of a contest (first prize = 1). Several units may share one. Append-only; of the rows for a unit, year and ranking that of the latest decision counts, and of one decision the last.';
COMMENT ON COLUMN award_ranking.id IS 'Identity and order of recording.';
COMMENT ON COLUMN award_ranking.ranking IS 'Name of the ranking, as policies refer to it.';
COMMENT ON COLUMN award_ranking.year IS 'The year it is about.';
COMMENT ON COLUMN award_ranking.unit_id IS 'The unit.';
COMMENT ON COLUMN award_ranking.rank IS 'Its rank, the best = 1. NULL = no longer ranked.';
COMMENT ON COLUMN award_ranking.decision IS 'Number of the decision.';
COMMENT ON COLUMN award_ranking.decision_date IS 'Its date. NULL = not recorded: any decision with a date counts before it.';
COMMENT ON COLUMN award_ranking.recorded_at IS 'When it was recorded.';
COMMENT ON COLUMN award_ranking.recorded_by IS 'Who recorded it; the role, unless given.';

CREATE TRIGGER keep_rankings BEFORE UPDATE OR DELETE OR TRUNCATE ON award_ranking
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('Insert the new rank.');

-- A slip of the pen stays in the table for ever, so it must not get in.  Takes
-- the rights of the owner, see check_reports.
CREATE FUNCTION check_ranking() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path FROM CURRENT
AS $$
DECLARE
    wrong record;
BEGIN
    SELECT place.name, r.ranking, r.year, r.decision_date INTO wrong
      FROM new_ranks AS r
      JOIN unit AS place ON place.id = r.unit_id
     WHERE r.decision_date > CURRENT_DATE
        OR NOT pg_catalog.isfinite(r.decision_date)
        OR r.year > pg_catalog.date_part('year', r.decision_date)::integer + 1
     ORDER BY r.id
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'datetime_field_overflow',
            MESSAGE = pg_catalog.format('a decision of %s cannot rank unit "%s" for %s', wrong.decision_date, wrong.name, wrong.year),
            DETAIL = pg_catalog.format('Today is %s; a decision is about years up to the one after it.', CURRENT_DATE),
            HINT = 'Correct the date or the year.';
    END IF;

    SELECT place.name, r.ranking, r.year, pg_catalog.min(r.rank) AS best, pg_catalog.max(r.rank) AS worst INTO wrong
      FROM new_ranks AS r
      JOIN unit AS place ON place.id = r.unit_id
     GROUP BY place.id, place.name, r.ranking, r.year, r.decision_date
    HAVING pg_catalog.count(DISTINCT coalesce(r.rank, 0)) > 1
     ORDER BY place.id
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'unique_violation',
            MESSAGE = pg_catalog.format('unit "%s" has two ranks in ranking "%s" of %s', wrong.name, wrong.ranking, wrong.year),
            DETAIL = pg_catalog.format('Given at once were %s and %s.', wrong.best, coalesce(nullif(wrong.worst, wrong.best)::text, 'none')),
            HINT = 'Give one rank for each unit.';
    END IF;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION check_ranking() IS
'Trigger: refuses two different ranks for a unit by one statement (SQLSTATE 23505), and a decision yet to come, or one about a year more than one after it (22008).';

REVOKE EXECUTE ON FUNCTION check_ranking() FROM PUBLIC;

CREATE TRIGGER check_ranking AFTER INSERT ON award_ranking
    REFERENCING NEW TABLE AS new_ranks
    FOR EACH STATEMENT EXECUTE FUNCTION check_ranking();

CREATE VIEW award_rank AS
SELECT last.ranking, last.year, last.unit_id, last.rank, last.decision, last.decision_date
  FROM (SELECT DISTINCT ON (r.ranking, r.year, r.unit_id) r.*
          FROM award_ranking AS r
         ORDER BY r.ranking, r.year, r.unit_id, r.decision_date DESC NULLS LAST, r.id DESC) AS last
 WHERE last.rank IS NOT NULL;

COMMENT ON VIEW award_rank IS 'The ranks that count: for each ranking, year and unit that of the latest decision, and of one decision the last recorded.';
COMMENT ON COLUMN award_rank.ranking IS 'Name of the ranking.';
COMMENT ON COLUMN award_rank.year IS 'The year.';
COMMENT ON COLUMN award_rank.unit_id IS 'The unit.';
COMMENT ON COLUMN award_rank.rank IS 'Its rank, the best = 1.';
COMMENT ON COLUMN award_rank.decision IS 'Number of the decision.';
COMMENT ON COLUMN award_rank.decision_date IS 'Its date. NULL = not recorded.';

-- ---- what was granted ----

CREATE FUNCTION award_parts_total(parts jsonb) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN bool_and(part.value::numeric >= 0 AND part.value::numeric < 1e18) THEN sum(part.value::numeric) END
      FROM jsonb_each_text(award_parts_total.parts) AS part;
END;

COMMENT ON FUNCTION award_parts_total(jsonb) IS 'Sum of the parts of an award, in đồng; NULL without parts, or if one is below 0, not a number (NaN) or above all money (1e18).';

CREATE TABLE award (
    id              bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event           text    NOT NULL DEFAULT 'granted' CHECK (event IN ('granted', 'cancelled')),
    unit_id         bigint  NOT NULL REFERENCES unit,
    tier            text    NOT NULL DEFAULT 'standard' CHECK (is_tier(tier)),
    year            integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
    policy_id       bigint  REFERENCES award_policy,
    policy_code     text    NOT NULL CHECK (policy_code <> ''),
    amount          numeric(18,0) NOT NULL CHECK (amount >= 0 AND amount < 1e18),
    parts           jsonb   NOT NULL,
    decision        text    NOT NULL CHECK (decision ~ '\S'),
    decision_date   date    NOT NULL,
    signer          text,
    recognition_id  bigint  REFERENCES recognition,
    lines           integer[],
    classes         text[],
    parent_classes  text[],
    facts           ntm.measures,
    cite            text,
    note            text,
    cancels_id      bigint  REFERENCES award,
    attempt         integer NOT NULL,
    recorded_at     timestamptz NOT NULL DEFAULT now(),
    recorded_by     text    NOT NULL DEFAULT current_user,
    grant_again     boolean,
    CONSTRAINT award_of_nothing_has_grounds CHECK (amount > 0 OR (cite ~ '\S') IS TRUE),
    CONSTRAINT award_parts_sum CHECK ((amount = award_parts_total(parts)) IS TRUE),
    CONSTRAINT award_cancels CHECK ((event = 'cancelled') = (cancels_id IS NOT NULL) AND (event = 'cancelled') = (grant_again IS NOT NULL)),
    CONSTRAINT award_once UNIQUE (unit_id, policy_code, year, tier, event, attempt),
    CONSTRAINT award_cancelled_once UNIQUE (cancels_id)
);

CREATE INDEX award_year ON award (year, policy_id);

COMMENT ON TABLE award IS
'The ledger of awards, append-only. grant_awards() and grant_award() write what is granted, with the facts it rested on; a decision case by case to give nothing is a row with amount 0 (declined); cancel_award() writes that an award was cancelled or recovered. Awards from before the registry held facts are inserted as they are, with policy_id and facts NULL.';
COMMENT ON COLUMN award.id IS 'Identity and order of recording.';
COMMENT ON COLUMN award.event IS 'granted or cancelled.';
COMMENT ON COLUMN award.unit_id IS 'The unit.';
COMMENT ON COLUMN award.tier IS 'The tier of recognition that is rewarded.';
COMMENT ON COLUMN award.year IS 'The year that is rewarded.';
COMMENT ON COLUMN award.policy_id IS 'The policy. NULL = one that is not in this registry.';
COMMENT ON COLUMN award.policy_code IS 'Code of the policy, or what it is called where it is not in this registry.';
COMMENT ON COLUMN award.amount IS 'Amount in đồng: of the award, or of the one cancelled. 0 = declined: it was decided, on the grounds in cite, to give nothing.';
COMMENT ON COLUMN award.parts IS 'Amount in đồng of each part; their sum is amount.';
COMMENT ON COLUMN award.decision IS 'Number of the decision.';
COMMENT ON COLUMN award.decision_date IS 'Its date.';
COMMENT ON COLUMN award.signer IS 'Who signed it. NULL = not recorded.';
COMMENT ON COLUMN award.recognition_id IS 'The recognition it rests on. NULL = none, or not recorded.';
COMMENT ON COLUMN award.lines IS 'Positions of the lines in award_amount that gave the amount. NULL = not known here.';
COMMENT ON COLUMN award.classes IS 'Classes of the unit that it rested on. NULL = not known here.';
COMMENT ON COLUMN award.parent_classes IS 'Classes of the unit''s parent that it rested on. NULL = not known here, or no parent.';
COMMENT ON COLUMN award.facts IS 'The award facts it rested on, frozen. NULL = not known here.';
COMMENT ON COLUMN award.cite IS 'Grounds of what was decided case by case. NULL = nothing was.';
COMMENT ON COLUMN award.note IS 'Reason of a cancellation, or a remark. NULL = none.';
COMMENT ON COLUMN award.cancels_id IS 'The award that is cancelled. NULL = this one was granted.';
COMMENT ON COLUMN award.attempt IS 'Which of the awards to the unit under the policy for the year and tier, counted from 1; set by the database. There is a second one only after the first was cancelled.';
COMMENT ON COLUMN award.recorded_at IS 'When it was recorded; set by the database where policy_id is given.';
COMMENT ON COLUMN award.recorded_by IS 'Who recorded it: the role that logged in, set by the database, where policy_id is given; else the role, unless given.';
COMMENT ON COLUMN award.grant_again IS 'Of a cancellation: true = it was granted in error, so that the unit is eligible again and the money is not spent; false = the unit has lost it, and the money stays spent in the decision''s budget. NULL = this one was granted.';

CREATE TRIGGER keep_awards BEFORE UPDATE OR DELETE OR TRUNCATE ON award
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('To take an award back, use cancel_award().');

-- Awards are chained, as 18-ledger.sql says.
INSERT INTO decision_ledger (ledger) VALUES ('award');

CREATE TRIGGER lock_decisions BEFORE INSERT ON award
    FOR EACH STATEMENT EXECUTE FUNCTION lock_decisions();

CREATE TRIGGER chain_decisions AFTER INSERT ON award
    REFERENCING NEW TABLE AS new_decisions
    FOR EACH STATEMENT EXECUTE FUNCTION chain_decisions();

-- What must be so of an award under a policy of this registry, by whatever way
-- it comes.  Called by the trigger below with the rights of the owner, so it
-- names nothing that an object in the schema of ltree could stand in for.
CREATE FUNCTION award_refusal(a award, policy award_policy) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
DECLARE
    last_day CONSTANT date := pg_catalog.make_date(a.year, 12, 31);
    recognised recognition;
    revoked_on date;
    path text;
BEGIN
    IF a.facts IS NULL THEN
        RETURN 'It does not say which facts it rested on.';
    END IF;

    IF policy.valid_from > last_day OR policy.valid_to <= last_day THEN
        RETURN pg_catalog.format('The policy is in force from %s to %s, and rewards the years on whose 31 December it is.',
                                 policy.valid_from, coalesce(policy.valid_to::text, 'an open end'));
    END IF;

    SELECT s.path::text INTO path
      FROM unit_state AS s
     WHERE s.unit_id = a.unit_id
       AND (s.valid_from IS NULL OR s.valid_from <= last_day) AND (s.valid_to IS NULL OR last_day < s.valid_to);

    IF NOT FOUND THEN
        RETURN pg_catalog.format('The unit did not exist on %s.', last_day);
    END IF;

    IF policy.jurisdiction_id IS NOT NULL
       AND pg_catalog.strpos('.'::text || path || '.'::text, '.'::text || policy.jurisdiction_id::text || '.'::text) = 0 THEN
        RETURN pg_catalog.format('On %s the unit did not lie where the policy is in force.', last_day);
    END IF;

    IF a.recognition_id IS NULL AND policy.candidates = 'recognised' THEN
        RETURN 'The policy rewards those recognised, and it names no recognition.';
    END IF;

    IF a.recognition_id IS NOT NULL THEN
        SELECT * INTO recognised FROM recognition AS r WHERE r.id = a.recognition_id;

        IF (recognised.unit_id, recognised.tier, recognised.event) IS DISTINCT FROM (a.unit_id, a.tier, 'recognised'::text) THEN
            RETURN pg_catalog.format('Event %s is no recognition of the unit at tier %s.', a.recognition_id, a.tier);
        END IF;

        IF EXISTS (SELECT FROM recognition AS r WHERE r.annuls_id = a.recognition_id) THEN
            RETURN pg_catalog.format('The recognition of %s was annulled.', recognised.event_date);
        END IF;

        IF policy.candidates = 'recognised' AND a.decision_date < recognised.event_date THEN
            RETURN pg_catalog.format('It was decided on %s, and the unit recognised on %s.', a.decision_date, recognised.event_date);
        END IF;

        IF policy.candidates = 'recognised' AND recognised.year > a.year THEN
            RETURN pg_catalog.format('It is for %s, and the unit was recognised for %s.', a.year, recognised.year);
        END IF;

        SELECT t.revoked_on INTO revoked_on FROM recognition_term AS t WHERE t.recognition_id = a.recognition_id;

        IF policy.candidates = 'recognised' AND a.decision_date >= revoked_on THEN
            RETURN pg_catalog.format('It was decided on %s, and the recognition revoked on %s.', a.decision_date, revoked_on);
        END IF;
    END IF;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION award_refusal(award, award_policy) IS
'Why an award cannot have been granted under a policy: no facts, a policy not in force or not where the unit was on 31 December of the year, a recognition that is not the unit''s at the tier, was annulled, or (of a policy for those recognised) is missing, came after the decision or the year, or had been revoked by then. NULL = nothing is wrong.';

-- What is in the ledger stays in it, so a slip of the pen must not get in.  The
-- trigger below calls both with the rights of the owner, see check_reports.
CREATE FUNCTION check_decision_date(decision text, decision_date date) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
BEGIN
    IF is_yet_to_come(decision_date) OR NOT pg_catalog.isfinite(decision_date) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'datetime_field_overflow',
            MESSAGE = pg_catalog.format('decision %s is dated %s, which is %s', decision, decision_date,
                                        CASE WHEN pg_catalog.isfinite(decision_date) THEN 'yet to come' ELSE 'no day' END),
            DETAIL = pg_catalog.format('Today is %s.', CURRENT_DATE),
            HINT = 'Correct the date, or record the decision on its day.';
    END IF;
END
$$;

COMMENT ON FUNCTION check_decision_date(text, date) IS
'Refuses a decision dated in time to come or at infinity (SQLSTATE 22008). decision: its number, for the message.';

CREATE FUNCTION check_rewarded_year(decision text, decision_date date, year integer) RETURNS void
    LANGUAGE plpgsql IMMUTABLE
    SET search_path FROM CURRENT
AS $$
BEGIN
    IF year NOT BETWEEN 2000 AND 2100 OR year > pg_catalog.date_part('year', decision_date)::integer + 1 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'datetime_field_overflow',
            MESSAGE = pg_catalog.format('decision %s of %s cannot reward %s', decision, decision_date, year),
            DETAIL = 'A decision rewards years from 2000 up to the one after it.',
            HINT = 'Correct the date or the year.';
    END IF;
END
$$;

COMMENT ON FUNCTION check_rewarded_year(text, date, integer) IS
'Refuses a year before 2000, after 2100 or more than one after the decision that rewards it (SQLSTATE 22008). decision: its number, for the message.';

-- Granted and cancelled alternate.  Whoever writes awards waits for the others
-- to commit (lock_decisions), and so sees what they wrote; where that is not
-- enough (repeatable read), the unique attempt refuses the second of them.  It
-- takes the rights of the owner, see check_reports.  While one statement grants
-- thousands of awards, the plans think that there are none: they are kept to the
-- index by unit.
CREATE FUNCTION check_award() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path FROM CURRENT
    SET enable_seqscan = off
AS $$
DECLARE
    place unit;
    policy award_policy;
    standing award;
    cancelled award;
    cancellation award;
    trouble text;
BEGIN
    IF NEW.event = 'cancelled' THEN
        SELECT * INTO cancelled FROM award WHERE award.id = NEW.cancels_id AND award.event = 'granted';

        IF NOT FOUND THEN
            RAISE EXCEPTION USING
                ERRCODE = 'undefined_object',
                MESSAGE = pg_catalog.format('there is no award with id %s', coalesce(NEW.cancels_id::text, 'NULL')),
                HINT = 'Look for it in table award; what is cancelled has event granted.';
        END IF;

        NEW.unit_id := cancelled.unit_id;
        NEW.tier := cancelled.tier;
        NEW.year := cancelled.year;
        NEW.policy_id := cancelled.policy_id;
        NEW.policy_code := cancelled.policy_code;
        NEW.amount := cancelled.amount;
        NEW.parts := cancelled.parts;
        NEW.recognition_id := cancelled.recognition_id;
        NEW.attempt := cancelled.attempt;
        NEW.cite := cancelled.cite;
        NEW.grant_again := coalesce(NEW.grant_again, false);
    END IF;

    SELECT * INTO place FROM unit WHERE unit.id = NEW.unit_id;

    IF NEW.policy_id IS NOT NULL THEN
        NEW.recorded_at := pg_catalog.now();
        NEW.recorded_by := SESSION_USER;
    END IF;

    -- what is in the ledger stays in it, so a slip of the pen must not get in
    PERFORM check_decision_date(NEW.decision, NEW.decision_date);

    IF NEW.event = 'cancelled' THEN
        IF EXISTS (SELECT FROM award AS a WHERE a.cancels_id = NEW.cancels_id) THEN
            RAISE EXCEPTION USING
                ERRCODE = 'object_not_in_prerequisite_state',
                MESSAGE = pg_catalog.format('award %s to unit "%s" is cancelled already', NEW.cancels_id, place.name),
                DETAIL = (SELECT pg_catalog.format('By decision %s of %s.', a.decision, a.decision_date) FROM award AS a WHERE a.cancels_id = NEW.cancels_id),
                HINT = 'See table award.';
        END IF;

        IF NEW.decision_date < cancelled.decision_date THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation',
                MESSAGE = pg_catalog.format('award %s cannot be cancelled before it was granted', NEW.cancels_id),
                DETAIL = pg_catalog.format('It was granted on %s.', cancelled.decision_date),
                HINT = 'Correct the date of the decision.';
        END IF;

        RETURN NEW;
    END IF;

    PERFORM check_rewarded_year(NEW.decision, NEW.decision_date, NEW.year);

    IF pg_catalog.jsonb_typeof(NEW.parts) <> 'object'
       OR EXISTS (SELECT FROM pg_catalog.jsonb_each(CASE pg_catalog.jsonb_typeof(NEW.parts) WHEN 'object' THEN NEW.parts ELSE '{}' END) AS part
                   WHERE pg_catalog.jsonb_typeof(part.value) <> 'number') THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = pg_catalog.format('the parts of the award to unit "%s" are no amounts by name', place.name),
            DETAIL = pg_catalog.format('Given was %s.', NEW.parts),
            HINT = 'Give an object of amounts in đồng, for example {"works": 500000000}.';
    END IF;

    SELECT * INTO policy FROM award_policy WHERE award_policy.id = NEW.policy_id;

    IF NEW.policy_id IS NOT NULL AND policy.id IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = pg_catalog.format('there is no award policy with id %s', NEW.policy_id),
            HINT = 'Look for it in table award_policy.';
    END IF;

    -- of the level that it had then
    place.level := coalesce((SELECT s.level FROM unit_state AS s
                              WHERE s.unit_id = NEW.unit_id
                                AND (s.valid_from IS NULL OR s.valid_from <= pg_catalog.make_date(NEW.year, 12, 31))
                                AND (s.valid_to IS NULL OR pg_catalog.make_date(NEW.year, 12, 31) < s.valid_to)), place.level);

    IF NEW.policy_id IS NOT NULL
       AND (policy.code, policy.level) IS DISTINCT FROM (coalesce(NEW.policy_code, policy.code), place.level)
       OR policy.tier <> NEW.tier THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = pg_catalog.format('award policy "%s" does not reward unit "%s" at tier %s', policy.code, place.name, NEW.tier),
            DETAIL = pg_catalog.format('It is for level %s and %s.', policy.level, coalesce('tier ' || policy.tier, 'every tier')),
            HINT = 'Give the policy, its code and the tier that belong together.';
    END IF;

    IF NEW.policy_id IS NOT NULL THEN
        trouble := award_refusal(NEW, policy);

        IF trouble IS NOT NULL THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation',
                MESSAGE = pg_catalog.format('an award to unit "%s" under policy "%s" for %s cannot be as it is given', place.name, policy.code, NEW.year),
                DETAIL = trouble,
                HINT = 'Use grant_awards() or grant_award(); leave policy_id out of what is only recorded as it stands on paper.';
        END IF;
    END IF;

    NEW.policy_code := coalesce(NEW.policy_code, policy.code);

    SELECT * INTO standing
      FROM (SELECT * FROM award WHERE award.unit_id = NEW.unit_id OFFSET 0) AS a
     WHERE a.policy_code = NEW.policy_code AND a.year = NEW.year AND a.tier = NEW.tier
       AND a.event = 'granted'
       AND NOT EXISTS (SELECT FROM award AS c WHERE c.unit_id = NEW.unit_id AND c.cancels_id = a.id);

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'unique_violation',
            MESSAGE = pg_catalog.format('unit "%s" has its award under policy "%s" for %s already', place.name, NEW.policy_code, NEW.year),
            DETAIL = pg_catalog.format('%s đồng by decision %s of %s.', standing.amount, standing.decision, standing.decision_date),
            HINT = 'It can be granted again only after that one was cancelled.';
    END IF;

    SELECT * INTO cancellation
      FROM (SELECT * FROM award WHERE award.unit_id = NEW.unit_id OFFSET 0) AS a
     WHERE a.policy_code = NEW.policy_code AND a.year = NEW.year AND a.tier = NEW.tier
       AND a.event = 'cancelled'
     ORDER BY a.attempt DESC
     LIMIT 1;

    IF NEW.decision_date < cancellation.decision_date THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = pg_catalog.format('unit "%s" cannot be given again what was cancelled later', place.name),
            DETAIL = pg_catalog.format('Its award under policy "%s" for %s was cancelled by decision %s of %s.',
                                       NEW.policy_code, NEW.year, cancellation.decision, cancellation.decision_date),
            HINT = 'It can be granted again by a decision from that day on.';
    END IF;

    IF NEW.policy_id IS NOT NULL AND NOT cancellation.grant_again THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = pg_catalog.format('unit "%s" has lost its award under policy "%s" for %s', place.name, NEW.policy_code, NEW.year),
            DETAIL = pg_catalog.format('It was cancelled by decision %s of %s: %s', cancellation.decision, cancellation.decision_date, cancellation.note),
            HINT = 'What was granted in error, and may be granted again, is cancelled with grant_again => true.';
    END IF;

    NEW.attempt := coalesce(cancellation.attempt, 0) + 1;

    RETURN NEW;
END
$$;

COMMENT ON FUNCTION check_award() IS
'Trigger: numbers the attempt, and gives a cancellation the unit, policy and amount of the award it cancels. Refuses a decision dated in time to come, or about a year more than one after it (SQLSTATE 22008); an award that the unit has already (23505); a policy that is not for it, what award_refusal() finds, an award dated before the one before it was cancelled, and a cancellation dated before the award (23514); to give again under a policy of this registry what the unit has lost (55000); and to cancel what is not there (42704) or cancelled already (55000).';

REVOKE EXECUTE ON FUNCTION check_award() FROM PUBLIC;

CREATE TRIGGER check_award BEFORE INSERT ON award
    FOR EACH ROW EXECUTE FUNCTION check_award();

CREATE VIEW award_standing AS
SELECT a.id, a.unit_id, a.tier, a.year, a.policy_id, a.policy_code, a.amount, a.parts, a.decision, a.decision_date,
       a.signer, a.recognition_id, a.lines, a.classes, a.parent_classes, a.facts, a.cite, a.note, a.attempt,
       a.recorded_at, a.recorded_by
  FROM award AS a
 WHERE a.event = 'granted'
   AND NOT EXISTS (SELECT FROM award AS c WHERE c.cancels_id = a.id);

COMMENT ON VIEW award_standing IS 'The awards that were granted and not cancelled; those with amount 0 were declined.';
COMMENT ON COLUMN award_standing.id IS 'Identity and order of recording.';
COMMENT ON COLUMN award_standing.unit_id IS 'The unit.';
COMMENT ON COLUMN award_standing.tier IS 'The tier of recognition that is rewarded.';
COMMENT ON COLUMN award_standing.year IS 'The year that is rewarded.';
COMMENT ON COLUMN award_standing.policy_id IS 'The policy. NULL = one that is not in this registry.';
COMMENT ON COLUMN award_standing.policy_code IS 'Code of the policy, or what it is called where it is not in this registry.';
COMMENT ON COLUMN award_standing.amount IS 'Amount in đồng. 0 = declined.';
COMMENT ON COLUMN award_standing.parts IS 'Amount in đồng of each part; their sum is amount.';
COMMENT ON COLUMN award_standing.decision IS 'Number of the decision.';
COMMENT ON COLUMN award_standing.decision_date IS 'Its date.';
COMMENT ON COLUMN award_standing.signer IS 'Who signed it. NULL = not recorded.';
COMMENT ON COLUMN award_standing.recognition_id IS 'The recognition it rests on. NULL = none, or not recorded.';
COMMENT ON COLUMN award_standing.lines IS 'Positions of the lines in award_amount that gave the amount. NULL = not known here.';
COMMENT ON COLUMN award_standing.classes IS 'Classes of the unit that it rested on. NULL = not known here.';
COMMENT ON COLUMN award_standing.parent_classes IS 'Classes of the unit''s parent that it rested on. NULL = not known here, or no parent.';
COMMENT ON COLUMN award_standing.facts IS 'The award facts it rested on, frozen. NULL = not known here.';
COMMENT ON COLUMN award_standing.cite IS 'Grounds of what was decided case by case. NULL = nothing was.';
COMMENT ON COLUMN award_standing.note IS 'A remark. NULL = none.';
COMMENT ON COLUMN award_standing.attempt IS 'Which of the awards to the unit under the policy for the year and tier, counted from 1; set by the database. There is a second one only after the first was cancelled.';
COMMENT ON COLUMN award_standing.recorded_at IS 'When it was recorded.';
COMMENT ON COLUMN award_standing.recorded_by IS 'Who recorded it; the role, unless given.';

-- Of an award on paper the code says under which policy it stands: the edition
-- that was in force in the year, even if it ended before 31 December.
CREATE VIEW award_standing_under AS
SELECT a.id AS award_id, p.id AS policy_id, p.hit_policy, p.candidates
  FROM award AS a
  JOIN unit AS u ON u.id = a.unit_id
 CROSS JOIN LATERAL (SELECT x.id, x.hit_policy, x.candidates
                       FROM award_policy AS x
                      WHERE x.id = a.policy_id
                         OR a.policy_id IS NULL AND x.code = a.policy_code AND x.level = u.level AND coalesce(x.tier = a.tier, true)
                            AND x.valid_from <= make_date(a.year, 12, 31)
                            AND (x.valid_to IS NULL OR x.valid_to > greatest(x.valid_from, make_date(a.year, 1, 1)))
                      ORDER BY x.valid_from DESC
                      LIMIT 1) AS p
 WHERE a.event = 'granted';

COMMENT ON VIEW award_standing_under IS
'The policy under which each award stands, cancelled or not: that by which it was granted; of one on paper the edition of its code, for the level and tier, that was in force last in the year. No row = a code that is not in this registry.';
COMMENT ON COLUMN award_standing_under.award_id IS 'The award.';
COMMENT ON COLUMN award_standing_under.policy_id IS 'The policy.';
COMMENT ON COLUMN award_standing_under.hit_policy IS 'Its hit policy.';
COMMENT ON COLUMN award_standing_under.candidates IS 'Whom it considers.';

CREATE TABLE award_budget (
    id              bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    policy_id       bigint  NOT NULL REFERENCES award_policy,
    year            integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
    decision        text    NOT NULL CHECK (decision ~ '\S'),
    decision_date   date    NOT NULL,
    budget          numeric(18,0) CHECK (budget >= 0 AND budget < 1e18),
    recorded_at     timestamptz NOT NULL DEFAULT now(),
    recorded_by     text    NOT NULL DEFAULT current_user
);

CREATE INDEX award_budget_policy ON award_budget (policy_id, year);

COMMENT ON TABLE award_budget IS
'The money that decisions had to grant awards with, as grant_awards() was told. Append-only; of the rows for a decision the last one counts.';
COMMENT ON COLUMN award_budget.id IS 'Identity and order of recording.';
COMMENT ON COLUMN award_budget.policy_id IS 'The policy.';
COMMENT ON COLUMN award_budget.year IS 'The year that is rewarded.';
COMMENT ON COLUMN award_budget.decision IS 'Number of the decision.';
COMMENT ON COLUMN award_budget.decision_date IS 'Its date.';
COMMENT ON COLUMN award_budget.budget IS 'Money for all awards of the decision under the policy for the year, in đồng. NULL = without limit.';
COMMENT ON COLUMN award_budget.recorded_at IS 'When it was recorded.';
COMMENT ON COLUMN award_budget.recorded_by IS 'Who recorded it; the role, unless given.';

CREATE TRIGGER keep_award_budgets BEFORE UPDATE OR DELETE OR TRUNCATE ON award_budget
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('Call grant_awards() with the new budget.');
