-- Returns the dates of what is agreed with the owner $1 for the data type $2 and counts on the day $3: grants, and releases.
SELECT FALSE AS is_release, answer.signed_on, answer.expires_on
FROM sharing_request AS request
JOIN sharing_answer AS answer ON answer.request_id = request.id AND answer.until_at IS NULL
WHERE request.owner_id = $1 AND request.data_type = $2
    AND answer.label = 'granted' AND (answer.expires_on IS NULL OR answer.expires_on >= $3)
UNION ALL
SELECT TRUE AS is_release, signed_on, expires_on
FROM release
WHERE owner_id = $1 AND data_type = $2 AND revoked_at IS NULL AND (expires_on IS NULL OR expires_on >= $3)
