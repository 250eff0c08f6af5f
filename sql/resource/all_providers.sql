-- Returns the ids of all providers.
SELECT id FROM provider
