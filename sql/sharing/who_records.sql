-- Returns how many records of the client $1 each provider sees, its own ones and those of each other, type by type, since
-- when there is the first of its own or the link, by the names of both; where the portal account $2 speaks for one of the
-- two. The transaction says where it stands.
SELECT seen.owner_id, owner.code AS owner, owner.name AS owner_name, seen.recipient_id, recipient.code AS recipient,
    recipient.name AS recipient_name, seen.data_type, seen.basis, seen.records, seen.since_at
FROM (
    SELECT record.provider_id AS owner_id, record.provider_id AS recipient_id, record.data_type, 'own' AS basis,
        CAST(COUNT(*) AS BIGINT) AS records, MIN(record.created_at) AS since_at
    FROM record
    WHERE record.client_id = $1
    GROUP BY record.provider_id, record.data_type
    UNION ALL
    SELECT shared.owner_id, shared.recipient_id, shared.data_type, shared.basis, CAST(COUNT(*) AS BIGINT) AS records,
        MAX(link.from_at) AS since_at
    FROM shared_record AS shared
    JOIN sharing_link AS link ON link.owner_id = shared.owner_id AND link.recipient_id = shared.recipient_id
        AND link.data_type = shared.data_type AND link.until_at IS NULL
    WHERE shared.client_id = $1
    GROUP BY shared.owner_id, shared.recipient_id, shared.data_type, shared.basis
) AS seen
JOIN provider AS owner ON owner.id = seen.owner_id
JOIN provider AS recipient ON recipient.id = seen.recipient_id
WHERE TRUE
    -- ?{
    AND EXISTS (SELECT 1 FROM account_provider AS mine
        WHERE mine.account_id = $2 AND mine.provider_id IN (seen.owner_id, seen.recipient_id))
    -- ?}
ORDER BY recipient.name_key, seen.recipient_id, owner.name_key, seen.owner_id, seen.data_type
