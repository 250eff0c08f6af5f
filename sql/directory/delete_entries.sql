-- Takes away what the directory $1 says of no provider.
DELETE FROM directory_entry WHERE directory_id = $1
