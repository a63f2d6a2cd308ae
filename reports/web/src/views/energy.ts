// Energy in its three parts: arithmetic, traffic, and power times time.
import {chartCard, type ChartCard} from '../chart';
import {axis, joules, percent, range} from '../format';
import {labels, type Prediction} from '../prediction';
import {categoryAxis, legend, valueAxis} from './axes';
import {tip} from './tooltip';

const kParts: {name: string; of: (p: Prediction) => number; why: string}[] = [
  {name: 'arithmetic', of: (p) => p.energy_operations_j, why: 'operations \u00d7 energy of each'},
  {name: 'traffic', of: (p) => p.energy_traffic_j, why: 'bytes \u00d7 energy of each, all levels'},
  {name: 'power \u00d7 time', of: (p) => p.energy_power_j, why: 'idle and active power while it runs'},
];

// Shares, so that a microcontroller and a GPU fit into one picture; the sums stand beside them.
export function energyParts(predictions: Prediction[]): ChartCard {
  const names = labels(predictions);
  return chartCard({
    title: 'Energy in parts', height: 110 + 40 * predictions.length,
    note: 'Of one batch. Arithmetic and traffic are per operation and byte; the rest is power for as long as it takes.',
    label: `Energy by part on ${names.join(', ')}`,
    option: ({look: colours, narrow}) => {
      const shown = [...predictions].reverse();
      return {
        tooltip: {trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {color: colours.text, opacity: 0.06}},
                  formatter: (items: {dataIndex: number}[]) => {
                    const p = shown[items[0]!.dataIndex]!;
                    return tip(names[predictions.indexOf(p)]!, [
                      ['energy', joules(p.energy_j)], ['80 % between', range(...p.energy_80_j, joules)],
                      ...kParts.map((part): [string, string] => [part.name, `${joules(part.of(p))} (${percent(part.of(p) / p.energy_j)})`]),
                    ]);
                  }},
        legend: legend(colours),
        grid: {left: narrow ? 96 : 120, right: 72, top: 34, bottom: 26},
        xAxis: valueAxis(colours, {max: 1, text: (v) => percent(v), splits: narrow ? 2 : 5}),
        yAxis: categoryAxis(colours, [...names].reverse(), {width: narrow ? 86 : 110}),
        series: kParts.map((part, i) => ({
          type: 'bar', stack: 'all', name: part.name, barMaxWidth: 22,
          itemStyle: {color: colours.palette[[0, 1, 7][i]!]},
          data: shown.map((p) => p.energy_j > 0 ? part.of(p) / p.energy_j : 0),
          label: i === 2 ? {show: true, position: 'right', color: colours.text, formatter: (e: {dataIndex: number}) => axis(joules)(shown[e.dataIndex]!.energy_j)} : undefined,
        })),
      };
    },
    table: () => ({
      name: 'Energy in parts', rows: predictions.map((_, i) => i),
      columns: [
        {title: 'platform', text: (i) => names[i]!, wide: true},
        {title: 'energy', numeric: true, text: (i) => joules(predictions[i]!.energy_j), value: (i) => predictions[i]!.energy_j},
        {title: '80 % between', numeric: true, text: (i) => range(...predictions[i]!.energy_80_j, joules)},
        ...kParts.map((part) => ({title: part.name, numeric: true, text: (i: number) => joules(part.of(predictions[i]!)), value: (i: number) => part.of(predictions[i]!)})),
      ],
    }),
  });
}
