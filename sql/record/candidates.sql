-- Returns the records that a code may mean: $1 a code, $1 to $2 codes that begin so; all, or those that
-- the provider $3 sees. The transaction says where it stands.
SELECT seen.id, seen.code, CASE seen.code WHEN $1 THEN CAST(1 AS BIGINT) ELSE CAST(2 AS BIGINT) END AS fit
FROM record AS seen
WHERE seen.code >= $1 AND seen.code < $2
    -- ?{
    AND (seen.provider_id = $3 OR EXISTS (SELECT 1 FROM shared_record AS shared
        WHERE shared.record_id = seen.id AND shared.recipient_id = $3))
    -- ?}
ORDER BY fit, seen.code
LIMIT 20
