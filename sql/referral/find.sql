-- Returns referrals of the resources of the portal account $7 whose contact, or without one the client, is found by a word
-- from $1 up to $2, and by one from $3 up to $4, and by one from $5 up to $6; the newest first, at most $8.
SELECT referral.id
FROM referral
WHERE referral.resource_id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $7)
    AND (referral.contact_id IN (
        SELECT contact_id FROM contact_word WHERE word >= $1 AND word < $2
        -- ?{
        INTERSECT
        SELECT contact_id FROM contact_word WHERE word >= $3 AND word < $4
        -- ?}
        -- ?{
        INTERSECT
        SELECT contact_id FROM contact_word WHERE word >= $5 AND word < $6
        -- ?}
    ) OR referral.contact_id IS NULL AND referral.client_id IN (
        SELECT client_id FROM client_word WHERE word >= $1 AND word < $2
        -- ?{
        INTERSECT
        SELECT client_id FROM client_word WHERE word >= $3 AND word < $4
        -- ?}
        -- ?{
        INTERSECT
        SELECT client_id FROM client_word WHERE word >= $5 AND word < $6
        -- ?}
    ))
ORDER BY referral.id DESC
LIMIT $8
