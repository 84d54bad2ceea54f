-- Type ntm.ruleset: documents, canonical and refused; what is inside; changed
-- copies; comparison, casts, binary form, limits.

BEGIN;
SET search_path = ntm, public;
SELECT plan(146);

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

-- A document with these nodes
CREATE FUNCTION pg_temp.doc(nodes text, head text DEFAULT '') RETURNS text
LANGUAGE sql AS $$ SELECT format('{"code": "X", %s"nodes": [%s]}', head, nodes) $$;

-- Canonical form

CREATE TEMPORARY TABLE form (id integer GENERATED ALWAYS AS IDENTITY, written text, kept text, what text);
INSERT INTO form (what, written, kept) VALUES
    ('the smallest set',
     '{"code":"X","nodes":[{"code":"1","rule":"a>=1"}]}',
     '{"code": "X", "nodes": [{"code": "1", "rule": "a >= 1"}]}'),
    ('keys come in one order, whatever the order they are written in',
     '{"nodes":[{"when_source":{"A":"u"},"source":"s","cite":"c","when":{"A":">=2"},"rule":">=1","unit":"%","measure":"m","parent":null,"title":"t","code":"1"}],"measures":{"m":{"unit":"%","title":"M"}},"classes":{"A":"a"},"rule":"all of (*)","cite":"C","title":"T","code":"X"}',
     '{"code": "X", "title": "T", "cite": "C", "rule": "all of (*)", "classes": {"A": "a"}, "measures": {"m": {"title": "M", "unit": "%"}}, "nodes": [{"code": "1", "title": "t", "parent": null, "measure": "m", "unit": "%", "rule": ">= 1", "when": {"A": ">= 2"}, "cite": "c", "source": "s", "when_source": {"A": "u"}}]}'),
    ('a key that is null is left out, save parent and the title of a class',
     '{"code":"X","title":null,"cite":null,"rule":null,"classes":{"A":null},"measures":{"m":{"title":null}},"nodes":[{"code":"1","title":null,"measure":null,"unit":null,"rule":"m met","when":null,"delegated":null,"cite":null,"source":null,"when_source":null,"parent":null}]}',
     '{"code": "X", "classes": {"A": null}, "measures": {"m": {}}, "nodes": [{"code": "1", "parent": null, "rule": "m met"}]}'),
    ('what is empty stays, unless it says nothing',
     '{"code":"X","title":"","classes":{},"nodes":[{"code":"1","title":"","rule":"a met","when":{},"when_source":{}}]}',
     '{"code": "X", "title": "", "classes": {}, "nodes": [{"code": "1", "title": "", "rule": "a met"}]}'),
    ('classes, measures and variants are sorted bytewise',
     '{"code":"X","classes":{"b":"2","a":"1","B":"0"},"measures":{"z":{},"y":{},"Z":{}},"nodes":[{"code":"1","rule":"z met","when":{"b":"y met","B":"z met","a":"Z met"}}]}',
     '{"code": "X", "classes": {"B": "0", "a": "1", "b": "2"}, "measures": {"Z": {}, "y": {}, "z": {}}, "nodes": [{"code": "1", "rule": "z met", "when": {"B": "z met", "a": "Z met", "b": "y met"}}]}'),
    ('nodes keep their order',
     pg_temp.doc('{"code":"2","rule":"a met"},{"code":"1.1","rule":"b met"},{"code":"1"}'),
     '{"code": "X", "nodes": [{"code": "2", "rule": "a met"}, {"code": "1.1", "rule": "b met"}, {"code": "1"}]}'),
    ('rules are canonical, also in variants',
     E'{"code":"X","rule":"AT LEAST 50 % of(*)","nodes":[{"code":"1","measure":"m","rule":"\u2265 60,5\u00a0%","when":{"A":"\u0110\u1ea1t"}}]}',
     '{"code": "X", "rule": "at least 50% of (*)", "nodes": [{"code": "1", "measure": "m", "rule": ">= 60.5%", "when": {"A": "met"}}]}'),
    ('text is kept, escaped as JSON asks',
     E'{"code":"X","title":"M\u00f4i tr\\u01b0\u1eddng \\"x\\" \\\\ \\/ \\n\\t\\u0001","nodes":[{"code":"1","rule":"\\"a\\"\\"b\\" met"}]}',
     E'{"code": "X", "title": "M\u00f4i tr\u01b0\u1eddng \\"x\\" \\\\ / \\n\\t\\u0001", "nodes": [{"code": "1", "rule": "\\"a\\"\\"b\\" met"}]}'),
    ('a delegated requirement',
     pg_temp.doc('{"code":"1","delegated":"UBND","when":{"A":"a met"}}'),
     '{"code": "X", "nodes": [{"code": "1", "when": {"A": "a met"}, "delegated": "UBND"}]}'),
    ('a source for a declared class that has no rule of its own',
     pg_temp.doc('{"code":"1","rule":"a met","when_source":{"A":"s"}}', '"classes": {"A": "a"}, '),
     '{"code": "X", "classes": {"A": "a"}, "nodes": [{"code": "1", "rule": "a met", "when_source": {"A": "s"}}]}'),
    ('a parent of one''s own choosing',
     pg_temp.doc('{"code":"A"},{"code":"1.1","parent":"A","rule":"a met"},{"code":"1.2","parent":null,"rule":"a met"}'),
     '{"code": "X", "nodes": [{"code": "A"}, {"code": "1.1", "parent": "A", "rule": "a met"}, {"code": "1.2", "parent": null, "rule": "a met"}]}'),
    ('a node may refer to one that comes later, in another branch',
     pg_temp.doc('{"code":"1","rule":"[2.1] and all of (*)"},{"code":"1.1","rule":"a met"},{"code":"2"},{"code":"2.1","rule":"not [1.1]"}'),
     '{"code": "X", "nodes": [{"code": "1", "rule": "[2.1] and all of (*)"}, {"code": "1.1", "rule": "a met"}, {"code": "2"}, {"code": "2.1", "rule": "not [1.1]"}]}'),
    ('a node without rule and children is met by its measure',
     pg_temp.doc('{"code":"1","measure":"m"}'),
     '{"code": "X", "nodes": [{"code": "1", "measure": "m"}]}'),
    ('codes of 63 bytes',
     pg_temp.doc(format('{"code":"%s","rule":"a met"}', repeat('x', 63))),
     format('{"code": "X", "nodes": [{"code": "%s", "rule": "a met"}]}', repeat('x', 63))),
    ('a code that begins with a dot has no prefix',
     pg_temp.doc('{"code":".5","rule":"a met"}'),
     '{"code": "X", "nodes": [{"code": ".5", "rule": "a met"}]}');

SELECT is(written::ruleset::text, kept, what) FROM form ORDER BY id;
SELECT is_empty(
    $$SELECT what, kept::ruleset::text FROM form WHERE kept::ruleset::text <> kept$$,
    'the canonical text of each is read and written again unchanged');
SELECT is_empty(
    $$SELECT what FROM form WHERE written::ruleset <> kept::ruleset
        OR ruleset_send(written::ruleset) <> ruleset_send(kept::ruleset)
        OR ruleset_hash(written::ruleset) <> ruleset_hash(kept::ruleset)
        OR ruleset_hash_extended(written::ruleset, 7) <> ruleset_hash_extended(kept::ruleset, 7)
        OR fingerprint(written::ruleset) <> fingerprint(kept::ruleset)
        OR written::ruleset <> written::jsonb::ruleset
        OR written::ruleset <> written::ruleset::jsonb::ruleset$$,
    'both spellings are equal: in hash, fingerprint, on the wire, and through jsonb');
SELECT is_empty(
    $$SELECT what FROM form WHERE fingerprint(written::ruleset)
        <> left(encode(sha256(convert_to(written::ruleset::text, 'UTF8')), 'hex'), 32)$$,
    'the fingerprint is what anyone can compute from the text');
SELECT is_empty(
    $$SELECT what FROM form WHERE ruleset_send(written::ruleset) <> '\x01'::bytea || convert_to(kept, 'UTF8')$$,
    'the wire has version 1 and the document');

-- what is equal is equal in all it says
SELECT is_empty($$
    SELECT what, d FROM form, unnest(ARRAY[written, pg_temp.doc('{"code":"1","rule":"a met","when_source":{"A":null}}', '"classes": {"A": "a"}, ')]) d
    WHERE (SELECT array_agg(r::text) FROM requirements(d::ruleset) r) IS DISTINCT FROM (SELECT array_agg(r::text) FROM requirements(d::ruleset::text::ruleset) r)
       OR (SELECT array_agg(n::text) FROM nodes(d::ruleset) n) IS DISTINCT FROM (SELECT array_agg(n::text) FROM nodes(d::ruleset::text::ruleset) n)
       OR classes(d::ruleset) <> classes(d::ruleset::text::ruleset)
       OR variables(d::ruleset) <> variables(d::ruleset::text::ruleset)$$,
    'a set read again from its text has the same nodes, requirements, classes and measures');

-- Refusals: what is wrong, where, and what to do

CREATE TEMPORARY TABLE refused (id integer GENERATED ALWAYS AS IDENTITY, what text, written text, should text);
INSERT INTO refused (what, written, should) VALUES
    ('nothing', '',
     'invalid input syntax for type ntm.ruleset at character 1 | The input string ended unexpectedly.'),
    ('half a document', '{"code": "X", "nodes": [',
     'invalid input syntax for type ntm.ruleset at character 25 | The input string ended unexpectedly.'),
    ('no object', '[]',
     'invalid ruleset | In the ruleset: an object is expected for a ruleset, not an array, at character 1.'),
    ('a number', '5',
     'invalid ruleset | In the ruleset: an object is expected for a ruleset, not a number, at character 1.'),
    ('no code', '{"nodes": []}',
     'invalid ruleset | In the ruleset: there is no "code", at character 1.'),
    ('a code that is no string', '{"code": 5, "nodes": []}',
     'invalid ruleset | In the ruleset: a string is expected for "code", not a number, at character 10.'),
    ('an empty code', '{"code": "", "nodes": []}',
     'invalid ruleset "" | In the ruleset: the ruleset''s code "" is empty, at character 1.'),
    ('a code with a line break', E'{"code": "a\\nb", "nodes": []}',
     E'invalid ruleset "a\nb" | In the ruleset: the ruleset''s code "a\nb" has brackets or control characters, at character 1.'),
    ('no nodes', '{"code": "X"}',
     'invalid ruleset "X" | In the ruleset: "nodes" must be an array of at least one node, at character 1.'),
    ('an empty list of nodes', '{"code": "X", "nodes": []}',
     'invalid ruleset "X" | In the ruleset: "nodes" must be an array of at least one node, at character 24.'),
    ('nodes that are an object', '{"code": "X", "nodes": {}}',
     'invalid ruleset "X" | In the ruleset: "nodes" must be an array of at least one node, at character 24.'),
    ('an unknown key of the set', '{"code": "X", "nodse": []}',
     'invalid ruleset "X" | In the ruleset: unknown key "nodse", at character 24. | The keys are: code, title, cite, rule, classes, measures, nodes.'),
    ('the same key twice', '{"code": "X", "code": "Y", "nodes": [{"code": "1", "rule": "a met"}]}',
     'invalid input syntax for type ntm.ruleset at character 15 | Key "code" occurs twice in the same object.'),
    ('the same key twice in a node', pg_temp.doc('{"code": "1", "rule": "a met", "rule": "b met"}'),
     'invalid input syntax for type ntm.ruleset at character 56 | Key "rule" occurs twice in the same object.'),
    ('two variants for one class', pg_temp.doc('{"code": "1", "rule": "a met", "when": {"A": "a met", "A": "b met"}}'),
     'invalid input syntax for type ntm.ruleset at character 79 | Key "A" occurs twice in the same object.'),
    ('a node that is no object', pg_temp.doc('{"code": "1", "rule": "a met"}, 7'),
     'invalid ruleset "X" | In node 2: an object is expected for a node, not a number, at character 57.'),
    ('a node without code', pg_temp.doc('{"code": "1", "rule": "a met"}, {"title": "t"}'),
     'invalid ruleset "X" | In node 2: the node has no "code", at character 57.'),
    ('an unknown key of a node', pg_temp.doc('{"code": "1", "rul": "a met"}'),
     'invalid ruleset "X" | In node "1": unknown key "rul", at character 46. | The keys are: code, title, parent, measure, unit, rule, when, delegated, cite, source, when_source.'),
    ('a key in another letter case', pg_temp.doc('{"code": "1", "Rule": "a met"}'),
     'invalid ruleset "X" | In node "1": unknown key "Rule", at character 47. | The keys are: code, title, parent, measure, unit, rule, when, delegated, cite, source, when_source.'),
    ('two nodes of one code', pg_temp.doc('{"code": "1", "rule": "a met"}, {"code": "1", "rule": "a met"}'),
     'invalid ruleset "X" | In node "1": the code is used twice, at character 57.'),
    ('a code with brackets', pg_temp.doc('{"code": "a[1]", "rule": "a met"}'),
     'invalid ruleset "X" | In node "a[1]": the node''s code "a[1]" has brackets or control characters, at character 25.'),
    ('a code with a blank at its end', pg_temp.doc('{"code": "1 ", "rule": "a met"}'),
     'invalid ruleset "X" | In node "1 ": the node''s code "1 " begins or ends with a blank, at character 25.'),
    ('a code of 64 bytes', pg_temp.doc(format('{"code": "%s", "rule": "a met"}', repeat('x', 64))),
     format('invalid ruleset "X" | In node "%s": the node''s code "%1$s" has 64 bytes; 63 are allowed, at character 25.', repeat('x', 64))),
    ('a code of 22 letters and 66 bytes', pg_temp.doc(format('{"code": "%s", "rule": "a met"}', repeat(E'\u1ea1', 22))),
     format('invalid ruleset "X" | In node "%s": the node''s code "%1$s" has 66 bytes; 63 are allowed, at character 25.', repeat(E'\u1ea1', 22))),
    ('a code that means something else in scorecards', pg_temp.doc('{"code": "overall", "rule": "a met"}'),
     'invalid ruleset "X" | In node "overall": "overall" cannot be a code, at character 25. | It has a meaning of its own in scorecards.'),
    ('a title that is no string', pg_temp.doc('{"code": "1", "title": 5, "rule": "a met"}'),
     'invalid ruleset "X" | In node "1": a string is expected for "title", not a number, at character 48.'),
    ('a rule that is no string', pg_temp.doc('{"code": "1", "rule": true}'),
     'invalid ruleset "X" | In node "1", key "rule": a string is expected for "rule", not true, at character 47.'),
    ('a rule that cannot be read', pg_temp.doc('{"code": "1", "rule": "a met", "when": {"A": "a >= 1 and"}}'),
     'invalid input syntax for type ntm.rule: "a >= 1 and" | In node "1", key "when", class "A": The rule is not complete, at character 11.'),
    ('an overall rule that cannot be read', pg_temp.doc('{"code": "1", "rule": "a met"}', '"rule": "all", '),
     'invalid input syntax for type ntm.rule: "all" | In key "rule" of the ruleset: The rule is not complete, at character 4.'),
    ('a variant without rule', pg_temp.doc('{"code": "1", "rule": "a met", "when": {"A": null}}'),
     'invalid ruleset "X" | In node "1", key "when", class "A": a rule is missing, at character 70.'),
    ('variants that are a list', pg_temp.doc('{"code": "1", "rule": "a met", "when": []}'),
     'invalid ruleset "X" | In node "1": an object is expected for "when", not an array, at character 64.'),
    ('a class that is not declared', pg_temp.doc('{"code": "1", "rule": "a met", "when": {"B": "b met"}}', '"classes": {"A": "a"}, '),
     'invalid ruleset "X" | In node "1": unknown class "B", at character 93. | List the class under "classes", or correct its spelling.'),
    ('a source of a class that is not declared', pg_temp.doc('{"code": "1", "rule": "a met", "when_source": {"B": "s"}}', '"classes": {"A": "a"}, '),
     'invalid ruleset "X" | In node "1": unknown class "B", at character 100. | List the class under "classes", or correct its spelling.'),
    ('a source of a class without variant', pg_temp.doc('{"code": "1", "rule": "a met", "when_source": {"B": "s"}}'),
     'invalid ruleset "X" | In node "1": "when_source" names class "B", which has no variant, at character 77. | Give the class a rule under "when", or list it under "classes".'),
    ('an empty class', pg_temp.doc('{"code": "1", "rule": "a met", "when": {"": "b met"}}'),
     'invalid ruleset "X" | In node "1": the class "" is empty, at character 69.'),
    ('classes that are a list', pg_temp.doc('{"code": "1", "rule": "a met"}', '"classes": ["A"], '),
     'invalid ruleset "X" | In the ruleset: an object is expected for "classes", not an array, at character 26.'),
    ('measures that are strings', pg_temp.doc('{"code": "1", "rule": "a met"}', '"measures": {"a": "A"}, '),
     'invalid ruleset "X" | In key "measures", measure "a": an object is expected for a measure, not a string, at character 33.'),
    ('an unknown key of a measure', pg_temp.doc('{"code": "1", "rule": "a met"}', '"measures": {"a": {"titel": "A"}}, '),
     'invalid ruleset "X" | In key "measures", measure "a": unknown key "titel", at character 43. | The keys are: title, unit.'),
    ('a measure that is not declared', pg_temp.doc('{"code": "1", "measure": "m", "rule": ">= 1 and b / a >= 1"}', '"measures": {"a": {}}, '),
     'invalid ruleset "X" | In node "1": undefined measure "b". | Declare it under "measures", or correct its spelling.'),
    ('a denominator that is not declared', pg_temp.doc('{"code": "1", "rule": "a met", "when": {"A": "a / b >= 1"}}', '"measures": {"a": {}}, '),
     'invalid ruleset "X" | In node "1", class "A": undefined measure "b". | Declare it under "measures", or correct its spelling.'),
    ('an overall rule with a measure that is not declared', pg_temp.doc('{"code": "1", "rule": "a met"}', '"rule": "b met", "measures": {"a": {}}, '),
     'invalid ruleset "X" | In the overall rule: undefined measure "b". | Declare it under "measures", or correct its spelling.'),
    ('a node that is not there', pg_temp.doc('{"code": "1", "rule": "a met and [7]"}'),
     'invalid ruleset "X" | In node "1": undefined node [7].'),
    ('a node that is not there, in a variant', pg_temp.doc('{"code": "1", "rule": "a met", "when": {"A": "not [1.1]"}}'),
     'invalid ruleset "X" | In node "1", class "A": undefined node [1.1].'),
    ('a prefix that is no node', pg_temp.doc('{"code": "1.1", "rule": "a met"}'),
     'invalid ruleset "X" | In node "1.1": its parent "1" is not defined. | Add the parent, or give another one by "parent"; null makes the node a criterion.'),
    ('a parent that is not there', pg_temp.doc('{"code": "1", "parent": "0", "rule": "a met"}'),
     'invalid ruleset "X" | In node "1": its parent "0" is not defined. | Add the parent, or give another one by "parent"; null makes the node a criterion.'),
    ('parents in a circle', pg_temp.doc('{"code": "1", "parent": "2", "rule": "a met"}, {"code": "2", "parent": "1", "rule": "a met"}, {"code": "3", "rule": "a met"}'),
     'invalid ruleset "X" | The parents of node "1" form a circle.'),
    ('parents in a circle, with no criterion left', pg_temp.doc('{"code": "1", "parent": "1", "rule": "a met"}'),
     'invalid ruleset "X" | Every node has a parent, so the parents form a circle.'),
    ('a node that depends on itself', pg_temp.doc('{"code": "1", "rule": "a met or [1]"}'),
     'invalid ruleset "X" | Nodes depend on each other in a circle: [1] -> [1].'),
    ('nodes that depend on each other', pg_temp.doc('{"code": "1", "rule": "[2]"}, {"code": "2", "rule": "a met", "when": {"A": "[3]"}}, {"code": "3", "rule": "not [2]"}'),
     'invalid ruleset "X" | Nodes depend on each other in a circle: [2] -> [3] -> [2].'),
    ('a child that depends on its parent', pg_temp.doc('{"code": "1"}, {"code": "1.1", "rule": "not [1]"}'),
     'invalid ruleset "X" | Nodes depend on each other in a circle: [1] -> [1.1] -> [1].'),
    ('a star without children', pg_temp.doc('{"code": "1", "rule": "at least 1 of (*, a met)"}'),
     'invalid ruleset "X" | In node "1": "*" stands for the child nodes, and the node has none.'),
    ('a condition without measure', pg_temp.doc('{"code": "1", "rule": ">= 1"}'),
     'invalid ruleset "X" | In node "1": a condition names no measure, and the node has none of its own. | Give the node a "measure", or name one in the condition.'),
    ('a node that says nothing', pg_temp.doc('{"code": "1"}'),
     'invalid ruleset "X" | In node "1": a condition names no measure, and the node has none of its own. | Give the node a "measure", or name one in the condition.'),
    ('a variant without measure', pg_temp.doc('{"code": "1", "rule": "a met", "when": {"A": "met"}}'),
     'invalid ruleset "X" | In node "1", class "A": a condition names no measure, and the node has none of its own. | Give the node a "measure", or name one in the condition.'),
    ('an overall condition without measure', pg_temp.doc('{"code": "1", "measure": "a"}', '"rule": "met", '),
     'invalid ruleset "X" | In the overall rule: a condition names no measure, and the node has none of its own. | Give the node a "measure", or name one in the condition.'),
    ('a delegated node with a rule', pg_temp.doc('{"code": "1", "delegated": "UBND", "rule": "a met"}'),
     'invalid ruleset "X" | In node "1": a node with a rule cannot be "delegated", at character 25. | A delegated requirement is unknown until an edition replaces "delegated" by a "rule".'),
    ('a zero byte', pg_temp.doc('{"code": "1", "title": "a\u0000b", "rule": "a met"}'),
     'invalid input syntax for type ntm.ruleset at character 48 | \u0000 cannot be converted to text.');

SELECT is(pg_temp.refusal(format('SELECT %L::ntm.ruleset', written)), '22P02 | ' || should, 'refused: ' || what)
FROM refused ORDER BY id;

SELECT throws_ok($$SELECT pg_temp.doc('{"code": "1", "rule": "a >= 9300000000000"}')::ntm.ruleset$$, '22003', NULL,
    'a bound that cannot be held is an error of range');
SELECT alike(pg_temp.refusal($$SELECT pg_temp.doc('{"code": "1", "rule": "a >= 0.0000001"}')::ntm.ruleset$$), '22003 | % | In node "1", key "rule": A number has more than 6 decimals: "0.0000001", at character 6.%',
    'with its place');
SELECT throws_ok($$SELECT pg_temp.doc('{"code": "1", "rule": "a met"}', '"title": ' || repeat('[', 5000))::ntm.ruleset$$, NULL, NULL,
    'a document of thousands of levels ends in an error');

-- What is inside

CREATE TEMPORARY TABLE example AS SELECT '{
    "code": "EX", "title": "Example", "cite": "01/EX", "rule": "at least 2 of (*)",
    "classes": {"A": "Alpha", "B": null},
    "measures": {"z": {"title": "Zed", "unit": "km"}, "own": {}},
    "nodes": [
        {"code": "1", "title": "One"},
        {"code": "1.2", "measure": "own", "unit": "%", "rule": ">= 5 and z >= 1", "when": {"B": ">= 3"}, "cite": "art. 1",
         "source": "https://example.org", "when_source": {"A": "unverified", "B": "illustrative"}},
        {"code": "1.1", "title": "Yes", "measure": "yes", "unit": "x"},
        {"code": "2", "title": "Later", "measure": "yes", "unit": "y", "delegated": "UBND", "when": {"A": "met"}},
        {"code": "Z", "parent": null, "rule": "yes / z >= 50%"}]}'::ruleset AS r;

SELECT is(ruleset_code(r), 'EX', 'code') FROM example;
SELECT is(ruleset_title(r), 'Example', 'title') FROM example;
SELECT is(ruleset_title(pg_temp.doc('{"code": "1", "rule": "a met"}')::ruleset), NULL, 'no title');
SELECT results_eq('SELECT n.* FROM example, nodes(r) n', $$VALUES
    (1, '1',   NULL, 'One',     NULL,  NULL, 'all of (*)',        NULL,   NULL,     NULL),
    (2, '1.2', '1',  NULL,      'own', '%',  '>= 5 and z >= 1',   NULL,   'art. 1', 'https://example.org'),
    (3, '1.1', '1',  'Yes',     'yes', 'x',  'met',               NULL,   NULL,     NULL),
    (4, '2',   NULL, 'Later',   'yes', 'y',  NULL,                'UBND', NULL,     NULL),
    (5, 'Z',   NULL, NULL,      NULL,  NULL, 'yes / z >= 50%',    NULL,   NULL,     NULL)$$,
    'nodes, in document order; a rule that is left out as it is understood');
SELECT results_eq('SELECT q.* FROM example, requirements(r) q', $$VALUES
    ('1',   NULL, 'all of (*)',      NULL),
    ('1.2', NULL, '>= 5 and z >= 1', 'https://example.org'),
    ('1.2', 'A',  '>= 5 and z >= 1', 'unverified'),
    ('1.2', 'B',  '>= 3',            'illustrative'),
    ('1.1', NULL, 'met',             NULL),
    ('2',   NULL, NULL,              NULL),
    ('2',   'A',  'met',             NULL),
    ('Z',   NULL, 'yes / z >= 50%',  NULL)$$,
    'requirements, by node and class');
SELECT results_eq('SELECT m.* FROM example, declared_measures(r) m', $$VALUES
    ('own', NULL, NULL), ('yes', 'Yes', 'x'), ('z', 'Zed', 'km')$$,
    'measures: as declared, else as the first node says');
SELECT results_eq('SELECT c.* FROM example, class_titles(r) c', $$VALUES ('A', 'Alpha'), ('B', NULL)$$, 'classes and their titles');
SELECT is(variables(r), '{own,yes,z}', 'all measures, sorted') FROM example;
SELECT is(classes(r), '{A,B}', 'all classes, sorted') FROM example;
SELECT is(variables(pg_temp.doc('{"code": "1", "rule": "b / a >= 1"}', '"rule": "c met and all of (*)", "measures": {"a": {}, "b": {}, "c": {}, "d": {}}, ')::ruleset), '{a,b,c,d}',
    'measures of the overall rule and those only declared');
SELECT is(classes(pg_temp.doc('{"code": "1", "rule": "a met", "when": {"z": "b met", "y": "b met"}}')::ruleset), '{y,z}', 'classes need not be declared');
SELECT results_eq($$SELECT c.* FROM class_titles(pg_temp.doc('{"code": "1", "rule": "a met", "when": {"z": "b met"}}')::ruleset) c$$, $$VALUES ('z', NULL)$$,
    'then they have no title');
SELECT is(classes(pg_temp.doc('{"code": "1", "rule": "a met"}')::ruleset), '{}', 'no classes');

-- Changed copies

CREATE FUNCTION pg_temp.node(r ruleset, code text) RETURNS jsonb
LANGUAGE sql AS $$ SELECT n FROM jsonb_array_elements(r::jsonb -> 'nodes') n WHERE n ->> 'code' = $2 $$;

SELECT is(pg_temp.node(amend(r, '1.2', E'\u2265 7'), '1.2'),
    '{"code": "1.2", "measure": "own", "unit": "%", "rule": ">= 7", "when": {"B": ">= 3"}, "cite": "art. 1", "when_source": {"A": "unverified", "B": "illustrative"}}',
    'another standard rule; its source is dropped, the rest stays') FROM example;
SELECT is(pg_temp.node(amend(r, '1.2', '>= 7', 'B'), '1.2'),
    '{"code": "1.2", "measure": "own", "unit": "%", "rule": ">= 5 and z >= 1", "when": {"B": ">= 7"}, "cite": "art. 1", "source": "https://example.org", "when_source": {"A": "unverified"}}',
    'another rule for a class; its source is dropped, the rest stays') FROM example;
SELECT is(pg_temp.node(amend(r, '1.2', '>= 7', 'A'), '1.2') -> 'when', '{"A": ">= 7", "B": ">= 3"}',
    'a rule for a class that had none') FROM example;
SELECT is(pg_temp.node(amend(r, '1', 'any of (*)'), '1'), '{"code": "1", "title": "One", "rule": "any of (*)"}',
    'a rule where none was given') FROM example;
SELECT is(pg_temp.node(amend(r, '2', 'met'), '2'), '{"code": "2", "title": "Later", "measure": "yes", "unit": "y", "rule": "met", "when": {"A": "met"}}',
    'a delegated requirement is delegated no longer') FROM example;
SELECT is(pg_temp.node(amend(r, '2', '>= 2', 'B'), '2'), '{"code": "2", "title": "Later", "measure": "yes", "unit": "y", "delegated": "UBND", "when": {"A": "met", "B": ">= 2"}}',
    'for one class only: it still is for the others') FROM example;
SELECT is(amend(amend(r, '1', 'any of (*)'), '1', 'all of (*)') = r, false, 'a rule that was understood is now stated') FROM example;
SELECT is(amend(r, 'Z', 'yes / z >= 50%'), r, 'the same rule makes no change') FROM example;
SELECT is(r - 'nodes', r2 - 'nodes', 'the head stays') FROM (SELECT r::jsonb, amend(r, '1', 'any of (*)')::jsonb AS r2 FROM example) e;
SELECT is(variables(amend(r, 'Z', 'own met')), '{own,yes,z}', 'what is declared stays declared') FROM example;
SELECT is_empty('SELECT 1 FROM example WHERE fingerprint(amend(r, ''1'', ''any of (*)'')) = fingerprint(r)', 'a changed copy has another fingerprint');
SELECT is(amend(r, '1', NULL), NULL, 'NULL gives NULL') FROM example;
SELECT is(amend(r, '1', 'any of (*)', NULL), NULL, 'NULL class too') FROM example;

SELECT is(pg_temp.refusal(format('SELECT ntm.amend(%L, ''9'', ''met'')', r)), '22023 | ruleset "EX" has no node "9"', 'no such node') FROM example;
SELECT is(pg_temp.refusal(format('SELECT ntm.amend(%L, ''overall'', ''met'')', r)), '22023 | ruleset "EX" has no node "overall"', 'the whole is no node') FROM example;
SELECT throws_ok(format('SELECT ntm.amend(%L, %L, ''met'')', r, repeat('x', 100)), '22023', NULL, 'a code longer than any') FROM example;
SELECT throws_ok(format('SELECT ntm.amend(%L, ''Z'', ''met'')', r), '22P02', 'invalid ruleset "EX"', 'a node without measure needs one in the rule') FROM example;
SELECT throws_ok(format('SELECT ntm.amend(%L, ''Z'', ''all of (*)'')', r), '22P02', 'invalid ruleset "EX"', 'a leaf has no children') FROM example;
SELECT throws_ok(format('SELECT ntm.amend(%L, ''Z'', ''[2] and [Z]'')', r), '22P02', 'invalid ruleset "EX"', 'a circle') FROM example;
SELECT throws_ok(format('SELECT ntm.amend(%L, ''1.1'', ''[1]'', ''A'')', r), '22P02', 'invalid ruleset "EX"', 'a circle in a variant') FROM example;
SELECT throws_ok(format('SELECT ntm.amend(%L, ''Z'', ''[9]'')', r), '22P02', 'invalid ruleset "EX"', 'a node that is not there') FROM example;
SELECT throws_ok(format('SELECT ntm.amend(%L, ''Z'', ''q met'')', r), '22P02', 'invalid ruleset "EX"', 'a measure that is not declared') FROM example;
SELECT throws_ok(format('SELECT ntm.amend(%L, ''1.1'', ''met'', ''C'')', r), '22P02', 'invalid ruleset "EX"', 'a class that is not declared') FROM example;
SELECT throws_ok(format('SELECT ntm.amend(%L, ''1'', ''a met'', %L)', pg_temp.doc('{"code": "1", "rule": "a met"}'), c), '22P02', NULL, 'a class that cannot be one')
FROM unnest(ARRAY['', '[]', repeat('x', 64)]) c;

-- Casts, comparison, storage

SELECT is(r::jsonb::ruleset, r, 'through jsonb and back') FROM example;
SELECT is(r::jsonb, r::text::jsonb, 'jsonb has the same document') FROM example;
SELECT throws_ok($$SELECT '{"code": "X"}'::jsonb::ntm.ruleset$$, '22P02', NULL, 'a wrong document in jsonb is refused too');
CREATE TEMPORARY TABLE assigned (r ruleset, j jsonb);
SELECT lives_ok($$INSERT INTO assigned SELECT r::jsonb, r FROM example$$, 'assignment casts both ways');

CREATE TEMPORARY TABLE many AS
SELECT n, format('{"code": "S%s", "nodes": [%s]}', n % 16, string_agg(format('{"code": "%s", "title": "%s", "rule": "m%s >= %s"}', i, md5(i::text), i, n % 16), ', '))::ruleset AS r
FROM generate_series(1, 32) n, generate_series(1, 1 + (n % 16) * 8) i GROUP BY n;
SELECT is_empty(
    $$SELECT 1 FROM many a, many b
      WHERE (a.r < b.r) <> (a.r::text COLLATE "C" < b.r::text COLLATE "C")
         OR (a.r <= b.r) <> (a.r::text COLLATE "C" <= b.r::text COLLATE "C")
         OR (a.r = b.r) <> (a.r::text = b.r::text) OR (a.r <> b.r) <> (a.r::text <> b.r::text)
         OR (a.r >= b.r) <> (a.r::text COLLATE "C" >= b.r::text COLLATE "C")
         OR (a.r > b.r) <> (a.r::text COLLATE "C" > b.r::text COLLATE "C")
         OR sign(ruleset_cmp(a.r, b.r)) <> sign(bttextcmp(a.r::text COLLATE "C", b.r::text COLLATE "C"))$$,
    'rulesets are ordered bytewise by their document, by every operator');
SELECT is_empty('SELECT 1 FROM many a JOIN many b ON a.r = b.r WHERE ruleset_hash(a.r) <> ruleset_hash(b.r) OR ruleset_hash_extended(a.r, 3) <> ruleset_hash_extended(b.r, 3) OR fingerprint(a.r) <> fingerprint(b.r)',
    'equal sets have equal hashes');
SELECT is(count(DISTINCT r), 16::bigint, 'distinct sets') FROM many;
SELECT is(count(DISTINCT ruleset_hash(r)), 16::bigint, 'hashes differ') FROM many;
SELECT is(count(DISTINCT ruleset_hash_extended(r, 0)), 16::bigint, 'wide hashes too') FROM many;
SELECT is(count(DISTINCT fingerprint(r)), 16::bigint, 'fingerprints too') FROM many;
SELECT isnt(ruleset_hash_extended(r, 1), ruleset_hash_extended(r, 2), 'the seed counts') FROM example;
SELECT lives_ok('CREATE UNIQUE INDEX ON pg_temp.many (n, fingerprint(r))', 'a fingerprint can be indexed');

-- the same assessment and the same inside, however a set is stored
CREATE TEMPORARY TABLE as_external (n integer, r ruleset);
ALTER TABLE as_external ALTER r SET STORAGE EXTERNAL;
INSERT INTO as_external SELECT n, r FROM many;
SELECT is_empty(
    $$SELECT n FROM many m JOIN as_external e USING (n)
      WHERE m.r <> e.r OR m.r::text <> e.r::text OR variables(m.r) <> variables(e.r) OR fingerprint(m.r) <> fingerprint(e.r)
         OR assess('{"m1": 20, "m3": 5}', m.r) <> assess('{"m1": 20, "m3": 5}', e.r)$$,
    'sets kept out of line are the same');

-- Limits

CREATE FUNCTION pg_temp.wide(count integer, rule text DEFAULT 'a met') RETURNS text
LANGUAGE sql AS $$ SELECT pg_temp.doc(string_agg(format('{"code":"%s","rule":"%s"}', i, replace(rule, '#', i::text)), ',')) FROM generate_series(1, count) i $$;
SELECT is((SELECT count(*) FROM nodes(pg_temp.wide(4096)::ruleset)), 4096::bigint, '4,096 nodes are read');
SELECT is(pg_temp.refusal('SELECT pg_temp.wide(4097)::ntm.ruleset'), '54000 | invalid ruleset "X" | The ruleset has 4097 nodes; 4096 are allowed.', 'one more is refused');
SELECT is(cardinality(variables(pg_temp.wide(1024, 'a# met and b# met and c# met and d# met')::ruleset)), 4096, '4,096 measures are read');
SELECT is(pg_temp.refusal('SELECT pg_temp.wide(1025, ''a# met and b# met and c# met and d# met'')::ntm.ruleset'),
    '54000 | ruleset "X" is too large | Its rules name 4100 measures; 4096 are allowed.', 'more are refused');

-- a chain of references and one of parents, as deep as can be
SELECT is(overall(assess('{"a": 1}', pg_temp.doc(string_agg(format('{"code":"n%s","rule":"%s"}', i, CASE WHEN i < 4096 THEN 'not [n' || i + 1 || ']' ELSE 'a met' END), ','), '"rule": "not [n1]", ')::ruleset)),
    'met', 'a chain of 4,096 references is followed')
FROM generate_series(1, 4096) i;
SELECT is(overall(assess('{"a": 0}', pg_temp.doc(string_agg(format('{"code":"n%s","parent":%s%s}', i, coalesce('"n' || nullif(i, 1) - 1 || '"', 'null'), CASE WHEN i = 4096 THEN ',"rule":"a met"' ELSE '' END), ','))::ruleset)),
    'not_met', 'a chain of 4,096 parents too')
FROM generate_series(1, 4096) i;
SELECT alike(pg_temp.refusal($$SELECT pg_temp.doc(string_agg(format('{"code":"n%s","rule":"[n%s]"}', i, i % 4096 + 1), ','))::ntm.ruleset FROM generate_series(1, 4096) i$$),
    '22P02 | invalid ruleset "X" | Nodes depend on each other in a circle: [n1] -> [n2] -> %-> [n4096] -> [n1].', 'a circle of 4,096 is found');

-- "*" stands for all children: what it multiplies to is limited
SELECT throws_ok(
    $$SELECT pg_temp.doc('{"code":"0","rule":"all of (' || repeat('*,', 2000) || '*)"},' || string_agg(format('{"code":"0.%s","rule":"a met"}', i), ','))::ntm.ruleset FROM generate_series(1, 2000) i$$,
    '54000', 'ruleset "X" is too large', 'four million conditions are refused');

-- a text that is not too long as it is written, but as it is kept
SELECT throws_ok(
    $$SELECT format('{"code":"X","title":"%s","nodes":[{"code":"1","rule":"a>=1"}]}', repeat('x', 4 * 1024 * 1024 - 60))::ntm.ruleset$$,
    '54000', NULL, 'a set whose canonical document is too long is refused, not kept where it could not be read again');
SELECT throws_ok(
    $$SELECT format('{"code":"X","title":"%s","nodes":[{"code":"1","rule":"a>=1"}]}', repeat('x', 4 * 1024 * 1024))::ntm.ruleset$$,
    '54000', 'ruleset is too long', 'a document above 4 MB is refused');
SELECT throws_ok(
    $$SELECT pg_temp.doc(format('{"code":"1","rule":"%s"}', (SELECT string_agg('a>1', 'or ') FROM generate_series(1, 2700))))::ntm.ruleset$$,
    '54000', 'rule is too long', 'so is a rule in it that could not be read again');

-- far more classes than any set has: refused, or at least not for minutes
SET LOCAL statement_timeout = '5s';
SELECT throws_ok(
    $$SELECT pg_temp.doc('{"code":"1","rule":"a met"}', '"classes": {' || string_agg(format('"c%s":"t"', i), ',') || '}, ')::ntm.ruleset FROM generate_series(1, 30000) i$$,
    '54000', NULL, '30,000 classes are refused');
SELECT throws_ok(
    $$SELECT pg_temp.doc('{"code":"1","rule":"a met","when":{' || string_agg(format('"c%s":"a met"', i), ',') || '}}')::ntm.ruleset FROM generate_series(1, 30000) i$$,
    '54000', NULL, 'also in one node''s variants');
SELECT throws_ok(
    $$SELECT pg_temp.wide(4096, 'a met","when":{"c#":"b met"},"title":"')::ntm.ruleset$$,
    '54000', NULL, 'also over many nodes');
RESET statement_timeout;

SELECT * FROM finish();
ROLLBACK;
