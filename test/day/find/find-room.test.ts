import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExportWorld } from '../../../main/app/world.ts';
import { limWei, meiLing } from '../../../main/hosts/practice/members.ts';
import {
  type EntryFilter,
  guardedActs,
  type PermissionAnswer,
  type Result,
} from '../../../preload/contract/index.ts';
import { anything } from '../../kit/find.ts';
import { topUp } from '../../kit/program.ts';
import { temporaryFolder } from '../../kit/till.ts';
import { recordsWorker } from '../../kit/workers.ts';
import { asRead } from '../../members/host-member.ts';
import { openShop, pins, type Shop, signIn } from '../../people/support.ts';

const code = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);

/** A shop with people that has taken some top-ups, and picks this file whenever it is asked where. */
async function openTrading(file: string | null = null) {
  const exports: ExportWorld = { recordsWorker, place: { pick: async () => file } };
  const shop = await openShop({ exports });
  await signIn(shop, 'Mei', pins.mei);
  for (const [member, sum] of [
    [meiLing, '50.00'],
    [limWei, '20.00'],
    [meiLing, '12.50'],
  ] as const) {
    await shop.must('members:find', { query: member.number });
    await shop.must('topUps:create', topUp(member, { balanceIncrement: sum, note: '=1+1' }));
  }
  await shop.until(({ counts }) => counts.confirmed === 3);
  return shop;
}

const sumsOf = async (shop: Shop, filter: Partial<EntryFilter>) => {
  const { entries } = await shop.must('find:entries', { filter: { ...anything, ...filter }, before: null });
  return entries.map(({ balanceIncrement }) => Number(balanceIncrement));
};

async function answer(shop: Shop, word: PermissionAnswer) {
  await signIn(shop, 'Boss', pins.boss);
  const acts = Object.fromEntries(guardedActs.map((act) => [act, word])) as never;
  const permissions = { acts, balanceLimit: null, pointLimit: null };
  await shop.must('people:setPermissions', { version: shop.people().version, permissions });
  await signIn(shop, 'Mei', pins.mei);
}

const noted = (shop: Shop, reason: string) => shop.till.session()?.ledger.journal?.noted(reason);

describe('entries are found', () => {
  it('by what a member tells: name, card, the end of the phone, the reference', async () => {
    const shop = await openTrading();
    const phone = shop.till.session()?.members.directory.byUid(meiLing.customerUid)?.phone ?? '';
    expect(phone).toHaveLength(8);
    for (const text of [
      meiLing.name.toLowerCase(),
      meiLing.number,
      phone.slice(-4),
      `•••• ${phone.slice(-4)}`,
      phone,
    ])
      expect(await sumsOf(shop, { text })).toEqual([12.5, 50]);
    expect(await sumsOf(shop, { text: '0002' })).toEqual([20]);
    expect(await sumsOf(shop, { text: phone.slice(-3) })).toEqual([]);
    // As a Chinese keyboard types them.
    const wide = (text: string) =>
      text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
    expect(wide('#0002')).toBe('＃０００２');
    for (const text of [meiLing.name, meiLing.number, phone.slice(-4), phone])
      expect(await sumsOf(shop, { text: wide(text) })).toEqual([12.5, 50]);
    expect(await sumsOf(shop, { text: wide('#0002') })).toEqual([20]);
    expect(await sumsOf(shop, { customerUid: limWei.customerUid })).toEqual([20]);
  });

  it('by what the drawer tells, and what is found adds up to what the store’s ledger has', async () => {
    const shop = await openTrading();
    expect(await sumsOf(shop, { least: '20' as never, most: '50' as never })).toEqual([20, 50]);
    expect(await sumsOf(shop, { cashier: 'mei', state: 'confirmed' })).toEqual([12.5, 20, 50]);
    expect(await sumsOf(shop, { cashier: 'boss' })).toEqual([]);
    const { sums } = await shop.must('find:sums', { filter: anything, before: null });
    const ledger = shop.till.session()?.hosts.practice?.increments() ?? [];
    const taken = ledger.reduce((all, { balanceIncrement }) => all + Number(balanceIncrement), 0);
    expect(sums).toEqual([
      expect.objectContaining({ state: 'confirmed', entries: 3, balance: String(taken) }),
    ]);
  });

  it('a shift that nobody knows has none, and a sum that no entry can have is refused', async () => {
    const shop = await openTrading();
    expect(await sumsOf(shop, { shift: 7 })).toEqual([]);
    const filter = { ...anything, least: '0.00001' as never };
    expect(code(await shop.call('find:entries', { filter, before: null }))).toBe('amount-invalid');
    expect(code(await shop.call('find:sums', { filter, before: null }))).toBe('amount-invalid');
  });
});

describe('a whole phone', () => {
  const who = { customerUid: meiLing.customerUid };

  it('is seen by whoever may, and the journal says who has seen whose', async () => {
    const shop = await openTrading();
    expect(await shop.must('find:member', who)).toMatchObject({ phone: 'whole' });
    expect(code(await shop.call('find:unmask', who))).toBe('approval-needed');
    expect(noted(shop, 'phone shown')).toBeUndefined();
    const boss = { person: shop.idOf('Boss'), pin: pins.boss };
    const seen = await shop.must('find:unmask', { ...who, pin: boss });
    expect(seen.phone).toBe(shop.till.session()?.members.directory.byUid(meiLing.customerUid)?.phone);
    expect(noted(shop, 'phone shown')).toEqual({ ...who, approvedBy: `manager#${shop.idOf('Boss')}:Boss` });
    await answer(shop, 'deny');
    expect(code(await shop.call('find:unmask', { ...who, pin: boss }))).toBe('act-denied');
    await answer(shop, 'allow');
    expect(code(await shop.call('find:unmask', who))).toBe('ok');
    expect(noted(shop, 'phone shown')).toEqual({ ...who, approvedBy: null });
  });

  it('is not made up where the host hides it or the till has forgotten the member', async () => {
    const shop = await openTrading();
    await answer(shop, 'allow');
    const directory = shop.till.session()?.members.directory;
    const kept = directory?.byUid(meiLing.customerUid);
    if (kept === null || kept === undefined) throw new Error('not kept');
    const known = asRead(kept);
    directory?.keep({ ...known, phone: '138****5640' }, known.asOfMs, false);
    expect(await shop.must('find:member', who)).toMatchObject({
      ...{ phone: 'part', card: { maskedPhone: '•••• 5640' } },
    });
    expect(code(await shop.call('find:unmask', who))).toBe('phone-not-kept');
    directory?.keep({ ...known, phone: '' }, known.asOfMs, false);
    expect(await shop.must('find:member', who)).toMatchObject({ phone: 'none' });
    expect(code(await shop.call('find:unmask', who))).toBe('phone-not-kept');
    expect(await shop.must('find:member', { customerUid: '1' })).toEqual({ card: null, phone: 'none' });
    expect(noted(shop, 'phone shown')).toBeUndefined();
  });
});

describe('an export', () => {
  const filter = { ...anything, text: meiLing.name };

  it('holds what is found, masked and harmless, with its sums, and is told to the journal', async () => {
    const file = join(temporaryFolder(), 'entries.csv');
    const shop = await openTrading(file);
    expect(code(await shop.call('find:export', { filter }))).toBe('approval-needed');
    await answer(shop, 'allow');
    expect(await shop.must('find:export', { filter })).toMatchObject({ saved: { entries: 2 } });
    const text = readFileSync(file, 'utf8');
    const phone = shop.till.session()?.members.directory.byUid(meiLing.customerUid)?.phone ?? '';
    expect(text.startsWith('\ufeff')).toBe(true);
    expect(text).toContain(`•••• ${phone.slice(-4)}`);
    expect(text).not.toContain(phone);
    expect(text).toContain("'=1+1");
    const [head = '', ...lines] = text.replace('\ufeff', '').trimEnd().split('\r\n');
    const cell = (line: string, name: string) => line.split(',')[head.split(',').indexOf(name)];
    const below = lines.slice(2).map((line) => {
      expect(line.split(',')).toHaveLength(head.split(',').length);
      return ['state', 'sequence', 'kind', 'balanceIncrement'].map((name) => cell(line, name));
    });
    expect(below).toEqual([
      ['taken', '2', 'sum', '62.5'],
      ['net', '2', 'sum', '62.5'],
      ['all', '2', 'sum', ''],
    ]);
    expect(noted(shop, 'exported')).toEqual({ entries: 2, filter: { hasText: true }, approvedBy: null });
    expect(readdirSync(join(file, '..'))).toEqual(['entries.csv']);
    expect(shop.till.snapshot().exportPercent).toBeNull();
  });

  it('that goes nowhere leaves nothing behind, and is told nobody', async () => {
    const shop = await openTrading(null);
    await answer(shop, 'allow');
    expect(await shop.must('find:export', { filter })).toEqual({ saved: null });
    expect(noted(shop, 'exported')).toBeUndefined();
  });

  it('into a folder that takes nothing says so', async () => {
    const file = join(temporaryFolder(), 'no', 'entries.csv');
    const shop = await openTrading(file);
    await answer(shop, 'allow');
    expect(code(await shop.call('find:export', { filter }))).toBe('file-not-saved');
    expect(existsSync(file)).toBe(false);
    expect(noted(shop, 'exported')).toBeUndefined();
  });
});
