//! A press with one value of its data altered, made in this process.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use annals::diag::Diagnostics;
use annals::folder::{Folder, SeriesFolder};
use annals::model::{Date, Figure, Record};
use annals::pipeline::{Published, Recipe, Works};
use annals::press::{Edition, Format, Press, editions};
use annals::publish::Publication;
use annals::source::{Place, Sources};
use annals::trace::Trace;
use annals::tree::{Data, Node, Value};
use annals::{check, load};

/// A figure of a record that is written as a value, not computed.
#[derive(Debug, Clone)]
pub struct Written {
    /// `series/year/id`.
    pub name: String,
    /// The value as written.
    pub text: String,
    place: Place,
}

/// What a press says and makes.
#[derive(Debug, Default)]
pub struct Made {
    /// The publications by path.
    pub publications: BTreeMap<String, Publication>,
    /// The editions that bear a day of publication.
    pub dated: BTreeSet<String>,
    /// What is said of the press, and of the editions: the code of each with its place.
    pub findings: Vec<(String, String)>,
}

/// A press on disk, of which a value is altered after reading.
#[derive(Debug)]
pub struct Altered {
    root: PathBuf,
}

impl Altered {
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// The figures that are written as values.
    pub fn figures(&self) -> Vec<Written> {
        let mut out = Vec::new();
        self.open(None, |press, _, _| {
            for series in press.series.values() {
                let name = &series.name;
                written(&series.shared, name, &mut out);
                for (year, record) in &series.records {
                    written(record, &format!("{name}/{year}"), &mut out);
                }
            }
        });
        out
    }

    /// Makes the editions that are meant, with a value altered.
    pub fn make(
        &self,
        change: Option<(&Written, &str)>,
        formats: &[Format],
        published: Option<(&Trace, Date)>,
        meant: &dyn Fn(&Edition<'_>) -> bool,
    ) -> Made {
        let mut made = Made::default();
        self.open(change, |press, sources, mut diags| {
            let published = published.map(|(trace, today)| Published {
                trace: trace.clone().into(),
                editions: BTreeSet::new(),
                today,
            });
            let recipe = Recipe {
                formats: formats.to_vec(),
                jobs: NonZeroUsize::MIN,
                epoch: None,
                published,
                shown: None,
            };
            let works = Works::new(press, sources, &recipe, &mut diags);
            let works = works.expect("the sample press has all it needs");
            let all = editions(press);
            let dated = all.iter().filter(|one| one.narrative.front.date.is_some());
            made.dated = dated.map(|one| one.path.clone()).collect();
            for (index, edition) in all.iter().filter(|one| meant(one)).enumerate() {
                let publication = works.make(edition, &mut diags);
                made.publications
                    .extend(publication.map(|one| (edition.path.clone(), one)));
                if index % 8 == 7 {
                    annals::typeset::evict(0);
                }
            }
            annals::typeset::evict(0);
            let shown = diags.iter().map(|found| {
                let place = found.place.map(|place| sources.show(place));
                (found.code.id.to_owned(), place.unwrap_or_default())
            });
            made.findings = shown.collect();
        });
        made
    }

    fn open(
        &self,
        change: Option<(&Written, &str)>,
        with: impl FnOnce(&Press, &Sources, Diagnostics),
    ) {
        let (mut sources, mut diags) = (Sources::new(), Diagnostics::new());
        let folder = load::folder(
            &self.root,
            &mut load::Kept::default(),
            &mut sources,
            &mut diags,
        );
        let mut folder = folder.expect("the press can be read");
        if let Some((figure, text)) = change {
            assert!(alter(&mut folder, figure.place, text), "{figure:?} is not found");
        }
        let press = check::press(folder, &mut diags).expect("the press has settings");
        with(&press, &sources, diags);
    }
}

fn written(record: &Record, folder: &str, out: &mut Vec<Written>) {
    let value = |figure: &&Figure| figure.formula.is_none();
    for figure in record.figures.values().filter(value) {
        out.push(Written {
            name: format!("{folder}/{}", figure.item.id),
            text: figure.value.text.clone(),
            place: figure.value_place,
        });
    }
}

/// Replaces the value at a place in the data.
fn alter(folder: &mut Folder, place: Place, text: &str) -> bool {
    folder.series.values_mut().any(|series| {
        let SeriesFolder { settings, data, years } = series;
        let files = data.iter_mut().chain(years.values_mut().flatten());
        settings.iter_mut().any(|node| alter_node(node, place, text))
            || files.into_iter().any(|file| match Arc::make_mut(&mut file.data) {
                Data::Tree(node) => alter_node(node, place, text),
                Data::Grids(grids) => grids
                    .iter_mut()
                    .flat_map(|grid| grid.rows.iter_mut().flatten())
                    .any(|node| alter_node(node, place, text)),
            })
    })
}

fn alter_node(node: &mut Node, place: Place, text: &str) -> bool {
    match &mut node.value {
        Value::List(items) => items.iter_mut().any(|one| alter_node(one, place, text)),
        Value::Table(table) => {
            table.entries.iter_mut().any(|entry| alter_node(&mut entry.node, place, text))
        }
        value if node.place == place => {
            *value = Value::Text(text.to_owned());
            true
        }
        _ => false,
    }
}

/// A value with its last digit that counts altered by so many; nothing where it has none.
pub fn digit(text: &str, by: u8) -> Option<String> {
    let mut chars: Vec<char> = text.chars().collect();
    let digit = |c: char| c.is_ascii_digit() || HAN.contains(&c);
    let at = chars.iter().rposition(|c| digit(*c) && *c != '0')?;
    let old = chars[at];
    chars[at] = match old.to_digit(10) {
        Some(old) => char::from_digit((old + u32::from(by) - 1) % 9 + 1, 10)?,
        None => {
            let index = HAN.iter().position(|one| *one == old)?;
            HAN[(index + usize::from(by)) % HAN.len()]
        }
    };
    Some(chars.into_iter().collect())
}

/// The digits of Han numerals.
const HAN: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Copies a file, or a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("the folder can be made");
        for entry in fs::read_dir(from).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            copy(&path, &to.join(path.file_name().expect("an entry has a name")));
        }
    } else {
        fs::create_dir_all(to.parent().expect("a file has a folder")).expect("made");
        fs::copy(from, to).expect("the file can be copied");
    }
}
