//! How a typeset document becomes a PDF file: standards, metadata, identity.

use typst::foundations::{Datetime, Smart};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::diag::codes::typeset::{PDF_STANDARDS_CLASH, UNKNOWN_PDF_STANDARD};
use crate::diag::{Diagnostic, Diagnostics, suggest};
use crate::press::Meta;
use crate::source::Place;

/// The standards by the names in settings, which are Typst's.
static STANDARDS: &[(&str, PdfStandard)] = &[
    ("1.4", PdfStandard::V_1_4),
    ("1.5", PdfStandard::V_1_5),
    ("1.6", PdfStandard::V_1_6),
    ("1.7", PdfStandard::V_1_7),
    ("2.0", PdfStandard::V_2_0),
    ("a-1b", PdfStandard::A_1b),
    ("a-1a", PdfStandard::A_1a),
    ("a-2b", PdfStandard::A_2b),
    ("a-2u", PdfStandard::A_2u),
    ("a-2a", PdfStandard::A_2a),
    ("a-3b", PdfStandard::A_3b),
    ("a-3u", PdfStandard::A_3u),
    ("a-3a", PdfStandard::A_3a),
    ("a-4", PdfStandard::A_4),
    ("a-4f", PdfStandard::A_4f),
    ("a-4e", PdfStandard::A_4e),
    ("ua-1", PdfStandard::Ua_1),
];

/// The names of the standards that settings may ask for.
pub fn standard_names() -> impl Iterator<Item = &'static str> {
    STANDARDS.iter().map(|&(name, _)| name)
}

/// Whether files may be attached under these standards: PDF/A-3 permits them, as does
/// PDF/A-4 where it says so; PDF/A-1 and A-2 do not (ISO 19005-2, 6.8).
pub(super) fn attaches(names: &[String]) -> bool {
    let permits = |name: &str| name.starts_with("a-3") || matches!(name, "a-4f" | "a-4e");
    names.iter().all(|name| !name.starts_with("a-") || permits(name))
}

/// Reads the names of standards; reports those that are unknown or exclude each other.
pub(super) fn standards(
    names: &[String],
    project: Option<Place>,
    diags: &mut Diagnostics,
) -> PdfStandards {
    let mut list = Vec::new();
    for name in names {
        match STANDARDS.iter().find(|(known, _)| known == name) {
            Some(&(_, standard)) if list.contains(&standard) => {}
            Some(&(_, standard)) => list.push(standard),
            None => {
                diags.add(
                    Diagnostic::new(
                        &UNKNOWN_PDF_STANDARD,
                        project,
                        format!("`{name}` is not a PDF standard that is known"),
                    )
                    .maybe_hint(suggest(name, standard_names())),
                );
            }
        }
    }
    match PdfStandards::new(&list) {
        Ok(standards) => standards,
        Err(clash) => {
            let mut found = Diagnostic::new(
                &PDF_STANDARDS_CLASH,
                project,
                super::errors::sentence(clash.message()),
            );
            for hint in clash.hints() {
                found = found.hint(hint.as_str());
            }
            diags.add(found);
            PdfStandards::default()
        }
    }
}

/// The settings of one file. Nothing in them comes from the clock: the same document
/// gives the same bytes.
pub(super) fn options(
    standards: &PdfStandards,
    meta: &Meta,
    moment: Datetime,
) -> PdfOptions {
    PdfOptions {
        ident: Smart::Custom(format!("annals/{}", meta.path)),
        creator: Smart::Custom(Some(
            concat!("annals ", env!("CARGO_PKG_VERSION")).into(),
        )),
        timestamp: Some(Timestamp::new_utc(moment)),
        page_ranges: None,
        standards: standards.clone(),
        tagged: true,
        pretty: false,
    }
}

/// The day of a moment, which layouts may ask for.
pub(super) fn day(moment: jiff::civil::DateTime) -> Option<Datetime> {
    let (month, day) = (moment.month().unsigned_abs(), moment.day().unsigned_abs());
    Datetime::from_ymd(i32::from(moment.year()), month, day)
}

/// Typst's form of a moment.
pub(super) fn datetime(moment: jiff::civil::DateTime) -> Datetime {
    let byte = |n: i8| n.unsigned_abs();
    Datetime::from_ymd_hms(
        i32::from(moment.year()),
        byte(moment.month()),
        byte(moment.day()),
        byte(moment.hour()),
        byte(moment.minute()),
        byte(moment.second()),
    )
    .expect("a moment of the calendar is one for Typst too")
}
