// Walks through a site from its front page over every link, as a reader would: on a desk by
// day from the file system, and on a phone by night from a server with a strict policy. Every
// page of the folder is reached, every link and anchor leads somewhere, no request fails, the
// console stays silent, no page is wider than the screen, asks for anything outside its folder
// or has a script in it.
// usage: node walk.mjs FOLDER (in the folder that holds node_modules)
import { chromium } from 'playwright-core';
import fs from 'fs';
import path from 'path';
import { pathToFileURL } from 'url';

const root = fs.realpathSync(process.argv[2]);
const files = pathToFileURL(root).href + '/';
const server = 'http://annals.test/press/';
const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self' " +
  "'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'; form-action 'self'";
const types = { html: 'text/html', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml', png: 'image/png' };
const wrong = [];
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const screens = [[1280, 'light', files], [390, 'dark', server]];
const anchors = new Map();
const links = [];
const place = (base, url) => path.join(root, decodeURIComponent(url.split(/[?#]/)[0].slice(base.length)));
for (const [width, colorScheme, base] of screens) {
  const below = url => url.startsWith(base);
  const shown = url => path.relative(root, place(base, url));
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
  const page = await context.newPage();
  let here = '';
  page.on('console', said => wrong.push(`${here}: the console says ${said.text()}`));
  page.on('pageerror', error => wrong.push(`${here}: ${error}`));
  page.on('requestfailed', request => wrong.push(`${here}: ${request.url()} fails`));
  page.on('request', request => {
    if (!below(request.url()) && !request.url().startsWith('data:')) {
      wrong.push(`${here}: asks for ${request.url()}`);
    }
  });
  if (base === server) {
    await page.route('**/*', route => {
      const file = place(base, route.request().url());
      const contentType = types[path.extname(file).slice(1)] ?? 'application/octet-stream';
      if (!fs.existsSync(file)) return route.fulfill({ status: 404 });
      route.fulfill({ path: file, contentType, headers: { 'Content-Security-Policy': policy } });
    });
  }
  const queue = [`${base}index.html`];
  const seen = new Set(queue);
  while (queue.length > 0) {
    const url = queue.shift();
    here = shown(url);
    await page.goto(url);
    const found = await page.evaluate(() => ({
      ids: [...document.querySelectorAll('[id]')].map(one => one.id),
      hrefs: [...document.querySelectorAll('a[href], link[href]')].map(one => one.href),
      wider: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      scripts: [...document.querySelectorAll('script')]
        .filter(one => one.type !== 'application/ld+json' && !one.src).length,
      data: [...document.querySelectorAll('script[type="application/ld+json"]')]
        .map(one => one.textContent),
    }));
    // Pictures that wait to be looked at come as well.
    const pictures = await page.evaluate(() => Promise.all([...document.images].map(async one => {
      one.loading = 'eager';
      return one.decode().then(() => '', () => one.src);
    })));
    for (const src of pictures.filter(Boolean)) wrong.push(`${here}: ${src} is no picture`);
    if (found.wider > 0) wrong.push(`${here}: ${found.wider} px wider than ${width}`);
    if (found.scripts > 0) wrong.push(`${here}: has a script in it`);
    for (const text of found.data) {
      try { JSON.parse(text); } catch (error) { wrong.push(`${here}: ${error}`); }
    }
    anchors.set(here, new Set(found.ids));
    for (const href of found.hrefs) {
      if (!below(href)) continue;
      const [target, anchor] = href.split('#');
      links.push([here, shown(target), anchor]);
      if (target.endsWith('.html') && !seen.has(target)) {
        seen.add(target);
        if (fs.existsSync(place(base, target))) queue.push(target);
      }
    }
  }
  await context.close();
}
await browser.close();
for (const [from, file, anchor] of links) {
  if (!fs.existsSync(path.join(root, file))) {
    wrong.push(`${from}: links to ${file}, which is not there`);
  } else if (anchor && anchors.has(file) && !anchors.get(file).has(decodeURIComponent(anchor))) {
    wrong.push(`${from}: links to ${file}#${anchor}, which is not there`);
  }
}
const pages = fs.readdirSync(root, { recursive: true }).filter(one => one.endsWith('.html'));
for (const page of pages) {
  const moved = /http-equiv="refresh"/.test(fs.readFileSync(path.join(root, page), 'utf8'));
  if (!anchors.has(page) && !moved) wrong.push(`${page} is reached from nowhere`);
}
if (wrong.length > 0) {
  console.log([...new Set(wrong)].slice(0, 50).join('\n'));
  process.exit(1);
}
console.log(`walk: ${anchors.size} pages reached from the front page, ${links.length} links, ${screens.length} screens`);
