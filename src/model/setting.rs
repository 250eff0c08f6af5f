//! What can be set once for many runs: on the line, in the environment, in a profile, or for all profiles (rule 7.30).

use crate::model::prelude::*;

names! {
    /// A setting, called as the option of the line that does the same.
    pub(crate) enum Setting {
        /// The database
        Db = "db",
        /// The account to act as
        As = "as",
        /// The file with that account's password
        PasswordFile = "password-file",
        /// The file with the password of the server
        DbPasswordFile = "db-password-file",
        /// How to print results
        Output = "output",
        /// When to use colour
        Color = "color",
        /// Never to ask
        NoInput = "no-input",
        /// How long a change waits
        LockTimeout = "lock-timeout",
        /// Which server is read
        ReadFrom = "read-from",
        /// The mail server
        Smtp = "smtp",
        /// The sender of alerts
        SmtpFrom = "smtp-from",
        /// The file with the key of seals
        SealKey = "seal-key",
    }
}

impl Setting {
    /// Its variable of the environment: `CAREDESK_LOCK_TIMEOUT`.
    pub(crate) fn variable(self) -> String {
        format!("CAREDESK_{}", self.name().to_uppercase().replace('-', "_"))
    }

    /// Whether it is the name of a file, which may be relative to the folder of the configuration.
    pub(crate) fn is_path(self) -> bool {
        matches!(self, Setting::Db | Setting::PasswordFile | Setting::DbPasswordFile | Setting::SealKey)
    }
}

names! {
    /// Where a value comes from, the first of these that has one.
    pub(crate) enum Origin {
        CommandLine = "command_line",
        Environment = "environment",
        Profile = "profile",
        /// The configuration file, outside of its profiles.
        File = "file",
        /// What the program does where nothing is set.
        Default = "default",
    }
}

view! {
    pub(crate) struct SettingInForce("setting", |view| view.setting.name()) {
        setting: Setting => Code,
        /// Without a password that an address may hold.
        value: Option<String> => Text,
        origin: Origin => Status,
        /// The option, variable, profile or file that has it; null where nothing has.
        source: Option<String> => Text,
        /// The variable of the environment that sets it.
        variable: String => Code,
    }
}

view! {
    pub(crate) struct Profile("profile", |view| &view.profile) {
        profile: String => Code,
        /// Without a password; null where the profile names none.
        db: Option<String> => Text,
        /// The account that it acts as; null for that of the operating system's user.
        login: Option<String> => Text,
        /// Whether the settings of this run are its own.
        in_use: bool => YesNo,
    }
}
