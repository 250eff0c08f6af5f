-- Returns when each thing in $all_in last changed, up to and including $1. A look changes nothing.
SELECT subject, max(at) AS at
FROM audit
WHERE subject IN ($all_in) AND at <= $1
    AND action NOT LIKE '%.read' AND action NOT LIKE '%.pdf' AND action NOT LIKE 'export.%' AND action <> 'client.export'
GROUP BY subject
