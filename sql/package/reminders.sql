-- Returns when the providers of the package $1 were reminded of their offers, and by whom, each with its offer.
SELECT reminder.offer_id, reminder.reminded_at, account.login AS reminded_by
FROM offer
JOIN offer_reminder AS reminder ON reminder.offer_id = offer.id
JOIN account ON account.id = reminder.reminded_by
WHERE offer.package_id = $1
ORDER BY reminder.reminded_at, reminder.offer_id
