CREATE VIEW award_given AS
SELECT g.award_id::integer AS award_id, g.unit_id::integer AS unit_id, p.code, p.name, p.level, p.province, p.district, p.commune,
       g.year, g.tier, g.policy_code, g.resolution, g.status, g.part, g.amount::numeric(18,0) AS amount,
       g.decision, g.decision_date, g.signer, g.cite, g.is_cancelled, g.cancelled_by, g.cancelled_on, g.cancelled_why
  FROM award_given AS g
  JOIN place AS p ON p.unit_id = g.unit_id;

COMMENT ON VIEW award_given IS 'The awards granted, a row for each part.';
COMMENT ON COLUMN award_given.award_id IS 'The award.';
COMMENT ON COLUMN award_given.unit_id IS 'The unit.';
COMMENT ON COLUMN award_given.code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN award_given.name IS 'Its name.';
COMMENT ON COLUMN award_given.level IS 'province, district, commune or area.';
COMMENT ON COLUMN award_given.province IS 'Name of its province. NULL = it lies in none.';
COMMENT ON COLUMN award_given.district IS 'Name of its district. NULL = it lies in none.';
COMMENT ON COLUMN award_given.commune IS 'Name of its commune. NULL = it lies in none.';
COMMENT ON COLUMN award_given.year IS 'The year that is rewarded.';
COMMENT ON COLUMN award_given.tier IS 'The tier that is rewarded.';
COMMENT ON COLUMN award_given.policy_code IS 'Code of the policy, or what it is called.';
COMMENT ON COLUMN award_given.resolution IS 'The resolution it is laid down in.';
COMMENT ON COLUMN award_given.status IS 'sourced, unverified, illustrative (nobody can claim it) or on paper (the policy is not in this registry).';
COMMENT ON COLUMN award_given.part IS 'Part of the award.';
COMMENT ON COLUMN award_given.amount IS 'Amount of the part in đồng. 0 in every part = declined: decided case by case to give nothing.';
COMMENT ON COLUMN award_given.decision IS 'Number of the decision.';
COMMENT ON COLUMN award_given.decision_date IS 'Its date.';
COMMENT ON COLUMN award_given.signer IS 'Who signed it. NULL = not recorded.';
COMMENT ON COLUMN award_given.cite IS 'Grounds of what was decided case by case. NULL = nothing was.';
COMMENT ON COLUMN award_given.is_cancelled IS 'Whether it was cancelled later.';
COMMENT ON COLUMN award_given.cancelled_by IS 'The decision that cancelled it. NULL = it was not.';
COMMENT ON COLUMN award_given.cancelled_on IS 'Its date. NULL = it was not.';
COMMENT ON COLUMN award_given.cancelled_why IS 'The reason. NULL = it was not.';

CREATE VIEW award_total AS
SELECT t.policy_code, t.resolution, t.status, t.year, t.place_id::integer AS place_id, p.name AS place, p.level AS place_level,
       t.considered::integer AS considered, t.granted::integer AS granted, t.declined::integer AS declined, t.granted_amount::numeric(18,0) AS granted_amount,
       t.eligible::integer AS eligible, t.eligible_amount::numeric(18,0) AS eligible_amount,
       t.budget_exhausted::integer AS budget_exhausted, t.by_hand::integer AS by_hand, t.outside_quota::integer AS outside_quota,
       t.not_known::integer AS not_known, t.not_eligible::integer AS not_eligible,
       t.budget::numeric(18,0) AS budget, t.budget_left::numeric(18,0) AS budget_left
  FROM award_total AS t
  LEFT JOIN place AS p ON p.unit_id = t.place_id;

COMMENT ON VIEW award_total IS 'What a policy gives in a year, over all and in each unit above those it considers.';
COMMENT ON COLUMN award_total.policy_code IS 'Code of the policy.';
COMMENT ON COLUMN award_total.resolution IS 'The resolution it is laid down in.';
COMMENT ON COLUMN award_total.status IS 'sourced, unverified or illustrative (nobody can claim it).';
COMMENT ON COLUMN award_total.year IS 'The year.';
COMMENT ON COLUMN award_total.place_id IS 'The unit within which it is counted. NULL = over all.';
COMMENT ON COLUMN award_total.place IS 'Its name. NULL = over all.';
COMMENT ON COLUMN award_total.place_level IS 'province, district or commune. NULL = over all.';
COMMENT ON COLUMN award_total.considered IS 'How many units the policy considers.';
COMMENT ON COLUMN award_total.granted IS 'How many awards are granted.';
COMMENT ON COLUMN award_total.declined IS 'How many were decided case by case to give nothing.';
COMMENT ON COLUMN award_total.granted_amount IS 'What they amount to, in đồng.';
COMMENT ON COLUMN award_total.eligible IS 'How many units are eligible and not granted yet.';
COMMENT ON COLUMN award_total.eligible_amount IS 'What their awards would amount to, in đồng.';
COMMENT ON COLUMN award_total.budget_exhausted IS 'For how many of them the budget did not reach.';
COMMENT ON COLUMN award_total.by_hand IS 'How many awards are to be decided case by case.';
COMMENT ON COLUMN award_total.outside_quota IS 'How many units are outside the quota.';
COMMENT ON COLUMN award_total.not_known IS 'Of how many units it is not known yet.';
COMMENT ON COLUMN award_total.not_eligible IS 'How many units are not eligible.';
COMMENT ON COLUMN award_total.budget IS 'Money of all decisions so far, in đồng. NULL = without limit, none taken, or only a part of the units is counted.';
COMMENT ON COLUMN award_total.budget_left IS 'What is left of it. NULL = as budget.';
