// What of a page can be read: the lines of text drawn, the boxes that cut them, panels, height.
// Tables on a canvas are left out: their text is no part of the document.
() => {
  const CUTTING = new Set(['hidden', 'clip']);
  const main = document.querySelector('[data-testid="stMain"]');

  // A box of one pixel holds words for screen readers.
  const isSeen = element => element.getBoundingClientRect().width > 1
    && element.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const name = element =>
    element.closest('[class*="st-key-"]')?.className.match(/st-key-(\S+)/)?.[1] ?? '';

  // A font's box is taller than its characters: an em around its middle is what is inked.
  const inked = (box, size) => {
    const height = Math.min(box.height, size), middle = box.top + box.height / 2;
    return {left: box.left, right: box.right, top: middle - height / 2, bottom: middle + height / 2};
  };

  const isCut = (element, box) => {
    for (let around = element; around && around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around), edges = around.getBoundingClientRect();
      if (around.tagName === 'svg' || CUTTING.has(style.overflowX) || CUTTING.has(style.overflowY)) {
        if (box.left < edges.left - 2 || box.right > edges.right + 2) return true;
        if (box.top < edges.top - 2 || box.bottom > edges.bottom + 2) return true;
        const isWider = around.scrollWidth > around.clientWidth + 1;
        if (around === element && style.textOverflow === 'ellipsis' && isWider) return true;
      }
    }
    return box.left < -2 || box.right > innerWidth + 2;
  };

  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !isSeen(element)) continue;
    if (element.closest('canvas, script, style, noscript, [aria-hidden="true"]')) continue;
    // Signs drawn from a font of their own, and a link drawn only for who goes by the keyboard.
    if (element.closest('[data-testid="stIconMaterial"], [data-testid="stSkipToContent"]')) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size === 0) continue;
    // What is copied or typed is not read.
    if (element.closest('code')) continue;
    // A document is read by scrolling, as on paper by turning the page.
    if (element.closest('.st-key-paper')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width < 2 || rect.height < 2) continue;
      const box = inked(rect, size);
      const text = node.textContent.trim();
      const isFigure = element.closest('svg') !== null;
      lines.push({text, size, isFigure, place: name(element), isCut: isCut(element, box), ...box});
    }
  }
  const panels = [...main.querySelectorAll('[data-testid="stVerticalBlock"]')]
    .filter(block => parseFloat(getComputedStyle(block).borderTopWidth) > 0);
  const isPaper = panel => panel.querySelector('.st-key-paper') !== null;
  const isFilled = panel => panel.innerText.trim() !== ''
    || panel.querySelector('canvas, .js-plotly-plot, img') !== null;
  const said = panel => panel.innerText.trim().slice(0, 20).replaceAll('\n', ' ');
  return {
    lines,
    emptyPanels: panels.filter(panel => !isFilled(panel)).map(panel => panel.className),
    scrollingPanels: panels
      .filter(panel => panel.scrollHeight > panel.clientHeight + 1 && !isPaper(panel)).map(said),
    extraHeight: main.scrollHeight - main.clientHeight,
    said: document.body.innerText,
    extraWidth: main.scrollWidth - main.clientWidth,
  };
}
