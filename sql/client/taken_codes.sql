-- Returns those of the codes $1 that are in use.
WITH wanted (code) AS (VALUES ($1))
SELECT client.code FROM client WHERE client.code IN (SELECT wanted.code FROM wanted)
