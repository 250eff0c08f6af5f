//! What a seal says, and the key that makes it.

use std::path::PathBuf;

use crate::commands::prelude::*;
use crate::interchange::seal::SealKey;
use crate::model::audit::{SEAL_VERSION, Sealed, TrailEnd, hex};
use crate::store::audit;

/// The option of every command that seals.
#[derive(Args)]
pub(super) struct Key {
    /// The file with the private key, which is made if there is none [env: `CAREDESK_SEAL_KEY`]
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    key: Option<PathBuf>,
}

impl Key {
    /// Says where a new one is.
    pub(super) fn open(&self, context: &Context) -> Result<SealKey> {
        let path = self.key.as_ref().or(context.seal_key.as_ref()).ok_or_else(no_place)?;
        let key = SealKey::open(path, !context.dry_run)?;
        if let Some((private, public)) = &key.made {
            context.out.note(&format!(
                "made the key {} in `{}`; give its public half, `{}`, to those who are to check seals",
                key.fingerprint(),
                private.display(),
                public.display()
            ));
        }
        Ok(key)
    }
}

fn no_place() -> Error {
    Error::new(Kind::Environment, "environment.home", "there is no home directory to keep the key in")
        .hint("name its file with `--key`")
}

/// The trail as it is in this transaction, without the server.
pub(super) fn sealed(context: &Context, tx: &mut Tx<'_>) -> Result<Sealed> {
    let TrailEnd { sequence, hash, at } = audit::end(tx)?;
    let origin = audit::origin(tx)?.unwrap_or_default();
    let at = at.ok_or_else(|| {
        Error::new(Kind::Environment, "audit.broken", "the audit trail is empty")
            .hint("the database was changed outside this program; compare it with a backup")
    })?;
    Ok(Sealed {
        caredesk_seal: SEAL_VERSION,
        database: context.location.to_string(),
        origin: hex(&origin),
        entries: sequence,
        head: hex(&hash),
        last_entry_at: at,
        sealed_at: context.now(),
        sealed_by: context.actor.account.login.clone(),
        server: None,
    })
}
