-- Returns how many records of each client and data type each recipient sees of the owner $1: the recipient $2, of the data
-- type $3, of the client $4. The transaction says where it stands.
SELECT shared.recipient_id, shared.client_id, shared.data_type, CAST(COUNT(*) AS BIGINT) AS records
FROM shared_record AS shared
WHERE shared.owner_id = $1
    AND shared.recipient_id = $2 -- ?
    AND shared.data_type = $3 -- ?
    AND shared.client_id = $4 -- ?
GROUP BY shared.recipient_id, shared.client_id, shared.data_type
