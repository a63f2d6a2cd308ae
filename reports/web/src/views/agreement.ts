// Forecasts against measurements: how far, in which direction, and how well the intervals hold.
import {chartCard, type ChartCard, type View} from '../chart';
import {select} from '../dom';
import type {Option} from '../echarts';
import {axis, count, percent, plural, range, seconds, signedPercent} from '../format';
import {quantile, score, type Row} from '../validation';
import {around, legend, logAxis, valueAxis} from './axes';
import {groupColour, groupingBy, kOthers} from './fields';
import {tip} from './tooltip';

export interface Shown {
  rows: Row[];          // all of the report
  chosen: number[];     // indices of those looked at, all measured
}

const kFields: {id: string; label: string; of: (row: Row) => string}[] = [
  {id: 'device', label: 'device', of: (r) => r.platform},
  {id: 'kernel', label: 'leading kernel', of: (r) => r.kernel},
  {id: 'precision', label: 'precision', of: (r) => r.precision},
  {id: 'runtime', label: 'runtime', of: (r) => r.runtime},
  {id: 'threads', label: 'threads', of: (r) => plural(r.threads, 'thread')},
  {id: 'bound', label: 'bound', of: (r) => r.bound},
  {id: 'held', label: 'interval', of: (r) => Math.abs(score(r)) <= quantile(0.8) ? 'in the 80 % interval' : Math.abs(score(r)) <= quantile(0.95) ? 'in the 95 % interval' : 'outside'},
];

function rowTip(row: Row): string {
  return tip(`${row.network} on ${row.platform}`, [
    ['measured', seconds(row.measured_s)],
    ['forecast', seconds(row.predicted_s)],
    ['error', signedPercent(row.error)],
    ['80 % between', range(...row.interval_80_s, seconds)],
    ['run', `${row.engine}, ${row.runtime}, ${row.precision}, ${plural(row.threads, 'thread')}, batch ${row.batch}`],
    ['leading kernel', row.kernel], ['bound by', row.bound],
  ]);
}

// A band of stated error around the line where forecast and measurement agree.
function band(share: number, low: number, high: number, opacity: number, view: View) {
  return {
    type: 'custom', name: `\u00b1${percent(share)}`, silent: true, z: 1, clip: true, tooltip: {show: false},
    itemStyle: {color: view.look.good, opacity: 2 * opacity}, data: [[low, low]],
    renderItem: (_: unknown, api: any) => ({
      type: 'polygon',
      shape: {points: [
        api.coord([low, low * (1 - share)]), api.coord([high, high * (1 - share)]),
        api.coord([high, high * (1 + share)]), api.coord([low, low * (1 + share)]),
      ]},
      style: {fill: view.look.good, opacity},
    }),
  };
}

function scatter(shown: Shown, field: (typeof kFields)[number], view: View): Option {
  const {look: colours, narrow} = view;
  const rows = shown.chosen.map((i) => shown.rows[i]!);
  const [min, max] = around(rows.flatMap((r) => [r.measured_s!, r.predicted_s]));
  const groups = groupingBy(shown.chosen, (i) => field.of(shown.rows[i]!));
  return {
    tooltip: {trigger: 'item', formatter: (e: {data: {row?: Row}}) => e.data.row ? rowTip(e.data.row) : ''},
    legend: legend(colours),
    grid: {left: narrow ? 56 : 72, right: 16, top: 40, bottom: 50},
    xAxis: logAxis(colours, {name: 'measured', min, max, text: axis(seconds)}),
    yAxis: logAxis(colours, {name: narrow ? '' : 'forecast', gap: 56, min, max, text: axis(seconds)}),
    series: [
      band(0.2, min / 2, max * 2, 0.1, view), band(0.1, min / 2, max * 2, 0.16, view),
      {type: 'line', name: 'equal', symbol: 'none', silent: true, data: [[min, min], [max, max]], z: 1,
       lineStyle: {color: colours.faint, width: 1}, itemStyle: {color: colours.faint}},
      ...groups.names.map((name, at) => ({
        type: 'scatter', name, symbolSize: rows.length > 2000 ? 5 : 7, z: name === kOthers ? 2 : 3,
        itemStyle: {color: groupColour(groups, at, colours), opacity: 0.72},
        emphasis: {itemStyle: {opacity: 1, borderColor: colours.text, borderWidth: 1.5}},
        data: shown.chosen.filter((i) => groups.of(i) === at).map((i) => {
          const row = shown.rows[i]!;
          return {value: [row.measured_s, row.predicted_s], row};
        }),
      })),
    ],
  };
}

export function agreement(shown: Shown): ChartCard {
  const varied = kFields.filter((f) => new Set(shown.rows.map(f.of)).size > 1);
  // Colours tell few groups apart.
  const few = varied.find((f) => new Set(shown.rows.map(f.of)).size <= 8);
  let field = few ?? varied[0] ?? kFields[0]!;
  const card = chartCard({
    title: 'Forecast against measurement', height: (view) => view.narrow ? 380 : 520,
    note: 'On the line they agree; above it the forecast is too slow. Bands are errors of 10 and 20 %.',
    label: `Forecast against measured latency of ${plural(shown.chosen.length, 'row')}`,
    controls: varied.length > 1 ? [select('Colour by', varied.map((f) => ({value: f.id, label: f.label})), field.id, (id) => {
      field = varied.find((f) => f.id === id)!;
      card.redraw();
    })] : [],
    option: (view) => scatter(shown, field, view),
  });
  return card;
}

const kBin = 0.05;
const kLimit = 1;

export function errorHistogram(shown: Shown): ChartCard {
  return chartCard({
    title: 'Errors', height: (view) => view.narrow ? 260 : 250,
    note: 'Share of rows by error of the forecast; bars at the ends hold all that is further off.',
    label: 'Histogram of errors',
    option: ({look: colours}) => {
      const bins = new Array<number>(2 * kLimit / kBin + 2).fill(0);
      for (const i of shown.chosen) {
        const error = shown.rows[i]!.error!;
        const at = Math.floor((error + kLimit) / kBin + 1e-9) + 1;
        bins[Math.min(Math.max(at, 0), bins.length - 1)]! += 1;
      }
      const first = Math.max(0, bins.findIndex((n) => n > 0) - 1);
      const last = bins.length - 1 - Math.max(0, [...bins].reverse().findIndex((n) => n > 0) - 1);
      const left = (at: number) => -kLimit + (at - 1) * kBin;
      const shownBins = bins.map((n, at) => ({n, at})).slice(first, last + 1);
      const colour = (at: number) => {
        const worst = Math.max(Math.abs(left(at)), Math.abs(left(at + 1)));
        return worst <= 0.1 + 1e-9 ? colours.good : worst <= 0.2 + 1e-9 ? colours.palette[0]! : colours.palette[7]!;
      };
      return {
        tooltip: {trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {color: colours.text, opacity: 0.06}},
                  formatter: (items: {dataIndex: number}[]) => {
                    const {n, at} = shownBins[items[0]!.dataIndex]!;
                    const name = at === 0 ? 'below \u2212100 %' : at === bins.length - 1 ? 'above +100 %' : `${signedPercent(left(at))} to ${signedPercent(left(at + 1))}`;
                    return tip(name, [['rows', count(n)], ['share', percent(n / shown.chosen.length)]]);
                  }},
        grid: {left: 46, right: 10, top: 12, bottom: 40},
        xAxis: {
          type: 'category', data: shownBins.map(({at}) => at === 0 ? '\u2212\u221e' : at === bins.length - 1 ? '>100' : `${Math.round(100 * left(at))}`),
          name: 'error in %, left end', nameLocation: 'middle', nameGap: 24, nameTextStyle: {color: colours.muted},
          axisTick: {show: false}, axisLine: {lineStyle: {color: colours.line}}, axisLabel: {color: colours.muted, hideOverlap: true},
        },
        yAxis: valueAxis(colours, {text: (v) => percent(v, 0), splits: 4}),
        series: [{type: 'bar', barCategoryGap: '8%', data: shownBins.map(({n, at}) => ({value: n / shown.chosen.length, itemStyle: {color: colour(at)}}))}],
      };
    },
  });
}

export function coverage(shown: Shown): ChartCard {
  return chartCard({
    title: 'Do the intervals hold?', height: (view) => view.narrow ? 260 : 250,
    note: 'Share of measurements inside the interval of each stated probability. On the diagonal intervals are as wide as they should be; above it wider.',
    label: 'Stated against observed coverage of the intervals',
    option: ({look: colours}) => {
      const scores = shown.chosen.map((i) => Math.abs(score(shown.rows[i]!)));
      const held = (p: number) => scores.filter((z) => z <= quantile(p)).length / scores.length;
      const stated = Array.from({length: 20}, (_, i) => i < 19 ? (i + 1) * 0.05 : 0.99);
      return {
        tooltip: {trigger: 'axis', axisPointer: {type: 'none'}, formatter: (items: {data: [number, number]}[]) =>
            tip(`${percent(items[items.length - 1]!.data[0])} intervals`, [['hold', percent(items[items.length - 1]!.data[1], 1)]])},
        grid: {left: 46, right: 14, top: 12, bottom: 40},
        xAxis: {...valueAxis(colours, {name: 'stated', min: 0, max: 1, gap: 24, text: (v) => percent(v, 0)}), splitLine: {show: false}},
        yAxis: {...valueAxis(colours, {min: 0, max: 1, text: (v) => percent(v, 0)}), interval: 0.25},
        series: [
          {type: 'line', data: [[0, 0], [1, 1]], symbol: 'none', silent: true, lineStyle: {color: colours.faint, type: [4, 4], width: 1}, tooltip: {show: false}},
          {type: 'line', data: stated.map((p) => [p, held(p)]), symbolSize: 5, lineStyle: {width: 2.5, color: colours.palette[0]}, itemStyle: {color: colours.palette[0]},
           markLine: {symbol: 'none', silent: true, lineStyle: {color: colours.line, type: 'dotted'}, label: {show: false}, data: [{xAxis: 0.8}, {xAxis: 0.95}]}},
        ],
      };
    },
  });
}
