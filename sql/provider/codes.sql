-- Returns the codes of providers, at most $1.
SELECT code FROM provider LIMIT $1
