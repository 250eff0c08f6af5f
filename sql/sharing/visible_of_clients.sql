-- Returns each record of the clients $1 and $2 that each recipient sees. The transaction says where it stands.
SELECT DISTINCT shared.recipient_id, shared.record_id
FROM shared_record AS shared
WHERE shared.client_id IN ($1, $2)
