-- Forgets the steps of a referral that are no more: $1 or $2 is how its key is written in them.
DELETE FROM row_version WHERE name = 'referral_change' AND (before LIKE $1 OR before LIKE $2)
