// Every text drawn on the wall: its size in px, and its contrast (WCAG) to what lies behind it.
() => {
  const rgb = color => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = rgb(getComputedStyle(document.querySelector('[data-testid="stApp"]')).backgroundColor);
  const shapes = [...document.querySelectorAll('.shapelayer path')].map(path => ({
    box: path.getBoundingClientRect(), fill: rgb(path.style.fill), opacity: Number(path.style.fillOpacity),
  })).filter(shape => shape.opacity > 0.9);
  const behind = (x, y) => shapes.filter(({box}) =>
    box.left <= x && x <= box.right && box.top <= y && y <= box.bottom).at(-1)?.fill ?? ground;

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement, text = node.textContent.trim();
    if (!text || element.closest('script, style, noscript, [aria-hidden="true"]')) continue;
    if (element.closest('[data-testid="stIconMaterial"], [data-testid="stSkipToContent"]')) continue;
    if (!element.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    const style = getComputedStyle(element);
    const color = rgb(element.closest('svg') ? style.fill : style.color);
    const isInside = box.left >= -1 && box.top >= -1 && box.right <= innerWidth + 1
      && box.bottom <= innerHeight + 1;
    texts.push({text, size: parseFloat(style.fontSize), isInside,
      contrast: contrast(color, behind(box.left + box.width / 2, box.top + box.height / 2))});
  }
  const main = document.querySelector('[data-testid="stMain"]');
  const scroller = document.scrollingElement;
  return {texts, extraHeight: Math.max(main.scrollHeight - innerHeight, scroller.scrollHeight - innerHeight),
    extraWidth: Math.max(main.scrollWidth - innerWidth, scroller.scrollWidth - innerWidth)};
}
