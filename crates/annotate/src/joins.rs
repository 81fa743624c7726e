//! The rules by which a name joins an entity of its document, and what keeps it apart.
//!
//! Each join keeps its reason. It does not know how names are found, nor other documents.

use crate::EntityKind;
use crate::clusters::{Cluster, Found, Named};
use crate::knowledge::PERSONAL;
use crate::spellings::{ALIKE, APART, LOST_MARK, Spellings, WordId};
use crate::view::View;
use names::NameKind;

/// Why a name is an entity's although it has other words than the names before it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Join {
    /// Another spelling, with how likely the words are one name.
    Spelling { of: String, same: f64 },
    /// A part of a longer name: surname, given name, a body's short form.
    Part { of: String },
    /// The first letters of a name.
    Letters { of: String },
    /// The text says so ("X, also called Y"; "X (Y)").
    Stated { of: String },
    /// A surname in another form of the word, in a speaker's place: a guess of the reader, which lends no spelling.
    Inferred { of: String },
}

impl Join {
    /// The rule's name, as claims print it.
    pub(crate) fn rule(&self) -> &'static str {
        match self {
            Join::Spelling { .. } => "name:spelling",
            Join::Part { .. } => "name:part",
            Join::Letters { .. } => "name:letters",
            Join::Stated { .. } => "name:stated",
            Join::Inferred { .. } => "name:inferred",
        }
    }

    /// A sentence for people.
    pub(crate) fn note(&self, form: &str) -> String {
        match self {
            Join::Spelling { of, same } => {
                format!("“{form}” is taken for a spelling of “{of}” (likeness {same:.2})")
            }
            Join::Part { of } => format!("“{form}” is taken for a part of the name “{of}”"),
            Join::Letters { of } => format!("“{form}” has the first letters of “{of}”"),
            Join::Stated { of } => format!("the text gives “{form}” as a name of “{of}”"),
            Join::Inferred { of } => format!("the text says “{form}”; read as “{of}”"),
        }
    }
}

/// A place for a name: the cluster, and why where that does not lie open.
type Home = (usize, Option<Join>);

/// What speaks for a bearer of a single word, the weightiest first: title, more than a given name, alive, the very spelling, named
/// before, how late, where in the name.
type Rank = (bool, bool, bool, bool, bool, Option<usize>, u8);

/// What is known of a document's names before they are joined.
pub(crate) struct Document<'d, 'a> {
    pub(crate) view: &'d View<'a>,
    pub(crate) named: &'d [Named<'d>],
    pub(crate) spellings: &'d Spellings<'a>,
    /// How often a form stands in the document.
    pub(crate) counts: &'d dyn Fn(&str) -> u32,
}

/// Likeness from which two single words are one name; less context stands beside them than in a full name.
const SINGLE: f64 = 0.55;
/// Likeness from which two spellings that are both at home in the document are one name.
const BOTH_FREQUENT: f64 = 0.9;
/// Likeness from which names of several words are one of whatever kinds.
const SURE: f64 = 0.7;
/// A spelling with so many mentions is no slip.
const FREQUENT: u32 = 3;
/// `NameModel::compare` from which two bodies' names are one within a document.
const ONE_BODY: f64 = 0.8;

impl Document<'_, '_> {
    /// The join of a name that the text itself gives as another's.
    pub(crate) fn stated(&self, other: usize) -> Join {
        Join::Stated {
            of: self.named[other].form.to_owned(),
        }
    }

    /// The cluster that a name joins, if any.
    pub(crate) fn home(&self, found: &Found, index: usize) -> Option<Home> {
        let named = &self.named[index];
        let fits = |other: &usize| {
            let cluster = &found.clusters[*other];
            compatible(cluster.kind, named.kind) || named.words.len() > 1
        };
        if named.words.len() > 1 {
            if let Some(same) = found.same(named.whole).find(fits) {
                return Some((same, None));
            }
            let near = found.near(&named.words);
            return match named.kind {
                EntityKind::Person => self
                    .full_person(found, &near, index)
                    .or_else(|| self.other_kind(found, &near, index)),
                EntityKind::Place | EntityKind::Facility => self.alike(found, &near, index),
                _ => self
                    .full_body(found, &near, index)
                    .or_else(|| self.other_kind(found, &near, index)),
            };
        }
        let near = found.near(&named.words);
        self.bearer(found, &near, index)
            .or_else(|| found.same(named.whole).find(fits).map(|same| (same, None)))
            .or_else(|| self.alike(found, &near, index))
            .or_else(|| self.short_body(found, &near, index))
            .or_else(|| self.acronym(found, &near, index))
            .or_else(|| self.plural(found, &near, index))
            .or_else(|| self.inflected(found, &near, index))
            .or_else(|| self.bearer_of_place(found, &near, index))
    }

    /// How alike two names of as many words are, word by word.
    fn aligned(&self, left: &[WordId], right: &[WordId]) -> f64 {
        if left.len() != right.len() {
            return 0.0;
        }
        let pairs = left.iter().zip(right);
        pairs.fold(1.0, |least: f64, (left, right)| {
            least.min(self.spellings.same(*left, *right))
        })
    }

    /// How alike a name and a cluster are: the most that any of its forms gives, none where one speaks against it.
    fn likeness(&self, cluster: &Cluster, named: &Named) -> f64 {
        let mut most: f64 = 0.0;
        let single;
        let forms: &[Vec<WordId>] = if named.words.len() > 1 {
            &cluster.full
        } else {
            single = cluster
                .single
                .iter()
                .map(|word| vec![*word])
                .collect::<Vec<_>>();
            &single
        };
        for form in forms {
            let same = if form.len() == named.words.len() {
                self.aligned(form, &named.words)
            } else {
                continue;
            };
            if same < APART {
                return 0.0;
            }
            most = most.max(same);
        }
        most
    }

    /// Why a name that is so much alike joins.
    fn spelling(&self, cluster: &Cluster, same: f64) -> Join {
        let of = cluster.name();
        if same >= LOST_MARK {
            Join::Part { of }
        } else {
            Join::Spelling { of, same }
        }
    }

    /// Whether a word tells one body from others: no country's adjective, and no word for a kind of body.
    fn is_telling(&self, word: WordId) -> bool {
        let text = self.spellings.text(word);
        let mut letters = text.chars();
        let shown: String = letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect())
            .unwrap_or_default();
        let knowledge = self.view.knowledge;
        text.len() > 2
            && !knowledge.parties.has("body", &shown)
            && !knowledge.demonyms.country_of.contains_key(&shown)
            && !knowledge.demonyms.countries.contains_key(&shown)
    }

    /// A full name of a person: other spellings of the same words, or the end or beginning of a longer name given before.
    fn full_person(&self, found: &Found, near: &[usize], index: usize) -> Option<Home> {
        let named = &self.named[index];
        let last = *named.words.last()?;
        let is_person = |cluster: &Cluster| {
            matches!(cluster.kind, EntityKind::Person | EntityKind::Other)
                && !self.differs_in_gender(cluster, named)
        };
        let mut best: Option<(f64, usize)> = None;
        for other in near.iter().copied() {
            let cluster = &found.clusters[other];
            if !is_person(cluster) {
                continue;
            }
            let surname = |form: &Vec<WordId>| {
                form.last()
                    .is_some_and(|known| self.spellings.is_other_gender(*known, last))
            };
            let same = self.likeness(cluster, named);
            if same >= ALIKE
                && !cluster.full.iter().any(surname)
                && best.is_none_or(|(known, _)| same > known)
            {
                best = Some((same, other));
            }
        }
        if let Some((same, other)) = best {
            let join = self.spelling(&found.clusters[other], same);
            return Some((other, Some(join)));
        }
        // "Reyes Montt" after "Aurelio Reyes Montt"; but where words for kin or death stand beside one, they are two.
        let part = |other: &usize| {
            let cluster = &found.clusters[*other];
            let longer = cluster
                .full
                .iter()
                .any(|form| self.is_part(&named.words, form));
            longer
                && is_person(cluster)
                && cluster.is_before(index)
                && !cluster.late
                && !cluster.is_kin
                && !named.name.late
        };
        let mut parts = near.iter().copied().filter(part);
        let first = parts.next()?;
        parts.next().is_none().then(|| {
            let of = found.clusters[first].name();
            (first, Some(Join::Part { of }))
        })
    }

    /// The same words in a name that is of another kind there, by the words around.
    fn other_kind(&self, found: &Found, near: &[usize], index: usize) -> Option<Home> {
        let named = &self.named[index];
        let kind = |other: usize| found.clusters[other].kind;
        let person = |kind: EntityKind| kind == EntityKind::Person;
        let others: Vec<usize> = near
            .iter()
            .copied()
            .filter(|other| person(kind(*other)) != person(named.kind))
            .collect();
        self.alike(found, &others, index)
    }

    /// Places, and single words of any kind: another spelling of the same words.
    fn alike(&self, found: &Found, near: &[usize], index: usize) -> Option<Home> {
        let named = &self.named[index];
        let mut best: Option<(f64, usize)> = None;
        for other in near.iter().copied() {
            let cluster = &found.clusters[other];
            let same = self.likeness(cluster, named);
            // Several words alike say more than what kind a name has by the words around it.
            let slip = same >= BOTH_FREQUENT
                && (self.counts)(named.form) == 1
                && self.frequent(cluster) >= FREQUENT;
            let kinds = compatible(cluster.kind, named.kind)
                || named.words.len() > 1 && same >= SURE
                || slip;
            if !kinds || cluster.full.is_empty() && cluster.sentences.contains(&named.sentence) {
                continue;
            }
            let least =
                if (self.counts)(named.form) >= FREQUENT && self.frequent(cluster) >= FREQUENT {
                    BOTH_FREQUENT
                } else {
                    SINGLE
                };
            if same >= least
                && (same >= 1.0 || !self.is_country(cluster, named))
                && !self.are_two_places(cluster, named)
                && best.is_none_or(|(known, _)| same > known)
            {
                best = Some((same, other));
            }
        }
        let (same, other) = best?;
        let join = self.spelling(&found.clusters[other], same);
        Some((other, Some(join)))
    }

    /// How often the commonest spelling of a cluster stands in the document.
    fn frequent(&self, cluster: &Cluster) -> u32 {
        cluster.forms().map(self.counts).max().unwrap_or(0)
    }

    /// Whether the gazetteer knows both spellings, and never as names of one place.
    fn are_two_places(&self, cluster: &Cluster, named: &Named) -> bool {
        let Some(gazetteer) = &self.view.knowledge.gazetteer else {
            return false;
        };
        let of = |form: &str| -> Vec<_> {
            let named = gazetteer.exact(&names::fold(form));
            named.map(|named| named.place).collect()
        };
        let here = of(named.form);
        !here.is_empty()
            && cluster.forms().any(|form| {
                let there = of(form);
                !there.is_empty() && !there.iter().any(|place| here.contains(place))
            })
    }

    /// Whether one is a country's name: another word is hardly ever a spelling of it.
    fn is_country(&self, cluster: &Cluster, named: &Named) -> bool {
        let countries = &self.view.knowledge.demonyms.countries;
        countries.contains_key(named.form)
            || cluster.forms().any(|form| countries.contains_key(form))
    }

    /// A body's name of several words: another spelling or wording, or a shorter or longer form of the one body that has its words.
    fn full_body(&self, found: &Found, near: &[usize], index: usize) -> Option<Home> {
        let named = &self.named[index];
        let bodies = near.iter().copied().filter(|other| {
            let cluster = &found.clusters[*other];
            is_body(cluster.kind) && !cluster.full.is_empty()
        });
        let mut best: Option<(f64, usize)> = None;
        let mut parts: Vec<usize> = Vec::new();
        for other in bodies {
            let cluster = &found.clusters[other];
            let aligned = self.likeness(cluster, named);
            if aligned >= ALIKE && best.is_none_or(|(known, _)| aligned > known) {
                best = Some((aligned, other));
                continue;
            }
            let shared = cluster.full.iter().any(|form| {
                form.iter()
                    .filter(|left| self.is_telling(**left))
                    .any(|left| {
                        let mut words = named.words.iter();
                        words.any(|right| self.spellings.same(*left, *right) >= ALIKE)
                    })
            });
            if shared && let Some(model) = &self.view.knowledge.name_model {
                let name = cluster.name();
                let compared = model
                    .compare(&name, named.form, NameKind::Organization)
                    .same;
                if compared >= ONE_BODY && best.is_none_or(|(known, _)| compared > known) {
                    best = Some((compared, other));
                    continue;
                }
            }
            let contained = cluster
                .full
                .iter()
                .any(|form| self.is_part(&named.words, form) || self.is_part(form, &named.words));
            if contained {
                parts.push(other);
            }
        }
        if let Some((same, other)) = best {
            let join = self.spelling(&found.clusters[other], same);
            return Some((other, Some(join)));
        }
        match parts[..] {
            [other] => {
                let of = found.clusters[other].name();
                Some((other, Some(Join::Part { of })))
            }
            _ => None,
        }
    }

    /// Whether words stand in a row in a longer name.
    fn is_part(&self, short: &[WordId], long: &[WordId]) -> bool {
        short.len() < long.len()
            && long
                .windows(short.len())
                .any(|window| self.aligned(window, short) >= ALIKE)
    }

    /// A surname or given name alone: the person of that name, title or role agreeing, not a dead one where a living one is
    /// there, the latest before the mention.
    fn bearer(&self, found: &Found, near: &[usize], index: usize) -> Option<Home> {
        let named = &self.named[index];
        let [word] = named.words[..] else {
            return None;
        };
        // "the Velik forces" are a group by the words around, and named after a person.
        let is_person =
            matches!(named.kind, EntityKind::Person | EntityKind::Other) || !named.marks.is_empty();
        if !is_person && !is_body(named.kind) {
            return None;
        }
        let mut best: Option<(Rank, usize, f64)> = None;
        for other in near.iter().copied() {
            let cluster = &found.clusters[other];
            if !matches!(cluster.kind, EntityKind::Person | EntityKind::Other)
                || cluster.full.is_empty()
                || self.differs_in_gender(cluster, named)
            {
                continue;
            }
            let Some((position, same)) = self.position(cluster, word, named.kind) else {
                continue;
            };
            if !is_person && (position < 2 || same < LOST_MARK) {
                continue;
            }
            let agrees = agree(&named.marks, cluster);
            let before = cluster.last_before(index);
            // A given name may be anybody's; one that is spelt so is meant before one that is spelt otherwise.
            let rank = (
                agrees,
                position > 0,
                !cluster.late,
                same >= 1.0,
                before.is_some(),
                before,
                position,
            );
            if best.is_none_or(|(known, ..)| rank >= known) {
                best = Some((rank, other, same));
            }
        }
        let (_, other, same) = best?;
        let cluster = &found.clusters[other];
        Some((other, Some(self.spelling(cluster, same))))
    }

    /// A word taken for a place by the words around that spells the surname of somebody named before, and no place's.
    fn bearer_of_place(&self, found: &Found, near: &[usize], index: usize) -> Option<Home> {
        let named = &self.named[index];
        let [word] = named.words[..] else {
            return None;
        };
        let known = &self.view.knowledge.demonyms.countries;
        if named.kind != EntityKind::Place
            || (self.counts)(named.form) > 1
            || known.contains_key(named.form)
        {
            return None;
        }
        let (other, same) = near.iter().copied().rev().find_map(|other| {
            let cluster = &found.clusters[other];
            let fits = cluster.kind == EntityKind::Person && cluster.is_before(index);
            let (position, same) = self.position(cluster, word, named.kind)?;
            (fits && position == 2 && same >= SURE).then_some((other, same))
        })?;
        let of = found.clusters[other].name();
        Some((other, Some(Join::Spelling { of, same })))
    }

    /// Where in a person's full names a word stands: 2 at the end, 1 inside, 0 at the beginning, which counts for a person alone.
    fn position(&self, cluster: &Cluster, word: WordId, kind: EntityKind) -> Option<(u8, f64)> {
        let mut best: Option<(u8, f64)> = None;
        for form in &cluster.full {
            let last = form.len() - 1;
            for (at, known) in form.iter().enumerate() {
                let same = self.spellings.same(*known, word);
                let position = match at {
                    at if at == last => 2,
                    0 => 0,
                    _ => 1,
                };
                let gender = at == last && self.spellings.is_other_gender(*known, word);
                if same < ALIKE || gender || position < 2 && kind != EntityKind::Person {
                    continue;
                }
                if best.is_none_or(|(known, likeness)| (position, same) > (known, likeness)) {
                    best = Some((position, same));
                }
            }
        }
        best
    }

    /// Whether "Mr" stands beside one and "Mrs" beside the other.
    fn differs_in_gender(&self, cluster: &Cluster, named: &Named) -> bool {
        let parties = &self.view.knowledge.parties;
        let gender = |marks: &mut dyn Iterator<Item = &String>| {
            let (mut male, mut female) = (false, false);
            for word in marks.flat_map(|mark| mark.split(' ')) {
                male |= parties.has("male", word);
                female |= parties.has("female", word);
            }
            (male, female)
        };
        let left = gender(&mut named.marks.iter());
        let right = gender(&mut cluster.marks.iter());
        matches!(
            (left, right),
            ((true, false), (false, true)) | ((false, true), (true, false))
        )
    }

    /// "the Front" is the body in whose name the word stands, where there is one alone.
    fn short_body(&self, found: &Found, near: &[usize], index: usize) -> Option<Home> {
        let named = &self.named[index];
        let [word] = named.words[..] else {
            return None;
        };
        let is_type = self
            .view
            .knowledge
            .parties
            .has("body", self.view.word(named.name.tokens.start));
        if !is_type && !is_body(named.kind) {
            return None;
        }
        let has = |other: &usize, ends: bool| {
            let cluster = &found.clusters[*other];
            let same = |known: &WordId| self.spellings.same(*known, word) >= ALIKE;
            is_body(cluster.kind)
                && cluster.full.iter().any(|form| {
                    if ends {
                        form.last().is_some_and(same)
                    } else {
                        form.iter().any(same)
                    }
                })
        };
        // "U.N." in "U.N. Security Council" says whose it is.
        let is_acronym = letters_of(named.form).is_some();
        for ends in [true, false] {
            if is_acronym && !ends {
                break;
            }
            let mut holding = near.iter().copied().filter(|other| has(other, ends));
            if let Some(first) = holding.next() {
                return holding.next().is_none().then(|| {
                    let of = found.clusters[first].name();
                    (first, Some(Join::Part { of }))
                });
            }
        }
        None
    }

    /// "NRF" is the body whose capital letters it spells.
    fn acronym(&self, found: &Found, near: &[usize], index: usize) -> Option<Home> {
        let letters = letters_of(self.named[index].form)?;
        let other = near.iter().copied().find(|other| {
            let cluster = &found.clusters[*other];
            cluster.full.iter().any(|form| {
                let initials: String = form
                    .iter()
                    .map(|word| self.spellings.text(*word))
                    .filter(|word| !matches!(*word, "of" | "for" | "the" | "and" | "del" | "de"))
                    .filter_map(|word| word.chars().next())
                    .collect();
                initials.chars().count() >= 2 && initials == letters
            })
        })?;
        let of = found.clusters[other].name();
        Some((other, Some(Join::Letters { of })))
    }

    /// "Hashmaris" beside "Hashmari": the plural of a people, or a possessive that lost its mark.
    fn plural(&self, found: &Found, near: &[usize], index: usize) -> Option<Home> {
        let named = &self.named[index];
        let bare = named.form.strip_suffix('s').filter(|bare| bare.len() > 3)?;
        let other = near.iter().copied().find(|other| {
            let cluster = &found.clusters[*other];
            cluster.full.is_empty() && cluster.forms().any(|form| form == bare)
        })?;
        let of = bare.to_owned();
        Some((other, Some(Join::Part { of })))
    }

    /// "said Mujahideen" after "Zabihullah Mujahid": a surname in another form of the word, named once, in a speaker's place, for
    /// the one person named before whom it fits.
    fn inflected(&self, found: &Found, near: &[usize], index: usize) -> Option<Home> {
        let named = &self.named[index];
        let [word] = named.words[..] else {
            return None;
        };
        if (self.counts)(named.form) > 1 || !self.speaks(named) {
            return None;
        }
        let person = |other: &usize| {
            let cluster = &found.clusters[*other];
            cluster.kind == EntityKind::Person
                && cluster.is_before(index)
                && cluster.full.iter().any(|form| {
                    form.last()
                        .is_some_and(|surname| self.spellings.is_inflected(*surname, word))
                })
        };
        let mut people = near.iter().copied().filter(person);
        let first = people.next()?;
        people.next().is_none().then(|| {
            let of = found.clusters[first].name();
            (first, Some(Join::Inferred { of }))
        })
    }

    /// Whether a verb of saying stands right beside a name, an adverb between them at most.
    fn speaks(&self, named: &Named) -> bool {
        let view = self.view;
        let is_cue = |token: usize| view.is_past_cue(token);
        let before = named.name.tokens.start.checked_sub(1);
        let after = named.name.tokens.end;
        before.is_some_and(is_cue)
            || is_cue(after)
            || (view.is_adverb(after) || view.lower(after) == "also") && is_cue(after + 1)
    }
}

/// Kinds that one entity may have in two places of a text.
pub(crate) fn compatible(left: EntityKind, right: EntityKind) -> bool {
    left == right
        || left == EntityKind::Other
        || right == EntityKind::Other
        || is_body(left) && is_body(right)
        || matches!(
            (left, right),
            (EntityKind::Facility, EntityKind::Place) | (EntityKind::Place, EntityKind::Facility)
        )
}

fn is_body(kind: EntityKind) -> bool {
    matches!(
        kind,
        EntityKind::Organization | EntityKind::Group | EntityKind::Facility | EntityKind::Other
    )
}

/// Whether a title or role stands in both: "capt." in "navy captain".
fn agree(marks: &[String], cluster: &Cluster) -> bool {
    marks.iter().any(|mark| {
        let mark = mark.trim_end_matches('.');
        cluster.marks.iter().any(|known| {
            known.contains(mark)
                || known
                    .split(' ')
                    .any(|word| word.len() > 2 && word.starts_with(mark))
        })
    })
}

/// The letters of a word in capitals, in lower case.
fn letters_of(form: &str) -> Option<String> {
    let letters: String = form.chars().filter(|letter| *letter != '.').collect();
    let is_acronym = letters.chars().count() >= 2 && letters.chars().all(char::is_uppercase);
    is_acronym.then(|| letters.to_lowercase())
}

/// Tokens between two names at most for the second to be given as an alias.
const BETWEEN: usize = 5;

/// For each name the one whose name the text gives it as: "X, also called Y", "X (XY)".
pub(crate) fn stated(view: &View, named: &[Named]) -> Vec<Option<usize>> {
    let is_alias = |phrase: &str| view.knowledge.parties.has("alias", phrase);
    let mut found = vec![None; named.len()];
    for (index, pair) in named.windows(2).enumerate() {
        let (left, right) = (&pair[0], &pair[1]);
        let between = left.name.tokens.end..right.name.tokens.start;
        if left.sentence != right.sentence || between.is_empty() || between.len() > BETWEEN {
            continue;
        }
        let bracket = between.len() == 1 && view.word(between.start) == "(";
        let closes = view.word(right.name.tokens.end) == ")";
        let acronym = bracket
            && closes
            && left.words.len() > 1
            && letters_of(right.form).is_some_and(|letters| stands_for(view, left, &letters));
        let phrase = view.phrase(between);
        let phrase = phrase.trim_matches(|mark: char| mark == ',' || mark == ' ');
        let phrase = phrase.strip_suffix(" the").unwrap_or(phrase);
        if acronym || is_alias(phrase) && compatible(left.kind, right.kind) {
            // Names of several words come first, so that a single word waits for them.
            if left.words.len() > 1 || right.words.len() == 1 {
                found[index + 1] = Some(index);
            } else {
                found[index] = Some(index + 1);
            }
        }
    }
    found
}

/// Whether letters in brackets may stand for the name before them: they begin as it does, or half of them are its initials in order.
fn stands_for(view: &View, name: &Named, letters: &str) -> bool {
    let initials: Vec<char> = name
        .name
        .tokens
        .clone()
        .filter_map(|token| view.lower(token).chars().next())
        .collect();
    let mut rest = initials.iter();
    let mut held = 0;
    for letter in letters.chars() {
        let mut ahead = rest.clone();
        if ahead.any(|initial| *initial == letter) {
            rest = ahead;
            held += 1;
        }
    }
    held * 2 >= letters.chars().count() && held >= 2
        || initials.first() == letters.chars().next().as_ref()
}

/// Words between a word for kin and a name at most.
const KIN_REACH: usize = 5;

/// Whether a name is called somebody's kin before it: "the son of the late X", "his brother X".
pub(crate) fn is_kin(view: &View, start: usize) -> bool {
    let Some(sentence) = view.sentence_around(start.saturating_sub(1)) else {
        return false;
    };
    let from = start.saturating_sub(KIN_REACH).max(sentence.start);
    for token in (from..start).rev() {
        if view.is_comma(token) || view.is_stop(token) || view.is(token, PERSONAL) {
            return false;
        }
        if view.knowledge.parties.has("kin", view.lower(token)) {
            return token + 1 == start || view.lower(token + 1) == "of";
        }
    }
    false
}
