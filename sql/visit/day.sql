-- Returns visits by start, from $1 up to (not at) $2, after the one that starts at $3 and has the id $4, at most $5: each
-- with the client, with the provider that has it, and whether it is planned and none has it.
SELECT visit.id, visit.code, referral.code AS referral, visit.starts_at, visit.duration_minutes, visit.status,
    client.code AS client, client.given, client.family, provider.code AS provider, provider.name AS provider_name,
    EXISTS (SELECT 1 FROM uncovered_visit AS uncovered WHERE uncovered.visit_id = visit.id) AS uncovered
FROM visit
JOIN referral ON referral.id = visit.referral_id
JOIN client ON client.id = referral.client_id
LEFT JOIN provider ON provider.id = (SELECT held.provider_id FROM held_visit AS held WHERE held.visit_id = visit.id)
WHERE visit.starts_at >= $1 AND visit.starts_at < $2
    AND (visit.starts_at, visit.id) > ($3, $4) -- ?
ORDER BY visit.starts_at, visit.id
LIMIT $5
