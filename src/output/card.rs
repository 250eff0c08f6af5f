//! One thing for people: a line for each field that says something.

use crate::model::zone::Zone;

use super::cell::{Fields, cell};
use super::sanitize::sanitize;

use crate::model::view::{Field, FieldKind};

pub(super) fn card(fields: &Fields, known: &[Field], zone: Zone) -> String {
    let widest = fields.keys().map(String::len).max().unwrap_or(0);
    let mut text = String::new();
    for (key, value) in fields {
        let kind = known.iter().find(|field| field.key == key).map_or(FieldKind::Text, |field| field.kind);
        let content = cell(value, kind, zone);
        if !content.is_empty() {
            let indent = " ".repeat(widest + 2);
            let content: Vec<String> = content.lines().map(|line| sanitize(line).into_owned()).collect();
            text += &format!("{:widest$}  {}\n", key.replace('_', " "), content.join(&format!("\n{indent}")));
        }
    }
    text
}
