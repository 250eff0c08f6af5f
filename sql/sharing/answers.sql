-- Returns the labels that the request $1 has had, in their order, and last that it was cancelled, if it was.
SELECT label AS status, signed_on, expires_on, signed_by, signed_as, reason, login AS by, from_at AS starts_at,
    until_at AS ends_at
FROM (
    SELECT answer.id, answer.label, answer.signed_on, answer.expires_on, answer.signed_by, answer.signed_as, answer.reason,
        account.login, answer.from_at, COALESCE(answer.until_at, request.cancelled_at) AS until_at
    FROM sharing_answer AS answer
    JOIN sharing_request AS request ON request.id = answer.request_id
    JOIN account ON account.id = answer.answered_by
    WHERE answer.request_id = $1
    UNION ALL
    SELECT request.id, 'cancelled' AS label, NULL AS signed_on, NULL AS expires_on, NULL AS signed_by,
        NULL AS signed_as, NULL AS reason, account.login, request.cancelled_at AS from_at, NULL AS until_at
    FROM sharing_request AS request
    JOIN account ON account.id = request.cancelled_by
    WHERE request.id = $1
) AS history
ORDER BY starts_at, ends_at NULLS LAST, id
