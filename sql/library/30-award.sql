-- The award policies shipped with the extension.

CREATE TABLE ntm.award_library_document (
    code        text    PRIMARY KEY,
    document    jsonb   NOT NULL,
    CONSTRAINT award_library_document_code CHECK (code OPERATOR(pg_catalog.=) (document ->> 'code'))
);

COMMENT ON TABLE ntm.award_library_document IS
'The shipped award policies themselves. Part of the extension: replaced with it, not dumped, not to be edited. To change one, publish an amended copy in a registry. Read view ntm.award_library instead.';
COMMENT ON COLUMN ntm.award_library_document.code IS 'Code of the policy, as in its document.';
COMMENT ON COLUMN ntm.award_library_document.document IS 'The policy: who earns the award (clauses), and what it is worth (amounts).';

-- @embed awards

CREATE VIEW ntm.award_library_amount AS
SELECT shipped.code,
       line.rank::integer AS "position",
       coalesce(line.value ->> 'part', 'award') AS part,
       line.value ->> 'class' AS class,
       line.value ->> 'parent_class' AS parent_class,
       line.value ->> 'condition' AS condition,
       (line.value ->> 'amount')::numeric AS amount,
       line.value ->> 'cite' AS cite,
       coalesce(line.value ->> 'source', shipped.document ->> 'source') AS source
  FROM ntm.award_library_document AS shipped
 CROSS JOIN LATERAL jsonb_array_elements(shipped.document -> 'amounts') WITH ORDINALITY AS line (value, rank);

COMMENT ON VIEW ntm.award_library_amount IS
'What the shipped award policies pay, line by line, and where that was read. Of the lines for a part the first one decides whose class the unit has and whose condition is met.';
COMMENT ON COLUMN ntm.award_library_amount.code IS 'Code of the policy.';
COMMENT ON COLUMN ntm.award_library_amount.position IS 'Order of the lines, from 1.';
COMMENT ON COLUMN ntm.award_library_amount.part IS 'Part of the award.';
COMMENT ON COLUMN ntm.award_library_amount.class IS 'The line is for units with this class. NULL = for all.';
COMMENT ON COLUMN ntm.award_library_amount.parent_class IS 'The line is for units whose parent has this class. NULL = for all.';
COMMENT ON COLUMN ntm.award_library_amount.condition IS 'The line holds where this is met. NULL = always.';
COMMENT ON COLUMN ntm.award_library_amount.amount IS 'Amount in đồng; 0 = no award. NULL = decided case by case.';
COMMENT ON COLUMN ntm.award_library_amount.cite IS 'The article or the words of it. NULL = the resolution as a whole.';
COMMENT ON COLUMN ntm.award_library_amount.source IS 'Where it was read: an address. NULL = not stated.';

-- As for criteria sets: an address makes a requirement sourced.
CREATE FUNCTION ntm.award_document_status(document jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(award_document_status.document ->> 'status',
                    CASE WHEN bool_or(part.source ~ '^illustrative') THEN 'illustrative'
                         WHEN bool_and(coalesce(part.source ~ '^https?://', false)) THEN 'sourced'
                         ELSE 'unverified' END)
      FROM (SELECT coalesce(stated.value ->> 'source', award_document_status.document ->> 'source')
              FROM (VALUES ('clauses'), ('amounts')) AS list (key)
             CROSS JOIN LATERAL jsonb_array_elements(coalesce(nullif(award_document_status.document -> list.key, 'null'), '[]')) AS stated (value)) AS part (source);
END;

COMMENT ON FUNCTION ntm.award_document_status(jsonb) IS
'The status that an award policy''s document states; else what the sources of its clauses and amounts amount to: illustrative if one is, sourced if all are addresses, else unverified. A clause or amount without a source has that of the policy.';

CREATE VIEW ntm.award_library AS
SELECT shipped.code,
       shipped.document ->> 'title' AS title,
       shipped.document ->> 'level' AS level,
       shipped.document ->> 'tier' AS tier,
       shipped.document ->> 'resolution' AS resolution,
       shipped.document ->> 'jurisdiction' AS jurisdiction,
       (shipped.document ->> 'valid_from')::date AS valid_from,
       (shipped.document ->> 'valid_to')::date AS valid_to,
       ntm.award_document_status(shipped.document) AS status,
       shipped.document
  FROM ntm.award_library_document AS shipped;

COMMENT ON VIEW ntm.award_library IS
'The award policies shipped with the extension. They are part of it and not to be edited; adopt_award_policy() of a registry publishes one there.';
COMMENT ON COLUMN ntm.award_library.code IS 'Code of the policy.';
COMMENT ON COLUMN ntm.award_library.title IS 'Title.';
COMMENT ON COLUMN ntm.award_library.level IS 'Level of the units it rewards.';
COMMENT ON COLUMN ntm.award_library.tier IS 'Tier of recognition it rewards. NULL = every tier, each by itself.';
COMMENT ON COLUMN ntm.award_library.resolution IS 'The resolution or decision; a description where its number is not public.';
COMMENT ON COLUMN ntm.award_library.jurisdiction IS 'Where it is in force, in words.';
COMMENT ON COLUMN ntm.award_library.valid_from IS 'First day on which it is in force. NULL = not known: whoever adopts it says.';
COMMENT ON COLUMN ntm.award_library.valid_to IS 'First day on which it is no longer in force. NULL = no end is recorded here.';
COMMENT ON COLUMN ntm.award_library.status IS 'sourced (an address states every clause and amount), illustrative (something in it was invented) or else unverified.';
COMMENT ON COLUMN ntm.award_library.document IS 'The policy, for publish_award_document() of a registry.';

GRANT SELECT ON ntm.award_library_document, ntm.award_library_amount, ntm.award_library TO PUBLIC;
