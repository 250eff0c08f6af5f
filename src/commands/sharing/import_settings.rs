//! `sharing import-settings`: how providers share each type of data, from tables.

use crate::commands::prelude::*;
use crate::context::{EachRow, ImportArgs, Known, Seen};
use crate::interchange::sharing::{self, SettingRow};
use crate::interchange::table::{Reading, Rows};
use crate::model::import_kind::ImportKind;
use crate::model::sharing::{Effect, SettingView};
use crate::store::sharing::VisibleBefore;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk sharing import-settings settings.csv --dry-run

Columns: provider, type, level, client_by_client, require_expiry, release_sharing, default_days, notice. Only what a row says changes; an \
  empty default_days removes the default length, an empty notice the notice. Who gains or loses access to how many records is said at the end. What `sharing \
  settings` writes is read as it is.")]
pub(super) struct ImportSettings {
    #[command(flatten)]
    args: ImportArgs,
}

pub(super) fn run(context: &Context, command: &ImportSettings) -> Result<()> {
    context.import_each(ImportKind::Settings, &command.args, |_| {
        let (providers, seen, before) = Default::default();
        Ok(Importer { context, providers, seen, before })
    })
}

struct Importer<'a> {
    context: &'a Context,
    providers: Known<Provider>,
    seen: Seen,
    before: VisibleBefore,
}

impl EachRow for Importer<'_> {
    type Row = SettingRow;
    type View = SettingView;

    fn open(&mut self, input: &Input, how: &Reading) -> Result<Rows<SettingRow>> {
        sharing::settings(input, how)
    }

    fn change(&mut self, tx: &mut Tx<'_>, row: SettingRow) -> Result<Change<SettingView>> {
        let provider = self.providers.find(tx, &row.provider, Visibility::INTERNAL)?;
        let key = (provider.id, row.data_type);
        self.seen.once(key, || format!("the setting of {} at `{}`", row.data_type, provider.name))?;
        let before = store::sharing::setting(tx, provider.id, row.data_type)?;
        let after = before.changed(&row.edit);
        if before != after {
            self.before.note(tx, provider.id)?;
            store::sharing::replace_setting(tx, self.context.key(), provider.id, &after, self.context.now())?;
        }
        Ok(Change::of(before.view(&provider), after.view(&provider)).on(&provider.code))
    }

    fn end(&mut self, tx: &mut Tx<'_>) -> Result<(Effect, Vec<String>)> {
        Ok((self.before.effect(tx)?, Vec::new()))
    }
}
