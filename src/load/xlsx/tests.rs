use std::io::{Cursor, Write as _};

use calamine::{Data, Reader as _, Xlsx};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula, Workbook as Writer};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::load::limits::{MAX_CELL, MAX_CELLS, MAX_PARTS, MAX_TEXT};
use crate::load::testing::{codes_of, show_rows};
use crate::source::{SourceFile, Sources};

struct Read {
    grids: Vec<Grid>,
    diags: Diagnostics,
    sources: Sources,
}

impl Read {
    fn rows(&self) -> Vec<String> {
        self.grids.iter().flat_map(|grid| show_rows(&grid.rows)).collect()
    }

    fn places(&self) -> Vec<String> {
        self.diags
            .iter()
            .map(|found| {
                let place = found.place.expect("everything in a workbook has a place");
                format!("{} {}", found.code.id, self.sources.show(place))
            })
            .collect()
    }
}

/// Reads a workbook as `load` does.
fn read(bytes: &[u8]) -> Read {
    let mut sources = Sources::new();
    let mut diags = Diagnostics::new();
    let mut add = |sheets| {
        let path = "figures.xlsx".to_owned();
        sources.add(SourceFile::new(path, String::new(), sheets, String::new()))
    };
    let grids = match open(bytes) {
        Ok(workbook) => {
            let file = add(workbook.sheet_names());
            workbook.grids(file, &mut diags)
        }
        Err(problem) => {
            diags.add(problem.report(Place::whole(add(Vec::new()))));
            Vec::new()
        }
    };
    Read { grids, diags, sources }
}

const RELS: &str = r#"<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str =
    r#"<workbook><sheets><sheet name="甲" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>"#;

/// A workbook of these parts beside the usual ones.
fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let usual = [
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    let kept = usual.iter().filter(|(name, _)| !parts.iter().any(|part| part.0 == *name));
    for (name, text) in kept.chain(parts) {
        zip.start_file(*name, options).expect("a part begins");
        zip.write_all(text.as_bytes()).expect("a part is written");
    }
    zip.finish().expect("the workbook is written").into_inner()
}

/// A workbook whose one sheet has these rows.
fn sheet(rows: &str) -> Vec<u8> {
    let text = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    zipped(&[("xl/worksheets/sheet1.xml", &text)])
}

/// A workbook as an office makes one.
fn office() -> Vec<u8> {
    let mut writer = Writer::new();
    let date = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    let month = Format::new().set_num_format("yyyy-mm");
    let percent = Format::new().set_num_format("0.0%");
    let plain = Format::new();
    let sheet = writer.add_worksheet().set_name("指标").expect("a name");
    sheet.merge_range(0, 0, 0, 4, "宝鸡 2020 年度数据", &plain).expect("a title");
    for (col, head) in ["类别", "指标", "数值", "截至", "占比"].iter().enumerate()
    {
        sheet.write(2, col as u16, *head).expect("a head");
    }
    sheet.merge_range(3, 0, 4, 0, "捐赠", &plain).expect("a category");
    sheet.write(3, 1, "参与捐赠").expect("a label");
    sheet.write(3, 2, "1200余万元").expect("text");
    sheet.write_with_format(3, 3, 43895, &date).expect("a date");
    sheet.write_with_format(3, 4, 0.922, &percent).expect("a percentage");
    sheet.write(4, 1, "人次 ").expect("a label");
    sheet.write(4, 2, 0.1 + 0.2).expect("a number");
    sheet.write_with_format(4, 3, 43891, &month).expect("a month");
    sheet.write(5, 2, Formula::new("=SUM(C4:C5)").set_result("12")).expect("a formula");
    sheet.write(5, 3, true).expect("a boolean");
    sheet.write_blank(9, 9, &percent).expect("a formatted empty cell");
    writer.add_worksheet().set_name("空").expect("a name");
    writer.add_worksheet().set_name("参数").expect("a name").set_hidden(true);
    writer.save_to_buffer().expect("the workbook is written")
}

#[test]
fn a_workbook_of_an_office_is_read() {
    let read = read(&office());
    assert_eq!(read.places(), ["hidden-sheet figures.xlsx"]);
    assert_eq!(read.grids.len(), 1);
    assert_eq!(read.grids[0].name, "指标");
    assert_eq!(read.grids[0].merged, [0]);
    assert_eq!(
        read.rows(),
        [
            "“宝鸡 2020 年度数据” | ~ | ~ | ~ | ~",
            "“类别” | “指标” | “数值” | “截至” | “占比”",
            "“捐赠” | “参与捐赠” | “1200余万元” | @2020-03-05 | “92.2%”",
            "“捐赠” | “人次” | 0.3 | @2020-03 | ~",
            "~ | ~ | 12 | true | ~",
        ]
    );
    let cell = read.grids[0].rows[3][2].place;
    assert_eq!(read.sources.show(cell), "figures.xlsx: 指标!C5");
}

#[test]
fn calamine_reads_the_same() {
    let bytes = office();
    let mut other: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(&bytes[..]))
        .expect("it is a workbook");
    let range = other.worksheet_range("指标").expect("the sheet is there");
    let ours = read(&bytes);
    for node in ours.grids[0].rows.iter().flatten() {
        let crate::source::Span::Cell { row, col, .. } = node.place.span else {
            panic!("cells are cells");
        };
        let theirs = range.get_value((row, col)).cloned().unwrap_or(Data::Empty);
        match &node.value {
            crate::tree::Value::Null => assert!(matches!(theirs, Data::Empty)),
            crate::tree::Value::Number(digits) => {
                let number = match theirs {
                    Data::Float(number) => number,
                    Data::String(text) => text.parse().expect("it is a number"),
                    other => panic!("{other:?}"),
                };
                let digits: f64 = digits.parse().expect("it is a number");
                assert!((digits - number).abs() < 1e-12);
            }
            crate::tree::Value::Bool(truth) => assert_eq!(theirs, Data::Bool(*truth)),
            crate::tree::Value::Text(text) if text.ends_with('%') => {
                assert_eq!(theirs, Data::Float(0.922));
            }
            crate::tree::Value::Text(text) => match theirs {
                Data::String(other) => assert_eq!(text, other.trim()),
                other => panic!("{other:?}"),
            },
            crate::tree::Value::Date(date) => {
                let Data::DateTime(serial) = theirs else { panic!("{theirs:?}") };
                let (year, month, day, ..) = serial.to_ymd_hms_milli();
                assert!(
                    format!("{year:04}-{month:02}-{day:02}").starts_with(date.as_str())
                );
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn cells_of_all_sorts_are_read() {
    let strings = "<sst uniqueCount=\"99999999999999\"><si><t>甲 &amp; 乙</t></si>\
         <si><r><t>富</t></r><r><t xml:space=\"preserve\">文 </t></r><rPh sb=\"0\"><t>fu</t></rPh></si></sst>";
    let text = "<x:worksheet><x:sheetData>\
         <x:row><x:c t=\"s\"><x:v>0</x:v></x:c><x:c t=\"s\"><x:v>1</x:v></x:c></x:row>\
         <x:row r=\"4\"><x:c t=\"inlineStr\"><x:is><x:t>一_x000D_\n二</x:t></x:is></x:c>\
         <x:c r=\"D4\" t=\"str\"><x:f>\"\"</x:f><x:v></x:v></x:c>\
         <x:c t=\"d\"><x:v>2020-03-05</x:v></x:c><x:c t=\"b\"><x:v>0</x:v></x:c>\
         <x:c><x:v>1.1900000000000001E-2</x:v></x:c></x:row>\
         </x:sheetData></x:worksheet>";
    let read = read(&zipped(&[
        ("xl/worksheets/sheet1.xml", text),
        ("xl/sharedStrings.xml", strings),
    ]));
    assert!(read.diags.is_empty(), "{:?}", read.places());
    assert_eq!(
        read.rows(),
        [
            "“甲 & 乙” | “富文” | ~ | ~ | ~ | ~ | ~",
            "“一\n二” | ~ | ~ | ~ | @2020-03-05 | false | 0.0119",
        ]
    );
}

#[test]
fn errors_of_cells_have_their_cell() {
    let read = read(&sheet(
        "<row r=\"7\"><c r=\"A7\"><v>1</v></c><c r=\"D7\" t=\"e\"><f>X</f><v>#REF!</v></c>\
         <c r=\"E7\" t=\"e\"><v>#SPILL!</v></c><c r=\"F7\" t=\"s\"><v>9</v></c>\
         <c r=\"G7\" t=\"n\"><v>abc</v></c><c r=\"H7\" t=\"b\"><v>2</v></c>\
         <c r=\"I7\"><v>inf</v></c><c r=\"J7\"><f>SUM(A1)</f></c>\
         <c r=\"K7\"><f>SUM(A1)</f><v/></c><c r=\"L7\" t=\"inlineStr\"><is><t>\u{E001}</t></is></c>\
         <c r=\"M7\" t=\"inlineStr\"><is><t>a_x0007_</t></is></c></row>",
    ));
    assert_eq!(
        read.places(),
        [
            "cell-error figures.xlsx: 甲!D7",
            "cell-error figures.xlsx: 甲!E7",
            "cell-error figures.xlsx: 甲!F7",
            "cell-error figures.xlsx: 甲!G7",
            "cell-error figures.xlsx: 甲!H7",
            "cell-error figures.xlsx: 甲!I7",
            "uncalculated-formula figures.xlsx: 甲!J7",
            "uncalculated-formula figures.xlsx: 甲!K7",
            "private-use-character figures.xlsx: 甲!L7",
            "control-character figures.xlsx: 甲!M7",
        ]
    );
}

#[test]
fn days_that_never_were_are_reported() {
    let styles = "<styleSheet><cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    let text = "<worksheet><sheetData><row><c s=\"1\"><v>60</v></c><c s=\"1\"><v>-3</v></c>\
         <c s=\"1\"><v>61</v></c><c s=\"77\"><v>61</v></c></row></sheetData></worksheet>";
    let parts = [("xl/worksheets/sheet1.xml", text), ("xl/styles.xml", styles)];
    let read = read(&zipped(&parts));
    assert_eq!(read.rows(), ["~ | ~ | @1900-03-01 | 61"]);
    assert_eq!(
        read.places(),
        ["cell-error figures.xlsx: 甲!A1", "cell-error figures.xlsx: 甲!B1"]
    );
}

#[test]
fn days_can_be_counted_from_1904() {
    let book = BOOK.replace("<sheets>", "<workbookPr date1904=\"1\"/><sheets>");
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy/m/d\"/></numFmts>\
         <cellXfs><xf numFmtId=\"170\"/></cellXfs></styleSheet>";
    let text = "<worksheet><sheetData><row><c s=\"0\"><v>42433</v></c></row></sheetData></worksheet>";
    let read = read(&zipped(&[
        ("xl/workbook.xml", &book),
        ("xl/worksheets/sheet1.xml", text),
        ("xl/styles.xml", styles),
    ]));
    assert_eq!(read.rows(), ["@2020-03-05"]);
}

#[test]
fn hidden_and_chart_sheets_are_left_out() {
    let book = BOOK.replace(
        "</sheets>",
        "<sheet name=\"乙\" state=\"hidden\" r:id=\"r1\"/>\
         <sheet name=\"丙\" state=\"veryHidden\" r:id=\"r1\"/>\
         <sheet name=\"图\" r:id=\"r4\"/></sheets>",
    );
    let rels = BOOK_RELS.replace(
        "</Relationships>",
        "<Relationship Id=\"r4\" Type=\"x/chartsheet\" Target=\"chart.xml\"/></Relationships>",
    );
    let read = read(&zipped(&[
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &rels),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>",
        ),
    ]));
    assert_eq!(read.rows(), ["1"]);
    assert_eq!(read.places(), ["hidden-sheet figures.xlsx"]);
}

#[test]
fn what_is_no_workbook_is_refused() {
    let damaged = office().split_off(500);
    let no_sheet = zipped(&[]);
    let no_book =
        zipped(&[("_rels/.rels", "<Relationships/>"), ("xl/workbook.xml", "<a")]);
    let latin = {
        let text = "<?xml version=\"1.0\" encoding=\"GBK\"?><worksheet>\u{0}";
        sheet(text)
    };
    for bytes in [
        &b""[..],
        b"id,title\n",
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 an old workbook",
        b"PK\x03\x04",
        &damaged,
        &no_sheet,
        &no_book,
        &latin,
        &sheet("<row><c r=\"ZZZZ1\"><v>1</v></c></row>"),
        &sheet("<row r=\"0\"/>"),
        &sheet("<row><c><v>1</c></row>"),
        &sheet("<row><c><v>&unknown;</v></c></row>"),
    ] {
        let read = read(bytes);
        assert_eq!(codes_of(&read.diags), ["malformed-workbook"], "{:?}", read.rows());
    }
}

#[test]
fn entities_do_not_expand() {
    let text = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\
         <worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&b;</t></is></c></row></sheetData></worksheet>";
    let read = read(&zipped(&[("xl/worksheets/sheet1.xml", text)]));
    assert_eq!(codes_of(&read.diags), ["malformed-workbook"]);
}

#[test]
fn bombs_are_refused() {
    let cells = "<c><v>1</v></c>".repeat(MAX_CELLS + 1);
    let stray = "<row><c r=\"XFD1\"><v>1</v></c></row>";
    let wide: String = (1..300)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>"))
        .collect();
    let many: Vec<(String, &str)> =
        (0..=MAX_PARTS).map(|n| (format!("a{n}"), "")).collect();
    let many: Vec<(&str, &str)> =
        many.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    for (what, bytes) in [
        ("inflates", sheet(&" ".repeat(300 << 20))),
        ("more than 2000000 cells", sheet(&format!("<row>{cells}</row>"))),
        ("spans", sheet(&format!("{wide}{stray}"))),
        ("consists", zipped(&many)),
    ] {
        let read = read(&bytes);
        let messages: Vec<&String> =
            read.diags.iter().map(|found| &found.message).collect();
        assert_eq!(codes_of(&read.diags), ["too-large"], "{what}: {} bytes", bytes.len());
        assert!(messages[0].contains(what), "{messages:?}");
    }
}

#[test]
fn one_cell_in_the_last_corner_costs_nothing() {
    let read = read(&sheet("<row><c r=\"XFD1048576\"><v>1</v></c></row>"));
    assert_eq!(read.grids[0].rows.len(), 1);
    assert_eq!(read.grids[0].rows[0].len(), 1 << 14);
}

#[test]
fn one_long_text_in_many_cells_is_refused() {
    let long = "字".repeat(MAX_CELL / 3 - 1);
    let strings = format!("<sst><si><t>{long}</t></si></sst>");
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(MAX_TEXT / MAX_CELL + 2);
    let text =
        format!("<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>");
    let parts =
        [("xl/worksheets/sheet1.xml", &*text), ("xl/sharedStrings.xml", &strings)];
    assert_eq!(codes_of(&read(&zipped(&parts)).diags), ["too-large"]);
    let merged = format!(
        "<worksheet><sheetData><row r=\"1\"><c t=\"s\"><v>0</v></c></row>{}</sheetData>\
         <mergeCells><mergeCell ref=\"A1:A999\"/></mergeCells></worksheet>",
        (2..200)
            .map(|row| format!("<row r=\"{row}\"><c r=\"B{row}\"><v>1</v></c></row>"))
            .collect::<String>()
    );
    let parts =
        [("xl/worksheets/sheet1.xml", &*merged), ("xl/sharedStrings.xml", &strings)];
    assert_eq!(codes_of(&read(&zipped(&parts)).diags), ["too-large"]);
    let huge = format!(
        "<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>",
        "字".repeat(MAX_CELL)
    );
    assert_eq!(read(&sheet(&huge)).places(), ["too-large figures.xlsx: 甲!A1"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_change_of_a_workbook_is_read_or_reported(
        at in any::<proptest::sample::Index>(),
        bytes in proptest::collection::vec(any::<u8>(), 0..4),
        cut in proptest::option::of(any::<proptest::sample::Index>()),
    ) {
        let mut workbook = office();
        let at = at.index(workbook.len());
        let end = (at + bytes.len()).min(workbook.len());
        workbook.splice(at..end, bytes);
        if let Some(cut) = cut {
            workbook.truncate(cut.index(workbook.len()));
        }
        read(&workbook);
    }

    #[test]
    fn any_change_of_a_sheet_is_read_or_reported(
        at in any::<proptest::sample::Index>(),
        text in "[<>/=\"&;#a-z0-9A-Z甲 ]{0,6}",
    ) {
        let mut rows = String::from(
            "<row r=\"3\" spans=\"1:3\"><c r=\"A3\" s=\"1\" t=\"s\"><v>0</v></c><c r=\"B3\"><f>A1</f><v>4.5</v></c>\
             <c r=\"C3\" t=\"inlineStr\"><is><t>文 &amp; 字</t></is></c></row></sheetData><mergeCells>\
             <mergeCell ref=\"A1:B2\"/></mergeCells><sheetData>",
        );
        let mut at = at.index(rows.len());
        while !rows.is_char_boundary(at) {
            at -= 1;
        }
        rows.insert_str(at, &text);
        read(&sheet(&rows));
    }
}
