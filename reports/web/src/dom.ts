// Elements in one expression.

type Child = Node | string | number | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined | ((e: Event) => void)>;

// Attributes that begin with "on" are listeners; false, null and undefined leave one out.
export function h<K extends keyof HTMLElementTagNameMap>(
    tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  append(element, children);
  return element;
}

export function append(element: Element, children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

export function replace(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  append(element, children);
}

// For chart tooltips, which are HTML text: names out of files may hold anything.
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

let ids = 0;
export function freshId(prefix: string): string {
  return `${prefix}-${++ids}`;
}

export interface Choice {
  value: string;
  label: string;
}

// One of a few: a row of radio buttons. Arrow keys work as everywhere.
export function segmented(
    label: string, choices: Choice[], value: string, changed: (value: string) => void): HTMLElement {
  const name = freshId('choice');
  return h('fieldset', {class: 'segmented'}, h('legend', {}, label),
           ...choices.map((choice) => h('label', {},
               h('input', {
                 type: 'radio', name, value: choice.value, checked: choice.value === value,
                 onchange: () => changed(choice.value),
               }),
               h('span', {}, choice.label))));
}

// One of many.
export function select(
    label: string, choices: Choice[], value: string, changed: (value: string) => void): HTMLElement {
  const list = h('select', {onchange: () => changed(list.value)},
                 ...choices.map((choice) => h('option', {
                   value: choice.value, selected: choice.value === value,
                 }, choice.label)));
  return h('label', {class: 'field'}, h('span', {}, label), list);
}

export function checkbox(label: string, checked: boolean, changed: (on: boolean) => void): HTMLElement {
  const box = h('input', {type: 'checkbox', checked, onchange: () => changed(box.checked)});
  return h('label', {class: 'check'}, box, h('span', {}, label));
}

export function download(name: string, url: string): void {
  const link = h('a', {href: url, download: name});
  document.body.append(link);
  link.click();
  link.remove();
}

export function downloadText(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], {type}));
  download(name, url);
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

export function fileName(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9.]+/g, '-').replace(/^-+|-+$/g, '') || 'report';
}
