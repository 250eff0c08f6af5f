//! Level 2 shares within categories of which the client has had a service at both, under contracts in force (rule 3.3).

use super::facts::{CategoryFact, Facts, Service};
use super::found::{Found, Rule, not_asked, result};
use super::remedy::SHARING;
use super::{Party, Question};
use crate::model::prelude::*;
use crate::model::remedy::Remedy;
use crate::model::sharing::SharingLevel;

pub(super) fn category(question: &Question, facts: &Facts) -> Found {
    match facts.level() {
        SharingLevel::All => return not_asked(Rule::Category, "level 1 asks for no service category"),
        SharingLevel::Nothing => {
            return not_asked(Rule::Category, "level 3 shares nothing in any service category");
        }
        SharingLevel::CommonCategory => {}
    }
    let is_met = if facts.records == 0 { facts.common().next().is_some() } else { facts.fitting() > 0 };
    let common: Vec<String> = facts.common().map(in_words).collect();
    // Categories of hidden records come first; a common one without records does not matter.
    let mut apart: Vec<&CategoryFact> = facts.categories.iter().filter(|one| !one.is_common()).collect();
    apart.sort_by_key(|category| std::cmp::Reverse(category.records));
    let mut parts = Vec::new();
    if !common.is_empty() {
        parts.push(format!("in common: {}", common.join(", ")));
    }
    parts.extend(
        apart.iter().map(|category| format!("{}: {}", in_words(category), lacking(question, category))),
    );
    let uncategorised = facts.records - facts.categories.iter().map(|category| category.records).sum::<i64>();
    if uncategorised > 0 {
        parts.push(format!("{} without a category, which level 2 never shares", records(uncategorised)));
    }
    if parts.is_empty() {
        parts.push(format!(
            "{} {} had no service in a category at either",
            question.client.name,
            question.has()
        ));
    }
    result(Rule::Category, is_met, parts.join("; "), remedy(question, facts, &apart))
}

fn in_words(category: &CategoryFact) -> String {
    match category.records {
        0 => category.name.clone(),
        count => format!("{} ({})", category.name, records(count)),
    }
}

fn records(count: i64) -> String {
    counted(count, "record", "records")
}

fn lacking(question: &Question, category: &CategoryFact) -> String {
    let sides = [(&question.owner, &category.at_owner), (&question.recipient, &category.at_recipient)];
    let lacking: Vec<String> = sides
        .into_iter()
        .filter(|(_, service)| !service.is_served)
        .map(|(party, service)| match service.contract {
            None => format!("{} {} no contract in force for it", party.name, question.has()),
            Some(_) => {
                format!("{} {} no service record of it under a contract in force", party.name, question.has())
            }
        })
        .collect();
    lacking.join(", ")
}

/// For the first party that lacks a category of the owner's records, or any where there is no record yet.
fn remedy(question: &Question, facts: &Facts, apart: &[&CategoryFact]) -> Remedy {
    let is_enough = |category: &&&CategoryFact| facts.records == 0 || category.records > 0;
    let Some(category) = apart.iter().find(is_enough) else {
        let Question { client, owner, recipient, .. } = question;
        return Remedy::needed(format!(
            "a record of {} with a category of which {} has had a service also at {}, under contracts in force",
            owner.name, client.name, recipient.name
        ));
    };
    if category.at_owner.is_served {
        serve(question, &question.recipient, category, &category.at_recipient)
    } else {
        serve(question, &question.owner, category, &category.at_owner)
    }
}

/// A contract in force, and then a service under it.
fn serve(question: &Question, party: &Party, category: &CategoryFact, service: &Service) -> Remedy {
    let (code, today) = (&party.code, question.today());
    let line = match service {
        Service { contract: Some(_), .. } => {
            return Remedy::needed(format!(
                "a service of {} that {} has given under a contract in force; `caredesk record add` records it",
                category.name, party.name
            ));
        }
        Service { ended: Some(ended), .. } => format!("caredesk contract edit {ended} --stop none"),
        Service { is_name_taken, .. } => {
            let of = text::quoted(&category.name);
            let name =
                if *is_name_taken { text::quoted(&format!("{} {today}", category.name)) } else { of.clone() };
            format!("caredesk contract create {code} {name} --start {today} --category {of}")
        }
    };
    Remedy::command(line, SHARING).in_part()
}
