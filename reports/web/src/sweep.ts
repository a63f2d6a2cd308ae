// The cases of a sweep as columns, whatever their number, and what the page asks of them.
import {bytes, joules, macs, percent, seconds, si, watts} from './format';

export interface SweepReport {
  schema: string;
  scenario: string;
  title?: string;
  axes: {name: string; values: string[]}[];
  objectives: {metric: string; sense: 'min' | 'max'}[];
  requirements?: string[];
  columns: Record<string, (number | string | boolean | null)[]>;
  frontier: number[];
  cases_total?: number;
}

export interface Axis {
  name: string;
  values: string[];
  ids: ArrayLike<number>;  // one a case
}

export interface Metric {
  key: string;    // of the column
  name: string;
  smallerIsBetter: boolean;
  text: (value: number) => string;
  values: Float64Array;             // NaN where unknown
  deviation: Float64Array | null;   // of the logarithm
}

export interface Cases {
  size: number;
  axes: Axis[];
  metrics: Metric[];
  objectives: Metric[];
  frontier: number[];
  feasible: (row: number) => boolean;
  reason: (row: number) => string;
}

interface Known {
  keys: string[];
  name: string;
  smallerIsBetter: boolean;
  text: (value: number) => string;
}

const kMetrics: Known[] = [
  {keys: ['latency_s'], name: 'latency', smallerIsBetter: true, text: seconds},
  {keys: ['energy_j'], name: 'energy', smallerIsBetter: true, text: joules},
  {keys: ['memory_bytes', 'peak_memory_bytes'], name: 'memory', smallerIsBetter: true, text: bytes},
  {keys: ['size_bytes'], name: 'size', smallerIsBetter: true, text: bytes},
  {keys: ['accuracy'], name: 'accuracy', smallerIsBetter: false, text: (v) => percent(v, 2)},
  {keys: ['power_w'], name: 'power', smallerIsBetter: true, text: watts},
  {keys: ['throughput_per_s', 'throughput_hz', 'throughput'], name: 'throughput', smallerIsBetter: false, text: (v) => si(v, '/s')},
  {keys: ['macs'], name: 'MACs', smallerIsBetter: true, text: macs},
  {keys: ['parameters'], name: 'parameters', smallerIsBetter: true, text: macs},
  {keys: ['arena_bytes'], name: 'arena', smallerIsBetter: true, text: bytes},
];

function numbers(column: (number | string | boolean | null)[]): Float64Array {
  const values = new Float64Array(column.length);
  for (let i = 0; i < column.length; ++i) {
    const value = column[i];
    values[i] = typeof value === 'number' ? value : NaN;
  }
  return values;
}

function metricOf(report: SweepReport, known: Known): Metric | null {
  const key = known.keys.find((k) => report.columns[k]);
  if (!key) return null;
  const values = numbers(report.columns[key]!);
  if (!values.some((v) => Number.isFinite(v))) return null;
  const sense = report.objectives.find((o) => o.metric === known.name)?.sense;
  const deviation = report.columns[`${known.name}_deviation`];
  return {
    key, name: known.name, text: known.text, values,
    smallerIsBetter: sense ? sense === 'min' : known.smallerIsBetter,
    deviation: deviation ? numbers(deviation) : null,
  };
}

export function casesOf(report: SweepReport): Cases {
  const metrics = kMetrics.flatMap((known) => metricOf(report, known) ?? []);
  const first = Object.values(report.columns)[0] ?? [];
  const axes = report.axes.map((axis): Axis => ({...axis, ids: (report.columns[axis.name] ?? []) as number[]}));
  const objectives = report.objectives.flatMap((o) => metrics.find((m) => m.name === o.metric) ?? []);
  const feasible = report.columns['feasible'];
  const reasons = report.columns['reason'] ?? report.columns['fails'];
  return {
    size: first.length, axes, metrics,
    objectives: objectives.length ? objectives : metrics.slice(0, 2),
    frontier: report.frontier,
    feasible: feasible ? (row) => feasible[row] !== false && feasible[row] !== 0 : () => true,
    reason: reasons ? (row) => String(reasons[row] ?? '') : () => '',
  };
}

export const axisText = (axis: Axis, row: number): string => axis.values[axis.ids[row]!] ?? '';

// What tells a case from others: the values of all axes that vary.
export function settings(cases: Cases, row: number): string {
  const varied = cases.axes.filter((a) => a.values.length > 1);
  return (varied.length ? varied : cases.axes).map((a) => axisText(a, row)).join(', ') || `case ${row}`;
}

// Rows that no other of these beats in both metrics, from the best in x on.
export function front(rows: number[], x: Metric, y: Metric): number[] {
  const key = (m: Metric) => (row: number) => m.smallerIsBetter ? m.values[row]! : -m.values[row]!;
  const [ofX, ofY] = [key(x), key(y)];
  const known = rows.filter((r) => Number.isFinite(ofX(r)) && Number.isFinite(ofY(r)));
  known.sort((a, b) => ofX(a) - ofX(b) || ofY(a) - ofY(b));
  const found: number[] = [];
  let best = Infinity;
  for (const row of known) {
    if (ofY(row) >= best) continue;
    best = ofY(row);
    found.push(row);
  }
  return found;
}

// The row with the best value; -1 if none is known.
export function bestOf(rows: number[], metric: Metric): number {
  let best = -1;
  for (const row of rows) {
    const value = metric.values[row]!;
    if (!Number.isFinite(value)) continue;
    const better = best < 0 || (metric.smallerIsBetter ? value < metric.values[best]! : value > metric.values[best]!);
    if (better) best = row;
  }
  return best;
}

export function interval80(metric: Metric, row: number): [number, number] | null {
  const deviation = metric.deviation?.[row];
  if (deviation === undefined || !(deviation > 0)) return null;
  const factor = Math.exp(1.2815515655446004 * deviation);
  return [metric.values[row]! / factor, metric.values[row]! * factor];
}

