CREATE VIEW award_eligibility AS
SELECT e.unit_id::integer AS unit_id, e.code, e.name, e.level, p.province, p.district, p.commune, e.year, e.tier,
       e.policy_code, e.policy, e.resolution, e.status, e.state,
       e.verdict::text AS verdict, e.verdict::integer AS verdict_code, e.verdict::boolean AS is_met,
       e.amount::numeric(18,0) AS amount, e.rank, e.places, e.reason, array_to_string(e.missing, ', ') AS missing
  FROM award_eligibility AS e
  JOIN place AS p ON p.unit_id = e.unit_id;

COMMENT ON VIEW award_eligibility IS
'Who has earned which award: one row for each unit that a policy considers, policy and year.';
COMMENT ON COLUMN award_eligibility.unit_id IS 'The unit.';
COMMENT ON COLUMN award_eligibility.code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN award_eligibility.name IS 'Its name.';
COMMENT ON COLUMN award_eligibility.level IS 'province, district, commune or area.';
COMMENT ON COLUMN award_eligibility.province IS 'Name of its province. NULL = it lies in none.';
COMMENT ON COLUMN award_eligibility.district IS 'Name of its district. NULL = it lies in none.';
COMMENT ON COLUMN award_eligibility.commune IS 'Name of its commune. NULL = it lies in none.';
COMMENT ON COLUMN award_eligibility.year IS 'The year.';
COMMENT ON COLUMN award_eligibility.tier IS 'The tier that is rewarded.';
COMMENT ON COLUMN award_eligibility.policy_code IS 'Code of the policy.';
COMMENT ON COLUMN award_eligibility.policy IS 'Its title.';
COMMENT ON COLUMN award_eligibility.resolution IS 'The resolution it is laid down in.';
COMMENT ON COLUMN award_eligibility.status IS 'sourced, unverified or illustrative (nobody can claim it).';
COMMENT ON COLUMN award_eligibility.state IS 'granted, declined, eligible, budget_exhausted, by_hand, outside_quota, not_eligible or not_known.';
COMMENT ON COLUMN award_eligibility.verdict IS 'met = the award is earned; not_met = it is not; unknown = facts or a decision are missing.';
COMMENT ON COLUMN award_eligibility.verdict_code IS '0 not_met, 1 unknown, 2 met, 3 not_applicable.';
COMMENT ON COLUMN award_eligibility.is_met IS 'true = earned, false = not earned, NULL = unknown.';
COMMENT ON COLUMN award_eligibility.amount IS 'Amount in đồng. NULL = not earned, or not known.';
COMMENT ON COLUMN award_eligibility.rank IS 'Its place in the order of priority among those eligible and not yet granted. NULL = it is none of these.';
COMMENT ON COLUMN award_eligibility.places IS 'Places of the quota. NULL = the policy has none.';
COMMENT ON COLUMN award_eligibility.reason IS 'The clauses that are not met or not known, each with requirement and citation; what else decides; or that every clause is met.';
COMMENT ON COLUMN award_eligibility.missing IS 'Names of the facts that are missing. NULL = none is.';
