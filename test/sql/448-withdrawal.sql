-- Documents of procedures that cannot be right, in words; what was published by
-- mistake is withdrawn; terms of merged units end.
BEGIN;
SET search_path = ntm, public;
SELECT plan(55);
\ir registry.psql

CREATE FUNCTION pg_temp.document(part text) RETURNS text LANGUAGE sql
    RETURN pg_temp.refused(format('SELECT publish_procedure(%L, ''district'', ''standard'', ''2020-01-01'')', part));
CREATE FUNCTION pg_temp.step(part text) RETURNS text LANGUAGE sql
    RETURN pg_temp.document(format('{"code": "T", "steps": [{"event": "registered"}, {"event": "verified", %s}]}', part));

-- documents
SELECT is(pg_temp.document(d.document), '22023: In the document, ' || d.said || '.', d.document)
  FROM (VALUES
    ('[]', 'there is no JSON object'),
    ('"x"', 'there is no JSON object'),
    ('{"steps": []}', 'it has no code'),
    ('{"code": 7, "steps": []}', 'code is no text: 7'),
    ('{"code": "T", "title": {}, "steps": []}', 'title is no text: {}'),
    ('{"code": "T", "steps": {}}', 'it has no list of steps'),
    ('{"code": "T", "steps": [1]}', 'step 1 is no JSON object'),
    ('{"code": "T", "valid_years": "ba", "steps": []}', 'valid_years is "ba", which is no whole number from 1 to 100'),
    ('{"code": "T", "valid_years": 2.5, "steps": []}', 'valid_years is 2.5, which is no whole number from 1 to 100'),
    ('{"code": "T", "valid_years": -3, "steps": []}', 'valid_years is -3, which is no whole number from 1 to 100'),
    ('{"code": "T", "key_criteria": "10", "steps": []}', 'key_criteria is no list of codes in quotes'),
    ('{"code": "T", "key_criteria": [10], "steps": []}', 'key_criteria is no list of codes in quotes'),
    ('{"code": "T", "key_criteria": [null], "steps": []}', 'key_criteria is no list of codes in quotes'),
    ('{"code": "T", "steps": [{"event": "registered"}, {"event": "registered"}]}', 'step registered stands twice'),
    ('{"code": "T", "steps": [{"event": "verified", "after": ["self_assessed"]}, {"event": "self_assessed", "after": ["verified"]}]}',
     'step self_assessed can never take place: its steps come after each other in a circle'),
    ('{"code": "T", "steps": [{"event": "lapsed", "before": {"month": 1, "day": 1}}]}', 'step lapsed has "after", "before" or conditions, but a term lapses by itself on its day')
  ) AS d (document, said);
SELECT is(pg_temp.step(d.part), '22023: In the document, ' || d.said || '.', d.part)
  FROM (VALUES
    ('"before": {"month": 13, "day": 1}', '"before" of step verified is no day: {"day": 1, "month": 13}'),
    ('"before": {"month": 2, "day": 30}', '"before" of step verified is no day: {"day": 30, "month": 2}'),
    ('"before": {"month": 11}', '"before" of step verified is no day: {"month": 11}'),
    ('"before": {}', '"before" of step verified is no day: {}'),
    ('"before": {"month": 1.5, "day": 1}', '"before" of step verified is no day: {"day": 1, "month": 1.5}'),
    ('"before": {"month": "mười một", "day": 1}', '"before" of step verified is no day: {"day": 1, "month": "mười một"}'),
    ('"before": {"month": 1, "day": 1, "year": 99999}', '"before" of step verified is no day: {"day": 1, "year": 99999, "month": 1}'),
    ('"before": "10/11"', '"before" of step verified is no JSON object with month and day'),
    ('"before": []', '"before" of step verified is no JSON object with month and day'),
    ('"after": "registered"', '"after" of step verified is no list of events in quotes'),
    ('"after": ["consulted"]', 'step verified comes after "consulted", which is no step of it'),
    ('"after": ["verified"]', 'step verified comes after "verified", which is itself'),
    ('"conditions": {}', '"conditions" of step verified is no list of JSON objects'),
    ('"conditions": "met_count >= 14"', '"conditions" of step verified is no list of JSON objects'),
    ('"rule": "met_count >= 14"', 'step verified has a rule, but no conditions'),
    ('"rule": 5, "conditions": [{"code": "1", "rule": "met_count >= 14"}]', 'rule of step verified is no text: 5')
  ) AS d (part, said);

-- conditions
SELECT throws_ok($$SELECT publish_procedure('{"code": "T", "steps": [{"event": "verified", "conditions": [{"code": "1", "rule": "met_count >>= 14"}]}]}', 'district', 'standard', '2020-01-01')$$,
    '22P02', 'step verified of procedure "T" has conditions that cannot be read', 'a condition that cannot be read says in which step');
SELECT is(left(pg_temp.step(format('"rule": "any of (*)", "conditions": [{"code": "1", "rule": "met_count >= 1"}, {"code": "2", "rule": "%s"}]', c.rule)), 6), CASE WHEN c.holds THEN 'no err' ELSE '23514:' END, c.rule)
  FROM (VALUES ('households_surveyed / households >= 120%', false), ('meets_criteria >= 2', false), ('not_met_count / criterion_count > 100%', false),
               ('outstanding_debt < 0', false), ('water >= 101', true)) AS c (rule, holds)
 WHERE NOT c.holds;
SELECT throws_ok($$SELECT publish_procedure('{"code": "T", "steps": [{"event": "verified", "conditions": [{"code": "1", "rule": "households_surveyed / households >= 120%"}]}]}', 'district', 'standard', '2020-01-01')$$,
    '23514', 'step verified of procedure "T" has a condition that can never hold: "1"', 'what asks for more than there can be can never hold');
SELECT is(pg_temp.refused($$SELECT publish_procedure('{"code": "T", "steps": []}', 'district', 'standard', '2020-01-01', '2020-01-01')$$),
    '22023: It would be in force from 2020-01-01, and no longer from 2020-01-01.', 'a procedure is in force for a day at least');
SELECT throws_ok($$SELECT publish_procedure('{"code": "T", "steps": []}', 'district', 'standard', NULL)$$, '22023', 'procedure "T" has no date from which it is in force', 'from a day on');
SELECT throws_ok($$SELECT publish_procedure('{"code": "T", "steps": []}', 'huyện', 'standard', '2020-01-01')$$, '23514', 'there is no level "huyện"', 'for a level');
SELECT publish_procedure('{"code": "T", "source": "illustrative", "steps": []}', 'district', 'standard', '2020-01-01') AS mistaken \gset
SELECT is((SELECT status FROM recognition_procedure WHERE id = :mistaken), 'illustrative', 'what it is worth follows from its sources');

-- withdrawn, and published anew from the same day
SELECT lives_ok(format('UPDATE recognition_procedure SET valid_to = valid_from WHERE id = %s', :mistaken), 'a procedure on which nothing rests is withdrawn');
SELECT lives_ok($$SELECT publish_procedure('{"code": "T", "steps": [{"event": "registered"}]}', 'district', 'standard', '2020-01-01', '2020-01-31')$$, 'and the right one is in force from the same day');
INSERT INTO recognition (unit_id, event, year, event_date, on_paper) VALUES (pg_temp.id('D1'), 'registered', 2020, '2020-01-05', false);
SELECT is(pg_temp.refused($$UPDATE recognition_procedure SET valid_to = valid_from WHERE valid_to = '2020-01-31'$$), '55000: Rows of table recognition rest on it.', 'not once an event rests on it');
SELECT lives_ok($$UPDATE recognition_procedure SET valid_to = '2020-01-20' WHERE valid_to = '2020-01-31'$$, 'its end is brought forward');
SELECT throws_ok($$UPDATE recognition_procedure SET valid_to = '2020-01-31' WHERE valid_to = '2020-01-20'$$, '55000', NULL, 'but not put off');
SELECT throws_ok($$UPDATE recognition_procedure SET valid_to = NULL WHERE valid_to = '2020-01-20'$$, '55000', NULL, 'nor taken back');
SELECT publish_criteria_set('{"code": "W", "nodes": [{"code": "1", "measure": "road", "rule": ">= 3"}]}', 'area', 'model', '2017-01-01', '2018-01-01') AS mistaken \gset
SELECT lives_ok(format('UPDATE criteria_set SET valid_to = valid_from WHERE id = %s', :mistaken), 'a set is withdrawn likewise, also where it had an end');
SELECT publish_criteria_set('{"code": "NAT", "nodes": [{"code": "1", "measure": "road", "rule": ">= 3"}]}', 'province', 'model', '2017-01-01') AS refined \gset
SELECT publish_criteria_set('{"code": "PRO", "nodes": [{"code": "1", "measure": "road", "rule": ">= 4"}]}', 'province', 'model', '2017-01-01', jurisdiction_id => pg_temp.id('P'), refines_id => :refined) \g /dev/null
SELECT throws_ok(format('UPDATE criteria_set SET valid_to = valid_from WHERE id = %s', :refined), '55000', 'cannot withdraw "NAT" from table criteria_set', 'but not one that another refines');
SELECT publish_award_policy('{"code": "W", "nodes": [{"code": "1", "measure": "newly_recognised", "rule": "met"}]}', 'area', 'r', 5, '2017-01-01') AS mistaken \gset
SELECT lives_ok(format('UPDATE award_policy SET valid_to = valid_from WHERE id = %s', :mistaken), 'and an award policy');
SELECT lives_ok($$SELECT publish_award_policy('{"code": "W", "nodes": [{"code": "1", "measure": "newly_recognised", "rule": "met"}]}', 'area', 'r', 500, '2017-01-01')$$, 'which is then published as it is right');

-- what was in force no longer, does not carry
SELECT publish_procedure('{"code": "L", "steps": [{"event": "registered"}]}', 'commune', 'standard', '2017-01-01') AS ended \gset
SELECT record_event(pg_temp.id('C1'), 'registered', 2019, '2018-12-01') \g /dev/null
UPDATE recognition_procedure SET valid_to = '2018-06-01' WHERE id = :ended;
SELECT results_eq($$SELECT follows, problem FROM recognition_check WHERE unit_id = pg_temp.id('C1')$$, $$VALUES (false, 'the procedure was not in force on the day')$$, 'an end set afterwards shows');

-- merged units: lapsed parts are not recognised, and the term goes on no longer than that of the latest
INSERT INTO recognition (unit_id, event, year, event_date, valid_until) VALUES
    (pg_temp.id('A1'), 'recognised', 2022, '2022-03-01', '2025-03-01'), (pg_temp.id('A2'), 'recognised', 2022, '2022-12-01', '2025-12-01'),
    (pg_temp.id('A5'), 'recognised', 2023, '2023-03-01', '2026-03-01'), (pg_temp.id('A6'), 'recognised', 2024, '2024-05-01', '2027-05-01');
INSERT INTO unit (code, name, level, parent_id, valid_from) VALUES ('M1', 'Merged 1', 'area', pg_temp.id('C1'), '2025-07-01'), ('M2', 'Merged 2', 'area', pg_temp.id('C3'), '2025-07-01');
INSERT INTO unit_change (predecessor_id, successor_id, change_date, share, basis)
SELECT pg_temp.id(v.old), pg_temp.id(v.new), '2025-07-01', 1, 'test' FROM (VALUES ('A1', 'M1'), ('A2', 'M1'), ('A5', 'M2'), ('A6', 'M2')) AS v (old, new);
SELECT results_eq($$SELECT u.code, m.outcome, m.parts, m.recognised_parts, m.valid_until FROM recognition_after_merger('2025-07-01') AS m JOIN unit AS u ON u.id = m.unit_id ORDER BY u.code$$,
    $$VALUES ('M1', 'recognise_again', 2, 1, NULL::date), ('M2', 'recognised', 2, 2, '2027-05-01')$$, 'a part whose term ended before the merger is not recognised');
SELECT inherit_recognition('2025-07-01') \g /dev/null
SELECT results_eq($$SELECT from_year, recognised_on, valid_until FROM recognition_term WHERE unit_id = pg_temp.id('M2')$$, $$VALUES (2024, date '2024-05-01', date '2027-05-01')$$, 'what is inherited ends');

SELECT * FROM finish();
ROLLBACK;
