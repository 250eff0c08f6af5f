-- What a report counts in a period is a range of an index.
CREATE INDEX referral_created_at ON referral (created_at);
CREATE INDEX package_created_at ON package (created_at);
CREATE INDEX offer_asked_at ON offer (COALESCE(opens_at, requested_at));
CREATE INDEX sharing_request_requested_at ON sharing_request (requested_at);
