//! One report in every format, held as text.

mod fixture;
mod json;
mod table;
