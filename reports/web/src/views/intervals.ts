// Estimates with their intervals on one logarithmic axis.
import {chartCard, type ChartCard} from '../chart';
import {axis, range, seconds} from '../format';
import {labels, type Prediction} from '../prediction';
import {across, around, categoryAxis, logAxis, nameRoom} from './axes';
import {tip} from './tooltip';

export function latencyIntervals(predictions: Prediction[]): ChartCard {
  const names = labels(predictions);
  return chartCard({
    title: 'Latency', height: 90 + 44 * predictions.length,
    note: 'Of one batch. The thick line holds the true latency with a probability of 80 %, the thin one of 95 %.',
    label: `Latency with intervals on ${names.join(', ')}`,
    option: ({look: colours, narrow, width}) => {
      const shown = [...predictions].reverse();
      const left = nameRoom(names, narrow ? 90 : 140);
      const [min, max] = around(shown.flatMap((p) => p.latency_95_s));
      const line = (api: any, low: number, high: number, lineWidth: number) => {
        const [x1, y] = api.coord([low, api.value(0)]);
        const [x2] = api.coord([high, api.value(0)]);
        return {type: 'line', shape: {x1, y1: y, x2, y2: y}, style: {stroke: colours.palette[0], lineWidth, lineCap: 'round'}};
      };
      return {
        tooltip: {trigger: 'item', formatter: (e: {dataIndex: number}) => {
          const p = shown[e.dataIndex]!;
          return tip(names[predictions.indexOf(p)]!, [
            ['latency', seconds(p.latency_s)],
            ['80 % between', range(...p.latency_80_s, seconds)],
            ['95 % between', range(...p.latency_95_s, seconds)],
            ['calibrated on', p.calibrated_on ? `${p.calibrated_on} measurements` : 'nothing'],
          ]);
        }},
        grid: {left: left + 10, right: 24, top: 8, bottom: 30},
        xAxis: logAxis(colours, {text: axis(seconds), ...across(width - left - 34, min, max)}),
        yAxis: categoryAxis(colours, [...names].reverse(), left),
        series: [{
          type: 'custom', name: 'intervals', encode: {x: [1, 2, 3, 4, 5], y: 0},
          data: shown.map((p, i) => [i, p.latency_s, ...p.latency_80_s, ...p.latency_95_s]),
          renderItem: (_: unknown, api: any) => {
            const [cx, cy] = api.coord([api.value(1), api.value(0)]);
            return {type: 'group', children: [
              line(api, api.value(4), api.value(5), 2), line(api, api.value(2), api.value(3), 7),
              {type: 'circle', shape: {cx, cy, r: 6}, style: {fill: colours.card, stroke: colours.palette[0], lineWidth: 2.5}},
            ]};
          },
        }],
      };
    },
    table: () => ({
      name: 'Latency', rows: predictions.map((_, i) => i),
      columns: [
        {title: 'platform', text: (i) => names[i]!, wide: true},
        {title: 'latency', numeric: true, text: (i) => seconds(predictions[i]!.latency_s), value: (i) => predictions[i]!.latency_s},
        {title: '80 % between', numeric: true, text: (i) => range(...predictions[i]!.latency_80_s, seconds), value: (i) => predictions[i]!.latency_80_s[0]},
        {title: '95 % between', numeric: true, text: (i) => range(...predictions[i]!.latency_95_s, seconds), value: (i) => predictions[i]!.latency_95_s[0]},
      ],
    }),
  });
}
