//! `client import-enrolments`: which clients are active at which providers, from tables.

use super::enroll::enroll;
use crate::commands::prelude::*;
use crate::context::{EachRow, ImportArgs, Known, Seen};
use crate::interchange::enrolments::{self, EnrolmentRow};
use crate::interchange::table::{Reading, Rows};
use crate::model::directory::Reject;
use crate::model::enrolment::{EnrolmentStatus, EnrolmentView};
use crate::model::import_kind::ImportKind;
use crate::store::client::ClientOfRow;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk client import-enrolments enrolments.csv --map since_on=Since \\
      --date-format dmy

Columns: client, provider, status (active or inactive), since_on. A client is given by its code or its id in another system; without \
  a status it is active, without a day since today or as before. What `client enrolments` writes is read as it is.")]
pub(super) struct ImportEnrolments {
    #[command(flatten)]
    args: ImportArgs,
    #[command(flatten)]
    even_so: EvenSo,
}

pub(super) fn run(context: &Context, command: &ImportEnrolments) -> Result<()> {
    context.import_each(ImportKind::Enrolments, &command.args, |_| {
        let (clients, providers, seen) = Default::default();
        Ok(Importer { context, command, clients, providers, seen })
    })
}

struct Importer<'a> {
    context: &'a Context,
    command: &'a ImportEnrolments,
    clients: Known<ClientOfRow>,
    providers: Known<Provider>,
    seen: Seen,
}

impl EachRow for Importer<'_> {
    type Row = EnrolmentRow;
    type View = EnrolmentView;

    fn open(&mut self, input: &Input, how: &Reading) -> Result<Rows<EnrolmentRow>> {
        enrolments::open(input, how)
    }

    fn prepare(&mut self, tx: &mut Tx<'_>, rows: &[(EnrolmentRow, Reject)]) -> Result<()> {
        self.clients.prepare(tx, rows.iter().map(|(row, _)| &row.client))
    }

    fn change(&mut self, tx: &mut Tx<'_>, row: EnrolmentRow) -> Result<Change<EnrolmentView>> {
        let client = self.clients.find(tx, &row.client, Visibility::INTERNAL)?;
        let provider = self.providers.find(tx, &row.provider, Visibility::INTERNAL)?;
        let what = || format!("the enrolment of {} at `{}`", client.code, provider.name);
        self.seen.once((client.id, provider.id), what)?;
        client.must_be_known()?;
        let before = store::enrolment::current(tx, client.id, provider.id)?;
        let is_new = before.as_ref().is_none_or(|before| before.status != row.status);
        if row.status == EnrolmentStatus::Active && is_new {
            self.command.even_so.must_be_alive(&client)?;
        }
        enroll(self.context, tx, (&client, &provider), before, row.status, row.since_on)
    }
}
