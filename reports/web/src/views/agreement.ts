// Forecasts against measurements: how far, in which direction, and how well the intervals hold.
import {chartCard, type ChartCard, type View} from '../chart';
import {select} from '../dom';
import type {Option} from '../echarts';
import {axis, count, percent, plural, range, seconds, signedPercent} from '../format';
import {quantile, score, type Row} from '../validation';
import {across, around, fromZero, legend, logAxis, upward, valueAxis} from './axes';
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
  const {look: colours, narrow, width, height} = view;
  const rows = shown.chosen.map((i) => shown.rows[i]!);
  const [min, max] = around(rows.flatMap((r) => [r.measured_s!, r.predicted_s]));
  const left = narrow ? 56 : 72;
  const groups = groupingBy(shown.chosen, (i) => field.of(shown.rows[i]!));
  return {
    tooltip: {trigger: 'item', formatter: (e: {data: {row?: Row}}) => e.data.row ? rowTip(e.data.row) : ''},
    legend: legend(colours),
    grid: {left, right: 20, top: 40, bottom: 50},
    xAxis: logAxis(colours, {name: 'measured', text: axis(seconds), ...across(width - left - 20, min, max)}),
    yAxis: logAxis(colours, {name: narrow ? '' : 'forecast', gap: 56, text: axis(seconds), ...upward(height - 90, min, max)}),
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
    table: () => ({
      name: 'Forecast against measurement', rows: shown.chosen,
      columns: [
        {title: 'network', text: (i) => shown.rows[i]!.network, wide: true},
        {title: field.label, text: (i) => field.of(shown.rows[i]!)},
        {title: 'measured', numeric: true, text: (i) => seconds(shown.rows[i]!.measured_s), value: (i) => shown.rows[i]!.measured_s!},
        {title: 'forecast', numeric: true, text: (i) => seconds(shown.rows[i]!.predicted_s), value: (i) => shown.rows[i]!.predicted_s},
        {title: 'error', numeric: true, text: (i) => signedPercent(shown.rows[i]!.error), value: (i) => shown.rows[i]!.error ?? NaN},
      ],
    }),
  });
  return card;
}

const kBin = 0.05;
const kLimit = 1;
const kBins = Math.round(2 * kLimit / kBin) + 2;  // one at each end for all beyond

interface Bin {
  at: number;
  rows: number;
}

const leftOf = (at: number) => -kLimit + (at - 1) * kBin;
const whole = (share: number) => `${Math.round(100 * share)} %`.replace('-', '\u2212');
const binName = (at: number) => at === 0 ? 'below \u2212100 %' : at === kBins - 1 ? 'above +100 %' : `${whole(leftOf(at))} to ${whole(leftOf(at + 1))}`;

// From the first bin with a row in it to the last, and one more on each side.
function errorBins(shown: Shown): Bin[] {
  const bins = Array.from({length: kBins}, (_, at) => ({at, rows: 0}));
  for (const i of shown.chosen) {
    const at = Math.floor((shown.rows[i]!.error! + kLimit) / kBin + 1e-9) + 1;
    bins[Math.min(Math.max(at, 0), kBins - 1)]!.rows += 1;
  }
  const filled = bins.filter((bin) => bin.rows > 0).map((bin) => bin.at);
  return bins.slice(Math.max(0, Math.min(...filled) - 1), Math.max(...filled) + 2);
}

export function errorHistogram(shown: Shown): ChartCard {
  const bins = errorBins(shown);
  const share = (i: number) => bins[i]!.rows / shown.chosen.length;
  return chartCard({
    title: 'Errors', height: 240,
    note: 'Share of rows by error of the forecast; bars at the ends hold all that is further off.',
    label: 'Histogram of errors',
    option: ({look: colours, height}) => {
      const colour = (at: number) => {
        const worst = Math.max(Math.abs(leftOf(at)), Math.abs(leftOf(at + 1)));
        return worst <= 0.1 + 1e-9 ? colours.good : worst <= 0.2 + 1e-9 ? colours.palette[0]! : colours.palette[7]!;
      };
      return {
        tooltip: {trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {color: colours.text, opacity: 0.06}},
                  formatter: (items: {dataIndex: number}[]) => {
                    const i = items[0]!.dataIndex;
                    return tip(binName(bins[i]!.at), [['rows', count(bins[i]!.rows)], ['share', percent(share(i))]]);
                  }},
        grid: {left: 46, right: 10, top: 12, bottom: 40},
        xAxis: {
          type: 'category', data: bins.map(({at}) => at === 0 ? '\u2212\u221e' : at === kBins - 1 ? '>100' : String(Math.round(100 * leftOf(at))).replace('-', '\u2212')),
          name: 'error in %, left end', nameLocation: 'middle', nameGap: 24, nameTextStyle: {color: colours.muted},
          axisTick: {show: false}, axisLine: {lineStyle: {color: colours.line}}, axisLabel: {color: colours.muted, hideOverlap: true},
        },
        yAxis: valueAxis(colours, {text: (v) => percent(v, 0), ...upward(height - 52, ...fromZero(bins.map((_, i) => share(i))))}),
        series: [{type: 'bar', barCategoryGap: '8%', data: bins.map(({at}, i) => ({value: share(i), itemStyle: {color: colour(at)}}))}],
      };
    },
    table: () => ({
      name: 'Errors', rows: bins.map((_, i) => i),
      columns: [
        {title: 'error', text: (i) => binName(bins[i]!.at), value: (i) => bins[i]!.at, wide: true},
        {title: 'rows', numeric: true, text: (i) => count(bins[i]!.rows), value: (i) => bins[i]!.rows},
        {title: 'share', numeric: true, text: (i) => percent(share(i)), value: share, share},
      ],
    }),
  });
}

export function coverage(shown: Shown): ChartCard {
  const scores = shown.chosen.map((i) => Math.abs(score(shown.rows[i]!)));
  const held = (p: number) => scores.filter((z) => z <= quantile(p)).length / scores.length;
  const stated = Array.from({length: 20}, (_, i) => i < 19 ? (i + 1) * 0.05 : 0.99);
  return chartCard({
    title: 'Do the intervals hold?', height: 240,
    note: 'Share of measurements inside the interval of each stated probability. On the diagonal intervals are as wide as they should be; above it wider.',
    label: 'Stated against observed coverage of the intervals',
    option: ({look: colours, width, height}) => {
      return {
        tooltip: {trigger: 'axis', axisPointer: {type: 'none'}, formatter: (items: {data: [number, number]}[]) =>
            tip(`${percent(items[items.length - 1]!.data[0])} intervals`, [['hold', percent(items[items.length - 1]!.data[1], 1)]])},
        grid: {left: 46, right: 22, top: 12, bottom: 40},
        xAxis: {...valueAxis(colours, {name: 'stated', gap: 24, text: (v) => percent(v, 0), ...across(width - 68, 0, 1)}), splitLine: {show: false}},
        yAxis: valueAxis(colours, {text: (v) => percent(v, 0), ...upward(height - 52, 0, 1)}),
        series: [
          {type: 'line', data: [[0, 0], [1, 1]], symbol: 'none', silent: true, lineStyle: {color: colours.faint, type: [4, 4], width: 1}, tooltip: {show: false}},
          {type: 'line', data: stated.map((p) => [p, held(p)]), symbolSize: 5, lineStyle: {width: 2.5, color: colours.palette[0]}, itemStyle: {color: colours.palette[0]},
           markLine: {symbol: 'none', silent: true, lineStyle: {color: colours.line, type: 'dotted'}, label: {show: false}, data: [{xAxis: 0.8}, {xAxis: 0.95}]}},
        ],
      };
    },
    table: () => ({
      name: 'Coverage', rows: stated.map((_, i) => i),
      columns: [
        {title: 'stated probability', text: (i) => percent(stated[i]!, 0), value: (i) => stated[i]!, wide: true},
        {title: 'intervals that hold', numeric: true, text: (i) => percent(held(stated[i]!), 1), value: (i) => held(stated[i]!), share: (i) => held(stated[i]!)},
      ],
    }),
  });
}
