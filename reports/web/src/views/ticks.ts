// Where an axis has its labels: evenly, at round values, as densely as they fit.
import {textWidth} from '../measure';

export interface Ruler {
  min: number;
  max: number;
  room: number;      // pixels
  upright?: boolean; // labels lie across the axis
  text: (value: number) => string;
  base?: number;     // 2: steps are powers of two, as bytes want them
}

const kApart = [22, 12, 5];  // pixels between labels: airy if three fit so, else closer

// Whether labels at these values leave so much room between each other. Places are pixels along the axis.
function fits(ruler: Ruler, values: number[], place: (v: number) => number, apart: number): boolean {
  for (let i = 1; i < values.length; ++i) {
    const between = Math.abs(place(values[i]!) - place(values[i - 1]!));
    const half = (v: number) => ruler.upright ? 8 : textWidth(ruler.text(v)) / 2;
    if (between < half(values[i]!) + half(values[i - 1]!) + apart) return false;
  }
  return true;
}

// The first choice that fits; choices go from dense to sparse.
function densest(ruler: Ruler, choices: number[][], place: (v: number) => number): number[] {
  for (const apart of kApart) {
    const found = choices.find((values) => fits(ruler, values, place, apart));
    if (found && found.length >= 3) return found;
  }
  return choices.find((values) => values.length > 1 && fits(ruler, values, place, kApart[2]!)) ?? choices[choices.length - 1] ?? [];
}

function multiples(step: number, min: number, max: number): number[] {
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({length: Math.max(0, last - first + 1)}, (_, i) => (first + i) * step);
}

// Round steps from a twelfth of the range on.
function steps(range: number, base: number): number[] {
  if (base === 2) {
    const least = 2 ** Math.ceil(Math.log2(range / 8));
    return [1, 2, 4, 8].map((factor) => factor * least);
  }
  const decade = 10 ** Math.floor(Math.log10(range / 8));
  return [1, 2, 5, 10, 20, 50].map((factor) => factor * decade).filter((step) => step >= range / 8);
}

export function evenTicks(ruler: Ruler): number[] {
  const {min, max, room} = ruler;
  if (!(max > min)) return [min];
  const choices = steps(max - min, ruler.base ?? 10).map((step) => multiples(step, min, max)).filter((values) => values.length > 1);
  return densest(ruler, choices, (v) => room * (v - min) / (max - min));
}

// Powers of the base at equal distances; within two decades also 1, 2 and 5 or 1 and 3 of each.
export function logTicks(ruler: Ruler): number[] {
  const {min, max, room} = ruler;
  const span = Math.log(max / min);
  if (!(span > 0)) return [min];
  const base = ruler.base ?? 10;
  const powers = (every: number) => multiples(every * Math.log(base), Math.log(min), Math.log(max)).map((power) => round(Math.exp(power), base));
  const within = (digits: number[]) => multiples(Math.log(10), Math.log(min) - Math.log(10), Math.log(max))
      .flatMap((power) => digits.map((d) => d * round(Math.exp(power), 10))).filter((v) => v >= min * (1 - 1e-9) && v <= max * (1 + 1e-9));
  const choices = base === 2 ? [1, 2, 5, 10, 20].map(powers)
      : [...(span < Math.log(10) ? steps(max - min, 10).map((step) => multiples(step, min, max)) : []),
         ...(span < 2.5 * Math.log(10) ? [within([1, 2, 5]), within([1, 3])] : []), ...[1, 2, 3, 4, 5].map(powers)];
  return densest(ruler, choices.filter((values) => values.length), (v) => room * Math.log(v / min) / span);
}

// exp(log(x)) is next to x, not x.
function round(value: number, base: number): number {
  const power = base ** Math.round(Math.log(value) / Math.log(base));
  return Number(power.toPrecision(12));
}
