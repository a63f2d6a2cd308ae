// Reports to look at: what the program writes, and larger ones made from it.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const kRoot = new URL('../../..', import.meta.url).pathname;
const kBegin = '<script id="data" type="application/json">';
export const folder = mkdtempSync(join(tmpdir(), 'roofbeam-'));
export const kHostile = '<img src=x onerror="document.title=\'owned\'">"\'&</script>';

export function roofbeam(...args) {
  return execFileSync(process.env.ROOFBEAM, args, {cwd: kRoot, encoding: 'utf-8', maxBuffer: 1 << 28,
                                                   stdio: ['ignore', 'pipe', 'ignore']});
}

// The page that the program wrote, with other data in it.
export function pageWith(file, name, data) {
  const html = readFileSync(file, 'utf-8');
  const begin = html.indexOf(kBegin) + kBegin.length;
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  const path = join(folder, name);
  writeFileSync(path, html.slice(0, begin) + json + html.slice(html.indexOf('</script>', begin)));
  return path;
}

export function dataOf(file) {
  const html = readFileSync(file, 'utf-8');
  const begin = html.indexOf(kBegin) + kBegin.length;
  return JSON.parse(html.slice(begin, html.indexOf('</script>', begin)));
}

// The forecast in a page, with names that would do harm if they were not shown as text.
export function withHostileNames(file) {
  const report = dataOf(file);
  for (const p of report.predictions) {
    p.layers[3].name = kHostile;
    p.memory_plan.buffers[0].name = kHostile;
    p.assumptions.push(`${kHostile} is assumed`);
    p.not_modelled = {[kHostile]: 2};
  }
  return report;
}

// Uniform numbers in 0..1 that are the same in every run (Park and Miller, CACM 31(10), 1988).
function* uniform() {
  for (let state = 1;;) {
    state = state * 48271 % 2147483647;
    yield state / 2147483647;
  }
}

// 50,000 cases of a made-up scenario: five axes, three objectives, one requirement.
export function largeSweep(size = 50000) {
  const axes = [
    {name: 'network', values: ['baseline', 'slim', kHostile]},
    {name: 'platform', values: ['phone', 'board', 'desktop']},
    {name: 'network.precision', values: ['fp32', 'fp16', 'int8']},
    {name: 'run.batch', values: ['1', '2', '4', '8']},
    {name: 'platform.memory.DRAM.bandwidth', values: Array.from({length: 463}, (_, i) => `${i + 1} GB/s`)},
  ];
  const columns = Object.fromEntries(['case', ...axes.map((a) => a.name), 'latency_s', 'energy_j', 'memory_bytes',
    'accuracy', 'latency_deviation', 'energy_deviation', 'fits', 'fits_reason', 'twins', 'feasible'].map((key) => [key, []]));
  const missed = [];
  const random = uniform();
  for (let i = 0; i < size; ++i) {
    let rest = i;
    const at = axes.map((axis) => {
      const id = rest % axis.values.length;
      rest = Math.floor(rest / axis.values.length);
      return id;
    });
    axes.forEach((axis, a) => columns[axis.name].push(at[a]));
    const latency = [4, 2, 1][at[0]] * [3, 20, 1][at[1]] * [1, 0.6, 0.3][at[2]] * 2 ** at[3] *
        (1 + 20 / (1 + at[4])) * (0.9 + 0.2 * random.next().value) * 1e-3;
    columns.latency_s.push(latency);
    columns.energy_j.push(latency * [4, 0.5, 40][at[1]] * (1 + at[4] / 400));
    columns.memory_bytes.push(Math.round([14e6, 7e6, 3e6][at[0]] * [1, 0.5, 0.25][at[2]]));
    columns.accuracy.push([0.9, 0.87, 0.8][at[0]] - [0, 0.001, 0.01][at[2]]);
    columns.case.push(i);
    columns.latency_deviation.push(0.3);
    columns.energy_deviation.push(0.35);
    columns.fits.push(1);
    columns.fits_reason.push(0);
    columns.twins.push(0);
    columns.feasible.push(latency <= 1 ? 1 : 0);
    missed.push(Math.max(0, latency - 1));
  }
  const feasible = columns.feasible.reduce((sum, one) => sum + one, 0);
  return {
    schema: 'roofbeam.sweep_columns/1', scenario: 'made', title: 'A made-up scenario', axes, columns,
    objectives: [{metric: 'latency', sense: 'min'}, {metric: 'energy', sense: 'min'}, {metric: 'accuracy', sense: 'max'}],
    requirements: [{text: 'latency <= 1 s', metric: 'latency', relation: '<=', bound: 1}], must_fit: true,
    counts: {all: size, excluded: 0, repeated: 0, impossible: 0, forecast: size, unfit: 0, feasible, unknown: 0,
             why_impossible: {}, failed: {'latency <= 1 s': size - feasible}, unknown_of: {}},
    reasons: ['activations and weights in DRAM'], missed: [missed],
    frontier: [0, 1, 2],
  };
}
