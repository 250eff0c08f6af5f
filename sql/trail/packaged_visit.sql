-- Returns the visits of the packages with codes above $1 up to $2, as they were offered.
SELECT package.code AS subject, client.erased_at IS NOT NULL AS erased, visit.code, packaged.offered_start,
    packaged.offered_minutes AS offered_duration_minutes
FROM package
JOIN package_visit AS packaged ON packaged.package_id = package.id
JOIN visit ON visit.id = packaged.visit_id
JOIN referral ON referral.id = package.referral_id
JOIN client ON client.id = referral.client_id
WHERE package.code > $1 AND package.code <= $2
ORDER BY package.code
