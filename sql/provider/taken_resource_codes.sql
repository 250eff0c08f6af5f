-- Returns those of the codes $1 of resources that are in use.
WITH wanted (code) AS (VALUES ($1))
SELECT resource.code FROM resource WHERE resource.code IN (SELECT wanted.code FROM wanted)
