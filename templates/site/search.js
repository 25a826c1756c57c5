// The search page: asks the index beside it, and shows what it finds. The index is
// Pagefind's, in parts by year; it is loaded when the reader begins, and nothing leaves the
// reader's machine.
"use strict";
(() => {
  const form = document.querySelector("form.search");
  const field = form.elements.namedItem("q");
  const choices = [...form.querySelectorAll("select")];
  const list = document.getElementById("results");
  const status = document.getElementById("status");
  const more = document.getElementById("more");
  const STEP = 10;
  let engine = null; // what is being opened, or was
  let asked = 0;
  let found = [];
  let shown = 0;

  const say = (words) => { status.textContent = words; };

  const open = async () => {
    const options = { excerptLength: 40 };
    const folder = (part) => new URL(`${form.dataset.index}/${part}/`, document.baseURI).href;
    const [newest, ...others] = form.dataset.parts.split(" ").map(folder);
    const pagefind = await import(newest + "pagefind.js");
    await pagefind.options(options);
    await pagefind.init();
    await Promise.all(others.map((part) => pagefind.mergeIndex(part, options)));
    return pagefind;
  };

  // The excerpt is markup in which words are marked: only its text and the marks are kept.
  const marked = (markup) => {
    const source = document.createElement("template");
    source.innerHTML = markup;
    const out = document.createDocumentFragment();
    for (const node of source.content.childNodes) {
      if (node.nodeName === "MARK") {
        const mark = document.createElement("mark");
        mark.textContent = node.textContent;
        out.append(mark);
      } else {
        out.append(node.textContent);
      }
    }
    return out;
  };

  const element = (name, className, ...content) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  };

  const address = (path, anchor) => {
    const url = new URL(form.dataset.root + path, document.baseURI);
    url.hash = anchor || "";
    return url.href;
  };

  const row = (data) => {
    const link = element("a", "", data.meta.title || data.raw_url);
    const part = data.sub_results.find((one) => one.anchor);
    link.href = address(data.raw_url);
    const item = element("li", "", element("p", "title", link));
    item.append(element("p", "summary", marked(data.excerpt)));
    if (part && part.title !== data.meta.title) {
      const jump = element("a", "", part.title);
      jump.href = address(data.raw_url, part.anchor.id);
      item.append(element("p", "second", jump));
    }
    const facts = [data.meta.kind, data.meta.series, data.meta.period];
    item.append(element("p", "facts",
      ...facts.filter(Boolean).map((fact) => element("span", "", fact))));
    return item;
  };

  const showMore = async (turn) => {
    const next = found.slice(shown, shown + STEP);
    const rows = await Promise.all(next.map((one) => one.data()));
    if (turn !== asked) return;
    list.append(...rows.map(row));
    shown += next.length;
    more.hidden = shown >= found.length;
  };

  const look = async () => {
    const turn = ++asked;
    const words = field.value.trim();
    const filters = {};
    for (const choice of choices) {
      if (choice.value) filters[choice.name] = choice.value;
    }
    const query = new URLSearchParams();
    if (words) query.set("q", words);
    for (const [name, value] of Object.entries(filters)) query.set(name, value);
    history.replaceState(null, "", query.size ? "?" + query : location.pathname);
    if (!words && !Object.keys(filters).length) {
      list.replaceChildren();
      more.hidden = true;
      say("");
      return;
    }
    let answer;
    try {
      engine ??= open();
      answer = await (await engine).search(words || null, { filters });
    } catch {
      engine = null;
      say(form.dataset.server);
      return;
    }
    if (turn !== asked) return;
    found = answer.results;
    shown = 0;
    list.replaceChildren();
    say(found.length ? form.dataset.found.replace("{}", found.length) : form.dataset.none);
    await showMore(turn);
  };

  let timer = 0;
  const soon = () => { clearTimeout(timer); timer = setTimeout(look, 250); };
  form.addEventListener("submit", (event) => { event.preventDefault(); look(); });
  field.addEventListener("input", soon);
  for (const choice of choices) choice.addEventListener("change", look);
  more.querySelector("button").addEventListener("click", async () => {
    const first = list.children.length;
    await showMore(asked);
    list.children[first]?.querySelector("a").focus();
  });

  const query = new URLSearchParams(location.search);
  field.value = query.get("q") || "";
  for (const choice of choices) choice.value = query.get(choice.name) || "";
  if (location.protocol === "file:") say(form.dataset.server);
  else if (query.size) look();
  else field.focus();
})();
