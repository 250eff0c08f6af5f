-- Returns what else is open about the client $1 on the day $2: packages that wait for an answer, consents in force.
SELECT kind, code FROM (
    SELECT 1 AS place, 'package' AS kind, package.code
    FROM referral
    JOIN package_now AS package ON package.referral_id = referral.id
    WHERE referral.client_id = $1 AND package.status = 'pending'
    UNION ALL
    SELECT 2 AS place, 'grant' AS kind, request.code
    FROM sharing_request AS request
    JOIN sharing_answer AS answer ON answer.request_id = request.id AND answer.until_at IS NULL
    WHERE request.client_id = $1 AND answer.label = 'granted'
        AND (answer.expires_on IS NULL OR answer.expires_on >= $2)
    UNION ALL
    SELECT 3 AS place, 'release' AS kind, release.code
    FROM release
    WHERE release.client_id = $1 AND release.revoked_at IS NULL AND (release.expires_on IS NULL OR release.expires_on >= $2)
) AS found
ORDER BY place, code
