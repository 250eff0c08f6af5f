-- Adds what became of referrals: $1 id, $2 referral, $3 when, $4 by whom, $5 the login of who acted as that, $6 what,
-- $7 from, $8 to.
INSERT INTO referral_change (id, referral_id, at, by_account, acted_by, what, was, became)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
