-- What if the law were another one: who would gain, who would lose.

-- The editions in force in a year with the amendments made.  Errors say which
-- amendment they are in.
CREATE FUNCTION amended_editions(year integer, amendments jsonb)
    RETURNS TABLE (criteria_set_id bigint, ruleset ntm.ruleset)
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    day CONSTANT date := coalesce(asked_law_date(), least(make_date(amended_editions.year, 12, 31), asked_known_at()::date));
    form CONSTANT text := '[{"set": "PT-KDC-DEMO", "code": "12.1", "rule": ">= 95%"}]; "class" may be added.';
    amended ntm.ruleset[];
    editions bigint[];
    wish record;
    wrong text;
    known text;
    place integer;
    said text;
    detail text;
    hint text;
BEGIN
    IF amended_editions.year IS NULL OR jsonb_typeof(amended_editions.amendments) IS DISTINCT FROM 'array' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = 'a simulation needs a year and an array of amendments',
            HINT = format('Write the amendments like %s', form);
    END IF;

    FOR wish IN
        SELECT a.position, a.amendment, a.amendment ->> 'set' AS set_code, a.amendment ->> 'code' AS code,
               a.amendment ->> 'rule' AS rule, a.amendment ->> 'class' AS class
          FROM jsonb_array_elements(amended_editions.amendments) WITH ORDINALITY AS a (amendment, position)
         ORDER BY a.position
    LOOP
        IF jsonb_typeof(wish.amendment) <> 'object' THEN
            wrong := 'it is no object';
        ELSE
            SELECT 'it has ' || string_agg(quote_ident(k.key), ', ' ORDER BY k.key)
              INTO wrong
              FROM jsonb_object_keys(wish.amendment) AS k (key)
             WHERE k.key NOT IN ('set', 'code', 'rule', 'class');
            wrong := coalesce(wrong, CASE WHEN wish.set_code IS NULL THEN 'it lacks "set"'
                                          WHEN wish.code IS NULL THEN 'it lacks "code"'
                                          WHEN wish.rule IS NULL THEN 'it lacks "rule"' END);
        END IF;

        IF wrong IS NOT NULL THEN
            RAISE EXCEPTION USING
                ERRCODE = 'invalid_parameter_value',
                MESSAGE = format('amendment %s cannot be read: %s', wish.position, wrong),
                DETAIL = format('It is %s.', wish.amendment),
                HINT = format('Write the amendments like %s', form);
        END IF;

        IF wish.class IS NOT NULL AND NOT EXISTS (SELECT FROM class AS k WHERE k.code = wish.class) THEN
            SELECT string_agg(k.code, ', ' ORDER BY k.code) INTO known FROM class AS k;
            RAISE EXCEPTION USING
                ERRCODE = 'foreign_key_violation',
                MESSAGE = format('amendment %s is for an unknown class: "%s"', wish.position, wish.class),
                DETAIL = coalesce(format('Known classes are %s.', known), 'No class is known yet.'),
                HINT = 'Correct the class, or leave it out to amend the rule for all others.';
        END IF;

        place := NULL;
        FOR criteria_set_id, ruleset IN
            SELECT c.id, c.ruleset
              FROM criteria_set AS c
             WHERE c.code = wish.set_code AND c.valid_from <= day AND (c.valid_to IS NULL OR day < c.valid_to)
             ORDER BY c.id
        LOOP
            place := coalesce(array_position(editions, criteria_set_id), coalesce(cardinality(editions), 0) + 1);
            editions[place] := criteria_set_id;

            BEGIN
                ruleset := coalesce(amended[place], ruleset);
                amended[place] := CASE WHEN wish.class IS NULL THEN ntm.amend(ruleset, wish.code, wish.rule::ntm.rule)
                                       ELSE ntm.amend(ruleset, wish.code, wish.rule::ntm.rule, wish.class) END;
            EXCEPTION WHEN data_exception OR syntax_error_or_access_rule_violation OR program_limit_exceeded THEN
                GET STACKED DIAGNOSTICS said = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
                RAISE EXCEPTION USING
                    ERRCODE = SQLSTATE,
                    MESSAGE = format('amendment %s: %s', wish.position, said),
                    DETAIL = concat_ws(' ', nullif(detail, ''), format('The amendment is %s.', wish.amendment)),
                    HINT = coalesce(nullif(hint, ''), format('SELECT code, rule FROM ntm.requirements((SELECT ruleset FROM criteria_set WHERE id = %s)) lists what there is.',
                                                             editions[place]));
            END;
        END LOOP;

        IF place IS NULL THEN
            SELECT string_agg(DISTINCT c.code, ', ' ORDER BY c.code)
              INTO known
              FROM criteria_set AS c
             WHERE c.valid_from <= day AND (c.valid_to IS NULL OR day < c.valid_to);
            RAISE EXCEPTION USING
                ERRCODE = 'undefined_object',
                MESSAGE = format('amendment %s is for a criteria set that is not in force on %s: "%s"', wish.position, day, wish.set_code),
                DETAIL = coalesce(format('In force are %s.', known), 'No set is in force then.'),
                HINT = 'Give the code of a set as it stands in table criteria_set.';
        END IF;
    END LOOP;

    RETURN QUERY SELECT m.id, m.ruleset FROM unnest(editions, amended) AS m (id, ruleset);
END
$$;

COMMENT ON FUNCTION amended_editions(integer, jsonb) IS
'The editions of criteria sets that amendments concern, of those in force on 31 December of a year, with the amendments made; see simulate().';

-- Both assessments stand in FROM, so that each is made once a unit; who is
-- responsible is only asked where the verdict differs.
CREATE FUNCTION simulate(year integer, amendments jsonb)
    RETURNS TABLE (unit_id bigint, code text, name text, level text, path ltree, province text, district text, commune text,
                   set_code text, tier text, status text, verdict_before ntm.verdict, verdict_after ntm.verdict,
                   change text, nodes text[], recognised boolean)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH law AS MATERIALIZED (
        SELECT m.criteria_set_id, m.ruleset FROM amended_editions(simulate.year, simulate.amendments) AS m
    ), changed AS MATERIALIZED (
        SELECT e.unit_id, e.year, e.code, e.name, e.level, e.path, e.set_code, e.tier, e.status, e.borders_date, e.criteria_set_id,
               e.measures, e.classes, b.scorecard AS before, a.scorecard AS after
          FROM dossier_edition AS e
          JOIN law AS l ON l.criteria_set_id = e.criteria_set_id
         CROSS JOIN ntm.assess(e.measures, e.ruleset, e.classes) AS b (scorecard)
         CROSS JOIN ntm.assess(e.measures, l.ruleset, e.classes) AS a (scorecard)
         WHERE e.year = simulate.year
           AND ntm.overall(b.scorecard)::boolean IS DISTINCT FROM ntm.overall(a.scorecard)::boolean
    )
    SELECT g.unit_id, g.code, g.name, g.level, g.path, p.province, p.district, p.commune,
           g.set_code, g.tier, g.status, ntm.overall(g.before), ntm.overall(g.after),
           CASE WHEN ntm.overall(g.after)::boolean THEN 'gains'
                WHEN ntm.overall(g.before)::boolean THEN 'loses'
                WHEN ntm.overall(g.after) = 'unknown' THEN 'becomes unknown'
                ELSE 'becomes not met' END,
           n.nodes,
           EXISTS (SELECT FROM recognition_term AS t
                    WHERE t.unit_id = g.unit_id AND t.tier = g.tier AND t.from_year <= g.year
                      AND (t.to_year IS NULL OR g.year < t.to_year))
      FROM changed AS g
      JOIN law AS l ON l.criteria_set_id = g.criteria_set_id
      JOIN criteria_set AS c ON c.id = g.criteria_set_id
     CROSS JOIN LATERAL places_on(coalesce(g.borders_date, make_date(g.year, 12, 31))) AS p
     CROSS JOIN LATERAL (
        SELECT array_agg(y.code ORDER BY y.position) AS nodes
          FROM (SELECT x.code, x.position, array_agg(x.parent) OVER () AS parents
                  FROM ntm.explain(g.measures, CASE WHEN ntm.overall(g.before)::boolean OR ntm.overall(g.after)::boolean IS FALSE
                                                    THEN l.ruleset ELSE c.ruleset END, g.classes) WITH ORDINALITY
                    AS x (code, parent, title, measure, requirement, value, verdict, gap, decisive, cite, blocking, position)
                 WHERE x.blocking AND (g.before -> x.code)::text IS DISTINCT FROM (g.after -> x.code)::text) AS y
         WHERE array_position(y.parents, y.code) IS NULL) AS n
     WHERE p.unit_id = g.unit_id
     ORDER BY string_to_array(g.path::text, '.')::bigint[], g.tier;
END;

COMMENT ON FUNCTION simulate(integer, jsonb) IS
'Who would meet or no longer meet the criteria of a year if they were amended: a row for each unit, year and tier whose verdict would be another one. amendments is an array of objects: set, the code of a criteria set in force on 31 December of the year; code, of a node in it; rule, in the language of rules or as the cell of the annex; and class, to amend the variant of that class only. Several amendments hold together. Nothing is recorded. change: gains = would meet; loses = would no longer meet; becomes unknown, becomes not met = neither. nodes are the codes responsible: of the nodes whose verdict differs and that block the set on the failing side, the lowest. recognised = recognised at the tier by the end of the year: one that loses would be at risk. province, district, commune: names on 31 December of the year, NULL = it lay in none. status: what the set amended is worth. Follows ask_as_of(). Refuses amendments that cannot be read and a missing year (SQLSTATE 22023), sets not in force (42704), unknown classes (23503), nodes that the set does not have and rules with errors, naming the amendment.';
