// What HTML reports say where a platform states neither power nor energy; runs like report_test.mjs.
import assert from 'node:assert/strict';
import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';

import {card, download, lacking, open, scrollThrough, start, stop, tableOf} from './browser.mjs';
import {folder, roofbeam} from './data.mjs';

if (lacking) {
  console.log(`HTML reports are not tested: ${lacking}`);
  rmSync(folder, {recursive: true});
  process.exit(77);
}

const files = {};

before(async () => {
  const network = 'networks/resnet8_mlperftiny.onnx';
  const report = (kind, ...args) => {
    files[kind] = join(folder, `${kind}.html`);
    roofbeam(...args, '--report', files[kind]);
  };
  report('forecast', 'predict', network, '-p', 'allwinner-d1,cortex-m7');
  report('sweep', 'sweep', network, '-p', 'allwinner-d1,cortex-a78');
  report('comparison', 'compare', network, network, '-p', 'allwinner-d1', '--b-platform', 'cortex-m7');
  report('explanation', 'explain', network, '-p', 'allwinner-d1');
  await start();
});
after(async () => {
  await stop();
  rmSync(folder, {recursive: true});
});

describe('an energy that no platform states', () => {
  const opened = async (file) => {
    const page = await open(file);
    await scrollThrough(page);
    assert.doesNotMatch(await page.locator('body').innerText(), /(?<![\d.])0 [JW]\b|NaN|null/);
    assert.deepEqual(page.complaints, []);
    return page;
  };
  const texts = (place) => place.allInnerTexts();

  it('is unknown in a forecast: no zero, no bar, no choice', async () => {
    const page = await opened(files.forecast);
    assert.match(await page.locator('.notices').innerText(), /Energy unknown\s+allwinner-d1: charts and sums/);
    assert.match(await page.locator('.platform').first().innerText(), /energy\s+unknown\s+average power\s+unknown/);
    const parts = card(page, 'Energy in parts');
    assert.match(await parts.locator('.note').innerText(), /The energy of allwinner-d1 is unknown\.$/);
    const svg = (await download(page, parts.getByRole('button', {name: 'Save Energy in parts as SVG'}))).bytes.toString();
    assert.ok(svg.includes('>cortex-m7<') && !svg.includes('>allwinner-d1<'));
    const rows = await tableOf(parts);
    for (const order of ['descending', 'ascending']) {
      await parts.locator('th button').nth(1).click();
      assert.equal(await parts.locator('th[aria-sort]').getAttribute('aria-sort'), order);
      assert.match(await rows.last().innerText(), /^allwinner-d1\s+unknown\s+unknown/);
    }
    const choices = () => texts(card(page, 'Where it goes').getByLabel('Show').locator('option'));
    assert.deepEqual(await choices(), ['Latency', 'DRAM traffic', 'MACs']);
    assert.equal(await card(page, 'Energy').count(), 0);
    await page.locator('.platform input').nth(1).check();
    assert.deepEqual(await choices(), ['Latency', 'Energy', 'flash traffic', 'MACs']);
    assert.equal(await card(page, 'Energy').count(), 1);
    await page.context().close();
  });

  it('is not drawn in a sweep, which says of how many cases', async () => {
    const page = await opened(files.sweep);
    const chart = card(page, 'All cases');
    assert.match(await chart.locator('.note').innerText(), /Not drawn: 1 case of unknown energy\.$/);
    await chart.getByLabel('Up').selectOption({label: 'memory'});
    assert.doesNotMatch(await chart.locator('.note').innerText(), /Not drawn/);
    const table = card(page, 'All that pass the filter');
    await table.getByRole('button', {name: 'energy', exact: true}).click();
    assert.match(await table.locator('tbody tr').last().innerText(), /allwinner-d1.*unknown/s);
    await page.context().close();
  });

  it('is unknown in a comparison and in an explanation', async () => {
    const compared = await opened(files.comparison);
    assert.match(await compared.locator('.notices').innerText(), /allwinner-d1 states neither power nor energy of its engine 'cpu'/);
    assert.match(await card(compared, 'In numbers').locator('tbody').innerText(), /energy\s+unknown\s+19\.2 mJ\s+\u2013/);
    await compared.context().close();
    const explained = await opened(files.explanation);
    assert.match(await explained.locator('.stats').first().innerText(), /energy\s+unknown/);
    assert.equal(await explained.getByRole('radio', {name: 'energy'}).count(), 0);
    await explained.context().close();
  });
});
