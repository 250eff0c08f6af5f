-- Returns the clients that are found by the birth date that is the word $1; at most $2.
SELECT client.id
FROM client_word AS word
JOIN client ON client.id = word.client_id AND client.merged_into IS NULL
WHERE word.word = $1
LIMIT $2
