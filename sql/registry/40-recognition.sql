-- Recognition: events, and the terms and states that follow from them.

CREATE TABLE recognition (
    id              bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unit_id         bigint  NOT NULL REFERENCES unit,
    event           text    NOT NULL CHECK (event IN ('registered', 'self_assessed', 'verified', 'consulted', 'proposed',
                                                      'recognised', 'renewed', 'lapsed', 'revoked', 'annulled')),
    tier            text    NOT NULL DEFAULT 'standard' CHECK (is_tier(tier)),
    year            integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
    event_date      date    NOT NULL CHECK (isfinite(event_date)),
    decision        text    CHECK (decision ~ '\S'),
    decision_date   date,
    signer          text,
    criteria_set_id bigint  REFERENCES criteria_set,
    scorecard       ntm.scorecard,
    note            text,
    term            integer,
    recorded_at     timestamptz NOT NULL DEFAULT now(),
    recorded_by     text    NOT NULL DEFAULT current_user,
    on_paper        boolean NOT NULL DEFAULT true,
    valid_until     date    CHECK (isfinite(valid_until)),
    procedure_id    bigint  REFERENCES recognition_procedure,
    facts           ntm.measures,
    measures        ntm.measures,
    classes         text[],
    judged          ntm.measures,
    known_at        timestamptz,
    rule            text    CHECK (rule <> ''),
    exception_cite  text    CHECK (exception_cite ~ '\S'),
    annuls_id       bigint  REFERENCES recognition,
    annulled_before integer NOT NULL DEFAULT 0,
    CHECK (scorecard IS NULL OR criteria_set_id IS NOT NULL),
    CONSTRAINT recognition_rests_on_met
        CHECK (event NOT IN ('recognised', 'renewed') OR scorecard IS NULL OR ntm.overall(scorecard)::boolean IS TRUE),
    CONSTRAINT recognition_valid_until
        CHECK (valid_until IS NULL OR event IN ('recognised', 'renewed') AND event_date < valid_until),
    CONSTRAINT recognition_annuls CHECK ((event = 'annulled') = (annuls_id IS NOT NULL) AND (event <> 'annulled' OR note ~ '\S'))
);

-- That two clerks record nothing twice is seen to by the head of the chain,
-- which they take in turn; these are the proof.
CREATE UNIQUE INDEX recognition_once_a_term ON recognition (unit_id, tier, term) WHERE event = 'recognised';
CREATE UNIQUE INDEX recognition_ended_once ON recognition (unit_id, tier, term, annulled_before) WHERE event IN ('lapsed', 'revoked');
CREATE UNIQUE INDEX recognition_renewed_once ON recognition (unit_id, tier, event_date, annulled_before) WHERE event = 'renewed';
CREATE UNIQUE INDEX recognition_registered_once ON recognition (unit_id, tier, year, annulled_before) WHERE event = 'registered';
CREATE UNIQUE INDEX recognition_step_once ON recognition (unit_id, tier, year, event, event_date, md5(facts::text), annulled_before) NULLS NOT DISTINCT
    WHERE event IN ('self_assessed', 'verified', 'consulted', 'proposed');
CREATE INDEX recognition_unit ON recognition (unit_id, tier, year, event);
CREATE UNIQUE INDEX recognition_annulled_once ON recognition (annuls_id) WHERE annuls_id IS NOT NULL;
CREATE INDEX recognition_year ON recognition (year) WHERE event IN ('recognised', 'renewed', 'lapsed', 'revoked');

COMMENT ON TABLE recognition IS
'Events in the recognition of units, an append-only ledger, chained: check_decisions(). record_event(), recognise(), renew(), revoke() and lapse_recognitions() write what is checked against the criteria set and the procedure in force, and freeze what it rests on. What was decided elsewhere, or before the registry held facts, is inserted as it is and marked on_paper. What was recorded in error is annulled by a later event, annul_event(); view effective_recognition leaves it out.';
COMMENT ON COLUMN recognition.id IS 'Identity and order of recording.';
COMMENT ON COLUMN recognition.unit_id IS 'The unit.';
COMMENT ON COLUMN recognition.event IS 'What happened: one of view recognition_event; or annulled.';
COMMENT ON COLUMN recognition.tier IS 'standard (đạt chuẩn), advanced (nâng cao) or model (kiểu mẫu).';
COMMENT ON COLUMN recognition.year IS 'The year of the programme it counts for: registered, assessed, proposed or recognised for it, or no longer recognised from it on. A decision of January often counts for the year before.';
COMMENT ON COLUMN recognition.event_date IS 'The day on which it took place or took effect.';
COMMENT ON COLUMN recognition.decision IS 'Number of the decision. NULL = none needed, or not recorded.';
COMMENT ON COLUMN recognition.decision_date IS 'Date of the decision. NULL = none needed, or not recorded.';
COMMENT ON COLUMN recognition.signer IS 'Who signed it. NULL = not recorded.';
COMMENT ON COLUMN recognition.criteria_set_id IS 'The edition it rested on. NULL = not known here.';
COMMENT ON COLUMN recognition.scorecard IS 'The verdicts it rested on, frozen. NULL = taken on evidence that this registry does not hold, or the unit was not assessed then.';
COMMENT ON COLUMN recognition.note IS 'Reason of a revocation or an annulment, or a remark. NULL = none.';
COMMENT ON COLUMN recognition.term IS 'Which of the unit''s terms at this tier it begins, extends or ends, counted from 1 as recorded; set by the database. NULL for events before recognition.';
COMMENT ON COLUMN recognition.recorded_at IS 'When it was recorded.';
COMMENT ON COLUMN recognition.recorded_by IS 'Who recorded it; the role, unless given.';
COMMENT ON COLUMN recognition.on_paper IS 'true = recorded as it stands on paper, checked against nothing but the other events of the unit; false = checked against criteria set and procedure, and what it rests on frozen.';
COMMENT ON COLUMN recognition.valid_until IS 'First day on which the recognition or its renewal is no longer valid. Set from the procedure unless on paper. NULL = without end, or another event.';
COMMENT ON COLUMN recognition.procedure_id IS 'The procedure in force on the day of the event, by which it was judged. NULL = none, or on paper.';
COMMENT ON COLUMN recognition.facts IS 'Facts that were given with the event, such as how many households were asked. NULL = none.';
COMMENT ON COLUMN recognition.measures IS 'The dossier it rested on, frozen. NULL = there was none, or on paper.';
COMMENT ON COLUMN recognition.classes IS 'The classes of the unit it rested on, frozen. NULL = on paper.';
COMMENT ON COLUMN recognition.judged IS 'The recognition facts it rested on beside facts and measures, frozen: facts of earlier events of the year, and those that view recognition_fact_name calls assessment and standing. NULL = on paper.';
COMMENT ON COLUMN recognition.known_at IS 'When the latest report in the dossier it rested on was made. Later than event_date = it rests on what was reported afterwards. NULL = no dossier, or on paper.';
COMMENT ON COLUMN recognition.rule IS 'Of a revocation: the rule of the procedure that was met, with its article; set by the database. NULL = none was, or another event.';
COMMENT ON COLUMN recognition.exception_cite IS 'The decision that allowed the event after its deadline. NULL = none.';
COMMENT ON COLUMN recognition.annuls_id IS 'Of an annulment: the event that it annuls, of which it repeats unit, tier, year and term. NULL = another event.';
COMMENT ON COLUMN recognition.annulled_before IS 'How many events of the unit at the tier had been annulled when it was recorded, so that what was annulled can be recorded again; set by the database.';

CREATE TRIGGER keep_recognitions BEFORE UPDATE OR DELETE OR TRUNCATE ON recognition
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('To end a recognition, use revoke(); what was recorded in error is annulled by annul_event().');

INSERT INTO decision_ledger (ledger) VALUES ('recognition');

CREATE TRIGGER lock_decisions BEFORE INSERT ON recognition
    FOR EACH STATEMENT EXECUTE FUNCTION lock_decisions();

CREATE TRIGGER chain_decisions AFTER INSERT ON recognition
    REFERENCING NEW TABLE AS new_decisions
    FOR EACH STATEMENT EXECUTE FUNCTION chain_decisions();

CREATE VIEW effective_recognition AS
SELECT r.id, r.unit_id, r.event, r.tier, r.year, r.event_date, r.decision, r.decision_date, r.signer,
       r.criteria_set_id, r.scorecard, r.note, r.term, r.on_paper, r.valid_until, r.procedure_id, r.facts
  FROM recognition AS r
 WHERE r.event <> 'annulled'
   AND NOT EXISTS (SELECT FROM recognition AS a WHERE a.annuls_id = r.id);

COMMENT ON VIEW effective_recognition IS
'The events of table recognition that were not annulled: whatever is asked of recognition, is asked of these.';
COMMENT ON COLUMN effective_recognition.id IS 'Identity and order of recording.';
COMMENT ON COLUMN effective_recognition.unit_id IS 'The unit.';
COMMENT ON COLUMN effective_recognition.event IS 'What happened: one of view recognition_event.';
COMMENT ON COLUMN effective_recognition.tier IS 'standard, advanced or model.';
COMMENT ON COLUMN effective_recognition.year IS 'The year of the programme it counts for.';
COMMENT ON COLUMN effective_recognition.event_date IS 'The day on which it took place or took effect.';
COMMENT ON COLUMN effective_recognition.decision IS 'Number of the decision. NULL = none needed, or not recorded.';
COMMENT ON COLUMN effective_recognition.decision_date IS 'Date of the decision. NULL = none needed, or not recorded.';
COMMENT ON COLUMN effective_recognition.signer IS 'Who signed it. NULL = not recorded.';
COMMENT ON COLUMN effective_recognition.criteria_set_id IS 'The edition it rested on. NULL = not known here.';
COMMENT ON COLUMN effective_recognition.scorecard IS 'The verdicts it rested on, frozen. NULL = not known here.';
COMMENT ON COLUMN effective_recognition.note IS 'Reason of a revocation, or a remark. NULL = none.';
COMMENT ON COLUMN effective_recognition.term IS 'Which of the unit''s terms at this tier it begins, extends or ends. NULL = it comes before recognition.';
COMMENT ON COLUMN effective_recognition.on_paper IS 'true = recorded as it stands on paper, unchecked.';
COMMENT ON COLUMN effective_recognition.valid_until IS 'First day on which the recognition or its renewal is no longer valid. NULL = without end, or another event.';
COMMENT ON COLUMN effective_recognition.procedure_id IS 'The procedure by which it was judged. NULL = none, or on paper.';
COMMENT ON COLUMN effective_recognition.facts IS 'Facts that were given with the event. NULL = none.';

-- A term runs until it is revoked or lapses, or the day comes until which it,
-- or its latest renewal, is valid, whether or not the lapse is on record.
CREATE VIEW recognition_term AS
SELECT b.unit_id, b.tier, b.term, b.year AS from_year,
       coalesce(e.year, extract(year FROM v.valid_until)::integer) AS to_year,
       b.event_date AS recognised_on, b.decision, b.decision_date, b.signer, b.criteria_set_id, b.scorecard,
       b.id AS recognition_id,
       CASE WHEN e.event = 'revoked' THEN e.event_date END AS revoked_on,
       CASE WHEN e.event = 'revoked' THEN e.decision END AS revocation,
       CASE WHEN e.event = 'revoked' THEN e.note END AS reason,
       CASE WHEN e.event = 'revoked' THEN e.id END AS revocation_id,
       n.event_date AS renewed_on, v.valid_until,
       coalesce(e.event_date, v.valid_until) AS ends_on,
       coalesce(e.event, CASE WHEN v.valid_until <= CURRENT_DATE THEN 'lapsed' END) AS ended_by,
       e.id AS end_id, b.on_paper, b.procedure_id
  FROM effective_recognition AS b
  LEFT JOIN (SELECT DISTINCT ON (r.unit_id, r.tier, r.term)
                    r.unit_id, r.tier, r.term, r.id, r.event_date, r.valid_until
               FROM effective_recognition AS r
              WHERE r.event = 'renewed'
              ORDER BY r.unit_id, r.tier, r.term, r.event_date DESC) AS n
    ON n.unit_id = b.unit_id AND n.tier = b.tier AND n.term = b.term
  LEFT JOIN effective_recognition AS e
    ON e.unit_id = b.unit_id AND e.tier = b.tier AND e.event IN ('lapsed', 'revoked') AND e.term = b.term
 CROSS JOIN LATERAL (SELECT CASE WHEN n.id IS NULL THEN b.valid_until ELSE n.valid_until END AS valid_until) AS v
 WHERE b.event = 'recognised';

COMMENT ON VIEW recognition_term IS
'The terms for which units are or were recognised. Recognised at the end of year y means from_year <= y and (to_year IS NULL or y < to_year); there is at most one such term for a unit and tier. Recognised on a day means recognised_on <= day and (ends_on IS NULL or day < ends_on).';
COMMENT ON COLUMN recognition_term.unit_id IS 'The unit.';
COMMENT ON COLUMN recognition_term.tier IS 'The tier.';
COMMENT ON COLUMN recognition_term.term IS 'Number of the term, counted from 1 as recorded.';
COMMENT ON COLUMN recognition_term.from_year IS 'The year of the programme for which it was recognised.';
COMMENT ON COLUMN recognition_term.to_year IS 'The year from which it is no longer recognised: of its revocation, or that in which its validity ends. NULL = no end in sight.';
COMMENT ON COLUMN recognition_term.recognised_on IS 'The day on which the term began.';
COMMENT ON COLUMN recognition_term.decision IS 'Decision to recognise. NULL = not recorded.';
COMMENT ON COLUMN recognition_term.decision_date IS 'Its date. NULL = not recorded.';
COMMENT ON COLUMN recognition_term.signer IS 'Who signed it. NULL = not recorded.';
COMMENT ON COLUMN recognition_term.criteria_set_id IS 'The edition it rested on. NULL = not known here.';
COMMENT ON COLUMN recognition_term.scorecard IS 'The verdicts it rested on. NULL = taken on evidence that this registry does not hold.';
COMMENT ON COLUMN recognition_term.recognition_id IS 'The event that began the term.';
COMMENT ON COLUMN recognition_term.revoked_on IS 'The day from which it is revoked. NULL = it is not.';
COMMENT ON COLUMN recognition_term.revocation IS 'Decision to revoke. NULL = not revoked, or not recorded.';
COMMENT ON COLUMN recognition_term.reason IS 'Reason of the revocation. NULL = not revoked, or not recorded.';
COMMENT ON COLUMN recognition_term.revocation_id IS 'The event that revoked it. NULL = it is not revoked.';
COMMENT ON COLUMN recognition_term.renewed_on IS 'The day of its latest renewal. NULL = never renewed.';
COMMENT ON COLUMN recognition_term.valid_until IS 'First day on which it, or its latest renewal, is no longer valid. NULL = without end.';
COMMENT ON COLUMN recognition_term.ends_on IS 'First day on which the unit is no longer recognised: of the revocation or lapse on record, else valid_until. NULL = no end in sight.';
COMMENT ON COLUMN recognition_term.ended_by IS 'revoked or lapsed. NULL = it has not ended yet.';
COMMENT ON COLUMN recognition_term.end_id IS 'The revocation or lapse on record. NULL = none; a term may have lapsed all the same, see valid_until.';
COMMENT ON COLUMN recognition_term.on_paper IS 'Whether its recognition was recorded as it stands on paper, unchecked.';
COMMENT ON COLUMN recognition_term.procedure_id IS 'The procedure by which it was recognised. NULL = none, or on paper.';

-- Called by the trigger below, with the rights of the owner: it names nothing
-- that an object in the schema of ltree could stand in for.
CREATE FUNCTION judged_annulment(annulment recognition) RETURNS recognition
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
DECLARE
    annulled recognition;
    earlier recognition;
    resting record;
BEGIN
    SELECT * INTO annulled FROM recognition AS r WHERE r.id = annulment.annuls_id AND r.event <> 'annulled';

    IF NOT FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = pg_catalog.format('there is no event with id %s that could be annulled', coalesce(annulment.annuls_id::text, 'NULL')),
            DETAIL = 'An annulment is not annulled itself: what it annulled can be recorded again.',
            HINT = 'Look for the event in table recognition.';
    END IF;

    IF is_blank(annulment.note) OR annulment.event_date IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = 'an annulment needs a reason and a date',
            HINT = 'Say what was recorded in error, and since when that is known.';
    END IF;

    SELECT * INTO earlier FROM recognition AS r WHERE r.annuls_id = annulled.id;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'unique_violation',
            MESSAGE = pg_catalog.format('event %s is annulled already', annulled.id),
            DETAIL = pg_catalog.format('On %s: %s', earlier.event_date, earlier.note),
            HINT = 'See view recognition_check.';
    END IF;

    IF annulment.event_date < annulled.event_date THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = pg_catalog.format('event %s cannot be annulled before it took place', annulled.id),
            DETAIL = pg_catalog.format('It is dated %s.', annulled.event_date),
            HINT = 'Correct the date of the annulment.';
    END IF;

    -- what rests on it would hang in the air
    SELECT later.id, later.event, later.event_date, later.year
      INTO resting
      FROM effective_recognition AS later
      JOIN recognition_event AS later_kind ON later_kind.event = later.event
      JOIN recognition_event AS kind ON kind.event = annulled.event
     WHERE later.unit_id = annulled.unit_id AND later.tier = annulled.tier AND later.id <> annulled.id
       AND CASE
               WHEN annulled.event IN ('lapsed', 'revoked')
               THEN later.event = 'recognised' AND later.event_date >= annulled.event_date
               WHEN annulled.event IN ('recognised', 'renewed')
               THEN later.term = annulled.term
                    AND (later.event_date > annulled.event_date OR later.event_date = annulled.event_date AND later.id > annulled.id)
               ELSE later.year = annulled.year AND later.id > annulled.id
                    AND later.event NOT IN ('lapsed', 'revoked') AND later_kind.position > kind.position
           END
     ORDER BY later.event_date DESC, later.id DESC
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = pg_catalog.format('event %s cannot be annulled while others rest on it', annulled.id),
            DETAIL = pg_catalog.format('Event %s, %s on %s for %s, came after it.', resting.id, resting.event, resting.event_date, resting.year),
            HINT = pg_catalog.format('Annul that one first: SELECT annul_event(%s, …). What was right is recorded again.', resting.id);
    END IF;

    annulment.unit_id := annulled.unit_id;
    annulment.tier := annulled.tier;
    annulment.year := annulled.year;
    annulment.term := annulled.term;
    annulment.on_paper := false;

    RETURN annulment;
END
$$;

COMMENT ON FUNCTION judged_annulment(recognition) IS
'The annulment with the unit, tier, year and term of what it annuls. Refuses an event that is not there (SQLSTATE 42704), a missing reason or date (22023), an event that is annulled already (23505) or came later (23514), and one on which later events rest (55000).';

-- Terms of a unit and tier follow each other.  It takes the rights of the
-- owner, see check_reports.
CREATE FUNCTION check_recognition() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path FROM CURRENT
AS $$
DECLARE
    place unit;
    twin record;
    term record;
    later record;
    runs_over boolean;
    renewed date;
    not_before integer;
    event_year integer;
    until_year integer;
    trouble text;
BEGIN
    IF NEW.event = 'annulled' THEN
        NEW := judged_annulment(NEW);
    END IF;

    IF pg_catalog.num_nulls(NEW.unit_id, NEW.event, NEW.tier, NEW.year, NEW.event_date) > 0 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'null_value_not_allowed',
            MESSAGE = 'an event in the recognition of a unit needs unit, event, tier, year and date',
            DETAIL = pg_catalog.format('Given were unit %s, event %s, tier %s, year %s, date %s.',
                                       coalesce(NEW.unit_id::text, 'NULL'), coalesce(NEW.event, 'NULL'), coalesce(NEW.tier, 'NULL'),
                                       coalesce(NEW.year::text, 'NULL'), coalesce(NEW.event_date::text, 'NULL')),
            HINT = 'A subquery that finds no unit gives NULL: look for the unit in view place.';
    END IF;

    PERFORM is_tier(NEW.tier);
    SELECT * INTO place FROM unit WHERE unit.id = NEW.unit_id;
    NEW.annulled_before := (SELECT pg_catalog.count(*) FROM recognition AS r
                             WHERE r.unit_id = NEW.unit_id AND r.tier = NEW.tier AND r.event = 'annulled');

    -- what is in the ledger stays in it, so a slip of the pen must not get in
    IF is_yet_to_come(NEW.event_date) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'datetime_field_overflow',
            MESSAGE = pg_catalog.format('event %s of unit "%s" is dated %s, which is yet to come', NEW.event, place.name, NEW.event_date),
            DETAIL = pg_catalog.format('Today is %s.', CURRENT_DATE),
            HINT = 'Correct the date, or record the event on its day.';
    END IF;

    IF NEW.event = 'annulled' THEN
        RETURN NEW;
    END IF;

    -- a term begins and ends once: that is seen to below
    SELECT r.id, r.event_date, r.year INTO twin
      FROM effective_recognition AS r
     WHERE r.unit_id = NEW.unit_id AND r.tier = NEW.tier AND r.event = NEW.event
       AND CASE NEW.event
               WHEN 'registered' THEN r.year = NEW.year
               WHEN 'renewed' THEN r.event_date = NEW.event_date
               ELSE NEW.event IN ('self_assessed', 'verified', 'consulted', 'proposed')
                    AND r.year = NEW.year AND r.event_date = NEW.event_date AND r.facts::text IS NOT DISTINCT FROM NEW.facts::text
           END;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'unique_violation',
            MESSAGE = pg_catalog.format('unit "%s" is %s for %s already', place.name, pg_catalog.replace(NEW.event, '_', '-'), twin.year),
            DETAIL = pg_catalog.format('That is event %s, of %s.', twin.id, twin.event_date),
            HINT = pg_catalog.format('What was recorded in error is annulled first: SELECT annul_event(%s, …).', twin.id);
    END IF;

    IF NOT NEW.on_paper THEN
        NEW.procedure_id := procedure_in_force(NEW.unit_id, NEW.tier, NEW.event_date);

        IF NEW.event IN ('recognised', 'renewed') THEN
            NEW.valid_until := (SELECT years_later(NEW.event_date, p.valid_years)
                                  FROM recognition_procedure AS p
                                 WHERE p.id = NEW.procedure_id);
        ELSIF NEW.event = 'lapsed' THEN
            NEW.year := pg_catalog.date_part('year', NEW.event_date);
        END IF;

        NEW.recorded_at := pg_catalog.now();
    ELSE
        -- what it rests on is what somebody says it does
        NEW.procedure_id := NULL;
        NEW.measures := NULL;
        NEW.classes := NULL;
        NEW.judged := NULL;
        NEW.known_at := NULL;
        NEW.rule := NULL;
        NEW.recorded_at := least(NEW.recorded_at, pg_catalog.now());
    END IF;

    event_year := pg_catalog.date_part('year', NEW.event_date);
    until_year := pg_catalog.date_part('year', NEW.valid_until);

    IF NEW.year NOT BETWEEN 2000 AND 2100 OR NEW.year < event_year - 1
       OR NEW.year > event_year + (CASE NEW.event WHEN 'registered' THEN 5 ELSE 1 END)
       OR until_year < NEW.year THEN
        RAISE EXCEPTION USING
            ERRCODE = 'datetime_field_overflow',
            MESSAGE = pg_catalog.format('event %s of unit "%s" on %s cannot count for %s', NEW.event, place.name, NEW.event_date, NEW.year),
            DETAIL = CASE WHEN until_year < NEW.year
                          THEN pg_catalog.format('It would be valid until %s, which is before that year.', NEW.valid_until)
                          ELSE 'An event counts for the year of its date, the one before or the one after; a registration for up to five years later.' END,
            HINT = 'Correct the year or the date.';
    END IF;

    IF NEW.event IN ('recognised', 'renewed', 'revoked') AND NOT NEW.on_paper AND (is_blank(NEW.decision) OR NEW.decision_date IS NULL) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = pg_catalog.format('unit "%s" cannot be %s without a decision and its date', place.name, NEW.event),
            HINT = 'Use recognise(), renew() or revoke().';
    END IF;

    IF NEW.event IN ('recognised', 'renewed', 'lapsed', 'revoked') THEN
        SELECT * INTO term
          FROM recognition_term AS t
         WHERE t.unit_id = NEW.unit_id AND t.tier = NEW.tier AND t.recognised_on <= NEW.event_date
         ORDER BY t.recognised_on DESC, t.recognition_id DESC
         LIMIT 1;

        SELECT * INTO later
          FROM recognition_term AS t
         WHERE t.unit_id = NEW.unit_id AND t.tier = NEW.tier AND t.recognised_on > NEW.event_date
         ORDER BY t.recognised_on, t.recognition_id
         LIMIT 1;

        -- does what begins or is extended now run into the next term?
        runs_over := later.recognition_id IS NOT NULL
                    AND NEW.event IN ('recognised', 'renewed')
                    AND (NEW.valid_until <= later.recognised_on
                         AND until_year <= later.from_year) IS NOT TRUE;

        IF NEW.event = 'recognised' THEN
            IF term.recognition_id IS NOT NULL AND (term.ends_on <= NEW.event_date) IS NOT TRUE THEN
                later := term;
                runs_over := true;
            END IF;

            IF runs_over THEN
                RAISE EXCEPTION USING
                    ERRCODE = 'unique_violation',
                    MESSAGE = pg_catalog.format('unit "%s" is already recognised at tier %s', place.name, NEW.tier),
                    DETAIL = pg_catalog.format('It was recognised on %s by decision %s for %s%s.',
                                    later.recognised_on, coalesce(later.decision, '(not recorded)'), later.from_year,
                                    pg_catalog.concat(', valid until ' || later.valid_until::text)),
                    HINT = CASE WHEN later.valid_until IS NULL
                                THEN 'A unit can be recognised again only after its recognition has been revoked.'
                                ELSE 'To extend its term, use renew().' END;
            END IF;

            NEW.term := (SELECT pg_catalog.count(*) + 1 FROM recognition AS r
                          WHERE r.unit_id = NEW.unit_id AND r.tier = NEW.tier AND r.event = 'recognised');
            not_before := term.to_year;
        ELSE
            renewed := (SELECT pg_catalog.max(r.event_date) FROM effective_recognition AS r
                         WHERE r.unit_id = NEW.unit_id AND r.tier = NEW.tier AND r.event = 'renewed' AND r.term = term.term);
            trouble := CASE
                WHEN term.recognition_id IS NULL
                THEN pg_catalog.format('It was not recognised on %s.', NEW.event_date)
                -- the same lapse once more is for ON CONFLICT in lapse_recognitions
                WHEN NEW.event = 'lapsed' AND term.ended_by = 'lapsed' AND term.ends_on = NEW.event_date AND term.end_id IS NOT NULL
                THEN NULL
                WHEN term.end_id IS NOT NULL
                THEN pg_catalog.format('The recognition of %s %s on %s.', term.recognised_on,
                                       CASE term.ended_by WHEN 'revoked' THEN 'was revoked' ELSE 'lapsed' END, term.ends_on)
                WHEN renewed > NEW.event_date
                THEN pg_catalog.format('It was renewed later, on %s.', renewed)
                WHEN NEW.event = 'lapsed' AND NOT NEW.on_paper AND NEW.event_date IS DISTINCT FROM term.valid_until
                THEN pg_catalog.format('The recognition of %s is valid %s.', term.recognised_on,
                                       coalesce('until ' || term.valid_until::text, 'without end'))
                WHEN NEW.event <> 'lapsed' AND term.valid_until <= NEW.event_date
                THEN pg_catalog.format('The recognition of %s was valid until %s.', term.recognised_on, term.valid_until)
                WHEN runs_over
                THEN pg_catalog.format('It was recognised again on %s.', later.recognised_on)
            END;

            IF trouble IS NOT NULL THEN
                RAISE EXCEPTION USING
                    ERRCODE = 'object_not_in_prerequisite_state',
                    MESSAGE = pg_catalog.format('unit "%s" has no recognition at tier %s to %s', place.name, NEW.tier,
                                     CASE NEW.event WHEN 'renewed' THEN 'renew' WHEN 'lapsed' THEN 'lapse' ELSE 'revoke' END),
                    DETAIL = trouble,
                    HINT = CASE
                        WHEN NEW.event <> 'lapsed' AND term.ended_by = 'lapsed' AND NEW.event_date < term.ends_on
                        THEN pg_catalog.format('If its lapse was recorded too early: SELECT annul_event(%s, …) first.', term.end_id)
                        WHEN NEW.event = 'renewed' AND term.recognition_id IS NOT NULL THEN 'A unit whose term has ended must be recognised again.'
                        ELSE 'See its terms in view recognition_term.' END;
            END IF;

            NEW.term := term.term;
            not_before := term.from_year;

            -- renewing never shortens a term
            IF NEW.event = 'renewed' AND NOT NEW.on_paper AND NEW.valid_until < term.valid_until THEN
                NEW.valid_until := term.valid_until;
            END IF;
        END IF;

        IF NEW.year < not_before OR later.from_year < NEW.year THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation',
                MESSAGE = pg_catalog.format('unit "%s" cannot be %s for %s on %s', place.name, NEW.event, NEW.year, NEW.event_date),
                DETAIL = 'Events that follow each other in time must not go back in years.',
                HINT = 'See its events in table recognition.';
        END IF;
    ELSE
        NEW.term := NULL;
    END IF;

    IF NOT NEW.on_paper THEN
        NEW := judged_event(NEW);
    ELSIF NEW.facts IS NOT NULL THEN
        PERFORM check_event_facts(NEW, (SELECT d.measures FROM dossier AS d WHERE d.unit_id = NEW.unit_id AND d.year = NEW.year));
    END IF;

    RETURN NEW;
END
$$;

COMMENT ON FUNCTION check_recognition() IS
'Trigger: numbers the term; refuses what is on record already and to recognise what is recognised (SQLSTATE 23505), to renew, revoke or lapse what is not (55000), years that go back in time (23514), what lacks unit, year or date (22004) or a decision (22023), and events that are yet to come or count for a year far from their date (22008); unless on paper, lets judged_event() check the event and freeze what it rests on.';

REVOKE EXECUTE ON FUNCTION check_recognition() FROM PUBLIC;

CREATE TRIGGER check_recognition BEFORE INSERT ON recognition
    FOR EACH ROW EXECUTE FUNCTION check_recognition();

CREATE VIEW recognition_status AS
SELECT DISTINCT ON (r.unit_id, r.tier)
       r.unit_id, r.tier,
       CASE WHEN t.lapsed THEN 'lapsed' WHEN r.event = 'renewed' THEN 'recognised' ELSE r.event END AS state,
       CASE WHEN t.lapsed THEN r.valid_until ELSE r.event_date END AS since,
       CASE WHEN t.lapsed THEN extract(year FROM r.valid_until)::integer ELSE r.year END AS year,
       r.decision, r.decision_date, r.id AS recognition_id
  FROM effective_recognition AS r
 CROSS JOIN LATERAL (SELECT coalesce(r.valid_until <= CURRENT_DATE, false) AS lapsed) AS t
 WHERE r.event_date <= CURRENT_DATE
 ORDER BY r.unit_id, r.tier, r.event IN ('recognised', 'renewed', 'lapsed', 'revoked') DESC, r.event_date DESC, r.id DESC;

COMMENT ON VIEW recognition_status IS
'The state in force today, one row for each unit and tier with any event.';
COMMENT ON COLUMN recognition_status.unit_id IS 'The unit.';
COMMENT ON COLUMN recognition_status.tier IS 'The tier.';
COMMENT ON COLUMN recognition_status.state IS 'recognised (also if renewed), revoked or lapsed; only if never recognised, the latest step towards it, e.g. registered.';
COMMENT ON COLUMN recognition_status.since IS 'The day since which it is so; of a renewal, its day.';
COMMENT ON COLUMN recognition_status.year IS 'The year of the programme that the event counts for.';
COMMENT ON COLUMN recognition_status.decision IS 'Decision behind it. NULL = none needed, or not recorded.';
COMMENT ON COLUMN recognition_status.decision_date IS 'Its date. NULL = none needed, or not recorded.';
COMMENT ON COLUMN recognition_status.recognition_id IS 'The event; of a lapse that is not on record, the recognition or renewal that lapsed.';

CREATE FUNCTION recognised_by(year integer, tier text DEFAULT 'standard')
    RETURNS TABLE (unit_id bigint, from_year integer, recognised_on date, decision text, recognition_id bigint)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT t.unit_id, t.from_year, t.recognised_on, t.decision, t.recognition_id
      FROM recognition_term AS t
     WHERE t.tier = recognised_by.tier
       AND t.from_year <= recognised_by.year
       AND (t.to_year IS NULL OR recognised_by.year < t.to_year);
END;

COMMENT ON FUNCTION recognised_by(integer, text) IS
'The units recognised at a tier by the end of a year of the programme, with the year for which, the day on which and the decision by which they were.';

CREATE FUNCTION record_event(
    unit_id         bigint,
    event           text,
    year            integer,
    event_date      date,
    tier            text    DEFAULT 'standard',
    facts           ntm.measures DEFAULT NULL,
    decision        text    DEFAULT NULL,
    decision_date   date    DEFAULT NULL,
    signer          text    DEFAULT NULL,
    note            text    DEFAULT NULL,
    exception_cite  text    DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    event_id bigint;
BEGIN
    IF event NOT IN ('registered', 'self_assessed', 'verified', 'consulted', 'proposed') THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = CASE WHEN EXISTS (SELECT FROM recognition_event AS e WHERE e.event = record_event.event)
                           THEN format('event %s is not recorded in this way', event)
                           ELSE format('there is no event "%s"', event) END,
            DETAIL = 'It is a step towards recognition: registered, self_assessed, verified, consulted or proposed.',
            HINT = 'Decisions are recorded by recognise(), renew() and revoke(), the end of terms by lapse_recognitions().';
    END IF;

    INSERT INTO recognition
           (unit_id, event, tier, year, event_date, facts, decision, decision_date, signer, note, exception_cite, on_paper)
    VALUES (record_event.unit_id, record_event.event, record_event.tier, record_event.year, record_event.event_date,
            record_event.facts, record_event.decision, record_event.decision_date, record_event.signer,
            record_event.note, record_event.exception_cite, false)
    RETURNING id INTO event_id;

    RETURN event_id;
END
$$;

COMMENT ON FUNCTION record_event(bigint, text, integer, date, text, ntm.measures, text, date, text, text, text) IS
'Records a step towards recognition for a year (registered, self_assessed, verified, consulted or proposed) and returns the id of the event. facts: what the event itself gives, e.g. {"households": 76, "households_surveyed": 72, "households_satisfied": 71}. exception_cite: the decision that allows it after its deadline. Refused if the procedure in force on the day wants another step first, has a deadline that has passed, or has conditions that are not met or not known (SQLSTATE 55000, naming each with its article: check_event()), if facts have unknown names (23503) or contradict the dossier (23514), and if it is on record already (23505).';

CREATE FUNCTION recognise(
    unit_id         bigint,
    year            integer,
    decision        text,
    decision_date   date,
    tier            text    DEFAULT 'standard',
    signer          text    DEFAULT NULL,
    facts           ntm.measures DEFAULT NULL,
    exception_cite  text    DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    event_id bigint;
BEGIN
    IF is_blank(decision) OR decision_date IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = 'a recognition needs a decision and its date',
            HINT = 'Give the number of the decision and the date on which it was signed.';
    END IF;

    INSERT INTO recognition
           (unit_id, event, tier, year, event_date, decision, decision_date, signer, facts, exception_cite, on_paper)
    VALUES (recognise.unit_id, 'recognised', recognise.tier, recognise.year, recognise.decision_date,
            recognise.decision, recognise.decision_date, recognise.signer, recognise.facts, recognise.exception_cite, false)
    RETURNING id INTO event_id;

    RETURN event_id;
END
$$;

COMMENT ON FUNCTION recognise(bigint, integer, text, date, text, text, ntm.measures, text) IS
'Recognises a unit for a year by a decision, freezing the scorecard, the dossier and the edition it rests on, and returns the id of the event. Refused unless the assessment of the year under the edition in force is met (SQLSTATE 55000, naming the criteria that are not met or not known) and the procedure in force on the day of the decision is kept: steps, deadline and conditions (55000, naming each with its article; see record_event() for facts and exception_cite), and if it is recognised already (23505).';

CREATE FUNCTION renew(
    unit_id         bigint,
    year            integer,
    decision        text,
    decision_date   date,
    tier            text    DEFAULT 'standard',
    signer          text    DEFAULT NULL,
    facts           ntm.measures DEFAULT NULL,
    exception_cite  text    DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    event_id bigint;
BEGIN
    IF is_blank(decision) OR decision_date IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = 'a renewal needs a decision and its date',
            HINT = 'Give the number of the decision and the date on which it was signed.';
    END IF;

    INSERT INTO recognition
           (unit_id, event, tier, year, event_date, decision, decision_date, signer, facts, exception_cite, on_paper)
    VALUES (renew.unit_id, 'renewed', renew.tier, renew.year, renew.decision_date,
            renew.decision, renew.decision_date, renew.signer, renew.facts, renew.exception_cite, false)
    RETURNING id INTO event_id;

    RETURN event_id;
END
$$;

COMMENT ON FUNCTION renew(bigint, integer, text, date, text, text, ntm.measures, text) IS
'Renews the recognition of a unit, before its term ends, on the assessment of a year, and returns the id of the event. It is then valid for as long as the procedure in force says, from the day of the decision. Refused as recognise() is, and if there is no term to renew on that day (SQLSTATE 55000): who comes late must be recognised again.';

CREATE FUNCTION revoke(
    unit_id         bigint,
    decision        text,
    decision_date   date,
    reason          text    DEFAULT NULL,
    tier            text    DEFAULT 'standard',
    signer          text    DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    event_id bigint;
BEGIN
    IF is_blank(decision) OR decision_date IS NULL OR NOT isfinite(decision_date) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = 'a revocation needs a decision and its date',
            HINT = 'Give the number of the decision and the date on which it was signed.';
    END IF;

    IF is_blank(reason)
       AND EXISTS (SELECT FROM recognition_standing(revoke.decision_date) AS s
                    WHERE s.unit_id = revoke.unit_id AND s.tier = revoke.tier AND NOT s.expired AND s.revocation::boolean IS NOT TRUE) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = 'a revocation needs a reason',
            DETAIL = 'No rule of a procedure under which the recognition is to be revoked is met on that day.',
            HINT = 'Give it. It may be left out where view revocation_due states one.';
    END IF;

    INSERT INTO recognition (unit_id, event, tier, year, event_date, decision, decision_date, signer, note, on_paper)
    VALUES (revoke.unit_id, 'revoked', revoke.tier,
            greatest(extract(year FROM revoke.decision_date)::integer,
                     (SELECT t.from_year FROM recognition_term AS t
                       WHERE t.unit_id = revoke.unit_id AND t.tier = revoke.tier AND t.recognised_on <= revoke.decision_date
                       ORDER BY t.recognised_on DESC
                       LIMIT 1)),
            revoke.decision_date, revoke.decision, revoke.decision_date, revoke.signer, CASE WHEN NOT is_blank(revoke.reason) THEN revoke.reason END, false)
    RETURNING id INTO event_id;

    RETURN event_id;
END
$$;

COMMENT ON FUNCTION revoke(bigint, text, date, text, text, text) IS
'Revokes the recognition of a unit at a tier from the date and year of the decision, and returns the id of the event. The rule of the procedure that is met on that day, judged on the latest dossier under the set in force, is recorded in column rule; the reason may be left out if there is one, and is needed otherwise (SQLSTATE 22023). Refused if the unit is not recognised on that day (55000). A recognition at a higher tier is not touched: see view at_risk.';

CREATE FUNCTION annul_event(
    recognition_id  bigint,
    reason          text,
    event_date      date    DEFAULT NULL,
    decision        text    DEFAULT NULL,
    decision_date   date    DEFAULT NULL,
    signer          text    DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    event_id bigint;
    rewarded text;
    inherited text;
BEGIN
    INSERT INTO recognition (event, annuls_id, note, event_date, decision, decision_date, signer)
    VALUES ('annulled', annul_event.recognition_id, annul_event.reason,
            coalesce(annul_event.event_date,
                     greatest(CURRENT_DATE, (SELECT r.event_date FROM recognition AS r WHERE r.id = annul_event.recognition_id))),
            annul_event.decision, annul_event.decision_date, annul_event.signer)
    RETURNING id INTO event_id;

    -- whoever may record events need not be allowed to read awards
    IF has_table_privilege('award', 'SELECT') AND has_table_privilege('award_standing', 'SELECT') THEN
        SELECT string_agg(a.id::text, ', ' ORDER BY a.id)
          INTO rewarded
          FROM award_standing AS a
         WHERE a.recognition_id = annul_event.recognition_id;
    END IF;

    IF rewarded IS NOT NULL THEN
        RAISE WARNING USING
            MESSAGE = format('awards rest on event %s, which is annulled: %s', annul_event.recognition_id, rewarded),
            HINT = 'Record the event anew as it was right, or cancel them with cancel_award(); check_awards() lists them until then.';
    END IF;

    SELECT string_agg(r.id::text, ', ' ORDER BY r.id)
      INTO inherited
      FROM effective_recognition AS r
     WHERE r.note ~ '^inherited on ' AND annul_event.recognition_id::text = ANY (string_to_array(substring(r.note FROM ' from recognition (.*)$'), ', '));

    IF inherited IS NOT NULL THEN
        RAISE WARNING USING
            MESSAGE = format('recognitions were inherited from event %s, which is annulled: %s', annul_event.recognition_id, inherited),
            HINT = 'They stand until they are annulled too; recognition_after_merger() says what follows now.';
    END IF;

    RETURN event_id;
END
$$;

COMMENT ON FUNCTION annul_event(bigint, text, date, text, date, text) IS
'Annuls an event in the recognition of a unit that was recorded in error, or a decision that was annulled itself, and returns the id of the annulment: from then on it counts as if it had never been, while the ledger keeps both. event_date: the day of the annulment, NULL = today; decision, decision_date and signer of the act behind it, NULL = none needed. Refuses an event that is not there (SQLSTATE 42704), a missing reason (22023), an event that is annulled already (23505), a date before it (23514), and an event on which later ones rest, such as the recognition that a registration led to: they are annulled first (55000). A WARNING names the awards that rest on it, as far as the caller may read them, and the recognitions that merged units inherited from it.';

CREATE FUNCTION lapse_recognitions(on_date date DEFAULT CURRENT_DATE) RETURNS integer
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
DECLARE
    recorded integer;
BEGIN
    -- waits for those who are renewing (lock_decisions), and then sees what they did
    INSERT INTO recognition (unit_id, event, year, event_date) SELECT 0, 'lapsed', 0, CURRENT_DATE WHERE false;

    INSERT INTO recognition (unit_id, event, tier, year, event_date, on_paper)
    SELECT t.unit_id, 'lapsed', t.tier, extract(year FROM t.valid_until)::integer, t.valid_until, false
      FROM recognition_term AS t
     WHERE t.valid_until <= lapse_recognitions.on_date AND t.end_id IS NULL
     ORDER BY t.valid_until, t.unit_id, t.tier
        ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS recorded = ROW_COUNT;

    RETURN recorded;
END
$$;

COMMENT ON FUNCTION lapse_recognitions(date) IS
'Records the lapse of every term that was valid until a day up to on_date and has neither been renewed nor revoked, and returns how many there were. Only for the record: a term ends on its day whether or not its lapse is recorded.';

-- Generated between constants, of which the planner knows the number; the first
-- and the last event are looked up in the index by year.
CREATE VIEW programme_year AS
SELECT y.year
  FROM generate_series(2000, 2100) AS y (year)
 WHERE y.year >= least((SELECT min(dossier.year) FROM dossier),
                       (SELECT r.year FROM effective_recognition AS r
                         WHERE r.event IN ('recognised', 'renewed', 'lapsed', 'revoked')
                         ORDER BY r.year
                         LIMIT 1))
   AND y.year <= greatest((SELECT max(dossier.year) FROM dossier),
                          (SELECT r.year FROM effective_recognition AS r
                            WHERE r.event IN ('recognised', 'renewed', 'lapsed', 'revoked')
                            ORDER BY r.year DESC
                            LIMIT 1));

COMMENT ON VIEW programme_year IS
'The years from the first to the last for which there are facts or recognitions.';
COMMENT ON COLUMN programme_year.year IS 'The year.';
