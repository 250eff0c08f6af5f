-- Returns which active portal accounts act for which of the resources with these ids.
SELECT DISTINCT account.login, scope.resource_id
FROM account_scope AS scope
JOIN account ON account.id = scope.account_id
WHERE account.active AND account.level = 'provider-portal' AND scope.resource_id IN ($all_in)
