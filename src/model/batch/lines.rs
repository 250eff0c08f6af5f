//! A text of command lines, one a line as in a shell.

use std::ffi::OsString;

use shlex::Shlex;

/// A command line and the number of the line on which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CommandLine {
    pub(crate) number: u64,
    /// What is wrong with it as a line, or its text.
    text: Result<String, String>,
}

/// The command lines of a text. Empty lines and those that begin with `#` are none; a line that ends with a backslash goes on
/// in the next.
pub(crate) fn command_lines(bytes: &[u8]) -> Vec<CommandLine> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut lines: Vec<CommandLine> = Vec::new();
    let mut begun: Option<CommandLine> = None;
    for (number, raw) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        let raw = raw.strip_suffix(b"\r").unwrap_or(raw);
        let is_comment = begun.is_none() && raw.trim_ascii_start().starts_with(b"#");
        let goes_on = !is_comment && raw.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
        let raw = if goes_on { raw.split_last().map_or(raw, |(_, before)| before) } else { raw };
        let text = checked(raw);
        let line = match begun.take() {
            None if is_comment => continue,
            None => CommandLine { number, text },
            Some(CommandLine { number, text: before }) => {
                CommandLine { number, text: before.and_then(|before| Ok(before + &text?)) }
            }
        };
        if goes_on {
            begun = Some(line);
        } else {
            lines.push(line);
        }
    }
    lines.extend(begun);
    lines.retain(|line| !line.is_empty());
    lines
}

fn checked(line: &[u8]) -> Result<String, String> {
    let text = std::str::from_utf8(line).map_err(|error| {
        let byte = line.get(error.valid_up_to()).copied().unwrap_or_default();
        format!("holds a byte that is not UTF-8: 0x{byte:02X}")
    })?;
    if text.contains('\0') {
        return Err("holds a NUL, so the file may be in another encoding: save it as UTF-8".to_owned());
    }
    Ok(text.to_owned())
}

impl CommandLine {
    fn is_empty(&self) -> bool {
        self.text.as_ref().is_ok_and(|text| Shlex::new(text).next().is_none() && !text.contains(['\'', '"']))
    }

    /// Its words, without the name of the program; nothing in them is expanded.
    pub(crate) fn words(&self) -> Result<Vec<OsString>, String> {
        words(self.text.as_ref().map_err(Clone::clone)?)
    }
}

/// The words of a command line, without the name of the program.
pub(crate) fn words(text: &str) -> Result<Vec<OsString>, String> {
    let mut split = Shlex::new(text);
    let mut words: Vec<OsString> = split.by_ref().map(OsString::from).collect();
    if split.had_error {
        return Err("a quotation mark is opened and never closed".to_owned());
    }
    if words.first().is_some_and(|word| word == "caredesk") {
        words.remove(0);
    }
    Ok(words)
}

/// Commands as they are entered, line by line: what is quoted may hold line ends.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entered {
    /// Those that have ended.
    commands: Vec<String>,
    /// The last, which may go on.
    command: String,
    quote: Option<char>,
    is_comment: bool,
    is_word: bool,
    /// Whether a backslash stands at the end.
    is_joined: bool,
}

impl Entered {
    /// Of a whole text.
    pub(crate) fn of(text: &str) -> Self {
        let mut entered = Entered::default();
        entered.add(text);
        entered
    }

    /// One line more, or several. Empty ones and comments are no commands.
    pub(crate) fn add(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n");
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            self.is_joined = false;
            if letter == '\n' && self.quote.is_none() {
                self.end();
                continue;
            }
            if self.is_comment {
                continue;
            }
            match (letter, self.quote) {
                ('#', None) if !self.is_word => self.is_comment = true,
                ('\\', None | Some('"')) => {
                    // Before a line end it joins the lines.
                    if let Some(next) = letters.next_if(|next| *next != '\n') {
                        self.command.extend([letter, next]);
                        self.is_word = true;
                    } else {
                        let _line_end = letters.next();
                        self.is_joined = letters.peek().is_none();
                    }
                    continue;
                }
                ('\'' | '"', None) => self.quote = Some(letter),
                (_, Some(open)) if letter == open => self.quote = None,
                _ => {}
            }
            if !self.is_comment {
                self.command.push(letter);
                self.is_word = self.quote.is_some() || !letter.is_whitespace();
            }
        }
    }

    /// Whether the last command goes on: it ends with a backslash, or within quotation marks.
    pub(crate) fn is_open(&self) -> bool {
        self.quote.is_some() || self.is_joined
    }

    /// All of them; the next line begins another.
    pub(crate) fn take(&mut self) -> Vec<String> {
        self.end();
        std::mem::take(self).commands
    }

    fn end(&mut self) {
        let command = std::mem::take(&mut self.command);
        if !command.trim().is_empty() {
            self.commands.push(command);
        }
        (self.is_comment, self.is_word) = (false, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Vec<(u64, Result<Vec<String>, String>)> {
        let words = |line: &CommandLine| {
            line.words().map(|words| words.iter().map(|word| word.to_str().unwrap().to_owned()).collect())
        };
        command_lines(text).iter().map(|line| (line.number, words(line))).collect()
    }

    fn all_words(text: &str) -> Vec<Vec<String>> {
        read(text.as_bytes()).into_iter().map(|(_, words)| words.unwrap()).collect()
    }

    #[test]
    fn lines_are_split_as_a_shell_would() {
        assert_eq!(
            all_words("\u{feff}client list\r\n\n  # a comment \\\n caredesk find 'Ada  Moss' # who\n\t\n"),
            [vec!["client", "list"], vec!["find", "Ada  Moss"]]
        );
        assert_eq!(all_words(r#"a "b \" c" d\ e '' $HOME *"#), [["a", "b \" c", "d e", "", "$HOME", "*"]]);
        assert_eq!(all_words("a '#1' b#c"), [["a", "#1", "b#c"]]);
        assert_eq!(all_words(""), Vec::<Vec<String>>::new());
    }

    #[test]
    fn a_backslash_at_the_end_continues_a_line() {
        let lines =
            read(b"# first\nclient create \\\r\n  --given Ada \\\n  --family Moss\nclient list\\\\\n");
        let words = |text: &str| Ok(text.split(' ').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(
            lines,
            [(2, words("client create --given Ada --family Moss")), (5, words("client list\\"))]
        );
        assert_eq!(read(b"client list \\"), [(1, words("client list"))]);
    }

    #[test]
    fn what_is_entered_goes_on_while_it_is_open() {
        let commands = |text: &str| {
            let mut entered = Entered::default();
            text.split_inclusive('\n').for_each(|line| entered.add(line));
            let is_open = entered.is_open();
            assert_eq!(is_open, Entered::of(text).is_open(), "{text}");
            let commands = entered.take();
            assert_eq!(commands, Entered::of(text).take(), "{text}");
            let words = commands.iter().map(|text| words(text).map_err(drop));
            let words = words.map(|words| {
                words.map(|words| words.iter().map(|word| word.to_str().unwrap().to_owned()).collect())
            });
            (words.collect::<Result<Vec<Vec<String>>, ()>>().unwrap_or_default(), is_open)
        };
        let both = [vec!["client", "list"], vec!["find", "Ada\nMoss"]];
        let both = both.map(|words| words.into_iter().map(str::to_owned).collect::<Vec<_>>()).to_vec();
        assert_eq!(commands("client \\\n list # it's\r\n\n# 'no\nfind 'Ada\nMoss'\n"), (both, false));
        for open in ["find 'Ada", "find \"Ada\\\"", "client \\", "a\nb 'c\n", "find \"a\\", "client \\\n"] {
            assert!(Entered::of(open).is_open(), "{open}");
        }
        for whole in
            ["", "find a\\\\", "# it's", "find 'a' # b\\", "a#b 'c'", "find \"it's\"", "client \\\nlist"]
        {
            assert!(!Entered::of(whole).is_open(), "{whole}");
        }
    }

    #[test]
    fn what_is_no_line_is_named_by_its_number() {
        let lines = read(b"client list\nfind 'Ada\nfind \xe9\nfind \0\n'\n");
        let wrong: Vec<(u64, bool)> = lines.iter().map(|(number, words)| (*number, words.is_err())).collect();
        assert_eq!(wrong, [(1, false), (2, true), (3, true), (4, true), (5, true)]);
        assert!(lines[2].1.as_ref().unwrap_err().contains("0xE9"));
    }
}
