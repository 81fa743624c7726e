//! Which names of one document are one entity.
//!
//! It compares spellings by a transliteration key and edit distance; it does not know other documents. Two full names
//! that differ by a middle name are two people, and so are names that kinship joins.

use crate::attributions::Tokens;
use crate::names::{Name, Votes};
use crate::view::View;
use crate::{Entity, EntityId, EntityKind, Form};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The entities of a document and the entity of each name.
#[derive(Debug, Default)]
pub(crate) struct Clusters {
    pub(crate) entities: Vec<Entity>,
    pub(crate) of_name: Vec<EntityId>,
    /// Entities that the text says are dead.
    pub(crate) late: Vec<bool>,
}

struct Cluster {
    /// Words of the first full form, folded.
    key: Vec<String>,
    kind: EntityKind,
    forms: BTreeMap<String, u32>,
    /// Mentions by full name, then by one word, each ascending.
    full: Vec<usize>,
    short: Vec<usize>,
    /// Titles and roles of its names.
    marks: BTreeSet<String>,
    late: bool,
}

impl Cluster {
    /// The last mention before this one. Mentions by one word come in order, so the last of them is before it.
    fn last_before(&self, mention: usize) -> Option<usize> {
        let full = self.full.partition_point(|known| *known < mention);
        let full = full.checked_sub(1).map(|index| self.full[index]);
        full.max(self.short.last().copied())
    }
}

/// How many of the latest clusters are compared by spelling. A document names few hundred; a list of thousands of
/// names is compared within this window, and exactly beyond it, so that reading stays linear.
const WINDOW: usize = 300;

/// The clusters so far, found again by key and by word.
#[derive(Default)]
struct Found {
    clusters: Vec<Cluster>,
    by_key: HashMap<Vec<String>, Vec<usize>>,
    by_word: HashMap<String, Vec<usize>>,
}

impl Found {
    fn add(&mut self, key: &[String], kind: EntityKind) -> usize {
        let number = self.clusters.len();
        self.clusters.push(Cluster {
            key: key.to_vec(),
            kind,
            forms: BTreeMap::new(),
            full: Vec::new(),
            short: Vec::new(),
            marks: BTreeSet::new(),
            late: false,
        });
        self.by_key.entry(key.to_vec()).or_default().push(number);
        for word in [key.first(), key.last()].into_iter().flatten() {
            let known = self.by_word.entry(word.clone()).or_default();
            if known.last() != Some(&number) {
                known.push(number);
            }
        }
        number
    }

    /// Clusters that may hold a name with this word, ascending: those with the very word, and the latest.
    fn near(&self, word: &str) -> Vec<usize> {
        let same = self.by_word.get(word).map_or(&[][..], Vec::as_slice);
        let recent = self.clusters.len().saturating_sub(WINDOW);
        let older = same[same.len().saturating_sub(WINDOW)..]
            .iter()
            .copied()
            .filter(|number| *number < recent);
        older.chain(recent..self.clusters.len()).collect()
    }
}

/// Clusters the names.
pub(crate) fn clusters(view: &View, names: &[Name]) -> Clusters {
    let forms: Vec<String> = names
        .iter()
        .map(|name| surface(view, &name.tokens))
        .collect();
    // What kind a spelling has is decided over all its occurrences.
    let mut votes: BTreeMap<&str, Votes> = BTreeMap::new();
    for (name, form) in names.iter().zip(&forms) {
        votes.entry(form).or_default().add(name.votes);
    }
    let mut found = Found::default();
    let mut of_name: Vec<usize> = vec![0; names.len()];
    // Full names first, so that a surname before its full name ("Masoud … Ahmad Masoud") finds it too.
    let is_full = |index: &usize| names[*index].tokens.len() > 1;
    let order = (0..names.len())
        .filter(is_full)
        .chain((0..names.len()).filter(|index| !is_full(index)));
    for index in order {
        let kind = votes
            .get(forms[index].as_str())
            .map_or(EntityKind::Other, |votes| votes.kind());
        let key = key_of(view, &names[index].tokens, kind);
        let home =
            home(view, names, &found, index, &key, kind).unwrap_or_else(|| found.add(&key, kind));
        let cluster = &mut found.clusters[home];
        *cluster.forms.entry(forms[index].clone()).or_default() += 1;
        if is_full(&index) {
            cluster.full.push(index)
        } else {
            cluster.short.push(index)
        }
        cluster.marks.extend(names[index].marks(view));
        cluster.late |= names[index].late;
        if cluster.kind == EntityKind::Other {
            cluster.kind = kind;
        }
        of_name[index] = home;
    }
    number(view, names, found.clusters, &of_name)
}

/// The entity that a name joins, if any.
fn home(
    view: &View,
    names: &[Name],
    found: &Found,
    index: usize,
    key: &[String],
    kind: EntityKind,
) -> Option<usize> {
    let name = &names[index];
    let compatible = |other: EntityKind| {
        other == kind
            || other == EntityKind::Other
            || kind == EntityKind::Other
            || matches!(
                (kind, other),
                (EntityKind::Group, EntityKind::Organization)
                    | (EntityKind::Organization, EntityKind::Group)
            )
    };
    let clusters = &found.clusters;
    let same = found.by_key.get(key).into_iter().flatten().copied();
    if let Some(same) = same
        .into_iter()
        .find(|other| compatible(clusters[*other].kind) || key.len() > 1)
    {
        return Some(same);
    }
    let word = key.last()?;
    let near = found.near(word);
    if key.len() > 1 {
        let spelt_alike = |other: &usize| {
            let cluster = &clusters[*other];
            compatible(cluster.kind)
                && cluster.key.len() == key.len()
                && cluster
                    .key
                    .iter()
                    .zip(key)
                    .all(|(left, right)| similar(left, right))
        };
        return near.into_iter().find(spelt_alike);
    }
    // A surname alone: the person of that surname, title or role agreeing, not a dead one where a living one is there, the
    // latest before the mention.
    let marks = name.marks(view);
    if matches!(kind, EntityKind::Person | EntityKind::Other) || !marks.is_empty() {
        let person = |other: &usize| {
            let cluster = &clusters[*other];
            matches!(cluster.kind, EntityKind::Person | EntityKind::Other) && cluster.key.len() > 1
        };
        let surname = |other: &usize| {
            clusters[*other]
                .key
                .last()
                .is_some_and(|last| similar(last, word))
        };
        let mut people: Vec<usize> = near
            .iter()
            .copied()
            .filter(person)
            .filter(surname)
            .collect();
        if people.is_empty() && kind == EntityKind::Person {
            let first_name = |other: &usize| {
                clusters[*other].kind == EntityKind::Person && clusters[*other].key[0] == *word
            };
            people = near
                .iter()
                .copied()
                .filter(person)
                .filter(first_name)
                .collect();
        }
        let rank = |other: &usize| {
            let cluster = &clusters[*other];
            let exact = cluster.key.last() == Some(word);
            let agrees = marks
                .iter()
                .any(|mark| cluster.marks.iter().any(|known| known.contains(mark)));
            let before = cluster.last_before(index);
            (agrees, !cluster.late, exact, before.is_some(), before)
        };
        if let Some(best) = people.into_iter().max_by_key(rank) {
            return Some(best);
        }
    }
    let alike = |other: &usize| {
        let cluster = &clusters[*other];
        compatible(cluster.kind) && cluster.key.len() == 1 && similar(&cluster.key[0], word)
    };
    near.iter()
        .copied()
        .find(alike)
        .or_else(|| body_home(view, name, clusters, &near))
        .or_else(|| acronym_home(view, name, clusters, &near))
}

/// "the Front" is the body whose name ends so, where there is one alone.
fn body_home(view: &View, name: &Name, found: &[Cluster], near: &[usize]) -> Option<usize> {
    let word = view.word(name.tokens.start);
    if !view.knowledge.parties.has("body", word) {
        return None;
    }
    let word = fold(word);
    let ends_so =
        |other: &usize| found[*other].key.len() > 1 && found[*other].key.last() == Some(&word);
    let mut ending = near.iter().copied().filter(ends_so);
    let first = ending.next()?;
    ending.next().is_none().then_some(first)
}

/// "NRF" is the body whose capital letters it spells.
fn acronym_home(view: &View, name: &Name, found: &[Cluster], near: &[usize]) -> Option<usize> {
    let word: String = view
        .word(name.tokens.start)
        .chars()
        .filter(|letter| *letter != '.')
        .collect();
    if word.chars().count() < 2 || word.chars().any(|letter| !letter.is_uppercase()) {
        return None;
    }
    let word = word.to_lowercase();
    near.iter().copied().find(|other| {
        let cluster = &found[*other];
        cluster.key.len() >= 2
            && cluster
                .key
                .iter()
                .filter(|part| !matches!(part.as_str(), "of" | "for" | "the" | "and"))
                .filter_map(|part| part.chars().next())
                .collect::<String>()
                == word
    })
}

/// Numbers clusters by their first mention and makes entities of them.
fn number(view: &View, names: &[Name], mut found: Vec<Cluster>, of_name: &[usize]) -> Clusters {
    let mentions: Vec<Vec<usize>> = found
        .iter_mut()
        .map(|cluster| {
            let mut all = std::mem::take(&mut cluster.full);
            all.append(&mut cluster.short);
            all.sort_unstable();
            all
        })
        .collect();
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|cluster| mentions[*cluster].first().copied());
    let mut id_of = vec![EntityId(0); found.len()];
    for (number, cluster) in (0u32..).zip(&order) {
        id_of[*cluster] = EntityId(number);
    }
    let mut clusters = Clusters {
        of_name: of_name.iter().map(|cluster| id_of[*cluster]).collect(),
        ..Clusters::default()
    };
    for (cluster, mentions) in order
        .iter()
        .map(|index| (&found[*index], &mentions[*index]))
    {
        let mut forms: Vec<Form> = cluster
            .forms
            .iter()
            .map(|(text, count)| Form {
                text: text.clone(),
                count: *count,
            })
            .collect();
        forms.sort_by(|left, right| {
            right
                .count
                .cmp(&left.count)
                .then_with(|| left.text.cmp(&right.text))
        });
        let mut roles = Vec::new();
        for called in mentions.iter().flat_map(|mention| &names[*mention].called) {
            if roles.len() == cluster.marks.len() {
                break;
            }
            let role = called.words(view);
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        let kind = if cluster.kind == EntityKind::Other && !roles.is_empty() {
            EntityKind::Person
        } else {
            cluster.kind
        };
        clusters.entities.push(Entity {
            name: fullest(&forms, kind),
            kind,
            mentions: mentions
                .iter()
                .map(|mention| view.span(names[*mention].tokens.clone()))
                .collect(),
            forms,
            place: None,
            roles,
            speaks_for: None,
        });
        clusters.late.push(cluster.late);
    }
    clusters
}

/// A person's fullest form has most words; others go by their commonest. Ties: the more frequent, then alphabetical.
fn fullest(forms: &[Form], kind: EntityKind) -> String {
    let words = |form: &Form| form.text.split_whitespace().count();
    let best = match kind {
        EntityKind::Person | EntityKind::Organization => {
            forms.iter().max_by_key(|form| (words(form), form.count))
        }
        _ => forms.first(),
    };
    best.map_or_else(String::new, |form| form.text.clone())
}

/// The name as written, inner white space as one space, a possessive taken off.
pub(crate) fn surface(view: &View, tokens: &Tokens) -> String {
    let words: Vec<&str> = view
        .span(tokens.clone())
        .slice(view.text)
        .split_whitespace()
        .collect();
    words.join(" ")
}

/// The folded words of a name; words for a kind of place at its end are left out ("Punjir Valley").
fn key_of(view: &View, tokens: &Tokens, kind: EntityKind) -> Vec<String> {
    let mut end = tokens.end;
    while kind == EntityKind::Place
        && end > tokens.start + 1
        && view.knowledge.parties.has("place", view.word(end - 1))
    {
        end -= 1;
    }
    let words = (tokens.start..end).map(|token| view.word(token));
    // An initial in the middle ("John S. Smith") does not make another person.
    let words: Vec<&str> = words.collect();
    let last = words.len().saturating_sub(1);
    words
        .iter()
        .enumerate()
        .filter(|(index, word)| {
            *index == 0 || *index == last || word.trim_end_matches('.').chars().count() > 1
        })
        .map(|(_, word)| fold(word))
        .collect()
}

/// The transliteration key of a word: lower case, accents off, digraphs and doubled letters to one letter.
pub(crate) fn fold(word: &str) -> String {
    let plain = plain_letters(word);
    let mut key = plain;
    for (from, to) in [
        ("kh", "k"),
        ("gh", "g"),
        ("dh", "d"),
        ("th", "t"),
        ("ph", "f"),
        ("sh", "s"),
        ("zh", "z"),
        ("ch", "c"),
        ("ou", "u"),
        ("oo", "u"),
        ("ow", "u"),
        ("ee", "i"),
        ("ie", "i"),
        ("ei", "i"),
        ("ai", "i"),
        ("ay", "i"),
        ("y", "i"),
        ("q", "k"),
        ("w", "v"),
        ("j", "j"),
    ] {
        key = key.replace(from, to);
    }
    let mut folded = String::new();
    for letter in key.chars() {
        if !folded.ends_with(letter) {
            folded.push(letter);
        }
    }
    // A final h after a vowel is not heard ("Khatibzadeh").
    if folded.len() > 4 && folded.ends_with('h') {
        folded.pop();
    }
    folded
}

/// Lower case, without accents, apostrophes and hyphens.
fn plain_letters(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    word.nfd()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether two folded words may be spellings of one name.
pub(crate) fn similar(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    if left.chars().next() != right.chars().next() {
        return false;
    }
    let length = left.chars().count().min(right.chars().count());
    if length < 4 {
        return false;
    }
    let bones = |word: &str| {
        word.chars()
            .filter(|letter| !matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u'))
            .collect::<String>()
    };
    let (left_bones, right_bones) = (bones(left), bones(right));
    if left_bones == right_bones && left_bones.chars().count() >= 3 {
        return true;
    }
    let distance = strsim::damerau_levenshtein(left, right);
    distance == 1 && length >= 6 || distance == 2 && length >= 10
}
