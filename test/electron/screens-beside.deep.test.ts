import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';
import { limWei, meiLing, nurAisyah } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill, testFolder } from '../support/electron-app.ts';
import { createPassingClock } from '../support/electron-clock.ts';
import { closingQuestion, pressClose } from '../support/electron-close.ts';
import { look } from '../support/electron-look.ts';
import { leaveField, openAdvanced, openTab } from '../support/electron-settings.ts';
import {
  givePin,
  managerPin,
  openFromMenu,
  takeMember,
  topUp,
  untilRows,
  words,
} from '../support/electron-till.ts';
import { keypadKey, tap, tapNumber, turnKeypadOn } from '../support/electron-touch.ts';

/** Each is looked at in every size and both schemes. */
const wholeMs = 300_000;

it(
  'shows well why a till cannot be opened',
  async () => {
    const folder = testFolder();
    mkdirSync(join(folder, 'live'));
    writeFileSync(join(folder, 'live', 'counterfoil.db'), 'no database at all'.repeat(500));
    const open = await openApp({ folder });
    await open.page.getByText(words('errors.database-corrupt')).waitFor();
    await look(open, 'broken');
  },
  wholeMs,
);

it(
  'shows the settings well, and what is wrong in them where it can be seen',
  async () => {
    const store = await startPracticeStore();
    const open = await openTill(store, { managerPin });
    const { page } = open;
    await openFromMenu(page, 'settings');
    await look(open, 'settings');
    await page.getByLabel(words('policy.fields.memberWaitingCap')).fill('30');
    await leaveField(page);
    await openTab(page, 'offline');
    await openAdvanced(page);
    await page.getByLabel(words('policy.fields.callsPerDay')).fill('5');
    await page.keyboard.press('Enter');
    await page.getByText(words('policy.problems.too-small', { min: '10' })).waitFor();
    await look(open, 'settings-told');
  },
  wholeMs,
);

it(
  'shows well where the till number is changed',
  async () => {
    const store = await startPracticeStore();
    const open = await openTill(store, { managerPin });
    const { page } = open;
    await openFromMenu(page, 'tillNumber');
    await page.getByRole('button', { name: words('tillNumber.confirm') }).waitFor();
    await look(open, 'till-number');
  },
  wholeMs,
);

it(
  'shows the check-up well from its start to its end',
  async () => {
    const clock = createPassingClock();
    const store = await startPracticeStore({ clock });
    const open = await openTill(store, { managerPin }, { clock });
    const { page } = open;
    await openFromMenu(page, 'checkUp');
    await page.getByLabel(words('checkUp.member')).waitFor();
    await look(open, 'check-up');
    await page.getByLabel(words('checkUp.member')).fill(nurAisyah.number);
    await page.getByRole('button', { name: words('checkUp.start') }).click();
    await givePin(page, words('checkUp.startConfirm'));
    await page.getByText(words('checkUp.states.running')).first().waitFor();
    // The log is read within a minute; the same bytes go again after twenty.
    const no = page.getByRole('cell', { name: words('checkUp.answers.no'), exact: true });
    await clock.passUntil(async () => (await no.count()) > 0, 10_000);
    await look(open, 'check-up-running');
    await clock.passUntil(
      async () => (await page.getByText(words('checkUp.states.done')).count()) > 0,
      10_000,
    );
    await page.getByText(words('checkUp.reversed')).waitFor();
    await look(open, 'check-up-done');
  },
  wholeMs,
);

it(
  'shows the keypad well',
  async () => {
    const open = await openTill(await startPracticeStore(), { managerPin, language: 'en-DE' });
    const { page } = open;
    await turnKeypadOn(page);
    await takeMember(page, meiLing);
    await tapNumber(page, '12');
    await tap(keypadKey(page, 'decimal'));
    await tapNumber(page, '5');
    await look(open, 'keypad');
  },
  wholeMs,
);

it(
  'shows the question on closing well',
  async () => {
    const store = await startPracticeStore();
    const open = await openTill(store);
    const { page } = open;
    await takeMember(page, limWei);
    await store.setPlug(false);
    await topUp(page, limWei, '20');
    await untilRows(page, 1, 'Waiting');
    await pressClose(open);
    await closingQuestion(page).waitFor();
    await look(open, 'closing');
  },
  wholeMs,
);
