//! What every finished PDF says of itself.

use lopdf::{Dictionary, Document, Object};

use crate::outputs;

#[test]
fn every_pdf_says_what_it_is() {
    let mut seen = 0;
    for name in ["sample", "minutes", "everything"] {
        for (path, bytes) in outputs(name) {
            if !path.ends_with(".pdf") {
                continue;
            }
            seen += 1;
            let document = Document::load_mem(bytes).expect("it is a PDF");
            let info = document.trailer.get(b"Info").expect("it has metadata");
            let info = dict(&document, info);
            for key in ["Title", "CreationDate"] {
                let text = info.get(key.as_bytes()).and_then(Object::as_str);
                assert!(text.is_ok_and(|text| !text.is_empty()), "{path} lacks {key}");
            }
            let page = outputs(name)[&path.replace(".pdf", ".html")].as_slice();
            let page = String::from_utf8_lossy(page);
            for (meta, key) in [("author", "Author"), ("keywords", "Keywords")] {
                if page.contains(&format!("<meta name=\"{meta}\"")) {
                    assert!(info.get(key.as_bytes()).is_ok(), "{path} lacks {key}");
                }
            }
            let catalog = document.catalog().expect("it has a catalog");
            let language = catalog.get(b"Lang").and_then(Object::as_str);
            let language = language.unwrap_or_else(|_| panic!("{path} lacks a language"));
            let expected = if page.contains("<html lang=\"en\"") { "en" } else { "zh" };
            assert!(language.starts_with(expected.as_bytes()), "{path}");
            for key in ["Metadata", "StructTreeRoot", "MarkInfo", "Outlines"] {
                assert!(catalog.get(key.as_bytes()).is_ok(), "{path} lacks {key}");
            }
            let outline = dict(&document, catalog.get(b"Outlines").expect("above"));
            assert!(outline.get(b"First").is_ok(), "{path} has no bookmarks");
        }
    }
    assert!(seen > 20, "the PDFs are found");
}

fn dict<'a>(document: &'a Document, object: &'a Object) -> &'a Dictionary {
    let (_, object) = document.dereference(object).expect("it is there");
    object.as_dict().expect("it is a dictionary")
}
