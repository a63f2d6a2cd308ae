// Axes, grids and legends as every chart of the report has them.
import type {Look} from '../look';

type Text = (value: number) => string;

interface AxisOptions {
  name?: string;
  text?: Text;
  min?: number | string | ((v: {min: number; max: number}) => number);
  max?: number | string | ((v: {min: number; max: number}) => number);
  gap?: number;  // between the labels and the name
  minor?: boolean;
  base?: number;  // of a logarithmic axis; 10 unless told
  splits?: number;
}

function common(colours: Look, options: AxisOptions) {
  return {
    name: options.name,
    nameLocation: 'middle',
    nameGap: options.gap ?? 30,
    nameTextStyle: {color: colours.muted},
    min: options.min,
    max: options.max,
    splitNumber: options.splits,
    axisLine: {show: true, lineStyle: {color: colours.line}},
    axisTick: {show: false},
    axisLabel: {color: colours.muted, hideOverlap: true, formatter: options.text},
    splitLine: {lineStyle: {color: colours.grid}},
  };
}

export const logAxis = (colours: Look, options: AxisOptions) => ({
  type: 'log', logBase: options.base ?? 10, ...common(colours, options),
  minorTick: {show: false},
  minorSplitLine: {show: options.minor === true, lineStyle: {color: colours.grid, opacity: 0.5}},
});

export const valueAxis = (colours: Look, options: AxisOptions) => ({
  type: 'value', ...common(colours, options), axisLine: {show: false},
});

export const categoryAxis = (colours: Look, data: string[], options: AxisOptions & {width?: number} = {}) => ({
  ...common(colours, options), type: 'category', data,
  axisLabel: {
    color: colours.muted, interval: options.width ? 0 : 'auto', hideOverlap: true,
    width: options.width, overflow: 'truncate',
  },
});

export const legend = (colours: Look, data?: string[]) => ({
  type: 'scroll', top: 0, left: 0, data, itemWidth: 16, itemHeight: 10, itemGap: 14,
  textStyle: {color: colours.text}, inactiveColor: colours.faint,
  pageIconColor: colours.muted, pageTextStyle: {color: colours.muted},
});

export const zoom = (colours: Look, bottom: number) => ({
  type: 'slider', height: 18, bottom, borderColor: colours.grid, fillerColor: colours.accent + '22',
  handleStyle: {color: colours.card, borderColor: colours.muted}, brushSelect: false, showDetail: false,
  moveHandleStyle: {color: colours.faint},
  dataBackground: {lineStyle: {color: colours.faint}, areaStyle: {color: colours.faint, opacity: 0.3}},
  selectedDataBackground: {lineStyle: {color: colours.accent}, areaStyle: {color: colours.accent, opacity: 0.2}},
});

// Names that share their beginnings are told apart by their ends.
export function shortName(name: string, most: number): string {
  return name.length <= most ? name : '\u2026' + name.slice(name.length - most + 1);
}

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

// Round limits just outside some positive values, for an axis that need not end at decades: 1, 2 or 5.
export function around(values: number[]): [number, number] {
  const [low, high] = decades(values);
  const positive = values.filter((v) => v > 0 && Number.isFinite(v));
  if (!positive.length) return [low, high];
  const least = Math.min(...positive);
  const most = Math.max(...positive);
  const below = [5, 2, 1].find((d) => d * low <= least * 0.97) ?? 0.5;
  const above = [0.2, 0.5, 1].find((d) => d * high >= most * 1.03) ?? 2;
  return [below * low, above * high];
}
