// In a page of the press: shows what changed without losing the place, and the errors.
import { Overlay, address, element, fetchState, listen, oneAtATime } from './common.js';

const here = location.pathname;
const framed = window.parent !== window;
let hash = null;

// Makes a live tree like another, and leaves alone what is alike: the place in the page,
// what is folded out and what is marked stay.
function morph(live, wanted) {
  if (live.isEqualNode(wanted)) return;
  if (live.nodeType !== wanted.nodeType || live.nodeName !== wanted.nodeName) {
    live.replaceWith(document.importNode(wanted, true));
    return;
  }
  if (live.nodeType !== Node.ELEMENT_NODE) {
    live.nodeValue = wanted.nodeValue;
    return;
  }
  for (const { name } of [...live.attributes]) {
    if (!wanted.hasAttribute(name)) live.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (live.getAttribute(name) !== value) live.setAttribute(name, value);
  }
  const before = [...live.childNodes];
  const after = [...wanted.childNodes];
  let start = 0;
  while (start < before.length && start < after.length
    && before[start].isEqualNode(after[start])) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start
    && before[before.length - 1 - end].isEqualNode(after[after.length - 1 - end])) end++;
  const old = before.slice(start, before.length - end);
  const fresh = after.slice(start, after.length - end);
  const following = before[before.length - end] ?? null;
  fresh.forEach((node, at) => {
    if (at < old.length) morph(old[at], node);
    else live.insertBefore(document.importNode(node, true), following);
  });
  old.slice(fresh.length).forEach(node => node.remove());
}

// Scripts of a page run when it is loaded: with them it is loaded anew. Data in the form of
// a script (JSON-LD) does not run.
const runs = script => ['', 'module', 'text/javascript'].includes(script.type);
const scripts = page => [...page.querySelectorAll('script')]
  .filter(script => runs(script) && script.src !== import.meta.url)
  .map(script => script.outerHTML).join('\n');

async function update() {
  const answer = await fetch(here);
  const wanted = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (scripts(document) || scripts(wanted)) {
    sessionStorage.setItem('annals ' + here, JSON.stringify([scrollX, scrollY]));
    location.reload();
    return;
  }
  const [x, y] = [scrollX, scrollY];
  for (const { name, value } of wanted.documentElement.attributes) {
    document.documentElement.setAttribute(name, value);
  }
  morph(document.head, wanted.head);
  morph(document.body, wanted.body);
  // Chrome holds on to what is read; other browsers to the number of pixels.
  if (!CSS.supports('overflow-anchor: auto')) scrollTo(x, y);
  window.dispatchEvent(new CustomEvent('annals:updated'));
}

// Follows a state; what comes in the meantime is followed once afterwards.
async function follow(state) {
  if (state.hash && hash && state.hash !== hash) await update();
  if (state.hash && !hash && document.querySelector('meta[name="annals-missing"]')) {
    location.reload();
  }
  hash = state.hash ?? hash;
}

const kept = sessionStorage.getItem('annals ' + here);
if (kept) {
  sessionStorage.removeItem('annals ' + here);
  const [x, y] = JSON.parse(kept);
  scrollTo(x, y);
}

if (framed) {
  window.addEventListener('annals:state', event => { follow(event.detail); });
  window.parent.dispatchEvent(new CustomEvent('annals:ready'));
} else {
  const overlay = new Overlay();
  let round = 0;
  let words = null;
  const turn = oneAtATime(async () => {
    const state = await fetchState(here, false);
    words = state.words;
    await follow(state);
    overlay.show(state);
    const links = element('nav');
    const list = element('a', '', state.words.back);
    list.href = '/';
    links.append(list);
    if (state.edition && state.edition.pdf) {
      const both = element('a', '', state.words.both);
      both.href = '/.annals/view' + address(state.edition.path + '.html');
      links.append(both);
    }
    overlay.say(links);
  });
  listen(event => {
    if (event.round !== round) turn();
    round = event.round;
  }, lost => overlay.miss(lost, words));
}
