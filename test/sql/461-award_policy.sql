-- Award policies: drafts, what is wrong with them, publishing, policies that meet.
BEGIN;
SET search_path = ntm, public;
SELECT plan(62);
\ir registry.psql

-- drafts
CREATE FUNCTION pg_temp.problems(draft text) RETURNS SETOF text
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT concat_ws(' | ', p.table_name, p.column_name, p.severity, p.problem) FROM draft_award_problem AS p WHERE p.policy_code = draft ORDER BY 1;
END;

SELECT throws_ok($$SELECT publish_award_policy('P')$$, '42704', 'there is no draft "P" of an award policy', 'what is not drafted is not published');
INSERT INTO draft_award_policy (code) VALUES ('P');
SELECT set_eq($$SELECT * FROM pg_temp.problems('P')$$,
    ARRAY['draft_award_policy | code | error | The draft has no clauses.', 'draft_award_policy | code | error | The draft pays nothing.',
          'draft_award_policy | level | error | The level is missing or unknown.', 'draft_award_policy | resolution | error | The resolution is missing.'],
    'an empty draft says what it lacks');
SELECT throws_ok($$SELECT publish_award_policy('P')$$, '22P02', 'draft "P" cannot be read', 'and is not published');
UPDATE draft_award_policy SET level = 'area', resolution = 'NQ 1', tier = 'gold', status = 'sure', candidates = 'some', quota = 'some', quota_scope = 'century', quota_rounding = 'off',
       hit_policy = 'best', precedence = 1, period_from = 2020, period_to = 2016, valid_from = '2018-01-01', valid_to = '2018-01-01' WHERE code = 'P';
INSERT INTO draft_award_clause (policy_code, measure, rule) VALUES ('P', 'newly_recognised', '>= viele');
INSERT INTO draft_award_amount (policy_code, condition, amount) VALUES ('P', NULL, NULL), ('P', '>= 2', 'viel'), ('P', 'road >', '1,5'), ('P', NULL, '2,5555555555 tỷ');
INSERT INTO draft_award_priority (policy_code, fact, direction) VALUES ('P', ' ', 'up');
SELECT set_eq($$SELECT DISTINCT table_name || ' ' || column_name FROM draft_award_problem WHERE policy_code = 'P'$$,
    ARRAY['draft_award_policy tier', 'draft_award_policy status', 'draft_award_policy candidates', 'draft_award_policy quota', 'draft_award_policy quota_scope',
          'draft_award_policy quota_rounding', 'draft_award_policy hit_policy', 'draft_award_policy precedence', 'draft_award_policy period_to', 'draft_award_policy valid_to',
          'draft_award_clause rule', 'draft_award_amount amount', 'draft_award_amount condition', 'draft_award_priority fact', 'draft_award_priority direction'],
    'every cell that cannot be read is shown');
SELECT set_eq($$SELECT problem FROM draft_award_problem WHERE policy_code = 'P' AND table_name = 'draft_award_amount' AND column_name = 'amount'$$,
    ARRAY['The line has no amount.', 'It cannot be read as an amount of money.', 'It is no amount in whole đồng.'], 'amounts among them');
SELECT is((SELECT problem FROM draft_award_problem WHERE policy_code = 'P' AND cell = '>= 2'), 'A condition must name the fact it speaks of.', 'and conditions of nothing');
DELETE FROM draft_award_policy;
SELECT is_empty($$SELECT FROM draft_award_clause UNION ALL SELECT FROM draft_award_amount UNION ALL SELECT FROM draft_award_priority$$, 'deleting a draft deletes its rows');

-- a draft from a spreadsheet: blanks, decimal commas, places between rows
INSERT INTO draft_award_policy (code, title, level, resolution, quota, source) VALUES ('S', ' Sheet ', 'area', ' NQ 2 ', ' 12,5 % ', 'illustrative');
INSERT INTO draft_award_clause (policy_code, code, title, measure, rule, cite, position) VALUES ('S', '', 'second', 'road', '≥ 80 %', 'b', 2), ('S', '', 'first', 'newly_recognised', 'Đạt', 'a', 1);
INSERT INTO draft_award_amount (policy_code, part, class, condition, amount, position) VALUES ('S', ' ', NULL, ' ', '100 triệu', 2), ('S', '', 'TDMNPB', '', ' 1,5 tỷ ', 1.5);
INSERT INTO draft_award_priority (policy_code, fact, direction) VALUES ('S', 'road', 'descending');
SELECT is_empty($$SELECT * FROM draft_award_problem$$, 'a draft with blanks is read');
SELECT results_eq($$SELECT d ->> 'title', d ->> 'resolution', (d ->> 'quota_share')::numeric, d -> 'clauses' -> 0 ->> 'title', d -> 'amounts' -> 0 ->> 'amount' FROM draft_award_document('S') AS d$$,
                  $$VALUES ('Sheet', 'NQ 2', 0.125, 'first', '1500000000')$$, 'as it is meant');
SELECT throws_ok($$SELECT publish_award_policy('S')$$, '22023', 'award policy "S" has no date from which it is in force', 'a policy needs a date');
SELECT lives_ok($$SELECT publish_award_policy('S', '2030-01-01', '2031-01-01')$$, 'which publishing can give');
SELECT results_eq($$SELECT code, title, level, tier, resolution, status, candidates, quota_share, quota_scope, quota_rounding, hit_policy, valid_from, valid_to FROM award_policy$$,
                  $$VALUES ('S', 'Sheet', 'area', 'standard', 'NQ 2', 'illustrative', 'recognised', 0.125, 'year', 'down', 'unique', '2030-01-01'::date, '2031-01-01'::date)$$, 'all is there');
SELECT results_eq($$SELECT position, part, class, condition::text, amount FROM award_amount ORDER BY position$$,
                  $$VALUES (1, 'award', 'TDMNPB', NULL, 1500000000::numeric), (2, 'award', NULL, NULL, 100000000)$$, 'line by line');
SELECT results_eq($$SELECT position, fact, direction FROM award_priority$$, $$VALUES (1, 'road', 'descending')$$, 'with its priority');
SELECT throws_ok($$UPDATE award_priority SET fact = 'homes'$$, '55000', NULL, 'which does not change');
SELECT throws_ok($$SELECT publish_award_policy('S', '2030-06-01')$$, '23P01', 'award policy "S" would be in force together with "S"', 'the same policy twice at a time is refused');

-- what is wrong with a policy as a whole; each by its document
CREATE FUNCTION pg_temp.document(changes jsonb) RETURNS jsonb
    LANGUAGE sql
    RETURN '{"code": "W", "level": "commune", "resolution": "r", "valid_from": "2018-01-01",
             "clauses": [{"code": "1", "measure": "newly_recognised", "rule": "met"}], "amounts": [{"amount": 100}]}'::jsonb || changes;
CREATE FUNCTION pg_temp.found(changes jsonb) RETURNS text[]
    LANGUAGE sql
    RETURN (SELECT array_agg(p.place || ': ' || p.problem ORDER BY p.place, p.problem COLLATE "C" DESC) FROM award_document_problems(pg_temp.document(changes)) AS p);
SELECT is(pg_temp.found('{}'), NULL, 'nothing is wrong with a simple policy');
SELECT is(pg_temp.found('{"amounts": []}'), ARRAY['amounts: The policy pays nothing: it has no amounts.'], 'a policy that pays nothing');
SELECT isnt(pg_temp.found('{"clauses": []}'), NULL, 'or requires nothing');
SELECT is(pg_temp.found('{"clauses": [{"code": "1", "rule": "years_early >= 2 and years_early <= 1"}]}'),
          ARRAY['clause 1: The rule can never be met: "years_early >= 2" and "years_early <= 1" exclude each other.'], 'a clause that can never hold');
SELECT is(pg_temp.found('{"amounts": [{"condition": "years_early >= 1", "amount": 2}, {"condition": "years_early >= 2", "amount": 3}]}'),
          ARRAY['line 2: It is never reached. The overall rule can never be met with the rules it refers to: "years_early >= 2" of [line 2] and "not years_early >= 1" of [not line 1] exclude each other.'],
          'a line behind a wider one');
SELECT is(pg_temp.found('{"amounts": [{"amount": 2}, {"condition": "years_early >= 2", "amount": 3}]}'),
          ARRAY['line 2: It is never reached: line 1 holds for the same units without a condition.'], 'a line behind one for all');
SELECT is(pg_temp.found('{"amounts": [{"class": "DBSH", "amount": 2}, {"class": "TDMNPB", "amount": 3}, {"part": "cash", "amount": 1}, {"parent_class": "DBSH", "amount": 1}, {"amount": 3}]}'), NULL,
          'lines for other classes and parts are reached');
SELECT is(pg_temp.found('{"amounts": [{"condition": "years_early >= 2 and years_early < 1", "amount": 2}]}'),
          ARRAY['line 1: The rule can never be met: "years_early >= 2" and "years_early < 1" exclude each other.'], 'a line that can never hold');
SELECT is(pg_temp.found('{"clauses": [{"code": "1", "rule": "years_early >= 0"}], "amounts": [{"condition": "years_early < 0", "amount": 2}]}'),
          ARRAY['line 1: It is never reached. The overall rule can never be met with the rules it refers to: "years_early >= 0" of [1] and "years_early < 0" of [line 1] exclude each other.'],
          'a line that the clauses exclude');
SELECT is(pg_temp.found('{"amounts": [{"condition": "rank_in_year = 1", "amount": 2}]}'), ARRAY['line 1: Fact rank_in_year needs a ranking, and the policy names none.'], 'ranks of nothing');
SELECT is(pg_temp.found('{"amounts": [{"condition": "rank_in_yaer = 1", "amount": 2}], "priority": [{"fact": "luck", "direction": "up"}]}'),
          ARRAY['line 1: There is no fact rank_in_yaer.', 'priority: There is no fact luck.', 'priority: "up" is no direction.'], 'facts that are none, directions that are none');
SELECT is(pg_temp.found('{"amounts": [{"amount": 0.5}, {"part": "b", "amount": -1}]}'),
          ARRAY['line 1: 0.5 is no amount in whole đồng.', 'line 2: -1 is no amount in whole đồng.'], 'amounts that are none');
SELECT is(pg_temp.found('{"amounts": [{"class": "X", "amount": 1}, {"parent_class": "Y", "amount": 1}]}'),
          ARRAY['line 1: There is no class "X".', 'line 2: There is no class "Y".'], 'classes that are none');
SELECT is(pg_temp.found('{"status": "sourced", "source": "illustrative"}'), ARRAY['status: It is sourced, but something in the policy is illustrative.'], 'a status that is none');
SELECT is(pg_temp.found('{"quota_number": 3}'), ARRAY['priority: There is a quota, but no order of priority: the earliest recognised come first.'], 'a quota without priority is doubtful');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"amounts": [{"condition": "luck >= 1", "amount": 1}]}'))$$, '23503', 'award policy "W" uses unknown facts: luck', 'unknown facts are refused');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"amounts": [{"class": "X", "amount": 1}]}'))$$, '23503', 'award policy "W" has errors', 'unknown classes too');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"amounts": [{"amount": 1}, {"amount": 2}]}'))$$, '23514', 'award policy "W" has errors', 'lines never reached too');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"amuonts": [], "priority": [{"fcat": 1}], "amounts": [{"amuont": 1}]}'))$$, '22023',
                 'award policy "W" has unknown keys: amounts: amuont, amuonts, priority: fcat', 'misspelt keys are named');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"level": "village"}'))$$, '23514', NULL, 'unknown levels are refused');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"quota_share": 0.05, "quota_number": 3}'))$$, '23514', NULL, 'two quotas');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"quota_share": 5}'))$$, '23514', NULL, 'shares of more than all');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"quota_share": 0.05, "quota_scope": "period"}'))$$, '23514', NULL, 'quotas of no period');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"hit_policy": "first"}'))$$, '23514', NULL, 'first without a precedence');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"candidates": "ranked"}'))$$, '23514', NULL, 'and ranked without a ranking');
SELECT is(award_document_status(pg_temp.document('{"source": "https://example.org"}')), 'sourced', 'an address makes a policy sourced');
SELECT is(award_document_status(pg_temp.document('{}')), 'unverified', 'nothing leaves it unverified');

-- policies that meet
SELECT publish_award_document(pg_temp.document('{"code": "U"}'), pg_temp.id('D1'), NULL, '2020-01-01') \g /dev/null
SELECT lives_ok($$SELECT publish_award_document(pg_temp.document('{"code": "U2"}'), pg_temp.id('D2'))$$, 'another place is another matter');
SELECT lives_ok($$SELECT publish_award_document(pg_temp.document('{"code": "U3", "tier": "advanced"}'), pg_temp.id('D1'))$$, 'so is another tier');
SELECT lives_ok($$SELECT publish_award_document(pg_temp.document('{"code": "U4", "valid_from": "2020-01-01", "valid_to": "2021-01-01"}'), pg_temp.id('D1'))$$, 'and another time');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"code": "V"}'), pg_temp.id('P'))$$, '23P01', 'award policy "V" would be in force together with "U"', 'a place around another is the same matter');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"code": "V"}'))$$, '23P01', NULL, 'so is everywhere');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"code": "V", "tier": null}'), pg_temp.id('C1'))$$, '23P01', NULL, 'so is every tier');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"code": "V", "hit_policy": "sum"}'), pg_temp.id('C1'))$$, '23P01', NULL, 'one policy alone cannot allow it');
SELECT lives_ok($$SELECT publish_award_document(pg_temp.document(jsonb_build_object('code', 'F' || n, 'hit_policy', 'first', 'precedence', n, 'valid_from', '2021-01-01', 'valid_to', '2022-01-01')), pg_temp.id('C1'))
                    FROM generate_series(1, 2) AS g (n)$$, 'both can, with the same hit policy');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"code": "F3", "hit_policy": "first", "precedence": 2, "valid_from": "2021-01-01", "valid_to": "2022-01-01"}'), pg_temp.id('C1'))$$, '23P01', NULL,
                 'but not with the same precedence');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"code": "F3", "hit_policy": "highest", "valid_from": "2021-01-01", "valid_to": "2022-01-01"}'), pg_temp.id('C1'))$$, '23P01', NULL, 'nor with another one');
SELECT throws_ok($$INSERT INTO award_policy (code, title, ruleset, level, resolution, valid_from, status) SELECT 'I', title, ruleset, level, resolution, valid_from, status FROM award_policy WHERE code = 'U'$$,
                 '23P01', NULL, 'nor by an INSERT');

-- hit policies decide
CREATE FUNCTION pg_temp.meet(year integer, hit text, changes jsonb[]) RETURNS void
    LANGUAGE plpgsql
AS $$
BEGIN
    FOR n IN 1 .. cardinality(changes) LOOP
        PERFORM publish_award_document(jsonb_build_object('code', hit || n, 'level', 'commune', 'resolution', 'r', 'hit_policy', hit, 'precedence', CASE hit WHEN 'first' THEN n END,
                    'valid_from', make_date(year, 1, 1), 'valid_to', make_date(year + 1, 1, 1), 'clauses', '[{"code": "1", "measure": "newly_recognised", "rule": "met"}]'::jsonb) || changes[n], pg_temp.id('C2'));
    END LOOP;
    INSERT INTO recognition (unit_id, event, tier, year, event_date) VALUES (pg_temp.id('C2'), 'recognised', 'standard', year, make_date(year, 6, 1));
END
$$;
CREATE FUNCTION pg_temp.state(about integer) RETURNS TABLE (policy_code text, state text, amount numeric, reason text)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT e.policy_code, e.state, e.amount, e.reason FROM award_eligibility AS e WHERE e.unit_id = pg_temp.id('C2') AND e.year = about AND e.policy_code ~ '^(first|highest|sum)' ORDER BY e.policy_code;
END;
SELECT pg_temp.meet(2023, 'first', ARRAY['{"amounts": [{"condition": "road >= 80", "amount": 100}]}', '{"amounts": [{"amount": 50}]}', '{"amounts": [{"amount": 70}]}']::jsonb[]) \g /dev/null
SELECT results_eq($$SELECT * FROM pg_temp.state(2023)$$,
    $$VALUES ('first1', 'not_known', NULL::numeric, 'amount not known: road >= 80 (r)'), ('first2', 'not_known', NULL, 'another policy is not decided yet: first1 (hit policy first)'),
             ('first3', 'not_eligible', NULL, 'the award is due under another policy: first2 (hit policy first)')$$, 'first: what comes before must be decided');
SELECT pg_temp.tell('C2', 2023, '{"road": 50}') \g /dev/null
SELECT results_eq($$SELECT policy_code, state, amount FROM pg_temp.state(2023)$$, $$VALUES ('first1', 'not_eligible', NULL::numeric), ('first2', 'eligible', 50), ('first3', 'not_eligible', NULL)$$, 'first: the first that gives something');
SELECT is(grant_awards(2023, 'first3', NULL, 'QĐ', '2023-12-31') || ' ' || grant_awards(2023, 'first2', NULL, 'QĐ', '2023-12-31'), '0 1', 'and only that one is granted');
SELECT results_eq($$SELECT policy_code, state, reason FROM pg_temp.state(2023) WHERE state <> 'granted'$$,
    $$VALUES ('first1', 'not_eligible', 'no amount is set for the unit (r)'), ('first3', 'not_eligible', 'the award is given under another policy: first2 (decision QĐ of 2023-12-31)')$$, 'which the others then say');
SELECT revoke(pg_temp.id('C2'), 'QĐ', '2024-01-02', 'test') \g /dev/null
SELECT pg_temp.meet(2025, 'highest', ARRAY['{"amounts": [{"amount": 100}]}', '{"amounts": [{"condition": "road >= 80", "amount": 500}]}', '{"amounts": [{"amount": 100}]}']::jsonb[]) \g /dev/null
SELECT results_eq($$SELECT policy_code, state FROM pg_temp.state(2025)$$, $$VALUES ('highest1', 'not_known'), ('highest2', 'not_known'), ('highest3', 'not_eligible')$$, 'highest: all must be decided');
SELECT pg_temp.tell('C2', 2025, '{"road": 90}') \g /dev/null
SELECT results_eq($$SELECT policy_code, state, amount FROM pg_temp.state(2025)$$, $$VALUES ('highest1', 'not_eligible', NULL::numeric), ('highest2', 'eligible', 500), ('highest3', 'not_eligible', NULL)$$, 'highest: the largest amount');
SELECT pg_temp.tell('C2', 2025, '{"road": 10}') \g /dev/null
SELECT results_eq($$SELECT policy_code, state, amount FROM pg_temp.state(2025)$$, $$VALUES ('highest1', 'eligible', 100::numeric), ('highest2', 'not_eligible', NULL), ('highest3', 'not_eligible', NULL)$$,
                  'of equal ones that published first');
SELECT revoke(pg_temp.id('C2'), 'QĐ', '2026-01-02', 'test') \g /dev/null
SELECT pg_temp.meet(2026, 'sum', ARRAY['{"amounts": [{"amount": 100}]}', '{"amounts": [{"condition": "road >= 80", "amount": 500}]}']::jsonb[]) \g /dev/null
SELECT results_eq($$SELECT policy_code, state, amount FROM pg_temp.state(2026)$$, $$VALUES ('sum1', 'eligible', 100::numeric), ('sum2', 'not_known', NULL)$$, 'sum: each for itself');

SELECT * FROM finish();
ROLLBACK;
