use super::*;

fn entry(subject: &str, before: Option<&str>) -> Entry {
    Entry {
        at: DateTime::UNIX_EPOCH,
        actor: "anna".to_owned(),
        acting_as: None,
        action: "x.y".to_owned(),
        subject: subject.to_owned(),
        before: before.map(str::to_owned),
        after: None,
    }
}

/// Appends as an older version did, or with a salt.
fn append(links: &mut Vec<Link>, entry: Entry, seal: Seal) {
    let sequence = i64::try_from(links.len()).unwrap() + 1;
    let previous = links.last().map_or(BEGINNING.to_vec(), |link| link.hash.clone());
    let hash = match &seal {
        Seal::Salted(salt) => entry.hash(sequence, &previous, &entry.digest(salt)),
        _ => entry.plain_hash(sequence, &previous),
    };
    links.push(Link { sequence, entry, seal, hash });
}

/// Three links of the older kind and three with a salt.
fn links() -> Vec<Link> {
    let mut links = Vec::new();
    for subject in ["a", "b", "c"] {
        append(&mut links, entry(subject, Some("{}")), Seal::Plain);
    }
    for subject in ["d", "e", "f"] {
        append(&mut links, entry(subject, Some("{}")), Seal::Salted(vec![7; 16]));
    }
    links
}

fn empty(link: &mut Link) {
    link.seal = Seal::Erased(match &link.seal {
        Seal::Salted(salt) => Some(link.entry.digest(salt)),
        _ => None,
    });
    link.entry = Entry { before: None, after: None, subject: "CLI-1".to_owned(), ..link.entry.clone() };
}

/// The second link of each kind is erased, in a third entry.
fn erased() -> Vec<Link> {
    let mut links = links();
    for index in [1, 4] {
        empty(&mut links[index]);
    }
    let left = [1, 4].map(|index| links[index].clone());
    let erasure = serde_json::to_string(&Erasure::of("CLI-1".to_owned(), &left)).unwrap();
    let entry = Entry { action: ERASE.to_owned(), after: Some(erasure), ..entry("CLI-1", None) };
    append(&mut links, entry, Seal::Salted(vec![8; 16]));
    links
}

fn walked(links: &[Link]) -> (i64, i64, Option<i64>) {
    let mut chain = Chain::new(BTreeSet::new());
    for link in links {
        chain.step(link);
    }
    let chain = chain.end(0, None);
    (chain.entries, chain.erased, chain.broken.map(|broken| broken.number))
}

#[test]
fn absent_and_empty_are_not_the_same() {
    let salt = [1; 16];
    assert_ne!(entry("s", None).digest(&salt), entry("s", Some("")).digest(&salt));
    assert_ne!(entry("s", None).digest(&salt), entry("s", None).digest(&[2; 16]));
    assert_ne!(entry("s", None).hash(1, &BEGINNING, &salt), entry("s", None).hash(2, &BEGINNING, &salt));
}

#[test]
fn a_link_changed_or_taken_out_shows() {
    assert_eq!(walked(&links()), (6, 0, None));
    for index in 0..6 {
        let number = i64::try_from(index).unwrap();
        let mut changed = links();
        changed[index].entry.subject = "B".to_owned();
        assert_eq!(walked(&changed), (number, 0, Some(number + 1)));
        let mut shorter = links();
        shorter.remove(index);
        if index < 5 {
            assert_eq!(walked(&shorter), (number, 0, Some(number + 1)));
        }
    }
}

// Rule 5.8.
#[test]
fn what_was_erased_is_counted_and_the_chain_holds() {
    assert_eq!(walked(&erased()), (7, 2, None));
}

#[test]
fn what_is_left_of_an_erased_entry_cannot_be_changed() {
    for index in [1, 4] {
        let mut subject = erased();
        subject[index].entry.subject = "CLI-2".to_owned();
        let mut payload = erased();
        payload[index].entry.after = Some("{}".to_owned());
        for changed in [subject, payload] {
            assert_eq!(walked(&changed), (7, 2, Some(2)));
        }
    }
    let mut actor = erased();
    actor[1].entry.actor = "ben".to_owned();
    assert_eq!(walked(&actor), (7, 2, Some(2)));
}

#[test]
fn an_entry_is_not_emptied_without_an_erasure() {
    for index in 0..6 {
        let mut emptied = links();
        empty(&mut emptied[index]);
        assert_eq!(walked(&emptied), (6, 1, Some(i64::try_from(index).unwrap() + 1)));
    }
}
