-- Drafts of award policies: rows that look like the resolution, until published.

-- Nothing a spreadsheet holds is refused: what cannot be read is shown by view
-- draft_award_problem, beside the cell it stands in.
CREATE TABLE draft_award_policy (
    code            text    PRIMARY KEY CHECK (code <> ''),
    title           text,
    level           text,
    tier            text    DEFAULT 'standard',
    resolution      text,
    source          text,
    jurisdiction_id bigint  REFERENCES unit,
    valid_from      date,
    valid_to        date,
    status          text,
    rule            text,
    candidates      text,
    ranking         text,
    period_from     integer,
    period_to       integer,
    earlier_codes   text[],
    quota           text,
    quota_scope     text,
    quota_rounding  text,
    overtaking      boolean,
    hit_policy      text,
    precedence      integer
);

COMMENT ON TABLE draft_award_policy IS
'Award policies being drafted, one row each; what they require is in draft_award_clause, what they pay in draft_award_amount, who comes first in draft_award_priority. Deleting a draft deletes its rows there. publish_award_policy() publishes a draft; the draft stays and can be edited for the next one.';
COMMENT ON COLUMN draft_award_policy.code IS 'Code of the policy.';
COMMENT ON COLUMN draft_award_policy.title IS 'Title. NULL = the code.';
COMMENT ON COLUMN draft_award_policy.level IS 'Level of the units it rewards: province, district, commune or area. NULL = not yet given; publishing needs it.';
COMMENT ON COLUMN draft_award_policy.tier IS 'Tier of recognition it rewards: standard, advanced or model. NULL = every tier, each by itself.';
COMMENT ON COLUMN draft_award_policy.resolution IS 'The resolution or decision, as it is cited. NULL = not yet given; publishing needs it.';
COMMENT ON COLUMN draft_award_policy.source IS 'Where clauses and amounts without a source of their own were read: an address, unverified or illustrative. NULL = not stated.';
COMMENT ON COLUMN draft_award_policy.jurisdiction_id IS 'The unit within which it will be in force. NULL = everywhere.';
COMMENT ON COLUMN draft_award_policy.valid_from IS 'First day on which it will be in force. NULL = publishing says.';
COMMENT ON COLUMN draft_award_policy.valid_to IS 'First day on which it will no longer be in force. NULL = open.';
COMMENT ON COLUMN draft_award_policy.status IS 'sourced, unverified or illustrative. NULL = as its sources say: illustrative if one is, sourced if all are addresses, else unverified.';
COMMENT ON COLUMN draft_award_policy.rule IS 'What the clauses amount to, e.g. any of (*). NULL = all of them.';
COMMENT ON COLUMN draft_award_policy.candidates IS 'Whom it considers: recognised, ranked or all. NULL = recognised.';
COMMENT ON COLUMN draft_award_policy.ranking IS 'The ranking (award_ranking) that ranked and rank_in_year speak of. NULL = none.';
COMMENT ON COLUMN draft_award_policy.period_from IS 'First year of its period. NULL = all years count as in the period.';
COMMENT ON COLUMN draft_award_policy.period_to IS 'Last year of its period. NULL = open.';
COMMENT ON COLUMN draft_award_policy.earlier_codes IS 'Codes of the policies whose awards count as earlier ones, besides its own. NULL = none.';
COMMENT ON COLUMN draft_award_policy.quota IS 'A share of the units newly recognised, with a percent sign (5 %), or a number of units (3). NULL = no quota.';
COMMENT ON COLUMN draft_award_policy.quota_scope IS 'year (of each year) or period (of the years of the period together). NULL = year.';
COMMENT ON COLUMN draft_award_policy.quota_rounding IS 'What is done with a fraction of a place: down, nearest or up. NULL = down.';
COMMENT ON COLUMN draft_award_policy.overtaking IS 'Where money runs short: whether a later unit whose amount still fits is granted though one before it did not fit. NULL = it is not.';
COMMENT ON COLUMN draft_award_policy.hit_policy IS 'With other policies for the same units and tier: unique, first, highest or sum. NULL = unique.';
COMMENT ON COLUMN draft_award_policy.precedence IS 'Rank under hit policy first, the lowest first. NULL = another hit policy.';

CREATE TABLE draft_award_clause (
    id          bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    policy_code text    NOT NULL REFERENCES draft_award_policy ON UPDATE CASCADE ON DELETE CASCADE,
    code        text,
    title       text,
    measure     text,
    rule        text,
    cite        text,
    source      text,
    position    numeric
);

CREATE INDEX draft_award_clause_policy_code ON draft_award_clause (policy_code);

COMMENT ON TABLE draft_award_clause IS
'Clauses of draft policies: what a unit must meet to be rewarded at all. A blank cell is the same as NULL.';
COMMENT ON COLUMN draft_award_clause.id IS 'Identity of the row.';
COMMENT ON COLUMN draft_award_clause.policy_code IS 'The draft.';
COMMENT ON COLUMN draft_award_clause.code IS 'Code, e.g. 2 or 2.1. NULL = its place among the clauses.';
COMMENT ON COLUMN draft_award_clause.title IS 'Title, as reasons show it. NULL = the code.';
COMMENT ON COLUMN draft_award_clause.measure IS 'Name of the fact (view award_fact_name) or measure it is about. NULL = its rule names them.';
COMMENT ON COLUMN draft_award_clause.rule IS 'What is required, e.g. met, not met, >= 2, or parent_recognised not met and road >= 80. NULL = met, or, where clauses stand below it, all of these.';
COMMENT ON COLUMN draft_award_clause.cite IS 'The article. NULL = the resolution as a whole.';
COMMENT ON COLUMN draft_award_clause.source IS 'Where it was read: an address, unverified or illustrative. NULL = that of the policy.';
COMMENT ON COLUMN draft_award_clause.position IS 'Place among the clauses. NULL = after those with a position, in order of loading.';

CREATE TABLE draft_award_amount (
    id          bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    policy_code text    NOT NULL REFERENCES draft_award_policy ON UPDATE CASCADE ON DELETE CASCADE,
    part        text,
    class       text,
    parent_class text,
    condition   text,
    amount      text,
    cite        text,
    source      text,
    position    numeric
);

CREATE INDEX draft_award_amount_policy_code ON draft_award_amount (policy_code);

COMMENT ON TABLE draft_award_amount IS
'What draft policies pay: of the lines for a part the first one decides whose classes the unit has and whose condition is met. A blank cell is the same as NULL.';
COMMENT ON COLUMN draft_award_amount.id IS 'Identity of the row.';
COMMENT ON COLUMN draft_award_amount.policy_code IS 'The draft.';
COMMENT ON COLUMN draft_award_amount.part IS 'Part of the award, e.g. works, cash, ceremony. NULL = award, the only one.';
COMMENT ON COLUMN draft_award_amount.class IS 'The line is for units with this class. NULL = for all.';
COMMENT ON COLUMN draft_award_amount.parent_class IS 'The line is for units whose parent has this class. NULL = for all.';
COMMENT ON COLUMN draft_award_amount.condition IS 'The line holds where this is met, e.g. years_early >= 2. NULL = always.';
COMMENT ON COLUMN draft_award_amount.amount IS 'Amount, as resolutions write it: 500.000.000 đồng, 500 triệu, 1,25 tỷ; a bare number is in đồng; "case by case" (từng trường hợp) = it is decided so.';
COMMENT ON COLUMN draft_award_amount.cite IS 'The article. NULL = the resolution as a whole.';
COMMENT ON COLUMN draft_award_amount.source IS 'Where it was read: an address, unverified or illustrative. NULL = that of the policy.';
COMMENT ON COLUMN draft_award_amount.position IS 'Place among the lines; fractions put a row between two others. NULL = after those with a position, in order of loading.';

CREATE TABLE draft_award_priority (
    id          bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    policy_code text    NOT NULL REFERENCES draft_award_policy ON UPDATE CASCADE ON DELETE CASCADE,
    fact        text,
    class       text,
    parent_class text,
    direction   text,
    cite        text,
    position    numeric
);

CREATE INDEX draft_award_priority_policy_code ON draft_award_priority (policy_code);

COMMENT ON TABLE draft_award_priority IS
'Who comes first under draft policies where a quota or the money does not reach for all. A blank cell is the same as NULL.';
COMMENT ON COLUMN draft_award_priority.id IS 'Identity of the row.';
COMMENT ON COLUMN draft_award_priority.policy_code IS 'The draft.';
COMMENT ON COLUMN draft_award_priority.fact IS 'The award fact or measure to sort by. NULL = a class is given instead.';
COMMENT ON COLUMN draft_award_priority.class IS 'Units with this class come first. NULL = a fact or parent_class is given instead.';
COMMENT ON COLUMN draft_award_priority.parent_class IS 'Units whose parent has this class come first. NULL = a fact or class is given instead.';
COMMENT ON COLUMN draft_award_priority.direction IS 'Of a fact: ascending (the smallest value first) or descending (the largest first). Not needed for a class.';
COMMENT ON COLUMN draft_award_priority.cite IS 'The article. NULL = the resolution as a whole.';
COMMENT ON COLUMN draft_award_priority.position IS 'Place among the facts. NULL = after those with a position, in order of loading.';

-- ---- cells ----

-- upper case and lower case of the letters that the words below have, whatever
-- the locale of the database
CREATE FUNCTION award_cell(cell text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN lower(translate(regexp_replace(normalize(annex_cell(cell), NFC), '[\s' || chr(160) || chr(8239) || ']+', ' ', 'g'),
                           'ĐỶỈỆÌÀỒƯỪỜỢẦ', 'đỷỉệìàồưừờợầ'));

COMMENT ON FUNCTION award_cell(text) IS
'A cell in small letters, composed, with single blanks; NULL if it holds nothing.';

-- A figure is not guessed where it can be read in two ways, since the difference
-- is a thousandfold.
CREATE FUNCTION award_figure(figure text, unit text) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE
               WHEN award_figure.figure ~ '^[0-9]+$'
                   THEN award_figure.figure::numeric
               WHEN award_figure.figure ~ '^[1-9][0-9]{0,2}([., ])[0-9]{3}(\1[0-9]{3})+$'
                 OR award_figure.figure ~ '^[1-9][0-9]{0,2}[., ][0-9]{3}$' AND award_figure.unit IN ('nghìn', 'đồng')
                 OR award_figure.figure ~ '^[1-9][0-9]{0,2}\.[0-9]{3}$' AND award_figure.unit = 'triệu'
                   THEN translate(award_figure.figure, '., ', '')::numeric
               WHEN award_figure.unit IN ('tỷ', 'triệu') AND award_figure.figure ~ '^([0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3})+),[0-9]{1,2}$'
                   THEN translate(award_figure.figure, ',.', '.')::numeric
               WHEN award_figure.unit IN ('tỷ', 'triệu') AND award_figure.figure ~ '^([0-9]+|[1-9][0-9]{0,2}(,[0-9]{3})+)\.[0-9]{1,2}$'
                   THEN replace(award_figure.figure, ',', '')::numeric
           END;
END;

COMMENT ON FUNCTION award_figure(text, text) IS
'A figure before a unit of money (tỷ, triệu, nghìn or đồng; NULL = none); NULL if it cannot be read, or in two ways. Plain digits; groups of three parted by points, by commas or by blanks: at least two groups after the first digits, or one before đồng and nghìn, or one after a point before triệu (1.250 triệu); before tỷ and triệu one or two decimals after a comma or a point.';

-- amount = [figure tỷ] [figure triệu] [figure nghìn] [figure đồng] ["đồng"] {"/" words | "(" words ")"} ["." | ";"]
--        | figure
CREATE FUNCTION award_money(cell text) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH written (amount) AS (
        SELECT regexp_replace(award_cell(award_money.cell), '(?: ?(?:/ ?[^0-9/.;()]+|\([^0-9()]*\)))* ?[.;]?$', '')
    ), parsed (figures) AS (
        SELECT regexp_match(written.amount,
                            '^(?:([0-9][0-9., ]*) ?t[ỷỉ])?(?: ?([0-9][0-9., ]*) ?(?:triệu|tr\.?đ|tr))?(?: ?([0-9][0-9., ]*) ?(?:nghìn|ngàn))?(?: ?([0-9][0-9., ]*) ?(?:đồng|đ|vnđ|vnd)| ?(?:đồng|đ|vnđ|vnd))?$')
          FROM written
    ), component AS (
        SELECT award_figure(rtrim(p.figures[u.rank]), u.unit) AS figure, u.factor,
               lag(u.factor) OVER (ORDER BY u.rank) AS above,
               lead(u.factor) OVER (ORDER BY u.rank) IS NULL AS is_last
          FROM parsed AS p
         CROSS JOIN (VALUES (1, 'tỷ', 1000000000), (2, 'triệu', 1000000), (3, 'nghìn', 1000), (4, 'đồng', 1)) AS u (rank, unit, factor)
         WHERE p.figures[u.rank] IS NOT NULL
    )
    SELECT coalesce(award_figure(written.amount, NULL),
                    (SELECT CASE WHEN bool_and(c.figure IS NOT NULL
                                               AND (c.is_last OR c.figure = trunc(c.figure))
                                               AND (c.above IS NULL OR c.figure * c.factor < c.above))
                                 THEN trim_scale(sum(c.figure * c.factor)) END
                       FROM component AS c))
      FROM written;
END;

COMMENT ON FUNCTION award_money(text) IS
'An amount of money, as resolutions write it, in đồng: figures (see award_figure) with their units, the largest first, added up: tỷ or tỉ, triệu, tr or trđ, nghìn or ngàn, đồng, đ, vnđ or vnd. A further đồng, slashes with words (/xã, /thôn/năm), words in brackets without digits (năm trăm triệu đồng) and a full stop or semicolon may end it. A bare number is in đồng. 500.000.000 đồng, 500 triệu đồng/xã, 1,25 tỷ, 1 tỷ 250 triệu, 1.250 triệu, 500000000. NULL if it cannot be read, or in two ways: 1.250 tỷ and 1,250 triệu could be 1250 or 1,25.';

CREATE FUNCTION award_case_by_case(cell text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN coalesce(award_cell(cell) ~ 'case by case|từng trường hợp'
                    AND award_cell(cell) !~ '[0-9]|(^|[ ,.;:()])(không|chẳng|chưa|not?|never)($|[ ,.;:()])', false);

COMMENT ON FUNCTION award_case_by_case(text) IS
'Whether a cell says that the amount is decided case by case (từng trường hợp). One that denies it, or has a figure too, does not.';

-- 1.234 % could be read as thousands.
CREATE FUNCTION award_share(cell text) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN percent.figure !~ '^[1-9][0-9]{0,2}[.,][0-9]{3}$' AND replace(percent.figure, ',', '.')::numeric BETWEEN 0.000001 AND 100
                THEN trim_scale(replace(percent.figure, ',', '.')::numeric / 100) END
      FROM (SELECT substring(award_cell(award_share.cell) FROM '^([0-9]+(?:[.,][0-9]+)?) ?(?:%|phần trăm)$')) AS percent (figure);
END;

COMMENT ON FUNCTION award_share(text) IS
'A share in percent above 0 and up to 100, as a fraction: 5 %, 12,5 %, 5 phần trăm. NULL if it cannot be read so; a point or comma before three digits could part thousands and is not guessed.';

CREATE FUNCTION draft_award_document(policy_code text) RETURNS jsonb
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT jsonb_strip_nulls(jsonb_build_object(
               'code', d.code, 'title', annex_cell(d.title), 'level', d.level, 'resolution', annex_cell(d.resolution),
               'source', annex_cell(d.source), 'status', d.status, 'valid_from', d.valid_from, 'valid_to', d.valid_to,
               'rule', annex_cell(d.rule), 'candidates', d.candidates, 'ranking', annex_cell(d.ranking),
               'period_from', d.period_from, 'period_to', d.period_to, 'earlier_codes', d.earlier_codes,
               'quota_share', award_share(d.quota),
               'quota_number', CASE WHEN annex_cell(d.quota) ~ '^0*[1-9][0-9]{0,8}$' THEN annex_cell(d.quota)::numeric END,
               'quota_scope', d.quota_scope, 'quota_rounding', d.quota_rounding, 'overtaking', d.overtaking,
               'hit_policy', d.hit_policy, 'precedence', d.precedence,
               'clauses', (SELECT jsonb_agg(jsonb_build_object('code', coalesce(annex_cell(c.code), c.rank::text), 'title', annex_cell(c.title),
                                                               'measure', annex_cell(c.measure), 'rule', annex_cell(c.rule),
                                                               'cite', annex_cell(c.cite), 'source', annex_cell(c.source)) ORDER BY c.rank)
                             FROM (SELECT x.*, row_number() OVER (ORDER BY x.position NULLS LAST, x.id) AS rank
                                     FROM draft_award_clause AS x WHERE x.policy_code = d.code) AS c),
               'amounts', (SELECT jsonb_agg(jsonb_build_object('part', annex_cell(a.part), 'class', annex_cell(a.class),
                                                               'parent_class', annex_cell(a.parent_class), 'condition', annex_cell(a.condition),
                                                               'amount', award_money(a.amount),
                                                               'cite', annex_cell(a.cite), 'source', annex_cell(a.source))
                                            ORDER BY a.position NULLS LAST, a.id)
                             FROM draft_award_amount AS a WHERE a.policy_code = d.code),
               'priority', (SELECT jsonb_agg(jsonb_build_object('fact', annex_cell(p.fact), 'class', annex_cell(p.class), 'parent_class', annex_cell(p.parent_class),
                                                                'direction', annex_cell(p.direction), 'cite', annex_cell(p.cite))
                                             ORDER BY p.position NULLS LAST, p.id)
                              FROM draft_award_priority AS p WHERE p.policy_code = d.code)))
           || jsonb_build_object('tier', d.tier)
      FROM draft_award_policy AS d
     WHERE d.code = draft_award_document.policy_code;
END;

COMMENT ON FUNCTION draft_award_document(text) IS
'The document of a draft policy as its rows stand, checked or not, for publish_award_document(); NULL if there is no such draft. An amount that cannot be read is left out, as one decided case by case is.';

CREATE VIEW draft_award_problem AS
WITH cell AS MATERIALIZED (
    SELECT a.policy_code, 'draft_award_amount' AS table_name, a.id AS row_id, found.column_name, found.cell, found.problem, found.hint
      FROM draft_award_amount AS a
     CROSS JOIN LATERAL (VALUES
           ('amount', a.amount, annex_cell(a.amount) IS NULL,
            'The line has no amount.', 'Give it, or write "case by case".'),
           ('amount', a.amount, annex_cell(a.amount) IS NOT NULL AND award_money(a.amount) IS NULL AND NOT award_case_by_case(a.amount),
            'It cannot be read as an amount of money.',
            'Write for example 500.000.000 đồng, 500 triệu, 1.250 triệu, 1,25 tỷ, 1 tỷ 250 triệu or 500 nghìn đồng; or "case by case". What could be read in two ways, such as 1,250 triệu, 1.250 tỷ or 500.000 alone, is not guessed.'),
           ('condition', a.condition, award_condition_refusal(annex_cell(a.condition)) IS NOT NULL,
            award_condition_refusal(annex_cell(a.condition)), award_condition_hint(a.condition)))
           AS found (column_name, cell, holds, problem, hint)
     WHERE found.holds
     UNION ALL
    SELECT c.policy_code, 'draft_award_clause', c.id, 'rule', c.rule, refusal.problem,
           CASE WHEN award_names_class(c.rule) THEN award_condition_hint(c.rule) ELSE refusal.hint END
      FROM draft_award_clause AS c
     CROSS JOIN LATERAL rule_refusal(c.rule) AS refusal
     WHERE annex_cell(c.rule) IS NOT NULL AND refusal.problem IS NOT NULL
     UNION ALL
    SELECT p.policy_code, 'draft_award_priority', p.id, found.column_name, found.cell, found.problem, found.hint
      FROM draft_award_priority AS p
     CROSS JOIN LATERAL (VALUES
           ('fact', p.fact, num_nonnulls(annex_cell(p.fact), annex_cell(p.class), annex_cell(p.parent_class)) = 0,
            'The row has no fact.', 'Give the fact or the class, or delete the row.'),
           ('class', concat_ws(', ', annex_cell(p.class), annex_cell(p.parent_class)), num_nonnulls(annex_cell(p.fact), annex_cell(p.class), annex_cell(p.parent_class)) > 1,
            'The row sorts by more than one thing.', 'Give one fact, class or parent_class; each other one in a row of its own.'),
           ('direction', p.direction, coalesce(annex_cell(p.direction), CASE WHEN annex_cell(p.fact) IS NULL THEN 'ascending' ELSE '' END) NOT IN ('ascending', 'descending'),
            'The direction is missing or unknown.', 'It is ascending or descending.'))
           AS found (column_name, cell, holds, problem, hint)
     WHERE found.holds
     UNION ALL
    SELECT d.code, 'draft_award_policy', NULL, found.column_name, found.cell, found.problem, found.hint
      FROM draft_award_policy AS d
     CROSS JOIN LATERAL (VALUES
           ('quota', d.quota, annex_cell(d.quota) !~ '^0*[1-9][0-9]{0,8}$' AND award_share(d.quota) IS NULL,
            'It cannot be read as a quota.', 'Write a share, such as 5 % or 12,5 %, or a number of units, such as 3. What could be read in two ways, such as 1.234 %, is not guessed.'),
           ('code', d.code, NOT EXISTS (SELECT FROM draft_award_clause AS c WHERE c.policy_code = d.code),
            'The draft has no clauses.', 'Add rows to draft_award_clause, for example one with measure newly_recognised.'),
           ('code', d.code, NOT EXISTS (SELECT FROM draft_award_amount AS a WHERE a.policy_code = d.code),
            'The draft pays nothing.', 'Add rows to draft_award_amount.'))
           AS found (column_name, cell, holds, problem, hint)
     WHERE found.holds
     UNION ALL
    SELECT d.code, 'draft_award_policy', NULL, v.place, to_jsonb(d) ->> v.place, v.problem, v.hint
      FROM draft_award_policy AS d
     CROSS JOIN LATERAL award_document_value_problems(draft_award_document(d.code)) AS v
)
SELECT c.policy_code, c.table_name, c.row_id, c.column_name, c.cell, 'error' AS severity, c.problem, c.hint
  FROM cell AS c
 UNION ALL
SELECT a.policy_code, 'draft_award_amount', a.id, 'amount', a.amount, 'warning',
       format('%s đồng is very little.', award_money(a.amount)), 'Most likely "triệu" was meant: add the unit.'
  FROM draft_award_amount AS a
 WHERE award_money(a.amount) > 0 AND award_money(a.amount) < 100000
 UNION ALL
SELECT d.code, NULL, NULL, p.place, NULL, p.severity, p.problem, p.hint
  FROM draft_award_policy AS d
 CROSS JOIN LATERAL award_document_problems(draft_award_document(d.code)) AS p
 WHERE NOT EXISTS (SELECT FROM cell AS c WHERE c.policy_code = d.code);

COMMENT ON VIEW draft_award_problem IS
'What is wrong with drafts of award policies: cells that cannot be read, mean nothing or do not fit together, with their place; once there are none, what is wrong with the draft as a whole. Doubtful cells and drafts are warned of.';
COMMENT ON COLUMN draft_award_problem.policy_code IS 'The draft.';
COMMENT ON COLUMN draft_award_problem.table_name IS 'The table the cell stands in. NULL = no single cell is wrong.';
COMMENT ON COLUMN draft_award_problem.row_id IS 'Identity of the row there. NULL = table draft_award_policy, whose key is the code, or no single cell is wrong.';
COMMENT ON COLUMN draft_award_problem.column_name IS 'The column; where no single cell is wrong, the place: clause C, line N of the amounts, priority, status.';
COMMENT ON COLUMN draft_award_problem.cell IS 'What the cell holds. NULL = nothing, or no single cell is wrong.';
COMMENT ON COLUMN draft_award_problem.severity IS 'error (it cannot be published) or warning (most likely a slip).';
COMMENT ON COLUMN draft_award_problem.problem IS 'What is wrong.';
COMMENT ON COLUMN draft_award_problem.hint IS 'What to do. NULL = nothing to say.';

CREATE FUNCTION draft_award_from(document jsonb, code text DEFAULT NULL) RETURNS text
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    draft_code CONSTANT text := coalesce(draft_award_from.code, document ->> 'code');
BEGIN
    PERFORM check_award_document(document);

    IF EXISTS (SELECT FROM draft_award_policy AS d WHERE d.code = draft_code) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'duplicate_object',
            MESSAGE = format('there is a draft "%s" of an award policy already', draft_code),
            DETAIL = 'It is not overwritten.',
            HINT = format('Give another code as the second argument, or delete it first: DELETE FROM draft_award_policy WHERE code = %L.', draft_code);
    END IF;

    INSERT INTO draft_award_policy
           (code, title, level, tier, resolution, source, valid_from, valid_to, status, rule, candidates, ranking,
            period_from, period_to, earlier_codes, quota, quota_scope, quota_rounding, overtaking, hit_policy, precedence)
    SELECT draft_code, d.title, d.level, CASE WHEN document ? 'tier' THEN d.tier ELSE 'standard' END, d.resolution, d.source,
           d.valid_from, d.valid_to, d.status, d.rule, d.candidates, d.ranking, d.period_from, d.period_to, d.earlier_codes,
           coalesce(CASE WHEN scale(trim_scale(d.quota_share * 100)) = 3 THEN round(d.quota_share * 100, 4) ELSE trim_scale(d.quota_share * 100) END || ' %', d.quota_number::text),
           d.quota_scope, d.quota_rounding, d.overtaking, d.hit_policy, d.precedence
      FROM jsonb_to_record(document) AS d (title text, level text, tier text, resolution text, source text, valid_from date, valid_to date,
                                           status text, rule text, candidates text, ranking text, period_from integer, period_to integer,
                                           earlier_codes text[], quota_share numeric, quota_number integer, quota_scope text,
                                           quota_rounding text, overtaking boolean, hit_policy text, precedence integer);

    INSERT INTO draft_award_clause (policy_code, code, title, measure, rule, cite, source, position)
    SELECT draft_code, c.value ->> 'code', c.value ->> 'title', c.value ->> 'measure', c.value ->> 'rule', c.value ->> 'cite', c.value ->> 'source', c.rank
      FROM jsonb_array_elements(nullif(document -> 'clauses', 'null')) WITH ORDINALITY AS c (value, rank);

    INSERT INTO draft_award_amount (policy_code, part, class, parent_class, condition, amount, cite, source, position)
    SELECT draft_code, a.part, a.class, a.parent_class, a.condition, coalesce(a.amount::text, 'case by case'), a.cite, a.source, a.position
      FROM award_document_amounts(document) AS a;

    INSERT INTO draft_award_priority (policy_code, fact, class, parent_class, direction, cite, position)
    SELECT draft_code, p.value ->> 'fact', p.value ->> 'class', p.value ->> 'parent_class', p.value ->> 'direction', p.value ->> 'cite', p.rank
      FROM jsonb_array_elements(nullif(document -> 'priority', 'null')) WITH ORDINALITY AS p (value, rank);

    RETURN draft_code;
END
$$;

COMMENT ON FUNCTION draft_award_from(jsonb, text) IS
'Makes a draft of a policy''s document, for example one of ntm.award_library, to be edited as rows, and returns its code (the document''s unless given). Its place is still to be filled in. Refuses a document that cannot be read (SQLSTATE 22023), and to overwrite a draft (42710).';

CREATE FUNCTION publish_award_policy(draft text, valid_from date DEFAULT NULL, valid_to date DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    drafted draft_award_policy;
    wrong record;
BEGIN
    SELECT * INTO drafted FROM draft_award_policy AS d WHERE d.code = publish_award_policy.draft;

    IF NOT FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = format('there is no draft "%s" of an award policy', publish_award_policy.draft),
            DETAIL = coalesce((SELECT 'The drafts are ' || string_agg(d.code, ', ' ORDER BY d.code) || '.' FROM draft_award_policy AS d),
                              'There are no drafts.'),
            HINT = 'Insert it into draft_award_policy, draft_award_clause and draft_award_amount.';
    END IF;

    SELECT p.*, count(*) OVER () AS problems
      INTO wrong
      FROM draft_award_problem AS p
     WHERE p.policy_code = drafted.code AND p.table_name IS NOT NULL AND p.severity = 'error'
     ORDER BY p.table_name DESC, p.row_id, p.column_name
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_text_representation',
            MESSAGE = format('draft "%s" cannot be read', drafted.code),
            DETAIL = format('Problems: %s. The first, in table %s, %scolumn %s%s: %s', wrong.problems, wrong.table_name,
                            'row ' || wrong.row_id || ', ', wrong.column_name, ', cell "' || wrong.cell || '"', wrong.problem),
            HINT = 'See view draft_award_problem.';
    END IF;

    FOR wrong IN
        SELECT p.* FROM draft_award_problem AS p WHERE p.policy_code = drafted.code AND p.table_name IS NOT NULL ORDER BY p.row_id
    LOOP
        RAISE NOTICE USING
            MESSAGE = format('draft "%s", table %s, row %s, column %s, cell "%s": %s', drafted.code, wrong.table_name, wrong.row_id, wrong.column_name, wrong.cell, wrong.problem),
            HINT = wrong.hint;
    END LOOP;

    RETURN publish_award_document(draft_award_document(drafted.code), drafted.jurisdiction_id,
                                  publish_award_policy.valid_from, publish_award_policy.valid_to);
END
$$;

COMMENT ON FUNCTION publish_award_policy(text, date, date) IS
'Publishes a draft of an award policy and returns its id; validity is the draft''s unless given. Refuses a draft that is not there (SQLSTATE 42704) or has cells that cannot be read or mean nothing (22P02); else as publish_award_document().';

CREATE FUNCTION supersede_award_policy(code text, draft text, valid_from date, valid_to date DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    old award_policy;
BEGIN
    -- takes the heads of the chains first, as whoever grants does
    INSERT INTO award_policy (code) SELECT NULL WHERE false;

    SELECT * INTO old
      FROM award_policy AS p
     WHERE p.code = supersede_award_policy.code
       AND p.valid_to IS DISTINCT FROM p.valid_from
     ORDER BY p.valid_from <= supersede_award_policy.valid_from DESC NULLS LAST, p.valid_from DESC
     LIMIT 1
       FOR NO KEY UPDATE;

    IF NOT FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = format('there is no award policy "%s"', supersede_award_policy.code),
            HINT = 'See table award_policy.';
    END IF;

    IF old.valid_to <= supersede_award_policy.valid_from OR old.valid_from >= supersede_award_policy.valid_from IS NOT FALSE THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format('award policy "%s" cannot be superseded from %s', old.code, coalesce(supersede_award_policy.valid_from::text, 'no date')),
            DETAIL = CASE WHEN old.valid_to <= supersede_award_policy.valid_from
                THEN format('It is in force from %s to %s, and has ended by then.', old.valid_from, old.valid_to)
                ELSE format('It is in force from %s. The policy in force on 31 December rewards the whole year.', old.valid_from)
            END,
            HINT = CASE
                WHEN old.valid_to <= supersede_award_policy.valid_from
                THEN 'Publish the draft with publish_award_policy(), from that day or a later one.'
                WHEN supersede_award_policy.valid_from IS NULL
                THEN 'Give the day from which the draft is to be in force.'
                WHEN EXISTS (SELECT FROM award AS a WHERE a.policy_id = old.id)
                THEN 'Awards rest on it, so that it stays: give a day after it began.'
                ELSE format('Nothing is granted under it, so that it can be withdrawn: UPDATE award_policy SET valid_to = valid_from WHERE id = %s; then publish the draft with publish_award_policy().', old.id)
            END;
    END IF;

    UPDATE award_policy AS p SET valid_to = supersede_award_policy.valid_from WHERE p.id = old.id;

    RETURN publish_award_policy(
        supersede_award_policy.draft, supersede_award_policy.valid_from,
        coalesce(supersede_award_policy.valid_to,
                 (SELECT d.valid_to FROM draft_award_policy AS d WHERE d.code = supersede_award_policy.draft), old.valid_to));
END
$$;

COMMENT ON FUNCTION supersede_award_policy(text, text, date, date) IS
'Ends the policy with a code that is in force on a date and publishes a draft from that date, with the same code or another; returns the id of the new one. That ends, unless valid_to or the draft says when, where the old one would have ended. A WARNING names the years for which awards are granted already under the one that ends, and which it no longer rewards. Refuses an unknown code (SQLSTATE 42704), and a policy that has ended by that day, or begins on it or later (55000); else as publish_award_policy().';
