// The preview in a browser: everything that an editor changes is seen without a reload, the
// place in the page is kept, errors are shown and go.
// usage: node preview.mjs ANNALS PRESS (in the folder that holds node_modules); PRESS is a
// copy of the sample press, which is changed
import { chromium } from 'playwright-core';
import { spawn } from 'child_process';
import fs from 'fs';
import path from 'path';

const [annals, press] = process.argv.slice(2);
const server = spawn(annals, ['-C', press, 'serve', '--port', '0'],
  { stdio: ['ignore', 'pipe', 'inherit'] });
const address = await new Promise((told, failed) => {
  server.stdout.once('data', bytes => told(bytes.toString().trim()));
  server.once('exit', status => failed(new Error(`serve ended with ${status}`)));
});
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
const page = await context.newPage();
const wrong = [];
page.on('pageerror', error => wrong.push(`script: ${error.message}`));
page.on('console', message => {
  const text = message.text();
  if (message.type() === 'error' && !text.includes('404')) wrong.push(`console: ${text}`);
});

const file = name => path.join(press, name);
const read = name => fs.readFileSync(file(name), 'utf8');
// As editors save: another file that takes the place of the old one.
function save(name, text) {
  fs.writeFileSync(file(name) + '.tmp', text);
  fs.renameSync(file(name) + '.tmp', file(name));
}
function edit(name, from, to) {
  const text = read(name);
  if (!text.includes(from)) throw new Error(`${name} does not hold ${from}`);
  save(name, text.replace(from, to));
}
function same(what, found, wanted) {
  if (found !== wanted) throw new Error(`${what}: ${found}, not ${wanted}`);
}

const narrative = 'content/shaanxi/2020/high-quality.md';
const figures = 'content/shaanxi/2020/figures.csv';
const output = '/shaanxi/2020/high-quality.html';
const frame = () => page.frames()
  .find(one => one !== page.mainFrame() && one.url().endsWith(output));
const inPage = (what, ...given) => frame().waitForFunction(what, ...given);
const holds = text => inPage(wanted => document.body.innerText.includes(wanted), text);
const place = () => frame().evaluate(() => {
  const heading = document.querySelector('#poverty');
  return Math.round(heading.getBoundingClientRect().top);
});
const panel = 'annals-preview .panel';

try {
  // The list of editions leads to a page beside its printed pages.
  await page.goto(address);
  await page.getByRole('link', { name: '陕西推动社会组织高质量发展' }).click();
  await page.waitForFunction(() => document.querySelectorAll('#paper img').length > 1);
  await page.waitForFunction(() => document.querySelector('#paper img').naturalWidth > 0);
  await holds('周密谋划布局');

  // The reader is somewhere in the text, and the page is marked to tell a reload.
  await frame().evaluate(() => document.querySelector('#poverty').scrollIntoView());
  await frame().evaluate(() => { window.marked = true; });
  await page.evaluate(() => { document.querySelector('#paper').scrollTop = 700; });
  const before = await place();
  const kept = async what => {
    const moved = Math.abs(await place() - before);
    // Less than a third of a line: the browser's own anchor is not the heading measured here.
    if (moved > 8) throw new Error(`${what}: the text moved by ${moved} pixels`);
    same(`${what}: loaded anew`, await frame().evaluate(() => window.marked), true);
    const paper = await page.evaluate(() => document.querySelector('#paper').scrollTop);
    same(`${what}: the printed pages moved`, paper, 700);
  };
  const sheets = () => page.evaluate(() =>
    [...document.querySelectorAll('#paper img')].map(image => image.getAttribute('src')));

  // A narrative: above what is read, where text that comes would push it away.
  const drawn = await sheets();
  edit(narrative, '社会组织是社会治理和公共服务的重要力量。',
    '新写的一句。\n\n又一段新写的话，把下文往后推。\n\n社会组织是社会治理和公共服务的重要力量。');
  await holds('又一段新写的话');
  await kept('narrative');
  await page.waitForFunction(old => [...document.querySelectorAll('#paper img')]
    .some((image, at) => image.getAttribute('src') !== old[at]), drawn);

  // A figure of the record.
  // The file is in GB 18030, whose bytes are left as they are.
  const table = fs.readFileSync(file(figures));
  const row = table.indexOf('secretaries,');
  const value = table.indexOf(',280,', row);
  table.write(',281,', value, 'latin1');
  fs.writeFileSync(file(figures), table);
  await holds('党组织书记281');
  await kept('figure');

  // A template.
  edit('templates/base.html', '</main>', '</main>\n<p class="new">模板里的新话</p>');
  await holds('模板里的新话');
  await kept('template');

  // A style sheet.
  const style = read('templates/style.css');
  save('templates/style.css', style + '\n.new { color: rgb(1, 2, 3); }\n');
  await inPage(() => getComputedStyle(document.querySelector('.new')).color === 'rgb(1, 2, 3)');
  await kept('style');

  // An error: place, line and hint over the last good page.
  const good = read(narrative);
  edit(narrative, '{{ f.secretaries }}', '{{ f.secretary }}');
  await page.locator(panel).waitFor({ state: 'visible' });
  const said = await page.locator(panel).innerText();
  for (const words of [`${narrative}:`, 'f.secretary', 'secretaries', 'unknown-figure']) {
    if (!said.includes(words)) throw new Error(`the error does not say ${words}: ${said}`);
  }
  await holds('又一段新写的话');
  await kept('error');
  save(narrative, good);
  await page.locator(panel).waitFor({ state: 'hidden' });
  await kept('mended');

  // A press that cannot be read at all.
  const project = read('annals.toml');
  save('annals.toml', project + '\nkaputt = "\n');
  await page.locator(panel).waitFor({ state: 'visible' });
  const broken = await page.locator(panel).innerText();
  if (!broken.includes('annals.toml:')) throw new Error(`without its place: ${broken}`);
  await holds('又一段新写的话');
  save('annals.toml', project);
  await page.locator(panel).waitFor({ state: 'hidden' });
  await kept('press');

  // Text of the press is text in the preview as well.
  const data = '<img src=x onerror="document.title=1">';
  edit(narrative, '又一段新写的话', `{{ f["${data.replaceAll('"', "'")}"] }}`);
  await page.locator(panel).waitFor({ state: 'visible' });
  same('markup in an error', await page.locator(`${panel} img`).count(), 0);
  save(narrative, good);
  await page.locator(panel).waitFor({ state: 'hidden' });

  // The list says what is wrong, where, and leads there.
  const list = await context.newPage();
  await list.goto(address);
  edit(narrative, '{{ f.secretaries }}', '{{ f.secretary }}');
  await list.locator('#findings .finding.error').first().waitFor();
  await list.locator('#editions li.failed').waitFor();
  save(narrative, good);
  await list.locator('#findings .none').waitFor();
  await list.close();

  // A page of the site itself, opened alone.
  const alone = await context.newPage();
  await alone.goto(new URL(output, address).href);
  await alone.evaluate(() => { window.marked = true; scrollTo(0, 1500); });
  edit(narrative, '又一段新写的话', '再改一次的话');
  await alone.waitForFunction(() => document.body.innerText.includes('再改一次的话'));
  same('alone: loaded anew', await alone.evaluate(() => window.marked), true);
  await alone.close();

  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  console.log('preview: narrative, figure, template, style, errors and lists follow in Chromium');
} catch (error) {
  await page.screenshot({ path: path.join(press, 'preview.png') });
  console.error(error);
  process.exitCode = 1;
} finally {
  await browser.close();
  server.kill('SIGINT');
}
