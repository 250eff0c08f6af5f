-- Changes the visit $1: $2 start, $3 minutes, $4 status, $5 note, $6 note for providers; a calendar learns of it.
UPDATE visit
SET starts_at = $2, duration_minutes = $3, status = $4, note = $5, provider_note = $6, sequence = sequence + 1
WHERE id = $1
