-- Returns the sharing requests about the client $1 that wait for an answer on the day $2.
SELECT request.code, owner.name AS owner_name
FROM sharing_request AS request
JOIN sharing_answer AS answer ON answer.request_id = request.id AND answer.until_at IS NULL
JOIN provider AS owner ON owner.id = request.owner_id
WHERE request.client_id = $1 AND request.open AND answer.label = 'pending'
    AND (request.lapses_on IS NULL OR request.lapses_on >= $2)
ORDER BY request.id
