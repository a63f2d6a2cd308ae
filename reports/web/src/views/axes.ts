// Axes, grids and legends as every chart of the report has them.
import type {Look} from '../look';
import {fitEnd, kLegendGap, textWidth} from '../measure';
import {evenTicks, logTicks, type Ruler} from './ticks';

interface AxisOptions {
  name?: string;
  text?: (value: number) => string;
  min?: number;
  max?: number;
  room?: number;      // pixels that the axis is long; with both ends known, labels are chosen to fit into them
  upright?: boolean;  // the axis stands
  gap?: number;       // between the labels and the name
  minor?: boolean;
  base?: number;      // 2 where labels are bytes; 10 unless told
  splits?: number;    // where the ends are left to the data
}

// A standing axis tells its room as a height.
export const across = (room: number, min: number, max: number) => ({room, min, max});
export const upward = (room: number, min: number, max: number) => ({room, min, max, upright: true});

function common(colours: Look, options: AxisOptions, ticks: number[] | undefined) {
  return {
    name: options.name,
    nameLocation: 'middle',
    nameGap: options.gap ?? 30,
    nameTextStyle: {color: colours.muted},
    min: options.min,
    max: options.max,
    splitNumber: options.splits,
    axisLine: {show: true, lineStyle: {color: colours.line}},
    axisTick: {show: false, customValues: ticks},
    axisLabel: {color: colours.muted, hideOverlap: true, formatter: options.text, customValues: ticks},
    splitLine: {lineStyle: {color: colours.grid}},
  };
}

function chosen(options: AxisOptions, choose: (ruler: Ruler) => number[]): number[] | undefined {
  const {min, max, room, upright, base, text = String} = options;
  return min === undefined || max === undefined || room === undefined ? undefined : choose({min, max, room, upright, base, text});
}

export const logAxis = (colours: Look, options: AxisOptions) => ({
  type: 'log', logBase: 10, ...common(colours, options, chosen(options, logTicks)),
  minorTick: {show: false},
  minorSplitLine: {show: options.minor === true, lineStyle: {color: colours.grid, opacity: 0.5}},
});

export const valueAxis = (colours: Look, options: AxisOptions) => ({
  type: 'value', ...common(colours, options, chosen(options, evenTicks)), axisLine: {show: false},
});

// Names beside bars, in so much room.
export const categoryAxis = (colours: Look, data: string[], width: number, fit = fitEnd) => ({
  ...common(colours, {}, undefined), type: 'category', data,
  axisLabel: {color: colours.muted, interval: 0, formatter: (name: string) => fit(name, width)},
});

// The room that names beside bars want, within limits.
export const nameRoom = (names: string[], most: number) =>
    Math.min(most, Math.ceil(Math.max(20, ...names.map((name) => textWidth(name)))) + 2);

// dressed() in chart.ts makes room for as many lines as it takes.
export const legend = (colours: Look, data?: string[]) => ({
  type: 'plain', top: 0, left: 0, padding: [4, 0], data, itemWidth: 16, itemHeight: 10, itemGap: kLegendGap,
  textStyle: {color: colours.text}, inactiveColor: colours.faint,
});

export const zoom = (colours: Look, bottom: number) => ({
  type: 'slider', height: 18, bottom, borderColor: colours.grid, fillerColor: colours.accent + '22',
  handleStyle: {color: colours.card, borderColor: colours.muted}, brushSelect: false, showDetail: false,
  moveHandleStyle: {color: colours.faint},
  dataBackground: {lineStyle: {color: colours.faint}, areaStyle: {color: colours.faint, opacity: 0.3}},
  selectedDataBackground: {lineStyle: {color: colours.accent}, areaStyle: {color: colours.accent, opacity: 0.2}},
});

// The decades around some positive values.
export function decades(values: number[]): [number, number] {
  let [low, high] = [Infinity, 0];
  for (const value of values) {
    if (!(value > 0) || !Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(high > 0)) return [0.1, 10];
  return [10 ** Math.floor(Math.log10(low) - 1e-9), 10 ** Math.ceil(Math.log10(high) + 1e-9)];
}

// Limits just outside some positive values, for a logarithmic axis that need not end at decades.
export function around(values: number[]): [number, number] {
  const positive = values.filter((v) => v > 0 && Number.isFinite(v));
  if (!positive.length) return [0.1, 10];
  const [least, most] = [Math.min(...positive), Math.max(...positive)];
  const margin = Math.max(1.12, (most / least) ** 0.04);
  return [least / margin, most * margin];
}

// Just outside some values, none of which need be zero.
export function beyond(values: number[]): [number, number] {
  const known = values.filter((v) => Number.isFinite(v));
  const [low, high] = known.length ? [Math.min(...known), Math.max(...known)] : [0, 1];
  const margin = 0.04 * (high - low) || Math.abs(high) * 0.1 || 1;
  return [low - margin, high + margin];
}

// From zero, or the least if that is below it, to just beyond the most: for bars.
export function fromZero(values: number[]): [number, number] {
  const known = values.filter((v) => Number.isFinite(v));
  const [low, high] = [Math.min(0, ...known), Math.max(0, ...known)];
  if (low === high) return [0, 1];
  const margin = 0.04 * (high - low);
  return [low < 0 ? low - margin : 0, high > 0 ? high + margin : 0];
}
