-- Returns where the referral $1 came from, and its id there.
SELECT source, source_id FROM referral WHERE id = $1
