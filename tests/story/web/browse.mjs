// SPDX-License-Identifier: Apache-2.0
// An analyst's walk in Debian's Chromium: first page, a search, the next page of results, a capture, a mistake.
//   node browse.mjs ORIGIN QUERY [FOLDER FOR SCREENSHOTS]
// Prints what a test has to judge as one JSON object. Exit 0 whenever the walk itself was possible.
import { chromium } from 'playwright-core';

const [origin, query, pictures] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--no-first-run'],
});
const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1200, height: 900 } });
const page = await context.newPage();

const report = { foreign_requests: [], complaints: [], failed: [] };
page.on('request', (request) => {
  if (!request.url().startsWith(origin + '/')) report.foreign_requests.push(request.url());
});
page.on('console', (message) => { // content-security-policy violations among them
  // A query that cannot be read is answered with 400 and a page: Chromium reports the status, which is as it should be.
  if (!message.text().includes('status of 400')) report.complaints.push(message.text());
});
page.on('response', (response) => {
  if (response.status() >= 500) report.failed.push(`${response.status()} ${response.url()}`);
});
const picture = async (name) => {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
};
const ask = async (text) => {
  await page.fill('input[name=q]', text);
  await page.press('input[name=q]', 'Enter'); // keyboard only
  await page.waitForLoadState();
};

await page.goto(origin + '/');
report.home_title = await page.title();
await picture('home');

await ask(query);
report.address_after_search = page.url();
report.cards = await page.locator('ol.cards > li').count();
await picture('results');
const next = page.locator('nav.pages button', { hasText: 'Next' });
report.has_next = (await next.count()) > 0;
if (report.has_next) {
  await next.click();
  await page.waitForLoadState();
  report.cards_of_second_page = await page.locator('ol.cards > li').count();
}

await page.locator('ol.cards a[href^="/capture/"]').first().click();
await page.waitForLoadState();
report.capture_address = page.url();
report.capture_text = await page.locator('main').innerText();
report.onion_links = await page.locator('a[href*=".onion"]').count();
await picture('capture');

await page.goto(origin + '/');
await ask('vendr:somebody');
report.mistake = await page.locator('#mistake').innerText().catch(() => '');
await picture('mistake');

await browser.close();
console.log(JSON.stringify(report));
