-- Returns visits by start, with the live package that each is in: with the id $1, of referral $2, starting from $3 up to
-- (not at) $4, only planned ones ($5 is their status), after the one that starts at $6 and has the id $7; for staff only
-- ($8 is the portal account that looks); at most $9; of the client $10; of referrals in the queue $11; that no
-- provider has, if $12 is true. The queue is looked up from the visit, so that visits stay a range of their index.
SELECT visit.id, visit.code, visit.referral_id, referral.code AS referral, visit.starts_at, visit.duration_minutes,
    visit.status, visit.note, visit.provider_note, visit.sequence, visit.source_id, package.code AS package,
    package.reference AS package_reference,
    package.status AS package_status, package_visit.offered_start, package_visit.offered_minutes,
    (SELECT provider.code FROM offer JOIN provider ON provider.id = offer.provider_id
        WHERE offer.package_id = package.id AND offer.status = 'accepted') AS accepted_by
FROM visit
JOIN referral ON referral.id = visit.referral_id
LEFT JOIN package_visit ON package_visit.visit_id = visit.id AND package_visit.live
LEFT JOIN package_now AS package ON package.id = package_visit.package_id
WHERE TRUE
    AND visit.id = $1 -- ?
    AND visit.referral_id = $2 -- ?
    AND visit.starts_at >= $3 -- ?
    AND visit.starts_at < $4 -- ?
    AND visit.status = $5 -- ?
    AND (visit.starts_at, visit.id) > ($6, $7) -- ?
    AND $8 IS NULL -- ?
    AND referral.client_id = $10 -- ?
    AND (SELECT theirs.queue_id FROM referral AS theirs WHERE theirs.id = visit.referral_id) = $11 -- ?
    AND $12 = EXISTS (SELECT 1 FROM uncovered_visit AS uncovered WHERE uncovered.visit_id = visit.id) -- ?
ORDER BY visit.starts_at, visit.id
LIMIT $9
