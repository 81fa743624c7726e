//! The article's own record in a page's JSON-LD (schema.org), read leniently: pages write it by hand and by template.
//!
//! It reads no vocabulary but schema.org's and follows no context.

use crate::markup::{squeeze, unescape};
use serde_json::{Map, Value};

/// What the record says of the article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Story {
    /// `headline`, else `name`.
    pub title: Option<String>,
    /// The names of `author`, joined with commas.
    pub byline: Option<String>,
    /// The name of `publisher`.
    pub outlet: Option<String>,
    /// `datePublished`, else `dateCreated` or `uploadDate`, as written.
    pub published: Option<String>,
    /// `url`, or the id of `mainEntityOfPage`.
    pub url: Option<String>,
}

/// Deepest that records are looked for inside one another.
const DEEPEST: usize = 6;

/// Reads the record of the article from the page's scripts: the first whose type is an article's, else the first with a date.
#[must_use]
pub fn read(scripts: &[String]) -> Story {
    let mut records: Vec<Map<String, Value>> = Vec::new();
    let mut broken = Vec::new();
    for script in scripts {
        let cleaned = relaxed(script);
        match serde_json::from_str::<Value>(&cleaned) {
            Ok(value) => gather(value, 0, &mut records),
            Err(_) => broken.push(cleaned),
        }
    }
    let best = records
        .iter()
        .min_by_key(|record| {
            let dated = record.contains_key("datePublished");
            match (is_story(record), dated) {
                (true, true) => 0,
                (true, false) => 1,
                (false, true) => 2,
                (false, false) => 3,
            }
        })
        .filter(|record| is_story(record) || record.contains_key("datePublished"));
    let mut story = best
        .map(|record| story(record, &records))
        .unwrap_or_default();
    // What cannot be parsed may still hold the day in plain sight.
    if story.published.is_none() {
        story.published = broken
            .iter()
            .find_map(|script| field(script, "datePublished"));
    }
    if story.title.is_none() {
        story.title = broken
            .iter()
            .filter(|script| script.contains("datePublished"))
            .find_map(|script| field(script, "headline"));
    }
    story
}

/// Takes records out of arrays, graphs and the entities of pages.
fn gather(value: Value, depth: usize, records: &mut Vec<Map<String, Value>>) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(values) => {
            for value in values {
                gather(value, depth + 1, records);
            }
        }
        Value::Object(mut record) => {
            let inner: Vec<Value> = ["@graph", "mainEntity"]
                .iter()
                .filter_map(|key| record.remove(*key))
                .collect();
            records.push(record);
            for value in inner {
                gather(value, depth + 1, records);
            }
        }
        _ => {}
    }
}

/// Whether a record's type is an article's, a posting's or a report's.
fn is_story(record: &Map<String, Value>) -> bool {
    let names = |kind: &str| {
        let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
        kind.ends_with("Article") || kind.ends_with("Posting") || kind.ends_with("Report")
    };
    match record.get("@type") {
        Some(Value::String(kind)) => names(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(names),
        _ => false,
    }
}

fn story(record: &Map<String, Value>, records: &[Map<String, Value>]) -> Story {
    let string = |key: &str| record.get(key).and_then(text_of);
    Story {
        title: string("headline").or_else(|| string("name")),
        byline: record.get("author").and_then(|v| names(v, records)),
        outlet: record.get("publisher").and_then(|v| names(v, records)),
        published: ["datePublished", "dateCreated", "uploadDate"]
            .iter()
            .find_map(|key| string(key)),
        url: string("url").or_else(|| {
            match record.get("mainEntityOfPage") {
                Some(Value::Object(page)) => page.get("@id").or_else(|| page.get("url")),
                other => other,
            }
            .and_then(text_of)
        }),
    }
}

/// The names of people or organisations: strings, objects with a name, references into the graph, or a list of them.
fn names(value: &Value, records: &[Map<String, Value>]) -> Option<String> {
    let one = |value: &Value| match value {
        Value::Object(party) => party.get("name").and_then(text_of).or_else(|| {
            let id = party.get("@id")?;
            records
                .iter()
                .find(|record| record.get("@id") == Some(id) && record.contains_key("name"))
                .and_then(|record| record.get("name"))
                .and_then(text_of)
        }),
        other => text_of(other),
    };
    let found: Vec<String> = match value {
        Value::Array(values) => values.iter().filter_map(one).collect(),
        other => one(other).into_iter().collect(),
    };
    (!found.is_empty()).then(|| found.join(", "))
}

/// A string, or the first of a list of strings, without markup; an empty one is none.
fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text,
        Value::Array(values) => return values.first().filter(|v| v.is_string()).and_then(text_of),
        _ => return None,
    };
    let text = squeeze(&unescape(text));
    (!text.is_empty()).then_some(text)
}

/// JSON as pages write it, made into JSON: comment marks around it, control characters and unknown escapes in strings,
/// commas before closing brackets.
fn relaxed(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let from = script.find(['{', '[']).unwrap_or(script.len());
    // A script that breaks off has no closing bracket; what there is of it is kept.
    let to = script
        .rfind(['}', ']'])
        .map(|at| at + 1)
        .filter(|&to| to > from)
        .unwrap_or(script.len());
    let mut inside = false;
    let mut chars = script[from..to].chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                inside = !inside;
                out.push('"');
            }
            // Another escape means nothing in JSON; the character after it stands for itself.
            '\\' if inside => {
                if let Some(known) = chars.next_if(|c| "\"\\/bfnrtu".contains(*c)) {
                    out.extend(['\\', known]);
                }
            }
            c if c.is_control() => out.push(' '),
            '}' | ']' if !inside => {
                let kept = out.trim_end().len();
                if out[..kept].ends_with(',') {
                    out.truncate(kept - 1);
                }
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// The first string behind `"key":` in a text that is almost JSON.
fn field(script: &str, key: &str) -> Option<String> {
    let quoted = format!("\"{key}\"");
    let rest = &script[script.find(&quoted)? + quoted.len()..];
    let rest = rest.trim_start().strip_prefix(':')?.trim_start();
    let rest = rest.strip_prefix('"')?;
    let text = squeeze(&unescape(&rest[..rest.find('"')?]));
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story_of(script: &str) -> Story {
        read(&[script.to_owned()])
    }

    #[test]
    fn lists_graphs_and_references_are_followed() {
        let story = story_of(
            r##"[{"@type":"BreadcrumbList","name":"x"},{"@graph":[
            {"@type":"Organization","@id":"#o","name":"The Daily Example"},
            {"@type":["NewsArticle"],"headline":"Rain &amp; hail","author":[{"name":"A. One"},"B. Two"],
             "publisher":{"@id":"#o"},"datePublished":"2021-09-06T04:58:00+04:30","mainEntityOfPage":{"@id":"https://example.org/a"}}]}]"##,
        );
        assert_eq!(story.title.as_deref(), Some("Rain & hail"));
        assert_eq!(story.byline.as_deref(), Some("A. One, B. Two"));
        assert_eq!(story.outlet.as_deref(), Some("The Daily Example"));
        assert_eq!(
            story.published.as_deref(),
            Some("2021-09-06T04:58:00+04:30")
        );
        assert_eq!(story.url.as_deref(), Some("https://example.org/a"));
    }

    #[test]
    fn slips_of_templates_are_forgiven() {
        let story = story_of(
            "<!-- {\"@type\":\"NewsArticle\",\"headline\":\"It\\'s a\nlong day\",\"datePublished\":\"2021-09-06\",} -->",
        );
        assert_eq!(story.title.as_deref(), Some("It's a long day"));
        assert_eq!(story.published.as_deref(), Some("2021-09-06"));
        let cut = story_of(
            "{\"@type\":\"NewsArticle\" \"headline\":\"Rain\",\"datePublished\" : \"2021-09-06\"",
        );
        assert_eq!(cut.published.as_deref(), Some("2021-09-06"));
        assert_eq!(cut.title.as_deref(), Some("Rain"));
        assert_eq!(story_of("null"), Story::default());
    }
}
