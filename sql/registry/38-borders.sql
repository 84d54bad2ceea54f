-- Facts of a year in the borders of another date.

-- A threshold has fewer than six decimals.  A share that cannot be held exactly
-- is held as the last number below that has all six, or the first above, so
-- that it never lands on a threshold it does not meet.
CREATE FUNCTION percent_of(numerator numeric, denominator numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT trim_scale(CASE WHEN held.percent * denominator = numerator * 100 OR scale(trim_scale(held.percent)) = 6 THEN held.percent
                           ELSE held.percent + 0.000001 * sign(numerator) * sign(denominator) END)
      FROM (SELECT CASE WHEN denominator <> 0 THEN div(numerator * 100000000, denominator) * 0.000001 END OFFSET 0) AS held (percent);
END;

COMMENT ON FUNCTION percent_of(numeric, numeric) IS
'The share in percent, to six decimals: exact, or off by less than a millionth and then never a number with fewer than six decimals, so that comparing it with one is right. NULL if the denominator is 0.';

-- A unit with a dossier of its own stands for itself.  Any other is followed
-- back to the units it has come from, as long as it began in the year or after
-- it; if it ended before, on to the units that came from it alone.  NULL stands for
-- a part of which nothing is on record.  Estimates of a recursion are far too
-- high, so that compiling would take most of the time.
CREATE FUNCTION border_part(year integer, borders date, known_at timestamptz DEFAULT NULL)
    RETURNS TABLE (unit_id bigint, part_id bigint, share numeric, onward boolean)
    LANGUAGE sql STABLE PARALLEL SAFE
    SET jit = off
BEGIN ATOMIC
    WITH RECURSIVE told AS MATERIALIZED (
        SELECT k.unit_id FROM dossier_known(border_part.year, border_part.known_at) AS k
    ), step (unit_id, part_id, share, onward, last) AS (
        SELECT u.id, u.id, 1::numeric, began.earlier, t.unit_id IS NOT NULL
          FROM units_on(border_part.borders) AS here
          JOIN unit AS u ON u.id = here.unit_id
         CROSS JOIN LATERAL (SELECT (u.valid_from > make_date(border_part.year, 1, 1)) IS NOT TRUE) AS began (earlier)
          LEFT JOIN told AS t ON t.unit_id = u.id
         WHERE t.unit_id IS NOT NULL
            OR EXISTS (SELECT FROM unit_change AS c
                        WHERE NOT began.earlier AND c.successor_id = u.id
                           OR began.earlier AND c.predecessor_id = u.id AND c.change_date <= make_date(border_part.year, 12, 31))
         UNION ALL
        SELECT s.unit_id, c.unit_id, s.share * c.share, s.onward,
               c.unit_id IS NULL
               OR EXISTS (SELECT FROM told AS t WHERE t.unit_id = c.unit_id)
               OR NOT EXISTS (SELECT FROM unit_change AS more
                               WHERE NOT s.onward AND more.successor_id = c.unit_id AND more.change_date > make_date(border_part.year, 1, 1)
                                  OR s.onward AND more.predecessor_id = c.unit_id AND more.change_date <= make_date(border_part.year, 12, 31))
          FROM step AS s
         CROSS JOIN LATERAL (
            SELECT b.predecessor_id, b.share
              FROM unit_change AS b
             WHERE NOT s.onward AND b.successor_id = s.part_id AND b.change_date > make_date(border_part.year, 1, 1)
             UNION ALL
            SELECT CASE WHEN NOT EXISTS (SELECT FROM unit_change AS other
                                          WHERE other.successor_id = f.successor_id AND other.predecessor_id IS DISTINCT FROM s.part_id)
                        THEN f.successor_id END, 1
              FROM unit_change AS f
             WHERE s.onward AND f.predecessor_id = s.part_id AND f.change_date <= make_date(border_part.year, 12, 31)) AS c (unit_id, share)
         WHERE NOT s.last
    )
    SELECT s.unit_id, s.part_id,
           CASE WHEN s.part_id IS NOT NULL AND count(s.share) = count(*) THEN sum(s.share) END,
           s.onward AND s.unit_id IS DISTINCT FROM s.part_id
      FROM step AS s
     WHERE s.last
     GROUP BY s.unit_id, s.part_id, s.onward;
END;

COMMENT ON FUNCTION border_part(integer, date, timestamptz) IS
'For the units that exist on a date, the units whose facts of a year theirs are made of (part_id, NULL = not recorded), and the share of each that lies in the unit (NULL = not known); onward: the part came from the unit, not the unit from the part. A unit with a dossier of its own is its only part. No rows for a unit that neither reported nor came from another one.';

CREATE FUNCTION dossier_in_borders(year integer, borders date, known_at timestamptz DEFAULT NULL)
    RETURNS TABLE (unit_id bigint, measures ntm.measures, origin text, part_ids bigint[])
    LANGUAGE sql STABLE PARALLEL SAFE
    SET jit = off
BEGIN ATOMIC
    WITH part AS MATERIALIZED (
        SELECT b.unit_id, b.part_id, b.share, b.onward, k.measures,
               sum(b.share) OVER (PARTITION BY b.part_id ORDER BY b.unit_id) AS up_to
          FROM border_part(dossier_in_borders.year, dossier_in_borders.borders, dossier_in_borders.known_at) AS b
          LEFT JOIN dossier_known(dossier_in_borders.year, dossier_in_borders.known_at) AS k ON k.unit_id = b.part_id
    ), shape AS MATERIALIZED (
        SELECT p.unit_id, count(*) AS parts, count(*) FILTER (WHERE p.share = 1) AS wholes, bool_or(p.onward) AS onward,
               array_agg(p.part_id ORDER BY p.part_id) FILTER (WHERE p.measures IS NOT NULL) AS part_ids
          FROM part AS p
         GROUP BY p.unit_id
        HAVING count(p.measures) > 0
    ), fact AS MATERIALIZED (
        SELECT p.unit_id, p.part_id, p.share, m.name, m.value, m.applicable, i.kind, i.roll_up, i.numerator, i.denominator,
               i.kind = 'count' AND coalesce(i.roll_up, 'sum') NOT IN ('minimum', 'maximum')
               OR i.kind = 'number' AND i.roll_up IS NOT DISTINCT FROM 'sum' AS adds_up,
               round(m.value * p.up_to, digits.kept) - round(m.value * (p.up_to - p.share), digits.kept) AS allotted
          FROM shape AS s
          JOIN part AS p ON p.unit_id = s.unit_id
         CROSS JOIN ntm.each(p.measures) AS m
          JOIN indicator AS i ON i.name = m.name
         CROSS JOIN LATERAL (SELECT CASE WHEN i.kind = 'count' AND m.value = trunc(m.value) THEN 0 ELSE 6 END) AS digits (kept)
         WHERE s.parts > 1 OR s.wholes = 0
    ), total AS (
        SELECT f.unit_id, f.name, f.kind, f.roll_up, f.numerator, f.denominator, f.adds_up,
               count(*) FILTER (WHERE f.value IS NOT NULL OR NOT f.applicable) AS told,
               count(f.value) AS applied,
               count(f.share) AS shared,
               sum(f.allotted) AS sum, min(f.value) AS minimum, max(f.value) AS maximum,
               count(*) FILTER (WHERE f.value IS NOT NULL AND w.value > 0) AS weighed,
               sum(f.value * w.value) AS weighted, sum(w.value) FILTER (WHERE f.value IS NOT NULL) AS weight
          FROM fact AS f
          LEFT JOIN fact AS w ON w.unit_id = f.unit_id AND w.part_id = f.part_id AND w.name = f.denominator
         GROUP BY f.unit_id, f.name, f.kind, f.roll_up, f.numerator, f.denominator, f.adds_up
    ), figure AS MATERIALIZED (
        SELECT t.unit_id, t.name, t.kind, t.numerator, t.denominator,
               NOT (t.told = s.parts AND t.applied = 0) AS applicable,
               CASE WHEN t.told < s.parts OR t.applied = 0 THEN NULL
                    WHEN t.adds_up THEN CASE WHEN t.shared = s.parts THEN t.sum END
                    WHEN s.wholes < s.parts THEN NULL
                    WHEN t.applied = s.parts AND t.minimum = t.maximum THEN t.minimum
                    WHEN t.kind = 'percent' AND t.weighed = t.applied THEN percent_of(t.weighted * 0.01, t.weight)
                    WHEN t.roll_up = 'minimum' THEN t.minimum
                    WHEN t.roll_up = 'maximum' THEN t.maximum END AS value
          FROM total AS t
          JOIN shape AS s ON s.unit_id = t.unit_id
    ), final AS (
        SELECT f.unit_id, f.name,
               CASE WHEN counted.told THEN percent_of(n.value, d.value) ELSE f.value END AS value,
               CASE WHEN counted.told THEN d.value <> 0 OR n.value <> 0 ELSE f.applicable END AS applicable
          FROM figure AS f
          LEFT JOIN figure AS n ON n.unit_id = f.unit_id AND n.name = f.numerator
          LEFT JOIN figure AS d ON d.unit_id = f.unit_id AND d.name = f.denominator
         CROSS JOIN LATERAL (SELECT n.value IS NOT NULL AND d.value IS NOT NULL) AS counted (told)
    ), built AS (
        SELECT f.unit_id,
               coalesce(ntm.measures_agg(f.name, f.value) FILTER (WHERE f.applicable), '{}')
               || coalesce(jsonb_object_agg(f.name, 'n/a') FILTER (WHERE NOT f.applicable), '{}')::ntm.measures AS measures
          FROM final AS f
         GROUP BY f.unit_id
    )
    SELECT s.unit_id, coalesce(b.measures, p.measures, '{}'),
           CASE WHEN s.part_ids = ARRAY[s.unit_id] AND s.parts = 1 THEN 'own'
                WHEN s.onward THEN 'successors'
                ELSE 'predecessors' END,
           s.part_ids
      FROM shape AS s
      LEFT JOIN built AS b ON b.unit_id = s.unit_id
      LEFT JOIN part AS p ON p.unit_id = s.unit_id AND s.parts = 1 AND s.wholes = 1;
END;

COMMENT ON FUNCTION dossier_in_borders(integer, date, timestamptz) IS
'The facts of a year, as known at a moment (NULL = all that is known), in the borders of a date: for each unit that exists on it and has a dossier, or is made of units that have, what is known of it. origin own: its own dossier, or only itself; predecessors: put together from the units it came from; successors: from those that came from it. part_ids: the units whose dossiers were used. Counts, and numbers that roll up by sum, are added up; of a unit that was split each part gets its share, whole counts in whole units and all else to the millionth, by the rounded running total, so that nothing is lost or gained and no part is off by one or more. A percent is recomputed from its counts (indicator.numerator and denominator); without them that of a merger is the mean weighted by the denominator. All else, of mergers of whole units only: what all agree on, else minimum or maximum where the indicator rolls up so. Whatever is not known of a part is not known of the whole.';
