//! `account add-resource` and `remove-resource`: what a portal account acts for (rule 2.2).

use super::change;
use crate::commands::prelude::*;

#[derive(Args)]
pub(super) struct Resources {
    /// The login of the account
    #[arg(value_name = "LOGIN")]
    account: Reference,
    /// Code or name; a provider stands for its agency record
    #[arg(required = true, value_name = "RESOURCE")]
    resources: Vec<Reference>,
}

pub(super) fn add(context: &Context, command: &Resources) -> Result<()> {
    change(context, &command.account, "account.add-resource", Action::ChangeAccounts, |tx, account| {
        account.must_be_portal()?;
        let held = store::account::resources(tx, account.id)?;
        for reference in &command.resources {
            let resource = new_resource(context, tx, reference, &held)?;
            store::account::add_resource(tx, account.id, resource.id)?;
        }
        Ok(())
    })
}

pub(super) fn remove(context: &Context, command: &Resources) -> Result<()> {
    change(context, &command.account, "account.remove-resource", Action::ChangeAccounts, |tx, account| {
        for resource in store::lookup_many::<Resource>(tx, &command.resources, context.visibility())? {
            store::account::remove_resource(tx, account.id, resource.id)?;
        }
        Ok(())
    })
}

/// Resolves a resource to assign; an inactive one is accepted only if the account has it already.
pub(super) fn new_resource(
    context: &Context, tx: &mut Tx<'_>, reference: &Reference, held: &[String],
) -> Result<Resource> {
    let resource = store::lookup::<Resource>(tx, reference, context.visibility())?;
    let known = store::account::import::named_resources(tx, &[(resource.code.clone(), String::new())])?;
    let is_inactive = known.iter().any(|named| named.given.id == resource.id && !named.given.is_active);
    if is_inactive && !held.contains(&resource.code) {
        let code = &resource.code;
        return Err(Error::refused("resource.inactive", format!("resource `{code}` is inactive"))
            .hint(format!("make it active first: `caredesk resource edit {code} --state active`")));
    }
    Ok(resource)
}
