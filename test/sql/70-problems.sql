-- ntm.problems(): what is found, what is not, and that it is true.

BEGIN;
SET search_path = ntm, public;
SELECT plan(195);

-- A set of one node, whose rule is what is examined.  a, b: km; p, q: %;
-- f, g: yes/no; the others have no unit.
CREATE FUNCTION pg_temp.one(rule text) RETURNS ruleset LANGUAGE sql IMMUTABLE AS $$
    SELECT json_build_object('code', 'S', 'nodes', json_build_array(
        json_build_object('code', '0', 'rule',
            'any of (a >= 1, b >= 1, p >= 1%, q >= 1%, f met, g met, x >= 1, y >= 1, z >= 1, [1])'),
        json_build_object('code', '1', 'parent', '0', 'measure', 'own', 'rule', rule)),
        'measures', '{"a": {"unit": "km"}, "b": {"unit": "km"}, "p": {"unit": "%"}, "q": {"unit": "%"},
                      "f": {"unit": "yes/no"}, "g": {"unit": "đạt/không"}, "x": {}, "y": {}, "z": {}}'::json)
        ::text::ruleset
$$;

-- The rows of a rule, one line each.
CREATE FUNCTION pg_temp.lines(given ruleset) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(concat_ws(' | ', coalesce(code, 'set'), class, severity, problem, proposal), E'\n' ORDER BY ordinality)
    FROM problems(given) WITH ORDINALITY
$$;
CREATE FUNCTION pg_temp.lines_of_rule(rule text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(concat_ws(' | ', severity, problem, proposal), E'\n' ORDER BY ordinality)
    FROM problems(pg_temp.one(rule)) WITH ORDINALITY
    WHERE code = '1'
$$;

-- The function

SELECT is(
    (SELECT format('%s %s %s %s', provolatile, proisstrict, proparallel, proretset)
     FROM pg_proc WHERE oid = 'ntm.problems(ntm.ruleset)'::regprocedure),
    'i t s t', 'immutable, strict, parallel safe');
SELECT is_empty('SELECT * FROM problems(NULL)', 'nothing of NULL');

-- Rules that nobody, or everybody, meets

CREATE TEMP TABLE expected (rule text, lines text);
INSERT INTO expected VALUES
    ('x >= 5 and x < 3',
     'error | The rule can never be met: "x >= 5" and "x < 3" exclude each other. | x >= 3 and x < 5'),
    ('x < 3 and x >= 5',
     'error | The rule can never be met: "x < 3" and "x >= 5" exclude each other. | x >= 3 and x < 5'),
    ('>= 5 and < 3',
     'error | The rule can never be met: ">= 5" and "< 3" exclude each other. | >= 3 and < 5'),
    ('x between 5 and 3',
     'error | The rule can never be met: its lower bound is above the upper one. | x between 3 and 5'),
    ('x = 1 and x = 2',
     'error | The rule can never be met: "x = 1" and "x = 2" exclude each other. | x = 1 or x = 2'),
    ('x = 1 and x <> 1',
     'error | The rule can never be met: "x = 1" and "x <> 1" exclude each other. | Correct one of these conditions.'),
    ('x > 5 and x < 5',
     'error | The rule can never be met: "x > 5" and "x < 5" exclude each other. | Correct one of these conditions.'),
    ('x > 1 and x < 1.000001',
     'error | The rule can never be met: "x > 1" and "x < 1.000001" exclude each other. | Correct one of these conditions.'),
    ('x > 9199999999999.999999',
     'error | The rule can never be met: no value satisfies it. | Correct the bound.'),
    ('y >= 1 and x >= 5 and z <= 2 and x < 3',
     'error | The rule can never be met: "x >= 5" and "x < 3" exclude each other. | y >= 1 and x >= 3 and z <= 2 and x < 5'),
    ('x between 1 and 3 and x between 2 and 5 and x between 4 and 6',
     'error | The rule can never be met: "x between 1 and 3" and "x between 4 and 6" exclude each other. | Correct one of these conditions.'),
    ('(x < 2 or x > 4) and x >= 2 and x <= 4',
     'error | The rule can never be met: "x < 2 or x > 4", "x >= 2" and "x <= 4" cannot hold together. | Correct one of these conditions.'),
    ('x >= 5 and all of (y >= 1, x < 3)',
     'error | The rule can never be met: "x >= 5" and "x < 3" exclude each other. | x >= 3 and all of (y >= 1, x < 5)'),
    ('not (x < 3 or x >= 3)',
     'error | The rule can never be met: "not x < 3" and "not x >= 3" exclude each other. | Correct one of these conditions.'),
    ('x = 1 and not (x = 1 or y >= 2)',
     'error | The rule can never be met: "x = 1" and "not x = 1" exclude each other. | Correct one of these conditions.'),
    ('x / y >= 50% and x / y < 0.4',
     'error | The rule can never be met: "x / y >= 50%" and "x / y < 0.4" exclude each other. | x / y >= 0.4 and x / y < 50%'),
    ('x / y > 50% and x / y <= 0.5',
     'error | The rule can never be met: "x / y > 50%" and "x / y <= 0.5" exclude each other. | Correct one of these conditions.'),
    ('x / x >= 2',
     'error | The rule can never be met: the share of a measure in itself is always 1. | Name another denominator.'),
    ('at least 2 of (x < 3, x >= 5)',
     'error | The rule can never be met: "x < 3" and "x >= 5" exclude each other. | at least 2 of (x >= 3, x < 5)'),
    ('at least 3 of (x = 1, x = 2, x = 3, y >= 1)',
     'error | The rule can never be met: so many items of it cannot be met together. | Correct the number that the gate asks for, or its items.'),
    ('[0] and not [0]', NULL),
    ('x >= 5 or x < 6',
     'error | The rule is always met: "x >= 5" or "x < 6" always holds. | x >= 5 and x < 6'),
    ('x <= 5 or x > 5',
     'error | The rule is always met: "x <= 5" or "x > 5" always holds. | Correct one of these conditions.'),
    ('x <> 1 or x <> 2',
     'error | The rule is always met: "x <> 1" or "x <> 2" always holds. | x <> 1 and x <> 2'),
    ('y >= 1 or x >= 5 or x < 6',
     'error | The rule is always met: "x >= 5" or "x < 6" always holds. | y >= 1 or x >= 5 and x < 6'),
    ('x < 1 or x between 1 and 2 or x > 2',
     'error | The rule is always met: one of "x < 1", "x between 1 and 2" or "x > 2" always holds. | Correct one of these conditions.'),
    ('not (x >= 5 and x < 3)',
     'error | The rule is always met: "not x >= 5" or "not x < 3" always holds. | Correct one of these conditions.'),
    ('any of (x <= 5, x >= 5.000001)',
     'error | The rule is always met: "x <= 5" or "x >= 5.000001" always holds. | Correct one of these conditions.'),
    ('at least 1 of (x < 1, x = 1, x > 1, y >= 3)',
     'error | The rule is always met: one of "x < 1", "x = 1" or "x > 1" always holds. | Correct one of these conditions.'),
    ('at least 2 of (x < 3, x >= 3, y < 3, y >= 3)',
     'error | The rule is always met: so many items of it are always met. | Correct the number that the gate asks for, or its items.'),
    -- what units say
    ('f = 2',
     'error | The rule can never be met: no value satisfies it, since a yes/no measure is 0 or 1. | Correct the bound.'),
    ('g between 0.2 and 0.8',
     'error | The rule can never be met: no value satisfies it, since a yes/no measure is 0 or 1. | Correct the bound.'),
    ('f >= 0',
     'error | The rule is always met: every value satisfies it, since a yes/no measure is 0 or 1. | Correct the bound.'),
    ('f <> 0 and f <> 1',
     'error | The rule can never be met: "f <> 0" and "f <> 1" exclude each other, since a yes/no measure is 0 or 1. | Correct one of these conditions.'),
    ('p >= 105%',
     'warning | The rule can never be met: no value satisfies it, if values in "%" lie between 0 and 100. | Correct the bound.'),
    ('p <= 100%',
     'warning | The rule is always met: every value satisfies it, if values in "%" lie between 0 and 100. | Correct the bound.'),
    ('not p >= 0%',
     'warning | The rule can never be met: no value satisfies it, if values in "%" lie between 0 and 100. | Correct the bound.'),
    -- gates
    ('at least 5 of (x >= 1, y >= 1, z >= 1, a >= 1)',
     'error | The rule can never be met: it asks for 5 items and has 4. | all of (x >= 1, y >= 1, z >= 1, a >= 1)'),
    ('at least 120% of (x >= 1, y >= 1)',
     'error | The rule can never be met: it asks for more than 100% of its items. | all of (x >= 1, y >= 1)'),
    ('at least 0 of (x >= 1, y >= 1)',
     'error | The rule is always met: it asks for none of its items. | Correct the number that the gate asks for, or its items.'),
    ('at least 0% of (x >= 1, y >= 1)',
     'error | The rule is always met: it asks for none of its items. | Correct the number that the gate asks for, or its items.'),
    ('at most 2 of (x >= 1, y >= 1)',
     'error | The rule is always met: it allows all of its 2 items. | Correct the number that the gate asks for, or its items.'),
    ('at most 100% of (x >= 1, y >= 1)',
     'error | The rule is always met: it allows all of its 2 items. | Correct the number that the gate asks for, or its items.'),
    ('at least 50 points of (20 points: x >= 1, 25 points: y >= 1)',
     'error | The rule can never be met: it asks for 50 points and its items add up to 45. | Correct the number that the gate asks for, or its items.'),
    ('at most 45 points of (20 points: x >= 1, 25 points: y >= 1)',
     'error | The rule is always met: it allows all of its 45 points. | Correct the number that the gate asks for, or its items.'),
    ('at least 0 points of (20 points: x >= 1, 25 points: y >= 1)',
     'error | The rule is always met: it asks for no points. | Correct the number that the gate asks for, or its items.'),
    ('at least 60 points of (50 points: x < 2, 40 points: x >= 2, 9 points: y >= 1)',
     'error | The rule can never be met: so many points of it cannot be reached together. | Correct the number that the gate asks for, or its items.'),
    ('at least 40 points of (50 points: x < 2, 40 points: x >= 2, 9 points: y >= 1)',
     'error | The rule is always met: so many points of it are always reached. | Correct the number that the gate asks for, or its items.'),
    ('at most 0 of (x < 3, x >= 3)',
     'error | The rule can never be met: "not x < 3" and "not x >= 3" exclude each other. | Correct one of these conditions.'),
    -- parts
    ('y >= 3 or (x > 5 and x < 4)',
     'warning | "x > 5 and x < 4" can never be met: "x > 5" and "x < 4" exclude each other. | y >= 3 or x > 4 and x < 5'),
    ('y >= 3 or x between 5 and 3',
     'warning | "x between 5 and 3" can never be met: its lower bound is above the upper one. | y >= 3 or x between 3 and 5'),
    ('y >= 3 and (x > 5 or x < 6)',
     'warning | "x > 5 or x < 6" is always met: "x > 5" or "x < 6" always holds. | y >= 3 and x > 5 and x < 6'),
    ('y >= 3 or (x > 5 and x <= 5)',
     'warning | "x > 5 and x <= 5" can never be met: "x > 5" and "x <= 5" exclude each other. | y >= 3'),
    ('y >= 3 and (f met or f not met)',
     'warning | "f met or f not met" is always met: "f met" or "f not met" always holds. | y >= 3'),
    ('y >= 3 and p >= 0%',
     'notice | "p >= 0%" is always met: every value satisfies it, if values in "%" lie between 0 and 100. | y >= 3'),
    ('at least 2 of (x >= 1, y >= 1, at least 3 of (x >= 1, z >= 1))',
     'warning | "at least 3 of (x >= 1, z >= 1)" can never be met: it asks for 3 items and has 2. | at least 2 of (x >= 1, y >= 1, all of (x >= 1, z >= 1))'),
    -- superfluous
    ('x >= 5 and x >= 3', 'notice | "x >= 3" adds nothing: "x >= 5" implies it. | x >= 5'),
    ('x >= 3 and x >= 5', 'notice | "x >= 3" adds nothing: "x >= 5" implies it. | x >= 5'),
    ('x >= 5 and x >= 5', 'notice | "x >= 5" adds nothing: "x >= 5" implies it. | x >= 5'),
    ('x >= 5 or x >= 3', 'notice | "x >= 5" adds nothing: where it holds, "x >= 3" holds too. | x >= 3'),
    ('x >= 5 or (x >= 6 and y >= 1)',
     'notice | "x >= 6 and y >= 1" adds nothing: where it holds, "x >= 5" holds too. | x >= 5'),
    ('y >= 1 and x >= 2 and x <= 3 and x between 1 and 4',
     'notice | "x between 1 and 4" adds nothing: "x >= 2" and "x <= 3" imply it. | y >= 1 and x >= 2 and x <= 3'),
    ('x / y >= 60% and x / y >= 0.5',
     'notice | "x / y >= 0.5" adds nothing: "x / y >= 60%" implies it. | x / y >= 60%'),
    ('at least 1 of (x >= 3, x >= 3)',
     'notice | "x >= 3" adds nothing: where it holds, "x >= 3" holds too. | at least 1 of (x >= 3)'),
    ('at least 2 of (x >= 3, x >= 2)',
     'notice | "x >= 2" adds nothing: "x >= 3" implies it. | Remove the condition, or correct its bound.'),
    ('z >= 1 or all of (x >= 5, y >= 1 and x >= 3)',
     'notice | "x >= 3" adds nothing: "x >= 5" implies it. | z >= 1 or all of (x >= 5, y >= 1)'),
    ('y >= 1 and all of (x >= 5, x >= 3)',
     'notice | "x >= 3" adds nothing: "x >= 5" implies it. | y >= 1 and all of (x >= 5)'),
    ('at least 2 of (x >= 1, y >= 1, x >= 1)',
     'warning | "x >= 1" is an item more than once, and counts each time. | at least 2 of (x >= 1, y >= 1)'),
    ('at least 2 of (x >= 1, y >= 1, x >= 1, x >= 1, z >= 1, z >= 1)',
     E'warning | "x >= 1" is an item more than once, and counts each time. | at least 2 of (x >= 1, y >= 1, x >= 1, z >= 1, z >= 1)\n'
     'warning | "z >= 1" is an item more than once, and counts each time. | at least 2 of (x >= 1, y >= 1, x >= 1, x >= 1, z >= 1)'),
    -- numbers
    ('x / y >= 95', 'warning | "x / y >= 95" compares the share with 95 itself, not with 95%. | x / y >= 95%'),
    ('a / b between 50 and 70',
     'warning | "a / b between 50 and 70" compares the share with 70 itself, not with 70%. | a / b between 50% and 70%'),
    ('x / y >= 95 and z >= 1 and x / z >= 80',
     'warning | "x / y >= 95" compares the share with 95 itself, not with 95%. The same goes for 1 more of its conditions. | x / y >= 95% and z >= 1 and x / z >= 80%'),
    ('x / y <= 5', 'notice | "x / y <= 5" compares the share with 5 itself, not with 5%. | x / y <= 5%'),
    ('p <= 0.12', 'notice | "p <= 0.12" means 0.12%, since "p" is recorded in percent points. | p <= 12%'),
    ('p between 0.1 and 0.5',
     'notice | "p between 0.1 and 0.5" means 0.5%, since "p" is recorded in percent points. | p between 10% and 50%'),
    ('p met', 'warning | "p met" has its bound at 1%, since the unit of "p" is "%". | Say which percentage is required.'),
    ('a >= 95%', 'notice | "a >= 95%" compares with the plain number 95, since the unit of "a" is "km". | a >= 95');
DELETE FROM expected WHERE lines IS NULL;

SELECT is(pg_temp.lines_of_rule(rule), lines, rule) FROM expected;

-- What is right, though it looks alike

CREATE TEMP TABLE sound (rule text);
INSERT INTO sound VALUES
    ('x >= 3 and x < 5'), ('x >= 5 and x <= 5'), ('x > 1 and x < 1.000002'), ('x between 3 and 3'),
    ('x >= 5 or x < 3'), ('x > 5 or x < 5'), ('x = 1 or x = 2'), ('x <> 1 and x <> 2'),
    ('x >= 5 and y < 3'), ('x >= 5 or y < 6'), ('x >= 5 and x / y < 0.3'), ('x / y >= 50% and y / x < 40%'),
    ('x / y >= 50% and x / z < 40%'), ('x / y > 0 and x / y < 0.000001'), ('x / y >= 50% and x / y <= 0.5'),
    ('x <= 9199999999999.999998'), ('x >= 0'), ('x <= 100'), ('a between 0 and 0.5'),
    ('f met'), ('f not met'), ('g = 1'), ('f <> 1'), ('f met and g met'), ('f >= 0.5'),
    ('p >= 100%'), ('p > 0%'), ('p between 0% and 99%'), ('p >= 95'), ('p <= 0.5%'), ('p = 0'), ('p <= 1'),
    ('at least 2 of (x >= 1, y >= 1)'), ('at least 100% of (x >= 1, y >= 1)'), ('at most 1 of (x >= 1, y >= 1)'),
    ('at most 99% of (x >= 1, y >= 1)'), ('at most 0 of (x >= 1, y >= 1)'),
    ('at least 45 points of (20 points: x >= 1, 25 points: y >= 1)'),
    ('at most 44 points of (20 points: x >= 1, 25 points: y >= 1)'),
    ('at least 59 points of (50 points: x < 2, 40 points: x >= 2, 9 points: y >= 1)'),
    ('at least 2 of (x < 3, x >= 5, y >= 1)'), ('at least 2 of (x >= 3, x >= 5, y >= 1)'),
    ('x >= 5 or (x >= 3 and y >= 1)'), ('x >= 3 and (x >= 5 or y >= 1)'),
    ('(x >= 5 and y >= 1) or (x >= 3 and y >= 2)'), ('not (x >= 5 and y >= 1)'),
    ('x / y >= 1.5'), ('x / y >= 5'), ('x / y >= 95%'), ('x / y >= 150%'), ('x / y >= 1000'), ('x / y <= 0.05'),
    ('a / f >= 50'), ('p / a <= 5'), ('x >= 95%'), ('p >= 95%'),
    ('at least 50 points of (10 points: x >= 50, 20 points: x >= 70, 30 points: x >= 90)'),
    ('at least 10 points of (10 points: x between 20 and 50, 20 points: x > 50 and x <= 70, 30 points: x > 70)'),
    ('x < 3 or x between 5 and 7');
SELECT is(pg_temp.lines_of_rule(rule), NULL, 'nothing wrong with ' || rule) FROM sound;


-- A rule of the set as a whole, and of a class

SELECT is(pg_temp.lines('{"code": "S", "rule": "at least 3 of (*)", "nodes": [
        {"code": "1", "rule": "x >= 1"}, {"code": "2", "rule": "y >= 1"}]}'),
    'set | error | The overall rule can never be met: it asks for 3 items and has 2. | all of (*)',
    'the overall rule');
SELECT is(pg_temp.lines('{"code": "S", "rule": "at least 2 of ([1], *)", "nodes": [
        {"code": "1", "rule": "x >= 1"}, {"code": "2", "rule": "y >= 1"}]}'),
    'set | warning | "[1]" is an item more than once, and counts each time. | Name each item once.',
    'a node named beside the "*" that includes it');
SELECT is(pg_temp.lines('{"code": "S", "rule": "[1] or not [1]", "nodes": [{"code": "1", "rule": "x >= 1"}]}'),
    'set | error | The overall rule is always met: "[1]" or "not [1]" always holds. | Correct one of these conditions.',
    'a node and its opposite');
SELECT is(pg_temp.lines('{"code": "S", "nodes": [
        {"code": "1", "measure": "x", "rule": ">= 5", "when": {"A": ">= 5 and < 3", "B": "between 7 and 6"}}]}'),
    E'1 | A | error | The rule can never be met: ">= 5" and "< 3" exclude each other. | >= 3 and < 5\n'
    '1 | B | error | The rule can never be met: its lower bound is above the upper one. | between 6 and 7',
    'the rules of classes');
SELECT is(pg_temp.lines('{"code": "S", "nodes": [
        {"code": "1", "measure": "share", "unit": "%"}, {"code": "2", "measure": "plan", "unit": "đạt/không"}]}'),
    '1 | warning | "met" has its bound at 1%, since the unit of "share" is "%". | Say which percentage is required.',
    'a rule that is left out, where it means "met"');

-- Variants

SELECT is(pg_temp.lines('{"code": "S", "nodes": [{"code": "1", "measure": "x", "rule": ">= 5",
        "when": {"A": "≥ 5", "B": ">= 6", "C": ">= 6", "D": "not < 5", "E": "x > 4.999999", "F": "y >= 5"}}]}'),
    E'1 | A | notice | The rule for this class repeats the standard rule. | Remove the variant; a source of its own for the class may stay under "when_source".\n'
    '1 | D | notice | The rule for this class always decides as the standard rule ">= 5" does. | Remove the variant; a source of its own for the class may stay under "when_source".\n'
    '1 | E | notice | The rule for this class always decides as the standard rule ">= 5" does. | Remove the variant; a source of its own for the class may stay under "when_source".',
    'variants that decide as the standard rule; two alike are fine');
SELECT is(pg_temp.lines('{"code": "S", "classes": {"A": null}, "nodes": [
        {"code": "1", "rule": "x >= 5", "source": "a", "when_source": {"A": "b"}}]}'), NULL,
    'a source for a class that has no rule of its own is fine');

-- Rules that hold by themselves, but not together

SELECT is(pg_temp.lines('{"code": "S", "nodes": [
        {"code": "1"}, {"code": "1.1", "measure": "x", "rule": ">= 5"}, {"code": "1.2", "rule": "y >= 1"},
        {"code": "2", "rule": "any of (*)"}, {"code": "2.1", "rule": "x < 3"}]}'),
    'set | error | The overall rule can never be met with the rules it refers to: "x >= 5" of [1.1] and "x < 3" of [2.1] exclude each other. | Correct one of these conditions.',
    'two nodes that exclude each other');
SELECT is(pg_temp.lines('{"code": "S", "nodes": [
        {"code": "1", "rule": "all of (*) and z >= 1"}, {"code": "1.1", "measure": "x", "rule": ">= 5"},
        {"code": "1.2", "rule": "x < 3"}, {"code": "2", "rule": "x <= 9"}]}'),
    '1 | error | The rule can never be met with the rules it refers to: "x >= 5" of [1.1] and "x < 3" of [1.2] exclude each other. | Correct one of these conditions.',
    'said once, where they first come together');
SELECT is(pg_temp.lines('{"code": "S", "nodes": [
        {"code": "1", "rule": "x >= 5"}, {"code": "2", "rule": "x <= 7", "when": {"A": "x < 3", "B": "x < 6"}}]}'),
    'set | A | error | The overall rule can never be met with the rules it refers to: "x >= 5" of [1] and "x < 3" of [2] exclude each other. | Correct one of these conditions.',
    'for a class');
SELECT is(pg_temp.lines('{"code": "S", "rule": "[2] and y >= 1", "nodes": [
        {"code": "1", "rule": "x >= 5"}, {"code": "2", "rule": "[1] or x < 6"}]}'),
    '2 | warning | The rule is always met with the rules it refers to: "x >= 5" of [1] or "x < 6" always holds. | Correct one of these conditions.',
    'always met with the rules it refers to');
SELECT is(pg_temp.lines('{"code": "S", "nodes": [
        {"code": "1", "rule": "x >= 5 and x < 3"}, {"code": "2", "rule": "x >= 5"}]}'),
    '1 | error | The rule can never be met: "x >= 5" and "x < 3" exclude each other. | x >= 3 and x < 5',
    'what a wrong rule brings about elsewhere is not said again');
SELECT is((SELECT string_agg(code, ',') FROM problems('{"code": "S", "nodes": [
        {"code": "1", "delegated": "the province"}, {"code": "2", "rule": "[1] and x >= 5"}, {"code": "3", "rule": "x >= 5"}]}')),
    '1', 'a delegated requirement may become anything');

-- Bands

CREATE FUNCTION pg_temp.bands(VARIADIC rules text[]) RETURNS ruleset LANGUAGE sql IMMUTABLE AS $$
    SELECT json_build_object('code', 'S', 'nodes', json_build_array(
        json_build_object('code', '1', 'rule', 'at least 1 of (z >= 1, *)')) ::jsonb
        || jsonb_agg(json_build_object('code', '1.' || i, 'measure', 'x', 'rule', rules[i])))::text::ruleset
    FROM generate_subscripts(rules, 1) AS i
$$;
SELECT is(pg_temp.lines(pg_temp.bands('< 50', 'between 50 and 69', '>= 70')),
    '1 | notice | There is a gap between [1.2] and [1.3]: neither holds for "x > 69 and x < 70". | x > 69 and x < 70',
    'bands of whole numbers with a narrow gap');
SELECT is(pg_temp.lines(pg_temp.bands('between 70 and 90', '< 50', '> 90')),
    '1 | warning | There is a gap between [1.2] and [1.1]: neither holds for "x >= 50 and x < 70". | x >= 50 and x < 70',
    'a missing band, whatever the order');
SELECT is(pg_temp.lines(pg_temp.bands('< 50', '> 50 and <= 70', '> 80')),
    E'1 | warning | There is a gap between [1.1] and [1.2]: neither holds for "x = 50". | x = 50\n'
    '1 | warning | There is a gap between [1.2] and [1.3]: neither holds for "x > 70 and x <= 80". | x > 70 and x <= 80',
    'a missing value');
SELECT is(pg_temp.lines(pg_temp.bands('< 50', 'between 50 and 70', 'between 70 and 90', '>= 85 and < 99')),
    E'1.2 | warning | [1.2] and [1.3] overlap: both hold for "x = 70". | x >= 50 and x < 70\n'
    '1.3 | warning | [1.3] and [1.4] overlap: both hold for "x between 85 and 90". | x >= 70 and x < 85',
    'overlaps');
SELECT is(pg_temp.lines(pg_temp.bands('between 1 and 9', 'between 3 and 5')),
    '1.1 | notice | [1.1] and [1.2] overlap: both hold for "x between 3 and 5". | Give each value one band.',
    'a band within a band');
SELECT is(pg_temp.lines(pg_temp.bands('< 50', '< 30', '>= 30 and < 40')),
    '1.1 | notice | [1.1] and [1.3] overlap: both hold for "x >= 30 and x < 40". | Give each value one band.',
    'a band within a step');
SELECT is(pg_temp.lines(pg_temp.bands('between 1 and 3', '>= 3.000001 and < 5', '>= 5', 'y <= 7', 'x >= 1 and y >= 1')), NULL,
    'bands side by side, to the last millionth; other measures are others');
SELECT is(pg_temp.lines(pg_temp.bands('>= 50', '>= 70', '>= 90')), NULL, 'steps are no bands');
SELECT is(pg_temp.lines(pg_temp.bands('<= 50', '<= 30', '<= 10')), NULL, 'nor are steps downwards');
SELECT is(pg_temp.lines(pg_temp.bands('>= 50', 'y <= 7')), NULL, 'one interval is no band');
SELECT is(pg_temp.lines('{"code": "S", "nodes": [{"code": "1", "rule": "x <= 50"}, {"code": "2", "rule": "x >= 30"}]}'), NULL,
    'two bounds that are both required are no bands');
SELECT is(pg_temp.lines('{"code": "S", "rule": "any of (*)", "nodes": [
        {"code": "1", "rule": "a / b < 50%", "when": {"A": "a / b < 60%"}}, {"code": "2", "rule": "a / b >= 50%"},
        {"code": "3", "rule": "a / c > 90%", "when": {"A": "a / c > 80%"}}]}'),
    E'set | warning | The overall rule is always met with the rules it refers to: "a / b < 50%" of [1] or "a / b >= 50%" of [2] always holds. | Correct one of these conditions.\n'
    '1 | A | warning | [1] and [2] overlap: both hold for "a / b >= 50% and a / b < 60%". | a / b < 50%',
    'bands of a share, for a class');
SELECT is(pg_temp.lines('{"code": "S", "rule": "any of (*)", "nodes": [
        {"code": "1", "rule": "x < 50"}, {"code": "2", "rule": "x > 60"}, {"code": "3", "rule": "y > 9", "when": {"A": "y > 8"}}]}'),
    'set | warning | There is a gap between [1] and [2]: neither holds for "x between 50 and 60". | x between 50 and 60',
    'for a class only what its own rules bring about');
SELECT is(pg_temp.lines_of_rule(
    'at least 20 points of (10 points: x < 50, 20 points: x between 51 and 70, 30 points: x >= 70, 5 points: y >= 1)'),
    E'warning | There is a gap between "x < 50" and "x between 51 and 70": neither holds for "x >= 50 and x < 51". | x >= 50 and x < 51\n'
    'warning | "x between 51 and 70" and "x >= 70" overlap: both hold for "x = 70". | '
    'at least 20 points of (10 points: x < 50, 20 points: x >= 51 and x < 70, 30 points: x >= 70, 5 points: y >= 1)',
    'bands within a gate by points');

-- Nodes, classes, measures, units, sources

SELECT is(pg_temp.lines('{"code": "S", "rule": "[1] and [4]", "nodes": [
        {"code": "1", "rule": "x >= 1"}, {"code": "1.1", "rule": "y >= 1"},
        {"code": "2"}, {"code": "2.1", "rule": "z >= 1"}, {"code": "3", "rule": "[2] or x >= 1"},
        {"code": "4", "rule": "x >= 2", "when": {"A": "[5] and x >= 2"}}, {"code": "5", "rule": "y >= 2"}]}'),
    E'1.1 | warning | The node cannot influence the overall verdict: no rule refers to it. | Refer to it by [1.1] or "*" in the rule of [1], or remove it.\n'
    '3 | warning | The node cannot influence the overall verdict: no rule refers to it. | Refer to it by [3] or "*" in the overall rule, or remove it.',
    'nodes that nothing refers to, the uppermost of those that hang together; a class is enough');
SELECT is(pg_temp.lines('{"code": "S", "classes": {"A": "a", "B": "b", "C": "c"},
        "measures": {"x": {"unit": "km"}, "y": {}, "z": {"unit": "%"}, "w": {}}, "nodes": [
        {"code": "1", "rule": "x >= 1", "when": {"A": "x / w >= 2"}, "source": "s", "when_source": {"C": "t"}},
        {"code": "2", "measure": "z", "delegated": "the province", "source": "s"}]}'),
    E'set | B | notice | Class "B" is declared, but makes no difference to any node. | Add the variants for the class, or remove it from "classes".\n'
    'set | notice | Measure "y" is declared, but no rule or node uses it. | Use the measure, or remove it from "measures".\n'
    '2 | notice | The requirement is delegated: the province. | Give the node a rule as soon as the requirement is set.',
    'what is declared and not used; what is delegated');
SELECT is(pg_temp.lines('{"code": "S", "measures": {"x": {"unit": "km"}}, "nodes": [
        {"code": "1", "measure": "x", "unit": "%", "rule": "<= 105"}, {"code": "2", "measure": "x", "unit": "km", "rule": ">= 2"},
        {"code": "3", "measure": "y", "unit": "m", "rule": ">= 2"}, {"code": "4", "measure": "y", "rule": "<= 9"},
        {"code": "5", "measure": "y", "unit": "ha", "rule": "<= 7"}]}'),
    E'1 | warning | The unit of "x" is "%" here, but "km" under "measures". | Give the measure one unit, or use two measures.\n'
    '5 | warning | The unit of "y" is "ha" here, but "m" at [3]. | Give the measure one unit, or use two measures.',
    'two units of one measure, of which then neither is believed');
SELECT is(pg_temp.lines('{"code": "S", "nodes": [
        {"code": "1", "rule": "all of (*)"}, {"code": "1.1", "rule": "x >= 1"}, {"code": "1.2", "rule": "y >= 1", "source": "s"},
        {"code": "2", "rule": "any of (*)"}, {"code": "2.1", "rule": "z >= 1", "source": "s"},
        {"code": "3"}, {"code": "3.1", "delegated": "p", "source": "s", "when": {"A": "x >= 2"}}]}'),
    E'1.1 | notice | The requirement has no source, while others have one. | Say where it comes from by "source": an address, unverified or illustrative.\n'
    '2 | notice | The requirement has no source, while others have one. | Say where it comes from by "source": an address, unverified or illustrative.\n'
    '3.1 | notice | The requirement is delegated: p. | Give the node a rule as soon as the requirement is set.',
    'requirements without a source');
SELECT is(pg_temp.lines('{"code": "S", "nodes": [{"code": "1", "rule": "x >= 1"}, {"code": "2", "rule": "y >= 1"}]}'), NULL,
    'where no requirement has a source none is missed');

-- The shipped sets: only what is delegated

SELECT is_empty(
    $$SELECT library_document.code, problems.* FROM library_document, problems(document)
      WHERE severity <> 'notice' OR problem NOT LIKE 'The requirement is delegated: %'$$,
    'the shipped sets have no problems');
SELECT is(
    (SELECT string_agg(problems.code, ' ') FROM library_document, problems(document) WHERE library_document.code = 'VN-XA-2016'),
    '2.1 2.2 2.3 2.4 6.1 17.4 17.5', 'but requirements that are delegated');
SELECT is((SELECT count(*) FROM library_document, problems(document) WHERE library_document.code = 'PT-KDC-DEMO'), 0::bigint,
    'the demonstration set has none');

-- Against all values: random rules over few bounds, and every region of them.

CREATE FUNCTION pg_temp.pick(VARIADIC choices text[]) RETURNS text LANGUAGE sql VOLATILE AS
    'SELECT choices[1 + floor(random() * array_length(choices, 1))::int]';

CREATE FUNCTION pg_temp.random_rule(depth int) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    n int := 2 + floor(random() * 3)::int;
    items text[];
    total int := 0;
    points int;
BEGIN
    IF depth = 0 OR random() < 0.15 THEN
        RETURN CASE floor(random() * 10)::int
            WHEN 0 THEN pg_temp.pick('f met', 'f not met', 'f = 1', 'f = 0', 'f <> 1')
            WHEN 1 THEN 's / t ' || pg_temp.pick('>=', '<=', '>', '<', '=', '<>') || pg_temp.pick(' 50%', ' 1', ' 100%', ' 0.5')
            WHEN 2 THEN 'x between ' || pg_temp.pick('0', '1', '2') || ' and ' || pg_temp.pick('1', '2', '3')
            ELSE pg_temp.pick('x', 'x', 'y') || ' ' || pg_temp.pick('>=', '<=', '>', '<', '=', '<>') || ' ' || floor(random() * 4)::int
        END;
    END IF;
    IF random() < 0.15 THEN
        RETURN 'not (' || pg_temp.random_rule(depth - 1) || ')';
    END IF;
    FOR i IN 1 .. n LOOP
        items := items || pg_temp.random_rule(depth - 1);
    END LOOP;
    IF random() < 0.35 THEN
        RETURN '(' || array_to_string(items, ') and (') || ')';
    ELSIF random() < 0.45 THEN
        RETURN '(' || array_to_string(items, ') or (') || ')';
    ELSIF random() < 0.3 THEN
        FOR i IN 1 .. n LOOP
            points := 1 + floor(random() * 4)::int;
            total := total + points;
            items[i] := points || ' points: ' || items[i];
        END LOOP;
        RETURN pg_temp.pick('at least ', 'at most ') || floor(random() * (total + 2))::int || ' points of (' || array_to_string(items, ', ') || ')';
    ELSE
        RETURN pg_temp.pick('all', 'any', 'at least ' || floor(random() * (n + 2))::int, 'at most ' || floor(random() * (n + 1))::int,
                            'at least ' || pg_temp.pick('10', '34', '50', '67', '100', '110') || '%',
                            'at most ' || pg_temp.pick('0', '34', '50', '67', '99') || '%')
            || ' of (' || array_to_string(items, ', ') || ')';
    END IF;
END
$$;

-- a value in every region of every measure and of the share
CREATE TEMP TABLE facts AS
    SELECT json_build_object('x', x, 'y', y, 'f', f, 's', s, 't', 4)::text::measures AS m
    FROM unnest(ARRAY[-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 4]) x, unnest(ARRAY[-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 4]) y,
         unnest(ARRAY[0, 1]) f, unnest(ARRAY[1, 2, 3, 4, 5]) s;

SELECT setseed(0.42);
CREATE TEMP TABLE random_rule AS
    SELECT i, rule, json_build_object('code', 'S', 'measures', '{"f": {"unit": "yes/no"}, "x": {}, "y": {}, "s": {}, "t": {}}'::json,
                                   'rule', '[1] or z >= 1', 'nodes', json_build_array(json_build_object('code', '1', 'rule', rule, 'measure', 'z')))
                     ::text::ruleset AS given
    FROM (SELECT i, pg_temp.random_rule(1 + i % 3) AS rule FROM generate_series(1, 3000) AS i) AS made;
CREATE TEMP TABLE random_problem AS
    SELECT i, problems.* FROM random_rule, problems(given) WHERE problems.code = '1';
CREATE TEMP TABLE decided AS
    SELECT i, min(rule) AS rule, NOT bool_or(verdict = 'met') AS never, bool_and(verdict = 'met') AS always
    FROM (SELECT i, rule, assess(m, given) -> '1' AS verdict FROM random_rule, facts) AS assessed
    GROUP BY i;

SELECT cmp_ok(count(*) FILTER (WHERE never), '>=', 100::bigint, 'many random rules can never be met') FROM decided;
SELECT cmp_ok(count(*) FILTER (WHERE always), '>=', 100::bigint, 'many are always met') FROM decided;
SELECT results_eq(
    $$SELECT i FROM decided WHERE never ORDER BY i$$,
    $$SELECT i FROM random_problem WHERE problem LIKE 'The rule can never be met: %' AND severity = 'error' ORDER BY i$$,
    'the first are said to be so, and no others');
SELECT results_eq(
    $$SELECT i FROM decided WHERE always ORDER BY i$$,
    $$SELECT i FROM random_problem WHERE problem LIKE 'The rule is always met: %' AND severity = 'error' ORDER BY i$$,
    'so are the second, and no others');

-- what is proposed in place of a rule that says too much decides as it does
CREATE TEMP TABLE shortened AS
    SELECT DISTINCT i, rule, jsonb_set(given::jsonb, '{nodes,0,rule}', to_jsonb(proposal))::ruleset AS shorter, given
    FROM random_problem JOIN random_rule USING (i)
    WHERE problem LIKE '%adds nothing%' AND proposal NOT LIKE '%.';
SELECT cmp_ok(count(*), '>=', 100::bigint, 'many say too much') FROM shortened;
SELECT is_empty(
    $$SELECT DISTINCT i, rule, ruleset_code(shorter) FROM shortened, facts
      WHERE overall(assess(m, given)) <> overall(assess(m, shorter))$$,
    'what remains of a rule that says too much decides as it does');
SELECT cmp_ok(count(*) FILTER (WHERE proposal NOT LIKE '%.'), '>=', 200::bigint, 'many proposals are rules') FROM random_problem;
SELECT is_empty(
    $$SELECT i, proposal FROM random_problem WHERE proposal NOT LIKE '%.' AND proposal::rule::text <> proposal$$,
    'a proposal without a full stop is a rule, in canonical form');
SELECT is_empty(
    $$SELECT i, random_problem.proposal, again.problem
      FROM random_problem JOIN random_rule USING (i), problems(amend(given, '1', random_problem.proposal::rule)) AS again
      WHERE random_problem.problem LIKE 'The rule %' AND random_problem.proposal NOT LIKE '%.' AND again.severity = 'error'
        AND again.code = '1'$$,
    'a rule proposed for one that is never or always met is neither');

-- Sets: what is said of rules together is true, and all is said where the rules
-- by themselves are right.

CREATE TEMP TABLE random_set AS
    SELECT i, json_build_object('code', 'S', 'rule', pg_temp.pick('all of (*)', 'any of (*)', 'at least 2 of (*)', '[1] and not [2]', 'at most 1 of (*)'),
        'measures', '{"f": {"unit": "yes/no"}, "x": {}, "y": {}, "s": {}, "t": {}}'::json,
        'nodes', json_build_array(
            json_build_object('code', '1', 'rule', pg_temp.random_rule(1)),
            json_build_object('code', '2', 'rule', pg_temp.pick('any', 'all') || ' of (*)'),
            json_build_object('code', '2.1', 'rule', pg_temp.random_rule(1), 'when', json_build_object('A', pg_temp.random_rule(1))),
            json_build_object('code', '2.2', 'rule', pg_temp.random_rule(0)),
            json_build_object('code', '3', 'rule', pg_temp.pick('[2.1]', '[1]', '[2]') || ' or ' || pg_temp.random_rule(0))))::text::ruleset AS given
    FROM generate_series(1, 700) AS i;
CREATE TEMP TABLE set_problem AS
    SELECT i, problems.* FROM random_set, problems(given) WHERE severity IN ('error', 'warning');
CREATE TEMP TABLE set_decided AS
    SELECT i, class, node, NOT bool_or(verdict = 'met') AS never, bool_and(verdict = 'met') AS always
    FROM (SELECT i, class, node, CASE WHEN node IS NULL THEN overall(card) ELSE card -> node END AS verdict
          FROM (SELECT i, class, assess(m, given, CASE WHEN class IS NULL THEN '{}' ELSE ARRAY[class] END) AS card
                FROM random_set, facts, unnest(ARRAY[NULL, 'A']) AS class OFFSET 0) AS assessed,
               unnest(ARRAY[NULL, '2', '3']) AS node) AS verdicts
    GROUP BY i, class, node;
SELECT cmp_ok(count(*), '>=', 100::bigint, 'many sets hold rules that are wrong together')
    FROM set_problem WHERE problem LIKE '%with the rules it refers to%';
SELECT is_empty(
    $$SELECT i, code, set_problem.class, problem FROM set_problem JOIN set_decided USING (i)
      WHERE problem LIKE '%with the rules it refers to%'
        AND set_decided.class IS NOT DISTINCT FROM set_problem.class AND node IS NOT DISTINCT FROM code
        AND CASE WHEN problem LIKE '% can never be met %' THEN NOT never ELSE NOT always END$$,
    'what is said of them is true');
SELECT is_empty(
    $$SELECT i, node FROM set_decided
      WHERE class IS NULL AND (never OR always)
        AND NOT EXISTS (SELECT FROM set_problem WHERE set_problem.i = set_decided.i AND set_problem.class IS NULL
                        AND (problem LIKE 'The %rule can never be met%' OR problem LIKE 'The %rule is always met%'))$$,
    'where a set is decided something is said');

-- Work is bounded: hostile sets end soon, and nothing wrong is said of them.

SET LOCAL statement_timeout = '60s';
CREATE TEMP TABLE hostile (name text, given text);
INSERT INTO hostile
    SELECT 'many bounds of one measure', json_build_object('code', 'S', 'nodes', json_build_array(json_build_object('code', '1', 'rule',
        (SELECT string_agg('x <> ' || i, ' and ') FROM generate_series(1, 1200) AS i))));
INSERT INTO hostile
    SELECT 'pigeons', json_build_object('code', 'S', 'nodes', json_build_array(json_build_object('code', '1', 'rule',
        (SELECT string_agg(item, ' and ')
         FROM (SELECT 'at least 1 of (' || string_agg(format('p%s_%s met', i, j), ', ') || ')' AS item
               FROM generate_series(1, 10) AS i, generate_series(1, 9) AS j GROUP BY i
               UNION ALL
               SELECT 'at most 1 of (' || string_agg(format('p%s_%s met', i, j), ', ') || ')'
               FROM generate_series(1, 10) AS i, generate_series(1, 9) AS j GROUP BY j) AS items))));
INSERT INTO hostile
    SELECT 'a long chain', json_build_object('code', 'S', 'rule', '[1]', 'nodes', json_agg(json_build_object('code', i::text, 'rule',
        CASE WHEN i < 900 THEN format('any of ([%s], not [%s] and x%s >= 1)', i + 1, i + 1, i) ELSE 'x >= 1' END)))
    FROM generate_series(1, 900) AS i;
INSERT INTO hostile
    SELECT 'many nodes', json_build_object('code', 'S', 'nodes', json_agg(json_build_object('code', i::text, 'rule',
        format('at least 2 of (x%s >= 1, x%s < 2, x%s <= 3, x%s between 2 and 4)', i % 40, i % 39, i % 38, i % 37))))
    FROM generate_series(1, 4096) AS i;
INSERT INTO hostile
    SELECT 'deep rules, deeply nested', json_build_object('code', 'S', 'rule', '[1]', 'nodes', json_agg(json_build_object('code', i::text, 'rule',
        CASE WHEN i < 600 THEN repeat('not (', 29) || format('[%s]', i + 1) || repeat(format(' and x%s >= 1)', i), 29) ELSE 'x >= 1' END)))
    FROM generate_series(1, 600) AS i;
-- each clause holds for the units that have what has an even number, and nothing else
INSERT INTO hostile
    SELECT 'hard, but possible', json_build_object('code', 'S', 'nodes', json_build_array(json_build_object('code', '1', 'rule',
        (SELECT string_agg(format('(v%s %s or v%s %s or v%s %s)', a, (ARRAY['>= 1', '< 1'])[1 + (a + k) % 2], b, (ARRAY['>= 1', '< 1'])[1 + (b + k / 2) % 2],
                                  c, (ARRAY['>= 1', '< 1'])[1 + c % 2]), ' and ')
         FROM (SELECT k, floor(random() * 90)::int AS a, floor(random() * 90)::int AS b, floor(random() * 90)::int AS c
               FROM generate_series(1, 400) AS k) AS clause))));
SELECT lives_ok(format('SELECT count(*) FROM ntm.problems(%L)', given), name) FROM hostile;
SELECT is_empty(
    $$SELECT name, problem FROM hostile, problems(given::ruleset)
      WHERE name IN ('many bounds of one measure', 'many nodes', 'hard, but possible') AND severity = 'error'$$,
    'nothing wrong is said of what can be met');
SELECT is(count(*), 10001::bigint, 'no more than 10000 problems are shown')
    FROM problems((SELECT json_build_object('code', 'S', 'nodes', json_agg(json_build_object('code', i::text, 'rule',
        'a / b >= 95 or a / c <= 5 and x between 7 and 6 and x = 3 or c = 5 or c >= 3')))::text
        FROM generate_series(1, 4000) AS i)::ruleset);

-- What is said of a rule leaves out what is not applicable, 0 / 0 too, as the
-- comment on problems() and the documents say.
SELECT ok((SELECT problem LIKE said || '%' FROM problems(r)) AND overall(assess(m, r)) = turns_out, format('%s, but %s with %s', said, turns_out, m))
FROM (VALUES ('a >= 45 and a < 36', '{"a": "n/a"}'::measures, 'The rule can never be met', 'not_applicable'::verdict),
             ('a / b >= 95% and a / b < 60%', '{"a": 0, "b": 0}', 'The rule can never be met', 'not_applicable'),
             ('not a >= 5 or not a < 5', '{"a": "n/a"}', 'The rule is always met', 'not_met')) v(rule, m, said, turns_out),
    LATERAL (SELECT jsonb_build_object('code', 'N', 'nodes', jsonb_build_array(jsonb_build_object('code', '1', 'rule', rule)))::ruleset AS r) s;

SELECT * FROM finish();
ROLLBACK;
