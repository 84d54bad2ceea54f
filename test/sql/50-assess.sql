-- assess(): truth tables of every gate, comparisons at their bounds, shares,
-- not applicable, classes; and ntm.scorecard: what is read off it, its forms.

BEGIN;
SET search_path = ntm, public;
SELECT plan(229);

CREATE FUNCTION pg_temp.refusal(statement text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    message text;
    detail text;
BEGIN
    EXECUTE statement;
    RETURN 'accepted';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
    RETURN concat_ws(' | ', SQLSTATE, message, nullif(detail, ''));
END
$$;

-- The verdict of a node with this rule
CREATE FUNCTION pg_temp.verdict(m measures, rule text) RETURNS text
LANGUAGE sql AS $$
    SELECT (assess(m, jsonb_build_object('code', 'X', 'nodes', jsonb_build_array(
        jsonb_build_object('code', '1', 'measure', 'own', 'rule', rule)))::ruleset) -> '1')::text
$$;

-- Truth tables. A condition "x met" has each of the four verdicts by its
-- measure. What is expected is worked out from the meaning, not by formulas: a
-- rule is met if it holds however the unknown turns out, not met if it never
-- does, and unknown otherwise; what does not apply counts as met; and a rule
-- that holds with nothing else is itself not applicable.

CREATE TEMPORARY TABLE fact (json text, verdict text, least integer, most integer);
INSERT INTO fact VALUES
    ('0', 'not_met', 0, 0), ('null', 'unknown', 0, 1), ('1', 'met', 1, 1), ('"n/a"', 'not_applicable', 1, 1);

-- A gate is a bound on the sum of the weights of what is met.
CREATE TEMPORARY TABLE gate (
    id integer GENERATED ALWAYS AS IDENTITY, kind text, items integer, rule text,
    direction text, threshold numeric, weights integer[]);
INSERT INTO gate (kind, items, rule, direction, threshold, weights)
SELECT kind, n, rule, direction, threshold, '{1,1,1}'
FROM (VALUES (1, 'a met'), (2, 'a met, b met'), (3, 'a met, b met, c met')) i(n, list),
LATERAL (
    VALUES ('and', replace(list, ',', ' and'), 'least', n::numeric),
           ('or', replace(list, ',', ' or'), 'least', 1),
           ('all', format('all of (%s)', list), 'least', n),
           ('any', format('any of (%s)', list), 'least', 1)
    UNION ALL
    SELECT format('at %s k', d), format('at %s %s of (%s)', d, k, list), d, k
    FROM generate_series(0, n + 1) k, unnest(ARRAY['least', 'most']) d
    UNION ALL
    SELECT format('at %s p%%', d), format('at %s %s%% of (%s)', d, p, list), d, p * n / 100
    FROM unnest(ARRAY[0, 0.000001, 33, 33.333333, 33.333334, 34, 49.999999, 50, 50.000001,
                      66.666666, 66.666667, 67, 99.999999, 100, 100.000001, 150]::numeric[]) p,
         unnest(ARRAY['least', 'most']) d
) g(kind, rule, direction, threshold);
INSERT INTO gate (kind, items, rule, direction, threshold, weights)
SELECT format('at %s points', d), n,
    format('at %s %s points of (%s points: a met, %s points: b met%s)', d, k, w[1], w[2],
           CASE n WHEN 3 THEN format(', %s points: c met', w[3]) END),
    d, k, w
FROM (VALUES (2, '{2,3,0}'::integer[]), (3, '{1,2,4}'), (3, '{5,1,1}'), (3, '{2,2,3}')) v(n, w),
     unnest(ARRAY['least', 'most']) d, generate_series(0, w[1] + w[2] + w[3] + 1) k;

CREATE TEMPORARY TABLE expected AS
SELECT g.id, format('{"a": %s, "b": %s, "c": %s}', a.json, b.json, c.json) AS facts,
    CASE WHEN bool_and(holds) THEN
             CASE WHEN a.verdict = 'not_applicable' AND (items < 2 OR b.verdict = 'not_applicable')
                       AND (items < 3 OR c.verdict = 'not_applicable')
                  THEN 'not_applicable' ELSE 'met' END
         WHEN bool_or(holds) THEN 'unknown'
         ELSE 'not_met' END AS verdict
FROM gate g, fact a, fact b, fact c,
    generate_series(a.least, a.most) x, generate_series(b.least, b.most) y, generate_series(c.least, c.most) z,
    LATERAL (SELECT x * weights[1] + CASE WHEN items > 1 THEN y * weights[2] ELSE 0 END
                 + CASE WHEN items > 2 THEN z * weights[3] ELSE 0 END AS sum) s,
    LATERAL (SELECT CASE direction WHEN 'least' THEN sum >= threshold ELSE sum <= threshold END AS holds) h
WHERE (items > 1 OR b.json = '1') AND (items > 2 OR c.json = '1')
GROUP BY g.id, g.items, a.json, b.json, c.json, a.verdict, b.verdict, c.verdict;

CREATE TEMPORARY TABLE observed AS
SELECT facts, assess(facts::measures, r) AS s, assess(facts::measures, negated) AS n
FROM (SELECT DISTINCT facts FROM expected) d,
     (SELECT format('{"code": "G", "nodes": [%s]}', string_agg(format('{"code": "%s", "rule": "%s"}', id, rule), ', '))::ruleset AS r,
             format('{"code": "N", "nodes": [%s]}', string_agg(format('{"code": "%s", "rule": "not (%s)"}', id, rule), ', '))::ruleset AS negated
      FROM gate) g;

SELECT is(count(*)::numeric, (SELECT sum(4 ^ items)::numeric FROM gate), 'every gate has every combination of verdicts') FROM expected;
SELECT is(
    string_agg(format('%s with %s is %s instead of %s', rule, facts, s -> id::text, verdict), E'\n')
        FILTER (WHERE (s -> id::text)::text IS DISTINCT FROM verdict),
    NULL, format('truth table: %s, %s items, %s cases', kind, items, count(*)))
FROM expected JOIN gate USING (id) JOIN observed USING (facts)
GROUP BY kind, items ORDER BY kind, items;
SELECT is(
    string_agg(format('not (%s) with %s is %s', rule, facts, n -> id::text), E'\n')
        FILTER (WHERE (n -> id::text)::text IS DISTINCT FROM
                      CASE verdict WHEN 'unknown' THEN 'unknown' WHEN 'not_met' THEN 'met' ELSE 'not_met' END),
    NULL, format('"not": %s cases', count(*)))
FROM expected JOIN gate USING (id) JOIN observed USING (facts);

-- the operators on verdicts say the same as the language
SELECT is_empty(
    $$SELECT a.verdict, b.verdict FROM fact a, fact b, LATERAL (SELECT format('{"a": %s, "b": %s}', a.json, b.json)::measures AS m) f
      WHERE pg_temp.verdict(m, 'a met and b met') <> (a.verdict::verdict & b.verdict::verdict)::text
         OR pg_temp.verdict(m, 'a met or b met') <> (a.verdict::verdict | b.verdict::verdict)::text
         OR pg_temp.verdict(m, 'not (a met)') <> (! a.verdict::verdict)::text$$,
    'and, or, not agree with &, |, !');

-- Points: every child has those of "*"
SELECT is(overall(assess('{"a": 1, "b": 0, "c": null}', format('{"code": "X", "rule": "%s", "nodes": [{"code": "1", "rule": "a met"}, {"code": "2", "rule": "b met"}, {"code": "3", "rule": "c met"}]}', rule)::ruleset))::text,
    verdict, format('%s is %s', rule, verdict))
FROM (VALUES ('at least 5 points of (5 points: *)', 'met'), ('at least 6 points of (5 points: *)', 'unknown'),
             ('at least 10 points of (5 points: *)', 'unknown'), ('at least 11 points of (5 points: *)', 'not_met'),
             ('at least 8 points of (5 points: *, 3 points: a met)', 'met'), ('at least 5 points of (5 points: not *)', 'met'),
             ('at least 6 points of (5 points: not *)', 'unknown'), ('at least 11 points of (5 points: not *)', 'not_met'),
             ('at most 4 points of (5 points: *)', 'not_met'), ('at most 9 points of (5 points: *)', 'unknown'),
             ('at most 10 points of (5 points: *)', 'met'),
             ('at least 1000000000 points of (999999999 points: a met, 1 points: b met)', 'not_met'),
             ('at least 999999999 points of (999999999 points: a met, 1 points: b met)', 'met'),
             ('at least 999999999 points of (333333333 points: *)', 'not_met'),
             ('at least 2 of (*, *)', 'met'), ('at least 3 of (*, *)', 'unknown'), ('at least 1 of (*, not *)', 'met'),
             ('all of (not *)', 'not_met'), ('at least 50% of (*, a met)', 'met'), ('at least 51% of (*, a met)', 'unknown')) t(rule, verdict);
SELECT is(pg_temp.refusal(
    $$SELECT '{"code": "X", "rule": "at least 1 points of (500000001 points: *)", "nodes": [{"code": "1", "rule": "a met"}, {"code": "2", "rule": "b met"}]}'::ntm.ruleset$$),
    '54000 | ruleset "X" is too large | The items of a gate are worth more than 1000000000 points, counting every child node that "*" stands for.',
    'points that "*" multiplies are limited too');

-- Comparisons at their bounds and a millionth on both sides

CREATE TEMPORARY TABLE bound AS
SELECT t, op, format('m %s %s', op, t) AS rule FROM unnest(ARRAY[0, 1, 95, -3, 0.5, 0.000001, -0.000001, 36.25,
    9199999999999.999998, -9199999999999.999998, 1234567.891234]::numeric[]) t, unnest(ARRAY['>=', '<=', '>', '<', '=', '<>']) op;
SELECT is(
    string_agg(format('%s with %s is %s', rule, value, said), E'\n') FILTER (WHERE said IS DISTINCT FROM should),
    NULL, format('%s at its bound and a millionth away: %s cases', op, count(*)))
FROM bound, unnest(ARRAY[t - 0.000001, t, t + 0.000001, t - 1000, t + 1000]) value,
    LATERAL (SELECT pg_temp.verdict(format('{"m": %s}', value)::measures, rule) AS said,
        CASE WHEN CASE op WHEN '>=' THEN value >= t WHEN '<=' THEN value <= t WHEN '>' THEN value > t
                          WHEN '<' THEN value < t WHEN '=' THEN value = t ELSE value <> t END
             THEN 'met' ELSE 'not_met' END AS should) v
WHERE abs(value) < 9200000000000
GROUP BY op ORDER BY op;
SELECT is(
    string_agg(format('between %s and %s with %s is %s', low, high, value, said), E'\n')
        FILTER (WHERE said <> CASE WHEN value BETWEEN low AND high THEN 'met' ELSE 'not_met' END),
    NULL, format('between: %s cases', count(*)))
FROM unnest(ARRAY[-5, 0, 0.5, 10]::numeric[]) low, unnest(ARRAY[-5, 0, 0.5, 10]::numeric[]) high,
    unnest(ARRAY[low - 0.000001, low, low + 0.000001, high - 0.000001, high, high + 0.000001]) value,
    LATERAL (SELECT pg_temp.verdict(format('{"m": %s}', value)::measures, format('m between %s and %s', low, high)) AS said) v;

SELECT is(pg_temp.verdict(m::measures, rule), verdict, format('%s with %s is %s', rule, m, verdict))
FROM (VALUES
    ('m met', '{"m": 1}', 'met'), ('m met', '{"m": true}', 'met'), ('m met', '{"m": 0.999999}', 'not_met'),
    ('m met', '{"m": 2}', 'met'), ('m met', '{"m": -1}', 'not_met'),
    ('m not met', '{"m": 1}', 'not_met'), ('m not met', '{"m": false}', 'met'), ('m not met', '{"m": 0.999999}', 'met'),
    ('m not met', '{}', 'unknown'), ('m not met', '{"m": "n/a"}', 'not_applicable'), ('not m met', '{"m": "n/a"}', 'not_met'),
    ('met', '{"own": 1}', 'met'), ('not met', '{"own": 1}', 'not_met'), ('>= 5', '{"own": 5}', 'met'),
    ('>= 5 and m >= 1', '{"own": 5}', 'unknown'), ('>= 5 and m >= 1', '{"own": 4}', 'not_met'),
    ('m >= 95%', '{"m": 95}', 'met'), ('m >= 95%', '{"m": 94.999999}', 'not_met'), ('m >= 95%', '{"m": 0.95}', 'not_met'),
    ('100%', '{"own": 100}', 'met'), ('100%', '{"own": 99.999999}', 'not_met'),
    -- a missing value is neither zero nor "no"
    ('m <= 4%', '{}', 'unknown'), ('m <= 4%', '{"m": null}', 'unknown'), ('m = 0', '{"n": 0}', 'unknown'), ('m <> 0', '{}', 'unknown'),
    ('m > 9199999999999.999999', '{"m": 9199999999999.999999}', 'not_met'),
    ('m < -9199999999999.999999', '{"m": -9199999999999.999999}', 'not_met'),
    ('m >= 9199999999999.999999', '{"m": 9199999999999.999999}', 'met')) t(rule, m, verdict);

-- Shares

SELECT is(pg_temp.verdict(format('{"a": %s, "b": %s}', a, b)::measures, rule), verdict, format('%s with %s / %s is %s', rule, a, b, verdict))
FROM (VALUES
    ('a / b >= 50%', '0', '0', 'not_applicable'), ('a / b <= 50%', '0', '0', 'not_applicable'), ('not a / b >= 50%', '0', '0', 'not_met'),
    ('a / b >= 50%', '5', '0', 'unknown'), ('a / b >= 50%', '-5', '0', 'unknown'), ('a / b < 50%', '0.000001', '0', 'unknown'),
    ('a / b >= 50%', '0', '5', 'not_met'), ('a / b = 0', '0', '5', 'met'),
    ('a / b >= 50%', 'null', '5', 'unknown'), ('a / b >= 50%', '5', 'null', 'unknown'), ('a / b >= 50%', 'null', 'null', 'unknown'),
    ('a / b >= 50%', 'null', '0', 'unknown'), ('a / b >= 50%', '0', 'null', 'unknown'),
    ('a / b >= 50%', '"n/a"', '5', 'not_applicable'), ('a / b >= 50%', '5', '"n/a"', 'not_applicable'),
    ('a / b >= 50%', '"n/a"', 'null', 'not_applicable'), ('a / b >= 50%', 'null', '"n/a"', 'not_applicable'),
    ('a / b >= 50%', '"n/a"', '0', 'not_applicable'),
    ('a / b >= 50%', '5', '10', 'met'), ('a / b >= 50%', '4.999999', '10', 'not_met'), ('a / b >= 0.5', '5', '10', 'met'),
    ('a / b >= 50', '5', '10', 'not_met'), ('a / b >= 1.5', '150', '100', 'met'), ('a / b > 50%', '5', '10', 'not_met'),
    ('a / b < 50%', '5', '10', 'not_met'), ('a / b <= 50%', '5', '10', 'met'), ('a / b = 50%', '5', '10', 'met'), ('a / b <> 50%', '5', '10', 'not_met'),
    ('a / b between 50% and 70%', '5', '10', 'met'), ('a / b between 50% and 70%', '7', '10', 'met'),
    ('a / b between 50% and 70%', '7.000001', '10', 'not_met'), ('a / b between 50% and 70%', '4.999999', '10', 'not_met'),
    ('a / b between 70% and 50%', '6', '10', 'not_met'),
    ('a / b met', '10', '10', 'met'), ('a / b met', '9.999999', '10', 'not_met'), ('a / b not met', '9.999999', '10', 'met'), ('a / b not met', '0', '0', 'not_applicable'),
    -- negative denominators turn the comparison, as division would
    ('a / b >= 50%', '-5', '-10', 'met'), ('a / b >= 50%', '-4', '-10', 'not_met'), ('a / b >= 50%', '5', '-10', 'not_met'),
    ('a / b <= -50%', '5', '-10', 'met'), ('a / b < -50%', '5', '-10', 'not_met'), ('a / b between 50% and 70%', '-6', '-10', 'met'),
    ('a / b between 50% and 70%', '-8', '-10', 'not_met'), ('a / b = -0.5', '5', '-10', 'met'),
    -- the largest and the smallest there are
    ('a / b >= 100%', '9199999999999.999999', '9199999999999.999999', 'met'),
    ('a / b >= 100%', '9199999999999.999998', '9199999999999.999999', 'not_met'),
    ('a / b < 100%', '9199999999999.999998', '9199999999999.999999', 'met'),
    ('a / b >= 9199999999999.999999', '9199999999999.999999', '1', 'met'),
    ('a / b > 9199999999999.999999', '9199999999999.999999', '0.999999', 'met'),
    ('a / b <= 9199999999999.999999', '9199999999999.999999', '0.000001', 'not_met'),
    ('a / b > 9199999999999.999999%', '9199999999999.999999', '9199999999999.999999', 'not_met'),
    ('a / b < -9199999999999.999999', '9199999999999.999999', '-0.000001', 'met'),
    ('a / b = 0.000001', '0.000001', '1', 'met'), ('a / b >= 0.000001%', '0.000001', '100', 'met'),
    ('a / b >= 0.000001%', '0.000001', '100.000001', 'not_met'),
    ('a / b = -9199999999999.999999', '9199999999999.999999', '-1', 'met')) t(rule, a, b, verdict);

-- No area wins or loses to a rounding error: at every percent, for every
-- denominator to 1,000, the numerator at the bound, the next below and the
-- next above are on the right side of it, as whole numbers say.
CREATE TEMPORARY TABLE share AS
SELECT p, format('{"code": "S", "rule": "at least 0 of (*)", "nodes": [{"code": "1", "rule": "a / n >= %1$s%%"}, {"code": "2", "rule": "b / n >= %1$s%%"}, {"code": "3", "rule": "c / n <= %1$s%%"}, {"code": "4", "rule": "a / n = %1$s%%"}, {"code": "5", "rule": "c / n > %2$s"}]}',
    p, p / 100.0)::ruleset AS r
FROM generate_series(0, 100) p;
SELECT is(count(*) FILTER (WHERE got <> should), 0::bigint, format('%s shares are compared exactly; first wrong: %s', count(*), (array_agg(wrong) FILTER (WHERE got <> should))[1]))
FROM (
    SELECT left(assess(format('{"a": %s, "b": %s, "c": %s, "n": %s}', x, x - 1, x + 1, n)::measures, r)::text, -48) AS got,
        format('%s of %s at %s%%', x, n, p) AS wrong,
        -- in whole numbers: a / n against p / 100 as a * 100 against p * n
        format('{"overall": "met", "1": "%s", "2": "%s", "3": "%s", "4": "%s", "5": "%s"',
            v[(x * 100 >= p * n)::int], v[((x - 1) * 100 >= p * n)::int], v[((x + 1) * 100 <= p * n)::int],
            v[(x * 100 = p * n)::int], v[((x + 1) * 100 > p * n)::int]) AS should
    FROM share, generate_series(1, 1000) n, LATERAL (SELECT (p * n + 99) / 100 AS x, '[0:1]={not_met,met}'::text[] AS v) w
) c;

-- Nodes: children, references, rules that are left out

CREATE TEMPORARY TABLE example AS SELECT '{
    "code": "EX", "rule": "all of (*) and x met",
    "nodes": [
        {"code": "1"},
        {"code": "1.1", "rule": "a met"},
        {"code": "1.2", "measure": "b"},
        {"code": "2", "rule": "at least 2 of (*, [3.1])"},
        {"code": "2.1", "rule": "c met"},
        {"code": "2.2", "rule": "not [1.1]"},
        {"code": "3", "delegated": "UBND", "when": {"A": "all of (*)", "B": "d met"}},
        {"code": "3.1", "rule": "d met", "when": {"A": "d >= 5", "C": "d >= 7"}},
        {"code": "4.9", "parent": null, "rule": "e met"}]}'::ruleset AS r;
SELECT is(left(assess(m::measures, r, classes)::text, strpos(assess(m::measures, r, classes)::text, ', "ruleset"') - 1), should, what)
FROM example, (VALUES
    ('nothing known', '{}', '{}'::text[],
     '{"overall": "unknown", "1": "unknown", "1.1": "unknown", "1.2": "unknown", "2": "unknown", "2.1": "unknown", "2.2": "unknown", "3": "unknown", "3.1": "unknown", "4.9": {"verdict": "unknown", "parent": null}'),
    ('all met but what is delegated', '{"a": 0, "b": 1, "c": 1, "d": 1, "e": 1, "x": 1}', '{}',
     '{"overall": "not_met", "1": "not_met", "1.1": "not_met", "1.2": "met", "2": "met", "2.1": "met", "2.2": "met", "3": "unknown", "3.1": "met", "4.9": {"verdict": "met", "parent": null}'),
    ('a class of its own', '{"a": 1, "b": 1, "c": 1, "d": 5, "e": 1, "x": 1}', '{A}',
     '{"overall": "met", "1": "met", "1.1": "met", "1.2": "met", "2": "met", "2.1": "met", "2.2": "not_met", "3": "met", "3.1": "met", "4.9": {"verdict": "met", "parent": null}'),
    ('the overall rule has a condition of its own', '{"a": 1, "b": 1, "c": 1, "d": 5, "e": 1, "x": 0}', '{A}',
     '{"overall": "not_met", "1": "met", "1.1": "met", "1.2": "met", "2": "met", "2.1": "met", "2.2": "not_met", "3": "met", "3.1": "met", "4.9": {"verdict": "met", "parent": null}'),
    ('nothing applies', '{"a": "n/a", "b": "n/a", "c": "n/a", "d": "n/a", "e": "n/a", "x": "n/a"}', '{B}',
     '{"overall": "met", "1": "not_applicable", "1.1": "not_applicable", "1.2": "not_applicable", "2": "met", "2.1": "not_applicable", "2.2": "not_met", "3": "not_applicable", "3.1": "not_applicable", "4.9": {"verdict": "not_applicable", "parent": null}')
) t(what, m, classes, should);

-- Classes: the first that has a variant wins, node by node
SELECT is(concat_ws(' ', s -> '3', s -> '3.1'), should, format('classes %s: %s', classes, should))
FROM (VALUES
    ('{}'::text[], 'unknown met'), ('{A}', 'met met'), ('{C}', 'unknown not_met'), ('{B}', 'met met'), ('{Z}', 'unknown met'),
    ('{C,A}', 'not_met not_met'), ('{A,C}', 'met met'), ('{Z,C,A}', 'not_met not_met'), ('{B,C}', 'met not_met'), ('{B,A}', 'met met'),
    ('{A,A,A}', 'met met'), ('{a}', 'unknown met'), ('{"A ",""}', 'unknown met'), ('[5:6]={C,A}', 'not_met not_met')) t(classes, should),
LATERAL (SELECT assess('{"d": 6}', r, classes) AS s FROM example) x;
SELECT is(assess('{"d": 6}', r), assess('{"d": 6}', r, '{}'), 'no classes by default') FROM example;
SELECT is(assess('{}', r, NULL), NULL, 'NULL gives NULL') FROM example;
SELECT is(pg_temp.refusal(format('SELECT ntm.assess(''{}'', %L, ARRAY[''A'', NULL])', r)), '22004 | classes must not contain nulls', 'a NULL class is an error') FROM example;
SELECT is(pg_temp.refusal(format('SELECT ntm.assess(''{}'', %L, ARRAY[[''A'', ''B'']])', r)), '2202E | classes must be a one-dimensional array', 'so are classes in two dimensions') FROM example;

-- What a call site keeps never shows: many sets, classes and layouts of
-- measures, turn by turn, in one query
CREATE TEMPORARY TABLE kept (id integer, r ruleset);
INSERT INTO kept SELECT k, format('{"code": "K", "title": "%s", "nodes": [{"code": "1", "rule": "a >= %s", "when": {%s}}, {"code": "2", "rule": "z%s met"}]}',
    repeat(md5(k::text), k * k * 10), k, string_agg(format('"c%s": "a >= %s"', i, i + k), ', '), k)::ruleset
FROM generate_series(0, 6) k, generate_series(1, 300) i GROUP BY k;
SELECT is_empty($$
    SELECT n, a, k, c FROM (
        SELECT n, hashint4(n) & 511 AS a, n % 7 AS k, (hashint4(n * 7) & 1023) % 320 AS c, (hashint4(n * 13) & 511) AS other
        FROM generate_series(1, 6000) n) d
    JOIN kept ON id = k,
    LATERAL (SELECT assess(format('{"a": %s, "y%s": 5, "z%s": 1}', a, other, other % 7)::measures, r, ARRAY['c' || c]) AS s) x
    WHERE (s -> '1')::text <> CASE WHEN a >= CASE WHEN c BETWEEN 1 AND 300 THEN c + k ELSE k END THEN 'met' ELSE 'not_met' END
       OR (s -> '2')::text <> CASE WHEN other % 7 = k THEN 'met' ELSE 'unknown' END
    LIMIT 5$$,
    'sets, classes and layouts may change from row to row');
-- nor in a variable whose content changes under one address
CREATE FUNCTION pg_temp.in_turn(classes text[], same_set boolean) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    c text[] := array_append('{}'::text[], 'none');
    r ruleset := '{"code": "X", "nodes": [{"code": "1", "rule": "a >= 1", "when": {"A": "a >= 2", "B": "a >= 3"}}]}';
    m measures;
    v verdict;
    said text[] := '{}';
BEGIN
    FOR i IN 1..cardinality(classes) LOOP
        c[1] := classes[i];
        m := format('{"a": %s}', i)::measures;
        -- an expression of its own, since only such are kept between two turns
        v := assess(m, r, c) -> '1';
        said := said || (c[1] || ' ' || v || ' ' || (SELECT verdict FROM explain(m, r, c)));
        IF NOT same_set THEN
            r := amend(r, '1', format('a >= %s', i + 2)::rule, 'B');
        END IF;
    END LOOP;
    RETURN array_to_string(said, ', ');
END
$$;
SELECT is(pg_temp.in_turn('{A,B,none,A,B}', true), 'A not_met not_met, B not_met not_met, none met met, A met met, B met met', 'the variables of a function may change');
SELECT is(pg_temp.in_turn('{A,B,none,A,B}', false), 'A not_met not_met, B not_met not_met, none met met, A met met, B not_met not_met', 'the set too');
SELECT is_empty($$
    SELECT id FROM kept, LATERAL (SELECT assess('{"a": 5, "z3": 0}', r) AS s) x
    WHERE fingerprint(r) <> s::text::jsonb ->> 'ruleset' OR s <> (SELECT assess('{"a": 5, "z3": 0}', r::text::ruleset))$$,
    'a scorecard has the fingerprint of its own set');

-- The largest sets that are read are assessed: the most nodes in one gate, the
-- most conditions, items far apart
SELECT is(concat(met_count(s), ' ', unknown_count(s), ' ', not_met_count(s), ' ', overall(s)), should, 'four thousand criteria: ' || should)
FROM (SELECT format('{"code": "X", "rule": "at least 3000 of (*)", "nodes": [%s]}', string_agg(format('{"code": "%s", "rule": "m >= %1$s or n%s met"}', i, i), ', '))::ruleset AS r FROM generate_series(1, 4090) i) x,
    (VALUES ('{"m": 3000}', '3000 1090 0 met'), ('{"m": 2999}', '2999 1091 0 unknown'), ('{"m": 2999, "n3000": 1}', '3000 1090 0 met')) t(m, should),
    LATERAL (SELECT assess(m::measures, r) AS s) y;
SELECT is(concat(met_count(s), ' ', unknown_count(s), ' ', not_met_count(s)), '250 251 589', 'a quarter of a million conditions, with items far apart')
FROM (SELECT format('{"code": "X", "nodes": [%s]}', string_agg(format('{"code": "%s", "rule": "%sa >= %s"}', i,
          repeat(CASE i WHEN 1 THEN 'z met and ' ELSE format('any of ([1], b%s met) and ', i) END, 79), i), ', '))::ruleset AS r FROM generate_series(1, 1090) i) x,
    LATERAL (SELECT assess(('{"a": 501' || string_agg(format(', "b%s": %s', i, i % 2), '') || '}')::measures, r) AS s FROM generate_series(1, 1090) i) y;

-- Reading a scorecard

CREATE TEMPORARY TABLE card AS
SELECT assess('{"a": 1, "b": 0, "c": "n/a", "d": null, "e": 1}', '{"code": "C", "rule": "at least 2 of (*)", "nodes": [
    {"code": "10"}, {"code": "10.1", "rule": "a met"}, {"code": "10.2", "rule": "c met"},
    {"code": "9", "rule": "b met"},
    {"code": "8"}, {"code": "8.1"}, {"code": "8.1.1", "rule": "d met"},
    {"code": "7", "rule": "c met"},
    {"code": "6.1", "parent": "7", "rule": "e met"},
    {"code": "\u0111\"x", "rule": "b met"}]}'::ruleset) AS s;

SELECT is(overall(s)::text, 'met', 'the whole') FROM card;
SELECT results_eq(
    $$SELECT code, (s -> code)::text FROM card, unnest(ARRAY['10', '10.1', '10.2', '9', '8', '8.1', '8.1.1', '7', '6.1', E'\u0111"x', '1', '', 'overall', 'ruleset', '10.']) code$$,
    $$VALUES ('10', 'met'), ('10.1', 'met'), ('10.2', 'not_applicable'), ('9', 'not_met'), ('8', 'unknown'), ('8.1', 'unknown'), ('8.1.1', 'unknown'),
        ('7', 'not_applicable'), ('6.1', 'met'), (E'\u0111"x', 'not_met'), ('1', NULL), ('', NULL), ('overall', NULL), ('ruleset', NULL), ('10.', NULL)$$,
    'each node by its code; NULL for what is no node');
SELECT results_eq($$SELECT v::text, criteria(s, v), indicators(s, v) FROM card, unnest(ARRAY['not_met', 'unknown', 'met', 'not_applicable']::verdict[]) v$$,
    $$VALUES ('not_met', ARRAY['9', E'\u0111"x'], ARRAY['9', E'\u0111"x']), ('unknown', ARRAY['8'], ARRAY['8.1.1']),
             ('met', ARRAY['10'], ARRAY['10.1', '6.1']), ('not_applicable', ARRAY['7'], ARRAY['10.2'])$$,
    'criteria and indicators with each verdict, in document order');
SELECT results_eq('SELECT met_count(s), not_met_count(s), unknown_count(s), criterion_count(s) FROM card', 'VALUES (2, 2, 1, 5)',
    'counts of the criteria; not applicable counts as met');
SELECT is(s::text, '{"overall": "met", "10": "met", "10.1": "met", "10.2": "not_applicable", "9": "not_met", "8": "unknown", "8.1": "unknown", "8.1.1": "unknown", "7": "not_applicable", "6.1": {"verdict": "met", "parent": "7"}, '
    || E'"\u0111\\"x": "not_met", "ruleset": "', 'the text, in document order') FROM (SELECT left(s::text, -34) AS s FROM card) c;

-- points: of the overall rule's gate by points
SELECT results_eq(
    $$SELECT points(s), possible_points(s), possibly_met_count(s), s::text::jsonb -> 'points', s::text::scorecard = s
      FROM unnest(ARRAY['at least 8 points of (3 points: [1], 2 points: [2], 5 points: [3], 7 points: [4])', 'not at most 4 points of (3 points: *)',
                        'a met and at least 1 points of (1000000000 points: [1])', 'at least 1 of (*)']) WITH ORDINALITY AS t(rule, n),
           LATERAL (SELECT assess('{"a": 1, "b": 0, "c": "n/a"}', format('{"code": "X", "rule": "%s", "nodes": [{"code": "1", "rule": "a met"}, {"code": "2", "rule": "b met"}, {"code": "3", "rule": "c met"}, {"code": "4", "rule": "at least 5 points of (3 points: d met, 3 points: a met)"}]}', rule)::ruleset) AS s) x
      WHERE n <> 3 ORDER BY n$$,
    $$VALUES (8::numeric, 15::numeric, 3, '[8, 15]'::jsonb, true), (6, 9, 3, '[6, 9]', true), (NULL, NULL, 3, NULL, true)$$,
    'points earned and possible; NULL for a set that does not score');
SELECT is(pg_temp.refusal(format('SELECT %L::ntm.scorecard', s)), 'accepted', 'as many points as a rule can give can be read again')
FROM assess('{"a": 1}', '{"code": "X", "rule": "at least 1 points of (1000000000 points: [1])", "nodes": [{"code": "1", "rule": "a met"}]}') s;
SELECT is('{"overall": "met", "1": "met", "points": [3, 5], "ruleset": "0123456789abcdef0123456789abcdef"}'::scorecard::text,
    '{"overall": "met", "1": "met", "points": [3, 5], "ruleset": "0123456789abcdef0123456789abcdef"}', 'a card with points is read and written');
SELECT throws_ok(format('SELECT %L::ntm.scorecard', c), '22P02', 'invalid input syntax for type ntm.scorecard', 'no points: ' || left(c, 80)) FROM unnest(ARRAY[
    '{"overall": "met", "1": "met", "points": 5, "ruleset": "0123456789abcdef0123456789abcdef"}',
    '{"overall": "met", "1": "met", "points": [5], "ruleset": "0123456789abcdef0123456789abcdef"}',
    '{"overall": "met", "1": "met", "points": [1, 2, 3], "ruleset": "0123456789abcdef0123456789abcdef"}',
    '{"overall": "met", "1": "met", "points": ["1", 2], "ruleset": "0123456789abcdef0123456789abcdef"}',
    '{"overall": "met", "1": "met", "points": [1, null], "ruleset": "0123456789abcdef0123456789abcdef"}',
    '{"overall": "met", "1": "met", "points": [-1, 2], "ruleset": "0123456789abcdef0123456789abcdef"}',
    '{"overall": "met", "1": "met", "points": [3, 2], "ruleset": "0123456789abcdef0123456789abcdef"}',
    '{"overall": "met", "1": "met", "points": [1.5, 2], "ruleset": "0123456789abcdef0123456789abcdef"}',
    '{"overall": "met", "1": "met", "points": [1, 99999999999], "ruleset": "0123456789abcdef0123456789abcdef"}',
    '{"overall": "met", "points": [1, 2], "1": "met", "ruleset": "0123456789abcdef0123456789abcdef"}',
    '{"overall": "met", "points": [1, 2], "ruleset": "0123456789abcdef0123456789abcdef"}']) c;

-- counts of sets of every size
SELECT is_empty($$
    SELECT n FROM generate_series(1, 40) n,
        LATERAL (SELECT assess(format('{%s}', string_agg(format('"m%s": %s', i, (ARRAY['0', '1', 'null', '"n/a"'])[1 + (hashint4(i * n) & 3)]), ', '))::measures,
                               format('{"code": "X", "nodes": [%s]}', string_agg(format('{"code": "%s", "rule": "m%s met"}', i, i), ', '))::ruleset) AS s,
                        count(*) FILTER (WHERE hashint4(i * n) & 3 = 0) AS no, count(*) FILTER (WHERE hashint4(i * n) & 3 = 2) AS open
                 FROM generate_series(1, n) i) x
    WHERE not_met_count(s) <> no OR unknown_count(s) <> open OR met_count(s) <> n - no - open OR criterion_count(s) <> n
       OR s::text::scorecard <> s OR scorecard_send(s) <> '\x01'::bytea || convert_to(s::text, 'UTF8')$$,
    'counts and text of sets of 1 to 40 criteria');

-- Forms of a scorecard

SELECT is(c::scorecard::text, c, 'read and written again: ' || left(c, 80)) FROM unnest(ARRAY[
    '{"overall": "met", "1": "met", "ruleset": "0123456789abcdef0123456789abcdef"}',
    '{"overall": "unknown", "1": "unknown", "1.1": "not_met", "2": "not_applicable", "ruleset": "00000000000000000000000000000000"}',
    '{"overall": "met", "1.1": {"verdict": "met", "parent": null}, "ruleset": "ffffffffffffffffffffffffffffffff"}',
    '{"overall": "met", "1": {"verdict": "met", "parent": "2"}, "2": "met", "ruleset": "ffffffffffffffffffffffffffffffff"}']) c;
SELECT is('{"overall":"met","1":{"parent":null,"verdict":"met"},"1.1":{"verdict":"met","parent":"1"},"ruleset":"00000000000000000000000000000000"}'::scorecard::text,
    '{"overall": "met", "1": "met", "1.1": "met", "ruleset": "00000000000000000000000000000000"}', 'a parent that goes without saying is left out');
SELECT is_empty(
    $$SELECT d FROM unnest(ARRAY['{"code": "X", "nodes": [{"code": "1.1", "parent": null, "rule": "a met"}]}',
        '{"code": "X", "nodes": [{"code": "1"}, {"code": "1.1", "parent": null, "rule": "a met"}, {"code": "2", "parent": "1", "rule": "a met"}]}',
        '{"code": "X", "nodes": [{"code": "1"}, {"code": "1.1.1", "parent": "1", "rule": "a met"}]}',
        '{"code": "X", "nodes": [{"code": ".1", "rule": "a met"}, {"code": "1.", "parent": null, "rule": "a met"}]}']) d,
      LATERAL (SELECT assess('{"a": 1}', d::ruleset) AS s) x
      WHERE pg_temp.refusal(format('SELECT %L::ntm.scorecard', s)) <> 'accepted' OR criteria(s::text::scorecard, 'met') <> criteria(s, 'met')$$,
    'a scorecard can be read again, whatever its nodes'' parents');

SELECT is(pg_temp.refusal(format('SELECT %L::ntm.scorecard', c)), '22P02 | invalid input syntax for type ntm.scorecard' || should, 'refused: ' || left(c, 80))
FROM (VALUES
    ('', ' at character 1 | The input string ended unexpectedly.'),
    ('[]', ' | A scorecard is an object with "overall" first, the nodes, and "ruleset" last, at character 1.'),
    ('{}', ' | A scorecard is an object with "overall" first, the nodes, and "ruleset" last, at character 1.'),
    ('{"overall": "met", "ruleset": "00000000000000000000000000000000"}', ' | A scorecard is an object with "overall" first, the nodes, and "ruleset" last, at character 1.'),
    ('{"1": "met", "overall": "met", "ruleset": "00000000000000000000000000000000"}', ' | A scorecard is an object with "overall" first, the nodes, and "ruleset" last, at character 1.'),
    ('{"overall": "yes", "1": "met", "ruleset": "00000000000000000000000000000000"}', ' | "overall" has no verdict, at character 13.'),
    ('{"overall": "met", "1": null, "ruleset": "00000000000000000000000000000000"}', ' | "1" has no verdict, at character 25.'),
    ('{"overall": "met", "1": "Met", "ruleset": "00000000000000000000000000000000"}', ' | "1" has no verdict, at character 25.'),
    ('{"overall": "met", "1": {"verdict": "met"}, "ruleset": "00000000000000000000000000000000"}', ' | node "1" needs a "verdict" and a "parent", at character 25.'),
    ('{"overall": "met", "1": {"verdict": "met", "parent": 5}, "ruleset": "00000000000000000000000000000000"}', ' | node "1" needs a "verdict" and a "parent", at character 25.'),
    ('{"overall": "met", "1": {"verdict": "met", "parent": "7"}, "ruleset": "00000000000000000000000000000000"}', ' | the parent "7" of node "1" is missing, at character 25.'),
    ('{"overall": "met", "1.1": "met", "ruleset": "00000000000000000000000000000000"}', ' | the parent "1" of node "1.1" is missing, at character 27.'),
    ('{"overall": "met", "": "met", "ruleset": "00000000000000000000000000000000"}', ' | the code "" is empty, at character 24.'),
    ('{"overall": "met", "1": "met", "1": "met", "ruleset": "00000000000000000000000000000000"}', ' at character 32 | Key "1" occurs twice in the same object.'),
    ('{"overall": "met", "1": "met", "ruleset": "0000000000000000000000000000000"}', ' | "ruleset" is not 32 hexadecimal digits, at character 43.'),
    ('{"overall": "met", "1": "met", "ruleset": "000000000000000000000000000000AB"}', ' | "ruleset" is not 32 hexadecimal digits, at character 43.'),
    ('{"overall": "met", "1": "met", "ruleset": 16}', ' | "ruleset" is not 32 hexadecimal digits, at character 43.')) t(c, should);
SELECT throws_ok(format('SELECT %L::ntm.scorecard', c), '22P02', NULL, 'no ruleset has such nodes: ' || left(c, 80)) FROM unnest(ARRAY[
    '{"overall": "met", "a": {"verdict": "met", "parent": "a"}, "ruleset": "00000000000000000000000000000000"}',
    '{"overall": "met", "a": {"verdict": "met", "parent": "b"}, "b": {"verdict": "met", "parent": "a"}, "c": "met", "ruleset": "00000000000000000000000000000000"}',
    '{"overall": "met", "a\nb": "met", "ruleset": "00000000000000000000000000000000"}',
    '{"overall": "met", "a[b]": "met", "ruleset": "00000000000000000000000000000000"}']) c;
SELECT throws_ok(
    $$SELECT ('{"overall": "met", ' || string_agg(format('"%s": "met", ', i), '') || '"ruleset": "00000000000000000000000000000000"}')::ntm.scorecard FROM generate_series(1, 4097) i$$,
    NULL, NULL, 'more nodes than a set can have are refused');

-- Comparison

CREATE TEMPORARY TABLE cards AS
SELECT format('{"overall": "%s", "1": "%s", "%s": "%s", "ruleset": "0000000000000000000000000000000%s"}', a, b, c, b, d)::scorecard AS s
FROM unnest(ARRAY['not_met', 'met']) a, unnest(ARRAY['unknown', 'met', 'not_applicable']) b, unnest(ARRAY['2', '1.1', 'x']) c, generate_series(0, 1) d, generate_series(1, 2);
SELECT is(count(DISTINCT s), 36::bigint, 'cards differ by verdicts, codes and set') FROM cards;
SELECT is_empty(
    $$SELECT 1 FROM cards a, cards b
      WHERE (a.s = b.s) <> (a.s::text = b.s::text) OR (a.s <> b.s) <> (a.s::text <> b.s::text)
         OR (a.s < b.s) <> (scorecard_cmp(a.s, b.s) < 0) OR (a.s <= b.s) <> (scorecard_cmp(a.s, b.s) <= 0)
         OR (a.s > b.s) <> (scorecard_cmp(a.s, b.s) > 0) OR (a.s >= b.s) <> (scorecard_cmp(a.s, b.s) >= 0)
         OR sign(scorecard_cmp(a.s, b.s)) <> -sign(scorecard_cmp(b.s, a.s))
         OR a.s = b.s AND (scorecard_hash(a.s) <> scorecard_hash(b.s) OR scorecard_hash_extended(a.s, 9) <> scorecard_hash_extended(b.s, 9))$$,
    'operators, order and hashes agree');
SELECT is_empty(
    $$SELECT 1 FROM (SELECT DISTINCT s FROM cards) a, (SELECT DISTINCT s FROM cards) b, (SELECT DISTINCT s FROM cards) c
      WHERE a.s < b.s AND b.s < c.s AND NOT a.s < c.s$$, 'the order is transitive');
SELECT is(count(DISTINCT scorecard_hash(s)), 36::bigint, 'hashes differ') FROM cards;
SELECT is(assess('{"a": 1}', r), assess('{"a": 1}', r)::text::scorecard, 'a card read from text equals the one assessed') FROM (SELECT r FROM example) e;

SELECT * FROM finish();
ROLLBACK;
