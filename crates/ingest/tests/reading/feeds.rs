//! Feeds: RSS 2, RSS 1 and Atom, whole and damaged.

use super::{all, blocks, notes, options, published};
use text::Document;

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><!-- <item> --><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Daily Example</title><language>en-gb</language><link>https://example.org</link>
<item><title>Rebels &amp; army: &lt;b&gt;bridge&lt;/b&gt;</title><link>https://example.org/a</link><guid>g1</guid><pubDate>Mon, 06 Sep 2021 00:30:00 +0430</pubDate><dc:creator>A. Example</dc:creator><description>short</description><content:encoded><![CDATA[<p>The rebels said&nbsp;they held the bridge. </item></p><h3>No comment</h3><p>The army denied it.</p>]]></content:encoded><source url="https://agency.example">The Agency</source></item>
<item><title>Second</title><description>The army said it had left.</description><pubDate>Tue, 31 Feb 2021 00:30:00 GMT</pubDate></item>
<item><title>Third</title><link>https://example.org/c</link><description>&lt;p&gt;The army said it had left.&lt;/p&gt;</description></item>
<item><title>Broken</ti></item>
<item><title>Cut off"#;

fn documents(feed: &str) -> (Vec<Document>, Vec<(String, &'static str)>) {
    let (mut read, mut unread) = (Vec::new(), Vec::new());
    for result in all("a.xml", feed.as_bytes(), &options()) {
        match result {
            Ok(ingested) => {
                assert_eq!(ingested.document.id, text::content_hash(&ingested.raw));
                read.push(ingested.document);
            }
            Err(refusal) => unread.push((refusal.path, refusal.code)),
        }
    }
    (read, unread)
}

#[test]
fn entries_become_documents_and_damage_stays_with_its_entry() {
    let (read, unread) = documents(RSS);
    assert_eq!(
        unread,
        [
            ("a.xml:4".to_owned(), "malformed"),
            ("a.xml:5".to_owned(), "malformed")
        ]
    );
    let first = &read[0];
    assert_eq!(
        blocks(first),
        [
            ("headline", "Rebels & army: bridge"),
            ("paragraph", "The rebels said they held the bridge."),
            ("subhead", "No comment"),
            ("paragraph", "The army denied it."),
        ]
    );
    // The day is the feed's own, not the one that it is in Greenwich.
    assert_eq!(
        published(first),
        (Some("2021-09-06T00:30:00+04:30"), "feed")
    );
    assert_eq!(first.meta.outlet.as_deref(), Some("The Agency"));
    assert_eq!(first.meta.byline.as_deref(), Some("A. Example"));
    assert_eq!(first.meta.url.as_deref(), Some("https://example.org/a"));
    assert_eq!(first.meta.language.as_deref(), Some("en"));
    assert_eq!(first.sightings[0].record_id.as_deref(), Some("g1"));
    let second = &read[1];
    assert_eq!(second.meta.outlet.as_deref(), Some("The Daily Example"));
    assert_eq!(
        (published(second), notes(second)),
        ((None, "none"), vec!["bad_date"])
    );
    assert_eq!(second.sightings[0].record_id.as_deref(), Some("2"));
    assert_eq!(
        blocks(&read[2])[1],
        ("paragraph", "The army said it had left.")
    );
    assert_eq!(read.len(), 3);
}

#[test]
fn atom_entries_are_read() {
    let (read, unread) = documents(
        r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Example Feed</title><entry><title>Bridge</title><link href="https://example.org/b"/><id>urn:1</id><published>2021-09-06T04:58:00+04:30</published><updated>2021-09-07T00:00:00Z</updated><author><name>B. Example</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The rebels said they held it.</p><p>The army denied it.</p></div></content></entry><entry><title>Second</title><updated>2021-09-07T00:00:00Z</updated><summary>The army said it had left.</summary><source><title>Other Feed</title></source></entry></feed>"#,
    );
    assert_eq!(unread, []);
    assert_eq!(
        published(&read[0]),
        (Some("2021-09-06T04:58:00+04:30"), "feed")
    );
    assert_eq!(blocks(&read[0]).len(), 3);
    assert_eq!(read[0].meta.byline.as_deref(), Some("B. Example"));
    assert_eq!(read[0].meta.outlet.as_deref(), Some("Example Feed"));
    assert_eq!(published(&read[1]), (Some("2021-09-07T00:00:00Z"), "feed"));
    assert_eq!(read[1].meta.outlet.as_deref(), Some("Other Feed"));
}

#[test]
fn rss_of_the_first_version_is_read() {
    let (read, unread) = documents(
        r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Old Feed</title><link>http://example.org</link><description>d</description></channel><item rdf:about="y"><title>Item</title><link>http://example.org/1</link><description>The army said it had left.</description><dc:date>2021-09-06</dc:date></item></rdf:RDF>"#,
    );
    assert_eq!(unread, []);
    assert_eq!(read[0].meta.outlet.as_deref(), Some("Old Feed"));
    assert_eq!(published(&read[0]), (Some("2021-09-06"), "feed"));
}

#[test]
fn a_feed_without_entries_is_named() {
    let (_, unread) = documents("<rss version='2.0'><channel><title>x</title></channel></rss>");
    assert_eq!(unread, [("a.xml".to_owned(), "malformed")]);
}
