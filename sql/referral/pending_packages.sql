-- Returns the references of the packages of the referral $1 that wait for an answer.
SELECT reference FROM package_now WHERE referral_id = $1 AND status = 'pending' ORDER BY id
