//! The forms that HSDS asks of texts, of which the hub keeps what it was given.

use serde_json::Value;

/// Whether it is one address of e-mail and nothing else.
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let is_local = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(letter);
    let atoms = local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_local));
    atoms && local.len() <= 64 && is_domain(domain)
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        let is_letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        let is_long = (1..=63).contains(&label.len());
        is_long && !label.starts_with('-') && !label.ends_with('-') && label.chars().all(is_letter)
    };
    let ends =
        |(_, top): (&str, &str)| top.len() >= 2 && top.chars().all(|letter| letter.is_ascii_alphabetic());
    domain.split('.').all(is_label) && domain.rsplit_once('.').is_some_and(ends)
}

/// Whether it is an absolute address of the web.
pub(super) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let is_plain = |letter: char| letter.is_ascii_graphic() && !"<>\"{}|\\^`[]".contains(letter);
    matches!(scheme, "http" | "https") && is_domain(host) && text.chars().all(is_plain)
}

/// The address in the form that is asked for; none if it is none.
pub(super) fn uri(text: &str) -> Option<String> {
    let with_scheme = || Some(format!("http://{text}")).filter(|text| is_uri(text));
    if is_uri(text) { Some(text.to_owned()) } else { with_scheme() }
}

/// The number that is written as the text is.
pub(super) fn number(text: &str) -> Option<Value> {
    let number: serde_json::Number = serde_json::from_str(text).ok()?;
    (number.to_string() == text).then_some(Value::Number(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_is_not_taken_for_an_address() {
        for good in ["desk@harbour.example", "a.b+c@x-y.example"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["desk", "a@b", "a@b.example, c@d.example", "a b@c.example", ".a@b.example", "é@b.example"]
        {
            assert!(!is_email(bad), "{bad}");
        }
        for good in ["http://harbour.example", "https://harbour.example:8443/a?b=c#d"] {
            assert!(is_uri(good), "{good}");
        }
        for bad in
            ["harbour.example", "http://", "http://a b.example", "mailto:a@b.example", "http://localhost"]
        {
            assert!(!is_uri(bad), "{bad}");
        }
        assert_eq!(uri("harbour.example").as_deref(), Some("http://harbour.example"));
        assert_eq!(uri("see the leaflet"), None);
        assert_eq!(number("12"), Some(12.into()));
        for bad in ["012", "x12", "1e3", "1.50", ""] {
            assert_eq!(number(bad), None, "{bad}");
        }
    }
}
