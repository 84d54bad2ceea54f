-- What was recorded in error: annulled, and recorded again.
BEGIN;
SET search_path = ntm, public;
SELECT plan(43);
\ir registry.psql

SELECT publish_procedure('{"code": "P", "title": "Test", "cite": "test", "valid_years": 3, "steps": [
    {"event": "registered"}, {"event": "consulted", "after": ["registered"]},
    {"event": "recognised", "after": ["consulted"], "conditions": [{"code": "1", "title": "Coverage", "rule": "households_surveyed / households >= 70%"}]}]}',
    'area', 'standard', '2017-01-01') \g /dev/null
SELECT pg_temp.tell(c, 2018, '{"road": 80, "homes": 70, "poor": 10}') FROM unnest(ARRAY['A1', 'A2']) AS c \g /dev/null

-- the wrong area goes all the way
SELECT record_event(pg_temp.id('A1'), 'registered', 2018, '2018-01-05') AS registered \gset
SELECT record_event(pg_temp.id('A1'), 'consulted', 2018, '2018-05-05', facts => '{"households": 60, "households_surveyed": 50}') AS consulted \gset
SELECT recognise(pg_temp.id('A1'), 2018, '1/QĐ', '2018-11-01') AS recognised \gset
SELECT publish_award_policy('{"code": "FIRST", "nodes": [{"code": "1", "measure": "first_time", "rule": "met"}]}', 'area', 'r', 1000, '2018-01-01') \g /dev/null
SELECT is((SELECT state FROM award_eligibility WHERE unit_id = pg_temp.id('A1') AND year = 2018), 'eligible', 'recognised, and to be rewarded');

-- refusals
SELECT is(pg_temp.refused('SELECT annul_event(-1, ''x'')'), '42704: An annulment is not annulled itself: what it annulled can be recorded again.', 'an event that is not there');
SELECT is(pg_temp.refused('SELECT annul_event(NULL, ''x'')'), '42704: An annulment is not annulled itself: what it annulled can be recorded again.', 'or none');
SELECT is(pg_temp.refused(format('SELECT annul_event(%s, ''  '')', :recognised)), '22023: ', 'no reason');
SELECT is(pg_temp.refused(format('SELECT annul_event(%s, ''x'', ''2018-10-31'')', :recognised)), '23514: It is dated 2018-11-01.', 'before it took place');
SELECT is(pg_temp.refused(format('SELECT annul_event(%s, ''x'', ''2918-10-31'')', :recognised)), format('22008: Today is %s.', CURRENT_DATE), 'or on a day to come');
SELECT is(pg_temp.refused(format('SELECT annul_event(%s, ''x'')', :consulted)), format('55000: Event %s, recognised on 2018-11-01 for 2018, came after it.', :recognised), 'while another event rests on it');
SELECT is(pg_temp.refused(format('SELECT annul_event(%s, ''x'')', :registered)), format('55000: Event %s, recognised on 2018-11-01 for 2018, came after it.', :recognised), 'or comes after that');

-- annulled, it has never been
SELECT annul_event(:recognised, 'wrong area', '2018-12-01') AS annulment \gset
SELECT results_eq(format('SELECT event, unit_id, tier, year, term, event_date, note, annuls_id, on_paper FROM recognition WHERE id = %s', :annulment),
    format($$VALUES ('annulled', pg_temp.id('A1'), 'standard', 2018, 1, date '2018-12-01', 'wrong area', %s::bigint, false)$$, :recognised), 'the annulment says of what it is');
SELECT is_empty($$SELECT * FROM recognition_term WHERE unit_id = pg_temp.id('A1')$$, 'there is no term');
SELECT is_empty($$SELECT * FROM recognised_by(2018)$$, 'nothing is recognised');
SELECT is((SELECT state FROM recognition_status WHERE unit_id = pg_temp.id('A1')), 'consulted', 'it stands where it stood before');
SELECT is_empty($$SELECT * FROM award_eligibility WHERE unit_id = pg_temp.id('A1')$$, 'nothing is to be rewarded');
SELECT results_eq(format('SELECT follows, problem FROM recognition_check WHERE recognition_id IN (%s, %s) ORDER BY recognition_id', :recognised, :annulment),
    format($$VALUES (NULL::boolean, 'annulled on 2018-12-01: wrong area'), (NULL, 'annuls event %s: wrong area')$$, :recognised), 'both are on record, and say so');
SELECT is((SELECT count(*) FROM recognition WHERE unit_id = pg_temp.id('A1')), 4::bigint, 'the ledger has lost nothing');
SELECT is_empty('SELECT * FROM check_decisions()', 'its chain holds');
SELECT is(pg_temp.refused(format('SELECT annul_event(%s, ''x'')', :recognised)), '23505: On 2018-12-01: wrong area', 'once is enough');
SELECT is(pg_temp.refused(format('SELECT annul_event(%s, ''x'')', :annulment)), '42704: An annulment is not annulled itself: what it annulled can be recorded again.', 'an annulment stands');
SELECT results_eq(format('SELECT is_annulled, annulled_on, annulled_why FROM reg_test_bi.recognition WHERE recognition_id = %s', :recognised),
    $$VALUES (true, date '2018-12-01', 'wrong area')$$, 'BI tools see it');

-- and can be recorded again, as if for the first time
SELECT lives_ok($$SELECT recognise(pg_temp.id('A1'), 2018, '1/QĐ', '2018-11-01')$$, 'the same is recorded again');
SELECT results_eq($$SELECT (judged -> 'first_time')::integer, term, annulled_before FROM effective_recognition AS e JOIN recognition USING (id, term) WHERE e.unit_id = pg_temp.id('A1') AND e.event = 'recognised'$$,
    $$VALUES (1, 2, 1)$$, 'for the first time');
SELECT is((SELECT state FROM award_eligibility WHERE unit_id = pg_temp.id('A1') AND year = 2018), 'eligible', 'and is to be rewarded');
SELECT throws_ok($$SELECT recognise(pg_temp.id('A1'), 2018, '1/QĐ', '2018-11-01')$$, '23505', NULL, 'but not twice');

-- a wrong date of a registration
SELECT record_event(pg_temp.id('A2'), 'registered', 2018, '2018-12-01') AS typed \gset
SELECT is(pg_temp.refused($$SELECT record_event(pg_temp.id('A2'), 'registered', 2018, '2018-01-12')$$), format('23505: That is event %s, of 2018-12-01.', :typed), 'is in the way of the right one');
SELECT lives_ok(format('SELECT annul_event(%s, ''day and month changed places'')', :typed), 'until it is annulled');
SELECT lives_ok($$SELECT record_event(pg_temp.id('A2'), 'registered', 2018, '2018-01-12')$$, 'then the right one is recorded');
SELECT lives_ok($$SELECT record_event(pg_temp.id('A2'), 'consulted', 2018, '2018-06-01')$$, 'and others follow it');

-- what ended a term is annulled, and the term goes on
SELECT revoke(pg_temp.id('A1'), '2/QĐ', '2019-03-01', 'x') AS revoked \gset
SELECT lives_ok(format('SELECT annul_event(%s, ''decision 2/QĐ was annulled'', ''2019-04-01'', ''3/QĐ'', ''2019-04-01'')', :revoked), 'a revocation that was annulled itself');
SELECT results_eq($$SELECT ends_on, ended_by FROM recognition_term WHERE unit_id = pg_temp.id('A1')$$, $$VALUES (date '2021-11-01', 'lapsed')$$, 'is as if it had never been');
SELECT is(lapse_recognitions('2021-12-31'), 1, 'the term lapses');
SELECT id AS lapsed FROM effective_recognition WHERE event = 'lapsed' \gset
SELECT pg_temp.tell('A1', 2021, '{"road": 80, "homes": 70, "poor": 10}') \g /dev/null
SELECT throws_matching($$SELECT renew(pg_temp.id('A1'), 2021, '4/QĐ', '2021-10-01')$$, 'has no recognition at tier standard to renew', 'a renewal that arrives late finds it lapsed');
SELECT lives_ok(format('SELECT annul_event(%s, ''recorded too early'')', :lapsed), 'the lapse is annulled');
SELECT lives_ok($$SELECT renew(pg_temp.id('A1'), 2021, '4/QĐ', '2021-10-01')$$, 'and the renewal recorded');
SELECT results_eq($$SELECT ends_on FROM recognition_term WHERE unit_id = pg_temp.id('A1')$$, $$VALUES (date '2024-10-01')$$, 'the term goes on');
SELECT is(lapse_recognitions('2024-12-31'), 1, 'and lapses again');
SELECT is_empty('SELECT * FROM check_decisions()', 'the chain still holds');

-- an end on which a new term rests stays
INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('A6'), 'recognised', 2017, '2017-12-01'), (pg_temp.id('A6'), 'revoked', 2018, '2018-03-01'), (pg_temp.id('A6'), 'recognised', 2019, '2019-12-01');
SELECT throws_ok($$SELECT annul_event(id, 'x') FROM recognition WHERE unit_id = pg_temp.id('A6') AND event = 'revoked'$$, '55000', NULL, 'a revocation after which the unit was recognised again stays');
SELECT throws_ok($$SELECT annul_event(id, 'x') FROM recognition WHERE unit_id = pg_temp.id('A6') AND event = 'recognised' AND year = 2017$$, '55000', NULL, 'and so does the recognition it revoked');
SELECT lives_ok($$SELECT annul_event(id, 'x') FROM recognition WHERE unit_id = pg_temp.id('A6') AND event = 'recognised' AND year = 2019$$, 'from the end backwards');
SELECT lives_ok($$SELECT annul_event(id, 'x') FROM recognition WHERE unit_id = pg_temp.id('A6') AND event = 'revoked'$$, 'everything');
SELECT lives_ok($$SELECT annul_event(id, 'x') FROM recognition WHERE unit_id = pg_temp.id('A6') AND event = 'recognised' AND year = 2017$$, 'is annulled');
SELECT is_empty($$SELECT * FROM recognition_status WHERE unit_id = pg_temp.id('A6')$$, 'until nothing is left');
SELECT throws_ok($$DELETE FROM recognition$$, '55000', NULL, 'but nothing is deleted');

SELECT * FROM finish();
ROLLBACK;
