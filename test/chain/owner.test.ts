import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import fsPromises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { sealTillState, stateFileOf } from '../../main/chain/states/till-state.ts';
import type { AccountDesk } from '../../main/kernel/sealing/account-seal.ts';
import { startOfDay } from '../../main/kernel/store-time.ts';
import { amount, type BonusRule, type Policy, signedParts } from '../../preload/contract/index.ts';
import {
  type ChainTill,
  codeOf,
  HANGING,
  openChainTill,
  openJoined,
  openTillAt,
  policyAt,
  sharedFolder,
  shownChain,
} from '../kit/chain-till.ts';
import { LIVE_PIN as pin } from '../kit/live-program.ts';
import { realRandom } from '../kit/practice-store.ts';
import { bonusRule, shopRules } from '../kit/rules.ts';
import { stateOf, tillIdOf } from '../kit/till-state.ts';

/** Folders without room, and how many files each of them still takes. */
const full = new Map<string, number>();
const { open } = fsPromises;
// For main's own import of it too, which a module's mock would not reach where another test has loaded it before.
beforeAll(() => {
  fsPromises.open = async (path, ...how) => {
    const file = await open(path, ...how);
    const folder = dirname(String(path));
    const room = how[0] === 'wx' ? full.get(folder) : undefined;
    if (room === undefined) return file;
    full.set(folder, room - 1);
    if (room < 1) file.writeFile = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
    return file;
  };
  syncBuiltinESMExports();
});
afterAll(() => {
  fsPromises.open = open;
  syncBuiltinESMExports();
});

const parts = [...signedParts];

async function openOwner(): Promise<{ readonly till: ChainTill; readonly code: string }> {
  const till = await openTillAt(sharedFolder());
  const { made } = await till.must('chain:make', { name: 'Kopi Corner', pin });
  if (made === null) throw new Error('no chain');
  return { till, code: made.code };
}

async function openBeside({ shared }: ChainTill): Promise<ChainTill> {
  const till = await openTillAt(shared);
  await till.join();
  await till.look();
  return till;
}

const save = async (till: ChainTill, change: Partial<Policy>) =>
  codeOf(await till.call('policy:save', { policy: { ...(await policyAt(till)), ...change }, pin }));
type Asked = Partial<{ parts: typeof parts; fromDay: string | null }>;
const preview = (till: ChainTill, asked: Asked = {}) =>
  till.call('chain:preview', { parts, fromDay: null, ...asked, pin });
/** As it is shown. */
async function sign(till: ChainTill, asked: Asked = {}): Promise<string> {
  const shown = await preview(till, asked);
  if (!shown.ok) return codeOf(shown);
  const { shown: digest } = shown.value;
  return codeOf(await till.call('chain:sign', { parts, fromDay: null, ...asked, shown: digest, pin }));
}

describe('the owner of a chain', () => {
  it('makes a key, and what is changed there reaches the other tills once it is signed', async () => {
    const { till } = await openOwner();
    expect(shownChain(till)).toMatchObject({ name: 'Kopi Corner', isOwner: true, sets: [] });
    const other = await openBeside(till);
    expect(shownChain(other)?.fingerprint).toBe(shownChain(till)?.fingerprint);
    expect(shownChain(other)).toMatchObject({ isOwner: false, sets: [] });
    expect(await save(till, { balanceCap: amount('500'), tenders: ['cash'] })).toBe('ok');
    const rules = shopRules({ bonus: [bonusRule()], reasons: ['Birthday'] });
    await till.must('rules:save', { rules, basedOn: 0, pin });
    expect(await sign(till)).toBe('ok');
    expect(await other.look()).toBe('ok');
    expect(await policyAt(other)).toMatchObject({ balanceCap: '500', tenders: ['cash'] });
    const [here, there] = await Promise.all([till, other].map((one) => one.must('rules:get', {})));
    expect(there?.book.bonus).toEqual(here?.book.bonus);
    expect(await save(other, { balanceCap: amount('900') })).toBe('setting-fixed owner');
    expect(await till.look()).toBe('ok');
    expect(await save(till, { balanceCap: amount('600') })).toBe('ok');
    // Not put back before it is signed.
    expect(await till.look()).toBe('ok');
    expect((await policyAt(till)).balanceCap).toBe('600');
    expect(await sign(till)).toBe('ok');
    expect(await other.look()).toBe('ok');
    expect(shownChain(other)?.taken?.version).toBe(shownChain(till)?.taken?.version);
    expect((await policyAt(other)).balanceCap).toBe('600');
  });

  it('keeps what is changed right after signing, which is from a dialog', async () => {
    const { till } = await openOwner();
    till.use.page('form');
    await save(till, { balanceCap: amount('500') });
    expect(await sign(till)).toBe('ok');
    expect(shownChain(till)).toMatchObject({ taken: { version: 2 }, next: null });
    await save(till, { balanceCap: amount('600') });
    till.use.page('free');
    expect(await till.look()).toBe('ok');
    expect((await policyAt(till)).balanceCap).toBe('600');
  });

  it('sees what changes at the tills before signing, and signs nothing else', async () => {
    const { till } = await openOwner();
    await save(till, { balanceCap: amount('500'), screenLanguage: 'zh', accounts: { members: '2150' } });
    const asked = { parts: ['settings', 'ways'] as typeof parts };
    const first = await till.must('chain:preview', { ...asked, fromDay: null, pin });
    expect(first).toMatchObject({
      since: 1,
      sinceFromMs: null,
      validFromMs: null,
      begins: asked.parts,
      ends: [],
    });
    expect(first.changes).toContainEqual({ part: 'policy', name: 'balanceCap', before: null, after: '500' });
    expect(await sign(till, asked)).toBe('ok');
    await save(till, { balanceCap: amount('600') });
    const next = { parts: ['settings', 'languages', 'accounts'] as typeof parts, fromDay: '2099-01-01' };
    const shown = await till.must('chain:preview', { ...next, pin });
    expect(shown).toMatchObject({
      ...{ since: first.version, version: first.version + 1 },
      ...{ begins: ['languages', 'accounts'], ends: ['ways'] },
      changes: [
        { name: 'balanceCap', before: '500', after: '600' },
        { name: 'screenLanguage', before: null, after: 'zh' },
        { name: 'language', before: null, after: 'as-till' },
        { name: 'members', before: null, after: '2150' },
      ],
    });
    const signShown = async (change: object = {}) =>
      codeOf(await till.call('chain:sign', { ...next, shown: shown.shown, ...change, pin }));
    expect(await signShown({ fromDay: null })).toBe('sign-changed');
    expect(await signShown({ parts })).toBe('sign-changed');
    await save(till, { balanceCap: amount('700') });
    expect(await signShown()).toBe('sign-changed');
    await save(till, { balanceCap: amount('600') });
    const before = readFileSync(join(till.shared, 'shop.json'));
    till.put('half');
    expect(await signShown()).toBe('sign-changed');
    till.put(before);
    expect(await signShown()).toBe('ok');
    expect(await signShown()).toBe('sign-changed');
    // One that waits is replaced by the next, which brings what it changes.
    const sinceFromMs = startOfDay('2099-01-01', 'Asia/Singapore');
    expect(await preview(till)).toMatchObject({ value: { since: shown.version, sinceFromMs } });
  });

  it('sees the terms of a rule that a manager changed, and signs no other', async () => {
    const { till } = await openOwner();
    const saved = async (change: Partial<BonusRule>) => {
      const { book } = await till.must('rules:get', {});
      const bonus = [bonusRule({ ...book.bonus[0], ...change })];
      await till.must('rules:save', { rules: shopRules({ bonus }), basedOn: book.version, pin });
      return (await till.must('rules:get', {})).book.bonus[0];
    };
    const before = await saved({ oncePerDay: true, cap: amount('20') });
    expect(await sign(till)).toBe('ok');
    const after = await saved({ oncePerDay: false });
    const shown = await till.must('chain:preview', { parts, fromDay: null, pin });
    expect(shown.changes).toEqual([{ part: 'rules', before, after }]);
    await saved({ cap: null });
    expect(codeOf(await till.call('chain:sign', { parts, fromDay: null, shown: shown.shown, pin }))).toBe(
      'sign-changed',
    );
  });

  it('sets languages and the names of the books’ accounts, and nobody’s own language', async () => {
    const { till } = await openOwner();
    const other = await openBeside(till);
    await save(till, { screenLanguage: 'zh', accounts: { members: '2150', 'way:cash': '1000 Till' } });
    await sign(till, { parts: ['languages', 'accounts'] });
    await other.look();
    expect(shownChain(other)?.sets).toEqual(['screenLanguage', 'accounts', 'receipts.language']);
    expect(await policyAt(other)).toMatchObject({
      ...{ screenLanguage: 'zh', accounts: { members: '2150', 'way:cash': '1000 Till' } },
    });
    expect(await save(other, { accounts: {} })).toBe('setting-fixed owner');
    expect(await save(other, { screenLanguage: 'en' })).toBe('setting-fixed owner');
    expect(await save(other, { balanceCap: amount('900') })).toBe('ok');
  });

  it('sets what is chosen alone, and lets go what is not chosen any more', async () => {
    const { till } = await openOwner();
    const other = await openBeside(till);
    await save(till, { balanceCap: amount('500'), tenders: ['card'] });
    await sign(till, { parts: ['ways'] });
    await other.look();
    expect(await policyAt(other)).toMatchObject({ balanceCap: '2000', tenders: ['card'] });
    expect(shownChain(till)?.parts).toEqual(['ways']);
    await sign(till, { parts: ['settings'] });
    await other.look();
    expect(await save(other, { tenders: ['cash'] })).toBe('ok');
    expect(await save(other, { balanceCap: amount('900') })).toBe('setting-fixed owner');
  });

  it('may say from which day', async () => {
    const { till } = await openOwner();
    const other = await openBeside(till);
    await save(till, { balanceCap: amount('500') });
    await sign(till, { fromDay: '2099-01-01' });
    await other.look();
    expect(shownChain(other)).toMatchObject({
      next: { validFromMs: startOfDay('2099-01-01', 'Asia/Singapore') },
    });
    expect((await policyAt(other)).balanceCap).toBe('2000');
  });

  it('gives no number away twice where the folder went back to an older file', async () => {
    const { till } = await openOwner();
    const older = readFileSync(join(till.shared, 'shop.json'));
    expect(await sign(till, { fromDay: '2099-01-01' })).toBe('ok');
    till.put(older);
    expect(await preview(till)).toMatchObject({ value: { version: 3, since: 1 } });
    expect(await preview(await till.reopen())).toMatchObject({ value: { version: 3, since: 1 } });
  });

  it('keeps the key over a start and a new App key', async () => {
    const { till } = await openOwner();
    const vault = await till.vault.load();
    if (vault.state !== 'present') throw new Error('no vault');
    await till.vault.save(vault.secrets.appKey, vault.secrets);
    const again = await till.reopen();
    expect(shownChain(again)?.isOwner).toBe(true);
    expect(await sign(again)).toBe('ok');
  });

  it('takes the key back on another computer by the code, and by nothing else', async () => {
    const { till, code } = await openOwner();
    const other = await openBeside(till);
    expect(await sign(other)).toBe('chain-no-key');
    const take = async (typed: string) => codeOf(await other.call('chain:takeKey', { code: typed, pin }));
    expect(await take('')).toBe('owner-code-wrong');
    expect(await take(code.replace(/^./, (first) => (first === '0' ? '1' : '0')))).toBe('owner-code-wrong');
    expect(await take(code.toLowerCase().replaceAll('-', ' '))).toBe('ok');
    expect(shownChain(other)?.isOwner).toBe(true);
    await save(other, { balanceCap: amount('700') });
    expect(await sign(other)).toBe('ok');
    expect(await till.look()).toBe('ok');
    expect((await policyAt(till)).balanceCap).toBe('700');
    expect(await sign(till)).toBe('ok');
    expect(await other.look()).toBe('ok');
  });

  it('goes on after whatever lies in the folder but another’s', async () => {
    const { till } = await openOwner();
    till.put('half');
    expect(await sign(till)).toBe('ok');
    expect(await till.look()).toBe('ok');
    const other = await openOwner();
    copyFileSync(join(other.till.shared, 'shop.json'), join(till.shared, 'shop.json'));
    expect(await sign(till)).toBe('shop-refused other-key');
    till.till.session()?.kernel.settings.set('chain.folder', HANGING);
    expect(await sign(till)).toBe('chain-folder-hangs');
    till.till.session()?.kernel.settings.set('chain.folder', join(till.shared, 'gone'));
    expect(await sign(till)).toBe('file-not-saved');
  });

  it('is held back by no clock that is apart: at once names no moment, and a day waits at each till', async () => {
    const { till } = await openOwner();
    const other = await openBeside(till);
    const ahead = vi.spyOn(Date, 'now').mockReturnValue(Date.parse('2031-01-01'));
    await save(till, { balanceCap: amount('500') });
    expect(await sign(till)).toBe('ok');
    ahead.mockRestore();
    expect(await other.look()).toBe('ok');
    expect((await policyAt(other)).balanceCap).toBe('500');
    // A day that was mistyped is made good by the next one.
    await save(till, { balanceCap: amount('600') });
    await sign(till, { fromDay: '2206-12-01' });
    expect(await other.look()).toBe('ok');
    expect((await policyAt(other)).balanceCap).toBe('500');
    expect(shownChain(other)?.next).toMatchObject({ changes: [{ name: 'balanceCap', after: '600' }] });
    await sign(till);
    expect(await other.look()).toBe('ok');
    expect((await policyAt(other)).balanceCap).toBe('600');
    expect(shownChain(other)?.next).toBeNull();
  });

  it('signs nothing in half into a folder that is full, and signs the same once there is room', async () => {
    const { till } = await openOwner();
    const other = await openBeside(till);
    await save(till, { balanceCap: amount('500') });
    const before = readdirSync(till.shared);
    full.set(till.shared, 0);
    expect(await sign(till)).toBe('file-not-saved');
    expect(readdirSync(till.shared)).toEqual(before);
    expect(await other.look()).toBe('ok');
    expect((await policyAt(other)).balanceCap).toBe('2000');
    expect(await till.look()).toBe('ok');
    full.delete(till.shared);
    expect(await sign(till)).toBe('ok');
    expect(await other.look()).toBe('ok');
    expect((await policyAt(other)).balanceCap).toBe('500');
  });

  it('makes no half chain where this till’s own disk is full', async () => {
    const till = await openTillAt(sharedFolder());
    const journal = till.till.session()?.ledger.journal;
    if (!journal) throw new Error('no journal');
    const disk = vi.spyOn(journal, 'append').mockImplementation(() => {
      throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
    });
    const make = async () => codeOf(await till.call('chain:make', { name: 'Kopi Corner', pin }));
    expect(await make()).toBe('disk-full');
    disk.mockRestore();
    expect(readdirSync(till.shared)).toEqual([]);
    expect(await make()).toBe('ok');
  });

  it('signs above what its tills go by, whatever became of the last one in the folder', async () => {
    const { till } = await openOwner();
    const session = till.till.session();
    const { accountHost: host = '', accountAppId: appId = '' } = session?.ledger.identity ?? {};
    const desk = session?.hosts.account.ofKey(
      (appKey): AccountDesk => ({ appKey, account: { host, appId } }),
    );
    if (!desk) throw new Error('no key');
    mkdirSync(join(till.shared, 'states'));
    // A version that no chain comes to is not believed.
    const tills = [
      [2, 30],
      [3, 900_000_000],
    ] as const;
    for (const [number, shopVersion] of tills) {
      const state = stateOf({ number, shopVersion, atMs: Date.now() });
      const file = join(till.shared, 'states', stateFileOf(tillIdOf(number)));
      writeFileSync(file, sealTillState(state, desk, realRandom));
    }
    session?.rooms.find(({ name }) => name === 'chain-states')?.wokeUp?.();
    await vi.waitFor(
      async () => expect((await till.must('chain:tills', { pin })).tills).toHaveLength(3),
      10_000,
    );
    expect(await sign(till)).toBe('ok');
    expect(shownChain(till)?.taken?.version).toBe(31);
  });

  it('makes no half chain in a folder that is full', async () => {
    const alone = await openTillAt(sharedFolder());
    const make = async () => codeOf(await alone.call('chain:make', { name: 'Kopi Corner', pin }));
    for (const room of [0, 1]) {
      full.set(alone.shared, room);
      expect(await make()).toBe('file-not-saved');
      expect(readdirSync(alone.shared)).toEqual([]);
      expect(shownChain(alone)).toBeNull();
    }
    full.delete(alone.shared);
    expect(await make()).toBe('ok');
  });

  it('that cannot be made leaves the key of the one before where it is', async () => {
    const { till } = await openOwner();
    const keyOf = async () => {
      const vault = await till.vault.load();
      return vault.state === 'present' ? vault.secrets.ownerKey : null;
    };
    const before = await keyOf();
    expect(codeOf(await till.call('chain:leave', { pin }))).toBe('ok');
    rmSync(join(till.shared, 'shop.json'));
    rmSync(join(till.shared, 'owner-key.sealed'));
    full.set(till.shared, 0);
    onTestFinished(() => void full.delete(till.shared));
    expect(codeOf(await till.call('chain:make', { name: 'Two', pin }))).toBe('file-not-saved');
    expect(await keyOf()).toBe(before);
  });

  it('is one: where another has signed into the folder each till goes by its own, and neither writes over the other', async () => {
    const { till } = await openOwner();
    const joined = await openBeside(till);
    await save(till, { balanceCap: amount('500') });
    await sign(till);
    await joined.look();
    const second = await openOwner();
    await save(second.till, { balanceCap: amount('900') });
    await sign(second.till);
    // A synchronised folder that was moved into the other.
    for (const name of ['shop.json', 'owner-key.sealed'])
      copyFileSync(join(second.till.shared, name), join(till.shared, name));
    expect(await joined.look()).toBe('shop-refused other-key');
    expect((await policyAt(joined)).balanceCap).toBe('500');
    expect(await sign(till)).toBe('shop-refused other-key');
    expect(codeOf(await preview(till))).toBe('shop-refused other-key');
    expect(codeOf(await joined.call('chain:takeKey', { code: second.code, pin }))).toBe('owner-code-wrong');
    expect(readFileSync(join(till.shared, 'shop.json'))).toEqual(
      readFileSync(join(second.till.shared, 'shop.json')),
    );
    // The first one moves on in a folder of its own.
    rmSync(join(till.shared, 'shop.json'));
    expect(await sign(till)).toBe('ok');
    expect(await joined.look()).toBe('ok');
  });

  it('makes no chain over another, nor in one', async () => {
    const { till } = await openOwner();
    expect(codeOf(await till.call('chain:make', { name: 'Two', pin }))).toBe('chain-there');
    const beside = await openTillAt(till.shared);
    expect(codeOf(await beside.call('chain:make', { name: 'Two', pin }))).toBe('chain-there');
    const alone = await openTillAt(sharedFolder());
    copyFileSync(join(till.shared, 'owner-key.sealed'), join(alone.shared, 'owner-key.sealed'));
    expect(codeOf(await alone.call('chain:make', { name: 'Two', pin }))).toBe('chain-there');
    expect(readdirSync(alone.shared)).toEqual(['owner-key.sealed']);
  });

  it('leaves its key in no file of the folder, no journal row and no topic', async () => {
    const { till, code } = await openOwner();
    await sign(till);
    const vault = await till.vault.load();
    const seed = vault.state === 'present' ? (vault.secrets.ownerKey ?? '') : '';
    expect(seed).toHaveLength(44);
    const files = readdirSync(till.shared).map((name) => readFileSync(join(till.shared, name), 'latin1'));
    const told = [...files, JSON.stringify(till.pushed), JSON.stringify(till.till.snapshot())];
    const database = readFileSync(join(till.folder, 'live', 'counterfoil.db'), 'latin1');
    for (const text of [...told, database]) {
      expect(text).not.toContain(seed);
      expect(text).not.toContain(Buffer.from(seed, 'base64').toString('latin1'));
      expect(text).not.toContain(code);
    }
  });

  it('a key that is not of this chain signs nothing', async () => {
    const { till, code } = await openOwner();
    const other = await openJoined();
    copyFileSync(join(till.shared, 'owner-key.sealed'), join(other.shared, 'owner-key.sealed'));
    expect(codeOf(await other.call('chain:takeKey', { code, pin }))).toBe('owner-code-wrong');
    const alone = await openChainTill();
    expect(codeOf(await alone.call('chain:takeKey', { code, pin }))).toBe('chain-none');
  });
});
