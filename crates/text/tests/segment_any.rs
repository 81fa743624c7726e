//! What holds of any text: exact spans in order, nothing but blanks outside tokens, time in proportion to length.
//!
//! It does not know what a good sentence is.

use proptest::prelude::*;
use std::time::{Duration, Instant};
use text::{Block, BlockKind, Document, Segmenter, SegmenterFiles, Span, segment};

fn lexicon() -> Segmenter {
    Segmenter::parse(&SegmenterFiles {
        abbreviations: include_str!("../../../lexicon/abbreviations.txt"),
        tokens: include_str!("../../../lexicon/tokens.txt"),
    })
}

fn one_block(text: &str) -> Document {
    let mut document = Document::plain(text);
    document.blocks = vec![Block {
        span: Span::new(0, text.len()),
        kind: BlockKind::Paragraph,
        raw: None,
    }];
    document
}

fn check(document: &Document, segmenter: &Segmenter) {
    let text = &document.text;
    let segments = segment(document, segmenter);
    let mut at = 0;
    let mut token = 0;
    for sentence in &segments.sentences {
        let block = document.blocks[sentence.block as usize].span;
        assert!(sentence.span.fits(text) && block.contains(sentence.span));
        assert_eq!(sentence.span, sentence.span.trim(text));
        assert_eq!(sentence.first, token, "sentences hold every token");
        assert!(sentence.last > sentence.first);
        token = sentence.last;
        let tokens = segments.tokens_of(sentence);
        assert_eq!(sentence.span.start, tokens[0].span.start);
        assert_eq!(sentence.span.end, tokens[tokens.len() - 1].span.end);
        for token in tokens {
            assert!(
                !token.joined
                    || (token.span.from() == at && token.span.start > sentence.span.start)
            );
            assert!(token.span.fits(text) && !token.span.is_empty() && token.span.from() >= at);
            assert!(blank(&text[at..token.span.from()]));
            at = token.span.to();
        }
    }
    assert_eq!(token as usize, segments.tokens.len());
    assert!(blank(&text[at..]));
}

/// White space, control and invisible characters only.
fn blank(between: &str) -> bool {
    between.chars().all(|c| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string(text in any::<String>()) {
        check(&one_block(&text), &lexicon());
        check(&Document::plain(&text), &lexicon());
    }

    /// The characters on which the rules turn, thickly mixed.
    #[test]
    fn any_mixture(parts in prop::collection::vec(prop::sample::select(vec![
        ".", "..", "…", "?", "!", "。", "۔", "\"", "'", "’", "‘", "“", "”", "„", "«", "»", "``", "''", "s", "n't", "’s",
        "U.S.", "Gen.", "No.", "J.", "Inc.", "The", "the", "5", "150,000", "2021-09-06", "-", "–", "•", "1)", "2.", " ",
        "\n", "\n\n", "\r\n", "\u{a0}", "\u{200d}", "\u{301}", "www.", "http://", "@", "#", ":)", "cannot", "km", "non", "em", "(", ")", "[", "]", "é", "س", "中",
    ]), 0..60)) {
        let text = parts.concat();
        check(&one_block(&text), &lexicon());
        check(&Document::plain(&text), &lexicon());
        check(&one_block(&text), &Segmenter::default());
    }
}

/// Ten times the text may take about ten times as long. The bound is wide, since machines are busy; a quadratic
/// splitter would be a hundred times slower at these sizes and far beyond it.
#[test]
fn time_grows_with_length_alone() {
    let segmenter = lexicon();
    let time = |unit: &str, bytes: usize| {
        let document = one_block(&unit.repeat(bytes / unit.len()));
        let start = Instant::now();
        let segments = segment(&document, &segmenter);
        assert!(!segments.tokens.is_empty());
        start.elapsed()
    };
    for unit in [
        "The general said the army left the valley. ",
        "word ",
        "word",
        ".",
        ". ",
        "\"",
        "'",
        "’ ",
        "s’ ",
        "“",
        ".”",
        "'' ",
        "a.",
        "U.S. ",
        "A. ",
        "www.",
        "http://.",
        "a\u{200d}",
        "\u{200d}a",
        "a\u{301}",
        "-",
        "\n- ",
        "\n1. ",
        "[1]",
        "!",
        "(",
        "5,",
        "5-",
        "5-5-5 ",
        "non-",
        "th- ",
        "can't've ",
        ":",
        "a'",
        "e\u{a0}",
        "中",
        "。",
    ] {
        let small = time(unit, 60_000).max(Duration::from_millis(4));
        let large = time(unit, 600_000);
        assert!(
            large < small * 60,
            "{unit:?}: 60 kB took {small:?}, 600 kB took {large:?}"
        );
    }
}

#[test]
fn ten_megabytes_of_one_paragraph_dots_and_quotes() {
    let segmenter = lexicon();
    for unit in ["The general said that 15 men left. ", ".", "\""] {
        let document = one_block(&unit.repeat(10_000_000 / unit.len()));
        let start = Instant::now();
        let segments = segment(&document, &segmenter);
        assert!(!segments.sentences.is_empty());
        // Seconds in an unoptimised build; a quadratic splitter would take days.
        assert!(
            start.elapsed() < Duration::from_secs(120),
            "{unit:?}: {:?}",
            start.elapsed()
        );
    }
}

#[test]
fn blocks_that_do_not_fit_the_text_give_nothing() {
    let mut document = one_block("é is a word");
    document.blocks[0].span = Span::new(1, 400);
    assert!(segment(&document, &lexicon()).tokens.is_empty());
}
