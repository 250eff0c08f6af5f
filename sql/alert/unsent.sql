-- Returns the accounts that were not alerted of the assignment of the referral $1 to the resource $2, although an alert of it
-- was queued.
SELECT DISTINCT account_id FROM alert
WHERE referral_id = $1 AND resource_id = $2 AND kind = 'assigned'
    AND NOT EXISTS (
        SELECT 1 FROM alert AS sent
        WHERE sent.account_id = alert.account_id AND sent.referral_id = $1 AND sent.resource_id = $2
            AND sent.kind = 'assigned' AND sent.state IN ('sent', 'sending'))
