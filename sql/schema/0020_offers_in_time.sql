-- Offers that begin and end by the clock, and packages that are handed back. Lists of what a column may hold
-- cannot be widened on SQLite, so the three tables are written anew.
--
-- Nothing has to run when an offer opens or lapses: `settled` is the status that was written, `status` in the views below the one
-- at the instant of the transaction.

DROP INDEX package_code;
DROP INDEX package_reference_key;
DROP INDEX package_recalled_reference_key;
DROP INDEX package_referral_id;
DROP INDEX package_status_id;
DROP INDEX package_visit_visit_id;
DROP INDEX offer_package_id;
DROP INDEX offer_package_id_provider_id;
DROP INDEX offer_provider_id_package_id;
ALTER TABLE package RENAME TO package_before;
ALTER TABLE package_visit RENAME TO package_visit_before;
ALTER TABLE offer RENAME TO offer_before;

-- A fixed set of visits of one referral offered to several providers. One that was recalled or handed back keeps its row for the
-- history; recalled, it frees its reference. lapses_at: when the last of its open offers lapses; none where one has no end. timed says
-- that there is such an instant, so that lists by status need no look at those whose time is over. Refused: two packages that are not
-- recalled under one reference; an end of what nobody can answer any more.
CREATE TABLE package (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    reference TEXT NOT NULL,
    reference_key TEXT NOT NULL,
    referral_id UUID NOT NULL REFERENCES referral (id),
    status TEXT NOT NULL CHECK (
        status = 'pending' OR status = 'accepted' OR status = 'rejected' OR status = 'handed_back' OR status = 'recalled'),
    created_at TIMESTAMPTZ NOT NULL,
    created_by UUID NOT NULL REFERENCES account (id),
    amended_at TIMESTAMPTZ,
    amended_by UUID REFERENCES account (id),
    recalled_at TIMESTAMPTZ,
    recalled_by UUID REFERENCES account (id),
    timed BOOLEAN NOT NULL DEFAULT FALSE,
    lapses_at TIMESTAMPTZ,
    CHECK ((status = 'recalled') = (recalled_at IS NOT NULL)),
    CHECK (timed = (lapses_at IS NOT NULL)),
    CHECK (lapses_at IS NULL OR status = 'pending')
);

-- The visits of a package, as they were offered: start and duration are copies made at its creation. A package that is recalled or
-- handed back lets go of its visits (live is false). Refused: one visit in two live packages.
CREATE TABLE package_visit (
    package_id UUID NOT NULL REFERENCES package (id),
    visit_id UUID NOT NULL REFERENCES visit (id),
    offered_start TIMESTAMPTZ NOT NULL,
    offered_minutes BIGINT NOT NULL,
    live BOOLEAN NOT NULL,
    PRIMARY KEY (package_id, visit_id)
);

-- One provider's line in a package. It can be answered from opens_at on, before lapses_at. ended_at: when it was closed, recalled or
-- handed back. A line taken out again keeps its row and its answer (removed_at). Refused: two accepted offers in one package; two
-- lines of one provider in one package; an answer without its time, a time without an answer, an answer at a time at which it
-- could not be given; one that is handed back without a reason.
CREATE TABLE offer (
    id UUID NOT NULL PRIMARY KEY,
    package_id UUID NOT NULL REFERENCES package (id),
    provider_id UUID NOT NULL REFERENCES provider (id),
    status TEXT NOT NULL CHECK (
        status = 'pending' OR status = 'accepted' OR status = 'rejected' OR status = 'closed' OR status = 'handed_back'
        OR status = 'recalled'),
    requested_by UUID NOT NULL REFERENCES account (id),
    requested_at TIMESTAMPTZ NOT NULL,
    opens_at TIMESTAMPTZ CHECK (opens_at > requested_at),
    lapses_at TIMESTAMPTZ CHECK (lapses_at > requested_at),
    responded_at TIMESTAMPTZ,
    responded_by UUID REFERENCES account (id),
    reason TEXT,
    ended_at TIMESTAMPTZ,
    ended_by UUID REFERENCES account (id),
    removed_at TIMESTAMPTZ,
    removed_by UUID REFERENCES account (id),
    CHECK ((status IN ('accepted', 'rejected', 'handed_back')) = (responded_at IS NOT NULL)),
    CHECK (responded_at IS NULL OR opens_at IS NULL OR responded_at >= opens_at),
    CHECK (responded_at IS NULL OR lapses_at IS NULL OR responded_at < lapses_at),
    CHECK (opens_at IS NULL OR lapses_at IS NULL OR lapses_at > opens_at),
    CHECK (ended_at IS NULL OR status IN ('closed', 'handed_back', 'recalled')),
    CHECK (status <> 'handed_back' OR ended_at IS NOT NULL AND reason IS NOT NULL),
    CHECK (removed_at IS NULL OR status <> 'accepted')
);

INSERT INTO package (id, code, reference, reference_key, referral_id, status, created_at, created_by, amended_at, amended_by,
    recalled_at, recalled_by)
SELECT id, code, reference, reference_key, referral_id, status, created_at, created_by, amended_at, amended_by, recalled_at,
    recalled_by
FROM package_before;

INSERT INTO package_visit (package_id, visit_id, offered_start, offered_minutes, live)
SELECT package_id, visit_id, offered_start, offered_minutes, live FROM package_visit_before;

-- What waited for an answer in a package that was recalled was recalled with it.
INSERT INTO offer (id, package_id, provider_id, status, requested_by, requested_at, responded_at, responded_by, reason, ended_at,
    removed_at)
SELECT own.id, own.package_id, own.provider_id,
    CASE WHEN own.status = 'pending' AND package.recalled_at IS NOT NULL AND own.removed_at IS NULL THEN 'recalled' ELSE own.status END,
    own.requested_by, own.requested_at, own.responded_at, own.responded_by, own.reason,
    CASE WHEN own.status = 'closed' THEN (SELECT won.responded_at FROM offer_before AS won
            WHERE won.package_id = own.package_id AND won.status = 'accepted')
        WHEN own.status = 'pending' AND own.removed_at IS NULL THEN package.recalled_at END,
    own.removed_at
FROM offer_before AS own
JOIN package ON package.id = own.package_id;

DROP TABLE offer_before;
DROP TABLE package_visit_before;
DROP TABLE package_before;

CREATE UNIQUE INDEX package_code ON package (code);
CREATE UNIQUE INDEX package_reference_key ON package (reference_key) WHERE status <> 'recalled';
CREATE INDEX package_recalled_reference_key ON package (reference_key) WHERE status = 'recalled';
CREATE INDEX package_referral_id ON package (referral_id, id);
CREATE INDEX package_status_timed_id ON package (status, timed, id);
CREATE INDEX package_lapses_at ON package (lapses_at) WHERE lapses_at IS NOT NULL;
CREATE UNIQUE INDEX package_visit_visit_id ON package_visit (visit_id) WHERE live;
CREATE UNIQUE INDEX offer_package_id ON offer (package_id) WHERE status = 'accepted';
CREATE UNIQUE INDEX offer_package_id_provider_id ON offer (package_id, provider_id) WHERE removed_at IS NULL;
CREATE INDEX offer_provider_id_package_id ON offer (provider_id, package_id);
CREATE INDEX offer_provider_id ON offer (provider_id, id);
CREATE INDEX offer_status_id ON offer (status, id);
CREATE INDEX offer_lapses_at ON offer (lapses_at) WHERE lapses_at IS NOT NULL;
CREATE INDEX offer_opens_at ON offer (opens_at) WHERE opens_at IS NOT NULL;

-- Packages with their status now: what waits for an answer is rejected once its last offer has lapsed.
CREATE VIEW package_now AS
SELECT id, code, reference, reference_key, referral_id,
    CASE WHEN NOT timed OR lapses_at > run_instant() THEN status ELSE 'rejected' END AS status,
    status AS settled, timed, lapses_at, created_at, created_by, amended_at, amended_by, recalled_at, recalled_by
FROM package;

-- Offers with their status now: scheduled until they open, lapsed once their time is over. has_opened: whether it ever existed for its
-- provider.
CREATE VIEW offer_now AS
SELECT id, package_id, provider_id,
    CASE WHEN status <> 'pending' THEN status
        WHEN lapses_at IS NOT NULL AND (lapses_at <= run_instant() OR run_instant() IS NULL) THEN 'lapsed'
        WHEN opens_at IS NULL OR opens_at <= run_instant() THEN 'pending'
        ELSE 'scheduled' END AS status,
    status AS settled, requested_by, requested_at, opens_at, lapses_at, responded_at, responded_by, reason, ended_at, ended_by,
    removed_at, removed_by, opens_at IS NULL OR opens_at <= COALESCE(ended_at, run_instant()) AS has_opened
FROM offer;

-- Visibility: the offers to the providers that a portal account speaks for, but those that were taken out or have not opened (rule 1.11).
-- Those that were closed count only where an answer comes too late.
CREATE VIEW account_offer AS
SELECT mine.account_id, own.id AS offer_id, own.package_id, own.status
FROM account_provider AS mine
JOIN offer_now AS own ON own.provider_id = mine.provider_id
WHERE own.removed_at IS NULL AND own.has_opened;
