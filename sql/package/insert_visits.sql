-- Puts visits into a package, as they are now: $1 package, $2 visit, $3 start, $4 minutes.
INSERT INTO package_visit (package_id, visit_id, offered_start, offered_minutes, live)
VALUES ($1, $2, $3, $4, TRUE)
