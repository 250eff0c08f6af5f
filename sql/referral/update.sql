-- Gives the referral $1, which is in status $2 and at resource $3, the status $4, the resource $5 since $6, and the note $7.
UPDATE referral SET status_id = $4, resource_id = $5, assigned_at = $6, note = $7
WHERE id = $1 AND status_id = $2 AND resource_id IS NOT DISTINCT FROM $3
