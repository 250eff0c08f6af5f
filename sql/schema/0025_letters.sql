-- A sharing request is a letter (rule 3.11), and an answer may say why (rule 3.12).

-- The last day on which it can be answered; none for those that were sent before there was one. A pending request whose
-- last day is over has ended unanswered, which is derived and never stored. Who has sent it may cancel it as long as it
-- is pending; its label stays. Refused: a cancellation without its account, and one that leaves the request open.
ALTER TABLE sharing_request ADD COLUMN lapses_on DATE;
ALTER TABLE sharing_request ADD COLUMN cancelled_at TIMESTAMPTZ CHECK (cancelled_at IS NULL OR NOT open);
ALTER TABLE sharing_request ADD COLUMN cancelled_by UUID REFERENCES account (id) CHECK (
    (cancelled_at IS NULL) = (cancelled_by IS NULL));

-- Why the owner has denied or revoked it.
ALTER TABLE sharing_answer ADD COLUMN reason TEXT;

-- Visibility: the requests that have reached their owner, which is so from the moment the client is active there, before the
-- request has ended, and then for good. One that was answered has reached it, by whatever way.
CREATE VIEW arrived_request AS
SELECT request.id AS request_id
FROM sharing_request AS request
WHERE EXISTS (SELECT 1 FROM enrolment AS there
        WHERE there.client_id = request.client_id AND there.provider_id = request.owner_id AND there.active
            AND there.since_on <= run_day() AND (request.lapses_on IS NULL OR there.since_on <= request.lapses_on)
            AND there.from_at <= run_instant() AND (request.cancelled_at IS NULL OR there.from_at < request.cancelled_at)
            AND (there.until_at IS NULL OR there.until_at > request.requested_at))
    OR EXISTS (SELECT 1 FROM sharing_answer AS answer WHERE answer.request_id = request.id AND answer.label <> 'pending');

-- Visibility: the clients whom a portal account sees since it answers for a provider at which they are active (rule 3.12).
CREATE VIEW account_sharing_client AS
SELECT permission.account_id, enrolled.client_id
FROM account_permission AS permission
JOIN account_resource AS held ON held.account_id = permission.account_id
JOIN resource ON resource.id = held.resource_id AND resource.kind = 'agency'
JOIN provider ON provider.id = resource.provider_id AND provider.active
JOIN enrolled ON enrolled.provider_id = provider.id
WHERE permission.permission = 'answer-sharing';
