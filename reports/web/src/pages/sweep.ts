// The cases of a scenario: which ones to look at, what they trade, and some of them side by side.
import {dispose, type ChartCard} from '../chart';
import {h, select} from '../dom';
import {count, percent, plural, range} from '../format';
import {notices, panel, stat, stats, type Page} from '../page';
import {axisText, bestOf, casesOf, interval80, settings, type Axis, type Cases, type SweepReport} from '../sweep';
import {dataTable} from '../table';
import {effects} from '../views/effects';
import {pareto} from '../views/pareto';
import {radar} from '../views/radar';
import {waterfall} from '../views/waterfall';

const kMostChosen = 6;
const kMostChips = 16;  // values of an axis that each have a switch; of more, the first and the last are chosen

// Which values of each axis are looked at; cases pass if all their values do.
class Filter {
  private readonly off = new Map<Axis, Set<number>>();
  private rows: number[];

  constructor(private readonly cases: Cases) {
    this.rows = Array.from({length: cases.size}, (_, i) => i);
  }

  passing(): number[] {
    return this.rows;
  }

  isOn(axis: Axis, value: number): boolean {
    return !this.off.get(axis)?.has(value);
  }

  set(axis: Axis, wanted: (value: number) => boolean): void {
    this.off.set(axis, new Set(axis.values.map((_, i) => i).filter((i) => !wanted(i))));
    const filters = [...this.off].filter(([, values]) => values.size);
    this.rows = [];
    for (let row = 0; row < this.cases.size; ++row) {
      if (filters.every(([a, values]) => !values.has(a.ids[row]!))) this.rows.push(row);
    }
  }
}

function filterCard(cases: Cases, filter: Filter, changed: () => void): HTMLElement {
  const varied = cases.axes.filter((a) => a.values.length > 1);
  const status = h('p', {class: 'note', role: 'status'});
  const say = () => {
    status.textContent = `${count(filter.passing().length)} of ${plural(cases.size, 'case')} pass.`;
  };
  const chips = (axis: Axis) => {
    const boxes = axis.values.map((value, i) => {
      const box = h('input', {type: 'checkbox', checked: filter.isOn(axis, i), onchange: () => apply()});
      return {box, element: h('label', {class: 'chip'}, box, h('span', {}, value))};
    });
    const apply = () => {
      filter.set(axis, (i) => boxes[i]!.box.checked);
      say();
      changed();
    };
    const all = (on: boolean) => {
      boxes.forEach(({box}) => box.checked = on);
      apply();
    };
    return h('fieldset', {class: 'chips'}, h('legend', {}, axis.name), ...boxes.map(({element}) => element),
      axis.values.length > 3 ? h('button', {type: 'button', class: 'link', onclick: () => all(true), 'aria-label': `All of ${axis.name}`}, 'all') : null,
      axis.values.length > 3 ? h('button', {type: 'button', class: 'link', onclick: () => all(false), 'aria-label': `None of ${axis.name}`}, 'none') : null);
  };
  const ends = (axis: Axis) => {
    let [first, last] = [0, axis.values.length - 1];
    const apply = () => {
      filter.set(axis, (i) => i >= first && i <= last);
      say();
      changed();
    };
    const values = axis.values.map((label, i) => ({value: String(i), label}));
    return h('fieldset', {class: 'chips'}, h('legend', {}, axis.name),
      select('from', values, '0', (i) => {
        first = Number(i);
        apply();
      }),
      select('to', values, String(last), (i) => {
        last = Number(i);
        apply();
      }));
  };
  say();
  return panel('Filter', status,
    ...varied.map((axis) => axis.values.length <= kMostChips ? chips(axis) : ends(axis)));
}

export function chosenCard(cases: Cases, row: number, drop: () => void): HTMLElement {
  return h('article', {class: 'card chosen'},
    h('header', {class: 'card-head'}, h('h3', {}, `${cases.noun} ${cases.label(row)}`, row === cases.knee ? h('small', {}, ' knee') : null),
      h('button', {type: 'button', onclick: drop, 'aria-label': `Remove ${cases.noun} ${cases.label(row)}`}, '\u00d7')),
    h('dl', {},
      ...cases.axes.map((a) => h('div', {}, h('dt', {}, a.name), h('dd', {}, axisText(a, row)))),
      ...cases.metrics.map((m) => {
        const interval = interval80(m, row);
        return h('div', {}, h('dt', {}, m.name), h('dd', {}, h('b', {}, m.text(m.values[row]!)),
          interval ? h('small', {}, ` ${range(...interval, m.text)}`) : null));
      })),
    cases.feasible(row) ? null : h('p', {class: 'note'}, `Fails: ${cases.reason(row)}.`));
}

// What became of the cases that are not here, and of those that fail.
function firstOfAll(report: SweepReport): HTMLElement | null {
  const {counts} = report;
  const each = (reasons: Record<string, number>, say: (n: number, reason: string) => string) =>
      Object.entries(reasons).filter(([, n]) => n > 0).map(([reason, n]) => say(n, reason));
  const cases = (n: number) => plural(n, 'case');
  const unknown = (report.columns['energy_j'] ?? []).filter((energy) => energy === null).length;
  return notices([
    {tone: 'bad', title: 'No case meets all requirements', lines: counts.feasible === 0 ? ['The requirements below are too much for what was varied.'] : []},
    {tone: 'bad', title: 'Not possible: no figures', lines: each(counts.why_impossible, (n, reason) => `${cases(n)}: ${reason}`)},
    {tone: 'bad', title: 'Unknown', lines: each(counts.unknown_of, (n, metric) => `${metric} is not known of ${cases(n)}: none of them can be on the frontier`)},
    {tone: 'warn', title: 'Energy unknown', lines: unknown > 0 && !counts.unknown_of['energy'] ? [`of ${cases(unknown)}, which no chart of energy or power shows`] : []},
    {tone: 'warn', title: 'Requirements that are missed', lines: [
      ...each(counts.failed, (n, text) => `${text}: missed by ${cases(n)}`),
      ...(report.must_fit && counts.unfit ? [`fits: ${cases(counts.unfit)} do not`] : [])]},
    {tone: '', title: 'Left out', lines: [
      ...(counts.excluded ? [`${cases(counts.excluded)} that the scenario excludes`] : []),
      ...(counts.repeated ? [`${cases(counts.repeated)} where a setting does not act: one stands for all its values`] : []),
      ...(report.columns['case']!.length < counts.forecast ? [`${cases(counts.forecast - report.columns['case']!.length)} that others beat in every objective, or that fail: --keep-all puts them in`] : [])]},
  ]);
}

// The knee and the best in each objective, to begin with.
export function firstChoice(cases: Cases): number[] {
  const rows = cases.frontier.length ? cases.frontier : Array.from({length: cases.size}, (_, i) => i).filter(cases.feasible);
  const best = cases.objectives.map((m) => bestOf(rows, m)).filter((row) => row >= 0);
  return [...new Set([...(cases.knee === undefined ? [] : [cases.knee]), ...best])];
}

// Cases that were chosen, side by side: to be shown, added to and dropped.
export class Choice {
  readonly list = h('div', {class: 'chosen-list wide'});
  readonly place = h('div', {class: 'cards inner'});
  constructor(private readonly cases: Cases, private chosen: number[], private readonly changed: () => void) {
    this.show();
  }

  rows(): number[] {
    return this.chosen;
  }

  add(row: number): void {
    this.set([row, ...this.chosen.filter((r) => r !== row)].slice(0, kMostChosen));
  }

  private set(rows: number[]): void {
    this.chosen = rows;
    this.show();
    this.changed();
  }

  private show(): void {
    const {cases, chosen} = this;
    this.list.replaceChildren(...chosen.map((row) => chosenCard(cases, row, () => this.set(chosen.filter((r) => r !== row)))));
    dispose(this.place);
    this.place.replaceChildren();
    const card = radar('Chosen cases compared', chosen.map((row) => `${cases.noun} ${cases.label(row)}: ${settings(cases, row)}`),
                       cases.metrics.map((m) => ({...m, values: chosen.map((row) => m.values[row]!)})));
    if (!card) return;
    card.element.classList.add('wide');
    this.place.append(card.element);
  }
}

// All of some cases as a table, whose rows can be chosen.
export function casesTable(cases: Cases, rows: number[], choose: (row: number) => void): HTMLElement {
  const onFrontier = new Set(cases.frontier);
  return dataTable({
    name: 'Cases', rows, height: 520, picked: choose,
    columns: [
      {title: cases.noun.toLowerCase(), numeric: true, text: cases.label, value: (r) => Number(cases.label(r))},
      ...cases.axes.map((a) => ({title: a.name, text: (r: number) => axisText(a, r)})),
      ...cases.metrics.map((m) => ({title: m.name, numeric: true, text: (r: number) => m.text(m.values[r]!), value: (r: number) => m.values[r]!})),
      {title: 'frontier', text: (r) => r === cases.knee ? 'knee' : onFrontier.has(r) ? 'yes' : ''},
    ],
  });
}

export function sweepPage(report: SweepReport): Page {
  const cases = casesOf(report);
  const filter = new Filter(cases);
  const choice = new Choice(cases, firstChoice(cases), () => cloud.redraw());
  const choose = (row: number) => choice.add(row);
  const cloud: ChartCard = pareto(cases, {rows: () => filter.passing(), chosen: () => choice.rows(), choose});
  const effect = effects(cases, () => filter.passing());
  const table = h('div');
  const showTable = () => table.replaceChildren(casesTable(cases, filter.passing(), choose));
  showTable();

  const feasible = filter.passing().filter(cases.feasible);
  const best = (m: Cases['metrics'][number]) => bestOf(feasible, m);
  return {
    kind: 'Sweep',
    title: report.title || report.scenario,
    facts: [plural(cases.size, 'case'), ...cases.axes.filter((a) => a.values.length > 1).map((a) => `${a.values.length} \u00d7 ${a.name}`)],
    sections: [
      {title: 'At a glance', content: [firstOfAll(report), stats(
        stat('forecast', count(report.counts.forecast), `of ${plural(report.counts.all, 'case')}`),
        stat('meet all requirements', count(report.counts.feasible), percent(report.counts.feasible / Math.max(1, report.counts.forecast)), report.counts.feasible ? '' : 'bad'),
        stat('on the frontier', count(cases.frontier.length), `in ${cases.objectives.map((m) => m.name).join(', ')}`),
        ...cases.objectives.map((m) => best(m) < 0 ? null : stat(`best ${m.name}`, m.text(m.values[best(m)]!), settings(cases, best(m)))))]},
      {title: 'What they trade', content: [filterCard(cases, filter, () => {
        cloud.redraw();
        effect.redraw();
        showTable();
      }), cloud.element]},
      ...(report.pipelines?.length ? [{title: 'Stage by stage', content: [waterfall(report.pipelines).element]}] : []),
      {title: 'Side by side', lead: `Cases that were selected in the chart or in a table; to begin with, ${cases.knee === undefined ? '' : 'the knee of the frontier and '}the best in each objective.`, content: [choice.list, choice.place]},
      {title: 'What matters', content: [effect.element]},
      {title: 'Cases', content: [panel('All that pass the filter', 'Select a row to put it beside others above.', table)]},
    ],
  };
}

