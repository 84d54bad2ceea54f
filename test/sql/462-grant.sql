-- Granting awards: once, by a budget, in order; taking them back; the ledger.
BEGIN;
SET search_path = ntm, public;
SELECT plan(84);
\ir registry.psql

-- ten communes in a district; road is what the policy sorts by
INSERT INTO unit (code, name, level, parent_id) SELECT 'G' || lpad(n::text, 2, '0'), 'Commune ' || n, 'commune', pg_temp.id('D1') FROM generate_series(1, 10) AS g (n);
INSERT INTO recognition (unit_id, event, year, event_date, decision)
SELECT pg_temp.id('G' || lpad(n::text, 2, '0')), 'recognised', 2018, make_date(2018, 12, CASE WHEN n IN (3, 4) THEN 31 - n ELSE 20 END), 'QĐ' FROM generate_series(1, 10) AS g (n);
SELECT pg_temp.tell('G' || lpad(n::text, 2, '0'), 2018, jsonb_build_object('road', CASE WHEN n <= 4 THEN 90 ELSE 90 - n END)::measures) FROM generate_series(1, 9) AS g (n) \g /dev/null
SELECT publish_award_document('{
    "code": "G", "level": "commune", "resolution": "NQ G", "valid_from": "2018-01-01", "status": "illustrative",
    "clauses": [{"code": "1", "title": "New", "measure": "newly_recognised", "rule": "met"}],
    "amounts": [{"part": "works", "condition": "road >= 90", "amount": 400, "cite": "art. 4"}, {"part": "works", "amount": 300, "cite": "art. 5"},
                {"part": "cash", "amount": 100}],
    "priority": [{"fact": "road", "direction": "descending"}]}', pg_temp.id('D1')) \g /dev/null

CREATE FUNCTION pg_temp.order_now() RETURNS text
    LANGUAGE sql STABLE
    RETURN (SELECT string_agg(e.code, ' ' ORDER BY e.rank) FROM award_eligibility AS e WHERE e.policy_code = 'G' AND e.year = 2018 AND e.rank IS NOT NULL);
CREATE FUNCTION pg_temp.states() RETURNS text
    LANGUAGE sql STABLE
    RETURN (SELECT string_agg(s.state || ' ' || s.units, ', ' ORDER BY s.state) FROM (SELECT e.state, count(*) AS units FROM award_eligibility AS e WHERE e.policy_code = 'G' AND e.year = 2018 GROUP BY e.state) AS s);

-- what is refused
SELECT throws_ok($$SELECT grant_awards(2018, 'G', 1000, NULL, '2018-12-31')$$, '22023', 'granting awards needs a year, a policy, a decision and its date', 'no decision');
SELECT throws_ok($$SELECT grant_awards(2018, 'G', 1000, '', '2018-12-31')$$, '22023', NULL, 'no number');
SELECT throws_ok($$SELECT grant_awards(2018, 'G', 1000, 'QĐ 1', NULL)$$, '22023', NULL, 'no date');
SELECT throws_ok($$SELECT grant_awards(2018, NULL, 1000, 'QĐ 1', '2018-12-31')$$, '22023', NULL, 'no policy');
SELECT throws_ok($$SELECT grant_awards(2018, 'G', -1, 'QĐ 1', '2018-12-31')$$, '22023', '-1 is no budget', 'no budget');
SELECT throws_ok($$SELECT grant_awards(2018, 'G', 0.5, 'QĐ 1', '2018-12-31')$$, '22023', '0.5 is no budget', 'no whole đồng');
SELECT throws_ok($$SELECT grant_awards(2018, 'X', 1000, 'QĐ 1', '2018-12-31')$$, '42704', 'there is no award policy "X" in force for 2018', 'no such policy');
SELECT throws_ok($$SELECT grant_awards(2017, 'G', 1000, 'QĐ 1', '2018-12-31')$$, '42704', NULL, 'none yet');

-- before: G10 has not reported its road, so its amount is not known
SELECT is(pg_temp.states(), 'eligible 9, not_known 1', 'nine are eligible');
SELECT is(pg_temp.order_now(), 'G01 G02 G04 G03 G05 G06 G07 G08 G09', 'in the order of the policy, then of the day, then of the code');
SELECT is_empty($$SELECT * FROM award UNION ALL SELECT a.* FROM award AS a, award_budget$$, 'refusals leave nothing');

-- a wrong date with which nothing could be granted
SELECT is(grant_awards(2018, 'G', 1900, 'QĐ 1', '2018-12-01'), 0, 'on the first of December nobody was recognised yet');
SELECT results_eq($$SELECT decision_date, granted FROM award_budget_left$$, $$VALUES ('2018-12-01'::date, 0::numeric)$$, 'the decision is on record');

-- a budget that does not reach: 500, 500, 500, 500, 400 × 5
SELECT is(grant_awards(2018, 'G', 1900, 'QĐ 1', '2018-12-31'), 3, 'three fit whole, and nobody overtakes');
SELECT is(pg_temp.states(), 'budget_exhausted 6, granted 3, not_known 1', 'the others wait');
SELECT is((SELECT reason FROM award_eligibility WHERE code = 'G05' AND year = 2018), 'every clause is met; amount under art. 5; budget exhausted: 400 đồng are left under decision QĐ 1', 'and are told why');
SELECT is((SELECT is_met FROM reg_test_bi.award_eligibility WHERE code = 'G05' AND year = 2018), true, 'they stay eligible');
SELECT is(grant_awards(2018, 'G', 1900, 'QĐ 1', '2018-12-31'), 0, 'run again it grants nothing');
SELECT results_eq('SELECT decision_date, budget FROM award_budget ORDER BY id', $$VALUES ('2018-12-01'::date, 1900::numeric), ('2018-12-31', 1900)$$, 'and records nothing but, once, the right date');
SELECT results_eq($$SELECT decision_date, granted FROM award_budget_left$$, $$VALUES ('2018-12-31'::date, 1500::numeric)$$, 'which counts');
SELECT is(pg_temp.refused(format($$SELECT grant_awards(2018, 'G', 1900, %L, '2018-12-31')$$, spelled)), '22023: The two differ in blanks, capitals or diacritics only. Each would have a budget of its own.', 'no second budget by ' || spelled)
  FROM unnest('{QĐ1,qđ 1,"QD  1"}'::text[]) AS s (spelled);
SELECT is(pg_temp.refused($$SELECT grant_award(pg_temp.id('G05'), 2018, 'G', '{"works": 300, "cash": 100}', 'qđ 1', '2018-12-31', 'why')$$), '22023: The two differ in blanks, capitals or diacritics only. Each would have a budget of its own.', 'nor by hand');
SELECT throws_ok($$SELECT grant_awards(2018, 'G', 1900, 'QĐ 1', '2019-01-01')$$, '22023', 'decision QĐ 1 is on record with another date', 'a decision has one date');
SELECT throws_ok($$SELECT grant_awards(2018, 'G', 1499, 'QĐ 1', '2018-12-31')$$, '23514', 'decision QĐ 1 has granted more than 1499 đồng already', 'and no less money than it spent');
SELECT is(grant_awards(2018, 'G', 2000, 'QĐ 1', '2018-12-31'), 1, 'with more money it grants more');
SELECT results_eq($$SELECT budget, granted, budget_left FROM award_budget_left$$, $$VALUES (2000::numeric, 2000::numeric, 0::numeric)$$, 'all of it');
SELECT is(grant_awards(2018, 'G', 900, 'QĐ 2', '2019-02-01', 'Chairman'), 2, 'a later decision goes on');
SELECT is(pg_temp.order_now(), 'G07 G08 G09', 'where the first one stopped');
SELECT results_eq($$SELECT considered, granted, granted_amount, eligible, eligible_amount, budget_exhausted, not_known, budget, budget_left FROM award_total WHERE policy_code = 'G' AND year = 2018 AND place_id IS NULL$$,
                  $$VALUES (10::bigint, 6::bigint, 2800::numeric, 3::bigint, 1200::numeric, 3::bigint, 1::bigint, 2900::numeric, 100::numeric)$$, 'the totals add up');
SELECT results_eq($$SELECT place, granted, granted_amount, status, budget FROM reg_test_bi.award_total WHERE policy_code = 'G' AND year = 2018 AND place_level = 'district'$$,
                  $$VALUES ('District 1', 6, 2800::numeric(18,0), 'illustrative', NULL::numeric(18,0))$$, 'in each place');
SELECT is((SELECT granted_amount FROM award_total WHERE policy_code = 'G' AND year = 2018 AND place_id IS NULL), (SELECT sum(amount) FROM award), 'with the ledger');
SELECT is((SELECT sum(amount) FROM award_given), (SELECT sum(amount) FROM award), 'and with the parts');
SELECT is(grant_awards(2018, 'G', NULL, 'QĐ 3', '2019-03-01'), 3, 'without a limit all are granted');
SELECT is((SELECT budget FROM award_total WHERE policy_code = 'G' AND year = 2018 AND place_id IS NULL), NULL, 'and there is no budget');
SELECT is(grant_awards(2018, 'G', NULL, 'QĐ 4', '2019-03-01'), 0, 'and nobody is left');
SELECT is_empty($$SELECT * FROM award_budget WHERE decision = 'QĐ 4'$$, 'for a decision to record');

-- what an award says
SELECT results_eq($$SELECT tier, year, policy_code, amount, parts, decision, decision_date, signer, lines, classes, attempt, facts -> 'road', facts -> 'newly_recognised'
                      FROM award WHERE unit_id = pg_temp.id('G06')$$,
                  $$VALUES ('standard', 2018, 'G', 400::numeric, '{"works": 300, "cash": 100}'::jsonb, 'QĐ 2', '2019-02-01'::date, 'Chairman', ARRAY[2, 3], '{}'::text[], 1, 84::numeric, 1::numeric)$$,
                  'an award has its parts, decision, lines and facts');
SELECT is((SELECT recognition_id FROM award WHERE unit_id = pg_temp.id('G06')), (SELECT id FROM recognition WHERE unit_id = pg_temp.id('G06') AND event = 'recognised'), 'and the recognition it rests on');
SELECT pg_temp.tell('G06', 2018, '{"road": 99}') \g /dev/null
SELECT results_eq($$SELECT state, amount, reason, award_id IS NOT NULL FROM award_eligibility WHERE code = 'G06' AND year = 2018$$,
                  $$VALUES ('granted', 400::numeric, 'granted by decision QĐ 2 of 2019-02-01', true)$$, 'a later report does not change what was granted');
SELECT results_eq($$SELECT status, part, amount, is_cancelled FROM reg_test_bi.award_given WHERE code = 'G06' ORDER BY part$$,
                  $$VALUES ('illustrative', 'cash', 100::numeric(18,0), false), ('illustrative', 'works', 300, false)$$, 'an award under an illustrative policy says so');
SELECT revoke(pg_temp.id('G06'), 'QĐ R', '2019-03-30', 'test') \g /dev/null
SELECT is((SELECT state FROM award_eligibility WHERE code = 'G06' AND year = 2018), 'granted', 'an award outlives the recognition, until it is cancelled');

-- the ledger
SELECT throws_ok($$UPDATE award SET amount = 1$$, '55000', 'cannot update table award', 'an award does not change');
SELECT throws_ok($$DELETE FROM award$$, '55000', NULL, 'nor disappear');
SELECT throws_ok($$TRUNCATE award CASCADE$$, '55000', NULL, 'nor all of them');
SELECT throws_ok($$UPDATE award_budget SET budget = 1$$, '55000', NULL, 'nor budgets');
SELECT throws_ok($$DELETE FROM award_ranking$$, '55000', NULL, 'nor rankings');
SELECT throws_ok($$DELETE FROM recognition_plan$$, '55000', NULL, 'nor roadmaps');
SELECT throws_ok($$INSERT INTO award (unit_id, year, policy_code, amount, parts, decision, decision_date) VALUES (pg_temp.id('G01'), 2018, 'G', 1, '{"award": 1}', 'x', '2019-01-01')$$, '23505',
                 'unit "Commune 1" has its award under policy "G" for 2018 already', 'nobody has two');
SELECT throws_ok($$INSERT INTO award (unit_id, year, policy_code, amount, parts, decision, decision_date) VALUES (pg_temp.id('G10'), 2018, 'P', 3, '{"a": 1, "b": 1}', 'x', '2019-01-01')$$, '23514', NULL, 'the parts must add up');
SELECT throws_ok($$INSERT INTO award (unit_id, year, policy_code, amount, parts, decision, decision_date) VALUES (pg_temp.id('G10'), 2018, 'P', 0, '{"a": 0}', 'x', '2019-01-01')$$, '23514', NULL, 'to something');
SELECT throws_ok($$INSERT INTO award (unit_id, year, policy_id, policy_code, amount, parts, decision, decision_date) SELECT pg_temp.id('A1'), 2018, id, code, 1, '{"a": 1}', 'x', '2019-01-01' FROM award_policy WHERE code = 'G'$$, '23514',
                 'award policy "G" does not reward unit "Area A1" at tier standard', 'the policy must be for the unit');
SELECT throws_ok($$INSERT INTO award (unit_id, year, tier, policy_id, policy_code, amount, parts, decision, decision_date) SELECT pg_temp.id('G10'), 2018, 'model', id, code, 1, '{"a": 1}', 'x', '2019-01-01' FROM award_policy WHERE code = 'G'$$, '23514', NULL, 'and the tier');
SELECT throws_ok($$INSERT INTO award (unit_id, year, policy_id, policy_code, amount, parts, decision, decision_date) SELECT pg_temp.id('G10'), 2018, id, 'other', 1, '{"a": 1}', 'x', '2019-01-01' FROM award_policy WHERE code = 'G'$$, '23514', NULL, 'and have its code');

-- taking back
SELECT throws_ok($$SELECT cancel_award(NULL, 'QĐ C', '2019-05-01', 'why')$$, '42704', NULL, 'no award');
SELECT throws_ok($$SELECT cancel_award(0, 'QĐ C', '2019-05-01', 'why')$$, '42704', 'there is no award with id 0', 'no such award');
SELECT throws_ok($$SELECT cancel_award((SELECT id FROM award WHERE unit_id = pg_temp.id('G06')), '', '2019-05-01', 'why')$$, '22023', 'cancelling an award needs a decision, its date and a reason', 'no decision');
SELECT throws_ok($$SELECT cancel_award((SELECT id FROM award WHERE unit_id = pg_temp.id('G06')), 'QĐ C', '2019-05-01', '')$$, '22023', NULL, 'no reason');
SELECT throws_ok($$SELECT cancel_award((SELECT id FROM award WHERE unit_id = pg_temp.id('G06')), 'QĐ C', '2019-01-01', 'why')$$, '23514', NULL, 'not before it was granted');
SELECT isnt(cancel_award((SELECT id FROM award WHERE unit_id = pg_temp.id('G07')), 'QĐ C', '2019-05-01', 'works not built', grant_again => true), NULL, 'an award is cancelled');
SELECT throws_ok($$SELECT cancel_award((SELECT id FROM award WHERE unit_id = pg_temp.id('G07') AND event = 'granted'), 'QĐ C', '2019-05-01', 'why')$$, '55000', NULL, 'once');
SELECT throws_ok($$SELECT cancel_award((SELECT id FROM award WHERE unit_id = pg_temp.id('G07') AND event = 'cancelled'), 'QĐ C', '2019-05-01', 'why')$$, '42704', NULL, 'a cancellation is not');
SELECT results_eq($$SELECT event, amount, attempt, note FROM award WHERE unit_id = pg_temp.id('G07') ORDER BY id$$, $$VALUES ('granted', 400::numeric, 1, NULL), ('cancelled', 400, 1, 'works not built')$$, 'by a row of its own');
SELECT results_eq($$SELECT DISTINCT is_cancelled, cancelled_by, cancelled_on, cancelled_why FROM award_given WHERE unit_id = pg_temp.id('G07')$$, $$VALUES (true, 'QĐ C', '2019-05-01'::date, 'works not built')$$, 'which shows beside it');
SELECT is((SELECT state FROM award_eligibility WHERE code = 'G07' AND year = 2018), 'eligible', 'it can be granted again');
SELECT is(grant_awards(2018, 'G', NULL, 'QĐ 5', '2019-06-01'), 1, 'and is');
SELECT is((SELECT max(attempt) FROM award WHERE unit_id = pg_temp.id('G07')), 2, 'at the second attempt');

-- overtaking, unknown priority
SELECT publish_award_document('{
    "code": "O", "level": "commune", "tier": "advanced", "resolution": "NQ O", "valid_from": "2018-01-01", "overtaking": true,
    "clauses": [{"code": "1", "measure": "newly_recognised", "rule": "met"}],
    "amounts": [{"class": "TDMNPB", "amount": 500}, {"amount": 200}], "priority": [{"fact": "homes", "direction": "ascending"}]}') \g /dev/null
INSERT INTO recognition (unit_id, event, tier, year, event_date) SELECT pg_temp.id(c), 'recognised', 'advanced', 2018, '2018-12-01' FROM (VALUES ('C1'), ('C2'), ('C3')) AS v (c);
SELECT pg_temp.tell('C1', 2018, '{"homes": 1}'), pg_temp.tell('C2', 2018, '{"homes": 2}') \g /dev/null
SELECT throws_ok($$SELECT grant_awards(2018, 'O', 300, 'QĐ', '2018-12-31')$$, '55000', 'the budget does not reach, and who comes first under policy "O" is not known', 'who comes first must be known');
SELECT pg_temp.tell('C3', 2018, '{"homes": "n/a"}') \g /dev/null
SELECT is(grant_awards(2018, 'O', 300, 'QĐ', '2018-12-31'), 1, 'what does not apply comes last; a smaller award may overtake');
SELECT results_eq($$SELECT code, state FROM award_eligibility WHERE policy_code = 'O' AND year = 2018 ORDER BY code$$, $$VALUES ('C1', 'budget_exhausted'), ('C2', 'granted'), ('C3', 'budget_exhausted')$$, 'it does');

-- the rights of a clerk
SELECT publish_award_policy('{"code": "R", "nodes": [{"code": "1", "measure": "newly_recognised", "rule": "met"}]}', 'commune', 'r', 5, '2018-01-01', tier => 'model') \g /dev/null
INSERT INTO recognition (unit_id, event, tier, year, event_date) VALUES (pg_temp.id('C1'), 'recognised', 'model', 2018, '2018-12-01');
CREATE ROLE reg_test_clerk;
GRANT USAGE ON SCHEMA reg_test TO reg_test_clerk;
GRANT SELECT ON ALL TABLES IN SCHEMA reg_test TO reg_test_clerk;
SET LOCAL ROLE reg_test_clerk;
SELECT throws_ok($$SELECT grant_awards(2018, 'R', NULL, 'QĐ', '2018-12-31')$$, '42501', NULL, 'who may only read does not grant');
RESET ROLE;
GRANT INSERT ON award, award_budget TO reg_test_clerk;
SET LOCAL ROLE reg_test_clerk;
SELECT is(grant_awards(2018, 'R', NULL, 'QĐ', '2018-12-31'), 1, 'a clerk who may insert awards and budgets does');
SELECT throws_ok($$UPDATE award SET amount = 1$$, '42501', NULL, 'and nothing else');
RESET ROLE;

-- as of another time, and as units were
SELECT publish_award_document('{
    "code": "T", "level": "area", "resolution": "NQ T", "valid_from": "2018-01-01",
    "clauses": [{"code": "1", "measure": "newly_recognised", "rule": "met"}, {"code": "2", "measure": "meets_criteria", "rule": "met"}],
    "amounts": [{"parent_class": "TDMNPB", "amount": 70}, {"class": "DBSH", "amount": 50}, {"amount": 30}]}') \g /dev/null
INSERT INTO unit (code, name, level, parent_id, valid_from) SELECT 'T' || n, 'T' || n, 'area', pg_temp.id('C3'), '2010-01-01' FROM generate_series(1, 3) AS g (n);
SELECT pg_temp.tell('T' || n, 2018, '{"road": 80, "homes": 70, "poor": 10}') FROM generate_series(1, 3) AS g (n) \g /dev/null
INSERT INTO recognition (unit_id, event, year, event_date) SELECT pg_temp.id('T' || n), 'recognised', 2018, '2018-12-01' FROM generate_series(1, 3) AS g (n);
SELECT change_unit(pg_temp.id('T1'), '2019-01-01', 'NQ', classes => '{DBSH}') \g /dev/null
SELECT change_unit(pg_temp.id('T2'), '2018-12-31', 'NQ', classes => '{DBSH}') \g /dev/null
SELECT results_eq($$SELECT code, amount FROM award_eligibility WHERE policy_code = 'T' AND year = 2018 AND code LIKE 'T%' ORDER BY code$$,
                  $$VALUES ('T1', 30::numeric), ('T2', 50), ('T3', 30)$$, 'a unit is judged as it was on 31 December');
UPDATE unit SET valid_to = '2018-12-15' WHERE code = 'T3';
SELECT results_eq($$SELECT path::text LIKE '%' || pg_temp.id('C3') || '%', state, reason FROM award_eligibility WHERE policy_code = 'T' AND year = 2018 AND code = 'T3'$$,
                  $$VALUES (true, 'not_eligible', 'it ended on 2018-12-15')$$, 'one that ended in the year as on its last day; but it gets nothing any more');
SELECT is_empty($$SELECT * FROM award_eligibility WHERE unit_id = pg_temp.id('T3') AND year > 2018$$, 'and not after it');
SELECT ask_as_of(law_date => '2016-01-01') \g /dev/null
SELECT throws_ok($$SELECT grant_awards(2018, 'T', NULL, 'QĐ', '2018-12-31')$$, '55000', 'no award is granted while this session asks as of another time', 'nothing is granted as of another time');
SELECT throws_ok($$SELECT grant_award(pg_temp.id('T1'), 2018, 'T', '{"award": 1}', 'QĐ', '2018-12-31', 'why')$$, '55000', 'no award is granted while this session asks as of another time', 'nor by hand');
SELECT ask_as_of_now() \g /dev/null
SELECT is(grant_awards(2018, 'T', NULL, 'QĐ', '2018-12-31'), 2, 'today it is');

-- checks
SELECT is_empty($$SELECT * FROM check_awards()$$, 'all is well');
SELECT is_empty($$SELECT * FROM check_decisions()$$, 'also in the chain');
ALTER TABLE award DISABLE TRIGGER USER;
UPDATE award SET amount = 450, parts = '{"works": 350, "cash": 100}' WHERE unit_id = pg_temp.id('G08');
UPDATE award SET facts = facts || '{"newly_recognised": 0}' WHERE unit_id = pg_temp.id('G09');
ALTER TABLE award ENABLE TRIGGER USER;
SELECT results_eq($$SELECT u.code, c.problem FROM check_awards() AS c JOIN award AS a ON a.id = c.award_id JOIN unit AS u ON u.id = a.unit_id ORDER BY u.code$$,
                  $$VALUES ('G08', 'Under the policy the facts it rested on give 300 đồng for part works, not 350.'), ('G09', 'The facts it rested on do not meet the clauses of the policy.')$$, 'what was altered is found');
SELECT is((SELECT count(*) FROM check_decisions()), 2::bigint, 'in the chain too');

SELECT * FROM finish();
ROLLBACK;
