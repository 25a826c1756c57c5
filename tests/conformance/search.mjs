// Serves a built output folder with the strict Content-Security-Policy of the manual, and
// searches it in Chromium: node search.mjs OUTPUT sample|thousand [PICTURES]. Titles, text and
// tables are found in Chinese without spaces; nothing is said on the console and no rule of the
// policy broken. `thousand` is the press of thousand.py.
import { chromium } from 'playwright-core';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join, normalize, extname, resolve } from 'node:path';
const root = resolve(process.argv[2]);
const press = {
  sample: {
    pages: ['index.html', 'baoji/2020/ten-events.html', 'baotou/2021/work-plan.html', 'site/archive.html', 'site/search.html'],
    cases: [
      [{ q: '十件大事' }, 'baoji/2020/ten-events.html', 'a title'],
      [{ q: '公祭烈士' }, 'baoji/2020/ten-events.html', 'a heading'],
      [{ q: '网络投票' }, 'baoji/2020/ten-events.html', 'a list'],
      [{ q: '执法监督' }, 'baotou/2021/work-plan.html', 'the text'],
      [{ q: '红社发布', year: '2022' }, 'suzhou/2022/red-release.html', 'a year'],
      [{ q: 'counsellors' }, 'baoji/2020/ten-events.en.html', 'English'],
    ],
    narrowed: { q: '社会组织', kind: '工作要点' },
    typed: '脱钩',
  },
  thousand: {
    pages: ['index.html', 's9/2015/b8.html', 'site/archive.html', 'site/search.html'],
    cases: [
      [{ q: '旸谷防汛救灾', year: '2015' }, 's9/2015/b8.html', 'a title'],
      [{ q: '一线人员都到场', year: '2019', series: '南山社会组织' }, 's1/2019/b1.html', 'the text'],
      [{ q: '编号201705工作专班', series: '清溪社会组织' }, 's7/2017/b5.html', 'a table'],
      [{ q: '双河登记社会组织' }, 'site/figures/s8/registered.html', 'a figure'],
    ],
    narrowed: { q: '志愿服务', series: '白石社会组织' },
    typed: '长岭换届选举',
  },
}[process.argv[3]];
const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png',
  '.pdf': 'application/pdf',
};
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
  + "img-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; "
  + "form-action 'self'; frame-ancestors 'none'";
const server = createServer(async (request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname));
  if (path === '/favicon.ico') return response.writeHead(204).end();
  try {
    const bytes = await readFile(join(root, path.endsWith('/') ? path + 'index.html' : path));
    const type = types[extname(path)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-security-policy': policy });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}).listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));
const base = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({ executablePath: process.env.CHROME ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
let wrong = 0;
const fail = (what) => { wrong += 1; console.log('WRONG', what); };

const page = await browser.newPage();
page.on('console', (message) => fail(`console: ${message.text()}`));
page.on('pageerror', (error) => fail(`error: ${error}`));
// A picture that is loaded late is given up where the page is left before.
page.on('requestfailed', (request) => {
  if (request.failure().errorText !== 'net::ERR_ABORTED') fail(`request: ${request.url()}`);
});
page.on('response', (answer) => { if (answer.status() >= 400) fail(`${answer.status()} ${answer.url()}`); });

// The policy on pages of every sort.
for (const path of press.pages) {
  await page.goto(base + path);
}

const search = async (query) => {
  await page.goto(`${base}site/search.html?${new URLSearchParams(query)}`);
  await page.waitForFunction(() => {
    const said = document.getElementById('status').textContent;
    const none = said === document.querySelector('form.search').dataset.none;
    return none || (said !== '' && document.querySelector('#results > li'));
  });
  return page.$$eval('#results > li', (rows) => rows.map((row) => ({
    href: row.querySelector('a').href, text: row.textContent,
  })));
};
for (const [query, expected, what] of press.cases) {
  const rows = await search(query);
  if (!rows.some((row) => row.href.startsWith(base + expected))) {
    fail(`${what}: ${JSON.stringify(query)} finds ${rows.map((row) => row.href)}`);
  }
  if (query.q && rows.length && !(await page.$('#results mark'))) fail(`${what}: nothing is marked`);
}
if ((await search({ q: 'zzqxwv' })).length) fail('nothing is found where nothing is');
const narrowed = await search(press.narrowed);
const [kept] = Object.values(press.narrowed).slice(1);
if (!narrowed.length || narrowed.some((row) => !row.text.includes(kept))) fail(`narrowed to ${kept}`);

// By keyboard alone.
await page.goto(base + 'site/search.html');
await page.keyboard.type(press.typed);
await page.keyboard.press('Enter');
await page.waitForSelector('#results a');
for (const [width, scheme, out] of [[1100, 'light', 'desk'], [390, 'dark', 'phone']]) {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme: scheme });
  if (process.argv[4]) await page.screenshot({ path: `${process.argv[4]}-${out}.png` });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  if (wide) fail(`the page is wider than ${width}`);
}
// Without script the page says what to do.
const plain = await browser.newContext({ javaScriptEnabled: false });
const quiet = await plain.newPage();
await quiet.goto(base + 'site/search.html');
if (!(await quiet.textContent('noscript, .none')).includes('脚本')) fail('no script');
await browser.close();
server.close();
console.log(wrong ? `${wrong} wrong` : `search: ${press.cases.length + 2} queries hold under the policy`);
process.exit(wrong ? 1 : 0);
