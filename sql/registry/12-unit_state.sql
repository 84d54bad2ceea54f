-- Every state of every unit, and the units as they were on a day.  Table unit has
-- the latest states, this one repeats them: a question about a day needs one
-- set of statistics and indexes to go by.

CREATE TABLE unit_state (
    id              bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unit_id         bigint  NOT NULL REFERENCES unit ON DELETE CASCADE,
    latest          boolean NOT NULL,
    valid_from      date,
    valid_to        date,
    code            text,
    name            text    NOT NULL,
    level           text    NOT NULL,
    kind            text,
    parent_id       bigint,
    path            ltree   NOT NULL,
    classes         text[]  NOT NULL,
    in_programme    boolean NOT NULL,
    population      integer,
    households      integer,
    basis           text,
    recorded_at     timestamptz NOT NULL DEFAULT now(),
    recorded_by     text    NOT NULL DEFAULT session_user,
    CHECK (latest OR valid_from < valid_to),
    CHECK (latest OR valid_to IS NOT NULL AND basis IS NOT NULL),
    CONSTRAINT unit_state_code_at_a_time
        EXCLUDE USING gist (level WITH =, code WITH =, daterange(valid_from, valid_to) WITH &&) WHERE (NOT latest)
);

CREATE UNIQUE INDEX unit_state_latest ON unit_state (unit_id) WHERE latest;
CREATE UNIQUE INDEX unit_state_earlier ON unit_state (unit_id, valid_to) WHERE NOT latest;
CREATE INDEX unit_state_unit_id ON unit_state (unit_id);
CREATE INDEX unit_state_unit_id_integer ON unit_state ((unit_id::integer));
CREATE INDEX unit_state_parent_id ON unit_state (parent_id);
CREATE INDEX unit_state_path ON unit_state USING gist (path);

COMMENT ON TABLE unit_state IS
'The states of all units: what a unit was called, where it lay, its classes. One row each, the latest as in table unit; together they cover the unit''s life. Kept by the database: an UPDATE of unit that moves state_from, as change_unit() and unit_change do, makes the state before it an earlier one, which never changes again. units_on() gives those of a day.';
COMMENT ON COLUMN unit_state.id IS 'Identity.';
COMMENT ON COLUMN unit_state.unit_id IS 'The unit.';
COMMENT ON COLUMN unit_state.latest IS 'Whether it is the state in table unit.';
COMMENT ON COLUMN unit_state.valid_from IS 'First day of the state. NULL = before any date of interest.';
COMMENT ON COLUMN unit_state.valid_to IS 'First day on which it was no longer so. NULL = it still is.';
COMMENT ON COLUMN unit_state.code IS 'Its code. NULL = it had none.';
COMMENT ON COLUMN unit_state.name IS 'Its name.';
COMMENT ON COLUMN unit_state.level IS 'province, district, commune or area.';
COMMENT ON COLUMN unit_state.kind IS 'Its kind, e.g. xã, phường, thị trấn. NULL = not recorded.';
COMMENT ON COLUMN unit_state.parent_id IS 'The unit it lay in. NULL = the top.';
COMMENT ON COLUMN unit_state.path IS 'Ids from the top down to the unit, as they were.';
COMMENT ON COLUMN unit_state.classes IS 'Codes of its classes, in order of precedence.';
COMMENT ON COLUMN unit_state.in_programme IS 'Whether it was counted in progress.';
COMMENT ON COLUMN unit_state.population IS 'Persons, as last recorded for the state. NULL = not recorded.';
COMMENT ON COLUMN unit_state.households IS 'Households, as last recorded for the state. NULL = not recorded.';
COMMENT ON COLUMN unit_state.basis IS 'Resolution or decision by which the state ended. NULL = it is the latest.';
COMMENT ON COLUMN unit_state.recorded_at IS 'When the state was recorded first; of an earlier one, when its end was.';
COMMENT ON COLUMN unit_state.recorded_by IS 'The role that did.';

CREATE FUNCTION guard_unit_states() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
BEGIN
    -- 1 is this trigger, called by a user's statement; from the others it is 2
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format('cannot %s table %I', lower(TG_OP), TG_TABLE_NAME),
            DETAIL = 'It follows from table unit, and an earlier state is on record for ever.',
            HINT = 'A mistake in the latest state is mended by an UPDATE of unit; what changed from a date on, by change_unit().';
    END IF;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION guard_unit_states() IS
'Trigger: refuses to write unit_state other than through table unit (SQLSTATE 55000).';

CREATE TRIGGER guard_unit_states BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON unit_state
    FOR EACH STATEMENT EXECUTE FUNCTION guard_unit_states();

-- What is on record of a unit's life must stay whole: states that follow each
-- other from its first day to its last, codes that mean one unit at a time.
CREATE FUNCTION check_state() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
DECLARE
    first unit_state;
    other unit_state;
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
        SELECT * INTO first FROM unit_state AS s WHERE s.unit_id = NEW.id AND NOT s.latest ORDER BY s.valid_to LIMIT 1;

        IF FOUND THEN
            RAISE EXCEPTION USING
                ERRCODE = 'object_not_in_prerequisite_state',
                MESSAGE = format('unit "%s" cannot begin on another day', OLD.name),
                DETAIL = format('It has changed since: on %s by %s.', first.valid_to, first.basis),
                HINT = 'What is on record of its life stays as it is.';
        END IF;
    END IF;

    SELECT * INTO other
      FROM unit_state AS s
     WHERE NOT s.latest AND s.level = NEW.level AND s.code = NEW.code AND s.unit_id <> NEW.id
       AND daterange(s.valid_from, s.valid_to) && daterange(greatest(NEW.valid_from, NEW.state_from), NEW.valid_to)
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

-- They take the rights of the owner, see check_reports.
CREATE FUNCTION keep_new_states() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path FROM CURRENT
AS $$
BEGIN
    INSERT INTO unit_state (unit_id, latest, valid_from, valid_to, code, name, level, kind, parent_id, path,
                            classes, in_programme, population, households)
    SELECT n.id, true, n.valid_from, n.valid_to, n.code, n.name, n.level, n.kind, n.parent_id, n.path,
           n.classes, n.in_programme, n.population, n.households
      FROM new_units AS n
     ORDER BY n.id;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION keep_new_states() IS
'Trigger: puts the first states of new units into unit_state.';

CREATE FUNCTION keep_changed_states() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path FROM CURRENT
AS $$
BEGIN
    INSERT INTO unit_state (unit_id, latest, valid_from, valid_to, code, name, level, kind, parent_id, path,
                            classes, in_programme, population, households, basis)
    SELECT o.id, false, greatest(o.valid_from, o.state_from), n.state_from, o.code, o.name, o.level, o.kind, o.parent_id, o.path,
           o.classes, o.in_programme, o.population, o.households, n.state_basis
      FROM old_units AS o
      JOIN new_units AS n ON n.id = o.id
     WHERE n.state_from IS DISTINCT FROM o.state_from
     ORDER BY o.id;

    UPDATE unit_state AS s
       SET valid_from = greatest(n.valid_from, n.state_from), valid_to = n.valid_to,
           code = n.code, name = n.name, level = n.level, kind = n.kind, parent_id = n.parent_id, path = n.path,
           classes = n.classes, in_programme = n.in_programme, population = n.population, households = n.households
      FROM new_units AS n
     WHERE s.unit_id = n.id AND s.latest;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION keep_changed_states() IS
'Trigger: makes the state that a unit was in before a change an earlier one, and its latest that of table unit.';

REVOKE EXECUTE ON FUNCTION keep_new_states(), keep_changed_states() FROM PUBLIC;

CREATE TRIGGER keep_new_states AFTER INSERT ON unit
    REFERENCING NEW TABLE AS new_units
    FOR EACH STATEMENT EXECUTE FUNCTION keep_new_states();

CREATE TRIGGER keep_changed_states AFTER UPDATE ON unit
    REFERENCING OLD TABLE AS old_units NEW TABLE AS new_units
    FOR EACH STATEMENT EXECUTE FUNCTION keep_changed_states();

-- Inlined wherever it stands in FROM, so that filters reach the indexes; hence
-- no SET.
CREATE FUNCTION units_on(day date)
    RETURNS TABLE (unit_id bigint, code text, name text, level text, kind text, parent_id bigint, path ltree,
                   classes text[], in_programme boolean, population integer, households integer)
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT s.unit_id, s.code, s.name, s.level, s.kind, s.parent_id, s.path, s.classes, s.in_programme, s.population, s.households
      FROM unit_state AS s
     WHERE (s.valid_from IS NULL OR s.valid_from <= units_on.day)
       AND (s.valid_to IS NULL OR units_on.day < s.valid_to);
END;

COMMENT ON FUNCTION units_on(date) IS
'Every unit that existed on a day, in its state of that day; columns as in table unit. A year is judged by the state on its 31 December: units_on(make_date(year, 12, 31)), also in a join with the years. NULL = on an unknown day: only units without dates.';

-- The names are looked up one by one: with outer joins the function could not
-- be inlined where the day depends on a row.
CREATE FUNCTION places_on(day date)
    RETURNS TABLE (unit_id bigint, code text, name text, level text, kind text, path ltree,
                   province text, district text, commune text,
                   classes text[], in_programme boolean, population integer, households integer)
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT u.unit_id, u.code, u.name, u.level, u.kind, u.path,
           CASE WHEN u.level = 'province' THEN u.name
                ELSE (SELECT above.name
                        FROM units_on(places_on.day) AS above
                       WHERE above.unit_id = ANY (string_to_array(u.path::text, '.')::bigint[]) AND above.level = 'province') END,
           CASE WHEN u.level = 'district' THEN u.name
                ELSE (SELECT above.name
                        FROM units_on(places_on.day) AS above
                       WHERE above.unit_id = ANY (string_to_array(u.path::text, '.')::bigint[]) AND above.level = 'district') END,
           CASE WHEN u.level = 'commune' THEN u.name
                ELSE (SELECT above.name
                        FROM units_on(places_on.day) AS above
                       WHERE above.unit_id = ANY (string_to_array(u.path::text, '.')::bigint[]) AND above.level = 'commune') END,
           u.classes, u.in_programme, u.population, u.households
      FROM units_on(places_on.day) AS u;
END;

COMMENT ON FUNCTION places_on(date) IS
'Every unit that existed on a day, in its state of that day, with the names that the province, district and commune it was or lay in had then; columns as in view place. NULL as in units_on().';

-- y and i after a consonant are the same sound, and written either way.
CREATE FUNCTION spoken_name(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN regexp_replace(plain_name(name), '(qu|[bcdghklmnprstvx])y\M', '\1i', 'g');

COMMENT ON FUNCTION spoken_name(text) IS
'A plain name in which y after a consonant is i: names that sound alike are equal in it (Mỹ Lung, Mĩ Lung; Quý Hương, Quí Hương).';

-- Compiling the expressions of places_on() takes longer than what it saves.
CREATE FUNCTION units_called(names text[], day date DEFAULT CURRENT_DATE) RETURNS bigint[]
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
    SET jit = off
AS $$
DECLARE
    found bigint[];
    trouble text;
BEGIN
    IF coalesce(cardinality(names), 0) = 0 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = 'no unit is named',
            DETAIL = CASE WHEN names IS NULL THEN 'The list of names is NULL.' ELSE 'The list of names is empty.' END,
            HINT = 'Give the names of the units: ARRAY[''Xã Thu Cúc'', ''Khu 1, Xã Sông Lô''].';
    END IF;

    -- names are spelled out once each: most areas share theirs
    WITH lived AS MATERIALIZED (
        SELECT p.unit_id, p.name, p.commune, p.district, p.province FROM places_on(units_called.day) AS p
    ), spelling AS MATERIALIZED (
        SELECT n.name, spoken_name(n.name) AS spoken, spoken_name(short_name(n.name)) AS short
          FROM (SELECT l.name FROM lived AS l UNION SELECT l.commune FROM lived AS l
                 UNION SELECT l.district FROM lived AS l UNION SELECT l.province FROM lived AS l) AS n (name)
    ), known AS MATERIALIZED (
        SELECT l.unit_id, own.spoken, own.short,
               ARRAY[commune.spoken, commune.short, district.spoken, district.short, province.spoken, province.short] AS above
          FROM lived AS l
          JOIN spelling AS own ON own.name = l.name
          LEFT JOIN spelling AS commune ON commune.name = l.commune
          LEFT JOIN spelling AS district ON district.name = l.district
          LEFT JOIN spelling AS province ON province.name = l.province
    ), typed AS MATERIALIZED (
        SELECT n.name, n.rank, spoken_name(parts.typed[1]) AS called,
               ARRAY(SELECT spoken_name(above.name) FROM unnest(parts.typed[2:]) AS above (name)) AS above
          FROM unnest(names) WITH ORDINALITY AS n (name, rank)
         CROSS JOIN LATERAL string_to_array(n.name, ',') AS parts (typed)
    ), called AS (
        SELECT t.name, t.rank, k.unit_id, rank() OVER (PARTITION BY t.rank ORDER BY k.spoken <> t.called) AS fit
          FROM typed AS t
          LEFT JOIN known AS k ON t.called IN (k.spoken, k.short) AND t.above <@ k.above
    ), counted AS (
        SELECT c.rank, c.name, count(c.unit_id) AS units, min(c.unit_id) AS unit_id FROM called AS c WHERE c.fit = 1 GROUP BY c.rank, c.name
    )
    SELECT array_agg(c.unit_id ORDER BY c.rank),
           string_agg(CASE c.units WHEN 0 THEN format('there is no "%s"', c.name) ELSE format('"%s" are %s units', c.name, c.units) END, '; ' ORDER BY c.rank)
               FILTER (WHERE c.units <> 1)
      INTO found, trouble
      FROM counted AS c;

    IF trouble IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = format('not every name is that of one unit on %s', units_called.day),
            DETAIL = format('Of those given, %s.', trouble),
            HINT = 'Correct the spelling, or add the places above after commas: Khu 1, Xã Sông Lô. See function places_on().';
    END IF;

    RETURN found;
END
$$;

COMMENT ON FUNCTION units_called(text[], date) IS
'The units with some names on a day, in the order given. Upper case, diacritics, and y for i after a consonant do not matter, the kind (Xã, Huyện …) may be left out but not be another, and the places above may follow after commas: Khu 1, Xã Sông Lô. Refuses a name that no unit has or several have, saying which, and a list that is empty or NULL (SQLSTATE 42704).';

-- The same for every year, as a view: a function that a view calls asks for the
-- reader's rights to the tables in it.
CREATE VIEW place_year AS
SELECT s.unit_id, y.year, s.code, s.name, s.level, s.kind, s.parent_id, s.path,
       CASE WHEN s.level = 'province' THEN s.name
            ELSE (SELECT above.name
                    FROM unit_state AS above
                   WHERE above.unit_id = ANY (string_to_array(s.path::text, '.')::bigint[]) AND above.level = 'province'
                     AND (above.valid_from IS NULL OR above.valid_from <= least(make_date(y.year, 12, 31), s.valid_to - 1))
                     AND (above.valid_to IS NULL OR least(make_date(y.year, 12, 31), s.valid_to - 1) < above.valid_to)) END AS province,
       CASE WHEN s.level = 'district' THEN s.name
            ELSE (SELECT above.name
                    FROM unit_state AS above
                   WHERE above.unit_id = ANY (string_to_array(s.path::text, '.')::bigint[]) AND above.level = 'district'
                     AND (above.valid_from IS NULL OR above.valid_from <= least(make_date(y.year, 12, 31), s.valid_to - 1))
                     AND (above.valid_to IS NULL OR least(make_date(y.year, 12, 31), s.valid_to - 1) < above.valid_to)) END AS district,
       CASE WHEN s.level = 'commune' THEN s.name
            ELSE (SELECT above.name
                    FROM unit_state AS above
                   WHERE above.unit_id = ANY (string_to_array(s.path::text, '.')::bigint[]) AND above.level = 'commune'
                     AND (above.valid_from IS NULL OR above.valid_from <= least(make_date(y.year, 12, 31), s.valid_to - 1))
                     AND (above.valid_to IS NULL OR least(make_date(y.year, 12, 31), s.valid_to - 1) < above.valid_to)) END AS commune,
       s.classes, s.in_programme, s.population, s.households
  FROM generate_series(2000, 2100) AS y (year)
 CROSS JOIN unit_state AS s
  JOIN unit AS u ON u.id = s.unit_id
 WHERE (s.valid_from IS NULL OR s.valid_from <= make_date(y.year, 12, 31))
   AND (s.valid_to IS NULL OR make_date(y.year, 12, 31) < s.valid_to
        OR s.valid_to = u.valid_to AND make_date(y.year, 1, 1) < s.valid_to AND (s.valid_from < s.valid_to) IS NOT FALSE);

COMMENT ON VIEW place_year IS
'Every unit in every year from 2000 to 2100 in which it existed, in its state of 31 December, or of its last day if it ended before, with the names that the province, district and commune it was or lay in had then.';
COMMENT ON COLUMN place_year.unit_id IS 'The unit.';
COMMENT ON COLUMN place_year.year IS 'The year.';
COMMENT ON COLUMN place_year.code IS 'Its code. NULL = it had none.';
COMMENT ON COLUMN place_year.name IS 'Its name.';
COMMENT ON COLUMN place_year.level IS 'province, district, commune or area.';
COMMENT ON COLUMN place_year.kind IS 'Kind within the level. NULL = not recorded.';
COMMENT ON COLUMN place_year.parent_id IS 'The unit it lay in. NULL = the top.';
COMMENT ON COLUMN place_year.path IS 'Ids from the top down to the unit.';
COMMENT ON COLUMN place_year.province IS 'Name of its province. NULL = it lay in none.';
COMMENT ON COLUMN place_year.district IS 'Name of its district, or its own. NULL = it lay in none.';
COMMENT ON COLUMN place_year.commune IS 'Name of its commune, or its own. NULL = it lay in none.';
COMMENT ON COLUMN place_year.classes IS 'Codes of its classes, in order of precedence.';
COMMENT ON COLUMN place_year.in_programme IS 'Whether it was counted in progress.';
COMMENT ON COLUMN place_year.population IS 'Persons. NULL = not recorded.';
COMMENT ON COLUMN place_year.households IS 'Households. NULL = not recorded.';

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
'Changes a unit from a date on, by a resolution or decision (basis): what is not given, or NULL, stays as it is. The state before stays in unit_state; if the parent changes, so do the old paths of all units below. Refuses a day before the latest state began, after the unit or outside the life of the new parent (SQLSTATE 55000), an unknown unit (42704), a missing date or basis (22023).';
