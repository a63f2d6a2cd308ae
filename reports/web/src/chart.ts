// A chart in its card: drawn when it comes into sight, again when the look or the width changes;
// saved as PNG or SVG; with the same data as a table for those who cannot see or point.
import {append, download, downloadText, fileName, freshId, h} from './dom';
import {init, type Chart, type Option} from './echarts';
import {look, onLook, type Look} from './look';
import {fitStart, kLegendRow, legendRows} from './measure';
import {dataTable, type TableSpec} from './table';

export interface View {
  look: Look;
  width: number;    // of the drawing, in pixels
  height: number;   // of it but for further lines of the legend
  narrow: boolean;  // a phone
}

export interface ChartSpec {
  title: string;
  note?: string | (() => string);
  label: string;  // what a screen reader says of the picture
  height: number | ((view: Omit<View, 'height'>) => number);  // at least; a card beside a higher one fills its height
  option: (view: View) => Option;
  forSvg?: (option: Option) => Option;  // fewer marks in a file that people open and edit
  controls?: Node[];
  table: () => TableSpec;
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
  outgrown: () => boolean;  // its place has another size than its drawing
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

// Drawn again in the next frame, once for all that changed their size.
const sizes = new ResizeObserver((changed) => requestAnimationFrame(() => changed.forEach(({target}) => {
  const entry = entries.get(target);
  if (entry?.wanted && entry.outgrown()) entry.draw();
})));

onLook(() => entries.forEach((entry) => entry.wanted && entry.element.isConnected && entry.draw()));
// Everything is on paper, seen before or not.
window.addEventListener('beforeprint', () => entries.forEach((entry) => {
  entry.wanted = true;
  if (entry.element.isConnected) entry.draw();
}));

interface Legend {
  show?: boolean;
  top?: number;
  data?: string[];
}

const namesOf = (option: Option): string[] => (option.legend as Legend).data ??
    [...new Set((option.series as {name?: string}[]).flatMap((s) => s.name ?? []))];

// Height that the legend takes beyond its first line.
function legendExtra(option: Option, width: number): number {
  const legend = option.legend as Legend | undefined;
  if (!legend || legend.show === false) return 0;
  return (legendRows(namesOf(option), width) - 1) * kLegendRow;
}

// What every chart has in common. A legend of several lines moves the axes down.
function dressed(option: Option, view: View, label: string): Option {
  const {look: colours} = view;
  const extra = legendExtra(option, view.width);
  const grid = option.grid as {top: number} | undefined;
  return {
    backgroundColor: 'transparent',
    color: colours.palette,
    textStyle: {fontFamily: colours.font, color: colours.text, fontSize: 12},
    animation: false,
    aria: {enabled: true, label: {description: label}},
    ...option,
    grid: grid && {outerBoundsMode: 'none', ...grid, top: grid.top + extra},
    legend: option.legend && {...(option.legend as object), formatter: (name: string) => fitStart(name, view.width - 24)},
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

  const plainView = () => {
    const width = canvas.clientWidth || 800;
    return {look: look(), width, narrow: width < kNarrow};
  };
  const leastHeight = () => typeof spec.height === 'function' ? spec.height(plainView()) : spec.height;
  // The drawing is at least as high as it wants and at most twice that, as its card has room.
  const reserve = (height: number) => {
    canvas.style.minHeight = `${height}px`;
    canvas.style.maxHeight = `${2 * height}px`;
  };
  const laidOut = (): {view: View; option: Option} => {
    const least = leastHeight();
    reserve(least);
    const view: View = {...plainView(), height: canvas.clientHeight || least};
    const option = spec.option(view);
    const extra = legendExtra(option, view.width);
    if (extra === 0) return {view, option};
    reserve(least + extra);
    view.height = (canvas.clientHeight || least + extra) - extra;
    return {view, option: spec.option(view)};
  };
  let drawn = {width: 0, height: 0};
  const draw = () => {
    const {view, option} = laidOut();
    drawn = {width: canvas.clientWidth, height: canvas.clientHeight};
    if (!chart) {
      chart = init(canvas, null, {renderer: 'canvas'});
      chart.on('click', (event: unknown) => spec.clicked?.(event as never));
    } else {
      chart.resize();
    }
    chart.setOption(dressed(option, view, spec.label), {notMerge: true});
    canvas.dataset.drawn = 'true';
  };

  const savePng = () => {
    draw();
    download(`${fileName(spec.title)}.png`,
             chart!.getDataURL({type: 'png', pixelRatio: 2, backgroundColor: look().card}));
  };
  const saveSvg = () => downloadText(`${fileName(spec.title)}.svg`, 'image/svg+xml', svgOf(spec, laidOut()));

  const element = h('section', {class: spec.wide ? 'card wide' : 'card', 'aria-labelledby': id},
    h('header', {class: 'card-head'},
      h('h3', {id}, spec.title),
      h('div', {class: 'tools'},
        h('button', {type: 'button', onclick: saveSvg, 'aria-label': `Save ${spec.title} as SVG`}, 'SVG'),
        h('button', {type: 'button', onclick: savePng, 'aria-label': `Save ${spec.title} as PNG`}, 'PNG')),
      note),
    spec.controls?.length ? h('div', {class: 'controls'}, ...spec.controls) : null,
    canvas);
  const table = tableBelow(spec.table);
  append(element, [table.element]);

  const entry: Entry = {
    draw, element, wanted: false, dispose: () => chart?.dispose(),
    outgrown: () => canvas.clientWidth !== drawn.width || canvas.clientHeight !== drawn.height,
  };
  reserve(typeof spec.height === 'function' ? spec.height({look: look(), width: Math.min(800, innerWidth - 52), narrow: innerWidth < kNarrow}) : spec.height);
  entries.set(canvas, entry);
  sight.observe(canvas);
  sizes.observe(canvas);
  return {
    element,
    chart: () => chart,
    redraw: () => {
      note.textContent = noteText();
      table.refresh();
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

function svgOf(spec: ChartSpec, {view, option: plain}: {view: View; option: Option}): string {
  const option = dressed(plain, view, spec.label);
  const height = view.height + legendExtra(plain, view.width);
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
