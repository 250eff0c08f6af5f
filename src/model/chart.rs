//! Charts, however they are drawn: on a terminal, as an SVG picture, or on a page to print with the figures beside them.

/// One line of a chart: its label, what is drawn, and the text after it.
#[derive(Clone, Debug)]
pub(crate) struct Bar {
    pub(crate) name: String,
    pub(crate) picture: Picture,
    /// Parts with commas between them; none is broken where the line is.
    pub(crate) label: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum Picture {
    Bar {
        /// The full part.
        value: i64,
        /// The empty part after it; 0 for a bar that only counts.
        room: i64,
    },
    /// A small column for each month; none where there is no value, or none to be shown.
    Trend(Vec<Option<i64>>),
}

/// A heading and the bars below it.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) heading: String,
    pub(crate) bars: Vec<Bar>,
}

impl Group {
    /// The longest bar.
    pub(crate) fn longest(&self) -> i64 {
        let length = |bar: &Bar| match &bar.picture {
            Picture::Bar { value, room } => value.saturating_add(*room),
            Picture::Trend(_) => 0,
        };
        self.bars.iter().map(length).max().unwrap_or(0)
    }
}

/// The figures of a chart.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// Each with whether it is a number, which is aligned to the right.
    pub(crate) heads: Vec<(String, bool)>,
    pub(crate) rows: Vec<Vec<String>>,
    pub(crate) total: Option<Vec<String>>,
}

/// A chart and its figures.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    pub(crate) chart: Group,
    pub(crate) table: Table,
}

/// A report as a document.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) title: String,
    /// The period or the instant that it is about.
    pub(crate) about: String,
    pub(crate) sections: Vec<Section>,
    /// What the figures count.
    pub(crate) notes: Vec<String>,
}
