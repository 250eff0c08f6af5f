-- Takes out at $3 what offers the provider $2 has of packages that the provider $1 has accepted.
UPDATE offer SET removed_at = $3
WHERE provider_id = $2 AND removed_at IS NULL
    AND package_id IN (SELECT won.package_id FROM offer AS won WHERE won.provider_id = $1 AND won.status = 'accepted')
