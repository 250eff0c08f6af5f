-- Returns a row if the portal account $1 sees the client $2 since it answers sharing. The transaction says where it stands.
SELECT own.client_id FROM account_sharing_client AS own WHERE own.account_id = $1 AND own.client_id = $2 LIMIT 1
