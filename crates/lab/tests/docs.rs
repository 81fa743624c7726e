//! The documents at the root: they are there, what they name exists, and they take no side.
//!
//! It does not know whether what they say is true; `.ci/readme` runs the README's commands and compares its picture.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The documents, each with a line or heading without which it would be another.
const DOCUMENTS: &[(&str, &str)] = &[
    ("README.md", "## What it refuses to say"),
    ("ARCHITECTURE.md", "## Where is the thing that …?"),
    ("CONTRIBUTING.md", "## The first hour"),
    ("DESIGN.md", "## Reading one document"),
    ("CHANGELOG.md", "## [Unreleased]"),
    ("NOTICE", "Data in this repository"),
    ("LICENSE-MIT", "Permission is hereby granted"),
    ("LICENSE-APACHE", "END OF TERMS AND CONDITIONS"),
];

/// Beginnings of words that say more than that somebody said or did something.
const JUDGING: &[&str] = &[
    "admitted",
    "refut",
    "alleg",
    "reveal",
    "conquer",
    "terroris",
    "confess",
    "debunk",
    "liberat",
    "regime",
    "propagand",
    "liar",
    "falsehood",
];

/// Lines of ARCHITECTURE.md, at most: three pages.
const PAGES: usize = 180;

#[test]
fn the_documents_are_there() {
    for (name, mark) in DOCUMENTS {
        assert!(document(name).contains(mark), "{name} lacks: {mark}");
    }
    let version = format!("## [{}]", env!("CARGO_PKG_VERSION"));
    assert!(
        document("CHANGELOG.md").contains(&version),
        "CHANGELOG.md lacks {version}"
    );
}

#[test]
fn architecture_fits_three_pages() {
    let lines = document("ARCHITECTURE.md").lines().count();
    assert!(lines <= PAGES, "{lines} lines, more than {PAGES}");
}

#[test]
fn what_the_documents_name_exists() {
    let tree = Tree::read();
    let mut gone = Vec::new();
    for (name, kind) in [
        ("ARCHITECTURE.md", Kind::Every),
        ("DESIGN.md", Kind::Plain),
        ("CONTRIBUTING.md", Kind::Plain),
        ("README.md", Kind::Plain),
    ] {
        let mut spans = code_spans(&document(name));
        if kind == Kind::Plain {
            spans.retain(|span| is_plainly_a_name(span));
        }
        assert!(spans.len() > 3, "the names in {name} were not found");
        gone.extend(
            spans
                .iter()
                .filter(|span| !tree.has(span))
                .map(|span| format!("{name}: `{span}`")),
        );
    }
    assert!(gone.is_empty(), "these exist nowhere:\n{}", gone.join("\n"));
}

#[test]
fn what_is_gone_is_found() {
    let tree = Tree::read();
    for here in [
        "Span",
        "text",
        "Span::slice",
        "annotate::annotate",
        "lexicon/cues.txt",
        "crates/",
        "rashomon doctor",
    ] {
        assert!(tree.has(here), "{here} exists");
    }
    for gone in [
        "Spam",
        "textures",
        "Span::slices",
        "annotate::ingest",
        "lexicon/queues.txt",
        "crate/",
        "rashomon serve",
    ] {
        assert!(!tree.has(gone), "{gone} does not exist");
    }
}

#[test]
fn the_readme_names_commands_and_options_that_exist() {
    let readme = document("README.md");
    let arguments =
        fs::read_to_string(root().join("crates/rashomon/src/args/mod.rs")).expect("args");
    let tree = Tree::read();
    let (mut commands, mut wrong) = (0, Vec::new());
    for line in fenced(&readme, "sh") {
        for command in line.split('|').map(str::trim) {
            if !command.starts_with("rashomon ") {
                continue;
            }
            commands += 1;
            let mut words = command.split_whitespace().skip(1);
            let verb = words.next().unwrap_or_default();
            if !tree.verbs.contains(verb) {
                wrong.push(format!("no command {verb}: {line}"));
            }
            for option in words.filter_map(|word| word.strip_prefix("--")) {
                let field = format!("pub {}:", option.replace('-', "_"));
                if !arguments.contains(&field) {
                    wrong.push(format!("no option --{option}: {line}"));
                }
            }
        }
    }
    assert!(commands >= 8, "only {commands} commands were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for promised in ["cargo run --release -- demo", "cargo test --workspace"] {
        assert!(
            fenced(&readme, "sh").contains(&promised),
            "README.md lacks: {promised}"
        );
    }
}

#[test]
fn known_misses_are_still_missed() {
    let contributing = document("CONTRIBUTING.md");
    let misses: Vec<&str> = contributing
        .lines()
        .filter_map(|line| line.strip_prefix("- `")?.strip_suffix('`'))
        .collect();
    assert!(misses.len() >= 3, "the list of known misses runs out");
    let lexicon = fs::read_to_string(root().join("lexicon/cues.txt")).expect("the cues");
    let known: BTreeSet<&str> = lexicon
        .lines()
        .filter_map(|line| Some(line.split_once(" | ")?.0))
        .collect();
    let found: Vec<&&str> = misses
        .iter()
        .filter(|miss| known.contains(**miss))
        .collect();
    assert!(
        found.is_empty(),
        "CONTRIBUTING.md lists as missed what lexicon/cues.txt has: {found:?}"
    );
}

#[test]
fn the_notice_names_every_library_used_directly() {
    let notice = document("NOTICE");
    let listed: BTreeSet<&str> = notice
        .lines()
        .filter(|line| line.starts_with("    "))
        .flat_map(|line| line.split([' ', ',']))
        .collect();
    let used = dependencies();
    assert!(used.len() > 10, "the manifests were not read");
    let unnamed: Vec<&String> = used
        .iter()
        .filter(|name| !listed.contains(name.as_str()))
        .collect();
    assert!(unnamed.is_empty(), "NOTICE does not name {unnamed:?}");
}

#[test]
fn the_documents_take_no_side() {
    let mut found = Vec::new();
    for name in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "DESIGN.md",
        "CHANGELOG.md",
    ] {
        for (number, line) in document(name).lines().enumerate() {
            let own = without_quotations(line).to_lowercase();
            for word in own.split(|c: char| !c.is_alphanumeric()) {
                if JUDGING.iter().any(|judging| word.starts_with(judging)) {
                    found.push(format!("{name}:{}: {word}", number + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert_eq!(
        without_quotations("it says “they conquered it”, `refuted`, \"alleged\" here"),
        "it says , ,  here"
    );
}

/// Which names of a document must be those of something here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Whatever stands between backticks.
    Every,
    /// What can be nothing else: the document also speaks of words, fields and files of others.
    Plain,
}

/// Whether a word can only be a symbol, a file of the tree or a command.
fn is_plainly_a_name(span: &str) -> bool {
    let folders = [
        "crates/",
        "lexicon/",
        "models/",
        "gold/",
        "examples/",
        ".ci/",
    ];
    span.contains("::")
        || folders.iter().any(|folder| span.starts_with(folder))
        || span.ends_with(".md")
        || span.starts_with("rashomon ")
        || span.starts_with("cargo ")
        || span.starts_with("lab ")
}

/// What can be named: crates, files, symbols, tables, commands.
struct Tree {
    crates: BTreeSet<String>,
    /// Libraries that the manifests name.
    libraries: BTreeSet<String>,
    /// Whatever the sources, the schema and the scripts define.
    symbols: BTreeSet<String>,
    /// Commands of `rashomon`.
    verbs: BTreeSet<String>,
    /// Words of `lab`'s command line.
    measures: BTreeSet<String>,
}

impl Tree {
    fn read() -> Self {
        let mut tree = Self {
            crates: BTreeSet::new(),
            libraries: dependencies(),
            symbols: BTreeSet::new(),
            verbs: BTreeSet::new(),
            measures: BTreeSet::new(),
        };
        for folder in entries(&root().join("crates")) {
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            tree.crates.insert(name.into_owned());
        }
        for path in files(&root().join("crates")) {
            let extension = path.extension().unwrap_or_default();
            let text = fs::read_to_string(&path).unwrap_or_default();
            if extension == "sql" {
                tree.sql(&text);
            } else if extension == "rs" && !path.ends_with("tests/docs.rs") {
                let stem = path.file_stem().unwrap_or_default().to_string_lossy();
                tree.symbols.insert(stem.into_owned());
                if let Some(folder) = path.parent().and_then(Path::file_name) {
                    tree.symbols.insert(folder.to_string_lossy().into_owned());
                }
                tree.source(&text);
            }
        }
        let arguments = root().join("crates/rashomon/src/args/mod.rs");
        tree.verbs = variants(
            &fs::read_to_string(arguments).expect("args"),
            "pub enum Command",
        );
        let lab = root().join("crates/lab/src/main.rs");
        let lab = fs::read_to_string(lab).expect("the lab's command line");
        tree.measures = variants(&lab, "enum Verb");
        tree.measures.extend(variants(&lab, "enum Eval"));
        tree.measures.extend(variants(&lab, "enum Build"));
        tree
    }

    /// Definitions of a source file.
    fn source(&mut self, text: &str) {
        for line in text.lines() {
            let line = line.trim();
            if line.starts_with("//") {
                continue;
            }
            let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            while let Some(word) = words.next() {
                let defines = [
                    "fn",
                    "struct",
                    "enum",
                    "trait",
                    "const",
                    "static",
                    "mod",
                    "type",
                    "macro_rules",
                ];
                if defines.contains(&word)
                    && let Some(name) = words.find(|word| !word.is_empty())
                {
                    self.symbols.insert(name.to_owned());
                }
            }
            // Fields begin with `pub`; variants, those of `vocabulary!` too, with a capital.
            let field = line.strip_prefix("pub ");
            let field = field.or_else(|| line.strip_prefix("pub(crate) "));
            let named = field.unwrap_or(line);
            let name: String = named
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            let after = &named[name.len()..];
            let is_field = field.is_some() && after.starts_with(':');
            let is_variant = name.starts_with(char::is_uppercase)
                && (after == ","
                    || after.starts_with(" {")
                    || after.starts_with(" = \"")
                    || after.starts_with('('));
            if is_field || is_variant {
                self.symbols.insert(name);
            }
        }
    }

    /// Tables and views.
    fn sql(&mut self, text: &str) {
        for line in text.lines() {
            let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            if words.next() == Some("CREATE") {
                self.symbols.extend(words.nth(1).map(str::to_owned));
            }
        }
    }

    /// Whether a name in a document is that of something.
    fn has(&self, span: &str) -> bool {
        let mut words = span.split_whitespace();
        match (words.next(), words.next()) {
            (Some("rashomon"), Some(verb)) => return self.verbs.contains(verb),
            (Some("lab"), Some(measure)) => {
                return self.measures.contains(measure)
                    && words.all(|word| self.measures.contains(word));
            }
            // Cargo's own words; what follows `--` is the program's.
            (Some("cargo"), _) => {
                let own = span.split_once(" -- ").map(|(_, own)| own);
                let verb = own.and_then(|own| own.split_whitespace().next());
                return verb
                    .is_none_or(|verb| self.verbs.contains(verb) || self.measures.contains(verb));
            }
            _ => {}
        }
        if let Some(option) = span.strip_prefix("--") {
            return self.symbols.contains(&option.replace('-', "_"));
        }
        if span.contains('/') || span.contains('.') || span.starts_with("LICENSE") {
            // An ending alone (`.txt`), and a folder beside the checkout, are no files of the tree.
            return root().join(span).exists()
                || span.starts_with("../")
                || span.starts_with('.') && span[1..].chars().all(char::is_alphanumeric);
        }
        let bare = span.trim_end_matches("!").trim_end_matches("(&View)");
        if let Some((first, rest)) = bare.split_once("::") {
            let known = |name: &str| self.symbols.contains(name);
            return (self.crates.contains(first) || known(first)) && rest.split("::").all(known)
                // A crate that is named as a module's parent holds the thing itself.
                && (!self.crates.contains(first) || self.crate_has(first, rest));
        }
        let name = bare.trim_end_matches('s');
        self.crates.contains(bare)
            || self.libraries.contains(bare)
            || self.symbols.contains(bare)
            || self.symbols.contains(name) && name.starts_with(char::is_uppercase)
    }

    /// Whether a crate's sources define a name, or take it over from below.
    fn crate_has(&self, name: &str, path: &str) -> bool {
        let last = path.rsplit("::").next().unwrap_or(path);
        files(&root().join("crates").join(name).join("src"))
            .iter()
            .filter_map(|path| fs::read_to_string(path).ok())
            .any(|text| {
                ["fn ", "struct ", "enum ", "trait ", "const ", "mod "]
                    .iter()
                    .any(|kind| {
                        text.match_indices(&format!("{kind}{last}"))
                            .any(|(at, found)| {
                                !text[at + found.len()..]
                                    .starts_with(|c: char| c.is_alphanumeric() || c == '_')
                            })
                    })
            })
    }
}

/// The variants of an enum, in the lower case of the command line.
fn variants(text: &str, head: &str) -> BTreeSet<String> {
    let (_, body) = text.split_once(head).expect("the enum of the commands");
    let (body, _) = body.split_once("\n}").expect("its end");
    body.lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| line.starts_with(char::is_uppercase))
        .map(|line| {
            let name = line.chars().take_while(|c| c.is_alphanumeric());
            name.collect::<String>().to_lowercase()
        })
        .collect()
}

/// The libraries that the manifests of the workspace name, without the workspace's own crates.
fn dependencies() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut manifests = vec![root().join("Cargo.toml")];
    let folders = entries(&root().join("crates"));
    manifests.extend(folders.iter().map(|folder| folder.join("Cargo.toml")));
    for path in manifests {
        let text = fs::read_to_string(path).unwrap_or_default();
        let mut inside = false;
        for line in text.lines() {
            if line.starts_with('[') {
                inside = line.ends_with("dependencies]");
            } else if let Some((name, rest)) = line.split_once('=')
                && inside
                && !line.starts_with('#')
                && !rest.contains("path =")
            {
                let name = name.trim();
                found.insert(name.strip_suffix(".workspace").unwrap_or(name).to_owned());
            }
        }
    }
    for own in entries(&root().join("crates")) {
        found.remove(&*own.file_name().unwrap_or_default().to_string_lossy());
    }
    found
}

/// The names between backticks outside fenced blocks, and the calls inside a picture of the path.
fn code_spans(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut fence = None;
    for line in text.lines() {
        let opening = line.trim_start();
        if let Some(language) = opening.strip_prefix("```") {
            fence = if fence.is_some() {
                None
            } else {
                Some(language.to_owned())
            };
            continue;
        }
        match fence.as_deref() {
            None => found.extend(line.split('`').skip(1).step_by(2).map(str::to_owned)),
            Some("sh") => found.push(opening.to_owned()),
            Some("") => found.extend(
                line.split_whitespace()
                    .filter(|word| word.contains("::"))
                    .map(str::to_owned),
            ),
            Some(_) => {}
        }
    }
    found
}

/// The lines of the fenced blocks of one language.
fn fenced<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if let Some(opened) = line.strip_prefix("```") {
            inside = opened == language;
        } else if inside {
            found.push(line);
        }
    }
    found
}

/// A line without what stands in quotation marks or backticks.
fn without_quotations(line: &str) -> String {
    let mut own = String::new();
    let mut until = None;
    for mark in line.chars() {
        match (until, mark) {
            (Some(end), mark) if mark == end => until = None,
            (Some(_), _) => {}
            (None, '“') => until = Some('”'),
            (None, '`' | '"') => until = Some(mark),
            (None, mark) => own.push(mark),
        }
    }
    own
}

fn document(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The entries of a folder, in order.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    found.sort();
    found
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in entries(folder) {
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
