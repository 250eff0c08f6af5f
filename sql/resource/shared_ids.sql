-- Returns the ids of sources that several programs have.
SELECT source_id
FROM resource
WHERE source_id IS NOT NULL
GROUP BY source_id
HAVING count(*) > 1
