//! Words found again in a text that was changed here and there: the stretch that takes the fewest edits.
//!
//! It does not know what the words are for. The dependencies hold distances of whole strings only; this is the search of Sellers
//! (1980) within a text: the table of edits in which a match may begin anywhere, one row kept for each letter of the words.

/// Characters of a text that are searched at most: beyond, the words count as lost rather than the search as slow.
const MOST: usize = 400_000;

/// Where words stand in a text but for one edit in ten letters: first and last place (half-open, in characters) and how many edits.
/// None where no place is near enough, or where two apart from each other are equally near.
pub(crate) fn find(words: &[char], text: &[char]) -> Option<(usize, usize, usize)> {
    let most = words.len() / 10;
    if words.is_empty() || text.is_empty() || text.len() > MOST {
        return None;
    }
    // For each letter of the words: fewest edits up to it with the match ending here, and where that match began.
    let mut row: Vec<(usize, usize)> = (0..=words.len()).map(|edits| (edits, 0)).collect();
    let mut best: Option<(usize, usize, usize)> = None;
    let mut is_clear = true;
    for (at, letter) in text.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = (0, at + 1);
        for (place, wanted) in words.iter().enumerate() {
            let above = row[place + 1];
            let changed = (diagonal.0 + usize::from(wanted != letter), diagonal.1);
            let left_out = (row[place].0 + 1, row[place].1);
            let put_in = (above.0 + 1, above.1);
            diagonal = above;
            // Of equal ones that which began last: the shortest stretch.
            row[place + 1] = [changed, left_out, put_in]
                .into_iter()
                .min_by_key(|(edits, from)| (*edits, std::cmp::Reverse(*from)))
                .unwrap_or(changed);
        }
        let (edits, from) = row[words.len()];
        if edits > most {
            continue;
        }
        match best {
            Some((_, _, known)) if edits > known => {}
            Some((known_from, known_to, known)) if edits == known => {
                // The same stretch, a letter longer or shorter, is no second one.
                is_clear &= from < known_to && at + 1 > known_from;
            }
            _ => {
                is_clear = true;
                best = Some((from, at + 1, edits));
            }
        }
    }
    best.filter(|_| is_clear)
}

/// Where two places of some words are in other words that are nearly the same, by the fewest edits.
pub(crate) fn carried(words: &[char], other: &[char], places: [usize; 2]) -> [usize; 2] {
    let width = other.len() + 1;
    let mut table = vec![0_usize; (words.len() + 1) * width];
    for row in 0..=words.len() {
        for column in 0..width {
            table[row * width + column] = match (row, column) {
                (0, _) => column,
                (_, 0) => row,
                _ => {
                    let changed = usize::from(words[row - 1] != other[column - 1]);
                    (table[(row - 1) * width + column - 1] + changed)
                        .min(table[(row - 1) * width + column] + 1)
                        .min(table[row * width + column - 1] + 1)
                }
            };
        }
    }
    let (mut row, mut column) = (words.len(), other.len());
    let mut carried = places.map(|place| if place >= row { column } else { 0 });
    while row > 0 || column > 0 {
        let here = table[row * width + column];
        if row > 0 && column > 0 {
            let changed = usize::from(words[row - 1] != other[column - 1]);
            if table[(row - 1) * width + column - 1] + changed == here {
                row -= 1;
                column -= 1;
            } else if table[(row - 1) * width + column] + 1 == here {
                row -= 1;
            } else {
                column -= 1;
            }
        } else if row > 0 {
            row -= 1;
        } else {
            column -= 1;
        }
        for (place, found) in places.iter().zip(&mut carried) {
            if row == *place {
                *found = column;
            }
        }
    }
    carried
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(words: &str) -> Vec<char> {
        words.chars().collect()
    }

    #[test]
    fn words_with_few_edits_are_found_and_others_are_not() {
        let text =
            chars("The council says: the bridge over the Tarvo is open to carts. Nothing else.");
        let found = |words: &str| find(&chars(words), &text);
        assert_eq!(
            found("the bridge over the Tarva is open to all the carts"),
            None
        );
        let (from, to, edits) = found("the bridge over the Tarva is opened to carts").unwrap();
        let stretch: String = text[from..to].iter().collect();
        assert_eq!(
            (stretch.as_str(), edits),
            ("the bridge over the Tarvo is open to carts", 3)
        );
        assert_eq!(found("a ford"), None);
        assert_eq!(find(&chars("ab"), &chars("ab and ab")), None);
        assert_eq!(find(&[], &text), None);
    }

    #[test]
    fn places_are_carried_over_edits() {
        let carry =
            |words: &str, other: &str, places| carried(&chars(words), &chars(other), places);
        assert_eq!(carry("the Tarvo road", "the Tarvo road", [4, 9]), [4, 9]);
        assert_eq!(
            carry("the Tarvo road", "near the Tarva road", [4, 9]),
            [9, 14]
        );
        assert_eq!(carry("the Tarvo", "", [4, 9]), [0, 0]);
    }
}
