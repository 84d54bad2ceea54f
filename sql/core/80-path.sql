-- The cheapest way to comply.

CREATE FUNCTION ntm.cheapest_path(measures ntm.measures, ruleset ntm.ruleset, costs ntm.measures, classes text[] DEFAULT '{}')
    RETURNS TABLE (
        code text,
        measure text,
        value numeric,
        target numeric,
        cost numeric,
        proven boolean)
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 10
    AS 'MODULE_PATHNAME', 'ntm_cheapest_path';
COMMENT ON FUNCTION ntm.cheapest_path(ntm.measures, ntm.ruleset, ntm.measures, text[]) IS
    'A cheapest set of changes that makes the overall verdict met, a row per measure. costs: "name" is the price of changing that measure, however far; "name per unit" is added for every unit of the change; a measure without either is never changed. code: the node that asks for the change, NULL if the overall rule does. value: as it is, NULL if unknown (then only a fixed price can be paid, since the size of the change is not known). target: what it must become. Of a share only the numerator is changed. proven: no cheaper way exists; false where measures decide several conditions and the search was cut short. No rows if the verdict is met already or no priced change leads there (see cost_to_comply). Errors: 22003 for a negative price or a cost that cannot be held exactly.';

CREATE FUNCTION ntm.cost_to_comply(measures ntm.measures, ruleset ntm.ruleset, costs ntm.measures, classes text[] DEFAULT '{}') RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000
    AS 'MODULE_PATHNAME', 'ntm_cost_to_comply';
COMMENT ON FUNCTION ntm.cost_to_comply(ntm.measures, ntm.ruleset, ntm.measures, text[]) IS
    'What the cheapest path costs, in the unit of the prices: 0 if the verdict is met already, NULL if no priced change leads there. Arguments and errors as for cheapest_path.';
