-- Returns each record that is seen by one of the providers $1 and $2, or is theirs and seen by another: who sees it, and of
-- which client it is. The transaction says where it stands.
SELECT shared.recipient_id, shared.record_id, shared.client_id
FROM shared_record AS shared
WHERE shared.owner_id IN ($1, $2) OR shared.recipient_id IN ($1, $2)
UNION
SELECT record.provider_id AS recipient_id, record.id AS record_id, record.client_id
FROM record
WHERE record.provider_id IN ($1, $2)
