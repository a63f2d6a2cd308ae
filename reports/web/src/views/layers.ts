// Layers one by one and in groups: where time, energy and bytes go.
import {chartCard, type ChartCard, type View} from '../chart';
import {segmented, select} from '../dom';
import type {Option} from '../echarts';
import {axis, bytes, joules, macs, percent, plural, range, seconds} from '../format';
import {boundColour, type Look} from '../look';
import {fitEnd, textWidth} from '../measure';
import {grouped, knowsEnergy, total, type Layer, type Prediction, type Quantity} from '../prediction';
import {panel} from '../page';
import {dataTable} from '../table';
import {across, categoryAxis, fromZero, legend, nameRoom, upward, valueAxis, zoom} from './axes';
import {reason} from './roofline';
import {tip} from './tooltip';

export function quantities(p: Prediction): Quantity[] {
  const last = p.levels[p.levels.length - 1];
  return [
    {id: 'latency', label: 'Latency', of: (l) => l.latency_s, text: seconds},
    ...(knowsEnergy(p) ? [{id: 'energy', label: 'Energy', of: (l: Layer) => l.energy_j, text: joules}] : []),
    ...(last ? [{
      id: 'bytes', label: `${last} traffic`, text: bytes, base: 2,
      of: (l: Layer) => l.traffic.find((t) => t.level === last)?.bytes ?? 0,
    }] : []),
    {id: 'macs', label: 'MACs', of: (l) => l.macs, text: macs},
  ];
}

const kKeys: {id: string; label: string; of: (l: Layer) => string}[] = [
  {id: 'bound', label: 'bound', of: (l) => l.bound},
  {id: 'op', label: 'operators', of: (l) => l.op},
  {id: 'kernel', label: 'kernel', of: (l) => l.algorithm},
];

// Colours of groups: bounds have their own; of others the seven largest are told apart.
function colourOf(p: Prediction, key: string, names: string[], colours: Look): (name: string) => string {
  if (key === 'bound') return (name) => boundColour(name, p.levels, colours);
  return (name) => {
    const at = names.indexOf(name);
    return at < 7 ? colours.palette[at]! : colours.palette[7]!;
  };
}

function layerTip(p: Prediction, layer: Layer): string {
  return tip(layer.name, [
    ['operators', layer.op],
    ['kernel', `${layer.algorithm}, ${layer.precision}`],
    layer.repeat > 1 && ['runs', String(layer.repeat)],
    ['latency', `${seconds(layer.latency_s)} (${percent(layer.latency_s / p.latency_s)})`],
    ['80 % between', range(...layer.latency_80_s, seconds)],
    ['energy', joules(layer.energy_j) + (knowsEnergy(p) ? ` (${percent(layer.energy_j / p.energy_j)})` : '')],
    layer.macs > 0 && ['MACs', macs(layer.macs)],
  ], reason(layer));
}

interface BarsState {
  quantity: Quantity;
  key: (typeof kKeys)[number];
  order: string;
}

function ordered(p: Prediction, state: BarsState): Layer[] {
  return state.order === 'execution' ? p.layers
      : [...p.layers].sort((a, b) => state.quantity.of(b) - state.quantity.of(a));
}

const kName = 100;  // pixels of a slanted name
const kStrip = 34;  // the strip that chooses which bars are seen

// Names below the bars where there is room, else their numbers.
function layerAxis(layers: Layer[], p: Prediction, {look: colours, narrow}: View) {
  const at = new Map(p.layers.map((layer, i) => [layer, i]));
  return {
    type: 'category', data: layers.map((layer) => narrow ? String(at.get(layer)) : layer.name),
    name: narrow ? 'number of the layer' : '', nameLocation: 'middle', nameGap: 24, nameTextStyle: {color: colours.muted},
    axisTick: {show: false}, axisLine: {lineStyle: {color: colours.line}}, splitLine: {show: false},
    axisLabel: {
      color: colours.muted, fontSize: 11, hideOverlap: true, rotate: narrow ? 0 : 52, interval: 'auto',
      formatter: (name: string) => fitEnd(name, kName, 11),
    },
  };
}

function bars(p: Prediction, state: BarsState, view: View): Option {
  const {look: colours, narrow} = view;
  const {quantity, key} = state;
  const layers = ordered(p, state);
  const groups = grouped(p.layers, key.of, quantity.of).map((g) => g.name);
  const colour = colourOf(p, key.id, groups, colours);
  const shown = Math.min(layers.length, Math.max(12, Math.floor(view.width / 16)));
  const series = groups.map((group) => ({
    type: 'bar', name: group, stack: 'all', barCategoryGap: '12%', itemStyle: {color: colour(group)},
    data: layers.map((layer) => key.of(layer) === group ? quantity.of(layer) : '-'),
  }));
  const whiskers = state.quantity.id === 'latency' ? [{
    type: 'custom', name: '80 % interval', z: 5, silent: true, tooltip: {show: false},
    itemStyle: {color: colours.text},
    data: layers.map((layer, i) => [i, ...layer.latency_80_s]),
    encode: {x: 0, y: [1, 2]},
    renderItem: (_: unknown, api: any) => whisker(api, colours),
  }] : [];
  const strip = layers.length > shown ? kStrip : 0;
  const names = Math.min(kName, Math.max(...layers.map((l) => textWidth(l.name, 11))));
  const bottom = (narrow ? 40 : Math.ceil(0.79 * names + 0.62 * 11) + 14) + strip;
  const highest = layers.map((l) => Math.max(quantity.of(l), whiskers.length ? l.latency_80_s[1] : 0));
  return {
    tooltip: {trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {color: colours.text, opacity: 0.06}},
              formatter: (items: {dataIndex: number}[]) => layerTip(p, layers[items[0]!.dataIndex]!)},
    legend: legend(colours),
    grid: {left: 62, right: 12, top: 40, bottom},
    xAxis: layerAxis(layers, p, view),
    yAxis: valueAxis(colours, {text: axis(quantity.text), base: quantity.base, ...upward(view.height - 40 - bottom, ...fromZero(highest))}),
    dataZoom: layers.length > shown
        ? [{...zoom(colours, 4), startValue: 0, endValue: shown - 1},
           {type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: 'shift', startValue: 0, endValue: shown - 1}]
        : [],
    series: [...series, ...whiskers],
  };
}

// A thin line from one end of an interval to the other, with caps.
function whisker(api: any, colours: Look) {
  const [x, low] = api.coord([api.value(0), api.value(1)]);
  const [, high] = api.coord([api.value(0), api.value(2)]);
  const cap = Math.min(4, api.size([1, 0])[0] / 4);
  const style = {stroke: colours.text, lineWidth: 1, opacity: 0.55, fill: undefined};
  const line = (x1: number, y1: number, x2: number, y2: number) =>
      ({type: 'line', shape: {x1, y1, x2, y2}, style});
  return {type: 'group', children: [
    line(x, low, x, high), line(x - cap, low, x + cap, low), line(x - cap, high, x + cap, high)]};
}

export function layerBars(p: Prediction): ChartCard {
  const all = quantities(p);
  const state: BarsState = {quantity: all[0]!, key: kKeys[0]!, order: 'execution'};
  const card = chartCard({
    title: 'Layer by layer', wide: true, height: (view) => view.narrow ? 340 : 460,
    note: () => `${plural(p.layers.length, 'kernel call')} ${state.order === 'execution' ? 'in execution order' : 'from the costliest on'}; drag the strip below the bars to see others, its ends to see more.` +
        (state.quantity.id === 'latency' ? ' Thin lines hold the true latency with a probability of 80 %.' : ''),
    label: `${p.network} on ${p.platform}: cost of each of ${plural(p.layers.length, 'layer')}`,
    controls: [
      select('Show', all.map((q) => ({value: q.id, label: q.label})), 'latency', (id) => {
        state.quantity = all.find((q) => q.id === id)!;
        card.redraw();
      }),
      segmented('Colour by', kKeys.map((k) => ({value: k.id, label: k.label})), 'bound', (id) => {
        state.key = kKeys.find((k) => k.id === id)!;
        card.redraw();
      }),
      segmented('Order', [{value: 'execution', label: 'execution'}, {value: 'cost', label: 'cost'}], 'execution', (order) => {
        state.order = order;
        card.redraw();
      }),
    ],
    option: (view) => bars(p, state, view),
    forSvg: (option) => ({...option, dataZoom: []}),
    table: () => ({
      name: `${state.quantity.label} by layer`, rows: p.layers.map((_, i) => i),
      columns: [
        {title: 'layer', text: (i) => p.layers[i]!.name, wide: true},
        {title: '#', numeric: true, text: (i) => String(i), value: (i) => i},
        {title: state.quantity.label, numeric: true, text: (i) => state.quantity.text(state.quantity.of(p.layers[i]!)), value: (i) => state.quantity.of(p.layers[i]!)},
        ...(state.quantity.id === 'latency' ? [{title: '80 % between', numeric: true, text: (i: number) => range(...p.layers[i]!.latency_80_s, seconds)}] : []),
        {title: state.key.label, text: (i) => state.key.of(p.layers[i]!)},
      ],
    }),
  });
  return card;
}

// One bar a group, split by what bounds its layers.
export function groupBars(p: Prediction): ChartCard {
  const all = quantities(p);
  let quantity = all[0]!;
  let key = kKeys[1]!;
  const top = () => {
    const groups = grouped(p.layers, key.of, quantity.of);
    return groups.slice(0, 14);
  };
  const card = chartCard({
    title: 'Where it goes', height: () => Math.max(220, 90 + 30 * top().length),
    note: () => `Sums over layers, split by what bounds them.`,
    label: `${p.network} on ${p.platform}: cost by operator, by kernel and by bound`,
    controls: [
      select('Show', all.map((q) => ({value: q.id, label: q.label})), 'latency', (id) => {
        quantity = all.find((q) => q.id === id)!;
        card.redraw();
      }),
      segmented('By', kKeys.map((k) => ({value: k.id, label: k.label})), 'op', (id) => {
        key = kKeys.find((k) => k.id === id)!;
        card.redraw();
      }),
    ],
    option: ({look: colours, narrow, width}) => {
      const groups = top().reverse();
      const bounds = grouped(p.layers, (l) => l.bound, quantity.of).map((g) => g.name);
      const whole = total(p.layers, quantity.of) || 1;
      const last = bounds.length - 1;
      const left = nameRoom(groups.map((g) => g.name), narrow ? 110 : 150);
      return {
        tooltip: {trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {color: colours.text, opacity: 0.06}},
                  formatter: (items: {dataIndex: number}[]) => {
                    const group = groups[items[0]!.dataIndex]!;
                    return tip(group.name, [
                      [quantity.label, `${quantity.text(group.sum)} (${percent(group.sum / whole)})`],
                      ['layers', String(group.layers.length)],
                      ...bounds.map((b): [string, string] | null => {
                        const part = total(group.layers.filter((l) => l.bound === b), quantity.of);
                        return part > 0 ? [`bound by ${b}`, quantity.text(part)] : null;
                      }),
                    ]);
                  }},
        legend: legend(colours),
        grid: {left: left + 10, right: 56, top: 34, bottom: 26},
        xAxis: valueAxis(colours, {text: axis(quantity.text), base: quantity.base, ...across(width - left - 66, ...fromZero(groups.map((g) => g.sum)))}),
        yAxis: categoryAxis(colours, groups.map((g) => g.name), left),
        series: bounds.map((bound, i) => ({
          type: 'bar', name: bound, stack: 'all', barMaxWidth: 20,
          itemStyle: {color: boundColour(bound, p.levels, colours)},
          data: groups.map((g) => total(g.layers.filter((l) => l.bound === bound), quantity.of)),
          label: i === last ? {
            show: true, position: 'right', color: colours.muted,
            formatter: (e: {dataIndex: number}) => percent(groups[e.dataIndex]!.sum / whole),
          } : undefined,
        })),
      };
    },
    table: () => {
      const groups = grouped(p.layers, key.of, quantity.of);
      const whole = total(p.layers, quantity.of) || 1;
      return {
        name: `By ${key.label}`, rows: groups.map((_, i) => i), sort: {column: 2, descending: true},
        columns: [
          {title: key.label, text: (i) => groups[i]!.name, wide: true},
          {title: 'layers', numeric: true, text: (i) => String(groups[i]!.layers.length), value: (i) => groups[i]!.layers.length},
          {title: quantity.label, numeric: true, text: (i) => quantity.text(groups[i]!.sum), value: (i) => groups[i]!.sum},
          {title: 'share', numeric: true, text: (i) => percent(groups[i]!.sum / whole), value: (i) => groups[i]!.sum / whole, share: (i) => groups[i]!.sum / whole},
        ],
      };
    },
  });
  return card;
}

export function layersTable(p: Prediction): HTMLElement {
  const at = (i: number) => p.layers[i]!;
  const last = p.levels[p.levels.length - 1];
  const far = (l: Layer) => l.traffic.find((t) => t.level === last)?.bytes ?? 0;
  const longest = Math.max(...p.layers.map((l) => l.latency_s));
  return panel('All layers', 'Select a column\u2019s title to sort. Filters take several words: all must be in the row.',
    dataTable({
      name: `Layers of ${p.network} on ${p.platform}`, rows: p.layers.map((_, i) => i), height: 520,
      columns: [
        {title: 'layer', text: (i) => at(i).name, wide: true},
        {title: '#', numeric: true, text: (i) => String(i), value: (i) => i},
        {title: 'operators', text: (i) => at(i).op},
        {title: 'kernel', text: (i) => at(i).algorithm},
        {title: 'prec.', text: (i) => at(i).precision},
        {title: 'MACs', numeric: true, text: (i) => at(i).macs ? macs(at(i).macs) : '', value: (i) => at(i).macs},
        {title: 'latency', numeric: true, text: (i) => seconds(at(i).latency_s), value: (i) => at(i).latency_s, share: (i) => at(i).latency_s / longest},
        {title: '80 % between', numeric: true, text: (i) => range(...at(i).latency_80_s, seconds), value: (i) => at(i).latency_80_s[0]},
        {title: 'energy', numeric: true, text: (i) => joules(at(i).energy_j), value: (i) => at(i).energy_j},
        {title: `${last ?? ''} traffic`, numeric: true, text: (i) => bytes(far(at(i))), value: (i) => far(at(i))},
        {title: 'weights', numeric: true, text: (i) => at(i).weights_bytes ? bytes(at(i).weights_bytes) : '', value: (i) => at(i).weights_bytes},
        {title: 'tile use', numeric: true, text: (i) => at(i).macs ? percent(at(i).tile_use) : '', value: (i) => at(i).tile_use},
        {title: 'bound by', text: (i) => at(i).bound},
      ],
    }));
}
