-- cheapest_path and cost_to_comply: hand-made cases, then generated ones
-- against trying every combination of values.

BEGIN;
SET search_path = ntm, public;
SELECT plan(36);

CREATE FUNCTION pg_temp.set_of(rule text) RETURNS ruleset
    LANGUAGE sql AS
$$ SELECT jsonb_build_object('code', 'T', 'nodes', jsonb_build_array(jsonb_build_object('code', '1', 'rule', rule)))::ruleset $$;

CREATE FUNCTION pg_temp.cost(rule text, measures measures, costs measures) RETURNS numeric
    LANGUAGE sql AS
$$ SELECT cost_to_comply(measures, pg_temp.set_of(rule), costs) $$;

SELECT is(pg_temp.cost('a >= 5', '{"a": 5}', '{"a": 10}'), 0::numeric, 'nothing to do costs nothing');
SELECT is(pg_temp.cost('a >= 5', '{"a": 4}', '{"a": 10}'), 10::numeric, 'a fixed price');
SELECT is(pg_temp.cost('a >= 5', '{"a": 2.5}', '{"a per unit": 3}'), 7.5, 'a price per unit');
SELECT is(pg_temp.cost('a <= 5', '{"a": 7}', '{"a": 10, "a per unit": 3}'), 16::numeric, 'both, downwards');
SELECT is(pg_temp.cost('a >= 5', '{}', '{"a": 3}'), 3::numeric, 'an unknown value can be changed for a fixed price');
SELECT is(pg_temp.cost('a <= 5', '{}', '{"a per unit": 2}'), NULL, 'not by the unit: nobody knows how far it is');
SELECT is(pg_temp.cost('a >= 5', '{"a": 4}', '{"b": 10}'), NULL, 'without a price there is no path');
SELECT is(pg_temp.cost('a >= 5', '{"a": "n/a"}', '{}'), 0::numeric, 'what does not apply is met');
SELECT is(pg_temp.cost('not a >= 5', '{"a": "n/a"}', '{"a": 1}'), NULL, 'and cannot be bought off');
SELECT is(pg_temp.cost('not a >= 5', '{"a": 6}', '{"a per unit": 1}'), 1.000001, 'out of an interval, by a millionth');
SELECT is(pg_temp.cost('a <> 5', '{"a": 5}', '{"a": 1}'), 1::numeric, 'away from one value');
SELECT is(pg_temp.cost('a / b >= 90%', '{"a": 50, "b": 57}', '{"a per unit": 10}'), 13::numeric, 'the numerator of a share');
SELECT is(pg_temp.cost('a / b >= 90%', '{"a": 50, "b": 57}', '{"b per unit": 10}'), NULL, 'never its denominator');
SELECT is(pg_temp.cost('at least 2 of (a met, b met, c met)', '{"c": 1}', '{"a": 3, "b": 2, "c": 9}'), 2::numeric, 'the cheapest items of a gate');
SELECT is(pg_temp.cost('at most 1 of (a met, b met, c met)', '{"a": 1, "b": 1, "c": 1}', '{"a": 3, "b": 2, "c": 9}'), 5::numeric, 'and those cheapest to lose');
SELECT is(pg_temp.cost('at least 50% of (a met, b met, c met)', '{}', '{"a": 3, "b": 2, "c": 9}'), 5::numeric, 'a percentage of items is rounded up');
SELECT is(pg_temp.cost('at most 50% of (a met, b met, c met)', '{"a": 1, "b": 1, "c": 1}', '{"a": 3, "b": 2, "c": 9}'), 5::numeric, 'or down');
SELECT is(pg_temp.cost('at least 50 points of (30 points: a met, 25 points: b met, 20 points: c met, 10 points: d met)',
                       '{}', '{"a": 10, "b": 9, "c": 2, "d": 1}'), 12::numeric, 'points are bought as cheaply as they can be');
SELECT is(pg_temp.cost('a >= 5 and a <= 8 and (a >= 7 or b met)', '{"a": 1}', '{"a per unit": 1, "b": 3}'), 6::numeric, 'a measure that decides several conditions is priced once');
SELECT is(pg_temp.cost('a >= 5 and a < 5', '{"a": 1}', '{"a": 1}'), NULL, 'a contradiction has no path');
SELECT throws_ok($$ SELECT pg_temp.cost('a >= 5', '{"a": 1}', '{"a": -1}') $$, '22003', 'the price "a" is negative', 'a negative price is refused');
SELECT throws_ok($$ SELECT pg_temp.cost('a >= 5', '{"a": 4.5}', '{"a per unit": 0.000001}') $$, '22003',
                 'the cost of changing measure "a" cannot be held exactly', 'a cost is exact or refused');

SELECT is(pg_temp.cost('(a >= 1 and b >= 1) or c >= 1', '{"a": 0, "b": 0, "c": 0}', '{"a": 9000000000000, "b": 9000000000000, "c": 1}'),
          1::numeric, 'a way that is beyond all means does not stand in the way of another');
SELECT throws_ok($$ SELECT pg_temp.cost('a >= 1 and b >= 1', '{"a": 0, "b": 0}', '{"a": 9000000000000, "b": 9000000000000}') $$, '22003',
                 'the cost to comply is too large', 'if there is no other, it is an error');
SELECT is((WITH chain AS (SELECT k, CASE k WHEN 0 THEN 'x >= 10' ELSE format('all of ([%s], [%s])', k - 1, k - 1) END AS rule FROM generate_series(0, 40) AS k)
           SELECT cost_to_comply('{"x": 5}', jsonb_build_object('code', 'C', 'rule', '[40]', 'nodes', jsonb_agg(jsonb_build_object('code', k::text, 'rule', rule) ORDER BY k))::ruleset, '{"x": 3}')
             FROM chain), 3::numeric, 'a node that is referred to over and over is paid for once');
SELECT is(cost_to_comply('{}', ('{"code": "R", "rule": "[1] and not [1]", "nodes": [{"code": "1", "rule": "at least 700 points of ('
              || (SELECT string_agg(format('1 points: x >= %s', i), ', ') FROM generate_series(1, 700) AS i) || ', 699 points: z >= 1)"}]}')::ruleset, '{"x": 1}'),
          NULL, 'a node wanted both ways has no path, however many conditions it has');


-- A measure with very many conditions: each is worth trying, none is compared
-- with all the others.
CREATE FUNCTION pg_temp.conditions(wanted integer) RETURNS ruleset
    LANGUAGE sql AS
$$
SELECT jsonb_build_object('code', 'M', 'nodes', jsonb_agg(jsonb_build_object('code', node::text, 'rule', rule)))::ruleset
  FROM (SELECT i / 500 AS node, string_agg('x <> ' || i * 7 % 100003, ' and ') AS rule
          FROM generate_series(1, wanted) AS i GROUP BY 1) AS r
$$;
CREATE TABLE many AS SELECT pg_temp.conditions(60000) AS ruleset;
SELECT performs_ok($$ SELECT cost_to_comply('{"x": 7}', ruleset, '{"x per unit": 1}') FROM many $$, 3000,
                   'sixty thousand conditions on one measure are a matter of a second');
SELECT is(cost_to_comply('{"x": 7}', pg_temp.conditions(2000), '{"x per unit": 1}'), 0.000001,
          'and the cheapest value is found');

SELECT results_eq(
    $$ SELECT code, measure, value, target, cost, proven
         FROM cheapest_path('{"hygienic": 92, "clean": 55, "w": 50, "hh": 57}',
                            '{"code": "T", "classes": {"X": null}, "nodes": [{"code": "17"},
                              {"code": "17.1", "measure": "hygienic", "rule": ">= 95% and clean >= 60%", "when": {"X": ">= 90% and clean >= 50%"}},
                              {"code": "3", "rule": "w / hh >= 90%"}]}',
                            '{"hygienic": 10, "clean per unit": 2.5, "w per unit": 3}') $$,
    $$ VALUES ('17.1', 'clean', 55::numeric, 60::numeric, 12.5, true),
              ('17.1', 'hygienic', 92, 95, 10::numeric, true),
              ('3', 'w', 50, 51.3, 3.9, true) $$,
    'the path names node, measure, value, target and cost');
SELECT is(cost_to_comply('{"hygienic": 92, "clean": 55}',
                         '{"code": "T", "nodes": [{"code": "1", "measure": "hygienic", "rule": ">= 95%", "when": {"X": ">= 90%"}}]}',
                         '{"hygienic": 10}', '{X}'), 0::numeric, 'classes choose the requirement');
SELECT is(cost_to_comply('{"a": 1}', '{"code": "T", "nodes": [{"code": "1", "measure": "a", "delegated": "the province"}]}', '{"a": 1}'),
          NULL, 'no price sets a requirement that is delegated');

-- Generated cases.  Measures a to d, whole numbers 0 to 4; every rule uses
-- each of them once (a tree) or at random (shared).

\set seed ''
\getenv seed NTM_SEED

CREATE FUNCTION pg_temp.draw(key text, choices integer) RETURNS integer
    LANGUAGE sql IMMUTABLE
    RETURN ('x' || substr(md5(:'seed' || key), 1, 7))::bit(28)::integer % choices;

CREATE FUNCTION pg_temp.condition(key text, measure text) RETURNS text
    LANGUAGE sql IMMUTABLE AS
$$
SELECT format((ARRAY['%s >= %s', '%s <= %s', '%s = %s', 'not %s >= %s', 'not %s = %s', '%s between %s and %s'])[1 + pg_temp.draw(key || 'sign', 6)],
              measure, pg_temp.draw(key || 'low', 5), 4)
$$;

CREATE FUNCTION pg_temp.gate(key text, items text[]) RETURNS text
    LANGUAGE sql IMMUTABLE AS
$$
SELECT CASE pg_temp.draw(key || 'gate', 7)
           WHEN 0 THEN '(' || array_to_string(items, ' and ') || ')'
           WHEN 1 THEN '(' || array_to_string(items, ' or ') || ')'
           WHEN 2 THEN format('at least %s of (%s)', 1 + pg_temp.draw(key || 'k', cardinality(items)), array_to_string(items, ', '))
           WHEN 3 THEN format('at most %s of (%s)', pg_temp.draw(key || 'k', cardinality(items)), array_to_string(items, ', '))
           WHEN 4 THEN format('at least %s%% of (%s)', 10 * pg_temp.draw(key || 'k', 11), array_to_string(items, ', '))
           WHEN 5 THEN format('not at least %s of (%s)', 1 + pg_temp.draw(key || 'k', cardinality(items)), array_to_string(items, ', '))
           ELSE format('at least %s points of (%s)', 1 + pg_temp.draw(key || 'k', 9),
                       (SELECT string_agg(format('%s points: %s', 1 + pg_temp.draw(key || i, 5), item), ', ' ORDER BY i)
                          FROM unnest(items) WITH ORDINALITY AS x (item, i)))
       END
$$;

CREATE TABLE generated AS
WITH drawn AS (
    SELECT n, shared, key,
           ARRAY(SELECT pg_temp.condition(key || i, CASE WHEN shared THEN substr('abcd', 1 + pg_temp.draw(key || i || 'measure', 4), 1)
                                                         ELSE substr('abcd', i, 1) END)
                   FROM generate_series(1, 4) AS i) AS conditions
      FROM generate_series(1, 400) AS n, (VALUES (false), (true)) AS s (shared),
           LATERAL (SELECT 'path' || n || shared) AS k (key))
SELECT n, shared,
       pg_temp.set_of(pg_temp.gate(key || 'outer', ARRAY[pg_temp.gate(key || 'left', conditions[1:2]), pg_temp.gate(key || 'right', conditions[3:4])])) AS ruleset,
       jsonb_build_object('a', pg_temp.draw(key || 'va', 5), 'b', pg_temp.draw(key || 'vb', 5), 'c', pg_temp.draw(key || 'vc', 5),
                          'd', CASE WHEN pg_temp.draw(key || 'unknown', 3) > 0 THEN pg_temp.draw(key || 'vd', 5) END)::measures AS measures,
       jsonb_build_object('a', pg_temp.draw(key || 'pa', 4), 'b per unit', 1 + pg_temp.draw(key || 'pb', 4),
                          'c', pg_temp.draw(key || 'pc', 4), 'c per unit', pg_temp.draw(key || 'qc', 3),
                          'd', 1 + pg_temp.draw(key || 'pd', 9))::measures AS costs
  FROM drawn;

CREATE FUNCTION pg_temp.price(costs measures, name text, was numeric, becomes numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE AS
$$
SELECT CASE WHEN becomes IS NOT DISTINCT FROM was THEN 0
            ELSE coalesce(costs -> name, 0) + coalesce(costs -> (name || ' per unit'), 0) * abs(becomes - coalesce(was, 0)) END
$$;

-- The conditions know only a few of a measure's values apart: keep the
-- cheapest of each, and try all combinations of those.
CREATE FUNCTION pg_temp.brute_force(measures measures, ruleset ruleset, costs measures) RETURNS numeric
    LANGUAGE sql AS
$$
WITH choices AS MATERIALIZED (
    SELECT name, value, pg_temp.price(costs, name, measures -> name, value) AS price
      FROM unnest(ARRAY['a', 'b', 'c', 'd']) AS name,
           LATERAL (SELECT measures -> name
                     UNION
                    SELECT whole + beside FROM generate_series(0, 4) AS whole, (VALUES (0), (-0.000001), (0.000001)) AS x (beside)) AS v (value)),
told_apart AS MATERIALIZED (
    SELECT DISTINCT ON (name, band) name, value, price
      FROM choices, LATERAL (SELECT CASE WHEN value IS NULL THEN -9
                                         WHEN value = trunc(value) THEN 2 * value
                                         ELSE 2 * floor(value) + 1 END) AS b (band)
     ORDER BY name, band, price)
SELECT min(a.price + b.price + c.price + d.price)
  FROM told_apart AS a, told_apart AS b, told_apart AS c, told_apart AS d
 WHERE a.name = 'a' AND b.name = 'b' AND c.name = 'c' AND d.name = 'd'
   AND overall(assess(measures || jsonb_build_object('a', a.value, 'b', b.value, 'c', c.value, 'd', d.value)::measures, ruleset))::boolean
$$;

CREATE TABLE answered AS
SELECT g.*, cost_to_comply(measures, ruleset, costs) AS cost, p.*
  FROM generated AS g
 CROSS JOIN LATERAL (SELECT coalesce(bool_and(proven), true) AS proven, sum(x.cost) AS total,
                            coalesce(measures_agg(x.measure, x.target), '{}') AS changes
                       FROM cheapest_path(g.measures, g.ruleset, g.costs) AS x) AS p;

SELECT is((SELECT count(*) FROM answered WHERE NOT proven), 0::bigint, 'all of these are proven');
SELECT is((SELECT count(*) FROM answered WHERE cost IS DISTINCT FROM coalesce(total, CASE WHEN overall(assess(measures, ruleset))::boolean THEN 0 END)),
          0::bigint, 'the cost is the sum of the path''s');
SELECT is((SELECT count(*) FROM answered WHERE cost IS NOT NULL AND overall(assess(measures || changes, ruleset))::boolean IS NOT TRUE),
          0::bigint, 'applying the path makes the verdict met');
SELECT ok((SELECT count(*) FILTER (WHERE cost > 0) > 200 AND count(*) FILTER (WHERE cost IS NULL) > 5 FROM answered),
          'the cases are not all trivial');
SELECT is((SELECT string_agg(format('%s %s %s costs %s: %s, not %s', ruleset::jsonb #>> '{nodes,0,rule}', measures, n, costs, cost, forced), E'\n')
             FROM (SELECT *, pg_temp.brute_force(measures, ruleset, costs) AS forced FROM answered WHERE n <= 40) AS x
            WHERE cost IS DISTINCT FROM forced),
          NULL, 'no cheaper way is found by trying every combination');

SELECT * FROM finish();
ROLLBACK;
