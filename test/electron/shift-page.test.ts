import { expect, it } from 'vitest';
import { amount, ok } from '../../preload/contract/index.ts';
import { boss, createFakeShifts } from '../kit/fake-shifts.ts';
import { stagePage } from '../kit/page.ts';
import { noShift, openShiftOf, reportOf } from '../renderer/support/shift-samples.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { axeFindings, lookAtPage, picture } from '../support/electron-look.ts';
import { dialog, openDay, piecesOf, press } from '../support/electron-shift-page.ts';
import { memberField, words } from '../support/electron-till.ts';

// What the screens of the day do in each state that a main can bring about; the same with a real main: `shift.test.ts`. What is
// left of them: `shift-page.deep`.

const openPage = stagePage();

const soldCell = (tender: string | null, entries: number, principal: string, bonus = '0') => ({
  ...{ line: 'sale' as const, cashier: '', personId: null, tender, state: 'confirmed' as const },
  ...{ isReversal: false, entries, principal: amount(principal), bonus: amount(bonus), points: amount('0') },
});

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
  main.tell({ topics: { shift: openShiftOf({ isSinceYesterday: true }) } });
  await page.getByText(/Shift 12 is open since/).waitFor();
  main.tell({ topics: { shift: openShiftOf({ stage: 'counting' }) } });
  await page.getByRole('button', { name: words('shifts.note.acts.counting') }).click();
  await page.getByRole('heading', { name: words('shifts.count.title') }).waitFor();
});

it('opens a shift with an exact float within the cap, and is back at the till', async () => {
  const main = createFakeShifts({
    shift: {
      ...noShift,
      isUsed: true,
      lastClosed: 11,
      opening: { counted: amount('180.50'), shift: 11, uncounted: amount('0') },
    },
  });
  const page = await openDay(openPage, main);
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

it('says before the first shift what was sold already, by way to pay, and that the float is with it', async () => {
  const main = createFakeShifts({ shift: noShift });
  const before = [
    soldCell('cash', 18, '577.50'),
    soldCell('card', 3, '250', '25'),
    { ...soldCell('cash', 1, '10'), state: 'cancelled' as const },
  ];
  main.answer('shifts:before', () => ok({ before }));
  const page = await openDay(openPage, main);
  await page.getByText(words('shifts.before.ask_other', { count: '21', sum: 'S$827.50' })).waitFor();
  await untilFocus(page.getByLabel(words('shifts.open.float'), { exact: true }));
  for (const sum of ['S$577.50', 'S$250.00', 'S$25.00']) await page.getByText(sum).first().waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await picture(page, 'shift-sold-before');
  const report = { ...reportOf(), number: 1, fromSequence: 22, before };
  main.answer('shifts:report', () => ok({ report }));
  main.tell({ topics: { shift: openShiftOf({ number: 1 }) } });
  const told = page.getByRole('region', { name: words('shifts.before.title') });
  await told.getByText('S$577.50').waitFor();
  await page.getByRole('row', { name: /^Sold before the first shift 21 S\$827.50/ }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await picture(page, 'shift-report-sold-before');
});

it('tells a cashier no cash before the count, and a manager with their PIN', async () => {
  const page = await openDay(openPage, createFakeShifts({ shift: openShiftOf(), hasPeople: true }));
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

it('counts by keys and fingers, tells letters, asks once, and never says what should be there', async () => {
  const main = createFakeShifts({ shift: openShiftOf(), till: { tenders: ['cash', 'card', 'qr'] } });
  const page = await openDay(openPage, main);
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
  await lookAtPage(page, 'shift-count');
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
  await lookAtPage(page, 'shift-z');
});

it('is closed by a reason and a manager where the count is off', async () => {
  const main = createFakeShifts({ shift: openShiftOf({ stage: 'counting' }), hasPeople: true });
  const page = await openDay(openPage, main);
  await piecesOf(page, 'S$50.00').fill('12');
  await press(page, 'shifts.count.commit');
  await press(dialog(page), 'shifts.count.commit');
  await page
    .getByText(words('shifts.short', { sum: 'S$25.00' }))
    .first()
    .waitFor();
  await picture(page, 'shift-off');
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
  const page = await openDay(openPage, main);
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
  expect(main.asked('shifts:savePdf')).toMatchObject([{ number: 11, words: { locale: 'en' } }]);
});

it('tells beneath what is done what is no money of this drawer, also in a small window', async () => {
  const main = createFakeShifts();
  const page = await openPage(main);
  await memberField(page).waitFor();
  const sums = (entries: number, balance: string, point = '0') => ({
    ...{ entries, balance: amount(balance), bonus: amount('0'), point: amount(point) },
  });
  const { today } = main.snapshot();
  const beside = { takenUp: sums(2, '100') };
  main.tell({ topics: { today: { ...today, done: sums(21, '827.5'), ...beside } } });
  const tile = page
    .getByRole('region', { name: words('today.region') })
    .locator(':scope > *')
    .first();
  await tile.getByText('S$827.50').waitFor();
  await page.setViewportSize({ width: 1024, height: 700 });
  await tile.getByText('S$100.00').waitFor({ state: 'visible' });
  await picture(page, 'today-beside-what-is-done');
});
