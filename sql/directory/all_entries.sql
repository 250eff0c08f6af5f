-- Returns what all directories say of no provider, with their names.
SELECT directory.name AS directory, directory_entry.entity, directory_entry.entry, directory_entry.content
FROM directory
JOIN directory_entry ON directory_entry.directory_id = directory.id
