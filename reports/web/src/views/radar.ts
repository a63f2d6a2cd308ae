// A few things compared in several metrics, each on its own stated axis: the rim is the best of
// them, the inner ring the worst.
import {chartCard, type ChartCard} from '../chart';
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
  const known = metric.values.filter((v) => Number.isFinite(v));
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const log = low > 0 && high / low > 5;
  const at = (v: number) => log ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low);
  return metric.values.map((v) => {
    if (!Number.isFinite(v)) return 0;
    const share = high > low ? at(v) : 1;
    return kInner + (1 - kInner) * (high > low && metric.smallerIsBetter ? 1 - share : share);
  });
}

export function radar(title: string, names: () => string[], metricsOf: () => RadarMetric[]): ChartCard {
  const usable = () => metricsOf().filter((m) => m.values.some((v) => Number.isFinite(v)));
  const table = (): TableSpec => {
    const metrics = usable();
    return {
      name: title, rows: names().map((_, i) => i),
      columns: [
        {title: 'which', text: (i) => names()[i]!, wide: true},
        ...metrics.map((m) => ({title: m.name, numeric: true, text: (i: number) => m.text(m.values[i]!), value: (i: number) => m.values[i]!})),
      ],
    };
  };
  return chartCard({
    title, height: (view) => view.narrow ? 340 : 400,
    note: 'The rim is the best of those shown, the inner ring the worst; both ends stand at each axis. Axes that span more than a factor of five are logarithmic.',
    label: `Radar of ${names().join(', ')}`,
    option: ({look: colours, narrow}) => {
      const metrics = usable();
      const columns = metrics.map(scaled);
      const ends = (m: RadarMetric) => {
        const known = m.values.filter((v) => Number.isFinite(v));
        const [low, high] = [Math.min(...known), Math.max(...known)];
        const [best, worst] = m.smallerIsBetter ? [low, high] : [high, low];
        return low === high ? m.text(low) : `${m.text(best)} \u2190 ${m.text(worst)}`;
      };
      return {
        tooltip: {trigger: 'item', formatter: (e: {dataIndex: number; name: string}) =>
            tip(e.name, metrics.map((m) => [m.name, m.text(m.values[e.dataIndex]!)]))},
        legend: {...legend(colours, names()), top: 'bottom', left: 'center'},
        radar: {
          center: ['50%', '48%'], radius: narrow ? '54%' : '66%', splitNumber: 4,
          indicator: metrics.map((m) => ({name: `{t|${m.name}}\n{r|${ends(m)}}`, max: 1, min: 0})),
          axisName: {rich: {
            t: {color: colours.text, fontSize: narrow ? 11 : 12, fontWeight: 600, align: 'center', lineHeight: 18},
            r: {color: colours.muted, fontSize: narrow ? 9.5 : 11, align: 'center', lineHeight: 14},
          }},
          axisLine: {lineStyle: {color: colours.line}},
          splitLine: {lineStyle: {color: colours.grid}}, splitArea: {show: false},
        },
        series: [{
          type: 'radar', symbolSize: 7,
          data: names().map((name, i) => ({
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
