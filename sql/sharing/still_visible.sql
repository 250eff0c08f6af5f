-- Returns how many records of the client $1 others see, by owner and data type: of the owner $2, the recipient $3, the
-- data type $4, of the owners that the portal account $5 speaks for. The transaction says where it stands.
SELECT owner.code AS owner, owner.name AS owner_name, shared.data_type,
    CAST(COUNT(DISTINCT shared.record_id) AS BIGINT) AS records
FROM shared_record AS shared
JOIN provider AS owner ON owner.id = shared.owner_id
WHERE shared.client_id = $1
    AND shared.owner_id = $2 -- ?
    AND shared.recipient_id = $3 -- ?
    AND shared.data_type = $4 -- ?
    AND shared.owner_id IN (SELECT mine.provider_id FROM account_provider AS mine WHERE mine.account_id = $5) -- ?
GROUP BY owner.code, owner.name, shared.data_type
ORDER BY owner.code, shared.data_type
