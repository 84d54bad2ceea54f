CREATE VIEW commune_target AS
SELECT t.unit_id::integer AS unit_id, t.code, t.name, p.province, p.district, t.year,
       t.recognised_before, t.registered, t.in_scope, t.newly_recognised, t.ready, t.nearly_there,
       t.minimum, t.desired, t.shortfall, t.reached, t.on_course, t.cite
  FROM commune_target AS t
  JOIN place_year AS p ON p.unit_id = t.unit_id AND p.year = t.year;

COMMENT ON VIEW commune_target IS
'Every commune in the programme against the yearly target of newly recognised areas, for the years that have one. The target binds communes not recognised before the year and not registered for it.';
COMMENT ON COLUMN commune_target.unit_id IS 'The commune.';
COMMENT ON COLUMN commune_target.code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN commune_target.name IS 'Its name.';
COMMENT ON COLUMN commune_target.province IS 'Name of its province. NULL = it lies in none.';
COMMENT ON COLUMN commune_target.district IS 'Name of its district. NULL = it lies in none.';
COMMENT ON COLUMN commune_target.year IS 'The year.';
COMMENT ON COLUMN commune_target.recognised_before IS 'Whether the commune itself was recognised before the year.';
COMMENT ON COLUMN commune_target.registered IS 'Whether the commune itself is registered to be recognised for the year.';
COMMENT ON COLUMN commune_target.in_scope IS 'Whether the target binds it: neither of the two.';
COMMENT ON COLUMN commune_target.newly_recognised IS 'Its areas recognised for this very year.';
COMMENT ON COLUMN commune_target.ready IS 'Its areas that meet their criteria set and are not recognised.';
COMMENT ON COLUMN commune_target.nearly_there IS 'Its areas that are not recognised and lack at most two criteria (not met or not known).';
COMMENT ON COLUMN commune_target.minimum IS 'The target at the least.';
COMMENT ON COLUMN commune_target.desired IS 'The target at best.';
COMMENT ON COLUMN commune_target.shortfall IS 'Areas short of the minimum. NULL = the target does not bind it.';
COMMENT ON COLUMN commune_target.reached IS 'Whether the minimum is reached. NULL = the target does not bind it.';
COMMENT ON COLUMN commune_target.on_course IS 'Whether it is or would be reached with the areas that are ready. NULL = the target does not bind it.';
COMMENT ON COLUMN commune_target.cite IS 'The letter or decision that sets the target. NULL = not recorded.';
