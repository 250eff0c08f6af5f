-- Returns packages, the newest first: with the id $1, with the code $11, in status $2, of referral $3, offered to provider $4, older than the
-- one with the id $5. For the portal account $6: offered to a provider that it speaks for and neither recalled nor closed
-- (rule 1.11), and of those the ones where its own offer has the status $7. For an answer of the portal account $8: offered
-- to such a provider, even where the offer was closed meanwhile. Recalled ones only where $9 is given; at most $10.
SELECT package.id, package.code, package.reference, package.referral_id, referral.code AS referral, package.status,
    package.created_at, creator.login AS created_by, package.amended_at, amender.login AS amended_by, package.recalled_at,
    recaller.login AS recalled_by
FROM package
JOIN referral ON referral.id = package.referral_id
JOIN account AS creator ON creator.id = package.created_by
LEFT JOIN account AS amender ON amender.id = package.amended_by
LEFT JOIN account AS recaller ON recaller.id = package.recalled_by
WHERE TRUE
    AND package.id = $1 -- ?
    AND package.code = $11 -- ?
    AND package.status = $2 -- ?
    AND package.referral_id = $3 -- ?
    AND EXISTS (SELECT 1 FROM offer WHERE offer.package_id = package.id AND offer.provider_id = $4 AND offer.removed_at IS NULL) -- ?
    AND package.id < $5 -- ?
    AND package.status <> 'recalled' AND EXISTS (SELECT 1 FROM offer JOIN account_provider AS mine ON mine.provider_id = offer.provider_id WHERE mine.account_id = $6 AND offer.package_id = package.id AND offer.removed_at IS NULL AND offer.status <> 'closed') -- ?
    AND EXISTS (SELECT 1 FROM offer JOIN account_provider AS mine ON mine.provider_id = offer.provider_id WHERE mine.account_id = $6 AND offer.package_id = package.id AND offer.removed_at IS NULL AND offer.status = $7) -- ?
    AND package.status <> 'recalled' AND EXISTS (SELECT 1 FROM offer JOIN account_provider AS mine ON mine.provider_id = offer.provider_id WHERE mine.account_id = $8 AND offer.package_id = package.id AND offer.removed_at IS NULL) -- ?
    AND package.status <> $9 -- ?
ORDER BY package.id DESC
LIMIT $10
