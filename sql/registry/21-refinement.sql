-- Sets that refine others must not ask for less than they do.

-- A node by itself: the nodes below it and those its rule refers to become
-- yes/no measures, named by their codes in brackets.
CREATE FUNCTION single_node(ruleset ntm.ruleset, code text, class text) RETURNS ntm.ruleset
    LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
    WITH self AS (
        SELECT n.code, n.measure, r.rule
          FROM ntm.nodes(single_node.ruleset) AS n
          JOIN ntm.requirements(single_node.ruleset) AS r ON r.code = n.code
         WHERE n.code = single_node.code
           AND (r.class = single_node.class OR r.class IS NULL)
         ORDER BY r.class NULLS LAST
         LIMIT 1
    ), node AS (
        SELECT coalesce(self.code, 'the set') AS code, self.measure,
               CASE WHEN single_node.code IS NULL THEN coalesce(single_node.ruleset::jsonb ->> 'rule', 'all of (*)') ELSE self.rule END AS rule
          FROM (VALUES (1)) AS one (row)
          LEFT JOIN self ON true
    ), part AS (
        SELECT n.code, n.parent IS NOT DISTINCT FROM single_node.code AS is_child
          FROM node
         CROSS JOIN ntm.nodes(single_node.ruleset) AS n
         WHERE n.parent IS NOT DISTINCT FROM single_node.code
            OR n.code IN (SELECT reference.found[1]
                            FROM regexp_matches(regexp_replace(node.rule, '"([^"]|"")*"', '""', 'g'), '\[([^][]+)\]', 'g') AS reference (found))
    )
    SELECT jsonb_build_object('code', 'single', 'nodes',
               jsonb_build_array(jsonb_build_object('code', node.code, 'parent', NULL, 'measure', node.measure, 'rule', node.rule))
               || coalesce((SELECT jsonb_agg(jsonb_build_object('code', part.code, 'rule', 'met',
                                                                'parent', CASE WHEN part.is_child THEN node.code END,
                                                                'measure', CASE WHEN octet_length(part.code) < 62 THEN '[' || part.code || ']' ELSE md5(part.code) END))
                              FROM part), '[]'))::ntm.ruleset
      FROM node
     WHERE node.rule IS NOT NULL;
END;

COMMENT ON FUNCTION single_node(ntm.ruleset, text, text) IS
'A ruleset of one node, for units of a class (NULL = none), which takes the verdicts of other nodes for measures; code NULL = the set as a whole. NULL if the requirement is delegated.';

-- Rules only change their verdict at the numbers in them, so that values at
-- and right beside these are all that need to be tried.
CREATE FUNCTION weaker_example(refined ntm.ruleset, refining ntm.ruleset, code text, class text,
                               OUT tried boolean, OUT example ntm.measures)
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    old_node CONSTANT ntm.ruleset := single_node(refined, weaker_example.code, weaker_example.class);
    new_node CONSTANT ntm.ruleset := single_node(refining, weaker_example.code, weaker_example.class);
    node_code CONSTANT text := coalesce(weaker_example.code, 'the set');
    rules text;
    numbers numeric[];
    nodes integer;
    combinations numeric;
    candidates jsonb;
    most_unmet integer;
BEGIN
    SELECT string_agg(regexp_replace(regexp_replace(r.rule, '"([^"]|"")*"', '""', 'g'), '\[[^][]+\]', '[]', 'g'), ' ; ')
      INTO rules
      FROM (SELECT rule FROM ntm.nodes(old_node) WHERE code = node_code
             UNION ALL
            SELECT rule FROM ntm.nodes(new_node) WHERE code = node_code) AS r;

    -- of a share, 100 is the denominator and the percentage the numerator
    SELECT array_agg(DISTINCT near.value)
      INTO numbers
      FROM (SELECT found[1]::numeric FROM regexp_matches(rules, '(?<![A-Za-z0-9_.])-?\d+(?:\.\d+)?', 'g') AS found
             UNION
            SELECT 1 WHERE rules ~ '\mmet\M') AS bound (value)
     CROSS JOIN LATERAL (SELECT bound.value UNION ALL SELECT bound.value * 100 WHERE rules LIKE '% / %') AS scaled (value)
     CROSS JOIN LATERAL (VALUES (scaled.value), (scaled.value - 0.000001), (scaled.value + 0.000001)) AS near (value)
     WHERE abs(near.value) < 9200000000000;

    numbers := numbers || ARRAY[0, 100];

    SELECT jsonb_agg(jsonb_build_object('name', v.name, 'values', v.values)), count(*) FILTER (WHERE v.name LIKE '[%'),
           exp(sum(ln(jsonb_array_length(v.values))))
      INTO candidates, nodes, combinations
      FROM (SELECT used.name,
                   (SELECT jsonb_agg(DISTINCT n)
                      FROM unnest(CASE WHEN used.name LIKE '[%' OR known.unit IN ('đạt/không', 'yes/no') THEN ARRAY[0, 1] ELSE numbers END) AS n
                     WHERE (n >= 0 OR rules ~ '-\d')
                       AND (n <= 100 OR known.unit IS DISTINCT FROM '%')) AS values
              FROM (SELECT unnest(ntm.variables(old_node)) UNION SELECT unnest(ntm.variables(new_node))) AS used (name)
              LEFT JOIN ntm.declared_measures(refined) AS known ON known.name = used.name) AS v;

    -- of many nodes, one or two that fail are the likely difference
    tried := combinations < 20000;
    most_unmet := CASE WHEN tried THEN nodes ELSE 2 END;

    IF tried OR combinations / 2 ^ nodes * (nodes * (nodes + 1) / 2 + 1) < 20000 THEN
        WITH RECURSIVE combination (measures, used, unmet) AS (
            SELECT '{}'::ntm.measures, 0, 0
             UNION ALL
            SELECT c.measures || jsonb_build_object(candidates -> c.used ->> 'name', chosen.value)::ntm.measures, c.used + 1,
                   c.unmet + chosen.fails
              FROM combination AS c
             CROSS JOIN LATERAL (SELECT v.value, (candidates -> c.used ->> 'name' LIKE '[%' AND v.value = '0')::integer
                                   FROM jsonb_array_elements(candidates -> c.used -> 'values') AS v (value)) AS chosen (value, fails)
             WHERE c.used < jsonb_array_length(candidates)
               AND c.unmet + chosen.fails <= most_unmet
        )
        SELECT c.measures
          INTO example
          FROM combination AS c
         WHERE c.used = jsonb_array_length(candidates)
           AND (ntm.assess(c.measures, new_node) -> node_code)::boolean
           AND NOT (ntm.assess(c.measures, old_node) -> node_code)::boolean
         LIMIT 1;
    END IF;
END
$$;

COMMENT ON FUNCTION weaker_example(ntm.ruleset, ntm.ruleset, text, text) IS
'Measures (verdicts of other nodes by their codes in brackets) with which units of a class meet a node in the refining set but not in the refined one; NULL if none was found. tried false: the rules compare too much to try all, so that there may be some.';

CREATE FUNCTION refinement_problems(refined ntm.ruleset, refining ntm.ruleset)
    RETURNS TABLE (code text, class text, severity text, problem text, proposal text)
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    pair record;
    weaker record;
BEGIN
    FOR pair IN
        WITH old_node AS MATERIALIZED (
            SELECT n.*, (SELECT array_agg(child.code ORDER BY child.code) FROM ntm.nodes(refined) AS child WHERE child.parent = n.code) AS children
              FROM ntm.nodes(refined) AS n
        ), new_node AS MATERIALIZED (
            SELECT n.*, (SELECT array_agg(child.code ORDER BY child.code) FROM ntm.nodes(refining) AS child WHERE child.parent = n.code) AS children
              FROM ntm.nodes(refining) AS n
        ), old_rule AS MATERIALIZED (
            SELECT r.* FROM ntm.requirements(refined) AS r
        ), new_rule AS MATERIALIZED (
            SELECT r.* FROM ntm.requirements(refining) AS r
        ), required AS (
            SELECT old_rule.code, old_rule.class FROM old_rule UNION SELECT new_rule.code, new_rule.class FROM new_rule
        )
        SELECT o.position, o.code, r.class, n.code IS NULL AS missing,
               o.parent AS old_parent, n.parent AS new_parent,
               o.measure IS DISTINCT FROM n.measure OR o.children IS DISTINCT FROM n.children AS differs,
               coalesce(ov.rule, os.rule) AS old_rule, coalesce(nv.rule, ns.rule) AS new_rule,
               r.class IS NOT NULL
               AND coalesce(ov.rule, os.rule) IS NOT DISTINCT FROM os.rule
               AND coalesce(nv.rule, ns.rule) IS NOT DISTINCT FROM ns.rule AS repeats
          FROM old_node AS o
          LEFT JOIN new_node AS n ON n.code = o.code
          JOIN required AS r ON r.code = o.code
          LEFT JOIN old_rule AS os ON os.code = o.code AND os.class IS NULL
          LEFT JOIN old_rule AS ov ON ov.code = o.code AND ov.class = r.class
          LEFT JOIN new_rule AS ns ON ns.code = o.code AND ns.class IS NULL
          LEFT JOIN new_rule AS nv ON nv.code = o.code AND nv.class = r.class
         UNION ALL
        SELECT 0, NULL, NULL, false, NULL, NULL, o.children IS DISTINCT FROM n.children,
               o.rule, n.rule, false
          FROM (SELECT coalesce(refined::jsonb ->> 'rule', 'all of (*)'),
                       (SELECT array_agg(old_node.code ORDER BY old_node.code) FROM old_node WHERE old_node.parent IS NULL)) AS o (rule, children),
               (SELECT coalesce(refining::jsonb ->> 'rule', 'all of (*)'),
                       (SELECT array_agg(new_node.code ORDER BY new_node.code) FROM new_node WHERE new_node.parent IS NULL)) AS n (rule, children)
         ORDER BY 1, 3 NULLS FIRST
    LOOP
        code := pair.code;
        class := pair.class;

        CONTINUE WHEN pair.class IS NOT NULL AND (pair.missing OR pair.repeats);

        IF pair.missing THEN
            severity := 'error';
            problem := 'The node is missing.';
            proposal := coalesce(pair.old_rule, 'Add it.');
            RETURN NEXT;
            CONTINUE;
        END IF;

        IF pair.class IS NULL AND pair.old_parent IS DISTINCT FROM pair.new_parent THEN
            severity := 'error';
            problem := format('The node stands under %s, not under %s.', coalesce('"' || pair.new_parent || '"', 'the set itself'),
                              coalesce('"' || pair.old_parent || '"', 'the set itself'));
            proposal := 'Put it back into its place.';
            RETURN NEXT;
        END IF;

        IF pair.new_rule IS NULL THEN
            CONTINUE WHEN pair.old_rule IS NULL;
            severity := 'error';
            problem := format('The requirement is left open, but is "%s" in the set refined.', pair.old_rule);
            proposal := pair.old_rule;
            RETURN NEXT;
            CONTINUE;
        END IF;

        -- more nodes below a node of which all count only ask for more
        CONTINUE WHEN pair.old_rule IS NULL
                   OR pair.new_rule = pair.old_rule AND (NOT pair.differs OR pair.new_rule = 'all of (*)');

        SELECT * INTO weaker FROM weaker_example(refined, refining, pair.code, pair.class);

        IF weaker.example IS NOT NULL THEN
            severity := 'error';
            problem := format('"%s" asks for less than "%s": with %s only the first is met.', pair.new_rule, pair.old_rule, weaker.example);
            proposal := pair.old_rule;
            RETURN NEXT;
        ELSIF NOT weaker.tried THEN
            severity := 'warning';
            problem := format('Whether "%s" asks for less than "%s" cannot be decided: there is too much to compare.', pair.new_rule, pair.old_rule);
            proposal := 'Compare them by hand.';
            RETURN NEXT;
        END IF;
    END LOOP;
END
$$;

COMMENT ON FUNCTION refinement_problems(ntm.ruleset, ntm.ruleset) IS
'Where a set that refines another one falls short of it, in the order of the refined one: nodes that are missing or stand elsewhere, requirements left open, and weaker rules, with an example. severity: error, or warning where it cannot be decided. What is still delegated is no problem. A rule is compared for each class by itself. code NULL = the set as a whole. Columns otherwise as in ntm.problems().';

CREATE VIEW refinement AS
SELECT c.id AS criteria_set_id, c.code AS set_code, c.jurisdiction_id, r.id AS refines_id, r.code AS refined_code, r.valid_to AS refined_to,
       d.code, d.class, d.what, d.old_value, d.new_value
  FROM criteria_set AS c
  JOIN criteria_set AS r ON r.id = c.refines_id
 CROSS JOIN LATERAL ntm.diff(r.ruleset, c.ruleset) AS d;

COMMENT ON VIEW refinement IS
'What editions changed in those that they refine: one row for each node, class and fact that differs.';
COMMENT ON COLUMN refinement.criteria_set_id IS 'The edition that refines.';
COMMENT ON COLUMN refinement.set_code IS 'Code of its set.';
COMMENT ON COLUMN refinement.jurisdiction_id IS 'Where it is in force.';
COMMENT ON COLUMN refinement.refines_id IS 'The edition that is refined.';
COMMENT ON COLUMN refinement.refined_code IS 'Code of its set.';
COMMENT ON COLUMN refinement.refined_to IS 'First day on which that one is no longer in force. NULL = it still is; else what refines it should be drafted again.';
COMMENT ON COLUMN refinement.code IS 'Code of the node.';
COMMENT ON COLUMN refinement.class IS 'Class of units. NULL = the standard rule, or no rule.';
COMMENT ON COLUMN refinement.what IS 'What differs: node (added or gone), title, parent, measure, unit, rule, delegated, cite or source.';
COMMENT ON COLUMN refinement.old_value IS 'In the refined edition. NULL = none.';
COMMENT ON COLUMN refinement.new_value IS 'In the refining edition. NULL = none.';
