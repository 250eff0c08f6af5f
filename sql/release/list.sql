-- Returns releases, the newest first: with the id $1, of client $2, of owner $3, active on the day $4, run out by the day $5,
-- revoked ($6), older than the one with the id $7, of the owners that the portal account $8 speaks for, of the data type $10,
-- without a last day or with one ($11), for the provider $12 by name or among all, with a last day up to $13; newer than the
-- one with the id $14, entered from $15 on, before $16; at most $9. The page is cut before anything is joined to it, so that
-- no statistics lead a planner to sort all releases.
SELECT page.id, page.code, page.client_id, client.code AS client, client.given, client.family,
    client.birth_date, (SELECT value FROM setting WHERE name = 'signing_age') AS signing_age, page.owner_id,
    owner.code AS owner, owner.name AS owner_name, page.data_type, page.signed_on, page.signed_by, page.signed_as,
    page.expires_on, page.expiry_event, page.purpose, page.states_right_to_revoke, page.states_conditions,
    page.states_redisclosure, page.reason, page.withdrawn_on, page.withdrawn_how,
    page.all_providers, page.media_type, page.size, page.sha256, page.created_at,
    creator.login AS created_by, page.revoked_at, revoker.login AS revoked_by
FROM (
    SELECT id, code, client_id, owner_id, data_type, signed_on, signed_by, signed_as, expires_on, expiry_event, purpose,
        states_right_to_revoke, states_conditions, states_redisclosure, all_providers, media_type, size, sha256, created_at,
        created_by, revoked_at, revoked_by, reason, withdrawn_on, withdrawn_how
    FROM release
    WHERE TRUE
        AND id = $1 -- ?
        AND client_id = $2 -- ?
        AND owner_id = $3 -- ?
        AND revoked_at IS NULL AND (expires_on IS NULL OR expires_on >= $4) -- ?
        AND revoked_at IS NULL AND expires_on < $5 -- ?
        AND (revoked_at IS NOT NULL) = $6 -- ?
        AND id < $7 -- ?
        AND id > $14 -- ?
        AND created_at >= $15 -- ?
        AND created_at < $16 -- ?
        AND data_type = $10 -- ?
        AND (expires_on IS NULL) = $11 -- ?
        -- ?{
        AND owner_id <> $12
        AND (all_providers OR id IN (SELECT named.release_id FROM release_recipient AS named WHERE named.provider_id = $12
            AND named.removed_at IS NULL))
        -- ?}
        AND expires_on <= $13 -- ?
        AND owner_id IN (SELECT mine.provider_id FROM account_provider AS mine WHERE mine.account_id = $8) -- ?
    ORDER BY id DESC
    LIMIT $9
) AS page
JOIN client ON client.id = page.client_id
JOIN provider AS owner ON owner.id = page.owner_id
JOIN account AS creator ON creator.id = page.created_by
LEFT JOIN account AS revoker ON revoker.id = page.revoked_by
ORDER BY page.id DESC
