//! `client`: people who receive care.

mod create;
mod duplicates;
mod edit;
mod enroll;
mod enrolments;
mod erase;
mod export;
mod history;
mod import;
mod import_enrolments;
mod list;
mod merge;
mod page;
mod show;

use page::card;

use crate::commands::prelude::*;
use crate::model::client;
use crate::model::client_page::ClientCard;
use crate::model::duplicate::Duplicate;
use crate::model::enrolment::EnrolmentView;
use crate::model::erasure::ErasedClient;
use crate::model::history::HistoryLine;
use crate::model::import::Summary;
use crate::model::visited_client::{SeenClient, VisitedClient};

verbs! {
    Client: lists client::Client, lists SeenClient, lists Duplicate, lists EnrolmentView, lists HistoryLine, shows ClientCard, shows VisitedClient, changes client::Client,
        changes export::Exported, changes ErasedClient, changes EnrolmentView, imports Summary, rows client::Client, rows EnrolmentView;

    /// Create a client
    Create(create::Create) => create::run,
    /// List clients by name
    List(list::List) => list::run,
    /// Show a client, and what is open about it; for a provider what it takes to come, where it has visits and may see that
    Show {
        /// Code, id, name or family name (or the beginning of a code or name)
        client: Reference,
    } => show::run,
    /// Show what became of a client, step by step: who changed what, from what to what, on all that belongs to it
    #[command(arg = steps_at())]
    History {
        /// Code, id, name or family name (or the beginning of a code or name)
        client: Reference,
    } => history::run,
    /// Change a client; the value `none` clears a field
    Edit(edit::Edit) => edit::run,
    /// List clients who may be one person, with the reasons; nothing is changed
    Duplicates(duplicates::Duplicates) => duplicates::run,
    /// Merge two clients that are one person; the codes and ids of both lead to the one that stays
    Merge(merge::Merge) => merge::run,
    /// Import clients from CSV tables or FHIR R4 patients; repeating an import changes nothing
    Import(import::Import) => import::run,
    /// Enroll a client at a provider, or end it; a sharing request needs it at both providers
    Enroll(enroll::Enroll) => enroll::run,
    /// List which clients are active at which providers, and since when
    #[command(arg = at())]
    Enrolments(enrolments::Enrolments) => enrolments::run,
    /// Import enrolments from tables; repeating an import changes nothing
    ImportEnrolments(import_enrolments::ImportEnrolments) => import_enrolments::run,
    /// Export all that is held about a client into a folder; the audit trail records it
    Export(export::Export) => export::run,
    /// Erase all that identifies a client, for good; refused while something is open
    Erase(erase::Erase) => erase::run,
}

fn birth_date(context: &Context, day: Day) -> Result<NaiveDate> {
    client::birth_date(day.resolve_past(context.today), context.today)
        .map_err(|why| Error::invalid("client.birth_date", why))
}
