-- Recognition across mergers.

CREATE FUNCTION recognition_after_merger(change_date date)
    RETURNS TABLE (unit_id bigint, tier text, outcome text, from_year integer, recognised_on date,
                   valid_until date, parts integer, recognised_parts integer, recognition_ids bigint[], basis text, cite text)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH rank (tier, height) AS (
        VALUES ('standard', 1), ('advanced', 2), ('model', 3)
    ), term AS MATERIALIZED (
        SELECT t.unit_id, r.height, t.from_year, t.recognised_on, t.valid_until, t.recognition_id
          FROM recognition_term AS t
          JOIN rank AS r ON r.tier = t.tier
         WHERE t.recognised_on < recognition_after_merger.change_date
           AND (t.ends_on IS NULL OR t.ends_on >= recognition_after_merger.change_date)
    ), part AS (
        SELECT c.successor_id AS unit_id, r.tier, r.height, c.share, c.basis, at_tier.from_year, at_tier.recognised_on, at_tier.valid_until, at_tier.recognition_id,
               EXISTS (SELECT FROM term AS t WHERE t.unit_id = c.predecessor_id) AS at_any
          FROM unit_change AS c
         CROSS JOIN rank AS r
          LEFT JOIN LATERAL (SELECT t.from_year, t.recognised_on, t.valid_until, t.recognition_id
                               FROM term AS t
                              WHERE t.unit_id = c.predecessor_id AND t.height >= r.height
                              ORDER BY t.height
                              LIMIT 1) AS at_tier ON true
         WHERE c.change_date = recognition_after_merger.change_date AND c.successor_id IS NOT NULL
    ), whole AS (
        SELECT p.unit_id, p.tier, p.height, count(*)::integer AS parts, count(p.recognition_id)::integer AS recognised_parts,
               CASE WHEN bool_and(p.recognition_id IS NOT NULL AND p.share IS NOT DISTINCT FROM 1) THEN 'recognised'
                    WHEN bool_and(p.at_any) THEN 'review'
                    ELSE 'recognise_again' END AS outcome,
               max(p.from_year) AS from_year, max(p.recognised_on) AS recognised_on,
               (array_agg(p.valid_until ORDER BY p.recognised_on DESC NULLS LAST, p.recognition_id DESC))[1] AS valid_until,
               array_agg(p.recognition_id ORDER BY p.recognition_id) FILTER (WHERE p.recognition_id IS NOT NULL) AS recognition_ids,
               min(p.basis) AS basis
          FROM part AS p
         GROUP BY p.unit_id, p.tier, p.height
        HAVING count(p.recognition_id) > 0
    )
    SELECT w.unit_id, w.tier, w.outcome,
           CASE w.outcome WHEN 'recognised' THEN w.from_year END, CASE w.outcome WHEN 'recognised' THEN w.recognised_on END,
           CASE w.outcome WHEN 'recognised' THEN w.valid_until END,
           w.parts, w.recognised_parts, w.recognition_ids, w.basis,
           CASE w.outcome WHEN 'recognised' THEN '3372/BNN-VPĐP, 21/5/2020'
                          ELSE 'guidance for 2023-2030 (Sở NN&PTNT Trà Vinh)' END
      FROM whole AS w
     ORDER BY w.unit_id, w.height;
END;

COMMENT ON FUNCTION recognition_after_merger(date) IS
'What the units that began on a date inherit of the recognition of those they came from: a row for each unit and tier that any part had on the day before. outcome recognised: all parts are recognised at the tier or a higher one, and whole; from_year and recognised_on are the most recent among them (official letter 3372/BNN-VPĐP of 21/5/2020, hethongphapluat.com). recognise_again: a part is not recognised at all or not recorded, so the unit has to be recognised again; review: all are recognised, but not all as high, or of one only a part went into the unit (guidance for 2023-2030, snnptnt.travinh.gov.vn, for tiers; that a divided recognition calls for a review is taken by analogy). from_year, recognised_on and valid_until, the end of that most recent recognition, are NULL unless recognised; valid_until also where that has no end. recognition_ids: the events it rests on; parts and recognised_parts: how many there are, and of these recognised.';

CREATE FUNCTION inherit_recognition(
    change_date     date,
    decision        text    DEFAULT NULL,
    decision_date   date    DEFAULT NULL,
    signer          text    DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    recorded bigint;
BEGIN
    IF change_date IS NULL OR NOT EXISTS (SELECT FROM unit_change AS c WHERE c.change_date = inherit_recognition.change_date) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = format('no unit has changed on %s', coalesce(inherit_recognition.change_date::text, 'NULL')),
            HINT = 'SELECT DISTINCT change_date FROM unit_change tells the days of the reforms.';
    END IF;

    -- waits for whoever records the same (lock_decisions), and then sees it
    INSERT INTO recognition (unit_id, event, year, event_date) SELECT 0, 'recognised', 0, CURRENT_DATE WHERE false;

    INSERT INTO recognition (unit_id, event, tier, year, event_date, valid_until, decision, decision_date, signer, note)
    SELECT m.unit_id, 'recognised', m.tier, m.from_year, m.recognised_on, m.valid_until,
           inherit_recognition.decision, inherit_recognition.decision_date, inherit_recognition.signer,
           format('inherited on %s (%s) from recognition %s', inherit_recognition.change_date, m.basis, array_to_string(m.recognition_ids, ', '))
      FROM recognition_after_merger(inherit_recognition.change_date) AS m
     WHERE m.outcome = 'recognised'
       AND NOT EXISTS (SELECT FROM effective_recognition AS r WHERE r.unit_id = m.unit_id AND r.tier = m.tier AND r.event = 'recognised');
    GET DIAGNOSTICS recorded = ROW_COUNT;

    RETURN recorded;
END
$$;

COMMENT ON FUNCTION inherit_recognition(date, text, date, text) IS
'Puts on record what recognition_after_merger() finds recognised for the units that began on a date, for the year, the day and until the end of the most recent recognition among their parts, and returns the number of events; the note of each cites those it rests on. decision, decision_date and signer of the act that acknowledges them; NULL = none, or not recorded. What is on record already is left alone. Refuses a date without changes (SQLSTATE 42704).';
