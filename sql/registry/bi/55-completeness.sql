CREATE VIEW completeness AS
SELECT c.unit_id::integer AS unit_id, c.code, c.name, c.level, p.province, p.district, p.commune, c.year,
       c.set_code, c.tier, c.asked_count, c.told_count, c.missing_count, array_to_string(c.missing, ', ') AS missing,
       c.reported, c.first_reported_at, c.deadline, c.overdue, c.late
  FROM completeness AS c
  JOIN place_year AS p ON p.unit_id = c.unit_id AND p.year = c.year;

COMMENT ON VIEW completeness IS
'Who has not reported what: every unit in the programme, for every year of the programme or with a deadline, one row for each tier that has a criteria set.';
COMMENT ON COLUMN completeness.unit_id IS 'The unit.';
COMMENT ON COLUMN completeness.code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN completeness.name IS 'Its name.';
COMMENT ON COLUMN completeness.level IS 'province, district, commune or area.';
COMMENT ON COLUMN completeness.province IS 'Name of its province. NULL = it lies in none.';
COMMENT ON COLUMN completeness.district IS 'Name of its district. NULL = it lies in none.';
COMMENT ON COLUMN completeness.commune IS 'Name of its commune. NULL = it lies in none.';
COMMENT ON COLUMN completeness.year IS 'The year.';
COMMENT ON COLUMN completeness.set_code IS 'Code of the criteria set that says what is asked.';
COMMENT ON COLUMN completeness.tier IS 'standard, advanced or model.';
COMMENT ON COLUMN completeness.asked_count IS 'Measures that the set uses.';
COMMENT ON COLUMN completeness.told_count IS 'Those that are known, or known not to apply.';
COMMENT ON COLUMN completeness.missing_count IS 'Those that are not known.';
COMMENT ON COLUMN completeness.missing IS 'Names of those that are not known, with commas between; empty = none.';
COMMENT ON COLUMN completeness.reported IS 'Whether there is any report on the unit and year.';
COMMENT ON COLUMN completeness.first_reported_at IS 'When the first one came in. NULL = none did.';
COMMENT ON COLUMN completeness.deadline IS 'The last day to report. NULL = none is set.';
COMMENT ON COLUMN completeness.overdue IS 'Whether the deadline has passed and something is missing. NULL = no deadline.';
COMMENT ON COLUMN completeness.late IS 'Whether the first report came after the deadline, or has not come though it has passed. NULL = no deadline, or neither yet.';
