-- Returns the visits with codes above $1 up to $2.
SELECT visit.code AS subject, client.erased_at IS NOT NULL AS erased, referral.code AS referral, visit.starts_at AS start,
    visit.duration_minutes, visit.status, visit.note, visit.provider_note
FROM visit
JOIN referral ON referral.id = visit.referral_id
JOIN client ON client.id = referral.client_id
WHERE visit.code > $1 AND visit.code <= $2
ORDER BY visit.code
