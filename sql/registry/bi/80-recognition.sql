CREATE VIEW recognition AS
SELECT r.id::integer AS recognition_id, r.unit_id::integer AS unit_id, p.code, p.name, p.level, p.province, p.district, p.commune,
       r.tier, r.year, r.event, r.event_date, r.decision, r.decision_date, r.signer, r.note, r.rule, r.exception_cite,
       c.code AS set_code, c.status, q.code AS procedure, q.status AS procedure_status, r.on_paper, r.valid_until, r.term,
       a.id IS NOT NULL AS is_annulled, a.event_date AS annulled_on, a.note AS annulled_why,
       r.recorded_at, r.recorded_by
  FROM recognition AS r
  LEFT JOIN recognition AS a ON a.annuls_id = r.id
  JOIN place AS p ON p.unit_id = r.unit_id
  LEFT JOIN criteria_set AS c ON c.id = r.criteria_set_id
  LEFT JOIN recognition_procedure AS q ON q.id = r.procedure_id;

COMMENT ON VIEW recognition IS
'Events in the recognition of units: one row for each.';
COMMENT ON COLUMN recognition.recognition_id IS 'The event.';
COMMENT ON COLUMN recognition.unit_id IS 'The unit.';
COMMENT ON COLUMN recognition.code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN recognition.name IS 'Its name.';
COMMENT ON COLUMN recognition.level IS 'province, district, commune or area.';
COMMENT ON COLUMN recognition.province IS 'Name of its province. NULL = it lies in none.';
COMMENT ON COLUMN recognition.district IS 'Name of its district. NULL = it lies in none.';
COMMENT ON COLUMN recognition.commune IS 'Name of its commune. NULL = it lies in none.';
COMMENT ON COLUMN recognition.tier IS 'standard, advanced or model.';
COMMENT ON COLUMN recognition.year IS 'The year of the programme it counts for.';
COMMENT ON COLUMN recognition.event IS 'registered, self_assessed, verified, consulted, proposed, recognised, renewed, lapsed or revoked; or annulled, where an earlier event is.';
COMMENT ON COLUMN recognition.event_date IS 'The day on which it took place or took effect.';
COMMENT ON COLUMN recognition.decision IS 'Number of the decision. NULL = none needed, or not recorded.';
COMMENT ON COLUMN recognition.decision_date IS 'Its date. NULL = none needed, or not recorded.';
COMMENT ON COLUMN recognition.signer IS 'Who signed it. NULL = not recorded.';
COMMENT ON COLUMN recognition.note IS 'Reason of a revocation or an annulment, or a remark. NULL = none.';
COMMENT ON COLUMN recognition.rule IS 'Of a revocation: the rule of the procedure that was met. NULL = none was, or another event.';
COMMENT ON COLUMN recognition.exception_cite IS 'The decision that allowed the event after its deadline. NULL = none.';
COMMENT ON COLUMN recognition.set_code IS 'Code of the criteria set it rested on. NULL = not known here.';
COMMENT ON COLUMN recognition.status IS 'sourced, unverified or illustrative (no law): what the set is worth. NULL = not known here.';
COMMENT ON COLUMN recognition.procedure IS 'Code of the procedure it was judged by. NULL = none, or on paper.';
COMMENT ON COLUMN recognition.procedure_status IS 'sourced, unverified or illustrative (no law): what the procedure is worth. NULL = none, or on paper.';
COMMENT ON COLUMN recognition.on_paper IS 'true = recorded as it stands on paper, unchecked; false = checked when it was recorded.';
COMMENT ON COLUMN recognition.valid_until IS 'First day on which the recognition or renewal is no longer valid. NULL = without end, or another event.';
COMMENT ON COLUMN recognition.term IS 'Which of the unit''s terms at this tier it begins, extends or ends. NULL = it comes before recognition.';
COMMENT ON COLUMN recognition.is_annulled IS 'Whether it was annulled later, so that it does not count.';
COMMENT ON COLUMN recognition.annulled_on IS 'The day on which it was. NULL = it was not.';
COMMENT ON COLUMN recognition.annulled_why IS 'The reason. NULL = it was not.';
COMMENT ON COLUMN recognition.recorded_at IS 'When it was recorded.';
COMMENT ON COLUMN recognition.recorded_by IS 'Who recorded it.';
