// Estimates with their intervals on one logarithmic axis.
import {chartCard, type ChartCard} from '../chart';
import {axis, range, seconds} from '../format';
import {fitStart} from '../measure';
import type {Pair} from '../figures';
import {labels, type Prediction} from '../prediction';
import {across, around, categoryAxis, legend, logAxis, nameRoom} from './axes';
import {tip} from './tooltip';

export interface Estimates {
  title: string;
  note: string;
  wide?: boolean;
  names: string[];
  rows: {value: number; inner: Pair; outer: Pair}[];  // with the 80 and the 95 % interval
  marks?: {name: string; values: number[]}[];         // one a row; NaN where there is none
  more?: (row: number) => [string, string][];         // for the tooltip
}

const kSymbols = ['diamond', 'triangle', 'rect'];

export function intervalRows(spec: Estimates): ChartCard {
  const {names, rows} = spec;
  const marks = (spec.marks ?? []).filter((m) => m.values.some(Number.isFinite));
  const facts = (i: number): [string, string][] => [
    ['latency', seconds(rows[i]!.value)], ['80 % between', range(...rows[i]!.inner, seconds)], ['95 % between', range(...rows[i]!.outer, seconds)],
    ...marks.map((m): [string, string] => [m.name, seconds(m.values[i]!)]), ...(spec.more?.(i) ?? [])];
  return chartCard({
    title: spec.title, note: spec.note, wide: spec.wide, height: 90 + (rows.length > 8 ? 26 : 44) * rows.length,
    label: `Latency with intervals: ${names.join(', ')}`,
    option: ({look: colours, narrow, width}) => {
      const left = nameRoom(names, narrow ? 110 : spec.wide ? 260 : 140);
      const [min, max] = around([...rows.flatMap((r) => r.outer), ...marks.flatMap((m) => m.values)]);
      const line = (api: any, low: number, high: number, lineWidth: number) => {
        const [x1, y] = api.coord([low, api.value(0)]);
        const [x2] = api.coord([high, api.value(0)]);
        return {type: 'line', shape: {x1, y1: y, x2, y2: y}, style: {stroke: colours.palette[0], lineWidth, lineCap: 'round'}};
      };
      return {
        tooltip: {trigger: 'item', formatter: (e: {dataIndex: number}) => tip(names[e.dataIndex]!, facts(e.dataIndex))},
        legend: marks.length ? legend(colours, marks.map((m) => m.name)) : undefined,
        grid: {left: left + 10, right: 24, top: marks.length ? 34 : 8, bottom: 30},
        xAxis: logAxis(colours, {text: axis(seconds), ...across(width - left - 34, min, max)}),
        yAxis: {...categoryAxis(colours, names, left, fitStart), inverse: true},
        series: [{
          type: 'custom', name: 'intervals', encode: {x: [1, 2, 3, 4, 5], y: 0},
          data: rows.map((r, i) => [i, r.value, ...r.inner, ...r.outer]),
          renderItem: (_: unknown, api: any) => {
            const [cx, cy] = api.coord([api.value(1), api.value(0)]);
            return {type: 'group', children: [
              line(api, api.value(4), api.value(5), 2), line(api, api.value(2), api.value(3), 7),
              {type: 'circle', shape: {cx, cy, r: 6}, style: {fill: colours.card, stroke: colours.palette[0], lineWidth: 2.5}},
            ]};
          },
        }, ...marks.map((m, at) => ({
          type: 'scatter', name: m.name, symbol: kSymbols[at], symbolSize: 10, z: 4, itemStyle: {color: colours.palette[[1, 7, 2][at]!], borderColor: colours.card, borderWidth: 1},
          data: m.values.map((v, i) => Number.isFinite(v) ? [v, i] : [NaN, i]),
        }))],
      };
    },
    table: () => ({
      name: spec.title, rows: rows.map((_, i) => i),
      columns: [
        {title: 'which', text: (i) => names[i]!, wide: true},
        {title: 'latency', numeric: true, text: (i) => seconds(rows[i]!.value), value: (i) => rows[i]!.value},
        {title: '80 % between', numeric: true, text: (i) => range(...rows[i]!.inner, seconds), value: (i) => rows[i]!.inner[0]},
        {title: '95 % between', numeric: true, text: (i) => range(...rows[i]!.outer, seconds), value: (i) => rows[i]!.outer[0]},
        ...marks.map((m) => ({title: m.name, numeric: true, text: (i: number) => seconds(m.values[i]!), value: (i: number) => m.values[i]!})),
      ],
    }),
  });
}

export const latencyIntervals = (predictions: Prediction[]): ChartCard => intervalRows({
  title: 'Latency', names: labels(predictions),
  note: 'Of one batch. The thick line holds the true latency with a probability of 80 %, the thin one of 95 %.',
  rows: predictions.map((p) => ({value: p.latency_s, inner: p.latency_80_s, outer: p.latency_95_s})),
  more: (i) => [['calibrated on', predictions[i]!.calibrated_on ? `${predictions[i]!.calibrated_on} measurements` : 'nothing']],
});
