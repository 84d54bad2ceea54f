-- Type ntm.rule: every form of the language, its canonical text, refusals with
-- the place, limits, comparison, binary form.

BEGIN;
SET search_path = ntm, public;
SELECT plan(258);

-- What an error says, as one line: SQLSTATE, message, detail, hint
CREATE FUNCTION pg_temp.refusal(statement text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    message text;
    detail text;
    hint text;
BEGIN
    EXECUTE statement;
    RETURN 'accepted';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    RETURN concat_ws(' | ', SQLSTATE, message, nullif(detail, ''), nullif(hint, ''));
END
$$;

-- The language: what is written, and what is kept

CREATE TEMPORARY TABLE form (id integer GENERATED ALWAYS AS IDENTITY, written text, kept text);

-- comparisons with the node's own measure, a named one, a share
INSERT INTO form (written, kept) VALUES
    ('>= 95', '>= 95'),
    ('<= 12', '<= 12'),
    ('> 5', '> 5'),
    ('< 5', '< 5'),
    ('= 1', '= 1'),
    ('<> 2', '<> 2'),
    ('!= 2', '<> 2'),
    ('between 1 and 5', 'between 1 and 5'),
    ('BETWEEN 10 % AND 20 %', 'between 10% and 20%'),
    ('between -5 and -1', 'between -5 and -1'),
    ('met', 'met'),
    ('not met', 'not met'),
    ('income>=36', 'income >= 36'),
    ('income between 1 and 2', 'income between 1 and 2'),
    ('has_plan met', 'has_plan met'),
    ('has_plan not met', 'has_plan not met'),
    ('a/b>=95%', 'a / b >= 95%'),
    ('a / b < 0.5', 'a / b < 0.5'),
    ('a / b met', 'a / b met'),
    ('a/b not met', 'a / b not met'),
    ('a / b <> 50%', 'a / b <> 50%'),
    ('a / b between 50% and 70%', 'a / b between 50% and 70%');

-- numbers
INSERT INTO form (written, kept) VALUES
    ('>= 007', '>= 7'),
    ('>= 0', '>= 0'),
    ('>= -0', '>= 0'),
    ('>= .5', '>= 0.5'),
    ('>= 1.50', '>= 1.5'),
    ('>= 1.000000000', '>= 1'),
    ('>= 0.000001', '>= 0.000001'),
    ('>= -0.000001', '>= -0.000001'),
    ('>= -3', '>= -3'),
    ('>= - 3', '>= -3'),
    (E'>= \u22123', '>= -3'),
    ('>= 9199999999999.999999', '>= 9199999999999.999999'),
    ('>= -9199999999999.999999', '>= -9199999999999.999999'),
    ('>= 00000000000000000000000001', '>= 1'),
    ('>= 60.50%', '>= 60.5%'),
    ('>= 0.500', '>= 0.5'),
    ('>= 1.501', '>= 1.501'),
    ('>= 1234.500', '>= 1234.5'),
    ('>= 0%', '>= 0%');

-- and, or, not: how they bind, which brackets are kept
INSERT INTO form (written, kept) VALUES
    ('a >= 1 or b >= 1 and c >= 1', 'a >= 1 or b >= 1 and c >= 1'),
    ('a >= 1 or (b >= 1 and c >= 1)', 'a >= 1 or b >= 1 and c >= 1'),
    ('(a >= 1 or b >= 1) and c >= 1', '(a >= 1 or b >= 1) and c >= 1'),
    ('a >= 1 and (b >= 1 or c >= 1) and d >= 1', 'a >= 1 and (b >= 1 or c >= 1) and d >= 1'),
    ('a >= 1 and (b >= 1 and (c >= 1 and d >= 1))', 'a >= 1 and b >= 1 and c >= 1 and d >= 1'),
    ('(a >= 1 or b >= 1) or c >= 1', 'a >= 1 or b >= 1 or c >= 1'),
    ('((((a >= 1))))', 'a >= 1'),
    ('not a >= 1 and b >= 1', 'not a >= 1 and b >= 1'),
    ('(not a >= 1) and b >= 1', 'not a >= 1 and b >= 1'),
    ('not (a >= 1 and b >= 1)', 'not (a >= 1 and b >= 1)'),
    ('not (a >= 1 or b >= 1)', 'not (a >= 1 or b >= 1)'),
    ('not (a >= 1)', 'not a >= 1'),
    ('not (not a >= 1)', 'not not a >= 1'),
    ('NOT a >= 1 AND b >= 1 Or c >= 1', 'not a >= 1 and b >= 1 or c >= 1'),
    ('between 1 and 2 and a >= 3', 'between 1 and 2 and a >= 3'),
    ('between 1 and 2 or between 3 and 4', 'between 1 and 2 or between 3 and 4'),
    ('a met and not met', 'a met and not met');

-- "not met" is one comparison; the opposite of "met" is written otherwise
INSERT INTO form (written, kept) VALUES
    ('(met)', 'met'),
    ('not (met)', 'not (met)'),
    ('not not met', 'not not met'),
    ('not (not met)', 'not not met'),
    ('not not (met)', 'not not (met)'),
    ('not a met', 'not a met'),
    ('not a not met', 'not a not met'),
    ('not (met and a >= 1)', 'not (met and a >= 1)'),
    ('met and not (met)', 'met and not (met)');

-- gates
INSERT INTO form (written, kept) VALUES
    ('all of (*)', 'all of (*)'),
    ('any of(*)', 'any of (*)'),
    ('All Of ( not * )', 'all of (not *)'),
    ('at least 2 of (a >= 1, b = 1, c <= 3)', 'at least 2 of (a >= 1, b = 1, c <= 3)'),
    ('at least 2.0 of (*)', 'at least 2 of (*)'),
    ('at least 0 of (*)', 'at least 0 of (*)'),
    ('at least 1000000000 of (*)', 'at least 1000000000 of (*)'),
    ('at least 50 % of (*, [9])', 'at least 50% of (*, [9])'),
    ('at least 66,67% of (*)', 'at least 66.67% of (*)'),
    ('at least 200% of (*)', 'at least 200% of (*)'),
    ('at most 1 of (*)', 'at most 1 of (*)'),
    ('at most 33.3% of (not *)', 'at most 33.3% of (not *)'),
    ('at least 5 points of (3 points: a >= 1, 2 points: b met)', 'at least 5 points of (3 points: a >= 1, 2 points: b met)'),
    ('at most 5 POINTS of (1 point : *, 7 Points: not *)', 'at most 5 points of (1 points: *, 7 points: not *)'),
    ('at least 5 points of (3 points: a >= 1 or b >= 1)', 'at least 5 points of (3 points: a >= 1 or b >= 1)'),
    ('any of (all of (a >= 1, b >= 1), at most 1 of (*), c met and d met)', 'any of (all of (a >= 1, b >= 1), at most 1 of (*), c met and d met)'),
    ('all of ((a >= 1 or b >= 1), (met))', 'all of (a >= 1 or b >= 1, met)'),
    ('all of (a >= 1) and any of (b >= 1)', 'all of (a >= 1) and any of (b >= 1)'),
    ('not all of (a >= 1)', 'not all of (a >= 1)'),
    ('all of (a >= 1,b >= 2)', 'all of (a >= 1, b >= 2)');

-- other nodes
INSERT INTO form (written, kept) VALUES
    ('[17.1]', '[17.1]'),
    ('[ 17.1 ]', '[17.1]'),
    (E'not [17] and [ti\u00eau ch\u00ed 5]', E'not [17] and [ti\u00eau ch\u00ed 5]'),
    ('["x" and y]', '["x" and y]');

-- names, plain and quoted
INSERT INTO form (written, kept) VALUES
    ('Income_2 >= 1', 'Income_2 >= 1'),
    ('"income" >= 1', 'income >= 1'),
    ('"and" >= 1', '"and" >= 1'),
    ('"Or" / "NOT" >= 1', '"Or" / "NOT" >= 1'),
    ('"met" met', '"met" met'),
    ('"all" met or "any" met or "at" met or "between" met', '"all" met or "any" met or "at" met or "between" met'),
    ('least >= 1 and most / of >= 2 and points met and Point >= 3', 'least >= 1 and most / of >= 2 and points met and Point >= 3'),
    ('at least 1 points of (2 points: points >= 1)', 'at least 1 points of (2 points: points >= 1)'),
    ('"two words" / "a""b" >= 1', '"two words" / "a""b" >= 1'),
    ('"9lives" >= 1 and "_x" met and "a-b" met', '"9lives" >= 1 and "_x" met and "a-b" met'),
    ('"' || repeat('x', 63) || '" >= 1', repeat('x', 63) || ' >= 1'),
    (E'"thu nh\u1eadp" >= 36', E'"thu nh\u1eadp" >= 36'),
    ('"[1]" met', '"[1]" met');

-- the cells of the official annexes as they stand
INSERT INTO form (written, kept) VALUES
    (E'\u2265 95%', '>= 95%'),
    (E'\u226595%', '>= 95%'),
    (E'\u2264 12 %', '<= 12%'),
    (E'\u226412 %', '<= 12%'),
    (E'\u2260 0', '<> 0'),
    ('100%', '>= 100'),
    (' 100 % ', '>= 100'),
    ('100,0%', '>= 100'),
    (E'\u2265 60,5%', '>= 60.5%'),
    ('>= 1,5', '>= 1.5'),
    (E'\u2265\u00a095\u00a0%', '>= 95%'),
    (E'\u2265\u202f95\u202f%', '>= 95%'),
    (E'\u2265\u200995\u3000%', '>= 95%'),
    (E'\ufeff>= 95', '>= 95'),
    (E'\u0110\u1ea1t', 'met'),
    (E'\u0110\u1ea0T', 'met'),
    (E'\u0111\u1ea1t', 'met'),
    (E'\u0110a\u0323t', 'met'),
    (E'\u0111A\u0323T', 'met'),
    (E'Kh\u00f4ng', '= 0'),
    (E'KH\u00d4NG', '= 0'),
    (E'kho\u0302ng', '= 0'),
    (E'KHO\u0302NG', '= 0'),
    (E'Kh\u00f4ng \u0111\u1ea1t', 'not met'),
    (E'KHO\u0302NG\u00a0\u0110A\u0323T', 'not met'),
    (E'market \u0110\u1ea1t', 'market met'),
    (E'market kh\u00f4ng \u0111\u1ea1t', 'market not met'),
    (E'market Kh\u00f4ng', 'market = 0'),
    (E'a / b Kh\u00f4ng', 'a / b = 0'),
    (E'not \u0110\u1ea1t', 'not met'),
    (E'C\u00f3', 'met'),
    (E'C\u00d3', 'met'),
    (E'co\u0301', 'met'),
    (E'Kh\u00f4ng c\u00f3', 'not met'),
    (E'\t>=\r\n 95\f\x0b%', '>= 95%');

SELECT is(written::rule::text, kept, format('%s is kept as %s', regexp_replace(written, '\s+', ' ', 'g'), kept)) FROM form ORDER BY id;

SELECT is_empty(
    $$SELECT kept, kept::rule::text FROM form WHERE kept::rule::text <> kept$$,
    'the canonical text of every form is read and written again unchanged');
SELECT is_empty(
    $$SELECT written FROM form WHERE written::rule <> kept::rule
        OR rule_send(written::rule) <> rule_send(kept::rule)
        OR rule_hash(written::rule) <> rule_hash(kept::rule)
        OR rule_hash_extended(written::rule, 42) <> rule_hash_extended(kept::rule, 42)$$,
    'two spellings of one rule are equal, in hash and on the wire');

-- Only spelling is made uniform; what means the same but is another condition stays another
SELECT isnt('>= 1'::rule, 'met'::rule, 'a yes/no condition is not rewritten as a number');
SELECT isnt('a / b >= 50%'::rule, 'a / b >= 0.5'::rule, 'a percentage is not rewritten as a fraction');
SELECT isnt('a >= 1 and b >= 1'::rule, 'b >= 1 and a >= 1'::rule, 'the order of conditions is kept');
SELECT isnt('A >= 1'::rule, 'a >= 1'::rule, 'names differ by letter case');

-- Refusals: message, what is wrong and where, what to do

CREATE TEMPORARY TABLE refused (id integer GENERATED ALWAYS AS IDENTITY, written text, detail text, hint text);
INSERT INTO refused (written, detail, hint) VALUES
    ('', 'The rule is not complete, at character 1.', NULL),
    ('   ', 'The rule is not complete, at character 4.', NULL),
    ('95', 'A number alone is no condition, at character 1.', 'Say which side of it is met, for example ">= 80" or "= 0".'),
    ('80%', 'A number alone is no condition, at character 1.', 'Say which side of it is met, for example ">= 80%"; only "100%" may stand alone.'),
    ('100% and a met', '"and" is unexpected, at character 6.', NULL),
    ('all of (100%)', '"%" is unexpected, at character 12.', NULL),
    ('a', 'The rule is not complete, at character 2.', NULL),
    ('a >=', 'The rule is not complete, at character 5.', NULL),
    ('a >= 1 and', 'The rule is not complete, at character 11.', NULL),
    ('a >= 1 b >= 2', '"b" is unexpected, at character 8.', 'Leave out units of measure other than "%"; join conditions by "and" or "or".'),
    ('and a >= 1', '"and" is unexpected, at character 1.', NULL),
    ('a => 1', '">" is unexpected, at character 4.', NULL),
    ('a > = 1', '"=" is unexpected, at character 5.', NULL),
    ('a == 1', '"=" is unexpected, at character 4.', NULL),
    ('a >= b', '"b" is unexpected, at character 6.', NULL),
    ('a + b >= 1', '"+" is unexpected, at character 3.', 'Rules compare and do not calculate, but for a share: a / b.'),
    ('a * 2 >= 1', '"*" is unexpected, at character 3.', 'Rules compare and do not calculate, but for a share: a / b.'),
    ('a / b / c >= 1', '"/" is unexpected, at character 7.', NULL),
    ('/ b >= 1', '"/" is unexpected, at character 1.', NULL),
    ('(a >= 1', 'The rule is not complete, at character 8.', NULL),
    ('a >= 1)', '")" is unexpected, at character 7.', NULL),
    ('()', '")" is unexpected, at character 2.', NULL),
    ('*', '"*" is unexpected, at character 1.', NULL),
    ('not *', '"*" is unexpected, at character 5.', NULL),
    ('all of (not not *)', '"*" is unexpected, at character 17.', NULL),
    ('all of (* and a met)', '"and" is unexpected, at character 11.', NULL),
    ('all of ()', '")" is unexpected, at character 9.', NULL),
    ('all of (a met,)', '")" is unexpected, at character 15.', NULL),
    ('all (a met)', '"(" is unexpected, at character 5.', NULL),
    ('all met', '"met" is unexpected, at character 5.', NULL),
    ('at 2 of (a met)', '"2" is unexpected, at character 4.', NULL),
    ('at least of (a met)', '"of" is unexpected, at character 10.', NULL),
    ('at least -1 of (a met)', '"-" is unexpected, at character 10.', NULL),
    ('at least 1.5 of (a met)', NULL, NULL),
    ('at least 2 points of (a met, 2 points: b met)', 'Every item of a gate by points needs its points, at character 1.', 'Write for example "at least 50 points of (30 points: a >= 1, 20 points: b met)".'),
    ('at least 2 of (2 points: a met)', 'Only a gate by points may have items with points, at character 1.', 'Write for example "at least 50 points of (...)".'),
    ('at least 2 points of (0 points: a met)', 'An item cannot be worth 0 points, at character 23.', NULL),
    ('at least 2 points of (1.5 points: a met)', NULL, NULL),
    ('at least 1000000000.5 of (a met)', NULL, NULL),
    ('2 points: a met', 'A number alone is no condition, at character 1.', 'Say which side of it is met, for example ">= 80" or "= 0".'),
    ('between 1', 'The rule is not complete, at character 10.', NULL),
    ('between 1 or 2', '"or" is unexpected, at character 11.', NULL),
    ('between 50% and 70', 'One bound is a percentage and the other is not, at character 17.', 'Write both bounds alike, for example "between 50% and 70%".'),
    ('[]', 'The node code is empty, at character 1.', 'Write the code of a node in brackets, such as [17.1].'),
    ('[  ]', 'The node code is empty, at character 1.', 'Write the code of a node in brackets, such as [17.1].'),
    ('[17', 'A node code is not closed, at character 1.', 'Write the code in brackets, such as [17.1].'),
    ('[17] >= 1', '">=" is unexpected, at character 6.', NULL),
    ('17]', 'A number alone is no condition, at character 1.', 'Say which side of it is met, for example ">= 80" or "= 0".'),
    ('"" >= 1', 'A measure cannot have this name, at character 1.', 'The name of a measure must not be empty.'),
    ('"abc >= 1', 'A quoted name is not closed, at character 1.', NULL),
    (repeat('x', 64) || ' >= 1', 'A measure cannot have this name, at character 1.', 'The name of a measure may have at most 63 bytes.'),
    (E'"' || repeat(E'\u1ea1', 22) || '" >= 1', 'A measure cannot have this name, at character 1.', 'The name of a measure may have at most 63 bytes.'),
    ('[' || repeat('x', 64) || ']', 'The node code has 64 bytes; 63 are allowed, at character 1.', 'Write the code of a node in brackets, such as [17.1].'),
    ('a; b', '";" is unexpected, at character 2.', NULL),
    ('''a'' >= 1', '"''" is unexpected, at character 1.', NULL),
    (E'thu nh\u1eadp >= 1', E'"nh\u1eadp" is unexpected, at character 5.', 'Names with letters beyond a to z stand in double quotes.'),
    (E'nh\u1eadp >= 1', E'"nh\u1eadp" is unexpected, at character 1.', 'Names with letters beyond a to z stand in double quotes.'),
    (E'\u0110\u1ea1t x', '"x" is unexpected, at character 5.', NULL),
    (E'\u2265 95 \u20ac', E'"\u20ac" is unexpected, at character 6.', 'Leave out units of measure other than "%"; join conditions by "and" or "or".'),
    ('>= 1.2.3', '".3" is unexpected, at character 7.', NULL),
    ('>= 1,2,3', '"," is unexpected, at character 7.', NULL),
    ('>= 1e5', '"1e5" is unexpected, at character 4.', NULL),
    ('>= NaN', '"NaN" is unexpected, at character 4.', NULL),
    ('>= 1.', '"." is unexpected, at character 5.', NULL),
    -- one and a half, or fifteen hundred?
    ('>= 1.500', 'A number can be read in two ways: "1.500", at character 4.', 'Write thousands without a point or comma, and decimals without zeros at the end.'),
    (E'\u2264 100,000 %', NULL, NULL),
    -- what those write who know what they mean
    (E'a >= 1 v\u00e0 b >= 2', E'"v\u00e0" is unexpected, at character 8.', 'Write "and".'),
    (E'a >= 1 ho\u1eb7c b >= 2', E'"ho\u1eb7c" is unexpected, at character 8.', 'Write "or".'),
    (E'\u2265 45 tri\u1ec7u \u0111\u1ed3ng', E'"tri\u1ec7u" is unexpected, at character 6.', 'Leave out units of measure other than "%"; join conditions by "and" or "or".'),
    ('>= 1500 m2', '"m2" is unexpected, at character 9.', 'Leave out units of measure other than "%"; join conditions by "and" or "or".');

SELECT throws_ok(
    format('SELECT %L::ntm.rule', written), '22P02',
    format('invalid input syntax for type ntm.rule: "%s"', written),
    format('refused: %s', left(written, 70)))
FROM refused ORDER BY id;

SELECT is_empty(
    $$SELECT written, said, should
      FROM refused,
        concat_ws(' | ', '22P02', format('invalid input syntax for type ntm.rule: "%s"', written), detail, hint) AS should,
        pg_temp.refusal(format('SELECT %L::ntm.rule', written)) AS said
      WHERE CASE WHEN detail IS NULL THEN said NOT LIKE should || ' | %at character %.%' ELSE said <> should END$$,
    'each refusal says what is wrong, where, and what to do');

-- numbers that cannot be held exactly
SELECT throws_ok(format('SELECT %L::ntm.rule', written), '22003', NULL, format('out of range: %s', written))
FROM unnest(ARRAY['>= 0.0000001', 'a >= 1.2345678%', '>= 9200000000000', '>= -9200000000000', '>= 10000000000000',
                  'at least 99999999999999999999 of (*)', '>= 12345678901234567890123456789012345678901234567890']) AS written;
SELECT is(pg_temp.refusal($$SELECT 'a >= 5 and b >= 9300000000000'::ntm.rule$$),
    '22003 | invalid input syntax for type ntm.rule: "a >= 5 and b >= 9300000000000" | A number is too large: "9300000000000", at character 17. | Numbers are below 9.2 * 10^12 in magnitude.',
    'a number out of range is shown with its place');
SELECT is(pg_temp.refusal($$SELECT 'a >= 5 and b >= 0.1234567'::ntm.rule$$),
    '22003 | invalid input syntax for type ntm.rule: "a >= 5 and b >= 0.1234567" | A number has more than 6 decimals: "0.1234567", at character 17.',
    'a number with too many decimals is shown with its place');

-- a name that no measure can have
SELECT throws_ok($$SELECT E'"a\nb" >= 1'::ntm.rule$$, '22P02', NULL, 'a name cannot have control characters');
SELECT throws_ok($$SELECT E'"a\x7f" >= 1'::ntm.rule$$, '22P02', NULL, 'nor DEL');

-- Limits

SELECT lives_ok($$SELECT ('a >= 1' || repeat(' ', 16384 - 6))::ntm.rule$$, '16,384 bytes are read');
SELECT alike(pg_temp.refusal($$SELECT ('a >= 1' || repeat(' ', 16385 - 6))::ntm.rule$$),
    '54000 | rule is too long | The rule has 16385 bytes%; 16384 are allowed. | Split it over several nodes.',
    'one more is too long');
-- blanks are added, so a text can grow
SELECT throws_ok($$SELECT ((SELECT string_agg('a>1', 'or ') FROM generate_series(1, 2700)))::ntm.rule$$, '54000', NULL,
    'a rule whose canonical text is too long is refused, not kept where it could not be read again');

SELECT is(length((repeat('not ', 63) || 'a >= 1')::rule::text), 63 * 4 + 6, '64 levels of "not" are read');
SELECT is(pg_temp.refusal($$SELECT (repeat('not ', 64) || 'a >= 1')::ntm.rule$$),
    '54000 | invalid input syntax for type ntm.rule: "' || repeat('not ', 64) || 'a >= 1" | The rule is nested too deeply, at character 1. | Split it over several nodes.',
    'one more is too deep');
SELECT is((repeat('all of (', 63) || 'a >= 1' || repeat(')', 63))::rule::text,
    repeat('all of (', 63) || 'a >= 1' || repeat(')', 63), '64 levels of gates are read');
SELECT throws_ok($$SELECT (repeat('all of (', 64) || 'a >= 1' || repeat(')', 64))::ntm.rule$$, '54000', NULL,
    'one more is too deep');
SELECT throws_ok($$SELECT (repeat('all of (', 2000))::ntm.rule$$, NULL, NULL,
    'thousands of gates that are never closed end in an error');
SELECT is((repeat('(', 8000) || 'a>1' || repeat(')', 8000))::rule::text, 'a > 1', 'brackets alone are no depth');
SELECT throws_ok($$SELECT repeat('(', 16000)::ntm.rule$$, NULL, NULL, 'brackets that are never closed end in an error');
SELECT is(pg_temp.refusal(format('SELECT %L::ntm.rule', written)), format('54000 | invalid input syntax for type ntm.rule: "%s" | %s', written, detail), 'too large: ' || written)
FROM (VALUES
    ('at least 1000000001 of (a met)', 'A count must be a whole number of at most 1000000000, at character 10.'),
    ('at most 1 points of (1000000001 points: a met)', 'A number of points must be a whole number of at most 1000000000, at character 22.'),
    ('at least 2 points of (1000000000 points: a met, 1 points: b met)', 'The points of the items add up to too much, at character 1.')) t(written, detail);
SELECT throws_ok($$SELECT (repeat('>1or', 4095) || '>1')::ntm.rule$$, '54000', NULL, 'more than 4,096 conditions are refused');
SELECT alike(pg_temp.refusal($$SELECT (repeat('>1or', 4095) || '>1')::ntm.rule$$),
    '54000 | % | The rule has too many conditions, at character 16381. | Split it over several nodes.',
    'and the place is that of the first one too many');

-- Comparison

CREATE TEMPORARY TABLE kept AS SELECT DISTINCT kept::rule AS r FROM form;
SELECT is_empty(
    $$SELECT a.r, b.r FROM kept a, kept b
      WHERE (a.r < b.r) <> (a.r::text COLLATE "C" < b.r::text COLLATE "C")
         OR (a.r <= b.r) <> (a.r::text COLLATE "C" <= b.r::text COLLATE "C")
         OR (a.r = b.r) <> (a.r::text = b.r::text)
         OR (a.r <> b.r) <> (a.r::text <> b.r::text)
         OR (a.r >= b.r) <> (a.r::text COLLATE "C" >= b.r::text COLLATE "C")
         OR (a.r > b.r) <> (a.r::text COLLATE "C" > b.r::text COLLATE "C")
         OR sign(rule_cmp(a.r, b.r)) <> sign(bttextcmp(a.r::text COLLATE "C", b.r::text COLLATE "C"))$$,
    'rules are ordered bytewise by their text, by every operator');
SELECT cmp_ok(count(DISTINCT rule_hash(r)), '>', count(*) - 3, 'hashes of different rules differ') FROM kept;
SELECT cmp_ok(count(DISTINCT rule_hash_extended(r, 0)), '=', count(*), '64-bit hashes too') FROM kept;
SELECT is((SELECT rule_hash_extended(r, 0)::bit(32) FROM kept LIMIT 1), (SELECT rule_hash(r)::bit(32) FROM kept LIMIT 1),
    'with seed 0 the low half of the wide hash is the narrow one');
SELECT isnt(rule_hash_extended('met', 1), rule_hash_extended('met', 2), 'the seed counts');

SET enable_hashagg = off;
SELECT is((SELECT count(*) FROM (SELECT written::rule FROM form GROUP BY 1) g), (SELECT count(*) FROM kept), 'grouping by sorting');
RESET enable_hashagg;
SET enable_sort = off;
SELECT is((SELECT count(*) FROM (SELECT written::rule FROM form GROUP BY 1) g), (SELECT count(*) FROM kept), 'grouping by hashing');
RESET enable_sort;

CREATE TEMPORARY TABLE uniquely (r rule PRIMARY KEY);
INSERT INTO uniquely VALUES ('>= 95%');
SELECT throws_ok(E'INSERT INTO uniquely VALUES (\'\u2265 95 %\')', '23505', NULL, 'another spelling is a duplicate key');

CREATE TEMPORARY TABLE parted (r rule) PARTITION BY HASH (r);
CREATE TEMPORARY TABLE parted_0 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TEMPORARY TABLE parted_1 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO parted SELECT r FROM kept;
SELECT ok(bool_and(n > 0), 'hash partitioning spreads rules')
FROM (SELECT count(*) AS n FROM parted_0 UNION ALL SELECT count(*) FROM parted_1) c;

-- Binary form: a version byte and the text

SELECT is(rule_send('>= 95 %'), '\x01'::bytea || convert_to('>= 95%', 'UTF8'), 'the wire has version 1 and the canonical text');
SELECT is_empty(
    $$SELECT r FROM kept WHERE rule_send(r) <> '\x01'::bytea || convert_to(r::text, 'UTF8')$$,
    'so it is for every rule');

-- Stored: short, long and compressed

CREATE TEMPORARY TABLE stored (id integer, r rule);
INSERT INTO stored SELECT id, written::rule FROM form;
INSERT INTO stored
SELECT 1000 + n, (SELECT string_agg(format('m%s >= %s', md5(i::text), i), ' or ') FROM generate_series(1, n) i)::rule
FROM unnest(ARRAY[2, 5, 40, 200, 300]) n;
SELECT is_empty(
    $$SELECT id FROM stored JOIN form USING (id) WHERE stored.r <> form.kept::rule OR stored.r::text <> form.kept$$,
    'a table gives back what it was given');
SELECT is_empty(
    $$SELECT id FROM stored WHERE r <> r::text::rule OR rule_hash(r) <> rule_hash(r::text::rule)$$,
    'also what is long');

-- The measures a rule names

SELECT is(variables('>= 95 and met'::rule), '{}', 'the node''s own measure has no name here');
SELECT is(variables('z >= 1 and (a / "B c" >= 1% or not z met) and all of (*, [7], "and" between 1 and 2)'::rule),
    ARRAY['B c', 'a', 'and', 'z'], 'all names once, sorted bytewise, also the denominator');
SELECT is(variables(('m1 >= 1 or m' || repeat('9', 62) || ' met')::rule), ARRAY['m1', 'm' || repeat('9', 62)], 'names of 63 bytes too');

SELECT * FROM finish();
ROLLBACK;
