//! `lab bench`: what each stage of a reading costs, in CPU time of one thread, by criterion; and, where a Python with spaCy is
//! named, the same texts through spaCy's small model in the same run, since machines differ more than programs.
//!
//! It does not measure accuracy.

mod linking;

use crate::data::{self, Data, Failure};
use crate::parsing::WeightFiles;
use crate::peers::python::Python;
use crate::product::Product;
use annotate::FigureReading;
use cpu_time::ThreadTime;
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{Criterion, Throughput};
use std::ffi::OsStr;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;
use syntax::Depth;
use text::{Document, Segments};

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Only times and quantities
    #[arg(long)]
    figures: bool,
    /// Only linking, of collections of so many documents each
    #[arg(long, value_name = "DOCUMENTS", num_args = 0.., default_missing_values = ["1000", "10000"])]
    linking: Option<Vec<usize>>,
    /// A Python that has spaCy and its small model, as that of `lab peers`: its speed on the same texts is measured too
    #[arg(long, value_name = "PYTHON")]
    peer: Option<PathBuf>,
    /// Seconds for each measurement
    #[arg(long, default_value_t = 5.0, value_name = "SECONDS")]
    time: f64,
}

/// Articles that are read, as many as the peer's script reads.
const ARTICLES: usize = 100;
/// One paragraph so long, and one so much longer: cost should grow with the text alone.
const PARAGRAPHS: [usize; 2] = [500_000, 10_000_000];

/// Length of a line of digits, in bytes: the worst that times and quantities are given.
const DIGITS: usize = 1_000_000;

/// The day on which all texts are said to be published, where their times are read: so that those that need one have it.
const DAY: &str = "2031-05-06";

/// Measures and prints.
pub fn run(data: &Data, options: &Options, jobs: usize) -> Result<(), Failure> {
    if let Some(sizes) = &options.linking {
        return linking::run(data, sizes, jobs);
    }
    let product = Product::new(None)?;
    if options.figures {
        figures(&product, &texts(data)?);
        return Ok(());
    }
    let files = WeightFiles::read()?;
    let models = files.models()?;
    let texts = texts(data)?;
    let documents: Vec<Document> = texts.iter().map(|text| Document::plain(text)).collect();
    let segments: Vec<Segments> = documents
        .iter()
        .map(|document| product.segments(document))
        .collect();
    let tokens: usize = segments.iter().map(|segments| segments.tokens.len()).sum();
    let words: usize = texts
        .iter()
        .map(|text| text.split_whitespace().count())
        .sum();
    println!(
        "{ARTICLES} articles, {words} words between blanks, {tokens} tokens; CPU time of one thread\n"
    );

    let mut criterion = Criterion::default()
        .with_measurement(CpuTime)
        .without_plots()
        .sample_size(10)
        .measurement_time(Duration::from_secs_f64(options.time))
        .output_directory(&std::env::temp_dir().join("rashomon-bench"));
    let parse = |depth| {
        for (document, segments) in documents.iter().zip(&segments) {
            black_box(syntax::parse(&document.text, segments, &models, depth));
        }
    };
    let stages: [(&str, &dyn Fn()); 5] = [
        ("segmentation", &|| {
            for document in &documents {
                black_box(product.segments(document));
            }
        }),
        ("tags and lemmas", &|| parse(Depth::Tags)),
        ("tags, lemmas and tree", &|| parse(Depth::Tree)),
        ("text to mentions", &|| {
            for document in &documents {
                black_box(product.mentions(document));
            }
        }),
        ("the whole reading", &|| {
            for document in &documents {
                black_box(product.annotate(document));
            }
        }),
    ];
    let mut group = criterion.benchmark_group("read");
    group.throughput(Throughput::Elements(tokens as u64));
    for (name, stage) in stages {
        group.bench_function(name, |bencher| bencher.iter(stage));
    }
    group.finish();
    criterion.bench_function("load weights", |bencher| {
        bencher.iter(|| black_box(files.models().is_ok()));
    });

    let whole = stages.map(|(name, stage)| (name, seconds(stage)));
    println!();
    for (name, seconds) in whole {
        println!(
            "{name:24} {:10.0} tokens a CPU second",
            tokens as f64 / seconds
        );
    }
    let tree_alone = whole[2].1 - whole[1].1;
    println!(
        "{:24} {:10.0} tokens a CPU second",
        "tree alone",
        tokens as f64 / tree_alone
    );
    growth(&product, &texts);
    figures(&product, &texts);
    if let Some(python) = &options.peer {
        let peer = peer_words(data, python)?;
        println!(
            "\nspaCy's small model on the same texts in the same run: {peer:.0} words a CPU second"
        );
        for (name, seconds) in &whole[3..] {
            let ours = words as f64 / seconds;
            println!(
                "{name}: {ours:.0} words a CPU second, {:.1} times that",
                ours / peer
            );
        }
    }
    Ok(())
}

/// The least CPU seconds of five runs: what disturbs only adds.
fn seconds(stage: &dyn Fn()) -> f64 {
    let runs = (0..5).map(|_| {
        let start = ThreadTime::now();
        stage();
        start.elapsed().as_secs_f64()
    });
    runs.fold(f64::MAX, f64::min)
}

/// How cost grows with one paragraph.
fn growth(product: &Product, texts: &[String]) {
    let words: Vec<&str> = texts
        .iter()
        .flat_map(|text| text.split_whitespace())
        .collect();
    let prose = words.join(" ");
    let cost = PARAGRAPHS.map(|len| {
        let text: String = prose.chars().cycle().take(len).collect();
        let document = Document::plain(&text);
        let start = ThreadTime::now();
        black_box(product.mentions(&document));
        start.elapsed().as_secs_f64()
    });
    println!(
        "\none paragraph of {} MB costs {:.1} times one of {} MB, from text to mentions",
        PARAGRAPHS[1] as f64 / 1e6,
        cost[1] / cost[0],
        PARAGRAPHS[0] as f64 / 1e6,
    );
}

/// Times and quantities alone, on sentences and tokens with their tags: words between blanks a CPU second, and the CPU seconds of one line of
/// digits.
fn figures(product: &Product, texts: &[String]) {
    let read: Vec<(Document, FigureReading)> = texts
        .iter()
        .map(|text| product.figure_reading(DAY, text))
        .collect();
    let spent = seconds(&|| {
        for (document, reading) in &read {
            black_box(product.figures(document, reading));
        }
    });
    let words: usize = texts
        .iter()
        .map(|text| text.split_whitespace().count())
        .sum();
    println!(
        "\ntimes and quantities alone: {:.0} words a CPU second ({words} words)",
        words as f64 / spent
    );
    let counted: String = (1..)
        .map(|number: u32| format!("{number} "))
        .scan(0, |len, word| {
            *len += word.len();
            (*len <= DIGITS).then_some(word)
        })
        .collect();
    let unbroken: String = "1234567890".chars().cycle().take(DIGITS).collect();
    for (name, line) in [("1 2 3 …", counted), ("123456…", unbroken)] {
        let (document, reading) = product.figure_reading(DAY, &line);
        let spent = seconds(&|| {
            black_box(product.figures(&document, &reading));
        });
        println!(
            "one line “{name}” of {} MB: {spent:.3} CPU seconds",
            DIGITS as f64 / 1e6
        );
    }
}

fn texts(data: &Data) -> Result<Vec<String>, Failure> {
    let mut texts = Vec::new();
    for part in ["dev", "train"] {
        for path in data::files(&data.at(&format!("polnear/{part}/text"))?, ".txt")? {
            if texts.len() < ARTICLES {
                texts.push(data::text(&path)?);
            }
        }
    }
    Ok(texts)
}

/// Words between blanks a CPU second that spaCy reads.
fn peer_words(data: &Data, python: &Path) -> Result<f64, Failure> {
    let folder = data.at(".")?;
    let said = Python::new(python).script(
        "spacy_rows.py",
        &[OsStr::new("--speed"), folder.as_os_str()],
        "",
    )?;
    said.lines()
        .find(|line| line.contains("white-space words per CPU second"))
        .and_then(|line| line.rsplit('\t').next()?.parse().ok())
        .ok_or_else(|| {
            Failure("spacy_rows.py printed no speed; is it of this checkout?".to_owned())
        })
}

/// CPU time of the thread, for criterion.
struct CpuTime;

impl Measurement for CpuTime {
    type Intermediate = ThreadTime;
    type Value = Duration;

    fn start(&self) -> ThreadTime {
        ThreadTime::now()
    }

    fn end(&self, start: ThreadTime) -> Duration {
        start.elapsed()
    }

    fn add(&self, one: &Duration, other: &Duration) -> Duration {
        *one + *other
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        value.as_nanos() as f64
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}
