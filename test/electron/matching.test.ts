import { expect, it } from 'vitest';
import { limWei } from '../../main/hosts/practice/members.ts';
import { amount, zeroAmount } from '../../preload/contract/index.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { storeTimeZone } from '../kit/store-time-zone.ts';
import { openTill } from '../support/electron-app.ts';
import { look } from '../support/electron-look.ts';
import { button, cell, ledgerOf, playDay, progress, sumsOf } from '../support/electron-matching.ts';
import { givePin, managerPin, openFromMenu, untilText, words } from '../support/electron-till.ts';

// Page by page, and in spite of a network that goes in the middle: `test/day/matching`.

it('a manager matches the day with KYBIO’s log, and each cent is in one of four piles', async () => {
  const store = await startPracticeStore({
    ...{ storeTimeZone, profile: { keepsRechargeLog: true, logCarriesDataChangeTime: true } },
  });
  store.recharge({ customerUid: limWei.customerUid, sum: '30.00', payMethod: 'cash', account: 'Anna' });
  const open = await openTill(store, { managerPin });
  const { page, complaints } = open;
  await playDay(page, store);
  await openFromMenu(page, 'match');
  await untilText(page.getByRole('main'), words('matching.log.not-asked'));
  await button(page, words('matching.start')).click();
  await givePin(page, words('matching.start'));
  await untilText(progress(page), words('matching.states.done'));
  await page.getByRole('table', { name: words('matching.sums') }).waitFor();

  const ledger = ledgerOf(store);
  const none = cell(0, zeroAmount);
  const [fifty, twenty] = [cell(1, amount('50')), cell(1, amount('20'))];
  expect(await sumsOf(page, words('matching.piles.matched'))).toEqual([fifty, fifty]);
  expect(await sumsOf(page, words('matching.piles.only-ours'))).toEqual([cell(1, amount('7')), none]);
  expect(await sumsOf(page, words('matching.piles.only-kybio'))).toEqual([none, ledger.office]);
  expect(await sumsOf(page, words('matching.piles.unclear'))).toEqual([twenty, twenty]);
  expect(await sumsOf(page, words('matching.all'))).toEqual([cell(3, amount('77')), ledger.all]);
  await look(open, 'matching-piles');
  expect(complaints).toEqual([]);
});
