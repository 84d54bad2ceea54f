-- The chains of decisions and of the law they rest on: who alters, removes,
-- inserts or moves a row, by whatever means, is found out.
BEGIN;
SET search_path = ntm, public;
SELECT plan(59);
\ir registry.psql

INSERT INTO recognition (unit_id, event, year, event_date, decision, recorded_at)
SELECT pg_temp.id(v.code), v.event, v.year, v.event_date, 'số ' || v.number, '2019-06-30 12:00+07'
  FROM (VALUES (1, 'C1', 'recognised', 2013, date '2014-01-25'), (2, 'C2', 'recognised', 2014, '2014-12-25'),
               (3, 'C3', 'recognised', 2015, '2015-12-25'), (4, 'C1', 'revoked', 2016, '2016-05-25'),
               (5, 'A1', 'recognised', 2017, '2017-12-25')) AS v (number, code, event, year, event_date)
 ORDER BY v.number;

SELECT results_eq('SELECT position, row_id, previous_digest FROM decision_chain WHERE ledger = ''recognition'' ORDER BY position',
                  $$SELECT row_number() OVER w, id, coalesce(lag(c.digest) OVER w, repeat('0', 64))
                      FROM recognition JOIN decision_chain AS c ON c.ledger = 'recognition' AND c.row_id = id WINDOW w AS (ORDER BY id)$$,
                  'every row is chained to the one before it, in the order of ids');
SELECT results_eq('SELECT row_count, digest FROM decision_ledger WHERE ledger = ''recognition''', 'SELECT position, digest FROM decision_chain WHERE ledger = ''recognition'' AND position = 5', 'the head knows how many there are, and the last digest');
SELECT is_empty('SELECT * FROM check_decisions()', 'nothing is wrong');

-- the slow obvious reference: each row as text that is spelled out here
SELECT is(c.digest,
          encode(sha256(convert_to(c.previous_digest || format(
              '{"id": %s, "term": 1, "tier": "standard", "year": 2013, "event": "recognised", "unit_id": %s, "decision": "số 1", "on_paper": true, "event_date": "2014-01-25", "recorded_at": "2019-06-30T05:00:00+00:00", "recorded_by": "%s", "annulled_before": 0}',
              r.id, r.unit_id, current_user), 'UTF8')), 'hex'),
          'the digest is SHA-256 of the digest before and of the row as JSON')
  FROM decision_chain AS c JOIN recognition AS r ON r.id = c.row_id
 WHERE c.ledger = 'recognition' AND c.position = 1;

-- the same whatever the session has set
SET LOCAL TimeZone = 'Asia/Ho_Chi_Minh';
SET LOCAL DateStyle = 'German, DMY';
SET LOCAL IntervalStyle = 'sql_standard';
SET LOCAL bytea_output = 'escape';
SET LOCAL extra_float_digits = -3;
SELECT is_empty('SELECT * FROM check_decisions()', 'nor with other settings of time and date');
INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('A2'), 'registered', 2019, '01.12.2018');
SET LOCAL TimeZone = 'America/New_York';
SET LOCAL DateStyle = 'ISO, MDY';
SELECT is_empty('SELECT * FROM check_decisions()', 'nor for rows written under them');

-- what is printed on paper
SELECT digest AS printed FROM decision_ledger WHERE ledger = 'recognition' \gset
SELECT is_empty(format('SELECT * FROM check_decisions(%L)', :'printed'), 'the digest once printed is found');
SELECT is_empty(format('SELECT * FROM check_decisions(%L)', upper(:'printed')), 'in capitals too');
INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('A3'), 'registered', 2019, '2018-12-01');
SELECT is_empty(format('SELECT * FROM check_decisions(%L)', :'printed'), 'also when others have followed');
SELECT results_eq($$SELECT ledger, position, row_id, problem FROM check_decisions(repeat('a', 64))$$,
                  $$VALUES (NULL::text, NULL::bigint, NULL::bigint, 'no row of any chain has the digest ' || repeat('a', 64))$$,
                  'another one is not');

-- the ordinary ways are closed
SELECT throws_ok('UPDATE decision_chain SET digest = previous_digest', '55000', 'cannot update table decision_chain', 'the chain is not updated');
SELECT throws_ok('DELETE FROM decision_chain', '55000', NULL, 'nor deleted from');
SELECT throws_ok('TRUNCATE decision_chain', '55000', NULL, 'nor truncated');
SELECT throws_ok($$INSERT INTO decision_chain VALUES ('recognition', 99, 99, 'x', 'x')$$, '55000', 'cannot insert table decision_chain', 'nor written by hand');
SELECT throws_ok('UPDATE decision_ledger SET row_count = 1', '55000', 'cannot update table decision_ledger', 'nor is its head');
SELECT throws_ok('DELETE FROM decision_ledger', '55000', NULL, 'nor deleted');
SELECT throws_ok('TRUNCATE decision_ledger CASCADE', '55000', NULL, 'nor truncated');

-- By force: whoever disables the triggers.  Each attempt is undone.
CREATE FUNCTION pg_temp.found() RETURNS text LANGUAGE sql
    RETURN (SELECT string_agg(concat_ws(' ', ledger, position, problem), '; ' ORDER BY position) FROM check_decisions());

CREATE FUNCTION pg_temp.found_after(VARIADIC deeds text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    deed text;
    said text;
BEGIN
    BEGIN
        PERFORM set_config('session_replication_role', 'replica', true);
        FOREACH deed IN ARRAY deeds LOOP EXECUTE deed; END LOOP;
        said := pg_temp.found();
        RAISE EXCEPTION USING ERRCODE = 'ZZ001';
    EXCEPTION WHEN SQLSTATE 'ZZ001' THEN NULL;
    END;
    RETURN said;
END $$;

CREATE FUNCTION pg_temp.at(place bigint) RETURNS bigint LANGUAGE sql STABLE
    RETURN (SELECT row_id FROM decision_chain WHERE ledger = 'recognition' AND position = place);

SELECT is(pg_temp.found_after($$UPDATE recognition SET event_date = '2014-12-26' WHERE id = pg_temp.at(2)$$), 'recognition 2 has been altered', 'a date altered');
SELECT is(pg_temp.found_after($$UPDATE recognition SET note = 'x' WHERE id = pg_temp.at(1)$$), 'recognition 1 has been altered', 'a remark added');
SELECT is(pg_temp.found_after($$UPDATE recognition SET decision = NULL WHERE id = pg_temp.at(7)$$), NULL, 'nothing altered by an update to the same');
SELECT is(pg_temp.found_after($$UPDATE recognition SET decision = NULL WHERE id = pg_temp.at(5)$$), 'recognition 5 has been altered', 'a decision forgotten');
SELECT is(pg_temp.found_after($$UPDATE recognition SET recorded_at = recorded_at + interval '1 us' WHERE id = pg_temp.at(7)$$), 'recognition 7 has been altered', 'the last row altered by a microsecond');
SELECT is(pg_temp.found_after($$DELETE FROM recognition WHERE id = pg_temp.at(3)$$), 'recognition 3 has been removed', 'a row removed');
SELECT is(pg_temp.found_after($$DELETE FROM recognition WHERE id = pg_temp.at(7)$$), 'recognition 7 has been removed', 'the last row removed');
SELECT is(pg_temp.found_after($$DELETE FROM recognition$$), (SELECT string_agg('recognition ' || i || ' has been removed', '; ' ORDER BY i) FROM generate_series(1, 7) AS i), 'all rows removed');
SELECT is(pg_temp.found_after($$INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('A4'), 'registered', 2019, '2018-12-01')$$),
          'recognition is not in the chain', 'a row inserted');
SELECT is(pg_temp.found_after($$DELETE FROM recognition WHERE id = pg_temp.at(3)$$, $$DELETE FROM decision_chain WHERE ledger = 'recognition' AND position = 3$$),
          'recognition 4 follows rows that have been removed; recognition the head of the chain counts 7 rows, the chain has 6', 'a row removed from the chain as well');
SELECT is(pg_temp.found_after($$DELETE FROM recognition WHERE id = pg_temp.at(3)$$, $$DELETE FROM decision_chain WHERE ledger = 'recognition' AND position = 3$$,
                              $$UPDATE decision_chain SET position = position - 1 WHERE ledger = 'recognition' AND position > 3$$, $$UPDATE decision_ledger SET row_count = 6 WHERE ledger = 'recognition'$$),
          'recognition 3 does not follow the row before it: that was written anew, removed or inserted', 'and the rest counted anew');
SELECT is(pg_temp.found_after($$DELETE FROM recognition WHERE id = pg_temp.at(7)$$, $$DELETE FROM decision_chain WHERE ledger = 'recognition' AND position = 7$$),
          'recognition the head of the chain counts 7 rows, the chain has 6', 'the last row removed from the chain as well');
SELECT is(pg_temp.found_after($$DELETE FROM recognition WHERE id = pg_temp.at(7)$$, $$DELETE FROM decision_chain WHERE ledger = 'recognition' AND position = 7$$, $$UPDATE decision_ledger SET row_count = 6 WHERE ledger = 'recognition'$$),
          'recognition the head of the chain has another digest than the last row', 'and from the count');
SELECT is(pg_temp.found_after($$UPDATE decision_ledger SET digest = repeat('b', 64) WHERE ledger = 'recognition'$$), 'recognition the head of the chain has another digest than the last row', 'the head altered');
SELECT is(pg_temp.found_after($$DELETE FROM decision_ledger WHERE ledger = 'recognition'$$), 'recognition the head of the chain has been removed', 'the head removed');
SELECT is(pg_temp.found_after($$DELETE FROM decision_chain$$) LIKE '%recognition is not in the chain%', true, 'the chain removed');
SELECT is(pg_temp.found_after($$UPDATE recognition SET note = 'x' WHERE id = pg_temp.at(4)$$,
                              $$UPDATE decision_chain AS c SET digest = decision_digest(c.previous_digest, to_jsonb(r)) FROM recognition AS r WHERE c.ledger = 'recognition' AND r.id = c.row_id AND c.position = 4$$)
          LIKE '%recognition 5 does not follow the row before it%', true, 'a row altered and its digest with it');
SELECT is(pg_temp.found_after($$UPDATE decision_chain SET position = CASE position WHEN 2 THEN -3 ELSE -2 END WHERE ledger = 'recognition' AND position IN (2, 3)$$,
                              $$UPDATE decision_chain SET position = -position WHERE position < 0$$) LIKE '%recognition 2 does not follow%', true, 'two rows that change places');

-- who writes the whole chain anew is found out by the paper only
CREATE FUNCTION pg_temp.rewrite() RETURNS void LANGUAGE plpgsql SET TimeZone = 'UTC' AS $$
DECLARE
    link record;
    before text := repeat('0', 64);
BEGIN
    FOR link IN SELECT c.position, to_jsonb(r) AS content FROM decision_chain AS c JOIN recognition AS r ON r.id = c.row_id WHERE c.ledger = 'recognition' ORDER BY c.position LOOP
        UPDATE decision_chain SET previous_digest = before, digest = decision_digest(before, link.content) WHERE ledger = 'recognition' AND position = link.position;
        before := decision_digest(before, link.content);
    END LOOP;
    UPDATE decision_ledger SET digest = before WHERE ledger = 'recognition';
END $$;
SELECT is(pg_temp.found_after($$UPDATE recognition SET note = 'x' WHERE id = pg_temp.at(4)$$, $$SELECT pg_temp.rewrite()$$), NULL, 'who writes everything anew leaves no trace within');
SELECT is(pg_temp.found_after($$SELECT pg_temp.rewrite()$$), NULL, 'nor does writing anew what is right');
SAVEPOINT forced;
SET LOCAL session_replication_role = replica;
UPDATE recognition SET note = 'x' WHERE id = pg_temp.at(4);
SELECT pg_temp.rewrite() \g /dev/null
SELECT results_eq(format('SELECT position, problem FROM check_decisions(%L)', :'printed'),
                  format('SELECT NULL::bigint, %L', 'no row of any chain has the digest ' || :'printed'), 'but the paper tells');
ROLLBACK TO forced;

-- generated: any one column of any one row
SELECT is_empty($$
    SELECT r.id, altered.column
      FROM recognition AS r
     CROSS JOIN (VALUES ('unit_id'), ('tier'), ('year'), ('event'), ('event_date'), ('decision'), ('decision_date'), ('signer'), ('note'), ('term'),
                        ('criteria_set_id'), ('recorded_at'), ('recorded_by')) AS altered ("column")
     WHERE pg_temp.found_after(format(CASE WHEN altered.column IN ('unit_id', 'year', 'term', 'criteria_set_id') THEN 'UPDATE recognition SET %1$I = coalesce(%1$I, 0) + 40 WHERE id = %2$s'
                                           WHEN altered.column IN ('event_date', 'decision_date', 'recorded_at') THEN 'UPDATE recognition SET %1$I = coalesce(%1$I, now()) + interval ''1 day'' WHERE id = %2$s'
                                           WHEN altered.column = 'tier' THEN 'UPDATE recognition SET tier = ''model'' WHERE id = %2$s'
                                           WHEN altered.column = 'event' THEN 'UPDATE recognition SET event = CASE event WHEN ''registered'' THEN ''revoked'' ELSE ''registered'' END WHERE id = %2$s'
                                           ELSE 'UPDATE recognition SET %1$I = coalesce(%1$I, '''') || ''.'' WHERE id = %2$s' END, altered.column, r.id))
           IS DISTINCT FROM (SELECT format('recognition %s has been altered', c.position) FROM decision_chain AS c WHERE c.ledger = 'recognition' AND c.row_id = r.id)$$,
    'whatever column of whatever row is altered is found');
SELECT is_empty('SELECT * FROM check_decisions()', 'all that was undone');

-- a lost head stops the ledger rather than starting a second chain
SAVEPOINT lost;
SET LOCAL session_replication_role = replica;
DELETE FROM decision_ledger WHERE ledger = 'recognition';
SET LOCAL session_replication_role = origin;
SELECT throws_ok($$INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('A4'), 'registered', 2019, '2018-12-01')$$, '55000',
                 'the chain of decisions in table recognition has no head', 'without its head the chain is not continued');
ROLLBACK TO lost;

-- The law that decisions rest on is chained too.
SELECT publish_procedure('{"code": "P", "title": "Procedure", "valid_years": 3, "key_criteria": ["1"], "steps": [
    {"event": "registered", "before": {"month": 12, "day": 31, "year": -1}},
    {"event": "recognised", "after": ["registered"], "conditions": [{"code": "1", "title": "One", "rule": "met_count >= 1"}]}]}',
    'area', 'standard', '2018-01-01') AS procedure_id \gset
SELECT publish_award_document('{"code": "W", "title": "Award", "level": "area", "resolution": "R", "valid_from": "2018-01-01",
    "clauses": [{"code": "1", "title": "One", "rule": "road >= 80"}], "amounts": [{"condition": "homes >= 90", "amount": 50}, {"amount": 30}],
    "priority": [{"fact": "road", "direction": "descending"}]}') AS policy_id \gset
SELECT results_eq('SELECT ledger, row_count FROM decision_ledger ORDER BY ledger',
                  $$VALUES ('award', 0::bigint), ('award_amount', 2), ('award_policy', 1), ('award_priority', 1), ('criteria_set', 2),
                           ('procedure_step', 2), ('recognition', 7), ('recognition_procedure', 1)$$, 'the law is chained as it is published');
SELECT is_empty('SELECT * FROM check_decisions()', 'all of it right');
SELECT is_empty($$
    SELECT deed.statement, pg_temp.found_after(deed.statement)
      FROM (VALUES ('recognition_procedure 1', 'UPDATE recognition_procedure SET valid_years = 30'), ('recognition_procedure 1', $d$UPDATE recognition_procedure SET title = 'Other'$d$),
                   ('recognition_procedure 1', $d$UPDATE recognition_procedure SET key_criteria = '{}'$d$), ('recognition_procedure 1', $d$UPDATE recognition_procedure SET valid_from = '2017-01-01'$d$),
                   ('procedure_step 2', $d$UPDATE procedure_step SET "after" = '{}' WHERE event = 'recognised'$d$), ('procedure_step 1', 'UPDATE procedure_step SET deadline_day = 30 WHERE deadline_day = 31'),
                   ('procedure_step 2', $d$UPDATE procedure_step SET conditions = ntm.amend(conditions, '1', 'met_count >= 2') WHERE event = 'recognised'$d$),
                   ('procedure_step 2', $d$UPDATE procedure_step SET conditions = NULL WHERE event = 'recognised'$d$),
                   ('criteria_set 2', $d$UPDATE criteria_set SET ruleset = ntm.amend(ruleset, '1', '>= 79') WHERE code = 'T-KDC'$d$), ('criteria_set 1', $d$UPDATE criteria_set SET decision = '1' WHERE code = 'T-XA'$d$),
                   ('criteria_set 1', $d$UPDATE criteria_set SET status = 'sourced' WHERE code = 'T-XA'$d$), ('award_policy 1', 'UPDATE award_policy SET quota_number = 9'),
                   ('award_policy 1', $d$UPDATE award_policy SET ruleset = ntm.amend(ruleset, '1', 'road >= 70')$d$), ('award_amount 1', 'UPDATE award_amount SET amount = 60 WHERE amount = 50'),
                   ('award_amount 1', $d$UPDATE award_amount SET condition = 'homes >= 80' WHERE amount = 50$d$), ('award_priority 1', $d$UPDATE award_priority SET direction = 'ascending'$d$))
           AS deed (place, statement)
     WHERE pg_temp.found_after(deed.statement) IS DISTINCT FROM deed.place || ' has been altered'$$, 'published law that was altered is found');
SELECT is(pg_temp.found_after($$DELETE FROM procedure_step WHERE event = 'registered'$$), 'procedure_step 1 has been removed', 'a step removed');
SELECT is(pg_temp.found_after($$INSERT INTO procedure_step (procedure_id, position, event) SELECT id, 3, 'proposed' FROM recognition_procedure$$), 'procedure_step is not in the chain', 'a step inserted');
SELECT is(pg_temp.found_after($$INSERT INTO award_amount (policy_id, position, amount) SELECT id, 3, 1 FROM award_policy$$), 'award_amount is not in the chain', 'an amount inserted');
SELECT is(pg_temp.found_after($$DELETE FROM award_priority$$), 'award_priority 1 has been removed', 'a priority removed');
SELECT is(pg_temp.found_after($$DELETE FROM criteria_set WHERE code = 'T-XA'$$), 'criteria_set 1 has been removed', 'an edition removed');

-- what may change later, the end, is not in the text
UPDATE recognition_procedure SET valid_to = '2030-01-01';
UPDATE award_policy SET valid_to = '2030-01-01';
UPDATE criteria_set SET valid_to = '2030-01-01' WHERE code = 'T-XA';
SELECT is_empty('SELECT * FROM check_decisions()', 'what is published may end');
SELECT is(pg_temp.found_after($$UPDATE criteria_set SET valid_to = '2031-01-01' WHERE code = 'T-XA'$$), NULL, 'when it ends is not covered');
SELECT throws_ok('UPDATE criteria_set SET title = title || ''.'' WHERE code = ''T-XA''', '55000', NULL, 'by ordinary means nothing else is altered');
SELECT is(decision_digest('x', '{"a": 1, "valid_to": "2030-01-01", "b": {"valid_to": 1, "c": null}}'), encode(sha256('x{"a": 1, "b": {"valid_to": 1}}'), 'hex'),
          'of the row itself only: what is in its values stays');

-- the chains of other versions hold only if the text of a row stays what it is
SELECT is((SELECT to_jsonb(r) FROM (SELECT 'met'::verdict AS verdict, '{"a": 1.50, "b": "n/a", "c": null, "d": true}'::measures AS measures, 'a / b ≥ 50 %'::rule AS rule,
                                           t.ruleset, assess('{"a": 1.5}', t.ruleset) AS scorecard
                                      FROM (VALUES ('{"code": "T", "title": "Đ", "nodes": [{"code": "1", "measure": "a", "rule": "≥ 1,5"}, {"code": "2", "measure": "b", "rule": "Đạt", "when": {"X": "= 0"}}]}'::ruleset)) AS t (ruleset)) AS r)::text,
          $${"rule": "a / b >= 50%", "ruleset": "{\"code\": \"T\", \"title\": \"Đ\", \"nodes\": [{\"code\": \"1\", \"measure\": \"a\", \"rule\": \">= 1.5\"}, {\"code\": \"2\", \"measure\": \"b\", \"rule\": \"met\", \"when\": {\"X\": \"= 0\"}}]}", "verdict": "met", "measures": "{\"a\": 1.5, \"b\": \"n/a\", \"c\": null, \"d\": 1}", "scorecard": "{\"overall\": \"unknown\", \"1\": \"met\", \"2\": \"unknown\", \"ruleset\": \"147f5d059c6a41333cbd79e36c0e6f05\"}"}$$,
          'values of ntm stand in the text of a row as strings, in canonical form');
SELECT is_empty($$SELECT c.castsource::regtype FROM pg_cast AS c JOIN pg_type AS t ON t.oid = c.castsource WHERE t.typnamespace = 'ntm'::regnamespace AND c.casttarget = 'json'::regtype$$,
                'none of the types has a cast to json, which would change that text');

-- another table is chained by three statements
CREATE TABLE award_test (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, amount numeric(18,0), paid_at timestamptz);
INSERT INTO decision_ledger (ledger) VALUES ('award_test');
CREATE TRIGGER lock_decisions BEFORE INSERT ON award_test FOR EACH STATEMENT EXECUTE FUNCTION lock_decisions();
CREATE TRIGGER chain_decisions AFTER INSERT ON award_test REFERENCING NEW TABLE AS new_decisions FOR EACH STATEMENT EXECUTE FUNCTION chain_decisions();
INSERT INTO award_test (amount) SELECT 1000000.0 * i FROM generate_series(1, 10000) AS i;
INSERT INTO award_test (amount) SELECT 1 WHERE false;
INSERT INTO award_test (paid_at) VALUES (now());
SELECT results_eq($$SELECT ledger, row_count FROM decision_ledger ORDER BY ledger$$, $$VALUES ('award', 0::bigint), ('award_amount', 2), ('award_policy', 1), ('award_priority', 1), ('award_test', 10001), ('criteria_set', 2),
                                                                                            ('procedure_step', 2), ('recognition', 7), ('recognition_procedure', 1)$$, 'each table has a chain of its own');
SELECT is_empty('SELECT * FROM check_decisions()', 'and all are checked');
UPDATE award_test SET amount = amount + 1 WHERE id = 5000;
SELECT results_eq('SELECT ledger, position, row_id, problem FROM check_decisions()', $$VALUES ('award_test', 5000::bigint, 5000::bigint, 'has been altered')$$, 'one row of ten thousand');
ALTER TABLE award_test ADD COLUMN remark text;
SELECT is((SELECT count(*) FROM check_decisions()), 1::bigint, 'a column added later does not disturb the chain');

SELECT * FROM finish();
ROLLBACK;
