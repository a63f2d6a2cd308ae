// Energy in its three parts: arithmetic, traffic, and power times time.
import {chartCard, type ChartCard} from '../chart';
import {segmented} from '../dom';
import {axis, joules, percent, range} from '../format';
import {grouped, knowsEnergy, labels, total, type Energy, type Layer, type Prediction} from '../prediction';
import {across, categoryAxis, fromZero, legend, nameRoom, valueAxis} from './axes';
import {tip} from './tooltip';

const kParts: {name: string; of: (energy: Energy) => number; colour: number}[] = [
  {name: 'arithmetic', of: (p) => p.energy_operations_j, colour: 0},
  {name: 'traffic', of: (p) => p.energy_traffic_j, colour: 1},
  {name: 'power \u00d7 time', of: (p) => p.energy_power_j, colour: 7},
];

// Shares, so that a microcontroller and a GPU fit into one picture; the sums stand beside them.
// None where no platform's energy is known.
export function energyParts(all: Prediction[]): ChartCard | null {
  const allNames = labels(all);
  const predictions = all.filter(knowsEnergy);
  if (!predictions.length) return null;
  const [names, unknown] = [true, false].map((known) => allNames.filter((_, i) => knowsEnergy(all[i]!) === known)) as [string[], string[]];
  return chartCard({
    title: 'Energy in parts', height: 110 + 40 * predictions.length,
    note: 'Of one batch. Arithmetic and traffic are per operation and byte; the rest is power for as long as it takes.' +
        (unknown.length ? ` The energy of ${unknown.join(', ')} is unknown.` : ''),
    label: `Energy by part on ${names.join(', ')}`,
    option: ({look: colours, narrow, width}) => {
      const shown = [...predictions].reverse();
      const left = nameRoom(names, narrow ? 90 : 140);
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
        grid: {left: left + 10, right: 64, top: 34, bottom: 26},
        xAxis: valueAxis(colours, {text: (v) => percent(v, 0), ...across(width - left - 74, 0, 1)}),
        yAxis: categoryAxis(colours, [...names].reverse(), left),
        series: kParts.map((part, i) => ({
          type: 'bar', stack: 'all', name: part.name, barMaxWidth: 22,
          itemStyle: {color: colours.palette[part.colour]},
          data: shown.map((p) => p.energy_j > 0 ? part.of(p) / p.energy_j : 0),
          label: i === 2 ? {show: true, position: 'right', color: colours.text, formatter: (e: {dataIndex: number}) => axis(joules)(shown[e.dataIndex]!.energy_j)} : undefined,
        })),
      };
    },
    table: () => ({
      name: 'Energy in parts', rows: all.map((_, i) => i),
      columns: [
        {title: 'platform', text: (i) => allNames[i]!, wide: true},
        {title: 'energy', numeric: true, text: (i) => joules(all[i]!.energy_j), value: (i) => all[i]!.energy_j},
        {title: '80 % between', numeric: true, text: (i) => range(...all[i]!.energy_80_j, joules), value: (i) => all[i]!.energy_80_j[0]},
        ...kParts.map((part) => ({title: part.name, numeric: true, text: (i: number) => joules(part.of(all[i]!)), value: (i: number) => part.of(all[i]!)})),
      ],
    }),
  });
}

const kKeys = [
  {id: 'op', label: 'operators', of: (l: Layer) => l.op},
  {id: 'kernel', label: 'kernel', of: (l: Layer) => l.algorithm},
  {id: 'bound', label: 'bound', of: (l: Layer) => l.bound},
];

// Which layers the energy goes to, and for what. None where it is unknown.
export function energyByGroup(p: Prediction): ChartCard | null {
  if (!knowsEnergy(p)) return null;
  let key = kKeys[0]!;
  const groups = () => grouped(p.layers, key.of, (l) => l.energy_j).slice(0, 12);
  const card = chartCard({
    title: 'Energy', height: () => Math.max(220, 90 + 30 * groups().length),
    note: `${joules(p.energy_j)} of one batch, 80 % between ${range(...p.energy_80_j, joules)}, by what it is spent for.`,
    label: `Energy of ${p.network} on ${p.platform} by part`,
    controls: [segmented('By', kKeys.map((k) => ({value: k.id, label: k.label})), 'op', (id) => {
      key = kKeys.find((k) => k.id === id)!;
      card.redraw();
    })],
    option: ({look: colours, narrow, width}) => {
      const shown = groups().reverse();
      const left = nameRoom(shown.map((g) => g.name), narrow ? 110 : 150);
      return {
        tooltip: {trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {color: colours.text, opacity: 0.06}},
                  formatter: (items: {dataIndex: number}[]) => {
                    const group = shown[items[0]!.dataIndex]!;
                    return tip(group.name, [
                      ['energy', `${joules(group.sum)} (${percent(group.sum / p.energy_j)})`],
                      ...kParts.map((part): [string, string] => [part.name, joules(total(group.layers, part.of))]),
                    ]);
                  }},
        legend: legend(colours),
        grid: {left: left + 10, right: 56, top: 34, bottom: 26},
        xAxis: valueAxis(colours, {text: axis(joules), ...across(width - left - 66, ...fromZero(shown.map((g) => g.sum)))}),
        yAxis: categoryAxis(colours, shown.map((g) => g.name), left),
        series: kParts.map((part, i) => ({
          type: 'bar', stack: 'all', name: part.name, barMaxWidth: 20, itemStyle: {color: colours.palette[part.colour]},
          data: shown.map((g) => total(g.layers, part.of)),
          label: i === 2 ? {show: true, position: 'right', color: colours.muted, formatter: (e: {dataIndex: number}) => percent(shown[e.dataIndex]!.sum / p.energy_j)} : undefined,
        })),
      };
    },
    table: () => {
      const all = grouped(p.layers, key.of, (l) => l.energy_j);
      return {
        name: `Energy by ${key.label}`, rows: all.map((_, i) => i),
        columns: [
          {title: key.label, text: (i) => all[i]!.name, wide: true},
          {title: 'energy', numeric: true, text: (i) => joules(all[i]!.sum), value: (i) => all[i]!.sum, share: (i) => all[i]!.sum / p.energy_j},
          ...kParts.map((part) => ({title: part.name, numeric: true, text: (i: number) => joules(total(all[i]!.layers, part.of)), value: (i: number) => total(all[i]!.layers, part.of)})),
        ],
      };
    },
  });
  return card;
}
