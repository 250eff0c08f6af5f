-- Returns the labels that the request $1 has had, in their order.
SELECT answer.label AS status, answer.signed_on, answer.expires_on, account.login AS by, answer.from_at AS starts_at,
    answer.until_at AS ends_at
FROM sharing_answer AS answer
JOIN account ON account.id = answer.answered_by
WHERE answer.request_id = $1
ORDER BY answer.from_at, answer.until_at NULLS LAST, answer.id
