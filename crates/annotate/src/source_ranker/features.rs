//! The features of "this points back to that": small numbers by template, apart for each class of what points back and once for all.
//!
//! It does not know weights. Templates and their order are part of the weight file's meaning: a change needs new weights.

use super::items::{Item, Place, Said};
use super::walk::Walk;
use crate::EntityKind;

/// What points back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// "he", "him", "his"
    He,
    /// "she", "her"
    She,
    /// "they", "them", "their"
    They,
    /// "it", "its"
    It,
    /// "the minister"
    Person,
    /// "the group", "the country"
    Body,
}

impl Class {
    /// Every class, in the order of the weight file.
    pub const ALL: [Class; 6] = [
        Class::He,
        Class::She,
        Class::They,
        Class::It,
        Class::Person,
        Class::Body,
    ];

    /// Its name in the weight file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Class::He => "he",
            Class::She => "she",
            Class::They => "they",
            Class::It => "it",
            Class::Person => "person",
            Class::Body => "body",
        }
    }

    pub(crate) fn of_pronoun(lower: &str) -> Option<Self> {
        match lower {
            "he" | "him" | "his" | "himself" => Some(Class::He),
            "she" | "her" | "hers" | "herself" => Some(Class::She),
            "they" | "them" | "their" | "theirs" | "themselves" => Some(Class::They),
            "it" | "its" | "itself" => Some(Class::It),
            _ => None,
        }
    }

    pub(crate) fn of_phrase(kind: EntityKind, plural: bool) -> Option<Self> {
        match kind {
            EntityKind::Person if !plural => Some(Class::Person),
            EntityKind::Organization | EntityKind::Group | EntityKind::Place if !plural => {
                Some(Class::Body)
            }
            _ => None,
        }
    }

    /// Whether it is no phrase.
    #[must_use]
    pub fn is_pronoun(self) -> bool {
        !matches!(self, Class::Person | Class::Body)
    }

    pub(crate) fn may_mean(self, kind: EntityKind, plural: bool) -> bool {
        match self {
            Class::He | Class::She | Class::Person => {
                !plural && matches!(kind, EntityKind::Person | EntityKind::Other)
            }
            Class::It => !plural && kind != EntityKind::Person,
            Class::Body => !matches!(
                kind,
                EntityKind::Person | EntityKind::Weapon | EntityKind::Event
            ),
            Class::They => !matches!(kind, EntityKind::Weapon | EntityKind::Event),
        }
    }
}

/// What a feature looks at.
#[derive(Debug, Clone, Copy)]
enum Template {
    Bias,
    Distance,
    DistancePlace,
    DistanceSaid,
    Gender,
    Kind,
    KindSource,
    Number,
    Speaker,
    Quotes,
    Contents,
    SpeakerNear,
    Paragraph,
    Mentions,
    RankPlace,
    FirstSubject,
    SamePlace,
    Head,
    SameClause,
    Inner,
    Rivals,
    Aged,
    Named,
    SubjectRank,
    Complement,
    None,
    NoneFitting,
    NoneSource,
    NonePlace,
    NoneHead,
}

/// The templates by name, in the order of `Template`, with how many values each has.
pub(crate) const TEMPLATES: [(&str, usize); 30] = [
    ("bias", 1),
    ("distance", 6),
    ("distance-place", 36),
    ("distance-said", 18),
    ("gender", 8),
    ("kind", 8),
    ("kind-source", 16),
    ("number", 4),
    ("speaker", 6),
    ("quotes", 5),
    ("contents", 8),
    ("speaker-near", 18),
    ("paragraph", 3),
    ("mentions", 4),
    ("rank-place", 8),
    ("first-subject", 6),
    ("same-place", 2),
    ("head", 5),
    ("same-clause", 3),
    ("inner", 2),
    ("rivals", 3),
    ("aged", 4),
    ("named", 2),
    ("subject-rank", 4),
    ("complement", 4),
    ("none", 1),
    ("none-fitting", 4),
    ("none-source", 2),
    ("none-place", 12),
    ("none-head", 8),
];

const fn offset(template: usize) -> usize {
    let (mut at, mut sum) = (0, 0);
    while at < template {
        sum += TEMPLATES[at].1;
        at += 1;
    }
    sum
}

const OFFSETS: [usize; TEMPLATES.len()] = {
    let mut offsets = [0; TEMPLATES.len()];
    let mut at = 0;
    while at < offsets.len() {
        offsets[at] = offset(at);
        at += 1;
    }
    offsets
};

/// The values of all templates of one class.
pub(crate) const VALUES: usize = offset(TEMPLATES.len());

/// How many features there are: those of each class, and those shared by all.
#[must_use]
pub fn feature_count() -> usize {
    VALUES * (Class::ALL.len() + 1)
}

/// Class, template and value of a feature, as the weight file says them.
pub(crate) fn name_of(feature: usize) -> (&'static str, &'static str, usize) {
    let class = Class::ALL
        .get(feature / VALUES)
        .map_or("all", |class| class.name());
    let value = feature % VALUES;
    let template = OFFSETS.partition_point(|offset| *offset <= value) - 1;
    (class, TEMPLATES[template].0, value - OFFSETS[template])
}

/// The feature that a weight file says so.
pub(crate) fn feature_of(class: &str, template: &str, value: usize) -> Option<usize> {
    let class = match class {
        "all" => Class::ALL.len(),
        _ => Class::ALL.iter().position(|known| known.name() == class)?,
    };
    let template = TEMPLATES.iter().position(|(name, _)| *name == template)?;
    (value < TEMPLATES[template].1).then(|| class * VALUES + OFFSETS[template] + value)
}

/// The features of one candidate, or of "none".
pub(crate) struct Features<'o> {
    class: Class,
    out: &'o mut Vec<u16>,
}

impl<'o> Features<'o> {
    pub(crate) fn new(class: Class, out: &'o mut Vec<u16>) -> Self {
        out.clear();
        Features { class, out }
    }

    fn add(&mut self, template: Template, value: usize) {
        let template = template as usize;
        let value = OFFSETS[template] + value.min(TEMPLATES[template].1 - 1);
        self.out.push((self.class as usize * VALUES + value) as u16);
        self.out.push((Class::ALL.len() * VALUES + value) as u16);
    }

    /// That nobody in sight is meant.
    pub(crate) fn none(&mut self, walk: &Walk, item: &Item, candidates: &[usize]) {
        let fitting = candidates
            .iter()
            .filter(|number| agreement(walk, item, **number) < 5)
            .count();
        let head = candidates
            .iter()
            .map(|number| head_match(walk, item, *number))
            .min()
            .unwrap_or(4);
        self.add(Template::None, 0);
        self.add(Template::NoneFitting, fitting);
        self.add(Template::NoneSource, usize::from(item.is_source));
        self.add(
            Template::NonePlace,
            item.place as usize + 6 * usize::from(item.is_source),
        );
        if !self.class.is_pronoun() {
            self.add(
                Template::NoneHead,
                usize::from(head < 3)
                    + 2 * usize::from(item.has_complement)
                    + 4 * usize::from(item.is_source),
            );
        }
    }

    /// That a candidate is meant; `rank` counts those that fit from the latest on.
    pub(crate) fn candidate(&mut self, walk: &Walk, item: &Item, number: usize, ranks: Ranks) {
        let known = &walk.known[number];
        let last = &walk.reading.items[known.last];
        let away = item.sentence - last.sentence;
        let distance = match away {
            0..=2 => away as usize,
            3..=4 => 3,
            5..=7 => 4,
            _ => 5,
        };
        let near = distance.min(2);
        let place = last.place as usize;
        self.add(Template::Bias, 0);
        self.add(Template::Distance, distance);
        self.add(Template::DistancePlace, distance * 6 + place);
        let said = match last.said {
            Said::Name => 0,
            Said::Definite => 1,
            Said::Indefinite => 2,
            Said::Possessed => 3,
            Said::Pronoun(class) => 4 + usize::from(item.class != Some(class)),
        };
        self.add(Template::DistanceSaid, near * 6 + said);
        self.add(Template::Gender, agreement(walk, item, number));
        self.add(Template::Kind, known.kind as usize);
        self.add(
            Template::KindSource,
            known.kind as usize + 8 * usize::from(item.is_source),
        );
        self.add(
            Template::Number,
            usize::from(known.plural) + 2 * usize::from(last.coordinated),
        );
        let spoke = match known.spoke {
            Some(_) if walk.last_speaker == Some(number) => 0,
            Some(_) => 1,
            None => 2,
        };
        self.add(Template::Speaker, spoke + 3 * usize::from(item.is_source));
        let quotes = match (last.quotation, item.quotation) {
            (0, 0) => 0,
            (0, _) => 1,
            (_, 0) => 2,
            (left, right) if left == right => 3,
            _ => 4,
        };
        self.add(Template::Quotes, quotes);
        let contents = usize::from(last.in_content) + 2 * usize::from(item.in_content);
        self.add(
            Template::Contents,
            contents + 4 * usize::from(item.is_source),
        );
        if item.is_source {
            // Who spoke just before goes on speaking, above all where others are only spoken of.
            self.add(
                Template::SpeakerNear,
                spoke + 3 * near + 9 * usize::from(last.in_content),
            );
        }
        self.add(Template::Paragraph, (item.block - last.block) as usize);
        self.add(Template::Mentions, known.mentions as usize - 1);
        let subject = last.place == Place::Subject;
        self.add(
            Template::RankPlace,
            ranks.fitting.min(3) + 4 * usize::from(subject),
        );
        self.add(
            Template::FirstSubject,
            near + 3 * usize::from(ranks.is_first),
        );
        self.add(Template::SamePlace, usize::from(last.place == item.place));
        let head = head_match(walk, item, number);
        if !self.class.is_pronoun() {
            self.add(Template::Head, head);
            self.add(
                Template::Aged,
                usize::from(known.aged) + 2 * usize::from(item.aged),
            );
            self.add(
                Template::Complement,
                usize::from(item.has_complement) + 2 * usize::from(head < 3),
            );
        }
        let clause = if away > 0 || last.clause != item.clause {
            0
        } else {
            1 + usize::from(item.place == Place::Possessor)
        };
        self.add(Template::SameClause, clause);
        self.add(Template::Inner, usize::from(last.inner));
        self.add(Template::Rivals, ranks.of.saturating_sub(1));
        self.add(Template::Named, usize::from(known.entity.is_some()));
        if subject {
            self.add(Template::SubjectRank, ranks.subject);
        }
    }
}

/// Where a candidate stands among those that agree with what points back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ranks {
    /// How many that fit were mentioned after it.
    pub(crate) fitting: usize,
    /// How many that fit and were subjects were mentioned after it.
    pub(crate) subject: usize,
    /// How many fit.
    pub(crate) of: usize,
    /// The first of its sentence among those that fit.
    pub(crate) is_first: bool,
}

/// Ranks of all candidates, which come latest first.
pub(crate) fn ranks(walk: &Walk, item: &Item, candidates: &[usize], into: &mut Vec<Ranks>) {
    into.clear();
    let (mut fitting, mut subject) = (0, 0);
    let of = candidates
        .iter()
        .filter(|number| agreement(walk, item, **number) < 5)
        .count();
    let sentence = |number: usize| walk.reading.items[walk.known[number].last].sentence;
    for (at, number) in candidates.iter().enumerate() {
        let fits = agreement(walk, item, *number) < 5;
        let is_first = candidates
            .get(at + 1)
            .is_none_or(|next| sentence(*next) != sentence(*number));
        into.push(Ranks {
            fitting,
            subject,
            of,
            is_first,
        });
        fitting += usize::from(fits);
        let last = &walk.reading.items[walk.known[*number].last];
        subject += usize::from(fits && last.place == Place::Subject);
    }
}

/// From 0, surely the same gender, over 3, unknown, to 6, surely another; 7 where gender says nothing.
fn agreement(walk: &Walk, item: &Item, number: usize) -> usize {
    let known = &walk.known[number];
    let own = match item.class {
        Some(Class::He | Class::She | Class::Person) => i32::from(item.gender),
        _ => {
            return if item.class == Some(Class::They) && !known.plural {
                4
            } else {
                3
            };
        }
    };
    if own == 0 {
        return 7;
    }
    let theirs = known.gender * own.signum();
    match theirs {
        2.. => 0,
        1 => 1,
        0 if known.ends_in_a => {
            if own > 0 {
                2
            } else {
                4
            }
        }
        0 => 3,
        -1 => 5,
        _ => 6,
    }
}

/// How the head of a phrase is known of a candidate: 0 a word of its name or of what it was called, 1 the head of its last phrase,
/// 3 a word of the phrase is, 4 not at all.
fn head_match(walk: &Walk, item: &Item, number: usize) -> usize {
    let known = &walk.known[number];
    let phrase = &walk.reading.items[known.last_phrase];
    if phrase.word == item.word {
        return 1;
    }
    if known.words.contains(&item.word) {
        return 0;
    }
    let some = item.words.iter().any(|word| known.words.contains(word));
    3 + usize::from(!some)
}
