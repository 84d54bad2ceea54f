-- A value can have more digits than numeric(18,6) holds: double precision never fails.
CREATE VIEW finding AS
SELECT f.unit_id::integer AS unit_id, f.unit_code, f.unit_name, f.level, p.province, p.district, p.commune, f.year,
       f.set_code, f.tier, f.status, f.position, f.code, f.parent, f.title, f.measure, f.requirement,
       f.value::double precision AS value, f.value::text AS value_text, f.value_unit,
       f.verdict::text AS verdict, f.verdict::integer AS verdict_code, f.verdict::boolean AS is_met,
       f.gap::double precision AS gap, f.gap_unit, f.blocking, f.decisive, f.cite, f.report_id::integer AS report_id,
       f.known_at, f.law_date, f.borders_date
  FROM finding AS f
  JOIN place_state AS p
    ON p.unit_id = f.unit_id
   AND (p.valid_from <= coalesce(f.borders_date, make_date(f.year, 12, 31))) IS NOT FALSE
   AND (coalesce(f.borders_date, make_date(f.year, 12, 31)) < p.valid_to) IS NOT FALSE;

COMMENT ON VIEW finding IS
'Why: one row for each unit, year, tier and node of the criteria set that judged it.';
COMMENT ON COLUMN finding.unit_id IS 'The unit.';
COMMENT ON COLUMN finding.unit_code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN finding.unit_name IS 'Its name.';
COMMENT ON COLUMN finding.level IS 'province, district, commune or area.';
COMMENT ON COLUMN finding.province IS 'Name of its province. NULL = it lies in none.';
COMMENT ON COLUMN finding.district IS 'Name of its district. NULL = it lies in none.';
COMMENT ON COLUMN finding.commune IS 'Name of its commune. NULL = it lies in none.';
COMMENT ON COLUMN finding.year IS 'The year.';
COMMENT ON COLUMN finding.set_code IS 'Code of the criteria set.';
COMMENT ON COLUMN finding.tier IS 'standard, advanced or model.';
COMMENT ON COLUMN finding.status IS 'sourced, unverified or illustrative (no law): what the finding is worth.';
COMMENT ON COLUMN finding.position IS 'Place of the node in the set.';
COMMENT ON COLUMN finding.code IS 'Code of the node, e.g. 17 (a criterion) or 17.1 (an indicator).';
COMMENT ON COLUMN finding.parent IS 'Code of the node above. NULL = it is a criterion.';
COMMENT ON COLUMN finding.title IS 'Title of the node.';
COMMENT ON COLUMN finding.measure IS 'The measure that explains the verdict; of a share both, as a / b. NULL = it judges other nodes.';
COMMENT ON COLUMN finding.requirement IS 'The rule that held for the unit''s classes, or who has yet to set it.';
COMMENT ON COLUMN finding.value IS 'The value of the measure, in its unit, for charts. NULL = not known, not applicable, or no measure.';
COMMENT ON COLUMN finding.value_text IS 'The same value, exactly, as text.';
COMMENT ON COLUMN finding.value_unit IS 'Unit of the value; % for a share whose requirement is in percent. NULL = it has none.';
COMMENT ON COLUMN finding.verdict IS 'met, not_met, unknown or not_applicable.';
COMMENT ON COLUMN finding.verdict_code IS '0 not_met, 1 unknown, 2 met, 3 not_applicable.';
COMMENT ON COLUMN finding.is_met IS 'true = met or not applicable, false = not met, NULL = unknown.';
COMMENT ON COLUMN finding.gap IS 'The change the measure needs (of a share, its numerator), in gap_unit, whole for counts: positive must rise, negative must fall, 0 = meets. NULL = not known.';
COMMENT ON COLUMN finding.gap_unit IS 'Unit of the gap: of the measure, or of the numerator of a share. NULL = it has none.';
COMMENT ON COLUMN finding.blocking IS 'Whether it is one of the reasons why the whole set is not met, or not yet.';
COMMENT ON COLUMN finding.decisive IS 'Whether it could still change the verdict of the whole set.';
COMMENT ON COLUMN finding.cite IS 'The article.';
COMMENT ON COLUMN finding.report_id IS 'The latest report that gave or withdrew the value (of a share: a part of it). NULL = none did, or no measure.';
COMMENT ON COLUMN finding.known_at IS 'The moment as of which it was asked. NULL = all that is known.';
COMMENT ON COLUMN finding.law_date IS 'The day whose law judges, if anything was asked for. NULL = as it stands: 31 December of the year.';
COMMENT ON COLUMN finding.borders_date IS 'The day of the borders and classes, if anything was asked for. NULL = as it stands: 31 December of the year.';
