//! What a portal account means where it names nothing: the provider that it speaks for, the resource that it acts for (rule
//! 2.13).

use super::{Context, Tx};
use crate::error::{Error, Kind, Result};
use crate::model::provider::Provider;
use crate::model::reference::Reference;
use crate::model::resource::Resource;
use crate::store;
use crate::store::{provider, resource};

/// How many an error lists.
const LISTED: i64 = 10;

impl Context {
    /// The provider that is named, or else the one that the actor speaks for. `option` names one.
    pub(crate) fn own_provider(
        &self, tx: &mut Tx<'_>, named: Option<&Reference>, option: &str,
    ) -> Result<Provider> {
        let visibility = self.visibility();
        if let Some(named) = named {
            return store::lookup::<Provider>(tx, named, visibility);
        }
        let mut own = Vec::new();
        if visibility.is_portal() {
            own = provider::list(tx, &provider::Filter::default(), visibility, LISTED)?;
        }
        let names = own.iter().map(|provider| format!("{} ({})", provider.code, provider.name)).collect();
        self.only(own, names, ("provider", "speak for", option))
    }

    /// The resource that is named, or else the one that the actor acts for. `option` names one.
    pub(crate) fn own_resource(
        &self, tx: &mut Tx<'_>, named: Option<&Reference>, option: &str,
    ) -> Result<Resource> {
        let visibility = self.visibility();
        if let Some(named) = named {
            return store::lookup::<Resource>(tx, named, visibility);
        }
        let filter = resource::Filter { hides_inactive: true, ..resource::Filter::default() };
        let mut own = Vec::new();
        if visibility.is_portal() {
            own = resource::list(tx, &filter, visibility, LISTED)?;
        }
        let names = own.iter().map(|resource| format!("{} ({})", resource.code, resource.name)).collect();
        self.only(own, names, ("resource", "act for", option))
    }

    fn only<T>(
        &self, mut own: Vec<T>, names: Vec<String>, (noun, verb, option): (&str, &str, &str),
    ) -> Result<T> {
        if own.len() == 1
            && let Some(one) = own.pop()
        {
            return Ok(one);
        }
        let error = |message: String| Error::new(Kind::Usage, "usage.unnamed", message);
        if !self.actor.is_portal() {
            let hint = format!("say which with {option}: `caredesk {noun} list` shows all");
            return Err(error(format!("no {noun} is named")).hint(hint));
        }
        if names.is_empty() {
            let hint = "an admin of the hub can give you one".to_owned();
            return Err(error(format!("you {verb} no {noun}")).hint(hint));
        }
        let hint = format!("say which with {option}: {}", names.join(" or "));
        Err(error(format!("you {verb} several {noun}s")).hint(hint))
    }
}
