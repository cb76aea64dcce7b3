// What of the payloads came alive on the page, and where which of them are read as text.
host => {
  const alive = window.pwned ? ['script ran'] : [];
  const said = [];
  const mark = /Q\d\dQ/;
  const made = new Set(['a', 'code', 'pre', 'del', 'em', 'i', 'b', 'sup', 'blockquote',
    'iframe', 'script', 'style', 'mark', 'math']);
  const kinds = [
    ['dialog', '[data-testid="stDialog"]'], ['popover', '[data-testid="stPopoverBody"]'],
    ['table', 'canvas'], ['figure', 'svg'], ['heading', 'h1,h2,h3,h4,h5,h6'],
    ['button', 'button'], ['choice', '[data-testid="stSelectbox"],[data-testid="stMultiSelect"]'],
    ['words', '[data-testid="stMarkdown"],[data-testid="stCaptionContainer"],[data-testid="stAlert"]'],
    ['html', '[data-testid="stHtml"]'], ['cells', 'table'],
  ];
  const kindOf = element => kinds.find(([, where]) => element.closest(where))?.[0] ?? 'other';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent;
    const element = walker.currentNode.parentElement;
    if (!mark.test(text)) continue;
    const name = element.tagName.toLowerCase();
    if (made.has(name) && !element.closest('[data-testid="stCode"]'))
      alive.push(`${name}: ${text.slice(0, 80)}`);
    // Headings of ours are bold; a payload's own stars would leave its mark alone.
    if (name === 'strong' && /^Q\d\dQ$/.test(text)) alive.push(`strong: ${text}`);
    said.push([kindOf(element), element.textContent]);
  }
  for (const field of document.querySelectorAll('input, textarea'))
    if (mark.test(field.value)) said.push(['field', field.value]);
  const acting = ['src', 'srcdoc', 'action', 'formaction', 'data', 'poster', 'onload', 'onerror',
    'onmouseover'].map(name => `[${name}]`).join() + ',[*|href],[style*="xss"]';
  for (const element of document.querySelectorAll(acting))
    for (const {name, value} of element.attributes) {
      if (value.startsWith('#') || !(value.includes(host) || /pwned|xss-invalid/.test(value))) continue;
      if (/^(src|href|xlink:href|srcdoc|action|formaction|data|poster|style|on.*)$/.test(name))
        alive.push(`${element.tagName} ${name}: ${value.slice(0, 80)}`);
    }
  const icons = '[aria-label="home icon"],img[alt="Streamlit logo"],.katex';
  for (const element of document.querySelectorAll(icons)) alive.push(`icon: ${element.className}`);
  return {alive, said};
}
