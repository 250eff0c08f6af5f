-- Takes away those resources of some providers that no longer take referrals.
DELETE FROM search_resource WHERE resource_id IN (
    SELECT resource.id FROM resource
    JOIN provider ON provider.id = resource.provider_id
    WHERE NOT (resource.state = 'active' AND provider.active) AND resource.provider_id IN ($all_in))
