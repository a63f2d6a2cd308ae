// Chromium, and pages in it that are watched: whatever they complain of or ask the network for is kept.
import {existsSync, mkdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';

const kBrowsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

function missing() {
  if (!existsSync(join(process.env.PAGE ?? '', 'node_modules/playwright-core'))) return 'the page was not built with npm';
  if (!kBrowsers.some(existsSync)) return 'there is no Chromium (Debian: chromium)';
  return '';
}

export const lacking = missing();
const require = createRequire(join(process.env.PAGE ?? '/', 'package.json'));
let browser;

export async function start() {
  const {chromium} = require('playwright-core');
  browser = await chromium.launch({executablePath: kBrowsers.find(existsSync), args: ['--no-sandbox']});
  mkdirSync(process.env.SHOTS, {recursive: true});
}

export const stop = () => browser?.close();
export const axeSource = () => require.resolve('axe-core');

export async function open(file, {width = 1440, scheme = 'light'} = {}) {
  const context = await browser.newContext({viewport: {width, height: 900}, colorScheme: scheme,
                                            permissions: ['clipboard-read', 'clipboard-write']});
  const page = await context.newPage();
  page.complaints = [];
  page.on('console', (m) => m.type() === 'log' || page.complaints.push(`console ${m.type()}: ${m.text()}`));
  page.on('pageerror', (error) => page.complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (url !== `file://${file}` && !/^(data|blob):/.test(url)) page.complaints.push(`request: ${url}`);
  });
  await page.goto(`file://${file}`);
  await page.waitForSelector('html[data-ready]');
  return page;
}

// Past everything, so that every chart comes into sight.
export async function scrollThrough(page) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let y = 0; y < height; y += 600) {
    await page.evaluate((top) => scrollTo({top, behavior: 'instant'}), y);
    await page.waitForTimeout(40);
  }
  await page.waitForFunction(() => [...document.querySelectorAll('.chart')].every((c) => c.dataset.drawn));
  await page.evaluate(() => scrollTo({top: 0, behavior: 'instant'}));
}

// A module of the page's source, as an object in an open page; what it says there depends on fonts.
export async function load(page, module) {
  const {outputFiles} = require('esbuild').buildSync({
    entryPoints: [join(process.env.PAGE, 'src', module)], bundle: true, write: false, format: 'iife', globalName: 'loaded'});
  await page.evaluate(`${outputFiles[0].text}\nwindow.loaded = loaded`);
}

export const shot = (page, name) =>
    page.screenshot({path: join(process.env.SHOTS, `${name}.png`), fullPage: true, timeout: 120000});

// The card whose title this is.
export const card = (page, title) =>
    page.locator('section.card', {has: page.getByRole('heading', {name: title, exact: true})}).first();

// The rows of a chart's table, once it is opened and filled.
export async function tableOf(chart) {
  await chart.locator('summary').click();
  await chart.locator('tbody tr').first().waitFor();
  return chart.locator('tbody tr');
}

export async function download(page, button) {
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const chunks = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk);
  return {name: file.suggestedFilename(), bytes: Buffer.concat(chunks)};
}
