// What the pages of the preview share. All texts of the press are put in as text.

// Tells of each round and of progress while somebody looks; a browser has few connections
// for a site, so a page that is not seen holds none.
export function listen(onEvent, onLost) {
  let source = null;
  let lost = 0;
  const open = () => {
    if (source) return;
    source = new EventSource('/.annals/events');
    source.onmessage = message => {
      clearTimeout(lost);
      lost = 0;
      onLost(false);
      onEvent(JSON.parse(message.data));
    };
    source.onerror = () => {
      if (!lost) lost = setTimeout(() => onLost(true), 3000);
      if (source && source.readyState === EventSource.CLOSED) {
        source = null;
        setTimeout(() => { if (!document.hidden) open(); }, 1000);
      }
    };
  };
  const close = () => {
    if (source) source.close();
    source = null;
  };
  document.addEventListener('visibilitychange', () => document.hidden ? close() : open());
  addEventListener('pagehide', close);
  addEventListener('pageshow', open);
  if (!document.hidden) open();
}

// What the server knows of a path, with its printed pages where they are shown.
export async function fetchState(path, sheets) {
  const answer = await fetch('/.annals/state' + path + (sheets ? '?sheets' : ''));
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

// Does the work again for what comes while it is done, once.
export function oneAtATime(work) {
  let busy = false;
  let again = false;
  return async () => {
    if (busy) { again = true; return; }
    busy = true;
    try {
      do {
        again = false;
        await work();
      } while (again);
    } catch {
      // The server is gone; the stream of events says so.
    }
    busy = false;
  };
}

// An element with classes and children; texts become text.
export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

// A path as an address.
export const address = path => '/' + path.split('/').map(encodeURIComponent).join('/');

// A finding with its places, their lines and what to do.
export function findingElement(found, words) {
  const head = element('p', 'message',
    element('span', `severity ${found.severity}`,
      found.severity === 'error' ? words.errors : words.warnings),
    ' ', found.message, ' ', element('code', 'code', found.code));
  const box = element('section', `finding ${found.severity}`, head);
  found.places.forEach((place, at) => {
    box.append(element('p', 'place', place.origin));
    if (!place.line) {
      if (place.words) box.append(element('p', 'words', place.words));
      return;
    }
    const { number, before, marked, after } = place.line;
    const mark = marked ? element('mark', '', marked) : element('mark', 'point');
    const code = element('code', '', element('span', 'number', number), before, mark, after);
    const frame = element('pre', at > 0 || place.words ? 'frame further' : 'frame', code);
    if (place.words) frame.append(element('span', 'words', place.words));
    box.append(frame);
  });
  for (const hint of found.hints) {
    box.append(element('p', 'hint', element('span', 'help', words.help), ' ', hint));
  }
  return box;
}

// The errors over a page. They lie outside of the body, in a tree of their own, so that
// neither styles nor changes of the page reach them.
export class Overlay {
  constructor() {
    this.host = document.createElement('annals-preview');
    this.root = this.host.attachShadow({ mode: 'open' });
    const style = element('link');
    style.rel = 'stylesheet';
    style.href = '/.annals/asset/overlay.css';
    this.bar = element('div', 'bar');
    this.panel = element('div', 'panel');
    this.panel.setAttribute('role', 'alert');
    this.panel.hidden = true;
    this.root.append(style, this.panel, this.bar);
    document.documentElement.append(this.host);
    this.closed = '';
    addEventListener('keydown', key => {
      if (key.key === 'Escape' && !this.panel.hidden) this.close();
    });
  }

  close() {
    this.closed = this.shown;
    this.panel.hidden = true;
  }

  // Shows the errors of a state; what was closed stays closed until it changes.
  show(state) {
    const { words } = state;
    const errors = [...state.press, ...state.findings.filter(found => found.severity === 'error')];
    this.shown = JSON.stringify(errors);
    if (errors.length === 0) {
      this.panel.hidden = true;
      this.panel.replaceChildren();
      this.closed = '';
      return;
    }
    if (this.shown === this.closed) return;
    const close = element('button', 'close', words.close);
    close.addEventListener('click', () => this.close());
    const note = state.hash ? words.stale : words.missing;
    const head = element('header', '',
      element('strong', '', `${words.errors} ${errors.length}`),
      element('span', 'note', note), close);
    this.panel.lang = state.language;
    this.panel.replaceChildren(head, ...errors.map(found => findingElement(found, words)));
    this.panel.hidden = false;
  }

  // Links at the edge of the page.
  say(...links) {
    this.links = links;
    if (!this.lost) this.bar.replaceChildren(...links);
  }

  // Says that nobody answers any more, or that somebody does again.
  miss(lost, words) {
    if (lost === Boolean(this.lost)) return;
    this.lost = lost;
    const line = element('p', 'lost', words ? words.lost : 'annals serve');
    this.bar.replaceChildren(...(lost ? [line] : this.links ?? []));
  }
}
