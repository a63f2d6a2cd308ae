// The rows of a table that no other beats, in any two of its columns.
import type {ChartCard} from '../chart';
import {count, digits, percent, plural} from '../format';
import {notices, panel, stat, stats, type Page} from '../page';
import {front, kMetrics, type Axis, type Cases, type Metric} from '../sweep';
import {pareto} from '../views/pareto';
import {casesTable, Choice, firstChoice} from './sweep';

type Value = number | string | null;  // a word is an infinity

interface Point {
  row: number;
  ties: number;
  values: Record<string, Value>;
  cells: Record<string, string>;
}

export interface FrontierReport {
  schema: string;
  file: string;
  objectives: {column: string; sense: 'min' | 'max'}[];
  rows: number;
  left_out: number;
  points: Point[];
  knee: {row: number; rule: string; distance: number} | null;
  hypervolume: {volume: Value; share: number | null; reference: Record<string, Value>};
  asked: {row: number; values: Record<string, Value>; beaten_by: {row: number; better_by: Record<string, Value>}[]}[];
}

// Columns that sweep writes are shown with their units, others as they are.
function metricOf(report: FrontierReport, column: string): Metric {
  const known = kMetrics.find((m) => m.key === column);
  const sense = report.objectives.find((o) => o.column === column)?.sense;
  const cell = (p: Point) => p.cells[column]?.trim() ? Number(p.cells[column]) : NaN;
  return {
    key: column, name: known?.name ?? column, text: known?.text ?? ((v) => digits(v)), base: known?.base,
    smallerIsBetter: sense ? sense === 'min' : known?.smallerIsBetter ?? true,
    values: Float64Array.from(report.points, (p) => typeof p.values[column] === 'number' ? p.values[column] as number : cell(p)),
    deviation: known && `${known.name}_deviation` in (report.points[0]?.cells ?? {}) ? metricOf(report, `${known.name}_deviation`).values : null,
  };
}

function axisOf(report: FrontierReport, column: string): Axis {
  const texts = report.points.map((p) => p.cells[column] ?? '');
  const values = [...new Set(texts)];
  return {name: column, values, ids: texts.map((text) => values.indexOf(text))};
}

// What sweep writes about its cases, which is neither a setting nor a figure.
const kOwn = /_deviation$|^missed |^(fits|fits_reason|feasible|on_frontier|twins)$/;

// The two objectives that trade most come first: those with the longest frontier.
function telling(objectives: Metric[]): Metric[] {
  const rows = Array.from({length: objectives[0]?.values.length ?? 0}, (_, i) => i);
  let [best, longest] = [objectives, 0];
  objectives.forEach((x, i) => objectives.slice(i + 1).forEach((y) => {
    const {length} = front(rows, x, y);
    if (length > longest) [best, longest] = [[x, y, ...objectives.filter((m) => m !== x && m !== y)], length];
  }));
  return best;
}

function casesOf(report: FrontierReport): Cases {
  const columns = Object.keys(report.points[0]?.cells ?? {});
  const objectives = telling(report.objectives.map((o) => metricOf(report, o.column)));
  const others = columns.filter((c) => !kOwn.test(c) && !report.objectives.some((o) => o.column === c));
  const metrics = others.map((c) => metricOf(report, c)).filter((m) => kMetrics.some((k) => k.key === m.key) || m.values.some((v) => !Number.isInteger(v)) && m.values.every(Number.isFinite));
  const axes = others.filter((c) => !metrics.some((m) => m.key === c)).map((c) => axisOf(report, c));
  const knee = report.points.findIndex((p) => p.row === report.knee?.row);
  return {
    noun: 'Row', size: report.points.length, axes, metrics: [...objectives, ...metrics].filter((m) => m.values.some(Number.isFinite)), objectives,
    frontier: report.points.map((_, i) => i), knee: knee < 0 ? undefined : knee,
    label: (i) => String(report.points[i]!.row), feasible: () => true, reason: () => '',
  };
}

// Rows that somebody asked about: whether, and by what, they are beaten.
function asked(report: FrontierReport): string[] {
  const by = (better: Record<string, Value>) => Object.entries(better).filter(([, v]) => v !== 0).map(([column, v]) => `${column} by ${typeof v === 'number' ? metricOf(report, column).text(v) : v ?? '\u2013'}`).join(', ');
  return report.asked.map(({row, beaten_by: rows}) => rows.length
      ? `row ${row} is beaten by ${rows.slice(0, 3).map((one) => `row ${one.row} (${by(one.better_by)})`).join('; ')}${rows.length > 3 ? ` and ${rows.length - 3} more` : ''}`
      : `row ${row} is beaten by none`);
}

export function frontierPage(report: FrontierReport): Page {
  const cases = casesOf(report);
  const rows = cases.frontier;
  const choice = new Choice(cases, firstChoice(cases), () => cloud.redraw());
  const cloud: ChartCard = pareto(cases, {rows: () => rows, chosen: () => choice.rows(), choose: (row) => choice.add(row)}, 'The frontier');
  const share = report.hypervolume.share;
  const aims = report.objectives.map((o) => `${o.sense} ${o.column}`);
  return {
    kind: 'Frontier', title: `What no other row beats in ${report.objectives.map((o) => o.column).join(', ')}`,
    facts: [report.file.split('/').pop() ?? report.file, plural(report.rows, 'row'), ...aims],
    sections: [
      {title: 'At a glance', content: [
        notices([
          {tone: 'warn', title: 'Left out', lines: report.left_out ? [`${plural(report.left_out, 'row')} with an empty cell in an objective`] : []},
          {tone: '', title: 'Asked about', lines: asked(report)}]),
        stats(stat('on the frontier', count(rows.length), `of ${plural(report.rows, 'row')}`),
          stat('knee', report.knee ? `row ${report.knee.row}` : 'none', report.knee ? report.knee.rule === 'bulge' ? 'bulges furthest from the line between the ends' : 'nearest to the best of each objective' : ''),
          share === null ? null : stat('hypervolume', percent(share), 'of the box between the best and the reference point'))]},
      {title: 'What they trade', content: [cloud.element]},
      {title: 'Side by side', lead: 'Rows that were selected in the chart or in the table; to begin with, the knee and the best in each objective.', content: [choice.list, choice.place]},
      {title: 'Rows', content: [panel('All on the frontier', 'Select a row to put it beside others above.', casesTable(cases, rows, (row) => choice.add(row)))]},
    ],
  };
}
