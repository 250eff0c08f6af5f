//! `record edit`: whether a record is never shared (rule 3.16). What it says is never changed.

use crate::commands::prelude::*;
use crate::context::Switch;
use crate::model::record::{FoundRecord, RecordView, Viewer};
use crate::store::sharing::{Scope, effect_of};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk record edit REC-7K3M9Q --never-shared on

A record that is never shared is seen by its owner and the hub alone, whatever links, grants and releases say. Who loses or gains \
  access by it is said.")]
pub(super) struct Edit {
    /// Code (or the beginning of it)
    record: Reference,
    /// Whether no other provider sees it, whatever has been agreed
    #[arg(long, value_name = "on|off")]
    never_shared: Switch,
}

pub(super) fn run(context: &Context, command: &Edit) -> Result<()> {
    context.change("record.edit", Action::ChangeRecords, |tx| {
        let found = seen(context, tx, &command.record)?;
        let never_shared = command.never_shared.is_on();
        let after = RecordView { never_shared, ..found.view.clone() };
        let scope = Scope {
            data_type: Some(found.view.data_type),
            client: Some(found.client_id),
            ..Scope::of(found.owner_id)
        };
        let ((), effect) = effect_of(tx, &scope, |tx| {
            if found.view.never_shared == never_shared {
                return Ok(());
            }
            store::record::set_never_shared(tx, found.id, never_shared, context.now())
        })?;
        Ok(Change::of(found.view, after).with_effect(effect))
    })
}

/// As the actor may see it: a portal account through one of its providers.
fn seen(context: &Context, tx: &mut Tx<'_>, record: &Reference) -> Result<FoundRecord> {
    let visibility = context.visibility();
    if visibility == Visibility::Staff {
        return store::lookup::<FoundRecord>(tx, record, Viewer::Hub);
    }
    let own = store::provider::list(tx, &store::provider::Filter::default(), visibility, i64::MAX)?;
    for provider in own {
        if let Ok(found) = store::lookup::<FoundRecord>(tx, record, Viewer::Provider(provider.id)) {
            return Ok(found);
        }
    }
    store::lookup::<FoundRecord>(tx, record, Viewer::Provider(ProviderId::NIL))
}
