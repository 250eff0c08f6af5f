//! Clients.
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::model::client::Client;
use crate::model::reference::Reference;
use uuid::Uuid;
pub(crate) fn find(tx: &mut Tx<'_>, typed: &Reference, _sight: Option<Uuid>) -> Result<Client> {
    let f = tx.first(
        "SELECT id, code, given, family FROM client WHERE code = $1",
        crate::db::params![typed.code()],
        |r| {
            Ok(Client {
                id: r.get("id")?,
                code: r.get("code")?,
                given: r.get("given")?,
                family: r.get("family")?,
            })
        },
    )?;
    f.ok_or_else(|| Error::not_found("client.not_found", "no"))
}
