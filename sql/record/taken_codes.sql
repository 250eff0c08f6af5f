-- Returns those of the codes $1 that are in use.
WITH wanted (code) AS (VALUES ($1))
SELECT record.code FROM record WHERE record.code IN (SELECT wanted.code FROM wanted)
