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
