-- Keeps what was done: $1 and $5 digests of key and command, $2 when, $3 account, $4 login of who used it, $6 answer, $7
-- number of the newest entry of the audit trail that it wrote.
INSERT INTO operation_key (key_digest, at, account_id, acted_by, command_digest, answer, entry)
VALUES ($1, $2, $3, $4, $5, $6, $7)
