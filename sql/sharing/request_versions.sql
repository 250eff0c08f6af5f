-- Returns the requests for records of the data type $4 of the client $1, of the recipient $3 to the owner $2, with the
-- labels and dates that they had at the instant $5, the newest first.
SELECT request.code, answer.label, answer.from_at, answer.signed_on, answer.expires_on
FROM sharing_request AS request
JOIN sharing_answer AS answer ON answer.request_id = request.id
    AND answer.from_at <= $5 AND (answer.until_at IS NULL OR answer.until_at > $5)
WHERE request.client_id = $1 AND request.owner_id = $2 AND request.recipient_id = $3 AND request.data_type = $4
ORDER BY request.id DESC
