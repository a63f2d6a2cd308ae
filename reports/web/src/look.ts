// Colours and type, light and dark, and the switch between them.

export interface Look {
  dark: boolean;
  text: string;
  muted: string;
  line: string;
  grid: string;
  card: string;
  accent: string;
  faint: string;
  good: string;
  bad: string;
  palette: string[];  // told apart with any colour vision, and in this order by lightness too
  font: string;
}

// Single quotes would end up unescaped in exported SVG; a list of plain words needs none.
const kFont = 'system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif';

const kLight: Look = {
  dark: false, text: '#1b2430', muted: '#5a6573', line: '#c9d0d9', grid: '#e8ebf0', card: '#ffffff',
  accent: '#1f62b5', faint: '#aab4c0', good: '#1f7a44', bad: '#b3261e',
  palette: ['#2f6db5', '#d2691e', '#2a8a5b', '#8a4fd0', '#b58a00', '#c2447d', '#1f8fa3', '#6b7684'],
  font: kFont,
};

const kDark: Look = {
  dark: true, text: '#e7edf4', muted: '#9ba7b6', line: '#3a4451', grid: '#232b36', card: '#141a22',
  accent: '#6cb2ff', faint: '#5b6775', good: '#5fd38d', bad: '#ff8a80',
  palette: ['#6cb2ff', '#ff9f56', '#5fd39a', '#b99bff', '#e6c14d', '#ff8fbd', '#5fd0e0', '#9ba7b6'],
  font: kFont,
};

type Choice = 'auto' | 'light' | 'dark';
const kSystem = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let choice: Choice = 'auto';
let printing = false;

function isDark(): boolean {
  if (printing) return false;
  return choice === 'auto' ? kSystem.matches : choice === 'dark';
}

export function look(): Look {
  return isDark() ? kDark : kLight;
}

export function onLook(listener: () => void): void {
  listeners.add(listener);
}

function apply(): void {
  document.documentElement.dataset.look = isDark() ? 'dark' : 'light';
  for (const listener of listeners) listener();
}

export function toggleLook(): void {
  choice = isDark() ? 'light' : 'dark';
  apply();
}

export function isDarkNow(): boolean {
  return isDark();
}

export function startLook(): void {
  kSystem.addEventListener('change', () => apply());
  // Paper is white.
  window.addEventListener('beforeprint', () => {
    printing = true;
    apply();
  });
  window.addEventListener('afterprint', () => {
    printing = false;
    apply();
  });
  apply();
}

// So much of the way from one #rrggbb to another.
export function mix(from: string, to: string, share: number): string {
  const channel = (colour: string, at: number) => parseInt(colour.slice(at, at + 2), 16);
  return '#' + [1, 3, 5].map((at) => Math.round(channel(from, at) * (1 - share) + channel(to, at) * share).toString(16).padStart(2, '0')).join('');
}

// Names of memory levels from the nearest to the furthest, where nothing says their order.
export function nearestFirst(levels: string[]): string[] {
  const kOrder = [/l1/i, /tcm/i, /l2/i, /l3/i, /sram/i, /slc|llc/i, /dram|ram/i, /flash/i];
  const rank = (name: string) => {
    const at = kOrder.findIndex((pattern) => pattern.test(name));
    return at < 0 ? kOrder.length - 2 : at;
  };
  return [...levels].sort((a, b) => rank(a) - rank(b));
}

// What bounds a layer has one colour wherever it is shown: arithmetic blue, dispatch grey, memory
// levels from the nearest to the furthest.
export function boundColour(bound: string, levels: string[], colours: Look): string {
  if (bound === 'compute') return colours.palette[0]!;
  if (bound === 'dispatch') return colours.palette[7]!;
  const order = levels.length <= 1 ? [1] : levels.length === 2 ? [2, 1] :
                levels.length === 3 ? [2, 4, 1] : [6, 2, 4, 1, 5];
  const at = Math.max(0, levels.indexOf(bound));
  // The furthest level is always the same orange.
  const index = at === levels.length - 1 ? 1 : order.filter((i) => i !== 1)[at % (order.length - 1)]!;
  return colours.palette[index]!;
}
