//! The one place through which text reaches the terminal: escaped, wrapped to its width, colored if it can be.

use std::io;

use comfy_table::{
    Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Table, Width, presets,
};

use super::Screen;
use crate::escape::terminal;

/// The most that the first column of a table takes, in percent.
const FIRST: u16 = 38;

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
        self.prose(Cell::new(terminal(text)))
    }

    /// A line that begins a part.
    pub(super) fn heading(&mut self, text: &str, color: Color) -> io::Result<()> {
        writeln!(self.to)?;
        self.prose(Cell::new(terminal(text)).fg(color).add_attribute(Attribute::Bold))
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

    fn prose(&mut self, cell: Cell) -> io::Result<()> {
        let mut table = self.grid(presets::NOTHING);
        table.add_row([cell]);
        for column in table.column_iter_mut() {
            column.set_padding((0, 0));
        }
        writeln!(self.to, "{}", table.trim_fmt())
    }

    fn grid(&self, preset: &str) -> Table {
        let mut table = Table::new();
        table
            .load_preset(preset)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(self.screen.width);
        // Whether there are colors is decided already.
        if self.screen.color {
            table.enforce_styling();
        } else {
            table.force_no_tty();
        }
        table
    }
}
