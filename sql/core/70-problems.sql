-- What is probably wrong with a ruleset.

CREATE FUNCTION ntm.problems(ruleset ntm.ruleset)
    RETURNS TABLE (
        code text,
        class text,
        severity text,
        problem text,
        proposal text)
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000 ROWS 10
    AS 'MODULE_PATHNAME', 'ntm_problems';
COMMENT ON FUNCTION ntm.problems(ntm.ruleset) IS
    'What is probably wrong with a set, in document order. code: the node; NULL for the set as a whole, whose rows come first. class: whose rule it is; NULL for the standard rule; on a row of the set also a declared class that nothing uses. severity: error (cannot be right, for example a rule that nobody or everybody meets), warning (most likely a slip), notice (worth a look). problem: what, in a sentence. proposal: the corrected rule to put in the place of the old one, or the rule of the node that is missing; where no rule can be given, a sentence, which ends with a full stop as no rule does. What is said is certain for units to which every measure of the rule applies; where one does not, 0 / 0 included, a condition counts as met whatever it asks for, so that a rule said never to be met may be met there, and one said always to be met may not be where the condition stands under "not". Not everything is found: a rule too entangled to be decided in bounded work is passed over. No rows: nothing was found. NULL argument: no rows.';
