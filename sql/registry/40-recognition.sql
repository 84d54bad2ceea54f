-- Recognition: events, and the terms and states that follow from them.

CREATE TABLE recognition (
    id              bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unit_id         bigint  NOT NULL REFERENCES unit,
    event           text    NOT NULL CHECK (event IN ('registered', 'recognised', 'revoked')),
    tier            text    NOT NULL DEFAULT 'standard' CHECK (tier IN ('standard', 'advanced', 'model')),
    year            integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
    event_date      date    NOT NULL,
    decision        text    CHECK (decision <> ''),
    decision_date   date,
    signer          text,
    criteria_set_id bigint  REFERENCES criteria_set,
    scorecard       ntm.scorecard,
    note            text,
    term            integer,
    recorded_at     timestamptz NOT NULL DEFAULT now(),
    recorded_by     text    NOT NULL DEFAULT current_user,
    CHECK (scorecard IS NULL OR criteria_set_id IS NOT NULL),
    CONSTRAINT recognition_rests_on_met
        CHECK (event <> 'recognised' OR scorecard IS NULL OR ntm.overall(scorecard)::boolean IS TRUE),
    CONSTRAINT recognition_once_a_term UNIQUE (unit_id, tier, event, term)
);

CREATE UNIQUE INDEX recognition_registered_once ON recognition (unit_id, tier, year) WHERE event = 'registered';
CREATE INDEX recognition_year ON recognition (year) WHERE event <> 'registered';

COMMENT ON TABLE recognition IS
'Events in the recognition of units, append-only. recognise() and revoke() write them; decisions taken before the registry held facts are inserted as they are, with no scorecard.';
COMMENT ON COLUMN recognition.id IS 'Identity and order of recording.';
COMMENT ON COLUMN recognition.unit_id IS 'The unit.';
COMMENT ON COLUMN recognition.event IS 'registered (for a year), recognised or revoked.';
COMMENT ON COLUMN recognition.tier IS 'standard (đạt chuẩn), advanced (nâng cao) or model (kiểu mẫu).';
COMMENT ON COLUMN recognition.year IS 'The year of the programme it counts for: registered for it, recognised for it, or no longer recognised from it on. A decision of January often counts for the year before.';
COMMENT ON COLUMN recognition.event_date IS 'The day on which it took effect.';
COMMENT ON COLUMN recognition.decision IS 'Number of the decision. NULL = none needed, or not recorded.';
COMMENT ON COLUMN recognition.decision_date IS 'Date of the decision. NULL = none needed, or not recorded.';
COMMENT ON COLUMN recognition.signer IS 'Who signed it. NULL = not recorded.';
COMMENT ON COLUMN recognition.criteria_set_id IS 'The edition it rested on. NULL = not known here.';
COMMENT ON COLUMN recognition.scorecard IS 'The verdicts it rested on, frozen. NULL = taken on evidence that this registry does not hold.';
COMMENT ON COLUMN recognition.note IS 'Reason of a revocation, or a remark. NULL = none.';
COMMENT ON COLUMN recognition.term IS 'Which of the unit''s terms at this tier it begins or ends, counted from 1 as recorded; set by the database. NULL for registered.';
COMMENT ON COLUMN recognition.recorded_at IS 'When it was recorded.';
COMMENT ON COLUMN recognition.recorded_by IS 'Who recorded it; the role, unless given.';

CREATE TRIGGER keep_recognitions BEFORE UPDATE OR DELETE OR TRUNCATE ON recognition
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('To end a recognition, use revoke().');

INSERT INTO decision_ledger (ledger) VALUES ('recognition');

CREATE TRIGGER lock_decisions BEFORE INSERT ON recognition
    FOR EACH STATEMENT EXECUTE FUNCTION lock_decisions();

CREATE TRIGGER chain_decisions AFTER INSERT ON recognition
    REFERENCING NEW TABLE AS new_decisions
    FOR EACH STATEMENT EXECUTE FUNCTION chain_decisions();

-- Recognised and revoked alternate in time.  The lock on the unit makes two
-- clerks wait for each other; where that is not enough (repeatable read), the
-- unique term refuses the second of them.  It takes the rights of the owner,
-- see check_reports.
CREATE FUNCTION check_recognition() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path FROM CURRENT
AS $$
DECLARE
    place unit;
    before recognition;
    after recognition;
BEGIN
    SELECT * INTO place FROM unit WHERE unit.id = NEW.unit_id FOR NO KEY UPDATE;

    SELECT * INTO before
      FROM recognition AS r
     WHERE r.unit_id = NEW.unit_id AND r.tier = NEW.tier AND r.event IN ('recognised', 'revoked')
       AND r.event_date <= NEW.event_date
     ORDER BY r.event_date DESC, r.id DESC
     LIMIT 1;

    SELECT * INTO after
      FROM recognition AS r
     WHERE r.unit_id = NEW.unit_id AND r.tier = NEW.tier AND r.event IN ('recognised', 'revoked')
       AND r.event_date > NEW.event_date
     ORDER BY r.event_date, r.id
     LIMIT 1;

    IF NEW.event = 'recognised' AND (before.event = 'recognised' OR after.event = 'recognised') THEN
        IF before.event = 'recognised' THEN
            after := before;
        END IF;
        RAISE EXCEPTION USING
            ERRCODE = 'unique_violation',
            MESSAGE = pg_catalog.format('unit "%s" is already recognised at tier %s', place.name, NEW.tier),
            DETAIL = pg_catalog.format('It was recognised on %s by decision %s for %s.',
                            after.event_date, coalesce(after.decision, '(not recorded)'), after.year),
            HINT = 'A unit can be recognised again only after its recognition has been revoked.';
    END IF;

    IF NEW.event = 'revoked' AND (before.event IS DISTINCT FROM 'recognised' OR after.event = 'revoked') THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = pg_catalog.format('unit "%s" has no recognition at tier %s to revoke', place.name, NEW.tier),
            DETAIL = pg_catalog.format('It was not recognised on %s, or the recognition was revoked later.', NEW.event_date),
            HINT = 'See its events in table recognition.';
    END IF;

    IF before.year > NEW.year OR after.year < NEW.year THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = pg_catalog.format('unit "%s" cannot be %s for %s on %s', place.name, NEW.event, NEW.year, NEW.event_date),
            DETAIL = 'Events that follow each other in time must not go back in years.',
            HINT = 'See its events in table recognition.';
    END IF;

    NEW.term := CASE NEW.event
        WHEN 'recognised' THEN
            (SELECT count(*) + 1 FROM recognition AS r
              WHERE r.unit_id = NEW.unit_id AND r.tier = NEW.tier AND r.event = 'recognised')
        ELSE before.term
    END;

    RETURN NEW;
END
$$;

COMMENT ON FUNCTION check_recognition() IS
'Trigger: numbers the term; refuses to recognise what is recognised (SQLSTATE 23505), to revoke what is not (55000), and years that go back in time (23514).';

REVOKE EXECUTE ON FUNCTION check_recognition() FROM PUBLIC;

CREATE TRIGGER check_recognition BEFORE INSERT ON recognition
    FOR EACH ROW WHEN (NEW.event <> 'registered') EXECUTE FUNCTION check_recognition();

CREATE VIEW recognition_term AS
SELECT b.unit_id, b.tier, b.term, b.year AS from_year, e.year AS to_year,
       b.event_date AS recognised_on, b.decision, b.decision_date, b.signer, b.criteria_set_id, b.scorecard,
       b.id AS recognition_id, e.event_date AS revoked_on, e.decision AS revocation, e.note AS reason, e.id AS revocation_id
  FROM recognition AS b
  LEFT JOIN recognition AS e
    ON e.unit_id = b.unit_id AND e.tier = b.tier AND e.event = 'revoked' AND e.term = b.term
 WHERE b.event = 'recognised';

COMMENT ON VIEW recognition_term IS
'The terms for which units are or were recognised. Recognised at the end of year y means from_year <= y and (to_year IS NULL or y < to_year); there is at most one such term for a unit and tier.';
COMMENT ON COLUMN recognition_term.unit_id IS 'The unit.';
COMMENT ON COLUMN recognition_term.tier IS 'The tier.';
COMMENT ON COLUMN recognition_term.term IS 'Number of the term, counted from 1 as recorded.';
COMMENT ON COLUMN recognition_term.from_year IS 'The year of the programme for which it was recognised.';
COMMENT ON COLUMN recognition_term.to_year IS 'The year from which it is no longer recognised. NULL = still recognised.';
COMMENT ON COLUMN recognition_term.recognised_on IS 'The day on which the term began.';
COMMENT ON COLUMN recognition_term.decision IS 'Decision to recognise. NULL = not recorded.';
COMMENT ON COLUMN recognition_term.decision_date IS 'Its date. NULL = not recorded.';
COMMENT ON COLUMN recognition_term.signer IS 'Who signed it. NULL = not recorded.';
COMMENT ON COLUMN recognition_term.criteria_set_id IS 'The edition it rested on. NULL = not known here.';
COMMENT ON COLUMN recognition_term.scorecard IS 'The verdicts it rested on. NULL = taken on evidence that this registry does not hold.';
COMMENT ON COLUMN recognition_term.recognition_id IS 'The event that began the term.';
COMMENT ON COLUMN recognition_term.revoked_on IS 'The day on which the term ended. NULL = it has not.';
COMMENT ON COLUMN recognition_term.revocation IS 'Decision to revoke. NULL = not revoked, or not recorded.';
COMMENT ON COLUMN recognition_term.reason IS 'Reason of the revocation. NULL = not revoked, or not recorded.';
COMMENT ON COLUMN recognition_term.revocation_id IS 'The event that ended the term. NULL = it has not.';

CREATE VIEW recognition_status AS
SELECT DISTINCT ON (r.unit_id, r.tier)
       r.unit_id, r.tier, r.event AS state, r.event_date AS since, r.year, r.decision, r.decision_date, r.id AS recognition_id
  FROM recognition AS r
 WHERE r.event_date <= CURRENT_DATE
 ORDER BY r.unit_id, r.tier, r.event = 'registered', r.event_date DESC, r.id DESC;

COMMENT ON VIEW recognition_status IS
'The state in force today, one row for each unit and tier with any event.';
COMMENT ON COLUMN recognition_status.unit_id IS 'The unit.';
COMMENT ON COLUMN recognition_status.tier IS 'The tier.';
COMMENT ON COLUMN recognition_status.state IS 'recognised, revoked, or registered (only if never recognised).';
COMMENT ON COLUMN recognition_status.since IS 'The day since which it is so.';
COMMENT ON COLUMN recognition_status.year IS 'The year of the programme that the event counts for.';
COMMENT ON COLUMN recognition_status.decision IS 'Decision behind it. NULL = none needed, or not recorded.';
COMMENT ON COLUMN recognition_status.decision_date IS 'Its date. NULL = none needed, or not recorded.';
COMMENT ON COLUMN recognition_status.recognition_id IS 'The event.';

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

CREATE FUNCTION recognise(
    unit_id         bigint,
    year            integer,
    decision        text,
    decision_date   date,
    tier            text    DEFAULT 'standard',
    signer          text    DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    place unit;
    basis record;
    event_id bigint;
BEGIN
    IF decision IS NULL OR decision = '' OR decision_date IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = 'a recognition needs a decision and its date',
            HINT = 'Give the number of the decision and the date on which it was signed.';
    END IF;

    SELECT * INTO place FROM unit WHERE unit.id = recognise.unit_id;

    IF NOT FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = format('there is no unit with id %s', recognise.unit_id),
            HINT = 'Look for it in table unit.';
    END IF;

    SELECT a.criteria_set_id, a.set_code, a.scorecard, a.verdict, a.missing, a.unknown
      INTO basis
      FROM assessment AS a
     WHERE a.unit_id = recognise.unit_id AND a.year = recognise.year AND a.tier = recognise.tier;

    IF NOT FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format('unit "%s" cannot be recognised for %s: it is not assessed', place.name, recognise.year),
            DETAIL = CASE
                WHEN EXISTS (SELECT FROM dossier AS d WHERE d.unit_id = recognise.unit_id AND d.year = recognise.year)
                THEN format('No criteria set for level %s and tier %s was in force there on 31 December %s.',
                            place.level, recognise.tier, recognise.year)
                ELSE format('There is no report on it for %s.', recognise.year)
            END,
            HINT = CASE
                WHEN recognise.tier NOT IN ('standard', 'advanced', 'model') THEN 'The tiers are standard, advanced and model.'
                WHEN EXISTS (SELECT FROM dossier AS d WHERE d.unit_id = recognise.unit_id AND d.year <= recognise.year)
                THEN 'Insert the missing report, or publish the set that was in force, first.'
                ELSE 'A recognition from before the registry held facts is inserted into table recognition.'
            END;
    END IF;

    IF basis.verdict::boolean IS NOT TRUE THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format('unit "%s" cannot be recognised for %s: it does not meet criteria set "%s"',
                             place.name, recognise.year, basis.set_code),
            DETAIL = format('Criteria not met: %s. Criteria not known: %s.',
                            coalesce(nullif(array_to_string(basis.missing, ', '), ''), 'none'),
                            coalesce(nullif(array_to_string(basis.unknown, ', '), ''), 'none')),
            HINT = format('SELECT * FROM explain(%s, %s) says why.', recognise.unit_id, recognise.year);
    END IF;

    INSERT INTO recognition
           (unit_id, event, tier, year, event_date, decision, decision_date, signer, criteria_set_id, scorecard)
    VALUES (recognise.unit_id, 'recognised', recognise.tier, recognise.year, recognise.decision_date,
            recognise.decision, recognise.decision_date, recognise.signer, basis.criteria_set_id, basis.scorecard)
    RETURNING id INTO event_id;

    RETURN event_id;
END
$$;

COMMENT ON FUNCTION recognise(bigint, integer, text, date, text, text) IS
'Recognises a unit for a year by a decision, freezing the scorecard and the edition it rests on, and returns the id of the event. Refused unless the assessment of the year under the edition in force is met (SQLSTATE 55000, naming the criteria that are not met or not known) and if it is recognised already (23505).';

CREATE FUNCTION revoke(
    unit_id         bigint,
    decision        text,
    decision_date   date,
    reason          text,
    tier            text    DEFAULT 'standard',
    signer          text    DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    event_id bigint;
BEGIN
    IF decision IS NULL OR decision = '' OR decision_date IS NULL OR reason IS NULL OR reason = '' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = 'a revocation needs a decision, its date and a reason',
            HINT = 'Give all three.';
    END IF;

    INSERT INTO recognition (unit_id, event, tier, year, event_date, decision, decision_date, signer, note)
    VALUES (revoke.unit_id, 'revoked', revoke.tier, extract(year FROM revoke.decision_date)::integer,
            revoke.decision_date, revoke.decision, revoke.decision_date, revoke.signer, revoke.reason)
    RETURNING id INTO event_id;

    RETURN event_id;
END
$$;

COMMENT ON FUNCTION revoke(bigint, text, date, text, text, text) IS
'Revokes the recognition of a unit at a tier from the date and year of the decision, and returns the id of the event. Refused if it is not recognised (SQLSTATE 55000).';

-- Generated between constants, of which the planner knows the number.
CREATE VIEW programme_year AS
SELECT y.year
  FROM generate_series(2000, 2100) AS y (year)
 WHERE y.year >= least((SELECT min(dossier.year) FROM dossier),
                       (SELECT min(recognition.year) FROM recognition WHERE recognition.event <> 'registered'))
   AND y.year <= greatest((SELECT max(dossier.year) FROM dossier),
                          (SELECT max(recognition.year) FROM recognition WHERE recognition.event <> 'registered'));

COMMENT ON VIEW programme_year IS
'The years from the first to the last for which there are facts or recognitions.';
COMMENT ON COLUMN programme_year.year IS 'The year.';
