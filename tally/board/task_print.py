"""How the page of one task prints: on one A4 page, without the frame around it (A7)."""

import html

import streamlit as st

# Columns stand under each other, panels are as high as what they hold, and what is only for the
# screen is left out. On the screen only the line of who prints it is hidden.
PRINT_STYLE = """<style>
.printed{display:none}
@media print{
@page{size:A4 portrait;margin:8mm}
.printed{display:block}
header,.stButton,.stSelectbox,.st-key-filters>:not(:last-child){display:none!important}
html,body,#root,#root>div,.stApp,.stAppViewContainer,.stMain{
  position:static!important;display:block!important;overflow:visible!important;
  height:auto!important;min-height:0!important;width:auto!important}
.stMainBlockContainer{padding:0!important;zoom:.64}
[data-testid=stLayoutWrapper],.stVerticalBlock,.stHorizontalBlock{
  height:auto!important;flex:none!important;overflow:visible!important}
.stVerticalBlock,.stHorizontalBlock{gap:.6rem!important}
.stHorizontalBlock:has(>.stColumn){flex-direction:column!important}
.stColumn{width:100%!important;flex:none!important;min-width:0!important}
.stTable td,.stTable th{font-size:1.05rem!important}
.stTable td,.stTable td *{max-width:none!important}
}
</style>"""


def print_on_one_page(campaign: str) -> None:
    """Put the print style on the page, and a line with the campaign's name for the paper."""
    st.html(f'{PRINT_STYLE}<div class="printed">{html.escape(campaign)}</div>')
