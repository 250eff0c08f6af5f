//! Pages for paper: forms that a person signs, the sheet of a package, a week. Other programs read them back.

mod form;
mod package;
mod register;
mod release;
mod week;

use std::process::Command;

use crate::contact_pdf::{dense, must_be_sound, text_of};
use crate::world::{World, aloud};

/// The pages as another program reads them; `None`, said aloud, where none does. The document is sound, tagged, and has all its fonts.
fn pages(world: &World, file: &str) -> Option<Vec<String>> {
    let path = world.path(file);
    must_be_sound(&path);
    let ask = |program: &str| {
        let output = Command::new(program).arg(&path).output();
        let text = output.ok().map(|output| String::from_utf8(output.stdout).unwrap());
        text.or_else(|| {
            aloud(&format!(
                "SKIPPED a check of {file}: there is no {program} (apt-get install poppler-utils)"
            ));
            None
        })
    };
    if let Some(about) = ask("pdfinfo") {
        let tagged = about.lines().find_map(|line| line.strip_prefix("Tagged:")).map(str::trim);
        assert_eq!(tagged, Some("yes"), "{about}");
    }
    if let Some(fonts) = ask("pdffonts") {
        let embedded = |line: &str| line.split_whitespace().rev().nth(4) == Some("yes");
        assert!(fonts.lines().count() > 2 && fonts.lines().skip(2).all(embedded), "{fonts}");
    }
    let Some(text) = text_of(&path) else {
        aloud(&format!("SKIPPED reading {file}: there is neither pdftotext nor python3 with pypdf"));
        return None;
    };
    Some(text.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect())
}

/// All of these are on the pages, and none of those.
fn must_say(pages: &[String], said: &[&str], unsaid: &[&str]) {
    let text = dense(&pages.concat());
    for words in said {
        assert!(text.contains(&dense(words)), "`{words}` is not in:\n{}", pages.concat());
    }
    for words in unsaid {
        assert!(!text.contains(&dense(words)), "`{words}` is in:\n{}", pages.concat());
    }
}
