-- Returns the accounts of the hub that may be alerted: those that have asked providers for the package $1, created or last
-- assigned the referral $2, asked for the sharing request $3, answered the sharing request $4, or added the release $5.
SELECT account.id, account.login, account.email, account.active AS is_active, TRUE AS has_active_provider,
    TRUE AS has_permission, account.alerts_off AS off
FROM account
WHERE account.level <> 'provider-portal'
    AND id IN (SELECT requested_by FROM offer WHERE package_id = $1 AND removed_at IS NULL) -- ?
    -- ?{
    AND (id = (SELECT created_by FROM referral WHERE referral.id = $2)
        OR id = (SELECT last.by_account FROM referral_change AS last
            WHERE last.referral_id = $2 AND last.what = 'resource' ORDER BY last.id DESC LIMIT 1))
    -- ?}
    AND id = (SELECT requested_by FROM sharing_request WHERE sharing_request.id = $3) -- ?
    AND id = (SELECT answered_by FROM sharing_answer WHERE request_id = $4 AND until_at IS NULL) -- ?
    AND id = (SELECT created_by FROM release WHERE release.id = $5) -- ?
ORDER BY account.login_key
