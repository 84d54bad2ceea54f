-- The states that units were in earlier, and every unit as it was on a day.
-- Table unit holds the latest state, so that today is read from one table.

CREATE TABLE unit_history (
    unit_id         bigint  NOT NULL REFERENCES unit,
    code            text,
    name            text    NOT NULL,
    level           text    NOT NULL,
    kind            text,
    parent_id       bigint  REFERENCES unit,
    path            ltree   NOT NULL,
    classes         text[]  NOT NULL,
    in_programme    boolean NOT NULL,
    population      integer,
    households      integer,
    valid_from      date,
    valid_to        date    NOT NULL,
    basis           text    NOT NULL,
    recorded_at     timestamptz NOT NULL DEFAULT now(),
    recorded_by     text    NOT NULL DEFAULT current_user,
    PRIMARY KEY (unit_id, valid_to),
    CHECK (valid_from < valid_to),
    CONSTRAINT unit_history_one_state_at_a_time
        EXCLUDE USING gist (unit_id WITH =, daterange(valid_from, valid_to) WITH &&),
    CONSTRAINT unit_history_code_at_a_time
        EXCLUDE USING gist (level WITH =, code WITH =, daterange(valid_from, valid_to) WITH &&)
);

CREATE INDEX unit_history_parent_id ON unit_history (parent_id);
CREATE INDEX unit_history_path ON unit_history USING gist (path);

COMMENT ON TABLE unit_history IS
'The states that units were in before the one in table unit: what a unit was called, where it lay, its classes. Each lasted from valid_from to the day before valid_to; together with the latest one they cover the unit''s life. Append-only; an UPDATE of unit that moves state_from writes it, as change_unit() and unit_change do.';
COMMENT ON COLUMN unit_history.unit_id IS 'The unit.';
COMMENT ON COLUMN unit_history.code IS 'Its code then. NULL = it had none.';
COMMENT ON COLUMN unit_history.name IS 'Its name then.';
COMMENT ON COLUMN unit_history.level IS 'province, district, commune or area.';
COMMENT ON COLUMN unit_history.kind IS 'Its kind then, e.g. xã, phường, thị trấn. NULL = not recorded.';
COMMENT ON COLUMN unit_history.parent_id IS 'The unit it lay in then. NULL = the top.';
COMMENT ON COLUMN unit_history.path IS 'Ids from the top down to the unit, as they were then.';
COMMENT ON COLUMN unit_history.classes IS 'Codes of its classes then, in order of precedence.';
COMMENT ON COLUMN unit_history.in_programme IS 'Whether it was counted in progress then.';
COMMENT ON COLUMN unit_history.population IS 'Persons, as last recorded for the state. NULL = not recorded.';
COMMENT ON COLUMN unit_history.households IS 'Households, as last recorded for the state. NULL = not recorded.';
COMMENT ON COLUMN unit_history.valid_from IS 'First day of the state. NULL = before any date of interest.';
COMMENT ON COLUMN unit_history.valid_to IS 'First day on which it was no longer so.';
COMMENT ON COLUMN unit_history.basis IS 'Resolution or decision by which the state ended.';
COMMENT ON COLUMN unit_history.recorded_at IS 'When the change was recorded.';
COMMENT ON COLUMN unit_history.recorded_by IS 'Who recorded it; the role, unless given.';

CREATE TRIGGER keep_unit_history BEFORE UPDATE OR DELETE OR TRUNCATE ON unit_history
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('A mistake in the latest state is mended by an UPDATE of unit; what changed later, by change_unit().');

CREATE FUNCTION guard_unit_history() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
BEGIN
    -- 1 is this trigger, called by a user's statement; from keep_state it is 2
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = 'cannot insert into table unit_history',
            DETAIL = 'It holds what table unit held before a change.',
            HINT = 'Use change_unit(), or INSERT INTO unit_change.';
    END IF;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION guard_unit_history() IS
'Trigger: refuses to write unit_history other than by changing table unit (SQLSTATE 55000).';

CREATE TRIGGER guard_unit_history BEFORE INSERT ON unit_history
    FOR EACH STATEMENT EXECUTE FUNCTION guard_unit_history();

-- What is on record of a unit's life must stay whole: states that follow each
-- other from its first day to its last, codes that mean one unit at a time.
CREATE FUNCTION check_state() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
DECLARE
    first unit_history;
    other unit_history;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state_from IS NOT NULL THEN
            RAISE EXCEPTION USING
                ERRCODE = 'object_not_in_prerequisite_state',
                MESSAGE = format('unit "%s" cannot begin with a change', NEW.name),
                DETAIL = format('It has no state before %s.', NEW.state_from),
                HINT = 'Insert it as it was at first, then change_unit().';
        END IF;
    ELSIF NEW.state_from IS DISTINCT FROM OLD.state_from THEN
        IF NEW.state_from IS NULL OR NEW.state_from <= greatest(OLD.state_from, OLD.valid_from) THEN
            RAISE EXCEPTION USING
                ERRCODE = 'object_not_in_prerequisite_state',
                MESSAGE = format('unit "%s" cannot change on %s', OLD.name, coalesce(NEW.state_from::text, 'no day')),
                DETAIL = format('It has been as it is since %s.', coalesce(greatest(OLD.state_from, OLD.valid_from)::text, 'it began')),
                HINT = 'Changes go on record in the order of their dates. A mistake in the latest state is mended by an UPDATE that leaves state_from as it is.';
        END IF;

        IF NEW.state_from > OLD.valid_to THEN
            RAISE EXCEPTION USING
                ERRCODE = 'object_not_in_prerequisite_state',
                MESSAGE = format('unit "%s" cannot change on %s', OLD.name, NEW.state_from),
                DETAIL = format('It ended on %s.', OLD.valid_to),
                HINT = 'Give a day on which it existed.';
        END IF;
    END IF;

    IF TG_OP = 'UPDATE' AND NEW.valid_from IS DISTINCT FROM OLD.valid_from THEN
        SELECT * INTO first FROM unit_history AS h WHERE h.unit_id = NEW.id ORDER BY h.valid_to LIMIT 1;

        IF FOUND THEN
            RAISE EXCEPTION USING
                ERRCODE = 'object_not_in_prerequisite_state',
                MESSAGE = format('unit "%s" cannot begin on another day', OLD.name),
                DETAIL = format('It has changed since: on %s by %s.', first.valid_to, first.basis),
                HINT = 'What is on record of its life stays as it is.';
        END IF;
    END IF;

    SELECT * INTO other
      FROM unit_history AS h
     WHERE h.level = NEW.level AND h.code = NEW.code AND h.unit_id <> NEW.id
       AND daterange(h.valid_from, h.valid_to) && daterange(greatest(NEW.valid_from, NEW.state_from), NEW.valid_to)
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'exclusion_violation',
            MESSAGE = format('code "%s" would mean two units at a time', NEW.code),
            DETAIL = format('It was the code of unit %s ("%s") until %s.', other.unit_id, other.name, other.valid_to),
            HINT = 'Give the unit another code, or a later valid_from.';
    END IF;

    RETURN NEW;
END
$$;

COMMENT ON FUNCTION check_state() IS
'Trigger: refuses a state that does not begin after the one before it and within the unit''s life, another first day for a unit that has changed (SQLSTATE 55000), and a code that meant another unit at the time (23P01).';

CREATE TRIGGER check_state BEFORE INSERT OR UPDATE OF state_from, valid_from, valid_to, code, level ON unit
    FOR EACH ROW EXECUTE FUNCTION check_state();

CREATE FUNCTION keep_state() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path FROM CURRENT
AS $$
BEGIN
    INSERT INTO unit_history
           (unit_id, code, name, level, kind, parent_id, path, classes, in_programme, population, households,
            valid_from, valid_to, basis, recorded_by)
    VALUES (OLD.id, OLD.code, OLD.name, OLD.level, OLD.kind, OLD.parent_id, OLD.path, OLD.classes, OLD.in_programme,
            OLD.population, OLD.households, greatest(OLD.state_from, OLD.valid_from), NEW.state_from, NEW.state_basis, session_user);

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION keep_state() IS
'Trigger: keeps the state that a unit was in before a change in unit_history.';

REVOKE EXECUTE ON FUNCTION keep_state() FROM PUBLIC;

CREATE TRIGGER keep_state AFTER UPDATE OF state_from ON unit
    FOR EACH ROW WHEN (NEW.state_from IS DISTINCT FROM OLD.state_from) EXECUTE FUNCTION keep_state();

CREATE FUNCTION change_unit(
    unit_id         bigint,
    effective_date  date,
    basis           text,
    name            text    DEFAULT NULL,
    parent_id       bigint  DEFAULT NULL,
    classes         text[]  DEFAULT NULL,
    kind            text    DEFAULT NULL,
    in_programme    boolean DEFAULT NULL,
    population      integer DEFAULT NULL,
    households      integer DEFAULT NULL,
    code            text    DEFAULT NULL) RETURNS void
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    place unit;
    parent unit;
BEGIN
    IF effective_date IS NULL OR NOT isfinite(effective_date) OR basis IS NULL OR basis = '' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = 'a change of a unit needs the day on which it takes effect and its basis',
            HINT = 'Give the date, and the resolution or decision that orders the change.';
    END IF;

    SELECT * INTO place FROM unit AS u WHERE u.id = change_unit.unit_id FOR NO KEY UPDATE;

    IF NOT FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = format('there is no unit with id %s', coalesce(change_unit.unit_id::text, 'NULL')),
            HINT = 'Look for it in table unit.';
    END IF;

    IF effective_date >= place.valid_to THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format('unit "%s" cannot change on %s', place.name, effective_date),
            DETAIL = format('It ended on %s.', place.valid_to),
            HINT = 'Give a day on which it existed.';
    END IF;

    IF change_unit.parent_id IS NOT NULL THEN
        SELECT * INTO parent FROM unit AS u WHERE u.id = change_unit.parent_id;

        IF FOUND AND (parent.valid_from > effective_date OR parent.valid_to <= effective_date) THEN
            RAISE EXCEPTION USING
                ERRCODE = 'object_not_in_prerequisite_state',
                MESSAGE = format('unit "%s" cannot lie in "%s" from %s on', place.name, parent.name, effective_date),
                DETAIL = format('Unit %s exists from %s to %s.', parent.id,
                                coalesce(parent.valid_from::text, '…'), coalesce(parent.valid_to::text, '…')),
                HINT = 'Give the id of a unit that exists on that day.';
        END IF;
    END IF;

    -- two changes on one day are one state
    UPDATE unit AS u
       SET state_from = effective_date,
           state_basis = CASE WHEN u.state_from = effective_date AND strpos(u.state_basis, basis) > 0 THEN u.state_basis
                              WHEN u.state_from = effective_date THEN concat_ws('; ', u.state_basis, basis)
                              ELSE basis END,
           name = coalesce(change_unit.name, u.name),
           parent_id = coalesce(change_unit.parent_id, u.parent_id),
           classes = coalesce(change_unit.classes, u.classes),
           kind = coalesce(change_unit.kind, u.kind),
           in_programme = coalesce(change_unit.in_programme, u.in_programme),
           population = coalesce(change_unit.population, u.population),
           households = coalesce(change_unit.households, u.households),
           code = coalesce(change_unit.code, u.code)
     WHERE u.id = change_unit.unit_id;
END
$$;

COMMENT ON FUNCTION change_unit(bigint, date, text, text, bigint, text[], text, boolean, integer, integer, text) IS
'Changes a unit from a date on, by a resolution or decision (basis): what is not given, or NULL, stays as it is. The state before goes to unit_history; if the parent changes, so do the old paths of all units below. Refuses a day before the latest state began, after the unit or outside the life of the new parent (SQLSTATE 55000), an unknown unit (42704), a missing date or basis (22023).';
