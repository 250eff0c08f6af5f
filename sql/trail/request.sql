-- Returns the sharing requests with codes above $1 up to $2, with the label of now.
SELECT request.code AS subject, client.erased_at IS NOT NULL AS erased, client.code AS client, owner.code AS owner,
    recipient.code AS recipient, request.data_type AS type, answer.label AS status, answer.signed_on, answer.expires_on,
    answer.signed_by, answer.signed_as,
    request.purpose, request.note, request.requested_at, asker.login AS requested_by,
    CASE WHEN earlier.request_id IS NOT NULL THEN answer.from_at END AS answered_at,
    CASE WHEN earlier.request_id IS NOT NULL THEN answerer.login END AS answered_by,
    answer.reason, answer.withdrawn_on, answer.withdrawn_how, request.cancelled_at, canceller.login AS cancelled_by,
    CASE WHEN answer.label = 'pending' AND request.cancelled_at IS NULL THEN request.lapses_on END AS lapses_on
FROM sharing_request AS request
JOIN client ON client.id = request.client_id
JOIN provider AS owner ON owner.id = request.owner_id
JOIN provider AS recipient ON recipient.id = request.recipient_id
JOIN account AS asker ON asker.id = request.requested_by
LEFT JOIN sharing_answer AS answer ON answer.request_id = request.id AND answer.until_at IS NULL
LEFT JOIN (SELECT DISTINCT request_id FROM sharing_answer WHERE until_at IS NOT NULL) AS earlier
    ON earlier.request_id = request.id
LEFT JOIN account AS answerer ON answerer.id = answer.answered_by
LEFT JOIN account AS canceller ON canceller.id = request.cancelled_by
WHERE request.code > $1 AND request.code <= $2
ORDER BY request.code
