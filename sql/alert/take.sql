-- Takes alerts that wait in hand until $1, as the mail $2.
UPDATE alert SET next_attempt_at = $1, mail = $2 WHERE state = 'waiting' AND id IN ($all_in)
