"""The frame script: navigation, shared filters, who may enter. No data of its own."""

from pathlib import Path

import streamlit as st

from tally import board, menu, service
from tally.viewers import NOBODY, Viewer, acts

ROOT = Path(__file__).resolve().parent.parent
STYLE = """<style>
.stMainBlockContainer{padding-inline:2rem;max-width:none}
.stApp{font-variant-numeric:tabular-nums}
[data-testid="stFileUploaderDropzoneInstructions"] *{font-size:0}
[data-testid="stFileUploaderDropzoneInstructions"]::after{
  content:"Excel、WPS、ods、csv、tsv，20 MB 以内";font-size:.875rem}
[data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"]{font-size:0}
[data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"]::after{
  content:"选择文件";font-size:.875rem}
[data-testid="InputInstructions"]{display:none}
.st-key-campaign,.st-key-month,[data-testid="stLayoutWrapper"]:has(>.st-key-finding){flex:none!important}
.st-key-campaign{width:18.2rem!important}
.st-key-month{width:8.25rem!important}
[data-testid="stLayoutWrapper"]:has(>.st-key-finding){width:12.4rem!important}
.st-key-looking{position:relative;z-index:1}
.st-key-looking>:last-child{margin-inline-start:auto}
.st-key-looking p{font-size:.875rem}
.st-key-looking button{min-height:1.5rem;padding-block:0}
@media(min-width:1280px){
  .st-key-looking{max-height:1.5rem;margin-block:-.5rem -1rem}
  [data-testid="stLayoutWrapper"]:has(>.st-key-looking){margin-bottom:-1rem}
}
.st-key-phone{margin-inline-start:auto}
.st-key-finding{position:relative}
.st-key-candidates{position:absolute;z-index:9;top:calc(100% + .25rem);left:0;width:max-content;
  min-width:20rem;background:Canvas;box-shadow:0 4px 16px #0004}
.st-key-page_back,.st-key-page_on,.st-key-keylisten{position:absolute;opacity:0;pointer-events:none}
.st-key-page_back:focus-within,.st-key-page_on:focus-within{opacity:1;z-index:9}
[data-testid="stPopoverBody"] td,[data-testid="stPopoverBody"] th{padding:.2rem .5rem}
:is(a,button,input,[role="radio"]):focus-visible,[role="group"]:has(input:focus-visible){
  outline:3px solid currentColor!important;outline-offset:2px}
[role="group"] input:focus-visible{outline:none!important}
[data-testid="stHeaderActionElements"]{display:none}
h4 [style*="font-size"]{font-weight:400}
@media(max-width:640px){
  .st-key-key_help{display:none}
  .st-key-phone{margin-inline-start:0}
  .stMainBlockContainer{padding-inline:1rem}
  h1{font-size:1.75rem!important}
}
</style>"""


def _draw(viewer: Viewer) -> None:
    """Draw the page that was asked for, or say why not."""
    may_administer = service.access().may_administer_from(viewer.address)
    opened = menu.sections_open_to(viewer, may_administer=may_administer)
    page = board.navigation(opened, is_shown=not board.is_wall())
    scripts = menu.scripts(opened)
    if page.title not in scripts:
        if scripts and not page.url_path:
            # The first page is not this viewer's: another one of the menu is.
            st.switch_page(next(iter(scripts.values())))
        page.run()
        board.account_menu()
        return
    _draw_page(page, opened, scripts)


def _draw_page(page: st.Page, opened: menu.Sections, scripts: dict[str, Path]) -> None:
    """Draw a page below the filters, which it shares with the others."""
    chosen, place = board.filter_row(
        scripts, page.title, is_looked_at=menu.is_looked_at(page.url_path)
    )
    st.session_state[board.FILTERS_KEY] = chosen
    has_watermark = board.filters().pack.campaign.has_watermark
    board.write_style(
        board.section_mark(opened, page.url_path),
        board.watermark() if has_watermark else "",
    )
    page.run()
    board.write_part(place)
    board.say_sensitive(place)


with board.turn():
    st.set_page_config(page_title="争先看板", layout="wide")
    st.html(STYLE)
    st.logo(ROOT / "data" / "logo.svg", size="large")
    if (viewer := board.viewer()) == NOBODY:
        board.say_ended()
    else:
        with acts(viewer):
            _draw(viewer)
