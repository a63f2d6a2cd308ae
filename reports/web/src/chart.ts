// A chart in its card: drawn when it comes into sight, again when the look or the width changes;
// saved as PNG or SVG; with the same data as a table for those who cannot see or point.
import {append, download, downloadText, fileName, freshId, h} from './dom';
import {init, type Chart, type Option} from './echarts';
import {look, onLook, type Look} from './look';
import {dataTable, type TableSpec} from './table';

export interface View {
  look: Look;
  width: number;
  narrow: boolean;  // a phone
}

export interface ChartSpec {
  title: string;
  note?: string | (() => string);
  label: string;  // what a screen reader says of the picture
  height: number | ((view: View) => number);
  option: (view: View) => Option;
  forSvg?: (option: Option) => Option;  // fewer marks in a file that people open and edit
  controls?: Node[];
  table?: () => TableSpec;
  clicked?: (event: {dataIndex: number; seriesId?: string; data: unknown}) => void;
  wide?: boolean;
}

export interface ChartCard {
  element: HTMLElement;
  redraw: () => void;
  chart: () => Chart | null;
}

interface Entry {
  draw: () => void;
  element: HTMLElement;
  wanted: boolean;
  dispose: () => void;
}

const entries = new Map<Element, Entry>();
const kNarrow = 560;

const sight = new IntersectionObserver((seen) => {
  for (const {target, isIntersecting} of seen) {
    const entry = entries.get(target);
    if (!entry || !isIntersecting || entry.wanted) continue;
    entry.wanted = true;
    entry.draw();
  }
}, {rootMargin: '300px'});

let pending = 0;
const sizes = new ResizeObserver((changed) => {
  cancelAnimationFrame(pending);
  const targets = changed.map((c) => c.target);
  pending = requestAnimationFrame(() => targets.forEach((t) => {
    const entry = entries.get(t);
    if (entry?.wanted) entry.draw();
  }));
});

onLook(() => entries.forEach((entry) => entry.wanted && entry.element.isConnected && entry.draw()));
// Everything is on paper, seen before or not.
window.addEventListener('beforeprint', () => entries.forEach((entry) => {
  entry.wanted = true;
  if (entry.element.isConnected) entry.draw();
}));

// What every chart has in common.
function dressed(option: Option, {look: colours}: View, label: string): Option {
  return {
    backgroundColor: 'transparent',
    color: colours.palette,
    textStyle: {fontFamily: colours.font, color: colours.text, fontSize: 12},
    animation: false,
    aria: {enabled: true, label: {description: label}},
    ...option,
    tooltip: option.tooltip === undefined ? undefined : {
      confine: true, backgroundColor: colours.card, borderColor: colours.line, borderWidth: 1,
      textStyle: {color: colours.text, fontSize: 12, fontFamily: colours.font},
      extraCssText: 'max-width:min(360px,80vw);white-space:normal;',
      ...(option.tooltip as object),
    },
  };
}

export function chartCard(spec: ChartSpec): ChartCard {
  const id = freshId('chart');
  const canvas = h('div', {class: 'chart', role: 'img', 'aria-label': spec.label});
  const noteText = () => typeof spec.note === 'function' ? spec.note() : spec.note ?? '';
  const note = h('p', {class: 'note'}, noteText());
  let chart: Chart | null = null;

  const view = (): View => {
    const width = canvas.clientWidth || 800;
    return {look: look(), width, narrow: width < kNarrow};
  };
  const heightIn = (v: View) => typeof spec.height === 'function' ? spec.height(v) : spec.height;
  const draw = () => {
    const v = view();
    canvas.style.height = `${heightIn(v)}px`;
    if (!chart) {
      chart = init(canvas, null, {renderer: 'canvas'});
      chart.on('click', (event: unknown) => spec.clicked?.(event as never));
    } else {
      chart.resize();
    }
    chart.setOption(dressed(spec.option(v), v, spec.label), {notMerge: true});
    canvas.dataset.drawn = 'true';
  };

  const savePng = () => {
    draw();
    download(`${fileName(spec.title)}.png`,
             chart!.getDataURL({type: 'png', pixelRatio: 2, backgroundColor: look().card}));
  };
  const saveSvg = () => downloadText(`${fileName(spec.title)}.svg`, 'image/svg+xml', svgOf(spec, view(), heightIn(view())));

  const element = h('section', {class: spec.wide ? 'card wide' : 'card', 'aria-labelledby': id},
    h('header', {class: 'card-head'},
      h('div', {}, h('h3', {id}, spec.title), note),
      h('div', {class: 'tools'},
        h('button', {type: 'button', onclick: saveSvg, 'aria-label': `Save ${spec.title} as SVG`}, 'SVG'),
        h('button', {type: 'button', onclick: savePng, 'aria-label': `Save ${spec.title} as PNG`}, 'PNG'))),
    spec.controls?.length ? h('div', {class: 'controls'}, ...spec.controls) : null,
    canvas);
  const table = spec.table ? tableBelow(spec.table) : null;
  if (table) append(element, [table.element]);

  const entry = {draw, element, wanted: false, dispose: () => chart?.dispose()};
  canvas.style.height = `${heightIn({look: look(), width: 800, narrow: innerWidth < kNarrow})}px`;
  entries.set(canvas, entry);
  sight.observe(canvas);
  sizes.observe(canvas);
  return {
    element,
    chart: () => chart,
    redraw: () => {
      note.textContent = noteText();
      table?.refresh();
      if (entry.wanted) draw();
    },
  };
}

// Cards that are gone for good: their charts hold memory.
export function dispose(root: Element): void {
  for (const [canvas, entry] of entries) {
    if (!root.contains(entry.element)) continue;
    sight.unobserve(canvas);
    sizes.unobserve(canvas);
    entry.dispose();
    entries.delete(canvas);
  }
}

function svgOf(spec: ChartSpec, view: View, height: number): string {
  const option = dressed(spec.option(view), view, spec.label);
  const chart = init(null as never, null, {renderer: 'svg', ssr: true, width: view.width, height});
  chart.setOption({...(spec.forSvg ? spec.forSvg(option) : option), backgroundColor: view.look.card});
  const text = chart.renderToSVGString();
  chart.dispose();
  return text;
}

// Built when it is opened first, again when the data changed.
function tableBelow(make: () => TableSpec) {
  const place = h('div');
  let open = false;
  const fill = () => place.replaceChildren(dataTable(make()));
  const element = h('details', {
    class: 'as-table',
    ontoggle: () => {
      open = (element as HTMLDetailsElement).open;
      if (open) fill();
    },
  }, h('summary', {}, 'As a table'), place);
  return {element, refresh: () => open && fill()};
}
