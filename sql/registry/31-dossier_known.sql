-- The dossiers as they were known at a moment.

-- A function rather than a subquery: correlated ones cannot run in parallel
-- workers.  Hence it needs the reader's own right on the ledger, which the view
-- that calls it does not need.
CREATE FUNCTION measures_known(unit_id bigint, year integer, known_at timestamptz) RETURNS ntm.measures
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT ntm.merge_agg(r.measures ORDER BY r.id)
              FROM report AS r
             WHERE r.unit_id = measures_known.unit_id AND r.year = measures_known.year AND r.reported_at <= measures_known.known_at);

COMMENT ON FUNCTION measures_known(bigint, integer, timestamptz) IS
'What was known of a unit and year at a moment: the merge of the reports with reported_at up to then, in ledger order. NULL = nothing had been reported. Needs the right to read table report.';

-- Only what has been reported on since is merged again.
CREATE FUNCTION dossier_known(year integer, known_at timestamptz)
    RETURNS TABLE (unit_id bigint, year integer, measures ntm.measures)
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT d.unit_id, d.year,
           CASE WHEN d.updated_at > dossier_known.known_at
                THEN measures_known(d.unit_id, d.year, dossier_known.known_at)
                ELSE d.measures END
      FROM dossier AS d
     WHERE d.year = dossier_known.year
       AND (dossier_known.known_at < d.first_reported_at) IS NOT TRUE;
END;

COMMENT ON FUNCTION dossier_known(integer, timestamptz) IS
'What was known of a year at a moment: measures_known() of every unit that had reported. NULL = all that is known: the dossiers as they stand.';
