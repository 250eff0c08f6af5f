//! What a reader can find out from a masked table, by other means than those it is masked with.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

const NONE: [Sum; 0] = [];
const PARTS: [Sum; 1] = [Sum { whole: 0, parts: &[1, 2], has_rest: false }];
const REST: [Sum; 1] = [Sum { whole: 0, parts: &[1], has_rest: true }];
/// As the offers: a part has parts, of which one has a rest.
const DEEP: [Sum; 3] = [
    Sum { whole: 0, parts: &[1, 5, 6], has_rest: false },
    Sum { whole: 1, parts: &[2, 3], has_rest: false },
    Sum { whole: 2, parts: &[4], has_rest: true },
];

fn shown(rows: &[Vec<i64>], sums: &[Sum], least: i64) -> Vec<String> {
    mask(rows, sums, least).iter().map(|row| written(row)).collect()
}

fn written(row: &[Count]) -> String {
    row.iter().map(Count::to_string).collect::<Vec<_>>().join(" ")
}

fn column(counts: &[i64]) -> Vec<Vec<i64>> {
    counts.iter().chain([&counts.iter().sum()]).map(|count| vec![*count]).collect()
}

#[test]
fn a_total_does_not_give_a_small_number_away() {
    assert_eq!(shown(&column(&[7, 9]), &NONE, 5), ["7", "9", "16"]);
    // 25 - 7 - 16 would be 2, so the smallest of the others goes too.
    assert_eq!(shown(&column(&[2, 7, 16]), &NONE, 5), ["<5", "*", "16", "25"]);
    // Two small ones hide each other where both could be anything below the limit.
    assert_eq!(shown(&column(&[2, 3, 16]), &NONE, 5), ["<5", "<5", "16", "21"]);
    assert_eq!(shown(&column(&[1, 1, 16]), &NONE, 5), ["<5", "<5", "*", "18"]);
    assert_eq!(shown(&column(&[4, 4, 16]), &NONE, 5), ["<5", "<5", "*", "24"]);
    // Where the others are not enough the total goes.
    assert_eq!(shown(&column(&[1, 5]), &NONE, 5), ["<5", "5", "*"]);
    // A zero stays, but for a part of a number that is masked itself.
    assert_eq!(shown(&column(&[3, 0, 9, 8]), &NONE, 5), ["<5", "0", "9", "*", "20"]);
    assert_eq!(shown(&column(&[3, 0]), &NONE, 5), ["<5", "<5", "<5"]);
}

#[test]
fn a_sum_within_a_row_does_not_either() {
    let rows = [vec![12, 11, 1], vec![20, 12, 8], vec![32, 23, 9]];
    assert_eq!(shown(&rows, &PARTS, 5), ["12 * <5", "20 * *", "32 23 9"]);
}

#[test]
fn a_small_difference_is_not_shown() {
    // 12 - 11 is 1, which stands nowhere in the table.
    let rows = [vec![12, 11], vec![20, 12], vec![32, 23]];
    assert_eq!(shown(&rows, &REST, 5), ["12 *", "20 *", "32 23"]);
    // Where all or none of a number is left, it is as with a zero.
    let rows = [vec![12, 12], vec![20, 0], vec![32, 12]];
    assert_eq!(shown(&rows, &REST, 5), ["12 12", "20 0", "32 12"]);
}

/// The figures of a table with these leaves in each row, the rest of a sum among them, and the total below.
fn table(leaves: &[Vec<i64>], of: impl Fn(&[i64]) -> Vec<i64>) -> Vec<Vec<i64>> {
    let sum = |place: usize| leaves.iter().map(|row| row[place]).sum();
    let total: Vec<i64> = (0..leaves[0].len()).map(sum).collect();
    leaves.iter().chain([&total]).map(|leaves| of(leaves)).collect()
}

fn parts(leaves: &[i64]) -> Vec<i64> {
    vec![leaves[0] + leaves[1], leaves[0], leaves[1]]
}

fn with_rest(leaves: &[i64]) -> Vec<i64> {
    vec![leaves[0] + leaves[1], leaves[0]]
}

fn deep(leaves: &[i64]) -> Vec<i64> {
    let [back, kept, rejected, lapsed, open] = *leaves else { unreachable!() };
    let won = back + kept;
    vec![won + rejected + lapsed + open, won + rejected, won, rejected, back, lapsed, open]
}

/// Whether a reader could take a table for the one behind what is shown.
fn can_be(table: &[Vec<i64>], masked: &[Vec<Count>], least: i64) -> bool {
    let is_all_masked = masked.iter().flatten().all(|count| *count == Count::Withheld);
    let inside = |row: usize, place: usize| {
        // A part of a number that is masked as small can be none.
        let is_small = |row: usize, place: usize| matches!(masked[row][place], Count::Below(_));
        let total = masked.len() - 1;
        (place > 0 && (is_small(row, 0) || is_small(total, 0))) || (row < total && is_small(total, place))
    };
    table.iter().enumerate().all(|(row, counts)| {
        counts.iter().enumerate().all(|(place, count)| match masked[row][place] {
            Count::Exact(shown) => *count == shown,
            Count::Below(_) => (i64::from(!inside(row, place))..least).contains(count),
            Count::Withheld => is_all_masked || *count >= least,
        })
    })
}

/// All leaves up to a number.
fn all_leaves(cells: usize, up_to: i64) -> impl Iterator<Item = Vec<i64>> {
    let base = usize::try_from(up_to).unwrap() + 1;
    (0..base.pow(u32::try_from(cells).unwrap())).map(move |number| {
        let digit =
            |place: usize| i64::try_from(number / base.pow(u32::try_from(place).unwrap()) % base).unwrap();
        (0..cells).map(digit).collect()
    })
}

/// Fails where a small number is shown, or is known more narrowly than that it is below the limit, of all tables that could be meant.
fn check_all_readings(leaves: &[Vec<i64>], of: impl Fn(&[i64]) -> Vec<i64> + Copy, sums: &[Sum], up_to: i64) {
    const LEAST: i64 = 3;
    let width = leaves[0].len();
    let rows = table(leaves, of);
    let masked = mask(&rows, sums, LEAST);
    assert!(can_be(&rows, &masked, LEAST), "{rows:?} {masked:?}");
    let small = |count: &i64| (1..LEAST).contains(count);
    let with_rests = |rows: &[Vec<i64>]| -> Vec<i64> {
        let rests = |row: &Vec<i64>| {
            sums.iter()
                .filter(|sum| sum.has_rest)
                .map(|sum| row[sum.whole] - sum.parts.iter().map(|part| row[*part]).sum::<i64>())
                .collect::<Vec<_>>()
        };
        rows.iter().flat_map(|row| [row.clone(), rests(row)].concat()).collect()
    };
    let meant = with_rests(&rows);
    let mut possible = vec![BTreeSet::new(); meant.len()];
    for cells in all_leaves(leaves.len() * width, up_to) {
        let other: Vec<Vec<i64>> = cells.chunks(width).map(<[i64]>::to_vec).collect();
        let other = table(&other, of);
        if can_be(&other, &masked, LEAST) {
            possible.iter_mut().zip(with_rests(&other)).for_each(|(possible, count)| {
                possible.insert(count);
            });
        }
    }
    for (count, possible) in meant.iter().zip(&possible).filter(|(count, _)| small(count)) {
        assert!(
            (1..LEAST).all(|other| possible.contains(&other)),
            "{count} of {rows:?} in {masked:?}: {possible:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn each_small_number_could_be_any_below_the_limit(
        one in proptest::collection::vec(proptest::collection::vec(0_i64..5, 1), 1..5),
        two in proptest::collection::vec(proptest::collection::vec(0_i64..5, 2), 1..3),
    ) {
        check_all_readings(&one, <[i64]>::to_vec, &NONE, 9);
        check_all_readings(&two, parts, &PARTS, 9);
        check_all_readings(&two, with_rest, &REST, 9);
    }

    #[test]
    fn no_small_number_follows_from_what_is_shown(
        leaves in proptest::collection::vec(proptest::collection::vec(prop_oneof![Just(0_i64), 1_i64..5, 5_i64..40], 5), 1..12),
        least in 3_i64..7,
    ) {
        let rows = table(&leaves, deep);
        let masked = mask(&rows, &DEEP, least);
        // As what each figure is made of, and which of them a reader knows.
        let cells = leaves.len() * 5;
        let mut known = Span::default();
        let unit = |cell: usize| (0..cells).map(|other| i128::from(other == cell)).collect::<Vec<_>>();
        let made_of = |row: usize, place: usize| (0..cells).map(|cell| {
            let mut ones = vec![vec![0; 5]; leaves.len()];
            ones[cell / 5][cell % 5] = 1;
            i128::from(table(&ones, deep)[row][place])
        }).collect::<Vec<_>>();
        for (row, counts) in masked.iter().enumerate() {
            for (place, count) in counts.iter().enumerate() {
                match count {
                    Count::Exact(shown) => {
                        prop_assert!(*shown == rows[row][place] && !(1..least).contains(shown));
                        known.add(made_of(row, place));
                        // Nothing means that each of its parts is none.
                        if *shown == 0 {
                            (0..cells).filter(|cell| made_of(row, place)[*cell] > 0).for_each(|cell| known.add(unit(cell)));
                        }
                    }
                    Count::Below(_) => prop_assert!(rows[row][place] < least),
                    Count::Withheld => {}
                }
            }
        }
        for (row, counts) in rows.iter().enumerate() {
            for (place, count) in counts.iter().enumerate().filter(|(_, count)| (1..least).contains(*count)) {
                prop_assert!(!known.holds(made_of(row, place)), "{count} in {row}, {place} of {rows:?}: {masked:?}");
            }
        }
        for (row, counts) in rows.iter().enumerate() {
            let kept = made_of(row, 2).iter().zip(made_of(row, 4)).map(|(won, back)| won - back).collect();
            prop_assert!(!(1..least).contains(&(counts[2] - counts[4])) || !known.holds(kept), "{rows:?}: {masked:?}");
        }
    }
}

/// What follows from some sums by adding and subtracting: vectors in echelon form, modulo a prime.
#[derive(Default)]
struct Span(BTreeMap<usize, Vec<i128>>);

const PRIME: i128 = 1_000_000_007;

impl Span {
    /// What is left of a vector, and where it begins.
    fn reduce(&self, mut vector: Vec<i128>) -> Option<(usize, Vec<i128>)> {
        for place in 0..vector.len() {
            if vector[place] == 0 {
                continue;
            }
            let Some(known) = self.0.get(&place) else { return Some((place, vector)) };
            let factor = vector[place];
            vector
                .iter_mut()
                .zip(known)
                .for_each(|(value, known)| *value = (*value - factor * known).rem_euclid(PRIME));
        }
        None
    }

    fn add(&mut self, vector: Vec<i128>) {
        let Some((place, vector)) = self.reduce(vector) else { return };
        let inverse = power(vector[place].rem_euclid(PRIME), PRIME - 2);
        self.0.insert(place, vector.iter().map(|value| (value * inverse).rem_euclid(PRIME)).collect());
    }

    fn holds(&self, vector: Vec<i128>) -> bool {
        self.reduce(vector).is_none()
    }
}

fn power(base: i128, exponent: i128) -> i128 {
    let (mut base, mut exponent, mut result) = (base, exponent, 1);
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = result * base % PRIME;
        }
        (base, exponent) = (base * base % PRIME, exponent / 2);
    }
    result
}
