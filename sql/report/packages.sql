-- Returns the packages created from $1 to before $2, each with when it was accepted: in the queue $3.
SELECT referral.queue_id, package.status, package.created_at,
    (SELECT MIN(won.responded_at) FROM offer AS won
        WHERE won.package_id = package.id AND won.status IN ('accepted', 'handed_back')) AS accepted_at
FROM package_now AS package
JOIN referral ON referral.id = package.referral_id
WHERE package.created_at >= $1 AND package.created_at < $2
    AND referral.queue_id = $3 -- ?
