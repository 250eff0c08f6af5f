//! `init`: a new database, with its first admin and its first queue.

use crate::commands::prelude::*;
use crate::context::Run;
use crate::db::Db;
use crate::model::account::{Actor, login};
use crate::model::queue::StatusSpec;
use crate::model::text::{name, nearest};
use crate::model::zone::Zone;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk init --time-zone Europe/London --hub \"Harbour Town Care Hub\"
  $ caredesk init --db postgres://caredesk@db.example/care --admin anna")]
pub(crate) struct Init {
    /// The login of the first admin [default: yours]
    #[arg(long, value_name = "LOGIN", value_parser = login)]
    admin: Option<String>,
    /// The time zone of the hub's calendar, such as Europe/London
    #[arg(long, value_name = "TZ", default_value = "UTC", value_parser = time_zone)]
    time_zone: Zone,
    /// The name of the hub, for the letterhead of its documents
    #[arg(long, value_name = "NAME", value_parser = name)]
    hub: Option<String>,
    /// Do nothing if the database exists
    #[arg(long)]
    if_not_exists: bool,
}

view! {
    /// The database, and what it was created with: nothing of one that was there before, which not everybody may look into.
    struct InitView("init", |view| &view.database) {
        database: String => Text,
        admin: Option<String> => Text,
        time_zone: Option<String> => Text,
        hub: Option<String> => Text,
        queue: Option<String> => Text,
    }
}

fn time_zone(text: &str) -> Result<Zone, String> {
    text.parse().map_err(|error: String| {
        let names = Zone::names();
        // People know the city: `Zürich` is in `Europe/Zurich`.
        let cities = names.iter().filter_map(|name| name.rsplit('/').next());
        let near = nearest(text, names.iter().map(String::as_str).chain(cities));
        let zone = |near| names.iter().find(|name| name.ends_with(near)).map(String::as_str);
        let mut zones: Vec<&str> = near.into_iter().filter_map(zone).collect();
        zones.dedup();
        if zones.is_empty() { error } else { format!("{error}; near are: {}", zones.join(", ")) }
    })
}

const QUEUE: &str = "Home care";

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut output::Schemas) {
    schemas.changes::<InitView>();
}

pub(crate) fn run(run: &Run, command: Init) -> Result<()> {
    run.report(|| {
        let admin = command.admin.unwrap_or_else(|| run.identity.user.clone());
        let view = InitView {
            database: run.location.to_string(),
            admin: Some(admin.clone()),
            time_zone: Some(command.time_zone.to_string()),
            hub: command.hub,
            queue: Some(QUEUE.to_owned()),
        };
        let sentence = format!("Created {} with the admin `{admin}` and the queue `{QUEUE}`.", run.location);
        let Some(mut db) = open_or_create(run)? else {
            return Ok(Some(Change::created(view).saying(sentence)));
        };
        if db.read(store::account::count)? > 0 {
            return present(run, command.if_not_exists).map(Some);
        }
        let mut run = run.clone();
        db.read(|tx| {
            let newest = tx.ask(&store::audit::last())?;
            run.set_clock(tx, newest.and_then(|end| end.at))
        })?;
        let id = run.keys.borrow_mut().key(run.now);
        let actor = Actor { account: Account::first_admin(id, &admin), impersonator: None };
        let context = Context::with(run, db, command.time_zone, actor);
        fill(&context, command.if_not_exists, &view, &sentence)?;
        Ok(None)
    })
}

/// What is said of a database that is whole.
fn present(run: &Run, may_exist: bool) -> Result<Change<InitView>> {
    if may_exist {
        let database = run.location.to_string();
        let view = InitView { database, admin: None, time_zone: None, hub: None, queue: None };
        let why = format!("there is a caredesk database at {}", run.location);
        return Ok(Change::unchanged(view).already(why));
    }
    let message = format!("`{}` holds a caredesk database already", run.location);
    Err(Error::refused("database.exists", message).hint("use it as it is, or name another with `--db`"))
}

/// None in a dry run that would create one. A database without an account was left by an `init` that was cut off, and is
/// completed.
fn open_or_create(run: &Run) -> Result<Option<Db>> {
    let created = if run.dry_run {
        Db::must_be_vacant(&run.location).map(|()| None)
    } else {
        Db::create(&run.location, store::derive).map(Some)
    };
    match created {
        Err(error) if error.code() == "database.exists" => {
            Ok(Some(Db::open(&run.location, store::derive)?.0))
        }
        created => created,
    }
}

fn fill(context: &Context, may_exist: bool, view: &InitView, sentence: &str) -> Result<()> {
    let statuses = ["New", "Live", "Closed:closed"].map(str::parse::<StatusSpec>);
    let statuses = statuses.into_iter().collect::<Result<Vec<_>, _>>().map_err(Error::internal)?;
    let queue =
        Queue::new(context.key(), QUEUE.to_owned(), statuses, || context.key()).map_err(Error::internal)?;
    context.change("database.init", Right::Everyone, |tx| {
        // Another process may have completed it meanwhile.
        if store::account::count(tx)? > 0 {
            return present(context, may_exist);
        }
        store::setting::set(tx, "time_zone", &context.zone.to_string())?;
        if let Some(hub) = &view.hub {
            store::setting::set(tx, "hub_name", hub)?;
        }
        store::account::insert(tx, &context.actor.account)?;
        store::queue::insert(tx, &queue)?;
        Ok(Change::created(view.clone()).on(&context.actor.account.login).saying(sentence))
    })
}
