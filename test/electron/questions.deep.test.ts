import { it } from 'vitest';
import { limWei } from '../../main/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { look } from '../support/electron-look.ts';
import {
  amountField,
  confirmButton,
  rows,
  takeMember,
  topUp,
  untilRows,
  words,
} from '../support/electron-till.ts';

/** Four of them in two sizes and two schemes, on a machine that does much else. */
const LOOKS_TIMEOUT_MS = 180_000;

it(
  'shows its questions well',
  async () => {
    const store = await startPracticeStore();
    const open = await openTill(store);
    const { page } = open;
    await topUp(page, limWei, '10');
    await untilRows(page, 1, 'Done');
    await rows(page, 'Done')
      .getByRole('button', { name: words('entry.reverse') })
      .click();
    await look(open, 'no-pin');
    await page.getByRole('button', { name: words('waysOut.make-pin') }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: words('manager.make') })
      .click();
    await look(open, 'make-pin');
    await page.keyboard.press('Escape');
    await store.setPlug(false);
    await topUp(page, limWei, '20');
    await rows(page, 'Waiting')
      .getByRole('button', { name: words('entry.cancel') })
      .click();
    await look(open, 'cancel-question');
    await page.keyboard.press('Escape');
    await takeMember(page, limWei);
    await amountField(page).fill('20');
    await confirmButton(page).click();
    await page.getByRole('button', { name: words('again.no') }).waitFor();
    await look(open, 'again-question');
  },
  LOOKS_TIMEOUT_MS,
);
