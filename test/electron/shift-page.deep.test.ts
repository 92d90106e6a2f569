import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { amount, languages } from '../../preload/contract/index.ts';
import { boss, createFakeShifts } from '../kit/fake-shifts.ts';
import { stagePage } from '../kit/page.ts';
import { pseudoWords } from '../kit/pseudo-words.ts';
import { closedReport, openShiftOf, tenderOf } from '../renderer/support/shift-samples.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { axeFindings, picture } from '../support/electron-look.ts';
import { dialog, openDay, piecesOf, press, sizes } from '../support/electron-shift-page.ts';
import { confirmButton, memberField, speak, words } from '../support/electron-till.ts';
import { english } from '../support/english.ts';

/** What Malay's place is taken by: words that are longer, which nobody speaks. */
const longer = pseudoWords(english, 0.4);

let isLonger = false;

const openPage = stagePage((path) =>
  isLonger && /\/ms-[^/]*\.js$/.test(path) ? `export default ${JSON.stringify(longer)}` : null,
);

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

it('keeps the till’s confirm button in view under what is said of a shift', async () => {
  const main = createFakeShifts({ shift: openShiftOf() });
  const page = await openPage(main);
  await page.getByText(/Shift 12 · since .* · Mei/).waitFor();
  await lookAtTill(page, 'open');
  main.tell({ topics: { shift: openShiftOf({ isSinceYesterday: true }) } });
  await page.getByText(/Shift 12 is open since/).waitFor();
  await lookAtTill(page, 'old');
});

it('opens one whose drawer is counted elsewhere, and closes it without a count', async () => {
  const main = createFakeShifts();
  const page = await openDay(openPage, main);
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

it('takes money out with a manager beside the cashier, once, and lets anybody put some in', async () => {
  const main = createFakeShifts({ shift: openShiftOf(), hasPeople: true });
  const page = await openDay(openPage, main);
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

it('goes on counting after a power cut, and back to selling where nothing is committed', async () => {
  const main = createFakeShifts({ shift: openShiftOf({ stage: 'counting' }) });
  const page = await openDay(openPage, main);
  await piecesOf(page, 'S$50.00').fill('12');
  await page.getByLabel(words('shifts.count.rest')).fill('7.35');
  await expect.poll(() => main.snapshot().shift.open?.countSoFar?.pieces.length).toBe(2);
  const cut = createFakeShifts({ shift: main.snapshot().shift });
  const again = await openDay(openPage, cut);
  await again.getByText(words('shifts.count.resumed')).waitFor();
  expect(await piecesOf(again, 'S$50.00').inputValue()).toBe('12');
  expect(await again.getByLabel(words('shifts.count.rest')).inputValue()).toBe('7.35');
  await again.getByText('S$607.35').waitFor();
  await press(again, 'shifts.count.leave');
  await untilFocus(memberField(again));
  expect(cut.snapshot().shift.open?.stage).toBe('open');
  // Sold in between: the count goes on with what was typed.
  await again.keyboard.press('F4');
  await press(again, 'shifts.open.count');
  await again.getByText('S$607.35').waitFor();
});

it('reads the day by hour with the keyboard, and to a screen reader as a table', async () => {
  const main = createFakeShifts({ shift: openShiftOf({ drawer: 'elsewhere' }) });
  const page = await openDay(openPage, main);
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

it('says of what was paid another way than was entered that both differ, though it adds up', async () => {
  const [expected, cash] = [amount('625.00'), amount('575.00')];
  const variances = [
    { tender: 'cash', expected, counted: cash, variance: amount('-50.00') },
    { tender: 'card', expected: cash, counted: expected, variance: amount('50.00') },
  ];
  const outcome = { next: 'reason', variances } as const;
  const main = createFakeShifts({ shift: openShiftOf({ stage: 'counted', outcome }) });
  const tenders = variances.map((row) => tenderOf(row));
  main.answer('shifts:report', () => ({
    ok: true,
    value: { report: closedReport('575.00', '-50.00', { tenders }) },
  }));
  const page = await openDay(openPage, main);
  const off = (['short', 'over'] as const).map((how, at) =>
    words('shifts.offBy', {
      tender: words(`tenders.${at === 0 ? 'cash' : 'card'}`),
      off: words(`shifts.${how}`, { sum: 'S$50.00' }),
    }),
  );
  const both = off.join(words('app.separator'));
  await page.getByText(both, { exact: true }).waitFor();
  await press(page, 'shifts.outcome.acts.reason');
  await dialog(page)
    .getByText(words('shifts.close.reason.lead', { off: both }))
    .waitFor();
  await dialog(page).getByLabel(words('shifts.moves.reason')).fill('Card was pressed for cash');
  await dialog(page).locator('input[type=password]').fill(boss.pin);
  await press(dialog(page), 'shifts.outcome.acts.close');
  await page
    .getByRole('region', { name: words('shifts.ticket.region') })
    .getByText(both)
    .waitFor();
  // The drawer's own figure is of its cash.
  await page
    .getByText(words('shifts.short', { sum: 'S$50.00' }), { exact: true })
    .first()
    .waitFor();
  expect(await axeFindings(page)).toEqual([]);
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
  const page = await openDay(openPage, main);
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
  main.tell({ topics: { shift: openShiftOf({ stage: 'counting' }) } });
  await page.getByRole('group', { name: words('shifts.count.cash') }).waitFor();
  await lookAt('counting');
});
