-- Returns the clients that accounts may name who speak for the provider $1. The transaction says where it stands.
SELECT client_id FROM enrolled WHERE provider_id = $1
UNION
SELECT client_id FROM record WHERE provider_id = $1
UNION
SELECT client_id FROM shared_record WHERE recipient_id = $1
