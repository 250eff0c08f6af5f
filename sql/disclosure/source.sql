-- Returns the codes of the consents on which the recipient $3 sees records of the data type $4 of the client $1 and the owner
-- $2, on the basis $5: the one that lasts longest first. The transaction says where it stands.
SELECT source
FROM consent
WHERE client_id = $1 AND owner_id = $2 AND recipient_id = $3 AND data_type = $4 AND basis = $5
ORDER BY expires_on DESC NULLS FIRST, source
LIMIT 1
