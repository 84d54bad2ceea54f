-- What a decision may rest on: facts that cannot be right, what was reported
-- afterwards, units that ended, terms as of a day; and who may stand in for what.
BEGIN;
SET search_path = ntm, public;
SELECT plan(72);
\ir registry.psql

-- The set has criteria 1 to 3, of which 3 is a key criterion.
SELECT publish_procedure('{"code": "P", "title": "Test", "cite": "test", "valid_years": 3, "key_criteria": ["3"], "steps": [
    {"event": "verified"},
    {"event": "consulted", "conditions": [{"code": "1", "title": "Coverage", "rule": "households_surveyed / households >= 70%"}]},
    {"event": "recognised", "after": ["consulted"], "conditions": [{"code": "1", "title": "Satisfied", "rule": "households_satisfied / households_surveyed >= 90%"}, {"code": "2", "title": "Debt", "rule": "outstanding_debt = 0"}]},
    {"event": "revoked", "rule": "any of (*)", "after": ["verified"], "before": {"month": 7, "day": 1}, "conditions": [
        {"code": "1", "rule": "not_met_count / criterion_count >= 30% and key_criteria_not_met >= 1", "cite": "art. 5"}, {"code": "2", "title": "Too few", "rule": "met_count < 2"}]}]}',
    'area', 'standard', '2017-01-01') \g /dev/null
INSERT INTO indicator (name, kind) VALUES ('households', 'count') ON CONFLICT DO NOTHING;
SELECT pg_temp.tell(c, 2018, '{"road": 80, "homes": 70, "poor": 10}') FROM unnest(ARRAY['A1', 'A2', 'A3', 'A4', 'A5']) AS c \g /dev/null
SELECT pg_temp.tell('A1', 2018, '{"households": 76}') \g /dev/null

-- facts that cannot be right
SELECT is(pg_temp.refused($$SELECT record_event(pg_temp.id('A1'), 'consulted', 2018, '2018-05-01', facts => '{"households": "n/a", "households_surveyed": 1}')$$),
    '23514: Namely, households is not applicable in the event, 76 in the dossier.', 'what does not apply contradicts what is reported');
SELECT is(pg_temp.refused($$SELECT record_event(pg_temp.id('A2'), 'consulted', 2018, '2018-05-01', facts => '{"households": "n/a", "households_surveyed": 1}')$$),
    '23514: Namely, households applies everywhere.', 'and households there are everywhere');
SELECT is(pg_temp.refused($$SELECT record_event(pg_temp.id('A1'), 'consulted', 2018, '2018-05-01', facts => '{"households_surveyed": 77}')$$),
    '23514: Namely, households_surveyed is 77, but households, of which it is a part, is 76.', 'more households asked than there are');
SELECT is(pg_temp.refused($$SELECT record_event(pg_temp.id('A1'), 'consulted', 2018, '2018-05-01', facts => '{"households_surveyed": 70, "households_satisfied": 71}')$$),
    '23514: Namely, households_satisfied is 71, but households_surveyed, of which it is a part, is 70.', 'or more satisfied than asked');
SELECT is(pg_temp.refused($$SELECT record_event(pg_temp.id('A2'), 'consulted', 2018, '2018-05-01', facts => '{"households": 0, "households_surveyed": 0, "households_satisfied": 0}')$$),
    '23514: Namely, households_surveyed is 0, and nothing is known from asking nobody.', 'nobody asked is no survey');
SELECT is(pg_temp.refused($$SELECT record_event(pg_temp.id('A1'), 'consulted', 2018, '2018-05-01', facts => '{"households_surveyed": 70, "outstanding_debt": -1}')$$),
    '23514: Namely, outstanding_debt is -1.', 'nothing is negative');
SELECT is(pg_temp.refused($$INSERT INTO recognition (unit_id, event, year, event_date, facts) VALUES (pg_temp.id('A2'), 'consulted', 2018, '2018-05-01', '{"households": 10, "households_surveyed": 11}')$$),
    '23514: Namely, households_surveyed is 11, but households, of which it is a part, is 10.', 'nor is it on paper');
SELECT is(pg_temp.refused($$INSERT INTO recognition (unit_id, event, year, event_date, facts) VALUES (pg_temp.id('A2'), 'consulted', 2018, '2018-05-01', '{"rubbish": 10}')$$),
    '23503: Facts of an event are those that view recognition_fact_name calls event, and measures of the catalogue.', 'or has names that nobody knows');

-- facts of earlier events against what was reported since
SELECT lives_ok($$SELECT record_event(pg_temp.id('A2'), 'consulted', 2018, '2018-05-01', facts => '{"households": 60, "households_surveyed": 42, "households_satisfied": 40}')$$, '42 of 60 were asked');
SELECT pg_temp.tell('A2', 2018, '{"households": 1000}') \g /dev/null
SELECT is(pg_temp.refused($$SELECT recognise(pg_temp.id('A2'), 2018, '1', '2018-11-01', facts => '{"outstanding_debt": 0}')$$),
    '23514: Namely, households is 60 in the event, 1000 in the dossier.', 'but there are 1,000, as is reported later');
SELECT pg_temp.tell('A2', 2018, '{"households": 60}') \g /dev/null
SELECT lives_ok($$SELECT recognise(pg_temp.id('A2'), 2018, '1', '2018-11-01', facts => '{"outstanding_debt": 0}')$$, 'that was a mistake: recognised');

-- no measure hides behind a fact
SELECT throws_ok($$INSERT INTO indicator (name) VALUES ('meets_criteria')$$, '42939', 'no measure can be called "meets_criteria"', 'a measure named like a fact of a procedure');
SELECT throws_ok($$INSERT INTO indicator (name) VALUES ('years_early')$$, '42939', NULL, 'or of an award policy');
SELECT throws_ok($$SELECT publish_criteria_set('{"code": "X", "nodes": [{"code": "1", "measure": "recognised", "rule": "met"}]}', 'area', 'model', '2017-01-01')$$, '42939', NULL, 'is refused in a criteria set too');
SELECT lives_ok($$INSERT INTO indicator (name) VALUES ('outstanding_debt')$$, 'what events and dossiers give may be a measure');

-- what was reported afterwards
INSERT INTO report (unit_id, year, measures, reported_at) VALUES (pg_temp.id('A6'), 2018, '{"road": 80, "homes": 70, "poor": 12}', '2018-09-01');
SELECT is_empty($$SELECT * FROM check_event(pg_temp.id('A6'), 'recognised', 2018, '2018-11-01') WHERE kind = 'facts'$$, 'reported in time');
INSERT INTO report (unit_id, year, measures, reported_at) VALUES (pg_temp.id('A6'), 2018, '{"poor": 9, "households": 50, "outstanding_debt": 0}', '2018-12-20');
SELECT results_eq($$SELECT title, requirement, blocking, cite FROM check_event(pg_temp.id('A6'), 'recognised', 2018, '2018-11-01') WHERE kind = 'facts'$$,
    $$VALUES ('reports made afterwards', 'reported by 2018-11-01', false, 'latest report: 2018-12-20')$$, 'what came later is pointed out');
SELECT record_event(pg_temp.id('A6'), 'consulted', 2018, '2018-10-01', facts => '{"households_surveyed": 50, "households_satisfied": 50}') \g /dev/null
SELECT recognise(pg_temp.id('A6'), 2018, '2', '2018-11-01') \g /dev/null
SELECT results_eq($$SELECT follows, rests_on_later FROM recognition_check WHERE decision = '2'$$, $$VALUES (true, true)$$, 'a decision that rests on it follows, and says so');
SELECT is((SELECT verdict::text FROM assessment_as_of(2018, '2018-11-01') WHERE unit_id = pg_temp.id('A6')), 'not_met', 'what was known on its day was another matter');
SELECT is((SELECT bool_and(rests_on_later) FROM recognition_evidence(pg_temp.id('A6')) WHERE event = 'recognised'), true, 'the evidence says so too');

-- asking about nothing
SELECT throws_ok($$SELECT * FROM check_event(-1, 'recognised', 2018, '2018-11-01')$$, '42704', 'there is no unit with id -1', 'no unit');
SELECT throws_ok($$SELECT * FROM check_event(NULL, 'recognised', 2018, '2018-11-01')$$, '42704', 'there is no unit with id NULL', 'none at all');
SELECT throws_ok($$SELECT * FROM check_event(pg_temp.id('A1'), 'công nhận', 2018, '2018-11-01')$$, '22023', 'there is no event "công nhận"', 'no event');
SELECT throws_ok($$SELECT * FROM check_event(pg_temp.id('A1'), 'recognised', 2018, '2018-11-01', 'kiểu mẫu')$$, '23514', 'there is no tier "kiểu mẫu"', 'no tier');
SELECT throws_ok($$SELECT * FROM check_event(pg_temp.id('A1'), 'recognised', NULL, '2018-11-01')$$, '22023', NULL, 'no year');
SELECT throws_ok($$SELECT * FROM recognition_evidence(-1)$$, '42704', NULL, 'no unit has no evidence');
SELECT throws_ok($$SELECT * FROM explain(-1, 2018)$$, '42704', NULL, 'nor reasons');
SELECT ask_as_of(known_at => '2018-11-01') \g /dev/null
SELECT throws_ok($$SELECT * FROM check_event(pg_temp.id('A1'), 'recognised', 2018, '2018-11-01')$$, '55000', 'events are not judged while this session asks as of another time', 'nor is then mixed with now');
SELECT ask_as_of_now() \g /dev/null
SELECT results_eq($$SELECT title, blocking FROM check_event(pg_temp.id('A6'), 'recognised', 2018, '2018-11-02') WHERE kind = 'state'$$, $$VALUES ('recognised already', true)$$, 'recognised already is in the way');
SELECT results_eq($$SELECT title FROM check_event(pg_temp.id('A1'), 'renewed', 2018, '2018-11-02') WHERE kind = 'state'$$, $$VALUES ('not recognised on the day')$$, 'so is not recognised at all');
SELECT results_eq($$SELECT title FROM check_event(pg_temp.id('A1'), 'registered', 2050, '2049-11-02') WHERE kind = 'state'$$, $$VALUES ('the day is yet to come')$$, 'and a day to come');
SELECT is((SELECT gap FROM check_event(pg_temp.id('A1'), 'consulted', 2018, '2018-05-01', facts => '{"households_surveyed": 50}') WHERE kind = 'condition'), 4::numeric, 'gaps of counts are whole: 54 of 76 are 70 %');

-- words
SELECT throws_ok($$SELECT record_event(pg_temp.id('A1'), 'registered', 2018, '2018-05-01', 'nâng cao')$$, '23514', 'there is no tier "nâng cao"', 'tiers have their words');
SELECT throws_ok($$INSERT INTO unit (name, level) VALUES ('Xã X', 'xã')$$, '23514', 'there is no level "xã"', 'levels too');
SELECT throws_ok($$SELECT publish_criteria_set('{"code": "X", "nodes": [{"code": "1", "measure": "road", "rule": "met"}]}', 'area', 'model', '2017-01-01', status => 'minh họa')$$, '23514', 'there is no status "minh họa"', 'and what a set is worth');
SELECT is(pg_temp.refused($$SELECT record_event(NULL, 'registered', 2018, NULL)$$), '22004: Given were unit NULL, event registered, tier standard, year 2018, date NULL.', 'what is not given is named');
SELECT throws_ok($$SELECT record_event(pg_temp.id('A1'), 'registered', 19, '2018-05-01')$$, '22008', NULL, 'a year of two digits');
SELECT throws_ok($$SELECT record_event(pg_temp.id('A1'), 'registered', 2024, '2018-05-01')$$, '22008', NULL, 'or one too far away');
SELECT throws_ok($$SELECT recognise(pg_temp.id('A1'), 2018, '   ', '2018-11-01')$$, '22023', 'a recognition needs a decision and its date', 'blanks are no decision');
SELECT throws_ok($$SELECT revoke(pg_temp.id('A6'), NULL, '2019-06-01', 'x')$$, '22023', 'a revocation needs a decision and its date', 'nor is nothing');

-- the rule of revocation: what is not known is neither
INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('A3'), 'recognised', 2018, '2018-12-01');
SELECT pg_temp.tell('A3', 2019, '{"road": 80}') \g /dev/null
SELECT results_eq($$SELECT revocation::text, revocation_rule FROM recognition_standing('2019-06-01') WHERE code = 'A3'$$, $$VALUES ('unknown', NULL::text)$$, 'two criteria that nobody reported do not fail');
SELECT throws_ok($$SELECT revoke(pg_temp.id('A3'), '3', '2019-06-01')$$, '22023', 'a revocation needs a reason', 'nor are they a reason');
SELECT pg_temp.tell('A3', 2019, '{"homes": 10, "poor": 50}') \g /dev/null
SELECT is((SELECT revocation_rule FROM recognition_standing('2019-06-01') WHERE code = 'A3'), 'condition 1 (art. 5); Too few (test)', 'once they fail the rule is met, and named even without a title');
SELECT is(pg_temp.refused($$SELECT revoke(pg_temp.id('A3'), '3', '2019-06-01')$$), '55000: In the way: missing before it: verified (test).', 'its step before is asked for');
SELECT record_event(pg_temp.id('A3'), 'verified', 2019, '2019-05-01') \g /dev/null
SELECT is(pg_temp.refused($$SELECT revoke(pg_temp.id('A3'), '3', '2019-07-01')$$), '55000: In the way: late: it was due before 2019-07-01 (test).', 'and its deadline');
SELECT lives_ok($$SELECT revoke(pg_temp.id('A3'), '3', '2019-06-30')$$, 'in time it is revoked');
SELECT results_eq($$SELECT rule, note, year FROM recognition WHERE event = 'revoked' AND unit_id = pg_temp.id('A3')$$, $$VALUES ('condition 1 (art. 5); Too few (test)', NULL::text, 2019)$$, 'by the rule');
INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('A4'), 'recognised', 2019, '2018-12-20');
SELECT record_event(pg_temp.id('A4'), 'verified', 2019, '2018-12-21') \g /dev/null
SELECT revoke(pg_temp.id('A4'), '4', '2018-12-28', 'recognised in advance') \g /dev/null
SELECT is((SELECT year FROM recognition WHERE decision = '4'), 2019, 'what was recognised for the next year is revoked for it');

-- how many more failures lead to revocation, however the unknown turn out
SELECT results_eq($$SELECT revocation_verdict('{"code": "R", "nodes": [{"code": "1", "rule": "met_count <= 2"}]}', f, '{}')::text, revocation_verdict('{"code": "R", "nodes": [{"code": "1", "rule": "not_met_count >= 3"}]}', f, '{}')::text
                      FROM (VALUES ('{"met_count": 2, "not_met_count": 1, "unknown_count": 2, "key_criteria_not_met": 0, "key_criteria_unknown": 0}'::measures)) AS v (f)$$,
    $$VALUES ('unknown', 'unknown')$$, 'two ways to say the same come out the same');
SELECT is(revocation_verdict('{"code": "R", "nodes": [{"code": "1", "rule": "not_met_count >= 1 and unknown_count = 0"}]}', '{"met_count": 2, "not_met_count": 1, "unknown_count": 2, "key_criteria_not_met": 0, "key_criteria_unknown": 0}', '{}')::text,
    'met', 'a rule is judged as if nothing were unknown');
INSERT INTO recognition (unit_id, event, tier, year, event_date) VALUES (pg_temp.id('A2'), 'recognised', 'advanced', 2018, '2018-12-01');
SELECT publish_criteria_set((SELECT jsonb_build_object('code', 'FIVE', 'nodes', jsonb_agg(jsonb_build_object('code', i::text, 'measure', 'five' || i, 'rule', '>= 1'))) FROM generate_series(1, 5) AS i)::text::ruleset, 'area', 'advanced', '2017-01-01') \g /dev/null
SELECT publish_procedure('{"code": "FIVE", "steps": [{"event": "revoked", "rule": "all of (*)", "conditions": [{"code": "1", "rule": "not_met_count >= 4"}]}]}', 'area', 'advanced', '2017-01-01') \g /dev/null
SELECT pg_temp.tell('A2', 2019, '{"five1": 1, "five2": 0}') \g /dev/null
SELECT is((SELECT failures_to_revocation FROM recognition_standing('2019-12-31') WHERE code = 'A2' AND tier = 'advanced'), 3, 'three of the four that do not fail yet');
SELECT pg_temp.tell('A2', 2019, '{"five3": 1, "five4": 1, "five5": 1}') \g /dev/null
SELECT is((SELECT failures_to_revocation FROM recognition_standing('2019-12-31') WHERE code = 'A2' AND tier = 'advanced'), 3, 'as when they are known');

-- a unit that ended in the year is judged by the law of the day
SELECT pg_temp.tell('A5', 2019, '{"road": 80, "homes": 70, "poor": 10, "households": 10, "outstanding_debt": 0}') \g /dev/null
UPDATE unit SET valid_to = '2019-07-01' WHERE code = 'A5';
SELECT record_event(pg_temp.id('A5'), 'consulted', 2019, '2019-05-01', facts => '{"households_surveyed": 10, "households_satisfied": 10}') \g /dev/null
SELECT lives_ok($$SELECT recognise(pg_temp.id('A5'), 2019, '5', '2019-06-01')$$, 'a unit that ended in the year can still be recognised for it');
SELECT results_eq($$SELECT follows, problem FROM recognition_check WHERE decision = '5'$$, $$VALUES (true, NULL::text)$$, 'and that follows');
SELECT throws_ok($$SELECT recognise(pg_temp.id('A5'), 2019, '5', '2019-07-01')$$, '23505', NULL, 'once');

-- how a term stands on a day: later renewals are not known then
INSERT INTO recognition (unit_id, event, year, event_date, valid_until) VALUES (pg_temp.id('A1'), 'recognised', 2018, '2018-11-09', '2021-11-09');
SELECT results_eq($$SELECT valid_until, expired FROM recognition_standing('2021-10-01') WHERE code = 'A1'$$, $$VALUES (date '2021-11-09', false)$$, 'it ends soon');
INSERT INTO recognition (unit_id, event, year, event_date, valid_until) VALUES (pg_temp.id('A1'), 'renewed', 2021, '2021-10-20', '2024-10-20');
SELECT results_eq($$SELECT valid_until, expired FROM recognition_standing('2021-10-01') WHERE code = 'A1'$$, $$VALUES (date '2021-11-09', false)$$, 'still, before it is renewed');
SELECT results_eq($$SELECT valid_until, expired FROM recognition_standing('2021-11-30') WHERE code = 'A1'$$, $$VALUES (date '2024-10-20', false)$$, 'not afterwards');
SELECT results_eq($$SELECT valid_until, expired FROM recognition_standing('2024-11-30') WHERE code = 'A1'$$, $$VALUES (date '2024-10-20', true)$$, 'then it ends');
SELECT is(years_later('2020-02-29', 3), date '2023-03-01', '29 February is followed by 1 March');
SELECT is(years_later('2020-02-29', 4), date '2024-02-29', 'where it is not there itself');
SELECT is_empty('SELECT * FROM check_decisions()', 'the chain holds');

-- on paper nothing can be claimed that the database works out
INSERT INTO recognition (unit_id, event, year, event_date, procedure_id, measures, judged, rule, recorded_at)
SELECT pg_temp.id('A1'), 'proposed', 2018, '2018-05-01', min(p.id), '{"road": 1}', '{"meets_criteria": 1}', 'forged', 'infinity' FROM recognition_procedure AS p;
SELECT results_eq($$SELECT procedure_id, measures::text, judged::text, rule, recorded_at = now() FROM recognition WHERE event = 'proposed'$$, $$VALUES (NULL::bigint, NULL::text, NULL::text, NULL::text, true)$$, 'what an event rests on is not claimed on paper');

SELECT publish_award_policy('{"code": "W", "nodes": [{"code": "1", "measure": "newly_recognised", "rule": "met"}]}', 'area', 'r', 500, '2017-01-01') \g /dev/null

SELECT grant_awards(2018, 'W', 1000, '1', '2018-12-31') \g /dev/null

-- Whoever may create operators in the schema of ltree cannot make the owner's
-- triggers use them.
CREATE FUNCTION public.stand_in(a anyelement, b anyelement) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'ran as %', current_user USING ERRCODE = 'ZZ666'; END $$;
DO $$
DECLARE
    l text;
    r text;
    o text;
BEGIN
    FOREACH l IN ARRAY ARRAY['integer', 'bigint', 'double precision', 'numeric', 'date', 'timestamptz'] LOOP
        FOREACH r IN ARRAY ARRAY['integer', 'bigint', 'double precision', 'numeric', 'date', 'timestamptz'] LOOP
            CONTINUE WHEN l = r;
            EXECUTE format('CREATE FUNCTION public.stand_in(%1$s, %2$s) RETURNS boolean LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION ''ran as %%'', current_user USING ERRCODE = ''ZZ666''; END $f$', l, r);
            FOREACH o IN ARRAY ARRAY['<', '<=', '>', '>=', '=', '<>', '+', '-'] LOOP
                IF NOT EXISTS (SELECT FROM pg_operator WHERE oprname = o AND oprleft = l::regtype AND oprright = r::regtype AND oprnamespace = 'pg_catalog'::regnamespace) THEN
                    EXECUTE format('CREATE OPERATOR public.%1$s (leftarg = %2$s, rightarg = %3$s, function = public.stand_in)', o, l, r);
                END IF;
            END LOOP;
        END LOOP;
    END LOOP;
END $$;
SELECT throws_ok('SELECT 1::integer > 1::float8', 'ZZ666', NULL, 'planted operators are there');
SELECT lives_ok($$SELECT pg_temp.tell('A1', 2019, '{"road": 80, "homes": 70, "poor": 10, "households": 70, "outstanding_debt": 0}')$$, 'a report does not use them');
SELECT lives_ok($$SELECT record_event(pg_temp.id('A2'), 'verified', 2019, '2019-05-01')$$, 'nor does an event');
SELECT is(pg_temp.refused($$SELECT revoke(pg_temp.id('A2'), '9', '2019-08-01', 'x')$$), '55000: In the way: late: it was due before 2019-07-01 (test).', 'a refusal');
SELECT lives_ok($$SELECT annul_event(id, 'x') FROM recognition WHERE event = 'verified' AND unit_id = pg_temp.id('A2')$$, 'or an annulment');

-- nor do those of awards
SELECT throws_ok($$INSERT INTO award (unit_id, tier, year, policy_id, policy_code, amount, parts, decision, decision_date, recognition_id, lines, classes, facts) SELECT unit_id, tier, year, policy_id, policy_code, amount, parts, 'x', '2018-12-31', recognition_id, lines, classes, facts FROM award_standing LIMIT 1$$, '23505', NULL, 'an award does not use them');
SELECT lives_ok($$INSERT INTO award (unit_id, year, policy_code, amount, parts, decision, decision_date) VALUES (pg_temp.id('A1'), 2012, 'OLD', 5, '{"award": 5}', '1', '2012-12-31')$$, 'nor does one on paper');
SELECT lives_ok($$SELECT cancel_award(min(id), '2', '2019-12-31', 'x') FROM award_standing$$, 'nor a cancellation');
SELECT lives_ok($$UPDATE unit SET name = 'Area one' WHERE code = 'A1'$$, 'nor a unit');

SELECT * FROM finish();
ROLLBACK;
