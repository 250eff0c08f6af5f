-- Returns what entries about the referral $1 stand under beside its own code: the codes of its visits and packages.
SELECT code AS subject FROM visit WHERE referral_id = $1
UNION ALL SELECT code FROM package WHERE referral_id = $1
