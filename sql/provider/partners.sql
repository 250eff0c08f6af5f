-- Returns the providers that a reference may mean, of those that the portal account $5 speaks for or that are linked with one
-- of these now: $1 a code, $1 to $2 codes that begin so, $3 a folded name, $3 to $4 names that begin so.
SELECT COALESCE(provider.merged_into, provider.id) AS id, provider.code, provider.name,
    CASE WHEN provider.code = $1 THEN CAST(1 AS BIGINT) WHEN provider.name_key = $3 THEN CAST(2 AS BIGINT)
        WHEN provider.code > $1 AND provider.code < $2 THEN CAST(3 AS BIGINT) ELSE CAST(4 AS BIGINT) END AS fit
FROM provider
WHERE (provider.code >= $1 AND provider.code < $2 OR provider.name_key >= $3 AND provider.name_key < $4)
    AND COALESCE(provider.merged_into, provider.id) IN (
        SELECT mine.provider_id FROM account_provider AS mine WHERE mine.account_id = $5
        UNION
        SELECT link.owner_id FROM account_provider AS mine
        JOIN sharing_link AS link ON link.recipient_id = mine.provider_id AND link.until_at IS NULL
        WHERE mine.account_id = $5
        UNION
        SELECT link.recipient_id FROM account_provider AS mine
        JOIN sharing_link AS link ON link.owner_id = mine.provider_id AND link.until_at IS NULL
        WHERE mine.account_id = $5)
ORDER BY fit, provider.code
LIMIT 20
