-- Returns referrals of the resources of the portal account $3 whose contact, or without one the client, is found by a word
-- from $1 up to $2; the newest first, at most $4.
SELECT referral.id
FROM referral
WHERE referral.resource_id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $3)
    AND (referral.contact_id IN (SELECT contact_id FROM contact_word WHERE word >= $1 AND word < $2)
        OR referral.contact_id IS NULL
            AND referral.client_id IN (SELECT client_id FROM client_word WHERE word >= $1 AND word < $2))
ORDER BY referral.id DESC
LIMIT $4
