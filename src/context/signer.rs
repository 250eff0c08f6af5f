//! Who has signed for a client.

use chrono::NaiveDate;
use clap::Args;

use super::Tx;
use crate::error::{Error, Result};
use crate::model::client::Client;
use crate::model::id::ClientId;
use crate::model::text;
use crate::model::visibility::Visibility;
use crate::store;

/// The options of commands that add what was signed.
#[derive(Args, Clone, Default)]
pub(crate) struct Signer {
    /// The name of the signer
    #[arg(long, value_name = "NAME", value_parser = text::name)]
    pub(crate) signed_by: Option<String>,
    /// In what capacity, if not the client: parent, legal guardian
    #[arg(long, value_name = "TEXT", value_parser = text::line, requires = "signed_by")]
    pub(crate) signed_as: Option<String>,
}

impl Signer {
    /// Refused where the client was too young to sign and no other did (rule 3.16). Returns a warning where that is not known.
    pub(crate) fn must_be_of_age(
        &self, tx: &mut Tx<'_>, client: ClientId, day: NaiveDate,
    ) -> Result<Option<String>> {
        if self.signed_as.is_some() {
            return Ok(None);
        }
        let found = store::by_id::<Client>(tx, client, Visibility::INTERNAL)?;
        let client = found.ok_or_else(|| Error::internal("a client that does not exist"))?;
        store::setting::signing_age(tx)?.must_be_reached(&client.code, client.birth_date, day)
    }
}
