//! Which names of one document are one entity.
//!
//! Names of several words come first, then single words, each in order. A name joins an entity that has its words, an alias that the
//! text states, or a spelling that `Spellings` holds for the same; it stays apart where anything in the document speaks against any
//! name that the entity has, so that one bad spelling never chains two people. It does not know other documents.

use crate::attributions::Tokens;
use crate::joins::{self, Join};
use crate::names::{Name, Votes};
use crate::spellings::{Spellings, WordId};
use crate::view::View;
use crate::{Entity, EntityId, EntityKind, Form};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The entities of a document and the entity of each name.
#[derive(Debug, Default)]
pub(crate) struct Clusters {
    pub(crate) entities: Vec<Entity>,
    pub(crate) of_name: Vec<EntityId>,
    /// For each name why it is its entity's, where that does not lie open: it has other words than the names before it.
    pub(crate) joined: Vec<Option<Join>>,
}

/// A name as clusters compare it.
#[derive(Debug)]
pub(crate) struct Named<'n> {
    pub(crate) name: &'n Name,
    pub(crate) form: &'n str,
    pub(crate) kind: EntityKind,
    /// Its words without initials in the middle; of a place without what kind of place it is.
    pub(crate) words: Vec<WordId>,
    /// All words in one, so that "Port-Meron" is "Port Meron".
    pub(crate) whole: WordId,
    /// Titles and roles, in lower case.
    pub(crate) marks: Vec<String>,
    /// Somebody's kin: "a son of the late X".
    pub(crate) is_kin: bool,
    pub(crate) sentence: usize,
}

/// An entity in the making.
#[derive(Debug)]
pub(crate) struct Cluster {
    /// The words of each form of several words, then those of single words, each once.
    pub(crate) full: Vec<Vec<WordId>>,
    pub(crate) single: Vec<WordId>,
    pub(crate) wholes: BTreeSet<WordId>,
    pub(crate) kind: EntityKind,
    forms: BTreeMap<String, u32>,
    /// Mentions by names of several words, then by one word, each ascending.
    several: Vec<usize>,
    one: Vec<usize>,
    pub(crate) marks: BTreeSet<String>,
    pub(crate) late: bool,
    pub(crate) is_kin: bool,
    pub(crate) sentences: BTreeSet<usize>,
}

impl Cluster {
    /// The last mention before this one. Mentions by one word come in order, so the last of them is before it.
    pub(crate) fn last_before(&self, mention: usize) -> Option<usize> {
        let several = self.several.partition_point(|known| *known < mention);
        let several = several.checked_sub(1).map(|index| self.several[index]);
        several.max(self.one.last().copied())
    }

    /// One "Sunni Velik" that looks like a person's name makes no person of the many "Velik" that are a party.
    fn settle(&mut self, named: &[Named]) {
        let parties = self.one.iter().map(|index| named[*index].kind);
        let mut parties =
            parties.filter(|kind| matches!(kind, EntityKind::Group | EntityKind::Organization));
        let most = (MOSTLY * self.several.len()).max(MOSTLY);
        if self.kind == EntityKind::Person && parties.clone().count() >= most {
            self.kind = parties.next().unwrap_or(self.kind);
        }
    }

    /// The fullest form that it has so far.
    pub(crate) fn name(&self) -> String {
        let longest = self
            .forms
            .iter()
            .max_by_key(|(form, count)| (form.split(' ').count(), **count));
        longest.map_or_else(String::new, |(form, _)| form.clone())
    }

    pub(crate) fn forms(&self) -> impl Iterator<Item = &str> {
        self.forms.keys().map(String::as_str)
    }

    /// Whether its name was given in full before this mention.
    pub(crate) fn is_before(&self, mention: usize) -> bool {
        self.several.first().is_some_and(|first| *first < mention)
    }
}

/// A party is named by one word so many times as often as by several that look like a person's.
const MOSTLY: usize = 3;
/// How many of the latest clusters are compared by spelling. A document names few hundred; a list of thousands of
/// names is compared within this window, and exactly beyond it, so that reading stays linear.
const WINDOW: usize = 300;

/// The clusters so far, found again by their words.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) clusters: Vec<Cluster>,
    by_whole: HashMap<WordId, Vec<usize>>,
    by_word: HashMap<WordId, Vec<usize>>,
}

impl Found {
    fn add(&mut self, kind: EntityKind) -> usize {
        self.clusters.push(Cluster {
            full: Vec::new(),
            single: Vec::new(),
            wholes: BTreeSet::new(),
            kind,
            forms: BTreeMap::new(),
            several: Vec::new(),
            one: Vec::new(),
            marks: BTreeSet::new(),
            late: false,
            is_kin: false,
            sentences: BTreeSet::new(),
        });
        self.clusters.len() - 1
    }

    /// Puts a name into a cluster; an inferred one lends it no spelling.
    fn put(&mut self, home: usize, index: usize, named: &Named, join: Option<&Join>) {
        let cluster = &mut self.clusters[home];
        if named.words.len() > 1 {
            cluster.several.push(index);
        } else {
            cluster.one.push(index);
        }
        if !matches!(join, Some(Join::Inferred { .. })) {
            *cluster.forms.entry(named.form.to_owned()).or_default() += 1;
            if cluster.kind == EntityKind::Other {
                cluster.kind = named.kind;
            }
            if cluster.wholes.insert(named.whole) {
                self.by_whole.entry(named.whole).or_default().push(home);
                match named.words[..] {
                    [word] => cluster.single.push(word),
                    _ => cluster.full.push(named.words.clone()),
                }
                for word in &named.words {
                    let known = self.by_word.entry(*word).or_default();
                    if known.last() != Some(&home) {
                        known.push(home);
                    }
                }
            }
        }
        let cluster = &mut self.clusters[home];
        cluster.marks.extend(named.marks.iter().cloned());
        cluster.late |= named.name.late;
        cluster.is_kin |= named.is_kin;
        cluster.sentences.insert(named.sentence);
    }

    /// Clusters with the very words of a name.
    pub(crate) fn same(&self, whole: WordId) -> impl Iterator<Item = usize> {
        self.by_whole.get(&whole).into_iter().flatten().copied()
    }

    /// Clusters that may hold a name with these words, ascending: those with a very word, and the latest.
    pub(crate) fn near(&self, words: &[WordId]) -> Vec<usize> {
        let recent = self.clusters.len().saturating_sub(WINDOW);
        let mut near: Vec<usize> = Vec::new();
        if recent > 0 {
            for word in words {
                let same = self.by_word.get(word).map_or(&[][..], Vec::as_slice);
                let older = same[same.len().saturating_sub(WINDOW)..].iter().copied();
                near.extend(older.filter(|number| *number < recent));
            }
            near.sort_unstable();
            near.dedup();
        }
        near.extend(recent..self.clusters.len());
        near
    }
}

/// Clusters the names.
pub(crate) fn clusters(view: &View, names: &[Name]) -> Clusters {
    let forms: Vec<String> = names
        .iter()
        .map(|name| surface(view, &name.tokens))
        .collect();
    // What kind a spelling has is decided over all its occurrences.
    let mut votes: HashMap<&str, (Votes, u32)> = HashMap::new();
    for (name, form) in names.iter().zip(&forms) {
        let (votes, count) = votes.entry(form).or_default();
        votes.add(name.votes);
        *count += 1;
    }
    let mut spellings = Spellings::new(view.knowledge.name_model.as_ref());
    let named: Vec<Named> = names
        .iter()
        .zip(&forms)
        .map(|(name, form)| {
            let mut kind = votes
                .get(form.as_str())
                .map_or(EntityKind::Other, |(votes, _)| votes.kind());
            // Nobody is called by a number, but brigades and bodies are.
            if kind == EntityKind::Person && form.contains(|letter: char| letter.is_ascii_digit()) {
                kind = EntityKind::Organization;
            }
            let words = words_of(view, &name.tokens, kind);
            let whole = spellings.add(&words.concat());
            Named {
                name,
                form,
                kind,
                whole,
                words: words.iter().map(|word| spellings.add(word)).collect(),
                marks: name.marks(view),
                is_kin: joins::is_kin(view, name.tokens.start),
                sentence: view.sentence_of(name.tokens.start).unwrap_or(usize::MAX),
            }
        })
        .collect();
    let counts = |form: &str| votes.get(form).map_or(0, |(_, count)| *count);
    let stated = joins::stated(view, &named);
    let document = joins::Document {
        view,
        named: &named,
        spellings: &spellings,
        counts: &counts,
    };
    let mut found = Found::default();
    let mut homes: Vec<Option<usize>> = vec![None; names.len()];
    let mut joined: Vec<Option<Join>> = vec![None; names.len()];
    // Full names first, so that a surname before its full name ("Masoud … Ahmad Masoud") finds it too.
    let is_full = |index: &usize| named[*index].words.len() > 1;
    // By its words a name is an alias wherever it stands, also before the text says so.
    let alias: HashMap<WordId, usize> = stated
        .iter()
        .enumerate()
        .filter_map(|(index, other)| Some((named[index].whole, (*other)?)))
        .collect();
    let rank = |index: &usize| (!is_full(index), alias.contains_key(&named[*index].whole));
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(rank);
    for index in order {
        let stated = alias
            .get(&named[index].whole)
            .copied()
            .and_then(|other| homes[other].map(|home| (home, Some(document.stated(other)))));
        let place = stated.or_else(|| document.home(&found, index));
        let (home, join) = place.unwrap_or_else(|| (found.add(named[index].kind), None));
        found.put(home, index, &named[index], join.as_ref());
        homes[index] = Some(home);
        joined[index] = join;
    }
    let of_name: Vec<usize> = homes.into_iter().map(Option::unwrap_or_default).collect();
    for cluster in &mut found.clusters {
        cluster.settle(&named);
    }
    number(view, names, found.clusters, &of_name, joined)
}

/// Numbers clusters by their first mention and makes entities of them.
fn number(
    view: &View,
    names: &[Name],
    mut found: Vec<Cluster>,
    of_name: &[usize],
    joined: Vec<Option<Join>>,
) -> Clusters {
    let mentions: Vec<Vec<usize>> = found
        .iter_mut()
        .map(|cluster| {
            let mut all = std::mem::take(&mut cluster.several);
            all.append(&mut cluster.one);
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
        joined,
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
            name: fullest(view, &forms, kind),
            kind,
            mentions: mentions
                .iter()
                .map(|mention| view.span(names[*mention].tokens.clone()))
                .collect(),
            forms,
            place: None,
            link: None,
            roles,
            speaks_for: None,
        });
    }
    clusters
}

/// A person's fullest form has most words; others go by their commonest. Ties: the more frequent, then alphabetical.
fn fullest(view: &View, forms: &[Form], kind: EntityKind) -> String {
    // "Sunni Velik" says no more of its name than "Velik" does.
    let says = |word: &&str| !view.knowledge.parties.has("adjective", word);
    let words = |form: &Form| {
        let words = form.text.split_whitespace().filter(says).count();
        (words, words == form.text.split_whitespace().count())
    };
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

/// The words of a name; a person's titles, words for a kind of place at its end are left out ("Punjir Valley"), and initials in the middle
/// ("John S. Smith"), which do not make another person.
fn words_of<'v>(view: &View<'v>, tokens: &Tokens, kind: EntityKind) -> Vec<&'v str> {
    let mut end = tokens.end;
    while kind == EntityKind::Place
        && end > tokens.start + 1
        && view.knowledge.parties.has("place", view.word(end - 1))
    {
        end -= 1;
    }
    let mut start = tokens.start;
    while kind == EntityKind::Person
        && start + 1 < end
        && view.knowledge.parties.has("title", view.word(start))
    {
        start += 1;
    }
    let words: Vec<&str> = (start..end).map(|token| view.word(token)).collect();
    let last = words.len().saturating_sub(1);
    let is_article = |word: &str| matches!(word, "al" | "el" | "Al" | "El");
    words
        .iter()
        .enumerate()
        .filter(|(index, word)| {
            (*index == 0 || *index == last || word.trim_end_matches('.').chars().count() > 1)
                && (words.len() == 1 || !is_article(word))
        })
        .map(|(_, word)| *word)
        .collect()
}
