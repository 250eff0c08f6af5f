//! The nouns of the grammar, each handed to the file of its name in `commands/`.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::{Args, Command, Subcommand, ValueEnum};

use super::deferred::Deferred;
use super::globals::Globals;
use crate::commands;
use crate::context::Context;
use crate::db;
use crate::error::{Error, Result};
use crate::file::Mode;
use crate::output::{Schemas, sink};

/// The nouns as clap reads them, and the grammar of each by itself.
macro_rules! nouns {
    ($($(#[$meta:meta])* $noun:ident $(($arguments:ty))?,)+) => {
        #[derive(Subcommand)]
        pub(super) enum Noun {
            $($(#[$meta])* $noun $((Deferred<$arguments>))?,)+
        }

        impl Noun {
            /// The grammar of one noun: to build those of all others takes longer than to parse a line. None if there is no such noun.
            pub(super) fn grammar(name: &OsStr) -> Option<Command> {
                let name = name.to_str().filter(|name| Noun::has_subcommand(name))?.to_owned();
                $(if name.eq_ignore_ascii_case(stringify!($noun)) {
                    let noun = Command::new(name);
                    $(let noun = <$arguments>::augment_args(noun);)?
                    return Some(noun);
                })+
                None
            }
        }
    };
}

nouns! {
    /// Create a database; you become its first admin
    Init(commands::init::Init),
    /// Watch a small invented town outsource a week of care
    Demo(commands::demo::Demo),
    /// Show who acts, for whom, what it may do and what waits for it
    Whoami,
    /// What waits for the acting account, as `caredesk` alone shows it
    #[command(hide = true)]
    Desk,
    /// Find whatever a caller names: people, phones, dates, codes
    Find(commands::find::Find),
    /// Organisations that deliver care
    Provider(commands::provider::Provider),
    /// People who receive care
    Client(commands::client::Client),
    /// Intake records, as submitted
    Contact(commands::contact::Contact),
    /// Lists of referrals, each with its own statuses
    Queue(commands::queue::Queue),
    /// Agencies and programs that take referrals
    Resource(commands::resource::Resource),
    /// How many more referrals each resource can take
    Capacity(commands::capacity::Capacity),
    /// User accounts and their rights
    Account(commands::account::Account),
    /// Needs of clients
    Referral(commands::referral::Referral),
    /// Planned visits of a referral
    Visit(commands::visit::Visit),
    /// A referral's visits as a calendar
    Schedule(commands::schedule::Schedule),
    /// Offer visits of a referral to several providers; the first to accept wins
    Outsource(commands::outsource::Outsource),
    /// What each provider was asked, over all packages
    Offer(commands::offer::Offer),
    /// Offered packages and the answers to them
    Package(commands::package::Package),
    /// Kinds of service, for contracts and records
    Category(commands::category::Category),
    /// Contracts under which providers deliver services
    Contract(commands::contract::Contract),
    /// Records that providers keep about clients
    Record(commands::record::Record),
    /// Which providers share which client data with each other
    Sharing(commands::sharing::Sharing),
    /// Signed releases of information, and their documents
    Release(commands::release::Release),
    /// The register of disclosures: who has seen whose records
    Disclosure(commands::disclosure::Disclosure),
    /// E-mail alerts to portal accounts about assigned referrals
    Alert(commands::alert::Alert),
    /// Reports on open referrals and free capacity
    Report(commands::report::Report),
    /// The settings of the hub
    Hub(commands::hub::Hub),
    /// What was imported, and how to take it back
    Import(commands::import::Import),
    /// What was changed, one line for each command
    Operation(commands::operation::Operation),
    /// Take a change back
    Undo(commands::operation::Undo),
    /// Write how the hub is set up into a file
    Export(commands::export::Export),
    /// Make the hub as a file says
    Apply(commands::apply::Apply),
    /// Compare how two hubs are set up: databases, or files of `export`
    Diff(commands::diff::Diff),
    /// Run many commands at once, all of them or none
    Batch(commands::batch::Batch),
    /// Run commands as you enter them, on one connection
    Shell(commands::shell::Shell),
    /// The audit trail: who changed what, and when
    Audit(commands::audit::Audit),
    /// What is recorded, the oldest first, and as it comes
    Events(commands::events::Events),
    /// Look whether all is well, and say what mends what is not
    Doctor(commands::doctor::Doctor),
    /// Maintain the database
    Database(commands::database::Database),
    /// The settings of a run, and the profiles
    Config(commands::config::Config),
    /// Print a completion script for a shell
    Completions(Completions),
    /// Print the JSON Schema of a noun's output
    Schema(OfNoun),
    /// Show a topic, or what a command does: `help dates`, `help package respond`
    Help(About),
    /// Show the version of the program, and of what it stands on
    Version,
    /// Write manual pages into a folder
    Man(Man),
}

/// A shell to complete for.
#[derive(Args)]
pub(super) struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

/// A noun to describe.
#[derive(Args)]
pub(super) struct OfNoun {
    /// The noun, such as `package`
    noun: SchemaNoun,
}

/// What to explain.
#[derive(Args)]
pub(super) struct About {
    /// A noun and a verb, or a topic
    #[arg(value_name = "WORD")]
    pub(super) words: Vec<String>,
}

/// Where to write manual pages.
#[derive(Args)]
pub(super) struct Man {
    /// The folder; created if it does not exist
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Noun {
    /// Options with what the configuration adds to them; what shows the program itself works whatever is written there.
    pub(super) fn settle(&self, globals: Globals) -> Result<Globals> {
        match self {
            Noun::Completions(_) | Noun::Schema(_) | Noun::Help(_) | Noun::Man(_) => Ok(globals),
            // Who comes through it decides nothing, and who has set it up says all on its line.
            Noun::Shell(Deferred(shell)) if shell.restricted => Ok(globals),
            _ => super::settle::settle(globals),
        }
    }

    pub(super) fn run(mut self, mut globals: Globals) -> Result<()> {
        if let Noun::Export(Deferred(command)) = &mut self {
            command.take_target(&mut globals.out);
        }
        // What holds no data of people is for all whom the umask allows.
        let is_public = matches!(self, Noun::Completions(_) | Noun::Schema(_) | Noun::Help(_));
        let has_file = globals.redirect(if is_public { Mode::Public } else { Mode::Private })?;
        let done = self.perform(globals);
        if has_file { sink::close(done) } else { done }
    }

    /// Runs without a database what needs none.
    pub(super) fn perform(self, mut globals: Globals) -> Result<()> {
        match self {
            Noun::Config(Deferred(command)) => {
                let (settings, profiles) = (globals.settings.in_force(), globals.settings.profiles());
                commands::config::run(&globals.for_output()?, &command, settings, profiles)
            }
            Noun::Version => {
                commands::version::run(&globals.for_output()?, db::about(), super::environment::target())
            }
            Noun::Completions(Deferred(command)) => super::shells::print(command.shell),
            Noun::Schema(Deferred(command)) => command.noun.print(),
            Noun::Help(Deferred(command)) => super::help::print(&command.words),
            Noun::Man(Deferred(command)) => super::manual::write(&command.folder, globals.overwrite),
            Noun::Init(Deferred(command)) => commands::init::run(&globals.into_run()?, command),
            Noun::Demo(Deferred(command)) => {
                super::environment::must_not_name_database()?;
                commands::demo::run(&globals.into_run()?, &command, &super::line)
            }
            Noun::Diff(Deferred(command)) => commands::diff::run(&globals.into_run()?, &command),
            Noun::Batch(Deferred(command)) => super::lines(globals, &command),
            Noun::Apply(Deferred(command)) => super::apply(globals, &command),
            Noun::Shell(_) => Err(Error::usage("a shell runs in no other")),
            noun => {
                let mut run = globals.into_run()?;
                if let Noun::Database(Deferred(command)) = &noun
                    && let Some(done) = commands::database::run_alone(&run, command)
                {
                    return done;
                }
                run.identity.sets_password = noun.sets_password();
                let context = Context::open(run)?;
                let done = noun.run_in(&context).and_then(|()| context.verdict());
                done.map_err(|error| context.or_damage(error))
            }
        }
    }

    fn sets_password(&self) -> bool {
        matches!(self, Noun::Account(Deferred(command)) if command.sets_password())
    }

    fn run_in(self, context: &Context) -> Result<()> {
        match self {
            Noun::Whoami => commands::whoami::run(context),
            Noun::Desk => commands::whoami::desk(context),
            Noun::Find(Deferred(command)) => commands::find::run(context, &command),
            Noun::Provider(Deferred(command)) => commands::provider::run(context, command),
            Noun::Client(Deferred(command)) => commands::client::run(context, command),
            Noun::Contact(Deferred(command)) => commands::contact::run(context, command),
            Noun::Queue(Deferred(command)) => commands::queue::run(context, command),
            Noun::Resource(Deferred(command)) => commands::resource::run(context, command),
            Noun::Capacity(Deferred(command)) => commands::capacity::run(context, command),
            Noun::Account(Deferred(command)) => commands::account::run(context, command),
            Noun::Referral(Deferred(command)) => commands::referral::run(context, command),
            Noun::Visit(Deferred(command)) => commands::visit::run(context, command),
            Noun::Schedule(Deferred(command)) => commands::schedule::run(context, command),
            Noun::Outsource(Deferred(command)) => commands::outsource::run(context, command),
            Noun::Offer(Deferred(command)) => commands::offer::run(context, command),
            Noun::Package(Deferred(command)) => commands::package::run(context, command),
            Noun::Category(Deferred(command)) => commands::category::run(context, command),
            Noun::Contract(Deferred(command)) => commands::contract::run(context, command),
            Noun::Record(Deferred(command)) => commands::record::run(context, command),
            Noun::Sharing(Deferred(command)) => commands::sharing::run(context, command),
            Noun::Release(Deferred(command)) => commands::release::run(context, command),
            Noun::Disclosure(Deferred(command)) => commands::disclosure::run(context, command),
            Noun::Alert(Deferred(command)) => commands::alert::run(context, command),
            Noun::Report(Deferred(command)) => commands::report::run(context, command),
            Noun::Hub(Deferred(command)) => commands::hub::run(context, command),
            Noun::Import(Deferred(command)) => commands::import::run(context, command),
            Noun::Operation(Deferred(command)) => commands::operation::run(context, command),
            Noun::Undo(Deferred(command)) => commands::operation::undo(context, &command),
            Noun::Export(Deferred(command)) => commands::export::run(context, &command),
            Noun::Audit(Deferred(command)) => commands::audit::run(context, command),
            Noun::Events(Deferred(command)) => commands::events::run(context, &command),
            Noun::Doctor(Deferred(command)) => commands::doctor::run(context, &command),
            Noun::Database(Deferred(command)) => commands::database::run(context, command),
            Noun::Init(_)
            | Noun::Demo(_)
            | Noun::Config(_)
            | Noun::Diff(_)
            | Noun::Version
            | Noun::Apply(_)
            | Noun::Batch(_)
            | Noun::Shell(_)
            | Noun::Completions(_)
            | Noun::Schema(_)
            | Noun::Help(_)
            | Noun::Man(_) => Ok(()),
        }
    }
}

/// The nouns whose commands print JSON.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum SchemaNoun {
    Account,
    Alert,
    Apply,
    Audit,
    Batch,
    Capacity,
    Category,
    Client,
    Config,
    Contact,
    Contract,
    Database,
    Diff,
    Disclosure,
    Doctor,
    Events,
    Export,
    Find,
    Hub,
    Import,
    Init,
    Outsource,
    Offer,
    Operation,
    Package,
    Provider,
    Queue,
    Record,
    Referral,
    Release,
    Report,
    Resource,
    Schedule,
    Sharing,
    Undo,
    Version,
    Visit,
    Whoami,
}

impl SchemaNoun {
    fn print(self) -> Result<()> {
        let mut schemas = Schemas::new();
        match self {
            SchemaNoun::Account => commands::account::schema(&mut schemas),
            SchemaNoun::Alert => commands::alert::schema(&mut schemas),
            SchemaNoun::Apply => commands::apply::schema(&mut schemas),
            SchemaNoun::Audit => commands::audit::schema(&mut schemas),
            SchemaNoun::Batch => commands::batch::schema(&mut schemas),
            SchemaNoun::Capacity => commands::capacity::schema(&mut schemas),
            SchemaNoun::Category => commands::category::schema(&mut schemas),
            SchemaNoun::Client => commands::client::schema(&mut schemas),
            SchemaNoun::Config => commands::config::schema(&mut schemas),
            SchemaNoun::Contact => commands::contact::schema(&mut schemas),
            SchemaNoun::Contract => commands::contract::schema(&mut schemas),
            SchemaNoun::Database => commands::database::schema(&mut schemas),
            SchemaNoun::Disclosure => commands::disclosure::schema(&mut schemas),
            SchemaNoun::Doctor => commands::doctor::schema(&mut schemas),
            SchemaNoun::Events => commands::events::schema(&mut schemas),
            SchemaNoun::Diff => commands::diff::schema(&mut schemas),
            SchemaNoun::Export => commands::export::schema(&mut schemas),
            SchemaNoun::Find => commands::find::schema(&mut schemas),
            SchemaNoun::Hub => commands::hub::schema(&mut schemas),
            SchemaNoun::Import => commands::import::schema(&mut schemas),
            SchemaNoun::Init => commands::init::schema(&mut schemas),
            SchemaNoun::Outsource => commands::outsource::schema(&mut schemas),
            SchemaNoun::Offer => commands::offer::schema(&mut schemas),
            SchemaNoun::Operation => commands::operation::schema(&mut schemas),
            SchemaNoun::Package => commands::package::schema(&mut schemas),
            SchemaNoun::Provider => commands::provider::schema(&mut schemas),
            SchemaNoun::Queue => commands::queue::schema(&mut schemas),
            SchemaNoun::Record => commands::record::schema(&mut schemas),
            SchemaNoun::Referral => commands::referral::schema(&mut schemas),
            SchemaNoun::Release => commands::release::schema(&mut schemas),
            SchemaNoun::Report => commands::report::schema(&mut schemas),
            SchemaNoun::Resource => commands::resource::schema(&mut schemas),
            SchemaNoun::Schedule => commands::schedule::schema(&mut schemas),
            SchemaNoun::Sharing => commands::sharing::schema(&mut schemas),
            SchemaNoun::Undo => commands::operation::undo_schema(&mut schemas),
            SchemaNoun::Version => commands::version::schema(&mut schemas),
            SchemaNoun::Visit => commands::visit::schema(&mut schemas),
            SchemaNoun::Whoami => commands::whoami::schema(&mut schemas),
        }
        let name = self.to_possible_value().map(|value| value.get_name().to_owned());
        schemas.print(&name.unwrap_or_default())
    }
}
