-- Granting: from eligibility to awards, and what they add up to.

CREATE FUNCTION award_policy_in_force(code text, year integer) RETURNS award_policy
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    policy award_policy;
BEGIN
    SELECT p.* INTO policy
      FROM award_policy AS p
     WHERE p.code = award_policy_in_force.code
       AND daterange(p.valid_from, p.valid_to) @> make_date(award_policy_in_force.year, 12, 31);

    IF NOT FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = format('there is no award policy "%s" in force for %s', award_policy_in_force.code, award_policy_in_force.year),
            DETAIL = coalesce((SELECT format('It is in force %s.',
                                             string_agg(format('from %s %s', p.valid_from, coalesce('until the day before ' || p.valid_to, 'on')), ', ' ORDER BY p.valid_from))
                                 FROM award_policy AS p
                                WHERE p.code = award_policy_in_force.code AND p.valid_to IS DISTINCT FROM p.valid_from
                               HAVING count(*) > 0),
                              (SELECT format('In force on 31 December %s: %s.', award_policy_in_force.year, string_agg(p.code, ', ' ORDER BY p.code))
                                 FROM award_policy AS p
                                WHERE daterange(p.valid_from, p.valid_to) @> make_date(award_policy_in_force.year, 12, 31)
                               HAVING count(*) > 0),
                              'No policy was in force on 31 December of that year.'),
            HINT = 'A policy is for the years on whose last day it is in force. See table award_policy.';
    END IF;

    RETURN policy;
END
$$;

COMMENT ON FUNCTION award_policy_in_force(text, integer) IS
'The policy with a code that is in force on 31 December of a year. Refuses a code that is not (SQLSTATE 42704).';

-- What must be so of a decision before anything is granted by it.
CREATE FUNCTION check_award_decision(decision text, decision_date date, year integer) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
BEGIN
    PERFORM check_decision_date(decision, decision_date);
    PERFORM check_rewarded_year(decision, decision_date, year);
    PERFORM refuse_other_time('no award is granted');
END
$$;

COMMENT ON FUNCTION check_award_decision(text, date, integer) IS
'Refuses a decision dated in time to come, or about a year more than one after it (SQLSTATE 22008), and to grant in a session that asks as of another time (55000).';

CREATE FUNCTION award_decision(policy_id bigint, year integer, decision text, decision_date date,
                               OUT has_budget boolean, OUT budget numeric, OUT granted numeric)
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    other_spelling text;
    other_date date;
BEGIN
    -- the same number in other letters would have a budget of its own
    SELECT min(on_record.decision) INTO other_spelling
      FROM (SELECT b.decision FROM award_budget AS b WHERE b.policy_id = award_decision.policy_id AND b.year = award_decision.year
             UNION
            SELECT a.decision
              FROM award AS a
             WHERE a.policy_id = award_decision.policy_id AND a.year = award_decision.year AND a.event = 'granted') AS on_record
     WHERE on_record.decision <> award_decision.decision
       AND replace(plain_name(on_record.decision), ' ', '') = replace(plain_name(award_decision.decision), ' ', '');

    IF other_spelling IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('decision %s is on record as %s', award_decision.decision, other_spelling),
            DETAIL = 'The two differ in blanks, capitals or diacritics only. Each would have a budget of its own.',
            HINT = format('Give the decision as %s.', other_spelling);
    END IF;

    -- a decision that granted nothing may have been told with a wrong date
    SELECT min(a.decision_date) INTO other_date
      FROM award AS a
     WHERE a.policy_id = award_decision.policy_id AND a.year = award_decision.year AND a.decision = award_decision.decision
       AND a.event = 'granted' AND a.decision_date <> award_decision.decision_date;

    IF other_date IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('decision %s is on record with another date', award_decision.decision),
            DETAIL = format('It granted awards on %s.', other_date),
            HINT = 'Correct the date, or give the number of the other decision.';
    END IF;

    SELECT count(*) > 0, min(b.budget) INTO has_budget, budget
      FROM award_budget_left AS b
     WHERE b.policy_id = award_decision.policy_id AND b.year = award_decision.year AND b.decision = award_decision.decision
       AND b.decision_date = award_decision.decision_date;

    SELECT coalesce(sum(a.amount), 0) INTO granted
      FROM award AS a
      LEFT JOIN award AS c ON c.cancels_id = a.id
     WHERE a.policy_id = award_decision.policy_id AND a.year = award_decision.year AND a.decision = award_decision.decision
       AND a.event = 'granted' AND c.grant_again IS NOT TRUE;
END
$$;

COMMENT ON FUNCTION award_decision(bigint, integer, text, date) IS
'What is on record of a decision of a date under a policy for a year: whether grant_awards() was told its budget, the budget (NULL = without limit, or not told), and what it granted, case by case or not, in đồng. Refuses a number that is on record in other blanks, capitals or diacritics, and another date than that on which it granted awards (SQLSTATE 22023).';

-- Compiling the views' expressions takes longer than what it saves, while others
-- wait.  One clerk grants at a time: what the others see then includes it.  An insert
-- of nothing takes the head of the chain (18-ledger.sql), as every insert does
-- first, so that nobody waits for the head with another lock in hand.
CREATE FUNCTION grant_eligible(
    year            integer,
    policy          text,
    budget          numeric,
    decision        text,
    decision_date   date,
    signer          text,
    unit_ids        bigint[]) RETURNS integer
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
    SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    chosen_policy award_policy;
    known record;
    left_over numeric;
    considered award_eligibility[];
    candidates award_eligibility[];
    granted integer[] := '{}';
    unranked text;
    strange text;
    refused record;
    late record;
BEGIN
    IF year IS NULL OR policy IS NULL OR is_blank(decision) OR decision_date IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = 'granting awards needs a year, a policy, a decision and its date',
            HINT = 'Give the number of the decision and the date on which it was signed.';
    END IF;

    -- NaN is greater than every number
    IF budget < 0 OR budget >= 1e18 OR budget <> trunc(budget) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('%s is no budget', budget),
            HINT = 'Give whole đồng, or NULL if there is no limit.';
    END IF;

    PERFORM check_award_decision(decision, decision_date, year);

    SELECT string_agg(coalesce(named.id::text, 'NULL'), ', ' ORDER BY named.id) INTO strange
      FROM unnest(unit_ids) AS named (id)
     WHERE NOT EXISTS (SELECT FROM unit AS u WHERE u.id = named.id);

    IF strange IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = format('there is no unit with id %s', strange),
            HINT = 'Look for the units in view place.';
    END IF;

    INSERT INTO award (unit_id) SELECT NULL::bigint WHERE false;

    chosen_policy := award_policy_in_force(policy, year);
    known := award_decision(chosen_policy.id, year, decision, decision_date);
    left_over := budget - known.granted;

    IF left_over < 0 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format('decision %s has granted more than %s đồng already', grant_eligible.decision, budget),
            DETAIL = format('It granted %s đồng under policy "%s" for %s.', known.granted, chosen_policy.code, grant_eligible.year),
            HINT = 'The budget is for all that the decision grants under the policy for the year, not for what it grants in addition.';
    END IF;

    SELECT array_agg(e ORDER BY e.rank, e.unit_id, e.tier) INTO considered
      FROM award_eligibility AS e
     WHERE e.year = grant_eligible.year AND e.policy_id = chosen_policy.id;

    IF considered IS NULL THEN
        RAISE NOTICE USING
            MESSAGE = format('award policy "%s" considers no unit for %s', chosen_policy.code, grant_eligible.year),
            DETAIL = CASE chosen_policy.candidates
                WHEN 'ranked' THEN coalesce((SELECT format('It considers those in ranking "%s"; there are: %s.', chosen_policy.ranking,
                                                           string_agg(format('"%s" of %s', r.ranking, r.year), ', ' ORDER BY r.ranking, r.year))
                                               FROM (SELECT DISTINCT x.ranking, x.year FROM award_rank AS x) AS r
                                             HAVING count(*) > 0),
                                            format('It considers those in ranking "%s"; there are no rankings.', chosen_policy.ranking))
                WHEN 'all' THEN format('There is no unit of level %s where it is in force.', chosen_policy.level)
                ELSE format('No unit of level %s is recognised at %s by the end of the year where it is in force.', chosen_policy.level,
                            coalesce('tier ' || chosen_policy.tier, 'any tier'))
            END,
            HINT = 'Check the policy and the year.';
    END IF;

    -- what is named must be there to be granted, or be granted by this decision
    SELECT named.id, u.name, e.state, e.reason INTO refused
      FROM unnest(unit_ids) AS named (id)
      JOIN unit AS u ON u.id = named.id
      LEFT JOIN unnest(considered) AS e ON e.unit_id = named.id
     WHERE NOT EXISTS (SELECT
                         FROM unnest(considered) AS x
                         LEFT JOIN award AS a ON a.id = x.award_id
                        WHERE x.unit_id = named.id
                          AND (x.state IN ('eligible', 'budget_exhausted')
                               OR x.state = 'granted' AND a.decision = grant_eligible.decision))
     ORDER BY named.id, e.tier
     LIMIT 1;

    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format('unit "%s" is not eligible under policy "%s" for %s', refused.name, chosen_policy.code, grant_eligible.year),
            DETAIL = CASE WHEN refused.state IS NULL THEN 'The policy does not consider it: it is not recognised or ranked, of another level or tier, or lies elsewhere.'
                          ELSE format('Its state is %s: %s.', refused.state, refused.reason) END,
            HINT = 'Leave it out, or mend what is missing first; see view award_eligibility.';
    END IF;

    -- what a decision of that day cannot grant takes nothing of its money
    SELECT count(*) AS units,
           string_agg(format('%s (%s)', e.name,
                             CASE WHEN e.grantable_to <= grant_eligible.decision_date THEN format('its recognition was revoked on %s', e.grantable_to)
                                  WHEN r.event_date > grant_eligible.decision_date AND chosen_policy.candidates = 'recognised' THEN format('recognised on %s', r.event_date)
                                  ELSE format('the award before was cancelled on %s', e.grantable_from) END),
                      ', ' ORDER BY e.place) FILTER (WHERE e.place <= 10) AS names
      INTO late
      FROM (SELECT x.*, row_number() OVER (ORDER BY x.rank) AS place
              FROM unnest(considered) AS x
             WHERE x.state IN ('eligible', 'budget_exhausted')
               AND (unit_ids IS NULL OR x.unit_id = ANY (unit_ids))
               AND (x.grantable_from > grant_eligible.decision_date OR x.grantable_to <= grant_eligible.decision_date)) AS e
      LEFT JOIN recognition AS r ON r.id = e.recognition_id;

    IF late.units > 0 THEN
        RAISE WARNING USING
            MESSAGE = format('decision %s of %s leaves out units that it cannot reward: %s', grant_eligible.decision, grant_eligible.decision_date, late.units),
            DETAIL = format('%s%s.', late.names, CASE WHEN late.units > 10 THEN ' and others' ELSE '' END),
            HINT = 'They stay eligible for a decision of another day; check the dates.';
    END IF;

    SELECT array_agg(e ORDER BY e.rank) INTO candidates
      FROM unnest(considered) AS e
     WHERE e.state IN ('eligible', 'budget_exhausted')
       AND (unit_ids IS NULL OR e.unit_id = ANY (unit_ids))
       AND coalesce(e.grantable_from <= grant_eligible.decision_date, true)
       AND coalesce(grant_eligible.decision_date < e.grantable_to, true);

    SELECT string_agg(c.name, ', ' ORDER BY c.rank) INTO unranked FROM unnest(candidates) AS c WHERE NOT c.rank_known;

    IF unranked IS NOT NULL AND left_over < (SELECT sum(c.amount) FROM unnest(candidates) AS c) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format('the budget does not reach, and who comes first under policy "%s" is not known', chosen_policy.code),
            DETAIL = format('The facts to sort by (%s) are not known for: %s.',
                            (SELECT string_agg(p.fact, ', ' ORDER BY p.position)
                               FROM award_priority AS p
                              WHERE p.policy_id = chosen_policy.id
                                AND EXISTS (SELECT FROM unnest(candidates) AS c WHERE coalesce(c.facts::jsonb -> p.fact, 'null') = 'null')),
                            unranked),
            HINT = 'Report the missing facts first.';
    END IF;

    FOR place IN 1 .. coalesce(cardinality(candidates), 0)
    LOOP
        IF left_over IS NULL OR candidates[place].amount <= left_over THEN
            granted := granted || place;
            left_over := left_over - candidates[place].amount;
        ELSE
            EXIT WHEN NOT chosen_policy.overtaking;
        END IF;
    END LOOP;

    -- nothing new is recorded where nothing is new
    IF NOT known.has_budget AND (candidates IS NOT NULL OR considered IS NOT NULL AND budget IS NOT NULL) OR known.has_budget AND known.budget IS DISTINCT FROM grant_eligible.budget THEN
        INSERT INTO award_budget (policy_id, year, decision, decision_date, budget)
        VALUES (chosen_policy.id, grant_eligible.year, grant_eligible.decision, grant_eligible.decision_date, grant_eligible.budget);
    END IF;

    INSERT INTO award (unit_id, tier, year, policy_id, policy_code, amount, parts, decision, decision_date, signer,
                       recognition_id, lines, classes, parent_classes, facts)
    SELECT g.unit_id, g.tier, g.year, g.policy_id, g.policy_code, g.amount, g.parts,
           grant_eligible.decision, grant_eligible.decision_date, grant_eligible.signer,
           g.recognition_id, g.lines, g.classes, g.parent_classes, g.facts
      FROM unnest(candidates) WITH ORDINALITY AS g
     WHERE g.ordinality = ANY (granted)
     ORDER BY g.ordinality;

    IF chosen_policy.status = 'illustrative' AND cardinality(granted) > 0 THEN
        RAISE NOTICE USING
            MESSAGE = format('award policy "%s" is illustrative', chosen_policy.code),
            DETAIL = 'It was invented for a demonstration. Nobody can claim an award under it.',
            HINT = 'View award_given says so of every award in column status.';
    END IF;

    RETURN cardinality(granted);
END
$$;

COMMENT ON FUNCTION grant_eligible(integer, text, numeric, text, date, text, bigint[]) IS
'What grant_awards() does, and grant_awards_to() for the units in unit_ids; NULL = all. They say what it refuses.';

CREATE FUNCTION grant_awards(
    year            integer,
    policy          text,
    budget          numeric,
    decision        text,
    decision_date   date,
    signer          text    DEFAULT NULL) RETURNS integer
    LANGUAGE sql
BEGIN ATOMIC
    SELECT grant_eligible(grant_awards.year, grant_awards.policy, grant_awards.budget, grant_awards.decision,
                          grant_awards.decision_date, grant_awards.signer, NULL);
END;

COMMENT ON FUNCTION grant_awards(integer, text, numeric, text, date, text) IS
'Grants the awards of a year under a policy by a decision to those eligible, in the policy''s order of priority as long as the budget (in đồng; NULL = without limit) reaches, whole awards only, and returns how many are new. Whoever does not fit stays eligible, with state budget_exhausted. The budget is for all that the decision grants under the policy for the year: run again it grants nothing more, unless more are eligible or the budget is larger. Units that were not recognised yet on the day of the decision (under a policy for those recognised), whose recognition had been revoked by then, or whose award was cancelled after it, are left out, cost nothing, stay eligible for another decision, and are named by a WARNING. A NOTICE says when the policy considers no unit at all. Refuses a missing decision or date, a budget that is not in whole đồng, another date or spelling for a decision that is on record (SQLSTATE 22023), a decision dated in time to come or about a year more than one after it (22008), a policy that is not in force (42704), a budget smaller than what the decision has granted (23514), and to choose where money runs short and the facts to sort by are not known, or in a session that asks as of another time (55000).';

-- A list that found nobody must not come to mean everybody.
CREATE FUNCTION grant_awards_to(
    unit_ids        bigint[],
    year            integer,
    policy          text,
    budget          numeric,
    decision        text,
    decision_date   date,
    signer          text    DEFAULT NULL) RETURNS integer
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
BEGIN
    IF coalesce(cardinality(unit_ids), 0) = 0 OR array_position(unit_ids, NULL) IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'null_value_not_allowed',
            MESSAGE = 'the decision names no unit, or one that was not found',
            DETAIL = format('Given was %s.', coalesce(unit_ids::text, 'NULL')),
            HINT = 'units_called(ARRAY[''…'']) looks units up by their names and says which one there is not.';
    END IF;

    RETURN grant_eligible(grant_awards_to.year, grant_awards_to.policy, grant_awards_to.budget, grant_awards_to.decision,
                          grant_awards_to.decision_date, grant_awards_to.signer, grant_awards_to.unit_ids);
END
$$;

COMMENT ON FUNCTION grant_awards_to(bigint[], integer, text, numeric, text, date, text) IS
'As grant_awards(), but to the units that the decision names, and to no others: units_called() gives their ids. One that is neither eligible nor granted by this decision already is refused with its state and reason (SQLSTATE 55000), an unknown one too (42704), and a list that is NULL, empty or has a NULL in it (22004).';

CREATE FUNCTION grant_award(
    unit_id         bigint,
    year            integer,
    policy          text,
    amounts         jsonb,
    decision        text,
    decision_date   date,
    cite            text,
    tier            text    DEFAULT 'standard',
    signer          text    DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
    SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    chosen_policy award_policy;
    place unit;
    due award_eligibility;
    rival award_eligibility;
    known record;
    parts jsonb;
    total numeric;
    award_id bigint;
BEGIN
    IF num_nulls(unit_id, year, policy) > 0 OR is_blank(decision) OR decision_date IS NULL OR is_blank(cite) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = 'an award decided case by case needs a unit, a year and a policy, and a decision, its date and the grounds',
            HINT = 'Give them all; the grounds as cite.';
    END IF;

    PERFORM check_award_decision(decision, decision_date, year);

    -- takes the head of the chain, as in grant_awards()
    INSERT INTO award (unit_id) SELECT NULL::bigint WHERE false;

    chosen_policy := award_policy_in_force(policy, year);
    known := award_decision(chosen_policy.id, year, decision, decision_date);

    SELECT * INTO place FROM unit WHERE unit.id = grant_award.unit_id;

    SELECT * INTO due
      FROM award_eligibility AS e
     WHERE e.unit_id = grant_award.unit_id AND e.year = grant_award.year AND e.policy_id = chosen_policy.id AND e.tier = grant_award.tier;

    IF due.state IS DISTINCT FROM 'by_hand' THEN
        RAISE EXCEPTION USING
            ERRCODE = CASE WHEN due.state IN ('granted', 'declined') THEN 'unique_violation' ELSE 'object_not_in_prerequisite_state' END,
            MESSAGE = format('the award to unit "%s" under policy "%s" for %s is not to be decided case by case',
                             coalesce(place.name, grant_award.unit_id::text), chosen_policy.code, grant_award.year),
            DETAIL = CASE WHEN due.state IS NULL THEN 'The policy does not consider the unit for that year and tier.'
                          ELSE format('Its state is %s: %s.', due.state, due.reason) END,
            HINT = 'See view award_eligibility; what the policy lays down is granted by grant_awards().';
    END IF;

    IF amounts IS NULL OR jsonb_typeof(amounts) <> 'object'
       OR ARRAY(SELECT jsonb_object_keys(CASE jsonb_typeof(amounts) WHEN 'object' THEN amounts ELSE '{}' END) ORDER BY 1) <> due.open_parts
       OR EXISTS (SELECT FROM jsonb_each(CASE jsonb_typeof(amounts) WHEN 'object' THEN amounts ELSE '{}' END) AS a
                   WHERE CASE jsonb_typeof(a.value) WHEN 'number' THEN a.value::numeric < 0 OR a.value::numeric >= 1e18 OR a.value::numeric <> trunc(a.value::numeric) ELSE true END) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = 'the amounts must be those of the parts that are decided case by case',
            DETAIL = format('Given were %s; to be decided: %s.', coalesce(amounts::text, 'none'), array_to_string(due.open_parts, ', ')),
            HINT = format('Give whole đồng below 10^18, for example {"%s": 100000000}; 0 to give nothing.', due.open_parts[1]);
    END IF;

    parts := coalesce(due.parts, '{}') || amounts;
    total := award_parts_total(parts);

    IF total >= 1e18 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('%s is no amount of an award', total),
            DETAIL = 'It is what the parts add up to.',
            HINT = 'Give whole đồng below 10^18.';
    END IF;

    IF due.grantable_from > grant_award.decision_date OR due.grantable_to <= grant_award.decision_date THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format('decision %s of %s cannot reward unit "%s" for %s', grant_award.decision, grant_award.decision_date, place.name, grant_award.year),
            DETAIL = CASE WHEN due.grantable_from > grant_award.decision_date
                          THEN format('It was recognised, or its award before was cancelled, on %s.', due.grantable_from)
                          ELSE format('Its recognition was revoked on %s.', due.grantable_to) END,
            HINT = 'Check the dates.';
    END IF;

    -- under "highest" a smaller amount would take the larger one away; nothing does not
    IF chosen_policy.hit_policy = 'highest' AND total > 0 THEN
        SELECT * INTO rival
          FROM award_eligibility AS e
         WHERE e.unit_id = due.unit_id AND e.year = due.year AND e.tier = due.tier AND e.policy_id <> due.policy_id
           -- at_most NULL = without limit; of what is decided case by case the other parts are sure
           AND CASE e.state WHEN 'eligible' THEN e.at_most > total
                            WHEN 'budget_exhausted' THEN e.at_most > total
                            WHEN 'not_known' THEN coalesce(e.at_most > total, true)
                            WHEN 'by_hand' THEN coalesce(award_parts_total(e.parts) > total, false)
                            ELSE false END
         ORDER BY e.at_most DESC NULLS FIRST
         LIMIT 1;

        IF FOUND THEN
            RAISE EXCEPTION USING
                ERRCODE = 'object_not_in_prerequisite_state',
                MESSAGE = format('policy "%s" may give unit "%s" more than %s đồng for %s', rival.policy_code, place.name, total, due.year),
                DETAIL = format('It gives %s, and of both the highest is due.',
                                CASE WHEN rival.state = 'by_hand' THEN format('%s đồng and more', award_parts_total(rival.parts))
                                     ELSE coalesce(format('up to %s đồng', nullif(rival.at_most::text, '')), 'any amount') END),
                HINT = 'Give at least as much, or give 0 to decline: then the other policy decides.';
        END IF;
    END IF;

    IF total > known.budget - known.granted THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format('decision %s has only %s đồng left', grant_award.decision, known.budget - known.granted),
            DETAIL = format('It has granted %s of %s đồng under policy "%s" for %s.', known.granted, known.budget, chosen_policy.code, grant_award.year),
            HINT = 'Raise its budget first: call grant_awards() with the larger one.';
    END IF;

    INSERT INTO award (unit_id, tier, year, policy_id, policy_code, amount, parts, decision, decision_date, signer,
                       recognition_id, lines, classes, parent_classes, facts, cite)
    VALUES (due.unit_id, due.tier, due.year, due.policy_id, due.policy_code, total, parts,
            grant_award.decision, grant_award.decision_date, grant_award.signer,
            due.recognition_id, due.lines, due.classes, due.parent_classes, due.facts, grant_award.cite)
    RETURNING id INTO award_id;

    RETURN award_id;
END
$$;

COMMENT ON FUNCTION grant_award(bigint, integer, text, jsonb, text, date, text, text, text) IS
'Grants an award that the policy leaves to be decided case by case (state by_hand), and returns its id. amounts: the amount in đồng of each such part, e.g. {"award": 300000000}, all 0 = the award is declined; cite: the grounds. Refuses a missing decision, date or cite, another date for a decision on record, and amounts of other parts, not in whole đồng or 10^18 and more (SQLSTATE 22023), a decision dated in time to come or about a year more than one after it (22008), more than what is left of the budget of its decision, a unit that on that day was not recognised, had ended or still had its award before (23514), an award that is not to be decided so, less than another policy may give where the highest is due, or a session that asks as of another time (55000), an award that is granted or declined already (23505), and a policy that is not in force (42704).';

CREATE FUNCTION cancel_award(
    award_id        bigint,
    decision        text,
    decision_date   date,
    reason          text,
    signer          text    DEFAULT NULL,
    grant_again     boolean DEFAULT false) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
DECLARE
    event_id bigint;
BEGIN
    IF is_blank(decision) OR decision_date IS NULL OR is_blank(reason) OR grant_again IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = 'cancelling an award needs a decision, its date and a reason',
            HINT = 'Give all three; grant_again is true or false.';
    END IF;

    IF award_id IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = 'there is no award without an id',
            HINT = 'Look for it in table award.';
    END IF;

    INSERT INTO award (event, cancels_id, decision, decision_date, signer, note, grant_again)
    VALUES ('cancelled', cancel_award.award_id, cancel_award.decision, cancel_award.decision_date, cancel_award.signer,
            cancel_award.reason, cancel_award.grant_again)
    RETURNING id INTO event_id;

    RETURN event_id;
END
$$;

COMMENT ON FUNCTION cancel_award(bigint, text, date, text, text, boolean) IS
'Cancels an award by a decision, or records that it was recovered, and returns the id of the event. From then on the unit is not eligible under the policy for that year and tier, and the money stays spent; with grant_again, for what was granted in error, it is eligible again and the money is back in the budget. If it was the cancellation that was an error, insert the award as it stands on paper, without policy_id. Refuses a missing decision, date or reason (SQLSTATE 22023), a date in time to come (22008), an award that is not there (42704) or cancelled already (55000), and a date before the award (23514).';

CREATE VIEW award_given AS
SELECT a.id AS award_id, a.unit_id, a.tier, a.year, a.policy_id, a.policy_code, coalesce(p.resolution, a.policy_code) AS resolution,
       coalesce(p.status, 'on paper') AS status, part.key AS part, part.value::numeric AS amount,
       a.decision, a.decision_date, a.signer, a.cite,
       c.id IS NOT NULL AS is_cancelled, c.decision AS cancelled_by, c.decision_date AS cancelled_on, c.note AS cancelled_why
  FROM award AS a
  LEFT JOIN award_policy AS p ON p.id = a.policy_id
  LEFT JOIN award AS c ON c.cancels_id = a.id
 CROSS JOIN LATERAL jsonb_each_text(a.parts) AS part
 WHERE a.event = 'granted';

COMMENT ON VIEW award_given IS
'The awards granted, a row for each part. Those that are not cancelled amount, policy by policy and year by year, to what award_total says is granted; besides these it has what was granted under policies that are not in this registry.';
COMMENT ON COLUMN award_given.award_id IS 'The award.';
COMMENT ON COLUMN award_given.unit_id IS 'The unit.';
COMMENT ON COLUMN award_given.tier IS 'The tier that is rewarded.';
COMMENT ON COLUMN award_given.year IS 'The year that is rewarded.';
COMMENT ON COLUMN award_given.policy_id IS 'The policy. NULL = one that is not in this registry.';
COMMENT ON COLUMN award_given.policy_code IS 'Its code, or what it is called.';
COMMENT ON COLUMN award_given.resolution IS 'The resolution it is laid down in.';
COMMENT ON COLUMN award_given.status IS 'sourced, unverified or illustrative (nobody can claim it), as the policy is; on paper: the policy is not in this registry.';
COMMENT ON COLUMN award_given.part IS 'Part of the award.';
COMMENT ON COLUMN award_given.amount IS 'Amount of the part in đồng. 0 in every part = declined: decided case by case to give nothing.';
COMMENT ON COLUMN award_given.decision IS 'Number of the decision.';
COMMENT ON COLUMN award_given.decision_date IS 'Its date.';
COMMENT ON COLUMN award_given.signer IS 'Who signed it. NULL = not recorded.';
COMMENT ON COLUMN award_given.cite IS 'Grounds of what was decided case by case. NULL = nothing was.';
COMMENT ON COLUMN award_given.is_cancelled IS 'Whether it was cancelled later.';
COMMENT ON COLUMN award_given.cancelled_by IS 'The decision that cancelled it. NULL = it was not.';
COMMENT ON COLUMN award_given.cancelled_on IS 'Its date. NULL = it was not.';
COMMENT ON COLUMN award_given.cancelled_why IS 'The reason. NULL = it was not.';

CREATE VIEW award_total AS
WITH eligibility AS (
    SELECT e.policy_id, e.policy_code, e.resolution, e.status, e.year, place.id AS place_id, e.state, e.amount
      FROM award_eligibility AS e
     CROSS JOIN LATERAL (SELECT NULL::bigint
                          UNION ALL
                         SELECT label::bigint FROM unnest(string_to_array(e.path::text, '.')) AS label WHERE label::bigint <> e.unit_id) AS place (id)
), counted AS (
    SELECT e.policy_id, e.policy_code, e.resolution, e.status, e.year, e.place_id,
           count(*) AS considered,
           count(*) FILTER (WHERE e.state = 'granted') AS granted,
           count(*) FILTER (WHERE e.state = 'declined') AS declined,
           coalesce(sum(e.amount) FILTER (WHERE e.state = 'granted'), 0) AS granted_amount,
           count(*) FILTER (WHERE e.state IN ('eligible', 'budget_exhausted')) AS eligible,
           coalesce(sum(e.amount) FILTER (WHERE e.state IN ('eligible', 'budget_exhausted')), 0) AS eligible_amount,
           count(*) FILTER (WHERE e.state = 'budget_exhausted') AS budget_exhausted,
           count(*) FILTER (WHERE e.state = 'by_hand') AS by_hand,
           count(*) FILTER (WHERE e.state = 'outside_quota') AS outside_quota,
           count(*) FILTER (WHERE e.state = 'not_known') AS not_known,
           count(*) FILTER (WHERE e.state = 'not_eligible') AS not_eligible
      FROM eligibility AS e
     GROUP BY e.policy_id, e.policy_code, e.resolution, e.status, e.year, e.place_id
)
SELECT c.*, b.budget, b.budget_left
  FROM counted AS c
  LEFT JOIN LATERAL (SELECT CASE WHEN bool_and(x.budget IS NOT NULL) THEN sum(x.budget) END,
                            CASE WHEN bool_and(x.budget IS NOT NULL) THEN sum(x.budget_left) END
                       FROM award_budget_left AS x
                      WHERE x.policy_id = c.policy_id AND x.year = c.year AND c.place_id IS NULL) AS b (budget, budget_left) ON true;

COMMENT ON VIEW award_total IS
'What a policy gives in a year, over all (place_id NULL) and in each unit above those considered. The states of award_eligibility add up to considered.';
COMMENT ON COLUMN award_total.policy_id IS 'The policy.';
COMMENT ON COLUMN award_total.policy_code IS 'Its code.';
COMMENT ON COLUMN award_total.resolution IS 'The resolution it is laid down in.';
COMMENT ON COLUMN award_total.status IS 'sourced, unverified or illustrative (nobody can claim it).';
COMMENT ON COLUMN award_total.year IS 'The year.';
COMMENT ON COLUMN award_total.place_id IS 'The unit within which it is counted. NULL = over all.';
COMMENT ON COLUMN award_total.considered IS 'How many units the policy considers: rows of award_eligibility.';
COMMENT ON COLUMN award_total.granted IS 'How many awards are granted.';
COMMENT ON COLUMN award_total.declined IS 'How many were decided case by case to give nothing.';
COMMENT ON COLUMN award_total.granted_amount IS 'What they amount to, in đồng.';
COMMENT ON COLUMN award_total.eligible IS 'How many units are eligible and not granted yet, those for which the budget did not reach included.';
COMMENT ON COLUMN award_total.eligible_amount IS 'What their awards would amount to, in đồng.';
COMMENT ON COLUMN award_total.budget_exhausted IS 'For how many of them the budget did not reach.';
COMMENT ON COLUMN award_total.by_hand IS 'How many awards are to be decided case by case.';
COMMENT ON COLUMN award_total.outside_quota IS 'How many units are outside the quota.';
COMMENT ON COLUMN award_total.not_known IS 'Of how many units it is not known yet.';
COMMENT ON COLUMN award_total.not_eligible IS 'How many units are not eligible.';
COMMENT ON COLUMN award_total.budget IS 'Money of all decisions so far, in đồng. NULL = one had no limit, none was taken, or only a part of the units is counted.';
COMMENT ON COLUMN award_total.budget_left IS 'What is left of it. NULL = as budget.';

CREATE FUNCTION check_awards()
    RETURNS TABLE (award_id bigint, problem text)
    LANGUAGE sql STABLE
    SET jit = off
BEGIN ATOMIC
    SELECT a.id, format('The parts amount to %s, not %s.', award_parts_total(a.parts), a.amount)
      FROM award AS a
     WHERE a.amount IS DISTINCT FROM award_parts_total(a.parts)
     UNION ALL
    SELECT a.id, 'The facts it rested on do not meet the clauses of the policy.'
      FROM award AS a
      JOIN award_policy AS p ON p.id = a.policy_id
     WHERE a.event = 'granted' AND a.facts IS NOT NULL
       AND ntm.overall(ntm.assess(a.facts, p.ruleset, a.classes))::boolean IS NOT TRUE
     UNION ALL
    SELECT a.id, format('Under the policy the facts it rested on give %s đồng for part %s, not %s.',
                        coalesce(side.due::text, 'no'), side.part, coalesce(side.paid::text, 'none'))
      FROM award AS a
      JOIN (SELECT x.policy_id, array_agg(x ORDER BY x.position) AS amounts FROM award_amount AS x GROUP BY x.policy_id) AS policy
        ON policy.policy_id = a.policy_id
     CROSS JOIN LATERAL (SELECT coalesce(line.part, paid.key) AS part, line.amount AS due, paid.value::numeric AS paid,
                                line.part IS NOT NULL AND line.amount IS NULL AS by_hand
                           FROM (SELECT l.part, l.amount
                                   FROM award_lines(policy.amounts, a.facts, a.classes, a.parent_classes) AS l
                                  WHERE l.is_met) AS line
                           FULL JOIN (SELECT part.key, part.value FROM jsonb_each_text(a.parts) AS part) AS paid ON paid.key = line.part) AS side
     WHERE a.event = 'granted' AND a.facts IS NOT NULL
       AND NOT side.by_hand
       AND side.due IS DISTINCT FROM side.paid
     UNION ALL
    SELECT a.id, format('It is granted twice: see award %s.', other.id)
      FROM award_standing AS a
      JOIN award_standing AS other
        ON other.unit_id = a.unit_id AND other.policy_code = a.policy_code AND other.year = a.year AND other.tier = a.tier AND other.id < a.id
     UNION ALL
    SELECT a.id, format('Award %s excludes it: both are for the same unit, year and tier, and policies %s and %s are not summed.',
                        other.id, other.policy_code, a.policy_code)
      FROM award_standing AS a
      JOIN award_standing AS other
        ON other.unit_id = a.unit_id AND other.year = a.year AND other.tier = a.tier AND other.id < a.id
       AND other.policy_code <> a.policy_code AND other.amount > 0
      JOIN award_standing_under AS p ON p.award_id = a.id
      JOIN award_standing_under AS q ON q.award_id = other.id
     WHERE a.amount > 0 AND (p.hit_policy <> 'sum' OR q.hit_policy <> 'sum')
     UNION ALL
    SELECT a.id, format('It is on paper, after award %s under the same policy for the year was cancelled for good.', lost.id)
      FROM award_standing AS a
      JOIN award AS lost ON lost.unit_id = a.unit_id AND lost.policy_code = a.policy_code AND lost.year = a.year AND lost.tier = a.tier AND lost.id < a.id
      JOIN award AS c ON c.cancels_id = lost.id AND NOT c.grant_again
     WHERE a.policy_id IS NULL
     UNION ALL
    SELECT a.id, format('It was decided on %s, before the unit was recognised on %s.', a.decision_date, r.event_date)
      FROM award_standing AS a
      JOIN award_policy AS p ON p.id = a.policy_id AND p.candidates = 'recognised'
      JOIN recognition AS r ON r.id = a.recognition_id
     WHERE a.decision_date < r.event_date
     UNION ALL
    SELECT a.id, CASE WHEN t.recognition_id IS NULL THEN 'It rests on no recognition, though the policy rewards those recognised.'
                      WHEN t.from_year > a.year THEN format('It is for %s, but the unit was recognised for %s.', a.year, t.from_year)
                      ELSE format('It was decided on %s, after the recognition was revoked on %s.', a.decision_date, t.revoked_on) END
      FROM award_standing AS a
      JOIN award_policy AS p ON p.id = a.policy_id AND p.candidates = 'recognised'
      LEFT JOIN recognition_term AS t ON t.recognition_id = a.recognition_id
     WHERE a.recognition_id IS NULL OR t.from_year > a.year OR t.revoked_on <= a.decision_date
     UNION ALL
    SELECT a.id, format('The recognition it rested on was annulled on %s, and there is none for %s in its place.', annulment.event_date, r.year)
      FROM award_standing AS a
      JOIN recognition AS r ON r.id = a.recognition_id
      JOIN recognition AS annulment ON annulment.annuls_id = r.id
      LEFT JOIN award_policy AS p ON p.id = a.policy_id
     WHERE a.amount > 0
       AND NOT EXISTS (SELECT
                         FROM effective_recognition AS x
                        WHERE x.unit_id = r.unit_id AND x.tier = r.tier AND x.year = r.year AND x.event = 'recognised'
                          AND (x.event_date <= a.decision_date OR p.candidates <> 'recognised'))
     UNION ALL
    SELECT NULL, format('Under policy %s there are %s awards for %s, and the quota has %s places.', last.code, last.taken,
                        CASE last.scope WHEN 'year' THEN last.year::text ELSE format('the period up to %s', last.year) END, last.places)
      FROM (SELECT DISTINCT ON (p.code, CASE q.scope WHEN 'year' THEN q.year END) p.code, q.scope, q.year, q.places, q.taken
              FROM award_quota AS q
              JOIN award_policy AS p ON p.id = q.policy_id
             WHERE q.scope = 'year' OR q.year BETWEEN p.period_from AND coalesce(p.period_to, q.year)
             ORDER BY p.code, CASE q.scope WHEN 'year' THEN q.year END, q.year DESC) AS last
     WHERE last.taken > last.places
     UNION ALL
    SELECT NULL, format('Decision %s granted %s đồng under policy %s for %s, more than its budget of %s.', b.decision, b.granted, p.code, b.year, b.budget)
      FROM award_budget_left AS b
      JOIN award_policy AS p ON p.id = b.policy_id
     WHERE b.budget_left < 0;
END;

COMMENT ON FUNCTION check_awards() IS
'What is wrong with the awards on record: parts that do not add up, awards that do not follow from the facts they rested on, awards granted twice or under policies that exclude each other, decisions before the recognition or after its revocation, recognitions that are missing, of a later year, or annulled without another for their year by the day of the decision, more awards than places (a quota that is a share shrinks where recognitions are revoked), budgets overspent. award_id NULL = a policy or decision as a whole. No rows = all is well.';
