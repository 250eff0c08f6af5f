-- Returns the clients whom the portal account $1 sees, by name: with a folded name from $2 up to $3, after the one
-- whose folded name is $4 and id $5; at most $6. What it sees is found first, since that is little. The transaction
-- says where it stands.
WITH seen AS MATERIALIZED (
    SELECT DISTINCT own.client_id FROM account_sharing_client AS own WHERE own.account_id = $1
)
SELECT client.id, client.code, client.given, client.family, client.birth_date, client.postal_code, client.address,
    client.carer_note, client.external_id, client.status, client.since_on, client.source, client.source_id, client.merged_into
FROM seen
CROSS JOIN client
WHERE client.id = seen.client_id AND client.merged_into IS NULL
    AND client.name_key >= $2 AND client.name_key < $3 -- ?
    AND (client.name_key, client.id) > ($4, $5) -- ?
ORDER BY client.name_key, client.id
LIMIT $6
