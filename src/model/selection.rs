//! Which facts of a record belong to a period: the one rule that recurring editions, the
//! contracts of kinds and the lists in narratives follow.

use super::{Event, Figure, Period, Record, Task, Year};

/// The dated facts of a record that belong to a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection<'a> {
    /// Figures, in order.
    pub figures: Vec<&'a Figure>,
    /// Events, in order.
    pub events: Vec<&'a Event>,
    /// Tasks, in order.
    pub tasks: Vec<&'a Task>,
}

impl Record {
    /// The figures, events and tasks that belong to a period.
    ///
    /// All of them where no period is given, or where it covers the whole year of the
    /// record. Otherwise an event belongs to the period in which it begins, a figure to
    /// one that covers the figure's own `period`, a task to one that holds its deadline;
    /// figures without a period and tasks without a deadline belong to the year alone.
    pub fn select(&self, period: Option<Period>, year: Option<Year>) -> Selection<'_> {
        let part = period
            .filter(|period| !year.is_some_and(|year| period.covers(Period::Year(year))));
        Selection {
            figures: self
                .figures
                .values()
                .filter(|figure| part.is_none_or(|part| figure.falls_in(part)))
                .collect(),
            events: self
                .events
                .values()
                .filter(|event| part.is_none_or(|part| event.falls_in(part)))
                .collect(),
            tasks: self
                .tasks
                .values()
                .filter(|task| part.is_none_or(|part| task.falls_in(part)))
                .collect(),
        }
    }

    /// Whether a recurring narrative has something to report for a period: an event that
    /// begins in it, or a figure whose own period lies in it.
    pub fn reports(&self, period: Period) -> bool {
        self.events.values().any(|event| event.falls_in(period))
            || self.figures.values().any(|figure| figure.falls_in(period))
    }
}

impl Event {
    /// Whether it begins in a period, however coarse its date.
    pub fn falls_in(&self, period: Period) -> bool {
        period.contains(self.date)
    }
}

impl Figure {
    /// Whether it says that it covers a part of a period.
    pub fn falls_in(&self, period: Period) -> bool {
        self.period.is_some_and(|own| period.covers(own))
    }
}

impl Task {
    /// Whether it is to be done in a period.
    pub fn falls_in(&self, period: Period) -> bool {
        self.deadline.is_some_and(|deadline| period.contains(deadline))
    }
}
