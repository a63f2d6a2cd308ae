// A forecast: what it rests on, the platforms side by side, and one of them in depth.
import {dispose} from '../chart';
import {h, freshId} from '../dom';
import {bytes, joules, macs, percent, plural, range, seconds, si, watts} from '../format';
import {badge, notices, stat, stats, type Notice, type Page} from '../page';
import {knowsEnergy, labels, predictionsOf, type PredictReport, type Prediction} from '../prediction';
import {blockMap} from '../views/blocks';
import {energyByGroup, energyParts} from '../views/energy';
import {latencyIntervals} from '../views/intervals';
import {groupBars, layerBars, layersTable} from '../views/layers';
import {memoryFit, memoryTimeline} from '../views/memory';
import {radar} from '../views/radar';
import {roofline} from '../views/roofline';
import {timeline} from '../views/timeline';
import {trafficByLevel} from '../views/traffic';

function missing(predictions: Prediction[], key: 'not_modelled' | 'not_shaped'): string[] {
  const counts = new Map<string, number>();
  for (const p of predictions) {
    for (const [op, layers] of Object.entries(p[key])) counts.set(op, Math.max(layers, counts.get(op) ?? 0));
  }
  return [...counts].map(([op, layers]) => `${op}: ${plural(layers, 'layer')}`);
}

// Sentences that all platforms share stand once.
function assumptions(predictions: Prediction[], names: string[]): (string | Node)[] {
  const of = new Map<string, string[]>();
  predictions.forEach((p, i) => p.assumptions.forEach((sentence) => {
    of.set(sentence, [...of.get(sentence) ?? [], names[i]!]);
  }));
  return [...of].map(([sentence, where]) => where.length === predictions.length ? sentence
      : h('span', {}, h('b', {}, where.join(', ')), `: ${sentence}`));
}

function firstOfAll(predictions: Prediction[], names: string[]): Notice[] {
  const named = (test: (p: Prediction) => boolean, say: (p: Prediction) => string) =>
      predictions.flatMap((p, i) => test(p) ? [h('span', {}, h('b', {}, names[i]!), `: ${say(p)}`)] : []);
  return [
    {tone: 'bad', title: 'Not modelled: in no figure of this report', lines: missing(predictions, 'not_modelled')},
    {tone: 'bad', title: 'Of unknown shape: in no figure of this report', lines: missing(predictions, 'not_shaped')},
    {tone: 'bad', title: 'Does not fit', lines: named((p) => !p.fits, (p) => p.fits_reason)},
    {tone: 'warn', title: 'Energy unknown', lines: named((p) => !knowsEnergy(p), () => 'charts and sums of energy and power are without it')},
    {tone: 'warn', title: 'Throttled', lines: named((p) => p.throttle > 1, (p) => `takes ${p.throttle.toFixed(2)} times as long, to stay in its power budget`)},
    {tone: '', title: 'What is assumed', lines: assumptions(predictions, names)},
  ];
}

// A little picture of an estimate: the 95 and 80 % intervals and the value, on an axis that all share.
function miniInterval(p: Prediction, low: number, high: number): HTMLElement {
  const at = (v: number) => Math.min(100, Math.max(0, 100 * Math.log(v / low) / Math.log(high / low)));
  const span = (className: string, [a, b]: [number, number]) => {
    const element = h('i', {class: className});
    element.style.left = `${at(a)}%`;
    element.style.width = `${Math.max(0.5, at(b) - at(a))}%`;
    return element;
  };
  const dot = h('i', {class: 'dot'});
  dot.style.left = `${at(p.latency_s)}%`;
  return h('div', {class: 'mini', 'aria-hidden': 'true'}, span('outer', p.latency_95_s), span('inner', p.latency_80_s), dot);
}

function line(name: string, value: string | Node, detail = ''): HTMLElement {
  return h('div', {}, h('dt', {}, name), h('dd', {}, value, detail ? h('small', {}, ` ${detail}`) : null));
}

function platformCard(p: Prediction, name: string, group: string, chosen: boolean, ends: [number, number], choose: () => void): HTMLElement {
  return h('label', {class: 'platform card'},
    h('input', {type: 'radio', name: group, checked: chosen, onchange: choose, 'aria-label': `Details of ${name}`}),
    h('header', {}, h('h3', {}, name), badge(p.fits ? 'fits' : 'does not fit', p.fits ? 'good' : 'bad')),
    h('p', {class: 'note'}, `${p.platform_title} \u00b7 ${p.engine}, ${p.runtime}, ${p.precision}, ${plural(p.threads, 'core')}`),
    h('p', {class: 'big'}, seconds(p.latency_s)),
    h('p', {class: 'between'}, `80 % between ${range(...p.latency_80_s, seconds)}`),
    miniInterval(p, ...ends),
    h('dl', {},
      line('energy', joules(p.energy_j), knowsEnergy(p) ? range(...p.energy_80_j, joules) : ''),
      line('average power', watts(p.average_power_w), p.throttle > 1 ? 'throttled' : ''),
      line('peak memory', bytes(p.peak_memory_bytes), `arena ${bytes(p.arena_bytes)}`),
      line('bound by', p.bound, percent(p.bound_share)),
      line('calibrated on', p.calibrated_on ? plural(p.calibrated_on, 'measurement') : 'nothing'),
      line('throughput', `${(p.batch / p.latency_s).toPrecision(3)} /s`, p.batch > 1 ? `batch ${p.batch}` : '')));
}

function comparison(predictions: Prediction[], names: string[]): (Node | null)[] {
  const metric = (name: string, text: (v: number) => string, of: (p: Prediction) => number) =>
      ({name, text, smallerIsBetter: true, values: predictions.map(of)});
  return [
    latencyIntervals(predictions).element,
    energyParts(predictions)?.element ?? null,
    radar('Platforms compared', names, [
      metric('latency', seconds, (p) => p.latency_s),
      metric('energy', joules, (p) => p.energy_j),
      metric('average power', watts, (p) => p.average_power_w),
      metric('peak memory', bytes, (p) => p.peak_memory_bytes),
      metric('energy \u00d7 latency', (v) => si(v, 'Js'), (p) => p.energy_j * p.latency_s),
    ])?.element ?? null,
    memoryFit(predictions).element,
  ];
}

// How far the hardware is used, and what a cold start takes.
function usage(p: Prediction): HTMLElement {
  const {simd, caches, bandwidths} = p.utilisation;
  const far = bandwidths[bandwidths.length - 1];
  return stats(
    simd === null ? null : stat('arithmetic units used', percent(simd), 'of the peak at this precision'),
    caches === null ? null : stat('served by caches', percent(caches), 'of all bytes'),
    far ? stat(`${far.level} bandwidth used`, percent(far.share), 'on average') : null,
    stat('saved by one arena', percent(p.unpooled_bytes > 0 ? 1 - p.arena_bytes / p.unpooled_bytes : 0), `${bytes(p.arena_bytes)} instead of ${bytes(p.unpooled_bytes)}`),
    p.loading ? stat('cold start', seconds(p.loading.first_whole_s), `${seconds(p.loading.load_s)} of it loading from ${p.loading.storage}; ${seconds(p.loading.first_sections_s)} if weights come as they are due`) : null);
}

function depth(p: Prediction): (Node | null)[] {
  if (!p.layers.length) return [h('p', {class: 'card wide'}, 'There is no layer that takes time.')];
  return [
    usage(p), layerBars(p).element, timeline(p).element, groupBars(p).element, blockMap(p).element, roofline(p).element,
    trafficByLevel(p).element, energyByGroup(p)?.element ?? null, memoryTimeline(p).element, layersTable(p),
  ];
}

export function predictPage(report: PredictReport): Page {
  const predictions = predictionsOf(report);
  const first = predictions[0];
  if (!first) return {kind: 'Forecast', title: 'No forecast', facts: [], sections: []};
  const names = labels(predictions);
  const group = freshId('platform');
  const low = Math.min(...predictions.map((p) => p.latency_95_s[0]));
  const high = Math.max(...predictions.map((p) => p.latency_95_s[1]));
  const details = h('div', {class: 'cards inner'});
  const heading = h('p', {class: 'lead', role: 'status'});
  const open = (i: number) => {
    dispose(details);
    details.replaceChildren(...depth(predictions[i]!).filter((n): n is Node => n !== null));
    heading.textContent = `${predictions[i]!.platform_title}: ${predictions[i]!.engine} with ${predictions[i]!.runtime} at ${predictions[i]!.precision}` +
        (predictions.length > 1 ? '. Select another platform\u2019s card above to see its details here.' : '.');
  };
  open(0);
  return {
    kind: 'Forecast',
    title: first.network,
    facts: [`${macs(first.macs)} MACs`, `${macs(first.parameters)} parameters`, `batch ${first.batch}`,
            plural(first.layers.length, 'layer'), plural(predictions.length, 'platform')],
    sections: [
      {title: 'Read this first', content: [notices(firstOfAll(predictions, names)) ??
          h('p', {class: 'card wide'}, 'Everything is modelled, everything fits, and nothing had to be assumed.')]},
      {title: predictions.length > 1 ? 'Platforms' : 'Forecast', content: [
        h('div', {class: 'platforms', role: 'radiogroup', 'aria-label': 'Platform whose details are shown'},
          ...predictions.map((p, i) => platformCard(p, names[i]!, group, i === 0, [low, high], () => open(i)))),
        ...comparison(predictions, names)]},
      {title: predictions.length > 1 ? 'One platform in depth' : 'In depth', content: [heading, details]},
    ],
  };
}
