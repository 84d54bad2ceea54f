-- Asking as of a moment, a law and borders other than today's.  There are
-- three answers to "when": known_at is when facts were known, law_date whose
-- law judges, borders_date whose units with their classes are judged.

-- The settings are plain text that anybody may set, so they are read with care.
-- No exceptions are caught: parallel workers could not.
CREATE FUNCTION check_asked(setting text, value text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path FROM CURRENT
AS $$
DECLARE
    parts CONSTANT text[] := regexp_match(btrim(value),
        '^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])'
        '([ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?( ?([+-](0\d|1[0-5])(:?[0-5]\d)?|Z))?)?$');
BEGIN
    IF parts IS NULL
       OR parts[1]::integer NOT BETWEEN 1900 AND 2200
       OR parts[3]::integer > extract(day FROM make_date(parts[1]::integer, parts[2]::integer, 1) + interval '1 month - 1 day')
       OR parts[4] IS NOT NULL AND setting <> 'ntm.known_at' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('setting %s is no %s: "%s"', setting,
                             CASE setting WHEN 'ntm.known_at' THEN 'moment' ELSE 'date' END, value),
            DETAIL = 'Every assessment depends on it.',
            HINT = format('Write it like %s, or reset it: RESET %s.',
                          CASE setting WHEN 'ntm.known_at' THEN '2019-12-31 or 2019-12-31 17:00+07' ELSE '2019-12-31' END, setting);
    END IF;

    RETURN btrim(value);
END
$$;

COMMENT ON FUNCTION check_asked(text, text) IS
'The value of a setting, if it is a date (of ntm.known_at: or a moment) from 1900 to 2200 in the form of ISO 8601; else it is refused (SQLSTATE 22023).';

CREATE FUNCTION asked_known_at() RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE WHEN current_setting('ntm.known_at', true) <> ''
                THEN check_asked('ntm.known_at', current_setting('ntm.known_at', true))::timestamptz END;

COMMENT ON FUNCTION asked_known_at() IS
'The moment as of which this session asks for facts: setting ntm.known_at; a date alone is its first moment. NULL = it is not set: all that is known. A value that is no moment is refused (SQLSTATE 22023).';

CREATE FUNCTION asked_law_date() RETURNS date
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE WHEN current_setting('ntm.law_date', true) <> ''
                THEN check_asked('ntm.law_date', current_setting('ntm.law_date', true))::date END;

COMMENT ON FUNCTION asked_law_date() IS
'The day whose law this session asks for: setting ntm.law_date. NULL = it is not set. A value that is no date is refused (SQLSTATE 22023).';

CREATE FUNCTION asked_borders_date() RETURNS date
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE WHEN current_setting('ntm.borders_date', true) <> ''
                THEN check_asked('ntm.borders_date', current_setting('ntm.borders_date', true))::date END;

COMMENT ON FUNCTION asked_borders_date() IS
'The day in whose borders this session asks: setting ntm.borders_date. NULL = it is not set. A value that is no date is refused (SQLSTATE 22023).';

-- The settings are written in one place, in a form that is read the same
-- whatever the session's DateStyle and TimeZone.
CREATE FUNCTION set_asked(known_at timestamptz, law_date date, borders date, only_year integer, this_transaction boolean) RETURNS text[]
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
DECLARE
    bad CONSTANT text := CASE WHEN known_at NOT BETWEEN '1900-01-01' AND '2200-12-31' THEN 'known_at'
                              WHEN law_date NOT BETWEEN '1900-01-01' AND '2200-12-31' THEN 'law_date'
                              WHEN borders NOT BETWEEN '1900-01-01' AND '2200-12-31' THEN 'borders' END;
    before CONSTANT text[] := ARRAY[current_setting('ntm.known_at', true), current_setting('ntm.law_date', true),
                                    current_setting('ntm.borders_date', true), current_setting('ntm.only_year', true)];
BEGIN
    IF bad IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'datetime_field_overflow',
            MESSAGE = format('%s is out of range: %s', bad,
                             CASE bad WHEN 'known_at' THEN known_at::text WHEN 'law_date' THEN law_date::text ELSE borders::text END),
            HINT = 'Give a day from 1900 to 2200.';
    END IF;

    PERFORM set_config('ntm.known_at', coalesce(to_char(known_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US"+00"'), ''), this_transaction),
            set_config('ntm.law_date', coalesce(to_char(law_date, 'YYYY-MM-DD'), ''), this_transaction),
            set_config('ntm.borders_date', coalesce(to_char(borders, 'YYYY-MM-DD'), ''), this_transaction),
            set_config('ntm.only_year', coalesce(only_year::text, ''), this_transaction);

    RETURN before;
END
$$;

COMMENT ON FUNCTION set_asked(timestamptz, date, date, integer, boolean) IS
'Writes the settings that say as of when the session asks, and returns what they were. A day before 1900 or after 2200 is refused (SQLSTATE 22008).';

CREATE FUNCTION reset_asked(before text[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
BEGIN
    PERFORM set_config('ntm.known_at', coalesce(before[1], ''), true), set_config('ntm.law_date', coalesce(before[2], ''), true),
            set_config('ntm.borders_date', coalesce(before[3], ''), true), set_config('ntm.only_year', coalesce(before[4], ''), true);
END
$$;

COMMENT ON FUNCTION reset_asked(text[]) IS
'Sets the settings to what set_asked() has returned, until the end of the transaction.';

CREATE FUNCTION ask_as_of(
    known_at        timestamptz DEFAULT NULL,
    law_date        date        DEFAULT NULL,
    borders         date        DEFAULT NULL,
    this_transaction boolean    DEFAULT false) RETURNS void
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
BEGIN
    IF known_at IS NULL AND law_date IS NULL AND borders IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'null_value_not_allowed',
            MESSAGE = 'as of when?',
            DETAIL = 'Neither a moment, nor a date of the law, nor one of the borders is given.',
            HINT = 'For today''s answers again use ask_as_of_now().';
    END IF;

    PERFORM set_asked(known_at, law_date, borders, NULL, this_transaction);
END
$$;

COMMENT ON FUNCTION ask_as_of(timestamptz, date, date, boolean) IS
'From now on, in this session (or this transaction only), views assessment, finding, near_met, unit_year, progress, what rests on them and their views for BI tools answer as of a moment, as assessment_as_of() does with the same arguments: known_at NULL = all that is known; law_date and borders NULL = 31 December of the year, or the day of known_at if that is earlier. Their columns known_at, law_date and borders_date say so in every row. It sets the settings ntm.known_at, ntm.law_date and ntm.borders_date; where no function can be called they can be set by SET, ALTER ROLE … SET or the connection''s options. Registers, decisions, completeness and doubts are always as they stand. Besides the views the role must be allowed to read the ledger (GRANT SELECT ON report), and for other borders tables dossier, unit, unit_state, unit_change and indicator. All three NULL is refused (SQLSTATE 22004), and a day before 1900 or after 2200 (22008).';

CREATE FUNCTION ask_as_of_now() RETURNS void
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
BEGIN
    PERFORM set_asked(NULL, NULL, NULL, NULL, false);
END
$$;

COMMENT ON FUNCTION ask_as_of_now() IS
'From now on this session asks for what stands today again: undoes ask_as_of() and empties its settings.';

-- OFFSET keeps the settings from being read, and the days from being worked
-- out, once for every unit.  As a string it is a bigint from the start, else
-- the planner would take it for a limit and refuse parallel workers, which it
-- also does where there is no FROM.
CREATE FUNCTION asked_year(known_at timestamptz, law_date date, borders date)
    RETURNS TABLE (year integer, known_at timestamptz, law_date date, borders_date date, elsewhere boolean, any_asked boolean)
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT y.year, a.known_at,
           coalesce(a.law_date, least(make_date(y.year, 12, 31), a.known_at::date)),
           coalesce(a.borders, least(make_date(y.year, 12, 31), a.known_at::date)),
           a.borders IS NOT NULL,
           a.known_at IS NOT NULL OR a.law_date IS NOT NULL OR a.borders IS NOT NULL
      FROM (SELECT asked_year.known_at, asked_year.law_date, asked_year.borders FROM generate_series(1, 1) OFFSET '0') AS a
     CROSS JOIN generate_series(2000, 2100) AS y (year)
    OFFSET '0';
END;

COMMENT ON FUNCTION asked_year(timestamptz, date, date) IS
'For every year the moment, the day of the law and the day of the borders that count, given what was asked for: where nothing was, 31 December of the year, or the day of known_at if that is earlier. elsewhere = other borders were asked for; any_asked = anything was.';

-- One call a statement: SET keeps it from being inlined, so that its rows are
-- kept, and its low cost keeps the plans of those who do not ask for other
-- borders as if it were not there.
CREATE FUNCTION dossier_elsewhere(borders date, known_at timestamptz)
    RETURNS TABLE (unit_id bigint, year integer, measures ntm.measures)
    LANGUAGE sql STABLE PARALLEL SAFE COST 1 ROWS 100
    SET search_path FROM CURRENT
BEGIN ATOMIC
    SELECT b.unit_id, y.year, b.measures
      FROM generate_series(2000, 2100) AS y (year)
     CROSS JOIN LATERAL dossier_in_borders(y.year, dossier_elsewhere.borders, dossier_elsewhere.known_at) AS b
     WHERE EXISTS (SELECT FROM dossier AS d WHERE d.year = y.year)
       AND y.year::text = coalesce(nullif(current_setting('ntm.only_year', true), ''), y.year::text);
END;

COMMENT ON FUNCTION dossier_elsewhere(date, timestamptz) IS
'dossier_in_borders() for all years with facts, or for the one that assessment_as_of() and the like ask for (setting ntm.only_year, theirs alone).';

-- Called by triggers with the rights of the owner, too: it names nothing that an
-- object in the schema of ltree could stand in for.
CREATE FUNCTION refuse_other_time(refusal text) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
BEGIN
    IF pg_catalog.num_nonnulls(asked_known_at(), asked_law_date(), asked_borders_date()) > 0 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = pg_catalog.format('%s while this session asks as of another time', refusal),
            DETAIL = 'Decisions rest on what is known now, and on the law and the borders of their own year.',
            HINT = 'SELECT ask_as_of_now() first; how a unit stood then, finding_as_of() tells.';
    END IF;
END
$$;

COMMENT ON FUNCTION refuse_other_time(text) IS
'Refuses, with the words given, what rests on today where the session asks as of another time (SQLSTATE 55000).';
