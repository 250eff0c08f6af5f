-- Returns the sharing requests whose agreement ends from the day $1 to the day $2, each with a provider of one side, or
-- with none for the hub, that was not alerted of it yet.
SELECT ending.id AS request_id, ending.provider_id, ending.occasion
FROM (
    SELECT request.id, answer.expires_on, answer.from_at AS occasion,
        CASE side.number WHEN 1 THEN request.owner_id WHEN 2 THEN request.recipient_id END AS provider_id
    FROM sharing_answer AS answer
    JOIN sharing_request AS request ON request.id = answer.request_id
    CROSS JOIN (SELECT 1 AS number UNION ALL SELECT 2 AS number UNION ALL SELECT 3 AS number) AS side
    WHERE answer.until_at IS NULL AND answer.label = 'granted' AND answer.expires_on >= $1 AND answer.expires_on <= $2
) AS ending
WHERE NOT EXISTS (SELECT 1 FROM alert
    WHERE alert.request_id = ending.id AND alert.kind = 'ending' AND alert.happened_at = ending.occasion
        AND (alert.provider_id = ending.provider_id OR alert.provider_id IS NULL AND ending.provider_id IS NULL))
ORDER BY ending.expires_on, ending.id, ending.provider_id NULLS LAST
