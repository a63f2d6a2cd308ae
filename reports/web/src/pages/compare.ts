// Two forecasts: what differs, by which resource and in which layers.
import {chartCard, dispose, type ChartCard} from '../chart';
import {h, select} from '../dom';
import {figure, unstated, type Stated} from '../figures';
import {axis, bytes, joules, macs, percent, plural, seconds, si, signedPercent, watts} from '../format';
import {boundColour} from '../look';
import {notices, panel, stat, stats, type Page, type Tone} from '../page';
import type {Run} from '../prediction';
import {dataTable} from '../table';
import {across, categoryAxis, fromZero, legend, nameRoom, valueAxis} from '../views/axes';
import {tip} from '../views/tooltip';

interface Side extends Run {
  [metric: string]: string | number | null;
}

interface Ratio {
  ratio: number | null;
  ratio_80: [number | null, number | null];
  probability: number | null;
}

interface Layer {
  state: 'same' | 'changed' | 'added' | 'removed';
  a_name: string | null;
  b_name: string | null;
  a_op: string | null;
  b_op: string | null;
  a_macs: number | null;
  b_macs: number | null;
  a_latency_s: number | null;
  b_latency_s: number | null;
  a_energy_j: Stated;
  b_energy_j: Stated;
  difference_by_part_s: Record<string, number>;
}

interface Comparison {
  a: Side;
  b: Side;
  latency: Ratio;
  energy: Ratio;
  a_by_part_s: Record<string, number>;
  b_by_part_s: Record<string, number>;
  layers: Layer[];
}

export interface CompareReport {
  schema: string;
  comparisons: Comparison[];
  failures: string[];
}

const kMetrics: {key: string; name: string; text: (v: number) => string}[] = [
  {key: 'latency_s', name: 'latency', text: seconds},
  {key: 'energy_j', name: 'energy', text: joules},
  {key: 'power_w', name: 'average power', text: watts},
  {key: 'throughput_per_s', name: 'throughput', text: (v) => si(v, '/s')},
  {key: 'memory_bytes', name: 'peak memory', text: bytes},
  {key: 'arena_bytes', name: 'arena', text: bytes},
  {key: 'size_bytes', name: 'size', text: bytes},
  {key: 'macs', name: 'MACs', text: macs},
  {key: 'parameters', name: 'parameters', text: macs},
];

// The words in which the two sides differ.
function names(c: Comparison): [string, string] {
  const keys = ['network', 'platform', 'engine', 'runtime', 'precision', 'batch', 'threads'].filter((k) => c.a[k] !== c.b[k]);
  const say = (side: Side) => keys.map((k) => k === 'batch' || k === 'threads' ? `${k} ${side[k]}` : side[k]).join(', ');
  return keys.length ? [say(c.a), say(c.b)] : ['A', 'B'];
}

const sum = (parts: Record<string, number>) => Object.values(parts).reduce((all, v) => all + v, 0);
const signs = (parts: Record<string, number>, sign: number) => Object.fromEntries(Object.entries(parts).map(([k, v]) => [k, Math.max(0, sign * v)]));
const signed = (value: number, text: (v: number) => string) => value > 0 ? `+${text(value)}` : text(value);
const difference = (l: Layer) => (l.b_latency_s ?? 0) - (l.a_latency_s ?? 0);
const nameOf = (l: Layer) => l.a_name !== null && l.b_name !== null && l.a_name !== l.b_name ? `${l.a_name} \u2192 ${l.b_name}` : (l.b_name ?? l.a_name ?? '');

// How likely the sign of the difference is right.
function sure(probability: number | null): string {
  if (probability === null) return '';
  return `; ${probability > 0.995 ? 'practically certain' : `the sign holds with a probability of ${percent(probability, 0)}`}`;
}

function ratioStat(name: string, r: Ratio): HTMLElement {
  if (r.ratio === null) return stat(name, '\u2013');
  const [low, high] = r.ratio_80;
  const tone: Tone = low === null || high === null ? '' : high < 1 ? 'good' : low > 1 ? 'bad' : '';
  return stat(name, signedPercent(r.ratio - 1), low !== null && high !== null
      ? `80 % between ${signedPercent(low - 1)} and ${signedPercent(high - 1)}${sure(r.probability)}` : '', tone);
}

function partsChart(c: Comparison): ChartCard {
  const [a, b] = names(c);
  const parts = Object.keys(c.a_by_part_s).filter((k) => (c.a_by_part_s[k] ?? 0) !== 0 || (c.b_by_part_s[k] ?? 0) !== 0);
  const levels = Object.keys(c.a_by_part_s).filter((k) => !['compute', 'dispatch', 'throttling'].includes(k));
  return chartCard({
    title: 'By resource', height: 210,
    note: 'Where the latency goes: parts add up to the whole.',
    label: `Latency by resource of ${a} and ${b}`,
    option: ({look: colours, width}) => ({
      tooltip: {trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {color: colours.text, opacity: 0.06}},
                formatter: (items: {dataIndex: number}[]) => {
                  const isA = items[0]!.dataIndex === 1;
                  const values = isA ? c.a_by_part_s : c.b_by_part_s;
                  return tip(isA ? `A: ${a}` : `B: ${b}`, parts.map((p): [string, string] => [p, isA ? seconds(values[p]!) : `${seconds(values[p]!)} (${signed(values[p]! - (c.a_by_part_s[p] ?? 0), seconds)})`]));
                }},
      legend: legend(colours),
      grid: {left: 34, right: 24, top: 40, bottom: 28},
      xAxis: valueAxis(colours, {text: axis(seconds), ...across(width - 58, ...fromZero([c.a_by_part_s, c.b_by_part_s].map(sum)))}),
      yAxis: categoryAxis(colours, ['B', 'A'], 24),
      series: parts.map((part) => ({
        type: 'bar', stack: 'all', name: part, barMaxWidth: 34,
        itemStyle: {color: part === 'throttling' ? colours.bad : boundColour(part, levels, colours)},
        data: [c.b_by_part_s[part] ?? 0, c.a_by_part_s[part] ?? 0],
      })),
    }),
    table: () => ({
      name: 'By resource', rows: parts.map((_, i) => i),
      columns: [
        {title: 'part', text: (i) => parts[i]!, wide: true},
        {title: 'A', numeric: true, text: (i) => seconds(c.a_by_part_s[parts[i]!]), value: (i) => c.a_by_part_s[parts[i]!]!},
        {title: 'B', numeric: true, text: (i) => seconds(c.b_by_part_s[parts[i]!]), value: (i) => c.b_by_part_s[parts[i]!]!},
        {title: 'difference', numeric: true, text: (i) => signed(c.b_by_part_s[parts[i]!]! - c.a_by_part_s[parts[i]!]!, seconds), value: (i) => c.b_by_part_s[parts[i]!]! - c.a_by_part_s[parts[i]!]!},
      ],
    }),
  });
}

function layerChart(c: Comparison): ChartCard {
  const top = [...c.layers].sort((x, y) => Math.abs(difference(y)) - Math.abs(difference(x))).filter((l) => difference(l) !== 0).slice(0, 20);
  const levels = Object.keys(c.a_by_part_s).filter((k) => !['compute', 'dispatch', 'throttling'].includes(k));
  const parts = Object.keys(c.a_by_part_s).filter((k) => top.some((l) => (l.difference_by_part_s[k] ?? 0) !== 0));
  return chartCard({
    title: 'Layers that differ most', wide: true, height: () => 90 + 24 * Math.max(1, top.length),
    note: 'To the left B takes less time than A, to the right more, by what it is that differs.',
    label: 'Difference in latency of the layers that differ most',
    option: ({look: colours, narrow, width}) => {
      const shown = [...top].reverse();
      const left = nameRoom(shown.map(nameOf), narrow ? 130 : 260);
      const ends = shown.flatMap((l) => [1, -1].map((sign) => sign * sum(signs(l.difference_by_part_s, sign))));
      return {
        tooltip: {trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {color: colours.text, opacity: 0.06}},
                  formatter: (items: {dataIndex: number}[]) => {
                    const l = shown[items[0]!.dataIndex]!;
                    return tip(nameOf(l), [
                      ['state', l.state],
                      ['operators', [l.a_op, l.b_op].filter((op, i, all) => op && all.indexOf(op) === i).join(' \u2192 ')],
                      ['A', seconds(l.a_latency_s)], ['B', seconds(l.b_latency_s)],
                      ['difference', signed(difference(l), seconds)],
                      ...Object.entries(l.difference_by_part_s).filter(([, v]) => v !== 0).map(([part, v]): [string, string] => [`of it ${part}`, signed(v, seconds)]),
                    ]);
                  }},
        legend: legend(colours),
        grid: {left: left + 10, right: 30, top: 34, bottom: 28},
        xAxis: valueAxis(colours, {text: axis((v) => signed(v, seconds)), ...across(width - left - 40, ...fromZero(ends))}),
        yAxis: {...categoryAxis(colours, shown.map(nameOf), left), axisLine: {show: false}},
        series: parts.map((part) => ({
          type: 'bar', stack: 'all', name: part, barMaxWidth: 15,
          itemStyle: {color: part === 'throttling' ? colours.bad : boundColour(part, levels, colours)},
          data: shown.map((l) => l.difference_by_part_s[part] ?? 0),
        })),
      };
    },
    table: () => ({
      name: 'Layers that differ most', rows: top.map((_, i) => i),
      columns: [
        {title: 'layer', text: (i) => nameOf(top[i]!), wide: true},
        {title: 'difference', numeric: true, text: (i) => signed(difference(top[i]!), seconds), value: (i) => difference(top[i]!)},
        ...parts.map((part) => ({title: `of it ${part}`, numeric: true, text: (i: number) => signed(top[i]!.difference_by_part_s[part] ?? 0, seconds),
                                 value: (i: number) => top[i]!.difference_by_part_s[part] ?? 0})),
      ],
    }),
  });
}

function metricsTable(c: Comparison): HTMLElement {
  const rows = kMetrics.filter((m) => m.key in c.a);
  const value = (side: Side, i: number) => figure(side[rows[i]!.key]);
  const change = (i: number) => value(c.b, i) / value(c.a, i) - 1;
  const card = panel('In numbers', '',
    dataTable({
      name: 'Metrics', rows: rows.map((_, i) => i), height: 330,
      columns: [
        {title: 'metric', text: (i) => rows[i]!.name, wide: true},
        {title: 'A', numeric: true, text: (i) => rows[i]!.text(value(c.a, i)), value: (i) => value(c.a, i)},
        {title: 'B', numeric: true, text: (i) => rows[i]!.text(value(c.b, i)), value: (i) => value(c.b, i)},
        {title: 'change', numeric: true, text: (i) => signedPercent(change(i)), value: change},
      ],
    }));
  card.classList.remove('wide');
  return card;
}

function layersTable(c: Comparison): HTMLElement {
  const at = (i: number) => c.layers[i]!;
  return panel('Layer by layer', '',
    dataTable({
      name: 'Layers', rows: c.layers.map((_, i) => i), height: 480,
      columns: [
        {title: 'layer', text: (i) => nameOf(at(i)), wide: true},
        {title: '#', numeric: true, text: (i) => String(i), value: (i) => i},
        {title: 'state', text: (i) => at(i).state},
        {title: 'A does', text: (i) => at(i).a_op ?? ''},
        {title: 'B does', text: (i) => at(i).b_op ?? ''},
        {title: 'A latency', numeric: true, text: (i) => seconds(at(i).a_latency_s), value: (i) => at(i).a_latency_s ?? NaN},
        {title: 'B latency', numeric: true, text: (i) => seconds(at(i).b_latency_s), value: (i) => at(i).b_latency_s ?? NaN},
        {title: 'difference', numeric: true, text: (i) => signed(difference(at(i)), seconds), value: (i) => difference(at(i)),
         tone: (i) => difference(at(i)) < 0 ? 'good' : difference(at(i)) > 0 ? 'bad' : ''},
        {title: 'A energy', numeric: true, text: (i) => at(i).a_name === null ? '\u2013' : joules(figure(at(i).a_energy_j)), value: (i) => figure(at(i).a_energy_j)},
        {title: 'B energy', numeric: true, text: (i) => at(i).b_name === null ? '\u2013' : joules(figure(at(i).b_energy_j)), value: (i) => figure(at(i).b_energy_j)},
      ],
    }));
}

function sides(c: Comparison): HTMLElement {
  const say = (s: Side) => `${s.network} on ${s.platform}/${s.engine}, ${s.runtime}, ${s.precision}, ${plural(s.threads, 'core')}, batch ${s.batch}`;
  return h('p', {class: 'card wide'}, h('b', {}, 'A'), ` ${say(c.a)}`, h('br'), h('b', {}, 'B'), ` ${say(c.b)}`);
}

function parts(c: Comparison): Node[] {
  const states = (state: Layer['state']) => c.layers.filter((l) => l.state === state).length;
  const unknown = [...new Set([c.a, c.b].filter((side) => side['energy_j'] === null).map(unstated))];
  return [
    sides(c),
    ...(unknown.length ? [notices([{tone: 'warn', title: 'Energy unknown', lines: unknown}])!] : []),
    stats(ratioStat('latency', c.latency), unknown.length ? stat('energy', joules(NaN)) : ratioStat('energy', c.energy),
      stat('layers', String(c.layers.length), `${states('changed')} changed, ${states('added')} added, ${states('removed')} removed, ${states('same')} the same`)),
    partsChart(c).element, metricsTable(c), layerChart(c).element, layersTable(c),
  ];
}

export function comparePage(report: CompareReport): Page {
  const place = h('div', {class: 'cards inner'});
  const open = (i: number) => {
    dispose(place);
    place.replaceChildren(...parts(report.comparisons[i]!));
  };
  if (report.comparisons.length) open(0);
  const first = report.comparisons[0];
  const title = !first ? 'No comparison' : names(first).join(' against ');
  return {
    kind: 'Comparison', title, facts: [plural(report.comparisons.length, 'comparison'), ...(first ? [plural(first.layers.length, 'layer')] : [])],
    sections: [{title: 'B against A', content: [
      notices([{tone: 'bad', title: 'Fails', lines: report.failures}]),
      report.comparisons.length > 1 ? h('div', {class: 'controls wide'}, select('Comparison',
        report.comparisons.map((c, i) => ({value: String(i), label: `${c.a.platform}: ${names(c).join(' against ')}`})), '0', (i) => open(Number(i)))) : null,
      place]}],
  };
}
