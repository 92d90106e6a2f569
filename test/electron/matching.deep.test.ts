import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { amount, zeroAmount } from '../../preload/contract/index.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { storeTimeZone } from '../kit/store-time-zone.ts';
import { type OpenApp, openTill, testFolder } from '../support/electron-app.ts';
import { look, picture } from '../support/electron-look.ts';
import {
  addUp,
  button,
  cell,
  fillLog,
  ledgerOf,
  playDay,
  progress,
  sumsOf,
} from '../support/electron-matching.ts';
import {
  dayField,
  givePin,
  managerPin,
  openFromMenu,
  pressWithPin,
  untilText,
  words,
} from '../support/electron-till.ts';

const log = 'queryAllRechargeLogs';

/** The match goes into a file: all four piles, and the sums that the page tells. */
async function exportTo({ app, page }: OpenApp, all: string): Promise<void> {
  const file = join(testFolder(), 'match.csv');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await button(page, words('matching.export.open')).click();
  await page.getByRole('dialog').getByText(words('find.export.form.programs'), { exact: true }).click();
  await pressWithPin(page.getByRole('dialog'), words('find.export.action'));
  await untilText(page.getByRole('dialog', { name: words('find.export.doneTitle') }), /334/);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const text = readFileSync(file, 'utf8');
  expect(text.startsWith('\ufeffitem,pile,reason,')).toBe(true);
  expect(text).toContain(words('matching.reasons.waiting').slice(0, 20));
  expect(text).not.toContain(meiLing.number);
  const below = text.split('\r\n').filter((line) => /^,[a-z-]+,sum,/.test(line));
  expect(below).toHaveLength(5);
  expect(below.at(-1)).toContain(`,${all},`);
}

/** The day's report tells of it beside its own figures. */
async function readOnReport(open: OpenApp): Promise<void> {
  const { page } = open;
  await page.keyboard.press('Escape');
  await openFromMenu(page, 'shift');
  await page.getByLabel(words('shifts.open.float'), { exact: true }).fill('100');
  await button(page, words('shifts.open.act')).click();
  await openFromMenu(page, 'shift');
  const card = page.getByRole('region', { name: words('shifts.match.title') });
  await untilText(card, words('shifts.match.matched', { matched: '1', all: '3' }));
  await untilText(card, words('shifts.match.called.only-kybio_other', { count: '331' }));
  await card.scrollIntoViewIfNeeded();
  await picture(page, 'matching-on-report');
  // From there it is matched again, and while the drawer is to be counted blind no sum is told.
  await card.getByRole('button', { name: words('shifts.match.act'), exact: true }).click();
  await untilText(page.getByRole('main'), words('matching.blind'));
}

it('a manager matches the day with KYBIO’s log, in spite of a network that goes in the middle', async () => {
  const store = await startPracticeStore({
    ...{ storeTimeZone, profile: { keepsRechargeLog: true, logCarriesDataChangeTime: true } },
  });
  fillLog(store);
  const open = await openTill(store, { managerPin });
  const { page, complaints } = open;
  await playDay(page, store);

  await openFromMenu(page, 'match');
  await untilText(page.getByRole('main'), words('matching.log.not-asked'));
  await untilText(page.getByRole('main'), /About 1 call to KYBIO\..* are reserved for top-ups/);
  await look(open, 'matching-before');
  expect(store.calls().filter(({ method }) => method === log)).toHaveLength(0);
  const day = dayField(page, 'matching.day').getByRole('spinbutton').first();
  await day.press('Backspace');
  await day.press('Backspace');
  await expect.poll(() => button(page, words('matching.start')).isDisabled()).toBe(true);
  await button(page, words('matching.today')).click();
  await button(page, words('matching.start')).click();
  await givePin(page, words('matching.start'));

  await untilText(progress(page), /[123]00 rows/);
  await store.setPlug(false);
  await untilText(progress(page), words('matching.whys.network'));
  await look(open, 'matching-without-network');
  await store.setPlug(true);
  await untilText(progress(page), words('matching.states.done'));
  expect(store.calls().filter(({ method }) => method === log)).toHaveLength(4);

  const ledger = ledgerOf(store);
  await page.getByRole('table', { name: words('matching.sums') }).waitFor();
  const none = cell(0, zeroAmount);
  expect(await sumsOf(page, words('matching.piles.matched'))).toEqual([
    cell(1, amount('50')),
    cell(1, amount('50')),
  ]);
  expect(await sumsOf(page, words('matching.piles.only-ours'))).toEqual([cell(1, amount('7')), none]);
  expect(await sumsOf(page, words('matching.piles.only-kybio'))).toEqual([none, ledger.office]);
  expect(await sumsOf(page, words('matching.piles.unclear'))).toEqual([
    cell(1, amount('20')),
    cell(1, amount('20')),
  ]);
  expect(await sumsOf(page, words('matching.all'))).toEqual([cell(3, amount('77')), ledger.all]);

  await untilText(page.getByRole('main'), words('matching.reasons.waiting'));
  const tile = (pile: string) =>
    page
      .getByRole('group', { name: words('matching.choose') })
      .getByRole('button', { name: words(`matching.piles.${pile}`) });
  await tile('only-kybio').click();
  const pile = page.getByRole('region', { name: words('matching.piles.only-kybio'), exact: true });
  await untilText(pile, words('matching.reasons.member-unknown'));
  await untilText(pile, 'Anna');
  await look(open, 'matching-piles');
  await pile.scrollIntoViewIfNeeded();
  await page.getByText('Anna').scrollIntoViewIfNeeded();
  await picture(page, 'matching-pile');
  await button(page, words('matching.more')).click();
  await untilText(pile, words('matching.shown', { shown: '100', all: '331' }));
  await tile('unclear').click();
  await untilText(page.getByRole('main'), words('matching.reasons.found-while-open'));
  await page.getByRole('button', { name: /0002 · / }).click();
  await page.getByRole('dialog').getByText(words('entry.means.unknown')).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const taken = addUp(store.increments());
  await exportTo(open, taken);
  await readOnReport(open);
  expect(complaints).toEqual([]);
});
