CREATE VIEW progress AS
SELECT g.unit_id::integer AS unit_id, g.code, g.name, g.level, p.province, p.district, g.year,
       g.areas_total, g.areas_assessed, g.areas_meeting, g.areas_recognised, g.areas_newly_recognised,
       g.communes_total, g.communes_assessed, g.communes_meeting, g.communes_recognised, g.communes_newly_recognised,
       g.criteria_mean::numeric(6,1) AS criteria_mean, g.criteria_lowest,
       g.known_at, g.law_date, g.borders_date
  FROM progress AS g
  JOIN place_state AS p
    ON p.unit_id = g.unit_id
   AND (p.valid_from <= coalesce(g.borders_date, make_date(g.year, 12, 31))) IS NOT FALSE
   AND (coalesce(g.borders_date, make_date(g.year, 12, 31)) < p.valid_to) IS NOT FALSE;

COMMENT ON VIEW progress IS
'Progress at tier standard of every province, district and commune at the end of every year, counted over the communes and areas in it that take part in the programme. Filter by level before adding up.';
COMMENT ON COLUMN progress.unit_id IS 'The province, district or commune.';
COMMENT ON COLUMN progress.code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN progress.name IS 'Its name.';
COMMENT ON COLUMN progress.level IS 'Its level.';
COMMENT ON COLUMN progress.province IS 'Name of its province. NULL = it lies in none.';
COMMENT ON COLUMN progress.district IS 'Name of its district, or its own. NULL = it lies in none.';
COMMENT ON COLUMN progress.year IS 'The year.';
COMMENT ON COLUMN progress.areas_total IS 'Areas in it.';
COMMENT ON COLUMN progress.areas_assessed IS 'Those that reported and were assessed.';
COMMENT ON COLUMN progress.areas_meeting IS 'Those that meet their criteria set.';
COMMENT ON COLUMN progress.areas_recognised IS 'Those recognised by the end of the year, in this or an earlier year.';
COMMENT ON COLUMN progress.areas_newly_recognised IS 'Those recognised for this very year.';
COMMENT ON COLUMN progress.communes_total IS 'Communes in it; a commune counts itself.';
COMMENT ON COLUMN progress.communes_assessed IS 'Those that reported and were assessed.';
COMMENT ON COLUMN progress.communes_meeting IS 'Those that meet their criteria set.';
COMMENT ON COLUMN progress.communes_recognised IS 'Those recognised by the end of the year, in this or an earlier year.';
COMMENT ON COLUMN progress.communes_newly_recognised IS 'Those recognised for this very year.';
COMMENT ON COLUMN progress.criteria_mean IS 'Mean number of criteria met by an assessed commune, to one decimal. NULL = none was assessed.';
COMMENT ON COLUMN progress.criteria_lowest IS 'Lowest number of criteria met by an assessed commune. NULL = none was assessed.';
COMMENT ON COLUMN progress.known_at IS 'The moment as of which it was asked. NULL = all that is known.';
COMMENT ON COLUMN progress.law_date IS 'The day whose law judges, if anything was asked for. NULL = as it stands: 31 December of the year.';
COMMENT ON COLUMN progress.borders_date IS 'The day of the borders and classes, if anything was asked for. NULL = as it stands: 31 December of the year.';
