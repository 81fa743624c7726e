//! Plain text: the text is the file, and its lines tell its blocks.

use super::{all, blocks, notes, one, options, published, refused};
use ingest::Options;

const ARTICLE: &str = "Rebels hold the bridge after a night of fighting\n\nThe rebels said on Monday that they held the bridge.\n\nNo comment\n\nThe army denied it. A spokesman said: \u{201c}We are still there.\u{201d}\n\nRead also\u{a0} Governor leaves the province\n\nAccusations of the neighbour\n\nThe neighbour was accused by both.";

#[test]
fn lines_tell_headline_subheads_paragraphs_and_boilerplate() {
    let document = one("a.txt", ARTICLE.as_bytes());
    assert_eq!(document.text, ARTICLE);
    let kinds: Vec<&str> = blocks(&document).iter().map(|(kind, _)| *kind).collect();
    assert_eq!(
        kinds,
        [
            "headline",
            "paragraph",
            "subhead",
            "paragraph",
            "boilerplate",
            "subhead",
            "paragraph"
        ]
    );
    assert_eq!(
        document.meta.title.as_deref(),
        Some("Rebels hold the bridge after a night of fighting")
    );
    assert_eq!(document.meta.language.as_deref(), Some("en"));
    assert!(document.is_article());
    for block in &document.blocks {
        assert_eq!(block.raw, Some(block.span), "offsets are file offsets");
    }
}

#[test]
fn a_byte_order_mark_stays_in_the_first_block() {
    let bytes =
        "\u{feff}Rebels hold the bridge\r\n\r\nThe rebels said so on Monday.\r\n".as_bytes();
    let document = one("a.txt", bytes);
    assert_eq!(document.text.as_bytes(), bytes);
    assert_eq!(document.blocks[0].span.from(), 0);
    assert_eq!(
        document.meta.title.as_deref(),
        Some("Rebels hold the bridge")
    );
}

#[test]
fn wrapped_lines_are_one_paragraph_and_long_lines_are_many() {
    let wrapped = one("a.txt", b"The rebels said on Monday that they\nheld the bridge, and that the army\nhad left.\n\nThe army denied it.");
    assert_eq!(blocks(&wrapped).len(), 2);
    let each = one("a.txt", b"Rebels hold the bridge\nThe rebels said they held the bridge.\nThe army denied it.\nNobody else was asked.\n");
    let kinds: Vec<&str> = blocks(&each).iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, ["headline", "paragraph", "paragraph", "paragraph"]);
    let alone = one("a.txt", b"Rebels hold the bridge");
    assert_eq!(blocks(&alone), [("paragraph", "Rebels hold the bridge")]);
}

#[test]
fn charsets_are_guessed_and_noted() {
    let (russian, arabic) = (
        "Повстанцы заявили, что удерживают мост. Армия это отрицает. Ранее сообщалось о боях в городе.",
        "قال المتمردون إنهم يسيطرون على الجسر، لكن الجيش نفى ذلك وقال إن قواته لا تزال في المدينة.",
    );
    let english = "\u{201c}We hold the bridge,\u{201d} said the rebels\u{2019} spokesman. The café was closed.";
    for (encoding, text) in [
        (encoding_rs::WINDOWS_1251, russian),
        (encoding_rs::WINDOWS_1256, arabic),
        (encoding_rs::WINDOWS_1252, english),
    ] {
        let (bytes, _, _) = encoding.encode(text);
        let document = one("a.txt", &bytes);
        assert_eq!(document.text, text);
        assert_eq!(notes(&document), ["charset"]);
        assert!(document.notes[0].message.contains(encoding.name()));
    }
    for marked in [true, false] {
        for big in [true, false] {
            let units = english.encode_utf16().map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            });
            let mark: &[u8] = match (marked, big) {
                (false, _) => b"",
                (true, true) => b"\xfe\xff",
                (true, false) => b"\xff\xfe",
            };
            let bytes: Vec<u8> = mark.iter().copied().chain(units.flatten()).collect();
            let document = one("a.txt", &bytes);
            assert_eq!(document.text, english);
            assert_eq!(notes(&document), ["charset"]);
        }
    }
}

#[test]
fn a_few_damaged_bytes_do_not_turn_utf8_into_another_charset() {
    let mut bytes = "“We hold the bridge,” said the rebels’ spokesman."
        .as_bytes()
        .to_vec();
    bytes.extend(b" \xff And the town.");
    let document = one("a.txt", &bytes);
    assert!(document.text.starts_with("“We hold the bridge,”"));
    assert!(document.text.ends_with("\u{fffd} And the town."));
    assert!(
        document.notes[0]
            .message
            .contains("1 character could not be decoded")
    );
}

#[test]
fn a_day_of_publication_is_read_where_it_is_plain() {
    for (line, expected) in [
        ("Published: 6 September 2021", (Some("2021-09-06"), "text")),
        ("2021-09-06", (Some("2021-09-06"), "text")),
        (
            "Date: 2021-09-06T04:58:00+04:30",
            (Some("2021-09-06T04:58:00+04:30"), "text"),
        ),
        ("Published: 5/6/2021", (None, "none")),
        (
            "On 6 September 2021 the rebels said that they held it.",
            (None, "none"),
        ),
    ] {
        let text = format!(
            "Rebels hold the bridge\n\n{line}\n\nThe rebels said on Monday that they held the bridge."
        );
        assert_eq!(
            published(&one("a.txt", text.as_bytes())),
            expected,
            "{line}"
        );
    }
    let bad = one(
        "a.txt",
        b"Rebels hold the bridge\n\nPublished: 31 February 2021\n\nThe rebels said so.",
    );
    assert_eq!(
        (published(&bad), notes(&bad)),
        ((None, "none"), vec!["bad_date"])
    );
}

#[test]
fn options_fill_or_override_the_day() {
    let with = |published: Option<&str>, all_published: Option<&str>, text: &str| {
        let options = Options {
            published: published.map(str::to_owned),
            published_all: all_published.map(str::to_owned),
            outlet: Some("The Daily Example".to_owned()),
            translated_from: Some("cs".to_owned()),
            ..options()
        };
        let mut all = all("a.txt", text.as_bytes(), &options);
        all.remove(0).expect("it can be read").document
    };
    let (undated, dated) = ("The army denied it.", "2021-09-06\n\nThe army denied it.");
    assert_eq!(
        published(&with(Some("2021-09-07"), None, undated)),
        (Some("2021-09-07"), "option")
    );
    assert_eq!(
        published(&with(Some("2021-09-07"), None, dated)),
        (Some("2021-09-06"), "text")
    );
    assert_eq!(
        published(&with(None, Some("2021-09-07"), dated)),
        (Some("2021-09-07"), "option")
    );
    let bad = with(Some("2021-02-31"), None, undated);
    assert_eq!(
        (published(&bad), notes(&bad)),
        ((None, "none"), vec!["bad_date"])
    );
    assert_eq!(bad.meta.outlet.as_deref(), Some("The Daily Example"));
    assert_eq!(
        bad.meta.translated.and_then(|t| t.from).as_deref(),
        Some("cs")
    );
}

#[test]
fn what_is_no_text_is_refused_by_name() {
    assert_eq!(refused("a.txt", b"").code, "empty");
    assert_eq!(refused("a.txt", b"\xef\xbb\xbf \n").code, "empty");
    assert_eq!(
        refused("a.txt", &(0..=255).collect::<Vec<u8>>()).code,
        "binary"
    );
    let pdf = refused("a.txt", b"%PDF-1.4");
    assert_eq!(pdf.code, "binary");
    assert!(pdf.reason.contains("PDF"));
    // One zero in a text is a slip and not a binary.
    let zero = one("a.txt", b"The rebels\0 said that they held the bridge.");
    assert_eq!(zero.text.len(), 43);
}
