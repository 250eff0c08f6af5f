//! The configuration file: settings for all runs, and profiles, which are named sets of them (rule 7.30).

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::environment;
use crate::db::Location;
use crate::error::{Error, Kind, Result};
use crate::file::Input;
use crate::model::setting::Setting;
use crate::model::text::{nearest, several};

/// What a file says of settings, each as a text.
pub(super) type Values = BTreeMap<Setting, String>;

#[derive(Clone, Debug)]
pub(super) struct Config {
    path: PathBuf,
    /// That of runs which name none.
    pub(super) usual: Option<String>,
    pub(super) for_all: Values,
    pub(super) profiles: BTreeMap<String, Values>,
}

impl Config {
    /// The file that `CAREDESK_CONFIG` names, or that in the folder of configurations; there need not be one.
    pub(super) fn read() -> Result<Option<Config>> {
        let named = std::env::var_os("CAREDESK_CONFIG").filter(|path| !path.is_empty()).map(PathBuf::from);
        let (path, is_named) = match named {
            Some(path) => (path, true),
            None => match environment::configuration_file() {
                Some(path) => (path, false),
                None => return Ok(None),
            },
        };
        if !is_named && !path.exists() {
            return Ok(None);
        }
        let input = Input::from(path.as_path());
        let text = input.text_of_owner()?;
        let config = Config::of(&path, &text)?;
        if config.values().any(|value| Location::may_hold_a_password(value)) {
            input.secret()?;
        }
        Ok(Some(config))
    }

    /// What the file at this path says with this text.
    pub(super) fn of(path: &Path, text: &str) -> Result<Config> {
        File { path, text }.config()
    }

    fn values(&self) -> impl Iterator<Item = &String> {
        self.profiles.values().chain([&self.for_all]).flat_map(BTreeMap::values)
    }

    pub(super) fn path(&self) -> String {
        self.path.display().to_string()
    }

    /// The settings of a profile. Usage error: there is none of this name.
    pub(super) fn profile(&self, name: &str) -> Result<&Values> {
        self.profiles.get(name).ok_or_else(|| {
            let names: Vec<String> = self.profiles.keys().cloned().collect();
            let there = match names.as_slice() {
                [] => "it has none; begin one with a line `[profiles.NAME]`".to_owned(),
                names => format!("it has {}", several(names, 10)),
            };
            Error::new(
                Kind::Usage,
                "config.unknown_profile",
                format!("there is no profile `{name}` in `{}`", self.path()),
            )
            .hint(there)
        })
    }
}

/// A file while it is read.
struct File<'a> {
    path: &'a Path,
    text: &'a str,
}

impl File<'_> {
    fn config(&self) -> Result<Config> {
        let document = DeTable::parse(self.text)
            .map_err(|error| self.error(error.span().unwrap_or_default(), error.message()))?;
        let mut config = Config {
            path: self.path.to_owned(),
            usual: None,
            for_all: Values::new(),
            profiles: BTreeMap::new(),
        };
        for (key, value) in document.get_ref() {
            match &**key.get_ref() {
                "profile" => config.usual = Some(self.text_of(key.get_ref(), value)?),
                "profiles" => config.profiles = self.profiles(value)?,
                name => {
                    let (setting, text) = self.setting(name, key.span(), value, &["profile", "profiles"])?;
                    config.for_all.insert(setting, text);
                }
            }
        }
        Ok(config)
    }

    fn profiles(&self, value: &Spanned<DeValue<'_>>) -> Result<BTreeMap<String, Values>> {
        let DeValue::Table(table) = value.get_ref() else {
            return Err(self.error(value.span(), "`profiles` is no value: write `[profiles.NAME]`"));
        };
        let profile = |(name, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
            let name: &std::borrow::Cow<'_, str> = name.get_ref();
            let DeValue::Table(settings) = value.get_ref() else {
                return Err(
                    self.error(value.span(), "`profiles` holds profiles: write `[profiles.NAME]` above it")
                );
            };
            let setting = |(key, value): (&Spanned<std::borrow::Cow<'_, str>>, _)| {
                self.setting(key.get_ref(), key.span(), value, &[])
            };
            Ok((name.to_string(), settings.iter().map(setting).collect::<Result<Values>>()?))
        };
        table.iter().map(profile).collect()
    }

    /// `others` are the further words that may stand there.
    fn setting(
        &self, name: &str, span: Range<usize>, value: &Spanned<DeValue<'_>>, others: &[&str],
    ) -> Result<(Setting, String)> {
        let Some(setting) = Setting::from_name(name) else {
            let names = Setting::ALL.iter().map(|setting| setting.name()).chain(others.iter().copied());
            let error = self.error(span, &format!("`{name}` is no setting"));
            return Err(error.hint(match nearest(name, names.clone()).first() {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are {}", names.collect::<Vec<_>>().join(", ")),
            }));
        };
        let text = match (setting, value.get_ref()) {
            (Setting::NoInput, DeValue::Boolean(is_set)) => is_set.to_string(),
            (Setting::NoInput, _) => return Err(self.error(value.span(), "`no-input` is true or false")),
            _ => self.text_of(name, value)?,
        };
        Ok((setting, if setting.is_path() { self.resolved(text) } else { text }))
    }

    fn text_of(&self, name: &str, value: &Spanned<DeValue<'_>>) -> Result<String> {
        match value.get_ref() {
            DeValue::String(text) if !text.is_empty() => Ok(text.to_string()),
            DeValue::String(_) => Err(self.error(value.span(), &format!("`{name}` is empty"))),
            _ => Err(self.error(value.span(), &format!("the value of `{name}` stands in quotes"))),
        }
    }

    /// The name of a file as seen from the folder of this one; `~/` is the home directory.
    fn resolved(&self, text: String) -> String {
        if text.contains("://") {
            return text;
        }
        let path = match text.strip_prefix("~/") {
            Some(rest) => environment::home().map(|home| home.join(rest)),
            None => self.path.parent().map(|folder| folder.join(&text)),
        };
        path.map_or(text, |path| path.display().to_string())
    }

    fn error(&self, span: Range<usize>, what: &str) -> Error {
        let before = self.text.get(..span.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let what = what.trim().replace('\n', ", ");
        Error::new(
            Kind::Environment,
            "config.wrong",
            format!("`{}`, line {line}: {what}", self.path.display()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config> {
        Config::of(Path::new("/etc/care/config.toml"), text)
    }

    #[test]
    fn a_profile_is_a_set_of_settings() {
        let config = read(
            "profile = \"main\"\nno-input = true\n[profiles.main]\ndb = \"a.db\"\n\
             [profiles.far]\ndb = 'postgres://h/x'\nlock-timeout = '5s'\n",
        )
        .unwrap();
        assert_eq!(config.usual.as_deref(), Some("main"));
        assert_eq!(config.for_all[&Setting::NoInput], "true");
        assert_eq!(config.profile("main").unwrap()[&Setting::Db], "/etc/care/a.db");
        assert_eq!(config.profile("far").unwrap()[&Setting::Db], "postgres://h/x");
        assert_eq!(config.profile("near").unwrap_err().hint_text(), Some("it has far and main"));
    }

    // Rule 7.30.
    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, what) in [
            ("ouput = 'csv'", "line 1: `ouput` is no setting"),
            ("\n\n[profiles.main]\nprofile = 'a'", "line 4: `profile` is no setting"),
            ("output = csv", "line 1: string values must be quoted, expected literal string"),
            ("output = 7", "line 1: the value of `output` stands in quotes"),
            ("output = ''", "line 1: `output` is empty"),
            ("no-input = 'yes'", "line 1: `no-input` is true or false"),
            ("profiles = 1", "line 1: `profiles` is no value: write `[profiles.NAME]`"),
            ("[profiles]\nmain = 'x'", "line 2: `profiles` holds profiles: write `[profiles.NAME]` above it"),
            ("db = 'a'\ndb = 'b'", "line 2: duplicate key"),
            ("[profiles.main", "line 1: unclosed table, expected `]`"),
        ] {
            let error = read(text).unwrap_err();
            assert_eq!(error.message(), format!("`/etc/care/config.toml`, {what}"), "{text}");
        }
    }
}
