-- Returns packages, the newest first ($15 is true) or the oldest ($16): with the id $1, with the code $11, of referral $3,
-- offered to provider $4, beyond the one with the id $5 or $17. Of those in one status: settled as $2; with an end to their
-- open offers that is to come ($12 is true) or over ($13). For the portal account $6: offered to a provider that it speaks
-- for and neither recalled nor closed (rule 1.11), and of those the ones where its own offer leaves the status $7. For an
-- answer of the portal account $8: offered to such a provider, even where the offer was closed meanwhile. Not those in
-- status $9; where an offer has lapsed and none is accepted ($14 is true); created at or before $18; of a portal account
-- those where its own offer opened at or before $19, or has lapsed (for the account $20). At most $10. What belongs to
-- others is looked up for each row of the page, so that no statistics lead a planner to sort all packages.
SELECT id, code, reference, referral_id,
    (SELECT referral.code FROM referral WHERE referral.id = package.referral_id) AS referral,
    status, lapses_at, provider_note,
    (SELECT client.postal_code FROM referral JOIN client ON client.id = referral.client_id
        WHERE referral.id = package.referral_id) AS postal_code,
    created_at, (SELECT account.login FROM account WHERE account.id = package.created_by) AS created_by,
    amended_at, (SELECT account.login FROM account WHERE account.id = package.amended_by) AS amended_by,
    recalled_at, (SELECT account.login FROM account WHERE account.id = package.recalled_by) AS recalled_by
FROM package_now AS package
WHERE TRUE
    AND id = $1 -- ?
    AND code = $11 -- ?
    AND settled = $2 AND timed = FALSE -- ?
    AND id IN (SELECT open.id FROM package AS open WHERE open.lapses_at > (SELECT instant FROM run_time) AND $12) -- ?
    AND settled = 'pending' AND timed = TRUE AND status = 'rejected' AND $13 -- ?
    AND referral_id = $3 -- ?
    -- ?{
    AND EXISTS (SELECT 1 FROM offer
        WHERE offer.package_id = package.id AND offer.provider_id = $4 AND offer.removed_at IS NULL)
    -- ?}
    AND id < $5 -- ?
    AND id > $17 -- ?
    AND created_at <= $18 -- ?
    -- ?{
    AND EXISTS (SELECT 1 FROM account_offer AS mine JOIN offer ON offer.id = mine.offer_id
        WHERE mine.account_id = $6 AND mine.package_id = package.id AND mine.status <> 'closed'
            AND COALESCE(offer.opens_at, offer.requested_at) <= $19)
    -- ?}
    -- ?{
    AND EXISTS (SELECT 1 FROM account_offer AS mine
        WHERE mine.account_id = $20 AND mine.package_id = package.id AND mine.status = 'lapsed')
    -- ?}
    -- ?{
    AND settled IN ('pending', 'rejected') AND $14 AND EXISTS (SELECT 1 FROM offer_now AS late
        WHERE late.package_id = package.id AND late.removed_at IS NULL AND late.status = 'lapsed')
    -- ?}
    -- ?{
    AND settled <> 'recalled' AND EXISTS (SELECT 1 FROM account_offer AS mine
        WHERE mine.account_id = $6 AND mine.package_id = package.id AND mine.status <> 'closed')
    -- ?}
    -- ?{
    AND EXISTS (SELECT 1 FROM account_offer AS mine
        WHERE mine.account_id = $6 AND mine.package_id = package.id
            AND CASE WHEN mine.status = 'lapsed' THEN 'rejected' ELSE mine.status END = $7)
    -- ?}
    -- ?{
    AND settled <> 'recalled' AND EXISTS (SELECT 1 FROM account_offer AS mine
        WHERE mine.account_id = $8 AND mine.package_id = package.id)
    -- ?}
    AND settled <> $9 -- ?
ORDER BY
    id DESC, $15 -- ?
    id, $16 -- ?
LIMIT $10
