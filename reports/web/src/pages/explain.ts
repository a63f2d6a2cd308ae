// Why a forecast is as it is: what bounds it, what would help, and what it hangs on.
import {chartCard, type ChartCard} from '../chart';
import {figure, unstated, type Stated} from '../figures';
import {axis, digits, joules, percent, plural, seconds, si} from '../format';
import {boundColour, nearestFirst} from '../look';
import {notices, panel, stat, stats, type Page} from '../page';
import type {Run} from '../prediction';
import {dataTable} from '../table';
import {across, categoryAxis, fromZero, legend, nameRoom, valueAxis} from '../views/axes';
import {tip} from '../views/tooltip';
import {tornado, type Sensitivity} from '../views/tornado';

interface Resource {
  name: string;
  bounds: number;
  latency_if_infinite_s: number;
  gain: number;
  next_bound: string;
  pays_until: number | null;
  bound_until: number | null;
}

interface Layer {
  name: string;
  op: string;
  algorithm: string;
  latency_s: number;
  share: number;
  bound: string;
  roof: string;
  of_roof: number;
  achieved_macs_per_s: number;
  attainable_macs_per_s: number;
  unbound_s: number;
  next_bound: string;
}

export interface ExplainReport extends Run {
  schema: string;
  latency_s: number;
  energy_j: Stated;
  bound: string;
  bound_share: number;
  throttle: number;
  resources: Resource[];
  layers: Layer[];
  numbers: Sensitivity[];
  numbers_without_effect: number;
  time_elasticity_sum: number;
  forecasts: number;
}

// Layers without multiply-adds have no such rate.
const rate = (value: number) => value > 0 ? si(value, 'MAC/s') : '\u2013';
const times = (factor: number | null) => factor === null ? 'never' : `\u00d7${digits(factor, 2)}`;

function resources(report: ExplainReport): ChartCard {
  const list = report.resources;
  const levels = nearestFirst(list.map((r) => r.name).filter((name) => !['clock', 'compute', 'dispatch'].includes(name)));
  return chartCard({
    title: 'What more of a resource would bring', height: (view) => Math.max(view.narrow ? 200 : 260, 70 + 34 * list.length),
    note: 'Share of the latency that goes if a resource were infinite. Beyond the factor beside a bar, nine tenths of that are had.',
    label: 'Gain in latency if each resource were infinite',
    option: ({look: colours, width}) => {
      const shown = [...list].sort((a, b) => a.gain - b.gain);
      const left = nameRoom(shown.map((r) => r.name), 100);
      return {
        tooltip: {trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {color: colours.text, opacity: 0.06}},
                  formatter: (items: {dataIndex: number}[]) => {
                    const r = shown[items[0]!.dataIndex]!;
                    return tip(r.name, [
                      ['bounds', `${percent(r.bounds)} of the latency`],
                      ['latency if infinite', `${seconds(r.latency_if_infinite_s)} (${percent(-r.gain)})`],
                      ['then bound by', r.next_bound],
                      ['pays until', times(r.pays_until)],
                      ['bounds no more from', times(r.bound_until)],
                    ]);
                  }},
        grid: {left: left + 10, right: 90, top: 8, bottom: 28},
        xAxis: valueAxis(colours, {text: (v) => percent(v, 0), ...across(width - left - 100, ...fromZero(shown.map((r) => r.gain)))}),
        yAxis: categoryAxis(colours, shown.map((r) => r.name), left),
        series: [{
          type: 'bar', barMaxWidth: 18,
          data: shown.map((r) => ({value: r.gain, itemStyle: {color: r.name === 'clock' ? colours.palette[3] : boundColour(r.name, levels, colours), borderRadius: [0, 3, 3, 0]}})),
          label: {show: true, position: 'right', color: colours.muted, formatter: (e: {dataIndex: number}) => {
            const r = shown[e.dataIndex]!;
            return r.gain > 0 ? `${percent(r.gain)}${r.pays_until === null ? '' : `, ${times(r.pays_until)}`}` : 'nothing';
          }},
        }],
      };
    },
    table: () => ({
      name: 'Resources', rows: list.map((_, i) => i),
      columns: [
        {title: 'resource', text: (i) => list[i]!.name, wide: true},
        {title: 'bounds', numeric: true, text: (i) => percent(list[i]!.bounds), value: (i) => list[i]!.bounds},
        {title: 'gain if infinite', numeric: true, text: (i) => percent(list[i]!.gain), value: (i) => list[i]!.gain},
        {title: 'latency then', numeric: true, text: (i) => seconds(list[i]!.latency_if_infinite_s), value: (i) => list[i]!.latency_if_infinite_s},
        {title: 'then bound by', text: (i) => list[i]!.next_bound},
        {title: 'pays until', numeric: true, text: (i) => times(list[i]!.pays_until), value: (i) => list[i]!.pays_until ?? Infinity},
      ],
    }),
  });
}

// Where time would go if every layer reached its roof: the longest losses first.
function losses(report: ExplainReport): ChartCard {
  const lost = (l: Layer) => l.latency_s * (1 - Math.min(1, l.of_roof));
  const top = [...report.layers].sort((a, b) => lost(b) - lost(a)).slice(0, 12);
  return chartCard({
    title: 'Furthest from their roofs', height: (view) => Math.max(view.narrow ? 200 : 260, 70 + 24 * top.length),
    note: 'Layers that lose most: dark is the time at their roof, pale what is lost below it.',
    label: 'Layers with the largest distance to their roof, in time',
    option: ({look: colours, narrow, width}) => {
      const shown = [...top].reverse();
      const left = nameRoom(shown.map((l) => l.name), narrow ? 120 : 190);
      return {
        tooltip: {trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {color: colours.text, opacity: 0.06}},
                  formatter: (items: {dataIndex: number}[]) => {
                    const l = shown[items[0]!.dataIndex]!;
                    return tip(l.name, [
                      ['operators', `${l.op}, ${l.algorithm}`],
                      ['latency', `${seconds(l.latency_s)} (${percent(l.share)})`],
                      ['reaches', `${percent(l.of_roof)} of its roof, ${l.roof}`],
                      ...(l.achieved_macs_per_s > 0 ? [['achieved', rate(l.achieved_macs_per_s)], ['attainable', rate(l.attainable_macs_per_s)]] as [string, string][] : []),
                      [`without the bound (${l.bound})`, `${seconds(l.unbound_s)}, then ${l.next_bound}`],
                    ]);
                  }},
        legend: legend(colours),
        grid: {left: left + 10, right: 56, top: 34, bottom: 28},
        xAxis: valueAxis(colours, {text: axis(seconds), ...across(width - left - 66, ...fromZero(shown.map((l) => l.latency_s)))}),
        yAxis: categoryAxis(colours, shown.map((l) => l.name), left),
        series: [
          {type: 'bar', stack: 'all', name: 'at its roof', barMaxWidth: 15, itemStyle: {color: colours.palette[0]}, data: shown.map((l) => l.latency_s - lost(l))},
          {type: 'bar', stack: 'all', name: 'lost', barMaxWidth: 15, itemStyle: {color: colours.palette[0] + '59'}, data: shown.map(lost),
           label: {show: true, position: 'right', color: colours.muted, formatter: (e: {dataIndex: number}) => percent(shown[e.dataIndex]!.of_roof)}},
        ],
      };
    },
    table: () => ({
      name: 'Furthest from their roofs', rows: top.map((_, i) => i),
      columns: [
        {title: 'layer', text: (i) => top[i]!.name, wide: true},
        {title: 'latency', numeric: true, text: (i) => seconds(top[i]!.latency_s), value: (i) => top[i]!.latency_s},
        {title: 'lost', numeric: true, text: (i) => seconds(lost(top[i]!)), value: (i) => lost(top[i]!)},
        {title: 'of its roof', numeric: true, text: (i) => percent(top[i]!.of_roof), value: (i) => top[i]!.of_roof},
        {title: 'roof', text: (i) => top[i]!.roof},
      ],
    }),
  });
}

function layersTable(report: ExplainReport): HTMLElement {
  const at = (i: number) => report.layers[i]!;
  return panel('All layers', '',
    dataTable({
      name: 'Layers', rows: report.layers.map((_, i) => i), height: 480, sort: {column: 3, descending: true},
      columns: [
        {title: 'layer', text: (i) => at(i).name, wide: true},
        {title: 'operators', text: (i) => at(i).op},
        {title: 'kernel', text: (i) => at(i).algorithm},
        {title: 'latency', numeric: true, text: (i) => seconds(at(i).latency_s), value: (i) => at(i).latency_s, share: (i) => at(i).share * 4},
        {title: 'share', numeric: true, text: (i) => percent(at(i).share), value: (i) => at(i).share},
        {title: 'bound by', text: (i) => at(i).bound},
        {title: 'of its roof', numeric: true, text: (i) => percent(at(i).of_roof), value: (i) => at(i).of_roof},
        {title: 'achieved', numeric: true, text: (i) => rate(at(i).achieved_macs_per_s), value: (i) => at(i).achieved_macs_per_s || NaN},
        {title: 'attainable', numeric: true, text: (i) => rate(at(i).attainable_macs_per_s), value: (i) => at(i).attainable_macs_per_s || NaN},
        {title: 'unbound', numeric: true, text: (i) => seconds(at(i).unbound_s), value: (i) => at(i).unbound_s},
        {title: 'then bound by', text: (i) => at(i).next_bound},
      ],
    }));
}

export function explainPage(report: ExplainReport): Page {
  const best = [...report.resources].sort((a, b) => b.gain - a.gain)[0];
  return {
    kind: 'Explanation',
    title: `${report.network} on ${report.platform}`,
    facts: [`${report.engine}, ${report.runtime}, ${report.precision}`, plural(report.threads, 'core'), `batch ${report.batch}`, plural(report.layers.length, 'layer')],
    sections: [
      {title: 'In short', content: [
        notices([
          {tone: 'warn', title: 'Energy unknown', lines: report.energy_j === null ? [unstated(report)] : []},
          {tone: 'warn', title: 'Throttled', lines: report.throttle > 1 ? [`takes ${report.throttle.toFixed(2)} times as long, to stay in its power budget`] : []}]),
        stats(
          stat('latency', seconds(report.latency_s), 'of one batch'), stat('energy', joules(figure(report.energy_j)), 'of one batch'),
          stat('bound by', report.bound, `${percent(report.bound_share)} of the latency`),
          best ? stat('would help most', best.name, `up to ${percent(best.gain)} less, most of it by ${times(best.pays_until)}`) : null,
          stat('numbers that matter', String(report.numbers.length), `${report.numbers_without_effect} have no effect`))]},
      {title: 'Bottlenecks', content: [resources(report).element, losses(report).element]},
      {title: 'Sensitivity', content: [tornado(report.numbers).element]},
      {title: 'Layers', content: [layersTable(report)]},
    ],
  };
}
