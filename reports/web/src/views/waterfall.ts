// What each stage of a pipeline brought: from the first figure to the last, step by step.
import {chartCard, type ChartCard} from '../chart';
import {h, select} from '../dom';
import {axis, digits, percent} from '../format';
import {badge} from '../page';
import {figure} from '../figures';
import {kMetrics, type Known, type Pipeline, type Stage} from '../sweep';
import {across, beyond, categoryAxis, fromZero, nameRoom, valueAxis} from './axes';
import {tip} from './tooltip';

// Figures change by a factor, shares by points.
function change(stage: Stage, metric: Known): string {
  const by = stage.change[metric.name];
  if (by === null || by === undefined) return '';
  if (metric.name === 'accuracy') return `${by > 0 ? '+' : ''}${(100 * by).toFixed(2).replace('-', '\u2212')} points`;
  return by === 1 ? 'same' : `\u00d7${digits(by)}`;
}

// Requirements after the last stage.
function checks(pipeline: Pipeline): HTMLElement {
  return h('p', {class: 'badges'}, ...pipeline.checks.map((c) =>
      badge(c.met ? `${c.requirement}: met` : `${c.requirement}: missed${c.missed_by === null ? '' : ` by ${percent(c.missed_by)}`}`, c.met ? 'good' : 'bad')));
}

export function waterfall(pipelines: Pipeline[]): ChartCard {
  let pipeline = pipelines[0]!;
  const known = kMetrics.filter((m) => pipelines.some((p) => p.stages.some((s) => Number.isFinite(s.figures[m.key]))));
  let metric = known[0]!;
  const met = h('div', {}, checks(pipeline));
  const value = (stage: Stage) => figure(stage.figures[metric.key]);
  const rows = () => pipeline.stages.map((stage, i) => ({stage, before: i ? value(pipeline.stages[i - 1]!) : NaN, after: value(stage)}));
  const card: ChartCard = chartCard({
    title: 'What each stage brought', wide: true, height: () => 90 + 38 * (pipeline.stages.length + 1),
    note: () => `${pipeline.where}: ${metric.name} from stage to stage. What a stage is worth depends on those before it.`,
    label: `What each stage of ${pipelines.length} pipelines brought`,
    controls: [
      ...(pipelines.length > 1 ? [select('Pipeline', pipelines.map((p, i) => ({value: String(i), label: p.where})), '0', (i) => {
        pipeline = pipelines[Number(i)]!;
        met.replaceChildren(checks(pipeline));
        card.redraw();
      })] : []),
      select('Show', known.map((m) => ({value: m.key, label: m.name})), metric.key, (key) => {
        metric = known.find((m) => m.key === key)!;
        card.redraw();
      }),
      met,
    ],
    option: ({look: colours, narrow, width}) => {
      const steps = rows();
      const last = steps[steps.length - 1]!;
      const names = [...steps.map(({stage}) => stage.stage), 'after all'];
      const left = nameRoom(names, narrow ? 90 : 170);
      const values = steps.map((s) => s.after).filter(Number.isFinite);
      const [low, high] = metric.smallerIsBetter || metric.name === 'throughput' ? fromZero(values) : beyond(values);
      const right = narrow ? 66 : 130;
      const whole = (v: number, name: string) => ({base: low, size: v - low, colour: colours.palette[0], text: metric.text(v), name});
      const bars = [...steps.map(({stage, before, after}) => Number.isFinite(before) && Number.isFinite(after)
          ? {base: Math.min(before, after), size: Math.abs(after - before), text: narrow ? change(stage, metric) : `${metric.text(after)}  ${change(stage, metric)}`, name: stage.stage,
             colour: after === before ? colours.faint : after < before === metric.smallerIsBetter ? colours.good : colours.bad}
          : whole(after, stage.stage)), whole(last.after, 'after all')];
      return {
        tooltip: {trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {color: colours.text, opacity: 0.06}},
                  formatter: (items: {dataIndex: number}[]) => {
                    const stage = steps[Math.min(items[0]!.dataIndex, steps.length - 1)]!.stage;
                    return tip(bars[items[0]!.dataIndex]!.name, known.map((m): [string, string] =>
                        [m.name, `${Number.isFinite(stage.figures[m.key]) ? m.text(stage.figures[m.key]!) : '\u2013'} ${change(stage, m)}`]), stage.fits ? '' : `Does not fit: ${stage.fits_reason}.`);
                  }},
        grid: {left: left + 10, right, top: 8, bottom: 28},
        xAxis: valueAxis(colours, {text: axis(metric.text), base: metric.base, ...across(width - left - 10 - right, low, high)}),
        yAxis: {...categoryAxis(colours, names, left), inverse: true},
        series: [
          {type: 'bar', stack: 'all', silent: true, itemStyle: {color: 'transparent'}, data: bars.map((b) => b.base)},
          {type: 'bar', stack: 'all', barMaxWidth: 22, data: bars.map((b) => ({value: b.size, itemStyle: {color: b.colour}})),
           label: {show: true, position: 'right', color: colours.text, formatter: (e: {dataIndex: number}) => bars[e.dataIndex]!.text}},
        ],
      };
    },
    table: () => {
      const steps = rows();
      return {
        name: `Stages of ${pipeline.where}`, rows: steps.map((_, i) => i),
        columns: [
          {title: 'stage', text: (i) => steps[i]!.stage.stage, wide: true},
          ...known.flatMap((m) => [
            {title: m.name, numeric: true, text: (i: number) => m.text(figure(steps[i]!.stage.figures[m.key])), value: (i: number) => figure(steps[i]!.stage.figures[m.key])},
            {title: `change of ${m.name}`, numeric: true, text: (i: number) => change(steps[i]!.stage, m), value: (i: number) => steps[i]!.stage.change[m.name] ?? NaN},
            {title: `part of ${m.name}`, numeric: true, text: (i: number) => percent(steps[i]!.stage.part[m.name]), value: (i: number) => steps[i]!.stage.part[m.name] ?? NaN},
          ]),
          {title: 'fits', text: (i) => steps[i]!.stage.fits ? 'yes' : 'no'},
        ],
      };
    },
  });
  return card;
}
