// What a setting does: the spread of a metric over all cases with each of its values.
import {chartCard, type ChartCard} from '../chart';
import {select} from '../dom';
import {axis, count} from '../format';
import {notDrawn, type Cases} from '../sweep';
import {across, around, beyond, categoryAxis, logAxis, nameRoom, valueAxis} from './axes';
import {tip} from './tooltip';

interface Spread {
  name: string;
  cases: number;
  at: number[];  // the least, quartiles, the most
}

function quantileOf(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const low = Math.floor(position);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (position - low) * (sorted[high]! - sorted[low]!);
}

export function effects(cases: Cases, rows: () => number[]): ChartCard {
  const varied = cases.axes.filter((a) => a.values.length > 1);
  let by = varied[0] ?? cases.axes[0];
  let metric = cases.objectives[0]!;
  const spreads = (): Spread[] => {
    if (!by) return [];
    const members: number[][] = by.values.map(() => []);
    for (const row of rows()) {
      const value = metric.values[row]!;
      if (Number.isFinite(value)) members[by.ids[row]!]?.push(value);
    }
    return by.values.flatMap((name, i) => {
      const sorted = Float64Array.from(members[i]!).sort();
      if (!sorted.length) return [];
      return [{name, cases: sorted.length, at: [0, 0.25, 0.5, 0.75, 1].map((q) => quantileOf(sorted, q))}];
    });
  };
  const card: ChartCard = chartCard({
    title: 'Effect of a setting', wide: true, height: () => 110 + 30 * Math.min(40, by?.values.length ?? 1),
    note: () => `Boxes hold the middle half of all cases that pass the filter and have the value, the line in them is the median, thin lines reach to the extremes.${notDrawn(cases.noun, rows(), [metric])}`,
    label: `Spread of a metric by the values of a setting`,
    controls: [
      select('Of', varied.map((a) => ({value: a.name, label: a.name})), by?.name ?? '', (name) => {
        by = varied.find((a) => a.name === name)!;
        card.redraw();
      }),
      select('On', cases.metrics.map((m) => ({value: m.key, label: m.name})), metric.key, (key) => {
        metric = cases.metrics.find((m) => m.key === key)!;
        card.redraw();
      }),
    ],
    option: ({look: colours, narrow, width}) => {
      const shown = spreads().slice(0, 40).reverse();
      const all = shown.flatMap((s) => s.at);
      const log = all.length > 0 && Math.min(...all) > 0 && Math.max(...all) / Math.min(...all) > 5;
      const left = nameRoom(shown.map((s) => s.name), narrow ? 84 : 170);
      const [low, high] = log ? around(all) : beyond(all);
      const options = {name: metric.name, text: axis(metric.text), base: metric.base, ...across(width - left - 34, low, high)};
      return {
        tooltip: {trigger: 'item', formatter: (e: {dataIndex: number}) => {
          const s = shown[e.dataIndex]!;
          return tip(s.name, [['cases', count(s.cases)], ['least', metric.text(s.at[0]!)], ['a quarter below', metric.text(s.at[1]!)],
            ['median', metric.text(s.at[2]!)], ['a quarter above', metric.text(s.at[3]!)], ['most', metric.text(s.at[4]!)]]);
        }},
        grid: {left: left + 10, right: 24, top: 10, bottom: 48},
        xAxis: log ? logAxis(colours, options) : valueAxis(colours, options),
        yAxis: categoryAxis(colours, shown.map((s) => s.name), left),
        series: [{
          type: 'custom', data: shown.map((s, i) => [i, ...s.at]), encode: {x: [1, 2, 3, 4, 5], y: 0},
          renderItem: (_: unknown, api: any) => {
            const xs = [1, 2, 3, 4, 5].map((d) => api.coord([api.value(d), api.value(0)])[0] as number);
            const y = api.coord([api.value(1), api.value(0)])[1] as number;
            const half = Math.min(9, api.size([0, 1])[1] * 0.35);
            const stroke = colours.palette[0];
            const line = (x1: number, y1: number, x2: number, y2: number, lineWidth: number) => ({type: 'line', shape: {x1, y1, x2, y2}, style: {stroke, lineWidth}});
            return {type: 'group', children: [
              line(xs[0]!, y, xs[4]!, y, 1.5), line(xs[0]!, y - half / 2, xs[0]!, y + half / 2, 1.5), line(xs[4]!, y - half / 2, xs[4]!, y + half / 2, 1.5),
              {type: 'rect', shape: {x: xs[1]!, y: y - half, width: Math.max(1, xs[3]! - xs[1]!), height: 2 * half, r: 2}, style: {fill: colours.dark ? '#1d3b5c' : '#d6e4f5', stroke, lineWidth: 1.5}},
              line(xs[2]!, y - half, xs[2]!, y + half, 3),
            ]};
          },
        }],
      };
    },
    table: () => {
      const list = spreads();
      const column = (title: string, q: number) => ({title, numeric: true, text: (i: number) => metric.text(list[i]!.at[q]!), value: (i: number) => list[i]!.at[q]!});
      return {
        name: `${metric.name} by ${by?.name ?? ''}`, rows: list.map((_, i) => i),
        columns: [{title: by?.name ?? '', text: (i) => list[i]!.name, wide: true},
                  {title: 'cases', numeric: true, text: (i) => count(list[i]!.cases), value: (i) => list[i]!.cases},
                  column('least', 0), column('median', 2), column('most', 4)],
      };
    },
  });
  return card;
}
