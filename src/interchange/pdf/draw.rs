//! Draws pages into a tagged PDF, which screen readers can read aloud.

use std::collections::HashMap;
use std::num::NonZeroU16;

use anyhow::{Context, Result, anyhow};
use chrono::{Datelike, Timelike};
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use parley::{FontData, Line, Run};

use super::About;
use super::page::{Ink, Mark, Page, Region, Role};
use super::setting::Paragraph;

const LANGUAGE: &str = "en";

/// The bytes of the document, with its metadata.
pub(super) fn document(about: &About<'_>, pages: &[Page], roles: &[Role]) -> Result<Vec<u8>> {
    let mut document = Document::new_with(SerializeSettings::default());
    let mut artist = Artist { fonts: HashMap::new(), parts: roles.iter().map(|_| Vec::new()).collect() };
    for page in pages {
        let settings =
            PageSettings::from_wh(page.size.width, page.size.height).context("a page has no size")?;
        let mut page_content = document.start_page_with(settings);
        let mut surface = page_content.surface();
        for mark in &page.marks {
            artist.draw(&mut surface, mark)?;
        }
        surface.finish();
        page_content.finish();
    }
    document.set_tag_tree(tree(roles, artist.parts));
    document.set_metadata(metadata(about));
    document.finish().map_err(|error| anyhow!("{error:?}"))
}

fn metadata(about: &About<'_>) -> Metadata {
    let at = about.at;
    let part = |number: u32| u8::try_from(number).unwrap_or(0);
    let made = DateTime::new(u16::try_from(at.year()).unwrap_or(0))
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()))
        .second(part(at.second()))
        .utc_offset_hour(0);
    Metadata::new()
        .title(about.title.to_owned())
        .authors(vec![about.author.to_owned()])
        .creator("caredesk".to_owned())
        .language(LANGUAGE.to_owned())
        .creation_date(made)
}

struct Artist {
    fonts: HashMap<u64, Font>,
    /// The content of each role, in drawing order.
    parts: Vec<Vec<Identifier>>,
}

impl Artist {
    fn draw(&mut self, surface: &mut Surface<'_>, mark: &Mark) -> Result<()> {
        match mark {
            Mark::Rule { x, y, width, thickness, ink } => {
                surface.start_tagged(artifact(ArtifactType::Layout));
                surface.set_fill(Some(fill(*ink)));
                if let Some(area) = Rect::from_xywh(*x, *y, *width, *thickness) {
                    let mut path = PathBuilder::new();
                    path.push_rect(area);
                    path.finish().iter().for_each(|path| surface.draw_path(path));
                }
                surface.end_tagged();
                Ok(())
            }
            Mark::Line { paragraph, line, x, y, ink, place } => {
                let id = surface.start_tagged(tag(*place));
                surface.set_fill(Some(fill(*ink)));
                let drawn = paragraph.layout.get(*line);
                let drawn = drawn.map_or(Ok(()), |line| self.line(surface, paragraph, &line, *x, *y));
                surface.end_tagged();
                if let Region::Part(number) = place
                    && let Some(part) = self.parts.get_mut(*number)
                {
                    part.push(id);
                }
                drawn
            }
        }
    }

    fn line(
        &mut self, surface: &mut Surface<'_>, paragraph: &Paragraph, line: &Line<'_, ()>, x: f32, y: f32,
    ) -> Result<()> {
        let mut x = x + line.metrics().offset;
        let y = y + line.metrics().baseline;
        for run in line.runs() {
            let font = self.font(run.font())?;
            let (glyphs, advance) = glyphs(&run);
            if !glyphs.is_empty() {
                surface.draw_glyphs(
                    Point::from_xy(x, y),
                    &glyphs,
                    font,
                    &paragraph.text,
                    run.font_size(),
                    false,
                );
            }
            x += advance;
        }
        Ok(())
    }

    fn font(&mut self, data: &FontData) -> Result<Font> {
        let (bytes, id) = data.data.clone().into_raw_parts();
        if let Some(font) = self.fonts.get(&id) {
            return Ok(font.clone());
        }
        let font = Font::new(bytes.into(), data.index).context("a font of the program cannot be embedded")?;
        self.fonts.insert(id, font.clone());
        Ok(font)
    }
}

/// The glyphs of a run from left to right, each with its text, and their width.
fn glyphs(run: &Run<'_, ()>) -> (Vec<KrillaGlyph>, f32) {
    let size = run.font_size();
    let mut glyphs: Vec<KrillaGlyph> = Vec::new();
    let mut advance = 0.0;
    // From right to left the rest of a ligature comes before the ligature itself.
    let mut rest_ends_at = None;
    for cluster in run.visual_clusters() {
        let mut range = cluster.text_range();
        if cluster.is_ligature_continuation() {
            if run.is_rtl() {
                rest_ends_at = rest_ends_at.max(Some(range.end));
            } else if let Some(last) = glyphs.last().map(|glyph| glyph.text_range.clone()) {
                let same = glyphs.iter_mut().rev().take_while(|glyph| glyph.text_range == last);
                same.for_each(|glyph| glyph.text_range.end = range.end);
            }
            continue;
        }
        range.end = rest_ends_at.take().unwrap_or(range.end);
        for glyph in cluster.glyphs() {
            advance += glyph.advance;
            glyphs.push(KrillaGlyph::new(
                GlyphId::new(glyph.id),
                glyph.advance / size,
                glyph.x / size,
                glyph.y / size,
                0.0,
                range.clone(),
                None,
            ));
        }
    }
    (glyphs, advance)
}

fn fill(ink: Ink) -> Fill {
    let (red, green, blue) = ink.colour();
    Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }
}

fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}

fn tag(place: Region) -> ContentTag<'static> {
    match place {
        Region::Header => artifact(ArtifactType::Header),
        Region::Footer => artifact(ArtifactType::Footer),
        Region::Part(_) => ContentTag::Span(SpanTag::empty()),
    }
}

/// The structure for screen readers: title, headings, paragraphs, tables of rows of cells.
fn tree(roles: &[Role], parts: Vec<Vec<Identifier>>) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
    let mut rows: Vec<(usize, TagGroup)> = Vec::new();
    for (role, part) in roles.iter().zip(parts) {
        let group = match role {
            Role::Title(title) => TagGroup::new(Tag::Hn(NonZeroU16::MIN, Some(title.clone()))),
            Role::Heading(title) => {
                TagGroup::new(Tag::Hn(NonZeroU16::MIN.saturating_add(1), Some(title.clone())))
            }
            Role::Paragraph => TagGroup::new(Tag::P),
            Role::Cell { is_head: true, .. } => TagGroup::new(Tag::TH(TableHeaderScope::Column)),
            Role::Cell { .. } => TagGroup::new(Tag::TD),
        };
        let group = TagGroup { children: part.into_iter().map(Node::from).collect(), ..group };
        let Role::Cell { row, .. } = role else {
            close(&mut tree, &mut rows);
            tree.push(group);
            continue;
        };
        match rows.last_mut().filter(|(last, _)| last == row) {
            Some((_, cells)) => cells.push(group),
            None => rows.push((*row, TagGroup::with_children(Tag::TR, vec![group.into()]))),
        }
    }
    close(&mut tree, &mut rows);
    tree
}

fn close(tree: &mut TagTree, rows: &mut Vec<(usize, TagGroup)>) {
    if !rows.is_empty() {
        let rows = rows.drain(..).map(|(_, row)| row.into()).collect();
        tree.push(TagGroup::with_children(Tag::Table, rows));
    }
}
