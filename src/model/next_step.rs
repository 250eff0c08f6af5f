//! What is done next, where one thing is: a change that begins something names the command that goes on with it.

use serde_json::{Map, Value};

use super::text::shell_word;

/// What is next after a change by which a thing came to be as it is; none where nothing is, or more than one thing may be.
pub(crate) fn next_step(
    action: &str, before: Option<&Map<String, Value>>, after: &Map<String, Value>,
) -> Option<String> {
    let thing = Thing(after);
    let (command, what) = match action {
        "account.create" | "account.add-resource" | "account.permit" => account(&thing)?,
        "category.create" => {
            let name = thing.word("name")?;
            (
                format!("contract create PROVIDER NAME --start DATE --category {name}"),
                "puts it into a contract",
            )
        }
        "contact.create" if thing.is_empty("referrals") => {
            let number = thing.word("number")?;
            (format!("referral create --queue QUEUE --contact {number}"), "refers it")
        }
        // The visits are free, and may be offered again.
        "outsource.delete" | "visit.add" | "visit.restore" => {
            (format!("outsource create {}", thing.word("referral")?), "offers visits to providers")
        }
        "provider.create" => {
            let account = "account create LOGIN --name NAME --level provider-portal --resource";
            (format!("{account} {}", thing.word("code")?), "creates an account that acts for it")
        }
        "provider.add-resource" if thing.is_empty("queues") => {
            (format!("queue add-resource QUEUE {}", thing.word("code")?), "lets it take referrals of a queue")
        }
        "queue.create" if thing.is_empty("resources") => {
            (format!("queue add-resource {} RESOURCE", thing.word("name")?), "says who takes its referrals")
        }
        "referral.create" | "referral.unassign" if thing.is_empty("resource") => {
            (format!("referral assign {} RESOURCE", thing.word("code")?), "assigns it")
        }
        "sharing.link" if thing.text("sharing") == Some("request") => {
            let [owner, recipient, data_type] =
                [thing.word("owner")?, thing.word("recipient")?, thing.word("type")?];
            let parties = format!("--owner {owner} --recipient {recipient} --type {data_type}");
            (format!("sharing request CLIENT {parties}"), "asks for the records of a client")
        }
        "sharing.setup" if is_opened(before, after) => {
            let [owner, data_type] = [thing.word("provider")?, thing.word("type")?];
            (format!("sharing link {owner} RECIPIENT --type {data_type}"), "says with whom")
        }
        _ => return None,
    };
    Some(format!("`caredesk {command}` {what}"))
}

/// The fields of a thing.
struct Thing<'a>(&'a Map<String, Value>);

impl Thing<'_> {
    fn text(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.as_str()
    }

    /// Quoted for a shell if it has to be.
    fn word(&self, key: &str) -> Option<String> {
        self.text(key).map(shell_word)
    }

    /// Whether it has the field, with nothing in it.
    fn is_empty(&self, key: &str) -> bool {
        match self.0.get(key) {
            Some(Value::Array(items)) => items.is_empty(),
            found => found == Some(&Value::Null),
        }
    }
}

/// For whom a portal account acts, what it may do, and how its person gets in.
fn account(account: &Thing<'_>) -> Option<(String, &'static str)> {
    let login = account.word("login")?;
    let is_portal = account.text("level") == Some("provider-portal");
    Some(if is_portal && account.is_empty("resources") {
        (format!("account add-resource {login} RESOURCE"), "says for whom it acts")
    } else if is_portal && account.is_empty("permissions") {
        (format!("account permit {login} PERMISSION"), "says what it may do")
    } else if account.0.get("has_password") == Some(&Value::Bool(false)) {
        (format!("account invite {login} --file FILE"), "gives it a first password")
    } else {
        return None;
    })
}

/// Whether nothing was shared, and something may be now.
fn is_opened(before: Option<&Map<String, Value>>, after: &Map<String, Value>) -> bool {
    let shares = |setting: &Map<String, Value>| {
        setting.get("level").and_then(Value::as_i64).is_some_and(|level| level < 3)
    };
    shares(after) && !before.is_some_and(shares)
}
