//! Where the settings of a run come from: the line, the profile that it names, the environment, the usual profile, what the
//! configuration file says for all, in this order (rule 7.30).

use std::collections::BTreeMap;

use clap::ArgMatches;
use clap::parser::ValueSource;

use super::config::{Config, Values};
use super::environment;
use crate::db::Location;
use crate::error::{Error, Kind, Result};
use crate::model::setting::{Origin, Profile, Setting, SettingInForce};

/// What a line says of settings, as texts, and the profile that it names.
#[derive(Clone, Debug, Default)]
pub(super) struct OnLine {
    values: Values,
    profile: Option<String>,
}

impl OnLine {
    pub(super) fn of(matches: &ArgMatches) -> Self {
        let given = |option: &str| {
            let is_given = matches.value_source(option) == Some(ValueSource::CommandLine);
            let mut values = matches.try_get_raw(option).ok().flatten().filter(|_| is_given)?;
            Some(values.next().map_or_else(String::new, |value| value.to_string_lossy().into_owned()))
        };
        let values = Setting::ALL.iter().filter_map(|setting| Some((*setting, given(id(*setting)?)?)));
        OnLine { values: values.collect(), profile: given("profile") }
    }

    pub(super) fn names_profile(&self) -> bool {
        self.profile.is_some()
    }
}

/// The option of the line that is the setting, as clap names it.
fn id(setting: Setting) -> Option<&'static str> {
    match setting {
        Setting::Db => Some("db"),
        Setting::As => Some("acting"),
        Setting::Output => Some("output"),
        Setting::Color => Some("color"),
        Setting::NoInput => Some("no_input"),
        Setting::LockTimeout => Some("lock_timeout"),
        Setting::ReadFrom => Some("read_from"),
        Setting::PasswordFile
        | Setting::DbPasswordFile
        | Setting::Smtp
        | Setting::SmtpFrom
        | Setting::SealKey => None,
    }
}

/// All of them; without a configuration those of the environment.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    config: Option<Config>,
    profile: Option<Chosen>,
    on_line: Values,
}

/// The profile of a run, and whether the line itself names it.
#[derive(Clone, Debug)]
struct Chosen {
    name: String,
    is_on_line: bool,
}

/// A value, and what says so.
struct Found {
    value: Option<String>,
    origin: Origin,
    source: Option<String>,
}

impl Settings {
    /// Reads the configuration. Usage error: there is no such profile.
    pub(super) fn read(OnLine { values, profile }: OnLine) -> Result<Settings> {
        let config = Config::read()?;
        let usual = config.as_ref().and_then(|config| config.usual.clone());
        let of_line = profile.map(|name| Chosen { name, is_on_line: true });
        let profile = of_line.or_else(|| {
            let name = environment::variable("CAREDESK_PROFILE").or(usual)?;
            Some(Chosen { name, is_on_line: false })
        });
        match (&config, &profile) {
            (Some(config), Some(profile)) => drop(config.profile(&profile.name)?),
            (None, Some(profile)) => return Err(no_configuration(&profile.name)),
            (_, None) => {}
        }
        Ok(Settings { config, profile, on_line: values })
    }

    /// The value that counts.
    pub(super) fn value(&self, setting: Setting) -> Option<String> {
        self.find(setting).value
    }

    fn find(&self, setting: Setting) -> Found {
        let found = |value: String, origin, source: String| Found {
            value: Some(value),
            origin,
            source: Some(source),
        };
        if let Some(value) = self.on_line.get(&setting) {
            return found(value.clone(), Origin::CommandLine, format!("--{setting}"));
        }
        let profile = self.profile.as_ref().map(|profile| (profile, self.of_profile(&profile.name)));
        let of_profile =
            profile.and_then(|(profile, values)| Some((profile, values?.get(&setting)?.clone())));
        if let Some((profile, value)) = of_profile.clone().filter(|(profile, _)| profile.is_on_line) {
            return found(value, Origin::Profile, profile.name.clone());
        }
        if let Some(value) = environment::variable(&setting.variable()) {
            return found(value, Origin::Environment, setting.variable());
        }
        if let Some((profile, value)) = of_profile {
            return found(value, Origin::Profile, profile.name.clone());
        }
        match self.config.as_ref().and_then(|config| Some((config, config.for_all.get(&setting)?))) {
            Some((config, value)) => found(value.clone(), Origin::File, config.path()),
            None => Found { value: None, origin: Origin::Default, source: None },
        }
    }

    /// That of the run.
    pub(super) fn profile_name(&self) -> Option<String> {
        self.profile.as_ref().map(|profile| profile.name.clone())
    }

    fn of_profile(&self, name: &str) -> Option<&Values> {
        self.config.as_ref()?.profiles.get(name)
    }

    /// The settings that the configuration decides, and that are options of the line too, as words of a line.
    pub(super) fn words(&self) -> Vec<(Setting, String)> {
        if self.config.is_none() {
            return Vec::new();
        }
        let word = |setting: Setting| {
            id(setting)?;
            let found = self.find(setting);
            let is_in_file = matches!(found.origin, Origin::Profile | Origin::File);
            let value = found.value.filter(|_| is_in_file)?;
            match setting {
                Setting::NoInput => (value == "true").then(|| format!("--{setting}")),
                _ => Some(format!("--{setting}={value}")),
            }
        };
        Setting::ALL.iter().filter_map(|setting| Some((*setting, word(*setting)?))).collect()
    }

    /// The error for a value of the configuration that the line would not take either.
    pub(super) fn wrong(&self, setting: Setting, refused: &str) -> Error {
        let found = self.find(setting);
        let path = self.config.as_ref().map(Config::path).unwrap_or_default();
        let place = match (found.origin, found.source) {
            (Origin::Profile, Some(name)) => format!("profile `{name}` of `{path}`"),
            _ => format!("`{path}`"),
        };
        Error::new(Kind::Environment, "config.wrong", format!("{place}: {refused}"))
    }

    /// Whether this database is the one of runs that name none: that of the configuration, else of the environment, else
    /// where there always is one.
    pub(super) fn is_usual(&self, location: &Location) -> bool {
        let of_file = self.config.as_ref().and_then(|config| {
            let usual = config.usual.as_ref().and_then(|name| config.profiles.get(name));
            let of = |values: &Values| values.get(&Setting::Db).cloned();
            usual.and_then(of).or_else(|| of(&config.for_all))
        });
        let usual = match of_file.or_else(|| environment::variable(&Setting::Db.variable())) {
            Some(text) => text.parse().ok(),
            None => environment::default_file().ok().map(Location::File),
        };
        usual.is_none_or(|usual: Location| usual.to_string() == location.to_string())
    }

    /// Each with where it comes from, as they may be shown.
    pub(super) fn in_force(&self) -> Vec<SettingInForce> {
        let all = Setting::ALL.iter().map(|&setting| {
            let Found { value, origin, source } = self.find(setting);
            let value = value.or_else(|| default(setting)).map(|value| shown(setting, value));
            SettingInForce { setting, value, origin, source, variable: setting.variable() }
        });
        all.collect()
    }

    pub(super) fn profiles(&self) -> Vec<Profile> {
        let none = BTreeMap::new();
        let profiles = self.config.as_ref().map_or(&none, |config| &config.profiles);
        let in_use = self.profile.as_ref().map(|profile| &profile.name);
        let profile = |(name, values): (&String, &Values)| Profile {
            profile: name.clone(),
            db: values.get(&Setting::Db).map(|db| shown(Setting::Db, db.clone())),
            login: values.get(&Setting::As).cloned(),
            in_use: in_use == Some(name),
        };
        profiles.iter().map(profile).collect()
    }
}

fn no_configuration(profile: &str) -> Error {
    let path = environment::configuration_file().map(|path| path.display().to_string());
    Error::new(
        Kind::Environment,
        "config.missing",
        format!("there is no profile `{profile}`: there is no configuration"),
    )
    .hint(format!("write it into `{}`; `caredesk help profiles` shows how", path.unwrap_or_default()))
}

fn default(setting: Setting) -> Option<String> {
    match setting {
        Setting::Db => Some(environment::default_file().ok()?.display().to_string()),
        Setting::Output => Some("table".to_owned()),
        Setting::Color => Some("auto".to_owned()),
        Setting::LockTimeout => Some("30s".to_owned()),
        Setting::ReadFrom => Some("primary".to_owned()),
        Setting::NoInput => Some("false".to_owned()),
        Setting::SealKey => Some(environment::seal_key()?.display().to_string()),
        _ => None,
    }
}

/// Without the password that an address may hold.
fn shown(setting: Setting, value: String) -> String {
    match setting {
        Setting::Db => match value.parse::<Location>() {
            Ok(location) => location.to_string(),
            Err(_) => "…".to_owned(),
        },
        Setting::Smtp => value.rsplit_once('@').map_or(value.clone(), |(before, host)| {
            let scheme = before.split_once("://").map_or("", |(scheme, _)| scheme);
            format!("{scheme}://…@{host}")
        }),
        Setting::NoInput if value.is_empty() => "true".to_owned(),
        _ => value,
    }
}
