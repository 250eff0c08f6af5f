//! What is planned or asked for a client who has died needs to be meant.

use clap::Args;

use super::Tx;
use crate::error::{Error, Result};
use crate::model::account::Actor;
use crate::model::client::{self, Client};
use crate::model::id::ClientId;
use crate::model::visibility::Visibility;
use crate::store;

/// The option of commands that plan or ask something new (rule 5.5).
#[derive(Args, Clone, Copy)]
pub(crate) struct EvenSo {
    /// Do it even if the client has died
    #[arg(long)]
    even_so: bool,
}

impl EvenSo {
    pub(crate) fn must_be_alive(self, client: &Client) -> Result<()> {
        if self.even_so { Ok(()) } else { client.must_be_alive() }
    }

    /// The same for the client of a referral or a contact.
    pub(crate) fn must_live(self, tx: &mut Tx<'_>, client: ClientId) -> Result<()> {
        let found = store::by_id::<Client>(tx, client, Visibility::INTERNAL)?;
        self.must_be_alive(&found.ok_or_else(|| Error::internal("a client that does not exist"))?)
    }

    /// The same where a portal account may be acting, which perhaps may not know who the client is.
    pub(crate) fn must_live_for(self, actor: &Actor, tx: &mut Tx<'_>, client: ClientId) -> Result<()> {
        let unnamed = |refusal: Error| match refusal.code() {
            client::DECEASED if actor.is_portal() => client::deceased("the client has died"),
            _ => refusal,
        };
        self.must_live(tx, client).map_err(unnamed)
    }
}
