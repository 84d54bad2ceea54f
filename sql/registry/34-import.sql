-- Import: rows as a spreadsheet gives them, read and recorded in one call.

CREATE TABLE import_row (
    id          bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    batch       text    NOT NULL DEFAULT current_user,
    line        integer,
    unit        text,
    year        text,
    measure     text,
    value       text,
    reason      text,
    proposal    text
);

COMMENT ON TABLE import_row IS
'Facts as they were typed, waiting to be recorded by import_measurements(): \copy import_row (unit, year, measure, value) FROM ''file.csv'' CSV HEADER. Rows that were recorded leave the table; those that were not stay, each with its reason, to be mended or deleted.';
COMMENT ON COLUMN import_row.id IS 'Identity and order of loading.';
COMMENT ON COLUMN import_row.batch IS 'Name of the file or letter; the role, unless given.';
COMMENT ON COLUMN import_row.line IS 'Line in the file. NULL = not given.';
COMMENT ON COLUMN import_row.unit IS 'Code or name of the unit, with or without diacritics and kind (Xã …). Names of places above it may follow, with commas between: Khu 1, Thu Cúc, Tân Sơn.';
COMMENT ON COLUMN import_row.year IS 'The year, four digits.';
COMMENT ON COLUMN import_row.measure IS 'Name or title of the measure in table indicator, or the number of a node in the criteria set in force for the unit, e.g. 17.1.';
COMMENT ON COLUMN import_row.value IS 'The value as typed; read_value() says how it is read.';
COMMENT ON COLUMN import_row.reason IS 'Why the row was not recorded. NULL = not tried yet.';
COMMENT ON COLUMN import_row.proposal IS 'What may have been meant. NULL = no proposal.';

CREATE INDEX import_row_batch ON import_row (batch);

CREATE FUNCTION trigrams(name text) RETURNS SETOF text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 12
BEGIN ATOMIC
    SELECT DISTINCT substr('  ' || name || ' ', place.start, 3)
      FROM generate_series(1, char_length(name) + 1) AS place (start);
END;

COMMENT ON FUNCTION trigrams(text) IS
'The runs of three characters in a name, each once; names are alike as they share them.';

-- OFFSET 0 keeps each step from being worked out once for every use of it.
CREATE FUNCTION read_value(typed text, kind text)
    RETURNS TABLE (number numeric, applicable boolean, reason text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
    SELECT CASE WHEN judged.reason IS NULL THEN judged.number END,
           CASE WHEN judged.reason IS NULL THEN word.word NOT IN ('n/a', 'khong ap dung', 'not applicable') END,
           judged.reason
      FROM plain_name(translate(typed, '−¹²³⁰⁴⁵⁶⁷⁸⁹', '-^^^^^^^^^^')) AS word (word)
     CROSS JOIN LATERAL (SELECT btrim(rtrim(word.word, '%')), word.word LIKE '%\%' OFFSET 0) AS cut (digits, percent)
     CROSS JOIN LATERAL (
        SELECT CASE
                   WHEN char_length(cut.digits) > 40 OR cut.digits !~ '^[+-]?\d[\d., ]*$' THEN NULL
                   WHEN cut.digits ~ '^[+-]?\d+$' THEN 'plain'
                   WHEN cut.digits ~ '^[+-]?[1-9]\d{0,2}[.,]\d{3}$' THEN CASE kind WHEN 'count' THEN 'grouped' ELSE 'ambiguous' END
                   WHEN cut.digits ~ '^[+-]?\d+[.,]\d+$' THEN 'decimal'
                   WHEN cut.digits ~ '^[+-]?\d{1,3}([.,])\d{3}(\1\d{3})+$' THEN 'grouped'
                   WHEN cut.digits ~ '^[+-]?\d{1,3}(( \d{3})+([.,]\d+)?|(\.\d{3})+,\d+|(,\d{3})+\.\d+)$' THEN 'both'
               END OFFSET 0) AS form (form)
     CROSS JOIN LATERAL (
        SELECT CASE form.form
                   WHEN 'plain' THEN cut.digits::numeric
                   WHEN 'decimal' THEN replace(cut.digits, ',', '.')::numeric
                   WHEN 'grouped' THEN translate(cut.digits, '.,', '')::numeric
                   -- the last separator is the decimal one
                   WHEN 'both' THEN CASE WHEN cut.digits ~ '[.,]\d+$'
                                         THEN (translate(substring(cut.digits FROM '^(.*)[.,]'), '., ', '') || '.'
                                               || substring(cut.digits FROM '(\d+)$'))::numeric
                                         ELSE replace(cut.digits, ' ', '')::numeric END
               END OFFSET 0) AS told (number)
     CROSS JOIN LATERAL (
        SELECT CASE
                   WHEN coalesce(word.word, '') = '' THEN 'no value'
                   WHEN word.word IN ('n/a', 'khong ap dung', 'not applicable', 'chua co so lieu', 'unknown') THEN NULL
                   WHEN kind = 'yes_no' AND word.word IN ('dat', 'dat chuan', 'co', 'x', 'v', '✓', 'true', 'yes', 'met',
                                                          'khong dat', 'chua dat', 'khong', 'chua', 'false', 'no', 'not met') THEN NULL
                   WHEN kind = 'yes_no' AND (told.number IS NULL OR told.number NOT IN (0, 1) OR cut.percent) THEN 'neither yes nor no'
                   WHEN kind IN ('number', 'count') AND word.word = 'khong' THEN NULL
                   WHEN form.form IS NULL THEN 'not a number'
                   WHEN form.form = 'ambiguous' THEN
                       'ambiguous number: ' || translate(cut.digits, '.,', '') || ' or ' || replace(cut.digits, ',', '.')
                   WHEN cut.percent AND kind <> 'percent' THEN 'a percentage, but the measure is not one'
                   WHEN kind = 'count' AND told.number <> trunc(told.number) THEN 'not a whole number'
                   WHEN scale(trim_scale(told.number)) > 6 OR abs(told.number) >= 9200000000000 THEN 'has more than 6 decimals, or is too large'
               END,
               CASE
                   WHEN kind = 'yes_no' AND word.word IN ('dat', 'dat chuan', 'co', 'x', 'v', '✓', 'true', 'yes', 'met') THEN 1
                   WHEN kind = 'yes_no' AND word.word IN ('khong dat', 'chua dat', 'khong', 'chua', 'false', 'no', 'not met') THEN 0
                   WHEN kind IN ('number', 'count') AND word.word = 'khong' THEN 0
                   ELSE trim_scale(told.number)
               END OFFSET 0) AS judged (reason, number);
END;

COMMENT ON FUNCTION read_value(text, text) IS
'Reads a value as typed, for a measure of a kind. Letter case, diacritics and wide blanks do not matter. Words: Đạt, Đạt chuẩn, Có, x, v, ✓, true, yes, met are 1 and Không đạt, Chưa đạt, Không, Chưa, false, no, not met are 0 for a yes/no measure; Không is 0 for a number or count; Không áp dụng, n/a, not applicable do not apply; Chưa có số liệu, unknown withdraw what was known (number NULL, applicable true). Numbers: 95,5 and 95.5 have a decimal separator; 1.234.567, 1,234,567, 1 234 and 1.234,5 have separated thousands, the last separator of two being the decimal one; 1.234 and 1,234, which may be either, are refused, but in a count are 1234; 0.955 and 1234.567 have no separated thousands. % only after percent points. reason NULL = read, else why not: no value, not a number, neither yes nor no, ambiguous number, a percentage, not a whole number, more than 6 decimals or too large.';

CREATE VIEW indicator_range AS
SELECT i.name, i.kind,
       coalesce(i.minimum, CASE WHEN i.kind IN ('yes_no', 'percent', 'count') THEN 0 END) AS minimum,
       coalesce(i.maximum, CASE i.kind WHEN 'yes_no' THEN 1 WHEN 'percent' THEN 100 END) AS maximum
  FROM indicator AS i;

COMMENT ON VIEW indicator_range IS
'The possible values of every measure: those of the catalogue, and where it gives none, 0 and 1 of a yes or no, 0 to 100 of a percentage, 0 and more of a count.';
COMMENT ON COLUMN indicator_range.name IS 'Name of the measure.';
COMMENT ON COLUMN indicator_range.kind IS 'yes_no, percent, number or count.';
COMMENT ON COLUMN indicator_range.minimum IS 'Lowest possible value. NULL = none.';
COMMENT ON COLUMN indicator_range.maximum IS 'Highest possible value. NULL = none.';

-- What was typed for units, years and measures is resolved once for each
-- spelling and held in arrays; then the rows are recorded in slices, each unit
-- in one slice, so that there is one report for each unit and year.
CREATE FUNCTION import_measurements(
    batch       text    DEFAULT current_user,
    source      text    DEFAULT NULL,
    level       text    DEFAULT NULL,
    within      bigint  DEFAULT NULL,
    tier        text    DEFAULT 'standard',
    again       boolean DEFAULT false,
    OUT taken   bigint,
    OUT recorded bigint,
    OUT known   bigint,
    OUT refused bigint,
    OUT reports bigint)
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
    SET enable_nestloop = on
    SET enable_mergejoin = on
    SET work_mem = '64MB'
    SET jit = off
    SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
DECLARE
    slice_rows CONSTANT integer := 250000;
    spelled record;
    measures record;
    slice record;
    done record;
BEGIN
    recorded := 0;
    known := 0;
    reports := 0;

    -- two imports at once could both find that nothing is known yet
    PERFORM pg_advisory_xact_lock(hashtext('ntm import'), 'import_row'::regclass::oid::integer);

    SELECT count(*) INTO taken FROM import_row AS i WHERE i.batch = import_measurements.batch;

    -- Estimates of what is in arrays are far off: among many rows hash joins
    -- are safe, and compiling is never worth it.  Undone at the end of the
    -- function, with the memory that it takes; one import runs at a time.  A plan
    -- kept from a small batch would not do for a large one.
    IF taken > 10000 THEN
        PERFORM set_config('enable_nestloop', 'off', true), set_config('enable_mergejoin', 'off', true);
    END IF;

    -- Units.  The best match counts: code, name as typed, name without
    -- diacritics, name without its kind; those that existed in the year before
    -- those that did not, on its 31 December before the other days.  A unit is
    -- known by what it was called at any time, best by what it was that year.
    WITH given AS MATERIALIZED (
        SELECT coalesce(i.unit, '') AS unit, coalesce(i.year, '') AS year, count(*) AS rows,
               CASE WHEN btrim(coalesce(i.year, '')) ~ '^\d{4}$' THEN btrim(coalesce(i.year, ''))::integer END AS about
          FROM import_row AS i
         WHERE i.batch = import_measurements.batch
         GROUP BY coalesce(i.unit, ''), coalesce(i.year, '')
    ), place AS MATERIALIZED (
        SELECT s.id, s.unit_id, s.code, s.name, s.path::text AS path,
               coalesce(s.valid_from, '-infinity') AS valid_from, coalesce(s.valid_to, 'infinity') AS valid_to,
               coalesce(u.valid_from, '-infinity') AS begun_on, coalesce(u.valid_to, 'infinity') AS ended_on
          FROM unit_state AS s
          JOIN unit AS u ON u.id = s.unit_id
         WHERE (import_measurements.level IS NULL OR s.level = import_measurements.level)
           AND (import_measurements.within IS NULL
                OR import_measurements.within::text = ANY (string_to_array(s.path::text, '.')))
    ), typed AS MATERIALIZED (
        SELECT DISTINCT g.unit, btrim(g.unit) AS code FROM given AS g
    ), by_code AS MATERIALIZED (
        SELECT t.unit, p.id, 1 AS rank FROM typed AS t JOIN place AS p ON p.code = t.code
    ), words AS MATERIALIZED (
        SELECT t.unit, btrim(split_part(t.unit, ',', 1)) AS name, plain_name(split_part(t.unit, ',', 1)) AS plain,
               (string_to_array(t.unit, ','))[2:] AS above
          FROM typed AS t
         WHERE t.code <> '' AND NOT EXISTS (SELECT FROM by_code AS c WHERE c.unit = t.unit)
    ), named AS MATERIALIZED (
        SELECT p.id, p.name, plain_name(p.name) AS plain, short_name(p.name) AS short
          FROM place AS p
         WHERE EXISTS (SELECT FROM words)
    ), called AS MATERIALIZED (
        SELECT id, name, plain, plain AS called FROM named
         UNION
        SELECT id, name, plain, short FROM named
    ), part AS MATERIALIZED (
        SELECT w.unit, w.name, w.plain, plain_name(a.name) AS above, a.place
          FROM words AS w, unnest(w.above) WITH ORDINALITY AS a (name, place)
    ), higher AS MATERIALIZED (
        SELECT DISTINCT s.unit_id AS id, k.called
          FROM unit_state AS s
         CROSS JOIN LATERAL (SELECT plain_name(s.name) UNION SELECT short_name(s.name) UNION SELECT plain_name(s.code)) AS k (called)
         WHERE s.level <> 'area' AND EXISTS (SELECT FROM part)
    ), address AS MATERIALIZED (
        SELECT c.id, c.name, c.plain, c.called, h.called AS above
          FROM called AS c
          JOIN place AS p ON p.id = c.id
         CROSS JOIN LATERAL unnest(string_to_array(p.path, '.')::bigint[]) AS step (id)
          JOIN higher AS h ON h.id = step.id AND h.id <> p.unit_id
    ), first AS MATERIALIZED (
        SELECT t.unit, a.id, CASE WHEN a.name = t.name THEN 2 WHEN a.plain = t.plain THEN 3 ELSE 4 END AS rank
          FROM part AS t
          JOIN address AS a ON a.called = t.plain AND a.above = t.above
         WHERE t.place = 1
    ), matched AS MATERIALIZED (
        SELECT c.unit, c.id, c.rank FROM by_code AS c
         UNION ALL
        SELECT w.unit, c.id, CASE WHEN c.name = w.name THEN 2 WHEN c.plain = w.plain THEN 3 ELSE 4 END
          FROM words AS w
          JOIN called AS c ON c.called = w.plain
         WHERE cardinality(w.above) = 0
         UNION ALL
        SELECT f.unit, f.id, f.rank
          FROM first AS f
          LEFT JOIN part AS t ON t.unit = f.unit AND t.place > 1
          LEFT JOIN address AS a ON a.id = f.id AND a.called = t.plain AND a.above = t.above
         GROUP BY f.unit, f.id, f.rank
        HAVING count(*) FILTER (WHERE t.unit IS NOT NULL AND a.id IS NULL) = 0
    ), ranked AS MATERIALIZED (
        SELECT g.unit, g.year, p.unit_id AS id, m.rank,
               CASE WHEN p.valid_from <= make_date(g.about, 12, 31) AND make_date(g.about, 12, 31) < p.valid_to THEN 0
                    WHEN p.begun_on <= make_date(g.about, 12, 31) AND make_date(g.about, 12, 31) < p.ended_on THEN 1
                    WHEN p.valid_from <= make_date(g.about, 12, 31) AND make_date(g.about, 1, 1) < p.valid_to THEN 2
                    WHEN p.begun_on <= make_date(g.about, 12, 31) AND make_date(g.about, 1, 1) < p.ended_on THEN 3
                    ELSE 4 END AS absence
          FROM given AS g
          JOIN matched AS m ON m.unit = g.unit
          JOIN place AS p ON p.id = m.id
         WHERE g.about BETWEEN 2000 AND 2100
    ), best AS MATERIALIZED (
        SELECT DISTINCT ON (r.unit, r.year) r.unit, r.year, r.absence, r.rank
          FROM ranked AS r
         ORDER BY r.unit, r.year, r.absence = 4, r.rank, r.absence
    ), found AS MATERIALIZED (
        SELECT b.unit, b.year, b.absence, count(DISTINCT r.id) AS units, min(r.id) AS unit_id,
               (array_agg(DISTINCT r.id))[1:3] AS ids
          FROM best AS b
          JOIN ranked AS r ON r.unit = b.unit AND r.year = b.year AND r.absence = b.absence AND r.rank = b.rank
         GROUP BY b.unit, b.year, b.absence
    ), judged AS MATERIALIZED (
        SELECT g.unit, g.year, g.about, g.rows, f.unit_id, CASE WHEN f.units > 1 OR f.absence = 4 THEN f.ids END AS ids,
               CASE WHEN g.about IS NULL THEN 'unreadable year'
                    WHEN g.about NOT BETWEEN 2000 AND 2100 THEN 'year out of range: 2000 to 2100'
                    WHEN g.about > extract(year FROM CURRENT_DATE) THEN 'future year'
                    WHEN f.unit_id IS NULL THEN 'unknown unit'
                    WHEN f.units > 1 THEN 'ambiguous unit: ' || f.units
                    WHEN f.absence = 4 THEN 'the unit did not exist in that year'
               END AS reason
          FROM given AS g
          LEFT JOIN found AS f ON f.unit = g.unit AND f.year = g.year
    ), sliced AS (
        SELECT j.unit, j.year, j.about, j.unit_id, j.ids, j.reason,
               CASE WHEN j.reason IS NULL THEN
                   (sum(j.rows) FILTER (WHERE j.reason IS NULL) OVER (ORDER BY j.unit_id) - 1)::bigint / slice_rows
               END AS slice
          FROM judged AS j
    )
    SELECT array_agg(s.unit) AS unit,
           array_agg(s.year) AS year,
           array_agg(s.about) AS about,
           array_agg(s.unit_id) AS unit_id,
           array_agg(s.slice) AS slice,
           array_agg(s.reason) AS reason,
           array_agg(array_to_string(s.ids, ' ')) AS ids,
           bool_or(s.reason IS NOT NULL) AS some_refused
      INTO spelled
      FROM (SELECT * FROM sliced ORDER BY slice, unit_id) AS s;

    IF spelled.some_refused THEN
        UPDATE import_row AS i
           SET reason = bad.reason, proposal = bad.proposal
          FROM (SELECT k.unit, k.year, k.reason,
                       string_agg(concat_ws(', ', CASE p.level WHEN 'area' THEN p.name END, p.commune, p.district, p.province)
                                  || coalesce(' (' || p.code || ')', '')
                                  || CASE WHEN k.reason LIKE 'the unit%'
                                          THEN format(' from %s to %s', coalesce(p.valid_from::text, '…'), coalesce(p.valid_to::text, '…'))
                                          ELSE '' END, '; ' ORDER BY p.unit_id) FILTER (WHERE p.unit_id IS NOT NULL) AS proposal
                  FROM unnest(spelled.unit, spelled.year, spelled.reason, spelled.ids) AS k (unit, year, reason, ids)
                  LEFT JOIN LATERAL unnest(string_to_array(k.ids, ' ')::bigint[]) AS meant (id)
                    ON k.reason LIKE 'ambiguous%' OR k.reason LIKE 'the unit%'
                  LEFT JOIN place AS p ON p.unit_id = meant.id
                 WHERE k.reason IS NOT NULL
                 GROUP BY k.unit, k.year, k.reason) AS bad
         WHERE i.batch = import_measurements.batch
           AND coalesce(i.unit, '') = bad.unit AND coalesce(i.year, '') = bad.year;

        -- names that share most of their trigrams; of many unknown names some
        WITH unknown AS MATERIALIZED (
            SELECT DISTINCT k.unit, plain_name(split_part(k.unit, ',', 1)) AS plain
              FROM unnest(spelled.unit, spelled.reason) AS k (unit, reason)
             WHERE k.reason = 'unknown unit' AND btrim(k.unit) <> ''
             LIMIT 1000
        ), known_name AS MATERIALIZED (
            SELECT plain_name(u.name) AS plain, min(u.name) AS name,
                   CASE count(*) WHEN 1 THEN min(u.code) END AS code
              FROM unit AS u
             WHERE (import_measurements.level IS NULL OR u.level = import_measurements.level)
               AND (import_measurements.within IS NULL
                    OR import_measurements.within::text = ANY (string_to_array(u.path::text, '.')))
               AND EXISTS (SELECT FROM unknown)
             GROUP BY 1
        ), asked AS MATERIALIZED (
            SELECT x.unit, t.t, count(*) OVER (PARTITION BY x.unit) AS n FROM unknown AS x, trigrams(x.plain) AS t (t)
        ), offered AS MATERIALIZED (
            SELECT k.plain, k.name, k.code, t.t, count(*) OVER (PARTITION BY k.plain) AS n
              FROM known_name AS k, trigrams(k.plain) AS t (t)
        ), alike AS MATERIALIZED (
            SELECT a.unit, o.name, o.code, count(*)::numeric / (a.n + o.n - count(*)) AS likeness
              FROM asked AS a JOIN offered AS o ON o.t = a.t
             GROUP BY a.unit, a.n, o.plain, o.name, o.code, o.n
        ), proposed AS MATERIALIZED (
            SELECT n.unit, string_agg(n.name || coalesce(' (' || n.code || ')', ''), '; ' ORDER BY n.likeness DESC, n.name) AS names
              FROM (SELECT a.*, row_number() OVER (PARTITION BY a.unit ORDER BY a.likeness DESC, a.name) AS place
                      FROM alike AS a
                     WHERE a.likeness >= 0.3) AS n
             WHERE n.place <= 3
             GROUP BY n.unit
        )
        UPDATE import_row AS i
           SET proposal = p.names
          FROM proposed AS p
         WHERE i.batch = import_measurements.batch AND i.reason = 'unknown unit' AND i.unit = p.unit;
    END IF;

    -- Measures: names and titles; whatever else may be a node's number.
    WITH given AS MATERIALIZED (
        SELECT DISTINCT coalesce(i.measure, '') AS measure FROM import_row AS i WHERE i.batch = import_measurements.batch
    ), typed AS MATERIALIZED (
        SELECT g.measure, plain_name(g.measure) AS plain FROM given AS g
    ), found AS (
        SELECT t.measure, t.plain,
               coalesce(max(i.name) FILTER (WHERE i.name = btrim(t.measure)),
                        CASE count(i.name) WHEN 1 THEN max(i.name) END) AS name,
               count(i.name) AS names, string_agg(i.name, '; ' ORDER BY i.name) AS list
          FROM typed AS t
          LEFT JOIN (SELECT name, plain_name(name) AS called FROM indicator
                      UNION
                     SELECT name, plain_name(title) FROM indicator) AS i ON i.called = t.plain AND t.plain <> ''
         GROUP BY t.measure, t.plain
    )
    SELECT array_agg(f.measure) AS measure, array_agg(f.name) AS name,
           array_agg(replace(rtrim(f.plain, '. '), ',', '.')) AS code,
           array_agg(CASE WHEN f.name IS NULL AND f.names > 1 THEN f.list END) AS several,
           bool_or(f.name IS NULL) AS some_codes
      INTO measures
      FROM found AS f;

    FOR slice IN
        SELECT k.slice, min(k.place) AS first, max(k.place) AS last, row_number() OVER (ORDER BY k.slice) AS number,
               count(*) OVER () AS slices
          FROM unnest(spelled.slice) WITH ORDINALITY AS k (slice, place)
         WHERE k.slice IS NOT NULL
         GROUP BY k.slice
         ORDER BY k.slice
    LOOP
        WITH spelling AS MATERIALIZED (
            SELECT * FROM unnest(spelled.unit[slice.first:slice.last], spelled.year[slice.first:slice.last],
                                 spelled.unit_id[slice.first:slice.last], spelled.about[slice.first:slice.last])
                       AS k (unit, year, unit_id, about)
        ), unit_year AS MATERIALIZED (
            SELECT s.unit_id, s.about,
                   CASE WHEN measures.some_codes THEN
                       (SELECT c.id
                          FROM place_year AS u
                          JOIN criteria_set AS c
                            ON c.level = u.level AND c.tier = import_measurements.tier
                           AND c.valid_from <= make_date(s.about, 12, 31)
                           AND (c.valid_to IS NULL OR make_date(s.about, 12, 31) < c.valid_to)
                           AND (c.jurisdiction_id IS NULL OR c.jurisdiction_id::text = ANY (string_to_array(u.path::text, '.')))
                         WHERE u.unit_id = s.unit_id AND u.year = s.about
                         ORDER BY array_position(string_to_array(u.path::text, '.'), c.jurisdiction_id::text) DESC NULLS LAST
                         LIMIT 1)
                   END AS criteria_set_id
              FROM (SELECT DISTINCT unit_id, about FROM spelling) AS s
        ), loaded AS MATERIALIZED (
            SELECT i.id, s.unit_id, s.about, coalesce(i.measure, '') AS measure, i.value
              FROM import_row AS i
              JOIN spelling AS s ON s.unit = coalesce(i.unit, '') AND s.year = coalesce(i.year, '')
             WHERE i.batch = import_measurements.batch
        ), term AS MATERIALIZED (
            SELECT * FROM unnest(measures.measure, measures.name, measures.code, measures.several)
                       AS k (measure, name, code, several)
        ), numbered AS MATERIALIZED (
            SELECT t.measure, c.id AS criteria_set_id, n.measure AS name
              FROM criteria_set AS c
             CROSS JOIN ntm.nodes(c.ruleset) AS n
              JOIN term AS t ON t.code = lower(n.code) AND t.name IS NULL
             WHERE measures.some_codes
        ), meant AS MATERIALIZED (
            SELECT l.id, l.unit_id, l.about, l.value, t.several, coalesce(t.name, n.name) AS name,
                   t.name IS NULL AND n.measure IS NOT NULL AND n.name IS NULL AS judges_only
              FROM loaded AS l
              JOIN term AS t ON t.measure = l.measure
              LEFT JOIN unit_year AS y ON t.name IS NULL AND y.unit_id = l.unit_id AND y.about = l.about
              LEFT JOIN numbered AS n ON n.measure = l.measure AND n.criteria_set_id = y.criteria_set_id
        ), value AS MATERIALIZED (
            SELECT v.value, v.name, r.number, r.applicable,
                   coalesce(r.reason, CASE WHEN r.number < b.minimum OR r.number > b.maximum
                                           THEN format('out of range: %s to %s', coalesce(b.minimum::text, '…'), coalesce(b.maximum::text, '…')) END) AS reason,
                   coalesce(r.number::text, r.applicable::text) AS said
              FROM (SELECT DISTINCT coalesce(m.value, '') AS value, m.name FROM meant AS m WHERE m.name IS NOT NULL) AS v
              JOIN indicator_range AS b ON b.name = v.name
             CROSS JOIN LATERAL read_value(v.value, b.kind) AS r
        ), heard AS MATERIALIZED (
            SELECT m.id, m.unit_id, m.about, m.name, v.number, v.applicable, v.said,
                   CASE WHEN m.name IS NULL AND m.several IS NOT NULL THEN 'ambiguous measure'
                        WHEN m.judges_only THEN 'the node has no measure of its own'
                        WHEN m.name IS NULL THEN 'unknown measure'
                        ELSE v.reason END AS reason,
                   m.several
              FROM meant AS m
              LEFT JOIN value AS v ON v.value = coalesce(m.value, '') AND v.name = m.name
        ), fact AS MATERIALIZED (
            SELECT h.unit_id, h.about, h.name, min(h.id) AS first_id, min(h.said) <> max(h.said) AS clash
              FROM heard AS h
             WHERE h.reason IS NULL
             GROUP BY h.unit_id, h.about, h.name
        ), ledger AS MATERIALIZED (
            SELECT r.unit_id, r.year, e.name, coalesce(trim_scale(e.value)::text, e.applicable::text) AS said, max(r.id) AS report_id
              FROM unit_year AS y
              JOIN report AS r ON r.unit_id = y.unit_id AND r.year = y.about
             CROSS JOIN ntm.each(r.measures) AS e
             GROUP BY 1, 2, 3, 4
        ), holding AS MATERIALIZED (
            SELECT d.unit_id, d.year, e.name, coalesce(trim_scale(e.value)::text, e.applicable::text) AS said
              FROM unit_year AS y
              JOIN dossier AS d ON d.unit_id = y.unit_id AND d.year = y.about
             CROSS JOIN ntm.each(d.measures) AS e
        ), decided AS MATERIALIZED (
            SELECT h.id, h.unit_id, h.about, h.name, h.number, h.applicable, h.several,
                   CASE WHEN h.reason IS NOT NULL THEN h.reason
                        WHEN f.clash THEN 'duplicate: the batch has other values too'
                        WHEN g.said = h.said THEN NULL
                        WHEN l.report_id IS NOT NULL AND NOT import_measurements.again
                        THEN format('reported before (report %s) and corrected since', l.report_id)
                   END AS reason,
                   h.reason IS NULL AND NOT f.clash AND (h.id <> f.first_id OR g.said IS NOT DISTINCT FROM h.said) AS known
              FROM heard AS h
              LEFT JOIN fact AS f ON f.unit_id = h.unit_id AND f.about = h.about AND f.name = h.name AND h.reason IS NULL
              LEFT JOIN ledger AS l ON l.unit_id = h.unit_id AND l.year = h.about AND l.name = h.name AND l.said = h.said
              LEFT JOIN holding AS g ON g.unit_id = h.unit_id AND g.year = h.about AND g.name = h.name
        ), reported AS (
            INSERT INTO report (unit_id, year, measures, source)
            SELECT d.unit_id, d.about,
                   coalesce(ntm.measures_agg(d.name, d.number) FILTER (WHERE d.applicable), '{}')
                   || coalesce(jsonb_object_agg(d.name, 'n/a') FILTER (WHERE NOT d.applicable), '{}')::ntm.measures,
                   coalesce(import_measurements.source, import_measurements.batch)
              FROM decided AS d
             WHERE d.reason IS NULL AND NOT d.known
             GROUP BY d.unit_id, d.about
             ORDER BY d.unit_id, d.about
            RETURNING id
        ), removed AS (
            DELETE FROM import_row AS i USING decided AS d WHERE i.id = d.id AND d.reason IS NULL
        ), kept AS (
            UPDATE import_row AS i SET reason = d.reason, proposal = d.several
              FROM decided AS d WHERE i.id = d.id AND d.reason IS NOT NULL
        )
        SELECT count(*) FILTER (WHERE d.reason IS NULL AND NOT d.known) AS recorded,
               count(*) FILTER (WHERE d.reason IS NULL AND d.known) AS known,
               (SELECT count(*) FROM reported) AS reports
          INTO done
          FROM decided AS d;

        recorded := recorded + done.recorded;
        known := known + done.known;
        reports := reports + done.reports;

        IF slice.slices > 1 THEN
            RAISE NOTICE USING
                MESSAGE = format('import "%s": part %s of %s, %s of %s rows recorded', import_measurements.batch,
                                 slice.number, slice.slices, recorded, taken);
        END IF;
    END LOOP;

    refused := taken - recorded - known;

    -- as for units
    WITH unknown AS MATERIALIZED (
        SELECT DISTINCT i.measure FROM import_row AS i
         WHERE i.batch = import_measurements.batch AND i.reason = 'unknown measure' AND btrim(i.measure) <> ''
         LIMIT 1000
    ), alike AS MATERIALIZED (
        SELECT x.measure, n.name,
               (SELECT count(*) FILTER (WHERE common.n = 2)::numeric / count(*)
                  FROM (SELECT t.t, count(*) AS n
                          FROM (SELECT trigrams(plain_name(x.measure)) UNION ALL SELECT trigrams(plain_name(n.called))) AS t (t)
                         GROUP BY t.t) AS common) AS likeness
          FROM unknown AS x
         CROSS JOIN (SELECT name, name AS called FROM indicator UNION SELECT name, title FROM indicator WHERE title IS NOT NULL) AS n
    ), proposed AS MATERIALIZED (
        SELECT n.measure, string_agg(n.name, '; ' ORDER BY n.likeness DESC, n.name) AS names
          FROM (SELECT a.measure, a.name, max(a.likeness) AS likeness,
                       row_number() OVER (PARTITION BY a.measure ORDER BY max(a.likeness) DESC, a.name) AS place
                  FROM alike AS a
                 WHERE a.likeness >= 0.3
                 GROUP BY a.measure, a.name) AS n
         WHERE n.place <= 3
         GROUP BY n.measure
    )
    UPDATE import_row AS i
       SET proposal = p.names
      FROM proposed AS p
     WHERE i.batch = import_measurements.batch AND i.reason = 'unknown measure' AND i.measure = p.measure;
END
$$;

COMMENT ON FUNCTION import_measurements(text, text, text, bigint, text, boolean) IS
'Records the rows of a batch in table import_row: one report for each unit and year, with source (the batch, unless given) as its source. Rows recorded or known already leave the table; the others stay with their reason and, where there is one, a proposal: unknown or ambiguous unit or measure, unit that did not exist, unreadable or future year, value that cannot be read or is out of range (view indicator_range), duplicate with another value, a value reported before and corrected since. A row says nothing new if a report on the unit and year has ever given its value: so the same file recorded again, under whatever name, changes nothing; again => true records also what has been corrected since. level and within (the id of a unit) narrow down the units meant; tier chooses the criteria set that numbers of nodes are taken from. Of a code or name the unit counts that existed on 31 December of the year, else on another day of it. Returns the numbers of rows taken, recorded, known and refused, and of reports. All or nothing in its transaction; imports wait for each other. Long ones tell their progress in NOTICEs.';
