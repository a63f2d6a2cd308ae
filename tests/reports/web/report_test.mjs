// HTML reports in a browser: node --test report_test.mjs, with
//   ROOFBEAM  the program
//   PAGE      the folder where the build made the page (it has playwright-core)
//   SHOTS     where screenshots go
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {loadavg} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';

import {axeSource, card, download, lacking, load, open, scrollThrough, shot, start, stop, tableOf} from './browser.mjs';
import {dataOf, folder, kHostile, largeSweep, pageWith, roofbeam, withHostileNames} from './data.mjs';

if (lacking) {
  console.log(`HTML reports are not tested: ${lacking}`);
  rmSync(folder, {recursive: true});
  process.exit(77);
}

const files = {};

before(async () => {
  files.small = join(folder, 'small.html');
  roofbeam('predict', 'networks/mobilenet_v2_1.0_224.onnx', '--report', files.small);
  const deep = join(folder, 'deep.html');
  roofbeam('predict', 'networks/bert_base_s128.onnx', '-p', 'cortex-a78,apple-m1', '--report', deep);
  files.prediction = pageWith(deep, 'prediction.html', withHostileNames(deep));
  files.sweep = pageWith(files.small, 'sweep.html', largeSweep());
  files.validation = join(folder, 'validation.html');
  roofbeam('validate', 'scenarios/measurements/xnnpack_readme.csv', '--networks', 'networks', '--report', files.validation);
  files.comparison = join(folder, 'comparison.html');
  roofbeam('compare', 'networks/mobilenet_v2_1.0_224.onnx', 'networks/mobilenet_v3_large.onnx', '-p', 'cortex-a78', '--report', files.comparison);
  files.explanation = join(folder, 'explanation.html');
  roofbeam('explain', 'networks/resnet8_mlperftiny.onnx', '-p', 'cortex-m7', '--report', files.explanation);
  files.audit = join(folder, 'audit.html');
  roofbeam('audit', 'scenarios/studies/mobilenet-v2-hardware/claims.yaml', '--report', files.audit);
  files.scenario = join(folder, 'scenario.html');
  roofbeam('sweep', 'scenarios/examples/ship-mobilenet.yaml', '--report', files.scenario);
  files.pipeline = join(folder, 'pipeline.html');
  roofbeam('sweep', 'scenarios/examples/compress-mobilenet.yaml', '--report', files.pipeline);
  files.recommendation = join(folder, 'recommendation.html');
  roofbeam('recommend', 'scenarios/examples/ship-mobilenet.yaml', '--report', files.recommendation);
  const cases = join(folder, 'cases.csv');
  roofbeam('sweep', 'scenarios/examples/ship-mobilenet.yaml', '--keep-all', '--format', 'csv', '-o', cases);
  files.frontier = join(folder, 'frontier.html');
  roofbeam('frontier', cases, '--objectives', 'min latency_s, min energy_j, max accuracy', '--row', '3', '--report', files.frontier);
  files.solution = join(folder, 'solution.html');
  roofbeam('solve', 'latency <= 20 ms', 'networks/mobilenet_v2_1.0_224.onnx', '-p', 'cortex-a78', '--vary', 'engines.cpu.clock', '--report', files.solution);
  files.scaling = join(folder, 'scaling.html');
  scale(files.scaling);
  files.unknown = join(folder, 'unknown.html');  // energy of the first
  roofbeam('predict', 'networks/resnet8_mlperftiny.onnx', '-p', 'allwinner-d1,cortex-m7', '--report', files.unknown);
  // What axe-core finds does not depend on how many cases there are; how long it takes does.
  files.light = {sweep: pageWith(files.small, 'few.html', largeSweep(500)), prediction: files.small};
  await start();
});
after(async () => {
  await stop();
  rmSync(folder, {recursive: true});
});

// Measured on one board, wanted on another, where one network was measured, too.
function scale(report) {
  const [head, ...lines] = readFileSync(new URL('../../../scenarios/measurements/xnnpack_readme.csv', import.meta.url), 'utf-8').trim().split('\n');
  const rowsOf = (device, name) => {
    const file = join(folder, name);
    writeFileSync(file, [head, ...lines.filter((line) => line.includes(`,${device},`)), ''].join('\n'));
    return file;
  };
  roofbeam('scale', rowsOf('Raspberry Pi 3B+', 'from.csv'), '--networks', 'networks', '--to', 'raspberry-pi-4',
           '--measured', rowsOf('Raspberry Pi 4', 'to.csv'), '--known', 'mobilenet_v2_1.0_224', '--report', report);
}

const kPrediction = ['Latency', 'Energy in parts', 'Platforms compared', 'Room in memory', 'Layer by layer', 'Timeline', 'Where it goes',
  'Block by block', 'Roofline', 'Traffic by level', 'Energy', 'Memory over time', 'All layers'];
const cards = {
  prediction: kPrediction,
  small: kPrediction,
  unknown: kPrediction.filter((title) => !['Platforms compared', 'Energy'].includes(title)),
  sweep: ['Filter', 'All cases', 'Chosen cases compared', 'Effect of a setting', 'All that pass the filter'],
  scenario: ['Filter', 'All cases', 'Effect of a setting', 'All that pass the filter'],
  comparison: ['By resource', 'In numbers', 'Layers that differ most', 'Layer by layer'],
  explanation: ['What more of a resource would bring', 'Furthest from their roofs', 'What it hangs on', 'All layers'],
  pipeline: ['What each stage brought', 'All cases'],
  recommendation: ['Choose case 68', 'How sure', 'Ranked cases compared', 'Ranked cases', 'Why others are out'],
  frontier: ['The frontier', 'All on the frontier'],
  solution: ['At 1.172 GHz', 'Along the axis'],
  scaling: ['Forecast on the other machine', 'All rows'],
  audit: ['The gravest', 'MobileNetV2 on an M1, a Cortex-A78 and a Cortex-M7'],
  validation: ['Forecast against measurement', 'Errors', 'Do the intervals hold?', 'By what they have in common', 'Rows'],
};

// Runs in the page: labels of charts that show hardly a colour.
const blank = (charts) => charts.filter((chart) => {
  const canvas = chart.querySelector('canvas');
  const pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
  return new Set(pixels).size < 5;
}).map((chart) => chart.ariaLabel);

const kLooks = [[1440, 'light'], [390, 'dark'], [1440, 'dark'], [390, 'light']];
const kInAllLooks = ['prediction', 'sweep', 'validation'];

for (const kind of Object.keys(cards)) {
  describe(`the report: ${kind}`, () => {
    for (const [width, scheme] of kInAllLooks.includes(kind) ? kLooks : kLooks.slice(0, 2)) {
      it(`draws every view ${width} pixels wide in ${scheme} colours, asks for nothing and complains of nothing`, async () => {
        const page = await open(files[kind], {width, scheme});
        await scrollThrough(page);
        for (const title of cards[kind]) assert.equal(await card(page, title).count(), 1, title);
        assert.deepEqual(await page.$$eval('.chart', blank), []);
        assert.deepEqual(await page.$$eval('.chart', (charts) => charts.filter((c) => !c.parentElement.querySelector('.as-table summary')).map((c) => c.ariaLabel)), [], 'without a table');
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, 'scrolls sideways');
        assert.equal(await page.evaluate(() => document.documentElement.dataset.look), scheme);
        assert.notEqual(await page.title(), 'owned');
        await shot(page, `${kind}_${width}_${scheme}`);
        assert.deepEqual(page.complaints, []);
        await page.context().close();
      });
    }

    it('is free of what axe-core finds wrong', async () => {
      for (const scheme of ['light', 'dark']) {
        const page = await open(files.light[kind] ?? files[kind], {scheme});
        // Only the page's own script may run; the debugger is not bound by that.
        await page.evaluate(readFileSync(axeSource(), 'utf-8'));
        const found = await page.evaluate(() => axe.run({resultTypes: ['violations']}));
        assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes[0].target}`), [], scheme);
        await page.context().close();
      }
    });

    it('prints on white paper, with every chart', async () => {
      const page = await open(files[kind], {scheme: 'dark'});
      await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
      assert.equal(await page.evaluate(() => document.documentElement.dataset.look), 'light');
      assert.equal(await page.$$eval('.chart', (all) => all.filter((c) => !c.dataset.drawn).length), 0);
      await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
      assert.equal(await page.evaluate(() => document.documentElement.dataset.look), 'dark');
      await page.context().close();
    });
  });
}

describe('a prediction', () => {
  let page;
  before(async () => {
    page = await open(files.prediction);
  });
  after(() => page.context().close());

  it('says first what is not modelled and what is assumed', async () => {
    const notices = page.locator('.notices');
    assert.match(await notices.innerText(), /Not modelled: in no figure of this report/);
    assert.ok((await notices.innerText()).includes(`${kHostile} is assumed`));
    const [first, chart] = [await notices.boundingBox(), await page.locator('.chart').first().boundingBox()];
    assert.ok(first.y < chart.y);
  });

  it('shows layers on hovering, names as text', async () => {
    const layers = card(page, 'Layer by layer').locator('.chart');
    await layers.scrollIntoViewIfNeeded();
    await page.waitForTimeout(200);
    const box = await layers.boundingBox();
    const seen = new Set();
    for (let x = box.x + 66; x < box.x + 190; x += 8) {
      await page.mouse.move(x, box.y + box.height * 0.5);
      await page.waitForTimeout(30);
      for (const tip of await layers.locator('.tip b').allInnerTexts()) seen.add(tip);
    }
    assert.ok(seen.size > 4, [...seen].join());
    assert.ok([...seen].some((name) => name.includes('<img src=x')), [...seen].join());
    assert.equal(await page.locator('img').count(), 0);
  });

  it('filters and sorts its table of layers', async () => {
    const all = card(page, 'All layers');
    await all.scrollIntoViewIfNeeded();
    const rows = dataOf(files.prediction).predictions[0].layers.length;
    await all.getByRole('searchbox').fill('gemm layer1/');
    assert.match(await all.getByRole('status').innerText(), new RegExp(`^8 of ${rows} rows$`));
    await all.getByRole('searchbox').fill('');
    await all.getByRole('button', {name: 'latency', exact: true}).click();
    assert.equal(await all.locator('th[aria-sort]').innerText(), 'latency');
    assert.equal(await all.locator('th[aria-sort]').getAttribute('aria-sort'), 'descending');
    const longest = Math.max(...dataOf(files.prediction).predictions[0].layers.map((l) => l.latency_s));
    assert.equal(await all.locator('tbody tr td:nth-child(7)').first().innerText(), `${(longest * 1e3).toPrecision(3)} ms`);
  });

  it('copies and saves numbers, not their three digits', async () => {
    const all = card(page, 'All layers');
    await all.getByRole('button', {name: 'Copy'}).click();
    const lines = (await page.evaluate(() => navigator.clipboard.readText())).trim().split('\n');
    const layers = dataOf(files.prediction).predictions[0].layers;
    assert.equal(lines.length, layers.length + 1);
    const longest = Math.max(...layers.map((l) => l.latency_s));
    assert.equal(Number(lines[1].split('\t')[6]), longest);
    const {name, bytes} = await download(page, all.getByRole('button', {name: 'CSV'}));
    assert.match(name, /\.csv$/);
    assert.equal(bytes.toString().trim().split('\n').length, layers.length + 1);
  });

  it('saves every chart as an SVG that is well formed and as a PNG', async () => {
    for (const title of cards.prediction.filter((t) => t !== 'All layers')) {
      const svg = await download(page, card(page, title).getByRole('button', {name: `Save ${title} as SVG`}));
      const text = svg.bytes.toString();
      const wrong = await page.evaluate((t) => new DOMParser().parseFromString(t, 'image/svg+xml').querySelector('parsererror')?.textContent, text);
      assert.equal(wrong, undefined, title);
      assert.match(text, /^<svg/);
      assert.ok(!text.includes('NaN'), `${title} has NaN`);
      const png = await download(page, card(page, title).getByRole('button', {name: `Save ${title} as PNG`}));
      assert.equal(png.bytes.subarray(1, 4).toString(), 'PNG');
    }
  });

  it('goes from platform to platform by keyboard', async () => {
    await page.locator('.platform input').first().focus();
    const before = await page.locator('.lead[role=status]').innerText();
    await page.keyboard.press('ArrowRight');
    assert.notEqual(await page.locator('.lead[role=status]').innerText(), before);
    await scrollThrough(page);
    assert.deepEqual(page.complaints, []);
  });

  it('is reached from its first key: a link skips to the content', async () => {
    const fresh = await open(files.small);
    await fresh.keyboard.press('Tab');
    assert.equal(await fresh.evaluate(() => document.activeElement.textContent), 'Skip to the content');
    await fresh.context().close();
  });

  it('shows a chart as a table', async () => {
    assert.ok(await (await tableOf(card(page, 'Roofline'))).count() > 10);
  });

  it('goes into a block and back by keyboard, as a map and as rings', async () => {
    const blocks = card(page, 'Block by block');
    await tableOf(blocks);
    await blocks.getByRole('region').focus();
    await page.keyboard.press('ArrowDown');
    const crumbs = blocks.getByRole('navigation');
    assert.match(await crumbs.innerText(), /bert_base_s128\s*embed/);
    await blocks.getByRole('radio', {name: 'rings'}).check();
    const inside = await blocks.locator('tbody tr').count();
    await crumbs.getByRole('button').first().click();
    assert.equal(await crumbs.getByRole('button').count(), 1);
    assert.ok(await blocks.locator('tbody tr').count() > inside);
    assert.deepEqual(page.complaints, []);
  });

  it('has a timeline whose calls take as long as the forecast', async () => {
    const {layers, latency_s: latency} = dataOf(files.prediction).predictions[1];
    await page.locator('.platform input').nth(1).check();
    const timeline = card(page, 'Timeline');
    await tableOf(timeline);
    assert.match(await timeline.getByRole('status').innerText(), new RegExp(`^${layers.length} rows$`));
    await timeline.getByRole('button', {name: '#', exact: true}).click();
    const last = layers[layers.length - 1];
    const [name, , begins] = await timeline.locator('tbody tr').first().locator('td').allInnerTexts();
    assert.equal(name, last.name);
    assert.equal(begins, `${((latency - last.latency_s) * 1e3).toPrecision(3)} ms`);
  });

  it('lets no other script run', async () => {
    const fresh = await open(files.small);
    await fresh.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "owned"';
      document.body.append(script);
    });
    assert.notEqual(await fresh.title(), 'owned');
    await fresh.context().close();
  });
});

describe('a sweep of 50,000 cases', () => {
  // From the beginning of loading until the frontier chart is drawn. Where others use the machine
  // too, only the processor time of the page's thread is its own.
  it('can be used within 1.5 seconds', async () => {
    const [clock, processor] = [[], []];
    for (let i = 0; i < 3; ++i) {
      const page = await open(files.sweep);
      const session = await page.context().newCDPSession(page);
      await page.waitForSelector('.chart[data-drawn]');
      clock.push(Math.round(await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now())))))));
      await session.send('Performance.enable', {timeDomain: 'threadTicks'});
      await page.reload();
      await page.waitForSelector('.chart[data-drawn]');
      const {metrics} = await session.send('Performance.getMetrics');
      processor.push(Math.round(1000 * metrics.find((m) => m.name === 'TaskDuration').value));
      await page.context().close();
    }
    console.log(`drawn after ${clock.join(', ')} ms, ${processor.join(', ')} ms of them computing; load ${loadavg()[0]}`);
    assert.ok(Math.min(...processor) < 1500, `${processor}`);
    if (loadavg()[0] < 1) assert.ok(Math.min(...clock) < 1500, `${clock}`);
  });

  it('filters by the values of its axes', async () => {
    const page = await open(files.sweep);
    const filter = card(page, 'Filter');
    await filter.getByLabel('int8').uncheck();
    assert.equal((await filter.getByRole('status').innerText()).replace(/\s/g, ' '), '33 336 of 50 000 cases pass.');
    await filter.getByRole('group', {name: 'platform.memory.DRAM.bandwidth'}).getByLabel('to').selectOption('9');
    assert.equal((await filter.getByRole('status').innerText()).replace(/\s/g, ' '), '720 of 50 000 cases pass.');
    await page.context().close();
  });

  it('shows the settings of a case that is selected in the chart, or by keyboard in the table', async () => {
    const page = await open(files.sweep);
    const titles = () => page.locator('.chosen h3').allInnerTexts();
    const before = await titles();
    const chart = card(page, 'All cases').locator('.chart');
    await chart.scrollIntoViewIfNeeded();
    await page.waitForSelector('.chart[data-drawn]');
    const box = await chart.boundingBox();
    let picked = before;
    for (let i = 1; i < 40 && picked.join() === before.join(); ++i) {
      await page.mouse.click(box.x + 78 + (box.width - 96) * i / 40, box.y + 40 + (box.height - 90) * (1 - i / 40));
      picked = await titles();
    }
    assert.notDeepEqual(picked, before);
    const table = card(page, 'All that pass the filter');
    await table.getByRole('region').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal((await titles())[0], 'Case 1');
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it('changes its metrics', async () => {
    const page = await open(files.sweep);
    const chart = card(page, 'All cases');
    const before = await chart.locator('.note').innerText();
    await chart.getByLabel('Up').selectOption({label: 'accuracy'});
    assert.notEqual(await chart.locator('.note').innerText(), before);
    assert.match(await chart.locator('.note').innerText(), /more accuracy/);
    await page.context().close();
  });
});

describe('a sweep of a pipeline', () => {
  it('tells what each stage brought, and the requirements after the last', async () => {
    const page = await open(files.pipeline);
    const stages = card(page, 'What each stage brought');
    await tableOf(stages);
    assert.deepEqual(await stages.locator('tbody td:first-child').allInnerTexts(), ['start', 'narrow', 'quantize', 'ncnn']);
    assert.deepEqual(await stages.locator('tbody td:nth-child(3)').allInnerTexts(), ['', '\u00d70.445', '\u00d70.469', '\u00d71.94']);
    assert.match(await stages.locator('.badges').innerText(), /latency <= 3 ms: missed by 42 %/);
    await stages.getByLabel('Show').selectOption('accuracy');
    assert.match(await stages.locator('.note').first().innerText(), /accuracy from stage to stage/);
    await page.context().close();
  });
});

describe('an explanation', () => {
  it('gives no rate to layers without multiply-adds', async () => {
    const page = await open(files.explanation);
    const text = await card(page, 'All layers').locator('tbody').innerText();
    assert.match(text, /MMAC\/s/);
    assert.doesNotMatch(text, /\b0 MAC\/s/);
    await page.context().close();
  });
});

describe('an answer', () => {
  it('states the value, the sure one, and every value that was tried', async () => {
    const page = await open(files.solution);
    const {answer, sure_answer: sure, scan} = dataOf(files.solution);
    const stats = await page.locator('.stats').first().innerText();
    assert.ok(stats.includes(answer.value) && stats.includes(sure.value), stats);
    const along = card(page, 'Along the axis');
    await tableOf(along);
    assert.match(await along.getByRole('status').innerText(), new RegExp(`^${scan.length} rows$`));
    await page.context().close();
  });
});

describe('a requirement', () => {
  it('is a line at its value, not at a rounded one', async () => {
    const file = join(folder, 'small_times.html');
    roofbeam('solve', 'latency <= 5 ms', 'networks/mobilenet_v2_1.0_224.onnx', '-p', 'cortex-a78', '--vary', 'network.resolution=96,128,160,224', '--report', file);
    const page = await open(file);
    const {bytes} = await download(page, card(page, 'Along the axis').getByRole('button', {name: 'Save Along the axis as SVG'}));
    const svg = bytes.toString();
    const [, label] = /transform="translate\(\S+ ([\d.]+)\)"[^>]*>5 ms</.exec(svg);
    const [, line] = /<path d="M\S+ ([\d.]+)L[^>]*stroke-dasharray="6,4"/.exec(svg);
    assert.ok(Math.abs(label - line) < 1, `the label is at ${label}, the line at ${line}`);
    await page.context().close();
  });
});

describe('a validation', () => {
  it('looks at one group alone and back at all', async () => {
    const page = await open(files.validation);
    const groups = card(page, 'By what they have in common');
    const first = await groups.locator('tbody tr td').first().innerText();
    await groups.locator('tbody tr').first().click();
    assert.ok((await groups.locator('.controls [role=status]').innerText()).includes(first));
    await groups.getByRole('button', {name: 'Show all rows'}).click();
    assert.match(await groups.locator('.controls [role=status]').innerText(), /^Charts show all rows/);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
});

describe('an audit', () => {
  it('shows the claims of a verdict, and those with a word', async () => {
    const page = await open(files.audit);
    const shown = async () => page.locator('.finding').count();
    const {findings, summary} = dataOf(files.audit).audits[0];
    assert.equal(await shown(), summary.does_not_hold);
    const worst = Math.max(...findings.map((f) => f.factor ?? 1));
    assert.equal(await card(page, 'The gravest').locator('b').first().innerText(), `\u00d7${worst.toPrecision(3)}`);
    await page.getByRole('radio', {name: 'all', exact: true}).check();
    assert.equal(await shown(), findings.length);
    await page.getByRole('searchbox').fill('no such word anywhere');
    assert.equal(await shown(), 0);
    await page.context().close();
  });
});

describe('labels of an axis', () => {
  let page;
  before(async () => {
    page = await open(files.small);
    await load(page, 'views/ticks.ts');
  });
  after(() => page.context().close());
  const ticks = (kind, ruler) => page.evaluate(([k, r]) => loaded[k]({...r, text: (v) => `${Number(v.toPrecision(3))} ms`}), [kind, ruler]);

  it('are round values at equal distances, as dense as there is room', async () => {
    const even = (min, max, room, base) => ticks('evenTicks', {min, max, room, base});
    assert.deepEqual(await even(0, 10, 800), [0, 2, 4, 6, 8, 10]);
    assert.deepEqual(await even(0, 10, 240), [0, 5, 10]);
    assert.deepEqual(await even(-3, 12, 240), [0, 5, 10]);
    assert.deepEqual(await even(0, 7000, 800, 2), [0, 1024, 2048, 3072, 4096, 5120, 6144]);
    assert.deepEqual(await even(0, 7000, 300, 2), [0, 2048, 4096, 6144]);
  });

  it('are powers on a logarithmic axis, every so many where not all have room', async () => {
    const log = (min, max, room, base) => ticks('logTicks', {min, max, room, base});
    assert.deepEqual(await log(0.5, 20000, 800), [1, 10, 100, 1000, 10000]);
    assert.deepEqual(await log(0.5, 2e8, 300), [1, 1000, 1e6]);
    assert.deepEqual(await log(3, 60, 800), [5, 10, 20, 50]);
    assert.deepEqual(await log(2 ** 9, 2 ** 31, 260, 2), [2 ** 10, 2 ** 20, 2 ** 30]);
  });

  it('are at least three, closer together where they must be', async () => {
    for (let room = 190; room <= 1000; room += 90) {
      for (const max of [1, 3, 7, 11, 42, 999]) {
        assert.ok((await ticks('evenTicks', {min: 0, max, room})).length >= 3, `0 to ${max} in ${room} pixels`);
        assert.ok((await ticks('logTicks', {min: 1, max: 20 * max, room})).length >= 3, `1 to ${20 * max} in ${room} pixels`);
      }
    }
  });
});

describe('the source of the page', () => {
  it('has no wrong type', () => {
    const tsc = join(process.env.PAGE, 'node_modules/typescript/bin/tsc');
    const {status, stdout} = spawnSync(process.execPath, [tsc, '--noEmit'], {cwd: process.env.PAGE, encoding: 'utf-8'});
    assert.equal(stdout, '');
    assert.equal(status, 0);
  });
});

describe('a file', () => {
  it('without data is below 1.5 MB', () => {
    const data = JSON.stringify(dataOf(files.small)).length;
    assert.ok(statSync(files.small).size - data < 1.5e6);
  });

  it('of an unknown schema says so', async () => {
    const page = await open(pageWith(files.small, 'unknown.html', {schema: 'roofbeam.tomorrow/7'}));
    assert.match(await page.getByRole('alert').innerText(), /does not know reports of schema 'roofbeam.tomorrow\/7'/);
    await page.context().close();
  });
});
