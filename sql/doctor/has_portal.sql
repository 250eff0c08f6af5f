-- Returns a row if a portal account is active.
SELECT 1 FROM account WHERE level = 'provider-portal' AND active LIMIT 1
