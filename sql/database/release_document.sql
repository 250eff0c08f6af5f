-- Returns the first hundred releases whose document is not all there: a piece is missing, or their bytes are not as many as
-- were added (rule 3.7). Those of erased clients are gone (rule 5.8).
SELECT release.code AS offender
FROM release
JOIN client ON client.id = release.client_id
WHERE client.erased_at IS NULL AND (
    release.size <> COALESCE((SELECT CAST(sum(octet_length(piece.bytes)) AS BIGINT) FROM release_piece AS piece
    WHERE piece.release_id = COALESCE(release.paper_id, release.id)), 0)
    OR EXISTS (SELECT 1 FROM release_piece AS piece
        WHERE piece.release_id = COALESCE(release.paper_id, release.id)
        AND (piece.position < 0 OR piece.position >= (SELECT count(*) FROM release_piece AS all_pieces
            WHERE all_pieces.release_id = COALESCE(release.paper_id, release.id)))))
ORDER BY release.code
LIMIT 100
