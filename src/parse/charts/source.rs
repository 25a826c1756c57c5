//! Where the numbers of a chart come from: figures, years, tasks, free tables, and the
//! Markdown table before it.

use super::spec::{Entry, Key, Spec};
use super::{Given, Grid, GridRow, Plan, text_of};
use crate::diag::codes::merge::{UNKNOWN_FIGURE, UNKNOWN_ITEM};
use crate::diag::codes::parse as codes;
use crate::diag::{Diagnostic, suggest};
use crate::document::{
    Cell, ChartKind, FigureRef, FigureText, Inline, InlineKind, Table, is_missing,
    plain_text,
};
use crate::model::{Date, Datum, Figure, Quantity, Row, Task, Year};
use crate::source::Place;

impl<'a> Plan<'a, '_> {
    /// The numbers that a block asks for.
    pub(super) fn grid(&mut self, spec: &Spec, before: Option<&Table>) -> Option<Grid> {
        let sources = [Key::Figures, Key::Tasks, Key::Data];
        let named: Vec<Key> =
            sources.into_iter().filter(|&key| spec.one(key).is_some()).collect();
        match (named.as_slice(), before) {
            ([Key::Figures], _) if spec.kind == ChartKind::Progress => self.targets(spec),
            ([Key::Figures], _) if spec.one(Key::Years).is_some() => self.years(spec),
            ([Key::Figures], _) => self.figures(spec),
            ([Key::Tasks], _) => self.tasks(spec),
            ([_], _) => self.free_table(spec),
            ([], Some(table)) => self.markdown_table(spec, table),
            ([], None) => {
                let message = "this chart does not say what it is drawn from";
                self.diags.add(
                    Diagnostic::new(&codes::CHART_SOURCE, spec.place, message)
                        .hint("add a line such as `指标：donors、donated`")
                        .hint("or put the block directly after a table"),
                );
                None
            }
            _ => {
                let second = spec.one(named[1]).map_or(spec.place, |entry| entry.place);
                let message = "this chart is drawn from two sources";
                self.diags.add(
                    Diagnostic::new(&codes::CHART_SOURCE, second, message)
                        .hint("keep one of `指标`, `任务` and `数据`"),
                );
                None
            }
        }
    }

    /// A figure of the edition by id, or by a label that no other has.
    fn figure(
        &mut self,
        entry: &Entry,
        years: &[Option<Year>],
    ) -> Option<(&'a str, &'a str)> {
        let facts = self.facts;
        let all = || {
            let records = years.iter().filter_map(move |year| facts?.of(*year));
            records.flat_map(|record| record.figures.values())
        };
        let by_id = all().find(|figure| figure.item.id == entry.text);
        let found = by_id.or_else(|| all().find(|figure| figure.label == entry.text));
        if let Some(figure) = found {
            return Some((figure.item.id.as_str(), figure.label.as_str()));
        }
        let names = all().flat_map(|one| [one.item.id.as_str(), one.label.as_str()]);
        let message = format!("the record holds no figure `{}`", entry.text);
        let hint = suggest(&entry.text, names);
        let found = Diagnostic::new(&UNKNOWN_FIGURE, entry.place, message);
        self.diags.add(found.maybe_hint(hint));
        None
    }

    /// What a figure of a year printed, with its identity.
    fn given(&self, id: &str, year: Option<Year>, place: Place) -> Option<Given> {
        let facts = self.facts?;
        let figure = facts.of(year)?.figures.get(id)?;
        Some(self.of_figure(figure, year, place))
    }

    fn of_figure(&self, figure: &Figure, year: Option<Year>, place: Place) -> Given {
        let series = self.facts.map_or("", |facts| facts.series.name.as_str());
        let text = figure.value.text.clone();
        let figure_ref = FigureRef::of(series, year, figure);
        let kind = InlineKind::Figure(FigureText { text, figure: figure_ref });
        let content = vec![Inline { place, kind }];
        Given { quantity: figure.value.clone(), content, place, bare: false }
    }

    fn figures(&mut self, spec: &Spec) -> Option<Grid> {
        let years = self.facts.map_or_else(Vec::new, |facts| vec![facts.year, None]);
        let mut rows = Vec::new();
        for entry in spec.all(Key::Figures) {
            let Some((id, label)) = self.figure(entry, &years) else { continue };
            let (id, label) = (id.to_owned(), label.to_owned());
            let found = years.iter().find_map(|year| self.given(&id, *year, entry.place));
            rows.push(GridRow { label, place: entry.place, values: vec![found] });
        }
        let whole = rows.len() == spec.all(Key::Figures).len();
        let words = self.words;
        let series = vec![words.value.to_owned()];
        let head = words.item.to_owned();
        whole.then_some(Grid { head, series, rows, of_time: false })
    }

    /// Values of figures with their targets.
    fn targets(&mut self, spec: &Spec) -> Option<Grid> {
        let mut grid = self.figures(spec)?;
        let facts = self.facts?;
        let mut sound = true;
        for (row, entry) in grid.rows.iter_mut().zip(spec.all(Key::Figures)) {
            let by_name = |figure: &&Figure| {
                figure.item.id == entry.text || figure.label == entry.text
            };
            let records = [facts.of(facts.year), facts.of(None)];
            let mut figures =
                records.into_iter().flatten().flat_map(|r| r.figures.values());
            let target = figures.find(by_name).and_then(|one| one.target.clone());
            let Some(quantity) = target else {
                let message = format!("figure `{}` has no target", entry.text);
                self.diags.add(
                    Diagnostic::new(&codes::CHART_SOURCE, entry.place, message)
                        .hint("fill its column `target` (目标值) in the data"),
                );
                sound = false;
                continue;
            };
            row.values.push(Some(Given::new(quantity, entry.place)));
        }
        grid.series = vec![self.words.done.to_owned(), self.words.target.to_owned()];
        sound.then_some(grid)
    }

    /// Figures over years: a row for each year, a series for each figure.
    fn years(&mut self, spec: &Spec) -> Option<Grid> {
        let facts = self.facts?;
        let known: Vec<Year> = facts.series.records.keys().copied().collect();
        let mut years = Vec::new();
        let mut sound = true;
        for entry in spec.all(Key::Years) {
            match years_of(&entry.text, &known) {
                Some(found) => {
                    years.extend(found.into_iter().map(|year| (year, entry.place)));
                }
                None => {
                    let message = format!("`{}` names no years", entry.text);
                    self.diags.add(
                        Diagnostic::new(&codes::CHART_LINE, entry.place, message)
                            .hint("write `2018—2022`, `2018、2020` or `全部`"),
                    );
                    sound = false;
                }
            }
        }
        let of_all: Vec<Option<Year>> =
            facts.series.records.keys().rev().map(|year| Some(*year)).collect();
        let mut series = Vec::new();
        let mut ids = Vec::new();
        for entry in spec.all(Key::Figures) {
            let Some((id, label)) = self.figure(entry, &of_all) else {
                sound = false;
                continue;
            };
            ids.push(id.to_owned());
            series.push(label.to_owned());
        }
        let rows = years.into_iter().map(|(year, place)| {
            let values = ids.iter().map(|id| self.given(id, Some(year), place)).collect();
            GridRow {
                label: self.language.date(Date { year, month: None, day: None }),
                place,
                values,
            }
        });
        let rows: Vec<GridRow> = rows.collect();
        let head = self.words.year.to_owned();
        sound.then_some(Grid { head, series, rows, of_time: true })
    }

    /// Tasks with their targets: the value is a field of the task, else what its status
    /// says.
    fn tasks(&mut self, spec: &Spec) -> Option<Grid> {
        let facts = self.facts?;
        let records = || [facts.of(facts.year), facts.of(None)].into_iter().flatten();
        let all: Vec<&Task> =
            records().flat_map(|record| record.tasks.values()).collect();
        let field = spec.one(Key::Values);
        let mut rows = Vec::new();
        let mut sound = true;
        for entry in spec.all(Key::Tasks) {
            let named =
                |task: &&&Task| task.item.id == entry.text || task.title == entry.text;
            let Some(&task) = all.iter().find(named) else {
                let message = format!("the record holds no task `{}`", entry.text);
                let hint =
                    suggest(&entry.text, all.iter().map(|one| one.item.id.as_str()));
                let found = Diagnostic::new(&UNKNOWN_ITEM, entry.place, message);
                self.diags.add(found.maybe_hint(hint));
                sound = false;
                continue;
            };
            let done = match field {
                Some(field) => {
                    let row = &task.item.extra;
                    self.check_column(field, row.keys().map(String::as_str))?;
                    row.get(&field.text).map(|datum| text_of(datum, self.language))
                }
                None => task.status.clone(),
            };
            let done = done.unwrap_or_default();
            let target = task.target.clone().unwrap_or_default();
            if is_missing(&target) {
                let message = format!("task `{}` has no target", entry.text);
                let found = Diagnostic::new(&codes::CHART_SOURCE, entry.place, message);
                self.diags.add(found.hint("fill its `target` (目标) in the data"));
                sound = false;
                continue;
            }
            let unit = spec.one(Key::Unit).map(|unit| unit.text.clone());
            let place = task.item.place;
            let values = [done, target].map(|text| {
                let content =
                    vec![Inline { place, kind: InlineKind::Text(text.clone()) }];
                self.number(&text, unit.as_deref(), content, place)
            });
            let [Ok(done), Ok(target)] = values else {
                sound = false;
                continue;
            };
            let values = vec![done, target];
            rows.push(GridRow { label: task.title.clone(), place: entry.place, values });
        }
        let series = vec![self.words.done.to_owned(), self.words.target.to_owned()];
        let head = self.words.task.to_owned();
        sound.then_some(Grid { head, series, rows, of_time: false })
    }

    /// Columns of a free table of the record.
    fn free_table(&mut self, spec: &Spec) -> Option<Grid> {
        let facts = self.facts?;
        let name = spec.one(Key::Data)?;
        let records = || [facts.of(facts.year), facts.of(None)].into_iter().flatten();
        let found = records().find_map(|record| record.tables.get(&name.text));
        let Some(rows) = found else {
            let known = records().flat_map(|record| record.tables.keys());
            let hint = suggest(&name.text, known.map(String::as_str));
            let message = format!("the record holds no table `{}`", name.text);
            let found = Diagnostic::new(&UNKNOWN_ITEM, name.place, message);
            self.diags.add(found.maybe_hint(hint));
            return None;
        };
        let mut head: Vec<&str> = Vec::new();
        for key in rows.iter().flat_map(|(_, row)| row.keys()) {
            if !head.contains(&key.as_str()) {
                head.push(key);
            }
        }
        let cell = |row: &Row, column: &str| {
            row.get(column)
                .map_or_else(String::new, |datum: &Datum| text_of(datum, self.language))
        };
        let texts: Vec<(Place, Vec<String>)> = rows
            .iter()
            .map(|(place, row)| (*place, head.iter().map(|one| cell(row, one)).collect()))
            .collect();
        let rows = texts.into_iter().map(|(place, texts)| {
            let cell = |text: String| {
                let kind = InlineKind::Text(text);
                Cell { place, content: vec![Inline { place, kind }] }
            };
            texts.into_iter().map(cell).collect()
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        self.columns(spec, &head, &rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    /// Columns of the Markdown table before the block.
    fn markdown_table(&mut self, spec: &Spec, table: &Table) -> Option<Grid> {
        let head: Vec<String> =
            table.head.iter().map(|cell| plain_text(&cell.content)).collect();
        let head: Vec<&str> = head.iter().map(|text| text.trim()).collect();
        let rows: Vec<&[Cell]> = table.rows.iter().map(Vec::as_slice).collect();
        self.columns(spec, &head, &rows)
    }

    fn columns(&mut self, spec: &Spec, head: &[&str], rows: &[&[Cell]]) -> Option<Grid> {
        let position = |text: &str| {
            let bare = |name: &str| unit_in_head(name).0 == text;
            head.iter().position(|name| *name == text || bare(name))
        };
        let label = match spec.one(Key::Label) {
            Some(entry) => {
                self.check_column(entry, head.iter().copied())?;
                position(&entry.text)?
            }
            None => 0,
        };
        let mut columns = Vec::new();
        let progress = spec.kind == ChartKind::Progress;
        let mut named: Vec<&Entry> = spec.all(Key::Values).iter().collect();
        named.extend(spec.one(Key::Target));
        for &entry in &named {
            self.check_column(entry, head.iter().copied())?;
            columns.push(position(&entry.text)?);
        }
        if columns.is_empty() {
            let numbers = (0..head.len()).filter(|&at| at != label);
            columns = numbers.filter(|&at| is_numeric(rows, at)).collect();
        }
        let wanted = match spec.kind {
            ChartKind::Progress => 2..=2,
            ChartKind::Share => 1..=1,
            _ => 1..=usize::MAX,
        };
        if !wanted.contains(&columns.len()) {
            let message = format!(
                "a chart of kind `{}` cannot be drawn from {} columns of numbers",
                spec.kind.word(),
                columns.len()
            );
            let hint = if progress {
                "name one column with `数值：` and the targets' with `目标：`"
            } else {
                "name the columns to draw with `数值：`"
            };
            let found = Diagnostic::new(&codes::CHART_SOURCE, spec.place, message);
            self.diags.add(found.hint(hint));
            return None;
        }
        let mut sound = true;
        let mut out = Vec::new();
        for row in rows {
            let Some(first) = row.get(label) else { continue };
            let mut values = Vec::new();
            for &column in &columns {
                let unit = spec.one(Key::Unit).map(|unit| unit.text.as_str());
                let unit = unit.or_else(|| unit_in_head(head[column]).1);
                let value = match row.get(column) {
                    Some(cell) => {
                        let text = plain_text(&cell.content);
                        self.number(&text, unit, cell.content.clone(), cell.place)
                    }
                    None => Ok(None),
                };
                sound &= value.is_ok();
                values.push(value.ok().flatten());
            }
            let label = plain_text(&first.content).trim().to_owned();
            if TOTALS.contains(&label.as_str()) {
                continue;
            }
            out.push(GridRow { label, place: first.place, values });
        }
        let series =
            columns.iter().map(|&at| unit_in_head(head[at]).0.to_owned()).collect();
        let of_time = !out.is_empty() && out.iter().all(|row| is_time(&row.label));
        let head = head.get(label).map_or_else(String::new, |name| (*name).to_owned());
        sound.then_some(Grid { head, series, rows: out, of_time })
    }

    fn check_column<'n>(
        &mut self,
        entry: &Entry,
        known: impl Iterator<Item = &'n str> + Clone,
    ) -> Option<()> {
        if known
            .clone()
            .any(|name| name == entry.text || unit_in_head(name).0 == entry.text)
        {
            return Some(());
        }
        let message = format!("there is no column `{}`", entry.text);
        let found = Diagnostic::new(&codes::CHART_COLUMN, entry.place, message);
        self.diags.add(found.maybe_hint(suggest(&entry.text, known)));
        None
    }

    /// The number that a cell holds; `Ok(None)` where it says that nothing is known.
    fn number(
        &mut self,
        text: &str,
        unit: Option<&str>,
        content: Vec<Inline>,
        place: Place,
    ) -> Result<Option<Given>, ()> {
        let text = text.trim();
        if is_missing(text) {
            return Ok(None);
        }
        let with_unit = unit.and_then(|unit| Quantity::parse(text, Some(unit)).ok());
        let bare = with_unit.is_some();
        match with_unit.map_or_else(|| Quantity::parse(text, None), Ok) {
            Ok(quantity) => Ok(Some(Given { quantity, content, place, bare })),
            Err(why) => {
                let message = format!("`{text}` is no number to draw: {why}");
                self.diags.add(
                    Diagnostic::new(&codes::CHART_NUMBER, place, message)
                        .hint("write `—` where nothing is known"),
                );
                Err(())
            }
        }
    }
}

/// Names of rows that are no part of a whole, but the whole.
static TOTALS: [&str; 5] = ["合计", "总计", "共计", "Total", "Sum"];

/// Whether a column holds numbers and nothing else.
fn is_numeric(rows: &[&[Cell]], column: usize) -> bool {
    let texts = rows.iter().filter_map(|row| row.get(column));
    let mut texts =
        texts.map(|cell| plain_text(&cell.content)).filter(|t| !is_missing(t));
    let mut any = false;
    texts.all(|text| {
        any = true;
        Quantity::parse(text.trim(), None).is_ok_and(|quantity| !quantity.is_ordinal())
    }) && any
}

/// A head `金额（万元）` as its name and its unit.
pub(in crate::parse) fn unit_in_head(head: &str) -> (&str, Option<&str>) {
    let head = head.trim();
    let inside = |open: char, close: char| {
        let (name, unit) = head.strip_suffix(close)?.rsplit_once(open)?;
        (!name.trim().is_empty() && !unit.trim().is_empty())
            .then(|| (name.trim(), Some(unit.trim())))
    };
    inside('（', '）').or_else(|| inside('(', ')')).unwrap_or((head, None))
}

/// Whether a name is one of a time: `2020年`, `3月`, `2020`, `第一季度`.
fn is_time(label: &str) -> bool {
    let ends = ["年", "月", "季度", "日"].iter().any(|end| label.ends_with(end));
    let year = label.len() == 4 && label.bytes().all(|byte| byte.is_ascii_digit());
    ends || year
}

/// The years that `2018—2022`, `2019` or `全部` mean; a range holds at most a hundred.
fn years_of(text: &str, known: &[Year]) -> Option<Vec<Year>> {
    const LONGEST: Year = 100;
    if matches!(text, "全部" | "all") {
        return Some(known.to_vec());
    }
    let year = |text: &str| text.trim().trim_end_matches('年').parse::<Year>().ok();
    if let Some(one) = year(text) {
        return Some(vec![one]);
    }
    let (from, to) = text.split_once(['—', '–', '-', '~', '～', '至'])?;
    let (from, to) = (year(from)?, year(to.trim_start_matches('—'))?);
    let length = to.checked_sub(from)?;
    (0..LONGEST).contains(&length).then(|| (from..=to).collect())
}
