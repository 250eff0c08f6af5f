-- Returns those of the codes $1 that are in use.
WITH wanted (code) AS (VALUES ($1))
SELECT provider.code FROM provider WHERE provider.code IN (SELECT wanted.code FROM wanted)
