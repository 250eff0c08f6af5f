-- Returns what statuses were before they were changed: their keys, their rows as JSON and when that was, the last first.
SELECT version.row_key, version.before, audit.at
FROM row_version AS version
JOIN audit ON audit.sequence = version.entry
WHERE version.name = 'queue_status' AND version.before IS NOT NULL
ORDER BY version.entry DESC
