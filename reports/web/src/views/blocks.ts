// The network by its blocks, as a map or as rings: two levels below the block that is looked at.
import {chartCard, type ChartCard, type View} from '../chart';
import {h, segmented, select} from '../dom';
import {percent, plural} from '../format';
import {boundColour, mix} from '../look';
import type {Prediction, Quantity} from '../prediction';
import {quantities} from './layers';
import {reason} from './roofline';
import {tip} from './tooltip';
import {mainBound, treeOf, wayTo, type Block} from './tree';

interface Item {
  name: string;
  value: number;
  block: Block;
  children?: Item[];
  itemStyle: object;
  label: object;
}

// Layers have the colour of their bound; blocks that hide theirs a paler one of what bounds most of their time.
function itemOf(block: Block, depth: number, p: Prediction, view: View): Item {
  const {look: colours} = view;
  const colour = boundColour(mainBound(block), p.levels, colours);
  const hides = block.children.length > 0;
  return {
    name: block.name, value: block.value, block,
    itemStyle: {color: hides ? mix(colour, colours.card, colours.dark ? 0.55 : 0.6) : colour, borderColor: hides && depth > 1 ? colours.line : colours.card},
    label: {color: hides ? colours.text : colours.dark ? '#0d1117' : '#ffffff'},
    children: hides && depth > 1 ? block.children.map((child) => itemOf(child, depth - 1, p, view)) : undefined,
  };
}

function map(data: Item[], {look: colours}: View) {
  return {
    type: 'treemap', left: 0, right: 0, top: 2, bottom: 2, roam: false, nodeClick: false, data, breadcrumb: {show: false},
    childrenVisibleMin: 1200,
    levels: [
      {itemStyle: {borderWidth: 0, gapWidth: 3, borderColor: colours.card}, upperLabel: {show: false}},
      {itemStyle: {borderWidth: 1, gapWidth: 1}},
      {itemStyle: {borderWidth: 0, gapWidth: 1}},
    ],
    label: {fontSize: 11, overflow: 'truncate', padding: 2},
    upperLabel: {show: true, height: 17, color: colours.text, fontSize: 11, padding: [0, 4], overflow: 'truncate'},
  };
}

function rings(data: Item[], {look: colours, width, height}: View) {
  const radius = Math.min(width, height) / 2;
  const ring = (from: number, to: number) => ({
    r0: from * radius, r: to * radius,
    label: {rotate: 'radial', minAngle: 9, fontSize: 11, overflow: 'truncate', width: (to - from) * radius - 10},
    itemStyle: {borderWidth: 1, borderColor: colours.card},
  });
  return {
    type: 'sunburst', radius: [0.2 * radius, 0.98 * radius], sort: null, nodeClick: false, data,
    levels: [{}, ring(0.2, 0.58), ring(0.6, 0.98)], emphasis: {focus: 'ancestor'},
  };
}

// Buttons from the whole network down to the block that is shown.
function fillCrumbs(crumbs: HTMLElement, way: Block[], go: (path: string) => void): void {
  crumbs.replaceChildren(...way.map((block, i) => h('button', {
    type: 'button', class: 'link', 'aria-current': i === way.length - 1 ? 'true' : null, onclick: () => go(block.path),
  }, block.name)));
}

export function blockMap(p: Prediction): ChartCard {
  const all = quantities(p);
  let quantity: Quantity = all[0]!;
  let path = '';
  let shape = 'map';
  let root = treeOf(p.network, p.layers, quantity.of);
  const crumbs = h('nav', {class: 'crumbs', 'aria-label': 'Block that is shown'});
  const current = () => {
    const way = wayTo(root, path);
    return way[way.length - 1]!;
  };
  const go = (to: string) => {
    path = to;
    fillCrumbs(crumbs, wayTo(root, path), go);
    card.redraw();
  };
  const share = (block: Block) => block.value / (root.value || 1);
  const card: ChartCard = chartCard({
    title: 'Block by block', height: (view) => view.narrow ? 330 : 400,
    note: () => `Areas are shares of the ${quantity.label}${shape === 'rings' ? ', clockwise in execution order' : ''}; colours say what bounds a layer, paler ones what bounds most of the time in a block. Select a block to go into it.`,
    label: `${p.network} on ${p.platform}: shares of blocks and layers`,
    controls: [
      segmented('As', [{value: 'map', label: 'map'}, {value: 'rings', label: 'rings'}], shape, (value) => {
        shape = value;
        card.redraw();
      }),
      select('Show', all.map((q) => ({value: q.id, label: q.label})), quantity.id, (id) => {
        quantity = all.find((q) => q.id === id)!;
        root = treeOf(p.network, p.layers, quantity.of);
        go('');
      }),
      crumbs,
    ],
    option: (view) => {
      const data = current().children.map((child) => itemOf(child, 2, p, view));
      return {
        tooltip: {formatter: (e: {data?: Item}) => {
          const block = e.data?.block ?? current();
          const layer = block.children.length ? undefined : block.layers[0];
          return tip(block.path || p.network, [
            [quantity.label, `${quantity.text(block.value)} (${percent(share(block))})`],
            layer ? ['operators', layer.op] : ['holds', plural(block.layers.length, 'layer')],
            !layer && ['most of it bound by', mainBound(block)],
          ], layer ? reason(layer) : '');
        }},
        series: [shape === 'map' ? map(data, view) : rings(data, view)],
      };
    },
    clicked: (event) => {
      const block = (event.data as Item | undefined)?.block;
      const way = wayTo(root, path);
      if (!block) go(way[Math.max(0, way.length - 2)]!.path);
      else if (block.children.length) go(block.path);
    },
    table: () => {
      const rows = current().children.flatMap((child) => [child, ...child.children]);
      return {
        name: `Blocks of ${current().name}`, rows: rows.map((_, i) => i), picked: (i) => rows[i]!.children.length && go(rows[i]!.path),
        columns: [
          {title: 'block or layer', text: (i) => rows[i]!.path, wide: true},
          {title: 'layers', numeric: true, text: (i) => String(rows[i]!.layers.length), value: (i) => rows[i]!.layers.length},
          {title: quantity.label, numeric: true, text: (i) => quantity.text(rows[i]!.value), value: (i) => rows[i]!.value},
          {title: 'share', numeric: true, text: (i) => percent(share(rows[i]!)), value: (i) => share(rows[i]!), share: (i) => share(rows[i]!)},
          {title: 'bound by', text: (i) => mainBound(rows[i]!)},
        ],
      };
    },
  });
  fillCrumbs(crumbs, [root], go);
  return card;
}
