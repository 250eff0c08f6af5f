//! `release document`: exports the stored document. Each access is recorded.

use serde::Serialize;

use crate::commands::prelude::*;
use crate::context::{Audited, copy_document};
use crate::model::audit::hex;
use crate::model::release::MediaType;
use crate::output::target::Destination;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk release document ROI-7K3M9Q --file ada.pdf
  $ caredesk release document ROI-7K3M9Q --file - | file -

Only you can read the file. It is written only if its length and SHA-256 are those of the document that was added.")]
pub(super) struct DocumentArgs {
    /// Code (or the beginning of it)
    release: Reference,
    #[command(flatten)]
    destination: Destination,
}

view! {
    pub(super) struct SavedDocument("release", |view| &view.release) {
        release: String => Code,
        file: String => Text,
        media_type: MediaType => Status,
        size: i64 => Number,
        sha256: String => Code,
    }
}

/// The audit entry of an access.
#[derive(Serialize, schemars::JsonSchema)]
struct AuditedAccess<'a> {
    client: &'a str,
    client_name: &'a str,
    size: i64,
    sha256: String,
}

pub(super) fn run(context: &Context, command: &DocumentArgs) -> Result<()> {
    context.report(|| {
        command.destination.must_not_be_a_terminal()?;
        let mut file = context.begin_file(&command.destination)?;
        let right = Right::PortalPermission(Permission::AnswerSharing);
        let to = &command.destination;
        let found = context.audited_export("release.document", right, to, |tx| {
            let found = store::lookup::<Release>(tx, &command.release, context.visibility())?;
            file.clear()?;
            copy_document(tx, &found, |bytes| file.add(bytes))?;
            let (size, sha256) = (found.document.size, hex(&found.document.sha256));
            let access =
                AuditedAccess { client: &found.client, client_name: &found.client_name, size, sha256 };
            let entry = Audited::read_of(&found.code, &access);
            Ok((found, entry))
        })?;
        if !context.only_tries(to) {
            file.keep()?;
        }
        if command.destination.is_standard() {
            return Ok(None);
        }
        let done = SavedDocument {
            release: found.code,
            file: command.destination.name(),
            media_type: found.document.media_type,
            size: found.document.size,
            sha256: hex(&found.document.sha256),
        };
        let sentence =
            format!("Wrote the document of release {} to {}: {} bytes.", done.release, done.file, done.size);
        Ok(Some(Change::created(done).saying(sentence)))
    })
}
