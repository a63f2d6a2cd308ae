// Bytes through every level of the memory hierarchy, and how much each keeps away from the next.
import {chartCard, type ChartCard} from '../chart';
import {axis, bytes, percent, seconds} from '../format';
import {boundColour} from '../look';
import {grouped, total, type Layer, type Prediction} from '../prediction';
import {across, categoryAxis, logAxis, nameRoom} from './axes';
import {tip} from './tooltip';

export function trafficByLevel(p: Prediction): ChartCard {
  const at = (level: string) => (l: Layer) => l.traffic.find((t) => t.level === level);
  const moved = (level: string) => total(p.layers, (l) => at(level)(l)?.bytes ?? 0);
  const time = (level: string) => total(p.layers, (l) => at(level)(l)?.time_s ?? 0);
  const used = p.levels.filter((level) => moved(level) > 0);
  const reuse = (i: number) => i + 1 < used.length ? 1 - moved(used[i + 1]!) / moved(used[i]!) : null;
  const bound = (level: string) => total(p.layers.filter((l) => l.bound === level), (l) => l.latency_s);
  return chartCard({
    title: 'Traffic by level', height: () => 130 + 58 * used.length,
    note: 'Bytes of one batch through each level, nearest first, and the time that its bandwidth needs for them.',
    label: `${p.network} on ${p.platform}: bytes moved at ${used.join(', ')}`,
    option: ({look: colours, narrow, width}) => {
      const shown = [...used].reverse();
      const values = shown.map(moved);
      const left = nameRoom(shown, 90);
      const right = narrow ? 76 : 150;
      return {
        tooltip: {trigger: 'axis', axisPointer: {type: 'none'}, formatter: (items: {dataIndex: number}[]) => {
          const level = shown[items[0]!.dataIndex]!;
          const most = grouped(p.layers, (l) => l.op, (l) => at(level)(l)?.bytes ?? 0).slice(0, 4);
          const kept = reuse(used.indexOf(level));
          return tip(level, [
            ['bytes', bytes(moved(level))],
            ['time at its bandwidth', seconds(time(level))],
            ['layers it bounds', `${percent(bound(level) / p.latency_s)} of the latency`],
            kept !== null && kept >= 0 && ['kept from the next level', percent(kept)],
            ...most.map((g): [string, string] => [g.name, bytes(g.sum)]),
          ]);
        }},
        grid: {left: left + 10, right, top: 10, bottom: 46},
        xAxis: logAxis(colours, {name: 'bytes', text: axis(bytes), base: 2, ...across(width - left - 10 - right, Math.min(...values) / 8, Math.max(...values) * 1.2)}),
        yAxis: categoryAxis(colours, shown, left),
        series: [{
          type: 'bar', barMaxWidth: 26, name: 'bytes',
          data: shown.map((level) => ({value: moved(level), itemStyle: {color: boundColour(level, p.levels, colours), borderRadius: [0, 3, 3, 0]}})),
          label: {show: true, position: 'right', color: colours.text,
                  formatter: (e: {dataIndex: number}) => `${bytes(moved(shown[e.dataIndex]!))}${narrow ? '' : `, ${seconds(time(shown[e.dataIndex]!))}`}`},
        }],
      };
    },
    table: () => ({
      name: 'Traffic by level', rows: used.map((_, i) => i),
      columns: [
        {title: 'level', text: (i) => used[i]!, wide: true},
        {title: 'bytes', numeric: true, text: (i) => bytes(moved(used[i]!)), value: (i) => moved(used[i]!)},
        {title: 'time', numeric: true, text: (i) => seconds(time(used[i]!)), value: (i) => time(used[i]!)},
        {title: 'kept from the next', numeric: true, text: (i) => percent(reuse(i)), value: (i) => reuse(i) ?? NaN},
        {title: 'bounds', numeric: true, text: (i) => percent(bound(used[i]!) / p.latency_s), value: (i) => bound(used[i]!)},
      ],
    }),
  });
}
