//! The editor of lines on a terminal: history, completion, several lines.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use reedline::{
    DefaultHinter, DescriptionMode, EditCommand, Emacs, IdeMenu, KeyCode, KeyModifiers, MenuBuilder, Prompt,
    PromptEditMode, PromptHistorySearch, Reedline, ReedlineEvent, ReedlineMenu, Signal, ValidationResult,
    Validator, default_emacs_keybindings,
};

use super::completer::{self, Words};
use super::history;
use super::line::Session;
use super::portal::Portal;
use crate::error::Result;
use crate::model::batch::lines::Entered;
use crate::output::sanitize::sanitize;

const MENU: &str = "completion";

pub(super) struct Editor {
    editor: Reedline,
    prompt: Login,
}

/// What a person did.
pub(super) enum Typing {
    Entered(String),
    /// Ctrl-C: nothing is done with the line.
    Dropped,
    /// Ctrl-D on an empty line.
    Ended,
    /// The process is asked to end.
    Broken,
}

impl Editor {
    pub(super) fn new(session: &Session, keeps: bool, broken: Arc<AtomicBool>) -> Self {
        let menu = IdeMenu::default()
            .with_name(MENU)
            .with_marker("")
            .with_max_completion_height(12)
            .with_description_mode(DescriptionMode::Right);
        let mut keys = default_emacs_keybindings();
        let next = vec![ReedlineEvent::Menu(MENU.to_owned()), ReedlineEvent::MenuNext];
        keys.add_binding(KeyModifiers::NONE, KeyCode::Tab, ReedlineEvent::UntilFound(next));
        keys.add_binding(KeyModifiers::SHIFT, KeyCode::BackTab, ReedlineEvent::MenuPrevious);
        keys.add_binding(
            KeyModifiers::ALT,
            KeyCode::Enter,
            ReedlineEvent::Edit(vec![EditCommand::InsertNewline]),
        );
        let editor = Reedline::create()
            .with_ansi_colors(session.is_coloured())
            .with_completer(Box::new(Words))
            .with_quick_completions(true)
            .with_partial_completions(true)
            .with_menu(ReedlineMenu::EngineCompleter(Box::new(menu)))
            .with_edit_mode(Box::new(Emacs::new(keys)))
            .with_validator(Box::new(Whole))
            .with_hinter(Box::new(DefaultHinter::default()))
            .with_history_exclusion_prefix(Some(" ".to_owned()))
            .with_break_signal(broken)
            .use_bracketed_paste(true);
        let editor = match if keeps { history::of(session.location()) } else { Ok(None) } {
            Ok(Some(kept)) => editor.with_history(Box::new(kept)),
            Ok(None) => editor,
            Err(error) => {
                session.note(&format!("no line is kept for later shells: {error}"));
                editor
            }
        };
        Editor { editor, prompt: Login(format!("{}> ", sanitize(&session.prompt()))) }
    }

    pub(super) fn read(&mut self, session: &Session) -> Result<Typing> {
        completer::ask(Some(Box::new(session.looking())), session.portal().map(Portal::grammar));
        let signal = self.editor.read_line(&self.prompt);
        // What the next command does is not kept from the one after it.
        completer::ask(None, None);
        // A history that cannot be written is no reason to refuse a line.
        let _ = self.editor.sync_history();
        Ok(match signal {
            Ok(Signal::Success(text)) => Typing::Entered(text),
            Ok(Signal::CtrlC) => Typing::Dropped,
            Ok(Signal::CtrlD) => Typing::Ended,
            Ok(_) => Typing::Broken,
            Err(error) => {
                return Err(anyhow::Error::msg(error.to_string())
                    .context("the terminal cannot be read")
                    .into());
            }
        })
    }
}

/// The actor and the database, before each line.
struct Login(String);

impl Prompt for Login {
    fn render_prompt_left(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0)
    }

    fn render_prompt_right(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }

    fn render_prompt_indicator(&self, _: PromptEditMode) -> Cow<'_, str> {
        Cow::Borrowed("")
    }

    fn render_prompt_multiline_indicator(&self) -> Cow<'_, str> {
        Cow::Borrowed("...> ")
    }

    fn render_prompt_history_search_indicator(&self, search: PromptHistorySearch) -> Cow<'_, str> {
        Cow::Owned(format!("(earlier: {}) ", sanitize(&search.term)))
    }
}

/// A line that is not whole goes on when Enter is pressed.
struct Whole;

impl Validator for Whole {
    fn validate(&self, line: &str) -> ValidationResult {
        if Entered::of(line).is_open() { ValidationResult::Incomplete } else { ValidationResult::Complete }
    }
}
