-- The provider portal: intake records, what queues are linked to, whom a referral is assigned to and what became of it,
-- capacity, alerts, and what a portal account sees.

-- Rule 2.9: the one thing of its own that a portal account may change.
ALTER TABLE account ADD COLUMN resource_assigned_emails BOOLEAN NOT NULL DEFAULT TRUE;

-- One submitted intake record. Name and postal code are kept as they were submitted, whatever the client's are today.
-- Refused: two contacts under one number, in whatever case.
CREATE TABLE contact (
    id UUID NOT NULL PRIMARY KEY,
    number TEXT NOT NULL,
    number_key TEXT NOT NULL,
    client_id UUID NOT NULL REFERENCES client (id),
    given TEXT NOT NULL,
    family TEXT NOT NULL,
    name_key TEXT NOT NULL,
    postal_code TEXT,
    phone TEXT,
    email TEXT,
    submitted_on DATE NOT NULL,
    details TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    created_by UUID NOT NULL REFERENCES account (id)
);
CREATE UNIQUE INDEX contact_number_key ON contact (number_key);
CREATE INDEX contact_client_id ON contact (client_id, id);
CREATE INDEX contact_name_key_id ON contact (name_key, id);

CREATE INDEX resource_name_key_id ON resource (name_key, id);

-- Which resources take the referrals of a queue.
CREATE TABLE queue_resource (
    queue_id UUID NOT NULL REFERENCES queue (id),
    resource_id UUID NOT NULL REFERENCES resource (id),
    PRIMARY KEY (queue_id, resource_id)
);
CREATE INDEX queue_resource_resource_id ON queue_resource (resource_id, queue_id);

-- A referral has one assignee or none. Refused: an assignee without the instant of the assignment, and the reverse.
ALTER TABLE referral ADD COLUMN contact_id UUID REFERENCES contact (id);
ALTER TABLE referral ADD COLUMN resource_id UUID REFERENCES resource (id);
ALTER TABLE referral ADD COLUMN assigned_at TIMESTAMPTZ CHECK ((assigned_at IS NULL) = (resource_id IS NULL));
CREATE INDEX referral_contact_id ON referral (contact_id, id) WHERE contact_id IS NOT NULL;
CREATE INDEX referral_resource_id ON referral (resource_id, id) WHERE resource_id IS NOT NULL;
CREATE INDEX referral_resource_id_assigned_at ON referral (resource_id, assigned_at) WHERE resource_id IS NOT NULL;
CREATE INDEX referral_status_id_unassigned ON referral (status_id, id) WHERE resource_id IS NULL;

-- What became of a referral, in order: who, when, from, to. Labels and codes are written as they were then. behind is the
-- login of the admin who acted in the account's name. Rows are only ever added.
CREATE TABLE referral_change (
    id UUID NOT NULL PRIMARY KEY,
    referral_id UUID NOT NULL REFERENCES referral (id),
    at TIMESTAMPTZ NOT NULL,
    by_account UUID NOT NULL REFERENCES account (id),
    behind TEXT,
    what TEXT NOT NULL CHECK (what = 'created' OR what = 'status' OR what = 'resource' OR what = 'note'),
    was TEXT,
    became TEXT
);
CREATE INDEX referral_change_referral_id ON referral_change (referral_id, id);

-- The history of what is older than this table begins with its making; what its first status was is not known any more.
INSERT INTO referral_change (id, referral_id, at, by_account, what)
SELECT id, id, created_at, created_by, 'created' FROM referral;

-- How many more referrals a resource can take, as its people say. In force is the latest entry that has started and not
-- ended; the number is never rewritten by an assignment. Refused: fewer than none, more than its maximum, an end before
-- its start, two entries of one resource that start at one instant.
CREATE TABLE capacity (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    resource_id UUID NOT NULL REFERENCES resource (id),
    places BIGINT NOT NULL CHECK (places >= 0),
    unit TEXT,
    maximum BIGINT CHECK (maximum >= places),
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ CHECK (ends_at > starts_at),
    note TEXT,
    set_at TIMESTAMPTZ NOT NULL,
    set_by UUID NOT NULL REFERENCES account (id),
    removed_at TIMESTAMPTZ,
    removed_by UUID REFERENCES account (id),
    CHECK ((removed_at IS NULL) = (removed_by IS NULL))
);
CREATE UNIQUE INDEX capacity_code ON capacity (code);
CREATE UNIQUE INDEX capacity_resource_id_starts_at ON capacity (resource_id, starts_at) WHERE removed_at IS NULL;

-- A message to a portal account that a referral was assigned to its resource. waiting: to be sent, at next_attempt_at or
-- later; a run that takes it in hand moves that instant to the end of the longest possible delivery. sending: a delivery is
-- on its way, or, once that instant is over, was cut off where nobody can know whether it arrived. withdrawn: no longer true
-- before it was sent, or dismissed. failed: given up after many attempts, until somebody asks again. Refused: one sent
-- without its instant.
CREATE TABLE alert (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id),
    referral_id UUID NOT NULL REFERENCES referral (id),
    resource_id UUID NOT NULL REFERENCES resource (id),
    queued_at TIMESTAMPTZ NOT NULL,
    state TEXT NOT NULL CHECK (
        state = 'waiting' OR state = 'sending' OR state = 'sent' OR state = 'withdrawn' OR state = 'failed'),
    attempts BIGINT NOT NULL,
    next_attempt_at TIMESTAMPTZ NOT NULL,
    sent_at TIMESTAMPTZ,
    sent_to TEXT,
    problem TEXT,
    CHECK ((state = 'sent') = (sent_at IS NOT NULL))
);
CREATE UNIQUE INDEX alert_code ON alert (code);
CREATE INDEX alert_state_next_attempt_at ON alert (state, next_attempt_at);
CREATE INDEX alert_referral_id ON alert (referral_id, id);

-- Visibility: the resources that a portal account acts for. Its own, and with an agency record every program of that agency
-- that is in at least one active queue (rule 2.2). One that is both own and covered appears twice: ask with IN.
CREATE VIEW account_scope AS
SELECT held.account_id, covered.id AS resource_id
FROM account_resource AS held
JOIN resource AS own ON own.id = held.resource_id
JOIN resource AS covered ON covered.provider_id = own.provider_id
WHERE covered.id = own.id
    OR own.kind = 'agency' AND covered.id IN (
        SELECT link.resource_id
        FROM queue_resource AS link
        JOIN queue ON queue.id = link.queue_id
        WHERE queue.active);

-- Visibility: the contacts whose details a portal account may read (rule 2.7).
CREATE VIEW account_contact AS
SELECT scope.account_id, referral.contact_id
FROM account_scope AS scope
JOIN account_permission AS permission
    ON permission.account_id = scope.account_id AND permission.permission = 'access-contact-details'
JOIN referral ON referral.resource_id = scope.resource_id
WHERE referral.contact_id IS NOT NULL;
