-- Returns resources that take referrals, the best first. All $11 words must be found, each between its two bounds ($1 to
-- $10), or $12 is true and all resources count. Of the category, area and language that are like $13, $14 and $15; with a
-- category whose code is like $16, a language of the code $17; open on the weekday $18, after the weekday $19, at the
-- time $20 of the day $21; of the queue $22; with places left at the instant $23. The nearest first if $24 is true: to
-- the coordinates $25 and $26, with a degree of longitude in thousandths of one of latitude $27, or else by the beginning
-- of the postal code $28. Those that the portal account $29 acts for; at most $30. The page is cut before anything else
-- is joined to it.
WITH hit (resource_id, weight) AS (
    SELECT resource_id, weight FROM resource_word WHERE FALSE
    UNION ALL SELECT resource_id, MAX(weight) FROM resource_word WHERE word >= $1 AND word < $2 GROUP BY resource_id -- ?
    UNION ALL SELECT resource_id, MAX(weight) FROM resource_word WHERE word >= $3 AND word < $4 GROUP BY resource_id -- ?
    UNION ALL SELECT resource_id, MAX(weight) FROM resource_word WHERE word >= $5 AND word < $6 GROUP BY resource_id -- ?
    UNION ALL SELECT resource_id, MAX(weight) FROM resource_word WHERE word >= $7 AND word < $8 GROUP BY resource_id -- ?
    UNION ALL SELECT resource_id, MAX(weight) FROM resource_word WHERE word >= $9 AND word < $10 GROUP BY resource_id -- ?
), found (resource_id, points) AS (
    SELECT resource_id, CAST(SUM(weight) AS BIGINT) FROM hit GROUP BY resource_id HAVING COUNT(*) = $11 -- ?
    -- ?{
    SELECT resource.id, CAST(0 AS BIGINT)
    FROM resource
    JOIN provider ON provider.id = resource.provider_id
    WHERE resource.state = 'active' AND provider.active AND $12
    -- ?}
)
SELECT resource.id, resource.provider_id, resource.code, resource.name, provider.code AS provider,
    provider.name AS provider_name, resource.kind, resource.description, place.postal_code, place.latitude,
    place.longitude
FROM (
    SELECT ordered.resource_id, ROW_NUMBER() OVER () AS rank FROM (
    SELECT found.resource_id, found.points
    FROM found
    LEFT JOIN resource_place AS place ON place.resource_id = found.resource_id AND $24 -- ?
    WHERE TRUE
        AND found.resource_id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $29) -- ?
        -- ?{
        AND found.resource_id IN (
            SELECT detail.resource_id FROM resource_detail AS detail
            WHERE detail.kind = 'category'
                AND (detail.name_key LIKE $13 ESCAPE '\' OR UPPER(detail.code) LIKE $16 ESCAPE '\'))
        -- ?}
        -- ?{
        AND found.resource_id IN (
            SELECT detail.resource_id FROM resource_detail AS detail
            WHERE detail.kind = 'area' AND detail.name_key LIKE $14 ESCAPE '\')
        -- ?}
        -- ?{
        AND found.resource_id IN (
            SELECT detail.resource_id FROM resource_detail AS detail
            WHERE detail.kind = 'language' AND (detail.name_key LIKE $15 ESCAPE '\' OR detail.code = $17))
        -- ?}
        -- ?{
        AND found.resource_id IN (
            SELECT hours.resource_id FROM resource_hours AS hours
            WHERE NOT hours.closed AND hours.opens IS NOT NULL
                AND (hours.starts_on IS NULL OR hours.starts_on <= $21)
                AND (hours.ends_on IS NULL OR hours.ends_on >= $21)
                AND (hours.weekday = $18 AND hours.opens <= $20
                        AND (hours.closes IS NULL OR hours.closes > $20 OR hours.closes <= hours.opens)
                    OR hours.weekday = $19 AND hours.closes <= hours.opens AND hours.closes > $20))
        AND found.resource_id NOT IN (
            SELECT hours.resource_id FROM resource_hours AS hours
            WHERE hours.closed AND hours.starts_on <= $21 AND COALESCE(hours.ends_on, hours.starts_on) >= $21
                AND (hours.weekday IS NULL OR hours.weekday = $18))
        -- ?}
        AND found.resource_id IN (SELECT link.resource_id FROM queue_resource AS link WHERE link.queue_id = $22) -- ?
        -- ?{
        AND EXISTS (
            SELECT 1 FROM capacity AS entry
            WHERE entry.resource_id = found.resource_id AND entry.removed_at IS NULL AND entry.starts_at <= $23
                AND (entry.ends_at IS NULL OR entry.ends_at > $23)
                AND NOT EXISTS (
                    SELECT 1 FROM capacity AS later
                    WHERE later.resource_id = entry.resource_id AND later.removed_at IS NULL
                        AND later.starts_at > entry.starts_at AND later.starts_at <= $23
                        AND (later.ends_at IS NULL OR later.ends_at > $23))
                AND entry.places > (
                    SELECT count(*) FROM referral
                    WHERE referral.resource_id = entry.resource_id AND referral.assigned_at >= entry.starts_at))
        -- ?}
    ORDER BY
        -- ?{
        COALESCE((place.latitude - $25) * (place.latitude - $25)
            + ((place.longitude - $26) * $27 / 1000) * ((place.longitude - $26) * $27 / 1000), 9000000000000000000),
        -- ?}
        -- ?{
        CASE
            WHEN SUBSTR(place.postal_key, 1, 7) = SUBSTR($28, 1, 7) THEN 0
            WHEN SUBSTR(place.postal_key, 1, 6) = SUBSTR($28, 1, 6) THEN 1
            WHEN SUBSTR(place.postal_key, 1, 5) = SUBSTR($28, 1, 5) THEN 2
            WHEN SUBSTR(place.postal_key, 1, 4) = SUBSTR($28, 1, 4) THEN 3
            WHEN SUBSTR(place.postal_key, 1, 3) = SUBSTR($28, 1, 3) THEN 4
            WHEN SUBSTR(place.postal_key, 1, 2) = SUBSTR($28, 1, 2) THEN 5
            WHEN SUBSTR(place.postal_key, 1, 1) = SUBSTR($28, 1, 1) THEN 6
            ELSE 7
        END,
        -- ?}
        found.points DESC, found.resource_id
    LIMIT $30
    ) AS ordered
) AS page
JOIN resource ON resource.id = page.resource_id
JOIN provider ON provider.id = resource.provider_id
LEFT JOIN resource_place AS place ON place.resource_id = page.resource_id
ORDER BY page.rank
