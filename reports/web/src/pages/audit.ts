// Claims that somebody made, each with the arithmetic that it was checked by.
import {h, segmented} from '../dom';
import {plural} from '../format';
import {badge, panel, stat, stats, type Page, type Tone} from '../page';

interface Finding {
  check: string;
  verdict: string;
  severity: string;
  claim: string;
  arithmetic: string;
  explanation: string;
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
const verdictOf = (id: string) => kVerdicts.find((v) => v.id === id) ?? {id, label: id.replaceAll('_', ' '), tone: '' as Tone};

function findingCard(f: Finding): HTMLElement {
  const {label, tone} = verdictOf(f.verdict);
  return h('article', {class: `finding ${tone}`.trim()},
    h('header', {}, badge(label, tone), h('h4', {}, f.claim), h('span', {class: 'note'}, f.check)),
    f.arithmetic ? h('p', {class: 'sum'}, f.arithmetic) : null,
    f.explanation ? h('p', {}, f.explanation) : null,
    h('p', {class: 'note'}, [f.where, f.place].filter(Boolean).join(' \u00b7 ')));
}

// Findings of one audit, those that fail first; a bar of all verdicts above them.
function auditSection(audit: Audit, chosen: {verdict: string; words: string[]}): HTMLElement {
  const text = (f: Finding) => [f.check, f.claim, f.arithmetic, f.explanation, f.where].join(' ').toLowerCase();
  const shown = kVerdicts.flatMap((v) => audit.findings.filter((f) => f.verdict === v.id))
      .filter((f) => (chosen.verdict === 'all' || f.verdict === chosen.verdict) && chosen.words.every((w) => text(f).includes(w)));
  const parts = kVerdicts.filter((v) => (audit.summary[v.id] ?? 0) > 0).map((v) => {
    const part = h('i', {class: v.tone, title: `${v.label}: ${audit.summary[v.id]}`});
    part.style.flexGrow = String(audit.summary[v.id]);
    return part;
  });
  const counts = kVerdicts.map((v) => `${audit.summary[v.id] ?? 0} ${v.label}`).join(', ');
  return panel(audit.title || audit.name, audit.source,
    h('div', {class: 'verdicts', role: 'img', 'aria-label': counts}, ...parts), h('p', {class: 'note'}, counts),
    h('div', {class: 'findings'}, ...shown.map(findingCard)));
}

export function auditPage(report: AuditReport): Page {
  const count = (id: string) => report.audits.reduce((sum, a) => sum + (a.summary[id] ?? 0), 0);
  const all = report.audits.reduce((sum, a) => sum + a.findings.length, 0);
  const chosen = {verdict: count('does_not_hold') > 0 ? 'does_not_hold' : 'all', words: [] as string[]};
  const place = h('div', {class: 'cards inner'});
  const status = h('span', {class: 'status', role: 'status'});
  const fill = () => {
    place.replaceChildren(...report.audits.map((a) => auditSection(a, chosen)));
    status.textContent = `${plural(place.querySelectorAll('.finding').length, 'claim')} shown`;
  };
  const filter = h('input', {type: 'search', placeholder: 'Filter', 'aria-label': 'Filter claims', oninput: () => {
    chosen.words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    fill();
  }});
  fill();
  return {
    kind: 'Audit',
    title: report.audits.length === 1 ? report.audits[0]!.title || report.audits[0]!.name : plural(report.audits.length, 'audit'),
    facts: [plural(all, 'claim'), ...(report.audits.length > 1 ? report.audits.map((a) => a.name) : [])],
    sections: [
      {title: 'Verdicts', content: [stats(...kVerdicts.map((v) => stat(v.label, String(count(v.id)), `of ${plural(all, 'claim')}`, v.tone)))]},
      {title: 'Claims', content: [
        h('div', {class: 'controls wide'},
          segmented('Show', [{value: 'all', label: 'all'}, ...kVerdicts.filter((v) => count(v.id)).map((v) => ({value: v.id, label: v.label}))], chosen.verdict, (verdict) => {
            chosen.verdict = verdict;
            fill();
          }), filter, status),
        place]},
    ],
  };
}
