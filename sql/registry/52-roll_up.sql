-- Roll-up: what the facts of the units below say of a unit.

CREATE FUNCTION roll_up(year integer, level text)
    RETURNS TABLE (unit_id bigint, name text, rule text, value numeric, applicable boolean, units integer, unknown_units integer)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH child AS MATERIALIZED (
        SELECT u.unit_id AS id, u.parent_id, u.level, u.path, d.measures
          FROM units_on(make_date(roll_up.year, 12, 31)) AS u
          LEFT JOIN dossier AS d ON d.unit_id = u.unit_id AND d.year = roll_up.year
         WHERE u.in_programme
    ), pair AS MATERIALIZED (
        SELECT p.id AS unit_id, c.id AS child_id, c.level, c.parent_id = p.id AS direct, c.measures
          FROM child AS c
         CROSS JOIN unnest(string_to_array(c.path::text, '.')::bigint[]) AS above (id)
          JOIN unit AS p ON p.id = above.id AND p.level = roll_up.level AND p.id <> c.id
         WHERE c.parent_id = p.id OR c.level IN (SELECT i.roll_up_level FROM indicator AS i)
    ), fact AS (
        SELECT p.unit_id, i.name, i.roll_up AS rule,
               CASE WHEN i.roll_up IN ('sum', 'minimum', 'maximum', 'share') THEN m.value
                    WHEN i.roll_up IN ('recognised', 'recognised_share') THEN (r.unit_id IS NOT NULL)::integer
                    ELSE 1 END AS value,
               coalesce(m.applicable, true) AS applicable
          FROM indicator AS i
          JOIN pair AS p ON CASE WHEN i.roll_up_level IS NULL THEN p.direct ELSE p.level = i.roll_up_level END
          LEFT JOIN ntm.each(p.measures) AS m ON m.name = coalesce(i.roll_up_of, i.name)
          LEFT JOIN recognised_by(roll_up.year) AS r
            ON r.unit_id = p.child_id AND i.roll_up IN ('recognised', 'recognised_share')
         WHERE i.roll_up IS NOT NULL
    ), total AS (
        SELECT f.unit_id, f.name, f.rule, count(*)::integer AS units,
               count(*) FILTER (WHERE f.value IS NULL AND f.applicable)::integer AS unknown_units,
               count(*) FILTER (WHERE f.applicable)::integer AS applicable_units,
               sum(f.value) AS sum, min(f.value) AS minimum, max(f.value) AS maximum
          FROM fact AS f
         GROUP BY f.unit_id, f.name, f.rule
    )
    SELECT t.unit_id, t.name, t.rule,
           CASE WHEN t.unknown_units > 0 OR t.applicable_units = 0 THEN NULL
                WHEN t.rule = 'minimum' THEN t.minimum
                WHEN t.rule = 'maximum' THEN t.maximum
                WHEN t.rule IN ('share', 'recognised_share')
                THEN trim_scale(round((t.sum + t.units - t.applicable_units) * 100 / t.units, 6))
                ELSE t.sum END,
           t.applicable_units > 0, t.units, t.unknown_units
      FROM total AS t;
END;

COMMENT ON FUNCTION roll_up(integer, text) IS
'What follows for the units of a level from the units in them in a year, by the rules of the catalogue (indicator.roll_up): a row for each unit and measure that rolls up; none for a unit with nothing in it. Counted are units that take part in the programme and exist on 31 December. Missing is not zero: while one of them (unknown_units) has not said its value, value is NULL and applicable true. What does not apply is skipped by sum, minimum and maximum and counts as yes in a share; if it applies nowhere, applicable is false. Values are exact; a share is rounded to 6 decimals, which leaves its comparison with any bound of up to two decimals exact for fewer than 20,000 units. It is a query: record_roll_up() puts it on record, so that rules can use it.';

CREATE FUNCTION record_roll_up(year integer, level text) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
DECLARE
    reports bigint;
BEGIN
    IF level NOT IN ('province', 'district', 'commune') OR level IS NULL OR year IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('facts cannot be rolled up to level %s for %s', coalesce(quote_literal(level), 'NULL'), coalesce(year::text, 'no year')),
            DETAIL = 'Only provinces, districts and communes have units in them.',
            HINT = 'Give a year and one of the three levels, the lowest first.';
    END IF;

    -- the units below must not change between being read and being recorded
    LOCK TABLE dossier IN SHARE ROW EXCLUSIVE MODE;

    INSERT INTO report (unit_id, year, measures, source)
    SELECT r.unit_id, record_roll_up.year,
           coalesce(ntm.measures_agg(r.name, r.value) FILTER (WHERE r.applicable), '{}')
           || coalesce(jsonb_object_agg(r.name, 'n/a') FILTER (WHERE NOT r.applicable), '{}')::ntm.measures,
           format('rolled up from %s units', max(r.units))
      FROM roll_up(record_roll_up.year, record_roll_up.level) AS r
      LEFT JOIN measurement AS m ON m.unit_id = r.unit_id AND m.year = record_roll_up.year AND m.name = r.name
     WHERE (m.value, m.applicable) IS DISTINCT FROM (r.value, r.applicable)
       AND (r.value IS NOT NULL OR NOT r.applicable OR m.source LIKE 'rolled up from %')
     GROUP BY r.unit_id
     ORDER BY r.unit_id;
    GET DIAGNOSTICS reports = ROW_COUNT;

    RETURN reports;
END
$$;

COMMENT ON FUNCTION record_roll_up(integer, text) IS
'Reports what roll_up() says of the units of a level in a year, where it differs from what is known, so that rules use it: then ''areas_recognised_share >= 70%'' can be a requirement. Returns the number of reports. Roll up the lowest level first. An unknown result is only reported where an earlier roll-up is to be withdrawn, so that it does not undo what the unit has reported itself. Whoever is reporting is waited for. A level with nothing below it is refused (SQLSTATE 22023).';
