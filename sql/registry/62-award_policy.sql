-- Publishing award policies: what is wrong with one, and how it is published.

-- ---- the form of a document ----

-- A policy as a document: what the library ships, what drafts and
-- publish_award_policy() make, all on one way into the tables.
CREATE VIEW award_document_key AS
SELECT k.part, k.key, k.kind
  FROM (VALUES
    ('policy', 'code', 'a text'), ('policy', 'title', 'a text'), ('policy', 'level', 'a text'), ('policy', 'tier', 'a text'),
    ('policy', 'resolution', 'a text'), ('policy', 'source', 'a text'), ('policy', 'status', 'a text'), ('policy', 'jurisdiction', 'a text'),
    ('policy', 'valid_from', 'a date'), ('policy', 'valid_to', 'a date'),
    ('policy', 'candidates', 'a text'), ('policy', 'ranking', 'a text'),
    ('policy', 'period_from', 'a whole number'), ('policy', 'period_to', 'a whole number'), ('policy', 'earlier_codes', 'a list of texts'),
    ('policy', 'quota_share', 'a number'), ('policy', 'quota_number', 'a whole number'),
    ('policy', 'quota_scope', 'a text'), ('policy', 'quota_rounding', 'a text'), ('policy', 'overtaking', 'true or false'),
    ('policy', 'hit_policy', 'a text'), ('policy', 'precedence', 'a whole number'),
    ('policy', 'rule', 'a text'), ('policy', 'classes', 'an object'), ('policy', 'measures', 'an object'),
    ('policy', 'clauses', 'a list of objects'), ('policy', 'amounts', 'a list of objects'), ('policy', 'priority', 'a list of objects'),
    ('amounts', 'part', 'a text'), ('amounts', 'class', 'a text'), ('amounts', 'parent_class', 'a text'), ('amounts', 'condition', 'a text'),
    ('amounts', 'amount', 'a number'), ('amounts', 'cite', 'a text'), ('amounts', 'source', 'a text'),
    ('priority', 'fact', 'a text'), ('priority', 'class', 'a text'), ('priority', 'parent_class', 'a text'), ('priority', 'direction', 'a text'), ('priority', 'cite', 'a text')
  ) AS k (part, key, kind);

COMMENT ON VIEW award_document_key IS
'The keys of a policy''s document. They are named like the columns of award_policy, award_amount and award_priority; classes and measures are as in a ruleset, and so are the objects in clauses.';
COMMENT ON COLUMN award_document_key.part IS 'policy (the document itself), amounts or priority (the objects in these lists).';
COMMENT ON COLUMN award_document_key.key IS 'The key.';
COMMENT ON COLUMN award_document_key.kind IS 'What its value must be.';

CREATE FUNCTION award_document_fits(value jsonb, kind text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE kind
               WHEN 'a text' THEN jsonb_typeof(value) = 'string'
               WHEN 'a number' THEN jsonb_typeof(value) = 'number'
               WHEN 'true or false' THEN jsonb_typeof(value) = 'boolean'
               WHEN 'an object' THEN jsonb_typeof(value) = 'object'
               WHEN 'a whole number'
                   THEN CASE WHEN jsonb_typeof(value) = 'number' THEN value::numeric = trunc(value::numeric) AND abs(value::numeric) < 2147483648 ELSE false END
               WHEN 'a list of texts'
                   THEN jsonb_typeof(value) = 'array' AND NOT jsonb_path_exists(value, 'strict $[*] ? (@.type() <> "string")', silent => true)
               WHEN 'a list of objects'
                   THEN jsonb_typeof(value) = 'array' AND NOT jsonb_path_exists(value, 'strict $[*] ? (@.type() <> "object")', silent => true)
               WHEN 'a date'
                   THEN CASE WHEN value #>> '{}' ~ '^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'
                             THEN substr(value #>> '{}', 9)::integer
                                  <= extract(day FROM make_date(left(value #>> '{}', 4)::integer, substr(value #>> '{}', 6, 2)::integer, 1)
                                                      + interval '1 month' - interval '1 day')
                             ELSE false END
           END;

COMMENT ON FUNCTION award_document_fits(jsonb, text) IS
'Whether a value in a policy''s document is of a kind of view award_document_key.';

CREATE FUNCTION award_document_refusals(document jsonb)
    RETURNS TABLE (place text, problem text, hint text)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH part (part, place, value) AS (
        SELECT 'policy', NULL, CASE WHEN jsonb_typeof(award_document_refusals.document) = 'object' THEN award_document_refusals.document ELSE '{}' END
         UNION ALL
        SELECT list.key, CASE list.key WHEN 'amounts' THEN format('line %s', line.rank) ELSE format('priority %s', line.rank) END, line.value
          FROM (VALUES ('amounts'), ('priority')) AS list (key)
         CROSS JOIN LATERAL jsonb_array_elements(CASE WHEN award_document_fits(award_document_refusals.document -> list.key, 'a list of objects')
                                                      THEN award_document_refusals.document -> list.key ELSE '[]' END)
                    WITH ORDINALITY AS line (value, rank)
    )
    SELECT 'document', format('It is to be an object, and is %s.', coalesce(left(award_document_refusals.document::text, 80), 'NULL')), NULL
     WHERE jsonb_typeof(award_document_refusals.document) IS DISTINCT FROM 'object'
     UNION ALL
    SELECT 'code', 'The policy has no code.', 'Give the code, a text.'
     WHERE jsonb_typeof(award_document_refusals.document) = 'object'
       AND is_blank(award_document_refusals.document ->> 'code')
     UNION ALL
    SELECT coalesce(p.place, 'document'), format('There is no key "%s".', given.key), 'Correct its spelling; view award_document_key has the keys.'
      FROM part AS p
     CROSS JOIN LATERAL jsonb_object_keys(p.value) AS given (key)
     WHERE NOT EXISTS (SELECT FROM award_document_key AS k WHERE k.part = p.part AND k.key = given.key)
     UNION ALL
    SELECT coalesce(p.place, k.key), format('"%s" is to be %s, and is %s.', k.key, k.kind, left((p.value -> k.key)::text, 80)),
           CASE k.kind WHEN 'a date' THEN 'Write it as "2016-09-05".'
                       WHEN 'a number' THEN 'Write it in đồng, or as a fraction of 1, without quotation marks: 500000000, 0.05.'
                       WHEN 'a whole number' THEN 'Write it in digits, without quotation marks.'
                       WHEN 'a list of texts' THEN 'Write it in brackets: ["A", "B"].'
                       WHEN 'a list of objects' THEN 'Write it in brackets: [{…}, {…}].'
           END
      FROM part AS p
      JOIN award_document_key AS k ON k.part = p.part
     WHERE p.value -> k.key <> 'null'
       AND NOT award_document_fits(p.value -> k.key, k.kind);
END;

COMMENT ON FUNCTION award_document_refusals(jsonb) IS
'Why a policy''s document cannot be read: what is no object, has no code, keys that do not exist, values of another kind than view award_document_key says. place: document, a key, line N (of the amounts) or priority N. What is null is not given.';

-- ---- what it says ----

CREATE FUNCTION award_document_value_problems(document jsonb)
    RETURNS TABLE (place text, problem text, hint text)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT found.place, found.problem, found.hint
      FROM (SELECT given.*, coalesce(given.hit_policy, 'unique') = 'first' AS is_first
              FROM jsonb_to_record(award_document_value_problems.document)
                   AS given (level text, tier text, resolution text, status text, candidates text, ranking text, period_from numeric, period_to numeric,
                             quota_share numeric, quota_number numeric, quota_scope text, quota_rounding text, hit_policy text, precedence numeric,
                             valid_from date, valid_to date)) AS d
     CROSS JOIN LATERAL (VALUES
           ('level', level_rank(d.level) IS NULL,
            'The level is missing or unknown.', 'It is province, district, commune or area.'),
           ('tier', d.tier NOT IN ('standard', 'advanced', 'model'),
            'The tier is unknown.', 'It is standard, advanced or model; leave it out for every tier.'),
           ('tier', d.tier IS NULL AND award_document_value_problems.document ? 'tier' AND d.candidates IN ('ranked', 'all'),
            format('A policy for every tier would reward those %s three times.', CASE d.candidates WHEN 'all' THEN 'who are there' ELSE 'ranked' END),
            'Give one tier: standard, advanced or model.'),
           ('resolution', is_blank(d.resolution),
            'The resolution is missing.', 'Give it as it is cited.'),
           ('status', d.status NOT IN ('sourced', 'unverified', 'illustrative'),
            'The status is unknown.', 'It is sourced, unverified or illustrative; leave it out to derive it from the sources.'),
           ('candidates', d.candidates NOT IN ('recognised', 'ranked', 'all'),
            'It is unknown whom the policy considers.', 'It is recognised, ranked or all.'),
           ('ranking', d.ranking !~ '\S',
            'The ranking has no name.', 'Give the name of the ranking, or leave it out.'),
           ('ranking', d.candidates = 'ranked' AND d.ranking IS NULL,
            'The ranking is missing.', 'Give the name of the ranking.'),
           ('period_from', d.period_from NOT BETWEEN 2000 AND 2100,
            'It is no year from 2000 to 2100.', 'Correct it.'),
           ('period_to', d.period_to NOT BETWEEN 2000 AND 2100,
            'It is no year from 2000 to 2100.', 'Correct it.'),
           ('period_to', d.period_to < d.period_from,
            'The period ends before it begins.', 'Correct it.'),
           ('quota_share', d.quota_share <= 0 OR d.quota_share > 1,
            format('%s is no share above 0 and up to 1.', d.quota_share), '5 % is 0.05.'),
           ('quota_number', d.quota_number < 1,
            format('%s is no number of units.', d.quota_number), 'Give 1 or more; leave it out where there is no quota.'),
           ('quota_number', d.quota_number IS NOT NULL AND d.quota_share IS NOT NULL,
            'There are two quotas, a share and a number.', 'Give one of them.'),
           ('quota_scope', d.quota_scope NOT IN ('year', 'period'),
            'The scope of the quota is unknown.', 'It is year or period.'),
           ('quota_scope', d.quota_scope = 'period' AND d.period_from IS NULL,
            'The quota is of a period, but the period has no beginning.', 'Give period_from.'),
           ('quota_rounding', d.quota_rounding NOT IN ('down', 'nearest', 'up'),
            'The rounding is unknown.', 'It is down, nearest or up.'),
           ('hit_policy', d.hit_policy NOT IN ('unique', 'first', 'highest', 'sum'),
            'The hit policy is unknown.', 'It is unique, first, highest or sum.'),
           ('precedence', (d.precedence IS NULL) = d.is_first,
            'Hit policy first, and no other, needs a precedence.', 'Give it, or leave it out.'),
           ('valid_to', d.valid_to <= d.valid_from,
            'It ends before it begins.', 'Correct it.'))
           AS found (place, holds, problem, hint)
     WHERE found.holds;
END;

COMMENT ON FUNCTION award_document_value_problems(jsonb) IS
'What is wrong with the values in a policy''s document that can be read, but for its lists: words and numbers that mean nothing, and values that do not fit together. place: the key.';

CREATE FUNCTION award_document_ruleset(document jsonb) RETURNS ntm.ruleset
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (jsonb_strip_nulls(jsonb_build_object(
                'code', document -> 'code', 'title', document -> 'title', 'cite', document -> 'resolution',
                'rule', document -> 'rule', 'classes', document -> 'classes', 'measures', document -> 'measures'))
            || jsonb_build_object('nodes', coalesce(document -> 'clauses', '[]')))::ntm.ruleset;

COMMENT ON FUNCTION award_document_ruleset(jsonb) IS
'The clauses of a policy''s document, compiled. Errors as for input of ntm.ruleset.';

CREATE FUNCTION award_document_amounts(document jsonb)
    RETURNS TABLE ("position" integer, part text, class text, parent_class text, condition text, amount numeric, cite text, source text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT line.rank::integer, coalesce(line.value ->> 'part', 'award'), line.value ->> 'class', line.value ->> 'parent_class',
           line.value ->> 'condition', (line.value ->> 'amount')::numeric, line.value ->> 'cite', line.value ->> 'source'
      FROM jsonb_array_elements(coalesce(nullif(award_document_amounts.document -> 'amounts', 'null'), '[]')) WITH ORDINALITY AS line (value, rank);
END;

COMMENT ON FUNCTION award_document_amounts(jsonb) IS
'The amounts in a policy''s document, as in table award_amount; the condition as it is written.';

CREATE FUNCTION award_condition_refusal(condition text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    SET search_path FROM CURRENT
AS $$
DECLARE
    problem text;
BEGIN
    PERFORM award_condition(condition::ntm.rule);
    RETURN NULL;
EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
    GET STACKED DIAGNOSTICS problem = PG_EXCEPTION_DETAIL;
    RETURN CASE WHEN problem LIKE '%names no measure%' THEN 'A condition must name the fact it speaks of.' ELSE coalesce(nullif(problem, ''), SQLERRM) END;
END
$$;

COMMENT ON FUNCTION award_condition_refusal(text) IS
'Why a text is no condition of an amount; NULL if it is one, or NULL.';

-- class = DBKK is the first thing that whoever drafts a policy tries.
CREATE FUNCTION award_names_class(words text) RETURNS boolean
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT EXISTS (SELECT
                     FROM regexp_split_to_table(lower(award_names_class.words), '[^[:alnum:]_-]+') AS said (word)
                    WHERE said.word IN ('class', 'classes', 'parent_class', 'parent_classes')
                       OR EXISTS (SELECT FROM class AS c WHERE lower(c.code) = said.word));
END;

COMMENT ON FUNCTION award_names_class(text) IS
'Whether a rule, or a name in it, speaks of a class of units, which no rule can.';

CREATE FUNCTION award_condition_hint(condition text) RETURNS text
    LANGUAGE sql STABLE
    RETURN CASE WHEN award_names_class(condition)
                THEN 'A class is no fact: name it in class of a line of the amounts, or in parent_class if it is one of the unit that the units lie in.'
                ELSE 'Write for example "years_early >= 2".' END;

COMMENT ON FUNCTION award_condition_hint(text) IS
'What to write instead of a condition that cannot be read.';

-- A line is never reached if its condition, the clauses and the opposites of the
-- lines before it exclude each other.
CREATE FUNCTION award_line_problem(document jsonb, line integer) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_variable
DECLARE
    here record;
    before record;
    nodes jsonb := '[]';
    trouble text;
BEGIN
    SELECT * INTO here FROM award_document_amounts(document) AS a WHERE a.position = line;

    IF here.condition IS NOT NULL THEN
        nodes := jsonb_build_array(jsonb_build_object('code', 'line ' || line, 'parent', NULL, 'rule', here.condition));

        SELECT p.problem INTO trouble
          FROM ntm.problems(jsonb_build_object('code', 'award', 'nodes', nodes)::ntm.ruleset) AS p
         WHERE p.severity = 'error'
         LIMIT 1;

        IF FOUND THEN
            RETURN trouble;
        END IF;
    END IF;

    FOR before IN
        SELECT a.* FROM award_document_amounts(document) AS a
         WHERE a.position < line AND a.part = here.part
           AND (a.class IS NULL OR a.class = here.class)
           AND (a.parent_class IS NULL OR a.parent_class = here.parent_class)
         ORDER BY a.position
    LOOP
        IF before.condition IS NULL THEN
            RETURN format('It is never reached: line %s holds for the same units without a condition.', before.position);
        END IF;

        nodes := nodes || jsonb_build_object('code', 'not line ' || before.position, 'parent', NULL, 'rule', 'not (' || before.condition || ')');
    END LOOP;

    IF nodes = '[]' THEN
        RETURN NULL;
    END IF;

    SELECT 'It is never reached. ' || p.problem INTO trouble
      FROM ntm.problems(jsonb_build_object('code', 'award', 'rule', 'all of (*)',
                                           'nodes', coalesce(document -> 'clauses', '[]') || nodes)::ntm.ruleset) AS p
     WHERE p.code IS NULL AND p.severity = 'error' AND p.problem ~ 'never'
       AND coalesce(document ->> 'rule', 'all of (*)') = 'all of (*)'
     LIMIT 1;

    RETURN trouble;
END
$$;

COMMENT ON FUNCTION award_line_problem(jsonb, integer) IS
'Why no unit can ever get an amount by a line of a policy''s document; NULL if nothing was found. What is said is certain, but not everything is found.';

CREATE FUNCTION award_fact_limits(conditions ntm.ruleset) RETURNS SETOF text
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT quote_ident(f.name) || CASE f.unit WHEN 'yes/no' THEN ' between 0 and 1' ELSE ' >= 0' END
      FROM award_fact_name AS f
     WHERE f.name = ANY (ntm.variables(award_fact_limits.conditions)) AND f.unit IN ('yes/no', 'criteria', 'awards', 'đồng')
     UNION
    SELECT l.rule FROM measure_limits(award_fact_limits.conditions) AS l (rule);
END;

COMMENT ON FUNCTION award_fact_limits(ntm.ruleset) IS
'What the award facts and measures that the clauses of a policy speak of can be, as rules: as in measure_limits(), and numbers of awards, criteria and đồng not negative.';

CREATE FUNCTION award_document_classes(document jsonb) RETURNS TABLE (place text, code text, of_parent boolean)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT named.place, class.code, class.of_parent
      FROM (SELECT format('line %s', a.position) AS place, a.class AS own, a.parent_class AS of_parent
              FROM award_document_amounts(award_document_classes.document) AS a
             UNION ALL
            SELECT 'priority', p.value ->> 'class', p.value ->> 'parent_class'
              FROM jsonb_array_elements(coalesce(nullif(award_document_classes.document -> 'priority', 'null'), '[]')) AS p (value)) AS named
     CROSS JOIN LATERAL (VALUES (named.own, false), (named.of_parent, true)) AS class (code, of_parent)
     WHERE class.code IS NOT NULL;
END;

COMMENT ON FUNCTION award_document_classes(jsonb) IS
'The classes that amounts and priorities of a policy''s document name, with the place; of_parent: of the unit that a unit lies in.';

CREATE FUNCTION award_document_problems(document jsonb)
    RETURNS TABLE (place text, severity text, problem text, hint text)
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    compiled ntm.ruleset;
BEGIN
    severity := 'error';

    RETURN QUERY SELECT r.place, 'error', r.problem, r.hint FROM award_document_refusals(document) AS r;

    IF FOUND THEN
        RETURN;
    END IF;

    RETURN QUERY SELECT v.place, 'error', v.problem, v.hint FROM award_document_value_problems(document) AS v;

    BEGIN
        place := 'clauses';
        compiled := award_document_ruleset(document);
    EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
        GET STACKED DIAGNOSTICS problem = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
        problem := coalesce(nullif(problem, ''), SQLERRM);
        hint := nullif(hint, '');
        RETURN NEXT;
        RETURN;
    END;

    RETURN QUERY
    SELECT format('line %s', a.position), 'error', award_condition_refusal(a.condition), award_condition_hint(a.condition)
      FROM award_document_amounts(document) AS a
     WHERE award_condition_refusal(a.condition) IS NOT NULL;

    IF FOUND THEN
        RETURN;
    END IF;

    RETURN QUERY
    WITH used (place, name) AS (
        SELECT 'clauses', v.name FROM unnest(ntm.variables(compiled)) AS v (name)
         UNION
        SELECT format('line %s', a.position), v.name
          FROM award_document_amounts(document) AS a
         CROSS JOIN LATERAL unnest(ntm.variables(a.condition::ntm.rule)) AS v (name)
         UNION
        SELECT 'priority', p.value ->> 'fact'
          FROM jsonb_array_elements(coalesce(nullif(document -> 'priority', 'null'), '[]')) AS p (value)
         WHERE p.value ->> 'fact' ~ '\S'
    )
    SELECT u.place, 'error', format('There is no fact %s.', quote_ident(u.name)),
           CASE WHEN award_names_class(u.name) THEN award_condition_hint(u.name)
                ELSE format('See view award_fact_name and table indicator; a measure that is to be reported is added by INSERT INTO indicator (name, title, kind) VALUES (%L, …).', u.name) END
      FROM used AS u
     WHERE NOT EXISTS (SELECT FROM award_fact_name AS f WHERE f.name = u.name)
       AND NOT EXISTS (SELECT FROM indicator AS i WHERE i.name = u.name)
     UNION ALL
    SELECT DISTINCT u.place, 'error', format('Fact %s needs a ranking, and the policy names none.', u.name),
           'Give the name of the ranking in column ranking.'
      FROM used AS u
     WHERE u.name IN ('ranked', 'rank_in_year') AND document ->> 'ranking' IS NULL
     UNION ALL
    SELECT u.place, 'warning', 'No report can give outstanding_debt until it is in table indicator.',
           'INSERT INTO indicator (name, title, unit) VALUES (''outstanding_debt'', ''Nợ đọng xây dựng cơ bản'', ''triệu đồng'');'
      FROM used AS u
     WHERE u.name = 'outstanding_debt' AND NOT EXISTS (SELECT FROM indicator AS i WHERE i.name = u.name)
     UNION ALL
    SELECT 'ranking', 'warning', format('Nobody is ranked in "%s" yet, but there are ranks in %s.', document ->> 'ranking', string_agg(DISTINCT quote_ident(r.ranking), ', ' ORDER BY quote_ident(r.ranking))),
           'Correct its spelling, unless its ranks are still to be inserted into award_ranking.'
      FROM award_rank AS r
     WHERE document ->> 'ranking' ~ '\S'
    HAVING bool_and(r.ranking <> document ->> 'ranking')
     UNION ALL
    SELECT 'amounts', 'error', CASE WHEN count(*) = 0 THEN 'The policy pays nothing: it has no amounts.' ELSE 'The policy pays nothing: all its amounts are 0.' END,
           'Give at least one line with more; leave the amount out where it is decided case by case.'
      FROM award_document_amounts(document) AS a
    HAVING coalesce(bool_and(a.amount IS NOT DISTINCT FROM 0), true)
     UNION ALL
    SELECT format('line %s', a.position), 'error', 'The part has no name.', 'Give it, or leave it out where the award has but one.'
      FROM award_document_amounts(document) AS a
     WHERE a.part !~ '\S'
     UNION ALL
    SELECT format('line %s', a.position), 'error', format('%s is no amount in whole đồng.', a.amount), 'Give 0 or more, without a fraction; leave it out where it is decided case by case.'
      FROM award_document_amounts(document) AS a
     WHERE a.amount < 0 OR a.amount <> trunc(a.amount) OR a.amount >= 1e18
     UNION ALL
    SELECT c.place, 'error', format('There is no class "%s".', c.code),
           coalesce((SELECT format('Perhaps "%s" is meant. ', class.code) FROM class
                      WHERE plain_name(c.code) IN (plain_name(class.code), plain_name(class.title)) ORDER BY class.code LIMIT 1), '')
           || 'Correct its spelling, or add it to table class.'
      FROM award_document_classes(document) AS c
     WHERE NOT coalesce(document -> 'classes', '{}') ? c.code
       AND NOT EXISTS (SELECT FROM class WHERE class.code = c.code)
     UNION ALL
    SELECT c.place, 'warning',
           CASE WHEN c.of_parent THEN format('Units of level %s have class "%s" themselves, those they lie in have it not.', document ->> 'level', c.code)
                ELSE format('Units of level %s have class "%s" not themselves, but those they lie in.', document ->> 'level', c.code) END,
           CASE WHEN c.of_parent THEN 'To ask for the class of the unit itself, use class.' ELSE 'To ask for the class of the unit it lies in, use parent_class.' END
      FROM award_document_classes(document) AS c
     CROSS JOIN LATERAL (SELECT coalesce(bool_or(c.code = ANY (u.classes)), false), coalesce(bool_or(c.code = ANY (above.classes)), false)
                           FROM unit AS u
                           LEFT JOIN unit AS above ON above.id = u.parent_id
                          WHERE u.level = document ->> 'level') AS held (own, of_parent)
     WHERE held.own <> held.of_parent AND held.own = c.of_parent
     UNION ALL
    SELECT 'priority', 'error', 'A row sorts by a fact or puts a class first, one of the two.', 'Give either fact, class or parent_class, or leave the row out.'
      FROM jsonb_array_elements(coalesce(nullif(document -> 'priority', 'null'), '[]')) AS p (value)
     WHERE num_nonnulls(substring(p.value ->> 'fact' FROM '\S'), substring(p.value ->> 'class' FROM '\S'), substring(p.value ->> 'parent_class' FROM '\S')) <> 1
     UNION ALL
    SELECT 'priority', 'error', coalesce('"' || nullif(p.value ->> 'direction', '') || '" is no direction.', 'A direction is missing.'), 'It is ascending or descending.'
      FROM jsonb_array_elements(coalesce(nullif(document -> 'priority', 'null'), '[]')) AS p (value)
     WHERE coalesce(p.value ->> 'direction', CASE WHEN concat(p.value ->> 'class', p.value ->> 'parent_class') ~ '\S' THEN 'ascending' END, '') NOT IN ('ascending', 'descending')
     UNION ALL
    SELECT 'priority', 'warning', format('Fact %s is there %s times; only the first counts.', quote_ident(p.value ->> 'fact'), count(*)), 'Leave out the others.'
      FROM jsonb_array_elements(coalesce(nullif(document -> 'priority', 'null'), '[]')) AS p (value)
     GROUP BY p.value ->> 'fact'
    HAVING count(*) > 1 AND p.value ->> 'fact' IS NOT NULL
     UNION ALL
    SELECT CASE WHEN p.code IS NULL THEN 'clauses' ELSE format('clause %s', p.code) END || coalesce(', class ' || p.class, ''),
           p.severity, p.problem, p.proposal
      FROM ntm.problems(compiled) AS p
     WHERE p.severity IN ('error', 'warning')
     UNION ALL
    SELECT format('clause %s', n.code), 'error', 'It asks for what its facts cannot be.',
           format('Correct it. What they can be: %s.', array_to_string(can_be.limits, ', '))
      FROM (SELECT ARRAY(SELECT l.rule FROM award_fact_limits(compiled) AS l (rule) ORDER BY l.rule)) AS can_be (limits)
     CROSS JOIN LATERAL never_hold(compiled, can_be.limits) AS n
     WHERE NOT EXISTS (SELECT FROM ntm.problems(compiled) AS p WHERE p.severity = 'error')
     UNION ALL
    SELECT format('line %s', a.position), 'error', found.problem, 'Correct its condition, or the order of the lines.'
      FROM award_document_amounts(document) AS a
     CROSS JOIN LATERAL award_line_problem(document, a.position) AS found (problem)
     WHERE found.problem IS NOT NULL
     UNION ALL
    SELECT 'status', 'error', format('It is %s, but something in the policy is illustrative.', document ->> 'status'),
           'Make the status illustrative, or leave it out.'
     WHERE document ->> 'status' <> 'illustrative' AND ntm.award_document_status(document - 'status') = 'illustrative'
     UNION ALL
    SELECT 'valid_to', 'warning', format('It is not for %s: valid_to is the first day on which it is no longer in force.', extract(year FROM to_reward.last_day)),
           format('If it is to reward %s, give %s.', extract(year FROM to_reward.last_day), to_reward.last_day + 1)
      FROM (SELECT (document ->> 'valid_to')::date) AS to_reward (last_day)
     WHERE extract(month FROM to_reward.last_day) = 12 AND extract(day FROM to_reward.last_day) = 31
     UNION ALL
    SELECT 'priority', 'warning', 'There is a quota, but no order of priority: the earliest recognised come first.',
           'Say by which facts the places are given.'
     WHERE coalesce(document ->> 'quota_share', document ->> 'quota_number') IS NOT NULL
       AND coalesce(nullif(document -> 'priority', 'null'), '[]') = '[]';
END
$$;

COMMENT ON FUNCTION award_document_problems(jsonb) IS
'What is wrong with a policy''s document. place: document, a key (level, quota_share …), clauses, clause C, line N (of the amounts), amounts or priority. severity: error (it cannot be published) or warning. Nothing is found twice: where the document cannot be read (award_document_refusals), only that is said; where the clauses or a condition cannot be read, only that and what is wrong with single values.';

-- ---- what must hold however a policy is inserted ----

-- A mistyped name would stay unknown for ever.  Two policies meet if a unit may
-- lie in both jurisdictions.  Whoever publishes waits for who is publishing.
CREATE FUNCTION check_award_policy() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
DECLARE
    strange text;
    other award_policy;
BEGIN
    SELECT string_agg(quote_ident(used.name), ', ' ORDER BY used.name)
      INTO strange
      FROM unnest(ntm.variables(NEW.ruleset)) AS used (name)
     WHERE NOT EXISTS (SELECT FROM award_fact_name AS f WHERE f.name = used.name)
       AND NOT EXISTS (SELECT FROM indicator AS i WHERE i.name = used.name);

    IF strange IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('award policy "%s" uses unknown facts: %s', NEW.code, strange),
            DETAIL = 'A clause may use award facts and measures of the catalogue.',
            HINT = 'See view award_fact_name and table indicator.';
    END IF;

    PERFORM pg_advisory_xact_lock(hashtext('ntm award policy'), TG_RELID::integer);

    SELECT p.* INTO other
      FROM award_policy AS p
      LEFT JOIN unit AS here ON here.id = NEW.jurisdiction_id
      LEFT JOIN unit AS there ON there.id = p.jurisdiction_id
     WHERE p.level = NEW.level
       AND coalesce(p.tier = NEW.tier, true)
       AND daterange(p.valid_from, p.valid_to) && daterange(NEW.valid_from, NEW.valid_to)
       AND coalesce(here.path <@ there.path OR there.path <@ here.path, true)
       AND (p.hit_policy <> NEW.hit_policy OR NEW.hit_policy = 'unique'
            OR NEW.hit_policy = 'first' AND p.precedence = NEW.precedence)
     ORDER BY p.id
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'exclusion_violation',
            MESSAGE = format('award policy "%s" would be in force together with "%s"', NEW.code, other.code),
            DETAIL = format('Both are for level %s and %s; "%s" is in force from %s to %s, with hit policy %s%s, and the new one has %s%s.',
                            NEW.level, coalesce('tier ' || coalesce(NEW.tier, other.tier), 'every tier'), other.code, other.valid_from,
                            coalesce(other.valid_to::text, 'an open end'),
                            other.hit_policy, coalesce(' and precedence ' || other.precedence, ''),
                            NEW.hit_policy, coalesce(' and precedence ' || NEW.precedence, '')),
            HINT = CASE WHEN other.hit_policy = 'unique'
                THEN 'End the other one first (supersede_award_policy() does both), or publish both with the same hit policy: first, highest or sum.'
                ELSE 'State the same hit policy (with a precedence of its own, if it is first), or end the other one first.'
            END;
    END IF;

    SELECT p.* INTO other
      FROM award_policy AS p
     WHERE p.code = NEW.code
       AND daterange(p.valid_from, p.valid_to) && daterange(NEW.valid_from, NEW.valid_to)
     ORDER BY p.id
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'exclusion_violation',
            MESSAGE = format('award policy "%s" is in force already', NEW.code),
            DETAIL = format('The policy of this code with id %s, for level %s and %s, is in force from %s to %s.',
                            other.id, other.level, coalesce('tier ' || other.tier, 'every tier'), other.valid_from, coalesce(other.valid_to::text, 'an open end')),
            HINT = 'If it is the same policy, supersede_award_policy() ends it and publishes the next; if it is another one, give it a code of its own.';
    END IF;

    RETURN NEW;
END
$$;

COMMENT ON FUNCTION check_award_policy() IS
'Trigger: refuses a policy whose clauses name facts that are neither award facts nor in table indicator (SQLSTATE 23503), one for the same units, tier and time as another unless both state the same hit policy, first, highest or sum, and under first another precedence, and one with a code that is in force already (23P01).';

CREATE TRIGGER check_award_policy BEFORE INSERT ON award_policy
    FOR EACH ROW EXECUTE FUNCTION check_award_policy();

CREATE FUNCTION warn_of_awards() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path FROM CURRENT
AS $$
DECLARE
    given record;
BEGIN
    FOR given IN
        SELECT a.year, pg_catalog.count(*) AS awards
          FROM award_standing AS a
         WHERE a.policy_id = NEW.id AND NEW.valid_to <= pg_catalog.make_date(a.year, 12, 31)
         GROUP BY a.year
         ORDER BY a.year
    LOOP
        RAISE WARNING USING
            MESSAGE = pg_catalog.format('award policy "%s" no longer rewards %s; awards granted under it for that year: %s', NEW.code, given.year, given.awards),
            DETAIL = 'The policies in force on 31 December of a year reward that year. What is granted stays granted.',
            HINT = pg_catalog.format('To leave %s to it, let it end on %s instead.', given.year, pg_catalog.make_date(given.year + 1, 1, 1));
    END LOOP;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION warn_of_awards() IS
'Trigger: a WARNING for each year for which awards are granted under a policy that has ended before its 31 December.';

REVOKE EXECUTE ON FUNCTION warn_of_awards() FROM PUBLIC;

CREATE TRIGGER warn_of_awards AFTER UPDATE OF valid_to ON award_policy
    FOR EACH ROW EXECUTE FUNCTION warn_of_awards();

CREATE FUNCTION check_award_line() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
DECLARE
    policy award_policy;
BEGIN
    SELECT * INTO policy FROM award_policy AS p WHERE p.id = NEW.policy_id;

    -- published_at is the start of the transaction that published it
    IF policy.published_at <> now() THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format('cannot add to award policy "%s"', policy.code),
            DETAIL = format('It was published on %s.', policy.published_at::date),
            HINT = 'End the policy and publish another one, with all its amounts in one transaction.';
    END IF;

    RETURN NEW;
END
$$;

COMMENT ON FUNCTION check_award_line() IS
'Trigger: refuses an amount or priority for a policy published in an earlier transaction (SQLSTATE 55000).';

CREATE TRIGGER check_award_amount BEFORE INSERT ON award_amount
    FOR EACH ROW EXECUTE FUNCTION check_award_line();

CREATE TRIGGER check_award_priority BEFORE INSERT ON award_priority
    FOR EACH ROW EXECUTE FUNCTION check_award_line();

-- ---- publishing ----

CREATE FUNCTION check_award_document(document jsonb) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
DECLARE
    refused record;
BEGIN
    SELECT string_agg(format('%s: %s', upper(left(r.place, 1)) || substr(r.place, 2), r.problem), ' ') AS problems, min(r.hint) AS hint
      INTO refused
      FROM award_document_refusals(document) AS r;

    IF refused.problems IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = coalesce('award policy "' || nullif(document ->> 'code', '') || '"', 'the award policy') || ' cannot be read',
            DETAIL = refused.problems,
            HINT = coalesce(refused.hint, 'Correct the document; view award_document_key has its keys.');
    END IF;
END
$$;

COMMENT ON FUNCTION check_award_document(jsonb) IS
'Refuses a policy''s document that cannot be read (SQLSTATE 22023), with all that award_document_refusals() finds.';

CREATE FUNCTION publish_award_document(
    document        jsonb,
    jurisdiction_id bigint  DEFAULT NULL,
    valid_from      date    DEFAULT NULL,
    valid_to        date    DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    policy award_policy;
    wrong record;
BEGIN
    PERFORM check_award_document(document);

    -- what is null is not given, but a tier that is null means every tier
    SELECT jsonb_object_agg(given.key, given.value)
           || jsonb_strip_nulls(jsonb_build_object('valid_from', publish_award_document.valid_from, 'valid_to', publish_award_document.valid_to))
      INTO document
      FROM jsonb_each(document) AS given
     WHERE given.value <> 'null' OR given.key = 'tier';

    PERFORM check_validity(format('award policy "%s"', document ->> 'code'), (document ->> 'valid_from')::date, (document ->> 'valid_to')::date);

    IF publish_award_document.jurisdiction_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM unit WHERE unit.id = publish_award_document.jurisdiction_id) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('there is no unit with id %s', publish_award_document.jurisdiction_id),
            DETAIL = format('Award policy "%s" was to be in force there.', document ->> 'code'),
            HINT = 'Look it up in table unit; leave jurisdiction_id out if the policy is in force everywhere.';
    END IF;

    -- the trigger on the table says it of the clauses alone
    SELECT string_agg(DISTINCT substring(p.problem FROM 'There is no fact (.*)\.$'), ', ') AS facts, min(p.hint) AS hint
      INTO wrong
      FROM award_document_problems(document) AS p
     WHERE p.problem LIKE 'There is no fact %';

    IF wrong.facts IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('award policy "%s" uses unknown facts: %s', document ->> 'code', wrong.facts),
            DETAIL = 'Clauses, conditions and priorities may use award facts and measures of the catalogue.',
            HINT = wrong.hint;
    END IF;

    FOR wrong IN
        SELECT p.severity, p.hint, format('%s: %s', upper(left(p.place, 1)) || substr(p.place, 2), p.problem) AS sentence,
               string_agg(format('%s: %s', upper(left(p.place, 1)) || substr(p.place, 2), p.problem), ' ')
                   FILTER (WHERE p.severity = 'error') OVER () AS errors
          FROM award_document_problems(document) AS p
         ORDER BY p.severity
    LOOP
        IF wrong.severity = 'error' THEN
            RAISE EXCEPTION USING
                ERRCODE = CASE WHEN wrong.errors ~ 'There is no class' THEN 'foreign_key_violation' ELSE 'check_violation' END,
                MESSAGE = format('award policy "%s" has errors', document ->> 'code'),
                DETAIL = wrong.errors,
                HINT = coalesce(wrong.hint, 'Correct the document.');
        END IF;

        RAISE NOTICE USING
            MESSAGE = format('award policy "%s": %s', document ->> 'code', wrong.sentence),
            HINT = coalesce(wrong.hint, 'Publishing goes on.');
    END LOOP;

    INSERT INTO award_policy
           (code, title, ruleset, level, tier, resolution, source, jurisdiction_id, valid_from, valid_to, status,
            candidates, ranking, period_from, period_to, earlier_codes,
            quota_share, quota_number, quota_scope, quota_rounding, overtaking, hit_policy, precedence)
    SELECT document ->> 'code', coalesce(document ->> 'title', document ->> 'code'), award_document_ruleset(document),
           document ->> 'level', CASE WHEN document ? 'tier' THEN document ->> 'tier' ELSE 'standard' END,
           document ->> 'resolution', document ->> 'source', publish_award_document.jurisdiction_id,
           (document ->> 'valid_from')::date, (document ->> 'valid_to')::date, ntm.award_document_status(document),
           coalesce(document ->> 'candidates', 'recognised'), document ->> 'ranking',
           (document ->> 'period_from')::numeric::integer, (document ->> 'period_to')::numeric::integer,
           ARRAY(SELECT jsonb_array_elements_text(document -> 'earlier_codes')),
           (document ->> 'quota_share')::numeric, (document ->> 'quota_number')::numeric::integer,
           coalesce(document ->> 'quota_scope', 'year'), coalesce(document ->> 'quota_rounding', 'down'),
           coalesce((document ->> 'overtaking')::boolean, false),
           coalesce(document ->> 'hit_policy', 'unique'), (document ->> 'precedence')::numeric::integer
    RETURNING * INTO policy;

    -- not before: the heads of the chains come first
    INSERT INTO class (code, title, cite)
    SELECT named.key, named.value, document ->> 'resolution'
      FROM jsonb_each_text(coalesce(document -> 'classes', '{}')) AS named
        ON CONFLICT DO NOTHING;

    INSERT INTO award_amount (policy_id, position, part, class, parent_class, condition, amount, cite, source)
    SELECT policy.id, a.position, a.part, a.class, a.parent_class, a.condition::ntm.rule, a.amount, a.cite, a.source
      FROM award_document_amounts(document) AS a
     ORDER BY a.position;

    INSERT INTO award_priority (policy_id, position, fact, class, parent_class, direction, cite)
    SELECT policy.id, p.rank, p.value ->> 'fact', p.value ->> 'class', p.value ->> 'parent_class', p.value ->> 'direction', p.value ->> 'cite'
      FROM jsonb_array_elements(coalesce(document -> 'priority', '[]')) WITH ORDINALITY AS p (value, rank);

    IF policy.status <> 'sourced' THEN
        RAISE NOTICE USING
            MESSAGE = format('award policy "%s" is %s', policy.code, policy.status),
            DETAIL = CASE policy.status
                         WHEN 'illustrative' THEN 'It was invented for a demonstration. Nobody can claim an award under it.'
                         ELSE 'Not everything in it has a public source.'
                     END,
            HINT = 'Every line of award_eligibility that rests on it says so in column status.';
    END IF;

    RETURN policy.id;
END
$$;

COMMENT ON FUNCTION publish_award_document(jsonb, bigint, date, date) IS
'Publishes an award policy from its document, with its amounts and priorities, and returns its id; the keys are named like the columns of award_policy, award_amount (in amounts, in order) and award_priority (in priority); clauses holds the nodes of the ruleset, rule what they amount to, classes titles of classes by code. jurisdiction_id NULL = everywhere; validity is the document''s unless given. A NOTICE says when it is not sourced, and of what is doubtful. Refuses a document that cannot be read (award_document_refusals) and a policy without valid_from (SQLSTATE 22023), unknown facts, classes and places (23503), clauses that can never hold, lines that are never reached and what else award_document_problems() finds (23514), and a policy that conflicts with another (23P01).';

-- json keeps the order of the classes, jsonb would not.
CREATE FUNCTION publish_award_policy(
    ruleset         ntm.ruleset,
    level           text,
    resolution      text,
    amount          numeric,
    valid_from      date,
    valid_to        date    DEFAULT NULL,
    tier            text    DEFAULT 'standard',
    class_amounts   json    DEFAULT '{}',
    jurisdiction_id bigint  DEFAULT NULL,
    status          text    DEFAULT 'unverified') RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
BEGIN
    IF json_typeof(publish_award_policy.class_amounts) <> 'object' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('class_amounts is to be an object of amounts by class, and is %s', publish_award_policy.class_amounts),
            HINT = 'Write for example {"DBKK": 1000000000}.';
    END IF;

    RETURN (SELECT publish_award_document(
               jsonb_build_object(
                   'code', clause.document -> 'code', 'title', clause.document -> 'title', 'rule', clause.document -> 'rule',
                   'classes', clause.document -> 'classes', 'measures', clause.document -> 'measures',
                   'clauses', clause.document -> 'nodes',
                   'level', publish_award_policy.level, 'tier', publish_award_policy.tier,
                   'resolution', publish_award_policy.resolution, 'status', publish_award_policy.status,
                   'amounts', (SELECT coalesce(jsonb_agg(line.value ORDER BY line.rank), '[]')
                                 FROM (SELECT jsonb_build_object('class', given.key, 'amount', given.value::jsonb), given.rank
                                         FROM json_each(publish_award_policy.class_amounts) WITH ORDINALITY AS given (key, value, rank)
                                        UNION ALL
                                       SELECT jsonb_build_object('amount', publish_award_policy.amount), NULL
                                        WHERE publish_award_policy.amount IS NOT NULL) AS line (value, rank))),
               publish_award_policy.jurisdiction_id, publish_award_policy.valid_from, publish_award_policy.valid_to)
      FROM (SELECT publish_award_policy.ruleset::jsonb) AS clause (document));
END
$$;

COMMENT ON FUNCTION publish_award_policy(ntm.ruleset, text, text, numeric, date, date, text, json, bigint, text) IS
'Publishes the simplest kind of award policy, an amount in đồng that may differ by class, and returns its id. amount is the default (NULL = none), class_amounts an object of amounts by class, of which the first one that a unit has decides; tier NULL = every tier; jurisdiction_id NULL = everywhere; valid_to NULL = open. NOTICEs and errors as for publish_award_document().';

CREATE FUNCTION adopt_award_policy(
    code            text,
    jurisdiction_id bigint  DEFAULT NULL,
    valid_from      date    DEFAULT NULL,
    valid_to        date    DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    shipped jsonb;
BEGIN
    SELECT l.document INTO shipped FROM ntm.award_library AS l WHERE l.code = adopt_award_policy.code;

    IF NOT FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = format('there is no award policy "%s" in the library', adopt_award_policy.code),
            DETAIL = coalesce((SELECT 'The library holds ' || string_agg(l.code, ', ' ORDER BY l.code) || '.' FROM ntm.award_library AS l),
                              'The library is empty.'),
            HINT = 'To publish a policy of your own use publish_award_policy().';
    END IF;

    RETURN publish_award_document(shipped, adopt_award_policy.jurisdiction_id, adopt_award_policy.valid_from, adopt_award_policy.valid_to);
END
$$;

COMMENT ON FUNCTION adopt_award_policy(text, bigint, date, date) IS
'Publishes an award policy of ntm.award_library in this registry and returns its id. jurisdiction_id NULL = everywhere; validity is the library''s unless given. Refuses an unknown code (SQLSTATE 42704) and a policy for which neither states from when it is in force (22023); else as publish_award_document().';
