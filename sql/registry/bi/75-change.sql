CREATE VIEW change AS
SELECT c.unit_id::integer AS unit_id, c.unit_code, c.unit_name, c.level, p.province, p.district, p.commune, c.year, c.tier, c.code, c.title,
       c.verdict_before::text AS verdict_before, c.verdict_before::integer AS verdict_code_before, c.verdict_before::boolean AS was_met,
       c.verdict_after::text AS verdict, c.verdict_after::integer AS verdict_code, c.verdict_after::boolean AS is_met,
       array_to_string(c.causes, ', ') AS causes, c.measure,
       c.value_before::double precision AS value_before, c.value_after::double precision AS value,
       c.requirement_before, c.requirement_after AS requirement, c.report_id::integer AS report_id, asked.known_at
  FROM (SELECT asked_known_at() AS known_at FROM generate_series(1, 1) OFFSET '0') AS asked
 CROSS JOIN place AS top
 CROSS JOIN LATERAL changes(top.unit_id, asked.known_at, greatest(now(), asked.known_at + interval '1 microsecond')) AS c
  JOIN place AS p ON p.unit_id = c.unit_id
 WHERE asked.known_at IS NOT NULL AND nlevel(top.path) = 1;

COMMENT ON VIEW change IS
'The verdicts that have changed since the moment as of which the session asks (setting ntm.known_at), and why. No rows if it asks for what stands.';
COMMENT ON COLUMN change.unit_id IS 'The unit.';
COMMENT ON COLUMN change.unit_code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN change.unit_name IS 'Its name.';
COMMENT ON COLUMN change.level IS 'province, district, commune or area.';
COMMENT ON COLUMN change.province IS 'Name of its province today. NULL = it lies in none.';
COMMENT ON COLUMN change.district IS 'Name of its district today. NULL = it lies in none.';
COMMENT ON COLUMN change.commune IS 'Name of its commune today. NULL = it lies in none.';
COMMENT ON COLUMN change.year IS 'The year judged.';
COMMENT ON COLUMN change.tier IS 'standard, advanced or model.';
COMMENT ON COLUMN change.code IS 'Code of the node. NULL = the whole set.';
COMMENT ON COLUMN change.title IS 'Title of the node or set.';
COMMENT ON COLUMN change.verdict_before IS 'met, not_met, unknown or not_applicable, then. NULL = not judged.';
COMMENT ON COLUMN change.verdict_code_before IS '0 not_met, 1 unknown, 2 met, 3 not_applicable. NULL = not judged.';
COMMENT ON COLUMN change.was_met IS 'true = met or not applicable, false = not met, NULL = unknown or not judged.';
COMMENT ON COLUMN change.verdict IS 'met, not_met, unknown or not_applicable, now. NULL = not judged.';
COMMENT ON COLUMN change.verdict_code IS '0 not_met, 1 unknown, 2 met, 3 not_applicable. NULL = not judged.';
COMMENT ON COLUMN change.is_met IS 'true = met or not applicable, false = not met, NULL = unknown or not judged.';
COMMENT ON COLUMN change.causes IS 'facts, law, borders, with commas between; together = none alone.';
COMMENT ON COLUMN change.measure IS 'The measure that explains the verdict; of a share both, as a / b. NULL = none.';
COMMENT ON COLUMN change.value_before IS 'Its value then. NULL = not known, or no measure.';
COMMENT ON COLUMN change.value IS 'Its value now. NULL = not known, or no measure.';
COMMENT ON COLUMN change.requirement_before IS 'The requirement then. NULL = none.';
COMMENT ON COLUMN change.requirement IS 'The requirement now. NULL = none.';
COMMENT ON COLUMN change.report_id IS 'The latest report since then that gave the measure. NULL = none.';
COMMENT ON COLUMN change.known_at IS 'The moment as of which the session asks.';
