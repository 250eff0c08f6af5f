-- Turns the alerts of what concerns the provider $1 to the provider $2, but those that its account has of that one too.
UPDATE alert SET provider_id = $2
WHERE provider_id = $1
    AND NOT EXISTS (SELECT 1 FROM alert AS same
        WHERE same.provider_id = $2 AND same.account_id = alert.account_id AND same.kind = alert.kind
            AND COALESCE(same.package_id, same.request_id, same.release_id)
                = COALESCE(alert.package_id, alert.request_id, alert.release_id)
            AND COALESCE(same.happened_at, same.queued_at) = COALESCE(alert.happened_at, alert.queued_at))
