-- Generated policies and units against slow and obvious references: the choice
-- of the amount, the quota, the budget and the order of priority; policies that
-- meet, with quotas, in every world that the missing facts leave open; years and
-- cancellations in any order.  NTM_SEED chooses the cases.
BEGIN;
SET search_path = ntm, public;
\ir registry.psql
SELECT plan(14);

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

-- ---- money ----

CREATE TEMPORARY TABLE spent (round integer, step integer, expected text, found text) ON COMMIT DROP;

-- decision after decision, each with less than all need
DO $$
DECLARE
    turn integer;
    step integer;
    overtaking boolean;
    money integer;
    budget integer;
    due text[];
    given text[];
    place record;
BEGIN
    FOR turn IN 1 .. 12 LOOP
        overtaking := turn % 2 = 0;
        INSERT INTO unit (code, name, level) VALUES ('SP' || turn, 'SP' || turn, 'province');
        INSERT INTO unit (code, name, level, parent_id) SELECT 'S' || turn || '-' || n, 'S', 'commune', pg_temp.id('SP' || turn) FROM generate_series(1, 9) AS g (n);
        INSERT INTO recognition (unit_id, event, year, event_date) SELECT pg_temp.id('S' || turn || '-' || n), 'recognised', 2017, '2017-06-01' FROM generate_series(1, 9) AS g (n);
        PERFORM pg_temp.tell('S' || turn || '-' || n, 2017, jsonb_build_object('road', 1 + pg_temp.any_of(5), 'poor', pg_temp.any_of(3))::text::measures) FROM generate_series(1, 9) AS g (n);
        PERFORM publish_award_document(jsonb_build_object('code', 'S' || turn, 'level', 'commune', 'resolution', 'r', 'valid_from', '2017-01-01', 'valid_to', '2018-01-01', 'overtaking', overtaking,
            'clauses', '[{"code": "1", "measure": "newly_recognised", "rule": "met"}]'::jsonb,
            'amounts', (SELECT jsonb_agg(jsonb_build_object('condition', 'road = ' || n, 'amount', 100 * n)) FROM generate_series(1, 5) AS g (n)),
            'priority', '[{"fact": "poor", "direction": "descending"}]'::jsonb), pg_temp.id('SP' || turn));
        given := '{}';

        FOR step IN 1 .. 3 LOOP
            budget := 50 * (4 + pg_temp.any_of(17));
            money := budget;
            due := '{}';
            FOR place IN SELECT u.code, (d.measures -> 'road') * 100 AS amount
                           FROM unit AS u JOIN dossier AS d ON d.unit_id = u.id AND d.year = 2017
                          WHERE u.code LIKE 'S' || turn || '-%' ORDER BY d.measures -> 'poor' DESC, u.code
            LOOP
                CONTINUE WHEN place.code = ANY (given);
                IF place.amount <= money THEN
                    due := due || place.code;
                    money := money - place.amount;
                ELSE
                    EXIT WHEN NOT overtaking;
                END IF;
            END LOOP;
            given := given || due;

            PERFORM grant_awards(2017, 'S' || turn, budget, 'QĐ ' || step, '2017-12-31');
            INSERT INTO spent
            SELECT turn, step, due::text, ARRAY(SELECT u.code FROM award AS a JOIN unit AS u ON u.id = a.unit_id
                                                 WHERE a.policy_code = 'S' || turn AND a.decision = 'QĐ ' || step ORDER BY a.id)::text;
            INSERT INTO spent
            SELECT turn, step, 'all others are told that there is no money left', e.code || ' ' || e.state
              FROM award_eligibility AS e
             WHERE e.policy_code = 'S' || turn AND e.year = 2017 AND e.state NOT IN ('granted', 'budget_exhausted');
        END LOOP;
    END LOOP;
END
$$;

SELECT is_empty($$SELECT * FROM spent WHERE found <> expected$$, 'each decision grants to whom its money reaches, in order');
SELECT cmp_ok((SELECT count(DISTINCT expected) FROM spent), '>', 20::bigint, 'in many ways');

-- ---- policies that meet ----

-- What one unit may get under one policy in one world; NULL = it asks no more.
CREATE TEMPORARY TABLE asking (unit text, policy integer, amount integer, sort_by numeric, turn integer, place integer, has_it boolean, PRIMARY KEY (unit, policy)) ON COMMIT DROP;

-- Units ask one after another; a policy that has given away its places takes one
-- back from whoever comes last.
CREATE FUNCTION pg_temp.settle(places integer[]) RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    next asking;
BEGIN
    LOOP
        SELECT a.* INTO next
          FROM asking AS a
         WHERE a.has_it IS NULL
           AND NOT EXISTS (SELECT FROM asking AS b WHERE b.unit = a.unit AND b.has_it)
         ORDER BY random(), a.turn
         LIMIT 1;
        EXIT WHEN NOT FOUND;

        -- the best one it has not asked yet
        SELECT a.* INTO next FROM asking AS a WHERE a.unit = next.unit AND a.has_it IS NULL ORDER BY a.turn LIMIT 1;
        UPDATE asking AS a SET has_it = true WHERE a.unit = next.unit AND a.policy = next.policy;

        IF (SELECT count(*) FROM asking AS a WHERE a.policy = next.policy AND a.has_it) > places[next.policy] THEN
            UPDATE asking AS a SET has_it = false
             WHERE a.policy = next.policy AND a.has_it
               AND a.place = (SELECT max(b.place) FROM asking AS b WHERE b.policy = next.policy AND b.has_it);
        END IF;
    END LOOP;
END
$$;

CREATE TEMPORARY TABLE met_unit (code text, values numeric[], water numeric, classes text[]) ON COMMIT DROP;
CREATE TEMPORARY TABLE outcome (unit text, policy integer, worlds integer, wins integer) ON COMMIT DROP;
CREATE TEMPORARY TABLE verdict_of (round integer, unit text, policy integer, worlds integer, wins integer, state text, is_granted boolean) ON COMMIT DROP;

-- value 1 of a clause = met, 0 = not met; by hand: the amount, which may be nothing
DO $$
DECLARE
    facts CONSTANT text[] := '{road,homes,poor}';
    turn integer;
    n integer;
    province bigint;
    hit text;
    amounts integer[];
    class_amounts integer[];
    places integer[];
    by_hand integer;
    world integer;
    worlds integer;
    open_facts record;
    rest integer;
    amount integer;
    holds boolean;
    place met_unit;
    water numeric;
BEGIN
    FOR turn IN 1 .. 27 LOOP
        DELETE FROM met_unit;
        DELETE FROM outcome;
        INSERT INTO unit (code, name, level) VALUES ('MP' || turn, 'MP' || turn, 'province') RETURNING id INTO province;

        FOR n IN 1 .. 3 + pg_temp.any_of(4) LOOP
            place.code := 'M' || turn || '-' || n;
            place.values := ARRAY(SELECT CASE WHEN turn % 3 > 0 AND random() < 0.24 / (turn % 3)^2 THEN NULL ELSE (random() < 0.75)::integer END FROM generate_series(1, 3));
            place.water := CASE WHEN turn % 3 = 2 AND random() < 0.25 THEN NULL ELSE pg_temp.any_of(4) END;
            place.classes := CASE WHEN random() < 0.4 THEN '{DBSH}' ELSE '{}' END;
            INSERT INTO unit (code, name, level, parent_id, classes) VALUES (place.code, place.code, 'commune', province, place.classes);
            INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id(place.code), 'recognised', 2016, '2016-06-01');
            PERFORM pg_temp.tell(place.code, 2016, jsonb_strip_nulls(jsonb_build_object('road', place.values[1], 'homes', place.values[2], 'poor', place.values[3], 'water', place.water))::text::measures);
            INSERT INTO met_unit SELECT place.*;
        END LOOP;

        hit := (ARRAY['first', 'highest', 'highest', 'sum'])[1 + pg_temp.any_of(4)];
        amounts := ARRAY(SELECT 100 * (1 + pg_temp.any_of(3)) FROM generate_series(1, 3));
        class_amounts := ARRAY(SELECT 100 * (1 + pg_temp.any_of(3)) FROM generate_series(1, 3));
        places := ARRAY(SELECT CASE WHEN random() < 0.7 THEN 1 + pg_temp.any_of(2) ELSE 99 END FROM generate_series(1, 3));
        by_hand := CASE WHEN turn % 3 = 2 AND random() < 0.5 THEN 1 + pg_temp.any_of(3) END;

        -- the order of the third is by a fact, that of the others by the code
        FOR n IN 1 .. 3 LOOP
            PERFORM publish_award_document(jsonb_strip_nulls(jsonb_build_object(
                'code', 'M' || turn || '/' || n, 'level', 'commune', 'resolution', 'r', 'valid_from', '2016-01-01', 'valid_to', '2017-01-01',
                'hit_policy', hit, 'precedence', CASE hit WHEN 'first' THEN n END, 'quota_number', nullif(places[n], 99),
                'clauses', jsonb_build_array(jsonb_build_object('code', '1', 'measure', facts[n], 'rule', '>= 1')),
                'amounts', jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('class', 'DBSH', 'amount', CASE WHEN n IS DISTINCT FROM by_hand THEN class_amounts[n] END)),
                                             jsonb_build_object('amount', amounts[n])),
                'priority', CASE n WHEN 3 THEN '[{"fact": "water", "direction": "ascending"}]'::jsonb END)), province);
        END LOOP;

        -- each world gives each missing fact a value
        worlds := (SELECT round(exp(coalesce(sum(ln(x.choices)), 0)))
                     FROM (SELECT CASE WHEN v.value IS NULL THEN 2 ELSE 1 END AS choices FROM met_unit AS u, unnest(u.values) AS v (value)
                            UNION ALL
                           SELECT CASE WHEN u.water IS NULL THEN 5 ELSE 1 END FROM met_unit AS u
                            UNION ALL
                           SELECT CASE WHEN by_hand IS NOT NULL AND u.classes = '{DBSH}' THEN 5 ELSE 1 END FROM met_unit AS u) AS x);
        CONTINUE WHEN worlds > 80;

        FOR world IN 0 .. worlds - 1 LOOP
            DELETE FROM asking;
            rest := world;

            FOR place IN SELECT * FROM met_unit ORDER BY code LOOP
                water := place.water;
                IF water IS NULL THEN
                    water := rest % 5 - 0.5;
                    rest := rest / 5;
                END IF;

                FOR n IN 1 .. 3 LOOP
                    holds := place.values[n] = 1;
                    IF holds IS NULL THEN
                        holds := rest % 2 = 1;
                        rest := rest / 2;
                    END IF;
                    amount := CASE WHEN place.classes = '{DBSH}' THEN class_amounts[n] ELSE amounts[n] END;
                    IF n = by_hand AND place.classes = '{DBSH}' THEN
                        amount := (ARRAY[0, 50, 150, 250, 350])[1 + rest % 5];
                        rest := rest / 5;
                    END IF;
                    IF holds AND amount > 0 THEN
                        INSERT INTO asking (unit, policy, amount, sort_by) VALUES (place.code || CASE hit WHEN 'sum' THEN '/' || n ELSE '' END, n, amount, CASE n WHEN 3 THEN water ELSE 0 END);
                    END IF;
                END LOOP;
            END LOOP;

            UPDATE asking AS a SET turn = o.turn, place = o.place
              FROM (SELECT x.unit, x.policy,
                           row_number() OVER (PARTITION BY x.unit ORDER BY CASE hit WHEN 'highest' THEN - x.amount ELSE 0 END, x.policy) AS turn,
                           row_number() OVER (PARTITION BY x.policy ORDER BY x.sort_by, x.unit COLLATE "C") AS place
                      FROM asking AS x) AS o
             WHERE o.unit = a.unit AND o.policy = a.policy;
            PERFORM pg_temp.settle(places);
            INSERT INTO outcome SELECT split_part(a.unit, '/', 1), a.policy, worlds, 1 FROM asking AS a WHERE a.has_it;
        END LOOP;

        INSERT INTO verdict_of
        SELECT turn, e.code, p.n, worlds, (SELECT count(*) FROM outcome AS o WHERE o.unit = e.code AND o.policy = p.n), e.state, false
          FROM generate_series(1, 3) AS p (n)
          JOIN award_eligibility AS e ON e.policy_code = 'M' || turn || '/' || p.n AND e.year = 2016;

        -- where all is known, granting in any order gives the same
        IF worlds = 1 AND by_hand IS NULL THEN
            FOR n IN SELECT g.n FROM generate_series(1, 3) AS g (n) ORDER BY random() LOOP
                PERFORM grant_awards(2016, 'M' || turn || '/' || n, NULL, 'QĐ', '2016-12-31');
            END LOOP;
            UPDATE verdict_of AS v SET is_granted = EXISTS (SELECT FROM award_standing AS a WHERE a.policy_code = 'M' || turn || '/' || v.policy AND a.unit_id = pg_temp.id(v.unit))
             WHERE v.round = turn;
        END IF;
    END LOOP;
END
$$;

SELECT is_empty($$SELECT * FROM verdict_of WHERE state = 'eligible' AND wins < worlds$$, 'who is eligible gets it in every world');
SELECT is_empty($$SELECT * FROM verdict_of WHERE state IN ('not_eligible', 'outside_quota') AND wins > 0$$, 'who is not does in none');
SELECT is_empty($$SELECT * FROM verdict_of AS v WHERE worlds = 1 AND (state = 'eligible') <> (wins = 1) AND state <> 'by_hand'$$, 'where all is known nothing is left open');
SELECT is_empty($$SELECT * FROM verdict_of AS v WHERE (wins = 1) <> is_granted AND round IN (SELECT round FROM verdict_of WHERE is_granted)$$, 'and it is granted, in whatever order');
SELECT cmp_ok((SELECT count(*) FROM verdict_of WHERE worlds > 1 AND state IN ('not_known', 'by_hand') AND wins IN (0, worlds)), '<=',
              (SELECT count(*) / 8 FROM verdict_of WHERE worlds > 1), 'little is left open that all worlds agree on');
SELECT cmp_ok((SELECT count(*) FROM verdict_of WHERE worlds > 1), '>', 60::bigint, 'many worlds were looked at');

-- ---- years, cancellations ----

CREATE TEMPORARY TABLE paid (round integer, unit text, year integer, stands boolean, lost boolean) ON COMMIT DROP;
CREATE TEMPORARY TABLE wrong (round integer, step integer, year integer, expected text, found text) ON COMMIT DROP;

DO $$
DECLARE
    turn integer;
    step integer;
    about integer;
    again boolean;
    due text;
    chosen record;
BEGIN
    -- so that the programme runs until then
    INSERT INTO recognition (unit_id, event, year, event_date) VALUES (pg_temp.id('A6'), 'recognised', 2014, '2014-01-01');

    FOR turn IN 1 .. 5 LOOP
        INSERT INTO unit (code, name, level) VALUES ('KP' || turn, 'KP' || turn, 'province');
        INSERT INTO unit (code, name, level, parent_id) SELECT 'K' || turn || '-' || n, 'K', 'commune', pg_temp.id('KP' || turn) FROM generate_series(1, 6) AS g (n);
        INSERT INTO recognition (unit_id, event, year, event_date) SELECT pg_temp.id('K' || turn || '-' || n), 'recognised', 2011, '2011-06-01' FROM generate_series(1, 6) AS g (n);
        PERFORM publish_award_document(jsonb_build_object('code', 'K' || turn, 'level', 'commune', 'resolution', 'r', 'valid_from', '2011-01-01', 'valid_to', '2016-01-01',
            'period_from', 2011, 'period_to', 2013, 'quota_scope', 'period', 'quota_number', 3,
            'clauses', '[{"code": "1", "measure": "awards_in_period", "rule": "= 0"}]'::jsonb, 'amounts', '[{"amount": 100}]'::jsonb,
            'priority', '[{"fact": "recognised_year", "direction": "ascending"}]'::jsonb), pg_temp.id('KP' || turn));

        FOR step IN 1 .. 12 LOOP
            about := 2011 + pg_temp.any_of(4);

            IF random() < 0.6 THEN
                -- those without an award in the period, of whom as many as there are places, and money for two
                SELECT string_agg(u.code, ' ' ORDER BY u.code) INTO due
                  FROM (SELECT x.code
                          FROM unit AS x
                         WHERE x.code LIKE 'K' || turn || '-%'
                           AND NOT EXISTS (SELECT FROM paid AS p WHERE p.unit = x.code AND p.stands AND p.year <= 2013)
                           AND NOT EXISTS (SELECT FROM paid AS p WHERE p.unit = x.code AND p.lost AND p.year = about)
                         ORDER BY x.code
                         LIMIT least(2, greatest(0, CASE WHEN about <= 2013 THEN 3 - (SELECT count(*) FROM paid AS p WHERE p.round = turn AND p.stands) ELSE 0 END))) AS u;
                PERFORM grant_awards(about, 'K' || turn, 200, 'QĐ ' || step, '2014-06-01');
                INSERT INTO wrong
                SELECT turn, step, about, due, given.codes
                  FROM (SELECT string_agg(u.code, ' ' ORDER BY u.code) FROM award AS a JOIN unit AS u ON u.id = a.unit_id
                         WHERE a.policy_code = 'K' || turn AND a.decision = 'QĐ ' || step) AS given (codes)
                 WHERE given.codes IS DISTINCT FROM due;
                INSERT INTO paid SELECT turn, u, about, true, false FROM unnest(string_to_array(due, ' ')) AS u;
            ELSE
                again := random() < 0.5;
                SELECT a.id, a.year, u.code INTO chosen
                  FROM award_standing AS a JOIN unit AS u ON u.id = a.unit_id WHERE a.policy_code = 'K' || turn ORDER BY random() LIMIT 1;
                CONTINUE WHEN NOT FOUND;
                PERFORM cancel_award(chosen.id, 'QĐ C', '2014-06-01', 'test', grant_again => again);
                UPDATE paid AS p SET stands = false, lost = NOT again WHERE p.unit = chosen.code AND p.year = chosen.year AND p.stands;
            END IF;
        END LOOP;
    END LOOP;
END
$$;

SELECT is_empty($$SELECT * FROM wrong$$, 'in whatever order years are granted and awards cancelled, each decision grants what the reference does');

SELECT * FROM finish();
ROLLBACK;
