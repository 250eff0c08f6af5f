-- Returns the owners, recipients and data types between which something of the client $1 is shared or may be expected, by the
-- names of both: links from where the client is active or has records, other providers where the client is active beside one
-- that has records, and whatever has been asked for; of the owner $2, for the recipient $3, of the data type $4, for staff
-- only ($5 is the portal account that looks). The transaction says where it stands.
SELECT pair.owner_id, pair.recipient_id, pair.data_type
FROM (
    SELECT link.owner_id, link.recipient_id, link.data_type
    FROM sharing_link AS link
    WHERE link.until_at IS NULL AND link.owner_id IN (
        SELECT record.provider_id FROM record WHERE record.client_id = $1
        UNION
        SELECT enrolled.provider_id FROM enrolled WHERE enrolled.client_id = $1)
    UNION
    SELECT record.provider_id AS owner_id, enrolled.provider_id AS recipient_id, record.data_type
    FROM record
    JOIN enrolled ON enrolled.client_id = record.client_id AND enrolled.provider_id <> record.provider_id
    WHERE record.client_id = $1
    UNION
    SELECT request.owner_id, request.recipient_id, request.data_type
    FROM sharing_request AS request
    WHERE request.client_id = $1
) AS pair
JOIN provider AS owner ON owner.id = pair.owner_id
JOIN provider AS recipient ON recipient.id = pair.recipient_id
WHERE TRUE
    AND pair.owner_id = $2 -- ?
    AND pair.recipient_id = $3 -- ?
    AND pair.data_type = $4 -- ?
    AND $5 IS NULL -- ?
ORDER BY owner.name_key, pair.owner_id, recipient.name_key, pair.recipient_id, pair.data_type
