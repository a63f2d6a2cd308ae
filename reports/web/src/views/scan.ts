// A forecast along an axis: which values meet a requirement, and how sure that is.
import {chartCard, type ChartCard, type View} from '../chart';
import {select} from '../dom';
import {axis, digits, percent, plural, range} from '../format';
import {figure, type Pair} from '../figures';
import {interval, kMetrics, type Known} from '../sweep';
import {across, around, beyond, legend, logAxis, markLines, upward, valueAxis} from './axes';
import {tip} from './tooltip';

export interface ScanPoint {
  value: string;
  possible: boolean;
  why_not?: string;
  bound?: string;
  meets?: boolean;
  probability?: number;
  [metric: string]: unknown;
}

export interface Scan {
  path: string;
  points: ScanPoint[];
  bounds: {metric: string; relation: string; bound: number}[];
  bands: {from: string; to: string}[];
  marks: {name: string; value: string}[];  // the answer and others
}

interface Place {
  words: boolean;
  unit: string;
  of: (value: string) => number;
}

// "1.172 GHz" and its like are numbers with one unit; lists of words have places by their order.
function placeOf(scan: Scan): Place {
  const parse = (text: string) => /^([-+]?[\d.]+(?:e[-+]?\d+)?)\s*(.*)$/i.exec(text);
  const all = scan.points.map((p) => parse(p.value));
  const unit = all[0]?.[2] ?? '';
  if (all.length > 1 && all.every((m) => m && m[2] === unit)) return {words: false, unit, of: (text) => Number(parse(text)?.[1])};
  return {words: true, unit: '', of: (text) => scan.points.findIndex((p) => p.value === text)};
}

const kFew = 12;  // values that each have a label

function acrossAxis(scan: Scan, place: Place, view: View, left: number) {
  const at = scan.points.map((p) => place.of(p.value));
  const [least, most] = [Math.min(...at), Math.max(...at)];
  const room = view.width - left - 24;
  if (place.words) {
    return {...valueAxis(view.look, {name: scan.path, min: -0.5, max: scan.points.length - 0.5}), splitLine: {show: false},
            axisLabel: {color: view.look.muted, customValues: at, formatter: (v: number) => scan.points[v]?.value ?? ''}};
  }
  const text = axis((v: number) => `${digits(v)} ${place.unit}`.trim());
  const axes = least > 0 && most / least > 20
      ? logAxis(view.look, {name: scan.path, text, ...across(room, least, most)})
      : valueAxis(view.look, {name: scan.path, text, ...across(room, ...beyond(at))});
  return at.length > kFew ? axes : {...axes, axisTick: {show: false, customValues: at}, axisLabel: {...axes.axisLabel, customValues: at}};
}

export function scanChart(scan: Scan): ChartCard {
  const place = placeOf(scan);
  const possible = scan.points.filter((p) => p.possible);
  const known = kMetrics.filter((m) => possible.some((p) => Number.isFinite(p[m.key])));
  let metric: Known = known.find((m) => m.key === scan.bounds[0]?.metric) ?? known[0]!;
  const value = (p: ScanPoint) => figure(p[metric.key]);
  const between = (p: ScanPoint): Pair => interval(value(p), figure(p[`${metric.name}_deviation`])) ?? [value(p), value(p)];
  const drawn = () => possible.filter((p) => Number.isFinite(value(p)));
  const card: ChartCard = chartCard({
    title: 'Along the axis', wide: true, height: (view) => view.narrow ? 360 : 440,
    note: () => `${metric.name} for ${plural(scan.points.length, 'value')} of ${scan.path}; the band holds the true one with a probability of 80 %. Shaded values meet all requirements.`,
    label: `Forecasts along ${scan.path}, with what is required`,
    controls: [select('Show', known.map((m) => ({value: m.key, label: m.name})), metric.key, (key) => {
      metric = known.find((m) => m.key === key)!;
      card.redraw();
    })],
    option: (view) => {
      const {look: colours, narrow, height} = view;
      const left = narrow ? 62 : 78;
      const bounds = scan.bounds.filter((b) => b.metric === metric.key);
      const values = [...possible.flatMap((p) => [value(p), ...between(p)]), ...bounds.map((b) => b.bound)].filter(Number.isFinite);
      const log = Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) > 5;
      const [low, high] = log ? around(values) : beyond(values);
      const up = {name: narrow ? '' : metric.name, gap: 60, text: axis(metric.text), base: metric.base, ...upward(height - 120, low, high)};
      const at = (p: ScanPoint) => place.of(p.value);
      const marks = scan.marks.filter((m, i) => Number.isFinite(place.of(m.value)) && scan.marks.findIndex((n) => n.value === m.value) === i);
      return {
        tooltip: {trigger: 'axis', axisPointer: {type: 'line'}, formatter: (items: {dataIndex: number}[]) => {
          const p = possible[items[0]!.dataIndex];
          return p ? tip(p.value, [
            ...known.map((m): [string, string] => [m.name, m.text(figure(p[m.key]))]),
            [`80 % of ${metric.name}`, range(...between(p), metric.text)],
            ['meets the requirements', `${p.meets ? 'yes' : 'no'}, with a probability of ${percent(p.probability)}`],
            p.bound !== undefined && ['bound by', p.bound]]) : '';
        }},
        legend: legend(colours, ['80 % interval', metric.name]),
        grid: {left, right: 24, top: 70, bottom: 50},
        xAxis: acrossAxis(scan, place, view, left), yAxis: (log ? logAxis : valueAxis)(colours, up),
        series: [
          {type: 'line', name: metric.name, data: possible.map((p) => [at(p), value(p)]), symbolSize: possible.length > 20 ? 4 : 8, z: 3,
           lineStyle: {color: colours.palette[0], width: 2.5}, itemStyle: {color: colours.palette[0]},
           markArea: {silent: true, itemStyle: {color: colours.good, opacity: 0.13}, data: scan.bands.filter((b) => Number.isFinite(place.of(b.from))).map((b) => [{xAxis: place.of(b.from)}, {xAxis: place.of(b.to)}])},
           markLine: {...markLines, label: {color: colours.text, fontSize: 11}, data: [
             ...bounds.map((b) => ({yAxis: b.bound, lineStyle: {color: colours.bad, type: [6, 4], width: 1.5}, label: {formatter: `${b.relation} ${metric.text(b.bound)}`, position: 'insideStartTop'}})),
             ...marks.map((m, i) => ({xAxis: place.of(m.value), lineStyle: {color: colours.text, type: 'solid', width: 1}, label: {formatter: `${m.name} ${m.value}`, position: 'end', rotate: 0, distance: 2 + 13 * i}}))]}},
          {type: 'custom', name: '80 % interval', silent: true, z: 2, clip: true, itemStyle: {color: colours.palette[0] + '40'},
           data: drawn().slice(0, 1).map((p) => [at(p), value(p)]), encode: {x: 0, y: 1},
           renderItem: (_: unknown, api: any) => ({type: 'polygon', style: {fill: colours.palette[0], opacity: 0.18}, shape: {points: [
             ...drawn().map((p) => api.coord([at(p), between(p)[0]])), ...drawn().reverse().map((p) => api.coord([at(p), between(p)[1]]))]}})},
        ],
      };
    },
    table: () => ({
      name: `Along ${scan.path}`, rows: scan.points.map((_, i) => i),
      columns: [
        {title: 'value', text: (i) => scan.points[i]!.value, value: (i) => place.of(scan.points[i]!.value), wide: true},
        {title: 'meets', text: (i) => scan.points[i]!.possible ? scan.points[i]!.meets ? 'yes' : 'no' : scan.points[i]!.why_not ?? 'not possible', tone: (i) => scan.points[i]!.meets ? 'good' : 'bad'},
        {title: 'probability', numeric: true, text: (i) => percent(scan.points[i]!.probability), value: (i) => scan.points[i]!.probability ?? NaN},
        ...known.map((m) => ({title: m.name, numeric: true, text: (i: number) => scan.points[i]!.possible ? m.text(figure(scan.points[i]![m.key])) : '\u2013', value: (i: number) => figure(scan.points[i]![m.key])})),
        {title: 'bound by', text: (i) => scan.points[i]!.bound ?? ''},
      ],
    }),
  });
  return card;
}
