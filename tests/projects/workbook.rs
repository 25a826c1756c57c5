//! The workbook of `broken-data`, written cell by cell so that a reader sees what is wrong.

use rust_xlsxwriter::{Formula, Workbook};

use crate::Copy;

/// Adds `content/xlsx/2020/figures.xlsx` and a file that only claims to be a workbook.
pub fn broken(press: &Copy) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("指标").expect("a name");
    let rows = [
        ["2020年数据", "", "", ""],
        ["标识", "指标", "数值", "截至"],
        ["donors", "参与捐赠", "442家", "2020-02-31"],
        ["donors", "又一次", "很多家", ""],
        ["share", "比例", "", ""],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (col, cell) in (0..).zip(cells) {
            sheet.write(row, col, cell).expect("a cell");
        }
    }
    let formula = Formula::new("=1/0").set_result("#DIV/0!");
    sheet.write_formula(4, 2, formula).expect("a cell");
    let events = book.add_worksheet();
    events.set_name("大事").expect("a name");
    for (row, cells) in (0..).zip([["日期", "标题", "主板"], ["", "没有日期", "某局"]])
    {
        for (col, cell) in (0..).zip(cells) {
            events.write(row, col, cell).expect("a cell");
        }
    }
    let path = press.folder.path().join("content/xlsx/2020/figures.xlsx");
    std::fs::create_dir_all(path.parent().expect("it has one")).expect("made");
    book.save(path).expect("the workbook can be written");
    press.write("content/xlsx/2020/tasks.xlsx", "序号,任务\n1,不是工作簿\n");
}
