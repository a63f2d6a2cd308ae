// What `predict --format json` writes (docs/json_schema.md), as far as the report reads it, and
// what several views ask of it.
import {figure, pair, type Pair, type Stated} from './figures';

// NaN where nobody states it.
export interface Energy {
  energy_j: number;
  energy_operations_j: number;
  energy_traffic_j: number;
  energy_power_j: number;
}

export interface Layer extends Energy {
  name: string;
  op: string;
  algorithm: string;
  precision: string;
  repeat: number;
  macs: number;
  weights_bytes: number;
  latency_s: number;
  latency_80_s: Pair;
  latency_95_s: Pair;
  compute_s: number;
  overhead_s: number;
  bound: string;
  tile_use: number;
  cores_used: number;
  traffic: {level: string; bytes: number; time_s: number}[];
}

export interface Buffer {
  name: string;
  bytes: number;
  offset_bytes: number;
  born: number;
  dies: number;
  shares: number | null;
}

export interface Placement {
  level: string;
  needed_bytes: number;
  size_bytes: number;
  fits: boolean;
}

// What is forecast, and how it is run.
export interface Run {
  network: string;
  platform: string;
  engine: string;
  runtime: string;
  precision: string;
  batch: number;
  threads: number;
}

export interface Prediction extends Run, Energy {
  platform_title: string;
  latency_s: number;
  latency_80_s: Pair;
  latency_95_s: Pair;
  calibrated_on: number;
  energy_80_j: Pair;
  average_power_w: number;
  throttle: number;
  peak_memory_bytes: number;
  arena_bytes: number;
  unpooled_bytes: number;
  weights_bytes: number;
  fits: boolean;
  fits_reason: string;
  activations_in: Placement;
  weights_in: Placement;
  bound: string;
  bound_share: number;
  utilisation: {simd: number | null; caches: number | null; bandwidths: {level: string; share: number}[]};
  loading: {storage: string; load_s: number; first_whole_s: number; first_sections_s: number; section_memory_bytes: number} | null;
  macs: number;
  parameters: number;
  levels: string[];
  roofs: {
    compute: {precision: string; macs_per_s: number}[];
    memory: {level: string; bandwidth_bytes_per_s: number}[];
  };
  alive_at_peak: string[];
  memory_plan: {peak_bytes: number; peak_layer: number; buffers: Buffer[]};
  layers: Layer[];
  assumptions: string[];
  not_modelled: Record<string, number>;
  not_shaped: Record<string, number>;
}

type WrittenEnergy = {[key in keyof Energy]: Stated};

interface Written extends Omit<Prediction, keyof Energy | 'energy_80_j' | 'average_power_w' | 'layers'>, WrittenEnergy {
  energy_80_j: Pair | null;
  average_power_w: Stated;
  layers: (Omit<Layer, keyof Energy> & WrittenEnergy)[];
}

export interface PredictReport {
  schema: string;
  predictions: Written[];
}

const energyOf = (of: WrittenEnergy): Energy => ({
  energy_j: figure(of.energy_j), energy_operations_j: figure(of.energy_operations_j),
  energy_traffic_j: figure(of.energy_traffic_j), energy_power_j: figure(of.energy_power_j),
});

export const predictionsOf = (report: PredictReport): Prediction[] => report.predictions.map((p) => ({
  ...p, ...energyOf(p), energy_80_j: pair(p.energy_80_j), average_power_w: figure(p.average_power_w),
  layers: p.layers.map((l) => ({...l, ...energyOf(l)})),
}));

export const knowsEnergy = (of: Energy): boolean => !Number.isNaN(of.energy_j);

// The run in a few words; names that several predictions share are told apart by what differs.
export function labels(predictions: Prediction[]): string[] {
  const keys: (keyof Prediction)[] = ['engine', 'runtime', 'precision', 'batch', 'threads'];
  return predictions.map((p) => {
    const same = predictions.filter((q) => q.platform === p.platform);
    const more = keys.filter((key) => same.some((q) => q[key] !== p[key])).map((key) => p[key]);
    return [p.platform, ...more].join(' ');
  });
}

export interface Group {
  name: string;
  layers: Layer[];
  sum: number;
}

// Layers that have something in common, the costliest group first.
export function grouped(layers: Layer[], key: (l: Layer) => string, value: (l: Layer) => number): Group[] {
  const groups = new Map<string, Group>();
  for (const layer of layers) {
    const name = key(layer);
    const group = groups.get(name) ?? {name, layers: [], sum: 0};
    group.layers.push(layer);
    group.sum += value(layer);
    groups.set(name, group);
  }
  return [...groups.values()].sort((a, b) => b.sum - a.sum);
}

export function total(layers: Layer[], value: (l: Layer) => number): number {
  return layers.reduce((sum, layer) => sum + value(layer), 0);
}

export interface Quantity {
  id: string;
  label: string;
  of: (layer: Layer) => number;
  text: (value: number) => string;
  base?: number;  // 2: labels of axes at powers of two
}
