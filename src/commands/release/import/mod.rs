//! `release import`: releases from tables, with their documents from a folder.

mod change;
mod documents;

use std::collections::BTreeMap;
use std::path::PathBuf;

use documents::Documents;

use crate::commands::prelude::*;
use crate::context::{EachRow, ImportArgs, Known, Seen};
use crate::interchange::releases::{self, ReleaseRow};
use crate::interchange::table::{Reading, Rows};
use crate::model::directory::Reject;
use crate::model::import_kind::ImportKind;
use crate::model::release::ReleaseView;
use crate::model::sharing::{DataType, Effect};
use crate::store::client::ClientOfRow;
use crate::store::sharing::VisibleBefore;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk release import releases.csv --documents scans/ --dry-run

Columns: client, owner, type, document, signed_on, expires_on, expiry_event, signed_by, signed_as, purpose, recipients (between \
  semicolons) or all_providers, right_to_revoke, conditions, redisclosure, revoked_at, reason, withdrawn_on, withdrawn_how, code. A client is given by its code or its id in \
  another system.
  A document is the name of a file in the folder, checked as `release add` checks it; without one it is CODE.pdf, .png or .jpg, as \
  `client export` names them. A release is known by our code, or by client, owner, type, document, recipients and signed_on.
  Releases are never changed, but revoked: once for all. One that has expired or was revoked is history, opens nothing, and its \
  recipients need not be active any more. Who gains or loses access to how many records is said at the end. What `release list` writes \
  is read as it is.")]
pub(super) struct Import {
    #[command(flatten)]
    args: ImportArgs,
    /// The folder of the documents [default: that of the table]
    #[arg(long, value_name = "FOLDER", value_hint = clap::ValueHint::DirPath)]
    documents: Option<PathBuf>,
}

pub(super) fn run(context: &Context, command: &Import) -> Result<()> {
    context.import_each(ImportKind::Releases, &command.args, |_| {
        let (clients, providers, seen, before) = Default::default();
        let (documents, sum) = Default::default();
        Ok(Importer { context, command, documents, clients, providers, seen, before, sum })
    })
}

struct Importer<'a> {
    context: &'a Context,
    command: &'a Import,
    documents: Documents,
    clients: Known<ClientOfRow>,
    providers: Known<Provider>,
    seen: Seen,
    before: VisibleBefore,
    sum: Sum,
}

/// What is said at the end.
#[derive(Default)]
struct Sum {
    /// How many new releases lack an element of a valid one.
    incomplete: u64,
    /// By owner and type of data: where releases do not count yet.
    unused: BTreeMap<(String, DataType), String>,
}

impl EachRow for Importer<'_> {
    type Row = ReleaseRow;
    type View = ReleaseView;

    fn open(&mut self, input: &Input, how: &Reading) -> Result<Rows<ReleaseRow>> {
        self.documents = Documents::beside(input, self.command.documents.as_deref());
        releases::open(input, how, self.context.today, self.context.zone)
    }

    fn prepare(&mut self, tx: &mut Tx<'_>, rows: &[(ReleaseRow, Reject)]) -> Result<()> {
        self.clients.prepare(tx, rows.iter().map(|(row, _)| &row.client))
    }

    fn change(&mut self, tx: &mut Tx<'_>, row: ReleaseRow) -> Result<Change<ReleaseView>> {
        self.release(tx, row)
    }

    fn end(&mut self, tx: &mut Tx<'_>) -> Result<(Effect, Vec<String>)> {
        let Sum { incomplete, unused } = std::mem::take(&mut self.sum);
        let mut sentences: Vec<String> = unused.into_values().collect();
        if incomplete > 0 {
            let releases = counted(incomplete, "new release lacks", "new releases lack");
            sentences.push(format!(
                "{releases} an element of a valid one; `caredesk release check` says more of each"
            ));
        }
        Ok((self.before.effect(tx)?, sentences))
    }
}
