-- Lets the alerts of the assignment that the referral $1 has now wait again which were withdrawn with the reason $2.
UPDATE alert SET state = 'waiting', problem = NULL
WHERE referral_id = $1 AND state = 'withdrawn' AND problem = $2 AND kind IN ('assigned', 'status')
    AND EXISTS (
        SELECT 1 FROM referral
        WHERE referral.id = $1 AND referral.resource_id = alert.resource_id AND referral.assigned_at <= alert.queued_at)
