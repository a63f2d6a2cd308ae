// The network as a map: blocks within blocks as their names say, areas as large as their cost.
import {chartCard, type ChartCard} from '../chart';
import {select} from '../dom';
import {percent} from '../format';
import {boundColour, type Look} from '../look';
import {total, type Layer, type Prediction} from '../prediction';
import {quantities} from './layers';
import {reason} from './roofline';
import {tip} from './tooltip';

interface Node {
  name: string;
  path: string;
  value: number;
  layer?: Layer;
  children?: Node[];
  itemStyle?: object;
}

// "stage2/block1/expand" lies in "block1" in "stage2"; dots part names likewise where no slash does.
function parts(name: string): string[] {
  const words = name.split(name.includes('/') ? '/' : '.').filter(Boolean);
  return words.length ? words : [name];
}

export function tree(layers: Layer[], of: (l: Layer) => number, colour: (l: Layer) => string): Node[] {
  const root: Node = {name: '', path: '', value: 0, children: []};
  for (const layer of layers) {
    const value = of(layer);
    if (value <= 0) continue;
    let place = root;
    const words = parts(layer.name);
    words.slice(0, -1).forEach((word) => {
      let next = place.children!.find((n) => n.name === word && n.children);
      if (!next) {
        next = {name: word, path: place.path ? `${place.path}/${word}` : word, value: 0, children: []};
        place.children!.push(next);
      }
      next.value += value;
      place = next;
    });
    place.children!.push({
      name: words[words.length - 1]!, path: layer.name, value, layer, itemStyle: {color: colour(layer)},
    });
  }
  return root.children!;
}

function levels(colours: Look) {
  const gap = (borderWidth: number, gapWidth: number) =>
      ({itemStyle: {borderColor: colours.card, borderWidth, gapWidth}});
  return [gap(0, 3), gap(2, 2), gap(1, 1), gap(1, 1)];
}

export function blockMap(p: Prediction): ChartCard {
  const all = quantities(p);
  let quantity = all[0]!;
  const card = chartCard({
    title: 'Block by block', height: (view) => view.narrow ? 320 : 400,
    note: () => `Areas are shares of the ${quantity.label}; colours say what bounds a layer. Select a block to go into it.`,
    label: `${p.network} on ${p.platform}: shares of blocks and layers`,
    controls: [select('Show', all.map((q) => ({value: q.id, label: q.label})), 'latency', (id) => {
      quantity = all.find((q) => q.id === id)!;
      card.redraw();
    })],
    option: ({look: colours}) => {
      const whole = total(p.layers, quantity.of) || 1;
      return {
        tooltip: {formatter: (e: {data?: Node; name: string; value: number}) => {
          const layer = e.data?.layer;
          return tip(e.data?.path || e.name || p.network, [
            [quantity.label, `${quantity.text(e.value)} (${percent(e.value / whole)})`],
            layer && ['operators', layer.op],
          ], layer ? reason(layer) : '');
        }},
        series: [{
          type: 'treemap', name: p.network, left: 0, right: 0, top: 4, bottom: 30, roam: false, nodeClick: 'zoomToNode',
          data: tree(p.layers, quantity.of, (l) => boundColour(l.bound, p.levels, colours)),
          leafDepth: undefined, levels: levels(colours), visibleMin: 30,
          breadcrumb: {height: 22, bottom: 2, left: 'left', itemStyle: {color: colours.grid, borderColor: colours.card, textStyle: {color: colours.text}},
                       emphasis: {itemStyle: {color: colours.line, textStyle: {color: colours.text}}}},
          label: {color: colours.dark ? '#0d1117' : '#ffffff', fontSize: 11, overflow: 'truncate', padding: 2},
          upperLabel: {show: true, height: 18, color: colours.text, fontSize: 11, backgroundColor: colours.grid, padding: [0, 4]},
        }],
      };
    },
  });
  return card;
}
