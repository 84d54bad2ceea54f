-- The dossiers as they were known at a moment.

-- Only what has been reported on since is merged again, from the ledger.
CREATE FUNCTION dossier_known(year integer, known_at timestamptz)
    RETURNS TABLE (unit_id bigint, year integer, measures ntm.measures)
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT d.unit_id, d.year,
           CASE WHEN d.updated_at > known_at
                THEN (SELECT ntm.merge_agg(r.measures ORDER BY r.id)
                        FROM report AS r
                       WHERE r.unit_id = d.unit_id AND r.year = d.year AND r.reported_at <= known_at)
                ELSE d.measures END
      FROM dossier AS d
     WHERE d.year = dossier_known.year
       AND ((d.updated_at > known_at) IS NOT TRUE
            OR EXISTS (SELECT FROM report AS r
                        WHERE r.unit_id = d.unit_id AND r.year = d.year AND r.reported_at <= known_at));
END;

COMMENT ON FUNCTION dossier_known(integer, timestamptz) IS
'What was known of a year at a moment: for each unit the merge of the reports with reported_at up to then, in ledger order; a unit that had not reported has no row. NULL = all that is known: the dossiers as they stand.';
