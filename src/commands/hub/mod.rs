//! `hub`: the settings of the hub.

mod edit;
mod show;

use crate::commands::prelude::*;
use crate::model::hub::HubView;
use crate::model::zone::Zone;

verbs! {
    Hub (needs ReadHub): shows HubView, changes HubView;

    /// Show what the hub is called, and its settings
    Show => show::run,
    /// Change the settings of the hub
    Edit(edit::Edit) => edit::run,
}

fn view(tx: &mut Tx<'_>) -> Result<HubView> {
    Ok(HubView {
        name: store::setting::hub_name(tx)?,
        time_zone: tx.ask(&store::setting::time_zone())?.unwrap_or_else(Zone::utc).to_string(),
        contact_days: store::setting::contact_days(tx)?,
        request_days: store::setting::request_days(tx)?,
        signing_age: store::setting::signing_age(tx)?.0,
    })
}
