-- Publishing award policies: what is wrong with one, and how it is published.

-- A policy as a document: what the library ships, what drafts and
-- publish_award_policy() make, all on one way into the tables.

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
      FROM jsonb_array_elements(coalesce(award_document_amounts.document -> 'amounts', '[]')) WITH ORDINALITY AS line (value, rank);
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

CREATE FUNCTION award_document_problems(document jsonb)
    RETURNS TABLE (place text, severity text, problem text, hint text)
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    compiled ntm.ruleset;
BEGIN
    place := 'clauses';
    severity := 'error';

    BEGIN
        compiled := award_document_ruleset(document);
    EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
        GET STACKED DIAGNOSTICS problem = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
        problem := coalesce(nullif(problem, ''), SQLERRM);
        hint := nullif(hint, '');
        RETURN NEXT;
        RETURN;
    END;

    RETURN QUERY
    SELECT format('line %s', a.position), 'error', award_condition_refusal(a.condition), 'Write for example "years_early >= 2".'
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
        SELECT 'priority', p.value ->> 'fact' FROM jsonb_array_elements(coalesce(document -> 'priority', '[]')) AS p (value)
         WHERE p.value ->> 'fact' IS NOT NULL
    )
    SELECT u.place, 'error', format('There is no fact %s.', quote_ident(u.name)), 'See view award_fact_name and table indicator.'
      FROM used AS u
     WHERE NOT EXISTS (SELECT FROM award_fact_name AS f WHERE f.name = u.name)
       AND NOT EXISTS (SELECT FROM indicator AS i WHERE i.name = u.name)
     UNION ALL
    SELECT DISTINCT u.place, 'error', format('Fact %s needs a ranking, and the policy names none.', u.name),
           'Give the name of the ranking in column ranking.'
      FROM used AS u
     WHERE u.name IN ('ranked', 'rank_in_year') AND document ->> 'ranking' IS NULL
     UNION ALL
    SELECT 'resolution', 'error', 'The policy is laid down nowhere.', 'Give the resolution, as it is cited.'
     WHERE coalesce(document ->> 'resolution', '') = ''
     UNION ALL
    SELECT 'amounts', 'error', 'The policy pays nothing: it has no amounts.', 'Give at least one line.'
     WHERE NOT EXISTS (SELECT FROM award_document_amounts(document))
     UNION ALL
    SELECT format('line %s', a.position), 'error', format('%s is no amount in whole đồng.', a.amount), 'Give 0 or more, without a fraction; leave it out where it is decided case by case.'
      FROM award_document_amounts(document) AS a
     WHERE a.amount < 0 OR a.amount <> trunc(a.amount) OR a.amount >= 1e18
     UNION ALL
    SELECT format('line %s', a.position), 'error', format('There is no class "%s".', c.code), 'Correct its spelling, or add it to table class.'
      FROM award_document_amounts(document) AS a
     CROSS JOIN LATERAL (VALUES (a.class), (a.parent_class)) AS c (code)
     WHERE NOT coalesce(document -> 'classes', '{}') ? c.code
       AND NOT EXISTS (SELECT FROM class WHERE class.code = c.code)
     UNION ALL
    SELECT 'priority', 'error', format('"%s" is no direction.', p.value ->> 'direction'), 'It is ascending or descending.'
      FROM jsonb_array_elements(coalesce(document -> 'priority', '[]')) AS p (value)
     WHERE coalesce(p.value ->> 'direction', CASE WHEN p.value ->> 'class' IS NULL THEN '' ELSE 'ascending' END) NOT IN ('ascending', 'descending')
     UNION ALL
    SELECT 'priority', 'error', 'It sorts by a fact or puts a class first, one of the two.', 'Give either fact or class.'
      FROM jsonb_array_elements(coalesce(document -> 'priority', '[]')) AS p (value)
     WHERE num_nonnulls(p.value ->> 'fact', p.value ->> 'class') <> 1
     UNION ALL
    SELECT 'priority', 'error', format('There is no class "%s".', p.value ->> 'class'), 'Correct its spelling, or add it to table class.'
      FROM jsonb_array_elements(coalesce(document -> 'priority', '[]')) AS p (value)
     WHERE NOT coalesce(document -> 'classes', '{}') ? (p.value ->> 'class')
       AND NOT EXISTS (SELECT FROM class WHERE class.code = p.value ->> 'class')
     UNION ALL
    SELECT CASE WHEN p.code IS NULL THEN 'clauses' ELSE format('clause %s', p.code) END || coalesce(', class ' || p.class, ''),
           p.severity, p.problem, p.proposal
      FROM ntm.problems(compiled) AS p
     WHERE p.severity IN ('error', 'warning')
     UNION ALL
    SELECT format('line %s', a.position), 'error', award_line_problem(document, a.position), 'Correct its condition, or the order of the lines.'
      FROM award_document_amounts(document) AS a
     WHERE award_line_problem(document, a.position) IS NOT NULL
     UNION ALL
    SELECT 'status', 'error', format('It is %s, but something in the policy is illustrative.', document ->> 'status'),
           'Make the status illustrative, or leave it out.'
     WHERE document ->> 'status' <> 'illustrative' AND award_document_status(document - 'status') = 'illustrative'
     UNION ALL
    SELECT 'priority', 'warning', 'There is a quota, but no order of priority: the earliest recognised come first.',
           'Say by which facts the places are given.'
     WHERE coalesce(document ->> 'quota_share', document ->> 'quota_number') IS NOT NULL
       AND coalesce(document -> 'priority', '[]') = '[]';
END
$$;

COMMENT ON FUNCTION award_document_problems(jsonb) IS
'What is wrong with a policy''s document. place: clauses, clause C, line N (of the amounts), amounts, priority, resolution or status. severity: error (it cannot be published) or warning. Nothing is found twice: where the clauses or a condition cannot be read, only that is said.';

-- As for criteria sets: an address makes a requirement sourced.
CREATE FUNCTION award_document_status(document jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(award_document_status.document ->> 'status',
                    CASE WHEN bool_or(part.source ~ '^illustrative') THEN 'illustrative'
                         WHEN bool_and(coalesce(part.source ~ '^https?://', false)) THEN 'sourced'
                         ELSE 'unverified' END)
      FROM (SELECT coalesce(node.value ->> 'source', award_document_status.document ->> 'source')
              FROM jsonb_array_elements(coalesce(award_document_status.document -> 'clauses', '[]')) AS node (value)
             UNION ALL
            SELECT coalesce(line.source, award_document_status.document ->> 'source')
              FROM award_document_amounts(award_document_status.document) AS line) AS part (source);
END;

COMMENT ON FUNCTION award_document_status(jsonb) IS
'The status that a policy''s document states; else what the sources of its clauses and amounts amount to: illustrative if one is, sourced if all are addresses, else unverified. A clause or amount without a source has that of the policy.';

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

    RETURN NEW;
END
$$;

COMMENT ON FUNCTION check_award_policy() IS
'Trigger: refuses a policy whose clauses name facts that are neither award facts nor in table indicator (SQLSTATE 23503), and one for the same units, tier and time as another unless both state the same hit policy, first, highest or sum, and under first another precedence (23P01).';

CREATE TRIGGER check_award_policy BEFORE INSERT ON award_policy
    FOR EACH ROW EXECUTE FUNCTION check_award_policy();

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
    strange text;
BEGIN
    -- what is null is not given, but a tier that is null means every tier
    SELECT jsonb_object_agg(given.key, given.value)
      INTO document
      FROM jsonb_each(document) AS given
     WHERE given.value <> 'null' OR given.key = 'tier';

    SELECT string_agg(k.key, ', ' ORDER BY k.key)
      INTO strange
      FROM (SELECT jsonb_object_keys(document)
            EXCEPT
            SELECT unnest(ARRAY['code', 'title', 'level', 'tier', 'resolution', 'source', 'status', 'valid_from', 'valid_to',
                                'candidates', 'ranking', 'period_from', 'period_to', 'earlier_codes',
                                'quota_share', 'quota_number', 'quota_scope', 'quota_rounding', 'overtaking',
                                'hit_policy', 'precedence', 'rule', 'classes', 'measures', 'clauses', 'amounts', 'priority', 'jurisdiction'])
             UNION ALL
            (SELECT 'amounts: ' || jsonb_object_keys(a.value) FROM jsonb_array_elements(document -> 'amounts') AS a (value)
             EXCEPT
             SELECT 'amounts: ' || unnest(ARRAY['part', 'class', 'parent_class', 'condition', 'amount', 'cite', 'source']))
             UNION ALL
            (SELECT 'priority: ' || jsonb_object_keys(a.value) FROM jsonb_array_elements(document -> 'priority') AS a (value)
             EXCEPT
             SELECT 'priority: ' || unnest(ARRAY['fact', 'class', 'direction', 'cite']))) AS k (key);

    IF strange IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('award policy "%s" has unknown keys: %s', document ->> 'code', strange),
            HINT = 'Correct their spelling; the keys are named like the columns of award_policy, award_amount and award_priority.';
    END IF;

    policy.valid_from := coalesce(publish_award_document.valid_from, (document ->> 'valid_from')::date);

    PERFORM check_validity(format('award policy "%s"', document ->> 'code'), policy.valid_from,
                           coalesce(publish_award_document.valid_to, (document ->> 'valid_to')::date));

    -- the trigger on the table says it of the clauses alone
    SELECT string_agg(DISTINCT substring(p.problem FROM 'There is no fact (.*)\.$'), ', ')
      INTO strange
      FROM award_document_problems(document) AS p
     WHERE p.problem LIKE 'There is no fact %';

    IF strange IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('award policy "%s" uses unknown facts: %s', document ->> 'code', strange),
            DETAIL = 'Clauses, conditions and priorities may use award facts and measures of the catalogue.',
            HINT = 'See view award_fact_name and table indicator.';
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

    INSERT INTO class (code, title, cite)
    SELECT named.key, named.value, document ->> 'resolution'
      FROM jsonb_each_text(coalesce(document -> 'classes', '{}')) AS named
        ON CONFLICT DO NOTHING;

    INSERT INTO award_policy
           (code, title, ruleset, level, tier, resolution, source, jurisdiction_id, valid_from, valid_to, status,
            candidates, ranking, period_from, period_to, earlier_codes,
            quota_share, quota_number, quota_scope, quota_rounding, overtaking, hit_policy, precedence)
    SELECT document ->> 'code', coalesce(document ->> 'title', document ->> 'code'), award_document_ruleset(document),
           document ->> 'level', CASE WHEN document ? 'tier' THEN document ->> 'tier' ELSE 'standard' END,
           document ->> 'resolution', document ->> 'source', publish_award_document.jurisdiction_id,
           policy.valid_from, coalesce(publish_award_document.valid_to, (document ->> 'valid_to')::date), award_document_status(document),
           coalesce(document ->> 'candidates', 'recognised'), document ->> 'ranking',
           (document ->> 'period_from')::integer, (document ->> 'period_to')::integer,
           ARRAY(SELECT jsonb_array_elements_text(document -> 'earlier_codes') WHERE jsonb_typeof(document -> 'earlier_codes') = 'array'),
           (document ->> 'quota_share')::numeric, (document ->> 'quota_number')::integer,
           coalesce(document ->> 'quota_scope', 'year'), coalesce(document ->> 'quota_rounding', 'down'),
           coalesce((document ->> 'overtaking')::boolean, false),
           coalesce(document ->> 'hit_policy', 'unique'), (document ->> 'precedence')::integer
    RETURNING * INTO policy;

    INSERT INTO award_amount (policy_id, position, part, class, parent_class, condition, amount, cite, source)
    SELECT policy.id, a.position, a.part, a.class, a.parent_class, a.condition::ntm.rule, a.amount, a.cite, a.source
      FROM award_document_amounts(document) AS a
     ORDER BY a.position;

    INSERT INTO award_priority (policy_id, position, fact, class, direction, cite)
    SELECT policy.id, p.rank, p.value ->> 'fact', p.value ->> 'class', p.value ->> 'direction', p.value ->> 'cite'
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
'Publishes an award policy from its document, with its amounts and priorities, and returns its id; the keys are named like the columns of award_policy, award_amount (in amounts, in order) and award_priority (in priority); clauses holds the nodes of the ruleset, rule what they amount to, classes titles of classes by code. jurisdiction_id NULL = everywhere; validity is the document''s unless given. A NOTICE says when it is not sourced, and of what is doubtful. Refuses unknown keys and a policy without valid_from (SQLSTATE 22023), unknown facts and classes (23503), clauses that can never hold, lines that are never reached and what else award_document_problems() finds (23514), and a policy that conflicts with another (23P01).';

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
    LANGUAGE sql
BEGIN ATOMIC
    SELECT publish_award_document(
               jsonb_build_object(
                   'code', clause.document -> 'code', 'title', clause.document -> 'title', 'rule', clause.document -> 'rule',
                   'classes', clause.document -> 'classes', 'measures', clause.document -> 'measures',
                   'clauses', clause.document -> 'nodes',
                   'level', publish_award_policy.level, 'tier', publish_award_policy.tier,
                   'resolution', publish_award_policy.resolution, 'status', publish_award_policy.status,
                   'amounts', (SELECT coalesce(jsonb_agg(line.value ORDER BY line.rank), '[]')
                                 FROM (SELECT jsonb_build_object('class', given.key, 'amount', given.value::text::numeric), given.rank
                                         FROM json_each(publish_award_policy.class_amounts) WITH ORDINALITY AS given (key, value, rank)
                                        UNION ALL
                                       SELECT jsonb_build_object('amount', publish_award_policy.amount), NULL
                                        WHERE publish_award_policy.amount IS NOT NULL) AS line (value, rank))),
               publish_award_policy.jurisdiction_id, publish_award_policy.valid_from, publish_award_policy.valid_to)
      FROM (SELECT publish_award_policy.ruleset::jsonb) AS clause (document);
END;

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
