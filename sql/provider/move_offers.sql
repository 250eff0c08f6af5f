-- Gives the offers of the provider $1 to the provider $2, but of packages that are offered to that one itself.
UPDATE offer SET provider_id = $2
WHERE provider_id = $1
    AND package_id NOT IN (
        SELECT own.package_id FROM offer AS own WHERE own.provider_id = $2 AND own.removed_at IS NULL)
