//! What changes came to, by the keys of their operations.

use crate::model::operation_key::OperationKey;
use crate::store::prelude::*;

/// An operation that was done.
pub(crate) struct Done {
    pub(crate) account_id: AccountId,
    /// The login of who used the account, if that is another.
    pub(crate) acted_by: Option<String>,
    pub(crate) command_digest: Vec<u8>,
    pub(crate) answer: String,
}

/// What is kept of an operation beside what it came to.
pub(crate) struct Kept<'a> {
    pub(crate) key: &'a OperationKey,
    pub(crate) at: DateTime<Utc>,
    /// The number of the newest entry of the audit trail that it wrote, if it wrote one.
    pub(crate) entry: Option<i64>,
}

pub(crate) fn find(tx: &mut Tx<'_>, key: &OperationKey) -> Result<Option<Done>> {
    tx.first(
        sql!("operation_key/find"),
        params![key.digest()],
        |row| from_row! { row => Done { account_id, acted_by, command_digest, answer } },
    )
}

pub(crate) fn insert(tx: &mut Tx<'_>, kept: &Kept<'_>, done: &Done) -> Result<()> {
    let Done { account_id, acted_by, command_digest, answer } = done;
    let (key, at, entry) = (kept.key.digest(), kept.at, kept.entry);
    tx.bulk_later(sql!("operation_key/insert"), &[()], |()| {
        [&key as &dyn Param, &at, account_id, acted_by, command_digest, answer, &entry]
    })
}

/// A thing that is quoted by another code from now on.
pub(crate) fn rename(tx: &mut Tx<'_>, code: &str, new: &str) -> Result<()> {
    let [code, new] = [code, new].map(|text| serde_json::Value::from(text).to_string());
    tx.run(sql!("operation_key/rename"), params![code, new]).map(drop)
}
