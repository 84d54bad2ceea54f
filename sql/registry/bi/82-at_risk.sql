CREATE VIEW at_risk AS
SELECT r.unit_id::integer AS unit_id, r.code, r.name, r.level, p.province, p.district, p.commune,
       r.tier, r.from_year, r.recognised_on, r.decision, r.valid_until, r.days_left, r.expired, r.year, r.set_code, r.status,
       r.verdict::text AS verdict, r.verdict::integer AS verdict_code, r.verdict::boolean AS is_met,
       r.criterion_count, r.not_met_count, r.unknown_count,
       array_to_string(r.missing, ', ') AS missing, array_to_string(r.unknown, ', ') AS unknown,
       array_to_string(r.key_missing, ', ') AS key_missing,
       r.procedure, r.revocation::boolean AS to_be_revoked, r.revocation_rule, r.failures_to_revocation,
       r.lower_tier_recognised, r.risk
  FROM at_risk AS r
  JOIN place AS p ON p.unit_id = r.unit_id;

COMMENT ON VIEW at_risk IS
'Recognised units at risk today: they fail the set in force on their latest dossier, come under the rule of revocation, their term ends within 180 days or has ended, or they are no longer recognised at the tier below. One row for each unit and tier.';
COMMENT ON COLUMN at_risk.unit_id IS 'The unit.';
COMMENT ON COLUMN at_risk.code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN at_risk.name IS 'Its name.';
COMMENT ON COLUMN at_risk.level IS 'province, district, commune or area.';
COMMENT ON COLUMN at_risk.province IS 'Name of its province. NULL = it lies in none.';
COMMENT ON COLUMN at_risk.district IS 'Name of its district. NULL = it lies in none.';
COMMENT ON COLUMN at_risk.commune IS 'Name of its commune. NULL = it lies in none.';
COMMENT ON COLUMN at_risk.tier IS 'standard, advanced or model.';
COMMENT ON COLUMN at_risk.from_year IS 'The year for which it was recognised.';
COMMENT ON COLUMN at_risk.recognised_on IS 'The day on which it was.';
COMMENT ON COLUMN at_risk.decision IS 'The decision. NULL = not recorded.';
COMMENT ON COLUMN at_risk.valid_until IS 'First day on which the recognition is no longer valid. NULL = without end.';
COMMENT ON COLUMN at_risk.days_left IS 'Days until then; negative = since then. NULL = without end.';
COMMENT ON COLUMN at_risk.expired IS 'Whether the term has ended.';
COMMENT ON COLUMN at_risk.year IS 'The year of the latest dossier, which was judged. NULL = there is none.';
COMMENT ON COLUMN at_risk.set_code IS 'Code of the criteria set in force today. NULL = none is.';
COMMENT ON COLUMN at_risk.status IS 'sourced, unverified or illustrative (no law): what the set is worth. NULL = none is in force.';
COMMENT ON COLUMN at_risk.verdict IS 'met, not_met, unknown or not_applicable: the whole set. NULL = not assessed.';
COMMENT ON COLUMN at_risk.verdict_code IS '0 not_met, 1 unknown, 2 met, 3 not_applicable. NULL = not assessed.';
COMMENT ON COLUMN at_risk.is_met IS 'true = met or not applicable, false = not met, NULL = unknown or not assessed.';
COMMENT ON COLUMN at_risk.criterion_count IS 'Criteria in the set. NULL = not assessed.';
COMMENT ON COLUMN at_risk.not_met_count IS 'Criteria not met. NULL = not assessed.';
COMMENT ON COLUMN at_risk.unknown_count IS 'Criteria not known. NULL = not assessed.';
COMMENT ON COLUMN at_risk.missing IS 'Codes of the criteria not met, with commas between; empty = none. NULL = not assessed.';
COMMENT ON COLUMN at_risk.unknown IS 'Codes of the criteria not known, with commas between; empty = none. NULL = not assessed.';
COMMENT ON COLUMN at_risk.key_missing IS 'Codes of the key criteria not met, with commas between; empty = none.';
COMMENT ON COLUMN at_risk.procedure IS 'Code of the procedure in force today. NULL = none is.';
COMMENT ON COLUMN at_risk.to_be_revoked IS 'Whether the rule of revocation is met. NULL = not known, or there is no such rule.';
COMMENT ON COLUMN at_risk.revocation_rule IS 'What of that rule is met, with its article. NULL = nothing.';
COMMENT ON COLUMN at_risk.failures_to_revocation IS 'Criteria that would still have to fail, key criteria first, for the rule to be met. NULL = no number of them, no such rule, or not assessed.';
COMMENT ON COLUMN at_risk.lower_tier_recognised IS 'Whether it is recognised at the tier below. NULL = tier standard.';
COMMENT ON COLUMN at_risk.risk IS 'Why it is listed, in words, with semicolons between.';
