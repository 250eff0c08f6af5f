-- Client-by-client sharing: what there is to share, who may share what with whom, consent and its dates, and who looked.
--
-- Facts that change are kept as versions: a row holds from from_at until until_at, and a change ends one row and begins the
-- next. So the program can say what was so last Tuesday (run_instant(), run_day(): the instant and the hub's local day that
-- a transaction stands at; db/ supplies them, and where nobody did, nothing is shared). Days are the hub's calendar days.

-- A sort of service, as contracts and records name it. Refused: two of one name.
CREATE TABLE category (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL
);
CREATE UNIQUE INDEX category_name_key ON category (name_key);

-- Under which a provider delivers services. The last day counts. Refused: an end before the start, two contracts of one
-- provider under one name.
CREATE TABLE contract (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    provider_id UUID NOT NULL REFERENCES provider (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX contract_code ON contract (code);
CREATE UNIQUE INDEX contract_provider_id_name_key ON contract (provider_id, name_key);

CREATE TABLE contract_term (
    id UUID NOT NULL PRIMARY KEY,
    contract_id UUID NOT NULL REFERENCES contract (id),
    starts_on DATE NOT NULL,
    stops_on DATE CHECK (stops_on >= starts_on),
    from_at TIMESTAMPTZ NOT NULL,
    until_at TIMESTAMPTZ CHECK (until_at >= from_at)
);
CREATE UNIQUE INDEX contract_term_contract_id ON contract_term (contract_id) WHERE until_at IS NULL;
CREATE INDEX contract_term_contract_id_from_at ON contract_term (contract_id, from_at);

CREATE TABLE contract_category (
    id UUID NOT NULL PRIMARY KEY,
    contract_id UUID NOT NULL REFERENCES contract (id),
    category_id UUID NOT NULL REFERENCES category (id),
    from_at TIMESTAMPTZ NOT NULL,
    until_at TIMESTAMPTZ CHECK (until_at >= from_at)
);
CREATE UNIQUE INDEX contract_category_contract_id_category_id ON contract_category (contract_id, category_id)
    WHERE until_at IS NULL;
CREATE INDEX contract_category_category_id ON contract_category (category_id, contract_id);

-- Whether a client is active at a provider, since the day since_on. Refused: two standings of one client at one provider.
CREATE TABLE enrolment (
    id UUID NOT NULL PRIMARY KEY,
    client_id UUID NOT NULL REFERENCES client (id),
    provider_id UUID NOT NULL REFERENCES provider (id),
    active BOOLEAN NOT NULL,
    since_on DATE NOT NULL,
    from_at TIMESTAMPTZ NOT NULL,
    until_at TIMESTAMPTZ CHECK (until_at >= from_at)
);
CREATE UNIQUE INDEX enrolment_client_id_provider_id ON enrolment (client_id, provider_id) WHERE until_at IS NULL;
CREATE INDEX enrolment_client_id_provider_id_from_at ON enrolment (client_id, provider_id, from_at);
CREATE INDEX enrolment_provider_id ON enrolment (provider_id, client_id);

-- One entry of a data type about a client, owned by a provider. Never changed.
CREATE TABLE record (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    client_id UUID NOT NULL REFERENCES client (id),
    provider_id UUID NOT NULL REFERENCES provider (id),
    data_type TEXT NOT NULL CHECK (
        data_type = 'services' OR data_type = 'clinical' OR data_type = 'case-notes' OR data_type = 'appointments'
        OR data_type = 'eligibility' OR data_type = 'forms' OR data_type = 'referrals'),
    category_id UUID REFERENCES category (id),
    contract_id UUID REFERENCES contract (id),
    happened_on DATE NOT NULL,
    title TEXT NOT NULL,
    units TEXT,
    detail TEXT,
    source_id TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    created_by UUID NOT NULL REFERENCES account (id)
);
CREATE UNIQUE INDEX record_code ON record (code);
CREATE UNIQUE INDEX record_provider_id_source_id ON record (provider_id, source_id) WHERE source_id IS NOT NULL;
CREATE INDEX record_client_id_happened_on ON record (client_id, happened_on, id);
CREATE INDEX record_provider_id_client_id ON record (provider_id, client_id);
-- Whether a client was served in a category somewhere is asked once for every record that level 2 lets out.
CREATE INDEX record_client_id_provider_id_category_id ON record (client_id, provider_id, category_id, contract_id)
    WHERE data_type = 'services';

-- What a provider lets out, per data type (rule 3.1). No row: level 3, which shares nothing.
CREATE TABLE sharing_setting (
    id UUID NOT NULL PRIMARY KEY,
    provider_id UUID NOT NULL REFERENCES provider (id),
    data_type TEXT NOT NULL,
    level BIGINT NOT NULL CHECK (level BETWEEN 1 AND 3),
    client_by_client BOOLEAN NOT NULL,
    require_expiry BOOLEAN NOT NULL,
    release_sharing BOOLEAN NOT NULL,
    default_days BIGINT CHECK (default_days > 0),
    from_at TIMESTAMPTZ NOT NULL,
    until_at TIMESTAMPTZ CHECK (until_at >= from_at)
);
CREATE UNIQUE INDEX sharing_setting_provider_id_data_type ON sharing_setting (provider_id, data_type) WHERE until_at IS NULL;
CREATE INDEX sharing_setting_provider_id_data_type_from_at ON sharing_setting (provider_id, data_type, from_at);

-- Owner to recipient, per data type, in this direction alone (rule 3.2). Refused: a provider linked to itself.
CREATE TABLE sharing_link (
    id UUID NOT NULL PRIMARY KEY,
    owner_id UUID NOT NULL REFERENCES provider (id),
    recipient_id UUID NOT NULL REFERENCES provider (id),
    data_type TEXT NOT NULL,
    from_at TIMESTAMPTZ NOT NULL,
    until_at TIMESTAMPTZ CHECK (until_at >= from_at),
    CHECK (owner_id <> recipient_id)
);
CREATE UNIQUE INDEX sharing_link_owner_id_recipient_id_data_type ON sharing_link (owner_id, recipient_id, data_type)
    WHERE until_at IS NULL;
CREATE INDEX sharing_link_recipient_id ON sharing_link (recipient_id, owner_id, data_type, from_at);

-- A recipient asks an owner for one data type of one client (rule 3.5). open: pending or granted; the program closes one
-- that has expired when the next is made. Refused: a second open request for the same four.
CREATE TABLE sharing_request (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    client_id UUID NOT NULL REFERENCES client (id),
    owner_id UUID NOT NULL REFERENCES provider (id),
    recipient_id UUID NOT NULL REFERENCES provider (id),
    data_type TEXT NOT NULL,
    requested_at TIMESTAMPTZ NOT NULL,
    requested_by UUID NOT NULL REFERENCES account (id),
    note TEXT,
    open BOOLEAN NOT NULL,
    CHECK (owner_id <> recipient_id)
);
CREATE UNIQUE INDEX sharing_request_code ON sharing_request (code);
CREATE UNIQUE INDEX sharing_request_client_id_owner_id_recipient_id_data_type
    ON sharing_request (client_id, owner_id, recipient_id, data_type) WHERE open;
CREATE INDEX sharing_request_client_id ON sharing_request (client_id, recipient_id, owner_id, data_type);
CREATE INDEX sharing_request_owner_id ON sharing_request (owner_id, id);
CREATE INDEX sharing_request_recipient_id ON sharing_request (recipient_id, id);

-- The labels that a request has had. Expired is derived from the date and never stored (rule 3.6). Refused: a grant without
-- its signed date, an expiry before it.
CREATE TABLE sharing_answer (
    id UUID NOT NULL PRIMARY KEY,
    request_id UUID NOT NULL REFERENCES sharing_request (id),
    label TEXT NOT NULL CHECK (label = 'pending' OR label = 'granted' OR label = 'denied' OR label = 'revoked'),
    signed_on DATE,
    expires_on DATE CHECK (expires_on >= signed_on),
    answered_by UUID NOT NULL REFERENCES account (id),
    from_at TIMESTAMPTZ NOT NULL,
    until_at TIMESTAMPTZ CHECK (until_at >= from_at),
    CHECK (label <> 'granted' OR signed_on IS NOT NULL)
);
CREATE UNIQUE INDEX sharing_answer_request_id ON sharing_answer (request_id) WHERE until_at IS NULL;
CREATE INDEX sharing_answer_request_id_from_at ON sharing_answer (request_id, from_at);
CREATE INDEX sharing_answer_expires_on ON sharing_answer (expires_on) WHERE until_at IS NULL AND label = 'granted';

-- A signed release of information (rule 3.7). Only its revocation is ever added to it. signed_as: by what right somebody signed
-- who is not the client. The three states_ columns: which statements the document makes, as whoever added it has read there.
CREATE TABLE release (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    client_id UUID NOT NULL REFERENCES client (id),
    owner_id UUID NOT NULL REFERENCES provider (id),
    data_type TEXT NOT NULL,
    signed_on DATE NOT NULL,
    signed_by TEXT,
    signed_as TEXT,
    expires_on DATE CHECK (expires_on >= signed_on),
    expiry_event TEXT,
    purpose TEXT,
    states_right_to_revoke BOOLEAN NOT NULL,
    states_conditions BOOLEAN NOT NULL,
    states_redisclosure BOOLEAN NOT NULL,
    all_providers BOOLEAN NOT NULL,
    media_type TEXT NOT NULL CHECK (
        media_type = 'application/pdf' OR media_type = 'image/png' OR media_type = 'image/jpeg'),
    size BIGINT NOT NULL CHECK (size > 0),
    sha256 BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by UUID NOT NULL REFERENCES account (id),
    revoked_at TIMESTAMPTZ,
    revoked_by UUID REFERENCES account (id),
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE UNIQUE INDEX release_code ON release (code);
CREATE INDEX release_client_id ON release (client_id, owner_id, data_type);
CREATE INDEX release_owner_id ON release (owner_id, id);

CREATE TABLE release_recipient (
    release_id UUID NOT NULL REFERENCES release (id),
    provider_id UUID NOT NULL REFERENCES provider (id),
    PRIMARY KEY (release_id, provider_id)
);

-- The document in pieces of one size, so that it goes in and out without ever being in memory as a whole.
CREATE TABLE release_piece (
    release_id UUID NOT NULL REFERENCES release (id),
    position BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (release_id, position)
);

-- The register of looks at another provider's records (rule 3.10): who, for whom, whose, when, on what basis.
CREATE TABLE disclosure (
    id UUID NOT NULL PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    client_id UUID NOT NULL REFERENCES client (id),
    owner_id UUID NOT NULL REFERENCES provider (id),
    recipient_id UUID NOT NULL REFERENCES provider (id),
    data_type TEXT NOT NULL,
    records BIGINT NOT NULL,
    basis TEXT NOT NULL CHECK (basis = 'automatic' OR basis = 'request' OR basis = 'release'),
    source TEXT,
    account_id UUID NOT NULL REFERENCES account (id),
    behind TEXT,
    command TEXT NOT NULL
);
CREATE INDEX disclosure_client_id ON disclosure (client_id, id);

-- The contracts in force, with their categories: on the day and at the instant that the transaction stands at.
CREATE VIEW contract_in_force AS
SELECT contract.id AS contract_id, contract.provider_id, entry.category_id
FROM contract
JOIN contract_term AS term ON term.contract_id = contract.id
    AND term.from_at <= run_instant() AND (term.until_at IS NULL OR term.until_at > run_instant())
    AND term.starts_on <= run_day() AND (term.stops_on IS NULL OR term.stops_on >= run_day())
JOIN contract_category AS entry ON entry.contract_id = contract.id
    AND entry.from_at <= run_instant() AND (entry.until_at IS NULL OR entry.until_at > run_instant());

-- The clients who have had a service of a category under a contract in force, and at whom (rule 3.3).
CREATE VIEW served AS
SELECT record.client_id, record.provider_id, record.category_id
FROM record
JOIN contract_in_force ON contract_in_force.contract_id = record.contract_id
    AND contract_in_force.provider_id = record.provider_id
    AND contract_in_force.category_id = record.category_id
WHERE record.data_type = 'services' AND record.created_at <= run_instant();

-- The clients active at a provider.
CREATE VIEW enrolled AS
SELECT client_id, provider_id
FROM enrolment
WHERE active AND since_on <= run_day()
    AND from_at <= run_instant() AND (until_at IS NULL OR until_at > run_instant());

-- The consents that stand: grants that have not run out (the last day counts), and releases, which reach their recipients one
-- by one, also those that joined after one was signed for all.
CREATE VIEW consent AS
SELECT 'request' AS basis, request.code AS source, request.client_id, request.owner_id, request.recipient_id,
    request.data_type, answer.expires_on
FROM sharing_request AS request
JOIN sharing_answer AS answer ON answer.request_id = request.id
    AND answer.from_at <= run_instant() AND (answer.until_at IS NULL OR answer.until_at > run_instant())
WHERE answer.label = 'granted' AND (answer.expires_on IS NULL OR answer.expires_on >= run_day())
UNION ALL
SELECT 'release' AS basis, release.code AS source, release.client_id, release.owner_id, recipient.id AS recipient_id,
    release.data_type, release.expires_on
FROM release
JOIN provider AS recipient ON recipient.id <> release.owner_id
    AND (release.all_providers
        OR recipient.id IN (SELECT named.provider_id FROM release_recipient AS named WHERE named.release_id = release.id))
WHERE release.created_at <= run_instant() AND (release.revoked_at IS NULL OR release.revoked_at > run_instant())
    AND (release.expires_on IS NULL OR release.expires_on >= run_day());

-- Visibility: the records of others that a provider may see. The one predicate of rule 3: level, link, category, and then,
-- by the owner's settings, a release, or a request with the client active at both, or nothing more.
CREATE VIEW shared_record AS
SELECT record.id AS record_id, record.client_id, link.owner_id, link.recipient_id, record.data_type,
    CASE WHEN setting.release_sharing THEN 'release'
        WHEN setting.client_by_client THEN 'request'
        ELSE 'automatic' END AS basis
FROM record
JOIN sharing_link AS link ON link.owner_id = record.provider_id AND link.data_type = record.data_type
    AND link.from_at <= run_instant() AND (link.until_at IS NULL OR link.until_at > run_instant())
JOIN sharing_setting AS setting ON setting.provider_id = link.owner_id AND setting.data_type = link.data_type
    AND setting.from_at <= run_instant() AND (setting.until_at IS NULL OR setting.until_at > run_instant())
WHERE record.created_at <= run_instant()
    AND setting.level <> 3
    AND (setting.level = 1
        OR EXISTS (SELECT 1 FROM served
            WHERE served.client_id = record.client_id AND served.provider_id = link.owner_id
                AND served.category_id = record.category_id)
        AND EXISTS (SELECT 1 FROM served
            WHERE served.client_id = record.client_id AND served.provider_id = link.recipient_id
                AND served.category_id = record.category_id))
    AND (NOT setting.release_sharing AND NOT setting.client_by_client
        OR EXISTS (SELECT 1 FROM consent
            WHERE consent.client_id = record.client_id AND consent.owner_id = link.owner_id
                AND consent.recipient_id = link.recipient_id AND consent.data_type = record.data_type
                AND consent.basis = CASE WHEN setting.release_sharing THEN 'release' ELSE 'request' END))
    AND (setting.release_sharing OR NOT setting.client_by_client
        OR EXISTS (SELECT 1 FROM enrolled
            WHERE enrolled.client_id = record.client_id AND enrolled.provider_id = link.owner_id)
        AND EXISTS (SELECT 1 FROM enrolled
            WHERE enrolled.client_id = record.client_id AND enrolled.provider_id = link.recipient_id));

-- Visibility: the clients that a portal account may name in sharing: active at a provider that it speaks for, with a record of
-- that provider, or with one shared with it.
CREATE VIEW account_client AS
SELECT mine.account_id, enrolled.client_id
FROM account_provider AS mine
JOIN enrolled ON enrolled.provider_id = mine.provider_id
UNION ALL
SELECT mine.account_id, record.client_id
FROM account_provider AS mine
JOIN record ON record.provider_id = mine.provider_id
WHERE record.created_at <= run_instant()
UNION ALL
SELECT mine.account_id, shared.client_id
FROM account_provider AS mine
JOIN shared_record AS shared ON shared.recipient_id = mine.provider_id;
