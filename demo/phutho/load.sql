-- Loads Phú Thọ into an empty database: the registry phutho with its units, its
-- law, the reports for 2017 to 2019 and the recognitions that rest on them.
--
--     psql -X -v ON_ERROR_STOP=1 -f demo/phutho/load.sql
--
-- What is fact and what is generated: README.md beside this file.  All or
-- nothing: one transaction.

\set ON_ERROR_STOP on
\encoding UTF8

BEGIN;

SET LOCAL client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS ntm CASCADE;
SET LOCAL client_min_messages = notice;

SELECT ntm.create_registry('phutho') \gset

SET LOCAL search_path = phutho, ntm, public;

\ir 00-chance.sql
\ir 10-units.sql
\ir 20-law.sql
\ir 30-communes.sql
\ir 40-areas.sql
\ir 50-reports.sql
\ir 60-recognition.sql
\ir 70-award.sql
\ir 80-reforms.sql

SET LOCAL client_min_messages = warning;
DROP SCHEMA phutho_demo CASCADE;

-- Whoever connects next finds the tables, and writes dates as in Vietnam.
DO $$
BEGIN
    EXECUTE format('ALTER DATABASE %I SET search_path = phutho, ntm, public', current_database());
    EXECUTE format('ALTER DATABASE %I SET datestyle = ''ISO, DMY''', current_database());
END
$$;

COMMIT;

-- A registry that grows day by day has statistics; one that is filled at once
-- needs them now.
ANALYZE phutho.class, phutho.unit, phutho.unit_state, phutho.unit_change, phutho.indicator, phutho.criteria_set, phutho.report,
        phutho.dossier, phutho.recognition_procedure, phutho.procedure_step, phutho.recognition,
        phutho.decision_ledger, phutho.decision_chain, phutho.award_policy, phutho.award_amount, phutho.yearly_target;
