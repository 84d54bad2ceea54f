-- The catalogue of measures and the published editions of criteria sets.

CREATE TABLE indicator (
    name        text    PRIMARY KEY CHECK (octet_length(name) BETWEEN 1 AND 63),
    title       text,
    unit        text,
    kind        text    NOT NULL DEFAULT 'number' CHECK (kind IN ('yes_no', 'percent', 'number', 'count')),
    minimum     numeric,
    maximum     numeric,
    carries_forward boolean NOT NULL DEFAULT false,
    roll_up     text    CHECK (roll_up IN ('sum', 'minimum', 'maximum', 'share', 'units', 'recognised', 'recognised_share')),
    roll_up_of  text    REFERENCES indicator,
    roll_up_level text  CHECK (roll_up_level IN ('district', 'commune', 'area')),
    numerator   text    REFERENCES indicator,
    denominator text    REFERENCES indicator,
    CHECK (minimum <= maximum),
    CHECK (numerator IS NULL OR denominator IS NOT NULL),
    CHECK (kind = 'percent' OR denominator IS NULL),
    CHECK (roll_up IS NOT NULL OR roll_up_of IS NULL AND roll_up_level IS NULL),
    CONSTRAINT indicator_rolls_up_counts
        CHECK (roll_up IN ('sum', 'minimum', 'maximum', 'share') OR roll_up_of IS NULL)
);

COMMENT ON TABLE indicator IS
'The catalogue of measures. A report may only hold measures listed here; publishing a criteria set adds those it uses.';
COMMENT ON COLUMN indicator.name IS 'Name of the measure in reports and rules, at most 63 bytes.';
COMMENT ON COLUMN indicator.title IS 'What is measured, in words. NULL = not given.';
COMMENT ON COLUMN indicator.unit IS 'Unit of measure, e.g. %, triệu đồng/người. NULL = none, or not given.';
COMMENT ON COLUMN indicator.kind IS 'yes_no (recorded as 1 or 0, or true or false), percent (in percent points), number or count.';
COMMENT ON COLUMN indicator.minimum IS 'Lowest possible value. NULL = none. A value below it is recorded all the same.';
COMMENT ON COLUMN indicator.maximum IS 'Highest possible value. NULL = none. A value above it is recorded all the same.';
COMMENT ON COLUMN indicator.carries_forward IS 'Whether the value of a year may stand for the next one until that is reported: carry_forward().';
COMMENT ON COLUMN indicator.roll_up IS 'How the value of a unit follows from the units in it: sum, minimum or maximum of their values; share: percent of those where a yes/no measure is yes or does not apply; units: their number; recognised: the number of those recognised at tier standard by the end of the year; recognised_share: the percent. NULL = it does not: roll_up().';
COMMENT ON COLUMN indicator.roll_up_of IS 'The measure of the units below that sum, minimum, maximum or share are taken of. NULL = the same one.';
COMMENT ON COLUMN indicator.roll_up_level IS 'The level of the units below that are counted, however deep they lie. NULL = the units directly below.';
COMMENT ON COLUMN indicator.numerator IS 'Of a percent: the measure that counts what it is the share of, so that it can be recomputed when units merge or split: dossier_in_borders(). NULL = not counted.';
COMMENT ON COLUMN indicator.denominator IS 'Of a percent: the measure that counts the whole; without numerator it weighs the parts when units merge. NULL = not counted.';

CREATE TABLE criteria_set (
    id              bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code            text    NOT NULL CHECK (code <> ''),
    title           text    NOT NULL,
    level           text    NOT NULL CHECK (is_level(level)),
    tier            text    NOT NULL CHECK (is_tier(tier)),
    ruleset         ntm.ruleset NOT NULL,
    issuer          text,
    decision        text,
    decision_date   date,
    jurisdiction_id bigint  REFERENCES unit,
    valid_from      date    NOT NULL,
    valid_to        date,
    status          text    NOT NULL CHECK (is_status(status)),
    published_at    timestamptz NOT NULL DEFAULT now(),
    refines_id      bigint  REFERENCES criteria_set,
    CHECK (valid_from <= valid_to),
    CONSTRAINT criteria_set_one_in_force
        EXCLUDE USING gist (level WITH =, tier WITH =, coalesce(jurisdiction_id, 0) WITH =,
                            daterange(valid_from, valid_to) WITH &&)
);

COMMENT ON TABLE criteria_set IS
'Published editions of criteria sets. An edition never changes and is never deleted; one on which no decision rests is withdrawn by valid_to = valid_from; supersede_criteria_set() gives it its valid_to and publishes the next one. For a unit the edition of the smallest jurisdiction it lies in applies.';
COMMENT ON COLUMN criteria_set.id IS 'Identity of the edition.';
COMMENT ON COLUMN criteria_set.code IS 'Code of the set; several editions may share it.';
COMMENT ON COLUMN criteria_set.title IS 'Title.';
COMMENT ON COLUMN criteria_set.level IS 'Level of the units it is for.';
COMMENT ON COLUMN criteria_set.tier IS 'standard (đạt chuẩn), advanced (nâng cao) or model (kiểu mẫu).';
COMMENT ON COLUMN criteria_set.ruleset IS 'The compiled set.';
COMMENT ON COLUMN criteria_set.issuer IS 'Who issued it. NULL = not recorded.';
COMMENT ON COLUMN criteria_set.decision IS 'Number of the decision. NULL = not recorded.';
COMMENT ON COLUMN criteria_set.decision_date IS 'Date of the decision. NULL = not recorded.';
COMMENT ON COLUMN criteria_set.jurisdiction_id IS 'The unit within which it is in force. NULL = everywhere.';
COMMENT ON COLUMN criteria_set.valid_from IS 'First day on which it is in force.';
COMMENT ON COLUMN criteria_set.valid_to IS 'First day on which it is no longer in force. NULL = open; the same as valid_from = withdrawn.';
COMMENT ON COLUMN criteria_set.status IS 'sourced (every requirement has a public source), unverified, or illustrative (invented for a demonstration: no law).';
COMMENT ON COLUMN criteria_set.published_at IS 'When it was published in this registry.';
COMMENT ON COLUMN criteria_set.refines_id IS 'The edition that it refines: a province''s set may set what the national one leaves to it, and ask for more, but not for less. NULL = it stands alone.';

-- The changes allowed: what is open gets its end, an end to come is brought
-- forward where something else follows earlier than was thought, and what was
-- published by mistake is withdrawn while nothing rests on it.  Whoever may end an
-- edition need not be allowed to read what rests on it, so the function takes the
-- rights of the owner, see check_reports.
CREATE FUNCTION guard_edition() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path FROM CURRENT
AS $$
DECLARE
    reopened record := NEW;
    resting boolean;
BEGIN
    reopened.valid_to := OLD.valid_to;

    IF reopened *<> OLD OR OLD.valid_to IS NOT NULL AND (NEW.valid_to < OLD.valid_to) IS NOT TRUE THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = pg_catalog.format('cannot change "%s" in table %I', OLD.code, TG_TABLE_NAME),
            DETAIL = 'What is published never changes; only its end may be set, or brought forward.',
            HINT = TG_ARGV[0];
    END IF;

    IF NEW.valid_to = NEW.valid_from THEN
        FOR place IN 1 .. TG_NARGS - 2 BY 2
        LOOP
            EXECUTE pg_catalog.format('SELECT EXISTS (SELECT FROM %I WHERE %I = $1)', TG_ARGV[place], TG_ARGV[place + 1]) INTO resting USING OLD.id;

            IF resting THEN
                RAISE EXCEPTION USING
                    ERRCODE = 'object_not_in_prerequisite_state',
                    MESSAGE = pg_catalog.format('cannot withdraw "%s" from table %I', OLD.code, TG_TABLE_NAME),
                    DETAIL = pg_catalog.format('Rows of table %I rest on it.', TG_ARGV[place]),
                    HINT = TG_ARGV[0];
            END IF;
        END LOOP;
    END IF;

    RETURN NEW;
END
$$;

COMMENT ON FUNCTION guard_edition() IS
'Trigger: refuses every change of a published row (SQLSTATE 55000) but setting valid_to or bringing it forward, and withdrawing the row (valid_to = valid_from) only where nothing rests on it. Its arguments: what to do instead; then tables and columns that say what rests on the row.';

REVOKE EXECUTE ON FUNCTION guard_edition() FROM PUBLIC;

CREATE TRIGGER guard_edition BEFORE UPDATE ON criteria_set
    FOR EACH ROW EXECUTE FUNCTION guard_edition('Set valid_to of the open edition and publish another one from that date; supersede_criteria_set() does both.',
                                                'recognition', 'criteria_set_id', 'criteria_set', 'refines_id');

CREATE TRIGGER keep_criteria_set BEFORE DELETE OR TRUNCATE ON criteria_set
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('To end an edition, set its valid_to; to withdraw one, set it to valid_from.');

-- Editions are chained, as 18-ledger.sql says.
INSERT INTO decision_ledger (ledger) VALUES ('criteria_set');

CREATE TRIGGER lock_decisions BEFORE INSERT OR UPDATE ON criteria_set
    FOR EACH STATEMENT EXECUTE FUNCTION lock_decisions();

CREATE TRIGGER chain_decisions AFTER INSERT ON criteria_set
    REFERENCING NEW TABLE AS new_decisions
    FOR EACH STATEMENT EXECUTE FUNCTION chain_decisions();

-- A set brings the classes and measures that it names.
CREATE FUNCTION register_names() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
DECLARE
    clash record;
BEGIN
    INSERT INTO class (code, title, cite)
    SELECT named.code, named.title, coalesce(NEW.decision, NEW.code)
      FROM ntm.class_titles(NEW.ruleset) AS named
        ON CONFLICT DO NOTHING;

    FOR clash IN
        SELECT known.name, known.unit AS known_unit, declared.unit AS declared_unit
          FROM ntm.declared_measures(NEW.ruleset) AS declared
          JOIN indicator AS known ON known.name = declared.name AND known.unit <> declared.unit
         ORDER BY known.name
    LOOP
        RAISE WARNING USING
            MESSAGE = format('measure "%s" has another unit of measure in criteria set "%s"', clash.name, NEW.code),
            DETAIL = format('The catalogue says "%s", the set says "%s".', clash.known_unit, clash.declared_unit),
            HINT = 'If the values differ as well, the set must give its measure another name.';
    END LOOP;

    INSERT INTO indicator (name, title, unit, kind)
    SELECT declared.name, declared.title, declared.unit,
           CASE WHEN declared.unit = '%' THEN 'percent'
                WHEN declared.unit IN ('đạt/không', 'yes/no') THEN 'yes_no'
                WHEN declared.unit IN ('hộ', 'nhà', 'người', 'trường', 'count') THEN 'count'
                WHEN declared.unit IS NULL AND asked.is_yes_no THEN 'yes_no'
                ELSE 'number' END
      FROM ntm.declared_measures(NEW.ruleset) AS declared
     CROSS JOIN LATERAL (SELECT bool_and(r.rule::text IN ('met', 'not met'))
                           FROM ntm.nodes(NEW.ruleset) AS n
                           JOIN ntm.requirements(NEW.ruleset) AS r ON r.code = n.code
                          WHERE n.measure = declared.name) AS asked (is_yes_no)
        ON CONFLICT DO NOTHING;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION register_names() IS
'Trigger: adds the classes and measures of a new edition to tables class and indicator; warns of a measure whose unit of measure differs from the catalogue''s.';

CREATE TRIGGER register_names AFTER INSERT ON criteria_set
    FOR EACH ROW EXECUTE FUNCTION register_names();

CREATE FUNCTION publish_criteria_set(
    ruleset         ntm.ruleset,
    level           text,
    tier            text,
    valid_from      date,
    valid_to        date    DEFAULT NULL,
    jurisdiction_id bigint  DEFAULT NULL,
    status          text    DEFAULT 'unverified',
    issuer          text    DEFAULT NULL,
    decision        text    DEFAULT NULL,
    decision_date   date    DEFAULT NULL,
    code            text    DEFAULT NULL,
    title           text    DEFAULT NULL,
    refines_id      bigint  DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    edition criteria_set;
    other criteria_set;
BEGIN
    edition.code := coalesce(publish_criteria_set.code, ntm.ruleset_code(ruleset));
    edition.title := coalesce(publish_criteria_set.title, ntm.ruleset_title(ruleset), edition.code);

    PERFORM check_validity(format('criteria set "%s"', edition.code), valid_from, valid_to);

    -- the exclusion constraint decides; this only says it in better words
    SELECT * INTO other
      FROM criteria_set AS c
     WHERE c.level = publish_criteria_set.level
       AND c.tier = publish_criteria_set.tier
       AND c.jurisdiction_id IS NOT DISTINCT FROM publish_criteria_set.jurisdiction_id
       AND daterange(c.valid_from, c.valid_to) && daterange(publish_criteria_set.valid_from, publish_criteria_set.valid_to)
     ORDER BY c.valid_from
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'exclusion_violation',
            MESSAGE = format('criteria set "%s" would be in force together with "%s"', edition.code, other.code),
            DETAIL = format('Edition %s for level %s, tier %s and the same jurisdiction is in force from %s to %s.',
                            other.id, other.level, other.tier, other.valid_from, coalesce(other.valid_to::text, 'an open end')),
            HINT = format('End the other one first: UPDATE criteria_set SET valid_to = … WHERE id = %s.', other.id);
    END IF;

    INSERT INTO criteria_set
           (code, title, level, tier, ruleset, issuer, decision, decision_date,
            jurisdiction_id, valid_from, valid_to, status, refines_id)
    VALUES (edition.code, edition.title, publish_criteria_set.level, publish_criteria_set.tier,
            publish_criteria_set.ruleset, publish_criteria_set.issuer, publish_criteria_set.decision,
            publish_criteria_set.decision_date, publish_criteria_set.jurisdiction_id,
            publish_criteria_set.valid_from, publish_criteria_set.valid_to, publish_criteria_set.status,
            publish_criteria_set.refines_id)
    RETURNING * INTO edition;

    IF edition.status <> 'sourced' THEN
        RAISE NOTICE USING
            MESSAGE = format('criteria set "%s" is %s', edition.code, edition.status),
            DETAIL = CASE edition.status
                         WHEN 'illustrative' THEN 'Its requirements were invented for a demonstration. They are no law.'
                         ELSE 'Not every requirement in it has a public source.'
                     END,
            HINT = 'Every assessment and finding that rests on it says so in column status.';
    END IF;

    RETURN edition.id;
END
$$;

COMMENT ON FUNCTION publish_criteria_set(ntm.ruleset, text, text, date, date, bigint, text, text, text, date, text, text, bigint) IS
'Publishes an edition of a criteria set and returns its id. Code and title are the ruleset''s unless given; jurisdiction_id NULL = everywhere; valid_to NULL = open; refines_id: the edition it refines, NULL = none. NOTICEs say when it is not sourced, and of what else is doubtful. Refuses an edition without a first day or with an end before it (SQLSTATE 22023), one that would be in force together with another one for the same level, tier and jurisdiction (23P01), and one that has errors, asks for less than the one it refines, or fails its test cases (23514).';

CREATE FUNCTION adopt_criteria_set(
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
    edition_id bigint;
BEGIN
    SELECT * INTO shipped FROM ntm.library AS l WHERE l.code = adopt_criteria_set.code;

    IF NOT FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = format('there is no criteria set "%s" in the library', adopt_criteria_set.code),
            DETAIL = coalesce((SELECT 'The library holds ' || string_agg(l.code, ', ' ORDER BY l.code) || '.' FROM ntm.library AS l),
                              'The library is empty.'),
            HINT = 'To publish a set of your own use publish_criteria_set().';
    END IF;

    IF coalesce(adopt_criteria_set.valid_from, shipped.valid_from) IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('criteria set "%s" has no date from which it is in force', adopt_criteria_set.code),
            DETAIL = 'The library does not state one.',
            HINT = 'Give valid_from.';
    END IF;

    edition_id := publish_criteria_set(
        shipped.ruleset, shipped.level, shipped.tier,
        coalesce(adopt_criteria_set.valid_from, shipped.valid_from),
        coalesce(adopt_criteria_set.valid_to, shipped.valid_to),
        adopt_criteria_set.jurisdiction_id,
        shipped.status, shipped.issuer, shipped.decision, shipped.decision_date,
        shipped.code, shipped.title);

    INSERT INTO criteria_test (set_code, criteria_set_id, name, measures, classes, expected, cite)
    SELECT t.code, edition_id, t.name, t.measures, t.classes, t.expected, t.cite
      FROM ntm.library_test AS t
     WHERE t.code = shipped.code
     ORDER BY t.name
        ON CONFLICT ON CONSTRAINT criteria_test_name DO NOTHING;

    RETURN edition_id;
END
$$;

COMMENT ON FUNCTION adopt_criteria_set(text, bigint, date, date) IS
'Publishes a criteria set of ntm.library in this registry, with its test cases, and returns the id of the edition. jurisdiction_id NULL = everywhere; validity is the library''s unless given. A NOTICE says when the set is not sourced. An unknown code is refused (SQLSTATE 42704).';
