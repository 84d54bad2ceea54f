-- Award policies: drafts, what is wrong with them, publishing, policies that meet.
BEGIN;
SET search_path = ntm, public;
SELECT plan(93);
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
    ARRAY['The line has no amount.', 'It cannot be read as an amount of money.'], 'amounts among them');
SELECT ok((SELECT hint FROM draft_award_problem WHERE policy_code = 'P' AND cell = 'viel') ~ '500 triệu, 1\.250 triệu.*1 tỷ 250 triệu.*not guessed', 'with the spellings that are read');
UPDATE draft_award_policy SET quota = '1.234 %' WHERE code = 'P';
SELECT results_eq($$SELECT cell FROM draft_award_problem WHERE policy_code = 'P' AND column_name = 'quota'$$, $$VALUES ('1.234 %')$$, 'a quota that could be two is refused');
SELECT is((SELECT draft_award_document('P') -> 'quota_share'), NULL, 'and is not in the document');
INSERT INTO draft_award_clause (policy_code, rule) VALUES ('P', 'class = DBSH');
UPDATE draft_award_amount SET condition = 'class = DBSH' WHERE condition = 'road >';
SELECT is((SELECT count(*) FROM draft_award_problem WHERE policy_code = 'P' AND cell = 'class = DBSH' AND hint LIKE 'A class is no fact: name it in class %'), 2::bigint, 'whoever asks for a class in a rule is told where to name it');
DELETE FROM draft_award_clause WHERE rule = 'class = DBSH';
UPDATE draft_award_amount SET condition = 'road >' WHERE condition = 'class = DBSH';
SELECT is((SELECT problem FROM draft_award_problem WHERE policy_code = 'P' AND cell = '>= 2'), 'A condition must name the fact it speaks of.', 'and conditions of nothing');
DELETE FROM draft_award_policy;
SELECT is_empty($$SELECT FROM draft_award_clause UNION ALL SELECT FROM draft_award_amount UNION ALL SELECT FROM draft_award_priority$$, 'deleting a draft deletes its rows');

-- a draft from a spreadsheet: blanks, decimal commas, places between rows
INSERT INTO draft_award_policy (code, title, level, resolution, quota, source) VALUES ('S', ' Sheet ', 'area', ' NQ 2 ', ' 12,5 % ', 'illustrative');
INSERT INTO draft_award_clause (policy_code, code, title, measure, rule, cite, position) VALUES ('S', '', 'second', 'road', '≥ 80 %', 'b', 2), ('S', '', 'first', 'newly_recognised', 'Đạt', 'a', 1);
INSERT INTO draft_award_amount (policy_code, part, class, condition, amount, position) VALUES ('S', ' ', NULL, ' ', '100 triệu', 2), ('S', '', 'TDMNPB', '', ' 1,5 tỷ ', 1.5);
INSERT INTO draft_award_priority (policy_code, fact, direction) VALUES ('S', 'road', 'descending');
SELECT results_eq($$SELECT column_name, severity, problem FROM draft_award_problem$$,
    $$VALUES ('line 1', 'warning', 'Units of level area have class "TDMNPB" not themselves, but those they lie in.')$$, 'a draft with blanks is read; the class is that of communes');
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
SELECT is(pg_temp.found('{"amounts": [{"class": "DBSH", "amount": 2}, {"class": "TDMNPB", "amount": 3}, {"part": "cash", "amount": 1}, {"parent_class": "DBSH", "amount": 1}, {"amount": 3}]}'),
          ARRAY['line 4: Units of level commune have class "DBSH" themselves, those they lie in have it not.'],
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
SELECT is(pg_temp.found('{"amounts": [{"amount": 0}, {"part": "flag", "amount": 0}]}'), ARRAY['amounts: The policy pays nothing: all its amounts are 0.'], 'amounts of nothing');
SELECT is(pg_temp.found('{"amounts": [{"part": "flag", "amount": 0}, {"part": "cash"}]}'), NULL, 'one left to a decision is something');
SELECT is((SELECT hint FROM award_document_problems(pg_temp.document('{"clauses": [{"code": "1", "rule": "DBSH met"}]}'))), 'A class is no fact: name it in class of a line of the amounts, or in parent_class if it is one of the unit that the units lie in.',
          'a class is no fact');
SELECT results_eq($$SELECT severity, problem, hint FROM award_document_problems(pg_temp.document('{"clauses": [{"code": "1", "rule": "outstanding_debt = 0"}]}'))$$,
                  $$VALUES ('warning', 'No report can give outstanding_debt until it is in table indicator.', 'INSERT INTO indicator (name, title, unit) VALUES (''outstanding_debt'', ''Nợ đọng xây dựng cơ bản'', ''triệu đồng'');')$$,
                  'debts that nobody can report are doubtful');
SELECT ok((SELECT hint FROM award_document_problems(pg_temp.document('{"clauses": [{"code": "1", "rule": "effort met"}]}'))) LIKE '%INSERT INTO indicator (name, title, kind) VALUES (''effort'', …).', 'a measure that is not there can be added');
SELECT is(pg_temp.found('{"clauses": [{"code": "1", "rule": "newly_recognised > 5"}, {"code": "2", "rule": "earlier_awards < 0 or criteria_met >= 1"}, {"code": "3", "rule": "earlier_awards < 0"}]}'),
          ARRAY['clause 1: It asks for what its facts cannot be.', 'clause 3: It asks for what its facts cannot be.'], 'clauses that ask for what the facts cannot be');
SELECT is(pg_temp.found('{"clauses": [{"code": "1", "rule": "newly_recognised = 1 and earlier_awards = 0 and years_early >= -5"}]}'), NULL, 'what they can be is asked for');
INSERT INTO award_ranking (ranking, year, unit_id, rank, decision) VALUES ('XA', 2018, pg_temp.id('C1'), 1, 'QĐ'), ('KDC', 2018, pg_temp.id('A1'), 1, 'QĐ');
SELECT results_eq($$SELECT severity, problem, hint FROM award_document_problems(pg_temp.document('{"ranking": "XÃ"}'))$$,
                  $$VALUES ('warning', 'Nobody is ranked in "XÃ" yet, but there are ranks in "KDC", "XA".', 'Correct its spelling, unless its ranks are still to be inserted into award_ranking.')$$, 'a ranking of nobody is doubtful');
SELECT is(pg_temp.found('{"ranking": "XA"}'), NULL, 'one with ranks is not');
SELECT results_eq($$SELECT place, severity, problem, hint FROM award_document_problems(pg_temp.document('{"valid_from": "2016-01-01", "valid_to": "2020-12-31"}'))$$,
                  $$VALUES ('valid_to', 'warning', 'It is not for 2020: valid_to is the first day on which it is no longer in force.', 'If it is to reward 2020, give 2021-01-01.')$$, 'an end on the last day of a year is doubtful');
SELECT is(pg_temp.found('{"valid_from": "2016-01-01", "valid_to": "2021-01-01"}'), NULL, 'one on the day after it is not');
SELECT is(pg_temp.found('{"priority": [{"fact": "road", "direction": "ascending"}, {"fact": "road", "direction": "descending"}]}'), ARRAY['priority: Fact road is there 2 times; only the first counts.'], 'so is a fact to sort by twice');
SELECT is(pg_temp.found('{"quota_number": 3}'), ARRAY['priority: There is a quota, but no order of priority: the earliest recognised come first.'], 'a quota without priority is doubtful');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"amounts": [{"condition": "luck >= 1", "amount": 1}]}'))$$, '23503', 'award policy "W" uses unknown facts: luck', 'unknown facts are refused');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"amounts": [{"class": "X", "amount": 1}]}'))$$, '23503', 'award policy "W" has errors', 'unknown classes too');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"amounts": [{"amount": 1}, {"amount": 2}]}'))$$, '23514', 'award policy "W" has errors', 'lines never reached too');
SELECT results_eq($$SELECT place, problem FROM award_document_problems(pg_temp.document('{"amuonts": [], "priority": [{"fcat": 1}], "amounts": [{"amuont": 1}]}')) ORDER BY place$$,
                  $$VALUES ('document', 'There is no key "amuonts".'), ('line 1', 'There is no key "amuont".'), ('priority 1', 'There is no key "fcat".')$$, 'misspelt keys are named');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"amuonts": []}'))$$, '22023', 'award policy "W" cannot be read', 'and refused');

-- nothing raw comes through, however a document is broken
CREATE FUNCTION pg_temp.refusal(statement text) RETURNS text
    LANGUAGE plpgsql
AS $$
DECLARE
    detail text;
BEGIN
    EXECUTE statement;
    RETURN 'accepted';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
    RETURN SQLSTATE || ' ' || SQLERRM || ' | ' || detail;
END
$$;
CREATE TEMPORARY TABLE broken (state text, said text, change jsonb);
INSERT INTO broken VALUES
    ('22023', 'Code: The policy has no code.', '{"code": ""}'), ('22023', 'Code: The policy has no code.', '{"code": null}'), ('22023', 'Code: "code" is to be a text, and is 5.', '{"code": 5}'),
    ('22023', 'Classes: "classes" is to be an object, and is [].', '{"classes": []}'), ('23514', 'a string is expected', '{"classes": {"a": 5}}'), ('22023', '"clauses" is to be a list of objects', '{"clauses": "x"}'),
    ('22023', '"clauses" is to be a list of objects', '{"clauses": [5]}'), ('22023', '"amounts" is to be a list of objects', '{"amounts": {"amount": 5}}'), ('22023', '"amounts" is to be a list of objects', '{"amounts": [5]}'),
    ('22023', 'Line 1: "amount" is to be a number, and is "500 triệu".', '{"amounts": [{"amount": "500 triệu"}]}'), ('22023', 'Line 1: "part" is to be a text', '{"amounts": [{"part": 5, "amount": 1}]}'),
    ('23514', 'Line 1: The part has no name.', '{"amounts": [{"part": "", "amount": 1}]}'), ('23514', 'Line 1: ', '{"amounts": [{"condition": "", "amount": 1}]}'), ('23514', 'Line 1: ', '{"amounts": [{"condition": "class = DBSH", "amount": 1}]}'),
    ('23514', 'whole đồng', '{"amounts": [{"amount": 0.5}]}'), ('23514', 'whole đồng', '{"amounts": [{"amount": 1e30}]}'), ('23514', 'all its amounts are 0', '{"amounts": [{"amount": 0}, {"part": "flag", "amount": 0}]}'),
    ('23503', 'There is no class "X"', '{"amounts": [{"class": "X", "amount": 1}]}'), ('22023', '"priority" is to be a list of objects', '{"priority": {}}'), ('22023', 'Priority 1: "fact" is to be a text', '{"priority": [{"fact": 1}]}'),
    ('23514', 'A row sorts by a fact or puts a class first', '{"priority": [{"direction": "ascending"}]}'), ('23514', 'A direction is missing.', '{"priority": [{"fact": "road"}]}'),
    ('23514', 'Level: The level is missing or unknown.', '{"level": "village"}'), ('23514', 'Level: ', '{"level": null}'), ('22023', '"level" is to be a text', '{"level": 4}'),
    ('23514', 'Tier: The tier is unknown.', '{"tier": "gold"}'), ('23514', 'Tier: ', '{"tier": ""}'), ('23514', 'The status is unknown.', '{"status": "sure"}'), ('23514', 'Candidates: ', '{"candidates": "some"}'), ('23514', 'The resolution is missing.', '{"resolution": " "}'),
    ('23514', 'The ranking has no name.', '{"ranking": ""}'), ('23514', 'The ranking is missing.', '{"candidates": "ranked"}'), ('23514', 'three times', '{"candidates": "all", "tier": null}'), ('23514', 'three times', '{"candidates": "ranked", "ranking": "R", "tier": null}'),
    ('23514', 'Period_from: It is no year', '{"period_from": 1999}'), ('22023', '"period_from" is to be a whole number', '{"period_from": "2016"}'), ('23514', 'The period ends before it begins.', '{"period_from": 2020, "period_to": 2016}'),
    ('22023', '"earlier_codes" is to be a list of texts, and is "VN-2011".', '{"earlier_codes": "VN-2011"}'), ('22023', 'a list of texts', '{"earlier_codes": [null]}'),
    ('23514', 'Quota_share: 5 is no share', '{"quota_share": 5}'), ('23514', 'Quota_share: 0 is no share', '{"quota_share": 0}'), ('22023', '"quota_share" is to be a number, and is "5%".', '{"quota_share": "5%"}'),
    ('23514', 'Quota_number: 0 is no number of units.', '{"quota_number": 0}'), ('22023', '"quota_number" is to be a whole number, and is "2.5".', '{"quota_number": "2.5"}'), ('22023', '"quota_number" is to be a whole number', '{"quota_number": 2.5}'), ('22023', '"quota_number" is to be a whole number', '{"quota_number": 1e12}'),
    ('23514', 'There are two quotas', '{"quota_share": 0.05, "quota_number": 3}'), ('23514', 'The scope of the quota is unknown.', '{"quota_scope": "century"}'), ('23514', 'the period has no beginning', '{"quota_share": 0.05, "quota_scope": "period"}'), ('23514', 'The rounding is unknown.', '{"quota_rounding": "off"}'),
    ('22023', '"overtaking" is to be true or false, and is "maybe".', '{"overtaking": "maybe"}'), ('23514', 'The hit policy is unknown.', '{"hit_policy": "best"}'), ('23514', 'Precedence: ', '{"hit_policy": "first"}'), ('23514', 'Precedence: ', '{"precedence": 1}'), ('22023', '"precedence" is to be a whole number', '{"hit_policy": "first", "precedence": "a"}'),
    ('22023', '"valid_to" is to be a date, and is "x".', '{"valid_to": "x"}'), ('22023', '"valid_from" is to be a date', '{"valid_from": "2021-02-29"}'), ('22023', '"valid_from" is to be a date', '{"valid_from": 2021}'), ('22023', 'would end before it is in force', '{"valid_to": "2017-01-01"}'), ('22023', 'has no date', '{"valid_from": null}'),
    ('23514', 'Clauses: ', '{"rule": "any"}'), ('22023', '"rule" is to be a text', '{"rule": 5}'), ('23514', 'Clauses: ', '{"measures": {"road": 5}}'), ('22023', '"title" is to be a text', '{"title": 5}'), ('23514', 'Clauses: ', '{"clauses": [{"code": "1"}, {"code": "1"}]}'),
    ('23503', 'luck', '{"clauses": [{"code": "1", "rule": "luck >= 1"}]}'), ('23503', 'luck', '{"priority": [{"fact": "luck", "direction": "ascending"}]}'), ('23514', 'illustrative', '{"status": "sourced", "source": "illustrative"}');
CREATE TEMPORARY TABLE refused AS
SELECT b.*, pg_temp.refusal(format('SELECT publish_award_document(%L::jsonb)', pg_temp.document(b.change))) AS message FROM broken AS b;
INSERT INTO refused (state, said, message)
SELECT v.state, v.said, pg_temp.refusal(v.statement)
  FROM (VALUES ('22023', 'Document: It is to be an object, and is [].', $$SELECT publish_award_document('[]')$$), ('22023', 'Document: ', $$SELECT publish_award_document('5')$$), ('22023', 'and is NULL', $$SELECT publish_award_document(NULL)$$),
               ('23503', 'there is no unit with id 99999', $$SELECT publish_award_document(pg_temp.document('{}'), 99999)$$),
               ('22023', 'would end before it is in force', $$SELECT publish_award_document(pg_temp.document('{}'), NULL, '2020-01-01', '2019-01-01')$$),
               ('22023', 'class_amounts is to be an object of amounts by class, and is []', $$SELECT publish_award_policy('{"code": "R", "nodes": [{"code": "1", "measure": "newly_recognised"}]}', 'commune', 'r', 1, '2020-01-01', class_amounts => '[]')$$),
               ('22023', '"amount" is to be a number, and is "500 triệu".', $$SELECT publish_award_policy('{"code": "R", "nodes": [{"code": "1", "measure": "newly_recognised"}]}', 'commune', 'r', 1, '2020-01-01', class_amounts => '{"DBSH": "500 triệu"}')$$),
               ('22023', '"amount" is to be a number, and is "NaN".', $$SELECT publish_award_policy('{"code": "R", "nodes": [{"code": "1", "measure": "newly_recognised"}]}', 'commune', 'r', 'NaN', '2020-01-01')$$),
               ('23514', 'Level: ', $$SELECT publish_award_policy('{"code": "R", "nodes": [{"code": "1", "measure": "newly_recognised"}]}', 'village', 'r', 1, '2020-01-01')$$),
               ('23514', 'Level: ', $$SELECT publish_award_policy('{"code": "R", "nodes": [{"code": "1", "measure": "newly_recognised"}]}', NULL, NULL, 1, '2020-01-01', status => 'sure')$$),
               ('23514', 'has no amounts', $$SELECT publish_award_policy('{"code": "R", "nodes": [{"code": "1", "measure": "newly_recognised"}]}', 'commune', 'r', NULL, '2020-01-01')$$),
               ('22023', 'has no date', $$SELECT publish_award_policy('{"code": "R", "nodes": [{"code": "1", "measure": "newly_recognised"}]}', 'commune', 'r', 1, NULL)$$),
               ('23503', 'luck', $$SELECT publish_award_policy('{"code": "R", "nodes": [{"code": "1", "measure": "luck"}]}', 'commune', 'r', 1, '2020-01-01')$$),
               ('23503', 'there is no unit', $$SELECT adopt_award_policy('HT-XA-2013', 99999, '2015-01-01')$$), ('22023', 'has no date', $$SELECT adopt_award_policy('HT-XA-2013')$$), ('42704', 'no award policy', $$SELECT adopt_award_policy(NULL)$$),
               ('22023', 'would end', $$SELECT adopt_award_policy('HT-XA-2013', NULL, '2020-01-01', '2019-01-01')$$),
               ('42704', 'no draft', $$SELECT publish_award_policy(NULL)$$), ('42704', 'no award policy', $$SELECT supersede_award_policy(NULL, 'P', '2020-01-01')$$),
               ('22023', 'cannot be read', $$SELECT draft_award_from('{"code": "D", "quota_number": "many"}')$$), ('22023', 'cannot be read', $$SELECT draft_award_from('[]')$$)) AS v (state, said, statement);
SELECT is_empty($$SELECT * FROM refused WHERE left(message, 5) <> state OR strpos(message, said) = 0$$, 'whatever is wrong with a document is said in words, with its place');
SELECT is_empty($$SELECT * FROM refused WHERE message ~ 'violates|invalid input syntax|cannot (extract|call|get)|RAISE statement|out of range|null value'$$, 'and never by the database alone');
SELECT cmp_ok((SELECT count(*) FROM refused), '>', 85::bigint, 'so many ways were tried');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"level": "village"}'))$$, '23514', NULL, 'unknown levels are refused');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"quota_share": 0.05, "quota_number": 3}'))$$, '23514', NULL, 'two quotas');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"quota_share": 5}'))$$, '23514', NULL, 'shares of more than all');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"quota_share": 0.05, "quota_scope": "period"}'))$$, '23514', NULL, 'quotas of no period');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"hit_policy": "first"}'))$$, '23514', NULL, 'first without a precedence');
SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"candidates": "ranked"}'))$$, '23514', NULL, 'and ranked without a ranking');
SELECT is(ntm.award_document_status(pg_temp.document('{"source": "https://example.org"}')), 'sourced', 'an address makes a policy sourced');
SELECT is(ntm.award_document_status(pg_temp.document('{}')), 'unverified', 'nothing leaves it unverified');

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

SELECT throws_ok($$SELECT publish_award_document(pg_temp.document('{"code": "U", "level": "area", "tier": "model", "amounts": [{"amount": 1}]}'), pg_temp.id('D2'))$$, '23P01', 'award policy "U" is in force already', 'a code is that of one policy at a time');

-- ending what is in force
INSERT INTO draft_award_policy (code, level, tier, resolution, jurisdiction_id, valid_from) VALUES ('E', 'area', 'advanced', 'NQ E', pg_temp.id('D2'), '2018-01-01');
INSERT INTO draft_award_clause (policy_code, measure) VALUES ('E', 'newly_recognised');
INSERT INTO draft_award_amount (policy_code, amount) VALUES ('E', '500');
SELECT results_eq($$SELECT table_name, column_name, cell, severity, problem, hint FROM draft_award_problem WHERE policy_code = 'E'$$,
                  $$VALUES ('draft_award_amount', 'amount', '500', 'warning', '500 đồng is very little.', 'Most likely "triệu" was meant: add the unit.')$$, 'an amount of next to nothing is doubtful');
SELECT lives_ok($$SELECT publish_award_policy('E')$$, 'but no error');
UPDATE draft_award_amount SET amount = '500 triệu' WHERE policy_code = 'E';
CREATE FUNCTION pg_temp.hint(statement text) RETURNS text
    LANGUAGE plpgsql
AS $$
DECLARE
    hint text;
BEGIN
    EXECUTE statement;
    RETURN 'accepted';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    RETURN hint;
END
$$;
SELECT is(pg_temp.hint($$SELECT supersede_award_policy('E', 'E', '2018-01-01')$$),
          format('Nothing is granted under it, so that it can be withdrawn: UPDATE award_policy SET valid_to = valid_from WHERE id = %s; then publish the draft with publish_award_policy().', (SELECT id FROM award_policy WHERE code = 'E')),
          'what nobody was rewarded under can be withdrawn');
UPDATE award_policy SET valid_to = valid_from WHERE code = 'E';
SELECT lives_ok($$SELECT publish_award_policy('E')$$, 'and published anew');
SELECT throws_ok($$SELECT supersede_award_policy('E', 'NONE', '2018-06-01')$$, '42704', 'there is no draft "NONE" of an award policy', 'by a draft that is there');
SELECT is(pg_temp.hint($$SELECT supersede_award_policy('E', 'E', NULL)$$), 'Give the day from which the draft is to be in force.', 'a day is needed');
INSERT INTO recognition (unit_id, event, tier, year, event_date) SELECT id, 'recognised', 'advanced', 2018, '2018-03-01' FROM unit WHERE code IN ('A5', 'A6');
SELECT is(grant_awards(2018, 'E', NULL, 'QĐ', '2018-04-01'), 2, 'when awards are granted under it');
SELECT is(pg_temp.hint($$SELECT supersede_award_policy('E', 'E', '2018-01-01')$$), 'Awards rest on it, so that it stays: give a day after it began.', 'it can only be ended later');
SELECT lives_ok($$SELECT supersede_award_policy('E', 'E', '2019-01-01')$$, 'from the next year on without one');
SELECT is(pg_temp.hint($$SELECT supersede_award_policy('S', 'S', '2031-01-01')$$), 'Publish the draft with publish_award_policy(), from that day or a later one.', 'what has an end needs no other');

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
