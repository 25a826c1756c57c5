//! What readers may ask of a number in print.

use crate::Copy;

/// The parts of a page between two marks.
fn between<'p>(page: &'p str, from: &str, to: &str) -> Vec<&'p str> {
    let parts = page.split(from).skip(1);
    parts.map(|part| part.split_once(to).expect("it ends").0).collect()
}

#[test]
fn a_number_opens_its_note_by_a_button() {
    let press = Copy::of("readers");
    press.build();
    let page = press.text("output/desk/2020/report.html");
    let registered = "<label class=\"ask\">\
        <data value=\"141\" data-figure=\"desk/2020/registered\">141家</data>\
        <button type=\"button\" popovertarget=\"page:figure:1\" \
        aria-label=\"登记的社会组织的出处\"></button></label>";
    assert!(page.contains(registered), "{page}");
    let heading = format!("<h2 id=\"all\">登记{registered}</h2>");
    assert!(page.contains(&heading), "in a heading: {page}");
    let link =
        "参检<data value=\"130\" data-figure=\"desk/2020/inspected\">130家</data></a>";
    assert!(page.contains(link), "not in a link, which leads elsewhere: {page}");
    let mut asked = between(&page, "popovertarget=\"", "\"");
    asked.retain(|id| id.starts_with("page:figure:"));
    let notes = between(&page, "popover role=\"group\" id=\"", "\"");
    assert_eq!(notes.len(), 4, "one note for each figure, not for each printing");
    assert!(asked.iter().all(|id| notes.contains(id)), "{asked:?} {notes:?}");
    assert!(asked.len() > 2 * notes.len(), "{asked:?}");
}

#[test]
fn a_note_says_what_is_known_and_nothing_else() {
    let press = Copy::of("readers");
    press.build();
    let page = press.text("output/desk/2020/report.html");
    let notes = between(&page, "<div class=\"figure-note\"", "<button");
    let said = |note: &str| -> Vec<String> {
        let words = note.replace("</dt><dd>", "：");
        between(&words, "<dt>", "</dd>").into_iter().map(str::to_owned).collect()
    };
    assert_eq!(
        said(notes[0]),
        [
            "数值：141家",
            "口径：市级",
            "期间：2020年",
            "截至：2020年12月",
            "来源：登记系统",
            "定义：在市民政局登记的社会团体、民办非企业单位和基金会",
        ]
    );
    let rate =
        ["数值：92.2%", "期间：2020年", "公式：占比（参检的社会组织，登记的社会组织）"];
    assert!(notes.iter().any(|note| said(note) == rate), "{notes:#?}");
}

#[test]
fn a_page_links_its_figures_as_files() {
    let press = Copy::of("readers");
    press.build();
    let page = press.text("output/desk/2020/report.html");
    for link in [
        "<link rel=\"alternate\" type=\"text/csv\" href=\"report.figures.csv\">",
        "<link rel=\"alternate\" type=\"application/json\" href=\"report.figures.json\">",
        "<a href=\"report.figures.csv\" type=\"text/csv\">CSV</a>",
        "<a href=\"report.figures.json\" type=\"application/json\">JSON</a>",
    ] {
        assert!(page.contains(link), "{link}: {page}");
    }
    let csv = press.text("output/desk/2020/report.figures.csv");
    let csv = csv.strip_prefix('\u{FEFF}').expect("spreadsheets know it is UTF-8");
    let lines: Vec<&str> = csv.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 5, "{csv}");
    assert!(lines[0].starts_with("编号,指标,数字,单位,数值,文中写法,"), "{csv}");
    assert!(lines[2].contains(",'=年检系统,"), "text, not a formula: {csv}");
    let rate = lines.iter().find(|line| line.contains("/rate,")).expect("it is there");
    assert!(rate.starts_with("desk/2020/rate,年检率,92.2,%,92.2%,92.2%；92%,"), "{rate}");
    assert!(rate.contains(",占比（参检的社会组织，登记的社会组织）,"), "{rate}");
    let json = press.text("output/desk/2020/report.figures.json");
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(json["schema"], "annals-figures/1");
    assert_eq!(json["edition"], "desk/2020/report");
    let figure = &json["figures"][1];
    assert_eq!(figure["id"], "desk/2020/inspected");
    assert_eq!(figure["source"], "=年检系统", "as it is");
    let printed = figure["printed"].as_array().expect("a list");
    assert_eq!(printed.len(), 3);
    let place = printed[0]["place"].as_str().expect("a text");
    assert!(place.starts_with("content/desk/2020/report.md:8:"), "{place}");
}

#[test]
fn a_page_without_figures_has_no_files_of_them() {
    let press = Copy::of("readers");
    let text = "+++\ntitle = \"无数\"\nkind = \"manual\"\n+++\n\n文。\n";
    press.write("content/desk/2020/report.md", text);
    press.build();
    let page = press.text("output/desk/2020/report.html");
    assert!(
        !page.contains("popovertarget") && !page.contains("report.figures"),
        "{page}"
    );
    let trace = press.text("output/manifest.json");
    assert!(!trace.contains("report.figures"), "{trace}");
}

/// The names, relations, descriptions, media types and bytes of the files in a PDF.
#[cfg(feature = "pdf")]
fn attached(pdf: &[u8]) -> Vec<[Vec<u8>; 5]> {
    let pdf = lopdf::Document::load_mem(pdf).expect("it is a PDF");
    let specifications = pdf.objects.values().filter_map(|object| object.as_dict().ok());
    let specifications = specifications.filter(|dict| dict.has(b"EF"));
    let read = |dict: &lopdf::Dictionary| {
        let text = |key: &[u8]| match dict.get(key) {
            Ok(lopdf::Object::Name(name)) => name.clone(),
            Err(_) => Vec::new(),
            Ok(text) => lopdf::decode_text_string(text).expect("a text").into_bytes(),
        };
        let file = dict.get(b"EF").and_then(|files| files.as_dict()).expect("files");
        let file = file.get(b"UF").and_then(|file| file.as_reference()).expect("one");
        let file =
            pdf.get_object(file).and_then(|file| file.as_stream()).expect("a stream");
        let media = file.dict.get(b"Subtype").and_then(|name| name.as_name());
        let bytes = file.decompressed_content().unwrap_or_else(|_| file.content.clone());
        let media = media.expect("a media type").to_vec();
        [text(b"UF"), text(b"AFRelationship"), text(b"Desc"), media, bytes]
    };
    specifications.map(read).collect()
}

#[cfg(feature = "pdf")]
#[test]
fn a_pdf_attaches_the_files_where_its_standards_permit() {
    let press = Copy::of("readers");
    let project = press.text("annals.toml");
    let standards = |list: &str| {
        press.write("annals.toml", &format!("{project}\n[pdf]\nstandards = {list}\n"));
        press.build();
        press.bytes("output/desk/2020/report.pdf")
    };
    let associated = ["[\"a-3a\", \"ua-1\"]", "[\"a-4f\"]"].map(|list| (list, "Data"));
    // PDF 1.7 by itself does not know how a file relates to a document.
    for (permitted, relation) in associated.into_iter().chain([("[]", "")]) {
        let mut files = attached(&standards(permitted));
        files.sort();
        let expected = [("CSV", "text/csv"), ("JSON", "application/json")];
        assert_eq!(files.len(), expected.len(), "{permitted}");
        for (file, (format, media_type)) in files.iter().zip(expected) {
            let name = format!("report.figures.{}", format.to_lowercase());
            let description = format!("本文数据：{format}");
            let said = [name.as_str(), relation, description.as_str(), media_type];
            for (part, said) in file.iter().zip(said) {
                assert_eq!(part, said.as_bytes(), "{permitted}: {said}");
            }
            let beside = press.bytes(&format!("output/desk/2020/{name}"));
            assert!(file[4] == beside, "{permitted}: {name} is the same file");
        }
    }
    for other in ["[\"a-2a\", \"ua-1\"]", "[\"a-4\"]"] {
        assert!(attached(&standards(other)).is_empty(), "{other}");
    }
}
