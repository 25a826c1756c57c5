//! The facts of a year: typed values, each with the place it came from.

mod date;
mod period;
mod quantity;
mod record;
pub mod schema;

pub use date::Date;
pub use period::Period;
pub use quantity::{Bound, Precision, Quantity};
pub use record::{
    Datum, Event, Figure, Item, Office, Organisation, Record, Row, Task, Year,
};
pub use rust_decimal::Decimal;
