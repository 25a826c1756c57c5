// A page beside its printed pages.
import { Overlay, address, element, fetchState, listen, oneAtATime } from './common.js';

const by = id => document.getElementById(id);
const frame = by('page');
const paper = by('paper');
const overlay = new Overlay();
const prefix = '/.annals/view';
let path = location.pathname.slice(prefix.length);
let round = 0;

function setMode(mode) {
  document.body.dataset.mode = mode;
  localStorage.setItem('annals-mode', mode);
  for (const button of by('modes').children) {
    button.setAttribute('aria-pressed', String(button.dataset.mode === mode));
  }
}

// Draws the printed pages. One that looks as before stays as it is; the others are drawn
// when they come into sight, and stand in their size until then.
function showSheets(edition, sheets, words) {
  sheets.forEach((sheet, at) => {
    const name = `${words.sheet} ${at + 1}`;
    let image = paper.children[at];
    if (!image) {
      image = element('img');
      image.loading = 'lazy';
      paper.append(image);
    }
    image.alt = name;
    image.width = Math.round(sheet.width / 0.75);
    image.height = Math.round(sheet.height / 0.75);
    const source = `/.annals/sheet${address(edition.path)}/${at + 1}.svg?${sheet.hash}`;
    if (image.getAttribute('src') !== source) image.setAttribute('src', source);
  });
  while (paper.children.length > sheets.length) paper.lastElementChild.remove();
}

function show(state) {
  const { words, edition, tally } = state;
  document.documentElement.lang = state.language;
  by('back').textContent = words.back;
  by('title').textContent = edition ? edition.title : path.slice(1);
  document.title = `${by('title').textContent} · ${words.preview}`;
  by('held').hidden = !(edition && edition.held);
  if (edition && edition.held) by('held').textContent = words[edition.held];
  by('modes').setAttribute('aria-label', words.view);
  for (const button of by('modes').children) button.textContent = words[button.dataset.mode];
  const paired = Boolean(edition && edition.pdf && edition.html);
  by('modes').hidden = !paired;
  if (edition && !paired) document.body.dataset.mode = edition.pdf ? 'paper' : 'page';
  by('pdf').hidden = !(edition && edition.pdf);
  if (edition) by('pdf').href = address(edition.path + '.pdf');
  by('pdf').textContent = words.pdf;
  by('pdf').target = '_blank';
  frame.title = words.page;
  paper.setAttribute('aria-label', words.paper);
  count(tally, words, state.findings);
  if (edition) showSheets(edition, state.sheets, words);
  document.body.toggleAttribute('data-stale', state.stale || state.press.length > 0);
}

function count(tally, words, own) {
  const others = own.filter(found => found.severity !== 'error').length;
  const parts = [];
  if (others > 0) parts.push(`${words.warnings} ${others}`);
  if (tally.done < tally.of) parts.push(`${words.checking} ${tally.done}/${tally.of}`);
  by('tally').textContent = parts.join(' · ');
}

const turn = oneAtATime(async () => {
  // The page first: it is there sooner than the printed pages.
  const quick = await fetchState(path, false);
  tell(quick);
  const state = document.body.dataset.mode === 'page' ? quick : await fetchState(path, true);
  show(state);
  overlay.show(state);
});

let last = null;
function tell(state) {
  last = state;
  frame.contentWindow?.dispatchEvent(new CustomEvent('annals:state', { detail: state }));
}

addEventListener('annals:ready', () => {
  const now = frame.contentWindow.location.pathname;
  if (now !== path) {
    // A link of the page was followed.
    path = now;
    history.replaceState(null, '', prefix + path);
    paper.replaceChildren();
    paper.scrollTop = 0;
    turn();
  } else if (last) {
    tell(last);
  }
});

by('modes').addEventListener('click', event => {
  const mode = event.target.dataset?.mode;
  if (!mode) return;
  setMode(mode);
  turn();
});

setMode(localStorage.getItem('annals-mode') ?? 'both');
frame.src = path;
listen(event => {
  if (event.round !== round) turn();
  round = event.round;
}, lost => overlay.miss(lost, last && last.words));
turn();
