//! The facts of a year: typed values, each with the place it came from.

mod date;
mod period;
mod quantity;
mod record;
mod rounding;
mod scan;
pub mod schema;
mod selection;

pub(crate) use date::MONTHS;
pub use date::{Date, DateError};
pub use period::{Period, PeriodError};
pub use quantity::{
    Bound, Precision, QUANTITY_MAX_CHARS, Quantity, QuantityError, SumError,
    UNIT_MAX_CHARS, Untrue,
};
pub use record::{
    Datum, Event, Figure, Formula, Input, Invariant, Item, Office, Organisation, Record,
    Revision, Row, Task, Year,
};
pub use rounding::{ROUNDING_MAX_PLACES, Rounding, RoundingMode};
pub use rust_decimal::Decimal;
pub use scan::half_width;
pub use selection::Selection;
