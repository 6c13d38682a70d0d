// Runs before the page's own scripts. Counts what may still bring text, so that a reader waits as long as
// needed and no longer: timers the page set for the near future, and how long the document has been still.
(() => {
  const HORIZON_MS = 3000; // a timer set for later is not waited for
  const CHAIN = 2; // a timer set by a timer set by a timer repeats itself: a clock, not content
  const pending = new Set();
  let depth = 0;
  let lastChange = performance.now();
  const nativeSetTimeout = window.setTimeout;
  const nativeSetInterval = window.setInterval;
  const nativeClearTimeout = window.clearTimeout;
  const nativeClearInterval = window.clearInterval;

  const counted = (native) => function (callback, delay, ...rest) {
    if (typeof callback !== "function") return native.call(window, callback, delay, ...rest);
    const level = depth + 1;
    let id;
    const run = function (...values) {
      pending.delete(id);
      const outer = depth;
      depth = level;
      try { return callback.apply(this, values); } finally { depth = outer; }
    };
    id = native.call(window, run, delay, ...rest);
    if (level <= CHAIN && (Number(delay) || 0) <= HORIZON_MS) pending.add(id);
    return id;
  };
  window.setTimeout = counted(nativeSetTimeout);
  window.setInterval = counted(nativeSetInterval);
  window.clearTimeout = (id) => { pending.delete(id); nativeClearTimeout.call(window, id); };
  window.clearInterval = (id) => { pending.delete(id); nativeClearInterval.call(window, id); };

  new MutationObserver(() => { lastChange = performance.now(); })
    .observe(document, { childList: true, characterData: true, subtree: true });
  Object.defineProperty(window, "__alexSettle", {
    value: () => ({ timers: pending.size, stillMs: performance.now() - lastChange }),
  });
  // WebRTC would be a way out that no proxy sees.
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel"]) delete window[name];
})();
