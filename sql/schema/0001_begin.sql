-- The whole schema, in PostgreSQL's type words; db/migrate.rs says what SQLite makes of them.
--
-- Constraints carry the rules a second time, so that no path around the program breaks them. A unique index is named
-- after its table and columns. Columns that end in _key hold text folded by the program (case, accents and spaces set
-- aside), since the two engines fold differently. Row ids are made by the program and never reach the screen.
-- What a column may hold is written out with OR: for a longer IN, SQLite fills a small table anew at every insert.

CREATE TABLE schema_migration (
    version BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- A person who acts. Refused: a second account with the login of a first, in whatever case.
CREATE TABLE account (
    id UUID NOT NULL PRIMARY KEY,
    login TEXT NOT NULL,
    login_key TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    level TEXT NOT NULL CHECK (
        level = 'trainee' OR level = 'standard' OR level = 'supervisor' OR level = 'admin'
        OR level = 'provider-portal'),
    active BOOLEAN NOT NULL,
    password_hash TEXT
);
CREATE UNIQUE INDEX account_login_key ON account (login_key);

-- What a portal account may do beyond looking. Refused: a permission that the program does not know.
CREATE TABLE account_permission (
    account_id UUID NOT NULL REFERENCES account (id),
    permission TEXT NOT NULL CHECK (
        permission = 'edit-capacity' OR permission = 'change-status' OR permission = 'access-contact-details'
        OR permission = 'respond-packages' OR permission = 'answer-sharing'),
    PRIMARY KEY (account_id, permission)
);

-- An organisation that delivers care. source and source_id say where an imported one came from; one organisation of one
-- source is one provider, however often it is imported.
CREATE TABLE provider (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    alternate_name TEXT,
    description TEXT,
    email TEXT,
    phone TEXT,
    url TEXT,
    postal_code TEXT,
    active BOOLEAN NOT NULL,
    source TEXT,
    source_id TEXT,
    CHECK ((source IS NULL) = (source_id IS NULL))
);
CREATE UNIQUE INDEX provider_code ON provider (code);
CREATE INDEX provider_name_key_id ON provider (name_key, id);
CREATE UNIQUE INDEX provider_source_source_id ON provider (source, source_id) WHERE source IS NOT NULL;

-- What referrals are sent to. Refused: a second agency record for one provider.
CREATE TABLE resource (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    provider_id UUID NOT NULL REFERENCES provider (id),
    kind TEXT NOT NULL CHECK (kind IN ('agency', 'program')),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    alternate_name TEXT,
    description TEXT,
    eligibility TEXT,
    fees TEXT,
    application_process TEXT,
    email TEXT,
    url TEXT,
    state TEXT NOT NULL CHECK (state = 'active' OR state = 'paused' OR state = 'inactive'),
    source_id TEXT
);
CREATE UNIQUE INDEX resource_code ON resource (code);
CREATE INDEX resource_provider_id ON resource (provider_id);
CREATE UNIQUE INDEX resource_agency ON resource (provider_id) WHERE kind = 'agency';

-- A number or an address belongs to a provider, or to one of its resources; position keeps the order of the source.
CREATE TABLE phone (
    provider_id UUID NOT NULL REFERENCES provider (id),
    position BIGINT NOT NULL,
    resource_id UUID REFERENCES resource (id),
    number TEXT NOT NULL,
    extension TEXT,
    kind TEXT,
    department TEXT,
    PRIMARY KEY (provider_id, position)
);

CREATE TABLE address (
    provider_id UUID NOT NULL REFERENCES provider (id),
    position BIGINT NOT NULL,
    resource_id UUID REFERENCES resource (id),
    kind TEXT NOT NULL CHECK (kind IN ('physical', 'postal')),
    attention TEXT,
    line_1 TEXT,
    line_2 TEXT,
    city TEXT,
    region TEXT,
    postal_code TEXT,
    country TEXT,
    PRIMARY KEY (provider_id, position)
);

-- Which resources a portal account acts for.
CREATE TABLE account_resource (
    account_id UUID NOT NULL REFERENCES account (id),
    resource_id UUID NOT NULL REFERENCES resource (id),
    PRIMARY KEY (account_id, resource_id)
);
CREATE INDEX account_resource_resource_id ON account_resource (resource_id);

-- Visibility: an account speaks for a whole provider when it holds that provider's agency record.
CREATE VIEW account_provider AS
SELECT held.account_id, resource.provider_id
FROM account_resource AS held
JOIN resource ON resource.id = held.resource_id
WHERE resource.kind = 'agency';

-- A person who receives care. external_id is the number that another system knows the person by.
CREATE TABLE client (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    given TEXT NOT NULL,
    family TEXT NOT NULL,
    name_key TEXT NOT NULL,
    birth_date DATE,
    postal_code TEXT,
    external_id TEXT,
    source TEXT,
    source_id TEXT,
    CHECK ((source IS NULL) = (source_id IS NULL))
);
CREATE UNIQUE INDEX client_code ON client (code);
CREATE UNIQUE INDEX client_external_id ON client (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX client_name_key_id ON client (name_key, id);
CREATE UNIQUE INDEX client_source_source_id ON client (source, source_id) WHERE source IS NOT NULL;

-- A named list of referrals with statuses of its own. Refused: two queues of one name, two statuses of one label in one
-- queue, two statuses at one position.
CREATE TABLE queue (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    active BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX queue_name_key ON queue (name_key);

CREATE TABLE queue_status (
    id UUID NOT NULL PRIMARY KEY,
    queue_id UUID NOT NULL REFERENCES queue (id),
    position BIGINT NOT NULL,
    label TEXT NOT NULL,
    label_key TEXT NOT NULL,
    closed BOOLEAN NOT NULL,
    retired BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX queue_status_queue_id_label_key ON queue_status (queue_id, label_key);
CREATE UNIQUE INDEX queue_status_queue_id_position ON queue_status (queue_id, position);

-- One need of one client, in one queue, with a status.
CREATE TABLE referral (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    queue_id UUID NOT NULL REFERENCES queue (id),
    status_id UUID NOT NULL REFERENCES queue_status (id),
    client_id UUID NOT NULL REFERENCES client (id),
    note TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    created_by UUID NOT NULL REFERENCES account (id)
);
CREATE UNIQUE INDEX referral_code ON referral (code);
CREATE INDEX referral_client_id ON referral (client_id, id);
CREATE INDEX referral_status_id ON referral (status_id, id);

-- One planned call. sequence rises with everything a calendar has to learn of. source_id makes an import repeatable.
CREATE TABLE visit (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    referral_id UUID NOT NULL REFERENCES referral (id),
    starts_at TIMESTAMPTZ NOT NULL,
    duration_minutes BIGINT NOT NULL CHECK (duration_minutes BETWEEN 1 AND 1440),
    status TEXT NOT NULL CHECK (status IN ('planned', 'cancelled')),
    note TEXT,
    sequence BIGINT NOT NULL,
    source_id TEXT
);
CREATE UNIQUE INDEX visit_code ON visit (code);
CREATE INDEX visit_referral_id_starts_at ON visit (referral_id, starts_at);
CREATE UNIQUE INDEX visit_referral_id_source_id ON visit (referral_id, source_id) WHERE source_id IS NOT NULL;

-- A fixed set of visits of one referral offered to several providers. A recalled package keeps its row for the history
-- and frees its reference. Refused: two packages that are not recalled under one reference.
CREATE TABLE package (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    reference TEXT NOT NULL,
    reference_key TEXT NOT NULL,
    referral_id UUID NOT NULL REFERENCES referral (id),
    status TEXT NOT NULL CHECK (
        status = 'pending' OR status = 'accepted' OR status = 'rejected' OR status = 'recalled'),
    created_at TIMESTAMPTZ NOT NULL,
    created_by UUID NOT NULL REFERENCES account (id),
    amended_at TIMESTAMPTZ,
    amended_by UUID REFERENCES account (id),
    recalled_at TIMESTAMPTZ,
    recalled_by UUID REFERENCES account (id),
    CHECK ((status = 'recalled') = (recalled_at IS NOT NULL))
);
CREATE UNIQUE INDEX package_code ON package (code);
CREATE UNIQUE INDEX package_reference_key ON package (reference_key) WHERE status <> 'recalled';
CREATE INDEX package_recalled_reference_key ON package (reference_key) WHERE status = 'recalled';
CREATE INDEX package_referral_id ON package (referral_id, id);
CREATE INDEX package_status_id ON package (status, id);

-- The visits of a package, as they were offered: start and duration are copies made at its creation. A recalled package
-- lets go of its visits (live is false). Refused: one visit in two live packages.
CREATE TABLE package_visit (
    package_id UUID NOT NULL REFERENCES package (id),
    visit_id UUID NOT NULL REFERENCES visit (id),
    offered_start TIMESTAMPTZ NOT NULL,
    offered_minutes BIGINT NOT NULL,
    live BOOLEAN NOT NULL,
    PRIMARY KEY (package_id, visit_id)
);
CREATE UNIQUE INDEX package_visit_visit_id ON package_visit (visit_id) WHERE live;

-- One provider's line in a package. A line taken out again keeps its row and its answer (removed_at). Refused: two
-- accepted offers in one package; two lines of one provider in one package; an answer without its time, or a time
-- without an answer.
CREATE TABLE offer (
    id UUID NOT NULL PRIMARY KEY,
    package_id UUID NOT NULL REFERENCES package (id),
    provider_id UUID NOT NULL REFERENCES provider (id),
    status TEXT NOT NULL CHECK (status = 'pending' OR status = 'accepted' OR status = 'rejected' OR status = 'closed'),
    requested_by UUID NOT NULL REFERENCES account (id),
    requested_at TIMESTAMPTZ NOT NULL,
    responded_at TIMESTAMPTZ,
    responded_by UUID REFERENCES account (id),
    reason TEXT,
    removed_at TIMESTAMPTZ,
    CHECK ((status IN ('accepted', 'rejected')) = (responded_at IS NOT NULL)),
    CHECK (removed_at IS NULL OR status <> 'accepted')
);
CREATE UNIQUE INDEX offer_package_id ON offer (package_id) WHERE status = 'accepted';
CREATE UNIQUE INDEX offer_package_id_provider_id ON offer (package_id, provider_id) WHERE removed_at IS NULL;
CREATE INDEX offer_provider_id_package_id ON offer (provider_id, package_id);

-- The audit trail: every change, in one chain. Each entry's hash covers its content and the hash before it, so that an
-- entry changed or taken out shows. Nothing in the program changes or removes a row.
CREATE TABLE audit (
    sequence BIGINT NOT NULL PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    acting_as TEXT,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    before TEXT,
    after TEXT,
    hash BYTEA NOT NULL
);
CREATE INDEX audit_subject ON audit (subject, sequence);
CREATE INDEX audit_actor ON audit (actor, sequence);
