// Claims that somebody made, each with the arithmetic that it was checked by.
import {h, segmented} from '../dom';
import {digits, plural} from '../format';
import {badge, panel, stat, type Page, type Tone} from '../page';

interface Finding {
  check: string;
  verdict: string;
  severity: string;
  claim: string;
  arithmetic: string;
  explanation: string;
  factor: number | null;
  where: string;
  place: string;
}

interface Audit {
  name: string;
  title: string;
  source: string;
  summary: Record<string, number>;
  findings: Finding[];
}

export interface AuditReport {
  schema: string;
  audits: Audit[];
}

const kVerdicts: {id: string; label: string; tone: Tone}[] = [
  {id: 'does_not_hold', label: 'does not hold', tone: 'bad'},
  {id: 'holds_but', label: 'holds, but', tone: 'warn'},
  {id: 'cannot_be_checked', label: 'cannot be checked', tone: ''},
  {id: 'holds', label: 'holds', tone: 'good'},
];
const kGravest = 6;
const verdictOf = (id: string) => kVerdicts.find((v) => v.id === id) ?? {id, label: id.replaceAll('_', ' '), tone: '' as Tone};

const textOf = (f: Finding) => [f.check, f.claim, f.arithmetic, f.explanation, f.where].join(' ').toLowerCase();

const factorText = (factor: number) => `\u00d7${digits(factor)}`;

function findingCard(f: Finding): HTMLElement {
  const {label, tone} = verdictOf(f.verdict);
  return h('article', {class: `finding ${tone}`.trim()},
    h('header', {}, badge(label, tone), h('h4', {}, f.claim), f.severity === 'warning' ? h('span', {class: 'note'}, 'a warning') : null),
    f.arithmetic ? h('p', {class: 'sum'}, f.arithmetic) : null,
    f.explanation ? h('p', {}, f.explanation) : null,
    h('p', {class: 'note'}, [f.where, f.place].filter(Boolean).join(' \u00b7 ')));
}

const countOf = (findings: Finding[], id: string) => findings.filter((f) => f.verdict === id).length;

// A bar of verdicts, as long as its share of the longest.
function verdictBar(findings: Finding[], share: number): HTMLElement {
  const counts = kVerdicts.map((v) => ({...v, n: countOf(findings, v.id)})).filter((v) => v.n > 0);
  const bar = h('span', {class: 'verdicts', role: 'img', 'aria-label': counts.map((v) => `${v.n} ${v.label}`).join(', ')}, ...counts.map((v) => {
    const part = h('i', {class: v.tone, title: `${v.label}: ${v.n}`});
    part.style.flexGrow = String(v.n);
    return part;
  }));
  bar.style.width = `${Math.max(2, 100 * share)}%`;
  return bar;
}

// What fails by the largest factors, one of each check: a claim, by how much, and why.
function gravest(findings: Finding[]): HTMLElement | null {
  const failing = findings.filter((f) => f.factor !== null).sort((a, b) => b.factor! - a.factor!);
  const worst = failing.filter((f, i) => failing.findIndex((other) => other.check === f.check) === i).slice(0, kGravest);
  if (!worst.length) return null;
  return panel('The gravest', 'The claims that are off by the largest factor, one of each check.', h('ol', {class: 'gravest'},
    ...worst.map((f) => h('li', {}, h('b', {}, factorText(f.factor!)),
      h('div', {}, h('h4', {}, f.claim), h('p', {}, f.arithmetic), h('p', {class: 'note'}, [words(f.check), f.where].join(' \u00b7 ')))))));
}

const words = (check: string) => check.replaceAll('-', ' ');

interface Chosen {
  verdict: string;
  words: string[];
  by: 'check' | 'where';
}

// Claims that are shown, those that fail first, in groups that open; the group with most failures first.
function auditSection(audit: Audit, report: AuditReport, chosen: Chosen): HTMLElement {
  const shown = kVerdicts.flatMap((v) => audit.findings.filter((f) => f.verdict === v.id))
      .filter((f) => (chosen.verdict === 'all' || f.verdict === chosen.verdict) && chosen.words.every((w) => textOf(f).includes(w)));
  const groups = new Map<string, Finding[]>();
  for (const f of shown) {
    const name = chosen.by === 'check' ? words(f.check) : f.where || f.place;
    groups.set(name, [...groups.get(name) ?? [], f]);
  }
  const sorted = [...groups].sort(([, a], [, b]) => countOf(b, 'does_not_hold') - countOf(a, 'does_not_hold') || b.length - a.length);
  const longest = Math.max(1, ...sorted.map(([, findings]) => findings.length));
  return panel(audit.title || audit.name, audit.source,
    report.audits.length > 1 ? verdictBar(audit.findings, 1) : null,
    h('p', {class: 'note'}, kVerdicts.map((v) => `${audit.summary[v.id] ?? 0} ${v.label}`).join(', ')),
    ...sorted.map(([name, findings], i) => {
      const worst = Math.max(1, ...findings.map((f) => f.factor ?? 1));
      return h('details', {class: 'group', open: i === 0 || chosen.words.length > 0},
        h('summary', {}, h('b', {}, name), h('span', {class: 'note'}, plural(findings.length, 'claim') + (worst > 1 ? `, up to ${factorText(worst)}` : '')),
          h('span', {class: 'track'}, verdictBar(findings, findings.length / longest))),
        h('div', {class: 'findings'}, ...findings.map(findingCard)));
    }));
}

// Paper has no groups to open.
function openOnPaper(place: HTMLElement): void {
  let closed: HTMLDetailsElement[] = [];
  window.addEventListener('beforeprint', () => {
    closed = [...place.querySelectorAll('details')].filter((d) => !d.open);
    closed.forEach((d) => d.open = true);
  });
  window.addEventListener('afterprint', () => closed.forEach((d) => d.open = false));
}

export function auditPage(report: AuditReport): Page {
  const everything = report.audits.flatMap((a) => a.findings);
  const all = everything.length;
  const chosen: Chosen = {verdict: countOf(everything, 'does_not_hold') > 0 ? 'does_not_hold' : 'all', words: [], by: 'check'};
  const place = h('div', {class: 'cards inner'});
  const status = h('span', {class: 'status', role: 'status'});
  const fill = () => {
    place.replaceChildren(...report.audits.map((a) => auditSection(a, report, chosen)));
    status.textContent = `${plural(place.querySelectorAll('.finding').length, 'claim')} shown`;
  };
  const filter = h('input', {type: 'search', placeholder: 'Filter', 'aria-label': 'Filter claims', oninput: () => {
    chosen.words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    fill();
  }});
  const open = (on: boolean) => place.querySelectorAll('details').forEach((d) => d.open = on);
  fill();
  openOnPaper(place);
  return {
    kind: 'Audit',
    title: report.audits.length === 1 ? report.audits[0]!.title || report.audits[0]!.name : plural(report.audits.length, 'audit'),
    facts: [plural(all, 'claim'), ...(report.audits.length > 1 ? report.audits.map((a) => a.name) : [])],
    sections: [
      {title: 'Verdicts', content: [
        h('div', {class: 'card wide'}, verdictBar(everything, 1),
          h('dl', {class: 'stats'}, ...kVerdicts.map((v) => stat(v.label, String(countOf(everything, v.id)), `of ${plural(all, 'claim')}`, v.tone)))),
        gravest(everything)]},
      {title: 'Claims', content: [
        h('div', {class: 'controls wide'},
          segmented('Show', [{value: 'all', label: 'all'}, ...kVerdicts.filter((v) => countOf(everything, v.id)).map((v) => ({value: v.id, label: v.label}))], chosen.verdict, (verdict) => {
            chosen.verdict = verdict;
            fill();
          }),
          segmented('By', [{value: 'check', label: 'check'}, {value: 'where', label: 'place'}], chosen.by, (by) => {
            chosen.by = by as Chosen['by'];
            fill();
          }),
          filter, status, h('button', {type: 'button', onclick: () => open(true)}, 'Open all'), h('button', {type: 'button', onclick: () => open(false)}, 'Close all')),
        place]},
    ],
  };
}
