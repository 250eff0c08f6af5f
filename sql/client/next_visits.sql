-- Returns the next planned visits of the client $1 after $2, at most $3, each with the provider that has it.
SELECT visit.code, visit.starts_at, visit.duration_minutes, referral.code AS referral, provider.code AS provider,
    provider.name AS provider_name
FROM referral
JOIN visit ON visit.referral_id = referral.id
LEFT JOIN held_visit AS held ON held.visit_id = visit.id
LEFT JOIN provider ON provider.id = held.provider_id
WHERE referral.client_id = $1 AND visit.status = 'planned' AND visit.starts_at > $2
ORDER BY visit.starts_at, visit.id
LIMIT $3
