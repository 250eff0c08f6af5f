-- Returns the accounts that are alerted when a referral is assigned to the resource $1: portal accounts whose scope holds it,
-- that are active, have an address and have not switched these alerts off.
SELECT id, login FROM account
WHERE active
    AND level = 'provider-portal'
    AND resource_assigned_emails
    AND email IS NOT NULL
    AND id IN (SELECT scope.account_id FROM account_scope AS scope WHERE scope.resource_id = $1)
ORDER BY login_key
