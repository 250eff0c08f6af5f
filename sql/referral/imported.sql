-- Returns the referrals of the source $1 that have one of some ids there, with the ids.
SELECT id, source_id FROM referral WHERE source = $1 AND source_id IN ($all_in)
