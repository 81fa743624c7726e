//! Text origins against our own labels (`gold/copies.tsv`), what the index finds of what brute force finds, and how fast it is.
//!
//! Two texts count as joined where they end in one group of copies, so that a chain of joins counts too. The two collections
//! are linked apart. Other ways to find near-duplicates stand beside ours, on the same documents in the same run.

mod collection;
mod oracle;
mod peers;

use crate::acts::gold::{Half, rows};
use crate::data::{self, Data, Failure};
pub use collection::Collection;
use cpu_time::ThreadTime;
use link::{Lexicon, Likeness, Origins};
use std::collections::BTreeMap;
use text::Document;

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Measures the test half too; do so rarely
    #[arg(long)]
    test: bool,
    /// Also the ids of the pairs of the dev half that come out wrong
    #[arg(long)]
    errors: bool,
    /// How many documents the speed is measured on
    #[arg(long, default_value_t = 10_000)]
    documents: usize,
}

/// A labelled pair.
struct Pair {
    id: String,
    half: Half,
    band: String,
    /// The collection and the keys.
    documents: (usize, [String; 2]),
    label: String,
}

/// Says of a pair whether it is so.
type Judge<'a> = &'a dyn Fn(&Pair) -> bool;

const SAME_TEXT: &str = "same_text";
const SAME_STATEMENT: &str = "same_statement";

/// Prints the figures.
pub fn run(data: &Data, options: &Options) -> Result<(), Failure> {
    let lexicon = data::text(&data::checkout().join("lexicon/matching.txt"))?;
    let lexicon = Lexicon::parse(&lexicon).map_err(|error| Failure(error.to_string()))?;
    let collections = [Collection::fa_kes(data)?, Collection::polnear(data)?];
    let pairs: Vec<Pair> = load(&collections)?
        .into_iter()
        .filter(|pair| pair.half == Half::Dev || options.test)
        .collect();

    println!(
        "pairs of texts that share half of the shorter one's five-word runs, by brute force, and how many of them the index finds"
    );
    for collection in &collections {
        let found = link::text_candidates(&collection.documents());
        let (met, all) = oracle::recall(&collection.documents(), &found);
        println!(
            "{:8} {:5} documents {all:4} pairs, found {met:4}: recall {:.3}; {} candidates",
            collection.name,
            collection.items.len(),
            ratio(met, all),
            found.len()
        );
    }

    let ours = |dated_by_data: bool| -> Vec<Origins> {
        let linked = collections.iter().map(|collection| {
            let documents = collection.dated(dated_by_data);
            link::origins(&documents.iter().collect::<Vec<_>>(), &lexicon, &[])
        });
        linked.collect()
    };
    let (found, by_data) = (ours(false), ours(true));
    let minhash: Vec<Vec<peers::MinHash>> = collections
        .iter()
        .map(|one| {
            one.documents()
                .iter()
                .map(|one| peers::MinHash::of(&one.text))
                .collect()
        })
        .collect();
    let simhash: Vec<Vec<u64>> = collections
        .iter()
        .map(|one| {
            one.documents()
                .iter()
                .map(|one| peers::simhash(&one.text))
                .collect()
        })
        .collect();
    let place = |pair: &Pair| {
        let (number, keys) = &pair.documents;
        let at = |key: &str| collections[*number].numbers[key];
        (*number, at(&keys[0]), at(&keys[1]))
    };
    let joined = |origins: &[Origins], pair: &Pair| {
        let (number, one, other) = place(pair);
        origins[number].of(one) == origins[number].of(other)
    };
    let likeness = |pair: &Pair| {
        let (number, one, other) = place(pair);
        let both = (one.min(other), one.max(other));
        let pairs = &found[number].pairs;
        let known = pairs.iter().find(|pair| (pair.one, pair.other) == both);
        known.map(|pair| (pair.likeness, pair.share))
    };
    println!("\nsame text, of audited pairs: precision, recall, F1");
    let systems: [(&str, Judge); 5] = [
        ("ours", &|pair| joined(&found, pair)),
        ("ours, doubtful pairs too", &|pair| {
            joined(&found, pair) || likeness(pair).is_some_and(|(is, _)| is == Likeness::Doubtful)
        }),
        ("ours, the data's dates", &|pair| joined(&by_data, pair)),
        ("MinHash, 32 bands of 4", &|pair| {
            let (number, one, other) = place(pair);
            minhash[number][one].meets(&minhash[number][other])
        }),
        ("SimHash, 3 bits of 64", &|pair| {
            let (number, one, other) = place(pair);
            (simhash[number][one] ^ simhash[number][other]).count_ones() <= 3
        }),
    ];
    for half in [Half::Dev, Half::Test] {
        let of_half: Vec<&Pair> = pairs.iter().filter(|pair| pair.half == half).collect();
        if of_half.is_empty() {
            continue;
        }
        println!("{half}, {} pairs", of_half.len());
        for (name, is_joined) in systems {
            row(name, &of_half, SAME_TEXT, is_joined);
        }
        let apart: Vec<&Pair> = of_half
            .iter()
            .copied()
            .filter(|pair| pair.label != SAME_TEXT)
            .collect();
        row(
            "one statement, of the others",
            &apart,
            SAME_STATEMENT,
            &|pair| likeness(pair).is_some_and(|(is, _)| is == Likeness::Statement),
        );
    }
    if options.errors {
        for pair in pairs.iter().filter(|pair| pair.half == Half::Dev) {
            let is_joined = joined(&found, pair);
            if is_joined != (pair.label == SAME_TEXT) {
                let found = likeness(pair).map_or_else(
                    || "nothing found".to_owned(),
                    |(is, share)| format!("{is}, share {share:.2}"),
                );
                println!(
                    "{} {} is {}, {}; {found}",
                    pair.id,
                    pair.band,
                    pair.label,
                    if is_joined { "joined" } else { "kept apart" }
                );
            }
        }
    }
    briefs(&collections[0], &lexicon);
    if options.documents > 0 {
        speed(&collections, &lexicon, options.documents);
    }
    Ok(())
}

fn row(name: &str, pairs: &[&Pair], label: &str, is_so: Judge) {
    let (mut right, mut given, mut wanted) = (0, 0, 0);
    for pair in pairs {
        let (is_so, is_label) = (is_so(pair), pair.label == label);
        given += usize::from(is_so);
        wanted += usize::from(is_label);
        right += usize::from(is_so && is_label);
    }
    println!(
        "  {name:28} P {:.3} R {:.3} F1 {:.3}   {right} right of {given} given, {wanted} labelled",
        ratio(right, given),
        ratio(right, wanted),
        ratio(2 * right, given + wanted)
    );
}

/// The beginnings of texts as briefs of their own: whether each is joined with its text, and with others.
fn briefs(collection: &Collection, lexicon: &Lexicon) {
    println!(
        "\nfirst words of each text of {} as a brief of its own: joined with its text, and with texts that the whole is not joined with",
        collection.name
    );
    let whole = collection.dated(false);
    let alone = link::origins(&whole.iter().collect::<Vec<_>>(), lexicon, &[]);
    for words in [10, 15, 25, 40, 55] {
        // One text in five has a brief, so that briefs do not make each other background.
        let parts: Vec<(usize, Document)> = whole
            .iter()
            .enumerate()
            .step_by(5)
            .filter_map(|(number, document)| Some((number, first_words(document, words)?)))
            .collect();
        let mut all: Vec<&Document> = whole.iter().collect();
        all.extend(parts.iter().map(|(_, brief)| brief));
        let together = link::origins(&all, lexicon, &[]);
        let (mut own, mut strange) = (0, 0);
        for (at, (number, _)) in parts.iter().enumerate() {
            let group = together.of(whole.len() + at);
            own += usize::from(together.of(*number) == group);
            strange +=
                usize::from((0..whole.len()).any(|other| {
                    together.of(other) == group && alone.of(other) != alone.of(*number)
                }));
        }
        println!(
            "  {words:2} words: {} briefs, {:.3} joined with their text, {:.3} with others",
            parts.len(),
            ratio(own, parts.len()),
            ratio(strange, parts.len())
        );
    }
}

fn first_words(document: &Document, words: usize) -> Option<Document> {
    let text: Vec<&str> = document.text.split_whitespace().collect();
    let mut brief = Document::plain(&text.get(..words)?.join(" "));
    brief.meta.published.clone_from(&document.meta.published);
    brief.meta.outlet = Some("briefs".to_owned());
    Some(brief)
}

/// Documents in a second on one core: the collections' texts over and over, each time in other words.
fn speed(collections: &[Collection], lexicon: &Lexicon, wanted: usize) {
    let mut documents: Vec<Document> = Vec::new();
    let mut times: BTreeMap<usize, usize> = BTreeMap::new();
    'all: for round in 0_usize.. {
        for collection in collections {
            for document in collection.dated(false) {
                if documents.len() >= wanted {
                    break 'all;
                }
                *times.entry(round).or_default() += 1;
                documents.push(in_other_words(&document, round));
            }
        }
    }
    let all: Vec<&Document> = documents.iter().collect();
    let start = ThreadTime::now();
    let found = link::origins(&all, lexicon, &[]);
    let spent = start.elapsed().as_secs_f64();
    println!(
        "\nspeed: {} documents ({} rounds) in {spent:.2} s of one core, {:.0} documents a second; {} pairs that share wording",
        documents.len(),
        times.len(),
        documents.len() as f64 / spent.max(1e-9),
        found.pairs.len()
    );
}

/// The same text with every fifth word kept as it is: runs of five words are others in each round.
fn in_other_words(document: &Document, round: usize) -> Document {
    let mut text = String::with_capacity(document.text.len() * 2);
    for (at, word) in document.text.split(' ').enumerate() {
        if at > 0 {
            text.push(' ');
        }
        text.push_str(word);
        if round > 0 && at % 5 != 0 && word.ends_with(char::is_alphanumeric) {
            text.push_str(&format!("x{round}"));
        }
    }
    let mut copy = Document::plain(&text);
    copy.meta.published.clone_from(&document.meta.published);
    copy.meta.outlet.clone_from(&document.meta.outlet);
    copy
}

fn load(collections: &[Collection]) -> Result<Vec<Pair>, Failure> {
    rows("copies.tsv", 12)?
        .into_iter()
        .map(|row| {
            let wrong = |what: &str| Failure(format!("gold/copies.tsv, {}: {what}", row[0]));
            let mut keys = Vec::new();
            let mut number = None;
            for at in [3, 6] {
                let (file, key, hash) = (&row[at], &row[at + 1], &row[at + 2]);
                let key = if key == "-" { file } else { key };
                let of = collections.iter().position(|one| one.has(key, hash));
                number = of.filter(|of| number.is_none_or(|number| number == *of));
                if number.is_none() {
                    return Err(wrong(
                        "no such text in one collection; is the shared data another version?",
                    ));
                }
                keys.push(key.clone());
            }
            let keys: [String; 2] = keys.try_into().map_err(|_| wrong("two texts are needed"))?;
            Ok(Pair {
                id: row[0].clone(),
                half: if row[1] == "test" {
                    Half::Test
                } else {
                    Half::Dev
                },
                band: row[2].clone(),
                documents: (number.unwrap_or_default(), keys),
                label: row[9].clone(),
            })
        })
        .collect()
}

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}
