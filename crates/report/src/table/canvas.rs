//! The one place through which text reaches the terminal: escaped, wrapped to its width, colored if it can be.

use std::io;

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};

use super::Screen;
use crate::escape::terminal;

/// The most that the first column of a table takes, in percent.
const FIRST: u16 = 38;

/// The colors of headings, as ECMA-48 numbers them for "select graphic rendition".
#[derive(Clone, Copy, Debug)]
pub(super) enum Color {
    Plain = 39,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Blue = 34,
    Magenta = 35,
}

/// The lines of one cell.
pub(super) type Lines = Vec<String>;

/// A screen and the way to it.
#[derive(Debug)]
pub(super) struct Canvas<W> {
    screen: Screen,
    to: W,
}

impl<W: io::Write> Canvas<W> {
    pub(super) fn new(screen: Screen, to: W) -> Self {
        Self { screen, to }
    }

    /// A line of prose.
    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        let mut table = self.grid(presets::NOTHING);
        table.add_row([terminal(text)]);
        for column in table.column_iter_mut() {
            column.set_padding((0, 0));
        }
        writeln!(self.to, "{}", table.trim_fmt())
    }

    /// A line that begins a part: a few words, ours.
    pub(super) fn heading(&mut self, text: &str, color: Color) -> io::Result<()> {
        // Nobody else decides on colors: libraries that look at `NO_COLOR` would overrule what the user typed.
        if self.screen.color {
            writeln!(self.to, "\n\u{1b}[1;{}m{text}\u{1b}[0m", color as u8)
        } else {
            writeln!(self.to, "\n{text}")
        }
    }

    /// A table with a line under its header and one between its rows.
    pub(super) fn table<const N: usize>(
        &mut self,
        header: [impl ToString; N],
        rows: impl IntoIterator<Item = [Lines; N]>,
    ) -> io::Result<()> {
        let mut table = self.grid(presets::UTF8_HORIZONTAL_ONLY);
        table.set_header(header.map(|it| it.to_string()));
        for row in rows {
            table.add_row(row.map(|lines| {
                let lines: Vec<_> = lines.iter().map(|line| terminal(line)).collect();
                lines.join("\n")
            }));
        }
        // What follows the first column says more.
        if let Some(first) = table.column_mut(0) {
            first.set_constraint(ColumnConstraint::UpperBoundary(Width::Percentage(FIRST)));
        }
        writeln!(self.to, "{}", table.trim_fmt())
    }

    fn grid(&self, preset: &str) -> Table {
        let mut table = Table::new();
        table
            .load_preset(preset)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(self.screen.width);
        table
    }
}
