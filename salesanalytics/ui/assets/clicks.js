// Clicks on what pages draw as markup: numbers that open (a[data-open], a plotly chart's points), and switches ([data-choice]). A switch shows its
// choice at once; what was chosen is told until Python has answered for it, so that none of two quick choices is lost.

function listenToClicks(own, opened, choose) {
  Object.assign(own, { opened, choose });
  if (own.stop) return own.stop;
  const stops = [];
  const on = (kind, act) => {
    document.addEventListener(kind, act);
    stops.push(() => document.removeEventListener(kind, act));
  };
  const found = (event, which) => event.target.closest && event.target.closest(which);

  const told = (group, value, which) => {
    const param = group.dataset.choice;
    own.choices[param] = value === group.dataset.default ? '' : value;
    own.choose();
    keepFocus(`[data-choice="${CSS.escape(param)}"]${which}`);
  };
  // The markup is drawn anew with the answer: whoever came by keyboard stays where they were.
  const keepFocus = (which) => {
    if (own.watch) own.watch.disconnect();
    own.watch = new MutationObserver(() => {
      const drawn = document.activeElement === document.body && document.querySelector(which);
      if (drawn) drawn.focus({ preventScroll: true });
    });
    own.watch.observe(document.body, { subtree: true, childList: true });
    setTimeout((watch) => watch.disconnect(), 5000, own.watch);
  };
  on('click', (event) => {
    const link = found(event, 'a[data-open]');
    if (link) {
      event.preventDefault();
      own.opened(link.dataset.open);
    }
    const button = found(event, '[data-choice] > button');
    if (!button || button.getAttribute('aria-pressed') === 'true') return;
    for (const each of button.parentElement.children) each.setAttribute('aria-pressed', String(each === button));
    told(button.parentElement, button.value, ` > button[value="${CSS.escape(button.value)}"]`);
  });
  on('change', (event) => {
    const list = found(event, 'select[data-choice]');
    if (list) told(list, list.value, '');
  });
  // a chart is listened to from the first time the pointer is over it
  on('pointerover', (event) => {
    const plot = found(event, '.js-plotly-plot');
    if (!plot || plot.saOpens || !plot.on) return;
    plot.saOpens = true;
    plot.on('plotly_click', (click) => {
      const data = click.points[0] && click.points[0].customdata;
      if (Array.isArray(data) && data.length === 2) own.opened(data[1]);
    });
  });
  own.stop = () => {
    stops.forEach((stop) => stop());
    if (own.watch) own.watch.disconnect();
    own.stop = null;
  };
  return own.stop;
}
