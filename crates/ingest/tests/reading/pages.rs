//! Pages: blocks, what a page says of itself, and pages that are no article.

use super::{blocks, lexicon, notes, one, published};
use ingest::{Extractor, Piece, read_page};

const BODY: &str = "<nav><a href=/>Home</a></nav><article><h1>Rebels hold the bridge</h1><p>By A. Example</p>\
    <p>The rebels said on Monday that they <a href=x>held the bridge</a>.</p><h2>No comment</h2>\
    <p><a href=y>The army denied it</a>, a spokesman said to reporters in the capital.</p>\
    <p>Read also: <a href=z>Rain at last</a></p></article><footer>© 2021 The Daily Example</footer>";

fn page(head: &str) -> text::Document {
    one(
        "a.html",
        format!("<html><head>{head}</head><body>{BODY}</body></html>").as_bytes(),
    )
}

#[test]
fn the_article_is_found_and_its_links_stay_in_its_sentences() {
    let document = page("<title>Rebels hold the bridge - The Daily Example</title>");
    assert_eq!(
        blocks(&document),
        [
            ("headline", "Rebels hold the bridge"),
            ("boilerplate", "By A. Example"),
            (
                "paragraph",
                "The rebels said on Monday that they held the bridge."
            ),
            ("subhead", "No comment"),
            (
                "paragraph",
                "The army denied it, a spokesman said to reporters in the capital."
            ),
            ("boilerplate", "Read also: Rain at last"),
        ]
    );
    assert_eq!(document.meta.byline.as_deref(), Some("A. Example"));
    assert!(document.is_article());
}

#[test]
fn dates_are_taken_in_order() {
    let steps = [
        (
            "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"datePublished\":\"2021-09-01T10:00:00+04:30\"}</script>",
            "2021-09-01T10:00:00+04:30",
            "json-ld",
        ),
        (
            "<meta property=article:published_time content=2021-09-02T10:00:00Z>",
            "2021-09-02T10:00:00Z",
            "opengraph",
        ),
        (
            "<meta itemprop=datePublished content=2021-09-03>",
            "2021-09-03",
            "itemprop",
        ),
        (
            "<body><time datetime=2021-09-04T10:00>4 September</time>",
            "2021-09-04",
            "time",
        ),
        (
            "<link rel=canonical href=https://example.org/2021/09/05/bridge>",
            "2021-09-05",
            "url",
        ),
    ];
    for from in 0..steps.len() {
        let head: String = steps[from..]
            .iter()
            .rev()
            .map(|(html, _, _)| *html)
            .collect();
        let (_, date, basis) = steps[from];
        assert_eq!(published(&page(&head)), (Some(date), basis));
    }
    assert_eq!(published(&page("")), (None, "none"));
    let marked = page("<body><span class=publish-date>Posted: September 6, 2021 9:02 AM</span>");
    assert_eq!(published(&marked), (Some("2021-09-06"), "time"));
}

#[test]
fn a_day_that_does_not_exist_is_noted() {
    let document = page("<meta property=article:published_time content=2021-02-31>");
    assert_eq!(published(&document), (None, "none"));
    assert_eq!(notes(&document), ["bad_date"]);
}

#[test]
fn a_page_says_who_and_where_it_is() {
    let document = page(
        "<title>x</title><meta property=og:title content='Rebels hold the bridge | The Daily Example'>\
         <meta property=og:site_name content='The Daily Example'><meta name=author content='By B. Example'>\
         <link rel=canonical href=https://example.org/><meta property=og:url content=https://example.org/bridge>",
    );
    assert_eq!(
        document.meta.title.as_deref(),
        Some("Rebels hold the bridge")
    );
    assert_eq!(document.meta.outlet.as_deref(), Some("The Daily Example"));
    assert_eq!(document.meta.byline.as_deref(), Some("B. Example"));
    assert_eq!(
        document.meta.url.as_deref(),
        Some("https://example.org/bridge")
    );
    assert_eq!(document.sightings[0].path.as_deref(), Some("a.html"));
    assert_eq!(document.sightings[0].url, document.meta.url);
    assert_eq!(document.sightings[0].outlet, document.meta.outlet);
    let known = page("<link rel=canonical href=https://www.bbc.co.uk/news/1>");
    assert_eq!(known.meta.outlet.as_deref(), Some("BBC News"));
    let host = page("<link rel=canonical href=https://www.example.org/news/1>");
    assert_eq!(host.meta.outlet.as_deref(), Some("example.org"));
    // A title that holds a bar of its own keeps it.
    let bar = page(
        "<meta property=og:title content='Design week | A light installation for the old bridge'>",
    );
    assert_eq!(
        bar.meta.title.as_deref(),
        Some("Design week | A light installation for the old bridge")
    );
}

#[test]
fn pages_without_an_article_are_kept_as_boilerplate() {
    let links: String = (0..40)
        .map(|n| format!("<li><a href=/{n}>Headline {n} about the talks in the capital and the long rains that followed them</a></li>"))
        .collect();
    for (html, words) in [
        (format!("<html><body><ul>{links}</ul></body></html>"), "Headline 7"),
        (
            "<html><body><h2>We value your privacy</h2><p>We and our partners use cookies to personalise content. \
             You can change your cookie settings at any time.</p><button>Accept all cookies</button></body></html>"
                .to_owned(),
            "Accept all cookies",
        ),
    ] {
        let document = one("a.html", html.as_bytes());
        assert!(!document.is_article());
        assert_eq!(notes(&document), ["not_article"]);
        assert!(document.text.contains(words), "{}", document.text);
        assert!(blocks(&document).iter().all(|(kind, _)| *kind == "boilerplate"));
    }
}

#[test]
fn pages_without_paragraph_tags_are_read() {
    let document = one(
        "a.html",
        b"<html><body><div>The rebels said they hold the bridge.<br><br>The army denied it.</div></body></html>",
    );
    assert_eq!(
        blocks(&document),
        [
            ("paragraph", "The rebels said they hold the bridge."),
            ("paragraph", "The army denied it."),
        ]
    );
}

#[test]
fn a_short_article_is_found_beside_a_longer_footer() {
    let document = one(
        "a.html",
        b"<html><body><nav><a href=/>Home</a></nav><article><h1>Bridge held</h1><p>The army denied it.</p></article>\
          <aside><ul><li><a href=/1>Rain comes to the valley at last</a></ul></aside>\
          <footer><p>\xc2\xa9 2021 The Daily Example. All rights reserved.</p><p>Contact us | Privacy policy</p></footer></body></html>",
    );
    assert_eq!(
        blocks(&document),
        [
            ("headline", "Bridge held"),
            ("paragraph", "The army denied it."),
        ]
    );
}

#[test]
fn headings_with_nothing_under_them_are_boilerplate() {
    let html = "<html><body><article><p>The rebels said on Monday that they held the bridge.</p>\
        <p>The army denied it, a spokesman said to reporters.</p><h3>Rain at last</h3><h3>Market reopens</h3></article></body></html>";
    let document = one("a.html", html.as_bytes());
    assert!(document.is_article());
    assert!(blocks(&document).iter().all(|(kind, _)| *kind != "subhead"));
}

#[test]
fn the_charset_of_a_page_is_the_declared_one() {
    let html = "<html><head><meta charset=windows-1251></head><body><p>Повстанцы заявили, что удерживают мост.</p></body></html>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(html);
    let document = one("a.html", &bytes);
    assert_eq!(document.text, "Повстанцы заявили, что удерживают мост.");
    assert_eq!(notes(&document), ["charset"]);
}

/// An extractor that fails as third-party code may.
struct Failing;

impl Extractor for Failing {
    fn body(&self, _html: &str) -> Option<Vec<Piece>> {
        // Silent, so that the expected panic does not look like one in the test's output.
        std::panic::resume_unwind(Box::new("a failing extractor"));
    }
}

#[test]
fn a_failing_extractor_gives_way_to_the_page_itself() {
    let page = read_page(
        &format!("<html><body>{BODY}</body></html>"),
        &lexicon(),
        &Failing,
    );
    assert_eq!(page.notes[0].0, "extractor_failed");
    let said = page
        .pieces
        .iter()
        .filter(|piece| piece.kind.as_str() == "paragraph")
        .count();
    assert_eq!(said, 2);
}
