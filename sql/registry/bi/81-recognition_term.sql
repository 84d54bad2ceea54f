CREATE VIEW recognition_term AS
SELECT t.unit_id::integer AS unit_id, p.code, p.name, p.level, p.province, p.district, p.commune,
       t.tier, t.term, t.from_year, t.to_year, t.recognised_on, t.renewed_on, t.valid_until, t.ends_on, t.ended_by,
       t.decision, t.decision_date, t.signer, t.revocation, t.reason, c.code AS set_code, c.status, t.on_paper
  FROM recognition_term AS t
  JOIN place AS p ON p.unit_id = t.unit_id
  LEFT JOIN criteria_set AS c ON c.id = t.criteria_set_id;

COMMENT ON VIEW recognition_term IS
'The terms for which units are or were recognised. Recognised at the end of year y: from_year <= y, and to_year is NULL or y < to_year.';
COMMENT ON COLUMN recognition_term.unit_id IS 'The unit.';
COMMENT ON COLUMN recognition_term.code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN recognition_term.name IS 'Its name.';
COMMENT ON COLUMN recognition_term.level IS 'province, district, commune or area.';
COMMENT ON COLUMN recognition_term.province IS 'Name of its province. NULL = it lies in none.';
COMMENT ON COLUMN recognition_term.district IS 'Name of its district. NULL = it lies in none.';
COMMENT ON COLUMN recognition_term.commune IS 'Name of its commune. NULL = it lies in none.';
COMMENT ON COLUMN recognition_term.tier IS 'standard, advanced or model.';
COMMENT ON COLUMN recognition_term.term IS 'Number of the term, counted from 1 as recorded.';
COMMENT ON COLUMN recognition_term.from_year IS 'The year of the programme for which it was recognised.';
COMMENT ON COLUMN recognition_term.to_year IS 'The year from which it is no longer recognised. NULL = no end in sight.';
COMMENT ON COLUMN recognition_term.recognised_on IS 'The day on which the term began.';
COMMENT ON COLUMN recognition_term.renewed_on IS 'The day of its latest renewal. NULL = never renewed.';
COMMENT ON COLUMN recognition_term.valid_until IS 'First day on which it is no longer valid. NULL = without end.';
COMMENT ON COLUMN recognition_term.ends_on IS 'First day on which the unit is no longer recognised. NULL = no end in sight.';
COMMENT ON COLUMN recognition_term.ended_by IS 'revoked or lapsed. NULL = it has not ended yet.';
COMMENT ON COLUMN recognition_term.decision IS 'Decision to recognise. NULL = not recorded.';
COMMENT ON COLUMN recognition_term.decision_date IS 'Its date. NULL = not recorded.';
COMMENT ON COLUMN recognition_term.signer IS 'Who signed it. NULL = not recorded.';
COMMENT ON COLUMN recognition_term.revocation IS 'Decision to revoke. NULL = not revoked, or not recorded.';
COMMENT ON COLUMN recognition_term.reason IS 'Reason of the revocation. NULL = not revoked, or not recorded.';
COMMENT ON COLUMN recognition_term.set_code IS 'Code of the criteria set it rested on. NULL = not known here.';
COMMENT ON COLUMN recognition_term.status IS 'sourced, unverified or illustrative (no law): what the set is worth. NULL = not known here.';
COMMENT ON COLUMN recognition_term.on_paper IS 'Whether it was recorded as it stands on paper, unchecked.';
