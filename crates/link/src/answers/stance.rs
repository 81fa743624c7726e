//! How one passage answers another that is of the same matter: rules in order, of which the first that fits decides.
//!
//! It does not know whether the two are of one matter, nor the passages around them.

use super::Relation;
use super::features::{alike, shared};
use super::lexicon::{AnswerWords, Mark};
use super::side::{Figure, Passage, Stem, Word};
use annotate::events::{OutlineSlot, WordSort};

/// How a passage answers, and why.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stance {
    pub relation: Relation,
    /// How much of what the claim says the passage takes up, 0 to 1.
    pub coverage: f64,
    /// The same of its words that are no names: an article need not name again whom it is about.
    pub words_covered: f64,
    pub reasons: Vec<String>,
}

/// A claim's passage and one that may answer it, with the words that meet.
struct Meeting<'p> {
    claim: &'p Passage,
    text: &'p Passage,
    words: &'p AnswerWords,
    /// Numbers of a word of the claim and of one of the text that say the same.
    met: Vec<(usize, usize)>,
    coverage: f64,
    /// The same of its words that are no names.
    words_covered: f64,
}

/// What a rule says of a meeting where it fits: the relation, and why.
type Rule = fn(&Meeting) -> Option<(Relation, String)>;

/// From this share of a claim on a passage says what the claim says, where it says the claim's own predicate in its own clause; somewhere;
/// nowhere.
const TOUCHES: f64 = 0.25;
const COVERS: f64 = 0.45;
const COVERS_ALL: f64 = 0.6;
/// The same share of its words that are no names, where the text does not say its predicate in its own clause.
const OF_WORDS: f64 = 0.4;
/// Words of a headline, at most.
const HEADLINE: usize = 22;
/// Words between a mark and what it marks, at most.
const NEAR: usize = 7;

/// Reads how a passage answers a claim.
pub(crate) fn stance(claim: &Passage, text: &Passage, words: &AnswerWords) -> Stance {
    let mut met: Vec<(&Stem, &Stem)> = shared(claim, text);
    let share: f64 = met.iter().map(|(one, _)| one.weight).sum();
    let like = alike(claim, text);
    let is_word = |one: &&(&Stem, &Stem)| !one.0.is_name;
    let words_met: f64 = met
        .iter()
        .chain(&like)
        .filter(is_word)
        .map(|(one, _)| one.weight)
        .sum();
    let share = share + like.iter().map(|(one, _)| one.weight).sum::<f64>();
    met.extend(like);
    let meeting = Meeting {
        claim,
        text,
        words,
        met: met
            .iter()
            .map(|(one, other)| (one.word, other.word))
            .collect(),
        coverage: (share / claim.mass.max(1.0)).min(1.0),
        words_covered: (words_met / (claim.mass - claim.name_mass).max(1.0)).min(1.0),
    };
    let rules: [Rule; 6] = [asks, denies, alternative, quantity, doubts, takes_up];
    let (relation, reason) = rules
        .iter()
        .find_map(|rule| rule(&meeting))
        .unwrap_or_else(|| (Relation::Affirms, meeting.says_the_same()));
    Stance {
        relation,
        coverage: meeting.coverage,
        words_covered: meeting.words_covered,
        reasons: vec![reason],
    }
}

/// Whether what is denied by one is denied by the other: a question takes no stance.
fn asks(meeting: &Meeting) -> Option<(Relation, String)> {
    let is_asked = meeting.text.is_question && !meeting.claim.is_question;
    is_asked.then(|| (Relation::Doubts, "asks whether".to_owned()))
}

fn denies(meeting: &Meeting) -> Option<(Relation, String)> {
    let Meeting { claim, text, .. } = meeting;
    if let Some(mark) = meeting.only_in_text(Mark::False) {
        let shown = text.shown(mark.0, mark.1);
        // "is no hoax".
        let is_denied = mark.1 == 1 && text.is_turned(mark.0);
        if !is_denied {
            return Some((Relation::Denies, format!("calls it untrue: “{shown}”")));
        }
    }
    if let Some(mark) = meeting.only_in_text(Mark::Denies) {
        return Some((
            Relation::Denies,
            format!("tells a denial: “{}”", text.shown(mark.0, mark.1)),
        ));
    }
    if claim.has(Mark::False) || claim.has(Mark::Denies) {
        return None;
    }
    let turned = meeting.met.iter().find(|(one, other)| {
        let (here, there) = (&claim.words[*one], &text.words[*other]);
        let explicit = claim.is_turned(*one) != text.is_turned(*other);
        let implied = here.polarity != there.polarity && !meeting.is_governed_alike(*one, *other);
        tells(here, claim, *one) && is_telling(there) && (explicit || implied)
    });
    if let Some((one, other)) = turned {
        return Some((
            Relation::Denies,
            format!(
                "“{}” there, “{}” here, and one of them with a “not”",
                claim.words[*one].form, text.words[*other].form
            ),
        ));
    }
    // In a headline a "not" can hardly turn anything else.
    let mark = meeting
        .only_in_text(Mark::Not)
        .filter(|mark| text.words.len() <= HEADLINE && !text.is_within_phrase(mark.0))?;
    Some((
        Relation::Denies,
        format!("says “{}”", text.shown(mark.0, mark.1)),
    ))
}

fn alternative(meeting: &Meeting) -> Option<(Relation, String)> {
    let Meeting {
        claim, text, words, ..
    } = meeting;
    let met_here = |word: usize| meeting.met.iter().any(|(one, _)| *one == word);
    let met_there = |word: usize| meeting.met.iter().any(|(_, other)| *other == word);
    for (number, one) in claim.words.iter().enumerate() {
        if one.groups.is_empty() || met_here(number) {
            continue;
        }
        let opposite = text.words.iter().enumerate().find(|(other_number, other)| {
            !met_there(*other_number)
                && one.groups.iter().any(|group| {
                    other
                        .groups
                        .iter()
                        .any(|there| words.exclude(*group, *there))
                })
                && !one.groups.iter().any(|group| other.groups.contains(group))
                && one.polarity == other.polarity
                && claim.is_turned(number) == text.is_turned(*other_number)
                && meeting.share_fillers(one, other)
        });
        if let Some((_, other)) = opposite {
            return Some((
                Relation::Alternative,
                format!("“{}” excludes “{}”", other.form, one.form),
            ));
        }
    }
    other_filler(meeting)
}

/// The same is told of somebody else: both are named, and the text does not name the claim's.
fn other_filler(meeting: &Meeting) -> Option<(Relation, String)> {
    let Meeting { claim, text, .. } = meeting;
    for (one, other) in &meeting.met {
        let (one, other) = (&claim.words[*one], &text.words[*other]);
        if one.sort != WordSort::Verb || other.sort != WordSort::Verb {
            continue;
        }
        for slot in [OutlineSlot::Subject, OutlineSlot::Object] {
            let named = |passage: &Passage, word: &Word| {
                let filler = word.slots.iter().find(|(known, _)| *known == slot)?.1;
                (passage.words[filler].sort == WordSort::Name).then_some(filler)
            };
            let (Some(here), Some(there)) = (named(claim, one), named(text, other)) else {
                continue;
            };
            let is_known = |passage: &Passage, word: &Word| {
                passage.words.iter().any(|other| other.lemma == word.lemma)
            };
            let (here, there) = (&claim.words[here], &text.words[there]);
            if !is_known(text, here) && !is_known(claim, there) {
                return Some((
                    Relation::Alternative,
                    format!("“{}” in the place of “{}”", there.form, here.form),
                ));
            }
        }
    }
    None
}

fn quantity(meeting: &Meeting) -> Option<(Relation, String)> {
    let Meeting { claim, text, .. } = meeting;
    for one in &claim.figures {
        let mut counted = text
            .figures
            .iter()
            .filter(|other| counts_the_same(meeting, one, other))
            .peekable();
        if counted.peek().is_none() {
            continue;
        }
        let apart = |other: &&Figure| one.high < other.low || other.high < one.low;
        let all: Vec<&Figure> = counted.collect();
        if all.iter().all(apart) {
            return Some((
                Relation::Quantity,
                format!("counts {}, not {}", all[0].shown, one.shown),
            ));
        }
    }
    None
}

/// Whether two figures are of the same things.
fn counts_the_same(meeting: &Meeting, one: &Figure, other: &Figure) -> bool {
    let is_bare = |figure: &Figure| figure.unit == "count" && figure.noun.is_empty();
    let same_noun = one.noun == other.noun
        || meeting
            .met
            .iter()
            .any(|(here, there)| one.words.contains(here) && other.words.contains(there));
    if one.unit == other.unit {
        return same_noun && !(one.noun.is_empty() && other.noun.is_empty())
            || one.unit != "count" && one.unit != "percent" && one.unit != "person"
            || one.unit == "person" && meeting.has_predicate();
    }
    // "the death toll rises to 22".
    (is_bare(one) && other.unit == "person" || is_bare(other) && one.unit == "person")
        && meeting.has_predicate()
}

fn doubts(meeting: &Meeting) -> Option<(Relation, String)> {
    let text = meeting.text;
    if let Some(mark) = meeting.only_in_text(Mark::Distance) {
        return Some((
            Relation::Doubts,
            format!("keeps its distance: “{}”", text.shown(mark.0, mark.1)),
        ));
    }
    if let Some(mark) = meeting.only_in_text(Mark::Hedge)
        && !meeting.text.has(Mark::Confirms)
    {
        return Some((
            Relation::Doubts,
            format!("only possible or planned: “{}”", text.shown(mark.0, mark.1)),
        ));
    }
    None
}

fn takes_up(meeting: &Meeting) -> Option<(Relation, String)> {
    let says_it = meeting.has_main_predicate();
    if let Some(mark) = meeting.only_in_text(Mark::TakesUp)
        && !says_it
    {
        return Some((
            Relation::Reports,
            format!("takes it up: “{}”", meeting.text.shown(mark.0, mark.1)),
        ));
    }
    let limit = if says_it {
        TOUCHES
    } else if meeting.has_predicate() {
        COVERS
    } else {
        COVERS_ALL
    };
    // Names alone say nothing of those who bear them.
    let is_named_only = !says_it && meeting.words_covered < OF_WORDS;
    (meeting.coverage < limit || is_named_only).then(|| {
        (
            Relation::Reports,
            format!(
                "takes it up, with {:.0}% of what it says",
                (meeting.coverage * 100.0).max(0.0)
            ),
        )
    })
}

impl Meeting<'_> {
    /// A mark that the text has and the claim has not: its first word and how many.
    fn only_in_text(&self, mark: Mark) -> Option<(usize, usize)> {
        if self.claim.has(mark) {
            return None;
        }
        self.text
            .marks
            .iter()
            .find(|one| one.mark == mark && self.is_near(one.first))
            .map(|one| (one.first, one.count))
    }

    /// The same, where it is what the text's own clause says too.
    fn has_main_predicate(&self) -> bool {
        self.met.iter().any(|(one, other)| {
            let word = &self.claim.words[*one];
            is_main(self.claim, *one) && is_main(self.text, *other) && word.sort != WordSort::Name
        })
    }

    /// Whether what governs two words says the same: "stopped selling" and "halts sales".
    fn is_governed_alike(&self, one: usize, other: usize) -> bool {
        let above = |passage: &Passage, word: usize| -> Vec<usize> {
            let mut found = Vec::new();
            let mut at = word;
            while let Some(head) = passage.words[at].head.filter(|_| found.len() < 3) {
                found.push(head);
                at = head;
            }
            found
        };
        let (here, there) = (above(self.claim, one), above(self.text, other));
        let met = self
            .met
            .iter()
            .any(|(one, other)| here.contains(one) || there.contains(other));
        let like = |passage: &Passage, words: &[usize], whole: &Passage| {
            words.iter().any(|word| {
                passage.words[*word]
                    .groups
                    .iter()
                    .any(|group| whole.words.iter().any(|other| other.groups.contains(group)))
            })
        };
        met || like(self.claim, &here, self.text) || like(self.text, &there, self.claim)
    }

    /// Whether two words are said of somebody or something in common, as far as either says of whom.
    fn share_fillers(&self, one: &Word, other: &Word) -> bool {
        one.slots.is_empty()
            || other.slots.is_empty()
            || self.met.iter().any(|(met_here, met_there)| {
                let near = |passage: &Passage, met: usize, word: &Word| {
                    word.slots
                        .iter()
                        .any(|(_, filler)| passage.hangs_on(met, *filler))
                };
                near(self.claim, *met_here, one) && near(self.text, *met_there, other)
            })
    }

    /// Whether a word of the text stands by what the text has in common with the claim, or above it; anywhere in a headline.
    fn is_near(&self, word: usize) -> bool {
        self.text.words.len() <= HEADLINE
            || self.met.iter().any(|(_, other)| {
                let above = |steps: usize| {
                    let up = |at: usize| self.text.words[at].head;
                    (0..steps).try_fold(*other, |at, _| up(at)) == Some(word)
                };
                other.abs_diff(word) <= NEAR || (1..=3).any(above)
            })
    }

    /// Whether the text says what the claim's own clause says.
    fn has_predicate(&self) -> bool {
        self.met.iter().any(|(one, _)| {
            let word = &self.claim.words[*one];
            is_main(self.claim, *one) && word.sort != WordSort::Name
        })
    }

    fn says_the_same(&self) -> String {
        let mut words: Vec<&str> = self
            .met
            .iter()
            .map(|(_, other)| &*self.text.words[*other].form)
            .collect();
        words.truncate(6);
        format!("says the same: “{}”", words.join("”, “"))
    }
}

impl Passage {
    fn has(&self, mark: Mark) -> bool {
        self.marks.iter().any(|one| one.mark == mark)
    }

    /// Whether a word that says "not" hangs on a word, or on what it hangs on as an auxiliary's verb.
    fn is_turned(&self, word: usize) -> bool {
        self.marks.iter().any(|mark| {
            mark.mark == Mark::Not
                && mark.count == 1
                && mark.first != word
                && self.words[mark.first].head == Some(word)
        })
    }

    /// Whether a word is part of a phrase that says more than "not" ("no more", "not confirmed").
    fn is_within_phrase(&self, word: usize) -> bool {
        self.marks.iter().any(|mark| {
            matches!(mark.mark, Mark::Confirms | Mark::Distance)
                && (mark.first..mark.first + mark.count).contains(&word)
        })
    }

    /// Whether a word hangs on another, over two steps at most, or is it.
    fn hangs_on(&self, word: usize, other: usize) -> bool {
        let above = |word: usize| self.words[word].head;
        word == other || above(word) == Some(other) || above(word).and_then(above) == Some(other)
    }

    fn shown(&self, first: usize, count: usize) -> String {
        let words: Vec<&str> = self.words[first..first + count]
            .iter()
            .map(|word| &*word.form)
            .collect();
        words.join(" ")
    }
}

/// Whether a word tells of something that may be so or not.
fn is_telling(word: &Word) -> bool {
    matches!(
        word.sort,
        WordSort::Verb | WordSort::Noun | WordSort::Adjective
    )
}

/// Whether a word of a claim tells of something: of nouns those alone that name a happening or stand for the clause.
fn tells(word: &Word, claim: &Passage, number: usize) -> bool {
    match word.sort {
        WordSort::Verb | WordSort::Adjective => true,
        WordSort::Noun => !word.groups.is_empty() || is_main(claim, number),
        WordSort::Name | WordSort::Adverb | WordSort::Number | WordSort::Other => false,
    }
}

/// Whether a passage calls untrue what it is about, and the claim does not speak of anything untrue.
pub(crate) fn calls_untrue(claim: &Passage, text: &Passage) -> Option<String> {
    let mark = text
        .marks
        .iter()
        .find(|one| one.mark == Mark::False && !text.is_turned(one.first))?;
    let is_free = !claim.has(Mark::False) && !claim.has(Mark::Denies) && !text.is_question;
    is_free.then(|| format!("opens with “{}”", text.shown(mark.first, mark.count)))
}

/// Whether a word is what its sentence says, not what it says it of.
fn is_main(passage: &Passage, word: usize) -> bool {
    use syntax::Relation as Hangs;
    let mut at = word;
    for _ in 0..4 {
        match passage.words[at].relation {
            Hangs::Root => return true,
            Hangs::Xcomp | Hangs::Ccomp | Hangs::Conj | Hangs::Parataxis => {}
            _ => return false,
        }
        match passage.words[at].head {
            Some(head) => at = head,
            None => return true,
        }
    }
    false
}
