// How wide texts are in the report's font, so that labels are chosen to fit instead of being cut.
import {look} from './look';

let context: CanvasRenderingContext2D | null = null;
const widths = new Map<string, number>();

// In pixels. Texts repeat: the same names stand on many axes.
export function textWidth(text: string, size = 12): number {
  const key = `${size} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    context ??= document.createElement('canvas').getContext('2d')!;
    context.font = `${size}px ${look().font}`;
    width = context.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}

// The text, or as much of its end as there is room for: names that share their beginnings are told apart by their ends.
export function fitEnd(text: string, room: number, size = 12): string {
  return textWidth(text, size) <= room ? text : `\u2026${longest(text.length, (n) => text.slice(-n), room, size)}`;
}

export function fitStart(text: string, room: number, size = 12): string {
  return textWidth(text, size) <= room ? text : `${longest(text.length, (n) => text.slice(0, n), room, size)}\u2026`;
}

// The longest of part(1), part(2), ... that fits beside an ellipsis.
function longest(most: number, part: (n: number) => string, room: number, size: number): string {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (textWidth(`\u2026${part(middle)}`, size) <= room) low = middle;
    else high = middle - 1;
  }
  return low ? part(low) : '';
}

// At words, or where a word is too long for a line, nowhere.
export function wrap(text: string, room: number, size = 12): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== undefined && textWidth(`${last} ${word}`, size) <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const kItem = 16 + 5;  // a legend's mark and the gap to its text
export const kLegendGap = 12;
export const kLegendRow = 14 + kLegendGap;

// How many lines a legend of these names takes; names longer than a line count as one.
export function legendRows(names: string[], width: number): number {
  let [rows, used] = [1, 0];
  for (const name of names) {
    const item = Math.min(width, kItem + textWidth(name));
    if (used > 0 && used + item > width) {
      ++rows;
      used = 0;
    }
    used += item + kLegendGap;
  }
  return rows;
}
