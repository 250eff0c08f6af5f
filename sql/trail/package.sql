-- Returns the packages with codes above $1 up to $2.
SELECT package.code AS subject, client.erased_at IS NOT NULL AS erased, package.reference, package.status,
    referral.code AS referral, package.created_at, creator.login AS created_by, package.amended_at,
    amender.login AS amended_by, package.recalled_at, recaller.login AS recalled_by, package.provider_note
FROM package
JOIN referral ON referral.id = package.referral_id
JOIN client ON client.id = referral.client_id
JOIN account AS creator ON creator.id = package.created_by
LEFT JOIN account AS amender ON amender.id = package.amended_by
LEFT JOIN account AS recaller ON recaller.id = package.recalled_by
WHERE package.code > $1 AND package.code <= $2
ORDER BY package.code
