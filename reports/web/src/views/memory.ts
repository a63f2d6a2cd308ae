// The arena over time: every buffer as a rectangle, from its birth to its death, where it lies.
import {chartCard, type ChartCard, type View} from '../chart';
import type {Option} from '../echarts';
import {axis, bytes, percent, plural} from '../format';
import type {Look} from '../look';
import {labels, type Buffer, type Placement, type Prediction} from '../prediction';
import {across, categoryAxis, legend, logAxis, nameRoom, upward, valueAxis} from './axes';
import {tip} from './tooltip';

interface Block {
  buffer: Buffer;
  begin: number;  // steps: a buffer lives from the beginning of one to the end of another
  end: number;
  atPeak: boolean;
}

function blocksOf(p: Prediction): Block[] {
  const peak = new Set(p.alive_at_peak);
  const {buffers} = p.memory_plan;
  return buffers.filter((b) => b.bytes > 0).map((buffer) => ({
    buffer, begin: Math.max(buffer.born, -1), end: Math.min(buffer.dies, p.layers.length) + 1,
    atPeak: peak.has(buffer.name),
  }));
}

// Bytes alive in each step; buffers that share memory count once, as the largest.
function alive(p: Prediction): number[] {
  const {buffers} = p.memory_plan;
  const root = buffers.map((_, i) => i);
  buffers.forEach((b, i) => {
    if (b.shares !== null) root[i] = root[b.shares]!;
  });
  const lives = new Map<number, {born: number; dies: number; bytes: number}>();
  buffers.forEach((b, i) => {
    const life = lives.get(root[i]!) ?? {born: b.born, dies: b.dies, bytes: 0};
    lives.set(root[i]!, {
      born: Math.min(life.born, b.born), dies: Math.max(life.dies, b.dies), bytes: Math.max(life.bytes, b.bytes),
    });
  });
  const sums = new Array<number>(p.layers.length + 2).fill(0);
  for (const life of lives.values()) {
    for (let step = life.born; step <= life.dies; ++step) sums[step + 1]! += life.bytes;
  }
  return sums;
}

function stepName(p: Prediction, step: number): string {
  if (step < 0) return 'before the first layer';
  return step < p.layers.length ? `${step}: ${p.layers[step]!.name}` : 'after the last layer';
}

function blockTip(p: Prediction, {buffer, atPeak}: Block): string {
  const {buffers} = p.memory_plan;
  return tip(buffer.name, [
    ['size', bytes(buffer.bytes)],
    ['from', `${bytes(buffer.offset_bytes)} on`],
    ['born in', stepName(p, buffer.born)],
    ['last read in', stepName(p, buffer.dies)],
    buffer.shares !== null && ['in the memory of', buffers[buffer.shares]!.name],
  ], atPeak ? 'Alive when memory is fullest.' : '');
}

function rectangle(params: any, api: any, block: Block, colours: Look) {
  const [x0, y1] = api.coord([block.begin, block.buffer.offset_bytes]);
  const [x1, y0] = api.coord([block.end, block.buffer.offset_bytes + block.buffer.bytes]);
  const {x, y, width, height} = params.coordSys;
  const left = Math.max(x0, x);
  const top = Math.max(y0, y);
  const shape = {
    x: left, y: top, width: Math.max(1, Math.min(x1, x + width) - left),
    height: Math.max(1, Math.min(y1, y + height) - top), r: 2,
  };
  const fill = block.atPeak ? colours.palette[1] : colours.palette[0];
  const shares = block.buffer.shares !== null;
  return {
    type: 'rect', shape,
    style: {fill, opacity: shares ? 0.3 : 0.62, stroke: colours.card, lineWidth: 1},
    emphasis: {style: {opacity: 1, stroke: colours.text}},
  };
}

function option(p: Prediction, blocks: Block[], view: View): Option {
  const {look: colours, narrow, width, height} = view;
  const sums = alive(p);
  const end = p.layers.length + 1;
  const limit = p.activations_in.size_bytes;
  const tall = Math.max(p.arena_bytes, p.memory_plan.peak_bytes);
  const showLimit = limit > 0 && limit < 2.5 * tall;
  const lines = [
    {yAxis: p.arena_bytes, name: `arena ${bytes(p.arena_bytes)}`, lineStyle: {color: colours.text, type: 'solid', width: 1}},
    ...(showLimit ? [{yAxis: limit, name: `${p.activations_in.level} ${bytes(limit)}`, lineStyle: {color: colours.bad, type: [6, 4], width: 1.5}}] : []),
  ];
  return {
    tooltip: {trigger: 'item', formatter: (e: {data: any}) => e.data?.block ? blockTip(p, e.data.block) : ''},
    legend: legend(colours, ['buffers', 'alive at the peak', 'sum alive']),
    grid: {left: 70, right: narrow ? 14 : 24, top: 40, bottom: 48},
    xAxis: {
      ...valueAxis(colours, {name: 'step (layer)', text: String, ...across(width - 94, -1, end)}), splitLine: {show: false},
    },
    yAxis: valueAxis(colours, {text: axis(bytes), base: 2, ...upward(height - 88, 0, 1.06 * (showLimit ? Math.max(tall, limit) : tall))}),
    series: [
      {type: 'custom', name: 'buffers', itemStyle: {color: colours.palette[0]}, clip: true,
       data: blocks.filter((b) => !b.atPeak).map((block) => ({value: [block.begin, block.end, block.buffer.offset_bytes], block})),
       encode: {x: [0, 1], y: 2},
       renderItem: (params: any, api: any) => rectangle(params, api, blocks.filter((b) => !b.atPeak)[params.dataIndex]!, colours)},
      {type: 'custom', name: 'alive at the peak', itemStyle: {color: colours.palette[1]}, clip: true,
       data: blocks.filter((b) => b.atPeak).map((block) => ({value: [block.begin, block.end, block.buffer.offset_bytes], block})),
       encode: {x: [0, 1], y: 2},
       renderItem: (params: any, api: any) => rectangle(params, api, blocks.filter((b) => b.atPeak)[params.dataIndex]!, colours)},
      {type: 'line', name: 'sum alive', step: 'end', symbol: 'none', silent: true,
       itemStyle: {color: colours.text}, lineStyle: {color: colours.text, width: 1.5, type: [2, 2]},
       data: [...sums.map((sum, i) => [i - 1, sum]), [end, sums[sums.length - 1]]],
       markLine: {
         symbol: 'none', silent: true,
         label: {position: 'insideEndTop', formatter: '{b}', color: colours.text, fontSize: 11}, data: lines,
       }},
    ],
  };
}

export function memoryTimeline(p: Prediction): ChartCard {
  const blocks = blocksOf(p);
  const sum = p.memory_plan.buffers.reduce((all, b) => all + (b.shares === null ? b.bytes : 0), 0);
  return chartCard({
    title: 'Memory over time', wide: true, height: (view) => view.narrow ? 360 : 420,
    note: `Activations in an arena of ${bytes(p.arena_bytes)}: reuse saves ${percent(sum > 0 ? 1 - p.arena_bytes / sum : 0)} of the ${bytes(sum)} that all buffers have. ` +
        `It is fullest in ${stepName(p, p.memory_plan.peak_layer)}, with ${plural(p.alive_at_peak.length, 'buffer')} alive. Pale ones use the memory of another.`,
    label: `Memory plan of ${p.network} on ${p.platform}: ${plural(blocks.length, 'buffer')}, arena ${bytes(p.arena_bytes)}`,
    option: (view) => option(p, blocks, view),
    table: () => ({
      name: 'Buffers', rows: blocks.map((_, i) => i), sort: {column: 1, descending: true},
      columns: [
        {title: 'buffer', text: (i) => blocks[i]!.buffer.name, wide: true},
        {title: 'size', numeric: true, text: (i) => bytes(blocks[i]!.buffer.bytes), value: (i) => blocks[i]!.buffer.bytes},
        {title: 'offset', numeric: true, text: (i) => bytes(blocks[i]!.buffer.offset_bytes), value: (i) => blocks[i]!.buffer.offset_bytes},
        {title: 'born in step', numeric: true, text: (i) => String(blocks[i]!.buffer.born), value: (i) => blocks[i]!.buffer.born},
        {title: 'last read in', numeric: true, text: (i) => String(blocks[i]!.buffer.dies), value: (i) => blocks[i]!.buffer.dies},
        {title: 'alive at the peak', text: (i) => blocks[i]!.atPeak ? 'yes' : ''},
      ],
    }),
  });
}

// What must find room, and the room that there is.
export function memoryFit(predictions: Prediction[]): ChartCard {
  const names = labels(predictions);
  const rows = predictions.flatMap((p, i): {name: string; what: string; place: Placement}[] => [
    {name: names[i]!, what: 'weights', place: p.weights_in},
    {name: names[i]!, what: 'activations', place: p.activations_in},
  ]).filter((row) => row.place.needed_bytes > 0);
  return chartCard({
    title: 'Room in memory', height: 90 + 26 * rows.length,
    note: 'Bars are what is needed, marks what the level has that it was placed in.',
    label: `Memory needed and available on ${names.join(', ')}`,
    option: ({look: colours, narrow, width}) => {
      const shown = [...rows].reverse();
      const titles = shown.map((r) => narrow ? `${r.name} ${r.what[0]}.` : `${r.name} ${r.what}`);
      const left = nameRoom(titles, narrow ? 110 : 170);
      const known = shown.flatMap((r) => [r.place.needed_bytes, r.place.size_bytes]).filter((v) => v > 0);
      return {
        tooltip: {trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {color: colours.text, opacity: 0.06}},
                  formatter: (items: {dataIndex: number}[]) => {
                    const {name, what, place} = shown[items[0]!.dataIndex]!;
                    return tip(`${name}: ${what}`, [
                      ['needed', bytes(place.needed_bytes)], [`${place.level} has`, bytes(place.size_bytes)],
                      ['uses', percent(place.needed_bytes / place.size_bytes)],
                    ], place.fits ? '' : 'Does not fit.');
                  }},
        legend: legend(colours),
        grid: {left: left + 10, right: 30, top: 34, bottom: 28},
        xAxis: logAxis(colours, {base: 2, text: axis(bytes), ...across(width - left - 40, Math.min(...known) / 8, 2 * Math.max(...known))}),
        yAxis: categoryAxis(colours, titles, left),
        series: [
          {type: 'bar', name: 'needed', barMaxWidth: 14, itemStyle: {color: colours.palette[0]},
           data: shown.map((r) => ({value: r.place.needed_bytes, itemStyle: {color: r.place.fits ? colours.palette[0] : colours.bad, borderRadius: [0, 3, 3, 0]}}))},
          {type: 'scatter', name: 'there is', symbol: 'rect', symbolSize: [4, 18], itemStyle: {color: colours.text},
           data: shown.map((r, i) => [r.place.size_bytes, i])},
        ],
      };
    },
    table: () => ({
      name: 'Room in memory', rows: rows.map((_, i) => i),
      columns: [
        {title: 'platform', text: (i) => rows[i]!.name, wide: true},
        {title: 'what', text: (i) => rows[i]!.what},
        {title: 'needed', numeric: true, text: (i) => bytes(rows[i]!.place.needed_bytes), value: (i) => rows[i]!.place.needed_bytes},
        {title: 'level', text: (i) => rows[i]!.place.level},
        {title: 'there is', numeric: true, text: (i) => bytes(rows[i]!.place.size_bytes), value: (i) => rows[i]!.place.size_bytes},
        {title: 'fits', text: (i) => rows[i]!.place.fits ? 'yes' : 'no', tone: (i) => rows[i]!.place.fits ? '' : 'bad'},
      ],
    }),
  });
}
