//! What a shell may complete a line with: things that the actor sees and that the command takes, each with a few words.
//!
//! Whatever a value stands for is listed by the statement of its own `list`, so no one is offered what they may not see.

mod things;

use crate::commands::prelude::*;
use crate::store::Lookup;

/// How many are listed: more would not be read.
const MOST: i64 = 100;

/// What a value stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thing {
    Action,
    Alert,
    Capacity,
    Category,
    Client,
    Contact,
    Contract,
    Import,
    Login,
    Operation,
    Package,
    Provider,
    Queue,
    Referral,
    Release,
    Request,
    Resource,
    Status,
    Visit,
}

impl Thing {
    /// By what help calls the value, such as `PACKAGE`; none where it is a text, a number or a file.
    pub(crate) fn called(value: &str) -> Option<Self> {
        Some(match value {
            "ACTION" => Thing::Action,
            "ALERT" => Thing::Alert,
            "CATEGORY" => Thing::Category,
            "CLIENT" => Thing::Client,
            "CONTACT" | "NUMBER" => Thing::Contact,
            "CONTRACT" => Thing::Contract,
            "ENTRY" => Thing::Capacity,
            "IMPORT" => Thing::Import,
            "OPERATION" => Thing::Operation,
            "LOGIN" => Thing::Login,
            "PACKAGE" => Thing::Package,
            "PROVIDER" | "OWNER" | "RECIPIENT" => Thing::Provider,
            "QUEUE" => Thing::Queue,
            "REFERRAL" => Thing::Referral,
            "RELEASE" => Thing::Release,
            "REQUEST" => Thing::Request,
            "RESOURCE" => Thing::Resource,
            "STATUS" | "LABEL" => Thing::Status,
            "VISIT" => Thing::Visit,
            _ => return None,
        })
    }
}

/// What is asked for: a value of a line that is not complete yet.
pub(crate) struct Asked<'a> {
    pub(crate) noun: &'a str,
    pub(crate) verb: &'a str,
    pub(crate) thing: Thing,
    /// Its beginning, maybe empty.
    pub(crate) begun: &'a str,
    /// What stands on the line before it for an argument, by the name of that.
    pub(crate) given: &'a dyn Fn(&str) -> Vec<String>,
}

/// A value, and the words beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offered {
    pub(crate) value: String,
    pub(crate) words: String,
}

/// A thing that a value may stand for.
struct Listed {
    /// What is inserted, unless the line begins with the other.
    value: String,
    /// What may be entered as well: the name of what is inserted by its code, or the code of what is by its name.
    other: String,
    /// What else is said of it.
    more: String,
}

impl Listed {
    fn new(value: impl Into<String>, other: impl Into<String>, more: impl Into<String>) -> Self {
        Listed { value: value.into(), other: other.into(), more: more.into() }
    }

    fn into_fitting(self, asked: &Asked<'_>) -> Option<Offered> {
        let Listed { value, other, more } = self;
        let (value, beside) = if asked.fits(&value) { (value, other) } else { (other, value) };
        let words: Vec<&str> = [&*beside, &*more].into_iter().filter(|words| !words.is_empty()).collect();
        (!value.is_empty() && asked.fits(&value)).then(|| Offered { words: words.join(", "), value })
    }
}

impl Asked<'_> {
    fn is(&self, noun: &str, verbs: &[&str]) -> bool {
        self.noun == noun && verbs.contains(&self.verb)
    }

    /// The first value of an argument on the line, if that is one thing.
    fn first(&self, argument: &str) -> Option<Reference> {
        (self.given)(argument).first().and_then(|text| text.parse().ok())
    }

    fn fits(&self, value: &str) -> bool {
        value.to_lowercase().starts_with(&self.begun.to_lowercase())
    }
}

/// The values that fit, in the order of their lists. Errors as those of a lookup.
pub(crate) fn offered(context: &Context, asked: &Asked<'_>) -> Result<Vec<Offered>> {
    let found = context.read(|tx| {
        let listed = listed(context, tx, asked)?;
        let is_cut = i64::try_from(listed.len()).unwrap_or(MOST) >= MOST;
        // Of more than are listed, those that begin so; a verb that takes some alone says so itself.
        if is_cut && !asked.begun.is_empty() && !listed.iter().any(|one| asked.fits(&one.value)) {
            return begun(context, tx, asked);
        }
        Ok(listed)
    })?;
    Ok(found.into_iter().filter_map(|one| one.into_fitting(asked)).collect())
}

fn listed(context: &Context, tx: &mut Tx<'_>, asked: &Asked<'_>) -> Result<Vec<Listed>> {
    match asked.thing {
        Thing::Action => things::actions(context, tx),
        Thing::Alert => things::alerts(context, tx),
        Thing::Capacity => things::capacities(context, tx),
        Thing::Category => things::categories(context, tx),
        Thing::Client => things::clients(context, tx, asked),
        Thing::Contact => things::contacts(context, tx),
        Thing::Contract => things::contracts(context, tx),
        Thing::Import => things::imports(context, tx),
        Thing::Login => things::logins(context, tx, asked),
        Thing::Operation => things::operations(context, tx, asked),
        Thing::Package => things::packages(context, tx, asked),
        Thing::Provider => things::providers(context, tx, asked),
        Thing::Queue => things::queues(context, tx, asked),
        Thing::Referral if asked.is("referral", &["assign", "set-status"]) => {
            things::of_referrals(context, tx, asked)
        }
        Thing::Referral => things::referrals(context, tx),
        Thing::Release => things::releases(context, tx),
        Thing::Request => things::requests(context, tx, asked),
        Thing::Resource => things::resources(context, tx, asked),
        Thing::Status => things::statuses(context, tx, asked),
        Thing::Visit => things::visits(context, tx, asked),
    }
}

/// Of more than are listed, those that begin so.
fn begun(context: &Context, tx: &mut Tx<'_>, asked: &Asked<'_>) -> Result<Vec<Listed>> {
    let visibility = context.visibility();
    match asked.thing {
        Thing::Alert => candidates::<Alert>(tx, asked, visibility),
        Thing::Client => candidates::<Client>(tx, asked, visibility),
        Thing::Contract => candidates::<Contract>(tx, asked, visibility.into()),
        Thing::Package => candidates::<Package>(tx, asked, visibility.into()),
        Thing::Provider => candidates::<Provider>(tx, asked, visibility),
        Thing::Referral => candidates::<Referral>(tx, asked, visibility),
        Thing::Release => candidates::<Release>(tx, asked, visibility),
        Thing::Request => candidates::<crate::model::sharing::Request>(tx, asked, visibility),
        Thing::Resource => candidates::<Resource>(tx, asked, visibility),
        Thing::Visit => candidates::<Visit>(tx, asked, visibility),
        _ => Ok(Vec::new()),
    }
}

fn candidates<T: Lookup>(tx: &mut Tx<'_>, asked: &Asked<'_>, scope: T::Scope) -> Result<Vec<Listed>> {
    let Ok(reference) = asked.begun.parse() else { return Ok(Vec::new()) };
    let found = T::candidates(tx, &reference, scope)?;
    Ok(found.into_iter().map(|one| Listed::new(one.code, one.name, "")).collect())
}
