// What every page is made of: a head, a way to jump, sections, cards of numbers, notices.
import {append, freshId, h} from './dom';
import {isDarkNow, onLook, toggleLook} from './look';

export interface Section {
  title: string;
  content: (Node | null)[];
  lead?: string;
}

export interface Page {
  kind: string;      // "Forecast"
  title: string;
  facts: string[];
  sections: Section[];
}

function lookButton(): HTMLElement {
  const button = h('button', {type: 'button', class: 'look', onclick: () => toggleLook()});
  const say = () => {
    button.textContent = isDarkNow() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', `Switch to ${isDarkNow() ? 'light' : 'dark'} colours`);
  };
  say();
  onLook(say);
  return button;
}

export function show(app: HTMLElement, page: Page): void {
  document.title = `${page.title} \u2013 Roofbeam ${page.kind.toLowerCase()}`;
  const sections = page.sections.map((section) => {
    const id = freshId('section');
    return {section, id, element: h('section', {id, class: 'section', 'aria-labelledby': `${id}-title`},
      h('h2', {id: `${id}-title`}, section.title),
      section.lead ? h('p', {class: 'lead'}, section.lead) : null,
      h('div', {class: 'cards'}, ...section.content))};
  });
  append(app, [
    h('a', {class: 'skip', href: `#${sections[0]?.id ?? ''}`}, 'Skip to the content'),
    h('header', {class: 'top'},
      h('div', {class: 'brand'}, mark(), h('span', {}, `Roofbeam ${page.kind.toLowerCase()}`)),
      h('div', {class: 'tools'}, lookButton(),
        h('button', {type: 'button', onclick: () => window.print()}, 'Print')),
      h('div', {class: 'title'}, h('h1', {}, page.title),
        h('ul', {class: 'facts'}, ...page.facts.map((fact) => h('li', {}, fact))))),
    h('nav', {class: 'jump', 'aria-label': 'Sections'},
      ...sections.map(({section, id}) => h('a', {href: `#${id}`}, section.title))),
    h('main', {}, ...sections.map(({element}) => element)),
    h('footer', {class: 'foot'}, 'Written by Roofbeam. Everything is in this file; nothing is loaded from elsewhere.'),
  ]);
  followScroll(app);
}

// The link of the section in sight is marked.
function followScroll(app: HTMLElement): void {
  const links = new Map([...app.querySelectorAll('nav.jump a')].map((a) => [a.getAttribute('href')!.slice(1), a]));
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      links.forEach((link) => link.removeAttribute('aria-current'));
      links.get(entry.target.id)?.setAttribute('aria-current', 'true');
    }
  }, {rootMargin: '-15% 0px -75% 0px'});
  app.querySelectorAll('section.section').forEach((section) => seen.observe(section));
}

// A beam on two posts, under a roof.
function mark(): Element {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', 'M2 12 L12 4 L22 12 M4 14 H20 M6 14 V21 M18 14 V21');
  svg.append(path);
  return svg;
}

// A card that is not a chart.
export function panel(title: string, note: string | Node, ...content: (Node | null)[]): HTMLElement {
  return h('section', {class: 'card wide'},
    h('header', {class: 'card-head'}, h('h3', {}, title), typeof note === 'string' ? note && h('p', {class: 'note'}, note) : note), ...content);
}

export type Tone = 'good' | 'bad' | 'warn' | '';

export function stat(name: string, value: string, detail = '', tone: Tone = ''): HTMLElement {
  return h('div', {class: `stat ${tone}`.trim()}, h('dt', {}, name),
           h('dd', {}, h('b', {}, value), detail ? h('span', {}, detail) : null));
}

export function stats(...items: (HTMLElement | null)[]): HTMLElement {
  return h('dl', {class: 'stats card wide'}, ...items);
}

export function badge(text: string, tone: Tone): HTMLElement {
  return h('span', {class: `badge ${tone}`.trim()}, text);
}

export interface Notice {
  tone: Tone;
  title: string;
  lines: (string | Node)[];
}

export function notices(list: Notice[]): HTMLElement | null {
  const filled = list.filter((n) => n.lines.length);
  if (!filled.length) return null;
  return h('div', {class: 'notices card wide'},
    ...filled.map((n) => h('div', {class: `notice ${n.tone}`.trim()},
      h('h3', {}, n.title), h('ul', {class: n.lines.length > 3 ? 'many' : ''}, ...n.lines.map((line) => h('li', {}, line))))));
}
