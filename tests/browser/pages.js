// tests/browser/pages.js - what a page is like, asked from inside it once it has been loaded.
({
  // Every piece of text with too little contrast to the paper behind it (WCAG AA).
  contrasts() {
    const channels = (color) => color.match(/[\d.]+/g).map(Number);
    const linear = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    const paper = (element) => {
      for (; element; element = element.parentElement) {
        const color = channels(getComputedStyle(element).backgroundColor);
        if (color.length < 4 || color[3] > 0) return color;
      }
      return [255, 255, 255];
    };
    const bad = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
      const ink = light(channels(getComputedStyle(element).color));
      const under = light(paper(element));
      const ratio = (Math.max(ink, under) + 0.05) / (Math.min(ink, under) + 0.05);
      if (ratio < 4.5) bad.add(`${element.tagName}: ${ratio.toFixed(2)}`);
    }
    return [...bad];
  },

  // How many pixels there are to scroll sideways.
  overflow() {
    return document.documentElement.scrollWidth - document.documentElement.clientWidth;
  },

  structure() {
    const count = (selector) => document.querySelectorAll(selector).length;
    const levels = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map((h) => +h.tagName[1]);
    return {
      lang: document.documentElement.lang,
      title: document.title,
      h1: count("h1"),
      levels,
      main: count("main"),
      active: count("script:not([type='application/json']), iframe, object, embed, img, form, "
        + "link, base, svg, math, input, button, audio, video"),
      handlers: [...document.querySelectorAll("*")].filter((e) =>
        e.getAttributeNames().some((name) => name.startsWith("on"))).length,
      tables: [...document.querySelectorAll("table")].map((t) => ({
        caption: t.caption ? t.caption.innerText.trim() : "",
        unscoped: [...t.querySelectorAll("th")].filter((th) => !th.scope).length,
        columns: new Set([...t.rows].map((row) => row.cells.length)).size,
        heads: t.querySelectorAll("thead th").length,
      })),
      nameless: [...document.querySelectorAll("a, [role=region]")].filter((e) =>
        !(e.getAttribute("aria-label") || e.innerText).trim()).length,
      hrefs: [...document.querySelectorAll("a")].map((a) => a.href),
      figures: [...document.querySelectorAll("data")].map((d) => [d.value, d.dataset.fact]),
      times: [...document.querySelectorAll("time")].map((t) => t.dateTime),
      ledger: JSON.parse(document.getElementById("ledger").textContent).ledger.map((e) => e.id),
    };
  },

  // The article as a reader sees it, with addresses where the text format has them.
  text() {
    for (const link of document.querySelectorAll("a[href]"))
      link.append(` <${link.getAttribute("href")}>`);
    for (const above of document.querySelectorAll(".dateline")) above.remove();
    return document.querySelector("article").innerText;
  },
})
