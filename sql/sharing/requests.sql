-- Returns requests with the label of now, the newest first: with the id $1, of the client $2, to the owner $3, from the
-- recipient $4, for the data type $5, under the label $6, not run out before the day $7, run out before the day $8, with a
-- last day up to $9, open or not $10, older than the one with the id $11, from a provider that the portal account $12 speaks
-- for, or to one and there; cancelled or not $14, to be answered on the day $15 or later, unanswered before the day $16, to
-- a provider that the account $17 speaks for, from one that the account $18 does; not those to a provider that the account
-- $19 speaks for and that they have not reached; without a last day or with one $20; newer than the one with the id $21,
-- requested from $22 on, before $23; at most $13. The transaction says where it stands. A portal account sees who the client
-- is where it answers for its side and the client is active at the recipient, and as the owner, there too.
SELECT request.id, request.code, request.client_id, client.code AS client, client.given, client.family, client.birth_date,
    (TRUE
        -- ?{
        AND EXISTS (SELECT 1 FROM account_sharing_client AS seen
            WHERE seen.account_id = $12 AND seen.client_id = request.client_id)
        AND EXISTS (SELECT 1 FROM enrolled
            WHERE enrolled.client_id = request.client_id AND enrolled.provider_id = request.recipient_id)
        AND (request.recipient_id IN (SELECT own.provider_id FROM account_provider AS own WHERE own.account_id = $12)
            OR EXISTS (SELECT 1 FROM enrolled
                WHERE enrolled.client_id = request.client_id AND enrolled.provider_id = request.owner_id))
        -- ?}
    ) AS is_named, request.owner_id,
    owner.code AS owner, owner.name AS owner_name, request.recipient_id, recipient.code AS recipient,
    recipient.name AS recipient_name, request.data_type, request.requested_at,
    request.requested_by AS requested_by_id,
    asker.login AS requested_by, request.purpose, request.note, request.open, request.lapses_on, request.cancelled_at,
    canceller.login AS cancelled_by, answer.label, answer.signed_on, answer.expires_on, answer.reason,
    answer.withdrawn_on, answer.withdrawn_how, answer.signed_by, answer.signed_as,
    EXISTS (SELECT 1 FROM sharing_answer AS earlier
        WHERE earlier.request_id = request.id AND earlier.until_at IS NOT NULL) AS is_answered,
    answerer.login AS answered_by, answer.from_at AS answered_at
FROM sharing_request AS request
JOIN sharing_answer AS answer ON answer.request_id = request.id AND answer.until_at IS NULL
JOIN client ON client.id = request.client_id
JOIN provider AS owner ON owner.id = request.owner_id
JOIN provider AS recipient ON recipient.id = request.recipient_id
JOIN account AS asker ON asker.id = request.requested_by
JOIN account AS answerer ON answerer.id = answer.answered_by
LEFT JOIN account AS canceller ON canceller.id = request.cancelled_by
WHERE TRUE
    AND request.id = $1 -- ?
    AND request.client_id = $2 -- ?
    AND request.owner_id = $3 -- ?
    AND request.recipient_id = $4 -- ?
    AND request.data_type = $5 -- ?
    AND answer.label = $6 -- ?
    AND (answer.expires_on IS NULL OR answer.expires_on >= $7) -- ?
    AND answer.expires_on < $8 -- ?
    AND answer.expires_on <= $9 -- ?
    AND (answer.expires_on IS NULL) = $20 -- ?
    AND request.open = $10 -- ?
    AND request.id < $11 -- ?
    AND request.id > $21 -- ?
    AND request.requested_at >= $22 -- ?
    AND request.requested_at < $23 -- ?
    -- ?{
    AND EXISTS (SELECT 1 FROM account_provider AS mine
        WHERE mine.account_id = $12 AND (mine.provider_id = request.recipient_id
            OR mine.provider_id = request.owner_id AND EXISTS (
                SELECT 1 FROM arrived_request AS arrived WHERE arrived.request_id = request.id)))
    -- ?}
    -- ?{
    AND (EXISTS (SELECT 1 FROM arrived_request AS arrived WHERE arrived.request_id = request.id)
        OR request.owner_id NOT IN (SELECT own.provider_id FROM account_provider AS own WHERE own.account_id = $19))
    -- ?}
    AND (request.cancelled_at IS NOT NULL) = $14 -- ?
    AND (request.lapses_on IS NULL OR request.lapses_on >= $15) -- ?
    AND request.lapses_on < $16 -- ?
    AND request.owner_id IN (SELECT own.provider_id FROM account_provider AS own WHERE own.account_id = $17) -- ?
    AND request.recipient_id IN (SELECT own.provider_id FROM account_provider AS own WHERE own.account_id = $18) -- ?
ORDER BY request.id DESC
LIMIT $13
