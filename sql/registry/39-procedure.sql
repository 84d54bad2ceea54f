-- Procedures of recognition: which events follow each other, until when, and
-- under which conditions.  They are data, published like criteria sets.

CREATE VIEW recognition_event AS
SELECT e.position, e.event, e.title
  FROM (VALUES
    (1, 'registered', 'registered to be recognised for the year (đăng ký)'),
    (2, 'self_assessed', 'assessed by the unit itself (tự đánh giá)'),
    (3, 'verified', 'verified by the authority above (thẩm tra)'),
    (4, 'consulted', 'the residents were consulted (lấy ý kiến sự hài lòng của người dân)'),
    (5, 'proposed', 'proposed for recognition (đề nghị xét công nhận)'),
    (6, 'recognised', 'recognised by decision (công nhận)'),
    (7, 'renewed', 'recognised again before its term ended (công nhận lại)'),
    (8, 'lapsed', 'no longer recognised since its term has ended (hết hạn)'),
    (9, 'revoked', 'recognition revoked by decision (thu hồi)')
  ) AS e (position, event, title);

COMMENT ON VIEW recognition_event IS 'The events in the recognition of a unit.';
COMMENT ON COLUMN recognition_event.position IS 'Their customary order.';
COMMENT ON COLUMN recognition_event.event IS 'The event, as table recognition and procedures write it.';
COMMENT ON COLUMN recognition_event.title IS 'What it means.';

-- The facts that the conditions of a procedure can use beside the measures of
-- the dossier.  Rules name them, so a name is never changed.
CREATE VIEW recognition_fact_name AS
SELECT f.name, f.unit, f.origin, f.part_of, f.meaning
  FROM (VALUES
    ('meets_criteria', 'yes/no', 'assessment', NULL, '1 if the unit meets the whole criteria set of the year and tier, 0 if not'),
    ('criterion_count', 'count', 'assessment', NULL, 'criteria in the set'),
    ('met_count', 'count', 'assessment', 'criterion_count', 'criteria met; not applicable counts as met'),
    ('not_met_count', 'count', 'assessment', 'criterion_count', 'criteria not met'),
    ('unknown_count', 'count', 'assessment', 'criterion_count', 'criteria not known'),
    ('key_criteria_not_met', 'count', 'assessment', 'criterion_count', 'key criteria of the procedure that are not met'),
    ('key_criteria_unknown', 'count', 'assessment', 'criterion_count', 'key criteria of the procedure that are not known'),
    ('recognised', 'yes/no', 'standing', NULL, '1 if the unit is recognised at the tier on the day of the event'),
    ('first_time', 'yes/no', 'standing', NULL, '1 if it was never recognised at the tier before that day'),
    ('years_since_recognition', 'years', 'standing', NULL, 'the year minus the year of its latest recognition at the tier; not applicable if there is none'),
    ('lower_tier_recognised', 'yes/no', 'standing', NULL, '1 if it is recognised on that day at the tier below (standard for advanced, advanced for model); not applicable to standard'),
    ('households', 'count', 'event', NULL, 'households of the unit'),
    ('households_surveyed', 'count', 'event', 'households', 'households that were asked'),
    ('households_satisfied', 'count', 'event', 'households_surveyed', 'households asked that are satisfied on the whole'),
    ('lowest_content_satisfied', 'count', 'event', 'households_surveyed', 'households asked that are satisfied with the content that fewest are satisfied with'),
    ('outstanding_debt', 'triệu đồng', 'event', NULL, 'debts outstanding for construction under the programme (nợ đọng xây dựng cơ bản)')
  ) AS f (name, unit, origin, part_of, meaning);

COMMENT ON VIEW recognition_fact_name IS
'The facts that the conditions of a procedure can use, beside every measure of the catalogue (table indicator).';
COMMENT ON COLUMN recognition_fact_name.name IS 'Name, as rules write it.';
COMMENT ON COLUMN recognition_fact_name.unit IS 'Unit of measure.';
COMMENT ON COLUMN recognition_fact_name.origin IS 'assessment (of the year, at the tier: unknown if there is none), standing (from earlier events), or event (given with the event or an earlier one of the same year and tier, or by the dossier).';
COMMENT ON COLUMN recognition_fact_name.part_of IS 'The fact of which it counts a part, so that it cannot be larger. NULL = none.';
COMMENT ON COLUMN recognition_fact_name.meaning IS 'What it says about a unit, a year, a tier and the day of an event.';

-- A measure of the same name would be hidden behind the fact.
CREATE FUNCTION check_indicator_name() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
BEGIN
    IF EXISTS (SELECT FROM recognition_fact_name AS f WHERE f.name = NEW.name AND f.origin <> 'event')
       OR EXISTS (SELECT FROM award_fact_name AS f WHERE f.name = NEW.name AND f.unit <> 'as reported') THEN
        RAISE EXCEPTION USING
            ERRCODE = 'reserved_name',
            MESSAGE = format('no measure can be called "%s"', NEW.name),
            DETAIL = 'Procedures of recognition or award policies know a fact of that name, which the database works out itself.',
            HINT = 'Choose another name. See views recognition_fact_name and award_fact_name.';
    END IF;

    RETURN NEW;
END
$$;

COMMENT ON FUNCTION check_indicator_name() IS
'Trigger: refuses a measure with the name of a fact that the database works out itself (SQLSTATE 42939).';

CREATE TRIGGER check_indicator_name BEFORE INSERT OR UPDATE OF name ON indicator
    FOR EACH ROW EXECUTE FUNCTION check_indicator_name();

CREATE TABLE recognition_procedure (
    id              bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code            text    NOT NULL CHECK (code <> ''),
    title           text    NOT NULL,
    level           text    NOT NULL CHECK (is_level(level)),
    tier            text    NOT NULL CHECK (is_tier(tier)),
    valid_years     integer CHECK (valid_years > 0),
    key_criteria    text[]  NOT NULL DEFAULT '{}',
    issuer          text,
    decision        text,
    decision_date   date,
    jurisdiction_id bigint  REFERENCES unit,
    valid_from      date    NOT NULL,
    valid_to        date,
    status          text    NOT NULL CHECK (is_status(status)),
    published_at    timestamptz NOT NULL DEFAULT now(),
    CHECK (valid_from <= valid_to),
    CONSTRAINT recognition_procedure_one_in_force
        EXCLUDE USING gist (level WITH =, tier WITH =, coalesce(jurisdiction_id, 0) WITH =,
                            daterange(valid_from, valid_to) WITH &&)
);

COMMENT ON TABLE recognition_procedure IS
'Published procedures of recognition. Never changed, only ended by valid_to; one on which no event rests is withdrawn by valid_to = valid_from. An event is judged by the procedure in force on its day, of the smallest jurisdiction the unit lies in.';
COMMENT ON COLUMN recognition_procedure.id IS 'Identity.';
COMMENT ON COLUMN recognition_procedure.code IS 'Code.';
COMMENT ON COLUMN recognition_procedure.title IS 'Title.';
COMMENT ON COLUMN recognition_procedure.level IS 'Level of the units it is for.';
COMMENT ON COLUMN recognition_procedure.tier IS 'Tier of recognition it is for.';
COMMENT ON COLUMN recognition_procedure.valid_years IS 'Years for which a recognition, or its renewal, is valid from its day on. NULL = without end.';
COMMENT ON COLUMN recognition_procedure.key_criteria IS 'Codes of the criteria that weigh more when a recognition is to be revoked. Empty = none.';
COMMENT ON COLUMN recognition_procedure.issuer IS 'Who issued it. NULL = not recorded.';
COMMENT ON COLUMN recognition_procedure.decision IS 'Number of the decision or circular. NULL = not recorded.';
COMMENT ON COLUMN recognition_procedure.decision_date IS 'Its date. NULL = not recorded.';
COMMENT ON COLUMN recognition_procedure.jurisdiction_id IS 'The unit within which it is in force. NULL = everywhere.';
COMMENT ON COLUMN recognition_procedure.valid_from IS 'First day on which it is in force.';
COMMENT ON COLUMN recognition_procedure.valid_to IS 'First day on which it is no longer in force. NULL = open; the same as valid_from = withdrawn.';
COMMENT ON COLUMN recognition_procedure.status IS 'sourced (every step and condition has a public source), unverified, or illustrative (invented for a demonstration: no law).';
COMMENT ON COLUMN recognition_procedure.published_at IS 'When it was published in this registry.';

CREATE TRIGGER guard_edition BEFORE UPDATE ON recognition_procedure
    FOR EACH ROW EXECUTE FUNCTION guard_edition('Set valid_to of the open procedure and publish another one from that date.', 'recognition', 'procedure_id');

CREATE TRIGGER keep_procedures BEFORE DELETE OR TRUNCATE ON recognition_procedure
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('To end a procedure, set its valid_to; to withdraw one, set it to valid_from.');

CREATE TABLE procedure_step (
    procedure_id    bigint  NOT NULL REFERENCES recognition_procedure,
    position        integer NOT NULL,
    event           text    NOT NULL CHECK (event IN ('registered', 'self_assessed', 'verified', 'consulted', 'proposed',
                                                      'recognised', 'renewed', 'lapsed', 'revoked')),
    title           text,
    "after"         text[]  NOT NULL DEFAULT '{}',
    deadline_month  integer,
    deadline_day    integer,
    deadline_year   integer,
    conditions      ntm.ruleset,
    cite            text,
    source          text,
    id              bigint  GENERATED ALWAYS AS IDENTITY UNIQUE,
    PRIMARY KEY (procedure_id, event),
    UNIQUE (procedure_id, position),
    -- in a leap year, so that 29 February passes; what is no day is an error
    CHECK (make_date(2000, deadline_month, deadline_day) IS NOT NULL OR num_nulls(deadline_month, deadline_day, deadline_year) = 3),
    CHECK (num_nulls(deadline_month, deadline_day, deadline_year) IN (0, 3))
);

COMMENT ON TABLE procedure_step IS
'The steps of a procedure, one for each event it provides for. An event without a step is free; to be recognised or renewed a unit must meet its criteria set in any case. Published with the procedure, in one transaction.';
COMMENT ON COLUMN procedure_step.procedure_id IS 'The procedure.';
COMMENT ON COLUMN procedure_step.position IS 'Place in the procedure, counted from 1.';
COMMENT ON COLUMN procedure_step.event IS 'The event, one of view recognition_event.';
COMMENT ON COLUMN procedure_step.title IS 'The step in words. NULL = not given.';
COMMENT ON COLUMN procedure_step."after" IS 'Events of the same unit, tier and year that must have taken place before, or on the same day. Empty = none. A step that no other one names here is not required.';
COMMENT ON COLUMN procedure_step.deadline_month IS 'Month of the day before which the event must take place. NULL = no deadline.';
COMMENT ON COLUMN procedure_step.deadline_day IS 'Day of the month. NULL = no deadline.';
COMMENT ON COLUMN procedure_step.deadline_year IS 'Year of the deadline, relative to the year the event counts for: 0 the same year, -1 the year before. NULL = no deadline.';
COMMENT ON COLUMN procedure_step.conditions IS 'The conditions, as a ruleset over recognition facts and measures. NULL = none. Of revoked: the rule under which a recognition is to be revoked.';
COMMENT ON COLUMN procedure_step.cite IS 'The article. NULL = not given.';
COMMENT ON COLUMN procedure_step.source IS 'Where it was read: an address; or "unverified" or "illustrative", perhaps with the reason. NULL = not stated.';
COMMENT ON COLUMN procedure_step.id IS 'Identity of the step, by which it is chained.';

CREATE TRIGGER keep_procedure_steps BEFORE UPDATE OR DELETE OR TRUNCATE ON procedure_step
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('End the procedure and publish another one.');

-- Procedures are chained, as 18-ledger.sql says.
INSERT INTO decision_ledger (ledger) VALUES ('recognition_procedure'), ('procedure_step');

CREATE TRIGGER lock_decisions BEFORE INSERT OR UPDATE ON recognition_procedure
    FOR EACH STATEMENT EXECUTE FUNCTION lock_decisions();

CREATE TRIGGER chain_decisions AFTER INSERT ON recognition_procedure
    REFERENCING NEW TABLE AS new_decisions
    FOR EACH STATEMENT EXECUTE FUNCTION chain_decisions();

CREATE TRIGGER lock_decisions BEFORE INSERT ON procedure_step
    FOR EACH STATEMENT EXECUTE FUNCTION lock_decisions();

CREATE TRIGGER chain_decisions AFTER INSERT ON procedure_step
    REFERENCING NEW TABLE AS new_decisions
    FOR EACH STATEMENT EXECUTE FUNCTION chain_decisions();

CREATE FUNCTION measure_limits(conditions ntm.ruleset) RETURNS SETOF text
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT quote_ident(i.name) || CASE i.kind WHEN 'yes_no' THEN ' between 0 and 1' ELSE ' >= 0' END
      FROM indicator AS i
     WHERE i.name = ANY (ntm.variables(measure_limits.conditions)) AND i.kind IN ('yes_no', 'percent', 'count');
END;

COMMENT ON FUNCTION measure_limits(ntm.ruleset) IS
'What the measures that some conditions speak of can be, as rules: yes or no is 0 or 1, a percentage and a count not negative.';

CREATE FUNCTION fact_limits(conditions ntm.ruleset) RETURNS SETOF text
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT quote_ident(f.name) || CASE f.unit WHEN 'yes/no' THEN ' between 0 and 1' ELSE ' >= 0' END
      FROM recognition_fact_name AS f
     WHERE f.name = ANY (ntm.variables(fact_limits.conditions)) AND f.unit <> 'years'
     UNION
    SELECT format('%I / %I <= 100%%', f.name, f.part_of)
      FROM recognition_fact_name AS f
     WHERE f.name = ANY (ntm.variables(fact_limits.conditions)) AND f.part_of = ANY (ntm.variables(fact_limits.conditions))
     UNION
    SELECT l.rule FROM measure_limits(fact_limits.conditions) AS l (rule);
END;

COMMENT ON FUNCTION fact_limits(ntm.ruleset) IS
'What the facts and measures that the conditions of a procedure speak of can be, as rules: as in measure_limits(), and a part not larger than its whole.';

-- What is right as a rule may still ask for more than a fact can be.
CREATE FUNCTION never_hold(conditions ntm.ruleset, limits text[]) RETURNS TABLE (code text, problem text)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT n.code, min(p.problem)
      FROM ntm.nodes(never_hold.conditions) AS n
     CROSS JOIN (SELECT string_agg(format('[limit %s]', l.place), ', ') AS codes,
                        jsonb_agg(jsonb_build_object('code', 'limit ' || l.place, 'parent', NULL, 'rule', l.rule)) AS nodes
                   FROM unnest(never_hold.limits) WITH ORDINALITY AS l (rule, place)
                 HAVING count(*) > 0) AS given
     CROSS JOIN LATERAL ntm.problems((never_hold.conditions::jsonb || jsonb_build_object(
                'rule', format('all of ([%s], %s)', n.code, given.codes),
                'nodes', never_hold.conditions::jsonb -> 'nodes' || given.nodes))::ntm.ruleset) AS p
     WHERE n.parent IS NULL AND p.code IS NULL AND p.severity = 'error'
     GROUP BY n.code;
END;

COMMENT ON FUNCTION never_hold(ntm.ruleset, text[]) IS
'The conditions that can never hold as long as the facts keep to some limits, given as rules, and why. No limits: no rows.';

CREATE FUNCTION check_procedure_step() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
DECLARE
    procedure recognition_procedure;
    strange text;
    doubt record;
BEGIN
    SELECT * INTO procedure FROM recognition_procedure AS p WHERE p.id = NEW.procedure_id;

    -- published_at is the start of the transaction that published it
    IF procedure.published_at <> now() THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format('cannot add a step to procedure "%s"', procedure.code),
            DETAIL = format('It was published on %s.', procedure.published_at::date),
            HINT = 'End the procedure and publish another one, with all its steps in one transaction.';
    END IF;

    SELECT string_agg(quote_ident(named.event), ', ' ORDER BY named.event)
      INTO strange
      FROM unnest(NEW."after") AS named (event)
     WHERE NOT EXISTS (SELECT FROM recognition_event AS e WHERE e.event = named.event AND e.event <> NEW.event);

    IF strange IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('step %s of procedure "%s" follows unknown events: %s', NEW.event, procedure.code, strange),
            DETAIL = (SELECT format('The events are %s.', string_agg(e.event, ', ' ORDER BY e.position)) FROM recognition_event AS e),
            HINT = 'Name other events of the procedure in after.';
    END IF;

    SELECT string_agg(quote_ident(used.name), ', ' ORDER BY used.name)
      INTO strange
      FROM unnest(ntm.variables(NEW.conditions)) AS used (name)
     WHERE NOT EXISTS (SELECT FROM recognition_fact_name AS f WHERE f.name = used.name)
       AND NOT EXISTS (SELECT FROM indicator AS i WHERE i.name = used.name);

    IF strange IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('step %s of procedure "%s" uses unknown facts: %s', NEW.event, procedure.code, strange),
            DETAIL = 'A condition may use recognition facts and measures of the catalogue.',
            HINT = 'See view recognition_fact_name and table indicator.';
    END IF;

    SELECT p.code, p.problem, p.proposal
      INTO doubt
      FROM ntm.problems(NEW.conditions) AS p
     WHERE p.severity = 'error'
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format('step %s of procedure "%s" has a condition that cannot be right: "%s"', NEW.event, procedure.code, doubt.code),
            DETAIL = doubt.problem,
            HINT = coalesce(doubt.proposal, 'Correct the condition.');
    END IF;

    SELECT n.code, n.problem
      INTO doubt
      FROM never_hold(NEW.conditions, ARRAY(SELECT fact_limits(NEW.conditions))) AS n
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format('step %s of procedure "%s" has a condition that can never hold: "%s"', NEW.event, procedure.code, doubt.code),
            DETAIL = doubt.problem,
            HINT = 'Correct the condition. The limits are what its facts can be.';
    END IF;

    RETURN NEW;
END
$$;

COMMENT ON FUNCTION check_procedure_step() IS
'Trigger: refuses a step of a procedure published in an earlier transaction (SQLSTATE 55000), one that follows unknown events or uses unknown facts (23503), and conditions that ntm.problems() finds in error (23514).';

CREATE TRIGGER check_procedure_step BEFORE INSERT ON procedure_step
    FOR EACH ROW EXECUTE FUNCTION check_procedure_step();

CREATE FUNCTION unknown_key(part jsonb, VARIADIC known text[]) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT min(given.key) FROM jsonb_object_keys(unknown_key.part) AS given (key) WHERE given.key <> ALL (unknown_key.known);
END;

COMMENT ON FUNCTION unknown_key(jsonb, text[]) IS
'The first key of a JSON object, in the order of the alphabet, that is not among those known; NULL if all are.';

CREATE FUNCTION whole_number(entry jsonb, lowest integer, highest integer) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE jsonb_typeof(entry) WHEN 'number' THEN entry::numeric = trunc(entry::numeric) AND entry::numeric BETWEEN lowest AND highest
                                    ELSE false END;

COMMENT ON FUNCTION whole_number(jsonb, integer, integer) IS
'Whether a JSON value is a whole number between two others. NULL: false.';

-- A mistyped key or event would silently drop a deadline or a condition.
CREATE FUNCTION procedure_problem(document jsonb) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
DECLARE
    step jsonb;
    before jsonb;
    place integer := 0;
    named text;
    seen text[] := '{}';
    strange text;
BEGIN
    IF jsonb_typeof(document) IS DISTINCT FROM 'object' THEN
        RETURN 'there is no JSON object';
    END IF;

    strange := unknown_key(document, 'code', 'title', 'cite', 'valid_years', 'key_criteria', 'source', 'steps');

    IF strange IS NOT NULL OR coalesce(document ->> 'code', '') = '' OR jsonb_typeof(document -> 'steps') IS DISTINCT FROM 'array' THEN
        RETURN CASE WHEN strange IS NOT NULL THEN format('it has an unknown key "%s"', strange)
                    WHEN coalesce(document ->> 'code', '') = '' THEN 'it has no code'
                    ELSE 'it has no list of steps' END;
    END IF;

    strange := (SELECT min(entry.key) FROM jsonb_each(document) AS entry
                 WHERE entry.key IN ('code', 'title', 'cite', 'source') AND jsonb_typeof(entry.value) NOT IN ('string', 'null'));

    IF strange IS NOT NULL THEN
        RETURN format('%s is no text: %s', strange, document -> strange);
    END IF;

    IF document -> 'valid_years' <> 'null' AND NOT whole_number(document -> 'valid_years', 1, 100) THEN
        RETURN format('valid_years is %s, which is no whole number from 1 to 100', document -> 'valid_years');
    END IF;

    IF jsonb_typeof(document -> 'key_criteria') <> 'array'
       OR jsonb_path_exists(document, '$.key_criteria[*] ? (@.type() != "string")') THEN
        RETURN 'key_criteria is no list of codes in quotes';
    END IF;

    FOR step IN SELECT s.content FROM jsonb_array_elements(document -> 'steps') AS s (content)
    LOOP
        place := place + 1;

        IF jsonb_typeof(step) <> 'object' OR NOT EXISTS (SELECT FROM recognition_event AS e WHERE e.event = step ->> 'event') THEN
            RETURN CASE jsonb_typeof(step) WHEN 'object' THEN format('step %s has an event that is not known: %s', place, coalesce(step ->> 'event', 'none'))
                                           ELSE format('step %s is no JSON object', place) END;
        END IF;

        named := step ->> 'event';
        before := nullif(step -> 'before', 'null');
        strange := unknown_key(step, 'event', 'title', 'after', 'before', 'rule', 'conditions', 'cite', 'source');

        IF strange IS NOT NULL THEN
            RETURN format('step %s has an unknown key "%s"', named, strange);
        END IF;

        IF named = ANY (seen) THEN
            RETURN format('step %s stands twice', named);
        END IF;

        seen := seen || named;

        IF step ? 'after' AND (jsonb_typeof(step -> 'after') <> 'array' OR jsonb_path_exists(step, '$.after[*] ? (@.type() != "string")')) THEN
            RETURN format('"after" of step %s is no list of events in quotes', named);
        END IF;

        IF step ? 'conditions' AND (jsonb_typeof(step -> 'conditions') <> 'array' OR jsonb_path_exists(step, '$.conditions[*] ? (@.type() != "object")')) THEN
            RETURN format('"conditions" of step %s is no list of JSON objects', named);
        END IF;

        strange := (SELECT min(entry.key) FROM jsonb_each(step) AS entry
                     WHERE entry.key IN ('title', 'rule', 'cite', 'source') AND jsonb_typeof(entry.value) NOT IN ('string', 'null'));

        IF strange IS NOT NULL THEN
            RETURN format('%s of step %s is no text: %s', strange, named, step -> strange);
        END IF;

        IF named = 'lapsed' AND (step ? 'after' OR step ? 'conditions' OR before IS NOT NULL) THEN
            RETURN 'step lapsed has "after", "before" or conditions, but a term lapses by itself on its day';
        END IF;

        IF step ? 'rule' AND coalesce(step -> 'conditions', '[]') = '[]' THEN
            RETURN format('step %s has a rule, but no conditions', named);
        END IF;

        IF jsonb_typeof(before) <> 'object' THEN
            RETURN format('"before" of step %s is no JSON object with month and day', named);
        END IF;

        IF before IS NOT NULL THEN
            strange := unknown_key(before, 'month', 'day', 'year');

            -- the days of a leap year
            IF strange IS NOT NULL OR NOT whole_number(before -> 'month', 1, 12)
               OR NOT whole_number(before -> 'day', 1, (ARRAY[31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])[(before ->> 'month')::integer])
               OR NOT whole_number(coalesce(before -> 'year', '0'), -10, 10) THEN
                RETURN CASE WHEN strange IS NOT NULL THEN format('"before" of step %s has an unknown key "%s"', named, strange)
                            ELSE format('"before" of step %s is no day: %s', named, before) END;
            END IF;
        END IF;
    END LOOP;

    SELECT format('step %s comes after "%s", %s', later.content ->> 'event', earlier.event,
                  CASE later.content ->> 'event' WHEN earlier.event THEN 'which is itself' ELSE 'which is no step of it' END)
      INTO strange
      FROM jsonb_array_elements(document -> 'steps') AS later (content)
     CROSS JOIN jsonb_array_elements_text(coalesce(later.content -> 'after', '[]')) AS earlier (event)
     WHERE earlier.event <> ALL (seen) OR earlier.event = later.content ->> 'event'
     LIMIT 1;

    IF strange IS NULL THEN
        WITH RECURSIVE link AS (
            SELECT later.content ->> 'event' AS event, earlier.event AS before
              FROM jsonb_array_elements(document -> 'steps') AS later (content)
             CROSS JOIN jsonb_array_elements_text(coalesce(later.content -> 'after', '[]')) AS earlier (event)
        ), chain AS (
            SELECT l.event, l.before FROM link AS l
             UNION
            SELECT c.event, l.before FROM chain AS c JOIN link AS l ON l.event = c.before
        )
        SELECT format('step %s can never take place: its steps come after each other in a circle', c.event)
          INTO strange
          FROM chain AS c
         WHERE c.event = c.before
         ORDER BY c.event
         LIMIT 1;
    END IF;

    RETURN strange;
END
$$;

COMMENT ON FUNCTION procedure_problem(jsonb) IS
'Why a document is no procedure of recognition, as the rest of a sentence: the first thing that is wrong. NULL if nothing is; what its conditions say is not looked at.';

CREATE FUNCTION procedure_status(document jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN bool_or(part.source ~ '^illustrative') THEN 'illustrative'
                WHEN bool_and(coalesce(part.source ~ '^https?://', false)) THEN 'sourced'
                ELSE 'unverified' END
      FROM (SELECT procedure_status.document ->> 'source'
             UNION ALL
            SELECT coalesce(item.content ->> 'source', step.content ->> 'source', procedure_status.document ->> 'source')
              FROM jsonb_array_elements(procedure_status.document -> 'steps') AS step (content)
             CROSS JOIN jsonb_array_elements(jsonb_build_array(step.content) || coalesce(step.content -> 'conditions', '[]')) AS item (content)) AS part (source);
END;

COMMENT ON FUNCTION procedure_status(jsonb) IS
'What the sources of a procedure''s document amount to: illustrative if one is, sourced if all are addresses, else unverified. A condition without a source has that of its step, a step that of the procedure.';

CREATE FUNCTION publish_procedure(
    procedure       jsonb,
    level           text,
    tier            text,
    valid_from      date,
    valid_to        date    DEFAULT NULL,
    jurisdiction_id bigint  DEFAULT NULL,
    status          text    DEFAULT NULL,
    issuer          text    DEFAULT NULL,
    decision        text    DEFAULT NULL,
    decision_date   date    DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    published recognition_procedure;
    other recognition_procedure;
    wrong text := procedure_problem(procedure);
    code CONSTANT text := CASE jsonb_typeof(procedure) WHEN 'object' THEN procedure ->> 'code' END;
    step record;
    conditions ntm.ruleset;
    explained text;
BEGIN
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('procedure "%s" cannot be read', code),
            DETAIL = format('In the document, %s.', wrong),
            HINT = 'A procedure has code, title, cite, valid_years, key_criteria, source and steps; a step has event, title, after, before (month, day, year), rule, conditions, cite and source. See doc/recognition.md.';
    END IF;

    PERFORM check_validity(format('procedure "%s"', code), valid_from, valid_to), is_level(level), is_tier(tier), is_status(status);

    -- the exclusion constraint decides; this only says it in better words
    SELECT * INTO other
      FROM recognition_procedure AS p
     WHERE p.level = publish_procedure.level
       AND p.tier = publish_procedure.tier
       AND p.jurisdiction_id IS NOT DISTINCT FROM publish_procedure.jurisdiction_id
       AND daterange(p.valid_from, p.valid_to) && daterange(publish_procedure.valid_from, publish_procedure.valid_to)
     ORDER BY p.valid_from
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'exclusion_violation',
            MESSAGE = format('procedure "%s" would be in force together with "%s"', code, other.code),
            DETAIL = format('Procedure %s for level %s, tier %s and the same jurisdiction is in force from %s to %s.',
                            other.id, other.level, other.tier, other.valid_from, coalesce(other.valid_to::text, 'an open end')),
            HINT = format('End the other one first: UPDATE recognition_procedure SET valid_to = … WHERE id = %s; valid_to = valid_from withdraws it.', other.id);
    END IF;

    INSERT INTO recognition_procedure
           (code, title, level, tier, valid_years, key_criteria, issuer, decision, decision_date,
            jurisdiction_id, valid_from, valid_to, status)
    VALUES (procedure ->> 'code', coalesce(procedure ->> 'title', procedure ->> 'code'),
            publish_procedure.level, publish_procedure.tier, (procedure ->> 'valid_years')::integer,
            (SELECT coalesce(array_agg(key.code ORDER BY key.position), '{}')
               FROM jsonb_array_elements_text(procedure -> 'key_criteria') WITH ORDINALITY AS key (code, position)),
            publish_procedure.issuer, publish_procedure.decision, publish_procedure.decision_date,
            publish_procedure.jurisdiction_id, publish_procedure.valid_from, publish_procedure.valid_to,
            coalesce(publish_procedure.status, procedure_status(procedure)))
    RETURNING * INTO published;

    FOR step IN
        SELECT s.position, s.content, nullif(s.content -> 'before', 'null') AS before
          FROM jsonb_array_elements(procedure -> 'steps') WITH ORDINALITY AS s (content, position)
         ORDER BY s.position
    LOOP
        conditions := NULL;

        IF jsonb_array_length(step.content -> 'conditions') > 0 THEN
            BEGIN
                conditions := jsonb_strip_nulls(jsonb_build_object(
                    'code', step.content ->> 'event', 'title', step.content ->> 'title', 'rule', step.content ->> 'rule',
                    'cite', coalesce(step.content ->> 'cite', procedure ->> 'cite'), 'nodes', step.content -> 'conditions'))::text::ntm.ruleset;
            EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
                GET STACKED DIAGNOSTICS wrong = PG_EXCEPTION_DETAIL, explained = PG_EXCEPTION_HINT;
                RAISE EXCEPTION USING
                    ERRCODE = SQLSTATE,
                    MESSAGE = format('step %s of procedure "%s" has conditions that cannot be read', step.content ->> 'event', code),
                    DETAIL = coalesce(nullif(wrong, ''), SQLERRM),
                    HINT = coalesce(nullif(explained, ''), 'Conditions are nodes as in a criteria set: code, title, rule, cite, source.');
            END;
        END IF;

        INSERT INTO procedure_step
               (procedure_id, position, event, title, "after", deadline_month, deadline_day, deadline_year, conditions, cite, source)
        VALUES (published.id, step.position, step.content ->> 'event', step.content ->> 'title',
                (SELECT coalesce(array_agg(named.event ORDER BY named.position), '{}')
                   FROM jsonb_array_elements_text(step.content -> 'after') WITH ORDINALITY AS named (event, position)),
                (step.before ->> 'month')::integer, (step.before ->> 'day')::integer,
                CASE WHEN step.before IS NOT NULL THEN coalesce((step.before ->> 'year')::integer, 0) END,
                conditions,
                coalesce(step.content ->> 'cite', procedure ->> 'cite'), coalesce(step.content ->> 'source', procedure ->> 'source'));
    END LOOP;

    -- a key criterion that no set has would never weigh anything
    SELECT string_agg(quote_literal(key.code), ', ')
      INTO wrong
      FROM unnest(published.key_criteria) AS key (code)
     WHERE EXISTS (SELECT FROM criteria_set AS c WHERE c.level = published.level AND c.tier = published.tier)
       AND NOT EXISTS (SELECT FROM criteria_set AS c
                        CROSS JOIN LATERAL ntm.nodes(c.ruleset) AS n
                        WHERE c.level = published.level AND c.tier = published.tier AND n.code = key.code);

    IF wrong IS NOT NULL THEN
        RAISE WARNING USING
            MESSAGE = format('procedure "%s" names key criteria that no criteria set has: %s', code, wrong),
            DETAIL = format('The sets for level %s and tier %s know no such codes, so that they never weigh anything.', published.level, published.tier),
            HINT = 'Correct their codes: withdraw the procedure (UPDATE recognition_procedure SET valid_to = valid_from) and publish it anew.';
    END IF;

    IF published.status <> 'sourced' THEN
        RAISE NOTICE USING
            MESSAGE = format('procedure "%s" is %s', published.code, published.status),
            DETAIL = CASE published.status
                         WHEN 'illustrative' THEN 'It was invented for a demonstration. It is no law.'
                         ELSE 'Not every step and condition in it has a public source.'
                     END,
            HINT = 'Every event judged by it names it.';
    END IF;

    RETURN published.id;
END
$$;

COMMENT ON FUNCTION publish_procedure(jsonb, text, text, date, date, bigint, text, text, text, date) IS
'Publishes a procedure of recognition, a JSON document (doc/recognition.md), and returns its id. jurisdiction_id NULL = everywhere; valid_to NULL = open; status NULL = as its sources say. A NOTICE says when it is not sourced, a WARNING when no criteria set has one of its key criteria. Refuses a document that cannot be read or dates that are out of order (SQLSTATE 22023), conditions that cannot be read (22P02), unknown facts (23503), conditions in error or that can never hold (23514), and a procedure that would be in force together with another one for the same level, tier and jurisdiction (23P01).';

CREATE FUNCTION adopt_procedure(
    code            text,
    jurisdiction_id bigint  DEFAULT NULL,
    valid_from      date    DEFAULT NULL,
    valid_to        date    DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    shipped record;
BEGIN
    SELECT * INTO shipped FROM ntm.procedure_library AS l WHERE l.code = adopt_procedure.code;

    IF NOT FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = format('there is no procedure "%s" in the library', adopt_procedure.code),
            DETAIL = coalesce((SELECT 'The library holds ' || string_agg(l.code, ', ' ORDER BY l.code) || '.' FROM ntm.procedure_library AS l),
                              'The library is empty.'),
            HINT = 'To publish a procedure of your own use publish_procedure().';
    END IF;

    IF coalesce(adopt_procedure.valid_from, shipped.valid_from) IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('procedure "%s" has no date from which it is in force', adopt_procedure.code),
            DETAIL = 'The library does not state one.',
            HINT = 'Give valid_from.';
    END IF;

    RETURN publish_procedure(
        shipped.document, shipped.level, shipped.tier,
        coalesce(adopt_procedure.valid_from, shipped.valid_from),
        coalesce(adopt_procedure.valid_to, shipped.valid_to),
        adopt_procedure.jurisdiction_id,
        shipped.status, shipped.issuer, shipped.decision, shipped.decision_date);
END
$$;

COMMENT ON FUNCTION adopt_procedure(text, bigint, date, date) IS
'Publishes a procedure of ntm.procedure_library in this registry and returns its id. jurisdiction_id NULL = everywhere; validity is the library''s unless given. A NOTICE says when it is not sourced. An unknown code is refused (SQLSTATE 42704), a missing date too (22023).';

-- A unit lies in a jurisdiction if the id is in its path; the one that stands
-- furthest down in the path wins, as for criteria sets.
CREATE FUNCTION procedure_in_force(unit_id bigint, tier text, on_date date) RETURNS bigint
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT p.id
      FROM units_on(procedure_in_force.on_date) AS u
      JOIN recognition_procedure AS p
        ON p.level = u.level
       AND p.tier = procedure_in_force.tier
       AND p.valid_from <= procedure_in_force.on_date
       AND (p.valid_to IS NULL OR procedure_in_force.on_date < p.valid_to)
       AND (p.jurisdiction_id IS NULL OR index(u.path, p.jurisdiction_id::text::ltree) >= 0)
     WHERE u.unit_id = procedure_in_force.unit_id
     ORDER BY index(u.path, p.jurisdiction_id::text::ltree) DESC NULLS LAST
     LIMIT 1;
END;

COMMENT ON FUNCTION procedure_in_force(bigint, text, date) IS
'The procedure by which the recognition of a unit at a tier is judged on a day, as the unit was on that day. NULL = none is in force, or there was no such unit.';
