// Which value of a number meets a requirement.
import {h} from '../dom';
import {figure} from '../figures';
import {percent, plural, range} from '../format';
import {notices, panel, stat, stats, type Notice, type Page} from '../page';
import type {Run} from '../prediction';
import {interval, kMetrics} from '../sweep';
import {scanChart, type ScanPoint} from '../views/scan';

export interface SolveReport extends Run {
  schema: string;
  question: {require: string[]; bounds: {metric: string; relation: string; bound: number}[]; best: string | null; sure: number};
  path: string;
  from: string;
  to: string;
  found: string;
  answer: ScanPoint | null;
  beside: ScanPoint | null;
  sure_answer: ScanPoint | null;
  stated: ScanPoint | null;
  nearest: ScanPoint;
  pays_until: string | null;
  bands: {from: string; to: string}[];
  scan: ScanPoint[];
  forecasts: number;
}

const kFound: Record<string, string> = {
  smallest: 'the smallest value that does', largest: 'the largest value that does', best: 'the best value', first: 'the first of the list that does', all: 'every value does', none: 'no value does',
};

function figures(point: ScanPoint): HTMLElement[] {
  return kMetrics.filter((m) => Number.isFinite(point[m.key])).slice(0, 5).map((m) => {
    const between = interval(figure(point[m.key]), figure(point[`${m.name}_deviation`]));
    return stat(m.name, m.text(point[m.key] as number), between ? `80 % between ${range(...between, m.text)}` : '');
  });
}

// What stands against the answer, in words.
function remarks(report: SolveReport): Notice[] {
  const {answer, nearest, stated, beside} = report;
  const missed = nearest.missed_by as number | null | undefined;
  return [
    {tone: 'bad', title: 'No value meets it', lines: answer ? [] : [
      `${nearest.value} comes nearest${typeof missed === 'number' ? `: missed by ${percent(missed)}` : ''}`,
      ...(report.pays_until ? [`beyond ${report.pays_until} less than 1 % is gained`] : [])]},
    {tone: '', title: 'What is asked', lines: [`${report.question.require.join(', ')}; ${report.path} may be ${report.from} to ${report.to}${report.question.best ? `; ${report.question.best}` : ''}`,
      ...(stated ? [`as it stands: ${stated.value}, which ${stated.meets ? 'meets it' : 'does not meet it'} (probability ${percent(stated.probability)})`] : []),
      ...(beside ? [`the next value, ${beside.value}, ${beside.possible ? 'fails' : `is not possible: ${beside.why_not}`}`] : [])]},
  ];
}

export function solvePage(report: SolveReport): Page {
  const {answer, sure_answer: sure, question} = report;
  const marks = [{name: 'answer', point: answer}, {name: `sure at ${percent(question.sure, 0)}`, point: sure}, {name: 'as it stands', point: report.stated}]
      .flatMap(({name, point}) => point ? [{name, value: point.value}] : []);
  return {
    kind: 'Answer', title: `${question.require.join(', ')}: ${report.path}`,
    facts: [report.network, `${report.platform}/${report.engine}, ${report.runtime}, ${report.precision}`, plural(report.threads, 'core'), `batch ${report.batch}`, plural(report.forecasts, 'forecast')],
    sections: [
      {title: 'The answer', content: [
        notices(remarks(report)),
        stats(
          stat('answer', answer?.value ?? 'none', kFound[report.found] ?? report.found, answer ? '' : 'bad'),
          answer ? stat('it is met with', percent(answer.probability), 'of probability', (answer.probability ?? 0) >= question.sure ? 'good' : 'warn') : null,
          stat(`sure at ${percent(question.sure, 0)}`, sure?.value ?? 'none', sure ? 'leaves room for the error of the forecast' : 'no value is so sure', sure ? '' : 'warn')),
        answer ? panel(`At ${answer.value}`, answer.bound ? `bound by ${answer.bound}` : '', h('dl', {class: 'stats'}, ...figures(answer))) : null]},
      {title: 'Every value', content: [report.scan.some((p) => p.possible)
          ? scanChart({path: report.path, points: report.scan, bounds: question.bounds, bands: report.bands, marks}).element
          : panel('No value is possible', report.scan[0]?.why_not ?? '')]},
    ],
  };
}
