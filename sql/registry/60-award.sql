-- Awards: policies over award facts, and who is eligible under them.

CREATE TABLE award_policy (
    id              bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code            text    NOT NULL CHECK (code <> ''),
    title           text    NOT NULL,
    ruleset         ntm.ruleset NOT NULL,
    level           text    NOT NULL CHECK (level IN ('province', 'district', 'commune', 'area')),
    tier            text    NOT NULL DEFAULT 'standard' CHECK (tier IN ('standard', 'advanced', 'model')),
    resolution      text    NOT NULL CHECK (resolution <> ''),
    jurisdiction_id bigint  REFERENCES unit,
    valid_from      date    NOT NULL,
    valid_to        date,
    status          text    NOT NULL CHECK (status IN ('sourced', 'unverified', 'illustrative')),
    published_at    timestamptz NOT NULL DEFAULT now(),
    CHECK (valid_from < valid_to)
);

COMMENT ON TABLE award_policy IS
'Published award policies: who earns an award, as a ruleset over award facts (view award_fact). Never changed, only ended by valid_to.';
COMMENT ON COLUMN award_policy.id IS 'Identity.';
COMMENT ON COLUMN award_policy.code IS 'Code.';
COMMENT ON COLUMN award_policy.title IS 'Title.';
COMMENT ON COLUMN award_policy.ruleset IS 'The clauses. They may use the award facts (view award_fact_name) and every measure of the catalogue.';
COMMENT ON COLUMN award_policy.level IS 'Level of the units it rewards.';
COMMENT ON COLUMN award_policy.tier IS 'Tier of recognition it rewards.';
COMMENT ON COLUMN award_policy.resolution IS 'The resolution or decision, as it is cited.';
COMMENT ON COLUMN award_policy.jurisdiction_id IS 'The unit within which it is in force. NULL = everywhere.';
COMMENT ON COLUMN award_policy.valid_from IS 'First day on which it is in force.';
COMMENT ON COLUMN award_policy.valid_to IS 'First day on which it is no longer in force. NULL = open.';
COMMENT ON COLUMN award_policy.status IS 'sourced, unverified, or illustrative (invented for a demonstration: nobody can claim it).';
COMMENT ON COLUMN award_policy.published_at IS 'When it was published in this registry.';

CREATE TABLE award_amount (
    policy_id   bigint          NOT NULL REFERENCES award_policy,
    class       text            REFERENCES class,
    amount      numeric(18,0)   NOT NULL CHECK (amount >= 0),
    UNIQUE NULLS NOT DISTINCT (policy_id, class)
);

COMMENT ON TABLE award_amount IS
'What a policy pays, by class of the unit: the first of the unit''s classes that is listed, else the default. Published with the policy, in one transaction.';
COMMENT ON COLUMN award_amount.policy_id IS 'The policy.';
COMMENT ON COLUMN award_amount.class IS 'Class of the unit. NULL = default.';
COMMENT ON COLUMN award_amount.amount IS 'Amount in đồng.';

-- The award facts.  Rules name them, so a name is never changed.
CREATE VIEW award_fact_name AS
SELECT f.name, f.unit, f.meaning
  FROM (VALUES
    ('recognised_year', 'year', 'the year of the programme for which the unit was recognised at the policy''s tier'),
    ('newly_recognised', 'yes/no', '1 if that is this year, else 0'),
    ('years_since_recognition', 'years', 'this year minus that year'),
    ('first_time', 'yes/no', '1 if it was never recognised at the tier before this term, else 0'),
    ('parent_recognised', 'yes/no',
     '1 if the unit it lies in is recognised at tier standard by the end of this year, else 0; not applicable if it lies in none'),
    ('meets_criteria', 'yes/no', '1 if the assessment of this year at the tier is met, 0 if not; unknown if it is, or if there is none')
  ) AS f (name, unit, meaning);

COMMENT ON VIEW award_fact_name IS 'The award facts that the clauses of a policy can use.';
COMMENT ON COLUMN award_fact_name.name IS 'Name, as rules write it.';
COMMENT ON COLUMN award_fact_name.unit IS 'Unit of measure.';
COMMENT ON COLUMN award_fact_name.meaning IS 'What it says about a unit, a tier and a year ("this year").';

CREATE TRIGGER guard_edition BEFORE UPDATE ON award_policy
    FOR EACH ROW EXECUTE FUNCTION guard_edition();

CREATE TRIGGER keep_award_policies BEFORE DELETE OR TRUNCATE ON award_policy
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('To end a policy, set its valid_to.');

CREATE TRIGGER keep_award_amounts BEFORE UPDATE OR DELETE OR TRUNCATE ON award_amount
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('End the policy and publish another one.');

-- A mistyped name would stay unknown for ever.
CREATE FUNCTION check_award_policy() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
DECLARE
    strange text;
BEGIN
    SELECT string_agg(quote_ident(used.name), ', ' ORDER BY used.name)
      INTO strange
      FROM unnest(ntm.variables(NEW.ruleset)) AS used (name)
     WHERE NOT EXISTS (SELECT FROM award_fact_name AS f WHERE f.name = used.name)
       AND NOT EXISTS (SELECT FROM indicator AS i WHERE i.name = used.name);

    IF strange IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('award policy "%s" uses unknown facts: %s', NEW.code, strange),
            DETAIL = 'A clause may use award facts and measures of the catalogue.',
            HINT = 'See view award_fact_name and table indicator.';
    END IF;

    RETURN NEW;
END
$$;

COMMENT ON FUNCTION check_award_policy() IS
'Trigger: refuses a policy whose clauses name facts that are neither award facts nor in table indicator (SQLSTATE 23503).';

CREATE TRIGGER check_award_policy BEFORE INSERT ON award_policy
    FOR EACH ROW EXECUTE FUNCTION check_award_policy();

CREATE FUNCTION check_award_amount() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
DECLARE
    policy award_policy;
BEGIN
    SELECT * INTO policy FROM award_policy AS p WHERE p.id = NEW.policy_id;

    -- published_at is the start of the transaction that published it
    IF policy.published_at <> now() THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format('cannot add an amount to award policy "%s"', policy.code),
            DETAIL = format('It was published on %s.', policy.published_at::date),
            HINT = 'End the policy and publish another one, with all its amounts in one transaction.';
    END IF;

    RETURN NEW;
END
$$;

COMMENT ON FUNCTION check_award_amount() IS
'Trigger: refuses an amount for a policy published in an earlier transaction (SQLSTATE 55000).';

CREATE TRIGGER check_award_amount BEFORE INSERT ON award_amount
    FOR EACH ROW EXECUTE FUNCTION check_award_amount();

CREATE FUNCTION publish_award_policy(
    ruleset         ntm.ruleset,
    level           text,
    resolution      text,
    amount          numeric,
    valid_from      date,
    valid_to        date    DEFAULT NULL,
    tier            text    DEFAULT 'standard',
    class_amounts   jsonb   DEFAULT '{}',
    jurisdiction_id bigint  DEFAULT NULL,
    status          text    DEFAULT 'unverified') RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    policy award_policy;
BEGIN
    INSERT INTO award_policy
           (code, title, ruleset, level, tier, resolution, jurisdiction_id, valid_from, valid_to, status)
    VALUES (ntm.ruleset_code(publish_award_policy.ruleset),
            coalesce(ntm.ruleset_title(publish_award_policy.ruleset), ntm.ruleset_code(publish_award_policy.ruleset)),
            publish_award_policy.ruleset, publish_award_policy.level, publish_award_policy.tier,
            publish_award_policy.resolution, publish_award_policy.jurisdiction_id,
            publish_award_policy.valid_from, publish_award_policy.valid_to, publish_award_policy.status)
    RETURNING * INTO policy;

    INSERT INTO award_amount (policy_id, class, amount)
    SELECT policy.id, NULL, publish_award_policy.amount
     WHERE publish_award_policy.amount IS NOT NULL
     UNION ALL
    SELECT policy.id, given.key, given.value::numeric
      FROM jsonb_each_text(publish_award_policy.class_amounts) AS given;

    IF policy.status <> 'sourced' THEN
        RAISE NOTICE USING
            MESSAGE = format('award policy "%s" is %s', policy.code, policy.status),
            DETAIL = CASE policy.status
                         WHEN 'illustrative' THEN 'It was invented for a demonstration. Nobody can claim an award under it.'
                         ELSE 'It has no public source.'
                     END,
            HINT = 'Every line of award_eligibility that rests on it says so in column status.';
    END IF;

    RETURN policy.id;
END
$$;

COMMENT ON FUNCTION publish_award_policy(ntm.ruleset, text, text, numeric, date, date, text, jsonb, bigint, text) IS
'Publishes an award policy with its amounts in đồng and returns its id. amount is the default (NULL = none), class_amounts an object of amounts by class; jurisdiction_id NULL = everywhere; valid_to NULL = open. A NOTICE says when it is not sourced. Refuses clauses over unknown facts (SQLSTATE 23503).';

CREATE VIEW award_fact AS
SELECT t.unit_id, y.year, t.tier, t.recognition_id,
       coalesce(d.measures, '{}') || (jsonb_build_object(
           'recognised_year', t.from_year,
           'newly_recognised', t.from_year = y.year,
           'years_since_recognition', y.year - t.from_year,
           'first_time', NOT EXISTS (SELECT FROM recognition AS earlier
                                      WHERE earlier.unit_id = t.unit_id AND earlier.tier = t.tier
                                        AND earlier.event = 'recognised' AND earlier.event_date < t.recognised_on),
           'parent_recognised', CASE WHEN u.parent_id IS NULL THEN to_jsonb('n/a'::text) ELSE
               to_jsonb(EXISTS (SELECT FROM recognition_term AS above
                                 WHERE above.unit_id = u.parent_id AND above.tier = 'standard'
                                   AND above.from_year <= y.year
                                   AND (above.to_year IS NULL OR y.year < above.to_year))) END,
           'meets_criteria', a.verdict::boolean)::text)::ntm.measures AS facts
  FROM recognition_term AS t
  JOIN programme_year AS y ON t.from_year <= y.year AND (t.to_year IS NULL OR y.year < t.to_year)
  JOIN unit AS u ON u.id = t.unit_id
  LEFT JOIN dossier AS d ON d.unit_id = t.unit_id AND d.year = y.year
  LEFT JOIN assessment AS a ON a.unit_id = t.unit_id AND a.year = y.year AND a.tier = t.tier;

COMMENT ON VIEW award_fact IS
'What an award policy judges: for each unit, tier and year in which the unit is recognised, the award facts and everything in the dossier of the year.';
COMMENT ON COLUMN award_fact.unit_id IS 'The unit.';
COMMENT ON COLUMN award_fact.year IS 'The year ("this year" in the meanings of the facts).';
COMMENT ON COLUMN award_fact.tier IS 'The tier at which it is recognised.';
COMMENT ON COLUMN award_fact.recognition_id IS 'The event by which it is.';
COMMENT ON COLUMN award_fact.facts IS 'The facts; view award_fact_name says what they mean.';

CREATE VIEW award_eligibility AS
SELECT f.unit_id, f.year, u.code, u.name, u.level, u.path, f.tier, f.recognition_id,
       p.id AS policy_id, p.code AS policy_code, p.title AS policy, p.resolution, p.status,
       v.verdict,
       CASE WHEN v.verdict::boolean THEN
           (SELECT a.amount
              FROM award_amount AS a
             WHERE a.policy_id = p.id AND (a.class IS NULL OR a.class = ANY (u.classes))
             ORDER BY array_position(u.classes, a.class)
             LIMIT 1)
       END AS amount,
       CASE WHEN v.verdict::boolean THEN 'every clause is met' ELSE
           (SELECT string_agg(format('%s%s (%s): %s', x.title, CASE WHEN x.requirement NOT IN ('met', 'not met') THEN ' ' || x.requirement END,
                                     coalesce(x.cite, p.resolution), replace(x.verdict::text, '_', ' ')),
                              '; ' ORDER BY x.position)
              FROM (SELECT e.*, array_agg(e.parent) OVER () AS parents
                      FROM ntm.explain(v.facts, p.ruleset, u.classes) WITH ORDINALITY
                        AS e (code, parent, title, measure, requirement, value, verdict, gap, decisive, cite, blocking, position)) AS x
             WHERE x.blocking AND array_position(x.parents, x.code) IS NULL)
       END AS reason,
       v.facts
  FROM award_fact AS f
  JOIN unit AS u ON u.id = f.unit_id
  JOIN award_policy AS p
    ON p.level = u.level AND p.tier = f.tier
   AND p.valid_from <= make_date(f.year, 12, 31)
   AND (p.valid_to IS NULL OR make_date(f.year, 12, 31) < p.valid_to)
  LEFT JOIN unit AS j ON j.id = p.jurisdiction_id
 CROSS JOIN LATERAL (SELECT known.facts, ntm.overall(ntm.assess(known.facts, p.ruleset, u.classes)) AS verdict
                       FROM (SELECT f.facts OFFSET 0) AS known
                     OFFSET 0) AS v
 WHERE p.jurisdiction_id IS NULL OR u.path <@ j.path;

COMMENT ON VIEW award_eligibility IS
'Who has earned which award: one row for each recognised unit, each policy for its level and tier in force on 31 December of the year, and year. A unit that is not recognised has no row.';
COMMENT ON COLUMN award_eligibility.unit_id IS 'The unit.';
COMMENT ON COLUMN award_eligibility.year IS 'The year.';
COMMENT ON COLUMN award_eligibility.code IS 'Code of the unit. NULL = it has none.';
COMMENT ON COLUMN award_eligibility.name IS 'Name of the unit.';
COMMENT ON COLUMN award_eligibility.level IS 'Its level.';
COMMENT ON COLUMN award_eligibility.path IS 'Ids from the top down to the unit; path <@ (another unit''s path) = lies in it.';
COMMENT ON COLUMN award_eligibility.tier IS 'The tier at which it is recognised.';
COMMENT ON COLUMN award_eligibility.recognition_id IS 'The event by which it is.';
COMMENT ON COLUMN award_eligibility.policy_id IS 'The policy.';
COMMENT ON COLUMN award_eligibility.policy_code IS 'Its code.';
COMMENT ON COLUMN award_eligibility.policy IS 'Its title.';
COMMENT ON COLUMN award_eligibility.resolution IS 'The resolution it is laid down in.';
COMMENT ON COLUMN award_eligibility.status IS 'sourced, unverified or illustrative (nobody can claim it).';
COMMENT ON COLUMN award_eligibility.verdict IS 'met = the award is earned; not_met = it is not; unknown = facts are missing.';
COMMENT ON COLUMN award_eligibility.amount IS 'Amount in đồng. NULL = not earned, not known, or the policy sets none for the unit''s classes.';
COMMENT ON COLUMN award_eligibility.reason IS 'The clauses that are not met or not known, each with requirement and citation; or that every clause is met.';
COMMENT ON COLUMN award_eligibility.facts IS 'The facts that were judged.';
