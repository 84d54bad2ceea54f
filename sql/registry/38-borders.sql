-- Facts of a year in the borders of another date.

CREATE FUNCTION dossier_in_borders(year integer, borders date, known_at timestamptz DEFAULT NULL)
    RETURNS TABLE (unit_id bigint, measures ntm.measures)
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT d.unit_id, d.measures
      FROM dossier_known(dossier_in_borders.year, dossier_in_borders.known_at) AS d
      JOIN units_on(dossier_in_borders.borders) AS u ON u.unit_id = d.unit_id;
END;

COMMENT ON FUNCTION dossier_in_borders(integer, date, timestamptz) IS
'The facts of a year, as known at a moment (NULL = all), for the units that exist on a date.';
