-- Whether an offer waits that opens or lapses by the clock: so that a list of those that wait needs no look at those whose time is over.

DROP INDEX offer_status_id;
ALTER TABLE offer ADD COLUMN timed BOOLEAN NOT NULL DEFAULT FALSE CHECK (NOT timed OR status = 'pending');
UPDATE offer SET timed = TRUE WHERE status = 'pending' AND (opens_at IS NOT NULL OR lapses_at IS NOT NULL);
CREATE INDEX offer_status_timed_id ON offer (status, timed, id);
CREATE INDEX offer_package_id_id ON offer (package_id, id);
CREATE INDEX offer_provider_id_status ON offer (provider_id, status, timed, id);
CREATE INDEX offer_endless ON offer (id) WHERE timed AND lapses_at IS NULL;

-- The instant and the day of the transaction, for statements.
CREATE VIEW run_time AS SELECT run_instant() AS instant, run_day() AS day;

-- Packages and offers with their status now, and with what has been added to them since.
DROP VIEW account_offer;
DROP VIEW offer_now;
DROP VIEW package_now;
CREATE VIEW package_now AS
SELECT id, code, reference, reference_key, referral_id,
    CASE WHEN NOT timed OR lapses_at > run_instant() THEN status ELSE 'rejected' END AS status,
    status AS settled, timed, lapses_at, created_at, created_by, amended_at, amended_by, recalled_at, recalled_by, provider_note
FROM package;

CREATE VIEW offer_now AS
SELECT id, package_id, provider_id,
    CASE WHEN status <> 'pending' THEN status
        WHEN lapses_at IS NOT NULL AND (lapses_at <= run_instant() OR run_instant() IS NULL) THEN 'lapsed'
        WHEN opens_at IS NULL OR opens_at <= run_instant() THEN 'pending'
        ELSE 'scheduled' END AS status,
    status AS settled, requested_by, requested_at, opens_at, lapses_at, responded_at, responded_by, reason, ended_at, ended_by,
    removed_at, removed_by, timed, opens_at IS NULL OR opens_at <= COALESCE(ended_at, run_instant()) AS has_opened
FROM offer;

CREATE VIEW account_offer AS
SELECT mine.account_id, own.id AS offer_id, own.package_id, own.status
FROM account_provider AS mine
JOIN offer_now AS own ON own.provider_id = mine.provider_id
WHERE own.removed_at IS NULL AND own.has_opened;
