//! A client for people: the fields, and below them what is still planned for who has died.

use super::card::Marked;
use super::style::FAINT;
use super::{Card, Output, cell};
use crate::model::client::ClientCard;
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

pub(crate) fn card<'a>(card: &ClientCard, output: &'a Output) -> Card<'a> {
    let mut fields = cell::fields(card).unwrap_or_default();
    fields.shift_remove("still_planned");
    let drawn = Card::of_fields(output, &fields, ClientCard::FIELDS);
    if card.still_planned.is_empty() {
        return drawn;
    }
    let planned = card.still_planned.iter().map(|planned| Marked {
        style: FAINT,
        cells: [planned.code.clone(), planned.what.clone()],
        command: Some(planned.command.clone()),
    });
    drawn.blank().text("Still planned, and what ends it:").marked(&planned.collect::<Vec<_>>())
}
