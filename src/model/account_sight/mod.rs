//! Why an account sees a thing or does not, rule by rule, and what it sees in all (rules 2.2 to 2.7, 1.11, 1.12 and 3.12).

mod client;
mod package;
mod referral;
mod sees;

pub(crate) use client::{ClientFacts, client};
pub(crate) use package::{OfferFact, PackageFacts, package};
pub(crate) use referral::{AssignedFact, ReferralFacts, referral};
pub(crate) use sees::{AccountSight, SightLine, SightSort};

use super::access::{Action, Permission};
use super::account::{Account, Actor};
use super::remedy::{Found, Proposed, Remedy, proposed};
use super::visibility::Visibility;
use crate::model::prelude::*;

names! {
    pub(crate) enum Point {
        Account = "account",
        Level = "level",
        /// Whether a referral is assigned.
        Assignment = "assignment",
        /// Whether the account acts for the resource.
        Resource = "resource",
        /// Whether it speaks for a provider.
        Agency = "agency",
        /// Whether the provider is active.
        Provider = "provider",
        /// Whether a provider of the account is asked, and its offer stands.
        Offer = "offer",
        /// Whether the client is active at a provider of the account.
        Enrolment = "enrolment",
        AnswerSharing = "answer_sharing",
        /// Whether a provider of the account has visits of the client.
        Visits = "visits",
        AccessContactDetails = "access_contact_details",
        RespondPackages = "respond_packages",
    }
}

view! {
    /// One rule, and the fact that decides it.
    pub(crate) struct PointResult("account", |view| view.rule.name()) {
        rule: Point => Status,
        /// Null where the rule is not asked.
        met: Option<bool> => YesNo,
        detail: String => Text,
        /// The command that would help, where the rule is not met. It works as it stands, those of several rules in their order.
        fix: Option<String> => Text,
        /// What would help where no command of this account does, and of whom it is needed.
        needed: Option<String> => Text,
    }
}

view! {
    /// Why an account sees a thing or does not.
    pub(crate) struct AccountExplanation("account", |view| &view.login) {
        login: String => Login,
        /// The code of the thing.
        thing: String => Code,
        visible: bool => YesNo,
        rules: Vec<PointResult> => Many,
        /// Null where it is visible.
        first_failing: Option<Point> => Status,
        /// The verdict in one sentence.
        verdict: String => Text,
    }
}

/// A provider for which an account speaks, or whose resource it is.
#[derive(Clone, Debug)]
pub(crate) struct ProviderFact {
    pub(crate) id: ProviderId,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) active: bool,
}

/// The account of a question, and who asks.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) account: &'a Account,
    pub(crate) actor: &'a Actor,
}

type Rules = Vec<Found<Point>>;

impl Asked<'_> {
    /// What the account may see.
    pub(crate) fn visibility(&self) -> Visibility {
        self.account.visibility()
    }

    fn login(&self) -> &str {
        &self.account.login
    }

    /// What is asked of every account; whether its level sees everything.
    fn begin(&self) -> (Rules, bool) {
        let (login, level) = (self.login(), self.account.level);
        let active = if self.account.active { "is enabled" } else { "is disabled" };
        let enable = Remedy::command(format!("caredesk account enable {login}"), Action::ChangeAccounts);
        let is_staff = level.is_staff();
        let sees =
            if is_staff { "which sees all that the hub has" } else { "which sees what its resources give" };
        let rules = vec![
            Found::of(Point::Account, self.account.active, format!("{login} {active}"), enable),
            Found::of(Point::Level, true, format!("{login} is of level {}, {sees}", level.name()), None),
        ];
        (rules, is_staff)
    }

    /// The permission, and what it gives.
    fn permission(&self, rule: Point, permission: Permission, gives: &str) -> Found<Point> {
        let (login, name) = (self.login(), permission.name());
        let has = self.account.permissions.contains(&permission);
        let detail = if has {
            format!("{login} has {name}: {gives}")
        } else {
            format!("{login} lacks {name}: {gives}")
        };
        let permit =
            Remedy::command(format!("caredesk account permit {login} {name}"), Action::ChangeAccounts);
        Found::of(rule, has, detail, permit)
    }

    /// The same where it gives more of a thing that is seen without it: proposed only once that is seen.
    fn further(&self, rule: Point, permission: Permission, gives: &str) -> Found<Point> {
        let found = self.permission(rule, permission, gives);
        Found { remedy: found.remedy.map(Remedy::after_all), ..found }
    }

    /// Lets the account speak for a provider.
    fn speak_for(&self, provider: &str) -> Remedy {
        let line = format!("caredesk account add-resource {} {provider}", self.login());
        Remedy::command(line, Action::ChangeAccounts)
    }
}

fn active(provider: &ProviderFact) -> Found<Point> {
    let ProviderFact { code, name, active, .. } = provider;
    let detail = if *active {
        format!("{name} is active")
    } else {
        format!("{name} is inactive, and its accounts see nothing that comes through it")
    };
    let activate = Remedy::command(format!("caredesk provider activate {code}"), Action::ChangeProviders);
    Found::of(Point::Provider, *active, detail, activate)
}

/// Checked against what the account is shown. `decides` says which rules do. Internal (`account.explain_disagrees`) if the
/// rules say another thing than the database.
fn explained(
    asked: Asked<'_>, thing: &str, what: &str, is_shown: bool, rules: Rules,
    decides: impl Fn(&Found<Point>) -> bool,
) -> Result<AccountExplanation> {
    let failing = rules.iter().find(|found| found.met == Some(false) && decides(found));
    let (first_failing, why) = match failing {
        Some(found) => (Some(found.rule), found.detail.clone()),
        None => (None, "all that it takes is met".to_owned()),
    };
    // Who is disabled cannot look, whatever its lists would show.
    let visible = failing.is_none();
    if asked.account.active && visible != is_shown {
        return Err(Error::new(
            Kind::Internal,
            "account.explain_disagrees",
            format!(
                "`{}` is {}shown {thing}, and the rules say otherwise",
                asked.login(),
                if is_shown { "" } else { "not " }
            ),
        )
        .hint("this is an error in the program: nothing was changed, please report it"));
    }
    let sees = if visible { "sees" } else { "does not see" };
    let verdict = format!("{} {sees} {what}: {why}", asked.login());
    let result = |Proposed { rule, met, detail, fix, needed }| PointResult { rule, met, detail, fix, needed };
    Ok(AccountExplanation {
        login: asked.login().to_owned(),
        thing: thing.to_owned(),
        visible,
        rules: proposed(asked.actor, rules).into_iter().map(result).collect(),
        first_failing,
        verdict,
    })
}
