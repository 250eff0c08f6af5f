//! The state of a hub as a text that people can edit and keep: YAML, or JSON (rule 7.31).

use anyhow::Context as _;

use crate::error::{Error, Kind, Result};
use crate::file::Input;
use crate::model::state::State;

/// The largest file that is read.
const LARGEST: usize = 64 * 1024 * 1024;

/// How a state is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Yaml,
    Json,
}

impl Form {
    /// That of a file by its ending; JSON is YAML too.
    pub(crate) fn of(name: &str) -> Self {
        if name.to_lowercase().ends_with(".json") { Form::Json } else { Form::Yaml }
    }
}

/// The whole text, with a line end behind it.
pub(crate) fn write(state: &State, form: Form) -> Result<String> {
    let mut text = match form {
        Form::Yaml => serde_saphyr::to_string(state).context("the state cannot be written")?,
        Form::Json => serde_json::to_string_pretty(state).context("the state cannot be written")?,
    };
    // What the last value ends with is its own.
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(text)
}

/// As `export` writes it, for a comparison.
pub(crate) fn text_of(state: State) -> Result<String> {
    write(&state.for_file(), Form::Yaml)
}

/// Invalid, with the place and what is wrong there: no YAML or JSON, a key that is not known, a value of another sort.
pub(crate) fn read(input: &Input) -> Result<State> {
    let bytes = input.read(LARGEST)?;
    let name = input.name();
    let text = String::from_utf8(bytes).map_err(|error| {
        Error::new(Kind::Invalid, "state.unreadable", format!("`{name}` is not written in UTF-8"))
            .because(error)
    })?;
    serde_saphyr::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        let place = error.location().map_or(String::new(), |at| format!(", line {}", at.line()));
        let what = error.without_snippet().to_string();
        let what = what.lines().next().unwrap_or_default();
        let what = what.split_once(" at line ").map_or(what, |(what, _)| what);
        Error::new(Kind::Invalid, "state.unreadable", format!("`{name}`{place}: {what}"))
            .hint("`caredesk schema export` describes the file")
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::{btree_map, vec};
    use proptest::option;
    use proptest::prelude::*;

    use super::*;
    use crate::model::sharing::DataType;
    use crate::model::state::{Account, Hub, Provider, Queue, Said, Sharing};

    fn read_back(state: &State, form: Form) -> State {
        let text = write(state, form).unwrap();
        let name = if form == Form::Json { "hub.json" } else { "hub.yaml" };
        read(&Input::of(name, text.as_bytes())).unwrap_or_else(|error| panic!("{}\n{text}", error.message()))
    }

    /// Names that YAML could take for something else, and any other.
    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            Just("null".to_owned()),
            Just("~".to_owned()),
            Just("yes".to_owned()),
            Just("0123".to_owned()),
            Just("1e3".to_owned()),
            Just("2026-12-01".to_owned()),
            Just("- a: b # c".to_owned()),
            Just("&a *b !c".to_owned()),
            Just("'\"".to_owned()),
            "[a-zA-Z0-9 :#&*!|>'\"%@`{},\\[\\]-]{1,12}",
            "\\PC{1,12}",
        ]
    }

    fn said() -> impl Strategy<Value = Said<String>> {
        option::of(option::of(text()))
    }

    fn sharing() -> impl Strategy<Value = Sharing> {
        (
            option::of(1_i64..4),
            option::of(any::<bool>()),
            option::of(option::of(1_i64..999)),
            said(),
            option::of(vec(text(), 0..3)),
        )
            .prop_map(|(level, release, default_days, notice, with)| Sharing {
                level,
                release,
                default_days,
                notice,
                with,
                ..Sharing::default()
            })
    }

    fn provider() -> impl Strategy<Value = Provider> {
        let types = proptest::sample::select(DataType::ALL);
        let shared = option::of(btree_map(types, sharing(), 0..3));
        (text(), said(), said(), option::of(any::<bool>()), shared).prop_map(
            |(name, email, phone, active, sharing)| Provider {
                name,
                active,
                email,
                phone,
                sharing,
                ..Provider::default()
            },
        )
    }

    fn state() -> impl Strategy<Value = State> {
        let queue = (text(), option::of(vec(text(), 0..3))).prop_map(|(name, statuses)| Queue {
            name,
            statuses,
            ..Queue::default()
        });
        let account =
            (text(), said()).prop_map(|(login, email)| Account { login, email, ..Account::default() });
        let hub = (option::of(text()), option::of(option::of(1_u32..99)))
            .prop_map(|(name, signing_age)| Hub { name, signing_age, ..Hub::default() });
        (
            option::of(hub),
            option::of(vec(queue, 0..3)),
            option::of(vec(provider(), 0..3)),
            option::of(vec(account, 0..3)),
        )
            .prop_map(|(hub, queues, providers, accounts)| State {
                caredesk: 1,
                hub,
                queues,
                providers,
                accounts,
                categories: None,
            })
    }

    proptest! {
        // Rule 7.31.
        #[test]
        fn what_is_written_is_read(state in state()) {
            prop_assert_eq!(&read_back(&state, Form::Yaml), &state);
            prop_assert_eq!(&read_back(&state, Form::Json), &state);
        }
    }

    #[test]
    fn what_the_last_value_ends_with_is_kept() {
        for end in ["\u{202f}", "\u{a0}", " ", "\t", "\n", "\n\n", "\r\n", "\u{85}", "\u{2028}"] {
            let email = Some(Some(format!("rosa{end}")));
            let account = Account { login: "rosa".to_owned(), email, ..Account::default() };
            let state = State { caredesk: 1, accounts: Some(vec![account]), ..State::default() };
            assert_eq!(read_back(&state, Form::Yaml), state, "{end:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, what) in [
            ("caredesk: 1\nprovders: []\n", "`hub.yaml`, line 2: "),
            ("caredesk: 1\nproviders:\n- nme: Harbour\n", "`hub.yaml`, line 3: "),
            ("caredesk: 1\nproviders:\n- name: Harbour\n  active: maybe\n", "`hub.yaml`, line 4: "),
            ("caredesk: 1\naccounts:\n- login: a\n  can: [edit]\n", "`hub.yaml`, line 4: "),
            ("providers: []\n", "`hub.yaml`"),
            ("caredesk: 1\nproviders: [\n", "`hub.yaml`"),
            ("", "`hub.yaml`"),
        ] {
            let error = read(&Input::of("hub.yaml", text.as_bytes())).unwrap_err();
            assert_eq!(error.code(), "state.unreadable");
            assert!(error.message().starts_with(what), "{text}: {}", error.message());
        }
    }

    #[test]
    fn an_empty_value_is_not_an_absent_one() {
        let read = |text: &str| read(&Input::of("hub.yaml", text.as_bytes())).unwrap().providers.unwrap();
        assert_eq!(read("caredesk: 1\nproviders: [{name: A}]")[0].email, None);
        assert_eq!(read("caredesk: 1\nproviders: [{name: A, email: null}]")[0].email, Some(None));
        assert_eq!(read("caredesk: 1\nproviders: [{name: A, email: ~}]")[0].email, Some(None));
        assert_eq!(
            read("caredesk: 1\nproviders: [{name: A, sharing: {}}]")[0].sharing,
            Some(BTreeMap::new())
        );
    }
}
