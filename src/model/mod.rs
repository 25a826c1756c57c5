//! The facts of a year: typed values, each with the place it came from.

mod date;
mod period;
mod quantity;
mod record;
mod scan;
pub mod schema;
mod selection;

pub(crate) use date::MONTHS;
pub use date::{Date, DateError};
pub use period::{Period, PeriodError};
pub use quantity::{
    Bound, Precision, QUANTITY_MAX_CHARS, Quantity, QuantityError, SumError,
    UNIT_MAX_CHARS,
};
pub use record::{
    Datum, Event, Figure, Item, Office, Organisation, Record, Row, Task, Year,
};
pub use rust_decimal::Decimal;
pub use scan::half_width;
pub use selection::Selection;
