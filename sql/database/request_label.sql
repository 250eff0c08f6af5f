-- Returns the first hundred sharing requests without a label in force, or that are open under a label that is not
-- pending or granted, or closed under pending although they were not cancelled and have no last day, or cancelled under
-- another label (rules 3.5 and 3.11). A grant that has run out, and a request that has ended unanswered, are closed
-- when the next request is made.
SELECT request.code AS offender
FROM sharing_request AS request
LEFT JOIN sharing_answer AS answer ON answer.request_id = request.id AND answer.until_at IS NULL
WHERE answer.label IS NULL
    OR request.open AND answer.label NOT IN ('pending', 'granted')
    OR NOT request.open AND answer.label = 'pending' AND request.cancelled_at IS NULL AND request.lapses_on IS NULL
    OR request.cancelled_at IS NOT NULL AND answer.label <> 'pending'
ORDER BY request.code
LIMIT 100
