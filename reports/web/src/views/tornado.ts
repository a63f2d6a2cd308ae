// What a forecast hangs on: the change when a number is ten percent less or more.
import {chartCard, type ChartCard} from '../chart';
import {segmented} from '../dom';
import type {Stated} from '../figures';
import {signedPercent} from '../format';
import {across, categoryAxis, fromZero, legend, nameRoom, valueAxis} from './axes';
import {tip} from './tooltip';

export interface Shift {
  value: string;
  latency_change: Stated;
  energy_change: Stated;
}

export interface Sensitivity {
  path: string;
  value: string;
  origin: string;
  latency_elasticity_left: Stated;
  latency_elasticity_right: Stated;
  energy_elasticity_left: Stated;
  energy_elasticity_right: Stated;
  less: Shift | null;
  more: Shift | null;
}

const kShown = 24;

type Key = 'latency_change' | 'energy_change';

export const reach = (n: Sensitivity, key: Key): number =>
    Math.max(Math.abs(n.less?.[key] ?? 0), Math.abs(n.more?.[key] ?? 0));

export function tornado(numbers: Sensitivity[]): ChartCard {
  let key: Key = 'latency_change';
  const knowsEnergy = numbers.some((n) => [n.less, n.more].some((s) => typeof s?.energy_change === 'number'));
  const top = () => [...numbers].sort((a, b) => reach(b, key) - reach(a, key)).filter((n) => reach(n, key) > 1e-4).slice(0, kShown);
  const card: ChartCard = chartCard({
    title: 'What it hangs on', wide: true, height: () => 90 + 26 * Math.max(1, top().length),
    note: 'Change of the forecast when a number of the platform or the runtime is a tenth less or more, whole numbers the next that make sense; the most important first.',
    label: 'Tornado chart: sensitivity of the forecast to each number',
    controls: knowsEnergy ? [segmented('Of', [{value: 'latency_change', label: 'latency'}, {value: 'energy_change', label: 'energy'}], key, (value) => {
      key = value as Key;
      card.redraw();
    })] : [],
    option: ({look: colours, narrow, width}) => {
      const shown = top().reverse();
      const paths = shown.map((n) => n.path.replace(/^platform\./, ''));
      const reaches = shown.flatMap((n) => [n.less?.[key] ?? 0, n.more?.[key] ?? 0]);
      const left = nameRoom(paths, narrow ? 150 : 330);
      const side = (name: string, of: (n: Sensitivity) => Shift | null, color: string) => ({
        type: 'bar', name, barGap: '-100%', barMaxWidth: 15, itemStyle: {color},
        data: shown.map((n) => of(n)?.[key] ?? '-'),
      });
      return {
        tooltip: {trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {color: colours.text, opacity: 0.06}},
                  formatter: (items: {dataIndex: number}[]) => {
                    const n = shown[items[0]!.dataIndex]!;
                    return tip(n.path, [
                      ['is', `${n.value} (${n.origin})`],
                      ...[n.less, n.more].map((s): [string, string] | null => s && [`at ${s.value}`, `latency ${signedPercent(s.latency_change)}` + (knowsEnergy ? `, energy ${signedPercent(s.energy_change)}` : '')]),
                    ]);
                  }},
        legend: legend(colours),
        grid: {left: left + 10, right: 30, top: 34, bottom: 28},
        xAxis: valueAxis(colours, {text: (v) => signedPercent(v).replace('.0 %', ' %'), ...across(width - left - 40, ...fromZero(reaches))}),
        yAxis: {...categoryAxis(colours, paths, left), axisLine: {show: false}},
        series: [side('less', (n) => n.less, colours.palette[1]!), side('more', (n) => n.more, colours.palette[0]!)],
      };
    },
    table: () => ({
      name: 'Numbers', rows: numbers.map((_, i) => i), height: 460,
      columns: [
        {title: 'number', text: (i) => numbers[i]!.path, wide: true},
        {title: 'is', text: (i) => numbers[i]!.value},
        {title: 'origin', text: (i) => numbers[i]!.origin},
        {title: 'less', text: (i) => numbers[i]!.less?.value ?? ''},
        {title: 'latency', numeric: true, text: (i) => signedPercent(numbers[i]!.less?.latency_change), value: (i) => numbers[i]!.less?.latency_change ?? NaN},
        {title: 'more', text: (i) => numbers[i]!.more?.value ?? ''},
        {title: 'latency', numeric: true, text: (i) => signedPercent(numbers[i]!.more?.latency_change), value: (i) => numbers[i]!.more?.latency_change ?? NaN},
        {title: 'elasticity of latency', numeric: true, text: (i) => elasticity(numbers[i]!.latency_elasticity_left, numbers[i]!.latency_elasticity_right), value: (i) => numbers[i]!.latency_elasticity_right ?? NaN},
        ...(knowsEnergy ? [{title: 'of energy', numeric: true, text: (i: number) => elasticity(numbers[i]!.energy_elasticity_left, numbers[i]!.energy_elasticity_right), value: (i: number) => numbers[i]!.energy_elasticity_right ?? NaN}] : []),
      ],
    }),
  });
  return card;
}

// Both sides where they differ: at a ridge one side pays and the other does not.
function elasticity(left: number | null, right: number | null): string {
  if (left === null || right === null) return '\u2013';
  const text = (v: number) => v.toFixed(2).replace('-', '\u2212');
  return text(left) === text(right) ? text(left) : `${text(left)} | ${text(right)}`;
}
