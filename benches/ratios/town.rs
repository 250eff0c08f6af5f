//! Databases of any size, filled beside the program: the schema is made by `init`, the rows by SQL.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::pair::{caredesk, whole};

/// A folder that goes away with the value.
pub(crate) struct Town {
    folder: tempfile::TempDir,
}

impl Town {
    pub(crate) fn new() -> Self {
        Town { folder: tempfile::tempdir().expect("a folder can be made") }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A fresh database without a package.
    pub(crate) fn empty(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        whole(caredesk(&path).args(["init", "--admin", "bench"]));
        let admin = "UPDATE account SET login = $1, login_key = lower($1)";
        let user = whoami::username().unwrap_or_else(|_| "root".to_owned());
        open(&path).execute(admin, [user]).expect("the admin is this user");
        path
    }

    /// A database with so many pending packages of one visit each, offered to three providers.
    pub(crate) fn with_packages(&self, name: &str, packages: u32) -> PathBuf {
        self.filled(name, &[PEOPLE, &FILL.replace("$PACKAGES", &packages.to_string())])
    }

    /// The same with visits of ten years to a hundredth as many clients, of which the first of the providers has accepted every
    /// third, and a fourth provider was offered 200 and has accepted 100 of them. The portal accounts `one` and `four` speak
    /// for these two, and may do everything.
    pub(crate) fn with_answers(&self, name: &str, packages: u32) -> PathBuf {
        let fill = FILL.replace("$PACKAGES", &packages.to_string());
        let [step, clients] = [packages / 200, packages / 100].map(|number| number.to_string());
        let answer = ANSWER.replace("$STEP", &step).replace("$CLIENTS", &clients);
        self.filled(name, &[PEOPLE, &fill, &answer.replace("$PACKAGES", &packages.to_string())])
    }

    /// A database with so many referrals in turn at three providers' agency records, of a thousand contacts. The portal
    /// account `one` acts for the first of the providers, `three` for all.
    pub(crate) fn with_referrals(&self, name: &str, referrals: u32) -> PathBuf {
        self.filled(name, &[PEOPLE, &ASSIGN.replace("$REFERRALS", &referrals.to_string())])
    }

    fn filled(&self, name: &str, texts: &[&str]) -> PathBuf {
        let path = self.empty(name);
        let connection = open(&path);
        connection
            .execute_batch("PRAGMA cache_size = -400000; PRAGMA synchronous = OFF; BEGIN;")
            .expect("settings");
        for text in texts {
            connection.execute_batch(text).expect("rows");
        }
        connection.execute_batch("COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);").expect("an end");
        path
    }
}

pub(crate) fn open(path: &Path) -> Connection {
    Connection::open(path).expect("the database opens")
}

/// Code of the nth referral, counted from 1; the millionth has one digit more.
pub(crate) fn referral_code(number: u32) -> String {
    format!("REF-{number:06}")
}

/// Code of the nth package, counted from 1.
pub(crate) fn code(number: u32) -> String {
    format!("PKG-{number:06}")
}

/// Ids are sixteen digits as bytes, so that they sort as they are counted.
const PEOPLE: &str = "
INSERT INTO client (id, code, given, family, name_key) VALUES (CAST('client0000000000' AS BLOB), 'CLI-000000', 'A', 'B', 'a b');
INSERT INTO provider (id, code, name, name_key, active)
SELECT CAST(printf('provider%08d', value) AS BLOB), printf('PRV-%06d', value), 'Provider ' || value, 'provider ' || value, 1
FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 3) SELECT value FROM n);
INSERT INTO resource (id, code, provider_id, kind, name, name_key, state)
SELECT CAST('r' || substr(code, 5) || '000000000' AS BLOB), 'RES-' || substr(code, 5), id, 'agency', name, name_key, 'active' FROM provider;
";

const FILL: &str = "
INSERT INTO referral (id, code, queue_id, status_id, client_id, created_at, created_by)
SELECT CAST('referral00000000' AS BLOB), 'REF-000000', queue.id, queue_status.id, CAST('client0000000000' AS BLOB),
    '2026-11-01T09:00:00.000Z', (SELECT id FROM account LIMIT 1)
FROM queue JOIN queue_status ON queue_status.queue_id = queue.id AND queue_status.position = 1;
CREATE TEMP TABLE n AS WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < $PACKAGES) SELECT value FROM n;
INSERT INTO visit (id, code, referral_id, starts_at, duration_minutes, status, sequence)
SELECT CAST(printf('visit%011d', value) AS BLOB), printf('VIS-%06d', value), CAST('referral00000000' AS BLOB),
    '2026-12-01T09:00:00.000Z', 30, 'planned', 0 FROM n;
INSERT INTO package (id, code, reference, reference_key, referral_id, status, created_at, created_by)
SELECT CAST(printf('pack%012d', value) AS BLOB), printf('PKG-%06d', value), printf('PKG-%06d', value), printf('pkg-%06d', value),
    CAST('referral00000000' AS BLOB), 'pending', '2026-11-02T09:00:00.000Z', (SELECT id FROM account LIMIT 1) FROM n;
INSERT INTO package_visit (package_id, visit_id, offered_start, offered_minutes, live)
SELECT CAST(printf('pack%012d', value) AS BLOB), CAST(printf('visit%011d', value) AS BLOB), '2026-12-01T09:00:00.000Z', 30, 1 FROM n;
INSERT INTO offer (id, package_id, provider_id, status, requested_by, requested_at)
SELECT CAST(printf('of%02d%012d', asked.value, n.value) AS BLOB), CAST(printf('pack%012d', n.value) AS BLOB),
    CAST(printf('provider%08d', asked.value) AS BLOB), 'pending', (SELECT id FROM account LIMIT 1), '2026-11-02T09:00:00.000Z'
FROM n JOIN (SELECT 1 AS value UNION ALL SELECT 2 UNION ALL SELECT 3) AS asked;
DROP TABLE n;
";

const ANSWER: &str = "
INSERT INTO provider (id, code, name, name_key, active)
VALUES (CAST('provider00000004' AS BLOB), 'PRV-000004', 'Provider 4', 'provider 4', 1);
INSERT INTO resource (id, code, provider_id, kind, name, name_key, state)
SELECT CAST('r000004000000000' AS BLOB), 'RES-000004', id, 'agency', name, name_key, 'active' FROM provider WHERE code = 'PRV-000004';
INSERT INTO account (id, login, login_key, name, level, active)
VALUES (CAST('account000000001' AS BLOB), 'one', 'one', 'One', 'provider-portal', 1),
    (CAST('account000000004' AS BLOB), 'four', 'four', 'Four', 'provider-portal', 1);
INSERT INTO account_resource (account_id, resource_id)
SELECT account.id, resource.id FROM account JOIN resource
    ON account.login = 'one' AND resource.code = 'RES-000001' OR account.login = 'four' AND resource.code = 'RES-000004';
INSERT INTO account_permission (account_id, permission)
SELECT account.id, word.value FROM account CROSS JOIN (
    SELECT 'edit-capacity' AS value UNION ALL SELECT 'change-status' UNION ALL SELECT 'access-contact-details'
    UNION ALL SELECT 'respond-packages' UNION ALL SELECT 'answer-sharing') AS word
WHERE account.level = 'provider-portal';
INSERT INTO offer (id, package_id, provider_id, status, requested_by, requested_at)
SELECT CAST(printf('of04%012d', substr(code, 5)) AS BLOB), package.id, CAST('provider00000004' AS BLOB), 'pending', created_by,
    '2026-11-02T09:00:00.000Z' FROM package WHERE substr(code, 5) % $STEP = 1;
CREATE TEMP TABLE won (id PRIMARY KEY, provider_id);
INSERT INTO won SELECT id, CAST(printf('provider%08d', CASE WHEN substr(code, 5) % 3 = 0 THEN 1 ELSE 4 END) AS BLOB) AS provider_id
FROM package WHERE substr(code, 5) % 3 = 0 OR substr(code, 5) % ($STEP * 2) = 1;
UPDATE offer SET status = 'closed', ended_at = '2026-11-03T09:00:00.000Z' WHERE package_id IN (SELECT id FROM won);
UPDATE offer SET status = 'accepted', responded_at = '2026-11-03T09:00:00.000Z', responded_by = requested_by, ended_at = NULL
FROM won WHERE won.id = offer.package_id AND won.provider_id = offer.provider_id;
UPDATE package SET status = 'accepted' WHERE id IN (SELECT id FROM won);
INSERT INTO client (id, code, given, family, name_key)
SELECT CAST(printf('client%010d', value) AS BLOB), printf('CLI-%06d', value), 'Given' || value, 'Family' || value,
    printf('given%d family%d', value, value)
FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < $CLIENTS) SELECT value FROM n);
INSERT INTO referral (id, code, queue_id, status_id, client_id, created_at, created_by)
SELECT CAST('referral' || substr(client.code, 5) || '00' AS BLOB), 'REF-' || substr(client.code, 5), queue_id, status_id, client.id,
    created_at, created_by FROM referral CROSS JOIN client WHERE client.code > 'CLI-000000';
UPDATE visit SET
    starts_at = strftime('%Y-%m-%dT%H:%M:00.000Z', '2017-07-01', printf('+%d minutes', substr(code, 5) * (5256000 / $PACKAGES))),
    referral_id = CAST(printf('referral%06d00', 1 + substr(code, 5) % $CLIENTS) AS BLOB);
UPDATE package SET referral_id = visit.referral_id FROM package_visit JOIN visit ON visit.id = package_visit.visit_id
WHERE package_visit.package_id = package.id;
UPDATE visit SET holder_id = won.provider_id FROM won JOIN package_visit ON package_visit.package_id = won.id
WHERE package_visit.visit_id = visit.id;
DROP TABLE won;
";

const ASSIGN: &str = "
INSERT INTO account (id, login, login_key, name, level, active)
VALUES (CAST('account000000001' AS BLOB), 'one', 'one', 'One', 'provider-portal', 1),
    (CAST('account000000003' AS BLOB), 'three', 'three', 'Three', 'provider-portal', 1);
INSERT INTO account_resource (account_id, resource_id)
SELECT account.id, resource.id FROM account JOIN resource ON account.login = 'three' OR account.login = 'one' AND resource.code = 'RES-000001';
INSERT INTO queue_resource (queue_id, resource_id) SELECT queue.id, resource.id FROM queue CROSS JOIN resource;
CREATE TEMP TABLE n AS WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < $REFERRALS) SELECT value FROM n;
INSERT INTO contact (id, number, number_key, client_id, given, family, name_key, submitted_on, created_at, created_by)
SELECT CAST(printf('contact%09d', value % 1000) AS BLOB), 'N' || value, 'n' || value, CAST('client0000000000' AS BLOB), 'A', 'B', 'a b',
    '2026-11-01', '2026-11-01T09:00:00.000Z', (SELECT id FROM account WHERE level = 'admin') FROM n WHERE value <= 1000;
INSERT INTO referral (id, code, queue_id, status_id, client_id, contact_id, resource_id, assigned_at, created_at, created_by)
SELECT CAST(printf('referral%08d', n.value) AS BLOB), printf('REF-%06d', n.value), queue.id, queue_status.id,
    CAST('client0000000000' AS BLOB), CAST(printf('contact%09d', n.value % 1000) AS BLOB), at.id, '2026-11-01T09:00:00.000Z',
    '2026-11-01T09:00:00.000Z', (SELECT id FROM account WHERE level = 'admin')
FROM n CROSS JOIN queue CROSS JOIN queue_status ON queue_status.queue_id = queue.id AND queue_status.position = 1
CROSS JOIN resource AS at ON at.code = printf('RES-%06d', 1 + n.value % 3);
DROP TABLE n;
";
