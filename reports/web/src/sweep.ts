// The cases of a sweep as columns, whatever their number, and what the page asks of them.
import {figure, type Pair, type Stated} from './figures';
import {bytes, joules, macs, percent, plural, seconds, si, watts} from './format';

type Column = Stated[];

export interface SweepReport {
  schema: string;
  scenario: string;
  title: string;
  axes: {name: string; values: string[]}[];
  objectives: {metric: string; sense: 'min' | 'max'}[];
  requirements: {text: string; metric: string}[];
  must_fit: boolean;
  counts: {
    all: number; excluded: number; repeated: number; impossible: number; forecast: number; unfit: number;
    feasible: number; unknown: number;
    why_impossible: Record<string, number>; failed: Record<string, number>; unknown_of: Record<string, number>;
  };
  columns: Record<string, Column>;
  reasons: string[];
  missed: Column[];    // a requirement each: by how much a case misses it; 0 meets it
  frontier: number[];  // rows
  knee?: {case: number} | null;
  pipelines?: Pipeline[];
}

export interface Stage {
  stage: string;
  figures: Record<string, Stated>;         // by the metric's key
  change: Record<string, number | null>;   // from the stage before, by the metric's name
  part: Record<string, number | null>;     // of the whole change
  fits: boolean;
  fits_reason: string;
}

export interface Pipeline {
  where: string;
  stages: Stage[];
  checks: {requirement: string; met: boolean; missed_by: number | null}[];
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
  base?: number;                    // 2: labels of axes at powers of two
  values: Float64Array;             // NaN where unknown
  deviation: Float64Array | null;   // of the logarithm
}

export interface Cases {
  noun: string;  // "Case"
  size: number;
  axes: Axis[];
  metrics: Metric[];
  objectives: Metric[];
  frontier: number[];
  knee: number | undefined;        // of the frontier, a row
  label: (row: number) => string;  // the case's number in the product of all axes
  feasible: (row: number) => boolean;
  reason: (row: number) => string;  // why it is not
}

export interface Known {
  key: string;
  name: string;
  smallerIsBetter: boolean;
  text: (value: number) => string;
  base?: number;
}

export const kMetrics: Known[] = [
  {key: 'latency_s', name: 'latency', smallerIsBetter: true, text: seconds},
  {key: 'energy_j', name: 'energy', smallerIsBetter: true, text: joules},
  {key: 'memory_bytes', name: 'memory', smallerIsBetter: true, text: bytes, base: 2},
  {key: 'size_bytes', name: 'size', smallerIsBetter: true, text: bytes, base: 2},
  {key: 'accuracy', name: 'accuracy', smallerIsBetter: false, text: (v) => percent(v, 2)},
  {key: 'power_w', name: 'power', smallerIsBetter: true, text: watts},
  {key: 'throughput_per_s', name: 'throughput', smallerIsBetter: false, text: (v) => si(v, '/s')},
  {key: 'macs', name: 'macs', smallerIsBetter: true, text: macs},
  {key: 'parameters', name: 'parameters', smallerIsBetter: true, text: macs},
  {key: 'arena_bytes', name: 'arena', smallerIsBetter: true, text: bytes, base: 2},
];

function numbers(column: Column): Float64Array {
  const values = new Float64Array(column.length);
  for (let i = 0; i < column.length; ++i) {
    values[i] = figure(column[i]);
  }
  return values;
}

function metricOf(report: SweepReport, known: Known): Metric | null {
  const column = report.columns[known.key];
  if (!column) return null;
  const values = numbers(column);
  if (!values.some((v) => Number.isFinite(v))) return null;
  const sense = report.objectives.find((o) => o.metric === known.name)?.sense;
  const deviation = report.columns[`${known.name}_deviation`];
  return {
    key: known.key, name: known.name, text: known.text, base: known.base, values,
    smallerIsBetter: sense ? sense === 'min' : known.smallerIsBetter,
    deviation: deviation ? numbers(deviation) : null,
  };
}

// What a case lacks, in words.
function lacks(report: SweepReport, row: number): string {
  const missed = report.requirements.filter((_, i) => report.missed[i]?.[row] !== 0).map((r) => r.text);
  const fits = report.columns['fits']?.[row] !== 0;
  const reason = report.reasons[report.columns['fits_reason']?.[row] ?? -1];
  return [...missed, ...(report.must_fit && !fits ? [reason ? `fits (${reason})` : 'fits'] : [])].join('; ');
}

export function casesOf(report: SweepReport): Cases {
  const metrics = kMetrics.flatMap((known) => metricOf(report, known) ?? []);
  const numbersOf = report.columns['case'] ?? [];
  const feasible = report.columns['feasible'] ?? [];
  const objectives = report.objectives.flatMap((o) => metrics.find((m) => m.name === o.metric) ?? []);
  return {
    noun: 'Case', size: numbersOf.length, metrics,
    axes: report.axes.map((axis): Axis => ({...axis, ids: (report.columns[axis.name] ?? []) as number[]})),
    objectives: objectives.length ? objectives : metrics.slice(0, 2),
    frontier: report.frontier,
    knee: numbersOf.includes(report.knee?.case ?? null) ? numbersOf.indexOf(report.knee!.case) : undefined,
    label: (row) => String(numbersOf[row]),
    feasible: (row) => feasible[row] !== 0,
    reason: (row) => lacks(report, row),
  };
}

export const axisText = (axis: Axis, row: number): string => axis.values[axis.ids[row]!] ?? '\u2013';  // the axis does not act

// What tells a case from others: the values of all axes that vary.
export function settings(cases: Cases, row: number): string {
  const varied = cases.axes.filter((a) => a.values.length > 1);
  return (varied.length ? varied : cases.axes).map((a) => axisText(a, row)).join(', ') || `${cases.noun} ${cases.label(row)}`;
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

// Of cases that some metrics do not know; empty where all are known.
export function notDrawn(noun: string, rows: number[], metrics: Metric[]): string {
  const lacking = metrics.filter((m) => rows.some((r) => !Number.isFinite(m.values[r]!)));
  const missing = rows.filter((r) => lacking.some((m) => !Number.isFinite(m.values[r]!)));
  return missing.length ? ` Not drawn: ${plural(missing.length, noun.toLowerCase())} of unknown ${lacking.map((m) => m.name).join(' or ')}.` : '';
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

// The 80 % interval of a value whose logarithm has this standard deviation.
export function interval(value: number, deviation: number): Pair | null {
  if (!(deviation > 0) || Number.isNaN(value)) return null;
  const factor = Math.exp(1.2815515655446004 * deviation);
  return [value / factor, value * factor];
}

export const interval80 = (metric: Metric, row: number) => interval(metric.values[row]!, figure(metric.deviation?.[row]));

