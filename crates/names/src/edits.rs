//! `edits`: how many letters must change to make one word of another.
//!
//! It does not know sounds; a change of any letter counts the same.

/// Longest text that is measured; beyond it the ends are not looked at.
const LONGEST: usize = 96;

/// Insertions, deletions, replacements and swaps of neighbours that make one text of the other (optimal string alignment,
/// which changes no letter twice). Of ASCII texts, up to 96 letters each.
pub(crate) fn edits(left: &str, right: &str) -> usize {
    let left = &left.as_bytes()[..left.len().min(LONGEST)];
    let right = &right.as_bytes()[..right.len().min(LONGEST)];
    let same = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[same..], &right[same..]);
    let same = left
        .iter()
        .rev()
        .zip(right.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (left, right) = (&left[..left.len() - same], &right[..right.len() - same]);
    if left.is_empty() || right.is_empty() {
        return left.len().max(right.len());
    }
    let mut before = [0_u8; LONGEST + 1];
    let mut row = [0_u8; LONGEST + 1];
    let mut next = [0_u8; LONGEST + 1];
    for (cell, count) in row.iter_mut().zip(0..=right.len()) {
        *cell = count as u8;
    }
    for (i, &a) in left.iter().enumerate() {
        next[0] = i as u8 + 1;
        for (j, &b) in right.iter().enumerate() {
            let mut least = (row[j] + u8::from(a != b))
                .min(row[j + 1] + 1)
                .min(next[j] + 1);
            if i > 0 && j > 0 && a == right[j - 1] && b == left[i - 1] {
                least = least.min(before[j - 1] + 1);
            }
            next[j + 1] = least;
        }
        (before, row, next) = (row, next, before);
    }
    usize::from(row[right.len()])
}

#[cfg(test)]
mod tests {
    use super::edits;

    #[test]
    fn letters_are_counted() {
        for (left, right, count) in [
            ("velik", "velik", 0),
            ("velik", "veilk", 1),
            ("velik", "vellik", 1),
            ("velik", "dorun", 5),
            ("", "ab", 2),
            ("kim", "him", 1),
        ] {
            assert_eq!(edits(left, right), count, "{left} {right}");
        }
    }
}
