-- The password of the attempt $1 was right.
UPDATE password_attempt SET is_right = TRUE WHERE id = $1
