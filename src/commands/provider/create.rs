//! `provider create`: an organisation that delivers care, with its agency record.

use super::insert;
use crate::commands::prelude::*;
use crate::model::reference::code_of;

#[derive(Args)]
pub(super) struct Create {
    /// The name of the organisation
    #[arg(value_parser = text::name)]
    name: String,
    /// The e-mail address
    #[arg(long, value_parser = text::email)]
    email: Option<String>,
    /// The phone number
    #[arg(long, value_parser = text::line)]
    phone: Option<String>,
    /// The postal code
    #[arg(long, value_parser = text::line)]
    postal_code: Option<String>,
    /// The website
    #[arg(long, value_parser = text::line)]
    url: Option<String>,
    /// The code that it has in another database, in place of a new one
    #[arg(long, value_parser = code)]
    code: Option<String>,
    /// Do nothing if a provider with this name exists
    #[arg(long)]
    if_not_exists: bool,
    /// Create it even if there is a provider with this name
    #[arg(long, conflicts_with = "if_not_exists")]
    even_so: bool,
}

fn code(text: &str) -> Result<String, String> {
    code_of(Prefix::Provider, text).ok_or_else(|| "a provider has a code such as PRV-7K3M9Q".to_owned())
}

pub(super) fn run(context: &Context, command: &Create) -> Result<()> {
    context.change("provider.create", Action::ChangeProviders, |tx| {
        if !command.even_so
            && let Some(same) = store::provider::of_name(tx, &command.name)?.into_iter().next()
        {
            return unless_exists(command, same);
        }
        let new = new(context, tx, command)?;
        insert(context, tx, &new)?;
        store::resource::index(tx, &[new.id])?;
        Ok(Change::created(new))
    })
}

/// Imports may contain two providers of one name; created by hand, the second is nearly always a mistake.
fn unless_exists(command: &Create, same: Provider) -> Result<Change<Provider>> {
    if command.if_not_exists {
        let why = format!("provider {} ({}) exists", same.code, same.name);
        return Ok(Change::unchanged(same).already(why));
    }
    let Provider { name, code, .. } = &same;
    Err(Error::refused("provider.exists", format!("there is a provider `{name}` already: {code}"))
        .hint("`caredesk provider edit` changes it, `--if-not-exists` leaves it, `--even-so` creates another")
        .detail("provider", code.clone()))
}

fn new(context: &Context, tx: &mut Tx<'_>, command: &Create) -> Result<Provider> {
    let id = context.key();
    let is_taken = |code: &str| store::provider::is_code_taken(tx, code);
    let code = context.code_of_row(Prefix::Provider, command.code.as_deref(), is_taken)?;
    Ok(Provider {
        email: command.email.clone(),
        phone: command.phone.clone(),
        url: command.url.clone(),
        postal_code: command.postal_code.clone(),
        ..Provider::named(id, code, command.name.clone())
    })
}
