// All cases in two metrics, the line of those that no other beats, and a click for their settings.
import {chartCard, type ChartCard, type View} from '../chart';
import {checkbox, select} from '../dom';
import type {Option} from '../echarts';
import {axis, plural, range} from '../format';
import {axisText, front, interval80, notDrawn, type Cases, type Metric} from '../sweep';
import {around, beyond, legend, logAxis, valueAxis} from './axes';
import {groupColour, groupingBy, kOthers, type Grouping} from './fields';
import {tip} from './tooltip';

const kLarge = 2000;     // points from which ECharts' fast path draws them
const kInSvg = 4000;     // dominated points in an exported SVG
const kWhiskers = 60;    // frontier points with intervals

export interface ParetoState {
  rows: () => number[];            // that pass the filters
  chosen: () => number[];
  choose: (row: number) => void;
}

function caseTip(cases: Cases, row: number): string {
  return tip(`${cases.noun} ${cases.label(row)}`, [
    ...cases.axes.map((a): [string, string] => [a.name, axisText(a, row)]),
    ...cases.metrics.map((m): [string, string] => {
      const interval = interval80(m, row);
      return [m.name, m.text(m.values[row]!) + (interval ? ` (${range(...interval, m.text)})` : '')];
    }),
  ], cases.feasible(row) ? '' : `Fails: ${cases.reason(row)}.`);
}

function scaleOf(metric: Metric, rows: number[]): {log: boolean; min: number; max: number} {
  let [low, high] = [Infinity, -Infinity];
  for (const row of rows) {
    const value = metric.values[row]!;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const log = low > 0 && high / low >= 4;
  const [min, max] = log ? around([low, high]) : beyond([low, high]);
  return {log, min, max};
}

function axisFor(metric: Metric, rows: number[], view: View, name: string, lie: {room: number; upright?: boolean}) {
  const {log, ...ends} = scaleOf(metric, rows);
  const options = {name, gap: lie.upright ? 60 : 30, ...ends, ...lie, base: metric.base, text: axis(metric.text)};
  return (log ? logAxis : valueAxis)(view.look, options);
}

const known = (x: Metric, y: Metric) => (row: number) => Number.isFinite(x.values[row]!) && Number.isFinite(y.values[row]!);

// Typed arrays are what the fast path takes; `ids` finds the case of a point again.
function points(rows: number[], x: Metric, y: Metric): {data: Float64Array; ids: number[]} {
  const ids = rows.filter(known(x, y));
  const data = new Float64Array(2 * ids.length);
  ids.forEach((row, i) => {
    data[2 * i] = x.values[row]!;
    data[2 * i + 1] = y.values[row]!;
  });
  return {data, ids};
}

function whiskers(rows: number[], x: Metric, y: Metric, view: View) {
  const step = Math.max(1, Math.ceil(rows.length / kWhiskers));
  const data = rows.filter((_, i) => i % step === 0).flatMap((row) => {
    const [ix, iy] = [interval80(x, row), interval80(y, row)];
    if (!ix && !iy) return [];
    const [vx, vy] = [x.values[row]!, y.values[row]!];
    return [[vx, vy, ...(ix ?? [vx, vx]), ...(iy ?? [vy, vy])]];
  });
  return {
    type: 'custom', name: '80 % intervals', silent: true, z: 3, data, tooltip: {show: false}, clip: true,
    itemStyle: {color: view.look.muted}, encode: {x: 0, y: 1},
    renderItem: (_: unknown, api: any) => {
      const at = (a: number, b: number) => api.coord([api.value(a), api.value(b)]);
      const [[x1], [x2], [cx, y1], [, y2]] = [at(2, 1), at(3, 1), at(0, 4), at(0, 5)];
      const [, cy] = at(0, 1);
      const style = {stroke: view.look.muted, lineWidth: 1, opacity: 0.6};
      return {type: 'group', children: [
        {type: 'line', shape: {x1, y1: cy, x2, y2: cy}, style}, {type: 'line', shape: {x1: cx, y1, x2: cx, y2}, style}]};
    },
  };
}

interface Choice {
  x: Metric;
  y: Metric;
  colour: string;
  whiskers: boolean;
}

export function pareto(cases: Cases, state: ParetoState, title = 'All cases'): ChartCard {
  const choice: Choice = {
    x: cases.objectives[0]!, y: cases.objectives[1] ?? cases.metrics.find((m) => m !== cases.objectives[0])!,
    colour: cases.axes.find((a) => a.values.length > 1 && a.values.length <= 8)?.name ?? '', whiskers: true,
  };
  let ids: number[][] = [];

  const groups = (rows: number[]): Grouping => {
    const by = cases.axes.find((a) => a.name === choice.colour);
    return by ? groupingBy(rows, (row) => axisText(by, row)) : {names: ['cases'], of: () => 0};
  };

  const option = (view: View): Option => {
    const {look: colours, narrow} = view;
    const rows = state.rows();
    const [good, failed] = [rows.filter(cases.feasible), rows.filter((r) => !cases.feasible(r))];
    const grouping = groups(good);
    const line = front(good, choice.x, choice.y);
    const cloud = (members: number[], name: string, color: string, opacity: number, z: number) => {
      const {data, ids: rowIds} = points(members, choice.x, choice.y);
      ids.push(rowIds);
      return {
        type: 'scatter', name, id: `cloud-${ids.length - 1}`, data, dimensions: ['x', 'y'], z,
        large: members.length > kLarge, largeThreshold: kLarge, progressive: 0,
        symbolSize: rows.length > 20000 ? 3 : rows.length > 2000 ? 4 : 7, itemStyle: {color, opacity},
      };
    };
    ids = [];
    const left = narrow ? 62 : 78;
    const members: number[][] = grouping.names.map(() => []);
    for (const row of good) members[grouping.of(row)]!.push(row);
    const clouds = [
      ...(failed.length ? [cloud(failed, 'fails a requirement', colours.faint, 0.25, 1)] : []),
      ...grouping.names.map((name, at) => cloud(members[at]!, name,
          grouping.names.length === 1 ? colours.faint : groupColour(grouping, at, colours), 0.55, name === kOthers ? 1 : 2)),
    ];
    const chosen = state.chosen().filter(known(choice.x, choice.y));
    const drawn = rows.filter(known(choice.x, choice.y));
    const mark = (row: number) => ({value: [choice.x.values[row]!, choice.y.values[row]!], row});
    return {
      tooltip: {trigger: 'item', formatter: (e: {seriesId: string; dataIndex: number; data: {row?: number}}) => {
        const row = rowOf(e);
        return row === undefined ? '' : caseTip(cases, row);
      }},
      legend: legend(colours),
      grid: {left, right: 22, top: 40, bottom: 50},
      xAxis: axisFor(choice.x, drawn, view, choice.x.name, {room: view.width - left - 22}),
      yAxis: axisFor(choice.y, drawn, view, narrow ? '' : choice.y.name, {room: view.height - 90, upright: true}),
      series: [
        ...clouds,
        ...(choice.whiskers ? [whiskers(line, choice.x, choice.y, view)] : []),
        {type: 'line', name: 'frontier', id: 'front', z: 4, data: line.map(mark),
         step: choice.x.smallerIsBetter ? 'end' : 'start',
         symbol: 'diamond', symbolSize: line.length > 200 ? 5 : 9, showAllSymbol: true,
         lineStyle: {color: colours.text, width: 1.5}, itemStyle: {color: colours.card, borderColor: colours.text, borderWidth: 1.5}},
        {type: 'scatter', name: 'chosen', id: 'chosen', z: 6, data: chosen.map(mark), symbolSize: 15,
         itemStyle: {color: 'transparent', borderColor: colours.bad, borderWidth: 2.5}},
      ],
    };
  };

  const rowOf = (e: {seriesId?: string; dataIndex: number; data: unknown}): number | undefined => {
    const cloud = /^cloud-(\d+)$/.exec(e.seriesId ?? '');
    if (cloud) return ids[Number(cloud[1])]?.[e.dataIndex];
    return (e.data as {row?: number} | undefined)?.row;
  };

  const metricSelect = (label: string, now: Metric, set: (m: Metric) => void) =>
      select(label, cases.metrics.map((m) => ({value: m.key, label: m.name})), now.key, (key) => {
        set(cases.metrics.find((m) => m.key === key)!);
        card.redraw();
      });
  const uncertain = cases.metrics.some((m) => m.deviation);
  const card: ChartCard = chartCard({
    title, wide: true, height: (view) => view.narrow ? 400 : 560,
    note: () => {
      const rows = state.rows();
      const line = front(rows.filter(cases.feasible), choice.x, choice.y);
      const up = (m: Metric) => m.smallerIsBetter ? 'less' : 'more';
      return `${plural(rows.length, cases.noun.toLowerCase())}; ${line.length} of them on the frontier of these two: no other has ${up(choice.x)} ${choice.x.name} and ${up(choice.y)} ${choice.y.name}. Select a mark to see its settings below.${notDrawn(cases.noun, rows, [choice.x, choice.y])}`;
    },
    label: `${plural(cases.size, cases.noun.toLowerCase())} by ${choice.x.name} and ${choice.y.name}, with their frontier`,
    controls: [
      metricSelect('Across', choice.x, (m) => choice.x = m),
      metricSelect('Up', choice.y, (m) => choice.y = m),
      select('Colour by', [{value: '', label: 'nothing'}, ...cases.axes.filter((a) => a.values.length > 1).map((a) => ({value: a.name, label: a.name}))],
             choice.colour, (name) => {
               choice.colour = name;
               card.redraw();
             }),
      ...(uncertain ? [checkbox('Intervals', true, (on) => {
        choice.whiskers = on;
        card.redraw();
      })] : []),
    ],
    option,
    forSvg: (all) => ({...all, series: (all.series as {data?: unknown; large?: boolean}[]).map(thinned)}),
    clicked: (event) => {
      const row = rowOf(event);
      if (row !== undefined) state.choose(row);
    },
    table: () => {
      const rows = front(state.rows().filter(cases.feasible), choice.x, choice.y);
      return {
        name: `Frontier of ${choice.x.name} and ${choice.y.name}`, rows, picked: state.choose,
        columns: [
          ...cases.axes.map((a) => ({title: a.name, text: (r: number) => axisText(a, r)})),
          ...cases.metrics.map((m) => ({title: m.name, numeric: true, text: (r: number) => m.text(m.values[r]!), value: (r: number) => m.values[r]!})),
        ],
      };
    },
  });
  return card;
}

// A cloud for an SVG: every nth point, as plain pairs.
function thinned<S extends {data?: unknown; large?: boolean}>(series: S): S {
  if (!(series.data instanceof Float64Array)) return series;
  const size = series.data.length / 2;
  const step = Math.max(1, Math.ceil(size / kInSvg));
  const data: number[][] = [];
  for (let i = 0; i < size; i += step) data.push([series.data[2 * i]!, series.data[2 * i + 1]!]);
  return {...series, data, large: false};
}
