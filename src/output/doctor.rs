//! What `doctor` has found: group by group, each check a line with a sign and a word, and the commands below.

use std::iter;

use anstyle::Style;

use super::card::Marked;
use super::style::{BAD, FAINT, GOOD, STRONG};
use super::{Card, Output};
use crate::error::Result;
use crate::model::doctor::{CheckResult, Diagnosis};

pub(crate) fn print(output: &Output, diagnoses: &[Diagnosis]) -> Result<()> {
    if output.quiet {
        let found = diagnoses.iter().filter(|one| one.result == CheckResult::Found);
        return output.rows(found.cloned(), "nothing was found");
    }
    if !output.is_drawing() {
        return output.rows(diagnoses.to_vec(), "nothing was looked at");
    }
    let groups = diagnoses.chunk_by(|one, other| one.group == other.group);
    let rows: Vec<Marked<3>> = groups.flat_map(group).collect();
    output.put(Card::new(output, "").marked(&rows))
}

fn group(diagnoses: &[Diagnosis]) -> Vec<Marked<3>> {
    let name = diagnoses.first().map(|one| one.group.name()).unwrap_or_default();
    let heading = Marked {
        style: STRONG,
        cells: [name[..1].to_uppercase() + &name[1..], String::new(), String::new()],
        command: None,
    };
    iter::once(heading).chain(diagnoses.iter().flat_map(rows)).collect()
}

fn rows(one: &Diagnosis) -> Vec<Marked<3>> {
    let row = |style, cells, command: Option<&String>| Marked { style, cells, command: command.cloned() };
    let (style, mark) = mark(one);
    let mut rows = vec![row(style, [mark, one.check.name().to_owned(), one.words()], one.command.as_ref())];
    if let Some(list) = &one.list {
        let named = i64::try_from(one.first.len()).unwrap_or(i64::MAX);
        if one.has_more || one.number > named {
            let all = [String::new(), String::new(), "all of them:".to_owned()];
            rows.push(row(Style::new(), all, Some(list)));
        }
    }
    rows
}

/// A word beside the sign, so that neither sign nor colour stands alone.
fn mark(one: &Diagnosis) -> (Style, String) {
    match one.result {
        CheckResult::Ok => (GOOD, "  ✓ ok".to_owned()),
        CheckResult::Found => (BAD, format!("  ✗ {} found", one.count())),
        CheckResult::Note => (STRONG, format!("  ! {} to note", one.count())),
        CheckResult::Skipped => (FAINT, "  · skipped".to_owned()),
    }
}
