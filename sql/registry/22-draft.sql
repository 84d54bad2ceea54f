-- Drafts: criteria sets as rows that look like the annex, until published.

-- Nothing a spreadsheet holds is refused: what cannot be read is shown by view
-- draft_problem, beside the cell it stands in.
CREATE TABLE draft_set (
    code            text    PRIMARY KEY CHECK (code <> ''),
    title           text,
    cite            text,
    rule            text,
    level           text,
    tier            text    DEFAULT 'standard',
    issuer          text,
    decision        text,
    decision_date   date,
    jurisdiction_id bigint  REFERENCES unit,
    refines_id      bigint  REFERENCES criteria_set,
    status          text,
    valid_from      date,
    valid_to        date
);

COMMENT ON TABLE draft_set IS
'Criteria sets being drafted, one row each; their requirements are in draft_criterion and draft_variant. Deleting a draft deletes its rows there. publish_criteria_set() makes an edition of a draft; the draft stays and can be edited for the next one.';
COMMENT ON COLUMN draft_set.code IS 'Code of the set.';
COMMENT ON COLUMN draft_set.title IS 'Title. NULL = the code.';
COMMENT ON COLUMN draft_set.cite IS 'The decision, as it is cited. NULL = not given.';
COMMENT ON COLUMN draft_set.rule IS 'What the set as a whole requires, e.g. at least 15 of (*). NULL = all criteria.';
COMMENT ON COLUMN draft_set.level IS 'Level of the units it is for: province, district, commune or area. NULL = not yet given; publishing needs it.';
COMMENT ON COLUMN draft_set.tier IS 'standard (đạt chuẩn), advanced (nâng cao) or model (kiểu mẫu). NULL = not yet given; publishing needs it.';
COMMENT ON COLUMN draft_set.issuer IS 'Who issues it. NULL = not recorded.';
COMMENT ON COLUMN draft_set.decision IS 'Number of the decision. NULL = not recorded.';
COMMENT ON COLUMN draft_set.decision_date IS 'Date of the decision. NULL = not recorded.';
COMMENT ON COLUMN draft_set.jurisdiction_id IS 'The unit within which it will be in force. NULL = everywhere.';
COMMENT ON COLUMN draft_set.refines_id IS 'The edition that it refines. NULL = it stands alone.';
COMMENT ON COLUMN draft_set.status IS 'sourced, unverified or illustrative. NULL = as its sources say: illustrative if one is, sourced if all are addresses, else unverified.';
COMMENT ON COLUMN draft_set.valid_from IS 'First day on which it will be in force. NULL = publishing says.';
COMMENT ON COLUMN draft_set.valid_to IS 'First day on which it will no longer be in force. NULL = open.';

CREATE TABLE draft_class (
    id          bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    set_code    text    NOT NULL REFERENCES draft_set ON UPDATE CASCADE ON DELETE CASCADE,
    code        text,
    title       text
);

CREATE INDEX draft_class_set_code ON draft_class (set_code);

COMMENT ON TABLE draft_class IS
'The classes that drafts tell apart. A draft without any may name every class; a draft with some only these, which finds misspellings.';
COMMENT ON COLUMN draft_class.id IS 'Identity of the row.';
COMMENT ON COLUMN draft_class.set_code IS 'The draft.';
COMMENT ON COLUMN draft_class.code IS 'Code of the class, e.g. TDMNPB.';
COMMENT ON COLUMN draft_class.title IS 'Name in words. NULL = not given.';

CREATE TABLE draft_measure (
    id          bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    set_code    text    NOT NULL REFERENCES draft_set ON UPDATE CASCADE ON DELETE CASCADE,
    name        text,
    title       text,
    unit        text
);

CREATE INDEX draft_measure_set_code ON draft_measure (set_code);

COMMENT ON TABLE draft_measure IS
'Measures that drafts declare because they occur in rules only. A draft without any may name every measure in a rule; a draft with some only these and the measures of its criteria.';
COMMENT ON COLUMN draft_measure.id IS 'Identity of the row.';
COMMENT ON COLUMN draft_measure.set_code IS 'The draft.';
COMMENT ON COLUMN draft_measure.name IS 'Name of the measure.';
COMMENT ON COLUMN draft_measure.title IS 'What is measured, in words. NULL = not given.';
COMMENT ON COLUMN draft_measure.unit IS 'Unit of measure. NULL = none, or not given.';

CREATE TABLE draft_criterion (
    id          bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    set_code    text    NOT NULL REFERENCES draft_set ON UPDATE CASCADE ON DELETE CASCADE,
    code        text,
    title       text,
    parent      text,
    measure     text,
    unit        text,
    rule        text,
    delegated   text,
    cite        text,
    source      text,
    position    numeric
);

CREATE INDEX draft_criterion_set_code ON draft_criterion (set_code);

COMMENT ON TABLE draft_criterion IS
'Criteria and indicators of drafts, a row each, with cells as they stand in the annex. A blank cell is the same as NULL.';
COMMENT ON COLUMN draft_criterion.id IS 'Identity of the row.';
COMMENT ON COLUMN draft_criterion.set_code IS 'The draft.';
COMMENT ON COLUMN draft_criterion.code IS 'Code, e.g. 17 (a criterion) or 17.1 (an indicator).';
COMMENT ON COLUMN draft_criterion.title IS 'Title. NULL = not given.';
COMMENT ON COLUMN draft_criterion.parent IS 'Code of the node above. NULL = the code up to its last dot; a hyphen (-) = none, though the code has a dot.';
COMMENT ON COLUMN draft_criterion.measure IS 'Name of its measure. NULL = it judges other nodes, or its rule names its measures.';
COMMENT ON COLUMN draft_criterion.unit IS 'Unit of measure, e.g. %. NULL = none, or not given.';
COMMENT ON COLUMN draft_criterion.rule IS 'What is required, as the annex has it: ≥ 95%, Đạt, 100%. NULL = all nodes below it, or met if there are none; or delegated.';
COMMENT ON COLUMN draft_criterion.delegated IS 'Who is to set the requirement, e.g. UBND cấp tỉnh quy định. NULL = the set itself does.';
COMMENT ON COLUMN draft_criterion.cite IS 'The article. NULL = not given.';
COMMENT ON COLUMN draft_criterion.source IS 'Where the requirement was read: an address, unverified or illustrative. NULL = not stated.';
COMMENT ON COLUMN draft_criterion.position IS 'Place in the set; fractions put a row between two others. NULL = after those with a position, in order of loading.';

CREATE TABLE draft_variant (
    id          bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    set_code    text    NOT NULL REFERENCES draft_set ON UPDATE CASCADE ON DELETE CASCADE,
    code        text,
    class       text,
    rule        text,
    source      text
);

CREATE INDEX draft_variant_set_code ON draft_variant (set_code);

COMMENT ON TABLE draft_variant IS
'What drafts require of units of one class where it differs: the cells of the annex''s columns by region.';
COMMENT ON COLUMN draft_variant.id IS 'Identity of the row.';
COMMENT ON COLUMN draft_variant.set_code IS 'The draft.';
COMMENT ON COLUMN draft_variant.code IS 'Code of the node.';
COMMENT ON COLUMN draft_variant.class IS 'Code of the class.';
COMMENT ON COLUMN draft_variant.rule IS 'What is required of units of the class. NULL = the same as of others, and source says where that was read.';
COMMENT ON COLUMN draft_variant.source IS 'Where it was read: an address, unverified or illustrative. NULL = not stated.';

-- ---- from rows to a ruleset ----

-- Spreadsheets write empty cells as "", and end cells with blanks.
CREATE FUNCTION annex_cell(cell text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN nullif(btrim(cell, E' \t\r\n' || chr(160)), '');

COMMENT ON FUNCTION annex_cell(text) IS
'A cell without the blanks around it; NULL if it holds nothing else.';

-- json, not jsonb: it keeps what is given twice, so that it is found.
CREATE FUNCTION draft_document(set_code text) RETURNS json
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT json_build_object(
               'code', d.code,
               'title', annex_cell(d.title),
               'cite', annex_cell(d.cite),
               'rule', annex_cell(d.rule),
               'classes', (SELECT json_object_agg(annex_cell(c.code), annex_cell(c.title) ORDER BY c.id)
                             FROM draft_class AS c WHERE c.set_code = d.code),
               'measures', (SELECT json_object_agg(annex_cell(m.name),
                                                   json_build_object('title', annex_cell(m.title), 'unit', annex_cell(m.unit)) ORDER BY m.id)
                              FROM draft_measure AS m WHERE m.set_code = d.code),
               'nodes', (SELECT json_agg(node.document ORDER BY node.position NULLS LAST, node.id)
                           FROM (SELECT c.id, c.position,
                                        (SELECT json_object_agg(member.key, member.value ORDER BY member.rank)
                                           FROM (VALUES (1, 'code', to_json(annex_cell(c.code))),
                                                        (2, 'title', to_json(annex_cell(c.title))),
                                                        (3, 'parent', CASE WHEN annex_cell(c.parent) = '-' THEN json 'null'
                                                                           ELSE to_json(annex_cell(c.parent)) END),
                                                        (4, 'measure', to_json(annex_cell(c.measure))),
                                                        (5, 'unit', to_json(annex_cell(c.unit))),
                                                        (6, 'rule', to_json(annex_cell(c.rule))),
                                                        (7, 'when', v.variants),
                                                        (8, 'delegated', to_json(annex_cell(c.delegated))),
                                                        (9, 'cite', to_json(annex_cell(c.cite))),
                                                        (10, 'source', to_json(annex_cell(c.source))),
                                                        (11, 'when_source', v.sources)) AS member (rank, key, value)
                                          WHERE member.value IS NOT NULL) AS document
                                   FROM draft_criterion AS c
                                  CROSS JOIN LATERAL
                                        (SELECT json_object_agg(annex_cell(x.class), annex_cell(x.rule) ORDER BY x.id)
                                                    FILTER (WHERE annex_cell(x.rule) IS NOT NULL) AS variants,
                                                json_object_agg(annex_cell(x.class), annex_cell(x.source) ORDER BY x.id)
                                                    FILTER (WHERE annex_cell(x.source) IS NOT NULL) AS sources
                                           FROM draft_variant AS x
                                          WHERE x.set_code = d.code AND annex_cell(x.code) = annex_cell(c.code)) AS v
                                  WHERE c.set_code = d.code) AS node))
      FROM draft_set AS d
     WHERE d.code = draft_document.set_code;
END;

COMMENT ON FUNCTION draft_document(text) IS
'The document of a draft as its rows stand, checked or not; NULL if there is no such draft. draft_ruleset() checks and compiles it.';

CREATE FUNCTION rule_refusal(cell text, OUT problem text, OUT hint text)
    LANGUAGE plpgsql IMMUTABLE
    SET search_path FROM CURRENT
AS $$
BEGIN
    PERFORM annex_cell(cell)::ntm.rule;
EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
    GET STACKED DIAGNOSTICS problem = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    hint := CASE
        WHEN cell ~* 'quy\s+định' THEN 'If another authority is to set it, put the words into column delegated.'
        WHEN hint <> '' THEN hint
        WHEN cell ~ '\d\s*[-–]\s*\d' THEN 'Write for example "between 50 and 70", or ">= 50 and < 70".'
        ELSE 'Write it as a rule, such as "≥ 95%", "Đạt" or "= 0".'
    END;
END
$$;

COMMENT ON FUNCTION rule_refusal(text) IS
'Why a cell cannot be read as a rule, with the place in it, and what to write instead; NULLs if it can be read or is blank.';

CREATE VIEW draft_cell_problem AS
WITH cell AS MATERIALIZED (
    SELECT c.set_code, 'draft_criterion' AS table_name, c.id, 'rule' AS column_name,
           annex_cell(c.code) AS code, NULL AS class, c.rule AS cell
      FROM draft_criterion AS c
     WHERE annex_cell(c.rule) IS NOT NULL
     UNION ALL
    SELECT v.set_code, 'draft_variant', v.id, 'rule', annex_cell(v.code), annex_cell(v.class), v.rule
      FROM draft_variant AS v
     WHERE annex_cell(v.rule) IS NOT NULL
     UNION ALL
    SELECT d.code, 'draft_set', NULL, 'rule', NULL, NULL, d.rule
      FROM draft_set AS d
     WHERE annex_cell(d.rule) IS NOT NULL
), criterion AS MATERIALIZED (
    SELECT c.set_code, c.id, c.parent AS parent_cell, annex_cell(c.code) AS code, c.delegated, annex_cell(c.rule) AS rule,
           CASE WHEN annex_cell(c.parent) IS NOT NULL THEN nullif(annex_cell(c.parent), '-')
                WHEN annex_cell(c.code) LIKE '%.%' THEN regexp_replace(annex_cell(c.code), '\.[^.]*$', '') END AS parent,
           lag(c.id) OVER (PARTITION BY c.set_code, annex_cell(c.code) ORDER BY c.id) AS earlier_id
      FROM draft_criterion AS c
), variant AS MATERIALIZED (
    SELECT v.set_code, v.id, annex_cell(v.code) AS code, annex_cell(v.class) AS class, annex_cell(v.rule) AS rule, annex_cell(v.source) AS source,
           lag(v.id) OVER (PARTITION BY v.set_code, annex_cell(v.code), annex_cell(v.class) ORDER BY v.id) AS earlier_id
      FROM draft_variant AS v
), class_row AS (
    SELECT c.set_code, c.id, annex_cell(c.code) AS code,
           lag(c.id) OVER (PARTITION BY c.set_code, annex_cell(c.code) ORDER BY c.id) AS earlier_id
      FROM draft_class AS c
), measure_row AS (
    SELECT m.set_code, m.id, annex_cell(m.name) AS name,
           lag(m.id) OVER (PARTITION BY m.set_code, annex_cell(m.name) ORDER BY m.id) AS earlier_id
      FROM draft_measure AS m
)
SELECT cell.set_code, cell.table_name, cell.id AS row_id, cell.column_name, cell.code, cell.class, cell.cell, refusal.problem, refusal.hint
  FROM cell
 CROSS JOIN LATERAL rule_refusal(cell.cell) AS refusal
 WHERE refusal.problem IS NOT NULL
 UNION ALL
SELECT c.set_code, 'draft_criterion', c.id, found.column_name, c.code, NULL, found.cell, found.problem, found.hint
  FROM criterion AS c
 CROSS JOIN LATERAL (VALUES
       ('code', NULL, c.code IS NULL,
        'The row has no code.', 'Give the code, or delete the row.'),
       ('code', c.code, c.code IS NOT NULL AND c.earlier_id IS NOT NULL,
        format('The code is used twice; the other row is %s.', c.earlier_id), 'Correct the code, or delete one of the rows.'),
       (CASE WHEN annex_cell(c.parent_cell) IS NULL THEN 'code' ELSE 'parent' END, coalesce(annex_cell(c.parent_cell), c.code),
        c.parent IS NOT NULL AND NOT EXISTS (SELECT FROM criterion AS up WHERE up.set_code = c.set_code AND up.code = c.parent),
        format('The node above it, "%s", is not in the draft.', c.parent), 'Add a row for that one, or write a hyphen (-) into column parent if there is none.'),
       ('delegated', c.delegated, annex_cell(c.delegated) IS NOT NULL AND c.rule IS NOT NULL,
        'A requirement that has a rule is not delegated.', 'Empty the cell delegated, or the cell rule.'))
       AS found (column_name, cell, holds, problem, hint)
 WHERE found.holds
 UNION ALL
SELECT v.set_code, 'draft_variant', v.id, found.column_name, v.code, v.class, found.cell, found.problem, found.hint
  FROM variant AS v
 CROSS JOIN LATERAL (VALUES
       ('code', v.code, v.code IS NULL OR NOT EXISTS (SELECT FROM criterion AS c WHERE c.set_code = v.set_code AND c.code = v.code),
        CASE WHEN v.code IS NULL THEN 'The row has no code.' ELSE format('There is no criterion "%s" in the draft.', v.code) END,
        'Give the code of a row of draft_criterion.'),
       ('class', v.class, v.class IS NULL,
        'The row has no class.', 'Give the class; what holds for all is the rule in draft_criterion.'),
       ('class', v.class, v.class IS NOT NULL
                          AND EXISTS (SELECT FROM class_row AS c WHERE c.set_code = v.set_code)
                          AND NOT EXISTS (SELECT FROM class_row AS c WHERE c.set_code = v.set_code AND c.code = v.class),
        format('Class "%s" is not among the classes of the draft.', v.class), 'Correct its spelling, or add it to draft_class.'),
       ('class', v.class, v.code IS NOT NULL AND v.class IS NOT NULL AND v.earlier_id IS NOT NULL,
        format('The node has two variants for the class; the other row is %s.', v.earlier_id), 'Delete one of the rows.'),
       ('rule', NULL, v.rule IS NULL AND v.source IS NULL,
        'The row says nothing.', 'Give the rule, or delete the row.'))
       AS found (column_name, cell, holds, problem, hint)
 WHERE found.holds
 UNION ALL
SELECT c.set_code, 'draft_class', c.id, 'code', NULL, c.code, c.code,
       CASE WHEN c.code IS NULL THEN 'The row has no code.' ELSE format('The class is listed twice; the other row is %s.', c.earlier_id) END,
       'Correct the code, or delete the row.'
  FROM class_row AS c
 WHERE c.code IS NULL OR c.earlier_id IS NOT NULL
 UNION ALL
SELECT m.set_code, 'draft_measure', m.id, 'name', NULL, NULL, m.name,
       CASE WHEN m.name IS NULL THEN 'The row has no name.' ELSE format('The measure is listed twice; the other row is %s.', m.earlier_id) END,
       'Correct the name, or delete the row.'
  FROM measure_row AS m
 WHERE m.name IS NULL OR m.earlier_id IS NOT NULL
 UNION ALL
SELECT d.code, 'draft_set', NULL, found.column_name, NULL, NULL, found.cell, found.problem, found.hint
  FROM draft_set AS d
 CROSS JOIN LATERAL (VALUES
       ('level', d.level, d.level IS NULL OR d.level NOT IN ('province', 'district', 'commune', 'area'),
        'The level is missing or unknown.', 'It is province, district, commune or area.'),
       ('tier', d.tier, d.tier IS NULL OR d.tier NOT IN ('standard', 'advanced', 'model'),
        'The tier is missing or unknown.', 'It is standard, advanced or model.'),
       ('status', d.status, d.status NOT IN ('sourced', 'unverified', 'illustrative'),
        'The status is unknown.', 'It is sourced, unverified or illustrative; leave it out to derive it from the sources.'),
       ('code', d.code, NOT EXISTS (SELECT FROM criterion AS c WHERE c.set_code = d.code),
        'The draft has no criteria.', 'Add rows to draft_criterion.'))
       AS found (column_name, cell, holds, problem, hint)
 WHERE found.holds;

COMMENT ON VIEW draft_cell_problem IS
'The cells of drafts that cannot be read or do not fit together, a row each. View draft_problem shows them with what is wrong with the draft as a whole.';
COMMENT ON COLUMN draft_cell_problem.set_code IS 'The draft.';
COMMENT ON COLUMN draft_cell_problem.table_name IS 'The table the cell stands in.';
COMMENT ON COLUMN draft_cell_problem.row_id IS 'Identity of the row there. NULL = table draft_set, whose key is the code.';
COMMENT ON COLUMN draft_cell_problem.column_name IS 'The column.';
COMMENT ON COLUMN draft_cell_problem.code IS 'Code of the node. NULL = none given, or none meant.';
COMMENT ON COLUMN draft_cell_problem.class IS 'Code of the class. NULL = none given, or none meant.';
COMMENT ON COLUMN draft_cell_problem.cell IS 'What the cell holds. NULL = nothing.';
COMMENT ON COLUMN draft_cell_problem.problem IS 'What is wrong, with the place in the cell.';
COMMENT ON COLUMN draft_cell_problem.hint IS 'What to do.';

CREATE FUNCTION draft_ruleset(set_code text) RETURNS ntm.ruleset
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
DECLARE
    wrong record;
BEGIN
    IF NOT EXISTS (SELECT FROM draft_set WHERE draft_set.code = draft_ruleset.set_code) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = format('there is no draft "%s"', draft_ruleset.set_code),
            DETAIL = coalesce((SELECT 'The drafts are ' || string_agg(draft_set.code, ', ' ORDER BY draft_set.code) || '.' FROM draft_set),
                              'There are no drafts.'),
            HINT = 'Insert it into draft_set and draft_criterion, or take one from an edition by draft_from().';
    END IF;

    SELECT p.*, count(*) OVER () AS problems
      INTO wrong
      FROM draft_cell_problem AS p
     WHERE p.set_code = draft_ruleset.set_code
       AND (p.table_name <> 'draft_set' OR p.column_name IN ('code', 'rule'))
     ORDER BY p.table_name, p.row_id, p.column_name
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_text_representation',
            MESSAGE = format('draft "%s" cannot be read', draft_ruleset.set_code),
            DETAIL = format('Problems: %s. The first, in table %s, %scolumn %s%s: %s', wrong.problems, wrong.table_name,
                            'row ' || wrong.row_id || ', ', wrong.column_name,
                            ', cell "' || wrong.cell || '"', wrong.problem),
            HINT = 'See view draft_problem.';
    END IF;

    RETURN draft_document(draft_ruleset.set_code)::text::ntm.ruleset;
END
$$;

COMMENT ON FUNCTION draft_ruleset(text) IS
'The ruleset that a draft makes. Refuses a draft that is not there (SQLSTATE 42704), has cells that cannot be read, or makes no valid ruleset (22P02, or as input of ntm.ruleset says).';

-- The rule of library_requirement: an address makes a requirement sourced.
CREATE FUNCTION source_status(ruleset ntm.ruleset) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN bool_or(coalesce(r.source, n.source) ~ '^illustrative') THEN 'illustrative'
                WHEN bool_and(coalesce(coalesce(r.source, n.source) ~ '^https?://', false)) THEN 'sourced'
                ELSE 'unverified' END
      FROM ntm.nodes(source_status.ruleset) AS n
      JOIN ntm.requirements(source_status.ruleset) AS r ON r.code = n.code
     WHERE n.delegated IS NOT NULL
        OR coalesce(r.rule, 'all of (*)') <> 'all of (*)'
        OR NOT EXISTS (SELECT FROM ntm.nodes(source_status.ruleset) AS child WHERE child.parent = n.code);
END;

COMMENT ON FUNCTION source_status(ntm.ruleset) IS
'What the sources of a set amount to: illustrative if a requirement is, sourced if an address states every requirement, else unverified.';

-- ---- what is wrong with a draft ----

CREATE FUNCTION draft_set_problems(set_code text)
    RETURNS TABLE (code text, class text, severity text, problem text, hint text)
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    draft draft_set;
    compiled ntm.ruleset;
BEGIN
    SELECT * INTO draft FROM draft_set AS d WHERE d.code = draft_set_problems.set_code;

    BEGIN
        compiled := draft_document(draft.code)::text::ntm.ruleset;
    EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
        GET STACKED DIAGNOSTICS problem = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
        severity := 'error';
        hint := nullif(hint, '');
        RETURN NEXT;
        RETURN;
    END;

    IF draft.status <> 'illustrative' AND source_status(compiled) = 'illustrative' THEN
        severity := 'error';
        problem := format('The status is %s, but a requirement in it is illustrative.', draft.status);
        hint := 'Make the status illustrative, or leave it out.';
        RETURN NEXT;
    END IF;

    RETURN QUERY SELECT p.code, p.class, p.severity, p.problem, p.proposal FROM ntm.problems(compiled) AS p;

    RETURN QUERY
    SELECT p.code, p.class, p.severity, format('Edition %s is refined. ', c.id) || p.problem, p.proposal
      FROM criteria_set AS c
     CROSS JOIN LATERAL refinement_problems(c.ruleset, compiled) AS p
     WHERE c.id = draft.refines_id;
END
$$;

COMMENT ON FUNCTION draft_set_problems(text) IS
'What is wrong with a draft as a whole: what makes it no valid ruleset, else what ntm.problems() finds, and where it asks for less than the edition it refines. Columns as in view draft_problem.';

CREATE VIEW draft_problem AS
WITH cell AS MATERIALIZED (
    SELECT c.* FROM draft_cell_problem AS c
)
SELECT c.set_code, c.table_name, c.row_id, c.column_name, c.code, c.class, c.cell, 'error' AS severity, c.problem, c.hint
  FROM cell AS c
 UNION ALL
SELECT d.code, NULL, NULL, NULL, p.code, p.class, NULL, p.severity, p.problem, p.hint
  FROM draft_set AS d
 CROSS JOIN LATERAL draft_set_problems(d.code) AS p
 WHERE NOT EXISTS (SELECT FROM cell AS c
                    WHERE c.set_code = d.code AND (c.table_name <> 'draft_set' OR c.column_name IN ('code', 'rule')));

COMMENT ON VIEW draft_problem IS
'What is wrong with drafts: cells that cannot be read or do not fit together, with their place; once all can be read, what is wrong with the draft as a whole.';
COMMENT ON COLUMN draft_problem.set_code IS 'The draft.';
COMMENT ON COLUMN draft_problem.table_name IS 'The table the cell stands in. NULL = no single cell is wrong.';
COMMENT ON COLUMN draft_problem.row_id IS 'Identity of the row there. NULL = table draft_set, whose key is the code, or no single cell is wrong.';
COMMENT ON COLUMN draft_problem.column_name IS 'The column. NULL = no single cell is wrong.';
COMMENT ON COLUMN draft_problem.code IS 'Code of the node. NULL = none given, none meant, or the set as a whole.';
COMMENT ON COLUMN draft_problem.class IS 'Code of the class. NULL = none given, none meant, or the standard rule.';
COMMENT ON COLUMN draft_problem.cell IS 'What the cell holds. NULL = nothing, or no single cell is wrong.';
COMMENT ON COLUMN draft_problem.severity IS 'error (it cannot be published), warning (most likely a slip) or notice (worth a look).';
COMMENT ON COLUMN draft_problem.problem IS 'What is wrong, with the place in the cell.';
COMMENT ON COLUMN draft_problem.hint IS 'What to do: a sentence, or the rule to write instead. NULL = nothing to say.';

-- ---- from an edition to rows ----

CREATE FUNCTION draft_from(ruleset ntm.ruleset, code text DEFAULT NULL) RETURNS text
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    draft_code CONSTANT text := coalesce(draft_from.code, ntm.ruleset_code(ruleset));
    document CONSTANT jsonb := jsonb_set(ruleset::jsonb, '{code}', to_jsonb(draft_code));
BEGIN
    IF EXISTS (SELECT FROM draft_set AS d WHERE d.code = draft_code) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'duplicate_object',
            MESSAGE = format('there is a draft "%s" already', draft_code),
            DETAIL = 'It is not overwritten.',
            HINT = format('Give another code as the second argument, or delete it first: DELETE FROM draft_set WHERE code = %L.', draft_code);
    END IF;

    INSERT INTO draft_set (code, title, cite, rule)
    VALUES (draft_code, document ->> 'title', document ->> 'cite', document ->> 'rule');

    INSERT INTO draft_class (set_code, code, title)
    SELECT draft_code, c.key, c.value
      FROM jsonb_each_text(document -> 'classes') WITH ORDINALITY AS c (key, value, position)
     ORDER BY c.position;

    INSERT INTO draft_measure (set_code, name, title, unit)
    SELECT draft_code, m.key, m.value ->> 'title', m.value ->> 'unit'
      FROM jsonb_each(document -> 'measures') WITH ORDINALITY AS m (key, value, position)
     ORDER BY m.position;

    INSERT INTO draft_criterion (set_code, code, title, parent, measure, unit, rule, delegated, cite, source, position)
    SELECT draft_code, n.value ->> 'code', n.value ->> 'title',
           CASE WHEN n.value ? 'parent' THEN coalesce(n.value ->> 'parent', '-') END,
           n.value ->> 'measure', n.value ->> 'unit', n.value ->> 'rule', n.value ->> 'delegated',
           n.value ->> 'cite', n.value ->> 'source', n.position
      FROM jsonb_array_elements(document -> 'nodes') WITH ORDINALITY AS n (value, position)
     ORDER BY n.position;

    INSERT INTO draft_variant (set_code, code, class, rule, source)
    SELECT draft_code, n.value ->> 'code', v.class, n.value -> 'when' ->> v.class, n.value -> 'when_source' ->> v.class
      FROM jsonb_array_elements(document -> 'nodes') WITH ORDINALITY AS n (value, position)
     CROSS JOIN LATERAL (SELECT jsonb_object_keys(n.value -> 'when') UNION SELECT jsonb_object_keys(n.value -> 'when_source')) AS v (class)
     ORDER BY n.position, v.class;

    -- blanks around a text, or a node called "-", would be lost without a word
    IF draft_document(draft_code)::text::ntm.ruleset::text IS DISTINCT FROM document::ntm.ruleset::text THEN
        RAISE EXCEPTION USING
            ERRCODE = 'feature_not_supported',
            MESSAGE = format('criteria set "%s" cannot be edited as rows', draft_code),
            DETAIL = 'Its rows would make another ruleset, for example because blanks around a title do not count in cells.',
            HINT = 'Edit its document, and publish that.';
    END IF;

    RETURN draft_code;
END
$$;

COMMENT ON FUNCTION draft_from(ntm.ruleset, text) IS
'Makes a draft of a ruleset, to be edited as rows, and returns its code (the ruleset''s unless given). Level and what else an edition needs are still to be filled in. Refuses to overwrite a draft (SQLSTATE 42710), and a ruleset that rows cannot hold exactly (0A000).';

CREATE FUNCTION draft_from(criteria_set_id bigint, code text DEFAULT NULL, jurisdiction_id bigint DEFAULT NULL) RETURNS text
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    edition criteria_set;
    draft_code text;
BEGIN
    SELECT * INTO edition FROM criteria_set AS c WHERE c.id = draft_from.criteria_set_id;

    IF NOT FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = format('there is no edition %s', coalesce(draft_from.criteria_set_id::text, 'without an id')),
            DETAIL = 'No row of table criteria_set has this id.',
            HINT = 'See table criteria_set.';
    END IF;

    draft_code := draft_from(edition.ruleset, coalesce(draft_from.code, edition.code));

    UPDATE draft_set AS d
       SET level = edition.level,
           tier = edition.tier,
           issuer = CASE WHEN narrower.holds THEN NULL ELSE edition.issuer END,
           jurisdiction_id = coalesce(draft_from.jurisdiction_id, edition.jurisdiction_id),
           refines_id = CASE WHEN narrower.holds THEN edition.id ELSE edition.refines_id END
      FROM (VALUES (draft_from.jurisdiction_id IS NOT NULL
                    AND draft_from.jurisdiction_id IS DISTINCT FROM edition.jurisdiction_id)) AS narrower (holds)
     WHERE d.code = draft_code;

    -- what is refined may leave open what the draft decides
    INSERT INTO criteria_test (set_code, name, measures, classes, expected, cite)
    SELECT draft_code, t.name, t.measures, t.classes, kept.expected, t.cite
      FROM criteria_test AS t
     CROSS JOIN LATERAL (SELECT jsonb_object_agg(e.key, e.value) AS expected
                           FROM jsonb_each_text(t.expected) AS e
                          WHERE e.value <> 'unknown' OR edition.jurisdiction_id IS NOT DISTINCT FROM
                                                        coalesce(draft_from.jurisdiction_id, edition.jurisdiction_id)) AS kept
     WHERE t.criteria_set_id = edition.id
       AND kept.expected IS NOT NULL
     ORDER BY t.id
        ON CONFLICT ON CONSTRAINT criteria_test_name DO NOTHING;

    RETURN draft_code;
END
$$;

COMMENT ON FUNCTION draft_from(bigint, text, bigint) IS
'Makes a draft of a published edition, for the next one, with its test cases, and returns its code (the edition''s unless given). With another jurisdiction it becomes the draft of a set that refines the edition there; what its cases expect to be unknown is then left out. Its decision, dates and sources are still to be filled in. Refuses an unknown edition (SQLSTATE 42704); else as the form for rulesets.';

-- ---- publishing ----

-- A trigger, so that an edition is checked however it is inserted.
CREATE FUNCTION check_edition() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
DECLARE
    refined criteria_set;
    found record;
BEGIN
    IF NEW.refines_id IS NOT NULL THEN
        SELECT * INTO refined FROM criteria_set WHERE criteria_set.id = NEW.refines_id;

        IF refined.level <> NEW.level OR refined.tier <> NEW.tier
           OR NEW.jurisdiction_id IS NULL
           OR refined.jurisdiction_id = NEW.jurisdiction_id
           OR refined.jurisdiction_id IS NOT NULL
              AND NOT EXISTS (SELECT FROM unit
                               WHERE unit.id = NEW.jurisdiction_id
                                 AND index(unit.path, refined.jurisdiction_id::text::ltree) >= 0) THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation',
                MESSAGE = format('criteria set "%s" cannot refine edition %s ("%s")', NEW.code, refined.id, refined.code),
                DETAIL = 'A set refines one of the same level and tier, for a place within that one''s jurisdiction.',
                HINT = 'Correct level, tier or jurisdiction, or leave refines_id out.';
        END IF;
    END IF;

    FOR found IN
        SELECT p.*, format('%s%s: %s', coalesce('Node ' || p.code, 'The set'), ', class ' || p.class, p.problem) AS sentence,
               string_agg(format('%s%s: %s', coalesce('Node ' || p.code, 'The set'), ', class ' || p.class, p.problem), ' ')
                   FILTER (WHERE p.severity = 'error') OVER () AS errors
          FROM (SELECT 1 AS part, w.* FROM ntm.problems(NEW.ruleset) AS w
                 UNION ALL
                SELECT 2, w.* FROM refinement_problems(refined.ruleset, NEW.ruleset) AS w WHERE NEW.refines_id IS NOT NULL) AS p
         WHERE p.severity IN ('error', 'warning')
         ORDER BY p.severity, p.part
    LOOP
        IF found.severity = 'error' THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation',
                MESSAGE = CASE found.part
                    WHEN 1 THEN format('criteria set "%s" has errors', NEW.code)
                    ELSE format('criteria set "%s" asks for less than edition %s ("%s"), which it refines', NEW.code, refined.id, refined.code)
                END,
                DETAIL = found.errors,
                HINT = format('Proposed for the first: %s', found.proposal);
        END IF;

        RAISE NOTICE USING
            MESSAGE = format('criteria set "%s": %s', NEW.code, found.sentence),
            HINT = format('Proposed: %s', found.proposal);
    END LOOP;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION check_edition() IS
'Trigger: refuses an edition in which ntm.problems() finds errors, and one that refines another without being for a place within, or asks for less than it does (SQLSTATE 23514). Warnings become NOTICEs.';

CREATE TRIGGER check_edition AFTER INSERT ON criteria_set
    FOR EACH ROW EXECUTE FUNCTION check_edition();

CREATE FUNCTION publish_criteria_set(draft text, valid_from date DEFAULT NULL, valid_to date DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    compiled CONSTANT ntm.ruleset := draft_ruleset(publish_criteria_set.draft);
    drafted draft_set;
    wrong record;
BEGIN
    SELECT * INTO drafted FROM draft_set AS d WHERE d.code = publish_criteria_set.draft;
    drafted.valid_from := coalesce(publish_criteria_set.valid_from, drafted.valid_from);
    drafted.status := coalesce(drafted.status, source_status(compiled));

    SELECT p.* INTO wrong
      FROM (SELECT c.column_name, c.problem, c.hint
              FROM draft_cell_problem AS c
             WHERE c.set_code = drafted.code AND c.table_name = 'draft_set'
             UNION ALL
            SELECT 'status', format('It is %s, but a requirement in the draft is illustrative.', drafted.status),
                   'Make the status illustrative, or leave it out.'
             WHERE drafted.status <> 'illustrative' AND source_status(compiled) = 'illustrative'
             UNION ALL
            SELECT 'valid_from', 'The draft does not say from when it is in force.', 'Give valid_from.'
             WHERE drafted.valid_from IS NULL) AS p
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('draft "%s" cannot be published', drafted.code),
            DETAIL = format('Column %s: %s', wrong.column_name, wrong.problem),
            HINT = wrong.hint;
    END IF;

    RETURN publish_criteria_set(
        compiled, drafted.level, drafted.tier, drafted.valid_from,
        coalesce(publish_criteria_set.valid_to, drafted.valid_to),
        drafted.jurisdiction_id, drafted.status, drafted.issuer, drafted.decision, drafted.decision_date,
        refines_id => drafted.refines_id);
END
$$;

COMMENT ON FUNCTION publish_criteria_set(text, date, date) IS
'Publishes a draft as an edition and returns its id; validity is the draft''s unless given. Refuses a draft that cannot be read (see draft_ruleset) or lacks what an edition needs (SQLSTATE 22023); else as the form for rulesets.';

CREATE FUNCTION supersede_criteria_set(
    old_id          bigint,
    draft           text,
    valid_from      date    DEFAULT NULL,
    valid_to        date    DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    old_edition criteria_set;
    drafted draft_set;
    first_day date;
BEGIN
    SELECT * INTO old_edition FROM criteria_set AS c WHERE c.id = old_id;
    SELECT * INTO drafted FROM draft_set AS d WHERE d.code = supersede_criteria_set.draft;
    first_day := coalesce(supersede_criteria_set.valid_from, drafted.valid_from);

    IF old_edition.id IS NULL OR drafted.code IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = CASE WHEN old_edition.id IS NULL THEN format('there is no edition %s', coalesce(old_id::text, 'without an id'))
                           ELSE format('there is no draft "%s"', supersede_criteria_set.draft) END,
            DETAIL = 'An edition is superseded by a draft.',
            HINT = 'See tables criteria_set and draft_set.';
    END IF;

    IF old_edition.valid_to <= first_day THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format('edition %s ("%s") has its end already', old_edition.id, old_edition.code),
            DETAIL = format('It is in force until %s.', old_edition.valid_to - 1),
            HINT = format('Publish the draft from then on: SELECT publish_criteria_set(%L, %L).', drafted.code, old_edition.valid_to);
    END IF;

    IF (drafted.level, drafted.tier, drafted.jurisdiction_id)
       IS DISTINCT FROM (old_edition.level, old_edition.tier, old_edition.jurisdiction_id) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('draft "%s" is not for the units of edition %s ("%s")', drafted.code, old_edition.id, old_edition.code),
            DETAIL = 'Level, tier and jurisdiction must be the same.',
            HINT = 'Correct the draft, or publish it beside the edition by publish_criteria_set().';
    END IF;

    IF first_day IS NULL OR first_day <= old_edition.valid_from THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('edition %s ("%s") cannot be superseded from %s', old_edition.id, old_edition.code,
                             coalesce(first_day::text, 'an unknown day')),
            DETAIL = format('It is in force from %s, for a day at least.', old_edition.valid_from),
            HINT = 'Give a later valid_from.';
    END IF;

    UPDATE criteria_set AS c SET valid_to = first_day WHERE c.id = old_edition.id;

    RETURN publish_criteria_set(drafted.code, first_day, coalesce(supersede_criteria_set.valid_to, drafted.valid_to, old_edition.valid_to));
END
$$;

COMMENT ON FUNCTION supersede_criteria_set(bigint, text, date, date) IS
'Ends an edition on a day on which it is in force and publishes a draft for the same units from that day on, in one statement; returns the id of the new edition. valid_from and valid_to are the draft''s unless given; where neither says when it ends, it ends where the old one would have ended. Refuses an edition or draft that is not there (SQLSTATE 42704), an edition that has ended by then (55000), a draft for other units or a day too early (22023); else as publish_criteria_set().';
