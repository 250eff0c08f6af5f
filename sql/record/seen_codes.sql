-- Returns the codes of the records that the portal account $1 sees, its providers' own and those that are shared with them,
-- or else of all; at most $2. The transaction says where it stands.
SELECT record.code
FROM record
WHERE TRUE
    -- ?{
    AND record.id IN (
        SELECT own.id FROM account_provider AS mine JOIN record AS own ON own.provider_id = mine.provider_id
        WHERE mine.account_id = $1
        UNION ALL
        SELECT shared.record_id FROM account_provider AS mine
        JOIN shared_record AS shared ON shared.recipient_id = mine.provider_id
        WHERE mine.account_id = $1)
    -- ?}
ORDER BY record.code
LIMIT $2
