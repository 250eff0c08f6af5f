-- Returns the clients whom the portal account $1 sees on any ground, by name: with a folded name from $2 up to $3, after
-- the one whose folded name is $4 and id $5; with the folded name $8, which is empty for the anonymous; at most $6. A visit
-- shows whose it is that starts from $7 on; the birth date is for who answers sharing. What it sees is found first, since
-- that is little. The transaction says where it stands.
WITH answered AS MATERIALIZED (
    SELECT DISTINCT own.client_id FROM account_sharing_client AS own WHERE own.account_id = $1
), near AS MATERIALIZED (
    SELECT DISTINCT visited.client_id FROM account_visit_client AS visited
    WHERE visited.account_id = $1 AND visited.starts_at >= $7
), seen AS MATERIALIZED (
    SELECT answered.client_id FROM answered
    UNION
    SELECT near.client_id FROM near
    WHERE EXISTS (SELECT 1 FROM account_visit_contact AS shown
        WHERE shown.account_id = $1 AND shown.client_id = near.client_id AND shown.starts_at >= $7)
)
SELECT client.id, client.code, client.given, client.family,
    CASE WHEN client.id IN (SELECT answered.client_id FROM answered) THEN client.birth_date END AS birth_date,
    client.postal_code, client.address, client.carer_note, client.external_id, client.status, client.since_on, client.source,
    client.source_id, client.merged_into
FROM seen
CROSS JOIN client
WHERE client.id = seen.client_id AND client.merged_into IS NULL
    AND client.name_key >= $2 AND client.name_key < $3 -- ?
    AND (client.name_key, client.id) > ($4, $5) -- ?
    AND client.name_key = $8 -- ?
ORDER BY client.name_key, client.id
LIMIT $6
