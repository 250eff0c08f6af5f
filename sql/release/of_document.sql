-- Returns the ids of all releases of client $1, owner $2 and data type $3 that hold the document with the SHA-256 $4, also
-- those that do not count any more, the newest first.
SELECT id FROM release
WHERE client_id = $1 AND owner_id = $2 AND data_type = $3 AND sha256 = $4
ORDER BY id DESC
