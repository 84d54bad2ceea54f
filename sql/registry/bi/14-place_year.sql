CREATE VIEW place_year AS
SELECT p.unit_id::integer AS unit_id, p.year, p.code, p.name, p.level, p.kind, p.province, p.district, p.commune,
       array_to_string(p.classes, ', ') AS classes, p.in_programme, p.population, p.households
  FROM place_year AS p;

COMMENT ON VIEW place_year IS 'Every unit in every year from 2000 to 2100 in which it existed, as on 31 December, or on its last day if it ended before. Filter by year.';
COMMENT ON COLUMN place_year.unit_id IS 'The unit.';
COMMENT ON COLUMN place_year.year IS 'The year.';
COMMENT ON COLUMN place_year.code IS 'Its code. NULL = it had none.';
COMMENT ON COLUMN place_year.name IS 'Its name.';
COMMENT ON COLUMN place_year.level IS 'province, district, commune or area.';
COMMENT ON COLUMN place_year.kind IS 'Kind within the level, e.g. xã, phường, thị trấn. NULL = not recorded.';
COMMENT ON COLUMN place_year.province IS 'Name of its province. NULL = it lay in none.';
COMMENT ON COLUMN place_year.district IS 'Name of its district, or its own. NULL = it lay in none.';
COMMENT ON COLUMN place_year.commune IS 'Name of its commune, or its own. NULL = it lay in none.';
COMMENT ON COLUMN place_year.classes IS 'Codes of its classes, with commas between; empty = none.';
COMMENT ON COLUMN place_year.in_programme IS 'Whether it was counted in progress.';
COMMENT ON COLUMN place_year.population IS 'Persons. NULL = not recorded.';
COMMENT ON COLUMN place_year.households IS 'Households. NULL = not recorded.';
