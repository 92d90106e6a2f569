import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/practice/members.ts';
import type { Fault } from '../../main/practice/types.ts';
import { openTill } from '../support/electron-app.ts';
import {
  amountField,
  confirmButton,
  find,
  increment,
  incrementCalls,
  incrementsOf,
  rows,
  takeMember,
  topUp,
  untilRows,
  untilStrip,
  words,
} from '../support/electron-till.ts';
import { startPracticeStore } from '../support/practice-store.ts';

const faults: readonly (readonly [string, Fault, string])[] = [
  ['a sign-in page', { kind: 'portal' }, 'portal'],
  ['a 502', { kind: 'status', status: 502, when: 'before' }, 'server'],
];

for (const [name, fault, reason] of faults) {
  it(`pauses with words for ${name}, fails nothing, and goes on by itself when it is gone`, async () => {
    const store = await startPracticeStore();
    const { page } = await openTill(store);
    await takeMember(page, limWei);
    await takeMember(page, meiLing);
    store.addFault({ fault });
    // Whoever was read a moment ago is not read again: somebody else's card finds the way closed.
    await find(page, '4711');
    await untilStrip(page, `Paused · ${words(`pauses.${reason}.short`)}`);
    await page.getByRole('heading', { name: /^Paused: / }).waitFor();
    await page.getByText(words(`pauses.${reason}.do`)).waitFor();
    await topUp(page, meiLing, '50');
    await topUp(page, limWei, '20');
    await untilRows(page, 2, 'Waiting');
    await untilStrip(page, /2 waiting/);
    expect(incrementCalls(store)).toEqual([]);

    store.clearFaults();
    await untilRows(page, 2, 'Done');
    await untilStrip(page, /^Online · all sent$/);
    for (const member of [meiLing, limWei]) expect(incrementsOf(store, member)).toHaveLength(1);
    expect(await rows(page, 'Refused').count()).toBe(0);
  });

  it(`calls what met ${name} on its way Checking, holds the rest, and goes on when it is gone`, async () => {
    const store = await startPracticeStore();
    const { page } = await openTill(store);
    await takeMember(page, limWei);
    await takeMember(page, meiLing);
    store.addFault({ fault, method: increment, times: 1 });
    store.addFault({ fault, method: 'queryByNumber' });
    await amountField(page).fill('50');
    await confirmButton(page).click();
    await untilRows(page, 1, 'Tan Mei Ling', 'Checking');
    await untilStrip(page, `Paused · ${words(`pauses.${reason}.short`)}`);
    await topUp(page, limWei, '20');
    await untilRows(page, 1, 'Lim Wei', 'Waiting');

    store.clearFaults();
    await untilRows(page, 1, 'Lim Wei', 'Done');
    expect(incrementCalls(store).map(({ applied }) => applied)).toEqual([false, true]);
    expect(incrementsOf(store, meiLing)).toEqual([]);
    expect(await rows(page, 'Checking').count()).toBe(1);
  });
}

it('pauses for a key that KYBIO no longer takes, and goes on when a manager has replaced it', async () => {
  const old = await startPracticeStore();
  const { page } = await openTill(old);
  await takeMember(page, limWei);
  await takeMember(page, meiLing);
  await old.close();
  const store = await startPracticeStore({ port: old.port, appId: old.appId });

  await topUp(page, meiLing, '50', '10');
  await untilStrip(page, `Paused · ${words('pauses.credentials.short')} · 1 waiting`);
  await untilRows(page, 1, 'Waiting', `held: ${words('pauses.credentials.short')}`);
  await topUp(page, limWei, '20');
  await untilRows(page, 2, 'Waiting');

  await page.keyboard.press('F10');
  const menu = page.getByRole('dialog', { name: 'Menu' });
  await menu.getByRole('button', { name: words('menu.makePin') }).click();
  const making = page.getByRole('dialog', { name: words('manager.makeTitle') });
  await making.getByLabel(words('setUp.appKey')).fill(old.appKey);
  await making.getByLabel(words('manager.pin')).fill('271828');
  await making.getByLabel(words('manager.repeat')).fill('271828');
  await making.getByRole('button', { name: words('manager.make') }).click();
  await page.getByRole('button', { name: words('manager.codeDone') }).click();

  await page.getByRole('button', { name: words('pause.replaceKey') }).click();
  const replacing = page.getByRole('dialog', { name: words('replaceKey.title') });
  await replacing.getByLabel(words('replaceKey.newKey')).fill(store.appKey);
  await replacing.getByLabel(words('manager.pin')).fill('000000');
  await replacing.getByRole('button', { name: words('replaceKey.confirm') }).click();
  await replacing.getByText(words('errors.manager-pin-wrong')).waitFor();
  await replacing.getByLabel(words('manager.pin')).fill('271828');
  await replacing.getByRole('button', { name: words('replaceKey.confirm') }).click();
  await replacing.waitFor({ state: 'detached' });

  await untilRows(page, 2, 'Done');
  await untilStrip(page, /^Online · all sent$/);
  for (const member of [meiLing, limWei]) expect(incrementsOf(store, member)).toHaveLength(1);
  expect(store.calls().filter(({ method, applied }) => method === increment && applied)).toHaveLength(2);
});
