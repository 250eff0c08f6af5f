-- Sets up a role for everyday work in a database on PostgreSQL: it does all that people do, and can append to the audit trail but not
-- change it. Upgrades and `client erase` remain with the role that ran `caredesk init` and owns the tables.
--
-- Run it as the owner after `caredesk init`, and again after an upgrade; until then it can use new tables too:
--
--     psql "$OWNER_ADDRESS" -c "CREATE ROLE everyday LOGIN PASSWORD '…'"      (as a role that may create others)
--     psql "$OWNER_ADDRESS" -v role=everyday -f roles.sql

\set ON_ERROR_STOP on
BEGIN;

GRANT USAGE ON SCHEMA public TO :"role";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"role";
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"role";

-- Entries of the trail and of the register of disclosures stay; when two clients are merged, those of the register follow.
REVOKE UPDATE, DELETE ON audit FROM :"role";
REVOKE DELETE ON disclosure FROM :"role";
-- UPDATE remains, which the server wants for the lock by which changes queue.
REVOKE INSERT, DELETE ON schema_migration FROM :"role";

COMMIT;
