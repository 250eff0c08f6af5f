//! How a number is spread over many cases.

use std::collections::BTreeMap;

/// How often there was which value. Its size follows from how many different values there are, not from how many cases.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spread(BTreeMap<i64, i64>);

impl Spread {
    pub(crate) fn add(&mut self, value: i64) {
        *self.0.entry(value).or_default() += 1;
    }

    pub(crate) fn count(&self) -> i64 {
        self.0.values().sum()
    }

    /// The value in the middle; of two in the middle their mean, rounded up. None without cases.
    pub(crate) fn median(&self) -> Option<i64> {
        let count = self.count();
        let (lower, upper) = (self.at((count - 1) / 2)?, self.at(count / 2)?);
        Some(lower + (upper - lower + 1) / 2)
    }

    /// The value at a place of the sorted cases.
    fn at(&self, place: i64) -> Option<i64> {
        let mut before = 0;
        self.0.iter().find_map(|(value, cases)| {
            before += cases;
            (before > place).then_some(*value)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn median(values: &[i64]) -> Option<i64> {
        let mut spread = Spread::default();
        for value in values {
            spread.add(*value);
        }
        assert_eq!(usize::try_from(spread.count()), Ok(values.len()));
        spread.median()
    }

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[7]), Some(7));
        assert_eq!(median(&[9, 1, 5]), Some(5));
        assert_eq!(median(&[10, 20]), Some(15));
        assert_eq!(median(&[3, 1, 1, 2]), Some(2));
        assert_eq!(median(&[5, 5, 5, 90]), Some(5));
    }
}
