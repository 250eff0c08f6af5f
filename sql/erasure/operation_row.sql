-- Erases what is kept of rows of the client $1, and of all that belongs to it, from before imports.
DELETE FROM operation_row
WHERE thing_id = $1
    OR thing_id IN (SELECT id FROM client WHERE merged_into = $1)
    OR thing_id IN (SELECT id FROM contact WHERE client_id = $1)
    OR thing_id IN (SELECT id FROM record WHERE client_id = $1)
    OR thing_id IN (SELECT id FROM release WHERE client_id = $1)
    OR thing_id IN (SELECT id FROM referral WHERE client_id = $1)
    OR thing_id IN (SELECT visit.id FROM referral JOIN visit ON visit.referral_id = referral.id WHERE referral.client_id = $1)
