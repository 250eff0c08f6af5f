//! `client`: people who receive care.

mod enroll;
mod import;

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::model::access::Action;
use crate::model::client::{self, ClientCard, ClientView};
use crate::model::code::{Prefix, unlike_a_code};
use crate::model::reference::Reference;
use crate::model::time::Day;
use crate::model::{edit, text};
use crate::output::{Outcome, Page};
use crate::store;
use crate::store::client::Filter;

#[derive(Args)]
pub(crate) struct Client {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Create a client
    Create(Create),
    /// List clients by name
    List(List),
    /// Show a client
    Show {
        /// A code or its beginning, an id, a name or its beginning, a family name
        client: Reference,
    },
    /// Change what is given; `none` clears
    Edit(Edit),
    /// Import clients from CSV tables or FHIR R4 patients; a second time changes nothing
    Import(import::Import),
    /// Say whether a client is active at a provider; requests of sharing need both
    Enroll(enroll::Enroll),
}

#[derive(Args)]
struct Create {
    /// The given name
    #[arg(long, value_parser = text::name)]
    given: String,
    /// The family name
    #[arg(long, value_parser = text::name)]
    family: String,
    /// The day of birth, such as 1941-03-02
    #[arg(long, value_name = "DATE")]
    birth_date: Option<Day>,
    /// Where the person lives
    #[arg(long, value_parser = text::name)]
    postal_code: Option<String>,
    /// The number that another system knows the person by
    #[arg(long, value_parser = unlike_a_code)]
    id: Option<String>,
    /// Leave a client with this id as it is; without an id, one of this name and birth date
    #[arg(long)]
    if_not_exists: bool,
}

#[derive(Args)]
struct List {
    /// Only names that begin so
    #[arg(long, value_name = "BEGINNING")]
    name: Option<Reference>,
    #[command(flatten)]
    page: Page,
}

#[derive(Args)]
struct Edit {
    /// A code or its beginning, an id, a name or its beginning, a family name
    client: Reference,
    /// The given name
    #[arg(long, value_parser = text::name)]
    given: Option<String>,
    /// The family name
    #[arg(long, value_parser = text::name)]
    family: Option<String>,
    /// The day of birth, such as 1941-03-02
    #[arg(long, value_name = "DATE", value_parser = edit::or_none(str::parse::<Day>))]
    birth_date: Option<edit::Edit<Day>>,
    /// Where the person lives
    #[arg(long, value_parser = edit::or_none(text::name))]
    postal_code: Option<edit::Edit<String>>,
    /// The number that another system knows the person by
    #[arg(long, value_parser = edit::or_none(unlike_a_code))]
    id: Option<edit::Edit<String>>,
}

pub(crate) fn run(context: &Context, command: Client) -> Result<()> {
    match command.verb {
        Verb::Create(create) => self::create(context, &create),
        Verb::List(list) => self::list(context, &list),
        Verb::Show { client } => show(context, &client),
        Verb::Edit(edit) => self::edit(context, &edit),
        Verb::Import(import) => import::run(context, &import),
        Verb::Enroll(enroll) => enroll::run(context, &enroll),
    }
}

fn create(context: &Context, command: &Create) -> Result<()> {
    let change_report = context.out.change_report()?;
    context.actor.may(Action::ChangeClients)?;
    let (outcome, view, double) = context.write(|tx| {
        let made = new(context, tx, command)?;
        let same = store::client::same(tx, &made)?;
        match same {
            Some(same) if command.if_not_exists => return Ok((Outcome::Unchanged, same.view(), None)),
            Some(same) if command.id.is_some() => return Err(exists(&same)),
            _ => {}
        }
        store::client::insert(tx, std::slice::from_ref(&made))?;
        context.audit(tx, "client.create", &made.code, None::<&()>, Some(&made.view()))?;
        Ok((Outcome::Created, made.view(), same))
    })?;
    if let Some(double) = double {
        context.out.warn(&client::looks_doubled(&double));
    }
    let verb = if outcome == Outcome::Created { "Created the client" } else { "There is a client" };
    change_report.say(outcome, &format!("{verb} {}.", described(&view)), &view)
}

fn exists(same: &client::Client) -> Error {
    let id = same.external_id.clone().unwrap_or_default();
    Error::refused(
        "client.exists",
        format!("the id `{id}` belongs to {} ({}) already", same.code, same.full_name()),
    )
    .hint("`--if-not-exists` leaves it as it is; `caredesk client edit` changes it")
    .detail("client", same.code.clone())
}

fn new(context: &Context, tx: &mut Tx<'_>, command: &Create) -> Result<client::Client> {
    let id = context.key();
    let code = context.code(Prefix::Client, |code| store::client::is_code_taken(tx, code))?;
    let (given, family) = (command.given.clone(), command.family.clone());
    Ok(client::Client {
        birth_date: command.birth_date.map(|day| birth_date(context, day)).transpose()?,
        postal_code: command.postal_code.clone(),
        external_id: command.id.clone(),
        ..client::Client::named(id, code, given, family)
    })
}

fn birth_date(context: &Context, day: Day) -> Result<chrono::NaiveDate> {
    client::birth_date(day.resolve_past(context.today), context.today)
        .map_err(|why| Error::invalid("client.birth_date", why))
}

fn described(view: &ClientView) -> String {
    format!("{} ({})", view.code, client::name(&view.given, &view.family))
}

fn list(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    let mut list = context.out.list::<ClientView>()?;
    context.read(|tx| {
        let start = store::lookup_optional::<client::Client>(tx, command.page.after.as_ref(), visibility)?;
        let page = |after: Option<&client::Client>, limit| {
            let filter = Filter { id: None, name: command.name.as_ref(), after };
            store::client::list(tx, &filter, visibility, limit)
        };
        context.out.pages(command.page.limit, start, &mut list, page, client::Client::view)
    })?;
    list.end("no clients")
}

fn show(context: &Context, reference: &Reference) -> Result<()> {
    let card = context.read(|tx| {
        let found = store::lookup::<client::Client>(tx, reference, context.visibility())?;
        let active_releases = store::release::count_active(tx, found.id, context.today)?;
        Ok(ClientCard { client: found.view(), active_releases })
    })?;
    context.out.show(&card, || None)
}

fn edit(context: &Context, command: &Edit) -> Result<()> {
    let change_report = context.out.change_report()?;
    let (outcome, view) = context.write(|tx| {
        let before = store::lookup::<client::Client>(tx, &command.client, context.visibility())?;
        context.actor.may(Action::ChangeClients)?;
        let after = edited(context, command, &before)?;
        if after == before {
            return Ok((Outcome::Unchanged, before.view()));
        }
        store::client::update(tx, &after)?;
        context.audit(tx, "client.edit", &after.code, Some(&before.view()), Some(&after.view()))?;
        Ok((Outcome::Updated, after.view()))
    })?;
    let sentence = match outcome {
        Outcome::Unchanged => format!("Nothing to change: the client {} stays as it is.", described(&view)),
        _ => format!("The client {} was changed.", described(&view)),
    };
    change_report.say(outcome, &sentence, &view)
}

fn edited(context: &Context, command: &Edit, before: &client::Client) -> Result<client::Client> {
    let was = before.clone();
    Ok(client::Client {
        given: command.given.clone().unwrap_or(was.given),
        family: command.family.clone().unwrap_or(was.family),
        birth_date: edit::try_apply(command.birth_date, was.birth_date, |day| birth_date(context, day))?,
        postal_code: edit::apply(command.postal_code.as_ref(), was.postal_code),
        external_id: edit::apply(command.id.as_ref(), was.external_id),
        ..was
    })
}
