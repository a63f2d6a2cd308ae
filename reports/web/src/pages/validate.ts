// Forecasts beside measurements.
import {dispose} from '../chart';
import {h, segmented} from '../dom';
import {figure} from '../figures';
import {joules, percent, plural, range, seconds, signedPercent} from '../format';
import {notices, panel, stat, stats, type Page, type Tone} from '../page';
import {dataTable, type TableColumn} from '../table';
import type {Row, Statistics, ValidateReport} from '../validation';
import {agreement, coverage, errorHistogram, type Shown} from '../views/agreement';

// Coverage is good where it is near what is stated, whichever way.
function held(share: number, stated: number): Tone {
  return Math.abs(share - stated) <= 0.05 ? 'good' : share < stated ? 'bad' : 'warn';
}

function summary(s: Statistics, energy?: Statistics): HTMLElement {
  const ofLatency = s.rows === 0 ? [] : [
    stat('mean error', percent(s.mape, 1), `median ${percent(s.median_ape, 1)}`),
    stat('bias', signedPercent(Math.expm1(s.bias)), s.bias < 0 ? 'forecasts too fast' : 'forecasts too slow'),
    stat('within 10 %', percent(s.within_10), `${percent(s.within_20)} within 20 %`),
    stat('rank correlation', s.spearman.toFixed(3), 'of latencies'),
    stat('80 % intervals hold', percent(s.coverage_80), 'of measurements', held(s.coverage_80, 0.8)),
    stat('95 % intervals hold', percent(s.coverage_95), 'of measurements', held(s.coverage_95, 0.95)),
  ];
  return stats(
    ...ofLatency,
    energy ? stat('energy: mean error', percent(energy.mape, 1), `of ${plural(energy.rows, 'row')}`) : null,
    stat('rows', String(s.rows), 'forecast and measured'));
}

interface Groups {
  id: string;
  label: string;
  all: Record<string, Statistics>;
  of: (row: Row) => string;
}

function groupsOf(report: ValidateReport): Groups[] {
  return [
    {id: 'device', label: 'device', all: report.by_device, of: (r: Row) => `${r.platform}/${r.engine}`},
    {id: 'runtime', label: 'runtime', all: report.by_runtime, of: (r: Row) => r.runtime},
    {id: 'precision', label: 'precision', all: report.by_precision, of: (r: Row) => r.precision},
    {id: 'kernel', label: 'leading kernel', all: report.by_kernel, of: (r: Row) => r.kernel},
  ].filter((g) => Object.keys(g.all).length > 0);
}

function groupTable(groups: Groups, picked: (name: string) => void): HTMLElement {
  const names = Object.keys(groups.all);
  const at = (i: number) => groups.all[names[i]!]!;
  const worst = Math.max(...names.map((n) => groups.all[n]!.mape), 1e-9);
  const share = (title: string, of: (s: Statistics) => number): TableColumn =>
      ({title, numeric: true, text: (i) => percent(of(at(i))), value: (i) => of(at(i))});
  return dataTable({
    name: `By ${groups.label}`, rows: names.map((_, i) => i), height: 330, sort: {column: 1, descending: true},
    picked: (i) => picked(names[i]!),
    columns: [
      {title: groups.label, text: (i) => names[i]!, wide: true},
      {title: 'rows', numeric: true, text: (i) => String(at(i).rows), value: (i) => at(i).rows},
      {title: 'mean error', numeric: true, text: (i) => percent(at(i).mape, 1), value: (i) => at(i).mape, share: (i) => at(i).mape / worst},
      {title: 'median', numeric: true, text: (i) => percent(at(i).median_ape, 1), value: (i) => at(i).median_ape},
      {title: 'bias', numeric: true, text: (i) => signedPercent(Math.expm1(at(i).bias)), value: (i) => at(i).bias},
      share('in 10 %', (s) => s.within_10), share('in 20 %', (s) => s.within_20),
      {title: 'rank', numeric: true, text: (i) => at(i).spearman.toFixed(3), value: (i) => at(i).spearman},
      share('80 % int.', (s) => s.coverage_80), share('95 % int.', (s) => s.coverage_95),
    ],
  });
}

function rowsTable(report: ValidateReport, chosen: number[]): HTMLElement {
  const at = (i: number) => report.rows[i]!;
  return dataTable({
    name: 'Rows', rows: chosen, height: 480,
    columns: [
      {title: 'network', text: (i) => at(i).network, wide: true},
      {title: 'device', text: (i) => `${at(i).platform}/${at(i).engine}`},
      {title: 'runtime', text: (i) => at(i).runtime},
      {title: 'prec.', text: (i) => at(i).precision},
      {title: 'threads', numeric: true, text: (i) => String(at(i).threads), value: (i) => at(i).threads},
      {title: 'measured', numeric: true, text: (i) => seconds(at(i).measured_s), value: (i) => at(i).measured_s ?? NaN},
      {title: 'forecast', numeric: true, text: (i) => seconds(at(i).predicted_s), value: (i) => at(i).predicted_s},
      {title: '80 % between', numeric: true, text: (i) => range(...at(i).interval_80_s, seconds), value: (i) => at(i).interval_80_s[0]},
      {title: 'error', numeric: true, text: (i) => signedPercent(at(i).error), value: (i) => at(i).error ?? NaN,
       tone: (i) => at(i).error === null ? '' : Math.abs(at(i).error!) <= 0.1 ? 'good' : Math.abs(at(i).error!) > 0.5 ? 'bad' : ''},
      ...(report.energy ? [
        {title: 'measured energy', numeric: true, text: (i: number) => at(i).measured_j === null ? '\u2013' : joules(figure(at(i).measured_j)), value: (i: number) => figure(at(i).measured_j)},
        {title: 'forecast energy', numeric: true, text: (i: number) => joules(figure(at(i).predicted_j)), value: (i: number) => figure(at(i).predicted_j)},
      ] : []),
      {title: 'kernel', text: (i) => at(i).kernel},
      {title: 'bound by', text: (i) => at(i).bound},
    ],
  });
}

function outlierTable(report: ValidateReport): HTMLElement {
  const at = (i: number) => report.outliers[i]!;
  return dataTable({
    name: 'Outliers', rows: report.outliers.map((_, i) => i), height: 300,
    columns: [
      {title: 'network', text: (i) => at(i).network},
      {title: 'device', text: (i) => at(i).device},
      {title: 'measured / forecast', numeric: true, text: (i) => at(i).measured_over_predicted.toFixed(2), value: (i) => at(i).measured_over_predicted},
      {title: 'why', text: (i) => at(i).reason, wide: true},
    ],
  });
}

// Charts of the rows that are looked at, and the table whose rows choose them.
function explorer(report: ValidateReport): Node[] {
  const measured = report.rows.map((_, i) => i).filter((i) => report.rows[i]!.measured_s !== null);
  const groups = groupsOf(report);
  const charts = h('div', {class: 'cards inner'});
  const table = h('div');
  const state = h('p', {class: 'note', role: 'status'});
  const back = h('button', {type: 'button', onclick: () => look(null, '')}, 'Show all rows');
  const rows = h('div');
  const look = (group: Groups | null, name: string) => {
    const chosen = group ? measured.filter((i) => group.of(report.rows[i]!) === name) : measured;
    const shown: Shown = {rows: report.rows, chosen};
    dispose(charts);
    const right = h('div', {class: 'stack'}, errorHistogram(shown).element, coverage(shown).element);
    charts.replaceChildren(agreement(shown).element, right);
    rows.replaceChildren(rowsTable(report, group ? chosen : report.rows.map((_, i) => i)));
    state.textContent = group ? `Charts show ${plural(chosen.length, 'row')} of ${name}.` : 'Charts show all rows. Select a line of the table to see its rows alone.';
    back.hidden = !group;
  };
  const choose = (id: string) => {
    const group = groups.find((g) => g.id === id)!;
    table.replaceChildren(groupTable(group, (name) => look(group, name)));
  };
  look(null, '');
  if (groups[0]) choose(groups[0].id);
  return [
    charts,
    panel('By what they have in common', '', h('div', {class: 'controls'},
      segmented('By', groups.map((g) => ({value: g.id, label: g.label})), groups[0]?.id ?? '', choose), state, back), table),
    panel('Rows', '', rows),
  ];
}

export function validatePage(report: ValidateReport): Page {
  const devices = Object.keys(report.by_device).length;
  const networks = new Set(report.rows.map((r) => r.network)).size;
  const leftOut = Object.entries(report.left_out).map(([reason, n]) => `${plural(n, 'row')}: ${reason}`);
  const unknown = report.rows.filter((r) => r.measured_j !== null && r.predicted_j === null).length;
  const first = notices([
    {tone: 'warn', title: 'Left out of every figure', lines: leftOut},
    {tone: 'warn', title: 'Energy unknown', lines: unknown ? [`${plural(unknown, 'row')} with a measured energy, whose platform states none`] : []},
    {tone: report.outliers.length ? 'bad' : '', title: 'Far off', lines: report.outliers.length
        ? [`${plural(report.outliers.length, 'row')} of ${report.rows.length} lie outside their 95 % interval or are off by half; the table of outliers has the models\u2019 reasons.`] : []},
  ]);
  const anyMeasured = report.rows.some((r) => r.measured_s !== null);
  return {
    kind: 'Validation',
    title: devices === 1 ? `Forecasts for ${Object.keys(report.by_device)[0]} against measurements` : 'Forecasts against measurements',
    facts: [plural(report.rows.length, 'row'), plural(networks, 'network'), plural(devices, 'device'),
            plural(Object.keys(report.by_runtime).length, 'runtime')],
    sections: [
      {title: 'How far', content: [first, summary(report.summary, report.energy)]},
      {title: 'Row by row', content: anyMeasured ? explorer(report) : [panel('Rows', 'No row has a measured latency.', rowsTable(report, report.rows.map((_, i) => i)))]},
      ...(report.outliers.length ? [{title: 'Outliers', content: [panel('Furthest off', 'The furthest first, with what the models say of them.', outlierTable(report))]}] : []),
    ],
  };
}
