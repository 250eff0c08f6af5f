-- Returns the requests for records of the data type $4 of the client $1, of the recipient $3 to the owner $2, with the labels
-- and dates that they had at the instant $5, the newest first, who sent them, and whether they had reached the owner. The
-- transaction stands at that instant.
SELECT request.code, asker.login AS requested_by, answer.label, answer.from_at, answer.signed_on, answer.expires_on,
    answer.reason, request.lapses_on,
    CASE WHEN request.cancelled_at <= $5 THEN request.cancelled_at END AS cancelled_at,
    EXISTS (SELECT 1 FROM arrived_request AS arrived WHERE arrived.request_id = request.id) AS has_arrived
FROM sharing_request AS request
JOIN account AS asker ON asker.id = request.requested_by
JOIN sharing_answer AS answer ON answer.request_id = request.id
    AND answer.from_at <= $5 AND (answer.until_at IS NULL OR answer.until_at > $5)
WHERE request.client_id = $1 AND request.owner_id = $2 AND request.recipient_id = $3 AND request.data_type = $4
ORDER BY request.id DESC
