-- Returns the clients that have one of these as their code, or as their id in another system: for each row $1 what was read.
WITH wanted (said) AS (VALUES ($1))
SELECT client.id, client.code, client.code AS said FROM client WHERE client.code IN (SELECT wanted.said FROM wanted)
UNION ALL
SELECT client.id, client.code, client.external_id AS said FROM client
WHERE client.external_id IN (SELECT wanted.said FROM wanted)
