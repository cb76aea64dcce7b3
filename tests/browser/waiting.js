// Counts the server's runs by the messages that end them, and knows when a page is drawn.
(() => {
  let changedAt = 0;
  window.runCount = 0;
  // 6 is `script_finished` of Streamlit's ForwardMsg; 2 of its values, ended for another run.
  const endsRun = data => {
    const bytes = new Uint8Array(data);
    let at = 0;
    const number = () => {
      let value = 0, shift = 1;
      for (;;) {
        const byte = bytes[at++];
        value += (byte & 127) * shift;
        if (!(byte > 127)) return value;
        shift *= 128;
      }
    };
    while (at < bytes.length) {
      const tag = number();
      if (tag === 48) return number() !== 2;
      if (tag % 8 === 2) {
        // Reading the length moves on as well: only then is the content passed over.
        const length = number();
        at += length;
      } else if (tag % 8 === 0) number();
      else return false;
    }
    return false;
  };
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({data}) => { if (endsRun(data)) window.runCount += 1; });
    }
  };
  new MutationObserver(() => { changedAt = performance.now(); })
    .observe(document, {subtree: true, childList: true, attributes: true});
  const isDrawn = () =>
    document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'notRunning'
      && !document.querySelector('[data-testid="stSkeleton"],[data-stale="true"]')
      && performance.now() - changedAt > 60;
  // What was asked of a slow server is waited for, however little time it was given to begin.
  const isAtWork = () => document.querySelector(
    '[data-testid="stApp"]:not([data-test-script-state="notRunning"])');
  // Tells whether the server ran once more within so many ms, as soon as the page is drawn.
  window.ran = (before, ms) => new Promise(done => {
    const giveUpAt = performance.now() + ms;
    const ask = () => {
      if (window.runCount > before && isDrawn()) done(true);
      else if (performance.now() > giveUpAt + (isAtWork() ? 60000 : 0))
        done(window.runCount > before && ms < 60000);
      else setTimeout(ask, 20);
    };
    ask();
  });
})();
