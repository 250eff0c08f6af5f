-- Returns the actions of which there are entries, in order. Each is looked up beyond the one before, so that not all entries
-- are read.
WITH RECURSIVE found AS (
    SELECT min(action) AS action FROM audit
    UNION ALL
    SELECT (SELECT min(audit.action) FROM audit WHERE audit.action > found.action) FROM found
    WHERE found.action IS NOT NULL
)
SELECT action FROM found WHERE action IS NOT NULL ORDER BY action
