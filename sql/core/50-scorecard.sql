-- ntm.scorecard: the verdict of every node of a ruleset.

CREATE TYPE ntm.scorecard;

CREATE FUNCTION ntm.scorecard_in(cstring) RETURNS ntm.scorecard
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_scorecard_in';
COMMENT ON FUNCTION ntm.scorecard_in(cstring) IS 'I/O';

CREATE FUNCTION ntm.scorecard_out(ntm.scorecard) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_scorecard_out';
COMMENT ON FUNCTION ntm.scorecard_out(ntm.scorecard) IS 'I/O';

CREATE FUNCTION ntm.scorecard_recv(internal) RETURNS ntm.scorecard
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_scorecard_recv';
COMMENT ON FUNCTION ntm.scorecard_recv(internal) IS 'I/O';

CREATE FUNCTION ntm.scorecard_send(ntm.scorecard) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_scorecard_send';
COMMENT ON FUNCTION ntm.scorecard_send(ntm.scorecard) IS 'I/O';

CREATE TYPE ntm.scorecard (
    INPUT = ntm.scorecard_in,
    OUTPUT = ntm.scorecard_out,
    RECEIVE = ntm.scorecard_recv,
    SEND = ntm.scorecard_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = int4,
    STORAGE = extended
);
COMMENT ON TYPE ntm.scorecard IS
    'The verdict of every node of a ruleset, and of the whole. Carries the codes and a fingerprint of the ruleset, so that it can be stored and read years later. Text: a JSON object with "overall" first, the nodes in document order, "points" (earned and possible) for sets that score, and "ruleset" (32 hexadecimal digits, see ntm.fingerprint) last.';

-- Comparison: bytewise; the order means nothing but equal or not

CREATE FUNCTION ntm.scorecard_eq(ntm.scorecard, ntm.scorecard) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_scorecard_eq';
COMMENT ON FUNCTION ntm.scorecard_eq(ntm.scorecard, ntm.scorecard) IS 'implementation of = operator';

CREATE FUNCTION ntm.scorecard_ne(ntm.scorecard, ntm.scorecard) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_scorecard_ne';
COMMENT ON FUNCTION ntm.scorecard_ne(ntm.scorecard, ntm.scorecard) IS 'implementation of <> operator';

CREATE FUNCTION ntm.scorecard_lt(ntm.scorecard, ntm.scorecard) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_scorecard_lt';
COMMENT ON FUNCTION ntm.scorecard_lt(ntm.scorecard, ntm.scorecard) IS 'implementation of < operator';

CREATE FUNCTION ntm.scorecard_le(ntm.scorecard, ntm.scorecard) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_scorecard_le';
COMMENT ON FUNCTION ntm.scorecard_le(ntm.scorecard, ntm.scorecard) IS 'implementation of <= operator';

CREATE FUNCTION ntm.scorecard_gt(ntm.scorecard, ntm.scorecard) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_scorecard_gt';
COMMENT ON FUNCTION ntm.scorecard_gt(ntm.scorecard, ntm.scorecard) IS 'implementation of > operator';

CREATE FUNCTION ntm.scorecard_ge(ntm.scorecard, ntm.scorecard) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_scorecard_ge';
COMMENT ON FUNCTION ntm.scorecard_ge(ntm.scorecard, ntm.scorecard) IS 'implementation of >= operator';

CREATE FUNCTION ntm.scorecard_cmp(ntm.scorecard, ntm.scorecard) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_scorecard_cmp';
COMMENT ON FUNCTION ntm.scorecard_cmp(ntm.scorecard, ntm.scorecard) IS 'less-equal-greater';

CREATE FUNCTION ntm.scorecard_hash(ntm.scorecard) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_scorecard_hash';
COMMENT ON FUNCTION ntm.scorecard_hash(ntm.scorecard) IS 'hash';

CREATE FUNCTION ntm.scorecard_hash_extended(ntm.scorecard, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_scorecard_hash_extended';
COMMENT ON FUNCTION ntm.scorecard_hash_extended(ntm.scorecard, bigint) IS 'hash with a seed';

CREATE OPERATOR ntm.= (
    LEFTARG = ntm.scorecard, RIGHTARG = ntm.scorecard, FUNCTION = ntm.scorecard_eq,
    COMMUTATOR = OPERATOR(ntm.=), NEGATOR = OPERATOR(ntm.<>),
    RESTRICT = pg_catalog.eqsel, JOIN = pg_catalog.eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR ntm.= (ntm.scorecard, ntm.scorecard) IS 'equal';

CREATE OPERATOR ntm.<> (
    LEFTARG = ntm.scorecard, RIGHTARG = ntm.scorecard, FUNCTION = ntm.scorecard_ne,
    COMMUTATOR = OPERATOR(ntm.<>), NEGATOR = OPERATOR(ntm.=),
    RESTRICT = pg_catalog.neqsel, JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR ntm.<> (ntm.scorecard, ntm.scorecard) IS 'not equal';

CREATE OPERATOR ntm.< (
    LEFTARG = ntm.scorecard, RIGHTARG = ntm.scorecard, FUNCTION = ntm.scorecard_lt,
    COMMUTATOR = OPERATOR(ntm.>), NEGATOR = OPERATOR(ntm.>=),
    RESTRICT = pg_catalog.scalarltsel, JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR ntm.< (ntm.scorecard, ntm.scorecard) IS 'less than';

CREATE OPERATOR ntm.<= (
    LEFTARG = ntm.scorecard, RIGHTARG = ntm.scorecard, FUNCTION = ntm.scorecard_le,
    COMMUTATOR = OPERATOR(ntm.>=), NEGATOR = OPERATOR(ntm.>),
    RESTRICT = pg_catalog.scalarlesel, JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR ntm.<= (ntm.scorecard, ntm.scorecard) IS 'less than or equal';

CREATE OPERATOR ntm.> (
    LEFTARG = ntm.scorecard, RIGHTARG = ntm.scorecard, FUNCTION = ntm.scorecard_gt,
    COMMUTATOR = OPERATOR(ntm.<), NEGATOR = OPERATOR(ntm.<=),
    RESTRICT = pg_catalog.scalargtsel, JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR ntm.> (ntm.scorecard, ntm.scorecard) IS 'greater than';

CREATE OPERATOR ntm.>= (
    LEFTARG = ntm.scorecard, RIGHTARG = ntm.scorecard, FUNCTION = ntm.scorecard_ge,
    COMMUTATOR = OPERATOR(ntm.<=), NEGATOR = OPERATOR(ntm.<),
    RESTRICT = pg_catalog.scalargesel, JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR ntm.>= (ntm.scorecard, ntm.scorecard) IS 'greater than or equal';

CREATE OPERATOR CLASS ntm.scorecard_ops
    DEFAULT FOR TYPE ntm.scorecard USING btree AS
    OPERATOR 1 ntm.<,
    OPERATOR 2 ntm.<=,
    OPERATOR 3 ntm.=,
    OPERATOR 4 ntm.>=,
    OPERATOR 5 ntm.>,
    FUNCTION 1 ntm.scorecard_cmp(ntm.scorecard, ntm.scorecard),
    FUNCTION 4 pg_catalog.btequalimage(pg_catalog.oid);
COMMENT ON OPERATOR CLASS ntm.scorecard_ops USING btree IS 'bytewise; the order means nothing but equal or not';
COMMENT ON OPERATOR FAMILY ntm.scorecard_ops USING btree IS 'bytewise; the order means nothing but equal or not';

CREATE OPERATOR CLASS ntm.scorecard_ops
    DEFAULT FOR TYPE ntm.scorecard USING hash AS
    OPERATOR 1 ntm.=,
    FUNCTION 1 ntm.scorecard_hash(ntm.scorecard),
    FUNCTION 2 ntm.scorecard_hash_extended(ntm.scorecard, bigint);
COMMENT ON OPERATOR CLASS ntm.scorecard_ops USING hash IS 'equality, for hash joins, grouping and hash partitioning';
COMMENT ON OPERATOR FAMILY ntm.scorecard_ops USING hash IS 'equality, for hash joins, grouping and hash partitioning';

-- Reading a scorecard

CREATE FUNCTION ntm.overall(ntm.scorecard) RETURNS ntm.verdict
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_overall';
COMMENT ON FUNCTION ntm.overall(ntm.scorecard) IS
    'The verdict of the whole set.';

CREATE FUNCTION ntm.scorecard_verdict(ntm.scorecard, text) RETURNS ntm.verdict
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_scorecard_verdict';
COMMENT ON FUNCTION ntm.scorecard_verdict(ntm.scorecard, text) IS 'implementation of -> operator';

CREATE OPERATOR ntm.-> (
    LEFTARG = ntm.scorecard, RIGHTARG = text, FUNCTION = ntm.scorecard_verdict
);
COMMENT ON OPERATOR ntm.-> (ntm.scorecard, text) IS
    'verdict of the node with that code; NULL if there is no such node';

CREATE FUNCTION ntm.criteria(ntm.scorecard, ntm.verdict) RETURNS text[]
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_criteria';
COMMENT ON FUNCTION ntm.criteria(ntm.scorecard, ntm.verdict) IS
    'Codes of the criteria (top-level nodes) with that verdict, in document order; empty if there are none.';

CREATE FUNCTION ntm.indicators(ntm.scorecard, ntm.verdict) RETURNS text[]
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_indicators';
COMMENT ON FUNCTION ntm.indicators(ntm.scorecard, ntm.verdict) IS
    'Codes of the indicators (nodes without children) with that verdict, in document order; empty if there are none.';

CREATE FUNCTION ntm.met_count(ntm.scorecard) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_met_count';
COMMENT ON FUNCTION ntm.met_count(ntm.scorecard) IS
    'Number of criteria that are met; not applicable counts as met.';

CREATE FUNCTION ntm.not_met_count(ntm.scorecard) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_not_met_count';
COMMENT ON FUNCTION ntm.not_met_count(ntm.scorecard) IS
    'Number of criteria that are not met.';

CREATE FUNCTION ntm.unknown_count(ntm.scorecard) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_unknown_count';
COMMENT ON FUNCTION ntm.unknown_count(ntm.scorecard) IS
    'Number of criteria that cannot be decided because facts are missing.';

CREATE FUNCTION ntm.criterion_count(ntm.scorecard) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_criterion_count';
COMMENT ON FUNCTION ntm.criterion_count(ntm.scorecard) IS
    'Number of criteria: met, not met and unknown together.';

CREATE FUNCTION ntm.possibly_met_count(ntm.scorecard) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_possibly_met_count';
COMMENT ON FUNCTION ntm.possibly_met_count(ntm.scorecard) IS
    'Number of criteria that would be met if all that is unknown turned out well: met and unknown together. With met_count, which is certain, the interval in which the final count lies.';

CREATE FUNCTION ntm.points(ntm.scorecard) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_points';
COMMENT ON FUNCTION ntm.points(ntm.scorecard) IS
    'Points earned for certain in the overall rule''s gate by points (the last one, if there are several); NULL for sets that do not score.';

CREATE FUNCTION ntm.possible_points(ntm.scorecard) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'ntm_possible_points';
COMMENT ON FUNCTION ntm.possible_points(ntm.scorecard) IS
    'Points earned if all that is unknown turned out well; NULL for sets that do not score.';
