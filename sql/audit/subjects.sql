-- Returns what entries about the client $1 stand under: its code, those of clients that it has replaced, and those of all
-- that belongs to it.
SELECT code AS subject FROM client WHERE id = $1 OR merged_into = $1
UNION SELECT number FROM contact WHERE client_id = $1
UNION SELECT code FROM record WHERE client_id = $1
UNION SELECT code FROM sharing_request WHERE client_id = $1
UNION SELECT code FROM release WHERE client_id = $1
UNION SELECT code FROM referral WHERE client_id = $1
UNION SELECT visit.code FROM referral JOIN visit ON visit.referral_id = referral.id WHERE referral.client_id = $1
UNION SELECT package.code FROM referral JOIN package ON package.referral_id = referral.id WHERE referral.client_id = $1
UNION SELECT alert.code FROM referral JOIN alert ON alert.referral_id = referral.id WHERE referral.client_id = $1
