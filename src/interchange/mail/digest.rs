//! Subject and parts of a message with one alert or several.

use super::news::News;

const GONE: &str = "If it is not found, it may have been reassigned since: ask the hub.";
const SWITCH: &str = "Such messages end with `caredesk account alerts LOGIN off`.";

/// That of the first, and how many more there are.
pub(super) fn subject(news: &[News<'_>]) -> String {
    let Some(first) = news.first() else { return String::new() };
    let more = match news.len() {
        1 => String::new(),
        several => format!(", and {} more", several - 1),
    };
    format!("{}: {}{more}", first.headline, first.key)
}

pub(super) fn text(news: &[News<'_>]) -> String {
    let items: Vec<String> = match news {
        [one] => vec![item(one)],
        several => (1..).zip(several).map(|(number, one)| format!("{number}. {}", item(one))).collect(),
    };
    format!("{}\n-- \n{}\n{SWITCH}\n", items.join("\n\n"), about(news))
}

fn item(news: &News<'_>) -> String {
    let fact = |(label, value): &(&str, String)| format!("{:<11}{value}\n", format!("{label}:"));
    let facts: String = news.facts.iter().map(fact).collect();
    let command = news.command.as_ref();
    let look = command.map(|command| format!("\nLook it up with\n\n    {command}\n")).unwrap_or_default();
    let gone = if news.may_be_gone { format!("\n{GONE}\n") } else { String::new() };
    format!("{}.\n\n{facts}{look}{gone}", news.headline)
}

fn about(news: &[News<'_>]) -> String {
    let codes: Vec<&str> = news.iter().map(|one| one.code).collect();
    format!("This message was written by caredesk, and is about {}.", codes.join(", "))
}

/// A table without any style, so that every reader can show it as it shows others.
pub(super) fn html(news: &[News<'_>]) -> String {
    let rows: String = news.iter().map(row).collect();
    let gone = if news.iter().any(|one| one.may_be_gone) { paragraph(GONE) } else { String::new() };
    format!(
        "<!DOCTYPE html>\n<html>\n<body>\n<table border=\"1\" cellpadding=\"4\">\n{rows}</table>\n{gone}{}{}</body>\n</html>\n",
        paragraph(&about(news)),
        paragraph(SWITCH),
    )
}

fn row(news: &News<'_>) -> String {
    let facts: Vec<String> =
        news.facts.iter().map(|(label, value)| format!("{label}: {}", escaped(value))).collect();
    let command = news.command.as_ref().map(|command| format!("<code>{}</code>", escaped(command)));
    format!(
        "<tr><td>{}</td>\n<td>{}</td>\n<td>{}</td></tr>\n",
        escaped(&news.headline),
        facts.join("<br>\n"),
        command.unwrap_or_default()
    )
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", escaped(text))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
