-- Notes that the provider of the offer $1 was reminded of it at $2 by the account $3.
INSERT INTO offer_reminder (offer_id, reminded_at, reminded_by) VALUES ($1, $2, $3)
