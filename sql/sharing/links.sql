-- Returns links as they stand now with the owner's settings, by owner, recipient and data type: from the owner $1, to the
-- recipient $2, for the data type $3, from or to the provider $4, from or to a provider that the portal account $5 speaks
-- for.
SELECT link.id, link.owner_id, owner.code AS owner, owner.name AS owner_name, link.recipient_id,
    recipient.code AS recipient, recipient.name AS recipient_name, link.data_type,
    setting.level, setting.client_by_client, setting.require_expiry, setting.release_sharing, setting.default_days,
    setting.notice
FROM sharing_link AS link
JOIN provider AS owner ON owner.id = link.owner_id
JOIN provider AS recipient ON recipient.id = link.recipient_id
LEFT JOIN sharing_setting AS setting ON setting.provider_id = link.owner_id AND setting.data_type = link.data_type
    AND setting.until_at IS NULL
WHERE link.until_at IS NULL
    AND link.owner_id = $1 -- ?
    AND link.recipient_id = $2 -- ?
    AND link.data_type = $3 -- ?
    AND (link.owner_id = $4 OR link.recipient_id = $4) -- ?
    -- ?{
    AND EXISTS (SELECT 1 FROM account_provider AS mine
        WHERE mine.account_id = $5 AND mine.provider_id IN (link.owner_id, link.recipient_id))
    -- ?}
ORDER BY owner.name_key, link.owner_id, recipient.name_key, link.recipient_id, link.data_type
