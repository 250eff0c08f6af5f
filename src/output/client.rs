//! A client for people: the fields, and below them what is still planned for who has died.

use super::card::Marked;
use super::style::FAINT;
use super::{Card, Output, cell};
use crate::model::client_page::{
    ClientCard, EnrolledAt, NextVisit, OpenPackage, OpenReferral, SharedWith, Twin,
};
use crate::model::held_visit::CallView;
use crate::model::view::View;
use crate::model::visited_client::{ClientSharing, OwnRecords, VisitedClient};

pub(crate) fn visited<'a>(view: &VisitedClient, output: &'a Output) -> Card<'a> {
    let mut fields = cell::fields(view).unwrap_or_default();
    for table in ["visits", "records", "sharing"] {
        fields.shift_remove(table);
    }
    Card::of_fields(output, &fields, VisitedClient::FIELDS)
        .table(CallView::FIELDS, &view.visits)
        .table(OwnRecords::FIELDS, &view.records)
        .table(ClientSharing::FIELDS, &view.sharing)
}

/// What stands below the fields.
const TABLES: [&str; 7] = [
    "open_referrals", "packages", "next_visits", "enrolments", "shared_with", "same_birth_date",
    "still_planned",
];

pub(crate) fn card<'a>(card: &ClientCard, output: &'a Output) -> Card<'a> {
    let mut fields = cell::fields(card).unwrap_or_default();
    for table in TABLES {
        fields.shift_remove(table);
    }
    if !card.file.client.anonymous {
        fields.shift_remove("anonymous");
    }
    let mut drawn = Card::of_fields(output, &fields, ClientCard::FIELDS)
        .table(OpenReferral::FIELDS, &card.open_referrals)
        .table(OpenPackage::FIELDS, &card.packages)
        .table(NextVisit::FIELDS, &card.next_visits)
        .table(EnrolledAt::FIELDS, &card.enrolments)
        .table(SharedWith::FIELDS, &card.shared_with);
    if !card.same_birth_date.is_empty() {
        let heading = drawn.blank().text("The same birth date, and a name alike:");
        drawn = heading.table(Twin::FIELDS, &card.same_birth_date);
    }
    if card.file.still_planned.is_empty() {
        return drawn;
    }
    let planned = card.file.still_planned.iter().map(|planned| Marked {
        style: FAINT,
        cells: [planned.code.clone(), planned.what.clone()],
        command: Some(planned.command.clone()),
    });
    drawn.blank().text("Still planned, and what ends it:").marked(&planned.collect::<Vec<_>>())
}
