-- Returns how many records of the client $1 are seen of each owner by each recipient, type by type; for the portal
-- account $2 where it speaks for one of the two. The transaction says where it stands.
SELECT shared.owner_id, shared.recipient_id, shared.data_type, CAST(COUNT(*) AS BIGINT) AS records
FROM shared_record AS shared
WHERE shared.client_id = $1
    -- ?{
    AND EXISTS (SELECT 1 FROM account_provider AS mine
        WHERE mine.account_id = $2 AND mine.provider_id IN (shared.owner_id, shared.recipient_id))
    -- ?}
GROUP BY shared.owner_id, shared.recipient_id, shared.data_type
