-- Returns how many contacts are found by a word from $1 up to $2, at most $3.
SELECT CAST(COUNT(*) AS BIGINT) AS words
FROM (SELECT contact_id FROM contact_word WHERE word >= $1 AND word < $2 LIMIT $3) AS counted
