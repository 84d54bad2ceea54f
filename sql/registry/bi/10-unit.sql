CREATE VIEW unit AS
SELECT p.unit_id::integer AS unit_id, p.code, p.name, p.level, p.kind, p.province, p.district, p.commune,
       array_to_string(p.classes, ', ') AS classes, p.in_programme, p.population, p.households, p.valid_from, p.valid_to
  FROM place AS p;

COMMENT ON VIEW unit IS 'Administrative units with the places they lie in.';
COMMENT ON COLUMN unit.unit_id IS 'The unit.';
COMMENT ON COLUMN unit.code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN unit.name IS 'Its name.';
COMMENT ON COLUMN unit.level IS 'province, district, commune or area.';
COMMENT ON COLUMN unit.kind IS 'Kind within the level, e.g. xã, phường, thị trấn. NULL = not recorded.';
COMMENT ON COLUMN unit.province IS 'Name of its province. NULL = it lies in none.';
COMMENT ON COLUMN unit.district IS 'Name of its district, or its own. NULL = it lies in none.';
COMMENT ON COLUMN unit.commune IS 'Name of its commune, or its own. NULL = it lies in none.';
COMMENT ON COLUMN unit.classes IS 'Codes of its classes, with commas between; empty = none.';
COMMENT ON COLUMN unit.in_programme IS 'Whether it is counted in progress.';
COMMENT ON COLUMN unit.population IS 'Persons. NULL = not recorded.';
COMMENT ON COLUMN unit.households IS 'Households. NULL = not recorded.';
COMMENT ON COLUMN unit.valid_from IS 'First day on which it existed. NULL = before any date of interest.';
COMMENT ON COLUMN unit.valid_to IS 'First day on which it no longer existed. NULL = it still does.';
