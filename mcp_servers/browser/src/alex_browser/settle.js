// Runs before the page's own scripts. Counts what may still bring text (timers of the near future, requests, scripts
// and style sheets on their way), so that a reader waits as long as needed and no longer.
(() => {
  const HORIZON_MS = 3000; // a timer set for later is not waited for
  const CHAIN = 2; // a timer set by a timer set by a timer repeats itself: a clock, not content
  const LOOK_MS = 8; // time between two looks
  const STILL_MS = 25; // a document with scripts, unchanged for this long with nothing under way, is complete
  const THIN_STILL_MS = 600; // the same for one with hardly any text: what it waits for may be out of sight here
  const THIN_CHARS = 300;
  const native = { setTimeout: window.setTimeout, clearTimeout: window.clearTimeout,
    setInterval: window.setInterval, clearInterval: window.clearInterval };
  const NativePromise = Promise;
  const now = performance.now.bind(performance);
  const timers = new Set();
  let requests = 0;
  let depth = 0;
  let lastChange = now();
  const changed = () => { lastChange = now(); };
  const begin = () => { requests += 1; };
  const end = () => { requests -= 1; changed(); };
  const counted = (promise) => { begin(); promise.then(end, end); return promise; };

  const timer = (set) => function (callback, delay, ...rest) {
    if (typeof callback !== "function") return set.call(window, callback, delay, ...rest);
    const level = depth + 1;
    let id;
    const run = function (...values) {
      timers.delete(id);
      const outer = depth;
      depth = level;
      try { return callback.apply(this, values); } finally { depth = outer; }
    };
    id = set.call(window, run, delay, ...rest);
    if (level <= CHAIN && (Number(delay) || 0) <= HORIZON_MS) timers.add(id);
    return id;
  };
  window.setTimeout = timer(native.setTimeout);
  window.setInterval = timer(native.setInterval);
  window.clearTimeout = (id) => { timers.delete(id); native.clearTimeout.call(window, id); };
  window.clearInterval = (id) => { timers.delete(id); native.clearInterval.call(window, id); };

  const nativeFetch = window.fetch;
  if (nativeFetch) window.fetch = function (...values) { return counted(nativeFetch.apply(window, values)); };
  for (const name of ["text", "json", "arrayBuffer", "blob", "formData"]) {
    const read = Response.prototype[name];
    Response.prototype[name] = function () { return counted(read.call(this)); };
  }
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (...values) {
    begin();
    this.addEventListener("loadend", end, { once: true });
    try { return send.apply(this, values); } catch (error) { end(); throw error; }
  };

  // What is there when the document has been parsed counts as loading by itself; this is for what scripts add.
  const follow = (node) => {
    const loads = (node.tagName === "SCRIPT" && node.src)
      || (node.tagName === "LINK" && /\b(stylesheet|modulepreload)\b/i.test(node.rel) && node.href);
    if (!loads || document.readyState !== "complete") return;
    begin();
    let open = true;
    const done = () => { if (open) { open = false; end(); } };
    node.addEventListener("load", done, { once: true });
    node.addEventListener("error", done, { once: true });
    native.setTimeout.call(window, done, HORIZON_MS);
  };
  new MutationObserver((records) => {
    changed();
    for (const record of records) {
      for (const node of record.addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        follow(node);
        // Sound and film are not read, so they are not loaded either.
        const media = node instanceof HTMLMediaElement ? [node] : node.getElementsByTagName("*").length < 50
          ? node.querySelectorAll("video, audio") : [];
        for (const element of media) { element.preload = "none"; element.autoplay = false; }
      }
    }
  }).observe(document, { childList: true, characterData: true, subtree: true });

  const scripts = "script:not([type='application/ld+json'])";
  let measuredAt = -1; // the change after which the text was measured: measuring lays out the whole page
  let isThin = false;
  const isThinNow = () => {
    if (measuredAt !== lastChange) {
      measuredAt = lastChange;
      isThin = !document.body || document.body.innerText.length < THIN_CHARS;
    }
    return isThin;
  };
  const isQuiet = () => {
    if (document.readyState !== "complete" || timers.size > 0 || requests > 0) return false;
    const still = now() - lastChange;
    if (still >= THIN_STILL_MS || !document.querySelector(scripts)) return true;
    return still >= STILL_MS && !isThinNow();
  };
  // Resolves when the document is quiet, or `longestMs` after it has been parsed.
  const settled = (longestMs) => new NativePromise((resolve) => {
    let ends = Infinity;
    const look = () => {
      if (ends === Infinity && document.readyState !== "loading") ends = now() + longestMs;
      if (now() >= ends || isQuiet()) resolve(true);
      else native.setTimeout.call(window, look, LOOK_MS);
    };
    look();
  });
  Object.defineProperty(window, "__alexSettled", { value: settled });
  // A service worker would outlive its page and answer in the place of its site.
  if (window.ServiceWorkerContainer) ServiceWorkerContainer.prototype.register = () => new NativePromise(() => {});
  // WebRTC would be a way out that no proxy sees.
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel"]) delete window[name];
})();
