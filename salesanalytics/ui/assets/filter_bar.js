// The filter bar: pills that open, drawn and kept by the browser. A choice shows at once and tells the whole view, so that none depends on another
// having arrived; an answer to an earlier view is passed over.
const MOST_CHIPS = 12;

function made(kind, className, words) {
  const element = document.createElement(kind);
  element.className = className;
  if (kind === 'button') element.type = 'button';
  if (words !== undefined) element.textContent = words;
  return element;
}

// [words, kind] pieces of a label
const pieces = (parts) => parts.map(([words, kind]) => made('span', kind, words));

function place(button, body) {
  const box = button.getBoundingClientRect();
  body.style.top = `${box.bottom + 4}px`;
  body.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - body.offsetWidth - 8))}px`;
  body.style.maxHeight = `${Math.max(160, window.innerHeight - box.bottom - 20)}px`;
}

export default function ({ data: [data], parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector('.sa-fb');
  const own = (parentElement.saBar ||= { sent: 0, pills: new Map(), choices: {} });
  own.tell = setStateValue;
  const send = () => {
    own.sent = Math.max(Date.now(), own.sent + 1);
    own.tell('view', { seq: own.sent, choices: own.choices, ...own.view });
  };
  const stop = listenToClicks(own, (id) => setTriggerValue('opened', id), send);
  if (own.sent > data.seq) return stop;
  own.view = structuredClone(data.view);
  own.choices = {};
  const { words } = data;

  const chosen = (name) => own.view.where[name] || [];
  const press = (pill) => {
    for (const { button, pressed } of pill.options.values()) {
      const now = String(pressed());
      if (button.getAttribute('aria-pressed') !== now) button.setAttribute('aria-pressed', now);
    }
    for (const clear of pill.clears) clear.element.hidden = !chosen(clear.name).length;
  };
  const choose = (pill, change) => { change(); press(pill); send(); };

  // One of several: the date, the date compared with, the period.
  const single = (pill, field, options) => {
    const list = made('div', 'sa-fb-list');
    list.append(...options.map(([id, name]) => {
      const button = made('button', 'sa-fb-line', name);
      pill.options.set(`${field} ${id}`, { button, pressed: () => own.view[field] === id });
      button.onclick = () => choose(pill, () => { own.view[field] = id; });
      return button;
    }));
    return [list];
  };
  const day = (pill, field, asked) => {
    const label = made('label', 'sa-fb-day', asked.label);
    const input = made('input', '');
    Object.assign(input, { type: 'date', min: asked.min, max: asked.max, value: asked.value });
    input.onchange = () => { if (input.value && input.validity.valid) choose(pill, () => asked.sets.forEach((name) => { own.view[name] = input.value; })); };
    label.append(input);
    return label;
  };
  // Any of several: a dimension's values; chips while they are few, else lines one can search.
  const many = (pill, name, options) => {
    const few = options.length <= MOST_CHIPS;
    const list = made('div', few ? 'sa-fb-chips' : 'sa-fb-list');
    const buttons = options.map(([id, words_]) => {
      const button = made('button', few ? 'sa-fb-chip' : 'sa-fb-line', words_);
      pill.options.set(`${name} ${id}`, { button, pressed: () => chosen(name).includes(id) });
      button.onclick = () => choose(pill, () => {
        const kept = chosen(name).filter((value) => value !== id);
        own.view.where[name] = kept.length < chosen(name).length ? kept : [...kept, id];
      });
      return button;
    });
    list.append(...buttons);
    const clear = made('button', 'sa-fb-clear', words.clear);
    clear.onclick = () => choose(pill, () => { own.view.where[name] = []; });
    pill.clears.push({ name, element: clear });
    if (few) return [list, clear];
    const search = made('input', 'sa-fb-search');
    Object.assign(search, { type: 'search', placeholder: words.search });
    search.setAttribute('aria-label', words.search);
    const nothing = made('div', 'sa-muted sa-small', words.nothing);
    nothing.hidden = true;
    search.oninput = () => {
      const sought = search.value.trim().toLocaleLowerCase();
      for (const button of buttons) button.hidden = !button.textContent.toLocaleLowerCase().includes(sought);
      nothing.hidden = buttons.some((button) => !button.hidden);
    };
    pill.sort = () => list.append(...buttons.filter((b) => b.getAttribute('aria-pressed') === 'true'),
      ...buttons.filter((b) => b.getAttribute('aria-pressed') !== 'true'));
    return [search, list, nothing, clear];
  };

  const fill = (pill, asked) => {
    pill.options.clear();
    pill.clears = [];
    const parts = asked.groups.flatMap((group) => {
      const title = group.title ? [made('div', 'sa-fb-title', group.title)] : [];
      const body = group.many ? many(pill, group.field, group.options) : single(pill, group.field, group.options);
      return [...title, ...body, ...(group.days || []).map((each) => day(pill, group.field, each))];
    });
    const note = asked.note ? [made('div', 'sa-fb-note', asked.note)] : [];
    pill.body.replaceChildren(...parts, ...note);
  };
  const drawn = (asked) => {
    let pill = own.pills.get(asked.id);
    if (!pill) {
      pill = { button: made('button', ''), body: made('div', 'sa-fb-body'), options: new Map(), clears: [] };
      pill.button.dataset.id = asked.id;
      pill.body.dataset.of = asked.id;
      pill.button.setAttribute('aria-haspopup', 'dialog');
      pill.body.popover = 'auto';
      pill.button.popoverTargetElement = pill.body;
      pill.body.addEventListener('toggle', (event) => {
        const open = event.newState === 'open';
        pill.button.setAttribute('aria-expanded', String(open));
        if (open) { if (pill.sort) pill.sort(); place(pill.button, pill.body); }
      });
      own.pills.set(asked.id, pill);
    }
    const said = JSON.stringify([asked.look, asked.label, asked.title]);
    if (pill.said !== said) {
      pill.said = said;
      pill.button.className = `sa-fb-pill ${asked.look}`;
      pill.button.replaceChildren(...pieces(asked.label));
      pill.body.setAttribute('role', 'dialog');
      pill.body.setAttribute('aria-label', asked.title);
    }
    const content = JSON.stringify([asked.groups, asked.note]);
    if (pill.content !== content) { pill.content = content; fill(pill, asked); }
    press(pill);
    return pill;
  };

  const pills = data.pills.map((asked) => [asked, drawn(asked)]);
  const shape = data.pills.map((asked) => asked.id).join();
  if (own.shape !== shape) {
    own.shape = shape;
    for (const id of own.pills.keys()) if (!data.pills.some((asked) => asked.id === id)) own.pills.delete(id);
    const bodies = (dates) => pills.filter(([asked]) => asked.date === dates).flatMap(([, pill]) => [pill.button, pill.body]);
    own.fresh = made('span', 'sa-fb-fresh');
    own.note = made('span', '');
    own.reset = made('button', 'sa-fb-reset', words.reset);
    own.drawer = made('button', 'sa-fb-pill sa-fb-drawer');
    own.copy = made('button', 'sa-copy');
    own.copy.append(made('span', ''));
    own.copy.firstChild.setAttribute('aria-live', 'polite');
    own.drawer.onclick = () => {
      own.drawer.setAttribute('aria-expanded', String(root.classList.toggle('opened')));
      own.name();
    };
    const filters = made('div', 'sa-fb-filters');
    filters.append(...bodies(false), own.reset, own.copy);
    root.replaceChildren(own.fresh, ...bodies(true), own.note, ...(filters.children.length > 2 ? [own.drawer, filters] : []));
  }
  const dot = made('span', `sa-dot ${data.dot.kind}`);
  dot.setAttribute('role', 'img');
  dot.setAttribute('aria-label', data.dot.words);
  dot.title = data.dot.words;
  own.fresh.replaceChildren(dot, ...(data.dot.age ? [made('span', 'sa-warn', data.dot.age)] : []));
  own.note.className = `sa-muted sa-asof-note ${data.note.kind}`;
  own.note.textContent = data.note.words;
  own.name = () => { own.drawer.textContent = root.classList.contains('opened') ? words.close : words.filters; };
  own.name();
  own.reset.hidden = !data.filtered;
  own.reset.onclick = () => { Object.assign(own.view, { where: {}, period: data.usual_period, from: '', to: '' }); send(); };
  own.copy.dataset.label = own.copy.firstChild.textContent = words.copy;
  own.copy.dataset.copied = words.copied;
  root.dataset.seq = data.seq;
  return stop;
}
