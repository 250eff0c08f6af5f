//! `audit seal`: a signed statement of how far the trail goes, to be kept away from the database (rule 7.71).

use super::sealing::{Key, sealed};
use crate::commands::prelude::*;
use crate::interchange::seal;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk audit seal --out /media/stick/2026-11.seal
  $ caredesk audit verify --since /media/stick/2026-11.seal

A seal says how many entries the audit trail has and in which hash it ends, signed with a key that the first run makes. Keep it, and the public half of the key, where who can write \
the database cannot. It is two texts, so that it can be checked without this program: `tail -n +2 FILE > signature`, and \
`head -n 1 FILE | ssh-keygen -Y check-novalidate -n caredesk -s signature`.")]
pub(super) struct Seal {
    #[command(flatten)]
    key: Key,
}

pub(super) fn run(context: &Context, command: &Seal) -> Result<()> {
    let mut sealed = context.read_lasting(|tx| sealed(context, tx))?;
    sealed.server = context.server_state()?;
    let key = command.key.open(context)?;
    output::raw(seal::written(&sealed, &key)?.as_bytes())?;
    let (entries, key) = (sealed.entries, key.fingerprint());
    context.out.note(&format!("sealed the audit trail until entry {entries} with the key {key}"));
    Ok(())
}
