-- Returns the packages whose last open offer has lapsed after $1, up to $2, and of which no account was alerted yet.
SELECT package.id AS package_id, package.lapses_at AS occasion
FROM package
WHERE package.lapses_at > $1 AND package.lapses_at <= $2 AND package.status = 'pending'
    AND NOT EXISTS (SELECT 1 FROM alert
        WHERE alert.package_id = package.id AND alert.kind = 'lapsed' AND alert.happened_at = package.lapses_at)
ORDER BY package.lapses_at, package.id
