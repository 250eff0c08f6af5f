//! The nouns of the grammar, each handed to the file of its name in `commands/`.

use std::path::PathBuf;

use clap::Subcommand;

use super::Globals;
use super::later::Later;
use crate::commands;
use crate::context::Context;
use crate::error::Result;

#[derive(Subcommand)]
pub(super) enum Noun {
    /// Make a new database; you become its first admin
    Init(Later<commands::init::Init>),
    /// See a small invented town outsource a week of care
    Demo(Later<commands::demo::Demo>),
    /// Say who acts, and where
    Whoami,
    /// Organisations that deliver care
    Provider(Later<commands::provider::Provider>),
    /// People who receive care
    Client(Later<commands::client::Client>),
    /// Submitted intake records
    Contact(Later<commands::contact::Contact>),
    /// Named lists of referrals, with statuses of their own
    Queue(Later<commands::queue::Queue>),
    /// What referrals are sent to: agencies and their programs
    Resource(Later<commands::resource::Resource>),
    /// How many more referrals resources can take
    Capacity(Later<commands::capacity::Capacity>),
    /// People who act, and what they may do
    Account(Later<commands::account::Account>),
    /// Needs of clients
    Referral(Later<commands::referral::Referral>),
    /// Planned calls of a referral
    Visit(Later<commands::visit::Visit>),
    /// A referral's visits as a calendar
    Schedule(Later<commands::schedule::Schedule>),
    /// Offer visits of a referral to several providers; the first to accept wins
    Outsource(Later<commands::outsource::Outsource>),
    /// Offered packages and the answers to them
    Package(Later<commands::package::Package>),
    /// Sorts of service, as contracts and records name them
    Category(Later<commands::category::Category>),
    /// Under which providers deliver services
    Contract(Later<commands::contract::Contract>),
    /// What providers have written down about clients, and who sees it
    Record(Later<commands::record::Record>),
    /// Who shares which data of whom with whom
    Sharing(Later<commands::sharing::Sharing>),
    /// Signed releases of information, and their documents
    Release(Later<commands::release::Release>),
    /// The register of who looked at whose records
    Disclosure(Later<commands::disclosure::Disclosure>),
    /// Messages to portal accounts that a referral was assigned to them
    Alert(Later<commands::alert::Alert>),
    /// How many referrals wait where, and who can take more
    Report(Later<commands::report::Report>),
    /// Who changed what, and when
    Audit(Later<commands::audit::Audit>),
    /// Look after the database as a whole
    Database(Later<commands::database::Database>),
    /// Print the lines that make a shell complete commands
    Completions {
        /// The shell that will read them
        shell: clap_complete::Shell,
    },
    /// Write manual pages into a folder
    Man {
        /// Made where it is missing
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

impl Noun {
    /// What needs no database is done without one.
    pub(super) fn run(self, globals: Globals) -> Result<()> {
        match self {
            Noun::Completions { shell } => super::completion::print(shell),
            Noun::Man { folder } => super::manual(&folder),
            Noun::Init(Later(command)) => commands::init::run(globals.into_run()?, command),
            Noun::Demo(Later(command)) => commands::demo::run(&globals.into_run()?, &command, &super::line),
            noun => {
                let context = Context::open(globals.into_run()?)?;
                noun.run_in(&context)?;
                context.verdict()
            }
        }
    }

    fn run_in(self, context: &Context) -> Result<()> {
        match self {
            Noun::Whoami => commands::whoami::run(context),
            Noun::Provider(Later(command)) => commands::provider::run(context, command),
            Noun::Client(Later(command)) => commands::client::run(context, command),
            Noun::Contact(Later(command)) => commands::contact::run(context, command),
            Noun::Queue(Later(command)) => commands::queue::run(context, command),
            Noun::Resource(Later(command)) => commands::resource::run(context, command),
            Noun::Capacity(Later(command)) => commands::capacity::run(context, command),
            Noun::Account(Later(command)) => commands::account::run(context, command),
            Noun::Referral(Later(command)) => commands::referral::run(context, command),
            Noun::Visit(Later(command)) => commands::visit::run(context, command),
            Noun::Schedule(Later(command)) => commands::schedule::run(context, command),
            Noun::Outsource(Later(command)) => commands::outsource::run(context, command),
            Noun::Package(Later(command)) => commands::package::run(context, command),
            Noun::Category(Later(command)) => commands::category::run(context, command),
            Noun::Contract(Later(command)) => commands::contract::run(context, command),
            Noun::Record(Later(command)) => commands::record::run(context, command),
            Noun::Sharing(Later(command)) => commands::sharing::run(context, command),
            Noun::Release(Later(command)) => commands::release::run(context, command),
            Noun::Disclosure(Later(command)) => commands::disclosure::run(context, command),
            Noun::Alert(Later(command)) => commands::alert::run(context, command),
            Noun::Report(Later(command)) => commands::report::run(context, command),
            Noun::Audit(Later(command)) => commands::audit::run(context, command),
            Noun::Database(Later(command)) => commands::database::run(context, &command),
            Noun::Init(_) | Noun::Demo(_) | Noun::Completions { .. } | Noun::Man { .. } => Ok(()),
        }
    }
}
