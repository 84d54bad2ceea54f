-- Repair of dossiers.  Whatever check_dossiers() finds was done by force or
-- lost by accident; the ledger is what counts.

CREATE TABLE dossier_repair (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    repaired    integer     NOT NULL,
    repaired_at timestamptz NOT NULL DEFAULT now(),
    repaired_by text        NOT NULL DEFAULT current_user
);

COMMENT ON TABLE dossier_repair IS
'The repairs of dossiers, one row each, append-only. rebuild_dossiers() writes it; the insert itself repairs.';
COMMENT ON COLUMN dossier_repair.id IS 'Identity and order.';
COMMENT ON COLUMN dossier_repair.repaired IS 'Number of dossiers that were wrong, missing or without a report; set by the database.';
COMMENT ON COLUMN dossier_repair.repaired_at IS 'When.';
COMMENT ON COLUMN dossier_repair.repaired_by IS 'Who; the role, unless given.';

CREATE TRIGGER keep_repairs BEFORE UPDATE OR DELETE OR TRUNCATE ON dossier_repair
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('A repair is on record for ever.');

-- A trigger, since guard_dossiers lets nobody but triggers write dossiers.  The
-- lock waits for those who are reporting and keeps others from it meanwhile.
CREATE FUNCTION repair_dossiers() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path FROM CURRENT
AS $$
DECLARE
    changed integer;
BEGIN
    LOCK TABLE dossier IN SHARE ROW EXCLUSIVE MODE;

    DELETE FROM dossier
     WHERE NOT EXISTS (SELECT FROM report WHERE report.unit_id = dossier.unit_id AND report.year = dossier.year);
    GET DIAGNOSTICS NEW.repaired = ROW_COUNT;

    INSERT INTO dossier (unit_id, year, measures, report_count, last_report_id, first_reported_at, updated_at)
    SELECT report.unit_id, report.year, ntm.merge_agg(report.measures ORDER BY report.id), count(*), max(report.id),
           min(report.reported_at), max(report.reported_at)
      FROM check_dossiers() AS wrong
      JOIN report ON report.unit_id = wrong.unit_id AND report.year = wrong.year
     GROUP BY report.unit_id, report.year
        ON CONFLICT (unit_id, year) DO UPDATE
       SET measures = excluded.measures,
           report_count = excluded.report_count,
           last_report_id = excluded.last_report_id,
           first_reported_at = excluded.first_reported_at,
           updated_at = excluded.updated_at;
    GET DIAGNOSTICS changed = ROW_COUNT;

    NEW.repaired := NEW.repaired + changed;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION repair_dossiers() IS
'Trigger: makes every dossier the merge of its reports again and sets the number of those that were not.';

REVOKE EXECUTE ON FUNCTION repair_dossiers() FROM PUBLIC;

CREATE TRIGGER repair_dossiers BEFORE INSERT ON dossier_repair
    FOR EACH ROW EXECUTE FUNCTION repair_dossiers();

CREATE FUNCTION rebuild_dossiers() RETURNS integer
    LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO dossier_repair DEFAULT VALUES RETURNING repaired;
END;

COMMENT ON FUNCTION rebuild_dossiers() IS
'Repairs the dossiers that check_dossiers() finds and returns how many there were; the repair is recorded in table dossier_repair. Whoever is reporting is waited for, and waits. Needs the right to insert into dossier_repair.';
