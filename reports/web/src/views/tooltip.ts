// Tooltips as small tables, every text escaped.
import {escape} from '../dom';

export type Row = [string, string] | null | undefined | false;

export function tip(title: string, rows: Row[], note = ''): string {
  const lines = rows.filter((row): row is [string, string] => Boolean(row))
      .map(([name, value]) => `<tr><th>${escape(name)}</th><td>${escape(value)}</td></tr>`).join('');
  return `<div class="tip"><b>${escape(title)}</b><table>${lines}</table>` +
      (note ? `<p>${escape(note)}</p>` : '') + '</div>';
}
