-- Returns the alerts about these packages that were queued at the instant $1: the code, and how each stands.
SELECT code, state FROM alert WHERE queued_at = $1 AND package_id IN ($all_in) ORDER BY code
