-- Every state of every unit in one table, so that a question about a day has
-- one set of statistics and indexes to go by: an append of unit and
-- unit_history has none, and joins with it are planned blindly.

CREATE TABLE unit_state (
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
    households      integer
);

CREATE UNIQUE INDEX unit_state_latest ON unit_state (unit_id) WHERE latest;
CREATE INDEX unit_state_unit_id ON unit_state (unit_id);
CREATE INDEX unit_state_unit_id_integer ON unit_state ((unit_id::integer));
CREATE INDEX unit_state_parent_id ON unit_state (parent_id);
CREATE INDEX unit_state_path ON unit_state USING gist (path);

COMMENT ON TABLE unit_state IS
'The states of all units, one row each: the latest from table unit, the earlier ones from unit_history. Kept by the database; not to be written by hand. units_on() gives those of a day.';
COMMENT ON COLUMN unit_state.unit_id IS 'The unit.';
COMMENT ON COLUMN unit_state.latest IS 'Whether it is the row of table unit.';
COMMENT ON COLUMN unit_state.valid_from IS 'First day of the state. NULL = before any date of interest.';
COMMENT ON COLUMN unit_state.valid_to IS 'First day on which it was no longer so. NULL = it still is.';
COMMENT ON COLUMN unit_state.code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN unit_state.name IS 'Its name.';
COMMENT ON COLUMN unit_state.level IS 'province, district, commune or area.';
COMMENT ON COLUMN unit_state.kind IS 'Its kind, e.g. xã, phường, thị trấn. NULL = not recorded.';
COMMENT ON COLUMN unit_state.parent_id IS 'The unit it lay in. NULL = the top.';
COMMENT ON COLUMN unit_state.path IS 'Ids from the top down to the unit.';
COMMENT ON COLUMN unit_state.classes IS 'Codes of its classes, in order of precedence.';
COMMENT ON COLUMN unit_state.in_programme IS 'Whether it was counted in progress.';
COMMENT ON COLUMN unit_state.population IS 'Persons. NULL = not recorded.';
COMMENT ON COLUMN unit_state.households IS 'Households. NULL = not recorded.';

-- They take the rights of the owner, see check_reports.
CREATE FUNCTION keep_latest_state() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path FROM CURRENT
AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO unit_state (unit_id, latest, valid_from, valid_to, code, name, level, kind, parent_id, path,
                                classes, in_programme, population, households)
        SELECT n.id, true, greatest(n.valid_from, n.state_from), n.valid_to, n.code, n.name, n.level, n.kind, n.parent_id, n.path,
               n.classes, n.in_programme, n.population, n.households
          FROM new_units AS n
         ORDER BY n.id;
    ELSE
        UPDATE unit_state AS s
           SET valid_from = greatest(n.valid_from, n.state_from), valid_to = n.valid_to,
               code = n.code, name = n.name, level = n.level, kind = n.kind, parent_id = n.parent_id, path = n.path,
               classes = n.classes, in_programme = n.in_programme, population = n.population, households = n.households
          FROM new_units AS n
         WHERE s.unit_id = n.id AND s.latest;
    END IF;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION keep_latest_state() IS
'Trigger: keeps the latest states in unit_state as table unit has them.';

CREATE FUNCTION keep_earlier_state() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path FROM CURRENT
AS $$
BEGIN
    INSERT INTO unit_state (unit_id, latest, valid_from, valid_to, code, name, level, kind, parent_id, path,
                            classes, in_programme, population, households)
    SELECT n.unit_id, false, n.valid_from, n.valid_to, n.code, n.name, n.level, n.kind, n.parent_id, n.path,
           n.classes, n.in_programme, n.population, n.households
      FROM new_states AS n
     ORDER BY n.unit_id, n.valid_from;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION keep_earlier_state() IS
'Trigger: copies what goes into unit_history into unit_state.';

REVOKE EXECUTE ON FUNCTION keep_latest_state(), keep_earlier_state() FROM PUBLIC;

CREATE TRIGGER keep_new_state AFTER INSERT ON unit
    REFERENCING NEW TABLE AS new_units
    FOR EACH STATEMENT EXECUTE FUNCTION keep_latest_state();

CREATE TRIGGER keep_changed_state AFTER UPDATE ON unit
    REFERENCING NEW TABLE AS new_units
    FOR EACH STATEMENT EXECUTE FUNCTION keep_latest_state();

CREATE TRIGGER keep_earlier_state AFTER INSERT ON unit_history
    REFERENCING NEW TABLE AS new_states
    FOR EACH STATEMENT EXECUTE FUNCTION keep_earlier_state();

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
            DETAIL = 'It repeats what tables unit and unit_history say.',
            HINT = 'Change the unit.';
    END IF;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION guard_unit_states() IS
'Trigger: refuses to write unit_state other than through tables unit and unit_history (SQLSTATE 55000).';

CREATE TRIGGER guard_unit_states BEFORE INSERT OR UPDATE OR DELETE ON unit_state
    FOR EACH STATEMENT EXECUTE FUNCTION guard_unit_states();

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
'Every unit that existed on a day, in its state of that day; columns as in table unit. A year is judged by the state on its 31 December: units_on(make_date(year, 12, 31)), also in a join with the years. No rows for NULL.';

-- As view place, for every state.  Two states that follow each other may differ
-- only in the name of a place above.
CREATE VIEW place_state AS
SELECT u.unit_id,
       greatest(u.valid_from, p1.valid_from, p2.valid_from, p3.valid_from) AS valid_from,
       least(u.valid_to, p1.valid_to, p2.valid_to, p3.valid_to) AS valid_to,
       u.code, u.name, u.level, u.kind, u.path,
       CASE 'province' WHEN u.level THEN u.name WHEN p1.level THEN p1.name
            WHEN p2.level THEN p2.name WHEN p3.level THEN p3.name END AS province,
       CASE 'district' WHEN u.level THEN u.name WHEN p1.level THEN p1.name
            WHEN p2.level THEN p2.name WHEN p3.level THEN p3.name END AS district,
       CASE 'commune' WHEN u.level THEN u.name WHEN p1.level THEN p1.name
            WHEN p2.level THEN p2.name WHEN p3.level THEN p3.name END AS commune,
       u.classes, u.in_programme, u.population, u.households
  FROM unit_state AS u
  LEFT JOIN unit_state AS p1
    ON p1.unit_id = u.parent_id
   AND (p1.valid_from < u.valid_to) IS NOT FALSE
   AND (u.valid_from < p1.valid_to) IS NOT FALSE
  LEFT JOIN unit_state AS p2
    ON p2.unit_id = p1.parent_id
   AND (p2.valid_from < least(u.valid_to, p1.valid_to)) IS NOT FALSE
   AND (greatest(u.valid_from, p1.valid_from) < p2.valid_to) IS NOT FALSE
  LEFT JOIN unit_state AS p3
    ON p3.unit_id = p2.parent_id
   AND (p3.valid_from < least(u.valid_to, p1.valid_to, p2.valid_to)) IS NOT FALSE
   AND (greatest(u.valid_from, p1.valid_from, p2.valid_from) < p3.valid_to) IS NOT FALSE;

COMMENT ON VIEW place_state IS
'Every unit through time with the names of the province, district and commune it was or lay in: a row for every period in which nothing of it changed.';
COMMENT ON COLUMN place_state.unit_id IS 'The unit.';
COMMENT ON COLUMN place_state.valid_from IS 'First day on which it was so. NULL = before any date of interest.';
COMMENT ON COLUMN place_state.valid_to IS 'First day on which it was no longer so. NULL = it still is.';
COMMENT ON COLUMN place_state.code IS 'Its code. NULL = it had none.';
COMMENT ON COLUMN place_state.name IS 'Its name.';
COMMENT ON COLUMN place_state.level IS 'province, district, commune or area.';
COMMENT ON COLUMN place_state.kind IS 'Kind within the level. NULL = not recorded.';
COMMENT ON COLUMN place_state.path IS 'Ids from the top down to the unit.';
COMMENT ON COLUMN place_state.province IS 'Name of its province. NULL = it lay in none.';
COMMENT ON COLUMN place_state.district IS 'Name of its district, or its own. NULL = it lay in none.';
COMMENT ON COLUMN place_state.commune IS 'Name of its commune, or its own. NULL = it lay in none.';
COMMENT ON COLUMN place_state.classes IS 'Codes of its classes, in order of precedence.';
COMMENT ON COLUMN place_state.in_programme IS 'Whether it was counted in progress.';
COMMENT ON COLUMN place_state.population IS 'Persons. NULL = not recorded.';
COMMENT ON COLUMN place_state.households IS 'Households. NULL = not recorded.';

CREATE FUNCTION places_on(day date)
    RETURNS TABLE (unit_id bigint, code text, name text, level text, kind text, path ltree,
                   province text, district text, commune text,
                   classes text[], in_programme boolean, population integer, households integer)
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT p.unit_id, p.code, p.name, p.level, p.kind, p.path, p.province, p.district, p.commune,
           p.classes, p.in_programme, p.population, p.households
      FROM place_state AS p
     WHERE (p.valid_from <= places_on.day) IS NOT FALSE
       AND (places_on.day < p.valid_to) IS NOT FALSE
       AND places_on.day IS NOT NULL;
END;

COMMENT ON FUNCTION places_on(date) IS
'Every unit that existed on a day with the names of the province, district and commune it was or lay in on that day; columns as in view place. No rows for NULL.';
