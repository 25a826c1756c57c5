//! Presses in small: folders written as JSON, and what is said of them.

mod cases;
mod facts;
mod formats;
mod scale;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::check;
use crate::diag::{Diagnostics, Reported};
use crate::folder::{DataFile, Folder, Library, NarrativeFile, SeriesFolder};
use crate::press::{Press, editions};
use crate::source::{FileId, Place, SourceFile, Sources};
use crate::tree::{Data, Entry, Grid, Node, Table, Value};

/// Makes nodes of JSON; each stands one byte after the other, so that places differ.
#[derive(Default)]
struct Writer {
    sources: Sources,
    at: usize,
}

impl Writer {
    fn file(&mut self, path: &str) -> FileId {
        self.sources.add(SourceFile::new(
            path.to_owned(),
            " ".repeat(4096),
            vec!["Sheet1".to_owned(), "Sheet2".to_owned()],
            String::new(),
        ))
    }

    /// A node; text that begins with `@` is a date of the format's own.
    fn node(&mut self, file: FileId, json: &Json) -> Node {
        self.at += 1;
        let place = Place::bytes(file, self.at..self.at + 1);
        let value = match json {
            Json::Null => Value::Null,
            Json::Bool(value) => Value::Bool(*value),
            Json::Number(number) => Value::Number(number.to_string()),
            Json::String(text) => match text.strip_prefix('@') {
                Some(date) => Value::Date(date.to_owned()),
                None => Value::Text(text.clone()),
            },
            Json::Array(items) => {
                Value::List(items.iter().map(|item| self.node(file, item)).collect())
            }
            Json::Object(object) => {
                let mut table = Table::default();
                for (key, value) in object {
                    self.at += 1;
                    let key_place = Place::bytes(file, self.at..self.at + 1);
                    let node = self.node(file, value);
                    table.entries.push(Entry { key: key.clone(), key_place, node });
                }
                Value::Table(table)
            }
        };
        Node { place, value }
    }

    /// A sheet; a row that is text and no list is one merged cell.
    fn grid(&mut self, file: FileId, sheet: u16, name: &str, rows: &Json) -> Grid {
        let mut grid =
            Grid { name: name.to_owned(), file, rows: Vec::new(), merged: Vec::new() };
        for (at, row) in rows.as_array().into_iter().flatten().enumerate() {
            let cells = match row {
                Json::Array(cells) => cells.clone(),
                other => {
                    grid.merged.push(at);
                    vec![other.clone()]
                }
            };
            let mut line = Vec::new();
            for (col, cell) in cells.iter().enumerate() {
                let (row, col) =
                    (u32::try_from(at).unwrap(), u32::try_from(col).unwrap());
                let place = Place::cell(file, sheet, row, col);
                line.push(Node { place, ..self.node(file, cell) });
            }
            grid.rows.push(line);
        }
        grid
    }

    fn data(&mut self, path: &str, json: &Json) -> DataFile {
        let name = path.rsplit('/').next().unwrap();
        let (stem, ending) = name.split_once('.').unwrap_or((name, "toml"));
        let folder = path.strip_suffix(name).unwrap();
        let file = self.file(&format!("{folder}{stem}.{ending}"));
        let data = match ending {
            "csv" => Data::Grids(vec![self.grid(file, 0, stem, json)]),
            "xlsx" => {
                let sheets = json.as_object().unwrap().iter().enumerate();
                let grids = sheets.map(|(at, (name, rows))| {
                    self.grid(file, u16::try_from(at).unwrap(), name, rows)
                });
                Data::Grids(grids.collect())
            }
            _ => Data::Tree(self.node(file, json)),
        };
        DataFile { file, stem: stem.to_owned(), data: Arc::new(data) }
    }

    fn folder(&mut self, json: &Json) -> Folder {
        let project = self.file("annals.toml");
        let default = json!({ "title": "年鉴" });
        let project = self.node(project, json.get("project").unwrap_or(&default));
        let mut series = BTreeMap::new();
        for (name, held) in objects(json.get("content")) {
            let mut folder = SeriesFolder::default();
            for (key, value) in objects(Some(held)) {
                let path = format!("content/{name}/{key}");
                if key == "series" {
                    let file = self.file(&format!("{path}.toml"));
                    folder.settings = Some(self.node(file, value));
                } else if let Ok(year) = key.parse() {
                    let files = objects(Some(value))
                        .map(|(key, data)| self.data(&format!("{path}/{key}"), data));
                    folder.years.insert(year, files.collect());
                } else {
                    folder.data.push(self.data(&path, value));
                }
            }
            series.insert(name.clone(), folder);
        }
        let mut narratives = Vec::new();
        for (path, front) in objects(json.get("narratives")) {
            let file = self.file(&format!("content/{path}.md"));
            let mut parts = path.split('/');
            let of = path.split('/').next().unwrap();
            series.entry(of.to_owned()).or_default();
            narratives.push(NarrativeFile {
                file,
                path: path.clone(),
                series: parts.next().unwrap().to_owned(),
                year: parts.next().and_then(|part| part.parse().ok()),
                front: Arc::new(self.node(file, front)),
                body: 0..0,
            });
        }
        let mut contracts = BTreeMap::new();
        let default = json!({ "review": {} });
        for (name, contract) in objects(Some(json.get("kinds").unwrap_or(&default))) {
            let file = self.file(&format!("templates/{name}/kind.toml"));
            contracts.insert(name.clone(), self.node(file, contract));
        }
        let mut themes = Vec::new();
        for (at, layer) in
            json.get("themes").and_then(Json::as_array).into_iter().flatten().enumerate()
        {
            let file = self.file(&format!("templates/theme{at}.toml"));
            themes.push(self.node(file, layer));
        }
        Folder {
            root: PathBuf::from("/press"),
            project,
            series,
            narratives,
            templates: Library::default(),
            contracts,
            themes,
        }
    }
}

fn objects(json: Option<&Json>) -> impl Iterator<Item = (&String, &Json)> {
    json.and_then(Json::as_object).into_iter().flatten()
}

/// A press and what was said of it.
struct Checked {
    press: Result<Press, Reported>,
    diags: Diagnostics,
    sources: Sources,
}

impl Checked {
    /// The findings: `code place: message`.
    fn lines(&self) -> Vec<String> {
        let line = |found: &crate::diag::Diagnostic| {
            let place = found.place.map_or(String::new(), |place| {
                let shown = self.sources.show(place);
                // Byte offsets of written JSON mean nothing to the reader.
                shown.split(".toml:").next().unwrap().split(".md:").next().unwrap().into()
            });
            format!("{} {place}: {}", found.code.id, found.message)
        };
        self.diags.iter().map(line).collect()
    }

    fn codes(&self) -> Vec<&'static str> {
        self.diags.iter().map(|found| found.code.id).collect()
    }

    fn press(&self) -> &Press {
        self.press.as_ref().expect("the settings of the case are usable")
    }
}

/// Everything that `check` says of a folder.
fn check(json: &Json) -> Checked {
    let mut writer = Writer::default();
    let folder = writer.folder(json);
    let mut diags = Diagnostics::new();
    let press = check::press(folder, &mut diags);
    if let Ok(press) = &press {
        let all = editions(press);
        all.iter().for_each(|edition| check::edition(edition, &mut diags));
        check::editions(press, &all, &mut diags);
    }
    Checked { press, diags, sources: writer.sources }
}

/// A press with one record, `baoji/2020`.
fn with_data(data: &Json) -> Json {
    json!({ "content": { "baoji": { "2020": data } } })
}

/// A press with one narrative, `baoji/2020/ten-events`.
fn with_front(front: &Json) -> Json {
    json!({ "narratives": { "baoji/2020/ten-events": front } })
}
