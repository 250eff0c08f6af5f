-- Staff may look through the eyes of a provider; that is a preview of theirs and no look of the provider (rule 3.10).
ALTER TABLE disclosure ADD COLUMN preview BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE disclosure SET preview = TRUE
WHERE account_id IN (SELECT account.id FROM account WHERE account.level <> 'provider-portal');
