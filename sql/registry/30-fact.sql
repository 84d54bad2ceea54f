-- Facts: the ledger of reports and the dossiers merged from it.

CREATE TABLE report (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unit_id     bigint      NOT NULL REFERENCES unit,
    year        integer     NOT NULL CHECK (year BETWEEN 2000 AND 2100),
    measures    ntm.measures NOT NULL,
    reported_at timestamptz NOT NULL DEFAULT now(),
    reported_by text        NOT NULL DEFAULT current_user,
    source      text,
    evidence    text
);

CREATE INDEX report_unit_id_year ON report (unit_id, year, id);

COMMENT ON TABLE report IS
'The ledger of facts, one row per filled form. Append-only: a correction is a later report, {"name": null} withdraws a value.';
COMMENT ON COLUMN report.id IS 'Identity and order of the ledger: of two reports on one unit and year the higher id wins.';
COMMENT ON COLUMN report.unit_id IS 'The unit it is about.';
COMMENT ON COLUMN report.year IS 'The year it is about.';
COMMENT ON COLUMN report.measures IS 'What it says. A measure that is not in it is left as it was; null = explicitly unknown.';
COMMENT ON COLUMN report.reported_at IS 'When it was reported.';
COMMENT ON COLUMN report.reported_by IS 'Who reported it; the role, unless given.';
COMMENT ON COLUMN report.source IS 'Form, letter or file it was taken from. NULL = not recorded.';
COMMENT ON COLUMN report.evidence IS 'Address or number of the proof. NULL = none.';

CREATE TRIGGER keep_reports BEFORE UPDATE OR DELETE OR TRUNCATE ON report
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('To correct a report, insert a later one; {"name": null} withdraws a value.');

-- Rows of up to a page stay in it: assessing reads all dossiers of a year, and
-- one that is stored elsewhere takes three times as long.
CREATE TABLE dossier (
    unit_id         bigint      NOT NULL REFERENCES unit,
    year            integer     NOT NULL,
    measures        ntm.measures NOT NULL,
    report_count    integer     NOT NULL,
    last_report_id  bigint      NOT NULL,
    first_reported_at timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    PRIMARY KEY (unit_id, year)
) WITH (toast_tuple_target = 8160);

-- With the unit: of a year that has just begun the planner knows no rows, and
-- would look through all of them for one unit.
CREATE INDEX dossier_year ON dossier (year, unit_id);

COMMENT ON TABLE dossier IS
'What is known about a unit and year: the merge of its reports in the order of their ids, kept by the insert into report itself. Not to be written by hand; check_dossiers() proves it right.';
COMMENT ON COLUMN dossier.unit_id IS 'The unit.';
COMMENT ON COLUMN dossier.year IS 'The year.';
COMMENT ON COLUMN dossier.measures IS 'The merged measures. Absent or null = not known.';
COMMENT ON COLUMN dossier.report_count IS 'Number of reports merged.';
COMMENT ON COLUMN dossier.last_report_id IS 'The last of them in the ledger.';
COMMENT ON COLUMN dossier.first_reported_at IS 'When the earliest of them was reported: the least reported_at. Before, nothing was known.';
COMMENT ON COLUMN dossier.updated_at IS 'When the latest of them was reported: the greatest reported_at. As known then or later, the dossier is as it stands.';

-- The two triggers run with the rights of the registry's owner, so that whoever
-- may insert a report needs no right on anything else.  Hence nobody may use
-- their functions otherwise, and these name nothing that an object in the
-- schema of ltree could stand in for: functions by their schema, operators only
-- between types for which PostgreSQL itself has one.
CREATE FUNCTION check_reports() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path FROM CURRENT
AS $$
DECLARE
    wrong record;
BEGIN
    -- one look at what is nearly always right; what is wrong comes after
    PERFORM
      FROM new_reports
      LEFT JOIN LATERAL ntm.each(new_reports.measures) AS given ON true
      LEFT JOIN indicator ON indicator.name = given.name
     WHERE given.name IS NOT NULL AND indicator.name IS NULL
        OR indicator.kind = 'yes_no' AND given.value <> ALL (ARRAY[0, 1]::numeric[])
        OR new_reports.year > pg_catalog.date_part('year', pg_catalog.now())::integer + 1
        OR new_reports.reported_at > pg_catalog.clock_timestamp()
     LIMIT 1;

    IF NOT FOUND THEN
        RETURN NULL;
    END IF;

    SELECT new_reports.unit_id
      INTO wrong
      FROM new_reports
     WHERE NOT EXISTS (SELECT FROM unit WHERE unit.id = new_reports.unit_id)
     ORDER BY new_reports.id
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = pg_catalog.format('there is no unit with id %s', wrong.unit_id),
            HINT = 'Look for it in view place.';
    END IF;

    SELECT given.name, min(new_reports.id) AS report_id
      INTO wrong
      FROM new_reports, ntm.each(new_reports.measures) AS given
     WHERE NOT EXISTS (SELECT FROM indicator WHERE indicator.name = given.name)
     GROUP BY given.name
     ORDER BY report_id, given.name
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = pg_catalog.format('measure "%s" is not in the catalogue', wrong.name),
            DETAIL = (SELECT pg_catalog.format('The report on unit %s ("%s") for %s has it.', unit.id, unit.name, r.year)
                        FROM new_reports AS r JOIN unit ON unit.id = r.unit_id WHERE r.id = wrong.report_id),
            HINT = 'Correct the spelling (SELECT name, title FROM indicator). For a new measure, publish the criteria set that uses it first.';
    END IF;

    -- a year once reported on stays for ever, so a slip of the pen must not get in
    SELECT new_reports.unit_id, new_reports.year, pg_catalog.date_part('year', pg_catalog.now())::integer AS this_year
      INTO wrong
      FROM new_reports
     WHERE new_reports.year > pg_catalog.date_part('year', pg_catalog.now())::integer + 1
     ORDER BY new_reports.id
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'datetime_field_overflow',
            MESSAGE = pg_catalog.format('cannot report for %s yet', wrong.year),
            DETAIL = (SELECT pg_catalog.format('The report on unit %s ("%s") is for a year after %s.', unit.id, unit.name, wrong.this_year + 1)
                        FROM unit WHERE unit.id = wrong.unit_id),
            HINT = 'Correct the year.';
    END IF;

    SELECT new_reports.unit_id, new_reports.year, new_reports.reported_at
      INTO wrong
      FROM new_reports
     WHERE new_reports.reported_at > pg_catalog.clock_timestamp()
     ORDER BY new_reports.id
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'datetime_field_overflow',
            MESSAGE = pg_catalog.format('a report cannot have been made on %s, which is yet to come', wrong.reported_at),
            DETAIL = (SELECT pg_catalog.format('The report on unit %s ("%s") for %s says so.', unit.id, unit.name, wrong.year)
                        FROM unit WHERE unit.id = wrong.unit_id),
            HINT = 'Correct reported_at, or leave it out: it is now unless given.';
    END IF;

    SELECT given.name, given.value, new_reports.unit_id, new_reports.year
      INTO wrong
      FROM new_reports, ntm.each(new_reports.measures) AS given
      JOIN indicator ON indicator.name = given.name AND indicator.kind = 'yes_no'
     WHERE given.value <> ALL (ARRAY[0, 1]::numeric[])
     ORDER BY new_reports.id, given.name
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = pg_catalog.format('measure "%s" is neither yes nor no: %s', wrong.name, wrong.value),
            DETAIL = (SELECT pg_catalog.format('The report on unit %s ("%s") for %s has it.', unit.id, unit.name, wrong.year)
                        FROM unit WHERE unit.id = wrong.unit_id),
            HINT = 'Report true or false (1 or 0), "n/a" where it does not apply, null where it is not known.';
    END IF;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION check_reports() IS
'Trigger: refuses reports with a measure that is not in table indicator (SQLSTATE 23503), for a year after the next one or made at a time to come (22008), or with a yes/no measure other than 0 and 1 (23514).';

-- The dossier is the merge in the order of ids, whoever commits first.  The
-- upsert locks the dossier's row until the transaction ends, in the order of
-- the key, so that statements cannot deadlock.  Ids are drawn before that lock
-- is taken, hence a report may find one with a higher id already merged, or
-- come between several of ours; then the dossier is merged again from the
-- ledger, by a statement of its own,
-- whose snapshot sees all reports whose writers have held the lock.
CREATE FUNCTION merge_reports() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path FROM CURRENT
AS $$
DECLARE
    out_of_order boolean;
BEGIN
    WITH added AS (
        SELECT unit_id, year, ntm.merge_agg(measures ORDER BY id) AS measures, count(*) AS reports, max(id) AS last_id,
               min(reported_at) AS first_reported_at, max(reported_at) AS updated_at
          FROM new_reports
         GROUP BY unit_id, year
         ORDER BY unit_id, year
    ), merged AS (
        INSERT INTO dossier (unit_id, year, measures, report_count, last_report_id, first_reported_at, updated_at)
        SELECT unit_id, year, measures, reports, last_id, first_reported_at, updated_at
          FROM added
            ON CONFLICT (unit_id, year) DO UPDATE
           SET measures = dossier.measures || excluded.measures,
               report_count = dossier.report_count + excluded.report_count,
               last_report_id = greatest(dossier.last_report_id, excluded.last_report_id),
               first_reported_at = least(dossier.first_reported_at, excluded.first_reported_at),
               updated_at = greatest(dossier.updated_at, excluded.updated_at)
        RETURNING unit_id, year, report_count, last_report_id
    )
    SELECT bool_or(merged.report_count > added.reports AND (merged.last_report_id > added.last_id OR added.reports > 1))
      INTO out_of_order
      FROM merged
      JOIN added ON added.unit_id = merged.unit_id AND added.year = merged.year;

    IF out_of_order THEN
        UPDATE dossier
           SET measures = (SELECT ntm.merge_agg(report.measures ORDER BY report.id)
                             FROM report
                            WHERE report.unit_id = dossier.unit_id AND report.year = dossier.year)
          FROM (SELECT unit_id, year, count(*) AS reports, min(id) AS first_id, max(id) AS last_id
                  FROM new_reports
                 GROUP BY unit_id, year) AS added
         WHERE dossier.unit_id = added.unit_id
           AND dossier.year = added.year
           AND dossier.report_count > added.reports
           AND (dossier.last_report_id > added.last_id
                OR added.reports > 1
                   AND EXISTS (SELECT FROM report
                                WHERE report.unit_id = added.unit_id
                                  AND report.year = added.year
                                  AND report.id BETWEEN added.first_id AND added.last_id
                                  AND NOT EXISTS (SELECT FROM new_reports WHERE new_reports.id = report.id)));
    END IF;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION merge_reports() IS
'Trigger: merges new reports into the dossiers of their units and years, in the order of the reports'' ids, also when several sessions write at once.';

REVOKE EXECUTE ON FUNCTION check_reports(), merge_reports() FROM PUBLIC;

CREATE TRIGGER check_reports AFTER INSERT ON report
    REFERENCING NEW TABLE AS new_reports
    FOR EACH STATEMENT EXECUTE FUNCTION check_reports();

CREATE TRIGGER merge_reports AFTER INSERT ON report
    REFERENCING NEW TABLE AS new_reports
    FOR EACH STATEMENT EXECUTE FUNCTION merge_reports();

CREATE FUNCTION guard_dossiers() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'object_not_in_prerequisite_state',
        MESSAGE = format('cannot %s table %I', lower(TG_OP), TG_TABLE_NAME),
        DETAIL = 'A dossier is the merge of the reports on its unit and year.',
        HINT = 'Insert a report.';
END
$$;

COMMENT ON FUNCTION guard_dossiers() IS
'Trigger: refuses to write dossiers other than by inserting reports (SQLSTATE 55000).';

-- 0: a user's statement; 1: one of merge_reports
CREATE TRIGGER guard_dossiers BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON dossier
    FOR EACH STATEMENT WHEN (pg_trigger_depth() < 1) EXECUTE FUNCTION guard_dossiers();

CREATE FUNCTION check_dossiers()
    RETURNS TABLE (unit_id bigint, year integer, dossier ntm.measures, reports ntm.measures)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT coalesce(d.unit_id, r.unit_id), coalesce(d.year, r.year), d.measures, r.measures
      FROM dossier AS d
      FULL JOIN (SELECT report.unit_id, report.year, count(*) AS report_count, max(report.id) AS last_report_id,
                        min(report.reported_at) AS first_reported_at, max(report.reported_at) AS updated_at,
                        ntm.merge_agg(report.measures ORDER BY report.id) AS measures
                   FROM report
                  GROUP BY report.unit_id, report.year) AS r
        ON r.unit_id = d.unit_id AND r.year = d.year
     WHERE d.measures::text IS DISTINCT FROM r.measures::text
        OR d.report_count IS DISTINCT FROM r.report_count
        OR d.last_report_id IS DISTINCT FROM r.last_report_id
        OR d.first_reported_at IS DISTINCT FROM r.first_reported_at
        OR d.updated_at IS DISTINCT FROM r.updated_at;
END;

COMMENT ON FUNCTION check_dossiers() IS
'The dossiers that are not the merge of their reports, with both sides (NULL = missing). No rows = all are right.';
