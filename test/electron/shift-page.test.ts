import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { amount, languages } from '../../preload/contract/index.ts';
import type { FakeMain } from '../kit/fake-main.ts';
import { boss, createFakeShifts } from '../kit/fake-shifts.ts';
import { stagePage } from '../kit/page.ts';
import { pseudoWords } from '../kit/pseudo-words.ts';
import { entryOf } from '../renderer/support/samples.ts';
import {
  listedOf,
  noShift,
  openShiftOf,
  proofOf,
  proofRow,
  reportOf,
} from '../renderer/support/shift-samples.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { axeFindings, picture } from '../support/electron-look.ts';
import { confirmButton, memberField, speak, words } from '../support/electron-till.ts';
import { english } from '../support/english.ts';

// What the screens of the day do in each state that a main can bring about; the same with a real main: `shift.test.ts`.

/** What Malay's place is taken by: words that are longer, which nobody speaks. */
const longer = pseudoWords(english, 0.4);
let isLonger = false;
const openPage = stagePage((path) =>
  isLonger && /\/ms-[^/]*\.js$/.test(path) ? `export default ${JSON.stringify(longer)}` : null,
);

const press = (within: Page | Locator, key: string) =>
  within.getByRole('button', { name: words(key), exact: true }).click();
const dialog = (page: Page): Locator => page.getByRole('dialog');
const piecesOf = (page: Page, value: string): Locator => page.getByLabel(value, { exact: true });

async function openDay(main: FakeMain): Promise<Page> {
  const page = await openPage(main);
  await memberField(page).waitFor();
  await page.keyboard.press('F4');
  await page
    .getByRole('navigation', { name: words('shifts.tabs.label') })
    .or(page.getByRole('heading', { level: 1 }))
    .first()
    .waitFor();
  return page;
}

const sizes = [
  { width: 800, height: 560 },
  { width: 1024, height: 700 },
  { width: 1440, height: 900 },
] as const;

/** The till with what it says of a shift: its confirm button stays in view. */
async function lookAtTill(page: Page, what: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    await picture(page, `shift-till-${what}-${size.width}`);
    const box = await confirmButton(page).boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? size.height), `${what} at ${size.width}`).toBeLessThanOrEqual(
      size.height,
    );
  }
  expect(await axeFindings(page)).toEqual([]);
}

it('says nothing of shifts at a till that never opened one, and quietly which one is open', async () => {
  const main = createFakeShifts();
  const page = await openPage(main);
  await memberField(page).waitFor();
  await expect(page.getByText(words('shifts.note.none')).count()).resolves.toBe(0);
  main.tell({ topics: { shift: { ...noShift, isUsed: true, lastClosed: 11 } } });
  await page.getByText(words('shifts.note.none')).waitFor();
  main.tell({ topics: { shift: { ...noShift, isUsed: true, enteredOutside: 3 } } });
  await page.getByText(words('shifts.note.outside_other', { count: '3' })).waitFor();
  main.tell({ topics: { shift: openShiftOf() } });
  await page.getByText(/Shift 12 · since .* · Mei/).waitFor();
  await expect(page.getByText(words('shifts.note.none')).count()).resolves.toBe(0);
  await lookAtTill(page, 'open');
  main.tell({ topics: { shift: openShiftOf({ isSinceYesterday: true }) } });
  await page.getByText(/Shift 12 is open since/).waitFor();
  await lookAtTill(page, 'old');
  main.tell({ topics: { shift: openShiftOf({ stage: 'counting' }) } });
  await press(page, 'shifts.note.acts.counting');
  await page.getByRole('heading', { name: words('shifts.count.title') }).waitFor();
});

it('opens a shift with an exact float within the cap, and is back at the till', async () => {
  const main = createFakeShifts({
    shift: { ...noShift, isUsed: true, lastClosed: 11, lastCounted: amount('180.50') },
  });
  const page = await openDay(main);
  const float = page.getByLabel(words('shifts.open.float'), { exact: true });
  await untilFocus(float);
  await press(page, 'shifts.open.act');
  await page.getByText(words('shifts.sums.missing')).waitFor();
  await float.fill('two hundred');
  await page.getByText(words('shifts.sums.wrong', { sample: '12.50' })).waitFor();
  expect(main.asked('shifts:open')).toEqual([]);
  await float.fill('2500');
  await float.press('Enter');
  await page.getByRole('alert').getByText('S$2,000.00').waitFor();
  await picture(page, 'shift-float-above-the-cap');
  await page.getByRole('button', { name: words('shifts.open.take', { sum: 'S$180.50' }) }).click();
  expect(await float.inputValue()).toBe('180.50');
  await press(page, 'shifts.open.act');
  await untilFocus(memberField(page));
  expect(main.asked('shifts:open').at(-1)).toEqual({ float: '180.50', drawer: 'own' });
});

it('opens one whose drawer is counted elsewhere, and closes it without a count', async () => {
  const main = createFakeShifts();
  const page = await openDay(main);
  await page.getByRole('radio', { name: words('shifts.open.drawers.elsewhere') }).check();
  await page.getByText(words('shifts.open.elsewhere')).waitFor();
  await press(page, 'shifts.open.act');
  await untilFocus(memberField(page));
  await page.keyboard.press('F4');
  await press(page, 'shifts.open.close');
  await press(dialog(page), 'shifts.outcome.acts.close');
  await page.getByRole('region', { name: words('shifts.ticket.region') }).waitFor();
  expect(main.asked('shifts:close')).toEqual([{ reason: null }]);
});

it('tells a cashier no cash before the count, and a manager with their PIN', async () => {
  const page = await openDay(createFakeShifts({ shift: openShiftOf(), hasPeople: true }));
  await page.getByText(words('shifts.blind.what')).waitFor();
  await page.getByText('S$310.00').first().waitFor();
  // Nothing is said to be settled or taken that is not seen.
  await expect(page.getByText(words('shifts.tiles.allSettled')).count()).resolves.toBe(0);
  await page.getByText(words('shifts.tiles.withoutCash')).first().waitFor();
  // What should be there, what of it was taken, and what all of it comes to.
  for (const sum of ['S$625.00', 'S$480.00', 'S$460.00', 'S$760.00']) {
    await expect(page.getByText(sum).count(), sum).resolves.toBe(0);
  }
  await press(page, 'shifts.blind.whole');
  await dialog(page)
    .getByLabel(words('people.pinOf', { name: boss.name }))
    .fill('000000');
  await press(dialog(page), 'shifts.blind.act');
  await dialog(page).getByText(words('errors.person-pin-wrong')).waitFor();
  await dialog(page)
    .getByLabel(words('people.pinOf', { name: boss.name }))
    .fill(boss.pin);
  await press(dialog(page), 'shifts.blind.act');
  await page.getByText('S$625.00').first().waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await picture(page, 'shift-x');
});

it('takes money out with a manager beside the cashier, once, and lets anybody put some in', async () => {
  const main = createFakeShifts({ shift: openShiftOf(), hasPeople: true });
  const page = await openDay(main);
  await press(page, 'shifts.moves.paid-out.open');
  await press(dialog(page), 'shifts.moves.paid-out.act');
  await dialog(page).getByText(words('shifts.reasonMissing')).waitFor();
  await dialog(page).getByLabel(words('shifts.moves.sum')).fill('twenty');
  await dialog(page)
    .getByText(words('shifts.sums.wrong', { sample: '12.50' }))
    .waitFor();
  await dialog(page).getByLabel(words('shifts.moves.sum')).fill('25');
  await dialog(page).getByLabel(words('shifts.moves.reason')).fill('Milk');
  expect(main.asked('shifts:move')).toEqual([]);
  const pin = dialog(page).getByLabel(words('people.pinOf', { name: boss.name }));
  await pin.fill('000000');
  await press(dialog(page), 'shifts.moves.paid-out.act');
  await dialog(page).getByText(words('errors.person-pin-wrong')).waitFor();
  expect(await dialog(page).getByLabel(words('shifts.moves.sum')).inputValue()).toBe('25');
  await pin.fill(boss.pin);
  await picture(page, 'shift-paid-out');
  await press(dialog(page), 'shifts.moves.paid-out.act');
  await dialog(page).waitFor({ state: 'detached' });
  const [refused, moved] = main.asked('shifts:move');
  expect(moved).toMatchObject({
    kind: 'paid-out',
    amount: '25',
    reason: 'Milk',
    approval: { person: boss.id },
  });
  expect(refused?.requestId).toBe(moved?.requestId);
  // The figures are those after it.
  await expect.poll(() => main.asked('shifts:report').length).toBe(2);
  await press(page, 'shifts.moves.paid-in.open');
  await dialog(page).getByLabel(words('shifts.moves.sum')).fill('50');
  await dialog(page).getByLabel(words('shifts.moves.reason')).fill('Change from the bank');
  expect(await dialog(page).locator('input[type=password]').count()).toBe(0);
  await press(dialog(page), 'shifts.moves.paid-in.act');
  await dialog(page).waitFor({ state: 'detached' });
});

it('counts by keys and fingers, tells letters, asks once, and never says what should be there', async () => {
  const main = createFakeShifts({ shift: openShiftOf(), till: { tenders: ['cash', 'card', 'qr'] } });
  const page = await openDay(main);
  await press(page, 'shifts.open.count');
  await untilFocus(piecesOf(page, 'S$1,000.00'));
  await page.keyboard.press('Enter');
  await page.keyboard.type('6');
  await page.keyboard.press('Enter');
  await untilFocus(piecesOf(page, 'S$50.00'));
  await page.keyboard.press('ArrowUp');
  await page.getByRole('button', { name: words('shifts.count.more', { value: 'S$10.00' }) }).click();
  await piecesOf(page, 'S$5.00').fill('five');
  await page.getByText(words('shifts.count.problems.pieces')).waitFor();
  const commit = page.getByRole('button', { name: words('shifts.count.commit') });
  expect(await commit.isDisabled()).toBe(true);
  await page.getByText('S$660.00').waitFor();
  await piecesOf(page, 'S$5.00').fill('3');
  await page.getByRole('button', { name: words('shifts.count.less', { value: 'S$50.00' }) }).click();
  await page.getByLabel(words('tenders.card'), { exact: true }).fill('310');
  await page.getByLabel(words('shifts.count.rest')).fill('2.40');
  await page.getByText('S$627.40').waitFor();
  await expect(page.getByText('S$625.00').count()).resolves.toBe(0);
  expect(await axeFindings(page)).toEqual([]);
  await picture(page, 'shift-count');
  await commit.click();
  await dialog(page).getByText('QR code').waitFor();
  await press(dialog(page), 'shifts.commit.goOn');
  expect(main.asked('shifts:commitCount')).toEqual([]);
  await commit.click();
  await press(dialog(page), 'shifts.count.commit');
  // A little off: the shop asks no reason.
  await page
    .getByText(words('shifts.over', { sum: 'S$2.40' }))
    .first()
    .waitFor();
  expect(main.asked('shifts:commitCount')).toEqual([
    {
      count: {
        pieces: [
          { value: '100', pieces: 6 },
          { value: '10', pieces: 1 },
          { value: '5', pieces: 3 },
          { value: '2.40', pieces: 1 },
        ],
        tenders: [{ tender: 'card', sum: '310' }],
      },
    },
  ]);
  await press(page, 'shifts.outcome.acts.close');
  await page.getByRole('region', { name: words('shifts.ticket.region') }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await picture(page, 'shift-z');
});

it('goes on counting after a power cut, and back to selling where nothing is committed', async () => {
  const main = createFakeShifts({ shift: openShiftOf({ stage: 'counting' }) });
  const page = await openDay(main);
  await piecesOf(page, 'S$50.00').fill('12');
  await page.getByLabel(words('shifts.count.rest')).fill('7.35');
  await expect.poll(() => main.picture().shift.open?.countSoFar?.pieces.length).toBe(2);
  const cut = createFakeShifts({ shift: main.picture().shift });
  const again = await openDay(cut);
  await again.getByText(words('shifts.count.resumed')).waitFor();
  expect(await piecesOf(again, 'S$50.00').inputValue()).toBe('12');
  expect(await again.getByLabel(words('shifts.count.rest')).inputValue()).toBe('7.35');
  await again.getByText('S$607.35').waitFor();
  await press(again, 'shifts.count.leave');
  await untilFocus(memberField(again));
  expect(cut.picture().shift.open?.stage).toBe('open');
  // Sold in between: the count goes on with what was typed.
  await again.keyboard.press('F4');
  await press(again, 'shifts.open.count');
  await again.getByText('S$607.35').waitFor();
});

it('is counted once more where it is off, and then closed by a reason and a manager', async () => {
  const main = createFakeShifts({ shift: openShiftOf({ stage: 'counting' }), hasPeople: true });
  const page = await openDay(main);
  const count = async (fifties: string) => {
    await piecesOf(page, 'S$50.00').fill(fifties);
    await press(page, 'shifts.count.commit');
    await press(dialog(page), 'shifts.count.commit');
  };
  await count('12');
  const short = page.getByText(words('shifts.short', { sum: 'S$25.00' }));
  await page.getByText(words('shifts.outcome.leads.recount')).waitFor();
  expect(await short.count()).toBe(0);
  await picture(page, 'shift-off');
  await press(page, 'shifts.outcome.acts.recount');
  await page.getByRole('heading', { name: words('shifts.count.again') }).waitFor();
  await count('12');
  await short.first().waitFor();
  await press(page, 'shifts.outcome.acts.reason');
  await press(dialog(page), 'shifts.outcome.acts.close');
  await dialog(page).getByText(words('shifts.reasonMissing')).waitFor();
  await dialog(page).getByLabel(words('shifts.moves.reason')).fill('Wrong change at noon');
  await dialog(page)
    .getByLabel(words('people.pinOf', { name: boss.name }))
    .fill('111111');
  await press(dialog(page), 'shifts.outcome.acts.close');
  await dialog(page).getByText(words('errors.person-pin-wrong')).waitFor();
  await dialog(page)
    .getByLabel(words('people.pinOf', { name: boss.name }))
    .fill(boss.pin);
  await picture(page, 'shift-reason');
  await press(dialog(page), 'shifts.outcome.acts.close');
  await page.getByRole('region', { name: words('shifts.ticket.region') }).waitFor();
  expect(main.asked('shifts:close').at(-1)).toMatchObject({ reason: 'Wrong change at noon' });
});

it('lists closed shifts, opens each as it was frozen, and says what a file came to', async () => {
  const main = createFakeShifts({ shift: openShiftOf() });
  const page = await openDay(main);
  await press(page, 'shifts.tabs.closed');
  const list = page.getByRole('table', { name: words('shifts.closed.title') });
  await list.getByText(words('shifts.short', { sum: 'S$5.00' })).waitFor();
  await press(page, 'shifts.closed.more');
  await list.getByText(words('shifts.closed.shift', { number: '4' })).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await picture(page, 'shift-closed');
  await list.getByRole('button', { name: /^Shift 11\b/ }).click();
  await page.getByRole('heading', { name: words('shifts.zTitle', { number: '11' }) }).waitFor();
  await press(page, 'shifts.acts.pdf');
  await page.getByText(words('shifts.acts.told.saved')).waitFor();
  await press(page, 'shifts.acts.csv');
  await page.getByRole('alert').getByText(words('errors.file-not-saved')).waitFor();
  expect(main.asked('shifts:savePdf')).toEqual([{ number: 11 }]);
});

it('reads the day by hour with the keyboard, and to a screen reader as a table', async () => {
  const main = createFakeShifts({ shift: openShiftOf({ drawer: 'elsewhere' }) });
  const page = await openDay(main);
  const chart = page.getByRole('group', { name: words('shifts.chart.title') });
  await chart.getByRole('img').first().focus();
  await page.keyboard.press('ArrowRight');
  await untilFocus(chart.getByRole('img', { name: /^10:00/ }));
  await page.keyboard.press('End');
  await untilFocus(chart.getByRole('img', { name: /^17:00/ }));
  const table = page.getByRole('table', { name: words('shifts.chart.title') });
  expect(await table.locator('tbody').getByRole('row').count()).toBe(9);
  await page.keyboard.press('Tab');
  expect(
    await chart.getByRole('img').evaluateAll((bars) => bars.some((bar) => bar === document.activeElement)),
  ).toBe(false);
});

it('shows each cent by three witnesses, and leads from a row to its entry', async () => {
  const main = createFakeShifts({ shift: openShiftOf() });
  const entry = entryOf({ id: 'e1', reference: '0031', state: 'confirmed', canCancel: false });
  main.answer('entries:search', () => ({ ok: true, value: { entries: [entry] } }));
  const page = await openDay(main);
  await press(page, 'shifts.acts.proof');
  await dialog(page).getByLabel(words('manager.pin')).fill(boss.pin);
  await press(dialog(page), 'shifts.proof.act');
  const verdict = page.getByRole('region', { name: words('shifts.proof.verdict') });
  await verdict.getByText('S$820.00').waitFor();
  await verdict.getByText(words('shifts.proof.verdicts.open')).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await picture(page, 'shift-proof');
  const rows = page
    .getByRole('table', { name: words('shifts.proof.rows') })
    .locator('tbody')
    .getByRole('row');
  await page.getByRole('button', { name: new RegExp(words('shifts.proof.statuses.waiting')) }).click();
  await expect.poll(() => rows.count()).toBe(1);
  await page.getByRole('button', { name: new RegExp(words('shifts.proof.statuses.waiting')) }).click();
  await rows.filter({ hasText: '0031' }).getByRole('button').click();
  await dialog(page).getByText('Tan Mei Ling').first().waitFor();
});

it('draws of thousands of entries what can be seen', async () => {
  const main = createFakeShifts({ shift: openShiftOf() });
  const unsettled = Array.from({ length: 2_000 }, (_, at) =>
    listedOf({ id: `e${at}`, reference: String(at) }),
  );
  main.answer('shifts:report', () => ({ ok: true, value: { report: reportOf({ unsettled, unlisted: 7 }) } }));
  main.answer('shifts:proof', () => ({
    ok: true,
    value: { proof: proofOf({ rows: unsettled.map(({ id, reference }) => proofRow({ id, reference })) }) },
  }));
  const page = await openDay(main);
  const table = page.getByRole('table', { name: words('shifts.lists.unsettled') });
  await table.waitFor();
  expect(await table.getAttribute('aria-rowcount')).toBe('2001');
  expect(await table.getByRole('row').count()).toBeLessThan(100);
  await page.getByText(words('shifts.unlisted_other', { count: '7' })).waitFor();
});

it('prints the report where there is a printer', async () => {
  const main = createFakeShifts({ shift: openShiftOf() });
  const page = await openDay(main);
  await page.getByRole('button', { name: words('shifts.acts.pdf') }).waitFor();
  await expect(page.getByRole('button', { name: words('shifts.acts.print') }).count()).resolves.toBe(0);
  main.tell({ topics: { receipts: { ...main.picture().receipts, printer: 'network' } } });
  await press(page, 'shifts.acts.print');
  await page.getByText(words('shifts.acts.told.printed')).waitFor();
  expect(main.asked('shifts:print')).toEqual([{ number: null }]);
});

it('does nothing to the shift of another till that these records came with', async () => {
  const main = createFakeShifts({ shift: { ...noShift, otherTill: 'Counter 2' } });
  const page = await openPage(main);
  await page.getByText(words('shifts.note.other', { till: 'Counter 2' })).waitFor();
  await press(page, 'shifts.note.acts.other');
  await page.getByText(words('shifts.note.other', { till: 'Counter 2' })).waitFor();
  await page.getByLabel(words('shifts.open.float'), { exact: true }).fill('100');
  await press(page, 'shifts.open.act');
  await untilFocus(memberField(page));
  await page.getByText(/Shift 12 · since/).waitFor();
});

it('tells why there is no report, and shows none that is old', async () => {
  const main = createFakeShifts({ shift: openShiftOf() });
  main.answer('shifts:report', () => ({ ok: false, error: { code: 'database-failed' } }));
  const page = await openDay(main);
  await page.getByRole('alert').getByText(words('errors.database-failed')).waitFor();
});

/** Words that run out of what they stand in. */
const cutOff = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => [
    ...(document.documentElement.scrollWidth > innerWidth ? ['the page is too wide'] : []),
    ...[...document.querySelectorAll('button, label, legend, dt, dd')]
      .filter((element) => element.checkVisibility({ opacityProperty: true }))
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1)
      .map((element) => `${element.tagName} ${element.textContent} is cut off`),
  ]);

it.each([...languages, 'longer'] as const)('fits in %s, in every size and both schemes', async (spoken) => {
  isLonger = spoken === 'longer';
  const language = spoken === 'longer' ? 'ms' : spoken;
  speak(isLonger ? longer : language);
  const main = createFakeShifts({
    shift: openShiftOf({ drawer: 'elsewhere' }),
    till: { language: `${language}-SG`, tenders: ['cash', 'card', 'qr', 'transfer'] },
  });
  const page = await openDay(main);
  const lookAt = async (what: string) => {
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await picture(page, `shift-${what}-${spoken}-${size.width}-${colorScheme}`);
      }
      expect(await cutOff(page), `${what} at ${size.width}`).toEqual([]);
    }
  };
  await page.getByRole('region', { name: words('shifts.chart.title') }).waitFor();
  await lookAt('report');
  await press(page, 'shifts.acts.proof');
  await dialog(page).locator('input[type=password]').fill(boss.pin);
  await press(dialog(page), 'shifts.proof.act');
  await page.getByRole('region', { name: words('shifts.proof.verdict') }).waitFor();
  await lookAt('proof');
  main.tell({ topics: { shift: openShiftOf({ stage: 'counting' }) } });
  await press(page, 'shifts.tabs.shift');
  await page.getByRole('group', { name: words('shifts.count.cash') }).waitFor();
  await lookAt('counting');
});
