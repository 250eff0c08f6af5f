-- Returns resources that take referrals, the best first. The candidates, at most $31 of them, come from one criterion:
-- the word $1, or one that begins so and is before $2, the heaviest first; what is of the kind $13 and like $14, or has
-- a code like $15; the nearest, if $29 is true; all by name, if $30 is; or one of the last four criteria, if few fit. Of
-- these remain those with words from $3 to before $4 and so on until $12; with what is of the kind $16 and like $17, or
-- has a code like $18, and so on until $24; open on the weekday $32, after the weekday $33, at the time $34 of the day
-- $35; of the queue $36; with places left at the instant $37; and those that the portal account $38 acts for. The
-- candidates come from $40 instead of $36, $41 instead of $37, $42 instead of $38, $43 instead of $32, where these are
-- given. The nearest come first, among those with at least $44 points: to the coordinates $25 and $26, with a degree of
-- longitude in thousandths of one of latitude $27, or else by the beginning of the postal code $28. At most $39. Of those
-- that are alike, the number decides, so that no row is read of what is not shown.
WITH candidate (number, points) AS MATERIALIZED (
    -- ?{
    SELECT number, MAX(points) FROM (
        SELECT number, points FROM (
            SELECT number, weight + weight AS points FROM search_word
            WHERE word = $1
            ORDER BY weight DESC, number DESC LIMIT $31) AS whole
        UNION ALL
        SELECT number, points FROM (
            SELECT number, weight + weight - 1 AS points FROM search_word
            WHERE word > $1 AND word < $2
            ORDER BY word, weight, number LIMIT $31) AS begun
    ) AS hit
    GROUP BY number
    -- ?}
    -- ?{
    SELECT DISTINCT number, CAST(0 AS BIGINT) FROM (
        SELECT listing.number
        FROM search_term AS term
        JOIN search_listing AS listing ON listing.term = term.term
        WHERE term.kind = $13 AND (term.name_key LIKE $14 ESCAPE '\' OR term.code_key LIKE $15 ESCAPE '\')
        ORDER BY listing.term, listing.number LIMIT $31) AS listed
    -- ?}
    -- ?{
    SELECT number, points FROM (
        SELECT place.number, CAST(0 AS BIGINT) AS points
        FROM search_resource AS place
        WHERE $29
        ORDER BY COALESCE((place.latitude - $25) * (place.latitude - $25)
            + ((place.longitude - $26) * $27 / 1000) * ((place.longitude - $26) * $27 / 1000), 9000000000000000000),
            place.number LIMIT $31) AS nearest
    -- ?}
    -- ?{
    SELECT number, points FROM (
        SELECT place.number, CAST(0 AS BIGINT) AS points
        FROM search_resource AS place
        WHERE $29
        ORDER BY CASE
            WHEN SUBSTR(place.postal_key, 1, 7) = SUBSTR($28, 1, 7) THEN 0
            WHEN SUBSTR(place.postal_key, 1, 6) = SUBSTR($28, 1, 6) THEN 1
            WHEN SUBSTR(place.postal_key, 1, 5) = SUBSTR($28, 1, 5) THEN 2
            WHEN SUBSTR(place.postal_key, 1, 4) = SUBSTR($28, 1, 4) THEN 3
            WHEN SUBSTR(place.postal_key, 1, 3) = SUBSTR($28, 1, 3) THEN 4
            WHEN SUBSTR(place.postal_key, 1, 2) = SUBSTR($28, 1, 2) THEN 5
            WHEN SUBSTR(place.postal_key, 1, 1) = SUBSTR($28, 1, 1) THEN 6
            ELSE 7
        END,
            place.number LIMIT $31) AS nearest
    -- ?}
    -- ?{
    SELECT number, points FROM (
        SELECT searched.number, - ROW_NUMBER() OVER (ORDER BY resource.name_key, resource.id) AS points
        FROM resource
        JOIN search_resource AS searched ON searched.resource_id = resource.id
        WHERE $30
        ORDER BY resource.name_key, resource.id LIMIT $31) AS named
    -- ?}
    -- ?{
    SELECT searched.number, CAST(0 AS BIGINT) FROM search_resource AS searched
    WHERE searched.resource_id IN (SELECT link.resource_id FROM queue_resource AS link WHERE link.queue_id = $40)
    -- ?}
    -- ?{
    SELECT searched.number, CAST(0 AS BIGINT) FROM search_resource AS searched
    WHERE searched.resource_id IN (
        SELECT entry.resource_id FROM capacity AS entry WHERE entry.removed_at IS NULL AND entry.starts_at <= $41)
    -- ?}
    -- ?{
    SELECT searched.number, CAST(0 AS BIGINT) FROM search_resource AS searched
    WHERE searched.resource_id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $42)
    -- ?}
    -- ?{
    SELECT DISTINCT searched.number, CAST(0 AS BIGINT)
    FROM resource_hours AS hours
    JOIN search_resource AS searched ON searched.resource_id = hours.resource_id
    WHERE NOT hours.closed AND (hours.weekday = $43 AND hours.opens <= $34
            AND (hours.closes IS NULL OR hours.closes > $34 OR hours.closes <= hours.opens)
        OR hours.weekday = $33 AND hours.closes <= hours.opens AND hours.closes > $34)
    -- ?}
), scored (number, points) AS MATERIALIZED (
    SELECT candidate.number, candidate.points
        -- ?{
        + (
            SELECT MAX(other.weight + other.weight - CASE WHEN other.word = $3 THEN 0 ELSE 1 END)
            FROM search_word AS other
            WHERE other.number = candidate.number AND other.word >= $3 AND other.word < $4)
        -- ?}
        -- ?{
        + (
            SELECT MAX(other.weight + other.weight - CASE WHEN other.word = $5 THEN 0 ELSE 1 END)
            FROM search_word AS other
            WHERE other.number = candidate.number AND other.word >= $5 AND other.word < $6)
        -- ?}
        -- ?{
        + (
            SELECT MAX(other.weight + other.weight - CASE WHEN other.word = $7 THEN 0 ELSE 1 END)
            FROM search_word AS other
            WHERE other.number = candidate.number AND other.word >= $7 AND other.word < $8)
        -- ?}
        -- ?{
        + (
            SELECT MAX(other.weight + other.weight - CASE WHEN other.word = $9 THEN 0 ELSE 1 END)
            FROM search_word AS other
            WHERE other.number = candidate.number AND other.word >= $9 AND other.word < $10)
        -- ?}
        -- ?{
        + (
            SELECT MAX(other.weight + other.weight - CASE WHEN other.word = $11 THEN 0 ELSE 1 END)
            FROM search_word AS other
            WHERE other.number = candidate.number AND other.word >= $11 AND other.word < $12)
        -- ?}
    FROM candidate
)
SELECT resource.id, resource.provider_id, resource.code, resource.name, provider.code AS provider,
    provider.name AS provider_name, resource.kind, resource.description, page.postal_code, page.latitude, page.longitude
FROM (
    SELECT ordered.*, ROW_NUMBER() OVER () AS rank FROM (
    SELECT place.resource_id, place.postal_code, place.latitude, place.longitude
    FROM scored
    JOIN search_resource AS place ON place.number = scored.number
    WHERE scored.points IS NOT NULL
        AND place.resource_id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $38) -- ?
        -- ?{
        AND EXISTS (
            SELECT 1 FROM search_listing AS listing
            JOIN search_term AS term ON term.term = listing.term
            WHERE listing.number = scored.number AND term.kind = $16
                AND (term.name_key LIKE $17 ESCAPE '\' OR term.code_key LIKE $18 ESCAPE '\'))
        -- ?}
        -- ?{
        AND EXISTS (
            SELECT 1 FROM search_listing AS listing
            JOIN search_term AS term ON term.term = listing.term
            WHERE listing.number = scored.number AND term.kind = $19
                AND (term.name_key LIKE $20 ESCAPE '\' OR term.code_key LIKE $21 ESCAPE '\'))
        -- ?}
        -- ?{
        AND EXISTS (
            SELECT 1 FROM search_listing AS listing
            JOIN search_term AS term ON term.term = listing.term
            WHERE listing.number = scored.number AND term.kind = $22
                AND (term.name_key LIKE $23 ESCAPE '\' OR term.code_key LIKE $24 ESCAPE '\'))
        -- ?}
        -- ?{
        AND EXISTS (
            SELECT 1 FROM resource_hours AS hours
            WHERE hours.resource_id = place.resource_id AND NOT hours.closed AND hours.opens IS NOT NULL
                AND (hours.starts_on IS NULL OR hours.starts_on <= $35)
                AND (hours.ends_on IS NULL OR hours.ends_on >= $35)
                AND (hours.weekday = $32 AND hours.opens <= $34
                        AND (hours.closes IS NULL OR hours.closes > $34 OR hours.closes <= hours.opens)
                    OR hours.weekday = $33 AND hours.closes <= hours.opens AND hours.closes > $34))
        AND NOT EXISTS (
            SELECT 1 FROM resource_hours AS hours
            WHERE hours.resource_id = place.resource_id AND hours.closed
                AND hours.starts_on <= $35 AND COALESCE(hours.ends_on, hours.starts_on) >= $35
                AND (hours.weekday IS NULL OR hours.weekday = $32))
        -- ?}
        AND place.resource_id IN (SELECT link.resource_id FROM queue_resource AS link WHERE link.queue_id = $36) -- ?
        -- ?{
        AND EXISTS (
            SELECT 1 FROM capacity AS entry
            WHERE entry.resource_id = place.resource_id AND entry.removed_at IS NULL AND entry.starts_at <= $37
                AND (entry.ends_at IS NULL OR entry.ends_at > $37)
                AND NOT EXISTS (
                    SELECT 1 FROM capacity AS later
                    WHERE later.resource_id = entry.resource_id AND later.removed_at IS NULL
                        AND later.starts_at > entry.starts_at AND later.starts_at <= $37
                        AND (later.ends_at IS NULL OR later.ends_at > $37))
                AND entry.places > (
                    SELECT count(*) FROM referral
                    WHERE referral.resource_id = entry.resource_id AND referral.assigned_at >= entry.starts_at))
        -- ?}
    ORDER BY
        CASE WHEN scored.points >= $44 THEN 0 ELSE 1 END, -- ?
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
        scored.points DESC, scored.number
    LIMIT $39
    ) AS ordered
) AS page
JOIN resource ON resource.id = page.resource_id
JOIN provider ON provider.id = resource.provider_id
ORDER BY page.rank
