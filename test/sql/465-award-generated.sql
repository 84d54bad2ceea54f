-- Generated policies and units against a slow and obvious reference: the choice
-- of the amount, the quota, the budget and the order of priority.  NTM_SEED
-- chooses the cases.
BEGIN;
SET search_path = ntm, public;
\ir registry.psql
SELECT plan(5);

\set seed 0
\getenv seed NTM_SEED
SELECT setseed(:'seed'::integer % 1000 / 1000.0) \g /dev/null

CREATE TEMPORARY TABLE generated_unit (unit_id bigint, early integer, road numeric, poor numeric, classes text[], day date, code text) ON COMMIT DROP;
CREATE TEMPORARY TABLE generated_line (position integer, part text, class text, fact text, comparison text, number integer, amount numeric) ON COMMIT DROP;
CREATE TEMPORARY TABLE expected (round integer, unit_id bigint, state text, amount numeric, is_granted boolean) ON COMMIT DROP;
CREATE TEMPORARY TABLE found (LIKE expected) ON COMMIT DROP;

CREATE FUNCTION pg_temp.any_of(choices integer) RETURNS integer
    LANGUAGE sql
    RETURN floor(random() * choices)::integer;

-- one condition, in three values
CREATE FUNCTION pg_temp.holds(line generated_line, place generated_unit) RETURNS boolean
    LANGUAGE plpgsql
AS $$
DECLARE
    value numeric := CASE line.fact WHEN 'years_early' THEN place.early WHEN 'road' THEN place.road END;
BEGIN
    IF line.fact IS NULL THEN RETURN true; END IF;
    IF value IS NULL THEN RETURN NULL; END IF;
    CASE line.comparison
        WHEN '>=' THEN RETURN value >= line.number;
        WHEN '<' THEN RETURN value < line.number;
        WHEN '=' THEN RETURN value = line.number;
    END CASE;
END
$$;

-- what a unit earns by itself: NULL amount and a state, or an amount
CREATE FUNCTION pg_temp.earns(place generated_unit, least_road integer, OUT state text, OUT amount numeric)
    LANGUAGE plpgsql
AS $$
DECLARE
    one_part text;
    line generated_line;
    held boolean;
    by_hand boolean := false;
    open boolean := false;
    any_line boolean := false;
BEGIN
    amount := 0;
    FOR one_part IN SELECT DISTINCT g.part FROM generated_line AS g LOOP
        FOR line IN SELECT * FROM generated_line AS g WHERE g.part = one_part ORDER BY g.position LOOP
            CONTINUE WHEN line.class IS NOT NULL AND NOT line.class = ANY (place.classes);
            held := pg_temp.holds(line, place);
            CONTINUE WHEN held = false;
            any_line := true;
            IF held IS NULL THEN open := true;
            ELSIF line.amount IS NULL THEN by_hand := true;
            ELSE amount := amount + line.amount;
            END IF;
            EXIT;
        END LOOP;
    END LOOP;

    IF place.road < least_road OR NOT any_line OR amount = 0 AND NOT open AND NOT by_hand THEN state := 'not_eligible';
    ELSIF place.road IS NULL OR open THEN state := 'not_known';
    ELSIF by_hand THEN state := 'by_hand';
    ELSE state := 'eligible';
    END IF;
END
$$;

DO $$
DECLARE
    turn integer;
    place generated_unit;
    other generated_unit;
    line_count integer;
    least_road integer;
    quota text;
    rounding text;
    places integer;
    descending boolean;
    overtaking boolean;
    budget numeric;
    money numeric;
    earned record;
    sure integer;
    perhaps integer;
    n integer;
    province bigint;
    someone bigint;
    unranked boolean;
    refused boolean;
BEGIN
    FOR turn IN 1 .. 60 LOOP
        DELETE FROM generated_unit;
        DELETE FROM generated_line;

        INSERT INTO unit (code, name, level) VALUES ('GP' || turn, 'GP' || turn, 'province') RETURNING id INTO province;

        FOR n IN 1 .. 4 + pg_temp.any_of(10) LOOP
            place.code := 'G' || turn || '-' || n;
            place.early := nullif(pg_temp.any_of(6), 5) - 1;
            place.road := nullif(pg_temp.any_of(8), 7) * 10;
            place.poor := CASE WHEN turn % 3 = 0 THEN nullif(pg_temp.any_of(5), 4) ELSE pg_temp.any_of(4) END;
            place.classes := (ARRAY['{}', '{DBSH}', '{TDMNPB}', '{DBSH,TDMNPB}'])[1 + pg_temp.any_of(4)]::text[];
            place.day := make_date(2018, 1 + pg_temp.any_of(3), 1);

            INSERT INTO unit (code, name, level, parent_id, classes) VALUES (place.code, place.code, 'commune', province, place.classes) RETURNING id INTO place.unit_id;
            INSERT INTO recognition (unit_id, event, year, event_date) VALUES (place.unit_id, 'recognised', 2018, place.day);
            INSERT INTO report (unit_id, year, measures) VALUES (place.unit_id, 2018, jsonb_build_object('road', place.road, 'poor', place.poor)::text::ntm.measures);
            IF place.early IS NOT NULL THEN
                INSERT INTO recognition_plan (unit_id, planned_year, cite) VALUES (place.unit_id, 2018 + place.early, 'plan');
            END IF;
            INSERT INTO generated_unit SELECT place.*;
        END LOOP;

        line_count := 1 + pg_temp.any_of(5);
        INSERT INTO generated_line
        SELECT g.p, (ARRAY['cash', 'works'])[1 + (turn % 2) * pg_temp.any_of(2)],
               (ARRAY[NULL, NULL, 'DBSH', 'TDMNPB'])[1 + pg_temp.any_of(4)],
               (ARRAY['years_early', 'road', 'years_early'])[1 + pg_temp.any_of(3)],
               (ARRAY['>=', '<', '='])[1 + pg_temp.any_of(3)],
               pg_temp.any_of(5) - 1,
               CASE WHEN random() < 0.1 THEN NULL WHEN random() < 0.1 THEN 0 ELSE 100 * (1 + pg_temp.any_of(4)) END
          FROM generate_series(1, line_count) AS g (p);
        UPDATE generated_line AS l SET number = l.number * 20 WHERE l.fact = 'road';
        UPDATE generated_line AS l SET fact = NULL WHERE l.position = line_count AND random() < 0.5;

        least_road := 10 * pg_temp.any_of(4);
        quota := (ARRAY[NULL, '3', '25 %', '40 %'])[1 + pg_temp.any_of(4)];
        rounding := (ARRAY['down', 'nearest', 'up'])[1 + pg_temp.any_of(3)];
        descending := random() < 0.5;
        overtaking := random() < 0.5;
        budget := CASE WHEN random() < 0.8 THEN 100 * pg_temp.any_of(16) END;

        -- by the reviewed way; what cannot be published is another test's business
        BEGIN
            PERFORM publish_award_document(jsonb_strip_nulls(jsonb_build_object(
                'code', 'G' || turn, 'level', 'commune', 'resolution', 'r', 'valid_from', '2018-01-01', 'valid_to', '2019-01-01',
                'quota_number', CASE WHEN quota = '3' THEN 3 END,
                'quota_share', CASE quota WHEN '25 %' THEN 0.25 WHEN '40 %' THEN 0.4 END,
                'quota_rounding', rounding, 'overtaking', overtaking,
                'clauses', '[{"code": "1", "measure": "newly_recognised", "rule": "met"}]'::jsonb || jsonb_build_object('code', '2', 'measure', 'road', 'rule', '>= ' || least_road),
                'amounts', (SELECT jsonb_agg(jsonb_build_object('part', l.part, 'class', l.class, 'condition', l.fact || ' ' || l.comparison || ' ' || l.number, 'amount', l.amount) ORDER BY l.position)
                              FROM generated_line AS l),
                'priority', jsonb_build_array(jsonb_build_object('fact', 'poor', 'direction', CASE WHEN descending THEN 'descending' ELSE 'ascending' END)))), province);
        EXCEPTION WHEN check_violation THEN
            CONTINUE;
        END;

        n := (SELECT count(*) FROM generated_unit);
        places := CASE quota WHEN '3' THEN 3 WHEN '25 %' THEN CASE rounding WHEN 'down' THEN n / 4 WHEN 'up' THEN (n + 3) / 4 ELSE (n + 2) / 4 END
                             WHEN '40 %' THEN CASE rounding WHEN 'down' THEN 2 * n / 5 WHEN 'up' THEN (2 * n + 4) / 5 ELSE (4 * n + 5) / 10 END END;

        FOR place IN SELECT * FROM generated_unit LOOP
            SELECT * INTO earned FROM pg_temp.earns(place, least_road);

            -- everybody who might come before it, one by one
            IF places IS NOT NULL AND earned.state <> 'not_eligible' THEN
                sure := 0;
                perhaps := 0;
                FOR other IN SELECT * FROM generated_unit AS g WHERE g.unit_id <> place.unit_id LOOP
                    CONTINUE WHEN (pg_temp.earns(other, least_road)).state = 'not_eligible';
                    IF place.poor IS NULL OR other.poor IS NULL THEN
                        perhaps := perhaps + 1;
                    ELSIF (CASE WHEN descending THEN other.poor > place.poor ELSE other.poor < place.poor END
                           OR other.poor = place.poor AND (other.day, other.code) < (place.day, place.code)) THEN
                        perhaps := perhaps + 1;
                        sure := sure + ((pg_temp.earns(other, least_road)).state = 'eligible')::integer;
                    END IF;
                END LOOP;
                IF sure >= places THEN
                    earned.state := 'outside_quota';
                ELSIF earned.state IN ('eligible', 'by_hand') AND perhaps >= places THEN
                    earned.state := 'not_known';
                END IF;
            END IF;

            INSERT INTO expected VALUES (turn, place.unit_id, earned.state, CASE WHEN earned.state = 'eligible' THEN earned.amount END, false);
        END LOOP;

        INSERT INTO found (round, unit_id, state, amount, is_granted)
        SELECT turn, e.unit_id, e.state, e.amount, false FROM award_eligibility AS e WHERE e.policy_code = 'G' || turn AND e.year = 2018;

        -- who gets the money, one after another
        money := budget;
        unranked := EXISTS (SELECT FROM expected AS e JOIN generated_unit AS g USING (unit_id) WHERE e.state = 'eligible' AND g.poor IS NULL)
                    AND coalesce((SELECT sum(e.amount) FROM expected AS e JOIN generated_unit AS g USING (unit_id) WHERE e.state = 'eligible') > budget, false);
        IF NOT unranked THEN
            FOR place IN SELECT * FROM generated_unit AS g ORDER BY CASE WHEN descending THEN - g.poor ELSE g.poor END, g.day, g.code LOOP
                CONTINUE WHEN NOT EXISTS (SELECT FROM expected AS e WHERE e.unit_id = place.unit_id AND e.state = 'eligible');
                SELECT * INTO earned FROM pg_temp.earns(place, least_road);
                IF money IS NULL OR earned.amount <= money THEN
                    money := money - earned.amount;
                    UPDATE expected AS e SET is_granted = true WHERE e.unit_id = place.unit_id;
                ELSE
                    EXIT WHEN NOT overtaking;
                END IF;
            END LOOP;
        END IF;

        refused := false;
        BEGIN
            PERFORM grant_awards(2018, 'G' || turn, budget, 'QĐ', '2018-12-31');
        EXCEPTION WHEN object_not_in_prerequisite_state THEN
            refused := true;
        END;
        UPDATE found AS f SET is_granted = true WHERE f.unit_id IN (SELECT a.unit_id FROM award AS a WHERE a.policy_code = 'G' || turn);
        IF refused <> unranked THEN
            INSERT INTO found VALUES (turn, NULL, 'refused: ' || refused, NULL, NULL);
        END IF;

        IF NOT refused AND grant_awards(2018, 'G' || turn, budget, 'QĐ', '2018-12-31') > 0 THEN
            INSERT INTO found VALUES (turn, NULL, 'granted more when run again', NULL, NULL);
        END IF;
    END LOOP;
END
$$;

SELECT set_eq('SELECT * FROM found', 'SELECT * FROM expected', 'states, amounts and awards are those of the reference');
SELECT is((SELECT count(DISTINCT state) FROM expected), 5::bigint, 'all states occur');
SELECT cmp_ok((SELECT count(DISTINCT round) FROM expected), '>=', 25::bigint, 'many policies could be published');
SELECT cmp_ok((SELECT count(*) FROM expected WHERE is_granted), '>', 20::bigint, 'many awards were granted');
SELECT is_empty($$SELECT * FROM check_awards()$$, 'every award follows from its facts');

SELECT * FROM finish();
ROLLBACK;
