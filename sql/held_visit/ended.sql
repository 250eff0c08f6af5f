-- Returns the visits that a provider had accepted and has no more, as they were offered, each once: of the provider $1, of
-- those that the portal account $2 speaks for, starting from $3 up to (not at) $4. Somebody else may have one by now.
SELECT visit.code, MIN(package_visit.offered_start) AS offered_start,
    MIN(package_visit.offered_minutes) AS offered_minutes, visit.sequence
FROM offer
JOIN package_visit ON package_visit.package_id = offer.package_id
JOIN visit ON visit.id = package_visit.visit_id
JOIN provider ON provider.id = offer.provider_id
WHERE offer.responded_at IS NOT NULL AND offer.status <> 'rejected'
    AND NOT EXISTS (SELECT 1 FROM held_visit AS held
        WHERE held.visit_id = visit.id AND held.provider_id = offer.provider_id)
    AND offer.provider_id = $1 -- ?
    -- ?{
    AND provider.active
    AND offer.provider_id IN (SELECT mine.provider_id FROM account_provider AS mine WHERE mine.account_id = $2)
    -- ?}
    AND package_visit.offered_start >= $3 -- ?
    AND package_visit.offered_start < $4 -- ?
GROUP BY visit.code, visit.sequence
ORDER BY offered_start, visit.code
