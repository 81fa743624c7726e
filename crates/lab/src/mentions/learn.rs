//! `lab train mentions`: learns the tagger of names from the labelled sets, and measures taggers that have not seen a part.
//!
//! It does not know features. Sets differ in what they label; what a set leaves unlabelled is hidden, not absent.

use super::folds::{FOLDS, fold, hash};
use super::matching::{Counted, is_name, trimmed};
use super::scoring::{Counts, Sides};
use super::sets::{self, MENTION_SETS, is_learnt_from};
use super::{GoldMention, MentionDocument, own};
use crate::corrupt::{Corruption, corrupt_document};
use crate::data::{self, Data, Failure};
use crate::parallel;
use annotate::mentions::{
    KnownLabels, LearningDocument, NameHints, NameInput, NameRoom, NameTagger, NameTraining,
};
use annotate::{Annotations, EntityKind, Mention, MentionForm};
use cpu_time::ThreadTime;
use std::collections::BTreeMap;
use std::path::PathBuf;
use syntax::linear::hash_bytes;
use syntax::{TagRoom, Tagger, WordClasses, Words};
use text::{Document, Segmenter, SegmenterFiles, Segments, Span};

/// The weight file, from the root of the checkout.
pub const FILE: &str = "models/mentions.bin";

/// What to train and what to measure.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Where the weights go (default: models/mentions.bin of this checkout)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Instead of writing weights: five folds by document of a group of sets (`re3d`), or of every set at once (`all`)
    #[arg(long, value_name = "GROUP")]
    cross_validate: Option<String>,
    /// Instead of writing weights: train without a group of sets (`uner`) and measure on it
    #[arg(long, value_name = "GROUP")]
    without: Option<String>,
    /// Fixes the order of sentences and the damage of copies
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// With a measurement: also every mistake
    #[arg(long)]
    errors: bool,
}

/// How often the sentences of a group of sets are seen in one pass over the data: what is nearest to the news of conflicts
/// and most richly labelled, most often.
fn repeats(set: &str) -> usize {
    match group(set) {
        "own" => 8,
        "uner" => 3,
        "re3d" => 2,
        _ => 1,
    }
}

/// Of a hundred documents so many are learnt from in this copy too.
const COPIES: [(Corruption, u64); 2] = [(Corruption::Lower, 30), (Corruption::Capitals, 30)];

/// What is needed beside the weights to look for names.
pub struct Reader {
    segmenter: Segmenter,
    classes: WordClasses,
    tagger: Tagger,
    tag_numbers: Vec<u32>,
    hints: NameHints,
}

impl Reader {
    /// Loads lexicons, classes and tagger of this checkout.
    pub fn open() -> Result<Self, Failure> {
        let lexicon = |name: &str| data::text(&data::checkout().join("lexicon").join(name));
        let file = data::checkout().join("models/tags.bin");
        let tagger = Tagger::from_bytes(&data::bytes(&file)?)
            .map_err(|damage| Failure(format!("{}: {damage}", file.display())))?;
        Ok(Self {
            segmenter: Segmenter::parse(&SegmenterFiles {
                abbreviations: &lexicon("abbreviations.txt")?,
                tokens: &lexicon("tokens.txt")?,
            }),
            classes: crate::parsing::classes()?,
            tag_numbers: (0..tagger.tags().len())
                .map(|tag| hash_bytes(tagger.tags().xpos(tag as u8).as_bytes()))
                .collect(),
            tagger,
            hints: NameHints::parse(
                &lexicon("parties.txt")?,
                &lexicon("words.txt")?,
                &lexicon("demonyms.txt")?,
            ),
        })
    }

    fn segments(&self, text: &str) -> Segments {
        text::segment(&Document::plain(text), &self.segmenter)
    }

    /// A number for the part of speech of each token.
    fn tags(&self, text: &str, segments: &Segments) -> Vec<u32> {
        let (mut words, mut room, mut tags) = (Words::default(), TagRoom::default(), Vec::new());
        let mut numbers = Vec::new();
        for sentence in &segments.sentences {
            for piece in segments.tokens_of(sentence).chunks(250) {
                words.fill(
                    piece.iter().map(|token| token.span.slice(text)),
                    &self.classes,
                );
                self.tagger.tag(&words, &mut room, &mut tags);
                numbers.extend(tags.iter().map(|tag| self.tag_numbers[*tag as usize]));
            }
        }
        numbers
    }
}

/// The first part of a set's name.
fn group(set: &str) -> &str {
    set.split('/').next().unwrap_or(set)
}

/// Every document to learn from: the sets, and the half of our own for training.
fn load(data: &Data) -> Result<Vec<MentionDocument>, Failure> {
    let mut documents = Vec::new();
    for set in MENTION_SETS.iter().filter(|set| is_learnt_from(set.name)) {
        documents.extend(sets::load(data, set)?);
    }
    let own = sets::load_own()?.unwrap_or_default().into_iter();
    documents.extend(own.filter(|own| is_for_training(&own.id)));
    Ok(documents)
}

/// Whether a document of our own is for training, by the guidelines' rule.
pub fn is_for_training(id: &str) -> bool {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash % 5 >= 2
}

/// The labels of a document that are names, none inside another.
fn flat_names(document: &MentionDocument) -> Vec<GoldMention> {
    let re3d = group(&document.set) == "re3d";
    let text = &document.text;
    let candidates: Vec<&GoldMention> = document
        .gold
        .iter()
        .filter(|gold| gold.kind.is_some())
        .filter(|gold| gold.form.is_none_or(|form| form == MentionForm::Name))
        .filter(|gold| !re3d || is_name(gold.span.slice(text), Counted::Names))
        .collect();
    let inner_names = |outer: &GoldMention| {
        candidates.iter().any(|inner| {
            inner.span != outer.span
                && outer.span.contains(inner.span)
                && inner.kind != Some(EntityKind::Group)
        })
    };
    let mut flat: Vec<GoldMention> = Vec::new();
    for gold in &candidates {
        if flat
            .last()
            .is_some_and(|last| last.span.overlaps(gold.span))
        {
            continue;
        }
        if re3d && is_phrase(gold.span.slice(text)) && inner_names(gold) {
            continue;
        }
        flat.push((*gold).clone());
    }
    flat
}

/// Whether small words other than those that join names stand in it.
fn is_phrase(words: &str) -> bool {
    const JOINS: [&str; 12] = [
        "of", "the", "for", "and", "al", "in", "de", "on", "al-", "ad", "bin", "to",
    ];
    words.split_whitespace().any(|word| {
        word.starts_with(char::is_lowercase) && !word.starts_with("al-") && !JOINS.contains(&word)
    })
}

/// The kinds that a set leaves unlabelled.
fn hidden(set: &str) -> &'static [EntityKind] {
    use EntityKind::{Event, Facility, Group, Other, Weapon};
    match group(set) {
        "uner" => &[Group, Weapon, Event, Other],
        "wnut17" => &[Group, Weapon, Event, Other],
        "crossner" => &[Group, Weapon, Other],
        "re3d" => &[Event, Other],
        "gum" => &[Group, Weapon, Other, Facility],
        _ => &[],
    }
}

/// The kinds that a label of a set may stand for.
fn kinds(set: &str, kind: EntityKind) -> Vec<EntityKind> {
    match (group(set), kind) {
        ("own", _) => vec![kind],
        (_, EntityKind::Place) => vec![EntityKind::Place, EntityKind::Facility],
        _ => vec![kind],
    }
}

/// The tokens of a span; none where an edge lies inside a token.
fn tokens_at(segments: &Segments, span: Span) -> Option<std::ops::Range<usize>> {
    let start = segments
        .tokens
        .partition_point(|token| token.span.start < span.start);
    let end = segments
        .tokens
        .partition_point(|token| token.span.start < span.end);
    let fits = segments.tokens.get(start)?.span.start == span.start
        && segments.tokens.get(end.checked_sub(1)?)?.span.end == span.end;
    (fits && start < end).then_some(start..end)
}

fn learning(
    document: &MentionDocument,
    names: &[GoldMention],
    reader: &Reader,
) -> LearningDocument {
    let segments = reader.segments(&document.text);
    let mut known = KnownLabels::new(segments.tokens.len(), hidden(&document.set));
    for gold in names {
        let Some(kind) = gold.kind else { continue };
        let span = trimmed(&document.text, gold.span);
        let kinds = kinds(&document.set, kind);
        if let Some(tokens) = tokens_at(&segments, span) {
            known.name(tokens, &kinds);
        } else {
            let start = segments
                .tokens
                .partition_point(|token| token.span.end <= span.start);
            let end = segments
                .tokens
                .partition_point(|token| token.span.start < span.end);
            known.unknown(start..end.max(start), &kinds);
        }
    }
    LearningDocument {
        tags: reader.tags(&document.text, &segments),
        text: document.text.clone(),
        segments,
        known,
        repeat: repeats(&document.set),
        group: hash(document.id.as_bytes(), 7),
    }
}

/// A document with what is learnt from it: itself and its damaged copies.
struct Labelled {
    document: MentionDocument,
    learning: Vec<LearningDocument>,
}

fn labelled(
    documents: Vec<MentionDocument>,
    reader: &Reader,
    seed: u64,
    jobs: usize,
) -> Vec<Labelled> {
    let learnt = parallel::map(&documents, jobs, |document| {
        let mut plain = document.clone();
        plain.gold = flat_names(document);
        let mut copies = vec![learning(&plain, &plain.gold, reader)];
        for (number, (corruption, rate)) in COPIES.into_iter().enumerate() {
            if hash(document.id.as_bytes(), 100 + number as u64 + seed) % 100 < rate {
                let (copy, _) = corrupt_document(&plain, corruption, seed);
                copies.push(learning(&copy, &copy.gold, reader));
            }
        }
        copies
    });
    documents
        .into_iter()
        .zip(learnt)
        .map(|(document, learning)| Labelled { document, learning })
        .collect()
}

/// Trains or measures.
pub fn run(data: &Data, options: &Options, jobs: usize) -> Result<(), Failure> {
    let reader = Reader::open()?;
    let read = labelled(load(data)?, &reader, options.seed, jobs);
    if let Some(held) = &options.without {
        let (out, rest): (Vec<&Labelled>, Vec<&Labelled>) = read
            .iter()
            .partition(|labelled| group(&labelled.document.set) == held);
        return measured(&rest, &out, &reader, options).map(|figures| figures.show());
    }
    if let Some(held) = &options.cross_validate {
        let folds: Vec<u64> = (0..FOLDS).collect();
        let parts = parallel::map(&folds, jobs, |part| {
            let (out, rest): (Vec<&Labelled>, Vec<&Labelled>) = read.iter().partition(|labelled| {
                let document = &labelled.document;
                (held == "all" || group(&document.set) == held)
                    && fold(&document.id, FOLDS) == *part
            });
            measured(&rest, &out, &reader, options)
        });
        let mut figures = Figures::default();
        for part in parts {
            figures.add(part?);
        }
        figures.show();
        return Ok(());
    }
    let bytes = trained(&read.iter().collect::<Vec<_>>(), &reader, options);
    let path = data::write_learnt(options.out.as_ref(), FILE, &bytes)?;
    println!("{}: {} bytes", path.display(), bytes.len());
    Ok(())
}

fn trained(from: &[&Labelled], reader: &Reader, options: &Options) -> Vec<u8> {
    let documents: Vec<LearningDocument> = from
        .iter()
        .flat_map(|labelled| labelled.learning.iter().cloned())
        .collect();
    let how = NameTraining {
        seed: options.seed,
        ..NameTraining::default()
    };
    annotate::mentions::train(&documents, &reader.classes, &reader.hints, &how)
}

/// What a tagger learnt from some documents finds in others.
fn measured(
    from: &[&Labelled],
    on: &[&Labelled],
    reader: &Reader,
    options: &Options,
) -> Result<Figures, Failure> {
    if on.is_empty() {
        return Err(Failure(
            "no document to measure on; groups are the first parts of the names that `lab eval mentions` prints, such as `re3d` or `uner`".to_string(),
        ));
    }
    let tagger = NameTagger::from_bytes(&trained(from, reader, options))
        .map_err(|damage| Failure(damage.to_string()))?;
    let mut figures = Figures::default();
    figures.measure(&tagger, on, reader, options);
    Ok(figures)
}

/// What taggers found in documents that they had not seen.
#[derive(Default)]
struct Figures {
    /// By group of sets and what is counted.
    counts: BTreeMap<(String, &'static str), Counts>,
    own: Vec<(MentionDocument, Annotations)>,
    tokens: usize,
    seconds: f64,
}

impl Figures {
    fn add(&mut self, other: Self) {
        for (key, counts) in other.counts {
            self.counts.entry(key).or_default().add(&counts);
        }
        self.own.extend(other.own);
        self.tokens += other.tokens;
        self.seconds += other.seconds;
    }

    fn measure(
        &mut self,
        tagger: &NameTagger,
        on: &[&Labelled],
        reader: &Reader,
        options: &Options,
    ) {
        let mut room = NameRoom::default();
        for labelled in on {
            let document = &labelled.document;
            let name = group(&document.set).to_owned();
            for corruption in [Corruption::Plain, Corruption::Lower, Corruption::Capitals] {
                let (copied, copy) = corrupt_document(document, corruption, options.seed);
                let found = self.mentions(
                    tagger,
                    &copied.text,
                    corruption == Corruption::Plain,
                    reader,
                    &mut room,
                );
                let sides = |counted, found: &[Mention]| {
                    Sides::new(&document.text, &copied, &copy, found, counted)
                };
                let names = sides(Counted::Names, &found);
                self.counts
                    .entry((name.clone(), corruption.name()))
                    .or_default()
                    .add(&names.counts());
                if corruption == Corruption::Plain {
                    let all = sides(Counted::All, &found).counts();
                    self.counts
                        .entry((name.clone(), "plain, all"))
                        .or_default()
                        .add(&all);
                    let but: Vec<Mention> = found
                        .iter()
                        .filter(|found| found.kind != EntityKind::Group)
                        .cloned()
                        .collect();
                    let but = sides(Counted::Names, &but).counts();
                    self.counts
                        .entry((name.clone(), "plain, less groups"))
                        .or_default()
                        .add(&but);
                    if options.errors {
                        super::eval::errors(document, &names);
                    }
                    if document.set == "own" {
                        let annotations = Annotations {
                            mentions: found,
                            ..Annotations::default()
                        };
                        self.own.push((document.clone(), annotations));
                    }
                }
            }
        }
    }

    fn mentions(
        &mut self,
        tagger: &NameTagger,
        text: &str,
        timed: bool,
        reader: &Reader,
        room: &mut NameRoom,
    ) -> Vec<Mention> {
        let segments = reader.segments(text);
        let tags = reader.tags(text, &segments);
        let input = NameInput {
            text,
            segments: &segments,
            tags: &tags,
        };
        let mut names = Vec::new();
        let start = ThreadTime::now();
        tagger.names(&input, &reader.classes, &reader.hints, room, &mut names);
        if timed {
            self.seconds += start.elapsed().as_secs_f64();
            self.tokens += segments.tokens.len();
        }
        names
            .into_iter()
            .map(|name| {
                let first = segments.tokens[name.tokens.start].span;
                let last = segments.tokens[name.tokens.end - 1].span;
                Mention {
                    span: first.cover(last),
                    head: last,
                    title: None,
                    roles: Vec::new(),
                    kind: name.kind,
                    form: MentionForm::Name,
                    entity: None,
                }
            })
            .collect()
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of tokens are small")]
    fn show(&self) {
        for ((name, what), counts) in &self.counts {
            let all = counts.all();
            let [person, organization, place] = counts.kinds.map(|kind| kind.f1());
            println!(
                "{name:10} {what:20} P {:5.1} R {:5.1} F1 {:5.1}   {person:5.1} {organization:5.1} {place:5.1}   {}",
                all.precision(),
                all.recall(),
                all.f1(),
                all.wanted
            );
        }
        let read: Vec<(&MentionDocument, Annotations)> = self
            .own
            .iter()
            .map(|(document, found)| (document, found.clone()))
            .collect();
        if !read.is_empty() {
            for (name, tally) in own::rows(&read).iter().filter(|row| row.0.contains("name")) {
                println!(
                    "{name:24} {:5.1} {:5.1} {:5.1}   {}",
                    tally.precision(),
                    tally.recall(),
                    tally.f1(),
                    tally.wanted
                );
            }
        }
        println!("{:.0} tokens a second", self.tokens as f64 / self.seconds);
    }
}
