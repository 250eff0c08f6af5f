-- Returns the register, the newest first: of the client $1, of records of the owner $2, for the recipient $3, from the
-- instant $4 on, before the instant $5, older than the one with the id $6; at most $7.
SELECT disclosure.id, disclosure.at, client.code AS client, client.given, client.family, owner.code AS owner,
    owner.name AS owner_name, recipient.code AS recipient, recipient.name AS recipient_name, disclosure.data_type,
    disclosure.records, disclosure.basis, disclosure.source, account.login AS by, disclosure.acted_by, disclosure.command,
    disclosure.preview
FROM disclosure
JOIN client ON client.id = disclosure.client_id
LEFT JOIN provider AS owner ON owner.id = disclosure.owner_id
JOIN provider AS recipient ON recipient.id = disclosure.recipient_id
JOIN account ON account.id = disclosure.account_id
WHERE TRUE
    AND disclosure.client_id = $1 -- ?
    AND disclosure.owner_id = $2 -- ?
    AND disclosure.recipient_id = $3 -- ?
    AND disclosure.at >= $4 -- ?
    AND disclosure.at < $5 -- ?
    AND disclosure.id < $6 -- ?
ORDER BY disclosure.id DESC
LIMIT $7
