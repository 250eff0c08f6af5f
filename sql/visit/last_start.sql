-- Returns when the last visit of the referral $1 starts, whatever its status.
SELECT starts_at FROM visit WHERE referral_id = $1 ORDER BY starts_at DESC LIMIT 1
