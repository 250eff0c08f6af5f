-- Returns the sources of all referrals that were imported.
SELECT DISTINCT source FROM referral WHERE source IS NOT NULL ORDER BY source
