import { expect, it } from 'vitest';
import { appError, type ClosedTill, err, ok } from '../../preload/contract/index.ts';
import { createFakeMain } from '../kit/fake-main.ts';
import { createFakeShop } from '../kit/fake-shop.ts';
import { stagePage } from '../kit/page.ts';
import { snapshotOf } from '../renderer/support/samples.ts';
import { axeFindings, picture } from '../support/electron-look.ts';
import { memberField, openFromMenu, words } from '../support/electron-till.ts';
import { swipeTo, tap, tapPin } from '../support/electron-touch.ts';

// What a till that is not open asks of whoever opens it here again.

const openPage = stagePage();

const atMs = Date.parse('2026-11-29T02:00:00Z');

/** A till that was retired, whose records tell this. */
function retired(closed: ClosedTill) {
  const main = createFakeMain(
    snapshotOf({ mode: 'broken', problem: appError('till-retired'), till: null, people: null }),
  );
  main.answer('restore:moved', () => ok(closed));
  main.answer('restore:find', () =>
    ok({ backups: [{ id: '0', madeAtMs: atMs, reason: 'hourly' as const, isSealed: false }] }),
  );
  main.answer('restore:look', () => ok({ till: 'Counter 1', host: 'https://kybio.example', lastAtMs: atMs }));
  return main;
}

const boss = { id: 'b', name: 'Mdm Lee' };

it('puts a backup back over a retired till with a manager’s PIN, which a finger gives', async () => {
  const main = retired({ moved: null, asks: 'pin', managers: [boss] });
  main.answer('restore:start', ({ pin, otherMachine }) => {
    if (typeof pin !== 'object' || pin.pin !== '482915') return err(appError('person-pin-wrong'));
    return otherMachine ? ok({}) : err(appError('till-retired'));
  });
  const page = await openPage(main);
  await tap(page.getByRole('button', { name: words('broken.restore') }));
  await tap(page.getByRole('button', { name: words('restore.look') }));
  await page.getByText(words('restore.asksPin')).waitFor();
  await picture(page, 'restore-asks');
  expect(await axeFindings(page)).toEqual([]);
  const box = page.getByLabel(words('people.pinOf', { name: boss.name }));
  await box.fill('111112');
  await box.press('Enter');
  await page.getByText(words('errors.person-pin-wrong')).waitFor();
  // Typed anew, not over what was wrong.
  expect(await box.inputValue()).toBe('');
  const pad = page.getByRole('group', { name: words('people.pad') });
  await swipeTo(pad.getByRole('button', { name: words('people.enter'), exact: true }));
  await tapPin(page, '482915');
  await page.getByText(words('restore.otherMachine')).click();
  await page.getByRole('button', { name: words('restore.start') }).click();
  await expect
    .poll(() => main.asked('restore:start').at(-1))
    .toEqual({
      ...{ id: '0', otherMachine: true, pin: { person: boss.id, pin: '482915' } },
    });
});

it('takes the recovery code while the keyring gives no keys, and asks nobody of records that do not open', async () => {
  const main = retired({ moved: null, asks: 'recovery-code', managers: [] });
  main.answer('restore:start', () => err(appError('recovery-code-wrong')));
  const page = await openPage(main);
  await page.getByRole('button', { name: words('broken.restore') }).click();
  await page.getByRole('button', { name: words('restore.look') }).click();
  await page.getByLabel(words('manager.code')).fill('ABCDE-FGHJK');
  await page.getByRole('button', { name: words('restore.start') }).click();
  await page.getByText(words('errors.recovery-code-wrong')).waitFor();
  expect(main.asked('restore:start')).toEqual([{ id: '0', otherMachine: false, pin: 'ABCDE-FGHJK' }]);

  const damaged = retired({ moved: null, asks: 'nobody', managers: [] });
  damaged.answer('restore:start', () => ok({}));
  await openPage(damaged);
  await page.getByRole('button', { name: words('broken.restore') }).click();
  await page.getByRole('button', { name: words('restore.look') }).click();
  await page.getByRole('button', { name: words('restore.start') }).click();
  await expect.poll(() => damaged.asked('restore:start')).toEqual([{ id: '0', otherMachine: false }]);
});

it('says Moved while the keyring is locked, what opens it, and offers no way back before that', async () => {
  const file = { folder: '/media/stick', file: 'counterfoil-move.cfsealed' };
  const main = retired({ moved: { atMs, file, open: 2 }, asks: 'recovery-code', managers: [] });
  const page = await openPage(main);
  await page.getByRole('heading', { name: words('moved.title') }).waitFor();
  await page.getByText(words('moved.open_other', { count: '2' })).waitFor();
  await page.getByText(words('moved.keyring')).waitFor();
  await picture(page, 'moved-locked');
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.getByRole('button').allInnerTexts()).toEqual([
    words('moved.close'),
    words('broken.diagnostics'),
  ]);
});

it('says that what is entered now is real where practice ended by itself, and nothing where it was left', async () => {
  const shop = (mode: 'live' | 'practice') => {
    const { till } = createFakeShop([]).snapshot();
    return { mode, till };
  };
  const main = createFakeMain(snapshotOf(shop('practice')));
  main.answer('setup:leavePractice', () => {
    main.tell({ topics: { mode: 'live' } });
    return ok({});
  });
  const page = await openPage(main);
  await memberField(page).waitFor();
  main.tell({ topics: { mode: 'live' } });
  await page.getByText(words('errors.practice-ended')).waitFor();
  await picture(page, 'practice-ended');
  main.tell({ topics: { mode: 'practice' } });
  await page.getByText(words('errors.practice-ended')).waitFor({ state: 'detached' });
  await openFromMenu(page, 'leavePractice');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await memberField(page).waitFor();
  expect(await page.getByText(words('errors.practice-ended')).count()).toBe(0);
});
