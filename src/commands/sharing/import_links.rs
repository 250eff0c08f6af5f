//! `sharing import-links`: which providers share with which, from tables. No link is taken away.

use super::link::{in_force, new};
use super::must_differ;
use crate::commands::prelude::*;
use crate::context::{EachRow, ImportArgs, Known};
use crate::interchange::sharing::{self, LinkRow};
use crate::interchange::table::{Reading, Rows};
use crate::model::import_kind::ImportKind;
use crate::model::sharing::{Effect, LinkView};
use crate::store::sharing::VisibleBefore;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk sharing import-links links.csv --dry-run

Columns: owner, recipient, type. Links that are not in the table stay. Who gains access to how many records is said at the end. \
  What `sharing links` writes is read as it is.")]
pub(super) struct ImportLinks {
    #[command(flatten)]
    args: ImportArgs,
}

pub(super) fn run(context: &Context, command: &ImportLinks) -> Result<()> {
    context.import_each(ImportKind::Links, &command.args, |_| {
        let (providers, before) = Default::default();
        Ok(Importer { context, providers, before })
    })
}

struct Importer<'a> {
    context: &'a Context,
    providers: Known<Provider>,
    before: VisibleBefore,
}

impl EachRow for Importer<'_> {
    type Row = LinkRow;
    type View = LinkView;

    fn open(&mut self, input: &Input, how: &Reading) -> Result<Rows<LinkRow>> {
        sharing::links(input, how)
    }

    fn change(&mut self, tx: &mut Tx<'_>, row: LinkRow) -> Result<Change<LinkView>> {
        let owner = self.providers.find(tx, &row.owner, Visibility::INTERNAL)?;
        let recipient = self.providers.find(tx, &row.recipient, Visibility::INTERNAL)?;
        must_differ(&owner, &recipient)?;
        let setting = store::sharing::setting(tx, owner.id, row.data_type)?;
        if let Some(link) = in_force(tx, &owner, &recipient, row.data_type)? {
            return Ok(Change::unchanged(link.view()));
        }
        self.before.note(tx, owner.id)?;
        let link = new(self.context, &owner, &recipient, setting);
        store::sharing::insert_link(tx, &link, self.context.now())?;
        Ok(Change::created(link.view()).on(&owner.code))
    }

    fn end(&mut self, tx: &mut Tx<'_>) -> Result<(Effect, Vec<String>)> {
        Ok((self.before.effect(tx)?, Vec::new()))
    }
}
