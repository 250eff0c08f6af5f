//! A command line as a person types it, split into arguments.

/// Splits at spaces. Single quotes keep everything, double quotes and a backslash work as in a shell; nothing is expanded.
pub fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match character {
            '\'' => word.get_or_insert_default().extend(quoted(&mut characters, '\'', line)),
            '"' => word.get_or_insert_default().extend(quoted(&mut characters, '"', line)),
            '\\' => word.get_or_insert_default().extend(characters.next()),
            space if space.is_whitespace() => words.extend(word.take()),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    words
}

fn quoted(characters: &mut std::str::Chars<'_>, end: char, line: &str) -> Vec<char> {
    let mut inside = Vec::new();
    while let Some(character) = characters.next() {
        match character {
            _ if character == end => return inside,
            '\\' if end == '"' => inside.extend(characters.next()),
            _ => inside.push(character),
        }
    }
    panic!("the quote {end} is not closed in: {line}")
}

#[test]
fn words_are_split_as_in_a_shell() {
    let line = r#"provider create 'Acme "Care"'  --note "say \"hi\" to Tim's" --empty '' a\ b x'y'z"#;
    let expected =
        ["provider", "create", "Acme \"Care\"", "--note", "say \"hi\" to Tim's", "--empty", "", "a b", "xyz"];
    assert_eq!(split(line), expected);
}
