-- Returns the providers that the portal account $1 speaks for.
SELECT provider_id FROM account_provider WHERE account_id = $1 ORDER BY provider_id
