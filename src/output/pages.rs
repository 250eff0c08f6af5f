//! Long lists, read in pages by key: in bounded memory, and limited on a terminal.

use clap::Args;

use super::sorting::Sorting;
use super::{List, Output};
use crate::error::Result;
use crate::model::reference::Reference;
use crate::model::view::View;

/// The range of a list. Lists are paged by key, so that new rows shift nothing.
#[derive(Args)]
pub(crate) struct Page {
    /// The most to show [default: 100 on a terminal, else all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    pub(crate) limit: Option<i64>,
    /// Continue after this one, the last of the page before
    #[arg(long, value_name = "CODE")]
    pub(crate) after: Option<Reference>,
    #[command(flatten)]
    pub(crate) sorting: Sorting,
}

impl Page {
    /// Of a list that is continued in another way, or not at all.
    pub(crate) fn of(limit: Option<i64>, sorting: Sorting) -> Self {
        Page { limit, after: None, sorting }
    }

    /// All rows, in the order of the list.
    pub(crate) fn whole() -> Self {
        Page::of(Some(i64::MAX), Sorting::default())
    }
}

/// The default limit on a terminal.
const FOR_PEOPLE: i64 = 100;
/// For programs the first page is small, so that the first row comes at once. For people columns are fitted
/// to all rows.
const FIRST_PAGE: i64 = 5;
const NEXT_PAGES: i64 = 500;

impl Output {
    /// Prints what `page` returns for a cursor and a limit, until there is no more or `limit` is reached.
    pub(crate) fn pages<Item, T: View>(
        &self, range: &Page, start: Option<Item>, list: &mut List<'_, T>,
        page: impl FnMut(Option<&Item>, i64) -> Result<Vec<Item>>, view: impl Fn(&Item) -> T,
    ) -> Result<()> {
        let next = |last: &Item| format!("--after {}", view(last).code());
        let Some(sort) = range.sorting.sort.as_ref().filter(|sort| !sort.is_order_of(list.order())) else {
            return self.pages_on(range.limit, start, list, page, &view, next);
        };
        let limit =
            range.limit.or_else(|| (self.is_for_people() && !list.is_recorded()).then_some(FOR_PEOPLE));
        list.sort(sort, limit)?;
        self.pages_on(Some(i64::MAX), start, list, page, &view, next)
    }

    /// The same where another option than `--after` goes on: `next` is that option for the last row.
    pub(crate) fn pages_on<Item, T: View>(
        &self, limit: Option<i64>, start: Option<Item>, list: &mut List<'_, T>,
        mut page: impl FnMut(Option<&Item>, i64) -> Result<Vec<Item>>, view: impl Fn(&Item) -> T,
        next: impl Fn(&Item) -> String,
    ) -> Result<()> {
        list.count();
        let mut last = start;
        let mut left = limit.unwrap_or(if self.is_for_people() { FOR_PEOPLE } else { i64::MAX });
        let mut size = if self.is_for_people() { FOR_PEOPLE } else { FIRST_PAGE };
        while left > 0 {
            // One more than wanted shows whether there is more.
            let wanted = left.min(size);
            let mut items = page(last.as_ref(), wanted + 1)?;
            let is_more = items.len() > usize::try_from(wanted).unwrap_or(usize::MAX);
            items.truncate(usize::try_from(wanted).unwrap_or(usize::MAX));
            left -= wanted;
            for item in &items {
                if !list.row(&view(item))? {
                    return Ok(());
                }
            }
            last = items.pop();
            if !is_more {
                return Ok(());
            }
            if size < NEXT_PAGES && left > 0 {
                list.show_so_far()?;
            }
            if let Some(last) = last.as_ref().filter(|_| left == 0) {
                list.cut(next(last));
            }
            size = NEXT_PAGES;
        }
        Ok(())
    }
}

/// A page of what fits, out of pages that are read until it is full: for what no query can ask. `page` says of each whether it
/// does.
pub(crate) fn sifted<Item: Clone>(
    after: Option<&Item>, limit: i64, mut page: impl FnMut(Option<&Item>, i64) -> Result<Vec<(Item, bool)>>,
) -> Result<Vec<Item>> {
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let (mut found, mut last) = (Vec::new(), after.cloned());
    loop {
        let read = page(last.as_ref(), limit)?;
        let is_end = read.len() < most;
        last = read.last().map(|(item, _)| item.clone()).or(last);
        found.extend(read.into_iter().filter(|(_, fits)| *fits).map(|(item, _)| item));
        if is_end || found.len() >= most {
            found.truncate(most);
            return Ok(found);
        }
    }
}
