import { expect, it } from 'vitest';
import { defaultReceiptSettings } from '../../main/paper/receipts/settings.ts';
import { openProgram } from '../kit/program.ts';
import { bonusRule, shopRules, saved as stored } from '../kit/rules.ts';

const pin = '730194';
const over = { ok: false, error: { code: 'undo-over' } };

async function openShop() {
  const program = openProgram();
  await program.till.start();
  await program.must('setup:openPractice', {});
  await program.must('manager:makePin', { pin, appKey: '' });
  const kept = async () => (await program.must('policy:get', {})).policy;
  const save = async (change: { readonly keypad?: boolean; readonly callsPerDay?: number }) => {
    const { undo } = await program.must('policy:save', { policy: { ...(await kept()), ...change }, pin });
    return undo ?? 'none';
  };
  const hasNote = (reason: string) => program.till.session()?.ledger.journal?.hasNote(reason);
  return { ...program, kept, save, hasNote };
}

it('settings are undone by a second change, once, and by whoever may save them', async () => {
  const shop = await openShop();
  const before = await shop.kept();
  const undo = await shop.save({ keypad: true, callsPerDay: 5_000 });
  await shop.must('manager:lock', {});
  expect(await shop.call('policy:undo', { undo })).toMatchObject({ error: { code: 'manager-locked' } });
  expect(await shop.must('policy:undo', { undo, pin })).toEqual({ policy: before });
  expect(await shop.kept()).toEqual(before);
  expect(await shop.call('policy:undo', { undo, pin })).toEqual(over);
});

it('settings that somebody saved meanwhile stay', async () => {
  const shop = await openShop();
  const undo = await shop.save({ keypad: true });
  const later = await shop.save({ callsPerDay: 400 });
  expect(await shop.call('policy:undo', { undo, pin })).toEqual(over);
  expect(await shop.kept()).toMatchObject({ keypad: true, callsPerDay: 400 });
  await shop.must('policy:undo', { undo: later, pin });
  expect(await shop.kept()).toMatchObject({ keypad: true, callsPerDay: 300 });
});

it('a save that changed nothing offers nothing, and a restart forgets what was offered', async () => {
  const shop = await openShop();
  expect(await shop.save({})).toBe('none');
  const undo = await shop.save({ keypad: true });
  await shop.till.stop(0);
  const again = openProgram({ folder: shop.folder, vault: shop.vault });
  await again.till.start();
  expect(await again.call('policy:undo', { undo, pin })).toEqual(over);
  expect((await again.must('policy:get', {})).policy.keypad).toBe(true);
});

it('rules are undone as a version of their own, and a rule that was removed is the same rule again', async () => {
  const shop = await openShop();
  const rules = shopRules({ bonus: [bonusRule()], reasons: ['Birthday'] });
  const first = await shop.must('rules:save', { rules, basedOn: 0, pin });
  const second = await shop.must('rules:save', { rules: shopRules(), basedOn: 1, pin });
  const { book } = await shop.must('rules:undo', { undo: second.undo ?? '', pin });
  expect(book).toEqual({ ...first.book, version: 3 });
  expect((await shop.must('rules:get', {})).book).toEqual(book);
  expect(await shop.call('rules:undo', { undo: first.undo ?? '', pin })).toEqual(over);
  const { version, ...same } = book;
  const saved = await shop.must('rules:save', { rules: same, basedOn: version, pin });
  expect(saved).toEqual({ book, undo: null });
});

it('the first rules are undone to none', async () => {
  const shop = await openShop();
  const rules = shopRules({ bonus: [bonusRule()] });
  const { book, undo } = await shop.must('rules:save', { rules, basedOn: 0, pin });
  expect(book).toEqual({ ...stored(rules), version: 1 });
  expect(await shop.must('rules:undo', { undo: undo ?? '', pin })).toEqual({
    book: { ...shopRules(), version: 2 },
  });
});

it('receipts’ settings are undone, and each change is in the journal', async () => {
  const shop = await openShop();
  const settings = { ...defaultReceiptSettings, header: 'Fun Toys' };
  const { undo } = await shop.must('receipts:save', { settings, pin });
  expect(shop.hasNote('receipts set')).toBe(true);
  const undone = await shop.must('receipts:undo', { undo: undo ?? '', pin });
  expect(undone).toEqual({ settings: defaultReceiptSettings });
  expect((await shop.must('receipts:get', {})).settings).toEqual(defaultReceiptSettings);
  expect(await shop.call('receipts:undo', { undo: undo ?? '', pin })).toEqual(over);
});
