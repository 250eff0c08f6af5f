//! Why an account sees a referral or does not (rules 2.2, 2.5 to 2.7).

use super::{AccountExplanation, Asked, Point, ProviderFact, active, explained};
use crate::model::access::{Action, Permission};
use crate::model::prelude::*;
use crate::model::remedy::{Found, Remedy};

/// What is so between a referral and the account.
pub(crate) struct ReferralFacts {
    pub(crate) code: String,
    pub(crate) queue: String,
    pub(crate) closed: bool,
    /// Where it is assigned.
    pub(crate) assigned: Option<AssignedFact>,
    /// Where it could be assigned for the account to see it: the codes of its resources that take referrals of the queue.
    pub(crate) takers: Vec<String>,
    /// Where there is none, the codes of its resources that could be linked to the queue.
    pub(crate) unlinked: Vec<String>,
    /// Whether the account is shown it.
    pub(crate) is_shown: bool,
}

/// The resource of a referral.
pub(crate) struct AssignedFact {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) is_inactive: bool,
    pub(crate) provider: ProviderFact,
    /// Whether the account is given the resource itself.
    pub(crate) is_held: bool,
    /// Whether it is given the agency record of the provider.
    pub(crate) is_agency_held: bool,
    /// Whether it is in an active queue, and so covered by the agency record.
    pub(crate) is_in_active_queue: bool,
}

pub(crate) fn referral(asked: Asked<'_>, facts: &ReferralFacts) -> Result<AccountExplanation> {
    let (mut rules, is_staff) = asked.begin();
    if is_staff {
        let all = [Point::Assignment, Point::Resource, Point::Provider, Point::AccessContactDetails];
        rules.extend(all.map(|rule| Found::not_asked(rule, "staff see every referral")));
    } else {
        rules.push(assignment(facts));
        rules.extend(match &facts.assigned {
            Some(assigned) => [resource(asked, assigned), active(&assigned.provider)],
            None => [Point::Resource, Point::Provider]
                .map(|rule| Found::not_asked(rule, "it is assigned to no resource")),
        });
        rules.push(asked.further(
            Point::AccessContactDetails,
            Permission::AccessContactDetails,
            "with it the whole contact is seen, without it eight fields",
        ));
    }
    let what = format!("the referral {}", facts.code);
    explained(asked, &facts.code, &what, facts.is_shown, rules, |found| {
        found.rule != Point::AccessContactDetails
    })
}

fn assignment(facts: &ReferralFacts) -> Found<Point> {
    let ReferralFacts { code, queue, .. } = facts;
    let Some(assigned) = &facts.assigned else {
        let detail = format!("{code} is assigned to no resource");
        return Found::of(Point::Assignment, false, detail, assign(facts));
    };
    let AssignedFact { code: to, name, .. } = assigned;
    Found::of(
        Point::Assignment,
        true,
        format!("{code}, in the queue {queue}, is assigned to {name} ({to})"),
        None,
    )
}

/// Which resource it goes to is a decision, unless there is but one.
fn assign(facts: &ReferralFacts) -> Remedy {
    let ReferralFacts { code, queue, .. } = facts;
    if let ([], [one], false) = (facts.takers.as_slice(), facts.unlinked.as_slice(), facts.closed) {
        let line = format!("caredesk queue add-resource {} {one}", text::shell_word(queue));
        return Remedy::command(line, Action::ChangeQueues).in_part();
    }
    match facts.takers.as_slice() {
        _ if facts.closed => Remedy::needed(format!("an assignment, once {code} is open again")),
        [] => Remedy::needed(format!(
            "a resource of the account that takes referrals of {queue}, and an assignment to it"
        )),
        [one] => Remedy::command(format!("caredesk referral assign {code} {one}"), Action::ChangeReferrals),
        several => Remedy::needed(format!(
            "an assignment to one of {}, by `caredesk referral assign`",
            several.join(", ")
        )),
    }
}

fn resource(asked: Asked<'_>, assigned: &AssignedFact) -> Found<Point> {
    let AssignedFact { code, name, provider, .. } = assigned;
    let login = asked.login();
    let add =
        Remedy::command(format!("caredesk account add-resource {login} {code}"), Action::ChangeAccounts);
    if assigned.is_held {
        return Found::of(Point::Resource, true, format!("{login} acts for {name}"), None);
    }
    if !assigned.is_agency_held {
        let detail = format!("{login} acts neither for {name} nor for the agency {}", provider.name);
        let remedy = if assigned.is_inactive { activate(code) } else { add };
        return Found::of(Point::Resource, false, detail, remedy);
    }
    let agency = &provider.name;
    if assigned.is_in_active_queue {
        return Found::of(
            Point::Resource,
            true,
            format!("{login} acts for the agency {agency}, which covers {name}"),
            None,
        );
    }
    let detail = format!(
        "the agency {agency}, for which {login} acts, covers {name} only while that is in an active queue"
    );
    let remedy = if assigned.is_inactive { activate(code) } else { add };
    Found::of(Point::Resource, false, detail, remedy)
}

/// No account is given an inactive resource.
fn activate(code: &str) -> Remedy {
    Remedy::command(format!("caredesk resource edit {code} --state active"), Action::ChangeProviders)
        .in_part()
}
