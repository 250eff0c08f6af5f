//! What a file calls things: by their names, and by their codes where names are not enough.

use std::collections::{BTreeMap, BTreeSet};

use super::{Agency, Provider, State};
use crate::model::resource;
use crate::model::text::{fold, fold_name};

/// The names of a state: which are enough to say what is meant.
struct Names {
    /// How often each name occurs among providers and programs.
    count: BTreeMap<String, u32>,
    /// The name of what has a code.
    of_code: BTreeMap<String, String>,
}

impl Names {
    fn of(providers: &[Provider]) -> Self {
        let mut names = Names { count: BTreeMap::new(), of_code: BTreeMap::new() };
        for provider in providers {
            names.add(&provider.name, provider.code.as_ref());
            for program in provider.programs.iter().flatten() {
                names.add(&program.name, program.code.as_ref());
            }
        }
        names
    }

    fn add(&mut self, name: &str, code: Option<&String>) {
        *self.count.entry(fold_name(name)).or_default() += 1;
        self.of_code.extend(code.map(|code| (code.clone(), name.to_owned())));
    }

    fn is_enough(&self, name: &str) -> bool {
        self.count.get(&fold_name(name)).is_none_or(|count| *count < 2)
    }

    /// A name where it is enough, for the code of a thing; what is no code stays.
    fn shortest(&self, reference: &str) -> String {
        let name = self.of_code.get(reference).filter(|name| self.is_enough(name));
        name.map_or_else(|| reference.to_owned(), Clone::clone)
    }
}

impl State {
    /// As a file has it: names in place of codes, wherever they are enough; in the order of the alphabet what has no order of
    /// its own.
    pub(crate) fn for_file(mut self) -> State {
        let names = Names::of(self.providers.as_deref().unwrap_or_default());
        let named = |references: &mut Option<Vec<String>>| {
            let Some(all) = references else { return };
            let distinct: BTreeSet<String> = all.iter().map(|reference| names.shortest(reference)).collect();
            *all = distinct.into_iter().collect();
        };
        for queue in self.queues.iter_mut().flatten() {
            named(&mut queue.resources);
        }
        for account in self.accounts.iter_mut().flatten() {
            named(&mut account.resources);
        }
        for provider in self.providers.iter_mut().flatten() {
            provider.code.take_if(|_| names.is_enough(&provider.name));
            for program in provider.programs.iter_mut().flatten() {
                program.code.take_if(|_| names.is_enough(&program.name));
            }
            for contract in provider.contracts.iter_mut().flatten() {
                contract.code = None;
            }
            for sharing in provider.sharing.iter_mut().flat_map(BTreeMap::values_mut) {
                named(&mut sharing.with);
            }
        }
        self.leave_out_what_is_empty();
        self.sort();
        self
    }

    fn sort(&mut self) {
        let place = |name: &str, code: Option<&String>| (fold_name(name), code.cloned());
        if let Some(categories) = &mut self.categories {
            categories.sort_by_key(|name| fold(name));
        }
        if let Some(queues) = &mut self.queues {
            queues.sort_by_key(|queue| fold(&queue.name));
        }
        if let Some(accounts) = &mut self.accounts {
            accounts.sort_by_key(|account| fold(&account.login));
        }
        let Some(providers) = &mut self.providers else { return };
        providers.sort_by_key(|provider| place(&provider.name, provider.code.as_ref()));
        for provider in providers {
            if let Some(programs) = &mut provider.programs {
                programs.sort_by_key(|program| place(&program.name, program.code.as_ref()));
            }
            if let Some(contracts) = &mut provider.contracts {
                contracts.sort_by_key(|contract| fold(&contract.name));
            }
        }
    }

    /// Rights, links and whether something is in use are always said, so that a file brings them back; a reader learns nothing
    /// from other lists that are empty.
    fn leave_out_what_is_empty(&mut self) {
        for account in self.accounts.iter_mut().flatten() {
            account.alerts_off.take_if(|kinds| kinds.is_empty());
        }
        for provider in self.providers.iter_mut().flatten() {
            provider.agency.take_if(|agency| {
                *agency == Agency { state: agency.state, ..Agency::default() }
                    && agency.state == Some(resource::State::Active)
            });
            provider.programs.take_if(|programs| programs.is_empty());
            provider.contracts.take_if(|contracts| contracts.is_empty());
            provider.sharing.take_if(|sharing| sharing.is_empty());
        }
    }
}
