// Pictures of a report for README.md: node pictures.mjs FOLDER, with ROOFBEAM, PAGE and SHOTS as
// report_test.mjs has them.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {card, lacking, open, scrollThrough, start, stop} from './browser.mjs';

const kWidth = 1440;
const kMargin = 16;

if (lacking) {
  console.error(`no pictures: ${lacking}`);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'roofbeam-'));
const report = join(folder, 'report.html');
spawnSync(process.env.ROOFBEAM, ['predict', 'networks/mobilenet_v2_1.0_224.onnx', '--report', report]);
await start();
for (const scheme of ['light', 'dark']) {
  const page = await open(report, {width: kWidth, scheme});
  await scrollThrough(page);
  const last = await card(page, 'Latency').boundingBox();
  const clip = {x: 0, y: 0, width: kWidth, height: last.y + last.height + kMargin};
  await page.screenshot({path: join(process.argv[2], `report_${scheme}.png`), clip, fullPage: true});
}
await stop();
rmSync(folder, {recursive: true});
