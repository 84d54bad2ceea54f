-- The life of an area from registration to revocation, with every refusal on
-- the way; then what each event rested on, years later.
BEGIN;
SET search_path = ntm, public;
SELECT plan(115);
\ir registry.psql

SELECT publish_procedure(
    '{"code": "T-QT", "title": "Test procedure", "cite": "test procedure", "valid_years": 3, "key_criteria": ["3"],
      "steps": [
        {"event": "registered", "title": "Register", "cite": "art. 1", "before": {"month": 12, "day": 10, "year": -1}},
        {"event": "self_assessed", "title": "Assess oneself", "cite": "art. 2", "after": ["registered"]},
        {"event": "verified", "title": "Verify", "cite": "art. 3", "after": ["self_assessed"],
         "conditions": [{"code": "1", "title": "Two criteria", "rule": "met_count >= 2", "cite": "art. 3.1"}]},
        {"event": "consulted", "title": "Consult", "cite": "art. 4",
         "conditions": [{"code": "1", "title": "Coverage", "rule": "households_surveyed / households >= 70%", "cite": "art. 4.1"}]},
        {"event": "recognised", "title": "Recognise", "cite": "art. 5", "after": ["verified", "consulted"], "before": {"month": 11, "day": 10},
         "conditions": [{"code": "1", "title": "Whole set", "rule": "meets_criteria met", "cite": "art. 5.1"},
                        {"code": "2", "title": "Satisfaction", "rule": "households_satisfied / households_surveyed >= 90%", "cite": "art. 5.2"},
                        {"code": "3", "title": "No debt", "rule": "outstanding_debt = 0", "cite": "art. 5.3"}]},
        {"event": "renewed", "title": "Renew", "cite": "art. 6",
         "conditions": [{"code": "1", "title": "Whole set", "rule": "meets_criteria met", "cite": "art. 6.1"}]},
        {"event": "revoked", "title": "Revoke", "cite": "art. 7", "rule": "any of (*)",
         "conditions": [{"code": "1", "title": "A third, with a key criterion", "rule": "not_met_count / criterion_count >= 30% and key_criteria_not_met >= 1", "cite": "art. 7.1"},
                        {"code": "2", "title": "Half", "rule": "not_met_count / criterion_count >= 50%", "cite": "art. 7.2"}]}]}',
    'area', 'standard', '2017-01-01', status => 'illustrative') \g /dev/null

-- on paper says so; nothing is checked behind one's back
SELECT lives_ok($$INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('A2'), 'recognised', 2018, '2018-11-30')$$, 'a decision on paper is not judged');
SELECT results_eq($$SELECT on_paper, procedure_id, scorecard IS NULL, valid_until FROM recognition$$, $$VALUES (true, NULL::bigint, true, NULL::date)$$, 'and is marked');
SELECT is(pg_temp.refused($$INSERT INTO recognition (unit_id, event, year, event_date, decision, decision_date, on_paper) VALUES (pg_temp.id('A1'), 'recognised', 2018, '2018-11-01', '1', '2018-11-01', false)$$),
          '55000: There is no report on it for 2018.', 'who says it is not on paper has it judged');

-- registering
SELECT is(pg_temp.refused($$SELECT record_event(pg_temp.id('A1'), 'registered', 2018, '2017-12-10')$$), '55000: In the way: late: it was due before 2017-12-10 (art. 1).', 'one day late is late');
SELECT throws_ok($$SELECT record_event(pg_temp.id('A1'), 'registered', 2018, '2017-12-10')$$, '55000',
                 'unit "Area A1" cannot be registered for 2018 under procedure "T-QT"', 'and refused under the procedure');
SELECT throws_ok($$SELECT record_event(-1, 'registered', 2018, '2017-12-01')$$, '42704', 'there is no unit with id -1', 'a unit must exist');
SELECT throws_ok($$SELECT record_event(pg_temp.id('A1'), 'recognised', 2018, '2018-10-01')$$, '22023', 'event recognised is not recorded in this way', 'decisions have functions of their own');
SELECT throws_ok($$SELECT record_event(pg_temp.id('A1'), 'crowned', 2018, '2018-10-01')$$, '22023', NULL, 'others do not exist');
SELECT lives_ok($$SELECT record_event(pg_temp.id('A1'), 'registered', 2018, '2017-12-09')$$, 'the day before is in time');
SELECT throws_ok($$SELECT record_event(pg_temp.id('A1'), 'registered', 2018, '2017-12-08')$$, '23505', NULL, 'once a year');
SELECT lives_ok($$SELECT record_event(pg_temp.id('A3'), 'registered', 2018, '2018-01-05', exception_cite => '12/QĐ-UBND')$$, 'a decision may allow a delay');

-- steps in their order
SELECT is(pg_temp.refused($$SELECT record_event(pg_temp.id('A4'), 'self_assessed', 2018, '2018-09-01')$$), '55000: In the way: missing before it: registered "Register" (art. 2).', 'not without the step before');
SELECT is(pg_temp.refused($$SELECT record_event(pg_temp.id('A1'), 'self_assessed', 2019, '2018-09-01')$$), '55000: In the way: missing before it: registered "Register" (art. 2).', 'of the same year');
SELECT is(pg_temp.refused($$SELECT record_event(pg_temp.id('A1'), 'self_assessed', 2018, '2017-12-08')$$), '55000: In the way: missing before it: registered "Register" (art. 2).', 'and earlier');
SELECT lives_ok($$SELECT record_event(pg_temp.id('A1'), 'self_assessed', 2018, '2018-09-01')$$, 'with it');
SELECT is(pg_temp.refused($$SELECT record_event(pg_temp.id('A1'), 'verified', 2018, '2018-10-01')$$), '55000: In the way: Two criteria met_count >= 2 (art. 3.1): unknown.', 'what is not known is not met');
SELECT pg_temp.tell('A1', 2018, '{"road": 79, "homes": 70, "poor": 11}') \g /dev/null
SELECT is(pg_temp.refused($$SELECT record_event(pg_temp.id('A1'), 'verified', 2018, '2018-10-01')$$), '55000: In the way: Two criteria met_count >= 2 (art. 3.1): not met.', 'one of three is not two');
SELECT pg_temp.tell('A1', 2018, '{"poor": 10}') \g /dev/null
SELECT lives_ok($$SELECT record_event(pg_temp.id('A1'), 'verified', 2018, '2018-10-01')$$, 'two are');
SELECT throws_ok($$SELECT record_event(pg_temp.id('A1'), 'verified', 2018, '2018-10-01')$$, '23505', NULL, 'the same once more is refused');
SELECT lives_ok($$SELECT record_event(pg_temp.id('A1'), 'verified', 2018, '2018-10-05')$$, 'on another day it is another verification');

-- everything that is in the way is named at once
SELECT is(pg_temp.refused($$SELECT recognise(pg_temp.id('A1'), 2018, '9', '2018-11-10')$$),
    '55000: In the way: missing before it: consulted "Consult" (art. 5); late: it was due before 2018-11-10 (art. 5); criteria set T-KDC not met; criterion 1 Roads >= 80% (test area, 1): not met; Whole set meets_criteria met (art. 5.1): not met; Satisfaction households_satisfied / households_surveyed >= 90% (art. 5.2): unknown; No debt outstanding_debt = 0 (art. 5.3): unknown.',
    'a refusal names steps, deadline, criteria and conditions');
SELECT results_eq($$SELECT kind, code, verdict::text, cite FROM check_event(pg_temp.id('A1'), 'recognised', 2018, '2018-11-10') WHERE blocking$$,
    $$VALUES ('step', 'consulted', 'not_met', 'art. 5'), ('deadline', NULL, 'not_met', 'art. 5'), ('set', 'T-KDC', 'not_met', NULL), ('criterion', '1', 'not_met', 'test area, 1'),
             ('condition', '1', 'not_met', 'art. 5.1'), ('condition', '2', 'unknown', 'art. 5.2'), ('condition', '3', 'unknown', 'art. 5.3')$$, 'check_event() asks the same without recording');
SELECT is((SELECT string_agg(kind, ' ' ORDER BY kind) FROM check_event(pg_temp.id('A1'), 'recognised', 2018, '2018-11-09')),
    'condition condition condition criterion criterion criterion deadline facts set step step', 'with all that is in order as well, and that the reports were made later');

-- the residents: thôn Linh Cang, 72 of 76 households asked, 71 of 72 satisfied
SELECT is(round(100 * 72 / 76.0, 2) || ' ' || round(100 * 71 / 72.0, 2), '94.74 98.61', 'as published');
SELECT is(pg_temp.refused($$SELECT record_event(pg_temp.id('A1'), 'consulted', 2018, '2018-10-10', facts => '{"household": 76}')$$),
    '23503: Facts of an event are those that view recognition_fact_name calls event, and measures of the catalogue.', 'a mistyped fact is refused');
SELECT throws_ok($$SELECT record_event(pg_temp.id('A1'), 'consulted', 2018, '2018-10-10', facts => '{"meets_criteria": true}')$$, '23503',
    'facts cannot be given with event consulted: meets_criteria', 'nor can what is computed be given');
SELECT is(pg_temp.refused($$SELECT record_event(pg_temp.id('A1'), 'consulted', 2018, '2018-10-10', facts => '{"households": 76, "households_surveyed": 53, "road": 80}')$$),
    '23514: Namely, road is 80 in the event, 79 in the dossier.', 'nor what contradicts the dossier');
SELECT is(pg_temp.refused($$SELECT record_event(pg_temp.id('A1'), 'consulted', 2018, '2018-10-10', facts => '{"households": 76, "households_surveyed": 53}')$$),
    '55000: In the way: Coverage households_surveyed / households >= 70% (art. 4.1): not met.', '53 of 76 are less than 70 %');
SELECT is(pg_temp.refused($$SELECT record_event(pg_temp.id('A1'), 'consulted', 2018, '2018-10-10', facts => '{"households_surveyed": 53}')$$),
    '55000: In the way: Coverage households_surveyed / households >= 70% (art. 4.1): unknown.', '53 of how many is not known');
SELECT lives_ok($$SELECT record_event(pg_temp.id('A1'), 'consulted', 2018, '2018-10-10', facts => '{"households": 76, "households_surveyed": 54, "households_satisfied": 48}')$$, '54 are enough');
SELECT pg_temp.tell('A1', 2018, '{"road": 80}') \g /dev/null
SELECT is(pg_temp.refused($$SELECT recognise(pg_temp.id('A1'), 2018, '9', '2018-11-09', facts => '{"outstanding_debt": 0}')$$),
    '55000: In the way: Satisfaction households_satisfied / households_surveyed >= 90% (art. 5.2): not met.', '48 of 54 satisfied are less than 90 %');
SELECT lives_ok($$SELECT record_event(pg_temp.id('A1'), 'consulted', 2018, '2018-10-20', facts => '{"households": 76, "households_surveyed": 72, "households_satisfied": 71}')$$, 'they are asked again: 71 of 72');
SELECT results_eq($$SELECT code, value, verdict::text FROM check_event(pg_temp.id('A1'), 'recognised', 2018, '2018-11-09') WHERE kind = 'condition' AND code = '2'$$,
    $$SELECT '2', value, 'met' FROM ntm.explain('{"s": 71, "n": 72}', '{"code": "X", "nodes": [{"code": "1", "rule": "s / n >= 90%"}]}') WHERE measure IS NOT NULL$$, 'the latest counts');
SELECT is(pg_temp.refused($$SELECT recognise(pg_temp.id('A1'), 2018, '9', '2018-10-15', facts => '{"outstanding_debt": 0}')$$),
    '55000: In the way: Satisfaction households_satisfied / households_surveyed >= 90% (art. 5.2): not met.', 'but not before it was');
SELECT is(pg_temp.refused($$SELECT recognise(pg_temp.id('A1'), 2018, '9', '2018-11-09', facts => '{"outstanding_debt": 0.000001}')$$),
    '55000: In the way: No debt outstanding_debt = 0 (art. 5.3): not met.', 'a đồng of debt is a debt');
SELECT is(pg_temp.refused($$SELECT recognise(pg_temp.id('A1'), 2018, '9', '2018-11-10', facts => '{"outstanding_debt": 0}')$$),
    '55000: In the way: late: it was due before 2018-11-10 (art. 5).', 'late is late');

SELECT is(pg_temp.refused($$SELECT recognise(pg_temp.id('A1'), 2018, '9', '2018-11-09', facts => '{"outstanding_debt": 0, "households_satisfied": 60}')$$),
    '55000: In the way: Satisfaction households_satisfied / households_surveyed >= 90% (art. 5.2): not met.', 'what the event itself gives counts more than what was given before');
SELECT is(pg_temp.refused($$SELECT recognise(pg_temp.id('A1'), 2018, '9', '2018-11-09', facts => '{"outstanding_debt": 0, "road": 79}')$$),
    '23514: Namely, road is 79 in the event, 80 in the dossier.', 'but never more than the dossier');

-- recognised
SELECT lives_ok($$SELECT recognise(pg_temp.id('A1'), 2018, '100/QĐ-UBND', '2018-11-09', signer => 'Chairman', facts => '{"outstanding_debt": 0}')$$, 'all in order: recognised');
SELECT results_eq($$SELECT on_paper, (SELECT p.code FROM recognition_procedure AS p WHERE p.id = procedure_id), valid_until, facts::text, measures::text, classes,
                           (judged -> 'households_satisfied')::integer, (judged -> 'met_count')::integer, (judged -> 'first_time')::integer, scorecard -> '1'
                      FROM recognition WHERE event = 'recognised' AND unit_id = pg_temp.id('A1')$$,
    $$VALUES (false, 'T-QT', date '2021-11-09', '{"outstanding_debt": 0}', '{"homes": 70, "poor": 10, "road": 80}', '{}'::text[], 71, 3, 1, 'met'::verdict)$$,
    'everything it rests on is frozen');
SELECT throws_ok($$SELECT recognise(pg_temp.id('A1'), 2018, '101', '2018-11-09', facts => '{"outstanding_debt": 0}')$$, '23505', 'unit "Area A1" is already recognised at tier standard', 'once');
SELECT is(pg_temp.refused($$SELECT recognise(pg_temp.id('A1'), 2021, '101', '2021-11-08')$$), '23505: It was recognised on 2018-11-09 by decision 100/QĐ-UBND for 2018, valid until 2021-11-09.', 'as long as the term runs');

SELECT results_eq($$SELECT d, (f -> 'first_time')::integer, (f -> 'recognised')::integer FROM (VALUES (date '2018-11-08'), ('2018-11-09'), ('2018-11-10'), ('2021-11-08'), ('2021-11-09')) AS v (d), standing_facts(pg_temp.id('A1'), 2018, 'standard', d) AS f ORDER BY d$$,
    $$VALUES (date '2018-11-08', 1, 0), ('2018-11-09', 1, 1), ('2018-11-10', 0, 1), ('2021-11-08', 0, 1), ('2021-11-09', 0, 0)$$, 'how it stands day by day');

-- the term ends by itself
SELECT results_eq($$SELECT y, count(r.*) FROM generate_series(2017, 2022) AS y LEFT JOIN recognised_by(y) AS r ON r.unit_id = pg_temp.id('A1') GROUP BY y ORDER BY y$$,
    $$VALUES (2017, 0::bigint), (2018, 1), (2019, 1), (2020, 1), (2021, 0), (2022, 0)$$, 'it is recognised at the ends of three years');
SELECT results_eq($$SELECT to_year, ends_on, ended_by, end_id FROM recognition_term WHERE unit_id = pg_temp.id('A1')$$, $$VALUES (2021, date '2021-11-09', 'lapsed', NULL::bigint)$$, 'whether or not the lapse is on record');
SELECT results_eq($$SELECT state, since, year FROM recognition_status WHERE unit_id = pg_temp.id('A1')$$, $$VALUES ('lapsed', date '2021-11-09', 2021)$$, 'today it is no more');

-- renewing
SELECT throws_ok($$SELECT renew(pg_temp.id('A1'), 2021, '', '2021-10-01')$$, '22023', 'a renewal needs a decision and its date', 'a renewal needs a decision');
SELECT is(pg_temp.refused($$SELECT renew(pg_temp.id('A1'), 2021, '5', '2021-10-01')$$), '55000: There is no report on it for 2021.', 'and an assessment');
SELECT pg_temp.tell('A1', 2021, '{"road": 80, "homes": 69, "poor": 10}') \g /dev/null
SELECT is(pg_temp.refused($$SELECT renew(pg_temp.id('A1'), 2021, '5', '2021-10-01')$$), '55000: In the way: criteria set T-KDC not met; criterion 2 Homes >= 70% (test area, 2): not met; Whole set meets_criteria met (art. 6.1): not met.', 'that is met');
SELECT pg_temp.tell('A1', 2021, '{"homes": 75}') \g /dev/null
SELECT is(pg_temp.refused($$SELECT renew(pg_temp.id('A1'), 2021, '5', '2021-11-09')$$), '55000: The recognition of 2018-11-09 was valid until 2021-11-09.', 'and comes in time');
SELECT is(pg_temp.refused($$SELECT renew(pg_temp.id('A4'), 2021, '5', '2021-10-01')$$), '55000: It was not recognised on 2021-10-01.', 'for what is recognised');
SELECT is(pg_temp.refused($$SELECT renew(pg_temp.id('A1'), 2017, '5', '2018-12-01')$$), '23514: Events that follow each other in time must not go back in years.', 'and not for a year before');
SELECT lives_ok($$SELECT renew(pg_temp.id('A1'), 2021, '5/QĐ-UBND', '2021-10-01')$$, 'it is renewed');
SELECT results_eq($$SELECT term, from_year, to_year, recognised_on, renewed_on, valid_until FROM recognition_term WHERE unit_id = pg_temp.id('A1')$$,
    $$VALUES (1, 2018, 2024, date '2018-11-09', date '2021-10-01', date '2024-10-01')$$, 'the same term goes on, for three years from the renewal');
SELECT is(pg_temp.refused($$SELECT revoke(pg_temp.id('A1'), '6', '2021-09-30', 'x')$$), '55000: It was renewed later, on 2021-10-01.', 'what was renewed is not revoked before that');
SELECT is(pg_temp.refused($$SELECT renew(pg_temp.id('A1'), 2021, '6', '2021-09-30')$$), '55000: It was renewed later, on 2021-10-01.', 'nor renewed before that');
SELECT throws_ok($$SELECT renew(pg_temp.id('A1'), 2021, '6', '2021-10-01')$$, '23505', NULL, 'once a day');
SELECT is((SELECT count(*) FROM recognised_by(2023) WHERE unit_id = pg_temp.id('A1')), 1::bigint, 'recognised two years later');

-- lapsing
SELECT is(lapse_recognitions('2024-09-30'), 0, 'nothing has lapsed the day before');
SELECT is(lapse_recognitions('2024-10-01'), 1, 'on the day it has');
SELECT is(lapse_recognitions('2025-10-01'), 0, 'once');
SELECT results_eq($$SELECT to_year, ends_on, ended_by, end_id IS NOT NULL FROM recognition_term WHERE unit_id = pg_temp.id('A1')$$, $$VALUES (2024, date '2024-10-01', 'lapsed', true)$$, 'on record nothing changes');
SELECT is(pg_temp.refused($$SELECT renew(pg_temp.id('A1'), 2024, '5', '2024-09-01')$$), '55000: The recognition of 2018-11-09 lapsed on 2024-10-01.', 'what has lapsed on record is not renewed');
SELECT is(pg_temp.refused($$SELECT revoke(pg_temp.id('A1'), '5', '2024-09-01', 'x')$$), '55000: The recognition of 2018-11-09 lapsed on 2024-10-01.', 'nor revoked');
SELECT throws_ok($$INSERT INTO recognition (unit_id, event, year, event_date, on_paper) VALUES (pg_temp.id('A1'), 'lapsed', 2024, '2024-10-01', false)$$, '23505', NULL, 'nor does it lapse twice');

-- recognised again, a second term, and revoked
SELECT pg_temp.tell('A1', 2024, '{"road": 85, "homes": 75, "poor": 9}') \g /dev/null
SELECT record_event(pg_temp.id('A1'), e, 2024, d, facts => f::measures)
  FROM (VALUES ('registered', date '2023-12-01', NULL), ('self_assessed', '2024-09-01', NULL), ('verified', '2024-09-15', NULL),
               ('consulted', '2024-10-05', '{"households": 80, "households_surveyed": 80, "households_satisfied": 72}')) AS v (e, d, f) \g /dev/null
SELECT lives_ok($$SELECT recognise(pg_temp.id('A1'), 2024, '7/QĐ-UBND', '2024-12-20', facts => '{"outstanding_debt": 0}', exception_cite => '8/UBND, 1/11/2024')$$, 'recognised again, late by a decision that allows it');
SELECT is((SELECT term || ' ' || (judged -> 'first_time') || ' ' || (judged -> 'years_since_recognition') FROM recognition WHERE decision = '7/QĐ-UBND'), '2 0 6', 'a second term');
SELECT throws_ok($$SELECT revoke(pg_temp.id('A1'), '8', '2025-06-01')$$, '22023', 'a revocation needs a reason', 'no rule is met, so a reason is needed');
SELECT is_empty($$SELECT * FROM at_risk_on('2025-06-01') WHERE unit_id = pg_temp.id('A1')$$, 'it is not at risk');
SELECT pg_temp.tell('A1', 2025, '{"road": 79, "homes": 75, "poor": 9}') \g /dev/null
SELECT results_eq($$SELECT risk, revocation::text, failures_to_revocation, not_met_count, missing, key_missing FROM at_risk_on('2025-06-01') WHERE unit_id = pg_temp.id('A1')$$,
    $$VALUES ('does not meet the set in force', 'not_met', 1, 1, '{1}'::text[], '{}'::text[])$$, 'one criterion of three fails: one more and the rule is met');
SELECT pg_temp.tell('A1', 2025, '{"road": 80, "poor": null}') \g /dev/null
SELECT results_eq($$SELECT revocation::text, failures_to_revocation FROM recognition_standing('2025-06-01') WHERE unit_id = pg_temp.id('A1')$$,
    $$VALUES ('unknown', 1)$$, 'the key criterion not known: so is whether it is to be revoked');
SELECT pg_temp.tell('A1', 2025, '{"poor": 11}') \g /dev/null
SELECT results_eq($$SELECT risk, revocation::text, revocation_rule, failures_to_revocation, key_missing FROM at_risk_on('2025-06-01') WHERE unit_id = pg_temp.id('A1')$$,
    $$VALUES ('to be revoked; does not meet the set in force', 'met', 'A third, with a key criterion (art. 7.1)', 0, '{3}'::text[])$$, 'the key criterion fails: it is to be revoked');
SELECT lives_ok($$SELECT revoke(pg_temp.id('A1'), '9/QĐ-UBND', '2025-06-01')$$, 'it is revoked, the rule being the reason');
SELECT results_eq($$SELECT note, rule, (judged -> 'not_met_count')::integer, (SELECT code FROM criteria_set WHERE id = criteria_set_id), on_paper FROM recognition WHERE event = 'revoked'$$,
    $$VALUES (NULL, 'A third, with a key criterion (art. 7.1)', 1, 'T-KDC', false)$$, 'the rule is on record');
SELECT is_empty($$SELECT * FROM at_risk_on('2025-06-01') WHERE unit_id = pg_temp.id('A1')$$, 'and nothing is at risk any more');
SELECT results_eq($$SELECT term, from_year, to_year, ended_by, revocation FROM recognition_term WHERE unit_id = pg_temp.id('A1') ORDER BY term$$,
    $$VALUES (1, 2018, 2024, 'lapsed', NULL), (2, 2024, 2025, 'revoked', '9/QĐ-UBND')$$, 'two terms, one lapsed, one revoked');

-- years later
SELECT is_empty('SELECT * FROM recognition_check WHERE follows IS NOT TRUE AND NOT on_paper', 'every event still follows from what it rested on');
SELECT results_eq($$SELECT follows, problem FROM recognition_check WHERE unit_id = pg_temp.id('A2')$$, $$VALUES (NULL::boolean, 'recorded as it stands on paper: nothing to compute it from')$$, 'what was on paper cannot be computed');
SELECT results_eq($$SELECT kind, code, verdict::text, cite, follows FROM recognition_evidence(pg_temp.id('A1')) WHERE decision = '100/QĐ-UBND'$$,
    $$VALUES ('criterion', '1', 'met', 'test area, 1', true), ('criterion', '2', 'met', 'test area, 2', true), ('criterion', '3', 'met', 'test area, 3', true),
             ('condition', '1', 'met', 'art. 5.1', true), ('condition', '2', 'met', 'art. 5.2', true), ('condition', '3', 'met', 'art. 5.3', true)$$, 'the evidence, with the articles');
SELECT results_eq($$SELECT kind, cite FROM recognition_evidence(pg_temp.id('A1')) WHERE decision = '7/QĐ-UBND' AND kind = 'exception'$$, $$VALUES ('exception', '8/UBND, 1/11/2024')$$, 'the exception too');
SELECT results_eq($$SELECT event, kind FROM recognition_evidence(pg_temp.id('A2'))$$, $$VALUES ('recognised', NULL::text)$$, 'an event without evidence has one line');
SELECT pg_temp.tell('A1', 2018, '{"road": 10, "homes": 10, "poor": 90}') \g /dev/null
UPDATE criteria_set SET valid_to = '2025-12-31' WHERE code = 'T-KDC';
SELECT is_empty('SELECT * FROM recognition_check WHERE follows IS NOT TRUE AND NOT on_paper', 'whatever is reported or published later');
SELECT is_empty('SELECT * FROM check_decisions()', 'the chain holds');
SAVEPOINT forced;
SET LOCAL session_replication_role = replica;
UPDATE recognition SET measures = '{"road": 79, "homes": 70, "poor": 10}' WHERE decision = '100/QĐ-UBND';
SELECT is((SELECT problem FROM recognition_check WHERE decision = '100/QĐ-UBND'), 'the assessment comes out otherwise than it was frozen; the criteria set is not met; the conditions of the procedure are not met', 'a forged dossier no longer gives the scorecard');
UPDATE recognition SET facts = '{"outstanding_debt": 1}', measures = '{"road": 80, "homes": 70, "poor": 10}' WHERE decision = '100/QĐ-UBND';
SELECT is((SELECT problem FROM recognition_check WHERE decision = '100/QĐ-UBND'), 'the conditions of the procedure are not met', 'nor a forged fact the conditions');
UPDATE recognition SET facts = '{"outstanding_debt": 0}', event_date = '2018-11-10' WHERE decision = '100/QĐ-UBND';
SELECT is((SELECT problem FROM recognition_check WHERE decision = '100/QĐ-UBND'), 'it ends on another day than the procedure says; the deadline had passed', 'nor a forged date the deadline');
DELETE FROM recognition WHERE event = 'verified' AND year = 2018;
SELECT is((SELECT problem FROM recognition_check WHERE decision = '100/QĐ-UBND'), 'it ends on another day than the procedure says; the deadline had passed; a step that must go before is missing', 'nor is a step missed that was removed');
UPDATE recognition SET judged = judged || '{"key_criteria_not_met": 0}' WHERE event = 'revoked';
SELECT is((SELECT problem FROM recognition_check WHERE event = 'revoked'), 'the facts that follow from the assessment come out otherwise than they were frozen', 'nor facts that follow from it');
ROLLBACK TO forced;

-- by hand, in between
SELECT throws_ok($$INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('A1'), 'recognised', 2017, '2017-12-31')$$, '23505', NULL, 'no term before that would run into another');
SELECT throws_ok($$INSERT INTO recognition (unit_id, event, year, event_date, valid_until) VALUES (pg_temp.id('A1'), 'recognised', 2017, '2017-12-31', '2018-12-01')$$, '23505', NULL, 'to its end');
SELECT lives_ok($$INSERT INTO recognition (unit_id, event, year, event_date, valid_until) VALUES (pg_temp.id('A1'), 'recognised', 2015, '2015-12-31', '2017-12-31')$$, 'one that ended before may be recorded');
SELECT throws_ok($$INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('A1'), 'renewed', 2017, '2017-12-01')$$, '55000', NULL, 'but not renewed into the next');
INSERT INTO recognition (unit_id, event, year, event_date, valid_until) VALUES (pg_temp.id('A3'), 'recognised', 2003, '2003-05-01', '2006-05-01'),
    (pg_temp.id('A3'), 'renewed', 2006, '2006-04-01', '2009-04-01'), (pg_temp.id('A3'), 'renewed', 2009, '2009-03-01', '2012-03-01');
SELECT results_eq($$SELECT from_year, to_year, renewed_on, ends_on FROM recognition_term WHERE unit_id = pg_temp.id('A3')$$, $$VALUES (2003, 2012, date '2009-03-01', date '2012-03-01')$$, 'the latest renewal counts');
INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('A3'), 'renewed', 2012, '2012-02-01');
SELECT results_eq($$SELECT to_year, ends_on FROM recognition_term WHERE unit_id = pg_temp.id('A3')$$, $$VALUES (NULL::integer, NULL::date)$$, 'also if it has no end');
SELECT is((SELECT state FROM recognition_status WHERE unit_id = pg_temp.id('A3')), 'recognised', 'and the unit is recognised today');
SELECT throws_ok($$INSERT INTO recognition (unit_id, event, year, event_date, valid_until) VALUES (pg_temp.id('A5'), 'registered', 2017, '2017-12-31', '2018-12-01')$$, '23514', NULL, 'a registration has no validity');
SELECT throws_ok($$INSERT INTO recognition (unit_id, event, year, event_date, valid_until) VALUES (pg_temp.id('A5'), 'recognised', 2017, '2017-12-31', '2017-12-31')$$, '23514', NULL, 'none ends as it begins');
SELECT throws_ok($$INSERT INTO recognition (unit_id, event, year, event_date, on_paper) VALUES (pg_temp.id('A2'), 'lapsed', 2019, '2019-12-31', false)$$, '55000', 'unit "Area A2" has no recognition at tier standard to lapse', 'what has no end does not lapse');
SELECT lives_ok($$INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('A2'), 'lapsed', 2019, '2019-12-31')$$, 'unless on paper');
SELECT is(lapse_recognitions('2017-12-31') , 1, 'the old term lapses on record');
SELECT results_eq($$SELECT term, from_year, to_year FROM recognition_term WHERE unit_id = pg_temp.id('A1') ORDER BY from_year$$, $$VALUES (3, 2015, 2017), (1, 2018, 2024), (2, 2024, 2025)$$, 'terms are numbered as recorded');
SELECT is_empty('SELECT * FROM check_decisions()', 'the chain holds');

-- a requirement that nobody has set yet is not met
SELECT publish_criteria_set('{"code": "T-D", "title": "Delegated", "nodes": [{"code": "1", "title": "Income", "measure": "income", "rule": ">= 30"},
    {"code": "2", "title": "Left to the province", "delegated": "UBND cấp tỉnh quy định"}]}', 'area', 'advanced', '2017-01-01') \g /dev/null
SELECT pg_temp.tell('A6', 2018, '{"income": 30}') \g /dev/null
SELECT is(pg_temp.refused($$SELECT recognise(pg_temp.id('A6'), 2018, 'x', '2018-12-01', tier => 'advanced')$$), '55000: Criteria not met: none. Criteria not known: 2.', 'without a procedure');
SELECT publish_procedure('{"code": "T-QT2", "title": "Without conditions", "steps": []}', 'area', 'advanced', '2017-01-01') \g /dev/null
SELECT is(pg_temp.refused($$SELECT recognise(pg_temp.id('A6'), 2018, 'x', '2018-12-01', tier => 'advanced')$$),
    '55000: In the way: criteria set T-D unknown; criterion 2 Left to the province UBND cấp tỉnh quy định: unknown.', 'or with one that says nothing of it');

-- what is not on paper is judged, whatever it claims
INSERT INTO recognition (unit_id, event, year, event_date, on_paper, judged, measures, rule, valid_until, procedure_id, term)
VALUES (pg_temp.id('A4'), 'registered', 2018, '2017-12-01', false, '{"meets_criteria": true}', '{"road": 100}', 'forged', NULL, 999, 7);
SELECT results_eq($$SELECT judged -> 'meets_criteria', measures::text, rule, (SELECT code FROM recognition_procedure WHERE id = procedure_id), term FROM recognition WHERE unit_id = pg_temp.id('A4')$$,
    $$VALUES (NULL::numeric, NULL::text, NULL::text, 'T-QT', NULL::integer)$$, 'what an event rests on cannot be claimed');
INSERT INTO recognition (unit_id, event, year, event_date, valid_until) VALUES (pg_temp.id('A5'), 'recognised', 2015, '2015-12-31', '2018-12-31');
INSERT INTO recognition (unit_id, event, year, event_date, on_paper, judged, rule) VALUES (pg_temp.id('A5'), 'lapsed', 2030, '2018-12-31', false, '{"a": 1}', 'forged');
SELECT results_eq($$SELECT year, judged::text, rule FROM recognition WHERE unit_id = pg_temp.id('A5') AND event = 'lapsed'$$, $$VALUES (2018, NULL::text, NULL::text)$$, 'nor by a lapse');

-- decisions are of today and of units that are there
SELECT ask_as_of(law_date => '2018-12-31') \g /dev/null
SELECT throws_ok($$SELECT record_event(pg_temp.id('A6'), 'registered', 2019, '2018-12-01')$$, '55000', 'no decision is recorded while this session asks as of another time', 'none while the session asks as of another time');
SELECT lives_ok($$INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('A6'), 'registered', 2021, '2020-12-01')$$, 'unless on paper');
SELECT ask_as_of_now() \g /dev/null
INSERT INTO unit (code, name, level, parent_id, valid_from, valid_to) SELECT 'A9', 'Area A9', 'area', pg_temp.id('C3'), '2018-01-01', '2019-01-01';
SELECT id AS a9 FROM unit WHERE code = 'A9' \gset
SELECT is(pg_temp.refused(format($$SELECT record_event(%s, 'registered', 2018, '2017-12-01')$$, :a9)), '55000: It existed from 2018-01-01 until 2019-01-01.', 'not before the unit was there');
SELECT throws_ok(format($$SELECT record_event(%s, 'registered', 2020, '2019-01-01')$$, :a9), '55000', 'unit "Area A9" cannot be registered on 2019-01-01', 'nor after');
INSERT INTO recognition (unit_id, event, year, event_date, valid_until) VALUES (:a9, 'recognised', 2018, '2018-11-01', '2019-06-01');
SELECT cmp_ok(lapse_recognitions('2019-06-01'), '>=', 1, 'its term lapses all the same');

-- a clerk needs no right but to record and to read events
CREATE ROLE reg_test_clerk;
GRANT USAGE ON SCHEMA reg_test TO reg_test_clerk;
GRANT SELECT, INSERT ON recognition TO reg_test_clerk;
SET ROLE reg_test_clerk;
SELECT lives_ok($$INSERT INTO recognition (unit_id, event, year, event_date, on_paper) SELECT unit_id, 'self_assessed', 2018, '2018-09-01', false FROM recognition WHERE event = 'registered' AND year = 2018 AND on_paper IS FALSE AND event_date = '2017-12-01'$$,
    'a clerk records an event');
SELECT throws_ok('DELETE FROM decision_chain', '42501', NULL, 'but does not touch the chain');
SELECT throws_ok('UPDATE decision_ledger SET row_count = 0', '42501', NULL, 'or its head');
RESET ROLE;
SELECT is_empty('SELECT * FROM check_decisions()', 'the chain holds');

SELECT * FROM finish();
ROLLBACK;
