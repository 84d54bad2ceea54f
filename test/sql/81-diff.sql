-- diff and drop_variant: two editions side by side.

BEGIN;
SET search_path = ntm, public;
SELECT plan(9);

CREATE TABLE edition AS
SELECT '{"code": "T", "title": "Thử", "nodes": [
           {"code": "1", "title": "Nước", "measure": "water", "unit": "%", "rule": ">= 95%", "when": {"A": ">= 90%"}, "cite": "1/QĐ", "source": "illustrative"},
           {"code": "2", "measure": "road", "delegated": "the province"},
           {"code": "3", "measure": "income", "rule": ">= 45"}]}'::ruleset AS ruleset;

SELECT is_empty($$ SELECT d.* FROM edition, diff(ruleset, ruleset) AS d $$, 'an edition does not differ from itself');

SELECT results_eq(
    $$ SELECT d.* FROM edition, diff(ruleset, amend(amend(ruleset, '1', '>= 98%'), '2', '>= 80%')) AS d $$,
    $$ VALUES ('1', NULL, 'rule', '>= 95%', '>= 98%'),
              ('1', NULL, 'source', 'illustrative', NULL),
              ('2', NULL, 'delegated', 'the province', NULL),
              ('2', NULL, 'rule', NULL, '>= 80%') $$,
    'changed rules, and what was delegated');

SELECT results_eq(
    $$ SELECT d.* FROM edition, diff(ruleset, amend(ruleset, '3', '>= 36', 'B')) AS d $$,
    $$ VALUES ('3', 'B', 'rule', NULL, '>= 36') $$,
    'a variant added');

SELECT results_eq(
    $$ SELECT d.* FROM edition, diff(ruleset, drop_variant(ruleset, '1', 'A')) AS d $$,
    $$ VALUES ('1', 'A', 'rule', '>= 90%', NULL) $$,
    'a variant dropped');

SELECT results_eq(
    $$ SELECT d.* FROM edition, diff(ruleset, (ruleset::jsonb #- '{nodes,2}')::ruleset) AS d $$,
    $$ VALUES ('3', NULL, 'measure', 'income', NULL),
              ('3', NULL, 'node', '3', NULL),
              ('3', NULL, 'rule', '>= 45', NULL) $$,
    'a node gone');

SELECT is((SELECT count(*) FROM edition, diff((ruleset::jsonb #- '{nodes,2}')::ruleset, ruleset) AS d WHERE d.old_value IS NULL), 3::bigint,
          'and seen from the other side, a node added');

SELECT is((SELECT overall(assess('{"water": 92, "road": 1, "income": 50}', drop_variant(ruleset, '1', 'A'), '{A}')) FROM edition), 'not_met',
          'without its variant the class has the standard rule');

SELECT throws_ok($$ SELECT drop_variant(ruleset, '1', 'B') FROM edition $$, '22023',
                 'node "1" of ruleset "T" has no variant for class "B"', 'a variant that is not there');
SELECT throws_ok($$ SELECT drop_variant(ruleset, '9', 'A') FROM edition $$, '22023',
                 'ruleset "T" has no node "9"', 'a node that is not there');

SELECT * FROM finish();
ROLLBACK;
