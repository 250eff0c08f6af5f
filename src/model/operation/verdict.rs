//! Which changes can be taken back, by their actions in the audit trail (rule 7.41). An action that is not here cannot, so that a
//! new one is looked at.

use crate::model::access::{Action, Right};
use crate::model::audit::noun_of;
use crate::model::import_kind::ImportKind;

/// Whether what an entry tells can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// By who has the right to do it.
    Back(Right),
    /// Takes back another: as that one can be.
    Again,
    /// As `import undo` does.
    Import,
    /// Has changed nothing.
    Look,
    /// It stands; why, and what is done in place of it.
    Stands(&'static str),
    /// This version does not know it.
    Unknown,
}

const ANSWER: &str = "an answer that was given stands; `caredesk package hand-back` gives back what was accepted, and after \
    `caredesk outsource remove-provider` a provider that has rejected can be asked again";
const ASKED: &str = "providers were asked; `caredesk outsource delete PACKAGE` recalls a package, and \
    `caredesk outsource remove-provider` takes one of them out";
const CONSENT: &str = "what a client or an owner has agreed to, or has ended, stands; `caredesk sharing` and `caredesk release` record another answer";
const RECALL: &str = "a recall stands; `caredesk outsource create` offers visits again";
const SENT: &str = "what was sent cannot be called back";
const PASSWORD: &str =
    "a password is not kept, so that none comes back; `caredesk account set-password` sets another";
const MERGE: &str = "what was two records is one for ever";
const DATABASE: &str = "it is about the whole database; `caredesk database restore` brings a backup back";

pub(crate) fn verdict(action: &str) -> Verdict {
    use Action::{
        ChangeAccounts, ChangeCapacity, ChangeClients, ChangeContacts, ChangeHub, ChangePackages,
        ChangeProviders, ChangeQueues, ChangeRecords, ChangeReferrals, ChangeSharing, ChangeVisits,
    };
    if ImportKind::from_name(action).is_some() {
        return Verdict::Import;
    }
    let back = |action: Action| Verdict::Back(Right::Level(action));
    match action {
        "account.add-resource"
        | "account.alerts"
        | "account.disable"
        | "account.edit"
        | "account.enable"
        | "account.forbid"
        | "account.permit"
        | "account.remove-resource" => back(ChangeAccounts),
        "capacity.edit" | "capacity.remove" | "capacity.set" => back(ChangeCapacity),
        "category.create" | "contract.create" | "contract.edit" | "sharing.link" | "sharing.setup"
        | "sharing.unlink" => back(ChangeSharing),
        "client.edit" | "client.enroll" => back(ChangeClients),
        "contact.edit" => back(ChangeContacts),
        "hub.edit" => back(ChangeHub),
        "package.edit" | "package.rename" => back(ChangePackages),
        "provider.activate"
        | "provider.add-resource"
        | "provider.create"
        | "provider.deactivate"
        | "provider.edit"
        | "provider.remove-resource"
        | "resource.edit" => back(ChangeProviders),
        "queue.activate"
        | "queue.add-resource"
        | "queue.add-status"
        | "queue.create"
        | "queue.deactivate"
        | "queue.edit"
        | "queue.move-status"
        | "queue.remove-resource"
        | "queue.rename-status"
        | "queue.retire-status" => back(ChangeQueues),
        "record.edit" => back(ChangeRecords),
        "referral.assign"
        | "referral.note"
        | "referral.reassign"
        | "referral.set-status"
        | "referral.unassign" => back(ChangeReferrals),
        "visit.cancel" | "visit.edit" | "visit.restore" => back(ChangeVisits),
        "account.sees" | "alert.derive" | "client.export" | "clock.even-so" | "database.backup"
        | "database.verify" | "export.fhir" | "export.hmis" => Verdict::Look,
        "import.undo" => Verdict::Stands("the same import again brings back what it brought"),
        action => match action.rsplit_once('.') {
            Some((_, "undo")) => Verdict::Again,
            Some((_, "read" | "pdf" | "form")) => Verdict::Look,
            _ => why_it_stands(action).map_or(Verdict::Unknown, Verdict::Stands),
        },
    }
}

/// Why what an action has done cannot be taken back, and what is done in place of it.
fn why_it_stands(action: &str) -> Option<&'static str> {
    Some(match action {
        "account.create" => "the trail knows the account by its login; `caredesk account disable` ends it",
        "account.invite" | "account.set-password" => PASSWORD,
        "alert.dismiss" => "an alert that was dismissed is not sent",
        "alert.again" | "alert.send" | "outsource.remind" | "outsource.resend" => SENT,
        "client.create" | "contact.create" => {
            "a person who was entered stays; `caredesk client merge` joins two, and `caredesk client erase` erases one"
        }
        "client.erase" => "what was erased is gone",
        "client.merge" | "provider.merge" => MERGE,
        "database.init" | "database.restore" | "database.copy" => DATABASE,
        "outsource.add-provider" | "outsource.create" => ASKED,
        "outsource.delete" | "outsource.remove-provider" => RECALL,
        "package.hand-back" | "package.respond" => ANSWER,
        "record.add" => {
            "what a provider has recorded stands; `caredesk record edit RECORD --never-shared on` hides it"
        }
        "referral.create" => "a referral stays in the history; `caredesk referral set-status` closes it",
        "release.add"
        | "release.document"
        | "release.remove-recipient"
        | "release.revoke"
        | "sharing.cancel"
        | "sharing.deny"
        | "sharing.grant"
        | "sharing.pending"
        | "sharing.renew"
        | "sharing.request"
        | "sharing.revoke"
        | "sharing.withdraw" => CONSENT,
        "visit.add" => "a visit stays in the history; `caredesk visit cancel` cancels it",
        _ => return None,
    })
}

/// The action under which it is recorded that such a change of one thing is taken back.
pub(crate) fn undo_action(action: &str) -> &'static str {
    match noun_of(action) {
        "account" => "account.undo",
        "capacity" => "capacity.undo",
        "category" => "category.undo",
        "client" => "client.undo",
        "contact" => "contact.undo",
        "contract" => "contract.undo",
        "hub" => "hub.undo",
        "package" => "package.undo",
        "provider" => "provider.undo",
        "queue" => "queue.undo",
        "record" => "record.undo",
        "referral" => "referral.undo",
        "resource" => "resource.undo",
        "sharing" => "sharing.undo",
        "visit" => "visit.undo",
        _ => "operation.undo",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Rule 7.41.
    #[test]
    fn what_was_agreed_answered_or_recalled_stands() {
        for action in [
            "import.undo", "package.respond", "sharing.grant", "release.add", "outsource.delete",
            "client.erase",
        ] {
            assert!(matches!(verdict(action), Verdict::Stands(_)), "{action}");
        }
        assert_eq!(verdict("package.something-new"), Verdict::Unknown);
        assert_eq!(verdict("client.import"), Verdict::Import);
        assert_eq!(verdict("referral.undo"), Verdict::Again);
    }
}
