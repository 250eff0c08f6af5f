-- Returns how many referrals are at the resources of the provider $1, and how many packages it was offered that are not
-- recalled.
SELECT
    (SELECT CAST(COUNT(*) AS BIGINT) FROM referral JOIN resource ON resource.id = referral.resource_id
        WHERE resource.provider_id = $1) AS referrals,
    (SELECT CAST(COUNT(*) AS BIGINT) FROM offer_now AS offer JOIN package ON package.id = offer.package_id
        WHERE offer.provider_id = $1 AND offer.removed_at IS NULL AND offer.status <> 'closed' AND offer.has_opened
            AND package.status <> 'recalled') AS packages
