-- What was done under the key of digest $1: by whom, for which command, and what it came to.
SELECT account_id, acted_by, command_digest, answer
FROM operation_key
WHERE key_digest = $1
