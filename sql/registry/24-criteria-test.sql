-- Test cases of criteria sets: what a published edition must decide.

CREATE TABLE criteria_test (
    id              bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    set_code        text    NOT NULL CHECK (set_code <> ''),
    criteria_set_id bigint  REFERENCES criteria_set,
    name            text    NOT NULL CHECK (name <> ''),
    measures        ntm.measures NOT NULL,
    classes         text[]  NOT NULL DEFAULT '{}' CHECK (array_position(classes, NULL) IS NULL),
    expected        jsonb   NOT NULL,
    cite            text,
    CONSTRAINT criteria_test_name UNIQUE NULLS NOT DISTINCT (set_code, criteria_set_id, name),
    CONSTRAINT criteria_test_expected
        CHECK (jsonb_typeof(expected) = 'object' AND expected <> '{}'
               AND NOT jsonb_path_exists(expected, 'strict $.* ? (!(@ == "met" || @ == "not_met" || @ == "unknown" || @ == "not_applicable")
                                                                  || (@ == "met") is unknown)'))
);

COMMENT ON TABLE criteria_test IS
'Test cases of criteria sets. Those of a draft can be edited; publishing copies them to the edition, where they stay as they are, and refuses an edition that fails one. Every case of a published edition holds.';
COMMENT ON COLUMN criteria_test.id IS 'Identity of the case.';
COMMENT ON COLUMN criteria_test.set_code IS 'Code of the set.';
COMMENT ON COLUMN criteria_test.criteria_set_id IS 'The edition it was published with. NULL = of the set as it is drafted.';
COMMENT ON COLUMN criteria_test.name IS 'What is tested, in words; once for a draft or edition.';
COMMENT ON COLUMN criteria_test.measures IS 'What is known about the unit of the case.';
COMMENT ON COLUMN criteria_test.classes IS 'Its classes, in order of precedence.';
COMMENT ON COLUMN criteria_test.expected IS 'The verdicts it must get, by code of the node, e.g. {"overall": "not_met", "17.1": "met"}; overall is the set as a whole. Others are not looked at.';
COMMENT ON COLUMN criteria_test.cite IS 'The article it follows from. NULL = not given.';

-- A case covers the rule by which it was decided: the variant of the first of
-- its classes that has one at the node, else the standard rule.
CREATE FUNCTION judge_criteria_tests(ruleset ntm.ruleset, set_code text, criteria_set_id bigint)
    RETURNS TABLE (result text, test text, code text, class text, expected text, actual text, cite text)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH RECURSIVE node AS MATERIALIZED (
        SELECT n.position, n.code, n.parent, n.delegated IS NOT NULL AS is_delegated, n.cite
          FROM ntm.nodes(judge_criteria_tests.ruleset) AS n
    ), waiting (code, parent) AS (
        SELECT n.code, n.parent FROM node AS n WHERE n.is_delegated
         UNION
        SELECT n.code, n.parent FROM node AS n JOIN waiting AS w ON w.parent = n.code
    ), variant AS MATERIALIZED (
        SELECT n.value ->> 'code' AS code, v.class
          FROM jsonb_array_elements(judge_criteria_tests.ruleset::jsonb -> 'nodes') AS n (value)
         CROSS JOIN LATERAL jsonb_object_keys(n.value -> 'when') AS v (class)
    ), verdict AS MATERIALIZED (
        SELECT t.id, t.name, t.cite, e.key AS code, e.value AS expected,
               CASE e.key WHEN 'overall' THEN ntm.overall(s.scorecard) ELSE s.scorecard OPERATOR(ntm.->) e.key END::text AS actual,
               (SELECT c.class
                  FROM unnest(t.classes) WITH ORDINALITY AS c (class, rank)
                  JOIN variant AS v ON v.code = e.key AND v.class = c.class
                 ORDER BY c.rank
                 LIMIT 1) AS class
          FROM criteria_test AS t
         CROSS JOIN LATERAL ntm.assess(t.measures, judge_criteria_tests.ruleset, t.classes) AS s (scorecard)
         CROSS JOIN LATERAL jsonb_each_text(t.expected) AS e
         WHERE t.set_code = judge_criteria_tests.set_code
           AND t.criteria_set_id IS NOT DISTINCT FROM judge_criteria_tests.criteria_set_id
    ), wanted (position, code, class, expected, cite) AS (
        SELECT n.position, n.code, v.class, side.expected, n.cite
          FROM node AS n
          JOIN (SELECT node.code, NULL AS class FROM node UNION ALL SELECT variant.code, variant.class FROM variant) AS v ON v.code = n.code
          JOIN (VALUES (false, 'met'), (false, 'not_met'), (true, NULL)) AS side (waits, expected)
            ON side.waits = (EXISTS (SELECT FROM waiting AS w WHERE w.code = n.code)
                             AND NOT (n.is_delegated AND v.class IS NOT NULL))
         UNION ALL
        SELECT 0, 'overall', NULL, side.expected, NULL
          FROM (VALUES (false, 'met'), (false, 'not_met'), (true, NULL)) AS side (waits, expected)
         WHERE side.waits = EXISTS (SELECT FROM waiting)
    )
    SELECT r.result, r.test, r.code, r.class, r.expected, r.actual, r.cite
      FROM (SELECT 1 AS part, v.id AS position, 'failed' AS result, v.name AS test, v.code, v.class, v.expected, v.actual, v.cite
              FROM verdict AS v
             WHERE v.actual IS DISTINCT FROM v.expected
             UNION ALL
            SELECT 2, w.position, 'not covered', NULL, w.code, w.class, w.expected, NULL, w.cite
              FROM wanted AS w
             WHERE NOT EXISTS (SELECT FROM verdict AS v
                                WHERE v.code = w.code
                                  AND v.class IS NOT DISTINCT FROM w.class
                                  AND v.expected = coalesce(w.expected, v.expected))) AS r
     ORDER BY r.part, r.position, r.code, r.class NULLS FIRST, r.expected;
END;

COMMENT ON FUNCTION judge_criteria_tests(ntm.ruleset, text, bigint) IS
'Runs the test cases of a set (criteria_set_id NULL = of its draft) on any ruleset, also one that is only considered. Columns as in run_criteria_tests().';

CREATE FUNCTION run_criteria_tests(set_code text)
    RETURNS TABLE (result text, test text, code text, class text, expected text, actual text, cite text)
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
DECLARE
    -- compiled once
    drafted CONSTANT ntm.ruleset := draft_ruleset(run_criteria_tests.set_code);
BEGIN
    RETURN QUERY
    SELECT j.* FROM judge_criteria_tests(drafted, run_criteria_tests.set_code, NULL) AS j;
END
$$;

COMMENT ON FUNCTION run_criteria_tests(text) IS
'Runs the test cases of a draft. result: failed (the case test expected another verdict of node code than the actual one; actual NULL = there is no such node), or not covered (no case expects the verdict expected of node code, where the rule for the class holds; class NULL = the standard rule; expected NULL = no verdict at all, of a node that waits for a delegated requirement). No rows = all cases hold and every rule is tried on both sides. Errors as for draft_ruleset().';

CREATE FUNCTION run_criteria_tests(criteria_set_id bigint)
    RETURNS TABLE (result text, test text, code text, class text, expected text, actual text, cite text)
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    edition criteria_set;
BEGIN
    SELECT * INTO edition FROM criteria_set AS c WHERE c.id = run_criteria_tests.criteria_set_id;

    IF NOT FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = format('there is no edition %s', coalesce(run_criteria_tests.criteria_set_id::text, 'without an id')),
            DETAIL = 'No row of table criteria_set has this id.',
            HINT = 'Cases of a draft are run by its code.';
    END IF;

    RETURN QUERY
    SELECT j.* FROM judge_criteria_tests(edition.ruleset, edition.code, edition.id) AS j;
END
$$;

COMMENT ON FUNCTION run_criteria_tests(bigint) IS
'Runs the test cases of a published edition; columns as for drafts. Since publishing refuses cases that fail, only what they do not cover is left. Refuses an unknown edition (SQLSTATE 42704).';

CREATE FUNCTION guard_tests() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'object_not_in_prerequisite_state',
        MESSAGE = format('cannot %s case "%s" of a published edition', lower(TG_OP), OLD.name),
        DETAIL = 'What an edition was published with never changes.',
        HINT = 'Cases of a draft, with no criteria_set_id, can be changed for the next edition.';
END
$$;

COMMENT ON FUNCTION guard_tests() IS
'Trigger: refuses to change or delete test cases of published editions, or to make one by an update (SQLSTATE 55000).';

CREATE TRIGGER guard_changed_tests BEFORE UPDATE ON criteria_test
    FOR EACH ROW WHEN (OLD.criteria_set_id IS NOT NULL OR NEW.criteria_set_id IS NOT NULL) EXECUTE FUNCTION guard_tests();

CREATE TRIGGER guard_deleted_tests BEFORE DELETE ON criteria_test
    FOR EACH ROW WHEN (OLD.criteria_set_id IS NOT NULL) EXECUTE FUNCTION guard_tests();

CREATE TRIGGER keep_tests BEFORE TRUNCATE ON criteria_test
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('To remove the cases of a draft, delete them.');

CREATE FUNCTION check_tests() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
DECLARE
    failed record;
BEGIN
    SELECT c.code, count(DISTINCT j.test) AS tests,
           string_agg(format('Case "%s": %s is %s, but must be %s.', j.test,
                             CASE j.code WHEN 'overall' THEN 'the whole set' ELSE 'node ' || j.code END,
                             coalesce(j.actual, 'not in the set'), j.expected), ' ') AS sentences
      INTO failed
      FROM (SELECT DISTINCT new_tests.criteria_set_id, new_tests.set_code FROM new_tests WHERE new_tests.criteria_set_id IS NOT NULL) AS added
      JOIN criteria_set AS c ON c.id = added.criteria_set_id
     CROSS JOIN LATERAL judge_criteria_tests(c.ruleset, added.set_code, c.id) AS j
     WHERE j.result = 'failed'
     GROUP BY c.id, c.code
     ORDER BY c.id
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format('criteria set "%s" fails %s of its test cases', failed.code, failed.tests),
            DETAIL = failed.sentences,
            HINT = 'Correct the requirement or the case; run_criteria_tests() shows both.';
    END IF;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION check_tests() IS
'Trigger: refuses test cases of a published edition that it fails (SQLSTATE 23514).';

CREATE TRIGGER check_tests AFTER INSERT ON criteria_test
    REFERENCING NEW TABLE AS new_tests
    FOR EACH STATEMENT EXECUTE FUNCTION check_tests();

CREATE FUNCTION freeze_tests() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
BEGIN
    INSERT INTO criteria_test (set_code, criteria_set_id, name, measures, classes, expected, cite)
    SELECT t.set_code, NEW.id, t.name, t.measures, t.classes, t.expected, t.cite
      FROM criteria_test AS t
     WHERE t.set_code = NEW.code AND t.criteria_set_id IS NULL
     ORDER BY t.id;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION freeze_tests() IS
'Trigger: copies the test cases of a draft to the edition that is published, where they are checked.';

CREATE TRIGGER freeze_tests AFTER INSERT ON criteria_set
    FOR EACH ROW EXECUTE FUNCTION freeze_tests();
