-- Returns packages, the newest first ($15 is true) or the oldest ($16): with the id $1, with the code $11, of referral $3,
-- beyond the one with the id $5 or $17. Of those in one status: settled as $2; with an end to their open offers that is to
-- come ($12 is true) or over ($13). For the portal account $6: offered to a provider that it speaks for and neither recalled
-- nor closed (rule 1.11), and of those the ones where its own offer leaves the status $7. For an answer of the portal
-- account $8: offered to such a provider, even where the offer was closed meanwhile. Not those in status $9; where an offer
-- has lapsed and none is accepted ($14 is true); created at or before $18; of a portal account those where its own offer
-- opened at or before $19, or has lapsed (for the account $20). Offered to provider $4, and then in the order of what it was
-- offered, the newest first ($21) or the oldest ($22), beyond $23 or $24; its offer settled as $25, or still with a time
-- ($26). Created from $27 on, before $28; of a portal account those where its own offer opened from $29 on, before $30. At
-- most $10. What belongs to others is looked up for each row of the page, so that no statistics lead a planner to
-- sort all packages; that a time is there at all is said beside it, since PostgreSQL takes an unknown instant to be a third
-- of all, and would read every package to find the few with a time.
SELECT package.id, package.code, package.reference, package.referral_id,
    (SELECT referral.code FROM referral WHERE referral.id = package.referral_id) AS referral,
    package.status, package.lapses_at, package.provider_note,
    (SELECT client.postal_code FROM referral JOIN client ON client.id = referral.client_id
        WHERE referral.id = package.referral_id) AS postal_code,
    package.created_at, (SELECT account.login FROM account WHERE account.id = package.created_by) AS created_by,
    package.amended_at, (SELECT account.login FROM account WHERE account.id = package.amended_by) AS amended_by,
    package.recalled_at, (SELECT account.login FROM account WHERE account.id = package.recalled_by) AS recalled_by
FROM package_now AS package
    -- ?{
    JOIN offer AS asked ON asked.package_id = package.id AND asked.provider_id = $4 AND asked.removed_at IS NULL
    -- ?}
WHERE TRUE
    AND package.id = $1 -- ?
    AND package.code = $11 -- ?
    AND package.settled = $2 AND package.timed = FALSE -- ?
    -- ?{
    AND package.id IN (SELECT open.id FROM package AS open
        WHERE open.lapses_at IS NOT NULL AND open.lapses_at > (SELECT instant FROM run_time) AND $12)
    -- ?}
    AND package.settled = 'pending' AND package.timed = TRUE AND package.status = 'rejected' AND $13 -- ?
    AND package.referral_id = $3 -- ?
    AND asked.status = $25 AND asked.timed = FALSE -- ?
    AND asked.status = 'pending' AND asked.timed = TRUE AND $26 -- ?
    AND package.id < $5 -- ?
    AND package.id > $17 -- ?
    AND package.created_at <= $18 -- ?
    AND package.created_at >= $27 -- ?
    AND package.created_at < $28 -- ?
    -- ?{
    AND EXISTS (SELECT 1 FROM account_offer AS mine JOIN offer ON offer.id = mine.offer_id
        WHERE mine.account_id = $6 AND mine.package_id = package.id AND mine.status <> 'closed'
            AND COALESCE(offer.opens_at, offer.requested_at) <= $19)
    -- ?}
    -- ?{
    AND NOT EXISTS (SELECT 1 FROM account_offer AS mine JOIN offer ON offer.id = mine.offer_id
        WHERE mine.account_id = $6 AND mine.package_id = package.id AND mine.status <> 'closed'
            AND COALESCE(offer.opens_at, offer.requested_at) < $29)
    -- ?}
    -- ?{
    AND EXISTS (SELECT 1 FROM account_offer AS mine JOIN offer ON offer.id = mine.offer_id
        WHERE mine.account_id = $6 AND mine.package_id = package.id AND mine.status <> 'closed'
            AND COALESCE(offer.opens_at, offer.requested_at) < $30)
    -- ?}
    -- ?{
    AND EXISTS (SELECT 1 FROM account_offer AS mine
        WHERE mine.account_id = $20 AND mine.package_id = package.id AND mine.status = 'lapsed')
    -- ?}
    -- ?{
    AND package.settled IN ('pending', 'rejected') AND $14 AND package.id IN (SELECT late.package_id FROM offer AS late
        WHERE late.status = 'pending' AND late.timed = TRUE AND late.lapses_at <= (SELECT instant FROM run_time)
            AND late.removed_at IS NULL)
    -- ?}
    -- ?{
    AND package.settled <> 'recalled' AND EXISTS (SELECT 1 FROM account_offer AS mine
        WHERE mine.account_id = $6 AND mine.package_id = package.id AND mine.status <> 'closed')
    -- ?}
    -- ?{
    AND EXISTS (SELECT 1 FROM account_offer AS mine
        WHERE mine.account_id = $6 AND mine.package_id = package.id
            AND CASE WHEN mine.status = 'lapsed' THEN 'rejected' ELSE mine.status END = $7)
    AND NOT EXISTS (SELECT 1 FROM account_offer AS mine
        WHERE mine.account_id = $6 AND mine.package_id = package.id
            AND CASE mine.status WHEN 'accepted' THEN $7 <> 'accepted' WHEN 'pending' THEN $7 IN ('rejected', 'handed_back')
                WHEN 'handed_back' THEN $7 = 'rejected' ELSE FALSE END)
    -- ?}
    -- ?{
    AND package.settled <> 'recalled' AND EXISTS (SELECT 1 FROM account_offer AS mine
        WHERE mine.account_id = $8 AND mine.package_id = package.id)
    -- ?}
    AND package.settled <> $9 -- ?
    AND asked.package_id < $23 -- ?
    AND asked.package_id > $24 -- ?
ORDER BY
    package.id DESC, $15 -- ?
    package.id, $16 -- ?
    asked.package_id DESC, $21 -- ?
    asked.package_id, $22 -- ?
LIMIT $10
