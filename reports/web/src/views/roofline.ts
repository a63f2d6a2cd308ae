// Roofs of an engine, and its layers below them.
import {chartCard, type ChartCard, type View} from '../chart';
import {segmented} from '../dom';
import type {Option} from '../echarts';
import {axis, bytes, digits, macs, percent, plural, seconds, si} from '../format';
import {boundColour} from '../look';
import {total, type Layer, type Prediction} from '../prediction';
import {across, decades, legend, logAxis, upward} from './axes';
import {tip} from './tooltip';

interface Point {
  layer: Layer;
  intensity: number;  // MACs per byte at the level looked at
  rate: number;       // MACs per second
}

const rate = (value: number) => si(value, 'MAC/s');

function pointsOf(p: Prediction, level: string): Point[] {
  return p.layers.flatMap((layer) => {
    const moved = layer.traffic.find((t) => t.level === level)?.bytes ?? 0;
    if (layer.macs <= 0 || moved <= 0 || layer.latency_s <= 0) return [];
    return [{layer, intensity: layer.macs / moved, rate: layer.macs / layer.latency_s}];
  });
}

// Why a layer takes as long as it does, in words.
export function reason(layer: Layer): string {
  const parts = [`arithmetic ${seconds(layer.compute_s)}`,
    ...layer.traffic.filter((t) => t.time_s > 0).map((t) => `${t.level} ${seconds(t.time_s)}`),
    `dispatch ${seconds(layer.overhead_s)}`];
  const bound = layer.bound === 'compute' ? 'arithmetic' : layer.bound;
  return `Bound by ${bound}: ${parts.join(', ')}.`;
}

function peakOf(p: Prediction, precision: string): number {
  return p.roofs.compute.find((roof) => roof.precision === precision)?.macs_per_s ?? 0;
}

function tooltip(p: Prediction, point: Point, level: string): string {
  const {layer} = point;
  const peak = peakOf(p, layer.precision);
  return tip(layer.name, [
    ['operators', `${layer.op}, ${layer.algorithm}, ${layer.precision}`],
    ['latency', `${seconds(layer.latency_s)}, ${percent(layer.latency_s / p.latency_s)} of all`],
    ['reaches', rate(point.rate) + (peak > 0 ? `, ${percent(point.rate / peak)} of the peak` : '')],
    [`MACs per byte of ${level}`, digits(point.intensity)],
    ['tile use', percent(layer.tile_use)],
  ], reason(layer));
}

function extent(p: Prediction, points: Point[]): {x: [number, number]; y: [number, number]} {
  const peak = Math.max(...p.roofs.compute.map((r) => r.macs_per_s));
  const used = peakOf(p, p.precision) || peak;
  const ridges = p.roofs.memory.map((r) => used / r.bandwidth_bytes_per_s);
  return {
    x: decades([...points.map((q) => q.intensity), ...ridges.map((r) => r / 3), ...ridges.map((r) => 3 * r)]),
    y: decades([...points.map((q) => q.rate), peak]),
  };
}

function memoryRoofs(p: Prediction, level: string, [x0, x1]: [number, number], y0: number, view: View) {
  const {look: colours} = view;
  const peak = Math.max(...p.roofs.compute.map((r) => r.macs_per_s));
  return p.roofs.memory.map((roof) => {
    const colour = boundColour(roof.level, p.levels, colours);
    const begin = Math.max(x0, y0 / roof.bandwidth_bytes_per_s);
    const end = Math.min(x1, peak / roof.bandwidth_bytes_per_s);
    // Straight on both logarithmic axes; more points make the line hoverable anywhere.
    const at = Array.from({length: 25}, (_, i) => begin * (end / begin) ** (i / 24));
    return {
      type: 'line', name: roof.level, silent: false, symbol: 'none', clip: true,
      data: at.map((x) => [x, x * roof.bandwidth_bytes_per_s]),
      lineStyle: {color: colour, width: roof.level === level ? 2.5 : 1.5, type: roof.level === level ? 'solid' : [6, 4]},
      itemStyle: {color: colour},
      z: 2,
    };
  });
}

function computeRoofs(p: Prediction, [, x1]: [number, number], view: View) {
  const {look: colours} = view;
  const fastest = Math.max(...p.roofs.memory.map((r) => r.bandwidth_bytes_per_s));
  const groups = new Map<number, string[]>();
  for (const roof of p.roofs.compute) {
    groups.set(roof.macs_per_s, [...groups.get(roof.macs_per_s) ?? [], roof.precision]);
  }
  return [...groups].map(([peak, precisions]) => {
    const used = precisions.includes(p.precision);
    const colour = used ? colours.palette[0] : colours.faint;
    return {
      type: 'line', name: 'peaks', symbol: 'none', silent: true,
      data: [[peak / fastest, peak], [x1, peak]],
      lineStyle: {color: colour, width: used ? 2.5 : 1.2},
      itemStyle: {color: colours.palette[0]},
      endLabel: {
        show: true, formatter: `${precisions.join(', ')}  ${rate(peak)}`, color: used ? colours.text : colours.muted,
        offset: [-8, -9], align: 'right', fontSize: 11, fontWeight: used ? 600 : 400,
      },
      z: 2,
    };
  });
}

// Where the peak in use meets the roof of each level.
function ridgePoints(p: Prediction, {look: colours}: View) {
  const peak = peakOf(p, p.precision);
  return {
    type: 'scatter', name: 'ridge points', symbol: 'diamond', symbolSize: 11, z: 4,
    data: peak > 0 ? p.roofs.memory.map((roof) => ({
      value: [peak / roof.bandwidth_bytes_per_s, peak], name: roof.level,
      itemStyle: {color: colours.card, borderColor: boundColour(roof.level, p.levels, colours), borderWidth: 2},
    })) : [],
    tooltip: {formatter: (e: {name: string; value: [number, number]}) => tip(`Ridge of ${e.name}`, [
      ['MACs per byte', digits(e.value[0])], ['peak', rate(e.value[1])],
    ], `Layers with fewer MACs per byte of ${e.name} cannot reach the peak.`)},
  };
}

function ridges(p: Prediction, level: string, view: View) {
  const {look: colours} = view;
  const peak = peakOf(p, p.precision);
  const roof = p.roofs.memory.find((r) => r.level === level);
  if (!peak || !roof) return undefined;
  const ridge = peak / roof.bandwidth_bytes_per_s;
  return {
    symbol: 'none', silent: true, z: 1,
    lineStyle: {color: colours.faint, type: 'dotted', width: 1.2},
    label: {
      position: 'insideStartTop', rotate: 90, color: colours.muted, fontSize: 11, distance: [6, 4],
      formatter: `ridge ${digits(ridge)} MAC/B`,
    },
    data: [{xAxis: ridge}],
  };
}

function option(p: Prediction, level: string, view: View): Option {
  const {look: colours, narrow, width, height} = view;
  const points = pointsOf(p, level);
  const {x, y} = extent(p, points);
  const bounds = [...new Set(points.map((q) => q.layer.bound))]
      .sort((a, b) => total(p.layers.filter((l) => l.bound === b), (l) => l.latency_s) -
                      total(p.layers.filter((l) => l.bound === a), (l) => l.latency_s));
  const longest = Math.max(...points.map((q) => q.layer.latency_s));
  const left = narrow ? 52 : 66;
  const size = (q: Point) => 5 + (narrow ? 14 : 22) * Math.sqrt(q.layer.latency_s / longest);
  return {
    tooltip: {trigger: 'item'},
    legend: {...legend(colours, [...bounds.map((b) => `bound by ${b}`), ...p.roofs.memory.map((r) => r.level)])},
    grid: {left, right: 18, top: 40, bottom: 48},
    xAxis: logAxis(colours, {name: `MACs per byte of ${level}`, minor: true, text: axis((v) => digits(v)), ...across(width - left - 18, ...x)}),
    yAxis: logAxis(colours, {name: narrow ? '' : 'MACs per second', gap: 50, minor: true, text: axis(macs), ...upward(height - 88, ...y)}),
    series: [
      ...memoryRoofs(p, level, x, y[0], view).map((series) => ({
        ...series,
        tooltip: {formatter: () => tip(series.name, [['bandwidth', si(p.roofs.memory.find((r) => r.level === series.name)!.bandwidth_bytes_per_s, 'B/s')]])},
      })),
      ...computeRoofs(p, x, view),
      ridgePoints(p, view),
      ...bounds.map((bound, i) => ({
        type: 'scatter', name: `bound by ${bound}`, z: 3,
        data: points.filter((q) => q.layer.bound === bound).map((q) => ({
          value: [q.intensity, q.rate], symbolSize: size(q), point: q,
        })),
        itemStyle: {color: boundColour(bound, p.levels, colours), opacity: 0.78, borderColor: colours.card, borderWidth: 1},
        emphasis: {itemStyle: {opacity: 1, borderColor: colours.text, borderWidth: 1.5}},
        tooltip: {formatter: (e: {data: {point: Point}}) => tooltip(p, e.data.point, level)},
        markLine: i === 0 ? ridges(p, level, view) : undefined,
      })),
    ],
  };
}

export function roofline(p: Prediction): ChartCard {
  const found = p.roofs.memory.map((r) => r.level);
  let level = found[found.length - 1] ?? '';
  const left = p.layers.filter((l) => l.macs <= 0);
  const card = chartCard({
    title: 'Roofline', wide: true,
    note: () => `Each mark is a layer, its area its share of the time; the further below its roof, the more is lost. ` +
        `Roofs are the peaks of ${plural(p.threads, 'core')} and the sustained bandwidth of each level. ` +
        (left.length ? `${plural(left.length, 'layer')} without multiply-adds (${percent(total(left, (l) => l.latency_s) / p.latency_s)} of the time) cannot be shown here. ` : '') +
        (p.layers.some((l) => l.algorithm === 'winograd') ? 'Winograd kernels multiply less than counted, so they may lie above the peak.' : ''),
    label: `Roofline of ${p.network} on ${p.platform}: ${plural(pointsOf(p, level).length, 'layer')} by multiply-adds per byte and per second`,
    height: (view) => view.narrow ? 420 : 500,
    controls: found.length > 1
        ? [segmented('Bytes moved at', found.map((name) => ({value: name, label: name})), level, (value) => {
          level = value;
          card.redraw();
        })] : [],
    option: (view) => option(p, level, view),
    table: () => {
      const points = pointsOf(p, level);
      return {
        name: `Roofline ${level}`, rows: points.map((_, i) => i), sort: {column: 3, descending: true},
        columns: [
          {title: 'layer', text: (i) => points[i]!.layer.name, wide: true},
          {title: 'MACs', numeric: true, text: (i) => macs(points[i]!.layer.macs), value: (i) => points[i]!.layer.macs},
          {title: `bytes of ${level}`, numeric: true, text: (i) => bytes(points[i]!.layer.macs / points[i]!.intensity), value: (i) => points[i]!.layer.macs / points[i]!.intensity},
          {title: 'latency', numeric: true, text: (i) => seconds(points[i]!.layer.latency_s), value: (i) => points[i]!.layer.latency_s},
          {title: 'MACs per byte', numeric: true, text: (i) => digits(points[i]!.intensity), value: (i) => points[i]!.intensity},
          {title: 'MACs per second', numeric: true, text: (i) => rate(points[i]!.rate), value: (i) => points[i]!.rate},
          {title: 'bound by', text: (i) => points[i]!.layer.bound},
        ],
      };
    },
  });
  return card;
}
