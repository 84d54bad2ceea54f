-- assess() against a second evaluator, slow and obvious: generated rulesets,
-- measures and classes, compared node for node; and what must hold for all.

BEGIN;
SET search_path = ntm, public;
SELECT plan(16);

-- Draws depend on nothing but their key and the seed, so that every run is the
-- same; "make properties" runs with one seed after another.

\set seed ''
\getenv seed NTM_SEED

CREATE FUNCTION pg_temp.draw(key text, n integer) RETURNS integer
LANGUAGE sql IMMUTABLE RETURN ('x' || substr(md5(:'seed' || key), 1, 7))::bit(28)::integer % n;
CREATE FUNCTION pg_temp.pick(key text, choices text[]) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT choices[1 + pg_temp.draw(key, cardinality(choices))] $$;

CREATE FUNCTION pg_temp.names() RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$ SELECT ARRAY['a', 'b', 'c', 'd', 'points', 'and', E'thu nh\u1eadp', 'x "y"'] $$;
CREATE FUNCTION pg_temp.numbers() RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$ SELECT ARRAY['0', '1', '1', '2', '2.5', '50', '0.5', '-1', '0.000001', '9199999999999.999999'] $$;

-- A rule as a structure. k is its kind: c comparison (l and r its measures, op,
-- t and h its bounds, p whether in percent), and, or, not, g gate (d its
-- direction, u what it counts, n how many), n another node (by number), * the
-- children. Only earlier nodes are referred to.

CREATE FUNCTION pg_temp.make_rule(key text, depth integer, own boolean, earlier integer, star boolean) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    kind integer := pg_temp.draw(key || 'k', CASE WHEN depth > 0 THEN 13 ELSE 5 END);
    op text;
    unit text;
    item jsonb;
    items jsonb := '[]';
    last integer;
BEGIN
    IF kind = 4 AND earlier > 0 THEN
        RETURN jsonb_build_object('k', 'n', 'n', 1 + pg_temp.draw(key || 'n', earlier));
    ELSIF kind <= 4 THEN
        op := pg_temp.pick(key || 'o', '{>=,<=,>,<,=,<>,between,met,not met}');
        RETURN jsonb_build_object('k', 'c', 'op', op,
            'l', CASE WHEN NOT own OR kind > 0 THEN pg_temp.pick(key || 'l', pg_temp.names()) END,
            'r', CASE WHEN kind = 1 THEN pg_temp.pick(key || 'r', pg_temp.names()) END,
            't', pg_temp.pick(key || 't', pg_temp.numbers())::numeric,
            'h', pg_temp.pick(key || 'h', pg_temp.numbers())::numeric,
            'p', pg_temp.draw(key || 'p', 3) = 0);
    ELSIF kind <= 6 THEN
        RETURN jsonb_build_object('k', 'not', 'i', pg_temp.make_rule(key || '-', depth - 1, own, earlier, false));
    END IF;

    unit := CASE WHEN kind >= 10 THEN pg_temp.pick(key || 'u', '{all,any,items,items,percent,points,points}') END;
    last := pg_temp.draw(key || 'c', 4);
    FOR i IN 0..last LOOP
        item := CASE WHEN star AND unit IS NOT NULL AND pg_temp.draw(key || i || '*', 3) = 0 THEN
                         CASE pg_temp.draw(key || i || '!', 3) WHEN 0 THEN '{"k": "not", "i": {"k": "*"}}' ELSE '{"k": "*"}' END::jsonb
                     ELSE pg_temp.make_rule(key || i, depth - 1, own, earlier, star) END;
        items := items || jsonb_build_array(item || jsonb_build_object('w', CASE unit WHEN 'points' THEN 1 + pg_temp.draw(key || i || 'w', 5) END));
    END LOOP;
    IF unit IS NULL THEN
        RETURN jsonb_build_object('k', CASE WHEN kind <= 8 THEN 'and' ELSE 'or' END, 'i', items);
    END IF;
    RETURN jsonb_build_object('k', 'g', 'u', unit, 'i', items, 'd', pg_temp.pick(key || 'd', '{least,least,most}'),
        'n', CASE unit WHEN 'items' THEN pg_temp.draw(key || 'n', last + 3)
                       WHEN 'percent' THEN pg_temp.pick(key || 'n', '{0,25,33.333333,33.333334,50,66.666667,75,100}')::numeric
                       WHEN 'points' THEN pg_temp.draw(key || 'n', 14) END);
END
$$;

-- As text, with brackets wherever a part is not the simplest
CREATE FUNCTION pg_temp.render(rule jsonb, codes text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    k text := rule ->> 'k';
    percent text := CASE WHEN (rule -> 'p')::boolean THEN '%' ELSE '' END;
    items text;
BEGIN
    CASE k
    WHEN 'c' THEN
        RETURN concat_ws(' ', '"' || replace(rule ->> 'l', '"', '""') || '"', '/ "' || replace(rule ->> 'r', '"', '""') || '"', rule ->> 'op',
            CASE WHEN rule ->> 'op' !~ 'met' THEN (rule ->> 't') || percent END,
            CASE WHEN rule ->> 'op' = 'between' THEN 'and ' || (rule ->> 'h') || percent END);
    WHEN 'n' THEN
        RETURN '[' || codes[(rule ->> 'n')::integer] || ']';
    WHEN '*' THEN
        RETURN '*';
    WHEN 'not' THEN
        RETURN CASE WHEN rule #>> '{i,k}' = '*' THEN 'not *' ELSE 'not (' || pg_temp.render(rule -> 'i', codes) || ')' END;
    WHEN 'and', 'or' THEN
        SELECT string_agg('(' || pg_temp.render(i, codes) || ')', ' ' || k || ' ' ORDER BY n)
        INTO items FROM jsonb_array_elements(rule -> 'i') WITH ORDINALITY AS e(i, n);
        RETURN items;
    ELSE
        SELECT string_agg(coalesce((i ->> 'w') || ' points: ', '') || pg_temp.render(i, codes), ', ' ORDER BY n)
        INTO items FROM jsonb_array_elements(rule -> 'i') WITH ORDINALITY AS e(i, n);
        RETURN CASE rule ->> 'u' WHEN 'all' THEN 'all' WHEN 'any' THEN 'any'
            ELSE 'at ' || (rule ->> 'd') || ' ' || (rule ->> 'n') || CASE rule ->> 'u' WHEN 'percent' THEN '%' WHEN 'points' THEN ' points' ELSE '' END END
            || ' of (' || items || ')';
    END CASE;
END
$$;

-- The second evaluator. Verdicts are 0 not met, 1 unknown, 2 met, 3 not applicable.

CREATE FUNCTION pg_temp.compare(value numeric, rule jsonb, t numeric) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE rule ->> 'op' WHEN '>=' THEN value >= t WHEN '<=' THEN value <= t WHEN '>' THEN value > t WHEN '<' THEN value < t
        WHEN '=' THEN value = t WHEN '<>' THEN value <> t WHEN 'met' THEN value >= 1 WHEN 'not met' THEN value < 1 END
$$;

CREATE FUNCTION pg_temp.decide(rule jsonb, own text, children integer[], m jsonb, v integer[]) RETURNS integer
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    k text := rule ->> 'k';
    x text;
    y text;
    scale numeric;
    item jsonb;
    found integer;
    child integer;
    weight integer;
    count integer := 0;
    sure integer := 0;
    open integer := 0;
    only_3 boolean := true;
    wanted numeric;
BEGIN
    IF k = 'n' THEN
        RETURN v[(rule ->> 'n')::integer];
    ELSIF k = 'not' THEN
        found := pg_temp.decide(rule -> 'i', own, children, m, v);
        RETURN CASE found WHEN 0 THEN 2 WHEN 1 THEN 1 ELSE 0 END;
    ELSIF k = 'c' THEN
        x := m ->> coalesce(rule ->> 'l', own);
        IF rule -> 'r' = 'null' THEN
            IF x IS NULL THEN RETURN 1; END IF;
            IF x = 'n/a' THEN RETURN 3; END IF;
            IF rule ->> 'op' = 'between' THEN
                RETURN CASE WHEN x::numeric >= (rule ->> 't')::numeric AND x::numeric <= (rule ->> 'h')::numeric THEN 2 ELSE 0 END;
            END IF;
            RETURN CASE WHEN pg_temp.compare(x::numeric, rule, (rule ->> 't')::numeric) THEN 2 ELSE 0 END;
        END IF;
        y := m ->> (rule ->> 'r');
        IF x = 'n/a' OR y = 'n/a' THEN RETURN 3; END IF;
        IF x IS NULL OR y IS NULL THEN RETURN 1; END IF;
        IF y::numeric = 0 THEN RETURN CASE WHEN x::numeric = 0 THEN 3 ELSE 1 END; END IF;
        -- x / y against t, multiplied by y: its sign turns the comparison
        IF rule ->> 'op' ~ 'met' THEN
            RETURN CASE WHEN (sign(y::numeric) * (x::numeric - y::numeric) >= 0) = (rule ->> 'op' = 'met') THEN 2 ELSE 0 END;
        END IF;
        scale := CASE WHEN (rule -> 'p')::boolean THEN 100 ELSE 1 END;
        IF rule ->> 'op' = 'between' THEN
            RETURN CASE WHEN sign(y::numeric) * (x::numeric * scale - (rule ->> 't')::numeric * y::numeric) >= 0
                         AND sign(y::numeric) * (x::numeric * scale - (rule ->> 'h')::numeric * y::numeric) <= 0 THEN 2 ELSE 0 END;
        END IF;
        RETURN CASE WHEN pg_temp.compare(sign(y::numeric) * (x::numeric * scale - (rule ->> 't')::numeric * y::numeric), rule, 0) THEN 2 ELSE 0 END;
    END IF;

    FOR i IN 0..jsonb_array_length(rule -> 'i') - 1 LOOP
        item := rule -> 'i' -> i;
        weight := coalesce((item ->> 'w')::integer, 1);
        IF item ->> 'k' = '*' OR item #>> '{i,k}' = '*' THEN
            FOREACH child IN ARRAY children LOOP
                found := CASE WHEN item ->> 'k' = '*' THEN v[child] ELSE (ARRAY[2, 1, 0, 0])[v[child] + 1] END;
                count := count + 1;
                sure := sure + CASE WHEN found >= 2 THEN weight ELSE 0 END;
                open := open + CASE WHEN found = 1 THEN weight ELSE 0 END;
                only_3 := only_3 AND found = 3;
            END LOOP;
        ELSE
            found := pg_temp.decide(item, own, children, m, v);
            count := count + 1;
            sure := sure + CASE WHEN found >= 2 THEN weight ELSE 0 END;
            open := open + CASE WHEN found = 1 THEN weight ELSE 0 END;
            only_3 := only_3 AND found = 3;
        END IF;
    END LOOP;

    IF k = 'and' OR rule ->> 'u' = 'all' THEN
        wanted := count;
    ELSIF k = 'or' OR rule ->> 'u' = 'any' THEN
        wanted := 1;
    ELSIF rule ->> 'u' = 'percent' THEN
        wanted := (rule ->> 'n')::numeric / 100 * count;
    ELSE
        wanted := (rule ->> 'n')::numeric;
    END IF;
    IF rule ->> 'd' = 'most' AND rule ->> 'u' NOT IN ('all', 'any') THEN
        IF sure > wanted THEN RETURN 0; END IF;
        IF sure + open > wanted THEN RETURN 1; END IF;
    ELSE
        IF sure + open < wanted THEN RETURN 0; END IF;
        IF sure < wanted THEN RETURN 1; END IF;
    END IF;
    RETURN CASE WHEN only_3 THEN 3 ELSE 2 END;
END
$$;

-- Rulesets: a node's parent is a later one, so that children come before it
-- in numbers; in the document they stand in any order. Most sets are small, so
-- that a case that differs can be read; some are wide.

CREATE TEMPORARY TABLE node (
    s integer, i integer, last integer, parent integer, code text, parent_given boolean, measure text,
    delegated boolean, children integer[], rule jsonb, variants jsonb DEFAULT '{}');
INSERT INTO node (s, i, last, parent, measure)
SELECT s, i, last,
    CASE WHEN i = last OR pg_temp.draw(key || 'h', 4) = 0 THEN NULL
        -- in wide sets most have one of three parents
        WHEN s > 400 AND i < last - 3 THEN last - pg_temp.draw(key || 'p', 3)
        ELSE i + 1 + pg_temp.draw(key || 'p', last - i) END,
    CASE WHEN pg_temp.draw(key || 'm', 2) = 0 THEN pg_temp.pick(key || 'o', pg_temp.names()) END
FROM generate_series(1, 410) s, LATERAL (SELECT CASE WHEN s <= 400 THEN 2 + pg_temp.draw('set' || s, 9) ELSE 60 + pg_temp.draw('set' || s, 200) END AS last) l, generate_series(1, last) i,
    LATERAL (SELECT format('node %s.%s', s, i) AS key) k;
CREATE INDEX ON node (s, parent);
ANALYZE node;

WITH RECURSIVE coded AS (
    SELECT s, i, CASE WHEN pg_temp.draw(format('code %s.%s', s, i), 5) = 0 THEN 'Q.' || i ELSE 'n' || i END AS code,
        pg_temp.draw(format('code %s.%s', s, i), 5) = 0 AS given
    FROM node WHERE parent IS NULL
    UNION ALL
    SELECT n.s, n.i, CASE WHEN dotted THEN c.code || '.' || n.i ELSE 'n' || n.i END, NOT dotted
    FROM coded c JOIN node n ON n.s = c.s AND n.parent = c.i,
        LATERAL (SELECT pg_temp.draw(format('dot %s.%s', n.s, n.i), 2) = 0 AS dotted) d
)
UPDATE node n SET code = c.code, parent_given = c.given FROM coded c WHERE c.s = n.s AND c.i = n.i;
UPDATE node n SET children = ARRAY(SELECT i FROM node c WHERE c.s = n.s AND c.parent = n.i ORDER BY md5(c.s || code));
UPDATE node SET
    delegated = pg_temp.draw(format('later %s.%s', s, i), 15) = 0,
    rule = CASE WHEN pg_temp.draw(format('rule %s.%s', s, i), 4) > 0 OR (children = '{}' AND measure IS NULL)
        THEN pg_temp.make_rule(format('rule %s.%s', s, i), 1 + pg_temp.draw(format('deep %s.%s', s, i), 3), measure IS NOT NULL, i - 1, children <> '{}') END,
    variants = coalesce((
        SELECT jsonb_object_agg(c, pg_temp.make_rule(format('when %s.%s.%s', s, i, c), 2, measure IS NOT NULL, i - 1, children <> '{}'))
        FROM unnest(ARRAY['A', 'b', E'n\u00fai "x"']) c WHERE pg_temp.draw(format('has %s.%s.%s', s, i, c), 5) = 0), '{}');
UPDATE node SET rule = NULL WHERE delegated;

CREATE TEMPORARY TABLE generated AS
SELECT s, codes, roots, overall, r::ruleset AS r FROM (
    SELECT s, codes, roots, overall, jsonb_strip_nulls(jsonb_build_object('code', 'S' || s, 'rule', pg_temp.render(overall, codes))) || jsonb_build_object('nodes', nodes) AS r
    FROM (
        SELECT s, array_agg(code ORDER BY i) AS codes,
            array_agg(i ORDER BY md5(s || code)) FILTER (WHERE parent IS NULL) AS roots,
            CASE WHEN pg_temp.draw('over' || s, 3) > 0 THEN pg_temp.make_rule('over' || s, 3, false, max(last), true) END AS overall
        FROM node GROUP BY s) g,
    LATERAL (
        SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('code', code, 'measure', measure, 'rule', pg_temp.render(rule, codes),
                   'delegated', CASE WHEN delegated THEN 'UBND' END,
                   'when', (SELECT jsonb_object_agg(key, pg_temp.render(value, codes)) FROM jsonb_each(variants))))
               || CASE WHEN parent_given THEN jsonb_build_object('parent', codes[parent]) ELSE '{}' END
               ORDER BY md5(s || code)) AS nodes
        FROM node n WHERE n.s = g.s) n) d;

CREATE INDEX ON generated (s);
ANALYZE generated;

-- Units: some measures absent, unknown, not applicable, at a bound or a
-- millionth beside it; and some classes

CREATE TEMPORARY TABLE drawn_unit AS
SELECT s, u, coalesce(jsonb_object_agg(name, value) FILTER (WHERE value IS NOT NULL), '{}') AS m,
    ARRAY(SELECT c FROM unnest(ARRAY['A', 'b', E'n\u00fai "x"', 'other']) c
          WHERE pg_temp.draw(format('class %s.%s.%s', s, u, c), 3) = 0 ORDER BY md5(format('%s.%s.%s', s, u, c))) AS classes
FROM generate_series(1, 410) s, generate_series(1, CASE WHEN s <= 400 THEN 8 ELSE 3 END) u, unnest(pg_temp.names()) name,
    LATERAL (SELECT format('value %s.%s.%s', s, u, name) AS key) k,
    LATERAL (SELECT pg_temp.draw(key, 10) AS how, pg_temp.pick(key || 'x', pg_temp.numbers())::numeric AS near OFFSET 0) h,
    LATERAL (SELECT CASE how WHEN 0 THEN NULL WHEN 1 THEN 'null' WHEN 2 THEN '"n/a"' WHEN 9 THEN '"n/a"' WHEN 3 THEN to_jsonb(near - 0.000001)
        WHEN 4 THEN to_jsonb(least(near + 0.000001, 9199999999999.999999)) WHEN 5 THEN to_jsonb(-near) ELSE to_jsonb(near) END AS value) v
GROUP BY s, u;

CREATE TEMPORARY TABLE assessed AS
SELECT s, u, m, classes, assess(m::text::measures, r, classes) AS card FROM drawn_unit JOIN generated USING (s);

CREATE FUNCTION pg_temp.decide_all(set_number integer, m jsonb, classes text[]) RETURNS integer[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v integer[] := '{}';
    n record;
    c text;
    chosen jsonb;
    g record;
BEGIN
    FOR n IN SELECT * FROM node WHERE s = set_number ORDER BY i LOOP
        chosen := n.rule;
        FOREACH c IN ARRAY classes LOOP
            IF n.variants ? c THEN
                chosen := n.variants -> c;
                EXIT;
            END IF;
        END LOOP;
        IF chosen IS NULL AND n.delegated THEN
            v[n.i] := 1;
        ELSE
            chosen := coalesce(chosen, CASE WHEN n.children = '{}' THEN '{"k": "c", "op": "met", "r": null}'
                ELSE '{"k": "g", "u": "all", "i": [{"k": "*"}]}' END::jsonb);
            v[n.i] := pg_temp.decide(chosen, n.measure, n.children, m, v);
        END IF;
    END LOOP;
    SELECT * INTO g FROM generated WHERE s = set_number;
    RETURN v || pg_temp.decide(coalesce(g.overall, '{"k": "g", "u": "all", "i": [{"k": "*"}]}'), NULL, g.roots, m, v);
END
$$;

CREATE TEMPORARY TABLE compared AS
SELECT s, u, i, coalesce(codes[i], 'overall') AS code,
    CASE WHEN i > cardinality(codes) THEN overall(card)::integer ELSE (card -> codes[i])::integer END AS ours, theirs[i] AS reference
FROM assessed JOIN generated USING (s), LATERAL (SELECT pg_temp.decide_all(s, m, classes) AS theirs OFFSET 0) t,
    generate_series(1, cardinality(codes) + 1) i;

SELECT cmp_ok(count(*), '>=', 20000::bigint, 'tens of thousands of verdicts are compared') FROM compared;
SELECT is_empty($$
    SELECT code, ours::text AS ours, reference, m, classes, r::text
    FROM compared JOIN assessed USING (s, u) JOIN generated USING (s)
    WHERE ours IS DISTINCT FROM reference ORDER BY length(r::text) LIMIT 1$$,
    'every verdict is the one that the second evaluator finds (shown: the shortest case that differs)');
SELECT cmp_ok(min(n), '>', 1000::bigint, 'each of the four verdicts is among them many times')
FROM (SELECT count(*) AS n FROM compared GROUP BY reference) c;
SELECT cmp_ok(count(*), '>', 400::bigint, 'also as the overall verdict') FROM compared WHERE code = 'overall' AND reference <> 1;

-- Forms: what is read, written and read again is the same

SELECT is_empty($$SELECT r::text FROM generated WHERE r::text::ruleset <> r OR r::text::ruleset::text <> r::text
    OR ruleset_hash(r::text::ruleset) <> ruleset_hash(r) OR fingerprint(r::text::ruleset) <> fingerprint(r)
    OR r::jsonb::ruleset <> r OR r::jsonb <> r::text::jsonb$$, 'text, jsonb and hash of rulesets');
SELECT is_empty($$SELECT rule FROM generated, requirements(r) WHERE rule::rule::text <> rule OR rule::rule <> rule::rule::text::rule
    OR rule_send(rule::rule) <> '\x01'::bytea || convert_to(rule, 'UTF8')$$, 'text and wire of rules');
SELECT is_empty($$SELECT card FROM assessed WHERE card::text::scorecard <> card OR card::text::scorecard::text <> card::text
    OR scorecard_hash(card::text::scorecard) <> scorecard_hash(card)
    OR scorecard_hash_extended(card::text::scorecard, 5) <> scorecard_hash_extended(card, 5)
    OR criteria(card::text::scorecard, 'met') <> criteria(card, 'met') OR indicators(card::text::scorecard, 'met') <> indicators(card, 'met')$$,
    'text and hash of scorecards');
SELECT is_empty($$SELECT m FROM assessed WHERE m::text::measures::text::jsonb <> m OR m::measures <> m::text::measures
    OR measures_hash(m::text::measures::text::measures) <> measures_hash(m::text::measures)$$, 'text and hash of measures');
SELECT is_empty($$SELECT s, u FROM assessed JOIN generated USING (s) WHERE assess(m::measures, r::text::ruleset, classes) <> card
    ORDER BY s LIMIT 1$$, 'a set read again from its text gives the same verdicts');
SELECT is_empty($$SELECT s FROM generated WHERE codes <> ARRAY(SELECT code FROM nodes(r) JOIN unnest(codes) WITH ORDINALITY AS c(code, n) USING (code) ORDER BY n)$$,
    'no node is lost');

-- The counts are those of the verdicts

SELECT is_empty($$
    SELECT s, u FROM (
        SELECT s, u, count(*) FILTER (WHERE reference >= 2) AS met, count(*) FILTER (WHERE reference = 0) AS not_met, count(*) FILTER (WHERE reference = 1) AS open
        FROM compared JOIN node USING (s, i) WHERE parent IS NULL GROUP BY s, u) c
    JOIN assessed USING (s, u)
    WHERE met_count(card) <> met OR not_met_count(card) <> not_met OR unknown_count(card) <> open OR criterion_count(card) <> met + not_met + open
       OR possibly_met_count(card) <> met + open$$, 'counts of criteria');
SELECT is_empty($$
    SELECT s, u, reference FROM (
        SELECT s, u, reference, count(*) FILTER (WHERE parent IS NULL) AS top, count(*) FILTER (WHERE children = '{}') AS leaves
        FROM compared JOIN node USING (s, i) GROUP BY s, u, reference) c
    JOIN assessed USING (s, u), LATERAL (SELECT (ARRAY['not_met', 'unknown', 'met', 'not_applicable'])[reference + 1]::verdict AS v) x
    WHERE cardinality(criteria(card, v)) <> top OR cardinality(indicators(card, v)) <> leaves$$, 'lists of criteria and indicators');

-- Filling in what is unknown never turns a decided verdict

CREATE TEMPORARY TABLE filled AS
SELECT s, u, f, assess(m::measures || fill::measures, r, classes) AS card
FROM assessed JOIN generated USING (s), generate_series(1, 3) f,
    LATERAL (SELECT coalesce(jsonb_object_agg(name, CASE pg_temp.draw(key, 5) WHEN 0 THEN '"n/a"' ELSE to_jsonb(pg_temp.pick(key || 'x', pg_temp.numbers())::numeric) END), '{}') AS fill
             FROM unnest(pg_temp.names()) name, LATERAL (SELECT format('fill %s.%s.%s.%s', s, u, f, name) AS key) k
             WHERE m ->> name IS NULL AND (f = 1 OR pg_temp.draw(key || 'f', 2) = 0)) x;
SELECT is_empty($$
    SELECT code, c.ours AS before, after, m, classes, r::text
    FROM compared c JOIN filled USING (s, u) JOIN generated USING (s) JOIN assessed a USING (s, u),
        LATERAL (SELECT CASE code WHEN 'overall' THEN overall(filled.card) ELSE filled.card -> code END::integer AS after) x
    WHERE ours = 0 AND after <> 0 OR ours >= 2 AND after < 2 ORDER BY length(r::text) LIMIT 1$$,
    'a verdict that is decided stays so, whatever the unknown turns out to be');
SELECT cmp_ok(count(*), '>', 1000::bigint, 'and much that was unknown gets decided')
FROM compared JOIN filled USING (s, u) WHERE ours = 1 AND CASE code WHEN 'overall' THEN overall(card) ELSE card -> code END <> 'unknown';

-- Laws of logic: two rules decide alike in every case

CREATE TEMPORARY TABLE law AS
SELECT s, format('{"code": "L", "nodes": [%s]}', string_agg(to_jsonb(n)::text, ','))::ruleset AS r
FROM (SELECT s, pg_temp.render(pg_temp.make_rule('law' || s, 3, false, 0, false), '{}') AS p,
             pg_temp.render(pg_temp.make_rule('LAW' || s, 3, false, 0, false), '{}') AS q
      FROM generate_series(1, 400) s OFFSET 0) t,
    LATERAL (VALUES ('1', p), ('1x', format('not (not (%s))', p)),
        ('2', format('not ((%s) and (%s))', p, q)), ('2x', format('not (%s) or not (%s)', p, q)),
        ('3', format('not ((%s) or (%s))', p, q)), ('3x', format('not (%s) and not (%s)', p, q)),
        ('4', format('(%s) and (%s)', p, q)), ('4x', format('all of (%s, %s)', q, p)),
        ('5', format('(%s) or (%s)', p, q)), ('5x', format('at least 1 of (%s, %s)', q, p)),
        ('6', format('at least 2 of (%s, %s, %1$s)', p, q)), ('6x', format('not at most 1 of (%s, %s, %1$s)', p, q)),
        ('7', format('at most 1 of (%s, %s)', p, q)), ('7x', format('at least 1 of (not (%s), not (%s))', p, q)),
        ('8', format('at least 50%% of (%s, %s)', p, q)), ('8x', format('any of (%s, %s)', p, q)),
        ('9', format('at least 3 points of (2 points: %s, 1 points: %s)', p, q)), ('9x', format('(%s) and (%s)', p, q))) n(code, rule)
GROUP BY s;
SELECT is_empty($$
    SELECT n, m, card, r::text
    FROM law JOIN drawn_unit USING (s), LATERAL (SELECT assess(m::measures, r) AS card) x, generate_series(1, 9) n
    WHERE (card -> n::text)::boolean IS DISTINCT FROM (card -> (n || 'x'))::boolean ORDER BY length(r::text) LIMIT 1$$,
    'not not, De Morgan, and gates that say the same in other words');
SELECT is_empty($$
    SELECT s FROM law, nodes(r) WHERE rule::rule::text <> rule$$, 'their text is canonical');

SELECT * FROM finish();
ROLLBACK;
