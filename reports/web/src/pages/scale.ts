// Measured on one machine, forecast on another.
import {percent, plural, range, seconds, signedPercent} from '../format';
import {notices, panel, stat, stats, type Page} from '../page';
import {dataTable} from '../table';
import type {Statistics} from '../validation';
import {intervalRows} from '../views/intervals';

interface Row {
  network: string;
  from: string;
  to: string;
  runtime: string;
  precision: string;
  threads: number;
  batch: number;
  measured_there_s: number;  // on the first machine
  predicted_s: number;
  interval_80_s: [number, number];
  interval_95_s: [number, number];
  by_ratio_s: number;
  measured_here_s: number | null;  // on the other
  used: boolean;
}

export interface ScaleReport {
  schema: string;
  ratio: number;
  summary: Statistics;
  by_ratio: Statistics;
  rows: Row[];
}

const kShown = 30;  // rows in the chart
const words = (r: Row) => `${r.network}, ${r.precision}, ${plural(r.threads, 'thread')}${r.batch > 1 ? `, batch ${r.batch}` : ''}`;
const error = (r: Row) => r.measured_here_s === null ? NaN : r.predicted_s / r.measured_here_s - 1;

function table(report: ScaleReport): HTMLElement {
  const at = (i: number) => report.rows[i]!;
  return panel('All rows', '', dataTable({
    name: 'Rows', rows: report.rows.map((_, i) => i), height: 480,
    columns: [
      {title: 'network', text: (i) => at(i).network, wide: true},
      {title: 'measured on', text: (i) => at(i).from},
      {title: 'wanted on', text: (i) => at(i).to},
      {title: 'runtime', text: (i) => at(i).runtime},
      {title: 'prec.', text: (i) => at(i).precision},
      {title: 'threads', numeric: true, text: (i) => String(at(i).threads), value: (i) => at(i).threads},
      {title: 'on the first', numeric: true, text: (i) => seconds(at(i).measured_there_s), value: (i) => at(i).measured_there_s},
      {title: 'forecast', numeric: true, text: (i) => seconds(at(i).predicted_s), value: (i) => at(i).predicted_s},
      {title: '80 % between', numeric: true, text: (i) => range(...at(i).interval_80_s, seconds), value: (i) => at(i).interval_80_s[0]},
      {title: 'by one ratio', numeric: true, text: (i) => seconds(at(i).by_ratio_s), value: (i) => at(i).by_ratio_s},
      {title: 'on the other', numeric: true, text: (i) => seconds(at(i).measured_here_s), value: (i) => at(i).measured_here_s ?? NaN},
      {title: 'error', numeric: true, text: (i) => signedPercent(error(at(i))), value: (i) => error(at(i)), tone: (i) => Math.abs(error(at(i))) <= 0.1 ? 'good' : Math.abs(error(at(i))) > 0.5 ? 'bad' : ''},
      {title: 'used', text: (i) => at(i).used ? 'yes' : ''},
    ],
  }));
}

export function scalePage(report: ScaleReport): Page {
  const {rows, summary, by_ratio: byRatio} = report;
  const all = (of: (r: Row) => string) => [...new Set(rows.map(of))];
  const used = rows.filter((r) => r.used).length;
  const shown = rows.slice(0, kShown);
  return {
    kind: 'Scaling', title: rows.length ? `From ${all((r) => r.from).join(', ')} to ${all((r) => r.to).join(', ')}` : 'Nothing to scale',
    facts: [plural(rows.length, 'measurement'), plural(all((r) => r.network).length, 'network'), ...all((r) => r.runtime)],
    sections: [
      {title: 'At a glance', content: [
        notices([{tone: '', title: 'What it rests on', lines: [
          'Forecasts start from what the measurements say of the machine they were made on, as far as an error is shared between machines.',
          used ? `${plural(used, 'measurement')} of the other machine ${used === 1 ? 'was' : 'were'} used, too; they are left out of the errors.` : 'No measurement of the other machine was used.']}]),
        stats(stat('one ratio', `\u00d7${report.ratio.toPrecision(3)}`, 'time on the other to time on the first: what people use by hand'),
          ...(summary.rows ? [
            stat('mean error', percent(summary.mape, 1), `of ${plural(summary.rows, 'row')} that were measured on both`),
            stat('by one ratio', percent(byRatio.mape, 1), 'mean error of the same rows', byRatio.mape < summary.mape ? 'warn' : ''),
            stat('80 % intervals hold', percent(summary.coverage_80), 'of measurements')] : [stat('mean error', '\u2013', 'nothing was measured on the other machine')]))]},
      {title: 'Row by row', content: [
        ...(shown.length ? [intervalRows({
          title: 'Forecast on the other machine', wide: true, names: shown.map(words),
          note: `The thick line holds the true latency with a probability of 80 %, the thin one of 95 %.${rows.length > kShown ? ` The first ${kShown} of ${rows.length} rows; the table has all.` : ''}`,
          rows: shown.map((r) => ({value: r.predicted_s, inner: r.interval_80_s, outer: r.interval_95_s})),
          marks: [{name: 'measured on the first machine', values: shown.map((r) => r.measured_there_s)}, {name: 'by one ratio', values: shown.map((r) => r.by_ratio_s)},
                  {name: 'measured on the other', values: shown.map((r) => r.measured_here_s ?? NaN)}],
        }).element] : []),
        table(report)]},
    ],
  };
}
