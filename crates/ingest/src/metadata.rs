//! What a page says of itself: title, byline, outlet, day, address, language.
//!
//! The order is JSON-LD, OpenGraph and other `meta`, itemprop, `<time>`, the address. It does not look at the article's text,
//! and it does not weigh one statement against another: the first in this order that can be read stands.

use crate::date::{Reading, date_in_url, date_within};
use crate::json_ld::{self, Story};
use crate::markup::{is_one_of, squeeze};
use crate::{Lexicon, language};
use scraper::{ElementRef, Html};
use text::PublishedBasis;

/// What a page says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageMeta {
    /// The headline, without the outlet's name behind it.
    pub title: Option<String>,
    /// Who published it, as the page or the lexicon has it.
    pub outlet: Option<String>,
    /// The author line.
    pub byline: Option<String>,
    /// The canonical address.
    pub url: Option<String>,
    /// The day, and how it is known.
    pub published: Option<(String, PublishedBasis)>,
    /// A date on the page that does not exist.
    pub bad_date: Option<String>,
    /// ISO 639-1 code that the page declares.
    pub language: Option<String>,
}

/// Everything of a page that may bear on it, in the order of the page.
#[derive(Default)]
struct Found {
    /// `meta` elements: property, name or itemprop in lower case, and content.
    metas: Vec<(String, String)>,
    canonical: Option<String>,
    title: Option<String>,
    heading: Option<String>,
    /// `<time>` elements: whether marked as the day of publication, whether inside the article, and the value.
    times: Vec<(bool, bool, String)>,
    /// Elements with an itemprop that are no `meta`: its name in lower case, and the value.
    props: Vec<(String, String)>,
    author: Option<String>,
    language: Option<String>,
}

/// Names of `meta` elements that hold the day of publication, most reliable first.
const DATES: [&str; 14] = [
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "article:published",
    "sailthru.date",
    "parsely-pub-date",
    "publish-date",
    "publishdate",
    "pubdate",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "cxenseparse:recs:publishtime",
    "date",
];

/// Longest text of an element that is the day of publication, in bytes.
const LONGEST_DAY: usize = 80;
/// Longest name of a site's section, in words.
const LONGEST_SECTION: usize = 3;

/// Most itemprops that are looked at: the article's own come first, lists of related articles after.
const MOST_PROPS: usize = 64;

/// Reads what a page says of itself.
#[must_use]
pub fn read(tree: &Html, lexicon: &Lexicon) -> PageMeta {
    let (found, scripts) = collect(tree);
    let story = json_ld::read(&scripts);
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| {
            found
                .metas
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.clone())
        })
    };
    let prop = |name: &str| {
        found
            .props
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
    };
    let url = address(&[
        found.canonical.clone(),
        meta(&["og:url"]),
        story.url.clone(),
        meta(&["twitter:url"]),
    ]);
    let outlet = story
        .outlet
        .clone()
        .or_else(|| meta(&["og:site_name", "application-name", "dc.publisher"]))
        .or_else(|| prop("publisher"))
        .filter(|name| !name.starts_with("http"))
        .or_else(|| {
            let host = host(url.as_deref()?)?;
            lexicon.outlet(host).map(str::to_owned)
        });
    let title = story
        .title
        .clone()
        .or_else(|| meta(&["og:title", "twitter:title", "dc.title"]))
        .or_else(|| prop("headline"))
        .or_else(|| found.heading.clone())
        .or_else(|| found.title.clone())
        .map(|title| {
            let site = [outlet.as_deref(), url.as_deref().and_then(host)];
            without_site(&title, &site, found.heading.as_deref()).to_owned()
        });
    let byline = story
        .byline
        .clone()
        .or_else(|| {
            meta(&[
                "author",
                "article:author",
                "dc.creator",
                "sailthru.author",
                "parsely-author",
            ])
        })
        .filter(|name| !name.starts_with("http"))
        .or_else(|| prop("author"))
        .or_else(|| found.author.clone())
        .filter(|name| !name.starts_with("http") && name.len() <= 200)
        .map(|name| lexicon.without_byline_cue(&name).to_owned())
        .filter(|name| Some(name) != outlet.as_ref());
    let (published, bad_date) = published(&found, &story, url.as_deref());
    PageMeta {
        title,
        outlet,
        byline,
        published,
        bad_date,
        language: found.language,
        url,
    }
}

/// The host of an address, without `www.`.
#[must_use]
pub fn host(url: &str) -> Option<&str> {
    let rest = url
        .split_once("://")
        .map(|(_, rest)| rest)
        .or_else(|| url.strip_prefix("//"))?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.rsplit('@').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then_some(host)
}

/// The first whole web address; one that leads to a front page gives way to one that leads further.
fn address(candidates: &[Option<String>]) -> Option<String> {
    let whole = || {
        candidates
            .iter()
            .flatten()
            .map(|url| url.trim())
            .filter(|url| host(url).is_some() && url.starts_with("http"))
    };
    let deep = |url: &&str| {
        url.split_once("://")
            .and_then(|(_, rest)| rest.split_once('/'))
            .is_some_and(|(_, path)| !path.is_empty())
    };
    whole()
        .find(deep)
        .or_else(|| whole().next())
        .map(str::to_owned)
}

/// The first date in order that can be read, and the first that does not exist.
fn published(
    found: &Found,
    story: &Story,
    url: Option<&str>,
) -> (Option<(String, PublishedBasis)>, Option<String>) {
    let metas = DATES.iter().filter_map(|name| {
        found
            .metas
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| (value.as_str(), PublishedBasis::OpenGraph))
    });
    let props = found
        .metas
        .iter()
        .chain(&found.props)
        .filter(|(key, _)| key == "datepublished" || key == "datecreated")
        .map(|(_, value)| (value.as_str(), PublishedBasis::Itemprop));
    let pick = |marked: bool, inside: bool| {
        found
            .times
            .iter()
            .filter(move |time| (!marked || time.0) && (!inside || time.1))
            .map(|(_, _, value)| (value.as_str(), PublishedBasis::Time))
    };
    let candidates = story
        .published
        .iter()
        .map(|value| (value.as_str(), PublishedBasis::JsonLd))
        .chain(metas)
        .chain(props)
        .chain(pick(true, false))
        .chain(pick(false, true))
        .chain(pick(false, false));
    let mut bad = None;
    for (value, basis) in candidates {
        match date_within(value) {
            Reading::Known(date) => return (Some((date, basis)), bad),
            Reading::Impossible => bad = bad.or_else(|| Some(value.to_owned())),
            Reading::Unclear => {}
        }
    }
    let by_url = url
        .and_then(date_in_url)
        .map(|date| (date, PublishedBasis::Url));
    (by_url, bad)
}

/// Takes the outlet's name off the end of a title: what follows the last bar or dash, where it is the outlet, its host, or
/// what the page's own heading leaves out.
fn without_site<'a>(title: &'a str, site: &[Option<&str>], heading: Option<&str>) -> &'a str {
    let plain = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let mut title = title.trim();
    let heading = heading.map(plain).filter(|heading| !heading.is_empty());
    loop {
        let cut = [
            " | ", " - ", " – ", " — ", " · ", " • ", " » ", " :: ", " / ",
        ]
        .iter()
        .filter_map(|mark| title.rfind(mark).map(|at| (at, mark.len())))
        .max();
        let Some((at, mark)) = cut else {
            return title;
        };
        let (before, after) = (title[..at].trim_end(), plain(&title[at + mark..]));
        if before.is_empty() {
            return title;
        }
        let names_site = site.iter().flatten().any(|name| {
            let name = plain(name);
            let label = plain(name.split('.').next().unwrap_or_default());
            !after.is_empty() && (after == name || name.starts_with(&after) && after.len() > 3)
                || !label.is_empty() && after.starts_with(&label) && label.len() > 3
        });
        let heads = heading.as_deref() == Some(&plain(before));
        let words = |text: &str| text.split_whitespace().count();
        // "… | World": a short part behind a bar is a section of the site.
        let section = title[at..].starts_with(" | ")
            && words(before) > LONGEST_SECTION
            && words(&title[at + mark..]) <= LONGEST_SECTION;
        if !(names_site || heads || section) {
            return title;
        }
        title = before;
    }
}

/// One walk over the page: what may bear on it, and its JSON-LD scripts.
fn collect(tree: &Html) -> (Found, Vec<String>) {
    let mut found = Found::default();
    let mut scripts = Vec::new();
    for element in tree.root_element().descendent_elements() {
        let value = element.value();
        let attr = |name: &str| value.attr(name).map(str::trim).filter(|v| !v.is_empty());
        let words = || squeeze(&element.text().collect::<String>());
        match value.name() {
            "script" => {
                if attr("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json")) {
                    scripts.push(element.text().collect());
                }
                continue;
            }
            "meta" => {
                let key = attr("property")
                    .or_else(|| attr("name"))
                    .or_else(|| attr("itemprop"));
                if let (Some(key), Some(content)) = (key, attr("content")) {
                    found
                        .metas
                        .push((key.to_ascii_lowercase(), squeeze(content)));
                }
                continue;
            }
            "link" => {
                if attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) {
                    found.canonical = found.canonical.or_else(|| attr("href").map(str::to_owned));
                }
                continue;
            }
            "html" => found.language = attr("lang").and_then(language::code),
            "title" if found.title.is_none() => found.title = some(words()),
            "h1" if found.heading.is_none() => found.heading = some(words()),
            "time" => {
                let when = attr("datetime").map_or_else(words, str::to_owned);
                let marked = value.attr("pubdate").is_some()
                    || [attr("class"), attr("itemprop"), attr("id")]
                        .iter()
                        .flatten()
                        .any(|mark| marks_a_day(mark));
                found.times.push((marked, is_inside_article(element), when));
            }
            // Pages without `<time>` mark the day by a class.
            _ if found.times.len() < MOST_PROPS && attr("class").is_some_and(marks_a_day) => {
                let when = words();
                if when.len() <= LONGEST_DAY {
                    found.times.push((true, is_inside_article(element), when));
                }
            }
            _ => {}
        }
        if let Some(names) = attr("itemprop").filter(|_| found.props.len() < MOST_PROPS) {
            for name in names.split_whitespace() {
                let name = name.to_ascii_lowercase();
                if is_one_of(
                    &name,
                    &[
                        "datepublished",
                        "datecreated",
                        "headline",
                        "author",
                        "publisher",
                    ],
                ) {
                    // A person or an organisation keeps its name in a child of its own.
                    let named = element
                        .descendent_elements()
                        .find(|child| child.value().attr("itemprop") == Some("name"))
                        .map(|child| {
                            child
                                .value()
                                .attr("content")
                                .map_or_else(|| child.text().collect::<String>(), str::to_owned)
                        });
                    let value = attr("content")
                        .or_else(|| attr("datetime"))
                        .map(str::to_owned)
                        .or(named)
                        .unwrap_or_else(words);
                    found.props.extend(some(squeeze(&value)).map(|v| (name, v)));
                }
            }
        }
        if found.author.is_none()
            && attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("author"))
        {
            found.author = some(words());
        }
    }
    (found, scripts)
}

/// Whether a class or an id names the day of publication.
fn marks_a_day(mark: &str) -> bool {
    let mark = mark.to_ascii_lowercase();
    ["publish", "pubdate", "entry-date", "post-date", "posted-on"]
        .iter()
        .any(|word| mark.contains(word))
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn is_inside_article(element: ElementRef<'_>) -> bool {
    element
        .ancestors()
        .filter_map(ElementRef::wrap)
        .any(|above| is_one_of(above.value().name(), &["article", "main"]))
}
