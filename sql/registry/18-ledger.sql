-- The chains of decisions.  Every row written to a ledger of decisions, or of
-- the law they rest on, gets a digest over its text and the digest of the row
-- before it, so that no row can be altered, removed, inserted or moved, by
-- whatever means, unless everything after it is written anew; and that a digest
-- printed on paper tells.
--
-- A ledger is an append-only table with a column id.  To chain table award:
--
--     INSERT INTO decision_ledger (ledger) VALUES ('award');
--
--     CREATE TRIGGER lock_decisions BEFORE INSERT ON award
--         FOR EACH STATEMENT EXECUTE FUNCTION lock_decisions();
--
--     CREATE TRIGGER chain_decisions AFTER INSERT ON award
--         REFERENCING NEW TABLE AS new_decisions
--         FOR EACH STATEMENT EXECUTE FUNCTION chain_decisions();
--
-- A column added to such a table later must be NULL in the rows that were
-- there before: NULLs are left out of the text.  So is column valid_to, the one
-- that published law may get later: that an edition ended is not proven.  Where
-- such an UPDATE is allowed, lock_decisions is a trigger BEFORE INSERT OR UPDATE.

CREATE TABLE decision_ledger (
    ledger      text    PRIMARY KEY,
    row_count   bigint  NOT NULL DEFAULT 0,
    digest      text    NOT NULL DEFAULT repeat('0', 64)
);

COMMENT ON TABLE decision_ledger IS
'The head of each chain, one row for each chained table: of decisions, and of the law they rest on. Print ledger, row_count and digest on paper now and then: check_decisions() compares with it.';
COMMENT ON COLUMN decision_ledger.ledger IS 'Name of the chained table.';
COMMENT ON COLUMN decision_ledger.row_count IS 'Number of rows in its chain; set by the database.';
COMMENT ON COLUMN decision_ledger.digest IS 'Digest of the last of them, 64 hexadecimal digits; 64 zeros while there is none; set by the database.';

CREATE TABLE decision_chain (
    ledger          text    NOT NULL REFERENCES decision_ledger,
    position        bigint  NOT NULL,
    row_id          bigint  NOT NULL,
    previous_digest text    NOT NULL,
    digest          text    NOT NULL,
    PRIMARY KEY (ledger, position),
    CONSTRAINT decision_chain_once UNIQUE (ledger, row_id)
);

COMMENT ON TABLE decision_chain IS
'The chains of decisions and of the law they rest on, one row for each row of a chained table, in the order in which their transactions committed. Written by the insert into the table itself; check_decisions() proves it right.';
COMMENT ON COLUMN decision_chain.ledger IS 'Name of the chained table.';
COMMENT ON COLUMN decision_chain.position IS 'Place in the chain, counted from 1 without gaps.';
COMMENT ON COLUMN decision_chain.row_id IS 'Column id of the row.';
COMMENT ON COLUMN decision_chain.previous_digest IS 'Digest of the row before it in the chain; 64 zeros for the first.';
COMMENT ON COLUMN decision_chain.digest IS 'SHA-256 of previous_digest and the text of the row, in 64 hexadecimal digits.';

CREATE TRIGGER keep_decision_chain BEFORE UPDATE OR DELETE OR TRUNCATE ON decision_chain
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('The chain follows from the decisions; record a later decision.');

CREATE FUNCTION guard_decisions() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path FROM CURRENT
AS $$
BEGIN
    -- 1 is this trigger, called by a user's statement; from chain_decisions it is 2
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format('cannot %s table %I', lower(TG_OP), TG_TABLE_NAME),
            DETAIL = 'The chain follows from the decisions.',
            HINT = 'Record a decision in its own table.';
    END IF;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION guard_decisions() IS
'Trigger: refuses to write the chain of decisions other than by recording decisions (SQLSTATE 55000).';

CREATE TRIGGER guard_decision_chain BEFORE INSERT ON decision_chain
    FOR EACH STATEMENT EXECUTE FUNCTION guard_decisions();

CREATE TRIGGER guard_decision_ledger BEFORE UPDATE OR DELETE OR TRUNCATE ON decision_ledger
    FOR EACH STATEMENT EXECUTE FUNCTION guard_decisions();

-- PostgreSQL's own jsonb fixes the order of the keys and the form of every
-- value but the times, which are written in the zone of the session: whoever
-- makes the text sets that to UTC.  The types of ntm stand in it as strings,
-- their text form, because they have no cast to json: one added later, or
-- another text form of a stored value, would break every chain.
CREATE FUNCTION decision_digest(previous_digest text, decision jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN encode(sha256(convert_to(previous_digest || jsonb_strip_nulls(decision - 'valid_to')::text, 'UTF8')), 'hex');

COMMENT ON FUNCTION decision_digest(text, jsonb) IS
'The digest of a row of a ledger: SHA-256 of the digest of the row before it, followed by the row as a JSON object, without valid_to, without NULLs and with times in UTC; in hexadecimal digits. The same on every version of PostgreSQL.';

-- Whoever writes decisions first takes the heads of all chains, in one order,
-- and only then other locks, so that writers wait for each other and cannot
-- deadlock, whichever ledgers they write to in a transaction; the heads are
-- theirs until they commit.  That makes the order of each chain the order of
-- commit.  An INSERT of no rows takes the heads before there is anything to
-- write.  Both triggers take the rights of the owner, see check_reports.
CREATE FUNCTION lock_decisions() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path FROM CURRENT
AS $$
BEGIN
    PERFORM FROM decision_ledger ORDER BY decision_ledger.ledger FOR NO KEY UPDATE;

    IF NOT EXISTS (SELECT FROM decision_ledger WHERE decision_ledger.ledger = TG_TABLE_NAME::text) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = pg_catalog.format('the chain of decisions in table %I has no head', TG_TABLE_NAME),
            DETAIL = 'There is no row for it in table decision_ledger.',
            HINT = 'SELECT * FROM check_decisions() says what else is wrong.';
    END IF;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION lock_decisions() IS
'Trigger: makes those who record decisions, or publish the law for them, wait for each other, until they commit; refuses if the chain has lost its head (SQLSTATE 55000).';

CREATE FUNCTION chain_decisions() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path FROM CURRENT
    SET TimeZone = 'UTC'
AS $$
DECLARE
    head decision_ledger;
    decision record;
    previous_digest text;
BEGIN
    SELECT * INTO head FROM decision_ledger WHERE decision_ledger.ledger = TG_TABLE_NAME::text;

    FOR decision IN
        SELECT d.id, pg_catalog.to_jsonb(d) AS content FROM new_decisions AS d ORDER BY d.id
    LOOP
        previous_digest := head.digest;
        head.row_count := head.row_count + 1;
        head.digest := decision_digest(previous_digest, decision.content);

        INSERT INTO decision_chain (ledger, position, row_id, previous_digest, digest)
        VALUES (head.ledger, head.row_count, decision.id, previous_digest, head.digest);
    END LOOP;

    UPDATE decision_ledger
       SET row_count = head.row_count, digest = head.digest
     WHERE decision_ledger.ledger = head.ledger AND decision_ledger.row_count <> head.row_count;

    RETURN NULL;
END
$$;

COMMENT ON FUNCTION chain_decisions() IS
'Trigger: adds new decisions to the chain of their table, in the order of their ids.';

REVOKE EXECUTE ON FUNCTION lock_decisions(), chain_decisions() FROM PUBLIC;

-- The names of the chained tables are data, hence EXECUTE.
CREATE FUNCTION check_decisions(expected_digest text DEFAULT NULL)
    RETURNS TABLE (ledger text, "position" bigint, row_id bigint, problem text)
    LANGUAGE plpgsql STABLE
    SET search_path FROM CURRENT
    SET TimeZone = 'UTC'
AS $$
#variable_conflict use_column
DECLARE
    head decision_ledger;
BEGIN
    FOR head IN
        SELECT known.ledger, h.row_count, h.digest
          FROM (SELECT c.ledger FROM decision_chain AS c
                 UNION
                SELECT l.ledger FROM decision_ledger AS l) AS known
          LEFT JOIN decision_ledger AS h ON h.ledger = known.ledger
         ORDER BY known.ledger
    LOOP
        RETURN QUERY EXECUTE format($query$
            SELECT $1, found.position, found.row_id, found.problem
              FROM (SELECT c.position, coalesce(c.row_id, d.id) AS row_id,
                           CASE
                               WHEN c.position IS NULL THEN 'is not in the chain'
                               WHEN d.id IS NULL THEN 'has been removed'
                               WHEN c.digest <> decision_digest(c.previous_digest, to_jsonb(d)) THEN 'has been altered'
                               WHEN c.position <> c.position_before + 1 THEN 'follows rows that have been removed'
                               WHEN c.previous_digest <> c.digest_before THEN 'does not follow the row before it: that was written anew, removed or inserted'
                           END AS problem
                      FROM (SELECT chain.*, coalesce(lag(chain.position) OVER w, 0) AS position_before,
                                   coalesce(lag(chain.digest) OVER w, repeat('0', 64)) AS digest_before
                              FROM decision_chain AS chain
                             WHERE chain.ledger = $1
                            WINDOW w AS (ORDER BY chain.position)) AS c
                      FULL JOIN %I AS d ON d.id = c.row_id) AS found
             WHERE found.problem IS NOT NULL
             ORDER BY found.position, found.row_id
            $query$, head.ledger) USING head.ledger;

        RETURN QUERY
            SELECT head.ledger, NULL::bigint, NULL::bigint, wrong.problem
              FROM (SELECT count(*) AS row_count, max(c.position) AS last FROM decision_chain AS c WHERE c.ledger = head.ledger) AS chain
             CROSS JOIN LATERAL (
                   SELECT CASE
                              WHEN head.digest IS NULL THEN 'the head of the chain has been removed'
                              WHEN head.row_count <> chain.row_count
                              THEN format('the head of the chain counts %s rows, the chain has %s', head.row_count, chain.row_count)
                              WHEN head.digest <> coalesce((SELECT c.digest FROM decision_chain AS c
                                                             WHERE c.ledger = head.ledger AND c.position = chain.last), repeat('0', 64))
                              THEN 'the head of the chain has another digest than the last row'
                          END AS problem) AS wrong
             WHERE wrong.problem IS NOT NULL;
    END LOOP;

    IF expected_digest IS NOT NULL
       AND NOT EXISTS (SELECT FROM decision_chain AS c WHERE c.digest = lower(check_decisions.expected_digest)) THEN
        RETURN QUERY
            SELECT NULL::text, NULL::bigint, NULL::bigint,
                   format('no row of any chain has the digest %s', lower(check_decisions.expected_digest));
    END IF;
END
$$;

COMMENT ON FUNCTION check_decisions(text) IS
'What is wrong with the chained tables, of decisions and of the law they rest on (decision_ledger names them): each row that was altered, removed, inserted or moved, by whatever means; position and row_id NULL = the chain as a whole. No rows = all is right. Give expected_digest, a digest once read from decision_ledger and kept elsewhere, to find out too whether the chain was written anew up to that row or has lost it.';
