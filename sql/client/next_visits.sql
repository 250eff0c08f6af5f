-- Returns the next planned visits of the client $1 after $2, at most $3, each with the provider that has it. Who has
-- a visit is looked up for these alone: joined, SQLite would first make a table of all that are held.
SELECT next.code, next.starts_at, next.duration_minutes, next.referral, provider.code AS provider,
    provider.name AS provider_name
FROM (
    SELECT visit.id, visit.code, visit.starts_at, visit.duration_minutes, referral.code AS referral,
        (SELECT held.provider_id FROM held_visit AS held WHERE held.visit_id = visit.id) AS holder
    FROM referral
    JOIN visit ON visit.referral_id = referral.id
    WHERE referral.client_id = $1 AND visit.status = 'planned' AND visit.starts_at > $2
    ORDER BY visit.starts_at, visit.id
    LIMIT $3
) AS next
LEFT JOIN provider ON provider.id = next.holder
ORDER BY next.starts_at, next.id
