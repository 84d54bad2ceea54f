-- What changed between two moments, and why.

-- Of a day, for one unit; dossier_edition_as_of() says the same for all at once.
CREATE FUNCTION editions_for(level text, path ltree, day date)
    RETURNS SETOF criteria_set
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 3
BEGIN ATOMIC
    SELECT DISTINCT ON (c.tier) c.*
      FROM criteria_set AS c
     WHERE c.level = editions_for.level
       AND (c.jurisdiction_id IS NULL OR index(editions_for.path, c.jurisdiction_id::text::ltree) >= 0)
       AND c.valid_from <= editions_for.day
       AND (c.valid_to IS NULL OR editions_for.day < c.valid_to)
     ORDER BY c.tier, index(editions_for.path, c.jurisdiction_id::text::ltree) DESC NULLS LAST;
END;

COMMENT ON FUNCTION editions_for(text, ltree, date) IS
'The editions in force on a day for a unit of a level at a path: one for each tier, that of the smallest jurisdiction.';

CREATE FUNCTION check_moments(unit_id bigint, from_time timestamptz, to_time timestamptz)
    RETURNS TABLE (earlier timestamptz, later timestamptz)
    LANGUAGE plpgsql STABLE ROWS 1
    SET search_path FROM CURRENT
AS $$
BEGIN
    IF from_time IS NULL OR to_time IS NULL OR from_time >= to_time THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('nothing can change from %s to %s', coalesce(from_time::text, 'no moment'), coalesce(to_time::text, 'no moment')),
            HINT = 'Give a moment and a later one.';
    END IF;

    IF NOT EXISTS (SELECT FROM unit AS u WHERE u.id = check_moments.unit_id) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = format('there is no unit with id %s', coalesce(check_moments.unit_id::text, 'NULL')),
            HINT = 'Look for it in table unit.';
    END IF;

    earlier := from_time;
    later := to_time;
    RETURN NEXT;
END
$$;

COMMENT ON FUNCTION check_moments(bigint, timestamptz, timestamptz) IS
'The two moments, for changes(); refuses an unknown unit (SQLSTATE 42704) and moments out of order or NULL (22023).';

-- Every dossier in question is judged five times: as it was, with the later
-- facts only, under the later law only, in the later borders only, and as it
-- is later.  A past year has but one law and one state of the units, so that
-- only later reports bring it into question.
CREATE FUNCTION changes(unit_id bigint, from_time timestamptz, to_time timestamptz DEFAULT now())
    RETURNS TABLE (unit_id bigint, unit_code text, unit_name text, level text, year integer, tier text, code text, title text,
                   verdict_before ntm.verdict, verdict_after ntm.verdict, causes text[],
                   measure text, value_before numeric, value_after numeric, requirement_before text, requirement_after text,
                   report_id bigint, criteria_set_before bigint, criteria_set_after bigint, state_before date, state_after date)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH asked AS MATERIALIZED (
        SELECT m.earlier, m.later FROM check_moments(changes.unit_id, changes.from_time, changes.to_time) AS m
    ), subject AS MATERIALIZED (
        SELECT d.unit_id, d.year, d.measures, d.first_reported_at, d.updated_at
          FROM asked
          JOIN dossier AS d
            ON d.first_reported_at <= asked.later
           AND (d.updated_at > asked.earlier OR make_date(d.year, 12, 31) > asked.earlier::date)
         WHERE d.unit_id IN (SELECT s.unit_id
                               FROM unit_state AS top
                               JOIN unit_state AS s ON s.path <@ top.path
                              WHERE top.unit_id = changes.unit_id)
    ), judged AS MATERIALIZED (
        SELECT j.unit_id, j.year, m.judged, u.code AS unit_code, u.name, u.level, u.classes, u.valid_from,
               e.tier, e.id AS criteria_set_id, e.title, e.ruleset, known.measures, s.scorecard
          FROM subject AS j
         CROSS JOIN asked
         CROSS JOIN LATERAL (VALUES ('before', asked.earlier, asked.earlier, asked.earlier),
                                    ('facts', asked.later, asked.earlier, asked.earlier),
                                    ('law', asked.earlier, asked.later, asked.earlier),
                                    ('borders', asked.earlier, asked.earlier, asked.later),
                                    ('after', asked.later, asked.later, asked.later))
            AS m (judged, known_at, law_at, borders_at)
         CROSS JOIN LATERAL (SELECT CASE WHEN j.updated_at <= m.known_at THEN j.measures
                                         WHEN j.first_reported_at <= m.known_at THEN measures_known(j.unit_id, j.year, m.known_at)
                                    END AS measures OFFSET 0) AS known
          JOIN unit_state AS u
            ON u.unit_id = j.unit_id
           AND (u.valid_from IS NULL OR u.valid_from <= least(make_date(j.year, 12, 31), m.borders_at::date))
           AND (u.valid_to IS NULL OR least(make_date(j.year, 12, 31), m.borders_at::date) < u.valid_to)
         CROSS JOIN LATERAL editions_for(u.level, u.path, least(make_date(j.year, 12, 31), m.law_at::date)) AS e
         CROSS JOIN LATERAL (SELECT ntm.assess(known.measures, e.ruleset, u.classes) AS scorecard OFFSET 0) AS s
         WHERE known.measures IS NOT NULL
    ), node AS MATERIALIZED (
        SELECT g.unit_id, g.year, g.tier, g.judged, NULL AS code, 0::bigint AS position, g.title, NULL AS measure,
               NULL AS requirement, NULL::numeric AS value, ntm.overall(g.scorecard) AS verdict
          FROM judged AS g
         WHERE g.judged IN ('before', 'after')
         UNION ALL
        SELECT g.unit_id, g.year, g.tier, g.judged, x.code, x.position, x.title, x.measure, x.requirement, x.value, x.verdict
          FROM judged AS g
         CROSS JOIN LATERAL ntm.explain(g.measures, g.ruleset, g.classes) WITH ORDINALITY
            AS x (code, parent, title, measure, requirement, value, verdict, gap, decisive, cite, blocking, position)
         WHERE g.judged IN ('before', 'after')
           -- a unit judged at one of the moments only has no node to compare
           AND EXISTS (SELECT FROM judged AS other
                        WHERE other.unit_id = g.unit_id AND other.year = g.year AND other.tier = g.tier
                          AND other.judged IN ('before', 'after') AND other.judged <> g.judged)
    ), pair AS (
        SELECT coalesce(b.unit_id, a.unit_id) AS unit_id, coalesce(b.year, a.year) AS year, coalesce(b.tier, a.tier) AS tier,
               coalesce(b.code, a.code) AS code, coalesce(a.position, b.position) AS position, coalesce(a.title, b.title) AS title,
               coalesce(a.measure, b.measure) AS measure, b.requirement AS requirement_before, a.requirement AS requirement_after,
               b.value AS value_before, a.value AS value_after, b.verdict AS verdict_before, a.verdict AS verdict_after
          FROM (SELECT * FROM node WHERE node.judged = 'before') AS b
          FULL JOIN (SELECT * FROM node WHERE node.judged = 'after') AS a
            ON a.unit_id = b.unit_id AND a.year = b.year AND a.tier = b.tier AND coalesce(a.code, '') = coalesce(b.code, '')
         WHERE b.verdict::text IS DISTINCT FROM a.verdict::text
    )
    SELECT p.unit_id, coalesce(a.unit_code, b.unit_code), coalesce(a.name, b.name), coalesce(a.level, b.level),
           p.year, p.tier, p.code, p.title, p.verdict_before, p.verdict_after,
           CASE WHEN alone.causes = '{}' THEN '{together}' ELSE alone.causes END,
           p.measure, p.value_before, p.value_after, p.requirement_before, p.requirement_after,
           (SELECT max(r.id)
              FROM report AS r
             WHERE r.unit_id = p.unit_id AND r.year = p.year
               AND changes.from_time < r.reported_at AND r.reported_at <= changes.to_time
               AND (p.measure IS NULL
                    OR r.measures ? p.measure
                    OR p.measure LIKE '% / %'
                       AND (r.measures ? split_part(p.measure, ' / ', 1) OR r.measures ? split_part(p.measure, ' / ', 2)))),
           b.criteria_set_id, a.criteria_set_id, b.valid_from, a.valid_from
      FROM pair AS p
      LEFT JOIN judged AS b ON b.unit_id = p.unit_id AND b.year = p.year AND b.tier = p.tier AND b.judged = 'before'
      LEFT JOIN judged AS a ON a.unit_id = p.unit_id AND a.year = p.year AND a.tier = p.tier AND a.judged = 'after'
     CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(f.factor ORDER BY f.position), '{}') AS causes
          FROM (VALUES ('facts', 1), ('law', 2), ('borders', 3)) AS f (factor, position)
          LEFT JOIN judged AS g ON g.unit_id = p.unit_id AND g.year = p.year AND g.tier = p.tier AND g.judged = f.factor
         WHERE CASE WHEN p.code IS NULL THEN ntm.overall(g.scorecard) ELSE g.scorecard -> p.code END::text
               IS DISTINCT FROM p.verdict_before::text) AS alone
     ORDER BY coalesce(a.level, b.level), p.unit_id, p.year, p.tier, p.position;
END;

COMMENT ON FUNCTION changes(bigint, timestamptz, timestamptz) IS
'The verdicts on a unit, and on those that lie or lay in it, that were not the same at two moments: as they would have been read then, by what was known, under the law and with the units of the day, at the latest of 31 December of the year judged. A row for the whole set (code NULL) and for each node whose verdict differs; one for the whole set only where the unit was judged at one of the moments and not at the other (then the other verdict is NULL, as is that of a node which one of the editions lacks). causes says what changed it: facts, law and borders (the place and classes of the unit, or whether it existed) are each put to their later state alone, from what they were at first; whichever of them changes the verdict is a cause; together = none alone does. report_id is the latest report in between that gave the measure, or any for the whole set and nodes without one (NULL = none); criteria_set_before and criteria_set_after are the editions; state_before and state_after the first days of the unit''s states (NULL = since ever). Refuses an unknown unit (SQLSTATE 42704) and moments out of order or NULL (22023).';
