-- What an event in the recognition of a unit is judged by, and whether it may
-- take place.

CREATE FUNCTION edition_in_force(unit_id bigint, tier text, on_date date) RETURNS bigint
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT c.id
      FROM units_on(edition_in_force.on_date) AS u
      JOIN criteria_set AS c
        ON c.level = u.level
       AND c.tier = edition_in_force.tier
       AND c.valid_from <= edition_in_force.on_date
       AND (c.valid_to IS NULL OR edition_in_force.on_date < c.valid_to)
       AND (c.jurisdiction_id IS NULL OR index(u.path, c.jurisdiction_id::text::ltree) >= 0)
     WHERE u.unit_id = edition_in_force.unit_id
     ORDER BY index(u.path, c.jurisdiction_id::text::ltree) DESC NULLS LAST
     LIMIT 1;
END;

COMMENT ON FUNCTION edition_in_force(bigint, text, date) IS
'The edition of the criteria set that is in force for a unit and tier on a day, as the unit was on that day. NULL = none is, or there was no such unit.';

CREATE FUNCTION assessment_facts(scorecard ntm.scorecard, key_criteria text[]) RETURNS ntm.measures
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN jsonb_build_object(
        'meets_criteria', ntm.overall(scorecard)::boolean,
        'criterion_count', ntm.criterion_count(scorecard),
        'met_count', ntm.met_count(scorecard),
        'not_met_count', ntm.not_met_count(scorecard),
        'unknown_count', ntm.unknown_count(scorecard),
        'key_criteria_not_met', (SELECT CASE WHEN bool_and(scorecard -> key.code IS NOT NULL) IS NOT FALSE AND scorecard IS NOT NULL
                                             THEN count(*) FILTER (WHERE (scorecard -> key.code)::text = 'not_met') END
                                   FROM unnest(key_criteria) AS key (code)),
        'key_criteria_unknown', (SELECT CASE WHEN bool_and(scorecard -> key.code IS NOT NULL) IS NOT FALSE AND scorecard IS NOT NULL
                                             THEN count(*) FILTER (WHERE (scorecard -> key.code)::text = 'unknown') END
                                   FROM unnest(key_criteria) AS key (code))
        )::ntm.measures;

COMMENT ON FUNCTION assessment_facts(ntm.scorecard, text[]) IS
'The recognition facts that follow from an assessment; scorecard NULL = not assessed, then all are unknown. key_criteria: codes of the key criteria; if the set has one of them not, it is unknown how many fail.';

CREATE FUNCTION standing_facts(unit_id bigint, year integer, tier text, on_date date) RETURNS ntm.measures
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT jsonb_build_object(
               'recognised', coalesce(bool_or(t.tier = standing_facts.tier AND t.runs), false),
               'first_time', coalesce(bool_and(t.tier <> standing_facts.tier OR t.recognised_on >= standing_facts.on_date), true),
               'years_since_recognition', coalesce(to_jsonb(standing_facts.year - max(t.from_year) FILTER (WHERE t.tier = standing_facts.tier)),
                                                   to_jsonb('n/a'::text)),
               'lower_tier_recognised', CASE standing_facts.tier WHEN 'standard' THEN to_jsonb('n/a'::text)
                   ELSE to_jsonb(coalesce(bool_or(t.tier = CASE standing_facts.tier WHEN 'advanced' THEN 'standard' ELSE 'advanced' END
                                                  AND t.runs), false)) END
               )::ntm.measures
      FROM (SELECT known.tier, known.from_year, known.recognised_on,
                   known.ends_on IS NULL OR standing_facts.on_date < known.ends_on AS runs
              FROM recognition_term AS known
             WHERE known.unit_id = standing_facts.unit_id AND known.recognised_on <= standing_facts.on_date) AS t;
END;

COMMENT ON FUNCTION standing_facts(bigint, integer, text, date) IS
'The recognition facts that follow from earlier recognitions of the unit: for a year of the programme and a tier, on a day.';

-- One row, whatever is known.  A unit that ended in the year is not judged at its
-- end: then the law and the classes of the day count.
CREATE FUNCTION recognition_basis(unit_id bigint, year integer, event_date date, tier text)
    RETURNS TABLE (procedure_id bigint, criteria_set_id bigint, measures ntm.measures, classes text[],
                   scorecard ntm.scorecard, judged ntm.measures, known_at timestamptz)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT p.id, c.id, d.measures, known.classes, s.scorecard,
           coalesce(told.facts, '{}') || assessment_facts(s.scorecard, p.key_criteria)
               || standing_facts(u.id, recognition_basis.year, recognition_basis.tier, recognition_basis.event_date),
           d.updated_at
      FROM unit AS u
      LEFT JOIN recognition_procedure AS p
        ON p.id = procedure_in_force(recognition_basis.unit_id, recognition_basis.tier, recognition_basis.event_date)
      LEFT JOIN units_on(recognition_basis.event_date) AS lived ON lived.unit_id = u.id
      LEFT JOIN dossier AS d ON d.unit_id = u.id AND d.year = recognition_basis.year
      LEFT JOIN dossier_edition AS e
        ON e.unit_id = u.id AND e.year = recognition_basis.year AND e.tier = recognition_basis.tier
     CROSS JOIN LATERAL (SELECT coalesce(e.classes, lived.classes, u.classes) AS classes) AS known
      LEFT JOIN criteria_set AS c
        ON d.measures IS NOT NULL
       AND c.id = coalesce(e.criteria_set_id, edition_in_force(recognition_basis.unit_id, recognition_basis.tier, recognition_basis.event_date))
      LEFT JOIN LATERAL ntm.assess(d.measures, c.ruleset, known.classes) AS s (scorecard) ON true
     CROSS JOIN (SELECT ntm.merge_agg(r.facts ORDER BY r.event_date, r.id) AS facts
                   FROM effective_recognition AS r
                  WHERE r.unit_id = recognition_basis.unit_id
                    AND r.tier = recognition_basis.tier
                    AND r.year = recognition_basis.year
                    AND r.event_date <= recognition_basis.event_date
                    AND r.facts IS NOT NULL) AS told
     WHERE u.id = recognition_basis.unit_id;
END;

COMMENT ON FUNCTION recognition_basis(bigint, integer, date, text) IS
'What an event of a unit, year, day and tier rests on: the procedure in force, the edition in force at the end of the year (for a unit that ended in it: on the day), the dossier and classes, the scorecard (NULL = not assessed), the recognition facts, and when the latest report in the dossier was made. A condition is judged on measures || judged || the facts given with the event.';

CREATE FUNCTION event_line(unit_id bigint, event text, year integer, event_date date, tier text, facts ntm.measures)
    RETURNS TABLE (kind text, code text, title text, requirement text, value numeric, verdict ntm.verdict,
                   gap numeric, blocking boolean, cite text)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH basis AS (
        SELECT b.*, p.code AS procedure, s."after", s.conditions, s.cite,
               CASE WHEN s.deadline_month IS NOT NULL THEN
                   (make_date(event_line.year + s.deadline_year, s.deadline_month, 1) + (s.deadline_day - 1)) END AS deadline,
               coalesce(b.measures, '{}') || b.judged || coalesce(event_line.facts, '{}') AS known
          FROM recognition_basis(event_line.unit_id, event_line.year, event_line.event_date, event_line.tier) AS b
          LEFT JOIN recognition_procedure AS p ON p.id = b.procedure_id
          LEFT JOIN procedure_step AS s ON s.procedure_id = b.procedure_id AND s.event = event_line.event
    )
    SELECT line.kind, line.code, line.title, line.requirement, line.value, line.verdict, line.gap, line.blocking, line.cite
      FROM (SELECT 1, 'step', named.event, coalesce(prior.title, named.event), 'before ' || event_line.event, NULL::numeric,
                   done.verdict::ntm.verdict, NULL::numeric, done.verdict <> 'met', basis.cite, named.position
              FROM basis
             CROSS JOIN unnest(basis."after") WITH ORDINALITY AS named (event, position)
              LEFT JOIN procedure_step AS prior ON prior.procedure_id = basis.procedure_id AND prior.event = named.event
             CROSS JOIN LATERAL (
                   SELECT CASE WHEN EXISTS (SELECT FROM effective_recognition AS r
                                             WHERE r.unit_id = event_line.unit_id AND r.tier = event_line.tier
                                               AND r.year = event_line.year AND r.event = named.event
                                               AND r.event_date <= event_line.event_date)
                               THEN 'met' ELSE 'not_met' END AS verdict) AS done
             UNION ALL
            SELECT 0, 'state', NULL, state.title, NULL, NULL, 'not_met', NULL, true, NULL, 1
              FROM basis
             CROSS JOIN LATERAL (VALUES
                   ('the day is yet to come', is_yet_to_come(event_line.event_date)),
                   ('the unit did not exist on the day', NOT EXISTS (SELECT FROM units_on(event_line.event_date) AS lived WHERE lived.unit_id = event_line.unit_id)),
                   ('recognised already', event_line.event = 'recognised' AND (basis.judged -> 'recognised') = 1),
                   ('not recognised on the day', event_line.event IN ('renewed', 'revoked') AND (basis.judged -> 'recognised') = 0),
                   ('registered already', event_line.event = 'registered'
                                          AND EXISTS (SELECT FROM effective_recognition AS r
                                                       WHERE r.unit_id = event_line.unit_id AND r.tier = event_line.tier
                                                         AND r.year = event_line.year AND r.event = 'registered')))
                   AS state (title, holds)
             WHERE state.holds
             UNION ALL
            SELECT 2, 'deadline', NULL, event_line.event, 'before ' || basis.deadline, NULL,
                   CASE WHEN event_line.event_date < basis.deadline THEN 'met' ELSE 'not_met' END::ntm.verdict, NULL,
                   event_line.event_date >= basis.deadline, basis.cite, 1
              FROM basis
             WHERE basis.deadline IS NOT NULL
             UNION ALL
            SELECT 3, 'set', c.code, c.title, CASE WHEN basis.scorecard IS NULL THEN 'an assessment of ' || event_line.year ELSE 'met as a whole' END, NULL,
                   coalesce(ntm.overall(basis.scorecard), 'unknown'), NULL, ntm.overall(basis.scorecard)::boolean IS NOT TRUE, c.decision, 0
              FROM basis
              LEFT JOIN criteria_set AS c ON c.id = basis.criteria_set_id
             WHERE event_line.event IN ('recognised', 'renewed')
             UNION ALL
            SELECT 3, 'criterion', x.code, x.title, x.requirement, x.value, x.verdict, whole_gap(x.gap, i.kind), x.blocking, x.cite, x.position
              FROM basis
              JOIN criteria_set AS c ON c.id = basis.criteria_set_id
             CROSS JOIN LATERAL (
                   SELECT e.*, array_agg(e.parent) OVER () AS parents
                     FROM ntm.explain(basis.measures, c.ruleset, basis.classes) WITH ORDINALITY
                       AS e (code, parent, title, measure, requirement, value, verdict, gap, decisive, cite, blocking, position)) AS x
              LEFT JOIN indicator AS i ON i.name = split_part(x.measure, ' / ', 1)
             WHERE array_position(x.parents, x.code) IS NULL AND event_line.event IN ('recognised', 'renewed')
             UNION ALL
            SELECT 4, 'condition', x.code, x.title, x.requirement, x.value, x.verdict, whole_gap(x.gap, coalesce(i.kind, f.unit)),
                   x.blocking AND event_line.event <> 'revoked', x.cite, x.position
              FROM basis
             CROSS JOIN LATERAL (
                   SELECT e.*, array_agg(e.parent) OVER () AS parents
                     FROM ntm.explain(basis.known, basis.conditions, basis.classes) WITH ORDINALITY
                       AS e (code, parent, title, measure, requirement, value, verdict, gap, decisive, cite, blocking, position)) AS x
              LEFT JOIN indicator AS i ON i.name = split_part(x.measure, ' / ', 1)
              LEFT JOIN recognition_fact_name AS f ON f.name = split_part(x.measure, ' / ', 1)
             WHERE array_position(x.parents, x.code) IS NULL
             UNION ALL
            SELECT 5, 'facts', NULL, 'reports made afterwards', 'reported by ' || event_line.event_date, NULL, 'not_met', NULL, false,
                   'latest report: ' || basis.known_at::date, 1
              FROM basis
             WHERE basis.known_at::date > event_line.event_date)
        AS line (part, kind, code, title, requirement, value, verdict, gap, blocking, cite, position)
     ORDER BY line.part, line.position;
END;

COMMENT ON FUNCTION event_line(bigint, text, integer, date, text, ntm.measures) IS
'What stands for and against an event, one row each; columns as in check_event(), which see. No rows for a unit or an event that does not exist.';

CREATE FUNCTION check_event(
    unit_id     bigint,
    event       text,
    year        integer,
    event_date  date,
    tier        text    DEFAULT 'standard',
    facts       ntm.measures DEFAULT NULL)
    RETURNS TABLE (kind text, code text, title text, requirement text, value numeric, verdict ntm.verdict,
                   gap numeric, blocking boolean, cite text)
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
BEGIN
    PERFORM known_unit(check_event.unit_id), is_tier(check_event.tier);

    IF num_nulls(check_event.year, check_event.event_date, check_event.tier) > 0
       OR NOT EXISTS (SELECT FROM recognition_event AS e WHERE e.event = check_event.event) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = CASE WHEN num_nulls(check_event.year, check_event.event_date, check_event.tier) > 0
                           THEN 'what is in the way of an event depends on its year, date and tier'
                           ELSE format('there is no event "%s"', check_event.event) END,
            DETAIL = (SELECT format('The events are %s.', string_agg(e.event, ', ' ORDER BY e.position)) FROM recognition_event AS e),
            HINT = 'See view recognition_event.';
    END IF;

    PERFORM refuse_other_time('events are not judged');

    RETURN QUERY
        SELECT * FROM event_line(check_event.unit_id, check_event.event, check_event.year, check_event.event_date,
                                 check_event.tier, check_event.facts);
END
$$;

COMMENT ON FUNCTION check_event(bigint, text, integer, date, text, ntm.measures) IS
'Whether an event may take place, without recording it: one row for each obstacle in how the unit stands (kind state: the day is yet to come, it did not exist, is registered or recognised already, or is not recognised), for each step that must have gone before (step), the deadline, the criteria set as a whole and each of its requirements (set, criterion; if recognised or renewed), each condition of the procedure in force on the day, and, where the dossier holds reports made after the day, one that says so (facts). blocking = it stands in the way; no blocking row = nothing does. value, requirement, verdict and gap are those of ntm.explain(), gaps of counts whole; cite is the article. facts as in record_event(). Refuses a unit that does not exist (SQLSTATE 42704), an unknown event or tier and a missing year or date (22023, 23514), and a session that asks as of another time (55000).';

-- Called by the trigger on recognition, with the rights of the owner: it names
-- nothing that an object in the schema of ltree could stand in for.
CREATE FUNCTION check_event_facts(event recognition, dossier ntm.measures) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
DECLARE
    place unit;
    trouble text;
BEGIN
    SELECT * INTO place FROM unit WHERE unit.id = event.unit_id;

    -- a mistyped name would be unknown for ever
    SELECT pg_catalog.string_agg(pg_catalog.quote_ident(given.name), ', ' ORDER BY given.name)
      INTO trouble
      FROM ntm.each(event.facts) AS given
     WHERE NOT EXISTS (SELECT FROM recognition_fact_name AS f WHERE f.name = given.name AND f.origin = 'event')
       AND NOT EXISTS (SELECT FROM indicator AS i WHERE i.name = given.name);

    IF trouble IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = pg_catalog.format('facts cannot be given with event %s: %s', event.event, trouble),
            DETAIL = 'Facts of an event are those that view recognition_fact_name calls event, and measures of the catalogue.',
            HINT = 'Correct the spelling. What follows from the assessment or from earlier events is not given.';
    END IF;

    -- facts of earlier events, too: what has been reported since may belie them
    SELECT pg_catalog.string_agg(
               pg_catalog.format('%s is %s in the event, %s in the dossier', pg_catalog.quote_ident(given.name),
                                 CASE WHEN given.applicable THEN coalesce(pg_catalog.trim_scale(given.value)::text, 'not known') ELSE 'not applicable' END,
                                 CASE WHEN told.applicable THEN pg_catalog.trim_scale(told.value)::text ELSE 'not applicable' END),
               '; ' ORDER BY given.name)
      INTO trouble
      FROM ntm.each(coalesce(event.judged, '{}') OPERATOR(ntm.||) coalesce(event.facts, '{}')) AS given
      JOIN ntm.each(dossier) AS told ON told.name = given.name
     WHERE (told.value IS NOT NULL OR NOT told.applicable)
       AND (told.value <> given.value OR told.applicable <> given.applicable OR (told.value IS NULL) <> (given.value IS NULL));

    IF trouble IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = pg_catalog.format('the facts of event %s contradict the dossier of unit "%s" for %s', event.event, place.name, event.year),
            DETAIL = pg_catalog.format('Namely, %s.', trouble),
            HINT = 'Correct the fact, or insert a report that corrects the dossier. A fact of an earlier event is corrected by annulling that event and recording it anew.';
    END IF;

    -- more satisfied than asked, more asked than there are, nobody asked at all
    SELECT pg_catalog.string_agg(
               CASE WHEN fact.known ->> f.name = 'n/a' THEN pg_catalog.format('%s applies everywhere', f.name)
                    WHEN fact.value < 0::numeric THEN pg_catalog.format('%s is %s', f.name, fact.value)
                    WHEN fact.value > fact.whole THEN pg_catalog.format('%s is %s, but %s, of which it is a part, is %s', f.name, fact.value, f.part_of, fact.whole)
                    ELSE pg_catalog.format('%s is 0, and nothing is known from asking nobody', f.name) END,
               '; ' ORDER BY f.name)
      INTO trouble
      FROM recognition_fact_name AS f
     CROSS JOIN LATERAL (SELECT said.known, said.known ->> f.name AS entry,
                                CASE pg_catalog.jsonb_typeof(said.known -> f.name) WHEN 'number' THEN (said.known ->> f.name)::numeric END AS value,
                                CASE pg_catalog.jsonb_typeof(said.known -> f.part_of) WHEN 'number' THEN (said.known ->> f.part_of)::numeric END AS whole
                           FROM (SELECT (coalesce(event.judged, '{}') OPERATOR(ntm.||) coalesce(dossier, '{}') OPERATOR(ntm.||) coalesce(event.facts, '{}'))::jsonb) AS said (known)) AS fact
     WHERE f.origin = 'event'
       AND (fact.entry = 'n/a' OR fact.value < 0::numeric OR fact.value > fact.whole OR fact.value = 0::numeric AND f.name = 'households_surveyed');

    IF trouble IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = pg_catalog.format('the facts of event %s of unit "%s" for %s cannot be right', event.event, place.name, event.year),
            DETAIL = pg_catalog.format('Namely, %s.', trouble),
            HINT = 'Correct the facts; view recognition_fact_name says what they mean. What is not known yet is left out or null.';
    END IF;
END
$$;

COMMENT ON FUNCTION check_event_facts(recognition, ntm.measures) IS
'Refuses an event whose facts have unknown names (SQLSTATE 23503), contradict the dossier, do not apply, or are more than the whole they are a part of (23514). dossier NULL = there is none.';

-- Called by the trigger on recognition, with the rights of the owner: it names
-- nothing that an object in the schema of ltree could stand in for.
CREATE FUNCTION judged_event(event recognition) RETURNS recognition
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
DECLARE
    place unit;
    known record;
    trouble text;
BEGIN
    SELECT * INTO place FROM unit WHERE unit.id = known_unit(event.unit_id);

    PERFORM refuse_other_time('no decision is recorded');

    IF event.event <> 'lapsed'
       AND NOT EXISTS (SELECT FROM units_on(event.event_date) AS lived WHERE lived.unit_id = event.unit_id) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = pg_catalog.format('unit "%s" cannot be %s on %s', place.name, pg_catalog.replace(event.event, '_', '-'), event.event_date),
            DETAIL = pg_catalog.format('It existed%s%s.', ' from ' || place.valid_from::text, ' until ' || place.valid_to::text),
            HINT = 'Correct the date; or look for the unit that stood in its place.';
    END IF;

    event.rule := NULL;

    IF event.event = 'revoked' THEN
        SELECT s.criteria_set_id, s.measures, s.classes, s.scorecard, s.judged, s.known_at,
               CASE WHEN s.revocation::boolean THEN s.revocation_rule END AS rule
          INTO known
          FROM recognition_standing(event.event_date) AS s
         WHERE s.unit_id = event.unit_id AND s.tier = event.tier;
        event.rule := known.rule;
    ELSIF event.event = 'lapsed' THEN
        -- it follows from the term alone
        SELECT NULL::bigint AS criteria_set_id, NULL::ntm.measures AS measures, NULL::text[] AS classes,
               NULL::ntm.scorecard AS scorecard, NULL::ntm.measures AS judged, NULL::timestamptz AS known_at
          INTO known;
    ELSE
        SELECT * INTO known
          FROM recognition_basis(event.unit_id, event.year, event.event_date, event.tier);
    END IF;

    event.criteria_set_id := known.criteria_set_id;
    event.measures := known.measures;
    event.classes := known.classes;
    event.scorecard := known.scorecard;
    event.judged := known.judged;
    event.known_at := known.known_at;

    IF event.event = 'lapsed' THEN
        event.facts := NULL;
        RETURN event;
    END IF;

    PERFORM check_event_facts(event, event.measures);

    IF event.event IN ('recognised', 'renewed') AND event.scorecard IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = pg_catalog.format('unit "%s" cannot be %s for %s: it is not assessed', place.name, event.event, event.year),
            DETAIL = CASE
                WHEN event.measures IS NOT NULL
                THEN pg_catalog.format('No criteria set for level %s and tier %s was in force there on 31 December %s.',
                            place.level, event.tier, event.year)
                ELSE pg_catalog.format('There is no report on it for %s.', event.year)
            END,
            HINT = CASE
                WHEN EXISTS (SELECT FROM dossier AS d WHERE d.unit_id = event.unit_id AND d.year <= event.year)
                THEN 'Insert the missing report, or publish the set that was in force, first.'
                ELSE 'A recognition from before the registry held facts is inserted into table recognition.'
            END;
    END IF;

    IF event.procedure_id IS NULL AND event.event IN ('recognised', 'renewed') AND ntm.overall(event.scorecard)::boolean IS NOT TRUE THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = pg_catalog.format('unit "%s" cannot be %s for %s: it does not meet criteria set "%s"',
                             place.name, event.event, event.year,
                             (SELECT c.code FROM criteria_set AS c WHERE c.id = event.criteria_set_id)),
            DETAIL = pg_catalog.format('Criteria not met: %s. Criteria not known: %s.',
                            coalesce(nullif(pg_catalog.array_to_string(ntm.criteria(event.scorecard, 'not_met'), ', '), ''), 'none'),
                            coalesce(nullif(pg_catalog.array_to_string(ntm.criteria(event.scorecard, 'unknown'), ', '), ''), 'none')),
            HINT = pg_catalog.format('SELECT * FROM explain(%s, %s) says why.', event.unit_id, event.year);
    END IF;

    SELECT pg_catalog.string_agg(
               CASE line.kind
                   WHEN 'step' THEN pg_catalog.format('missing before it: %s%s%s', line.code, ' "' || nullif(line.title, line.code) || '"', ' (' || line.cite || ')')
                   WHEN 'deadline' THEN pg_catalog.format('late: it was due %s%s', line.requirement, ' (' || line.cite || ')')
                   WHEN 'state' THEN line.title
                   WHEN 'set' THEN pg_catalog.format('criteria set %s %s', line.code, pg_catalog.replace(line.verdict::text, '_', ' '))
                   ELSE pg_catalog.format('%s%s%s%s: %s', CASE line.kind WHEN 'criterion' THEN 'criterion ' || line.code || ' ' END, line.title,
                               CASE WHEN line.requirement NOT IN ('met', 'not met') THEN ' ' || line.requirement END,
                               ' (' || line.cite || ')', pg_catalog.replace(line.verdict::text, '_', ' '))
               END, '; ' ORDER BY line.position)
      INTO trouble
      FROM event_line(event.unit_id, event.event, event.year, event.event_date, event.tier, event.facts) WITH ORDINALITY
        AS line (kind, code, title, requirement, value, verdict, gap, blocking, cite, position)
     WHERE line.blocking AND (line.kind <> 'deadline' OR event.exception_cite IS NULL);

    -- whatever the lines say, the conditions as a whole decide
    IF trouble IS NULL AND event.event <> 'revoked'
       AND (SELECT ntm.overall(ntm.assess(coalesce(event.measures, '{}') OPERATOR(ntm.||) event.judged OPERATOR(ntm.||) coalesce(event.facts, '{}'),
                                          w.conditions, event.classes))::boolean IS NOT TRUE
              FROM procedure_step AS w
             WHERE w.procedure_id = event.procedure_id AND w.event = event.event AND w.conditions IS NOT NULL) THEN
        trouble := 'the conditions as a whole';
    END IF;

    IF trouble IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = pg_catalog.format('unit "%s" cannot be %s for %s under procedure "%s"', place.name, pg_catalog.replace(event.event, '_', '-'), event.year,
                             (SELECT p.code FROM recognition_procedure AS p WHERE p.id = event.procedure_id)),
            DETAIL = pg_catalog.format('In the way: %s.', trouble),
            HINT = pg_catalog.format('SELECT * FROM check_event(%s, %L, %s, %L%s%s) WHERE blocking shows it%s.', event.unit_id, event.event, event.year, event.event_date,
                          CASE WHEN event.tier <> 'standard' THEN pg_catalog.format(', tier => %L', event.tier) END,
                          CASE WHEN event.facts IS NOT NULL THEN pg_catalog.format(', facts => %L', event.facts) END,
                          CASE WHEN trouble LIKE 'late:%' OR trouble LIKE '%; late:%'
                               THEN '; a decision that allows the delay is given as exception_cite' END);
    END IF;

    RETURN event;
END
$$;

COMMENT ON FUNCTION judged_event(recognition) IS
'The event with what it rests on: edition, scorecard, dossier, classes, recognition facts, and of a revocation the rule that is met. Refuses an event that does not fit, as record_event() and recognise() say, a unit that does not exist (SQLSTATE 42704) or did not on that day (55000), and a session that asks as of another time (55000).';
