-- Returns how often a word from $1 to before $2 is in the index, at most $3.
SELECT CAST(COUNT(*) AS BIGINT) AS hits FROM (SELECT 1 FROM search_word WHERE word >= $1 AND word < $2 LIMIT $3) AS few
