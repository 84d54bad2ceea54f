-- ntm.measures: the facts about one unit, by name.

CREATE TYPE ntm.measures;

CREATE FUNCTION ntm.measures_in(cstring) RETURNS ntm.measures
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_in';
COMMENT ON FUNCTION ntm.measures_in(cstring) IS 'I/O';

CREATE FUNCTION ntm.measures_out(ntm.measures) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_out';
COMMENT ON FUNCTION ntm.measures_out(ntm.measures) IS 'I/O';

CREATE FUNCTION ntm.measures_recv(internal) RETURNS ntm.measures
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_recv';
COMMENT ON FUNCTION ntm.measures_recv(internal) IS 'I/O';

CREATE FUNCTION ntm.measures_send(ntm.measures) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_send';
COMMENT ON FUNCTION ntm.measures_send(ntm.measures) IS 'I/O';

CREATE TYPE ntm.measures (
    INPUT = ntm.measures_in,
    OUTPUT = ntm.measures_out,
    RECEIVE = ntm.measures_recv,
    SEND = ntm.measures_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = external
);
COMMENT ON TYPE ntm.measures IS
    'Facts by name, written as a JSON object such as {"income": 36.5, "has_plan": true, "market": "n/a", "poor_share": null}: exact decimals (at most 6 decimals, magnitude below 9200000000000; true and false are 1 and 0), "n/a" for what does not apply, null for what is known to be unknown. A name has 1 to 63 bytes and no control characters. A name that is absent is unknown too. Units of measure are those of the indicator, not part of the value.';

-- Comparison: one total order, so that measures can be sorted, grouped and indexed

CREATE FUNCTION ntm.measures_eq(ntm.measures, ntm.measures) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_eq';
COMMENT ON FUNCTION ntm.measures_eq(ntm.measures, ntm.measures) IS 'implementation of = operator';

CREATE FUNCTION ntm.measures_ne(ntm.measures, ntm.measures) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_ne';
COMMENT ON FUNCTION ntm.measures_ne(ntm.measures, ntm.measures) IS 'implementation of <> operator';

CREATE FUNCTION ntm.measures_lt(ntm.measures, ntm.measures) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_lt';
COMMENT ON FUNCTION ntm.measures_lt(ntm.measures, ntm.measures) IS 'implementation of < operator';

CREATE FUNCTION ntm.measures_le(ntm.measures, ntm.measures) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_le';
COMMENT ON FUNCTION ntm.measures_le(ntm.measures, ntm.measures) IS 'implementation of <= operator';

CREATE FUNCTION ntm.measures_gt(ntm.measures, ntm.measures) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_gt';
COMMENT ON FUNCTION ntm.measures_gt(ntm.measures, ntm.measures) IS 'implementation of > operator';

CREATE FUNCTION ntm.measures_ge(ntm.measures, ntm.measures) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_ge';
COMMENT ON FUNCTION ntm.measures_ge(ntm.measures, ntm.measures) IS 'implementation of >= operator';

CREATE FUNCTION ntm.measures_cmp(ntm.measures, ntm.measures) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_cmp';
COMMENT ON FUNCTION ntm.measures_cmp(ntm.measures, ntm.measures) IS 'less-equal-greater';

CREATE FUNCTION ntm.measures_hash(ntm.measures) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_hash';
COMMENT ON FUNCTION ntm.measures_hash(ntm.measures) IS 'hash';

CREATE FUNCTION ntm.measures_hash_extended(ntm.measures, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_hash_extended';
COMMENT ON FUNCTION ntm.measures_hash_extended(ntm.measures, bigint) IS 'hash with a seed';

CREATE OPERATOR ntm.= (
    LEFTARG = ntm.measures, RIGHTARG = ntm.measures, FUNCTION = ntm.measures_eq,
    COMMUTATOR = OPERATOR(ntm.=), NEGATOR = OPERATOR(ntm.<>),
    RESTRICT = pg_catalog.eqsel, JOIN = pg_catalog.eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR ntm.= (ntm.measures, ntm.measures) IS 'equal';

CREATE OPERATOR ntm.<> (
    LEFTARG = ntm.measures, RIGHTARG = ntm.measures, FUNCTION = ntm.measures_ne,
    COMMUTATOR = OPERATOR(ntm.<>), NEGATOR = OPERATOR(ntm.=),
    RESTRICT = pg_catalog.neqsel, JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR ntm.<> (ntm.measures, ntm.measures) IS 'not equal';

CREATE OPERATOR ntm.< (
    LEFTARG = ntm.measures, RIGHTARG = ntm.measures, FUNCTION = ntm.measures_lt,
    COMMUTATOR = OPERATOR(ntm.>), NEGATOR = OPERATOR(ntm.>=),
    RESTRICT = pg_catalog.scalarltsel, JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR ntm.< (ntm.measures, ntm.measures) IS 'less than';

CREATE OPERATOR ntm.<= (
    LEFTARG = ntm.measures, RIGHTARG = ntm.measures, FUNCTION = ntm.measures_le,
    COMMUTATOR = OPERATOR(ntm.>=), NEGATOR = OPERATOR(ntm.>),
    RESTRICT = pg_catalog.scalarlesel, JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR ntm.<= (ntm.measures, ntm.measures) IS 'less than or equal';

CREATE OPERATOR ntm.> (
    LEFTARG = ntm.measures, RIGHTARG = ntm.measures, FUNCTION = ntm.measures_gt,
    COMMUTATOR = OPERATOR(ntm.<), NEGATOR = OPERATOR(ntm.<=),
    RESTRICT = pg_catalog.scalargtsel, JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR ntm.> (ntm.measures, ntm.measures) IS 'greater than';

CREATE OPERATOR ntm.>= (
    LEFTARG = ntm.measures, RIGHTARG = ntm.measures, FUNCTION = ntm.measures_ge,
    COMMUTATOR = OPERATOR(ntm.<=), NEGATOR = OPERATOR(ntm.<),
    RESTRICT = pg_catalog.scalargesel, JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR ntm.>= (ntm.measures, ntm.measures) IS 'greater than or equal';

-- without btequalimage: a draft in a user's table is equal to the finished value, byte for byte it is not
CREATE OPERATOR CLASS ntm.measures_ops DEFAULT FOR TYPE ntm.measures USING btree AS
    OPERATOR 1 ntm.<,
    OPERATOR 2 ntm.<=,
    OPERATOR 3 ntm.=,
    OPERATOR 4 ntm.>=,
    OPERATOR 5 ntm.>,
    FUNCTION 1 ntm.measures_cmp(ntm.measures, ntm.measures);
COMMENT ON OPERATOR CLASS ntm.measures_ops USING btree IS 'a total order of measures: by names bytewise and values';
COMMENT ON OPERATOR FAMILY ntm.measures_ops USING btree IS 'a total order of measures: by names bytewise and values';

CREATE OPERATOR CLASS ntm.measures_ops DEFAULT FOR TYPE ntm.measures USING hash AS
    OPERATOR 1 ntm.=,
    FUNCTION 1 ntm.measures_hash(ntm.measures),
    FUNCTION 2 ntm.measures_hash_extended(ntm.measures, pg_catalog.int8);
COMMENT ON OPERATOR CLASS ntm.measures_ops USING hash IS 'equality of measures, for hash joins, grouping and hash partitioning';
COMMENT ON OPERATOR FAMILY ntm.measures_ops USING hash IS 'equality of measures, for hash joins, grouping and hash partitioning';

-- Access

CREATE FUNCTION ntm.measures_value(ntm.measures, name text) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_value';
COMMENT ON FUNCTION ntm.measures_value(ntm.measures, text) IS 'implementation of -> operator';

CREATE FUNCTION ntm.measures_has(ntm.measures, name text) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_has';
COMMENT ON FUNCTION ntm.measures_has(ntm.measures, text) IS 'implementation of ? operator';

CREATE FUNCTION ntm.measures_merge(ntm.measures, ntm.measures) RETURNS ntm.measures
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_merge';
COMMENT ON FUNCTION ntm.measures_merge(ntm.measures, ntm.measures) IS 'implementation of || operator';

CREATE FUNCTION ntm.measures_remove(ntm.measures, name text) RETURNS ntm.measures
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_remove';
COMMENT ON FUNCTION ntm.measures_remove(ntm.measures, text) IS 'implementation of - operator';

CREATE OPERATOR ntm.-> (
    LEFTARG = ntm.measures, RIGHTARG = text, FUNCTION = ntm.measures_value
);
COMMENT ON OPERATOR ntm.-> (ntm.measures, text) IS
    'the value of a measure; NULL if it is absent, unknown or not applicable';

CREATE OPERATOR ntm.? (
    LEFTARG = ntm.measures, RIGHTARG = text, FUNCTION = ntm.measures_has,
    RESTRICT = pg_catalog.matchingsel, JOIN = pg_catalog.matchingjoinsel
);
COMMENT ON OPERATOR ntm.? (ntm.measures, text) IS
    'is the measure present, be it a number, unknown or not applicable';

CREATE OPERATOR ntm.|| (
    LEFTARG = ntm.measures, RIGHTARG = ntm.measures, FUNCTION = ntm.measures_merge
);
COMMENT ON OPERATOR ntm.|| (ntm.measures, ntm.measures) IS
    'the measures of both; where both have one, that of the right, so that a null on the right withdraws a value';

CREATE OPERATOR ntm.- (
    LEFTARG = ntm.measures, RIGHTARG = text, FUNCTION = ntm.measures_remove
);
COMMENT ON OPERATOR ntm.- (ntm.measures, text) IS
    'without that measure; unchanged if it is absent';

CREATE FUNCTION ntm.each(ntm.measures, OUT name text, OUT value numeric, OUT applicable boolean)
    RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20
    AS 'MODULE_PATHNAME', 'ntm_each';
COMMENT ON FUNCTION ntm.each(ntm.measures) IS
    'One row per measure, sorted by name bytewise. value is NULL if the measure is unknown (applicable is true) or not applicable (applicable is false)';

-- Casts

CREATE CAST (jsonb AS ntm.measures) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (jsonb AS ntm.measures) IS
    'a JSON object of numbers, true, false, null and "n/a"; anything else is an error';

CREATE CAST (ntm.measures AS jsonb) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (ntm.measures AS jsonb) IS
    'a JSON object of numbers, null (unknown) and "n/a" (not applicable)';

-- Aggregates

CREATE FUNCTION ntm.measures_agg_add(state ntm.measures, name text, value numeric) RETURNS ntm.measures
    LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_agg_add';
COMMENT ON FUNCTION ntm.measures_agg_add(ntm.measures, text, numeric) IS
    'transition function of measures_agg';

CREATE FUNCTION ntm.measures_agg_combine(ntm.measures, ntm.measures) RETURNS ntm.measures
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_agg_combine';
COMMENT ON FUNCTION ntm.measures_agg_combine(ntm.measures, ntm.measures) IS
    'combine function of measures_agg';

CREATE FUNCTION ntm.measures_agg_final(ntm.measures) RETURNS ntm.measures
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_agg_final';
COMMENT ON FUNCTION ntm.measures_agg_final(ntm.measures) IS
    'final function of measures_agg';

CREATE FUNCTION ntm.measures_sum_add(ntm.measures, ntm.measures) RETURNS ntm.measures
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_measures_sum_add';
COMMENT ON FUNCTION ntm.measures_sum_add(ntm.measures, ntm.measures) IS
    'transition and combine function of sum(measures)';

CREATE AGGREGATE ntm.measures_agg(name text, value numeric) (
    SFUNC = ntm.measures_agg_add, STYPE = ntm.measures, SSPACE = 512,
    FINALFUNC = ntm.measures_agg_final, COMBINEFUNC = ntm.measures_agg_combine,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE ntm.measures_agg(text, numeric) IS
    'Rows of facts as one value. A NULL value makes the measure explicitly unknown. The same name may occur several times with the same value; with different ones it is an error (21000), as are a NULL name (22004), a name that is no name (22023) and a value that cannot be held exactly (22003). NULL if there are no rows';

CREATE AGGREGATE ntm.merge_agg(ntm.measures) (
    SFUNC = ntm.measures_merge, STYPE = ntm.measures, SSPACE = 512,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE ntm.merge_agg(ntm.measures) IS
    'All rows joined by ||, in the order given: merge_agg(m ORDER BY reported_at); the last row that has a measure wins. NULL rows are skipped; NULL if there are no others';

CREATE AGGREGATE ntm.sum(ntm.measures) (
    SFUNC = ntm.measures_sum_add, STYPE = ntm.measures, SSPACE = 512,
    COMBINEFUNC = ntm.measures_sum_add, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ntm.sum(ntm.measures) IS
    'Sum by name. Missing is not zero: a measure that is unknown in a row, or absent from one, has an unknown sum. What is not applicable is skipped; if it is in every row, so is the sum. A sum out of range is an error (22003), and so is one of some of the rows on the way to a sum in range: where large values of both signs meet, a plan may fail that adds them in another order or in parallel, while another does not. NULL rows are skipped (write coalesce(m, ''{}'') to have them count as missing); NULL if there are no others';
