-- Returns the providers that have visits of the client $1 and an account that may see whose they are, package by package:
-- since the acceptance, and when the last of the visits starts, of those that start from $2 on; for the portal account $3.
-- The visits of the client are found first, since they are few.
WITH own AS MATERIALIZED (
    SELECT visit.id, visit.starts_at
    FROM referral
    JOIN visit ON visit.referral_id = referral.id
    WHERE referral.client_id = $1 AND visit.status = 'planned' AND visit.starts_at >= $2
), held AS MATERIALIZED (
    SELECT taken.provider_id, taken.package_id, MAX(own.starts_at) AS last_start
    FROM own
    CROSS JOIN held_visit AS taken
    WHERE taken.visit_id = own.id
    GROUP BY taken.provider_id, taken.package_id
)
SELECT provider.id AS recipient_id, provider.code AS recipient, provider.name AS recipient_name, package.code AS source,
    offer.responded_at AS since_at, held.last_start
FROM held
JOIN provider ON provider.id = held.provider_id
JOIN package ON package.id = held.package_id
JOIN offer ON offer.package_id = held.package_id AND offer.provider_id = held.provider_id AND offer.status = 'accepted'
WHERE EXISTS (SELECT 1 FROM account_visit_contact AS seen
        JOIN account ON account.id = seen.account_id AND account.active
        WHERE seen.package_id = held.package_id AND seen.provider_id = held.provider_id AND seen.starts_at >= $2
            AND account.id = $3 -- ?
    )
ORDER BY provider.name_key, provider.id, package.code
