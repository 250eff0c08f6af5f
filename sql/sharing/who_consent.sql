-- Returns the consent on which the recipient $3 sees records of the data type $4 of the client $1 and the owner $2, on the
-- basis $5: its code, its last day, and since when it stands; of several the one that lasts longest. The transaction says
-- where it stands.
SELECT consent.source, consent.expires_on, COALESCE(
    (SELECT answer.from_at FROM sharing_request AS request
        JOIN sharing_answer AS answer ON answer.request_id = request.id AND answer.until_at IS NULL
        WHERE request.code = consent.source),
    (SELECT release.created_at FROM release WHERE release.code = consent.source)) AS since_at
FROM consent
WHERE consent.client_id = $1 AND consent.owner_id = $2 AND consent.recipient_id = $3 AND consent.data_type = $4
    AND consent.basis = $5
ORDER BY consent.expires_on DESC NULLS FIRST, consent.source
LIMIT 1
