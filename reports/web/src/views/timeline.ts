// Which resource is busy when: the rule is that of --format trace (reports/trace.hpp). Calls follow
// one another; compute and every memory level begin with their call, dispatch ends with it.
import {chartCard, type ChartCard, type View} from '../chart';
import type {Option} from '../echarts';
import {axis, percent, plural, seconds} from '../format';
import {boundColour, mix, type Look} from '../look';
import type {Layer, Prediction} from '../prediction';
import {nameRoom, valueAxis, zoom} from './axes';
import {reason} from './roofline';
import {tip} from './tooltip';

interface Slice {
  row: number;
  layer: Layer;
  begin: number;  // s from the start of the inference
  end: number;
  binds: boolean;
}

const kCalls = 'calls';

function rowsOf(p: Prediction): string[] {
  const used = p.levels.filter((level) => p.layers.some((l) => timeAt(l, level) > 0));
  return [kCalls, 'compute', ...used, ...(p.layers.some((l) => l.overhead_s > 0) ? ['dispatch'] : [])];
}

const timeAt = (layer: Layer, level: string) => layer.traffic.find((t) => t.level === level)?.time_s ?? 0;

function slicesOf(p: Prediction, rows: string[]): Slice[] {
  let now = 0;
  return p.layers.flatMap((layer) => {
    const begin = now;
    now += layer.latency_s;
    return rows.map((name, row): Slice => {
      if (name === kCalls) return {row, layer, begin, end: now, binds: true};
      if (name === 'dispatch') return {row, layer, begin: now - layer.overhead_s, end: now, binds: layer.bound === name};
      const time = name === 'compute' ? layer.compute_s : timeAt(layer, name);
      return {row, layer, begin, end: begin + time, binds: layer.bound === name};
    }).filter((slice) => slice.end > slice.begin);
  });
}

// Strong where it binds, pale where it waits for another in the same call.
function rectangle(params: any, api: any, slice: Slice, colour: string, colours: Look) {
  const {x, width} = params.coordSys;
  const [from, middle] = api.coord([slice.begin, slice.row]);
  const [to] = api.coord([slice.end, slice.row]);
  const half = 0.36 * api.size([0, 1])[1];
  const left = Math.max(x, from);
  const right = Math.min(x + width, to);
  if (right <= left) return undefined;
  const gap = to - from > 4 ? 1 : 0;
  return {
    type: 'rect', shape: {x: left, y: middle - half, width: Math.max(0.6, right - left - gap), height: 2 * half},
    style: {fill: slice.binds ? colour : mix(colour, colours.card, 0.55)},
    emphasis: {style: {stroke: colours.text, lineWidth: 1.5}},
  };
}

function option(p: Prediction, rows: string[], slices: Slice[], view: View): Option {
  const {look: colours, narrow} = view;
  const left = nameRoom(rows, 90);
  const colourOf = (slice: Slice) => boundColour(slice.row === 0 ? slice.layer.bound : rows[slice.row]!, p.levels, colours);
  const end = slices[slices.length - 1]?.end ?? 1;
  const time = valueAxis(colours, {text: axis(seconds), min: 0, max: end, splits: narrow ? 3 : 8});
  const strip = {...zoom(colours, 4), filterMode: 'none', start: 0, end: 100};
  return {
    tooltip: {trigger: 'item', formatter: (e: {dataIndex: number}) => {
      const {layer, begin, end: until, row} = slices[e.dataIndex]!;
      return tip(layer.name, [
        ['operators', `${layer.op}, ${layer.algorithm}`],
        [rows[row] === kCalls ? 'runs' : `${rows[row]} busy`, `${seconds(until - begin)}, from ${seconds(begin)} on`],
        ['latency', `${seconds(layer.latency_s)} (${percent(layer.latency_s / p.latency_s)})`],
      ], reason(layer));
    }},
    grid: {left: left + 10, right: narrow ? 16 : 26, top: 8, bottom: 56},
    xAxis: {...time, axisLabel: {...time.axisLabel, showMaxLabel: false}},
    yAxis: {
      type: 'category', data: rows, inverse: true, axisTick: {show: false}, axisLine: {show: false},
      axisLabel: {color: colours.text, interval: 0}, splitLine: {show: true, lineStyle: {color: colours.grid}},
    },
    dataZoom: [strip, {type: 'inside', filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: 'shift'}],
    series: [{
      type: 'custom', clip: true, progressive: 0, encode: {x: [0, 1], y: 2},
      data: slices.map((s) => [s.begin, s.end, s.row]),
      renderItem: (params: any, api: any) => {
        const slice = slices[params.dataIndex]!;
        return rectangle(params, api, slice, colourOf(slice), colours);
      },
    }],
  };
}

export function timeline(p: Prediction): ChartCard {
  const rows = rowsOf(p);
  const slices = slicesOf(p, rows);
  const calls = slices.filter((s) => s.row === 0);
  const busy = (row: number) => slices.filter((s) => s.row === row).reduce((sum, s) => sum + s.end - s.begin, 0) / p.latency_s;
  return chartCard({
    title: 'Timeline', wide: true, height: 90 + 34 * rows.length,
    note: `${plural(calls.length, 'kernel call')} one after another, and what each keeps busy: strong colours bind, pale ones wait for them. ` +
        `The order within a call is not forecast: work is drawn from its beginning, dispatch at its end. Drag the ends of the strip to see a part.`,
    label: `${p.network} on ${p.platform}: ` + rows.slice(1).map((name, i) => `${name} busy ${percent(busy(i + 1))} of the time`).join(', '),
    option: (view) => option(p, rows, slices, view),
    forSvg: (all) => ({...all, dataZoom: []}),
    table: () => ({
      name: 'Timeline', rows: calls.map((_, i) => i),
      columns: [
        {title: 'layer', text: (i) => calls[i]!.layer.name, wide: true},
        {title: '#', numeric: true, text: (i) => String(i), value: (i) => i},
        {title: 'begins', numeric: true, text: (i) => seconds(calls[i]!.begin), value: (i) => calls[i]!.begin},
        {title: 'latency', numeric: true, text: (i) => seconds(calls[i]!.layer.latency_s), value: (i) => calls[i]!.layer.latency_s},
        {title: 'compute', numeric: true, text: (i) => seconds(calls[i]!.layer.compute_s), value: (i) => calls[i]!.layer.compute_s},
        ...p.levels.map((level) => ({title: level, numeric: true, text: (i: number) => seconds(timeAt(calls[i]!.layer, level)), value: (i: number) => timeAt(calls[i]!.layer, level)})),
        {title: 'dispatch', numeric: true, text: (i) => seconds(calls[i]!.layer.overhead_s), value: (i) => calls[i]!.layer.overhead_s},
        {title: 'bound by', text: (i) => calls[i]!.layer.bound},
      ],
    }),
  });
}
