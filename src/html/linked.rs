//! What a page says of its publication to machines: JSON-LD in the words of schema.org.

use serde_json::{Value, json};

use crate::frame::Frame;
use crate::press::Meta;

/// The description of a publication as the text of a `<script type="application/ld+json">`:
/// a block of data that no browser runs. Nothing in it can end the element.
pub(super) fn json_ld(meta: &Meta, frame: &Frame) -> String {
    let organisation = |name: &str| json!({ "@type": "Organization", "name": name });
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": frame.article,
        "headline": meta.title,
        "inLanguage": meta.language.tag(),
        "isPartOf": { "@type": "CreativeWorkSeries", "name": meta.series_title },
    });
    let mut say = |key: &str, value: Option<Value>| {
        if let (Some(object), Some(value)) = (data.as_object_mut(), value) {
            object.insert(key.to_owned(), value);
        }
    };
    say("alternativeHeadline", meta.subtitle.as_deref().map(Value::from));
    say("description", meta.summary.as_deref().map(Value::from));
    say("datePublished", meta.date.map(|date| Value::from(date.to_string())));
    say("publisher", meta.publisher.as_deref().map(organisation));
    let authors: Vec<Value> =
        meta.authors.iter().map(|author| organisation(author)).collect();
    say("author", (!authors.is_empty()).then(|| Value::from(authors)));
    let keywords = (!meta.keywords.is_empty()).then(|| meta.keywords.join(","));
    say("keywords", keywords.map(Value::from));
    say("url", frame.canonical.as_deref().map(Value::from));
    let pdf = frame.pdf.as_deref().map(
        |pdf| json!({ "@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": pdf }),
    );
    say("encoding", pdf);
    // `</script>` and `<!--` would end or change the element (HTML, 4.12.1.3).
    data.to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Link;
    use crate::locale::Language;

    #[test]
    fn nothing_ends_the_element() {
        let meta = Meta { title: "</script><!-- & 甲".to_owned(), ..Meta::default() };
        let link = Link { href: String::new(), text: String::new() };
        let frame = Frame {
            home: link,
            nav: Vec::new(),
            crumbs: Vec::new(),
            previous: None,
            next: None,
            canonical: None,
            pdf: None,
            article: "Report".to_owned(),
            feeds: Vec::new(),
            icon: String::new(),
            style: None,
            words: Language::Zh.site_words(),
        };
        let text = json_ld(&meta, &frame);
        assert!(!text.contains(['<', '>', '&']), "{text}");
        let back: Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(back["headline"], meta.title);
        assert_eq!(back["@type"], "Report");
    }
}
