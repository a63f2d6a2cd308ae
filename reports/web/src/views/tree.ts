// A network as blocks within blocks, as its layers' names say.
import {grouped, type Layer} from '../prediction';

export interface Block {
  name: string;
  path: string;
  value: number;
  layers: Layer[];    // all that lie in it; one: it is that layer
  children: Block[];  // in execution order
}

// "stage2/block1/expand" lies in "block1" in "stage2"; dots part names likewise where no slash does.
function parts(name: string): string[] {
  const words = name.split(name.includes('/') ? '/' : '.').filter(Boolean);
  return words.length ? words : [name];
}

const empty = (name: string, path: string): Block => ({name, path, value: 0, layers: [], children: []});

function place(root: Block, layer: Layer, value: number): void {
  const words = parts(layer.name);
  let block = root;
  words.forEach((word, i) => {
    block.value += value;
    block.layers.push(layer);
    const last = i === words.length - 1;
    let next = last ? undefined : block.children.find((b) => b.name === word && b.children.length);
    if (!next) block.children.push(next = empty(word, last ? layer.name : words.slice(0, i + 1).join('/')));
    block = next;
  });
  block.value += value;
  block.layers.push(layer);
}

// Blocks that hold nothing but one other are one with it.
function merged(block: Block): Block {
  const [only, ...others] = block.children;
  if (only && !others.length) return merged({...only, name: `${block.name}/${only.name}`});
  return {...block, children: block.children.map(merged)};
}

// Layers of which there is nothing are left out.
export function treeOf(name: string, layers: Layer[], of: (l: Layer) => number): Block {
  const root = empty(name, '');
  for (const layer of layers) {
    const value = of(layer);
    if (value > 0) place(root, layer, value);
  }
  let top: Block = root;
  while (top.children.length === 1 && top.children[0]!.children.length) top = top.children[0]!;
  return {...root, children: top.children.map(merged)};
}

// The blocks from the whole down to the one of this path; fewer if there is none.
export function wayTo(root: Block, path: string): Block[] {
  const way = [root];
  for (;;) {
    const last = way[way.length - 1]!;
    const next = last.path === path ? undefined : last.children.find((b) => path === b.path || path.startsWith(`${b.path}/`));
    if (!next?.children.length) return way;
    way.push(next);
  }
}

// What most of the time in a block is bound by.
export const mainBound = (block: Block): string => grouped(block.layers, (l) => l.bound, (l) => l.latency_s)[0]?.name ?? '';
