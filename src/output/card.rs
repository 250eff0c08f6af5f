//! One thing for people: a line for each field that says something.

use crate::model::zone::Zone;

use super::clean::clean;
use super::value::{Fields, cell};
use super::{Field, Shape};

pub(super) fn card(fields: &Fields, known: &[Field], zone: Zone) -> String {
    let widest = fields.keys().map(String::len).max().unwrap_or(0);
    let mut text = String::new();
    for (key, value) in fields {
        let shape = known.iter().find(|field| field.key == key).map_or(Shape::Text, |field| field.shape);
        let said = cell(value, shape, zone);
        if !said.is_empty() {
            let indent = " ".repeat(widest + 2);
            let said: Vec<String> = said.lines().map(|line| clean(line).into_owned()).collect();
            text += &format!("{:widest$}  {}\n", key.replace('_', " "), said.join(&format!("\n{indent}")));
        }
    }
    text
}
