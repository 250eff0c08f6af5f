-- Erases the reasons of the answers to packages of the client $1.
UPDATE offer SET reason = CASE WHEN status = 'handed_back' THEN 'erased' END
WHERE package_id IN (SELECT package.id FROM package JOIN referral ON referral.id = package.referral_id
    WHERE referral.client_id = $1)
