-- Alerts of all kinds: who is alerted of what (rule 2.11).

-- The kinds of alerts that an account has switched off, joined by commas. Where the mails of assignments were off, the
-- further kinds begin off.
ALTER TABLE account ADD COLUMN alerts_off TEXT;
UPDATE account SET alerts_off = 'offered,recalled,calls-changed,assigned,reassigned,status,request,answer,ending'
WHERE level = 'provider-portal' AND NOT resource_assigned_emails;
UPDATE operation_row SET before = SUBSTR(before, 1, LENGTH(before) - 1)
    || ',"alerts_off":"offered,recalled,calls-changed,assigned,reassigned,status,request,answer,ending"}'
WHERE name = 'account' AND before LIKE '%"level":%"provider-portal"%'
    AND (before LIKE '%"resource_assigned_emails":0%' OR before LIKE '%"resource_assigned_emails": false%');
ALTER TABLE account DROP COLUMN resource_assigned_emails;

-- A message to an account, of a kind, about a referral, a package, a sharing request or a release. resource_id and
-- provider_id: for whom the account is alerted, or, where the hub is alerted, who did it. happened_at: the instant of
-- what an alert tells to which the clock, and no command, has led to. mail: what is sent as one message has one mail.
-- waiting: to be sent, at next_attempt_at or later; a run that takes it in hand moves that instant to the end of the
-- longest possible delivery. sending: a delivery is on its way, or, once that instant is over, was cut off where it
-- cannot be known whether it arrived. withdrawn: no longer true before it was sent, or dismissed. failed: given up
-- after many attempts, until somebody asks again. Refused: one sent without its instant, one about nothing, a second to
-- one account about the same thing on one occasion.
ALTER TABLE alert RENAME TO earlier_alert;
DROP INDEX alert_code;
DROP INDEX alert_state_next_attempt_at;
DROP INDEX alert_referral_id;
CREATE TABLE alert (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL CHECK (
        kind = 'offered' OR kind = 'recalled' OR kind = 'handed-back' OR kind = 'calls-changed' OR kind = 'accepted'
        OR kind = 'rejected' OR kind = 'lapsed' OR kind = 'assigned' OR kind = 'reassigned' OR kind = 'status'
        OR kind = 'request' OR kind = 'answer' OR kind = 'ending'),
    referral_id UUID REFERENCES referral (id),
    resource_id UUID REFERENCES resource (id),
    package_id UUID REFERENCES package (id),
    request_id UUID REFERENCES sharing_request (id),
    release_id UUID REFERENCES release (id),
    provider_id UUID REFERENCES provider (id),
    happened_at TIMESTAMPTZ,
    queued_at TIMESTAMPTZ NOT NULL,
    state TEXT NOT NULL CHECK (
        state = 'waiting' OR state = 'sending' OR state = 'sent' OR state = 'withdrawn' OR state = 'failed'),
    attempts BIGINT NOT NULL,
    next_attempt_at TIMESTAMPTZ NOT NULL,
    mail UUID,
    sent_at TIMESTAMPTZ,
    sent_to TEXT,
    problem TEXT,
    CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CHECK (COALESCE(referral_id, package_id, request_id, release_id) IS NOT NULL)
);
INSERT INTO alert (id, code, account_id, kind, referral_id, resource_id, queued_at, state, attempts, next_attempt_at,
    sent_at, sent_to, problem)
SELECT id, code, account_id, 'assigned', referral_id, resource_id, queued_at, state, attempts, next_attempt_at, sent_at,
    sent_to, problem
FROM earlier_alert;
DROP TABLE earlier_alert;
CREATE UNIQUE INDEX alert_code ON alert (code);
CREATE UNIQUE INDEX alert_once ON alert (
    account_id, kind, COALESCE(package_id, request_id, release_id, referral_id), COALESCE(happened_at, queued_at),
    COALESCE(resource_id, provider_id, account_id));
CREATE INDEX alert_state_next_attempt_at ON alert (state, next_attempt_at);
CREATE INDEX alert_mail ON alert (mail) WHERE mail IS NOT NULL;
CREATE INDEX alert_referral_id ON alert (referral_id, id) WHERE referral_id IS NOT NULL;
CREATE INDEX alert_package_id ON alert (package_id, id) WHERE package_id IS NOT NULL;
CREATE INDEX alert_request_id ON alert (request_id, id) WHERE request_id IS NOT NULL;
CREATE INDEX alert_release_id ON alert (release_id, id) WHERE release_id IS NOT NULL;
UPDATE operation_row SET before = SUBSTR(before, 1, LENGTH(before) - 1) || ',"kind":"assigned"}'
WHERE name = 'alert';
CREATE INDEX release_expires_on ON release (expires_on) WHERE revoked_at IS NULL;

-- The sharing requests that wait for an answer now.
CREATE VIEW waiting_request AS
SELECT request.id AS request_id
FROM sharing_request AS request
JOIN sharing_answer AS answer ON answer.request_id = request.id AND answer.until_at IS NULL
WHERE answer.label = 'pending' AND request.cancelled_at IS NULL
    AND (request.lapses_on IS NULL OR request.lapses_on >= run_day());
