// What `validate --format json` writes (docs/json_schema.md), as far as the report reads it.
import type {Stated} from './figures';

// Without rows the others are null.
export interface Statistics {
  rows: number;
  mape: number;
  median_ape: number;
  bias: number;
  within_10: number;
  within_20: number;
  spearman: number;
  coverage_80: number;
  coverage_95: number;
}

export interface Row {
  network: string;
  device: string;
  core: string;
  platform: string;
  engine: string;
  runtime: string;
  precision: string;
  threads: number;
  batch: number;
  kernel: string;
  bound: string;
  measured_s: number | null;
  predicted_s: number;
  interval_80_s: [number, number];
  interval_95_s: [number, number];
  error: number | null;
  measured_j: Stated;
  predicted_j: Stated;
}

export interface ValidateReport {
  schema: string;
  summary: Statistics;
  energy?: Statistics;
  by_device: Record<string, Statistics>;
  by_runtime: Record<string, Statistics>;
  by_precision: Record<string, Statistics>;
  by_kernel: Record<string, Statistics>;
  outliers: {row: number; network: string; device: string; measured_over_predicted: number; reason: string}[];
  rows: Row[];
  left_out: Record<string, number>;
}

const kNormal80 = 1.2815515655446004;

// How far a measurement is from its forecast, in standard deviations of the forecast's logarithm.
export function score(row: Row): number {
  const deviation = Math.log(row.interval_80_s[1] / row.interval_80_s[0]) / (2 * kNormal80);
  return Math.log(row.measured_s! / row.predicted_s) / deviation;
}

// z such that a normal variable lies in -z..z with this probability, by bisection.
export function quantile(share: number): number {
  let [low, high] = [0, 8];
  for (let i = 0; i < 60; ++i) {
    const middle = (low + high) / 2;
    if (erf(middle / Math.SQRT2) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

// Simpson's rule; good to nine digits for what a chart asks.
function erf(x: number): number {
  const steps = 200;
  const width = x / steps;
  let sum = 1 + Math.exp(-x * x);
  for (let i = 1; i < steps; ++i) sum += (i % 2 ? 4 : 2) * Math.exp(-((i * width) ** 2));
  return (2 / Math.sqrt(Math.PI)) * sum * width / 3;
}
