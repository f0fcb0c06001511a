// A table of things to show: a tick, a place among the ticked, and two bounds. Each change tells the whole table, so that none depends on another
// having arrived; an answer to an earlier state of it is passed over, and what is being typed is left alone.
const UP = '<svg viewBox="0 0 24 24"><path d="M12 19V5M6 11l6-6 6 6"/></svg>';
const DOWN = '<svg viewBox="0 0 24 24"><path d="M12 5v14M6 13l6 6 6-6"/></svg>';
const SCALES = { '万': 1e4, '亿': 1e8, k: 1e3, m: 1e6 };

function number(written) {
  const plain = written.normalize('NFKC').replace(/[,\s%¥$€]/g, '').toLowerCase();
  const found = plain.match(/^([-−]?\d*\.?\d+)([万亿km]?)$/);
  if (!found) return plain === '' ? null : undefined;
  const value = Number(found[1].replace('−', '-')) * (SCALES[found[2]] || 1);
  return Math.round(value * 1e6) / 1e6;
}

const told = (value) => (value === null ? '' : value.toLocaleString('en-US', { maximumFractionDigits: 6 }));

export default function ({ data: [data], parentElement, setStateValue }) {
  const box = parentElement.querySelector('.order');
  const own = (parentElement.saOrder ||= { sent: 0, lines: new Map(), rows: [] });
  own.data = data;
  own.tell = setStateValue;
  if (own.sent > data.seq && own.rows.length === data.rows.length) return;
  own.rows = data.rows.map((row) => ({ ...row }));
  if (!own.body || own.bounds !== data.bounds) {
    own.bounds = data.bounds;
    own.lines.clear();
    box.innerHTML = '<table><thead><tr></tr></thead><tbody></tbody></table>';
    own.body = box.querySelector('tbody');
    own.head = box.querySelector('thead tr');
  }
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', data.label);
  const names = ['tick', 'place', 'name', ...(data.bounds ? ['target', 'warning'] : [])];
  own.head.replaceChildren(...names.map((name) => {
    const cell = document.createElement('th');
    cell.className = name === 'target' || name === 'warning' ? `bound ${name}` : name;
    cell.scope = 'col';
    cell.textContent = data.words[name];
    return cell;
  }));

  const shown = () => own.rows.filter((row) => row.shown);
  const send = () => {
    own.sent = Math.max(Date.now(), own.sent + 1);
    const bounds = Object.fromEntries(own.rows.map((row) => [row.id, [row.target, row.warning]]));
    own.tell('table', { seq: own.sent, order: shown().map((row) => row.id), bounds: own.bounds ? bounds : {} });
  };
  const rearrange = (row, place) => {
    const others = shown().filter((each) => each !== row);
    if (row.shown) others.splice(Math.min(Math.max(place, 1), others.length + 1) - 1, 0, row);
    const rest = own.rows.filter((each) => !each.shown).sort((a, b) => a.rank - b.rank);
    own.rows = [...others, ...rest];
    draw();
    send();
  };
  const find = (id) => own.rows.find((row) => row.id === id);

  const made = (id) => {
    const line = document.createElement('tr');
    line.dataset.id = id;
    const cell = (name, ...inside) => {
      const at = document.createElement('td');
      at.className = name;
      at.append(...inside);
      line.append(at);
      return at;
    };
    const tick = Object.assign(document.createElement('input'), { type: 'checkbox' });
    tick.onchange = () => {
      const row = find(id);
      row.shown = tick.checked;
      rearrange(row, own.rows.length);
    };
    const field = (read) => {
      const input = Object.assign(document.createElement('input'), { type: 'text', inputMode: 'decimal', autocomplete: 'off' });
      input.oninput = () => { input.saTyped = true; input.classList.remove('refused'); };
      input.onfocus = () => input.select();
      input.onkeydown = (event) => {
        if (event.key === 'Enter') input.saCommit();
        if (event.key === 'Escape') { input.saTyped = false; draw(); }
      };
      input.onblur = () => input.saCommit();
      input.saCommit = () => {
        if (!input.saTyped) return;
        input.saTyped = false;
        const value = number(input.value);
        if (value === undefined) { input.classList.add('refused'); input.saTyped = true; return; }
        read(find(id), value);
      };
      return input;
    };
    const place = field((row, value) => {
      if (value === null) { draw(); return; }
      row.shown = true;
      rearrange(row, Math.round(value));
    });
    const steps = [[UP, -1], [DOWN, 1]].map(([sign, by]) => {
      const button = Object.assign(document.createElement('button'), { type: 'button', innerHTML: sign });
      button.onclick = () => rearrange(find(id), shown().indexOf(find(id)) + 1 + by);
      return button;
    });
    const holder = document.createElement('div');
    holder.append(place, ...steps);
    cell('tick', tick);
    cell('place', holder);
    const name = cell('name');
    const parts = { line, tick, place, steps, name, fields: {} };
    for (const bound of own.bounds ? ['target', 'warning'] : []) {
      parts.fields[bound] = field((row, value) => {
        row[bound] = value;
        draw();
        send();
      });
      cell(`bound ${bound}`, parts.fields[bound]);
    }
    return parts;
  };

  const put = (input, value) => {
    if (!input.saTyped && input.value !== value) input.value = value;
  };
  const draw = () => {
    const root = box.getRootNode();
    const active = root.activeElement;
    const [from, to] = active && active.type === 'text' ? [active.selectionStart, active.selectionEnd] : [];
    const words = own.data.words;
    const last = shown().length;
    own.rows.forEach((row, at) => {
      if (!own.lines.has(row.id)) own.lines.set(row.id, made(row.id));
      const { line, tick, place, steps, name, fields } = own.lines.get(row.id);
      line.className = row.shown ? 'shown' : '';
      tick.checked = row.shown;
      tick.setAttribute('aria-label', `${words.tick}: ${row.name}`);
      place.setAttribute('aria-label', `${words.place}: ${row.name}`);
      put(place, row.shown ? String(at + 1) : '');
      steps.forEach((button, down) => {
        const label = `${down ? words.down : words.up}: ${row.name}`;
        button.title = down ? words.down : words.up;
        button.setAttribute('aria-label', label);
        button.disabled = down ? at >= last - 1 : at === 0;
      });
      const note = document.createElement('small');
      note.textContent = row.note;
      note.className = row.warn ? 'warn' : '';
      name.replaceChildren(row.name, note);
      for (const bound of Object.keys(fields)) {
        fields[bound].parentElement.dataset.label = words[bound];
        fields[bound].setAttribute('aria-label', `${words[bound]}: ${row.name}`);
        put(fields[bound], told(row[bound]));
      }
      if (own.body.children[at] !== line) own.body.insertBefore(line, own.body.children[at] || null);
    });
    const ids = new Set(own.rows.map((row) => row.id));
    for (const [id, parts] of own.lines) {
      if (!ids.has(id)) { parts.line.remove(); own.lines.delete(id); }
    }
    // a line that was moved gives its focus away
    if (active && active !== root.activeElement && box.contains(active)) {
      active.saMoved = true;
      active.focus({ preventScroll: true });
      if (from !== undefined) active.setSelectionRange(from, to);
    }
  };
  draw();
}
