-- What every part of a registry shares.  The parts run in name order, in the
-- first schema of search_path; ntm, ltree and btree_gist must be in it too.

CREATE TABLE registry_version (
    version     text        NOT NULL,
    made_at     timestamptz NOT NULL DEFAULT now(),
    made_by     text        NOT NULL DEFAULT current_user
);

COMMENT ON TABLE registry_version IS
'The versions of ntm that made and later changed this registry, one row each. Its presence marks the schema as a registry.';
COMMENT ON COLUMN registry_version.version IS 'Version of the extension ntm whose parts were run.';
COMMENT ON COLUMN registry_version.made_at IS 'When they were run.';
COMMENT ON COLUMN registry_version.made_by IS 'The role that ran them.';

-- Ledgers are closed to everyone, the owner included.  Statement triggers:
-- they also refuse a change that would touch no row.
CREATE FUNCTION refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'object_not_in_prerequisite_state',
        MESSAGE = format('cannot %s table %I', lower(TG_OP), TG_TABLE_NAME),
        DETAIL = 'Its rows are kept for ever as they were written.',
        HINT = TG_ARGV[0];
END
$$;

COMMENT ON FUNCTION refuse_change() IS
'Trigger: refuses the statement (SQLSTATE 55000). Its argument is the hint that says what to do instead.';

-- The four levels of administration, from the top; a level may be absent.
CREATE FUNCTION level_rank(level text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_position(ARRAY['province', 'district', 'commune', 'area'], level);

COMMENT ON FUNCTION level_rank(text) IS
'Rank of a level: 1 province, 2 district, 3 commune, 4 area; NULL for anything else.';

CREATE FUNCTION tier_rank(tier text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_position(ARRAY['standard', 'advanced', 'model'], tier);

COMMENT ON FUNCTION tier_rank(text) IS
'Rank of a tier: 1 standard, 2 advanced, 3 model; NULL for anything else.';

-- Constraints and triggers call these, so that whoever mistypes a word learns the
-- right ones.
CREATE FUNCTION known_word(kind text, word text, words text[], explained text) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path FROM CURRENT
AS $$
BEGIN
    IF word <> ALL (words) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = pg_catalog.format('there is no %s "%s"', kind, word),
            DETAIL = explained,
            HINT = 'Give the English word.';
    END IF;

    RETURN true;
END
$$;

COMMENT ON FUNCTION known_word(text, text, text[], text) IS
'True for one of some words. Refuses any other, with the explanation (SQLSTATE 23514). NULL: NULL.';

CREATE FUNCTION is_level(level text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN known_word('level', level, ARRAY['province', 'district', 'commune', 'area'],
                      'The levels are province (tỉnh), district (huyện), commune (xã) and area (khu dân cư, thôn).');

COMMENT ON FUNCTION is_level(text) IS
'True for a level: province, district, commune or area. Refuses anything else, naming them (SQLSTATE 23514). NULL: NULL.';

CREATE FUNCTION is_tier(tier text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN known_word('tier', tier, ARRAY['standard', 'advanced', 'model'],
                      'The tiers are standard (đạt chuẩn), advanced (nâng cao) and model (kiểu mẫu).');

COMMENT ON FUNCTION is_tier(text) IS
'True for a tier: standard, advanced or model. Refuses anything else, naming them (SQLSTATE 23514). NULL: NULL.';

CREATE FUNCTION is_status(status text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN known_word('status', status, ARRAY['sourced', 'unverified', 'illustrative'],
                      'It is sourced (có nguồn), unverified (chưa kiểm chứng) or illustrative (minh họa).');

COMMENT ON FUNCTION is_status(text) IS
'True for what a set, procedure or policy can be worth: sourced, unverified or illustrative. Refuses anything else, naming them (SQLSTATE 23514). NULL: NULL.';

CREATE FUNCTION is_blank(entry text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN coalesce(entry !~ '\S', true);

COMMENT ON FUNCTION is_blank(text) IS
'Whether an entry says nothing: it is NULL, empty or of blanks only.';

CREATE FUNCTION check_validity(what text, valid_from date, valid_to date) RETURNS void
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path FROM CURRENT
AS $$
BEGIN
    IF valid_from IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('%s has no date from which it is in force', what),
            HINT = 'Give valid_from.';
    END IF;

    IF valid_to <= valid_from THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('%s would end before it is in force', what),
            DETAIL = format('It would be in force from %s, and no longer from %s.', valid_from, valid_to),
            HINT = 'Correct valid_from or valid_to, the first day on which it is no longer in force.';
    END IF;
END
$$;

COMMENT ON FUNCTION check_validity(text, date, date) IS
'Refuses to publish what has no first day or ends on it or before (SQLSTATE 22023). what: how the message calls it; valid_to NULL = open.';

-- 29 February is followed by 1 March where there is none, as for deadlines.
CREATE FUNCTION years_later(day date, years integer) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN make_date(extract(year FROM day)::integer + years, extract(month FROM day)::integer, 1) + (extract(day FROM day)::integer - 1);

COMMENT ON FUNCTION years_later(date, integer) IS
'The same day of the month some years later; 1 March for 29 February where that does not exist. NULL: NULL.';

-- Clerks and servers live in different time zones.
CREATE FUNCTION is_yet_to_come(day date) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN day > (now() AT TIME ZONE 'UTC' + interval '14 hours')::date;

COMMENT ON FUNCTION is_yet_to_come(date) IS
'Whether a day has begun nowhere on earth yet, whatever the time zone of the session. NULL: NULL.';
