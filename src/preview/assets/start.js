// The list of editions, drafts and findings.
import { Overlay, address, element, fetchState, findingElement, listen, oneAtATime } from './common.js';

const by = id => document.getElementById(id);
const overlay = new Overlay();
let last = null;

function link(row) {
  const ending = row.html ? '.html' : '.pdf';
  const made = element('a', '', row.title || row.path);
  made.href = '/.annals/view' + address(row.path + ending);
  return made;
}

function editions(state) {
  const { words } = state;
  const asked = by('search').value.trim().toLowerCase();
  const groups = new Map();
  for (const row of state.editions) {
    if (asked && !`${row.title} ${row.path} ${row.kind}`.toLowerCase().includes(asked)) continue;
    if (!groups.has(row.series)) groups.set(row.series, []);
    groups.get(row.series).push(row);
  }
  const made = [...groups].map(([series, rows]) => {
    const list = element('ol');
    for (const row of rows) {
      const item = element('li', row.state, link(row));
      if (row.held) item.append(' ', element('span', 'tag', words[row.held]));
      if (row.errors > 0 || row.state === 'failed') {
        item.append(' ', element('span', 'tag error', `${words.errors} ${row.errors}`));
      }
      if (row.warnings > 0) {
        item.append(' ', element('span', 'tag warning', `${words.warnings} ${row.warnings}`));
      }
      const about = [row.kind, row.period, row.date].filter(Boolean).join(' · ');
      item.append(element('small', '', about));
      list.append(item);
    }
    return element('details', 'series', element('summary', '', `${series} · ${rows.length}`), list);
  });
  const folded = new Set([...by('editions').querySelectorAll('details:not([open])')]
    .map(group => group.dataset.series));
  made.forEach((group, at) => {
    group.dataset.series = [...groups.keys()][at];
    group.open = !folded.has(group.dataset.series);
  });
  if (made.length === 0) made.push(element('p', 'none', words.no_editions));
  by('editions').replaceChildren(...made);
}

function show(state) {
  last = state;
  const { words, tally } = state;
  document.documentElement.lang = state.language;
  by('title').textContent = state.title || 'annals';
  document.title = `${state.title || 'annals'} · ${words.preview}`;
  by('editions-title').textContent = words.editions;
  by('findings-title').textContent = words.findings;
  by('site').textContent = words.site;
  by('site').hidden = !state.site;
  by('search').placeholder = words.search;
  by('search').setAttribute('aria-label', words.search);
  const parts = [];
  if (tally.done < tally.of) parts.push(`${words.checking} ${tally.done}/${tally.of}`);
  if (tally.errors > 0) parts.push(`${words.errors} ${tally.errors}`);
  if (tally.warnings > 0) parts.push(`${words.warnings} ${tally.warnings}`);
  by('tally').textContent = parts.join(' · ') || words.no_findings;
  editions(state);
  const named = new Map(state.editions.map(row => [row.path, row]));
  const found = state.findings.map(one => {
    const box = findingElement(one, words);
    const row = named.get(one.edition);
    box.prepend(element('p', 'of', row ? link(row) : words.whole));
    return box;
  });
  if (found.length === 0) found.push(element('p', 'none', words.no_findings));
  if (state.more > 0) found.push(element('p', 'none', `${words.more} ${state.more}`));
  by('findings').replaceChildren(...found);
}

const turn = oneAtATime(async () => show(await fetchState('', false)));

by('search').addEventListener('input', () => { if (last) editions(last); });
listen(() => turn(), lost => overlay.miss(lost, last && last.words));
