// A few things compared in several metrics, each on its own stated axis: the rim is the best of
// them, the inner ring the worst. What is not known of all has no axis.
import {chartCard, type ChartCard} from '../chart';
import {kLegendRow, legendRows, textWidth, wrap} from '../measure';
import type {TableSpec} from '../table';
import {legend} from './axes';
import {tip} from './tooltip';

export interface RadarMetric {
  name: string;
  smallerIsBetter: boolean;
  text: (value: number) => string;
  values: number[];  // one a thing; NaN where unknown
}

const kInner = 0.12;  // where the worst is, so that it is still a shape

// 0..1 on the axis: logarithmic where values differ by more than a factor of 5 and are positive.
function scaled(metric: RadarMetric): number[] {
  const [low, high] = [Math.min(...metric.values), Math.max(...metric.values)];
  const log = low > 0 && high / low > 5;
  const at = (v: number) => log ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low);
  return metric.values.map((v) => {
    const share = high > low ? at(v) : 1;
    return kInner + (1 - kInner) * (high > low && metric.smallerIsBetter ? 1 - share : share);
  });
}

// The axis's name and both its ends, in lines that fit.
function indicator(metric: RadarMetric, room: number, size: number): string {
  const [low, high] = [Math.min(...metric.values), Math.max(...metric.values)];
  const [best, worst] = (metric.smallerIsBetter ? [low, high] : [high, low]).map(metric.text);
  const ends = low === high ? [best!] : textWidth(`${best} \u2190 ${worst}`, size) <= room ? [`${best} \u2190 ${worst}`] : [`${best} \u2190`, worst!];
  return [...wrap(metric.name, room, size + 1.5).map((line) => `{t|${line}}`), ...ends.map((line) => `{r|${line}}`)].join('\n');
}

// None of a single thing, or where fewer axes than a shape needs are left.
export function radar(title: string, names: string[], all: RadarMetric[]): ChartCard | null {
  const metrics = all.filter((m) => m.values.every(Number.isFinite));
  if (names.length < 2 || metrics.length < 3) return null;
  const some = all.filter((m) => m.values.some(Number.isFinite));
  const without = some.filter((m) => !metrics.includes(m)).map((m) => m.name);
  const table = (): TableSpec => ({
    name: title, rows: names.map((_, i) => i),
    columns: [
      {title: 'which', text: (i) => names[i]!, wide: true},
      ...some.map((m) => ({title: m.name, numeric: true, text: (i: number) => m.text(m.values[i]!), value: (i: number) => m.values[i]!})),
    ],
  });
  return chartCard({
    title, height: (view) => view.narrow ? 330 : 400,
    note: 'The rim is the best of those shown, the inner ring the worst; both ends stand at each axis. Axes that span more than a factor of five are logarithmic.' +
        (without.length ? ` Without ${without.join(', ')}, not known of all.` : ''),
    label: `Radar of ${names.join(', ')}`,
    option: ({look: colours, narrow, width, height}) => {
      const columns = metrics.map(scaled);
      const size = narrow ? 10 : 11;
      const room = narrow ? 76 : 120;  // of a label
      const indicators = metrics.map((m) => indicator(m, room, size));
      const lines = Math.max(...indicators.map((name) => name.split('\n').length));
      const top = legendRows(names, width) * kLegendRow;
      const upright = height - kLegendRow - 2 * (lines * 15 + 8);
      const radius = Math.max(50, Math.min(width / 2 - room - (narrow ? 13 : 12), upright / 2));
      return {
        tooltip: {trigger: 'item', formatter: (e: {dataIndex: number; name: string}) =>
            tip(e.name, metrics.map((m) => [m.name, m.text(m.values[e.dataIndex]!)]))},
        legend: legend(colours, names),
        radar: {
          center: ['50%', top + (height - kLegendRow) / 2], radius, splitNumber: 4, axisNameGap: narrow ? 15 : 12,
          indicator: indicators.map((name) => ({name, max: 1, min: 0})),
          axisName: {rich: {
            t: {color: colours.text, fontSize: size + 0.5, fontWeight: 600, align: 'center', lineHeight: 15},
            r: {color: colours.muted, fontSize: size, align: 'center', lineHeight: 14},
          }},
          axisLine: {lineStyle: {color: colours.line}},
          splitLine: {lineStyle: {color: colours.grid}}, splitArea: {show: false},
        },
        series: [{
          type: 'radar', symbolSize: 7,
          data: names.map((name, i) => ({
            name, value: columns.map((c) => c[i]!),
            symbol: ['circle', 'diamond', 'triangle', 'rect', 'roundRect', 'pin'][i % 6],
            lineStyle: {width: 2, type: (['solid', [6, 4], 'dotted'] as const)[i % 3], color: colours.palette[i % 8]},
            itemStyle: {color: colours.palette[i % 8]}, areaStyle: {color: colours.palette[i % 8], opacity: 0.08},
          })),
        }],
      };
    },
    table,
  });
}
