//! Text layout: shaped, with bidirectional text, and broken to a width. A character without a font is printed
//! as its number, `[U+1F9FF]`, never as an empty box.

use std::rc::Rc;

use parley::{
    Alignment, AlignmentOptions, Cluster, FontWeight, Layout, LayoutContext, LineHeight, OverflowWrap,
    StyleProperty,
};

use super::fonts::{Fonts, is_invisible};

/// The style of a text. Sizes are in points.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) size: f32,
    pub(super) bold: bool,
    /// The line height, in multiples of the size.
    pub(super) leading: f32,
    pub(super) side: Alignment,
}

/// One paragraph, broken to a width.
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) layout: Layout<()>,
}

pub(super) struct Setting {
    fonts: Fonts,
    layouts: LayoutContext<()>,
}

impl Setting {
    pub(super) fn new(fonts: Fonts) -> Setting {
        Setting { fonts, layouts: LayoutContext::new() }
    }

    /// One paragraph; a line break in it becomes a space.
    pub(super) fn paragraph(&mut self, text: &str, style: Style, width: f32) -> Rc<Paragraph> {
        const TRIES: usize = 4;
        let mut text = self.printable(text);
        let mut layout = self.layout(&text, style, width);
        for _ in 0..TRIES {
            let Some(numbered) = without_boxes(&text, &layout) else { break };
            layout = self.layout(&numbered, style, width);
            text = numbered;
        }
        Rc::new(Paragraph { text, layout })
    }

    fn layout(&mut self, text: &str, style: Style, width: f32) -> Layout<()> {
        let family = self.fonts.family();
        let mut builder = self.layouts.ranged_builder(&mut self.fonts.context, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(family));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(style.leading)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        if style.bold {
            builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
        }
        let mut layout = builder.build(text);
        layout.break_all_lines(Some(width));
        layout.align(style.side, AlignmentOptions::default());
        layout
    }

    fn printable(&self, text: &str) -> String {
        let mut printable = String::with_capacity(text.len());
        for letter in text.chars() {
            match letter {
                '\t' => printable.push_str("    "),
                '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => printable.push(' '),
                // Direction overrides would make a page read differently from its text.
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => printable.push_str(&number(letter)),
                _ if letter.is_control() || !self.fonts.has(letter) => printable.push_str(&number(letter)),
                _ => printable.push(letter),
            }
        }
        printable
    }
}

fn number(letter: char) -> String {
    format!("[U+{:04X}]", u32::from(letter))
}

/// The text with numbers in place of characters that still came out as empty boxes, such as a combining mark
/// without a glyph in the font of its base; none if there are none.
fn without_boxes(text: &str, layout: &Layout<()>) -> Option<String> {
    let is_box = |cluster: &Cluster<'_, ()>| cluster.glyphs().any(|glyph| glyph.id == 0);
    let clusters = layout.lines().flat_map(|line| line.runs().collect::<Vec<_>>());
    let mut boxes: Vec<_> = clusters
        .flat_map(|run| run.clusters().filter(is_box).map(|cluster| cluster.text_range()).collect::<Vec<_>>())
        .collect();
    boxes.sort_by_key(|range| range.start);
    boxes.dedup();
    if boxes.is_empty() {
        return None;
    }
    let mut numbered = String::with_capacity(text.len());
    let mut done = 0;
    for range in boxes.into_iter().filter(|range| !range.is_empty()) {
        numbered.push_str(text.get(done..range.start).unwrap_or_default());
        let letters = text.get(range.clone()).unwrap_or_default().chars();
        letters.filter(|letter| !is_invisible(*letter)).for_each(|letter| numbered.push_str(&number(letter)));
        done = range.end;
    }
    numbered.push_str(text.get(done..).unwrap_or_default());
    Some(numbered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_turn_the_letters_after_it_is_written_as_its_number() {
        const PLAIN: Style = Style { size: 10.0, bold: false, leading: 1.3, side: Alignment::Start };
        let text = "a\u{202e}b\u{2067}c\u{2069}d\u{200f}e";
        let mut setting = Setting::new(Fonts::for_texts(std::iter::once(text)).unwrap());
        let text = setting.paragraph(text, PLAIN, 400.0).text.clone();
        assert_eq!(text, "a[U+202E]b[U+2067]c[U+2069]d\u{200f}e");
    }
}
