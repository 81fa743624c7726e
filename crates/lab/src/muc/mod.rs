//! Which, when and to how many: incidents of the MUC-3 and MUC-4 reports against their keyed templates.
//!
//! Reports of 1988 to 1990 in capitals, with a template for each violent incident that counts (`keys`); of `dev`, `tst1` and `tst2` all are used,
//! so that every figure is a development figure. Three measures:
//!
//! - Types of incidents (`types`).
//! - Incident date: a template with a date is right where one alternative of it holds ours: an exact day is the same day, "on or
//!   before D" and "from A to B" hold what lies in them. Ours is found without looking at that date, by the template's own strings
//!   (`incident` gives the steps). The document's day is that of the dateline. Beside it: the dateline's day always; "on or before" it always; the
//!   first time of the report that can be an incident's; and how often any time of the report, or "on or before the dateline", would be
//!   right, which is the most that a choice among ours can reach. A key weekday is "on or before": the guidelines of the keys say so.
//! - Exact count with the right effect (`counts`).

mod counts;
mod days;
mod incident;
mod keys;
mod reports;
mod types;

use crate::data::{self, Data, Failure};
use crate::parallel;
use crate::product::Product;
use days::Stretch;
use incident::{By, Told};
use jiff::civil::Date;
use keys::Template;
use reports::Report;
use std::collections::BTreeMap;
use text::Document;

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Also every incident whose date is wrong (report, template, the key's date, ours, how it was found, its words) and every count without
    /// its effect (report, number, effect, ours with that number)
    #[arg(long)]
    errors: bool,
}

/// Parts of the set: reports and keys by the beginnings of their names.
const PARTS: [(&str, &str, &str); 3] = [
    ("dev", "dev-muc3", "key-dev"),
    ("tst1", "tst1-muc3", "key-tst1"),
    ("tst2", "tst2-muc4", "key-tst2"),
];
/// What is shown of a date measure: all, by the kind of the key's date, without templates that the key calls optional, by part.
const COLUMNS: [&str; 8] = [
    "all",
    "exact day",
    "on or before",
    "stretch",
    "not optional",
    "dev",
    "tst1",
    "tst2",
];

/// How often something is right, for each column.
#[derive(Debug, Clone, Copy, Default)]
struct Shares {
    cases: [usize; COLUMNS.len()],
    right: [usize; COLUMNS.len()],
}

impl Shares {
    fn add(&mut self, columns: &[usize], is_right: bool) {
        for &column in columns {
            self.cases[column] += 1;
            self.right[column] += usize::from(is_right);
        }
    }

    fn print(&self, name: &str) {
        print!("{name:38}");
        for (cases, right) in self.cases.iter().zip(self.right) {
            let share = 100.0 * right as f64 / (*cases).max(1) as f64;
            print!(" {:>13}", format!("{share:.1} ({cases})"));
        }
        println!();
    }
}

/// What is found in one report.
struct Found {
    /// Of each template with a date: its columns, ours, whether the rows are right.
    dates: Vec<Dated>,
    counts: counts::Tally,
    errors: Vec<String>,
}

struct Dated {
    columns: Vec<usize>,
    by: Option<By>,
    right: [bool; ROWS.len()],
}

/// Rows of the date measure.
const ROWS: [&str; 5] = [
    "ours",
    "always the dateline's day",
    "always on or before it",
    "the first time in the report",
    "any time in the report, or before it",
];

/// Prints the figures.
pub fn run(data: &Data, options: &Options, jobs: usize) -> Result<(), Failure> {
    let product = Product::new(None)?;
    let mut cases = Vec::new();
    let mut all = Vec::new();
    let (mut reports, mut undated) = (0, 0);
    for (part, texts, keyed) in PARTS {
        let mut templates: BTreeMap<String, Vec<Template>> = BTreeMap::new();
        let folder = data.at(&format!("muc/{part}"))?;
        for path in data::files(&folder, "")? {
            if data::name(&path).starts_with(keyed) {
                for template in keys::read(&data::text(&path)?) {
                    let of = templates.entry(template.report.clone()).or_default();
                    of.push(template);
                }
            }
        }
        for path in data::files(&folder, "")? {
            if data::name(&path).starts_with(texts) {
                for report in reports::read(&data::text(&path)?) {
                    reports += 1;
                    undated += usize::from(report.day.is_none());
                    let incidents = templates.get(&report.id).into_iter().flatten();
                    let incidents: Vec<String> = incidents
                        .map(|template| template.incident.clone())
                        .collect();
                    all.push((part, report.clone(), incidents));
                    if let Some(templates) = templates.remove(&report.id) {
                        cases.push((part, report, templates));
                    }
                }
            }
        }
        if let Some(id) = templates.keys().next() {
            return Err(Failure(format!("muc/{part}: {id} has a key and no report")));
        }
    }
    let templates: Vec<&Template> = cases.iter().flat_map(|(_, _, all)| all).collect();
    let without = templates.iter().filter(|one| one.dates.is_empty()).count();
    println!(
        "{reports} reports, {undated} without a day; {} with {} templates, {without} of them without a date that can be read\n",
        cases.len(),
        templates.len(),
    );
    let told = parallel::map(&all, jobs, |(part, report, incidents)| {
        types::told(&product, part, report, incidents.clone())
    });
    types::print(&told);
    let found = parallel::map(&cases, jobs, |(part, report, templates)| {
        read(&product, part, report, templates)
    });
    print(&found);
    if options.errors {
        for error in found.iter().flat_map(|found| &found.errors) {
            println!("{error}");
        }
    }
    Ok(())
}

fn read(product: &Product, part: &str, report: &Report, templates: &[Template]) -> Found {
    let mut document = Document::plain(&report.text);
    document.meta.published = report.day.map(|day| day.to_string());
    let read = product.annotate(&document);
    let times = incident::incident_times(&read, report.day);
    let (counts, misses) = counts::count(templates, &read.quantities);
    let mut found = Found {
        dates: Vec::new(),
        counts,
        errors: misses
            .iter()
            .map(|miss| format!("{} | count | {miss}", report.id))
            .collect(),
    };
    for template in templates.iter().filter(|one| !one.dates.is_empty()) {
        let told = incident::told(&document, &read, report.day, &template.strings);
        let fits = |when: Option<Stretch>| {
            when.is_some_and(|when| template.dates.iter().any(|date| date.holds(when)))
        };
        let own = fits(told.map(|told| told.when));
        let before = fits(report.day.map(Stretch::up_to));
        let any = before || times.iter().any(|(_, when)| fits(Some(*when)));
        found.dates.push(Dated {
            columns: columns(part, template),
            by: told.map(|told| told.by),
            right: [
                own,
                fits(report.day.map(Stretch::of_day)),
                before,
                fits(times.first().map(|(_, when)| *when)),
                any,
            ],
        });
        if !own {
            found
                .errors
                .push(error(report, template, told, &document.text));
        }
    }
    found
}

/// The columns that a template counts in.
fn columns(part: &str, template: &Template) -> Vec<usize> {
    let dates = &template.dates;
    let kind = if dates.iter().any(|date| date.is_day()) {
        "exact day"
    } else if dates.iter().any(|date| date.first.is_none()) {
        "on or before"
    } else {
        "stretch"
    };
    let is_firm = !template.name.contains("OPTIONAL");
    (0..)
        .zip(COLUMNS)
        .filter(|(_, column)| {
            ["all", kind, part].contains(column) || *column == "not optional" && is_firm
        })
        .map(|(number, _)| number)
        .collect()
}

fn error(report: &Report, template: &Template, told: Option<Told>, text: &str) -> String {
    let shown = |day: Option<Date>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
    let ours = told.map_or_else(
        || "no day".to_owned(),
        |told| {
            format!(
                "{} to {} | {} | {}",
                shown(told.when.first),
                told.when.last,
                told.by.name(),
                told.words.map_or("", |words| words.slice(text))
            )
        },
    );
    format!(
        "{} | {} | {} | {ours}",
        report.id, template.name, template.date
    )
}

fn print(found: &[Found]) {
    let dates = || found.iter().flat_map(|found| &found.dates);
    let shares = |of: &dyn Fn(&Dated) -> Option<bool>| {
        let mut shares = Shares::default();
        for dated in dates() {
            if let Some(is_right) = of(dated) {
                shares.add(&dated.columns, is_right);
            }
        }
        shares
    };
    print!("{:38}", "incident date right, in 100 (of)");
    for column in COLUMNS {
        print!(" {column:>13}");
    }
    println!();
    for (row, name) in ROWS.iter().enumerate() {
        shares(&|dated| Some(dated.right[row])).print(name);
        if row == 0 {
            for by in By::ALL {
                shares(&|dated| (dated.by == Some(by)).then_some(dated.right[0]))
                    .print(&format!("  {}", by.name()));
            }
        }
    }
    let mut counts = counts::Tally::default();
    found.iter().for_each(|found| counts.add(found.counts));
    let share = |name: &str, right: usize, of: usize| {
        let share = 100.0 * right as f64 / of.max(1) as f64;
        println!("{name:58} {share:5.1} ({right} of {of})");
    };
    println!();
    share(
        "exact count over 1 with its effect, in 100",
        counts.with_effect,
        counts.lines,
    );
    share("  the number alone", counts.with_number, counts.lines);
    share(
        "ours killed or injured, over 1: number in the report's key",
        counts.in_key,
        counts.ours,
    );
}
