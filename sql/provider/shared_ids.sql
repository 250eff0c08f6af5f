-- Returns the ids of sources that several providers have.
SELECT source_id
FROM provider
WHERE source_id IS NOT NULL
GROUP BY source_id
HAVING count(*) > 1
