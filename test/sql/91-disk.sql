-- On disk and on the wire: values written by this version, as bytes. They are
-- stored for years, so these bytes must stay readable for ever: never change a
-- fixture here, add the next version's beside it.

BEGIN;
SET search_path = ntm, public;
SELECT plan(52);

-- Bytes of a stored value and back. varbit(value, 0, false) gives its argument
-- as it is, whatever it is; only a superuser can misuse it so.
CREATE FUNCTION pg_temp.bytes(measures, integer, boolean) RETURNS bytea LANGUAGE internal STRICT AS 'varbit';
CREATE FUNCTION pg_temp.bytes(rule, integer, boolean) RETURNS bytea LANGUAGE internal STRICT AS 'varbit';
CREATE FUNCTION pg_temp.bytes(ruleset, integer, boolean) RETURNS bytea LANGUAGE internal STRICT AS 'varbit';
CREATE FUNCTION pg_temp.bytes(scorecard, integer, boolean) RETURNS bytea LANGUAGE internal STRICT AS 'varbit';
CREATE FUNCTION pg_temp.as_measures(bytea, integer, boolean) RETURNS measures LANGUAGE internal STRICT AS 'varbit';
CREATE FUNCTION pg_temp.as_rule(bytea, integer, boolean) RETURNS rule LANGUAGE internal STRICT AS 'varbit';
CREATE FUNCTION pg_temp.as_ruleset(bytea, integer, boolean) RETURNS ruleset LANGUAGE internal STRICT AS 'varbit';
CREATE FUNCTION pg_temp.as_scorecard(bytea, integer, boolean) RETURNS scorecard LANGUAGE internal STRICT AS 'varbit';

CREATE TEMPORARY TABLE fixture AS SELECT
    '{"income": 36.5, "market": "n/a", "plan": 1, "poor": null}' AS m_text,
    -- version, reserved, count; first bytes of the SHA-256 of what is stored of the names; values (millionths);
    -- lengths of the names, 0x40 for packed ones; names, six bits a character (0-9 1-10, A-Z 11-36, _ 37, a-z 38-63)
    '\x02000400' || 'a20f64b53b69976e92fd7b25bf311b5c' || '20f22c0200000000' || '0000000000000080' || '40420f0000000000' || '0100000000000080' ||
        '46464444' || 'bb3a34caa0' || 'ca6df0ab90' || 'd719b3' || 'd74d37' AS m,
    '>= 95%' AS q_text,
    '\x01' || '3e3d20393525' AS q,
    '{"overall": "met", "1": "not_met", "2": "unknown", "2.1": "met", "x": "not_applicable", "3": {"verdict": "met", "parent": "1"}, "ruleset": "0123456789abcdef0123456789abcdef"}' AS s_text,
    -- version, overall, count; fingerprint; verdicts; criteria; indicators; codes; parents that are no prefix
    '\x02020500' || '0123456789abcdef0123456789abcdef' || 'e402' || '4500' || '5001' || '0131' || '0132' || '03322e31' || '0178' || '0133' || '0100' || '04000000' AS s,
    '{"overall": "unknown", "1": "met", "points": [3, 500], "ruleset": "0123456789abcdef0123456789abcdef"}' AS p_text,
    -- the highest bit of the second byte says that points follow at the end
    '\x02810100' || '0123456789abcdef0123456789abcdef' || '02' || '01' || '01' || '0131' || '0000' || '03000000' || 'f4010000' AS p,
    '{"code": "X", "nodes": [{"code": "1", "rule": "a >= 1", "when": {"A": "a >= 2"}}, {"code": "1.1", "measure": "b"}]}' AS r_text,
    -- version, program's version, reserved; fingerprint; length of the document, document
    '\x02010000' || '87695cbea9805377a0bda4045ec4a96e' || '73000000' AS r;

-- The layout is that of a little-endian machine with 8-byte alignment.
CREATE FUNCTION pg_temp.only_here(result text) RETURNS text
LANGUAGE sql AS $$ SELECT CASE get_byte(pg_temp.bytes('{"a": 1}'::measures, 0, false), 2) WHEN 1 THEN result ELSE skip('another byte order', 1) END $$;

SELECT pg_temp.only_here(is(pg_temp.bytes(m_text::measures, 0, false), m::bytea, 'measures are stored so')) FROM fixture;
SELECT pg_temp.only_here(is(pg_temp.as_measures(m::bytea, 0, false)::text, m_text, 'and read again')) FROM fixture;
SELECT pg_temp.only_here(ok(pg_temp.as_measures(m::bytea, 0, false) = m_text::measures, 'equal to what is read today')) FROM fixture;
SELECT pg_temp.only_here(is(pg_temp.bytes(q_text::rule, 0, false), q::bytea, 'rules are stored so')) FROM fixture;
SELECT pg_temp.only_here(is(pg_temp.as_rule(q::bytea, 0, false)::text, q_text, 'and read again')) FROM fixture;
SELECT pg_temp.only_here(is(pg_temp.bytes(s_text::scorecard, 0, false), s::bytea, 'scorecards are stored so')) FROM fixture;
SELECT pg_temp.only_here(is(pg_temp.as_scorecard(s::bytea, 0, false)::text, s_text, 'and read again')) FROM fixture;
SELECT pg_temp.only_here(is(concat_ws(' ', criteria(c, 'not_met'), indicators(c, 'met'), met_count(c), unknown_count(c), c -> '2.1'), '{1} {2.1,3} 1 1 met', 'with all they say'))
FROM fixture, LATERAL (SELECT pg_temp.as_scorecard(s::bytea, 0, false) AS c) x;
SELECT pg_temp.only_here(is(pg_temp.bytes(p_text::scorecard, 0, false), p::bytea, 'scorecards with points are stored so')) FROM fixture;
SELECT pg_temp.only_here(is(pg_temp.as_scorecard(p::bytea, 0, false)::text, p_text, 'and read again')) FROM fixture;
SELECT pg_temp.only_here(is(substring(pg_temp.bytes(r_text::ruleset, 0, false), 1, 24 + octet_length(r_text)), r::bytea || convert_to(r_text, 'UTF8'), 'rulesets are stored so, before the program')) FROM fixture;

-- Hashes are stored too, as places in indexes and partitions, and never change.
SELECT is(ARRAY[verdict_hash('met'), rule_hash(q_text::rule), ruleset_hash(r_text::ruleset)], ARRAY[1134484726, -990471735, 1100959028], 'hashes') FROM fixture;
SELECT is(ARRAY[verdict_hash_extended('met', 1), rule_hash_extended(q_text::rule, 1), ruleset_hash_extended(r_text::ruleset, 1)], ARRAY[7846366767813865367, 4548585062096035056, -6959191656006375789], 'hashes with a seed') FROM fixture;
SELECT pg_temp.only_here(is(ARRAY[measures_hash(m_text::measures), scorecard_hash(s_text::scorecard)], ARRAY[376329477, -1932955149], 'hashes of what is stored in machine order')) FROM fixture;

-- Two values and three bytes of names may read like one value and a longer name.
CREATE TEMPORARY TABLE likeness AS SELECT '{"A": 1, "B": 7016996765293.437195}'::measures AS two, '{"aaaaaaaAA,0": 1}'::measures AS one;
SELECT pg_temp.only_here(is(measures_hash(one), measures_hash(two), 'values that differ in nothing but the count share a hash')) FROM likeness;
SELECT ok(one <> two AND NOT one = two AND measures_cmp(one, two) <> 0, 'and are not equal') FROM likeness;

-- A set's program is made anew from the document where it is of another version.
CREATE TEMPORARY TABLE elder AS
SELECT what, r_text::ruleset AS r, pg_temp.as_ruleset(b, 0, false) AS e
FROM fixture, LATERAL (SELECT pg_temp.bytes(r_text::ruleset, 0, false) AS now) n, (VALUES ('an earlier', 0), ('a later', 200)) v(what, version),
    LATERAL (SELECT set_byte(substring(now, 1, 24 + octet_length(r_text)), 1, version) || '\xdeadbeef' AS b) x;
SELECT isnt(pg_temp.bytes(e, 0, false), pg_temp.bytes(r, 0, false), what || ' program version: not the same bytes') FROM elder;
SELECT ok(e = r AND ruleset_hash(e) = ruleset_hash(r) AND e::text = r::text AND ruleset_send(e) = ruleset_send(r) AND e::jsonb = r::jsonb, what || ' program version: the same value') FROM elder;
SELECT is(assess(m::measures, e, classes), assess(m::measures, r, classes), what || ' program version: the same verdicts')
FROM elder, (VALUES ('{"a": 1, "b": 1}', '{}'::text[]), ('{"a": 1, "b": 1}', '{A}'), ('{}', '{}')) t(m, classes);
SELECT ok(ruleset_code(e) = 'X' AND ruleset_title(e) IS NULL AND fingerprint(e) = fingerprint(r) AND variables(e) = variables(r) AND classes(e) = classes(r)
    AND amend(e, '1', 'a met') = amend(r, '1', 'a met'), what || ' program version: all else') FROM elder;
SELECT is((SELECT array_agg(x::text) FROM explain('{"a": 0}', e) x), (SELECT array_agg(x::text) FROM explain('{"a": 0}', r) x), what || ' program version: the same explanation') FROM elder;

-- A value of a version that this library does not know is refused, not misread.
SELECT throws_ok(format('SELECT %s(pg_temp.as_%s(set_byte(%L::bytea, 0, 250), 0, false))', f, kind, bytes), '22000', format('unknown version 250 of a stored value of type ntm.%s', kind), format('%s of an unknown version of %s', f, kind))
FROM fixture, LATERAL (VALUES ('measures', m, 'measures_out'), ('measures', m, 'measures_send'), ('rule', q, 'rule_out'), ('rule', q, 'rule_send'), ('rule', q, 'variables'),
    ('scorecard', s, 'scorecard_out'), ('scorecard', s, 'overall'), ('scorecard', s, 'met_count'),
    ('ruleset', pg_temp.bytes(r_text::ruleset, 0, false)::text, 'ruleset_out'), ('ruleset', pg_temp.bytes(r_text::ruleset, 0, false)::text, 'ruleset_send'), ('ruleset', pg_temp.bytes(r_text::ruleset, 0, false)::text, 'nodes')) v(kind, bytes, f);

-- What an aggregate of the user's own gets into a table: a draft, in which room
-- to spare must not hold what the server's memory held before.
CREATE AGGREGATE pg_temp.draft(text, numeric) (SFUNC = ntm.measures_agg_add, STYPE = ntm.measures);
CREATE AGGREGATE pg_temp.draft_from(text, numeric) (SFUNC = ntm.measures_agg_add, STYPE = ntm.measures, INITCOND = '{"first": 1}');
SET LOCAL enable_hashagg = off;	-- one group after another, in the same memory
CREATE TEMPORARY TABLE draft AS
SELECT 'a draft as it begins' AS what, pg_temp.draft('a', 1) AS m
UNION ALL SELECT 'one that has grown to ' || size, pg_temp.draft('a' || i, i) FROM (VALUES (1, 300), (2, 30)) s(place, size), generate_series(1, size) i GROUP BY place, size
UNION ALL SELECT 'one that was unified', pg_temp.draft('a' || i % 300, i % 300) FROM generate_series(1, 8200) i
UNION ALL SELECT 'one of what was there', pg_temp.draft_from('a', 1);
SELECT pg_temp.only_here(ok(get_byte(b, 1) = 1 AND length(b) > 20 + used AND substring(b, 21 + used) = decode(repeat('00', length(b) - 20 - used), 'hex'), what || ' has zeros at its end'))
FROM draft, LATERAL (SELECT pg_temp.bytes(m, 0, false) AS b) x, LATERAL (SELECT get_byte(b, 4) + 256 * get_byte(b, 5) AS used) y;
SELECT is(count(*), 5::bigint, 'drafts equal what is read from their text') FROM draft
WHERE m = m::text::measures AND measures_cmp(m, m::text::measures) = 0 AND measures_hash(m) = measures_hash(m::text::measures);

-- On the wire

SELECT is(verdict_send('not_applicable'), '\x0103', 'a verdict is sent so: version, code');
SELECT is(measures_send(m_text::measures),
    ('\x010004' || '0006696e636f6d65' || '00000000022cf220' || '00066d61726b6574' || '8000000000000000' || '0004706c616e' || '00000000000f4240' || '0004706f6f72' || '8000000000000001')::bytea,
    'measures are sent so: version, count, then length, name and millionths of each') FROM fixture;
SELECT is(rule_send(q_text::rule), '\x01' || convert_to(q_text, 'UTF8'), 'a rule is sent so: version, text') FROM fixture;
SELECT is(ruleset_send(r_text::ruleset), '\x01' || convert_to(r_text, 'UTF8'), 'a ruleset is sent so: version, document') FROM fixture;
SELECT is(scorecard_send(s_text::scorecard), '\x01' || convert_to(s_text, 'UTF8'), 'a scorecard is sent so: version, text') FROM fixture;

SELECT * FROM finish();
ROLLBACK;
