-- Returns the releases of the client $1 for records of the data type $4 at the owner $2 that there were by the instant $5,
-- the newest first: whether each names the recipient $3, and when it was revoked, if that was by then.
SELECT release.code, release.all_providers, release.signed_on, release.expires_on,
    EXISTS (SELECT 1 FROM release_recipient AS named
        WHERE named.release_id = release.id AND named.provider_id = $3
            AND (named.removed_at IS NULL OR named.removed_at > $5)) AS names_recipient,
    CASE WHEN release.revoked_at <= $5 THEN release.revoked_at END AS revoked_at
FROM release
WHERE release.client_id = $1 AND release.owner_id = $2 AND release.data_type = $4 AND release.created_at <= $5
ORDER BY release.id DESC
