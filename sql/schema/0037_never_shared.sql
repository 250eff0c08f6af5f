-- Records that are shared with no other provider, whatever has been agreed (rule 3.16).

-- Since when a record is never shared, and until when it was not, so that what was so at an earlier time can still be said.
CREATE TABLE never_shared (
    id UUID NOT NULL PRIMARY KEY,
    record_id UUID NOT NULL REFERENCES record (id),
    from_at TIMESTAMPTZ NOT NULL,
    until_at TIMESTAMPTZ CHECK (until_at >= from_at)
);
CREATE UNIQUE INDEX never_shared_record_id ON never_shared (record_id) WHERE until_at IS NULL;
CREATE INDEX never_shared_record_id_from_at ON never_shared (record_id, from_at);

DROP VIEW account_client;
DROP VIEW shared_record;

-- Visibility: the records of others that a provider may see. The one predicate of rule 3: a record that may be shared, level,
-- link, a recipient that is active, category, and then, by the owner's settings, a release, or a request with the client
-- active at both, or nothing more.
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
    AND NOT EXISTS (SELECT 1 FROM never_shared AS mark
        WHERE mark.record_id = record.id
            AND mark.from_at <= run_instant() AND (mark.until_at IS NULL OR mark.until_at > run_instant()))
    AND NOT EXISTS (SELECT 1 FROM provider_inactivity AS inactive
        WHERE inactive.provider_id = link.recipient_id
            AND inactive.from_at <= run_instant() AND (inactive.until_at IS NULL OR inactive.until_at > run_instant()))
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
