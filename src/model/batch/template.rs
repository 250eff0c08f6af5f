//! A command with `{column}` in its words, filled for each row of a table (rule 7.13): a cell is one value, whatever it holds.

use std::ffi::OsString;

use crate::model::text::{nearest, several};

/// What a word of a template is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The noun or the verb.
    Command,
    /// An option, and how many values follow it at most.
    Option {
        name: String,
        values: usize,
    },
    /// A value of this option.
    Value(String),
    /// An option with its value: `--note={note}`.
    Joined(String),
    Positional,
    /// `--`.
    End,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    /// The place of a column among those of the template.
    Cell(usize),
}

#[derive(Debug)]
pub(crate) struct Template {
    words: Vec<(Role, Vec<Part>)>,
    columns: Vec<String>,
}

/// Whether a word holds a column.
pub(crate) fn is_filled(word: &str) -> bool {
    let mut columns = Vec::new();
    parts(word, &mut columns).is_err() || !columns.is_empty()
}

impl Template {
    /// The words with what each of them is. The reason of an error has no full stop.
    pub(crate) fn new(words: &[String], roles: Vec<Role>) -> Result<Self, String> {
        let mut columns = Vec::new();
        let mut filled = Vec::new();
        for (word, role) in words.iter().zip(roles) {
            let (role, text) = match role {
                Role::Joined(name) => {
                    let value = word.split_once('=').map_or("", |(_, value)| value);
                    (Role::Value(name), value)
                }
                role => (role, word.as_str()),
            };
            filled.push((role, parts(text, &mut columns)?));
        }
        Ok(Template { words: filled, columns })
    }

    /// The columns that it names, each once.
    pub(crate) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The words of a command. Each value stands with its option, and what is none behind `--`, so that no cell is taken for an
    /// option. An option whose whole value is an empty cell is left out.
    pub(crate) fn fill(&self, cells: &[Option<String>]) -> Vec<OsString> {
        let (mut words, mut others) = (Vec::new(), Vec::new());
        for (place, (role, parts)) in self.words.iter().enumerate() {
            let text = text(parts, cells);
            match role {
                Role::Command => words.push(text),
                Role::Option { .. } => {
                    let next = self.words.get(place + 1).map(|(role, _)| role);
                    if !matches!(next, Some(Role::Value(_))) || matches!(role, Role::Option { values: 0, .. })
                    {
                        words.push(text);
                    }
                }
                Role::Value(option) | Role::Joined(option) => {
                    let is_cell = !parts.is_empty() && parts.iter().all(|part| matches!(part, Part::Cell(_)));
                    if !(is_cell && text.is_empty()) {
                        words.push(format!("{option}={text}"));
                    }
                }
                Role::Positional => others.push(text),
                Role::End => {}
            }
        }
        if !others.is_empty() {
            words.push("--".to_owned());
        }
        words.into_iter().chain(others).map(OsString::from).collect()
    }
}

fn text(parts: &[Part], cells: &[Option<String>]) -> String {
    let text = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Cell(place) => cells.get(*place).cloned().flatten().unwrap_or_default(),
    };
    parts.iter().map(text).collect()
}

/// `{{` and `}}` are braces.
fn parts(word: &str, columns: &mut Vec<String>) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = word;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, brace) = rest.split_at(at);
        text.push_str(before);
        if let Some(after) = brace.strip_prefix("{{").or_else(|| brace.strip_prefix("}}")) {
            text.extend(brace.chars().next());
            rest = after;
            continue;
        }
        let column = brace.strip_prefix('{').and_then(|inner| inner.split_once('}'));
        let Some((name, after)) = column.filter(|(name, _)| !name.trim().is_empty() && !name.contains('{'))
        else {
            return Err(format!("`{word}`: a column is `{{name}}`, a brace `{{{{` or `}}}}`"));
        };
        let name = name.trim();
        if !text.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut text)));
        }
        let place = columns.iter().position(|column| column == name).unwrap_or_else(|| {
            columns.push(name.to_owned());
            columns.len() - 1
        });
        parts.push(Part::Cell(place));
        rest = after;
    }
    text.push_str(rest);
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    Ok(parts)
}

/// What to do about a column that is not there.
pub(crate) fn perhaps(name: &str, columns: &[String]) -> String {
    let near = nearest(name, columns.iter().map(String::as_str));
    if let Some(near) = near.first() {
        return format!("perhaps `{{{near}}}`");
    }
    let all: Vec<String> = columns.iter().map(|column| format!("`{{{column}}}`")).collect();
    format!("the columns are {}", several(&all, 20))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn template(words: &[&str], roles: Vec<Role>) -> Template {
        Template::new(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>(), roles).unwrap()
    }

    fn account() -> Template {
        let option = |name: &str, values| Role::Option { name: name.to_owned(), values };
        let value = |name: &str| Role::Value(name.to_owned());
        template(
            &[
                "account", "create", "{login}", "--name", "{first} {last}", "--can", "{one}", "{two}",
                "--email={mail}", "--yes",
            ],
            vec![
                Role::Command,
                Role::Command,
                Role::Positional,
                option("--name", 1),
                value("--name"),
                option("--can", 99),
                value("--can"),
                value("--can"),
                Role::Joined("--email".to_owned()),
                option("--yes", 0),
            ],
        )
    }

    #[test]
    fn an_empty_cell_leaves_its_option_out() {
        let full = ["rosa", "Rosa", "Quill", "a", "", "r@x.example"].map(|cell| Some(cell.to_owned()));
        assert_eq!(
            account().fill(&full),
            [
                "account", "create", "--name=Rosa Quill", "--can=a", "--email=r@x.example", "--yes", "--",
                "rosa"
            ]
        );
        let words = account().fill(&[Some("rosa".to_owned()), None, None, None, None, None]);
        assert_eq!(words, ["account", "create", "--name= ", "--yes", "--", "rosa"]);
    }

    #[test]
    fn braces_are_doubled() {
        let words = template(&["find", "{{x}} {a}}}"], vec![Role::Command, Role::Positional]);
        assert_eq!(words.fill(&[Some("1".to_owned())]), ["find", "--", "{x} 1}"]);
        for wrong in ["{", "}", "{a", "a}", "{}", "{ }", "{a{b}"] {
            assert!(Template::new(&[wrong.to_owned()], vec![Role::Positional]).is_err(), "{wrong}");
            assert!(is_filled(wrong), "what is no template is never taken for a name");
        }
    }

    #[test]
    fn a_near_column_is_proposed() {
        let columns = ["Login", "E-mail"].map(str::to_owned);
        assert_eq!(perhaps("logn", &columns), "perhaps `{Login}`");
        assert_eq!(perhaps("phone", &columns), "the columns are `{Login}` and `{E-mail}`");
    }

    proptest! {
        // Rule 7.13.
        #[test]
        fn a_cell_is_never_an_option(cells in prop::collection::vec("(-{0,3}[a-z= ]{0,6}|.{0,4})", 6)) {
            let words = account().fill(&cells.iter().cloned().map(Some).collect::<Vec<_>>());
            let end = words.iter().position(|word| word == "--").unwrap();
            prop_assert_eq!(words.len(), end + 2);
            prop_assert_eq!(&words[end + 1], &OsString::from(&cells[0]));
            for word in &words[2..end] {
                let word = word.to_str().unwrap();
                let known = ["--name=", "--can=", "--email="].iter().any(|option| word.starts_with(option));
                prop_assert!(known || word == "--yes", "{}", word);
            }
        }
    }
}
