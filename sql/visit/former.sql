-- Returns what visits were before the changes that were recorded after the entry $1 of the audit trail: their rows as
-- JSON, the last first.
SELECT version.before
FROM row_version AS version
WHERE version.name = 'visit' AND version.entry > $1 AND version.before IS NOT NULL
ORDER BY version.entry DESC
