-- Returns the releases with codes above $1 up to $2; lists are separated by $3.
SELECT release.code AS subject, client.erased_at IS NOT NULL AS erased, client.code AS client, owner.code AS owner,
    release.data_type AS type, release.signed_on, release.expires_on, release.expiry_event, release.signed_by,
    release.signed_as, release.purpose, release.all_providers,
    (SELECT string_agg(provider.code, $3) FROM release_recipient AS named
        JOIN provider ON provider.id = named.provider_id
        WHERE named.release_id = release.id AND named.removed_at IS NULL) AS recipients,
    release.media_type, release.size, release.sha256, release.created_at, creator.login AS created_by, release.revoked_at,
    revoker.login AS revoked_by, release.reason, release.withdrawn_on, release.withdrawn_how
FROM release
JOIN client ON client.id = release.client_id
JOIN provider AS owner ON owner.id = release.owner_id
JOIN account AS creator ON creator.id = release.created_by
LEFT JOIN account AS revoker ON revoker.id = release.revoked_by
WHERE release.code > $1 AND release.code <= $2
ORDER BY release.code
