// Ranked cases: how good each is, and how sure it is that the first is better.
import {chartCard, type ChartCard} from '../chart';
import {digits, percent} from '../format';
import {across, categoryAxis, legend, nameRoom, valueAxis} from './axes';
import {tip} from './tooltip';

export interface Ranked {
  case: number;
  settings: Record<string, string | null>;
  score: number | null;
  probability_meets: number;
  probability_first_is_better: number | null;
  [metric: string]: unknown;  // figures and their deviations, by their columns
}

export function rankedBars(ranked: Ranked[], weighted: boolean): ChartCard {
  const words = (r: Ranked) => `Case ${r.case}`;
  const series: {name: string; of: (r: Ranked) => number | null; colour: number}[] = [
    ...(weighted ? [{name: 'score', of: (r: Ranked) => r.score, colour: 0}] : []),
    {name: 'meets the requirements', of: (r) => r.probability_meets, colour: 2},
    {name: 'the first is better', of: (r) => r.probability_first_is_better, colour: 7},
  ];
  return chartCard({
    title: 'How sure', height: 80 + ranked.length * (14 * series.length + 16),
    note: weighted ? 'Scores are shares of the way from the best to the worst in what counts: the lower, the better. Probabilities come from the intervals.' : 'Probabilities come from the intervals.',
    label: `Scores and probabilities of ${ranked.length} cases`,
    option: ({look: colours, width}) => {
      const left = nameRoom(ranked.map(words), 110);
      return {
        tooltip: {trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {color: colours.text, opacity: 0.06}},
                  formatter: (items: {dataIndex: number}[]) => {
                    const r = ranked[items[0]!.dataIndex]!;
                    return tip(words(r), [...Object.entries(r.settings).map(([k, v]): [string, string] => [k, v ?? '\u2013']),
                      ...series.map((s): [string, string] => [s.name, s.name === 'score' ? digits(s.of(r) ?? NaN) : percent(s.of(r))])]);
                  }},
        legend: legend(colours),
        grid: {left: left + 10, right: 24, top: 34, bottom: 28},
        xAxis: valueAxis(colours, {text: (v) => percent(v, 0), ...across(width - left - 34, 0, Math.max(1, ...ranked.map((r) => r.score ?? 0)))}),
        yAxis: {...categoryAxis(colours, ranked.map(words), left), inverse: true},
        series: series.map((s) => ({type: 'bar', name: s.name, barMaxWidth: 12, itemStyle: {color: colours.palette[s.colour]}, data: ranked.map((r) => s.of(r) ?? '-')})),
      };
    },
    table: () => ({
      name: 'How sure', rows: ranked.map((_, i) => i),
      columns: [{title: 'case', text: (i) => words(ranked[i]!), wide: true},
                ...series.map((s) => ({title: s.name, numeric: true, text: (i: number) => percent(s.of(ranked[i]!)), value: (i: number) => s.of(ranked[i]!) ?? NaN}))],
    }),
  });
}
