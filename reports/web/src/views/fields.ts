// Groups and colours shared by charts that show many things: the largest get colours of their own.
import type {Look} from '../look';

export interface Grouping {
  names: string[];               // the largest first
  of: (row: number) => number;   // index into names
}

const kMost = 7;
export const kOthers = 'others';

// At most seven groups by the text of a field; what is rarer is together in "others".
export function groupingBy(rows: number[], text: (row: number) => string): Grouping {
  const sizes = new Map<string, number>();
  for (const row of rows) {
    const name = text(row);
    sizes.set(name, (sizes.get(name) ?? 0) + 1);
  }
  const ordered = [...sizes].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], 'en', {numeric: true}));
  const alone = ordered.length <= kMost + 1 ? ordered.length : kMost;
  const index = new Map(ordered.map(([name], i) => [name, Math.min(i, alone)]));
  const names = ordered.slice(0, alone).map(([name]) => name);
  if (alone < ordered.length) names.push(kOthers);
  return {names, of: (row) => index.get(text(row)) ?? alone};
}

export function groupColour(grouping: Grouping, at: number, colours: Look): string {
  return grouping.names[at] === kOthers ? colours.faint : colours.palette[at % colours.palette.length]!;
}
