-- Returns the sharing requests sent from $1 to before $2, each with the first answer of its owner, and whether it can be
-- answered no more: to the owner $3.
SELECT request.owner_id, request.requested_at, first.label, first.from_at AS answered_at,
    request.cancelled_at IS NOT NULL OR COALESCE(request.lapses_on < run_time.day, FALSE) AS has_ended
FROM sharing_request AS request
CROSS JOIN run_time
LEFT JOIN sharing_answer AS first ON first.id = (SELECT answer.id FROM sharing_answer AS answer
    WHERE answer.request_id = request.id AND answer.label <> 'pending'
    ORDER BY answer.from_at, answer.id LIMIT 1)
WHERE request.requested_at >= $1 AND request.requested_at < $2
    AND request.owner_id = $3 -- ?
