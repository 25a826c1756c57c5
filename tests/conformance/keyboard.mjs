// Goes through pages by the Tab key alone: the first stop leads past the navigation, every
// stop can be seen and is marked, the order is that of the text, and the way has an end.
// usage: node keyboard.mjs PAGE... (in the folder that holds node_modules)
import { chromium } from 'playwright-core';
import path from 'path';
import { pathToFileURL } from 'url';

const wrong = [];
let stops = 0;
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
});
for (const width of [1280, 390]) {
  const page = await browser.newPage({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
  for (const file of process.argv.slice(2)) {
    await page.goto(pathToFileURL(path.resolve(file)).href);
    const most = 20 + await page.evaluate(() => document.querySelectorAll('a, button, input, select, label, summary, [tabindex]').length);
    const fail = what => wrong.push(`${file} at ${width}: ${what}`);
    // A field that has the focus from the start is left first.
    await page.evaluate(() => document.activeElement.blur());
    await page.evaluate(() => { window.last = null; });
    let ended = false;
    for (let stop = 0; stop < most; stop += 1) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const one = document.activeElement;
        if (!one || one === document.body) return null;
        const box = one.getBoundingClientRect();
        const style = getComputedStyle(one);
        const marked = parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== 'none';
        window.first ??= one;
        const before = window.last;
        // Some go on from the end to the beginning, without leaving the page.
        if (before && one === window.first) return null;
        const ordered = !before || Boolean(before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
        window.last = one;
        return {
          name: `${one.localName} ${(one.getAttribute('aria-label') ?? one.textContent).trim().slice(0, 20)}`,
          href: one.getAttribute('href') ?? '',
          seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
          marked, ordered,
        };
      });
      if (!at) { ended = true; break; }
      stops += 1;
      if (stop === 0 && !at.href.startsWith('#')) fail(`the first stop is ${at.name}`);
      if (!at.seen) fail(`${at.name} cannot be seen`);
      if (!at.marked) fail(`${at.name} is not marked`);
      if (!at.ordered) fail(`${at.name} is out of order`);
    }
    if (!ended) fail('the way has no end');
  }
  await page.close();
}
await browser.close();
if (wrong.length > 0) {
  console.log([...new Set(wrong)].slice(0, 40).join('\n'));
  process.exit(1);
}
console.log(`keyboard: ${stops} stops on ${process.argv.length - 2} pages and 2 screens`);
