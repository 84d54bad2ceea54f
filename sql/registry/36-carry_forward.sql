-- Carrying facts forward from one year to the next, never by itself.

CREATE FUNCTION carry_forward(from_year integer, to_year integer DEFAULT NULL, within bigint DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
DECLARE
    target CONSTANT integer := coalesce(to_year, from_year + 1);
    reports bigint;
BEGIN
    IF from_year IS NULL OR target <= from_year THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('facts cannot be carried forward from %s to %s', coalesce(from_year::text, 'no year'), coalesce(target::text, 'no year')),
            HINT = 'Give a year and a later one.';
    END IF;

    -- whoever reports the new year meanwhile is waited for, so as not to be overruled
    LOCK TABLE dossier IN SHARE ROW EXCLUSIVE MODE;

    WITH carried AS (
        SELECT d.unit_id, m.name, m.value, m.applicable,
               (SELECT max(r.id)
                  FROM report AS r
                 WHERE r.unit_id = d.unit_id AND r.year = d.year AND r.measures ? m.name) AS origin
          FROM dossier AS d
          JOIN units_on(make_date(target, 12, 31)) AS u
            ON u.unit_id = d.unit_id
           AND (within IS NULL OR within::text = ANY (string_to_array(u.path::text, '.')))
         CROSS JOIN ntm.each(d.measures) AS m
          JOIN indicator AS i ON i.name = m.name AND i.carries_forward
          LEFT JOIN dossier AS n ON n.unit_id = d.unit_id AND n.year = target
         WHERE d.year = from_year
           AND (m.value IS NOT NULL OR NOT m.applicable)
           AND (n.measures ? m.name) IS NOT TRUE
    )
    INSERT INTO report (unit_id, year, measures, source, evidence)
    SELECT told.unit_id, target, told.measures, format('carried forward from %s', from_year), told.origins
      FROM (SELECT c.unit_id,
                   coalesce(ntm.measures_agg(c.name, c.value) FILTER (WHERE c.applicable), '{}')
                   || coalesce(jsonb_object_agg(c.name, 'n/a') FILTER (WHERE NOT c.applicable), '{}')::ntm.measures AS measures,
                   'report ' || string_agg(DISTINCT c.origin::text, ', ') AS origins
              FROM carried AS c
             GROUP BY c.unit_id) AS told
     ORDER BY told.unit_id;
    GET DIAGNOSTICS reports = ROW_COUNT;

    RETURN reports;
END
$$;

COMMENT ON FUNCTION carry_forward(integer, integer, bigint) IS
'Reports for to_year (the next one, unless given) what is known of from_year, where the indicator carries forward and the new year says nothing of it, not even that it is not known; returns the number of reports. Each has ''carried forward from …'' as its source and the reports that gave the values as its evidence. Only units that exist on 31 December of the new year, in the unit within if given. Unknown values are not carried. Whoever is reporting is waited for. A year that is not later is refused (SQLSTATE 22023).';
