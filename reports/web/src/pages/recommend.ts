// Which case to choose: those that are ranked, how sure their order is, and why others are out.
import {dispose} from '../chart';
import {h, segmented} from '../dom';
import {digits, percent, plural, range} from '../format';
import {figure} from '../figures';
import {badge, notices, panel, stat, type Page} from '../page';
import {interval, kMetrics, type Known} from '../sweep';
import {dataTable} from '../table';
import {radar} from '../views/radar';
import {rankedBars, type Ranked} from '../views/ranking';

interface Out {
  case: number;
  settings: Record<string, string | null>;
  why: string[];
  probability_meets: number;
}

interface Recommendation {
  group: string | null;
  preference: {kind: 'weighted' | 'ordered'; terms: {objective: string; weight: number | null}[]; tolerance: number};
  cases: number;
  feasible: number;
  unknown: number;
  ranked: Ranked[];
  out: Out[];
}

export interface RecommendReport {
  schema: string;
  scenario: string;
  requirements: string[];
  must_fit: boolean;
  recommendations: Recommendation[];
}

const known = (cases: Ranked[]): Known[] => kMetrics.filter((m) => cases.some((c) => Number.isFinite(c[m.key])));
const settingsText = (one: {settings: Record<string, string | null>}) => Object.values(one.settings).filter((v) => v !== null).join(', ');

// What counts, in words: "min latency (weight 2), max accuracy (weight 1)".
function wanted({kind, terms, tolerance}: Recommendation['preference']): string {
  const same = terms.every((t) => t.weight === terms[0]!.weight);
  const list = terms.map((t) => kind === 'weighted' && !same ? `${t.objective} (weight ${digits(t.weight ?? 0, 2)})` : t.objective);
  return kind === 'weighted' ? list.join(', ') + (same && list.length > 1 ? ', all with the same weight' : '') : `${list.join(', then ')}${tolerance > 0 ? `; as good within ${percent(tolerance)}` : ''}`;
}

const between = (one: Ranked, metric: Known) => interval(figure(one[metric.key]), figure(one[`${metric.name}_deviation`]));

function withInterval(one: Ranked, metric: Known): string {
  const ends = between(one, metric);
  return metric.text(figure(one[metric.key])) + (ends ? ` (${range(...ends, metric.text)})` : '');
}

// The answer first, as a sentence and with its figures.
function answer(found: Recommendation): HTMLElement {
  const first = found.ranked[0];
  if (!first) return notices([{tone: 'bad', title: 'No case meets the requirements', lines: [`${plural(found.cases, 'case')} forecast, none feasible.`]}])!;
  const second = found.ranked[1];
  return panel(`Choose case ${first.case}`, settingsText(first),
    h('p', {class: 'badges'}, badge(`meets the requirements with ${percent(first.probability_meets)}`, first.probability_meets >= 0.9 ? 'good' : first.probability_meets >= 0.5 ? 'warn' : 'bad'),
      second?.probability_first_is_better == null ? null
          : badge(`better than the next with ${percent(second.probability_first_is_better)}`, second.probability_first_is_better >= 0.9 ? 'good' : 'warn')),
    h('dl', {class: 'stats'}, ...known(found.ranked).map((m) => {
      const ends = between(first, m);
      return stat(m.name, m.text(figure(first[m.key])), ends ? `80 % between ${range(...ends, m.text)}` : '');
    })));
}

function rankedTable(found: Recommendation): HTMLElement {
  const at = (i: number) => found.ranked[i]!;
  const axes = Object.keys(found.ranked[0]?.settings ?? {});
  return panel('Ranked cases', 'The probability is that the first is better than the one in the row, as the intervals have it.', dataTable({
    name: 'Ranked cases', rows: found.ranked.map((_, i) => i), height: 360,
    columns: [
      {title: 'rank', numeric: true, text: (i) => String(i + 1), value: (i) => i + 1},
      {title: 'case', numeric: true, text: (i) => String(at(i).case), value: (i) => at(i).case},
      ...axes.map((axis) => ({title: axis, text: (i: number) => at(i).settings[axis] ?? '\u2013'})),
      ...(found.preference.kind === 'weighted' ? [{title: 'score', numeric: true, text: (i: number) => digits(at(i).score ?? NaN), value: (i: number): number => at(i).score ?? NaN}] : []),
      {title: 'meets', numeric: true, text: (i) => percent(at(i).probability_meets), value: (i) => at(i).probability_meets},
      {title: 'first is better', numeric: true, text: (i) => percent(at(i).probability_first_is_better), value: (i) => at(i).probability_first_is_better ?? NaN},
      ...known(found.ranked).map((m) => ({title: m.name, numeric: true, text: (i: number) => withInterval(at(i), m), value: (i: number) => figure(at(i)[m.key])})),
    ],
  }));
}

function outTable(found: Recommendation): HTMLElement | null {
  if (!found.out.length) return null;
  const at = (i: number) => found.out[i]!;
  return panel('Why others are out', 'Those that come nearest first; the probability is that they meet the requirements after all.', dataTable({
    name: 'Why others are out', rows: found.out.map((_, i) => i), height: 300,
    columns: [
      {title: 'case', numeric: true, text: (i) => String(at(i).case), value: (i) => at(i).case},
      {title: 'settings', text: (i) => settingsText(at(i)), wide: true},
      {title: 'why', text: (i) => at(i).why.join('; '), wide: true, tone: () => 'bad'},
      {title: 'may meet them', numeric: true, text: (i) => percent(at(i).probability_meets), value: (i) => at(i).probability_meets},
    ],
  }));
}

function parts(found: Recommendation): Node[] {
  const names = found.ranked.map((r) => `Case ${r.case}: ${settingsText(r)}`);
  return [
    answer(found),
    found.ranked.length > 1 ? rankedBars(found.ranked, found.preference.kind === 'weighted').element : null,
    radar('Ranked cases compared', names, known(found.ranked).map((m) => ({...m, values: found.ranked.map((r) => figure(r[m.key]))})))?.element ?? null,
    ...(found.ranked.length ? [rankedTable(found)] : []),
    outTable(found),
  ].filter((n): n is HTMLElement => n !== null);
}

export function recommendPage(report: RecommendReport): Page {
  const {recommendations} = report;
  const place = h('div', {class: 'cards inner'});
  const show = (i: number) => {
    dispose(place);
    place.replaceChildren(...parts(recommendations[i]!));
  };
  if (recommendations.length) show(0);
  const first = recommendations[0];
  const total = (of: (r: Recommendation) => number) => recommendations.reduce((sum, r) => sum + of(r), 0);
  return {
    kind: 'Recommendation', title: report.scenario || 'Which case to choose',
    facts: first ? [plural(total((r) => r.cases), 'case'), `${total((r) => r.feasible)} feasible`, wanted(first.preference)] : [],
    sections: [{title: 'What to choose', content: [
      notices([
        {tone: 'warn', title: 'Unknown', lines: recommendations.filter((r) => r.unknown > 0).map((r) => `${r.group ? `${r.group}: ` : ''}${plural(r.unknown, 'case')}, of which something that counts is not known, cannot be chosen`)},
        {tone: '', title: 'What is asked for', lines: [[...report.requirements, ...(report.must_fit ? ['fits'] : [])].join(', ')]}]),
      recommendations.length > 1 ? h('div', {class: 'controls wide'}, segmented('For', recommendations.map((r, i) => ({value: String(i), label: r.group ?? 'all'})), '0', (i) => show(Number(i)))) : null,
      place]}],
  };
}
