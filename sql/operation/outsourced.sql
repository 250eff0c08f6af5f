-- Returns the visits that packages have now, with the code of the package.
SELECT part.visit_id, package.code
FROM package_visit AS part
JOIN package ON package.id = part.package_id
WHERE part.live AND part.visit_id IN ($all_in)
