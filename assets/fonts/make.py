"""Builds the shipped faces from the unpacked packages; called by make.sh with the folder they are in.

Each face keeps the characters a committee's papers need and loses hints and layout tables (the
paper layout does its own). Digits of the serif get one common width, because columns of numbers
must stand under each other. Names are changed where the licence reserves them.
"""
import bz2
import glob
import re
import sys
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

SOURCE, OUT = Path(sys.argv[1]), Path(sys.argv[2])
SERIF = SOURCE / "serif/package/400Regular/NotoSerifSC_400Regular.ttf"
SERIF_BOLD = SOURCE / "serif/package/700Bold/NotoSerifSC_700Bold.ttf"
SANS_BOLD = SOURCE / "sans/package/700Bold/NotoSansSC_700Bold.ttf"
WENKAI = SOURCE / "debian/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"
HANA_A = SOURCE / "debian/usr/share/fonts/truetype/hanazono/HanaMinA.ttf"
HANA_B = SOURCE / "debian/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"
FANG = SOURCE / "debian/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"
UNIHAN = SOURCE / "debian/usr/share/unicode/Unihan_*.txt.bz2"


def private(code):
    return 0xE000 <= code <= 0xF8FF or code >= 0xF0000


def ideograph(code):
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or code >= 0x20000


def common_characters():
    """GB 2312 and the 8,105 characters of the general table of standard characters (2013)."""
    found = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes([high, low]).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    for path in glob.glob(str(UNIHAN)):
        for line in bz2.open(path, "rt", encoding="utf-8"):
            hit = re.match(r"U\+([0-9A-F]+)\tkTGH\t", line)
            if hit:
                found.add(int(hit.group(1), 16))
    return found


def same_width(font, characters, width):
    """Centres the glyphs of `characters` in cells of one width (in thousandths of an em)."""
    cmap, glyphs, metrics = font.getBestCmap(), font.getGlyphSet(), font["hmtx"]
    for character in characters:
        name = cmap.get(ord(character))
        if name is None:
            continue
        advance, _ = metrics[name]
        shift = round((width - advance) / 2)
        redraw(font, glyphs, name, (1, 0, 0, 1, shift, 0), width)


def redraw(font, glyphs, name, matrix, width):
    recording = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(recording)
    pen = TTGlyphPen(None)
    recording.replay(TransformPen(pen, matrix))
    glyph = pen.glyph()
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, getattr(glyph, "xMin", 0))


def full_dash(font):
    """Stretches the em dash to a whole em, so that the double dash has no gap."""
    cmap, glyphs = font.getBestCmap(), font.getGlyphSet()
    name = cmap[0x2014]
    glyph = font["glyf"][name]
    scale = 1000 / (glyph.xMax - glyph.xMin)
    redraw(font, glyphs, name, (scale, 0, 0, 1, -glyph.xMin * scale, 0), 1000)


def rename(font, family):
    """Gives the face its own name and keeps the words of copyright and licence."""
    table = font["name"]
    kept = {number: table.getDebugName(number) for number in (0, 13, 14)}
    table.names = []
    post_script = family.replace(" ", "")
    words = {**kept, 1: family, 2: "Regular", 3: post_script, 4: family, 6: post_script}
    for number, text in words.items():
        if text:
            table.setName(text, number, 3, 1, 0x409)


def build(source, target, family, keep, fix=None):
    font = TTFont(source, recalcTimestamp=False)
    wanted = {code for code in font.getBestCmap() if not private(code) and keep(code)}
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "VORG",
                            "FFTM", "prop", "gasp", "prep", "fpgm", "cvt ", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    if fix:
        fix(font)
    rename(font, family)
    font["post"].formatType = 3.0
    font.save(OUT / target)
    print(f"{target}: {len(wanted)} characters, {(OUT / target).stat().st_size / 1e6:.1f} MB")
    return wanted


def fix_song(font):
    same_width(font, "0123456789*", 560)
    same_width(font, "·", 500)
    full_dash(font)


def fix_title(font):
    same_width(font, "0123456789*", 596)
    same_width(font, "·", 500)
    full_dash(font)


def main():
    common = common_characters()

    def usual(code):
        return code in common or not ideograph(code)

    # WenKai's curly quotes and middle dot are western and narrow: 宋体 stands in for them.
    western = set(map(ord, "“”‘’·"))
    song = build(SERIF, "song.ttf", "Juwutai Song", lambda code: True, fix_song)
    build(SERIF_BOLD, "title.ttf", "Juwutai Title", usual, fix_title)
    build(SANS_BOLD, "hei.ttf", "Juwutai Hei", lambda code: usual(code) and code != 0x2212, full_dash)
    build(WENKAI, "kai.ttf", "Juwutai Kai", lambda code: usual(code) and code not in western)
    rare = build(HANA_B, "rare-b.ttf", "Juwutai Rare B", lambda code: code not in song)
    rest = build(WENKAI, "rare-g.ttf", "Juwutai Rare G",
                 lambda code: code not in song and code not in rare)
    build(HANA_A, "rare-a.ttf", "Juwutai Rare A",
          lambda code: not any(code in got for got in (song, rare, rest))
          and (0x2000 <= code <= 0x33FF or ideograph(code)))
    (OUT / "fang.otf").write_bytes(FANG.read_bytes())


main()
