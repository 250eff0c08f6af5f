-- Returns the first hundred entries of capacity with an end that overlap with another one with an end, of the same resource
-- (rule 2.8).
SELECT code AS offender
FROM capacity
WHERE removed_at IS NULL
    AND EXISTS (
        SELECT 1 FROM capacity AS other
        WHERE other.resource_id = capacity.resource_id AND other.id <> capacity.id AND other.removed_at IS NULL
            AND other.starts_at < capacity.ends_at AND capacity.starts_at < other.ends_at)
ORDER BY code
LIMIT 100
