-- Assessing: measures against a ruleset.

CREATE FUNCTION ntm.assess(measures ntm.measures, ruleset ntm.ruleset, classes text[] DEFAULT '{}') RETURNS ntm.scorecard
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50
    AS 'MODULE_PATHNAME', 'ntm_assess';
COMMENT ON FUNCTION ntm.assess(ntm.measures, ntm.ruleset, text[]) IS
    'The verdict of every node of the set for a unit with these measures. classes: the unit''s classes, in order of precedence: of a node''s variants the first of these classes decides, else the standard rule; classes that the set does not know make no difference. NULL if an argument is NULL. Errors: 22004 for a NULL class, 2202E for classes of more than one dimension.';

CREATE FUNCTION ntm.explain(measures ntm.measures, ruleset ntm.ruleset, classes text[] DEFAULT '{}')
    RETURNS TABLE (
        code text,
        parent text,
        title text,
        measure text,
        requirement text,
        value numeric,
        verdict ntm.verdict,
        gap numeric,
        decisive boolean,
        cite text,
        blocking boolean)
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 70
    AS 'MODULE_PATHNAME', 'ntm_explain';
COMMENT ON FUNCTION ntm.explain(ntm.measures, ntm.ruleset, text[]) IS
    'Why: a row per node, in document order. parent: NULL for a criterion. requirement: the rule that held for these classes, or who has yet to set it; a rule left out is shown as it is understood. measure, value: of the condition that explains the verdict, the node''s own measure first; a share is shown as a / b, in percent if its bound is, rounded to 6 decimals; value NULL if unknown or not applicable. gap: the change that measure needs, in its unit (for a share, of its numerator): positive if it must rise, negative if it must fall, 0 if the node is met, NULL if there is no number to give. decisive: unknown, and able to change the overall verdict. cite: the article. blocking: one of the reasons why the overall verdict is not met (or not yet): what it takes to change that lies among these nodes.';
