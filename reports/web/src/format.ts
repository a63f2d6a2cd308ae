// Numbers as people read them: three significant digits and a prefix.

const kPrefixes: [number, string][] = [
  [1e18, 'E'], [1e15, 'P'], [1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k'], [1, ''],
  [1e-3, 'm'], [1e-6, '\u00b5'], [1e-9, 'n'], [1e-12, 'p'], [1e-15, 'f'],
];
const kBinary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

// Three significant digits, never an exponent: 0.00123, 1.23, 12.3, 1234.
export function digits(value: number, significant = 3): string {
  if (!Number.isFinite(value)) return value > 0 ? '\u221e' : value < 0 ? '\u2212\u221e' : '\u2013';
  if (value === 0) return '0';
  const decimals = significant - 1 - Math.floor(Math.log10(Math.abs(value)));
  const rounded = value.toFixed(Math.min(Math.max(decimals, 0), 12));
  return rounded.replace('-', '\u2212');
}

export function si(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '\u2013';
  if (!Number.isFinite(value) || value === 0) return `${digits(value)} ${unit}`.trim();
  // 999.7 would round to 1000: take the next prefix.
  const size = Math.abs(value) * (1 + 5e-4);
  const [scale, prefix] =
      kPrefixes.find(([at]) => size >= at) ?? kPrefixes[kPrefixes.length - 1]!;
  return `${digits(value / scale)} ${prefix}${unit}`.trim();
}

export function bytes(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '\u2013';
  let power = 0;
  let rest = value;
  while (Math.abs(rest) * (1 + 5e-4) >= 1024 && power + 1 < kBinary.length) {
    rest /= 1024;
    ++power;
  }
  return `${power === 0 ? Math.round(rest) : digits(rest)} ${kBinary[power]}`;
}

export const seconds = (value: number | null | undefined) => si(value, 's');
// Not every platform states what it uses: see figures.ts.
const orUnknown = (unit: string) => (value: number) => Number.isNaN(value) ? 'unknown' : si(value, unit);
export const joules = orUnknown('J');
export const watts = orUnknown('W');
export const macs = (value: number | null | undefined) => si(value, '').replace(/ $/, '');

export function percent(share: number | null | undefined, decimals?: number): string {
  if (share === null || share === undefined || Number.isNaN(share)) return '\u2013';
  const value = 100 * share;
  if (decimals === undefined && value !== 0 && Math.abs(value) < 0.05) return value > 0 ? '<0.1 %' : '>\u22120.1 %';
  const places = decimals ?? ((Math.abs(value) < 9.95 && value !== 0) || (value >= 99.5 && value < 100) ? 1 : 0);
  return `${value.toFixed(places).replace('-', '\u2212')} %`;
}

export function signedPercent(share: number | null | undefined): string {
  if (share === null || share === undefined || Number.isNaN(share)) return '\u2013';
  return (share > 0 ? '+' : '') + percent(share, 1);
}

export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

export function plural(n: number, one: string, many = one + 's'): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

// "1.87–5.08 ms": the unit once where both have it.
export function range(low: number, high: number, text: (v: number) => string): string {
  const [a, b] = [text(low), text(high)];
  if (Number.isNaN(low) && Number.isNaN(high)) return a;
  const unit = (t: string) => t.slice(t.lastIndexOf(' ') + 1);
  if (unit(a) !== unit(b)) return `${a} \u2013 ${b}`;
  return `${a.slice(0, a.lastIndexOf(' '))}\u2013${b}`;
}

// Labels of axes: round values, without digits that say nothing.
export const axis = (text: (v: number) => string) => (value: number) =>
    text(value).replace(/(\.\d*?)0+(?= |$)/, '$1').replace(/\.(?= |$)/, '');
