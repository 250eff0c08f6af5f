-- Returns the codes of the resources that the account $1 acts for.
SELECT resource.code
FROM account_resource
JOIN resource ON resource.id = account_resource.resource_id
WHERE account_resource.account_id = $1
ORDER BY resource.code
