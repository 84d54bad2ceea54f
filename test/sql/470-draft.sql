-- Drafts as rows, publishing and superseding them, and sets that refine others.
BEGIN;
SET search_path = ntm, public;
SELECT plan(81);
\ir registry.psql

-- ---- from CSV to an edition ----

INSERT INTO draft_set (code, title, cite, level, issuer, decision, decision_date)
VALUES ('D-XA', 'Annex', 'Decision 1', 'district', 'Province', '1/QĐ', '2019-12-20');

-- cells as they stand in an annex: blanks of all kinds, "" for nothing
\copy draft_criterion (set_code, code, title, measure, unit, rule, delegated, cite, source, position) FROM STDIN (FORMAT csv, HEADER)
set,code,title,measure,unit,rule,delegated,cite,source,position
D-XA,1 ,Planning,has_plan,đạt/không,Đạt,,"D, 1",https://example.org/1,1
D-XA,2.1,Hygienic water,water,%," ≥ 95% and clean_water ≥60,5 %",,"D, 2.1",https://example.org/2,3
D-XA,2,Water,,,,"",,,2
D-XA,3,Roads,roads,%,,UBND cấp tỉnh quy định,"D, 3",https://example.org/3,4
D-XA,4,Food safety,food,%,100%,,"D, 4",https://example.org/4,
D-XA,5.a,Houses,houses,nhà,Không,,"D, 5",https://example.org/5,
\.
\copy draft_variant (set_code, code, class, rule, source) FROM STDIN (FORMAT csv)
D-XA,2.1,TDMNPB,≥ 90 %,https://example.org/2
D-XA,2.1,DBSH,,https://example.org/2
\.
INSERT INTO draft_class (set_code, code, title) VALUES ('D-XA', 'TDMNPB', 'Midlands'), ('D-XA', 'DBSH', NULL);
INSERT INTO draft_measure (set_code, name, title, unit) VALUES ('D-XA', 'clean_water', 'Clean water', '%');

SELECT results_eq(
    $$SELECT table_name, column_name, code, cell, severity, problem, hint FROM draft_problem WHERE set_code = 'D-XA'$$,
    $$VALUES ('draft_criterion', 'code', '5.a', '5.a', 'error', 'The node above it, "5", is not in the draft.',
              'Add a row for that one, or write a hyphen (-) into column parent if there is none.')$$,
    'a draft shows what does not fit together');
SELECT throws_ok($$SELECT draft_ruleset('D-XA')$$, '22P02', 'draft "D-XA" cannot be read', 'until then it is no ruleset');
UPDATE draft_criterion SET parent = '-' WHERE code = '5.a';
SELECT is_empty($$SELECT * FROM draft_problem WHERE severity <> 'notice'$$, 'a hyphen: no node above it');
SELECT is(draft_ruleset('D-XA')::text,
    '{"code": "D-XA", "title": "Annex", "cite": "Decision 1",
      "classes": {"TDMNPB": "Midlands", "DBSH": null}, "measures": {"clean_water": {"title": "Clean water", "unit": "%"}},
      "nodes": [
        {"code": "1", "title": "Planning", "measure": "has_plan", "unit": "đạt/không", "rule": "met", "cite": "D, 1", "source": "https://example.org/1"},
        {"code": "2", "title": "Water"},
        {"code": "2.1", "title": "Hygienic water", "measure": "water", "unit": "%", "rule": ">= 95% and clean_water >= 60.5%",
         "when": {"TDMNPB": ">= 90%"}, "cite": "D, 2.1", "source": "https://example.org/2",
         "when_source": {"TDMNPB": "https://example.org/2", "DBSH": "https://example.org/2"}},
        {"code": "3", "title": "Roads", "measure": "roads", "unit": "%", "delegated": "UBND cấp tỉnh quy định", "cite": "D, 3", "source": "https://example.org/3"},
        {"code": "4", "title": "Food safety", "measure": "food", "unit": "%", "rule": ">= 100", "cite": "D, 4", "source": "https://example.org/4"},
        {"code": "5.a", "title": "Houses", "parent": null, "measure": "houses", "unit": "nhà", "rule": "= 0", "cite": "D, 5", "source": "https://example.org/5"}]}'::ruleset::text,
    'the rows make the ruleset, in order of position, then of loading');
SELECT is(source_status(draft_ruleset('D-XA')), 'sourced', 'every requirement has its address');

SELECT throws_ok($$SELECT publish_criteria_set('NONE')$$, '42704', 'there is no draft "NONE"', 'there must be a draft');
SELECT throws_ok($$SELECT publish_criteria_set('D-XA')$$, '22023', 'draft "D-XA" cannot be published', 'and a day from which it is in force');
SELECT lives_ok($$SELECT publish_criteria_set('D-XA', '2020-01-01')$$, 'a draft is published');
SELECT results_eq($$SELECT code, title, level, tier, issuer, decision, decision_date, valid_from, valid_to, status, refines_id, ruleset::text
                      FROM criteria_set WHERE code = 'D-XA'$$,
                  $$SELECT 'D-XA', 'Annex', 'district', 'standard', 'Province', '1/QĐ', date '2019-12-20', date '2020-01-01', NULL::date, 'sourced', NULL::bigint,
                           draft_ruleset('D-XA')::text$$,
                  'as it stands, sourced because its sources say so');
SELECT is((SELECT kind FROM indicator WHERE name = 'roads'), 'percent', 'and brings its measures');
SELECT throws_ok($$SELECT publish_criteria_set('D-XA', '2021-01-01')$$, '23P01', 'criteria set "D-XA" would be in force together with "D-XA"', 'once');
UPDATE draft_criterion SET rule = '≥ 99%' WHERE code = '2.1';
SELECT is((SELECT rule FROM criteria_set AS c, ntm.requirements(c.ruleset) AS r WHERE c.code = 'D-XA' AND r.code = '2.1' AND r.class IS NULL),
          '>= 95% and clean_water >= 60.5%', 'what is done to the draft does not touch the edition');

-- ---- bad cells ----

INSERT INTO draft_set (code, level, tier, status, rule) VALUES ('D-BAD', 'xã', NULL, 'official', 'at least 2 from (*)');
INSERT INTO draft_criterion (set_code, code, measure, rule, delegated) VALUES
    ('D-BAD', '1', 'a', '≥ 95 phần trăm', NULL), ('D-BAD', '1', 'b', 'UBND cấp tỉnh quy định', NULL), ('D-BAD', NULL, 'c', '50 - 70', NULL),
    ('D-BAD', '2', 'd', '≥ 1', 'province'), ('D-BAD', '3', 'e', '80%', NULL), ('D-BAD', '4.1', 'f', '≥ 1,2345678', NULL);
INSERT INTO draft_variant (set_code, code, class, rule) VALUES
    ('D-BAD', '9', 'A', '>= 1'), ('D-BAD', '2', NULL, '>= 1'), ('D-BAD', '2', 'A', '>= 1'), ('D-BAD', '2', 'A', '>= '), ('D-BAD', '3', 'A', ' '), ('D-BAD', '3', 'C', '> 1');
INSERT INTO draft_class (set_code, code) VALUES ('D-BAD', 'A'), ('D-BAD', 'A'), ('D-BAD', '');
INSERT INTO draft_measure (set_code, name) VALUES ('D-BAD', 'x'), ('D-BAD', 'x'), ('D-BAD', NULL);
SELECT set_eq(
    $$SELECT table_name, column_name, code, class, cell,
             -- what is wrong within a rule is said by the type
             CASE column_name WHEN 'rule' THEN coalesce(substring(problem FROM 'at character \d+'), problem) ELSE problem END
        FROM draft_problem WHERE set_code = 'D-BAD'$$,
    $$VALUES ('draft_set', 'level', NULL, NULL, 'xã', 'The level is missing or unknown.'),
             ('draft_set', 'tier', NULL, NULL, NULL, 'The tier is missing or unknown.'),
             ('draft_set', 'status', NULL, NULL, 'official', 'The status is unknown.'),
             ('draft_set', 'rule', NULL, NULL, 'at least 2 from (*)', 'at character 12'),
             ('draft_criterion', 'rule', '1', NULL, '≥ 95 phần trăm', 'at character 6'),
             ('draft_criterion', 'rule', '1', NULL, 'UBND cấp tỉnh quy định', 'at character 6'),
             ('draft_criterion', 'code', '1', NULL, '1', format('The code is used twice; the other row is %s.',
                 (SELECT id FROM draft_criterion WHERE set_code = 'D-BAD' AND measure = 'a'))),
             ('draft_criterion', 'rule', NULL, NULL, '50 - 70', 'at character 1'),
             ('draft_criterion', 'code', NULL, NULL, NULL, 'The row has no code.'),
             ('draft_criterion', 'delegated', '2', NULL, 'province', 'A requirement that has a rule is not delegated.'),
             ('draft_criterion', 'rule', '3', NULL, '80%', 'at character 1'),
             ('draft_criterion', 'rule', '4.1', NULL, '≥ 1,2345678', 'at character 3'),
             ('draft_criterion', 'code', '4.1', NULL, '4.1', 'The node above it, "4", is not in the draft.'),
             ('draft_variant', 'code', '9', 'A', '9', 'There is no criterion "9" in the draft.'),
             ('draft_variant', 'class', '2', NULL, NULL, 'The row has no class.'),
             ('draft_variant', 'class', '2', 'A', 'A', format('The node has two variants for the class; the other row is %s.',
                 (SELECT min(id) FROM draft_variant WHERE set_code = 'D-BAD' AND code = '2' AND class = 'A'))),
             ('draft_variant', 'rule', '2', 'A', '>= ', 'at character 3'),
             ('draft_variant', 'rule', '3', 'A', NULL, 'The row says nothing.'),
             ('draft_variant', 'class', '3', 'C', 'C', 'Class "C" is not among the classes of the draft.'),
             ('draft_class', 'code', NULL, 'A', 'A', format('The class is listed twice; the other row is %s.',
                 (SELECT min(id) FROM draft_class WHERE set_code = 'D-BAD'))),
             ('draft_class', 'code', NULL, NULL, NULL, 'The row has no code.'),
             ('draft_measure', 'name', NULL, NULL, 'x', format('The measure is listed twice; the other row is %s.',
                 (SELECT min(id) FROM draft_measure WHERE set_code = 'D-BAD'))),
             ('draft_measure', 'name', NULL, NULL, NULL, 'The row has no name.')$$,
    'every bad cell is kept, and shown with its place');
SELECT is_empty($$SELECT * FROM draft_problem WHERE set_code = 'D-BAD' AND (severity <> 'error' OR hint IS NULL)$$, 'as an error, with what to do');
SELECT is_empty($$SELECT * FROM draft_problem AS p WHERE set_code = 'D-BAD' AND table_name = 'draft_criterion'
                     AND NOT EXISTS (SELECT FROM draft_criterion AS c WHERE c.id = p.row_id)$$, 'the row can be found by its id');
SELECT is((SELECT hint FROM draft_problem WHERE set_code = 'D-BAD' AND cell LIKE '%quy định'),
          'If another authority is to set it, put the words into column delegated.', 'words that annexes often have are explained');
SELECT throws_ok($$SELECT publish_criteria_set('D-BAD', '2020-01-01')$$, '22P02', 'draft "D-BAD" cannot be read', 'such a draft is not published');

-- the draft as a whole
INSERT INTO draft_set (code, level) VALUES ('D-WHOLE', 'province'), ('D-EMPTY', 'province');
INSERT INTO draft_criterion (set_code, code, rule) VALUES ('D-WHOLE', '1', '>= 95%'), ('D-WHOLE', '2', '[3]');
SELECT results_eq($$SELECT table_name, severity, problem, hint FROM draft_problem WHERE set_code = 'D-WHOLE'$$,
                  $$VALUES (NULL, 'error', 'In node "1": a condition names no measure, and the node has none of its own.', 'Give the node a "measure", or name one in the condition.')$$,
                  'what only the whole draft shows');
SELECT throws_like($$SELECT draft_ruleset('D-WHOLE')$$, 'invalid ruleset "D-WHOLE"%', 'is refused as well');
SELECT results_eq($$SELECT problem FROM draft_problem WHERE set_code = 'D-EMPTY'$$, $$VALUES ('The draft has no criteria.')$$, 'a draft without criteria is none');
UPDATE draft_criterion SET measure = 'a', rule = '>= 95 and <= 90', unit = '%' WHERE set_code = 'D-WHOLE' AND code = '1';
UPDATE draft_criterion SET measure = 'b', rule = '>= 195%', unit = '%' WHERE set_code = 'D-WHOLE' AND code = '2';
SELECT results_eq($$SELECT code, severity, hint FROM draft_problem WHERE set_code = 'D-WHOLE' ORDER BY code$$,
                  $$VALUES ('1', 'error', '>= 90 and <= 95'), ('2', 'warning', 'Correct the bound.')$$, 'and what is most likely wrong in it');
SELECT throws_ok($$SELECT publish_criteria_set('D-WHOLE', '2020-01-01')$$, '23514', 'criteria set "D-WHOLE" has errors', 'errors are not published');
SELECT throws_ok($$INSERT INTO criteria_set (code, title, level, tier, ruleset, valid_from, status)
                   VALUES ('x', 'x', 'province', 'model', draft_ruleset('D-WHOLE'), '2020-01-01', 'unverified')$$, '23514', NULL, 'not by plain insert either');
UPDATE draft_criterion SET rule = '>= 90' WHERE set_code = 'D-WHOLE' AND code = '1';
SELECT lives_ok($$SELECT publish_criteria_set('D-WHOLE', '2020-01-01', '2021-01-01')$$, 'warnings are');
SELECT results_eq($$SELECT title, status, valid_to FROM criteria_set WHERE code = 'D-WHOLE'$$, $$VALUES ('D-WHOLE', 'unverified', date '2021-01-01')$$, 'without sources it is unverified');
UPDATE draft_criterion SET source = 'illustrative' WHERE set_code = 'D-WHOLE' AND code = '1';
UPDATE draft_set SET status = 'sourced' WHERE code = 'D-WHOLE';
SELECT is((SELECT problem FROM draft_problem WHERE set_code = 'D-WHOLE' AND severity = 'error'), 'The status is sourced, but a requirement in it is illustrative.', 'what is illustrative');
SELECT throws_ok($$SELECT publish_criteria_set('D-WHOLE', '2021-01-01')$$, '22023', 'draft "D-WHOLE" cannot be published', 'does not pass for law');
DELETE FROM draft_set WHERE code = 'D-BAD';
SELECT is((SELECT count(*)::integer FROM draft_criterion WHERE set_code = 'D-BAD'), 0, 'deleting a draft deletes its rows');

-- ---- from an edition to rows and on ----

SELECT is(draft_from(ruleset), code, 'a draft of ' || code) FROM library ORDER BY code;
SELECT is(draft_ruleset(code)::text, ruleset::text, code || ' comes back exactly') FROM library ORDER BY code;
SELECT throws_ok($$SELECT draft_from(ruleset) FROM library WHERE code = 'PT-KDC-DEMO'$$, '42710', 'there is a draft "PT-KDC-DEMO" already', 'a draft is not overwritten');
SELECT is((SELECT draft_from(ruleset, 'COPY') FROM library WHERE code = 'PT-KDC-DEMO'), 'COPY', 'but another code can be given');
SELECT throws_ok($$SELECT draft_from('{"code": "B", "nodes": [{"code": "1", "title": "blank ", "measure": "a"}]}'::ruleset)$$, '0A000',
                 'criteria set "B" cannot be edited as rows', 'what rows cannot hold is refused');
SELECT throws_ok($$SELECT draft_from(-1)$$, '42704', 'there is no edition -1', 'so is an edition that is not there');
SELECT is((SELECT draft_from(id) FROM criteria_set WHERE code = 'T-XA'), 'T-XA', 'a draft of an edition');
SELECT results_eq($$SELECT level, tier, jurisdiction_id, refines_id, valid_from FROM draft_set WHERE code = 'T-XA'$$,
                  $$VALUES ('commune', 'standard', NULL::bigint, NULL::bigint, NULL::date)$$, 'for the same units');

SELECT pg_temp.tell('C1', v.year, '{"has_plan": true, "water": 92, "income": 37}') FROM (VALUES (2018), (2019)) AS v (year) \g /dev/null
UPDATE draft_variant SET rule = '≥ 93%' WHERE set_code = 'T-XA';
CREATE FUNCTION pg_temp.edition(wanted text, nth integer DEFAULT 1) RETURNS bigint
    LANGUAGE sql STABLE
    RETURN (SELECT c.id FROM criteria_set AS c WHERE c.code = wanted ORDER BY c.id OFFSET nth - 1 LIMIT 1);
SELECT throws_ok($$SELECT supersede_criteria_set(-1, 'T-XA', '2019-01-01')$$, '42704', 'there is no edition -1', 'the edition to supersede must be there');
SELECT throws_ok($$SELECT supersede_criteria_set(pg_temp.edition('T-XA'), 'NONE', '2019-01-01')$$, '42704', 'there is no draft "NONE"', 'and the draft');
SELECT throws_ok($$SELECT supersede_criteria_set(pg_temp.edition('T-KDC'), 'T-XA', '2019-01-01')$$, '22023', NULL, 'for the same units');
SELECT throws_ok($$SELECT supersede_criteria_set(pg_temp.edition('T-XA'), 'T-XA')$$, '22023', NULL, 'from a day');
SELECT throws_ok($$SELECT supersede_criteria_set(pg_temp.edition('T-XA'), 'T-XA', '2016-10-17')$$, '22023', NULL, 'after its first');
SELECT lives_ok($$SELECT supersede_criteria_set(pg_temp.edition('T-XA'), 'T-XA', '2019-07-01')$$, 'one statement');
SELECT results_eq($$SELECT valid_from, valid_to FROM criteria_set WHERE code = 'T-XA' ORDER BY id$$,
                  $$VALUES (date '2016-10-17', date '2019-07-01'), ('2019-07-01', NULL)$$, 'ends the old edition and publishes the new one');
SELECT results_eq($$SELECT year, verdict::text FROM assessment WHERE code = 'C1' ORDER BY year$$, $$VALUES (2018, 'met'), (2019, 'not_met')$$,
                  'each year is judged by its law');
SELECT throws_ok($$SELECT supersede_criteria_set(pg_temp.edition('T-XA'), 'T-XA', '2020-01-01')$$, '55000', NULL, 'an edition is superseded once');

-- ---- a province's set ----

SELECT publish_criteria_set('{"code": "NAT", "classes": {"N": null, "S": null}, "nodes": [
    {"code": "1", "measure": "road", "unit": "%", "delegated": "the province"},
    {"code": "2"},
    {"code": "2.1", "measure": "water", "unit": "%", "rule": ">= 95% and clean >= 60%", "when": {"N": ">= 90% and clean >= 50%"}},
    {"code": "2.2", "measure": "poor_share", "unit": "%", "rule": "<= 12%"},
    {"code": "3", "rule": "at least 2 of (*)"},
    {"code": "3.1", "measure": "meets_a", "unit": "đạt/không"}, {"code": "3.2", "measure": "meets_b", "unit": "đạt/không"}, {"code": "3.3", "measure": "c", "unit": "đạt/không"},
    {"code": "4", "rule": "asked / households >= 80%"},
    {"code": "5", "rule": "[3] or has_plan met"}]}',
    'commune', 'advanced', '2016-10-17') \g /dev/null
SELECT is(draft_from(pg_temp.edition('NAT'), 'PROV', pg_temp.id('D1')), 'PROV', 'a draft for a place within');
SELECT results_eq($$SELECT jurisdiction_id, refines_id, level, tier, issuer FROM draft_set WHERE code = 'PROV'$$,
                  $$VALUES (pg_temp.id('D1'), pg_temp.edition('NAT'), 'commune', 'advanced', NULL)$$, 'refines the edition');
SELECT is_empty($$SELECT * FROM draft_problem WHERE set_code = 'PROV' AND severity <> 'notice'$$, 'nothing is weaker yet');

-- changed: what is refined, with some nodes changed
CREATE FUNCTION pg_temp.weaker(VARIADIC changes text[]) RETURNS SETOF text
    LANGUAGE plpgsql
AS $$
DECLARE
    national ruleset := (SELECT c.ruleset FROM criteria_set AS c WHERE c.code = 'NAT');
    changed ruleset := national;
BEGIN
    FOR i IN 1 .. cardinality(changes) / 3 LOOP
        changed := CASE WHEN changes[3 * i - 1] IS NULL THEN amend(changed, changes[3 * i - 2], changes[3 * i]::rule)
                        ELSE amend(changed, changes[3 * i - 2], changes[3 * i]::rule, changes[3 * i - 1]) END;
    END LOOP;
    RETURN QUERY SELECT concat_ws(' ', p.severity, p.code, p.class, p.problem) FROM refinement_problems(national, changed) AS p;
END
$$;
SELECT is_empty($$SELECT pg_temp.weaker('1', NULL, '>= 70%', '1', 'N', '>= 0')$$, 'what is delegated may be set at will');
SELECT is_empty($$SELECT pg_temp.weaker('2.1', NULL, '>= 96% and clean >= 60%', '2.1', 'N', '> 90 and clean >= 50%', '2.2', NULL, '<= 11.9%')$$, 'thresholds may be tightened');
SELECT is_empty($$SELECT pg_temp.weaker('2.1', NULL, 'clean >= 60% and between 95% and 100%', '4', NULL, 'asked / households >= 0.8', '3', NULL, 'all of (*)')$$,
                'or put in other words');
SELECT is_empty($$SELECT pg_temp.weaker('2.1', 'S', '>= 98% and clean >= 60%')$$, 'a class may be asked for more');
SELECT is(pg_temp.weaker('2.1', NULL, '>= 94% and clean >= 60%'),
          'error 2.1 ">= 94% and clean >= 60%" asks for less than ">= 95% and clean >= 60%": with {"clean": 60, "water": 94} only the first is met.', 'a lower bound');
SELECT is(pg_temp.weaker('2.2', NULL, '<= 12.1%'), 'error 2.2 "<= 12.1%" asks for less than "<= 12%": with {"poor_share": 12.000001} only the first is met.', 'a higher limit');
SELECT is(pg_temp.weaker('2.2', NULL, '< 13 and <> 12.5'), 'error 2.2 "< 13 and <> 12.5" asks for less than "<= 12%": with {"poor_share": 12.000001} only the first is met.', 'in whatever words');
SELECT matches(pg_temp.weaker('2.1', NULL, '>= 95%'), '^error 2.1 .*"clean": ', 'a condition left out');
SELECT matches(pg_temp.weaker('2.1', 'S', '>= 90% and clean >= 50%'), '^error 2.1 S ', 'a class that was asked for more');
SELECT is_empty($$SELECT pg_temp.weaker('2.1', 'N', '>= 95% and clean >= 60%')$$, 'a class by itself');
SELECT matches(pg_temp.weaker('3', NULL, 'any of (*)'), '^error 3 .*\{"\[3\.1\]": \d, "\[3\.2\]": \d, "\[3\.3\]": \d\} only', 'a gate, by the verdicts of its nodes');
SELECT matches(pg_temp.weaker('4', NULL, 'asked / households >= 79.5%'), '^error 4 ', 'a share');
SELECT matches(pg_temp.weaker('5', NULL, '[3] or has_plan met or [4]'), '^error 5 .*"\[4\]": 1', 'a reference');
SELECT is_empty($$SELECT pg_temp.weaker('5', NULL, '[3]')$$, 'one reference less is more');
SELECT is(pg_temp.weaker('3.1', NULL, 'not met'), 'error 3.1 "not met" asks for less than "met": with {"meets_a": 0} only the first is met.', 'yes and no');
SELECT matches(pg_temp.weaker('4', NULL, 'asked / households >= 80% and m1 >= 1 and m2 >= 2 and m3 >= 3 and m4 >= 4'), '^warning 4 Whether .* cannot be decided', 'too much to compare');

CREATE FUNCTION pg_temp.weaker(changed jsonb) RETURNS SETOF text
    LANGUAGE sql
BEGIN ATOMIC
    SELECT concat_ws(' ', p.severity, coalesce(p.code, 'set'), p.class, p.problem)
      FROM criteria_set AS c, refinement_problems(c.ruleset, changed::ruleset) AS p
     WHERE c.code = 'NAT';
END;
CREATE FUNCTION pg_temp.national() RETURNS jsonb
    LANGUAGE sql STABLE
    RETURN (SELECT c.ruleset::jsonb FROM criteria_set AS c WHERE c.code = 'NAT');
SELECT results_eq($$SELECT pg_temp.weaker(pg_temp.national() #- '{nodes,3}')$$, $$VALUES ('error 2.2 The node is missing.')$$, 'a node left out');
SELECT is_empty($$SELECT pg_temp.weaker(jsonb_insert(pg_temp.national(), '{nodes,0}', '{"code": "2.3", "measure": "m"}'))$$, 'a node more');
SELECT matches(pg_temp.weaker(jsonb_insert(pg_temp.national(), '{nodes,0}', '{"code": "3.4", "measure": "m"}')), '^error 3 .*"\[3\.4\]": 1',
               'is less where it counts among others');
SELECT results_eq($$SELECT pg_temp.weaker(pg_temp.national() #- '{nodes,3,rule}' || jsonb_build_object('nodes', jsonb_set(pg_temp.national() -> 'nodes', '{3}', '{"code": "2.2", "measure": "poor_share", "delegated": "x"}')))$$,
                  $$VALUES ('error 2.2 The requirement is left open, but is "<= 12%" in the set refined.')$$, 'a requirement left open');
SELECT results_eq($$SELECT pg_temp.weaker(jsonb_set(pg_temp.national(), '{nodes,3,parent}', 'null'))$$,
                  $$VALUES ('error 2.2 The node stands under the set itself, not under "2".')$$, 'a node moved');
SELECT matches(pg_temp.weaker(jsonb_set(pg_temp.national(), '{nodes,3,measure}', '"other"')), '^error 2.2 ', 'another measure');
SELECT matches(pg_temp.weaker(jsonb_set(pg_temp.national(), '{rule}', '"at least 4 of (*)"')), '^error set "at least 4 of \(\*\)" asks for less', 'the set as a whole');
SELECT results_eq($$SELECT p.severity, p.code FROM library AS l, refinement_problems(l.ruleset, jsonb_set(l.ruleset::jsonb, '{rule}', '"at least 18 of (*)"')::ruleset) AS p
                     WHERE l.code = 'VN-XA-2016'$$, $$VALUES ('error', NULL)$$, 'of 19 criteria too');

UPDATE draft_criterion SET rule = '≥ 70%', delegated = NULL WHERE set_code = 'PROV' AND code = '1';
UPDATE draft_criterion SET rule = '≤ 15%' WHERE set_code = 'PROV' AND code = '2.2';
SELECT matches((SELECT problem FROM draft_problem WHERE set_code = 'PROV' AND severity = 'error'), '^Edition \d+ is refined\. "<= 15%" asks for less', 'the draft shows it');
SELECT throws_like($$SELECT publish_criteria_set('PROV', '2019-01-01')$$, 'criteria set "PROV" asks for less than edition % ("NAT"), which it refines', 'and is not published');
UPDATE draft_criterion SET rule = '≤ 10%' WHERE set_code = 'PROV' AND code = '2.2';
SELECT lives_ok($$SELECT publish_criteria_set('PROV', '2019-01-01')$$, 'until it asks for as much');
SELECT results_eq($$SELECT refined_code, code, what, old_value, new_value FROM refinement WHERE set_code = 'PROV' AND what <> 'source'$$,
                  $$VALUES ('NAT', '1', 'delegated', 'the province', NULL), ('NAT', '1', 'rule', NULL, '>= 70%'), ('NAT', '2.2', 'rule', '<= 12%', '<= 10%')$$,
                  'it says what it changed');
SELECT throws_like(format($$SELECT publish_criteria_set(ruleset, 'commune', 'advanced', '2010-01-01', '2011-01-01', %s, refines_id => %s) FROM criteria_set WHERE code = 'PROV'$$,
                          coalesce(v.place::text, 'NULL'), v.refined), 'criteria set "PROV" cannot refine edition %', v.what)
  FROM (VALUES (pg_temp.id('D2'), pg_temp.edition('PROV'), 'a set refines one in force around its place'),
               (NULL, pg_temp.edition('NAT'), 'not one for the same units'),
               (pg_temp.id('D2'), pg_temp.edition('T-KDC'), 'of the same level')) AS v (place, refined, what);

SELECT * FROM finish();
ROLLBACK;
