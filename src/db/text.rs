//! Prepares the text of a query: absent filters are removed, so that the planner can use an index, and a
//! tuple of VALUES is repeated.

use std::borrow::Cow;

use super::Params;

/// Ends a line that holds an optional filter.
const OPTIONAL: &str = "-- ?";
/// The lines before and after an optional filter of several lines.
const BLOCK: [&str; 2] = ["-- ?{", "-- ?}"];

/// Drops each line that ends in `-- ?`, and all lines between `-- ?{` and `-- ?}`, if one of their values is
/// absent.
pub(super) fn present<'a>(sql: &'a str, params: Params<'_>) -> Cow<'a, str> {
    if !sql.contains(OPTIONAL) {
        return Cow::Borrowed(sql);
    }
    let [open, close] = BLOCK;
    let mut kept = Vec::new();
    let mut lines = sql.lines();
    while let Some(line) = lines.next() {
        if line.trim() == open {
            let block: Vec<&str> = lines.by_ref().take_while(|line| line.trim() != close).collect();
            if !block.iter().any(|line| lacks_a_value(line, params)) {
                kept.extend(block);
            }
        } else if !line.trim_end().ends_with(OPTIONAL) || !lacks_a_value(line, params) {
            kept.push(line);
        }
    }
    Cow::Owned(kept.join("\n"))
}

fn lacks_a_value(line: &str, params: Params<'_>) -> bool {
    placeholders(line).any(|number| params.get(number - 1).is_none_or(|value| value.is_absent()))
}

/// The numbers of the placeholders in a text, in order of appearance.
fn placeholders(sql: &str) -> impl Iterator<Item = usize> {
    sql.split('$').skip(1).filter_map(|rest| {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        rest[..digits].parse().ok().filter(|number| *number > 0)
    })
}

/// The lines of a statement that are no comment, which may hold any word.
fn lines_of_code(sql: &str) -> impl Iterator<Item = &str> {
    sql.lines().filter(|line| !line.trim_start().starts_with("--"))
}

pub(super) fn without_comments(sql: &str) -> String {
    lines_of_code(sql).flat_map(|line| [line, "\n"]).collect()
}

/// The name of a statement, which the first line of its file holds; of another how it begins.
pub(super) fn name(sql: &str) -> &str {
    let is_name = |name: &&str| {
        name.contains('/') && name.chars().all(|letter| letter.is_ascii_lowercase() || "/_-".contains(letter))
    };
    let name = sql.lines().filter_map(|line| line.strip_prefix("-- ")).find(is_name);
    let begins = || lines_of_code(sql).map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    name.unwrap_or_else(begins)
}

/// Whether it only reads, as its first word says.
pub(super) fn is_query(sql: &str) -> bool {
    let code = lines_of_code(sql).map(str::trim_start).find(|line| !line.is_empty());
    code.is_some_and(|line| line.starts_with("SELECT"))
}

/// What a statement does to rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Verb {
    Insert,
    Update,
    Delete,
}

impl Verb {
    pub(super) fn name(self) -> &'static str {
        match self {
            Verb::Insert => "insert",
            Verb::Update => "update",
            Verb::Delete => "delete",
        }
    }
}

/// What a statement does, and to what table; none if it only reads.
pub(super) fn verb_and_table(sql: &str) -> Option<(Verb, &str)> {
    let mut words = lines_of_code(sql).flat_map(str::split_whitespace);
    match (words.next()?, words.next()?) {
        ("INSERT", "INTO") => words.next().map(|table| (Verb::Insert, table)),
        ("DELETE", "FROM") => words.next().map(|table| (Verb::Delete, table)),
        ("UPDATE", table) => Some((Verb::Update, table)),
        _ => None,
    }
}

/// For SQLite `$2` is a name, found by a search among all names before it; `?2` is a number.
pub(super) fn numbered(sql: &str) -> String {
    sql.replace('$', "?")
}

/// `VALUES ($1, $2)` for `rows` rows of `columns` values each. The tuple may hold literals too; it ends at
/// the first `)` after `VALUES (`.
pub(super) fn repeat_values(sql: &str, columns: usize, rows: usize) -> String {
    let Some((head, rest)) = sql.split_once("VALUES (") else { return sql.to_owned() };
    let (tuple, tail) = rest.split_once(')').unwrap_or((rest, ""));
    let mut text = format!("{head}VALUES ");
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        renumber(&mut text, tuple, row * columns);
        text.push(')');
    }
    text.push_str(tail);
    text
}

/// Appends the tuple with `by` added to the number of every placeholder.
fn renumber(text: &mut String, tuple: &str, by: usize) {
    let mut parts = tuple.split('$');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(part.len());
        let (number, rest) = part.split_at(digits);
        text.push('$');
        match number.parse::<usize>() {
            Ok(number) => text.push_str(&(number + by).to_string()),
            Err(_) => text.push_str(number),
        }
        text.push_str(rest);
    }
}

/// Replaces `($all_in)` by placeholders, numbered after `after`.
pub(super) fn all_in(sql: &str, after: usize, count: usize) -> String {
    let placeholders: Vec<String> = (after + 1..=after + count).map(|number| format!("${number}")).collect();
    sql.replace("($all_in)", &format!("({})", placeholders.join(", ")))
}

/// Repeats the lines between `-- each` and `-- end` for each of `count` placeholders, which are numbered
/// after `after` and replace `$each`; joined by UNION ALL.
pub(super) fn for_each(sql: &str, after: usize, count: usize) -> String {
    let parts =
        sql.split_once("-- each\n").and_then(|(head, rest)| Some((head, rest.split_once("-- end\n")?)));
    let Some((head, (one, tail))) = parts else { return sql.to_owned() };
    let branches: Vec<String> =
        (after + 1..=after + count).map(|number| one.replace("$each", &format!("${number}"))).collect();
    format!("{head}{}{tail}", branches.join("UNION ALL\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::params;

    #[test]
    fn an_absent_filter_takes_its_line_along() {
        let sql = "SELECT 1 WHERE TRUE\n  AND a = $1 -- ?\n  AND b = $2 -- ?\nORDER BY c";
        let kept = present(sql, params![None::<i64>, 7_i64]);
        assert_eq!(kept, "SELECT 1 WHERE TRUE\n  AND b = $2 -- ?\nORDER BY c");
    }

    #[test]
    fn a_line_without_the_mark_always_stays() {
        assert_eq!(present("AND a = $1", params![None::<i64>]), "AND a = $1");
    }

    #[test]
    fn a_filter_may_span_lines() {
        let sql =
            "SELECT 1 WHERE TRUE\n  -- ?{\n  AND a IN (SELECT b\n    WHERE b = $1)\n  -- ?}\nORDER BY c";
        let kept = present(sql, params![7_i64]);
        assert_eq!(kept, "SELECT 1 WHERE TRUE\n  AND a IN (SELECT b\n    WHERE b = $1)\nORDER BY c");
        assert_eq!(present(sql, params![None::<i64>]), "SELECT 1 WHERE TRUE\nORDER BY c");
    }

    #[test]
    fn a_query_is_known_by_its_first_word() {
        assert!(is_query("-- The rows.\n\n  SELECT 1"));
        assert!(
            !is_query("-- SELECT\nWITH a AS (DELETE FROM b) SELECT 1") && !is_query("INSERT INTO a SELECT 1")
        );
    }

    #[test]
    fn what_a_statement_changes_is_known_by_its_first_words() {
        let insert = "-- DELETE FROM a\nINSERT INTO b\n  (c) VALUES ($1)";
        assert_eq!(verb_and_table(insert), Some((Verb::Insert, "b")));
        assert_eq!(verb_and_table("UPDATE a SET b = $1"), Some((Verb::Update, "a")));
        assert_eq!(verb_and_table("DELETE FROM a WHERE b"), Some((Verb::Delete, "a")));
        assert_eq!(verb_and_table("SELECT a FROM b"), None);
        assert_eq!(without_comments("-- a\nb\n  -- c\nd -- e"), "b\nd -- e\n");
    }

    #[test]
    fn tuples_are_numbered_on() {
        let sql = "INSERT INTO t (a, b, c)\nVALUES ($1, TRUE, $2)\nON CONFLICT DO NOTHING";
        assert_eq!(
            repeat_values(sql, 2, 2),
            "INSERT INTO t (a, b, c)\nVALUES ($1, TRUE, $2), ($3, TRUE, $4)\nON CONFLICT DO NOTHING"
        );
    }

    #[test]
    fn a_branch_is_repeated_for_each() {
        let sql = "SELECT a FROM (\n-- each\nSELECT a FROM t WHERE b = $each AND c < $1\n-- end\n) AS u";
        assert_eq!(
            for_each(sql, 1, 2),
            "SELECT a FROM (\nSELECT a FROM t WHERE b = $2 AND c < $1\nUNION ALL\nSELECT a FROM t WHERE b = $3 AND c < $1\n) AS u"
        );
    }
}
