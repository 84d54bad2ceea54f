CREATE VIEW assessment AS
SELECT a.unit_id::integer AS unit_id, a.code, a.name, a.level, p.province, p.district, p.commune, a.year,
       a.set_code, a.tier, a.status,
       a.verdict::text AS verdict, a.verdict::integer AS verdict_code, a.verdict::boolean AS is_met,
       a.criterion_count, a.met_count, a.not_met_count, a.unknown_count,
       array_to_string(a.missing, ', ') AS missing, array_to_string(a.unknown, ', ') AS unknown,
       a.known_at, a.law_date, a.borders_date
  FROM assessment AS a
  JOIN place_state AS p
    ON p.unit_id = a.unit_id
   AND (p.valid_from <= coalesce(a.borders_date, make_date(a.year, 12, 31))) IS NOT FALSE
   AND (coalesce(a.borders_date, make_date(a.year, 12, 31)) < p.valid_to) IS NOT FALSE;

COMMENT ON VIEW assessment IS
'Every unit that reported, judged for the year under the edition in force on its 31 December: one row for each unit, year and tier.';
COMMENT ON COLUMN assessment.unit_id IS 'The unit.';
COMMENT ON COLUMN assessment.code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN assessment.name IS 'Its name.';
COMMENT ON COLUMN assessment.level IS 'province, district, commune or area.';
COMMENT ON COLUMN assessment.province IS 'Name of its province. NULL = it lies in none.';
COMMENT ON COLUMN assessment.district IS 'Name of its district. NULL = it lies in none.';
COMMENT ON COLUMN assessment.commune IS 'Name of its commune. NULL = it lies in none.';
COMMENT ON COLUMN assessment.year IS 'The year.';
COMMENT ON COLUMN assessment.set_code IS 'Code of the criteria set.';
COMMENT ON COLUMN assessment.tier IS 'standard, advanced or model.';
COMMENT ON COLUMN assessment.status IS 'sourced, unverified or illustrative (no law): what the verdict is worth.';
COMMENT ON COLUMN assessment.verdict IS 'met, not_met, unknown or not_applicable: the whole set.';
COMMENT ON COLUMN assessment.verdict_code IS '0 not_met, 1 unknown, 2 met, 3 not_applicable.';
COMMENT ON COLUMN assessment.is_met IS 'true = met or not applicable, false = not met, NULL = unknown.';
COMMENT ON COLUMN assessment.criterion_count IS 'Criteria in the set.';
COMMENT ON COLUMN assessment.met_count IS 'Criteria met; not applicable counts as met.';
COMMENT ON COLUMN assessment.not_met_count IS 'Criteria not met.';
COMMENT ON COLUMN assessment.unknown_count IS 'Criteria not known, for want of facts.';
COMMENT ON COLUMN assessment.missing IS 'Codes of the criteria not met, with commas between; empty = none.';
COMMENT ON COLUMN assessment.unknown IS 'Codes of the criteria not known, with commas between; empty = none.';
COMMENT ON COLUMN assessment.known_at IS 'The moment as of which it was asked. NULL = all that is known.';
COMMENT ON COLUMN assessment.law_date IS 'The day whose law judges, if anything was asked for. NULL = as it stands: 31 December of the year.';
COMMENT ON COLUMN assessment.borders_date IS 'The day of the borders and classes, if anything was asked for. NULL = as it stands: 31 December of the year.';
