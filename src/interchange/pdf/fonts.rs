//! The embedded fonts, unpacked only if a text needs them, and tried in a fixed order.

use std::collections::BTreeSet;
use std::io::Read;

use anyhow::{Context, Result};
use parley::fontique::{Blob, Collection, CollectionOptions, GenericFamily};
use parley::{FontContext, FontFamily, FontFamilyName};
use ruzstd::decoding::StreamingDecoder;

macro_rules! font {
    ($name:literal) => {
        &include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/", $name, ".zst"))[..]
    };
}

/// The main font: Latin, Greek and Cyrillic.
fn base() -> [&'static [u8]; 2] {
    [font!("NotoSans-Regular.ttf"), font!("NotoSans-Bold.ttf")]
}

/// Tried in this order for letters that the main font lacks: fonts for one script first, then broad ones.
fn fallback(number: usize) -> Option<&'static [u8]> {
    Some(match number {
        0 => font!("NotoSansArabic-Regular.ttf"),
        1 => font!("NotoSansHebrew-Regular.ttf"),
        2 => font!("NotoSansArmenian-Regular.ttf"),
        3 => font!("NotoSansGeorgian-Regular.ttf"),
        4 => font!("NotoSansEthiopic-Regular.ttf"),
        5 => font!("NotoSansDevanagari-Regular.ttf"),
        6 => font!("NotoSansBengali-Regular.ttf"),
        7 => font!("NotoSansGurmukhi-Regular.ttf"),
        8 => font!("NotoSansGujarati-Regular.ttf"),
        9 => font!("NotoSansTamil-Regular.ttf"),
        10 => font!("NotoSansTelugu-Regular.ttf"),
        11 => font!("NotoSansKannada-Regular.ttf"),
        12 => font!("NotoSansMalayalam-Regular.ttf"),
        13 => font!("NotoSansSinhala-Regular.ttf"),
        14 => font!("NotoSansThai-Regular.ttf"),
        15 => font!("NotoSansLao-Regular.ttf"),
        16 => font!("NotoSansKhmer-Regular.ttf"),
        17 => font!("NotoSansMyanmar-Regular.ttf"),
        18 => font!("NotoSansSymbols2-Regular.ttf"),
        EMOJI => font!("NotoEmoji-Regular.ttf"),
        20 => font!("DroidSansFallbackFull.ttf"),
        21 => font!("Unifont.otf"),
        _ => return None,
    })
}

const EMOJI: usize = 19;

/// The fonts of one document.
pub(super) struct Fonts {
    pub(super) context: FontContext,
    families: Vec<String>,
    /// Letters that no font has.
    absent: BTreeSet<char>,
}

impl Fonts {
    /// The fonts that the letters of `texts` need. Fails only if the program was built with a broken font.
    pub(super) fn for_texts<'a>(texts: impl Iterator<Item = &'a str>) -> Result<Fonts> {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let context = FontContext { collection: Collection::new(options), ..FontContext::default() };
        let mut fonts = Fonts { context, families: Vec::new(), absent: BTreeSet::new() };
        let mut wanted: BTreeSet<char> = texts.flat_map(str::chars).filter(|c| !is_invisible(*c)).collect();
        for packed in base() {
            fonts.add(packed, &mut wanted, false)?;
        }
        let mut number = 0;
        while let Some(packed) = fallback(number).filter(|_| !wanted.is_empty()) {
            fonts.add(packed, &mut wanted, number == EMOJI)?;
            number += 1;
        }
        fonts.absent = wanted;
        Ok(fonts)
    }

    /// Removes its letters from `wanted`; a font that has none of them is left out.
    fn add(&mut self, packed: &[u8], wanted: &mut BTreeSet<char>, is_emoji: bool) -> Result<()> {
        let mut data = Vec::new();
        let unusable = "a font of the program cannot be unpacked";
        let mut unpacked = StreamingDecoder::new(packed).context(unusable)?;
        unpacked.read_to_end(&mut data).context(unusable)?;
        let blob = Blob::from(data);
        let registered = self.context.collection.register_fonts(blob.clone(), None);
        let (family, infos) = registered.first().context("a font of the program cannot be read")?;
        let charmap = infos.first().and_then(|info| info.charmap_index().charmap(blob.data()));
        let charmap = charmap.context("a font of the program has no letters")?;
        let before = wanted.len();
        wanted.retain(|letter| charmap.map(*letter).is_none_or(|glyph| glyph == 0));
        if self.families.is_empty() || wanted.len() < before {
            let name = self.context.collection.family_name(*family).unwrap_or_default().to_owned();
            if !self.families.contains(&name) {
                self.families.push(name);
            }
        }
        if is_emoji {
            self.context.collection.set_generic_families(GenericFamily::Emoji, std::iter::once(*family));
        }
        Ok(())
    }

    pub(super) fn has(&self, letter: char) -> bool {
        !self.absent.contains(&letter)
    }

    /// In the order in which they are tried.
    pub(super) fn family(&self) -> FontFamily<'static> {
        let names = self.families.iter().map(|name| FontFamilyName::Named(name.clone().into()));
        FontFamily::List(names.collect::<Vec<_>>().into())
    }
}

/// Characters that affect the shaping of others and are not drawn: joiners, direction marks, variation
/// selectors.
pub(super) fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0020}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
}
