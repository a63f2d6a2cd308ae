// Tables that sort, filter and copy. Only the rows in sight are elements, so that 50,000 scroll.
import {downloadText, fileName, freshId, h} from './dom';
import {count, plural} from './format';

export interface TableColumn {
  title: string;
  text: (row: number) => string;
  value?: (row: number) => number | string;  // to sort by; default: the text
  share?: (row: number) => number;           // a bar behind the number, 0..1
  numeric?: boolean;
  wide?: boolean;  // takes the room that is left
  tone?: (row: number) => 'good' | 'bad' | '';
}

export interface TableSpec {
  name: string;
  rows: number[];  // ids of rows; columns take them
  columns: TableColumn[];
  sort?: {column: number; descending: boolean};
  height?: number;
  picked?: (row: number) => void;  // makes rows selectable
  filter?: string;
}

const kRow = 30;
const kPrinted = 400;  // rows on paper

export function dataTable(spec: TableSpec): HTMLElement {
  return new DataTable(spec).element;
}

class DataTable {
  readonly element: HTMLElement;
  private order: number[];
  private sort: {column: number; descending: boolean} | null;
  private words: string[] = [];
  private texts: string[] = [];  // of rows, by position in spec.rows; made at the first filtering
  private readonly body = h('tbody');
  private readonly head = h('tr');
  private readonly scroller: HTMLElement;
  private readonly status = h('span', {class: 'status', role: 'status'});
  private current = -1;
  private first = -1;

  constructor(private readonly spec: TableSpec) {
    this.order = [...spec.rows];
    this.sort = spec.sort ?? null;
    const id = freshId('filter');
    const filter = h('input', {
      type: 'search', id, placeholder: 'Filter', value: spec.filter ?? '', 'aria-label': `Filter ${spec.name}`,
      oninput: () => this.filter(filter.value),
    });
    const table = h('table', {'aria-label': spec.name, 'aria-rowcount': spec.rows.length + 1},
                    h('thead', {}, this.head), this.body);
    this.scroller = h('div', {
      class: 'table', tabindex: 0, role: 'region', 'aria-label': `${spec.name}, scrolls`,
      onscroll: () => this.render(),
      onkeydown: (e: Event) => this.key(e as KeyboardEvent),
    }, table);
    this.scroller.style.maxHeight = `${spec.height ?? 420}px`;
    this.element = h('div', {class: 'data-table'},
      h('div', {class: 'table-tools'}, filter, this.status,
        h('button', {type: 'button', onclick: (e: Event) => this.copy(e.currentTarget as HTMLElement)}, 'Copy'),
        h('button', {type: 'button', onclick: () => this.save()}, 'CSV')),
      this.scroller);
    this.makeHead();
    this.arrange();
    new ResizeObserver(() => this.render(true)).observe(this.scroller);
    window.addEventListener('beforeprint', () => this.element.isConnected && this.render(true, true));
    window.addEventListener('afterprint', () => this.element.isConnected && this.render(true));
  }

  private makeHead(): void {
    this.head.replaceChildren(...this.spec.columns.map((column, i) => h('th', {
      scope: 'col', class: column.numeric ? 'number' : column.wide ? 'wide' : '',
      'aria-sort': this.sort?.column === i ? (this.sort.descending ? 'descending' : 'ascending') : null,
    }, h('button', {type: 'button', onclick: () => this.sortBy(i)}, column.title))));
  }

  private sortBy(column: number): void {
    const numeric = this.spec.columns[column]!.numeric === true;
    const again = this.sort?.column === column;
    this.sort = {column, descending: again ? !this.sort!.descending : numeric};
    this.makeHead();
    this.head.querySelectorAll('button')[column]!.focus();
    this.arrange();
  }

  private filter(text: string): void {
    this.words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (this.words.length && !this.texts.length) {
      this.texts = this.spec.rows.map(
          (row) => this.spec.columns.map((c) => c.text(row)).join('\t').toLowerCase());
    }
    this.arrange();
  }

  private arrange(): void {
    const {rows, columns} = this.spec;
    this.order = this.words.length
        ? rows.filter((_, i) => this.words.every((word) => this.texts[i]!.includes(word)))
        : [...rows];
    if (this.sort) {
      const column = columns[this.sort.column]!;
      const value = column.value ?? column.text;
      const sign = this.sort.descending ? -1 : 1;
      const keyed = this.order.map((row) => [value(row), row] as const);
      keyed.sort(([a], [b]) => compare(a, b, sign));
      this.order = keyed.map(([, row]) => row);
    }
    this.current = -1;
    this.status.textContent = this.order.length === rows.length
        ? plural(rows.length, 'row') : `${count(this.order.length)} of ${plural(rows.length, 'row')}`;
    this.scroller.scrollTop = 0;
    this.render(true);
  }

  private render(force = false, all = false): void {
    const seen = Math.ceil((this.scroller.clientHeight || 420) / kRow);
    const first = all ? 0 : Math.max(0, Math.floor(this.scroller.scrollTop / kRow) - 10);
    if (!force && Math.abs(first - this.first) < 5 && this.first >= 0) return;
    this.first = first;
    const last = Math.min(this.order.length, all ? kPrinted : first + seen + 20);
    const rows: HTMLElement[] = [];
    if (first > 0) rows.push(spacer(first, this.spec.columns.length));
    for (let i = first; i < last; ++i) rows.push(this.row(i));
    if (last < this.order.length && !all) rows.push(spacer(this.order.length - last, this.spec.columns.length));
    if (all && last < this.order.length) {
      rows.push(h('tr', {}, h('td', {colspan: this.spec.columns.length},
                              `and ${count(this.order.length - last)} more`)));
    }
    this.body.replaceChildren(...rows);
  }

  private row(position: number): HTMLElement {
    const row = this.order[position]!;
    const {columns, picked} = this.spec;
    return h('tr', {
      'aria-rowindex': position + 2,
      class: (picked ? 'pickable' : '') + (position === this.current ? ' current' : ''),
      onclick: picked ? () => this.pick(position) : null,
    }, ...columns.map((column) => {
      const cell = h('td', {
        class: [column.numeric ? 'number' : column.wide ? 'wide' : '', column.tone?.(row) ?? ''].join(' ').trim(),
        title: column.wide ? column.text(row) : null,
      }, column.text(row));
      const share = column.share?.(row);
      if (share !== undefined && share > 0) {
        cell.classList.add('bar');
        cell.style.setProperty('--share', `${Math.min(100, 100 * share)}%`);
      }
      return cell;
    }));
  }

  private pick(position: number): void {
    if (position < 0 || position >= this.order.length) return;
    this.current = position;
    this.render(true);
    this.spec.picked?.(this.order[position]!);
  }

  private key(event: KeyboardEvent): void {
    if (!this.spec.picked || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    event.preventDefault();
    const next = this.current + (event.key === 'ArrowDown' ? 1 : -1);
    if (next < 0 || next >= this.order.length) return;
    const top = next * kRow;
    if (top < this.scroller.scrollTop) this.scroller.scrollTop = top;
    if (top + 3 * kRow > this.scroller.scrollTop + this.scroller.clientHeight) {
      this.scroller.scrollTop = top + 3 * kRow - this.scroller.clientHeight;
    }
    this.pick(next);
  }

  private lines(separator: string, quote: (text: string) => string): string {
    const {columns} = this.spec;
    const line = (cells: string[]) => cells.map(quote).join(separator);
    return [line(columns.map((c) => c.title)),
            ...this.order.map((row) => line(columns.map((c) => plain(c, row))))].join('\n') + '\n';
  }

  private async copy(button: HTMLElement): Promise<void> {
    const text = this.lines('\t', (cell) => cell.replace(/[\t\n]/g, ' '));
    const done = await toClipboard(text);
    this.status.textContent = done ? `${plural(this.order.length, 'row')} copied` : 'the browser does not let pages copy';
    button.classList.add('done');
    setTimeout(() => button.classList.remove('done'), 1200);
  }

  private save(): void {
    const text = this.lines(',', (cell) => /[",\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);
    downloadText(`${fileName(this.spec.name)}.csv`, 'text/csv', text);
  }
}

// Copies have the numbers themselves, not their three digits.
function plain(column: TableColumn, row: number): string {
  const value = column.value?.(row);
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : column.text(row);
}

function compare(a: number | string, b: number | string, sign: number): number {
  if (typeof a === 'number' && typeof b === 'number') {
    const [x, y] = [Number.isNaN(a), Number.isNaN(b)];
    if (x || y) return x && y ? 0 : x ? 1 : -1;  // unknown ones last, either way
    return sign * (a - b);
  }
  return sign * String(a).localeCompare(String(b), 'en', {numeric: true});
}

function spacer(rows: number, columns: number): HTMLElement {
  const cell = h('td', {colspan: columns});
  cell.style.height = `${rows * kRow}px`;
  return h('tr', {class: 'spacer', 'aria-hidden': 'true'}, cell);
}

async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = h('textarea', {readonly: true});
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}
