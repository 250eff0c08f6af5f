-- Returns the offers of the packages with these ids, those that were taken out too, in the order of asking; for the portal
-- account $1 only those that it may see.
SELECT offer.id, offer.package_id, offer.status
FROM offer_now AS offer
WHERE offer.package_id IN ($all_in)
    -- ?{
    AND EXISTS (SELECT 1 FROM account_offer AS mine
        WHERE mine.account_id = $1 AND mine.offer_id = offer.id AND mine.status <> 'closed')
    -- ?}
ORDER BY offer.package_id, offer.id
