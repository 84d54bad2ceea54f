-- How recognised units stand today, and whether what was decided still follows
-- from what it rested on.

-- The rule of revocation is judged twice: as if every criterion that is not
-- known were met, and as if it were not.
CREATE FUNCTION as_if_met(facts ntm.measures) RETURNS ntm.measures
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN facts || jsonb_build_object(
        'met_count', (facts -> 'met_count') + (facts -> 'unknown_count'),
        'unknown_count', 0 * (facts -> 'unknown_count'), 'key_criteria_unknown', 0 * (facts -> 'key_criteria_unknown'))::ntm.measures;

COMMENT ON FUNCTION as_if_met(ntm.measures) IS
'The facts of an assessment as they would be if every criterion that is not known were met. NULL: NULL.';

CREATE FUNCTION as_if_not_met(facts ntm.measures) RETURNS ntm.measures
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN facts || jsonb_build_object(
        'not_met_count', (facts -> 'not_met_count') + (facts -> 'unknown_count'),
        'key_criteria_not_met', (facts -> 'key_criteria_not_met') + (facts -> 'key_criteria_unknown'),
        'unknown_count', 0 * (facts -> 'unknown_count'), 'key_criteria_unknown', 0 * (facts -> 'key_criteria_unknown'))::ntm.measures;

COMMENT ON FUNCTION as_if_not_met(ntm.measures) IS
'The facts of an assessment as they would be if no criterion that is not known were met. NULL: NULL.';

CREATE FUNCTION revocation_verdict(conditions ntm.ruleset, facts ntm.measures, classes text[]) RETURNS ntm.verdict
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN revocation_verdict.conditions IS NULL THEN NULL
                WHEN judged.least AND judged.worst THEN 'met'
                WHEN NOT judged.least AND NOT judged.worst THEN 'not_met'
                ELSE 'unknown' END::ntm.verdict
      FROM (SELECT ntm.overall(ntm.assess(as_if_met(revocation_verdict.facts), revocation_verdict.conditions, revocation_verdict.classes))::boolean,
                   ntm.overall(ntm.assess(as_if_not_met(revocation_verdict.facts), revocation_verdict.conditions, revocation_verdict.classes))::boolean)
           AS judged (least, worst);
END;

COMMENT ON FUNCTION revocation_verdict(ntm.ruleset, ntm.measures, text[]) IS
'Whether a rule of revocation is met by the facts of an assessment: met or not_met if it is so however the criteria that are not known turn out, else unknown. conditions NULL: NULL.';

-- Of renewals those count that there were on the day.
CREATE FUNCTION recognition_standing(on_date date)
    RETURNS TABLE (unit_id bigint, code text, name text, level text, path ltree, tier text, recognition_id bigint,
                   from_year integer, recognised_on date, decision text, valid_until date, days_left integer, expired boolean,
                   year integer, criteria_set_id bigint, set_code text, status text, measures ntm.measures, classes text[],
                   scorecard ntm.scorecard, judged ntm.measures, known_at timestamptz, lower_tier_recognised boolean,
                   procedure_id bigint, procedure text, key_criteria text[],
                   revocation ntm.verdict, revocation_rule text, failures_to_revocation integer)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT t.unit_id, u.code, u.name, u.level, u.path, t.tier, t.recognition_id,
           t.from_year, t.recognised_on, t.decision, v.valid_until,
           v.valid_until - recognition_standing.on_date, coalesce(coalesce(t.lapsed_on, v.valid_until) <= recognition_standing.on_date, false),
           d.year, c.id, c.code, c.status, d.measures, u.classes,
           s.scorecard, known.judged, d.updated_at, (known.judged -> 'lower_tier_recognised') = 1,
           p.id, p.code, p.key_criteria,
           judged.revocation,
           CASE WHEN judged.revocation::boolean THEN
               coalesce((SELECT string_agg(coalesce(x.title, 'condition ' || x.code) || coalesce(' (' || coalesce(x.cite, rule.cite) || ')', ''), '; ' ORDER BY x.position)
                           FROM ntm.explain(facts.least, rule.conditions, u.classes) WITH ORDINALITY
                             AS x (code, parent, title, measure, requirement, value, verdict, gap, decisive, cite, blocking, position)
                          WHERE x.parent IS NULL AND x.verdict::boolean),
                        coalesce(rule.title, 'the rule of revocation') || coalesce(' (' || rule.cite || ')', ''))
           END,
           CASE WHEN judged.revocation::boolean THEN 0 ELSE (SELECT min(more.failures)
              FROM generate_series(0, ntm.met_count(s.scorecard) + ntm.unknown_count(s.scorecard)) AS more (failures)
             WHERE ntm.overall(ntm.assess(
                       facts.least || jsonb_build_object(
                           'met_count', (facts.least -> 'met_count') - more.failures,
                           'not_met_count', ntm.not_met_count(s.scorecard) + more.failures,
                           'key_criteria_not_met', least((facts.least -> 'key_criteria_not_met') + more.failures, cardinality(p.key_criteria)))::ntm.measures,
                       rule.conditions, u.classes))::boolean) END
      FROM (SELECT DISTINCT ON (latest.unit_id, latest.tier) latest.*,
                   CASE WHEN latest.end_id IS NOT NULL AND latest.ended_by = 'lapsed' THEN latest.ends_on END AS lapsed_on
              FROM recognition_term AS latest
             WHERE latest.recognised_on <= recognition_standing.on_date
             ORDER BY latest.unit_id, latest.tier, latest.recognised_on DESC, latest.recognition_id DESC) AS t
      JOIN units_on(recognition_standing.on_date) AS u ON u.unit_id = t.unit_id
     CROSS JOIN LATERAL (SELECT CASE WHEN t.renewed_on IS NULL THEN t.valid_until
                                     ELSE (SELECT r.valid_until
                                             FROM effective_recognition AS r
                                            WHERE r.unit_id = t.unit_id AND r.tier = t.tier AND r.term = t.term
                                              AND (r.event = 'renewed' AND r.event_date <= recognition_standing.on_date OR r.event = 'recognised')
                                            ORDER BY r.event = 'renewed' DESC, r.event_date DESC
                                            LIMIT 1) END AS valid_until) AS v
      LEFT JOIN LATERAL (SELECT told.year, told.measures, told.updated_at
                           FROM dossier AS told
                          WHERE told.unit_id = t.unit_id AND told.year <= extract(year FROM recognition_standing.on_date)
                          ORDER BY told.year DESC
                          LIMIT 1) AS d ON true
      LEFT JOIN criteria_set AS c ON c.id = edition_in_force(t.unit_id, t.tier, recognition_standing.on_date)
      LEFT JOIN LATERAL ntm.assess(d.measures, c.ruleset, u.classes) AS s (scorecard) ON true
      LEFT JOIN recognition_procedure AS p ON p.id = procedure_in_force(t.unit_id, t.tier, recognition_standing.on_date)
      LEFT JOIN procedure_step AS rule ON rule.procedure_id = p.id AND rule.event = 'revoked'
     CROSS JOIN LATERAL (
           SELECT assessment_facts(s.scorecard, p.key_criteria)
                  || standing_facts(t.unit_id, extract(year FROM recognition_standing.on_date)::integer, t.tier, recognition_standing.on_date) AS judged
           OFFSET 0) AS known
     CROSS JOIN LATERAL (SELECT as_if_met(coalesce(d.measures, '{}') || known.judged) AS least OFFSET 0) AS facts
     CROSS JOIN LATERAL (SELECT revocation_verdict(rule.conditions, coalesce(d.measures, '{}') || known.judged, u.classes) AS revocation OFFSET 0) AS judged
     WHERE (t.revoked_on <= recognition_standing.on_date) IS NOT TRUE;
END;

COMMENT ON FUNCTION recognition_standing(date) IS
'How units stand on a day that are recognised, or were until their term ended and have neither been revoked nor recognised again: one row for each unit and tier, judged on the latest dossier under the set and the procedure in force on that day, as the unit was on that day. Columns as in view at_risk, and what the judgement rests on.';

CREATE FUNCTION at_risk_on(on_date date, within_days integer DEFAULT 180)
    RETURNS TABLE (unit_id bigint, code text, name text, level text, path ltree, tier text, recognition_id bigint,
                   from_year integer, recognised_on date, decision text, valid_until date, days_left integer, expired boolean,
                   year integer, set_code text, status text, verdict ntm.verdict,
                   criterion_count integer, not_met_count integer, unknown_count integer, missing text[], unknown text[], key_missing text[],
                   procedure text, revocation ntm.verdict, revocation_rule text, failures_to_revocation integer,
                   lower_tier_recognised boolean, risk text)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT s.unit_id, s.code, s.name, s.level, s.path, s.tier, s.recognition_id,
           s.from_year, s.recognised_on, s.decision, s.valid_until, s.days_left, s.expired,
           s.year, s.set_code, s.status, ntm.overall(s.scorecard),
           ntm.criterion_count(s.scorecard), ntm.not_met_count(s.scorecard), ntm.unknown_count(s.scorecard),
           ntm.criteria(s.scorecard, 'not_met'), ntm.criteria(s.scorecard, 'unknown'),
           ARRAY(SELECT key.code FROM unnest(s.key_criteria) AS key (code) WHERE (s.scorecard -> key.code)::text = 'not_met'),
           s.procedure, s.revocation, s.revocation_rule, s.failures_to_revocation, s.lower_tier_recognised, found.risk
      FROM recognition_standing(at_risk_on.on_date) AS s
     CROSS JOIN LATERAL (
           SELECT concat_ws('; ',
                      CASE WHEN s.expired THEN 'term has ended'
                           WHEN s.days_left <= at_risk_on.within_days THEN 'term ends soon' END,
                      CASE WHEN s.revocation::boolean THEN 'to be revoked'
                           WHEN s.revocation::boolean IS NULL AND s.revocation IS NOT NULL AND s.scorecard IS NOT NULL THEN 'perhaps to be revoked' END,
                      CASE WHEN NOT ntm.overall(s.scorecard)::boolean THEN 'does not meet the set in force' END,
                      CASE WHEN NOT s.lower_tier_recognised THEN 'not recognised at the tier below' END) AS risk) AS found
     WHERE found.risk <> '';
END;

COMMENT ON FUNCTION at_risk_on(date, integer) IS
'View at_risk as of a day; within_days says how soon a term must end to be listed.';

CREATE VIEW at_risk AS
SELECT * FROM at_risk_on(CURRENT_DATE);

COMMENT ON VIEW at_risk IS
'Recognised units at risk today, one row for each unit and tier: they fail the set in force on their latest dossier, come under the rule of revocation or may do so for all that is known, their term ends within 180 days or has ended without being renewed, or they are no longer recognised at the tier below. at_risk_on() gives the same for any day.';
COMMENT ON COLUMN at_risk.unit_id IS 'The unit.';
COMMENT ON COLUMN at_risk.code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN at_risk.name IS 'Its name.';
COMMENT ON COLUMN at_risk.level IS 'Its level.';
COMMENT ON COLUMN at_risk.path IS 'Ids from the top down to the unit; path <@ (another unit''s path) = lies in it.';
COMMENT ON COLUMN at_risk.tier IS 'The tier at which it is recognised.';
COMMENT ON COLUMN at_risk.recognition_id IS 'The event by which it is.';
COMMENT ON COLUMN at_risk.from_year IS 'The year for which it was recognised.';
COMMENT ON COLUMN at_risk.recognised_on IS 'The day on which it was.';
COMMENT ON COLUMN at_risk.decision IS 'The decision. NULL = not recorded.';
COMMENT ON COLUMN at_risk.valid_until IS 'First day on which the recognition is no longer valid. NULL = without end.';
COMMENT ON COLUMN at_risk.days_left IS 'Days until then; negative = since then. NULL = without end.';
COMMENT ON COLUMN at_risk.expired IS 'Whether the term has ended.';
COMMENT ON COLUMN at_risk.year IS 'The year of the latest dossier, which was judged. NULL = there is none.';
COMMENT ON COLUMN at_risk.set_code IS 'The criteria set in force today, by which it was judged. NULL = none is.';
COMMENT ON COLUMN at_risk.status IS 'sourced, unverified or illustrative (no law): what the set is worth. NULL = none is in force.';
COMMENT ON COLUMN at_risk.verdict IS 'The verdict of the whole set. NULL = not assessed.';
COMMENT ON COLUMN at_risk.criterion_count IS 'Criteria in the set. NULL = not assessed.';
COMMENT ON COLUMN at_risk.not_met_count IS 'Criteria not met. NULL = not assessed.';
COMMENT ON COLUMN at_risk.unknown_count IS 'Criteria not known. NULL = not assessed.';
COMMENT ON COLUMN at_risk.missing IS 'Codes of the criteria not met. NULL = not assessed.';
COMMENT ON COLUMN at_risk.unknown IS 'Codes of the criteria not known. NULL = not assessed.';
COMMENT ON COLUMN at_risk.key_missing IS 'Those of the criteria not met that are key criteria of the procedure.';
COMMENT ON COLUMN at_risk.procedure IS 'Code of the procedure in force today. NULL = none is.';
COMMENT ON COLUMN at_risk.revocation IS 'The rule of revocation: met = the recognition is to be revoked; unknown = that depends on criteria not known. NULL = the procedure has no such rule, or none is in force.';
COMMENT ON COLUMN at_risk.revocation_rule IS 'What of that rule is met, with its article. NULL = nothing.';
COMMENT ON COLUMN at_risk.failures_to_revocation IS 'The least number of criteria, key criteria first, that would have to fail beside those that fail already for the rule to be met; 0 = it is. NULL = no number of them, no such rule, or not assessed.';
COMMENT ON COLUMN at_risk.lower_tier_recognised IS 'Whether it is recognised at the tier below. NULL = tier standard.';
COMMENT ON COLUMN at_risk.risk IS 'Why it is listed, in words, with semicolons between.';

CREATE VIEW revocation_due AS
SELECT s.unit_id, s.code, s.name, s.level, s.path, s.tier, s.recognition_id, s.decision, s.year, s.set_code, s.status,
       s.procedure, s.revocation AS verdict, s.revocation_rule AS rule,
       ntm.criterion_count(s.scorecard) AS criterion_count, ntm.not_met_count(s.scorecard) AS not_met_count,
       ntm.unknown_count(s.scorecard) AS unknown_count, ntm.criteria(s.scorecard, 'not_met') AS missing
  FROM recognition_standing(CURRENT_DATE) AS s
 WHERE NOT s.expired AND s.revocation::boolean IS NOT FALSE AND s.revocation IS NOT NULL;

COMMENT ON VIEW revocation_due IS
'Recognised units that come under the rule of revocation of their procedure today, on their latest dossier under the set in force, and those of which that is not known. revoke() records the rule.';
COMMENT ON COLUMN revocation_due.unit_id IS 'The unit.';
COMMENT ON COLUMN revocation_due.code IS 'Its code. NULL = it has none.';
COMMENT ON COLUMN revocation_due.name IS 'Its name.';
COMMENT ON COLUMN revocation_due.level IS 'Its level.';
COMMENT ON COLUMN revocation_due.path IS 'Ids from the top down to the unit; path <@ (another unit''s path) = lies in it.';
COMMENT ON COLUMN revocation_due.tier IS 'The tier at which it is recognised.';
COMMENT ON COLUMN revocation_due.recognition_id IS 'The event by which it is.';
COMMENT ON COLUMN revocation_due.decision IS 'The decision. NULL = not recorded.';
COMMENT ON COLUMN revocation_due.year IS 'The year of the latest dossier, which was judged. NULL = there is none.';
COMMENT ON COLUMN revocation_due.set_code IS 'The criteria set in force today. NULL = none is.';
COMMENT ON COLUMN revocation_due.status IS 'sourced, unverified or illustrative (no law): what the set is worth. NULL = none is in force.';
COMMENT ON COLUMN revocation_due.procedure IS 'Code of the procedure in force today.';
COMMENT ON COLUMN revocation_due.verdict IS 'met = the rule is met; unknown = that depends on criteria that are not known.';
COMMENT ON COLUMN revocation_due.rule IS 'What of the rule is met, with its article. NULL = not known yet.';
COMMENT ON COLUMN revocation_due.criterion_count IS 'Criteria in the set. NULL = not assessed.';
COMMENT ON COLUMN revocation_due.not_met_count IS 'Criteria not met. NULL = not assessed.';
COMMENT ON COLUMN revocation_due.unknown_count IS 'Criteria not known. NULL = not assessed.';
COMMENT ON COLUMN revocation_due.missing IS 'Codes of the criteria not met. NULL = not assessed.';

-- Every event judged again from what it froze: the same facts, the same
-- edition, the same conditions.
CREATE VIEW recognition_check AS
SELECT r.id AS recognition_id, r.unit_id, r.event, r.tier, r.year, r.event_date, r.decision,
       c.code AS set_code, p.code AS procedure,
       CASE WHEN 'illustrative' IN (c.status, p.status) THEN 'illustrative'
            WHEN 'unverified' IN (c.status, p.status) THEN 'unverified'
            ELSE coalesce(c.status, p.status) END AS status,
       r.on_paper,
       ntm.overall(r.scorecard) AS verdict, again.scorecard AS recomputed,
       CASE WHEN NOT r.on_paper AND r.event <> 'annulled' AND annulment.id IS NULL THEN found.problem IS NULL END AS follows,
       CASE WHEN r.event = 'annulled' THEN format('annuls event %s: %s', r.annuls_id, r.note)
            WHEN annulment.id IS NOT NULL THEN format('annulled on %s: %s', annulment.event_date, annulment.note)
            WHEN r.on_paper THEN 'recorded as it stands on paper: nothing to compute it from'
            ELSE found.problem END AS problem,
       r.known_at::date > r.event_date AS rests_on_later
  FROM recognition AS r
  LEFT JOIN recognition AS annulment ON annulment.annuls_id = r.id
  LEFT JOIN criteria_set AS c ON c.id = r.criteria_set_id
  LEFT JOIN recognition_procedure AS p ON p.id = r.procedure_id
  LEFT JOIN procedure_step AS w ON w.procedure_id = r.procedure_id AND w.event = r.event
  LEFT JOIN LATERAL ntm.assess(r.measures, c.ruleset, r.classes) AS score (scorecard) ON true
 CROSS JOIN LATERAL (SELECT score.scorecard, assessment_facts(score.scorecard, coalesce(p.key_criteria, '{}')) AS facts OFFSET 0) AS again
 CROSS JOIN LATERAL (
       SELECT ntm.overall(ntm.assess(coalesce(r.measures, '{}') || r.judged || again.facts || coalesce(r.facts, '{}'), w.conditions, r.classes))::boolean AS conditions,
              r.judged || again.facts AS judged,
              make_date(r.year + w.deadline_year, w.deadline_month, 1) + (w.deadline_day - 1) AS deadline) AS known
 CROSS JOIN LATERAL (
       SELECT concat_ws('; ',
                  CASE WHEN again.scorecard::text IS DISTINCT FROM r.scorecard::text
                       THEN 'the assessment comes out otherwise than it was frozen' END,
                  CASE WHEN known.judged <> r.judged AND again.scorecard::text IS NOT DISTINCT FROM r.scorecard::text
                       THEN 'the facts that follow from the assessment come out otherwise than they were frozen' END,
                  CASE WHEN r.event IN ('recognised', 'renewed')
                            AND (r.valid_until IS NULL) <> (p.valid_years IS NULL)
                            OR r.valid_until < years_later(r.event_date, p.valid_years)
                            OR r.event = 'recognised' AND r.valid_until > years_later(r.event_date, p.valid_years)
                       THEN 'it ends on another day than the procedure says' END,
                  CASE WHEN r.event IN ('recognised', 'renewed') AND ntm.overall(again.scorecard)::boolean IS NOT TRUE
                       THEN 'the criteria set is not met' END,
                  CASE WHEN r.event <> 'revoked' AND w.conditions IS NOT NULL AND known.conditions IS NOT TRUE
                       THEN 'the conditions of the procedure are not met' END,
                  CASE WHEN r.event = 'revoked' AND r.rule IS NOT NULL
                            AND revocation_verdict(w.conditions, coalesce(r.measures, '{}') || known.judged, r.classes)::boolean IS NOT TRUE
                       THEN 'the rule that is stated is not met' END,
                  CASE WHEN (p.valid_from <= r.event_date AND r.event_date < coalesce(p.valid_to, 'infinity')) IS FALSE
                       THEN 'the procedure was not in force on the day' END,
                  CASE WHEN (c.valid_from <= r.event_date AND r.event_date < coalesce(c.valid_to, 'infinity')
                             OR c.valid_from <= make_date(r.year, 12, 31) AND make_date(r.year, 12, 31) < coalesce(c.valid_to, 'infinity')) IS FALSE
                       THEN 'the edition of the criteria set was in force neither on the day nor at the end of the year' END,
                  CASE WHEN r.event_date >= known.deadline AND r.exception_cite IS NULL
                       THEN 'the deadline had passed' END,
                  CASE WHEN EXISTS (SELECT
                                      FROM unnest(w."after") AS named (event)
                                     WHERE NOT EXISTS (SELECT FROM effective_recognition AS earlier
                                                        WHERE earlier.unit_id = r.unit_id AND earlier.tier = r.tier AND earlier.year = r.year
                                                          AND earlier.event = named.event AND earlier.event_date <= r.event_date))
                       THEN 'a step that must go before is missing' END) AS list) AS listed
 CROSS JOIN LATERAL (SELECT nullif(listed.list, '') AS problem) AS found;

COMMENT ON VIEW recognition_check IS
'Every event in the recognition of units, judged again from what was frozen with it: whether it still follows. An engine that errs now, or erred then, shows here; whether a row itself was altered, check_decisions() tells.';
COMMENT ON COLUMN recognition_check.recognition_id IS 'The event.';
COMMENT ON COLUMN recognition_check.unit_id IS 'The unit.';
COMMENT ON COLUMN recognition_check.event IS 'What happened.';
COMMENT ON COLUMN recognition_check.tier IS 'The tier.';
COMMENT ON COLUMN recognition_check.year IS 'The year it counts for.';
COMMENT ON COLUMN recognition_check.event_date IS 'The day on which it took place or took effect.';
COMMENT ON COLUMN recognition_check.decision IS 'Number of the decision. NULL = none.';
COMMENT ON COLUMN recognition_check.set_code IS 'The criteria set it rested on. NULL = none, or not known here.';
COMMENT ON COLUMN recognition_check.procedure IS 'The procedure it was judged by. NULL = none.';
COMMENT ON COLUMN recognition_check.status IS 'sourced, unverified or illustrative (no law): what set and procedure are worth, the lesser of the two. NULL = it rested on neither.';
COMMENT ON COLUMN recognition_check.on_paper IS 'Whether it was recorded as it stands on paper.';
COMMENT ON COLUMN recognition_check.verdict IS 'The frozen verdict of the whole set. NULL = not assessed.';
COMMENT ON COLUMN recognition_check.recomputed IS 'The scorecard as it comes out now, from the frozen dossier and classes and the edition. NULL = not assessed.';
COMMENT ON COLUMN recognition_check.follows IS 'Whether the event still follows from what it rested on. NULL = on paper, annulled, or an annulment.';
COMMENT ON COLUMN recognition_check.rests_on_later IS 'Whether the dossier it rests on holds reports made after the day of the event: it follows from what was known when it was recorded, but perhaps not from what was known on its day, which assessment_as_of() tells. NULL = no dossier.';
COMMENT ON COLUMN recognition_check.problem IS 'Why not, or why there is nothing to check: on paper, annulled by whom, annulling what. NULL = it follows.';

CREATE FUNCTION recognition_evidence(unit_id bigint)
    RETURNS TABLE (recognition_id bigint, event text, tier text, year integer, event_date date, decision text, basis text, status text,
                   follows boolean, problem text, kind text, code text, title text, requirement text, value numeric,
                   verdict ntm.verdict, cite text, rests_on_later boolean)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT k.recognition_id, k.event, k.tier, k.year, k.event_date, k.decision,
           nullif(concat_ws(', ', k.set_code, k.procedure), ''), k.status, k.follows, k.problem,
           line.kind, line.code, line.title, line.requirement, line.value, line.verdict, line.cite, k.rests_on_later
      FROM recognition_check AS k
      JOIN recognition AS r ON r.id = k.recognition_id
      LEFT JOIN criteria_set AS c ON c.id = r.criteria_set_id
      LEFT JOIN procedure_step AS w ON w.procedure_id = r.procedure_id AND w.event = r.event
      LEFT JOIN LATERAL (
            SELECT 1 AS part, 'exception' AS kind, NULL::text AS code, 'allowed after the deadline' AS title, NULL::text AS requirement,
                   NULL::numeric AS value, NULL::ntm.verdict AS verdict, r.exception_cite AS cite, 1 AS position
             WHERE r.exception_cite IS NOT NULL
             UNION ALL
            SELECT 2, 'criterion', x.code, x.title, x.requirement, x.value, x.verdict, x.cite, x.position
              FROM (SELECT e.*, array_agg(e.parent) OVER () AS parents
                      FROM ntm.explain(r.measures, c.ruleset, r.classes) WITH ORDINALITY
                        AS e (code, parent, title, measure, requirement, value, verdict, gap, decisive, cite, blocking, position)) AS x
             WHERE array_position(x.parents, x.code) IS NULL
             UNION ALL
            SELECT 3, 'condition', x.code, x.title, x.requirement, x.value, x.verdict, x.cite, x.position
              FROM (SELECT e.*, array_agg(e.parent) OVER () AS parents
                      FROM ntm.explain(coalesce(r.measures, '{}') || r.judged || coalesce(r.facts, '{}'), w.conditions, r.classes) WITH ORDINALITY
                        AS e (code, parent, title, measure, requirement, value, verdict, gap, decisive, cite, blocking, position)) AS x
             WHERE array_position(x.parents, x.code) IS NULL) AS line ON true
     WHERE k.unit_id = known_unit(recognition_evidence.unit_id)
     ORDER BY k.event_date, k.recognition_id, line.part, line.position;
END;

COMMENT ON FUNCTION recognition_evidence(bigint) IS
'What every event in the recognition of a unit rested on, and whether it still follows from it: for each event the requirements of the edition (kind criterion) and the conditions of the procedure (condition), judged again on the frozen dossier, each with value, verdict and article; exception names the decision that allowed a delay. basis: codes of set and procedure; status: sourced, unverified or illustrative (no law), the lesser of the two. An event without any has one line; problem says why follows is not true; rests_on_later as in view recognition_check. NULL in follows = on paper, annulled, or an annulment. Refuses a unit that does not exist (SQLSTATE 42704).';
