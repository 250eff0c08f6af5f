-- Returns the referral that has the id $2 in the source $1.
SELECT id FROM referral WHERE source = $1 AND source_id = $2
