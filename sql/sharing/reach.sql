-- Returns how many records of how many clients each recipient sees of the owner $1: the recipient $2, of the data type $3, of
-- the client $4. The transaction says where it stands.
SELECT shared.recipient_id, recipient.name AS recipient, CAST(COUNT(*) AS BIGINT) AS records,
    CAST(COUNT(DISTINCT shared.client_id) AS BIGINT) AS clients
FROM shared_record AS shared
JOIN provider AS recipient ON recipient.id = shared.recipient_id
WHERE shared.owner_id = $1
    AND shared.recipient_id = $2 -- ?
    AND shared.data_type = $3 -- ?
    AND shared.client_id = $4 -- ?
GROUP BY shared.recipient_id, recipient.name, recipient.name_key
ORDER BY recipient.name_key, shared.recipient_id
