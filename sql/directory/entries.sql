-- Returns what the directory $1 says of no provider, in its order.
SELECT entity, entry, content FROM directory_entry WHERE directory_id = $1 ORDER BY position
