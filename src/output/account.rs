//! What an account sees.

use super::{Card, Output};
use crate::model::account_sight::AccountSight;

pub(crate) fn sight<'a>(seen: &AccountSight, output: &'a Output) -> Card<'a> {
    let title = format!("{} ({}), {}", seen.name, seen.login, seen.level.name());
    let permissions: Vec<&str> = seen.permissions.iter().map(|permission| permission.name()).collect();
    let lines = [
        ("speaks for", super::whoami::held(&seen.providers)),
        ("acts for", super::whoami::held(&seen.resources)),
        ("permissions", permissions.join(", ")),
    ];
    let card = Card::new(output, &title).lines(lines.map(|(label, value)| (label, Some(value)))).blank();
    if !seen.active {
        return card.text(&format!(
            "It is disabled and sees nothing; `caredesk account enable {}` lets it.",
            seen.login
        ));
    }
    let rows = seen.sees.iter().map(|line| {
        let more =
            if line.codes.len() < usize::try_from(line.number).unwrap_or(usize::MAX) { ", …" } else { "" };
        (
            line.sort.name().replace('-', " "),
            Some(format!("{}  {}{more}", line.count(), line.codes.join(", "))),
        )
    });
    card.text("Sees:").lines(rows.map(|(label, value)| (format!("  {label}"), value)))
}
