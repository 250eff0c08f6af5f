-- Returns the requests that a code may mean: $1 a code, $1 to $2 codes that begin so; from a provider that the portal account
-- $3 speaks for, or to one and there. The transaction says where it stands.
SELECT id, code, CASE code WHEN $1 THEN CAST(1 AS BIGINT) ELSE CAST(2 AS BIGINT) END AS fit
FROM sharing_request
WHERE code >= $1 AND code < $2
    -- ?{
    AND EXISTS (SELECT 1 FROM account_provider AS mine
        WHERE mine.account_id = $3 AND (mine.provider_id = sharing_request.recipient_id
            OR mine.provider_id = sharing_request.owner_id AND EXISTS (
                SELECT 1 FROM arrived_request AS arrived WHERE arrived.request_id = sharing_request.id)))
    -- ?}
ORDER BY fit, code
LIMIT 20
