-- Returns clients that are found by a word from $1 up to $2, and by one from $3 up to $4, and by one from $5 up to $6; at
-- most $7, of tens of thousands of each. What all fit is cut before anything is joined to it: some words are those of tens
-- of thousands.
SELECT client.id
FROM (
    SELECT client_id FROM (SELECT client_id FROM client_word WHERE word >= $1 AND word < $2 LIMIT 50000) AS part1
    -- ?{
    INTERSECT
    SELECT client_id FROM (SELECT client_id FROM client_word WHERE word >= $3 AND word < $4 LIMIT 50000) AS part2
    -- ?}
    -- ?{
    INTERSECT
    SELECT client_id FROM (SELECT client_id FROM client_word WHERE word >= $5 AND word < $6 LIMIT 50000) AS part3
    -- ?}
    LIMIT $7
) AS found
JOIN client ON client.id = found.client_id
WHERE client.merged_into IS NULL
