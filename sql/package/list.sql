-- Returns packages, the newest first: with the id $1, with the code $11, in status $2, of referral $3, offered to provider
-- $4, older than the one with the id $5. For the portal account $6: offered to a provider that it speaks for and neither
-- recalled nor closed (rule 1.11), and of those the ones where its own offer has the status $7. For an answer of the portal
-- account $8: offered to such a provider, even where the offer was closed meanwhile. Not those in status $9; at most $10.
-- What belongs to others is looked up for each row of the page, so that no statistics lead a planner to sort all packages.
SELECT id, code, reference, referral_id,
    (SELECT referral.code FROM referral WHERE referral.id = package.referral_id) AS referral,
    status, provider_note, (SELECT client.postal_code FROM referral JOIN client ON client.id = referral.client_id
        WHERE referral.id = package.referral_id) AS postal_code,
    created_at, (SELECT account.login FROM account WHERE account.id = package.created_by) AS created_by,
    amended_at, (SELECT account.login FROM account WHERE account.id = package.amended_by) AS amended_by,
    recalled_at, (SELECT account.login FROM account WHERE account.id = package.recalled_by) AS recalled_by
FROM package
WHERE TRUE
    AND id = $1 -- ?
    AND code = $11 -- ?
    AND status = $2 -- ?
    AND referral_id = $3 -- ?
    -- ?{
    AND EXISTS (SELECT 1 FROM offer
        WHERE offer.package_id = package.id AND offer.provider_id = $4 AND offer.removed_at IS NULL)
    -- ?}
    AND id < $5 -- ?
    -- ?{
    AND status <> 'recalled' AND EXISTS (SELECT 1 FROM offer
        JOIN account_provider AS mine ON mine.provider_id = offer.provider_id
        WHERE mine.account_id = $6 AND offer.package_id = package.id AND offer.removed_at IS NULL
            AND offer.status <> 'closed')
    -- ?}
    -- ?{
    AND EXISTS (SELECT 1 FROM offer
        JOIN account_provider AS mine ON mine.provider_id = offer.provider_id
        WHERE mine.account_id = $6 AND offer.package_id = package.id AND offer.removed_at IS NULL
            AND offer.status = $7)
    -- ?}
    -- ?{
    AND status <> 'recalled' AND EXISTS (SELECT 1 FROM offer
        JOIN account_provider AS mine ON mine.provider_id = offer.provider_id
        WHERE mine.account_id = $8 AND offer.package_id = package.id AND offer.removed_at IS NULL)
    -- ?}
    AND status <> $9 -- ?
ORDER BY id DESC
LIMIT $10
