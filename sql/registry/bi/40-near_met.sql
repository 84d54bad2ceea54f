CREATE VIEW near_met AS
SELECT n.unit_id::integer AS unit_id, n.code, n.name, n.level, p.province, p.district, p.commune, n.year,
       n.set_code, n.tier, n.status,
       n.verdict::text AS verdict, n.verdict::integer AS verdict_code, n.verdict::boolean AS is_met,
       n.criterion_count, n.missing_count, n.not_met_count, n.unknown_count,
       array_to_string(n.missing, ', ') AS missing, array_to_string(n.unknown, ', ') AS unknown,
       array_to_string(n.deciding, ', ') AS deciding,
       n.known_at, n.law_date, n.borders_date
  FROM near_met AS n
  JOIN place_state AS p
    ON p.unit_id = n.unit_id
   AND (p.valid_from <= coalesce(n.borders_date, make_date(n.year, 12, 31))) IS NOT FALSE
   AND (coalesce(n.borders_date, make_date(n.year, 12, 31)) < p.valid_to) IS NOT FALSE;

COMMENT ON VIEW near_met IS
'Every unit that reported and does not meet, with what it lacks. Nearly there are those with a small missing_count.';
COMMENT ON COLUMN near_met.unit_id IS 'The unit.';
COMMENT ON COLUMN near_met.code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN near_met.name IS 'Its name.';
COMMENT ON COLUMN near_met.level IS 'province, district, commune or area.';
COMMENT ON COLUMN near_met.province IS 'Name of its province. NULL = it lies in none.';
COMMENT ON COLUMN near_met.district IS 'Name of its district. NULL = it lies in none.';
COMMENT ON COLUMN near_met.commune IS 'Name of its commune. NULL = it lies in none.';
COMMENT ON COLUMN near_met.year IS 'The year.';
COMMENT ON COLUMN near_met.set_code IS 'Code of the criteria set.';
COMMENT ON COLUMN near_met.tier IS 'standard, advanced or model.';
COMMENT ON COLUMN near_met.status IS 'sourced, unverified or illustrative (no law).';
COMMENT ON COLUMN near_met.verdict IS 'not_met or unknown: the whole set.';
COMMENT ON COLUMN near_met.verdict_code IS '0 not_met, 1 unknown.';
COMMENT ON COLUMN near_met.is_met IS 'false = not met, NULL = unknown.';
COMMENT ON COLUMN near_met.criterion_count IS 'Criteria in the set.';
COMMENT ON COLUMN near_met.missing_count IS 'Criteria missing: those not met and those not known.';
COMMENT ON COLUMN near_met.not_met_count IS 'Criteria not met.';
COMMENT ON COLUMN near_met.unknown_count IS 'Criteria not known.';
COMMENT ON COLUMN near_met.missing IS 'Codes of the criteria not met, with commas between; empty = none.';
COMMENT ON COLUMN near_met.unknown IS 'Codes of the criteria not known, with commas between; empty = none.';
COMMENT ON COLUMN near_met.deciding IS 'Unknown measures that could still change the verdict of the whole set, with commas between; empty = none can.';
COMMENT ON COLUMN near_met.known_at IS 'The moment as of which it was asked. NULL = all that is known.';
COMMENT ON COLUMN near_met.law_date IS 'The day whose law judges, if anything was asked for. NULL = as it stands: 31 December of the year.';
COMMENT ON COLUMN near_met.borders_date IS 'The day of the borders and classes, if anything was asked for. NULL = as it stands: 31 December of the year.';
