-- Classes and administrative units.

CREATE TABLE class (
    code    text PRIMARY KEY CHECK (octet_length(code) BETWEEN 1 AND 63),
    title   text,
    cite    text
);

COMMENT ON TABLE class IS
'The classes a unit may have and a criteria set may tell apart: regions, degrees of hardship. Publishing a criteria set adds those it names.';
COMMENT ON COLUMN class.code IS 'Code, as criteria sets write it, e.g. TDMNPB.';
COMMENT ON COLUMN class.title IS 'Name in words. NULL = not given.';
COMMENT ON COLUMN class.cite IS 'The criteria set or decision that made it. NULL = not recorded.';

CREATE TABLE unit (
    id              bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code            text,
    name            text    NOT NULL CHECK (name <> ''),
    level           text    NOT NULL CHECK (is_level(level)),
    kind            text,
    parent_id       bigint  REFERENCES unit CHECK (parent_id <> id),
    path            ltree   NOT NULL,
    classes         text[]  NOT NULL DEFAULT '{}',
    in_programme    boolean NOT NULL DEFAULT true,
    population      integer CHECK (population >= 0),
    households      integer CHECK (households >= 0),
    valid_from      date,
    valid_to        date,
    state_from      date,
    state_basis     text    CHECK (state_basis <> ''),
    CHECK (valid_from < valid_to),
    CHECK (valid_from < state_from AND state_from <= valid_to),
    CHECK ((state_from IS NULL) = (state_basis IS NULL)),
    CONSTRAINT unit_code_at_a_time
        EXCLUDE USING gist (level WITH =, code WITH =, daterange(greatest(valid_from, state_from), valid_to) WITH &&)
);

CREATE INDEX unit_parent_id ON unit (parent_id);
CREATE INDEX unit_code ON unit (code);
CREATE INDEX unit_path ON unit USING gist (path);

-- BI tools see ids as integers, and search by them.
CREATE UNIQUE INDEX unit_id_integer ON unit ((id::integer));

COMMENT ON TABLE unit IS
'Administrative units over time, each in its latest state; unit_state holds the earlier ones too, units_on() gives those of a day. The id is the identity; a code means one unit only at a point in time, since codes are reused after mergers. A plain UPDATE corrects a mistake; what changed on a date is for change_unit() and table unit_change.';
COMMENT ON COLUMN unit.id IS 'Identity, never reused.';
COMMENT ON COLUMN unit.code IS 'Official or own code, unique within the level on any date. NULL = the unit has none.';
COMMENT ON COLUMN unit.name IS 'Name, with the kind of unit if that is customary.';
COMMENT ON COLUMN unit.level IS 'province, district, commune or area (residential area: khu dân cư, thôn, bản, xóm). A level may be absent.';
COMMENT ON COLUMN unit.kind IS 'Kind within the level, e.g. xã, phường, thị trấn. NULL = not recorded.';
COMMENT ON COLUMN unit.parent_id IS 'The unit it lies in, always of a higher level. NULL = the top.';
COMMENT ON COLUMN unit.path IS 'Ids from the top down to the unit itself; set by the database and kept right when a parent changes.';
COMMENT ON COLUMN unit.classes IS 'Codes of its classes, each in table class. Where a requirement has variants for several of them, the first one here wins.';
COMMENT ON COLUMN unit.in_programme IS 'Whether it takes part in the New Rural Development programme and is counted in progress.';
COMMENT ON COLUMN unit.population IS 'Persons. NULL = not recorded.';
COMMENT ON COLUMN unit.households IS 'Households. NULL = not recorded.';
COMMENT ON COLUMN unit.valid_from IS 'First day on which the unit existed. NULL = before any date of interest.';
COMMENT ON COLUMN unit.valid_to IS 'First day on which it no longer existed. NULL = it still does.';
COMMENT ON COLUMN unit.state_from IS 'First day of the state in this row; an UPDATE that moves it keeps the state before in unit_state. NULL = the unit has been so since it began.';
COMMENT ON COLUMN unit.state_basis IS 'Resolution or decision by which the state began. NULL with state_from.';

-- A mistyped class would silently give the wrong threshold.
CREATE FUNCTION check_classes() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
DECLARE
    missing text;
BEGIN
    SELECT string_agg(DISTINCT coalesce(quote_literal(given.code), 'NULL'), ', ')
      INTO missing
      FROM unnest(NEW.classes) AS given (code)
     WHERE NOT EXISTS (SELECT FROM class WHERE class.code = given.code);

    IF missing IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('unit "%s" has an unknown class: %s', NEW.name, missing),
            DETAIL = coalesce((SELECT 'Known classes are ' || string_agg(class.code, ', ' ORDER BY class.code) || '.' FROM class),
                              'No class is known yet.'),
            HINT = 'Publish the criteria set that names the class, or add the class to table class.';
    END IF;

    RETURN NEW;
END
$$;

COMMENT ON FUNCTION check_classes() IS
'Trigger: refuses a unit with a class that is not in table class (SQLSTATE 23503).';

CREATE TRIGGER check_classes BEFORE INSERT OR UPDATE OF classes ON unit
    FOR EACH ROW WHEN (NEW.classes <> '{}') EXECUTE FUNCTION check_classes();

CREATE FUNCTION check_class_unused() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
BEGIN
    IF EXISTS (SELECT FROM unit WHERE OLD.code = ANY (unit.classes)) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('class "%s" is still in use', OLD.code),
            DETAIL = format('%s units have it.', (SELECT count(*) FROM unit WHERE OLD.code = ANY (unit.classes))),
            HINT = 'Change the classes of those units first.';
    END IF;

    IF EXISTS (SELECT FROM unit_state AS s WHERE OLD.code = ANY (s.classes)) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('class "%s" was in use', OLD.code),
            DETAIL = format('%s units had it.', (SELECT count(DISTINCT s.unit_id) FROM unit_state AS s WHERE OLD.code = ANY (s.classes))),
            HINT = 'Past years are judged by it: keep it.';
    END IF;

    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;

COMMENT ON FUNCTION check_class_unused() IS
'Trigger: refuses to delete or recode a class that a unit has or had (SQLSTATE 23503).';

CREATE TRIGGER check_class_deleted BEFORE DELETE ON class
    FOR EACH ROW EXECUTE FUNCTION check_class_unused();

CREATE TRIGGER check_class_recoded BEFORE UPDATE OF code ON class
    FOR EACH ROW WHEN (NEW.code <> OLD.code) EXECUTE FUNCTION check_class_unused();

-- The path follows from the parent's.  Levels fall from parent to child, so a
-- cycle cannot be written.  Writers share an advisory lock that whoever moves
-- a unit takes alone: otherwise a child added meanwhile, deep in the subtree,
-- would keep the old path.
CREATE FUNCTION place_unit() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
DECLARE
    parent unit;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.parent_id IS DISTINCT FROM OLD.parent_id THEN
        PERFORM pg_advisory_xact_lock(hashtext('ntm unit tree'), TG_RELID::integer);
    ELSE
        PERFORM pg_advisory_xact_lock_shared(hashtext('ntm unit tree'), TG_RELID::integer);
    END IF;

    IF NEW.parent_id IS NULL THEN
        NEW.path := NEW.id::text::ltree;
    ELSE
        SELECT * INTO parent FROM unit WHERE unit.id = NEW.parent_id;

        IF NOT FOUND THEN
            RAISE EXCEPTION USING
                ERRCODE = 'foreign_key_violation',
                MESSAGE = format('unit "%s" lies in a unit that does not exist', NEW.name),
                DETAIL = format('There is no unit with id %s.', NEW.parent_id),
                HINT = 'Add units from the top down.';
        END IF;

        IF level_rank(parent.level) >= level_rank(NEW.level) THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation',
                MESSAGE = format('unit "%s" of level %s cannot lie in "%s" of level %s',
                                 NEW.name, NEW.level, parent.name, parent.level),
                DETAIL = 'A parent is of a higher level than its children: province, district, commune, area.',
                HINT = 'Give the id of a unit of a higher level as parent_id.';
        END IF;

        NEW.path := parent.path || NEW.id::text;
    END IF;

    IF TG_OP = 'UPDATE' AND level_rank(NEW.level) > level_rank(OLD.level) THEN
        IF EXISTS (SELECT FROM unit
                    WHERE unit.parent_id = NEW.id AND level_rank(unit.level) <= level_rank(NEW.level)) THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation',
                MESSAGE = format('unit "%s" cannot become of level %s', NEW.name, NEW.level),
                DETAIL = 'Units of the same or a higher level lie in it.',
                HINT = 'Give those units another parent first.';
        END IF;
    END IF;

    RETURN NEW;
END
$$;

COMMENT ON FUNCTION place_unit() IS
'Trigger: sets the path of a unit from its parent''s; refuses a parent that does not exist (SQLSTATE 23503) or is not of a higher level (23514), so that there are no cycles.';

CREATE TRIGGER place_unit BEFORE INSERT OR UPDATE OF parent_id, level, path ON unit
    FOR EACH ROW EXECUTE FUNCTION place_unit();

-- Areas have nothing below them.  Setting the path of the children makes place_unit compute it, and so on down.
-- If the state of the unit began on a date, so does the path of its children,
-- as far as they lived to see it: what ended before stays for ever where it
-- was, and what began or changed on the day or later was never elsewhere.  The
-- paths are compared as text, since a restored dump would not find the
-- operator of ltree.
CREATE FUNCTION place_children() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
DECLARE
    later unit;
BEGIN
    IF NEW.state_from IS DISTINCT FROM OLD.state_from THEN
        SELECT * INTO later
          FROM unit AS u
         WHERE u.parent_id = NEW.id AND u.state_from > NEW.state_from
         LIMIT 1;

        IF FOUND THEN
            RAISE EXCEPTION USING
                ERRCODE = 'object_not_in_prerequisite_state',
                MESSAGE = format('unit "%s" cannot move on %s', NEW.name, NEW.state_from),
                DETAIL = format('Unit %s ("%s"), which lies in it, has changed on %s.', later.id, later.name, later.state_from),
                HINT = 'Changes go on record in the order of their dates.';
        END IF;
    END IF;

    UPDATE unit
       SET path = NEW.path,
           state_from = coalesce(moved.on_day, unit.state_from),
           state_basis = CASE WHEN moved.on_day IS NULL THEN unit.state_basis ELSE NEW.state_basis END
      FROM (SELECT child.id,
                   CASE WHEN NEW.state_from IS NULL
                          OR least(NEW.state_from, child.valid_to) <= greatest(child.valid_from, child.state_from) THEN NULL
                        ELSE least(NEW.state_from, child.valid_to) END AS on_day
              FROM unit AS child
             WHERE child.parent_id = NEW.id) AS moved
     WHERE unit.id = moved.id;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION place_children() IS
'Trigger: after the path of a unit has changed, sets those of all units below it, from the same date on. Refuses a move before a unit below last changed (SQLSTATE 55000).';

CREATE TRIGGER place_children AFTER UPDATE OF parent_id, level, path ON unit
    FOR EACH ROW WHEN (NEW.path::text <> OLD.path::text AND NEW.level <> 'area') EXECUTE FUNCTION place_children();

-- The parent chain is at most three steps long, so that no recursion is needed
-- and the joins vanish where their columns are not read.
CREATE VIEW place AS
SELECT u.id AS unit_id, u.code, u.name, u.level, u.kind, u.path,
       CASE 'province' WHEN u.level THEN u.name WHEN p1.level THEN p1.name
            WHEN p2.level THEN p2.name WHEN p3.level THEN p3.name END AS province,
       CASE 'district' WHEN u.level THEN u.name WHEN p1.level THEN p1.name
            WHEN p2.level THEN p2.name WHEN p3.level THEN p3.name END AS district,
       CASE 'commune' WHEN u.level THEN u.name WHEN p1.level THEN p1.name
            WHEN p2.level THEN p2.name WHEN p3.level THEN p3.name END AS commune,
       u.classes, u.in_programme, u.population, u.households, u.valid_from, u.valid_to
  FROM unit u
  LEFT JOIN unit p1 ON p1.id = u.parent_id
  LEFT JOIN unit p2 ON p2.id = p1.parent_id
  LEFT JOIN unit p3 ON p3.id = p2.parent_id;

COMMENT ON VIEW place IS 'Every unit with the names of the province, district and commune it is or lies in.';
COMMENT ON COLUMN place.unit_id IS 'The unit.';
COMMENT ON COLUMN place.code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN place.name IS 'Its name.';
COMMENT ON COLUMN place.level IS 'province, district, commune or area.';
COMMENT ON COLUMN place.kind IS 'Kind within the level. NULL = not recorded.';
COMMENT ON COLUMN place.path IS 'Ids from the top down to the unit.';
COMMENT ON COLUMN place.province IS 'Name of its province. NULL = it lies in none.';
COMMENT ON COLUMN place.district IS 'Name of its district, or its own. NULL = it lies in none.';
COMMENT ON COLUMN place.commune IS 'Name of its commune, or its own. NULL = it lies in none.';
COMMENT ON COLUMN place.classes IS 'Codes of its classes, in order of precedence.';
COMMENT ON COLUMN place.in_programme IS 'Whether it is counted in progress.';
COMMENT ON COLUMN place.population IS 'Persons. NULL = not recorded.';
COMMENT ON COLUMN place.households IS 'Households. NULL = not recorded.';
COMMENT ON COLUMN place.valid_from IS 'First day on which it existed. NULL = before any date of interest.';
COMMENT ON COLUMN place.valid_to IS 'First day on which it no longer existed. NULL = it still does.';

-- Decomposition takes the marks off the letters, compositions of the same
-- letter being one, and turns wide blanks into plain ones.  The two letters
-- that look like a D with a stroke are taken for the Vietnamese one.
CREATE FUNCTION plain_name(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN btrim(regexp_replace(lower(translate(
               CASE WHEN getdatabaseencoding() = 'UTF8'
                    THEN regexp_replace(normalize(name, NFKD), '[\u0300-\u036f\u200b\ufeff]', '', 'g')
                    ELSE name END,
               'đĐðÐ', 'dddd') COLLATE "C"), '\s+', ' ', 'g'));

COMMENT ON FUNCTION plain_name(text) IS
'A name without diacritics, in lower case, with single blanks: names that differ in nothing else are equal in it (Hòa Bình, Hoà Bình, HOA BINH). In databases that are not in UTF-8 diacritics stay.';

-- The kind of a unit, which people leave out.  A number alone is no name.
CREATE FUNCTION short_name(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN regexp_replace(plain_name(name), '^(?:tinh|thanh pho|huyen|thi xa|quan|xa|phuong|thi tran) (?=.*[a-z])', '');

COMMENT ON FUNCTION short_name(text) IS
'The plain name of a unit without its kind: thu cuc for Xã Thu Cúc. Phường 1 stays phuong 1.';

-- Functions that are asked about one unit call it; so do triggers that take the
-- rights of the owner.
CREATE FUNCTION known_unit(unit_id bigint) RETURNS bigint
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path FROM CURRENT
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM unit AS u WHERE u.id = known_unit.unit_id) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = pg_catalog.format('there is no unit with id %s', coalesce(known_unit.unit_id::text, 'NULL')),
            HINT = 'Look for it in view place: SELECT unit_id FROM place WHERE plain_name(name) = plain_name(''…''). A subquery that finds nothing gives NULL.';
    END IF;

    RETURN known_unit.unit_id;
END
$$;

COMMENT ON FUNCTION known_unit(bigint) IS
'The id, if there is such a unit, so that a mistyped one is not answered with no rows. Refuses any other, and NULL (SQLSTATE 42704).';
