import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { theManager, theProgram } from '../../main/kernel/actor.ts';
import { amount } from '../../preload/contract/index.ts';
import {
  codeOf,
  journalOf as journal,
  openChainTill,
  openJoined,
  owner,
  policyAt,
  shownChain as shown,
} from '../kit/chain-till.ts';
import { LIVE_PIN as pin } from '../kit/live-program.ts';
import { topUp } from '../kit/program.ts';
import { bonusRule, pointsRule } from '../kit/rules.ts';
import { CHAIN, testOwner } from '../kit/shop.ts';

describe('joining a chain', () => {
  it('shows whose key it is and what changes, and trusts nobody before it is confirmed', async () => {
    const till = await openChainTill({ version: 3, policy: { keypad: true } });
    const { found } = await till.must('chain:find', { pin });
    expect(found).toMatchObject({
      ...{ version: 3, name: 'Kopi Corner', folder: till.shared },
      changes: [{ part: 'policy', name: 'keypad', before: 'false', after: 'true' }],
    });
    expect(shown(till)).toBeNull();
    expect(await till.look()).toBe('chain-none');
    expect((await policyAt(till)).keypad).toBe(false);
    await till.must('chain:join', { id: found?.id ?? '', pin });
    const joined = await till.until(({ chain }) => chain?.taken?.version === 3);
    expect(joined.chain).toMatchObject({ fingerprint: found?.fingerprint, sets: ['keypad'], problem: null });
    expect((await policyAt(till)).keypad).toBe(true);
    expect(journal(till)?.noted('chain')).toMatchObject({ what: 'joined', key: owner.publicKey });
  });

  it('asks for the PIN again, and takes what was shown last', async () => {
    const till = await openChainTill();
    await till.must('manager:unlock', { pin });
    const { found } = await till.must('chain:find', {});
    expect(await till.call('chain:join', { id: found?.id ?? '' })).toMatchObject({
      error: { code: 'manager-locked' },
    });
    await till.must('chain:find', {});
    expect(codeOf(await till.call('chain:join', { id: found?.id ?? '', pin }))).toBe('chain-not-found');
  });

  it('is refused with what is no configuration, or one in other money', async () => {
    const till = await openChainTill({ currency: 'MYR' });
    expect(codeOf(await till.call('chain:find', { pin }))).toBe('shop-refused other-currency');
    till.put('{}');
    expect(codeOf(await till.call('chain:find', { pin }))).toBe('shop-refused foreign');
    rmSync(till.shared, { recursive: true });
    expect(codeOf(await till.call('chain:find', { pin }))).toBe('chain-folder-gone');
  });

  it('moves to another folder of the same chain, never to another key', async () => {
    const till = await openJoined();
    till.put(testOwner().sign({ version: 9 }));
    expect(codeOf(await till.call('chain:find', { pin }))).toBe('shop-refused other-key');
    till.put(owner.sign({ version: 9, chain: '00000000-0000-4000-8000-000000000000' }));
    expect(codeOf(await till.call('chain:find', { pin }))).toBe('shop-refused other-chain');
  });

  it('settings that were altered from outside join no chain, and lead to no other', async () => {
    const thief = testOwner();
    const trusted = JSON.stringify({ what: 'joined', chain: CHAIN, name: 'x', key: thief.publicKey });
    const alone = await openChainTill();
    const till = await openJoined({ version: 2 });
    for (const one of [alone, till])
      for (const key of ['chain', 'chain.joined', 'shop', 'chain.taken'])
        one.till.session()?.kernel.settings.set(key, trusted);
    alone.till.session()?.kernel.settings.set('chain.folder', alone.shared);
    expect(shown(await alone.reopen())).toBeNull();
    const again = await till.reopen();
    expect(await again.give({ version: 9, policy: { keypad: true } }, thief)).toBe('shop-refused other-key');
    expect(await again.give({ version: 1, policy: { keypad: true } })).toBe('shop-refused older');
  });
});

describe('a configuration of the owner', () => {
  it('is taken over as a whole, in one commit, and journaled', async () => {
    const till = await openJoined({
      version: 12,
      policy: { balanceCap: amount('500') },
      ways: ['cash', 'own:Voucher'],
      businessDay: { endsAtMinute: 180 },
      rules: { bonus: [bonusRule({ id: 'r1' })], points: [pointsRule({ id: 'r2' })] },
      reasons: ['Birthday'],
      receipts: { footer: 'Thank you' },
    });
    expect(await policyAt(till)).toMatchObject({
      ...{ balanceCap: '500', tenders: ['cash', 'own:Voucher'], businessDayEndsAtMinute: 180 },
    });
    const { book } = await till.must('rules:get', {});
    expect(book).toMatchObject({
      version: 12,
      bonus: [{ id: 'r1' }],
      points: [{ id: 'r2' }],
      reasons: ['Birthday'],
    });
    expect((await till.must('receipts:get', {})).settings.footer).toBe('Thank you');
    expect(journal(till)?.noted('shop')).toMatchObject({
      version: 12,
      sets: expect.arrayContaining(['rules']),
    });
  });

  it('is taken once; a newer one follows, and an older one never', async () => {
    const till = await openJoined({ version: 4, policy: { keypad: true } });
    expect(await till.give({ version: 5, policy: { keypad: false } })).toBe('ok');
    expect((await policyAt(till)).keypad).toBe(false);
    expect(await till.give({ version: 4, policy: { keypad: true } })).toBe('shop-refused older');
    expect(await till.give({ version: 5, policy: { keypad: true } })).toBe('shop-refused twice');
    expect((await policyAt(till)).keypad).toBe(false);
    expect(shown(till)).toMatchObject({ taken: { version: 5 }, problem: { code: 'shop-refused' } });
    const again = await till.reopen();
    expect(await again.give({ version: 4, policy: { keypad: true } })).toBe('shop-refused older');
    await again.must('chain:leave', { pin });
    expect(shown(again)).toBeNull();
    await again.join();
    expect(await again.look()).toBe('shop-refused older');
    expect((await policyAt(again)).keypad).toBe(false);
  });

  it('older than the last one is not taken after another chain in between either', async () => {
    const till = await openJoined({ version: 5 });
    await till.must('chain:leave', { pin });
    till.put(testOwner().sign({ chain: '00000000-0000-4000-8000-000000000000' }));
    await till.join();
    expect(await till.look()).toBe('ok');
    await till.must('chain:leave', { pin });
    till.put(owner.sign({ version: 4, policy: { keypad: true } }));
    await till.join();
    expect(await till.look()).toBe('shop-refused older');
    expect(shown(till)?.taken?.version).toBe(5);
  });

  it('waits while somebody is in an entry, a review or a count', async () => {
    const till = await openJoined();
    for (const [at, page] of (['form', 'review'] as const).entries()) {
      till.use.page(page);
      expect(await till.give({ version: 10 + at, policy: { quickAmounts: [amount(String(10 + at))] } })).toBe(
        'ok',
      );
      expect(shown(till)).toMatchObject({ next: { version: 10 + at, changes: [{ name: 'quickAmounts' }] } });
      expect(shown(till)?.taken?.version).not.toBe(10 + at);
      till.use.page('free');
      expect(await till.look()).toBe('ok');
      expect(shown(till)).toMatchObject({ next: null, taken: { version: 10 + at } });
    }
    await till.must('shifts:open', { float: amount('0'), drawer: 'own' });
    await till.must('shifts:beginCount', {});
    await till.give({ version: 20, policy: { floatCap: amount('7') } });
    expect(shown(till)).toMatchObject({ next: { version: 20 } });
  });

  it('does not wait for KYBIO: neither for what is sent, nor for test credits that cannot be taken back', async () => {
    const till = await openJoined();
    vi.spyOn(till.use, 'busy').mockReturnValue(['sending', 'check-up']);
    expect(await till.give({ version: 2, policy: { keypad: true } })).toBe('ok');
    expect(shown(till)?.taken?.version).toBe(2);
  });

  it('waits for its day', async () => {
    const till = await openJoined();
    expect(
      await till.give({ version: 2, validFromMs: Date.now() + 3_600_000, policy: { keypad: true } }),
    ).toBe('ok');
    expect(shown(till)).toMatchObject({ taken: { version: 1 }, next: { version: 2 } });
    expect((await policyAt(till)).keypad).toBe(false);
    // Nor does one before it take its place, whoever puts that into the folder.
    const signed = readFileSync(join(till.shared, 'shop.json'));
    expect(await till.give({ version: 1 })).toBe('shop-refused older');
    expect(shown(till)).toMatchObject({ next: { version: 2 }, problem: { code: 'shop-refused' } });
    writeFileSync(join(till.shared, 'shop.json'), signed);
    expect(await till.look()).toBe('ok');
    expect(shown(till)).toMatchObject({ next: { version: 2 }, problem: null });
  });

  it('of which one part does not fit this till changes nothing, is told, and is no bar to the next', async () => {
    const till = await openJoined();
    const rules = { bonus: [bonusRule({ tiers: [{ from: amount('90'), gives: amount('9') }] })], points: [] };
    const tooLow = { balanceCap: amount('50') };
    const receipts = { footer: 'Thank you' };
    expect(await till.give({ version: 2, policy: tooLow, rules, receipts })).toBe('shop-refused rules');
    const people = [{ id: 'p3', name: 'Counter 1', role: 'manager', language: null } as const];
    expect(await till.give({ version: 3, rules, receipts, people })).toBe('shop-refused people');
    // Nor does it end the time of the manager who is there.
    expect(codeOf(await till.call('chain:look', {}))).toBe('shop-refused people');
    expect(shown(till)).toMatchObject({
      taken: { version: 1 },
      sets: [],
      problem: { details: { because: 'person-name-taken' } },
    });
    expect(await policyAt(till)).toMatchObject({ balanceCap: '2000' });
    expect((await till.must('rules:get', {})).book).toMatchObject({ version: 0, bonus: [] });
    expect((await till.must('receipts:get', {})).settings.footer).toBe('');
    expect(till.till.snapshot().people).toBeNull();
    expect(await till.give({ version: 4, rules, receipts })).toBe('ok');
    expect(shown(till)).toMatchObject({ taken: { version: 4 }, problem: null });
  });

  it('that was refused is told no more once another one waits for its day', async () => {
    const till = await openJoined();
    const rules = { bonus: [bonusRule({ tiers: [{ from: amount('90'), gives: amount('9') }] })], points: [] };
    const policy = { balanceCap: amount('50') };
    expect(await till.give({ version: 2, policy, rules })).toBe('shop-refused rules');
    expect(await till.give({ version: 3, rules, validFromMs: Date.now() + 3_600_000 })).toBe('ok');
    expect(shown(till)).toMatchObject({ taken: { version: 1 }, next: { version: 3 }, problem: null });
  });

  it('of which the disk takes half is not taken at all, and is the next time', async () => {
    const till = await openJoined();
    const receipts = till.till.session()?.paper.receiptSettings;
    if (receipts === undefined) throw new Error('no till');
    const full = vi.spyOn(receipts, 'save').mockImplementation(() => {
      throw new Error('disk');
    });
    const people = [{ id: 'p1', name: 'Mei', role: 'manager', language: null } as const];
    const change = { version: 2, policy: { keypad: true }, people, receipts: { footer: 'Thank you' } };
    expect(await till.give(change)).toBe('internal');
    expect((await policyAt(till)).keypad).toBe(false);
    expect(till.till.snapshot().people).toBeNull();
    expect(till.till.session()?.people.people.load()).toBeNull();
    full.mockRestore();
    expect(await till.look()).toBe('ok');
    expect(till.till.snapshot().people?.list).toHaveLength(1);
  });

  it('leaves a rule version that this till has used to its own rules', async () => {
    const till = await openChainTill({ version: 1, rules: { bonus: [bonusRule({ id: 'r1' })], points: [] } });
    for (const [basedOn, reason] of ['Own', 'Owner'].entries())
      await till.must('rules:save', { rules: { bonus: [], points: [], reasons: [reason] }, basedOn, pin });
    await till.join();
    await till.look();
    expect((await till.must('rules:get', {})).book).toMatchObject({ version: 3, reasons: ['Owner'] });
    expect(till.till.session()?.counter.ruleBooks.version(1)).toMatchObject({ bonus: [], reasons: ['Own'] });
  });

  it('gives a person no PIN, and who is known by the id keeps theirs', async () => {
    const mei = { id: 'p1', name: 'Mei', role: 'manager', language: null } as const;
    const till = await openJoined({ people: [mei] });
    expect(till.till.snapshot().people?.list).toMatchObject([{ name: 'Mei', needsPin: true }]);
    expect(codeOf(await till.call('people:signIn', { person: 'p1', pin: '482915' }))).toBe(
      'person-pin-lost none',
    );
    await till.must('people:givePin', { id: 'p1', newPin: '482915', pin });
    await till.must('people:signIn', { person: 'p1', pin: '482915' });
    const meis = { person: 'p1', pin: '482915' };
    const ben = { id: 'p2', name: 'Ben', role: 'cashier', language: null } as const;
    till.put(owner.sign({ version: 2, people: [{ ...mei, name: 'Mei Ling' }, ben] }));
    await till.must('chain:look', { pin: meis });
    await till.until(({ people }) => people?.list.length === 2);
    await till.must('people:signIn', meis);
    expect(till.till.snapshot().people?.signedIn).toBe('p1');
    // Taken from the list, she is not there any more.
    till.put(owner.sign({ version: 3, people: [{ ...ben, role: 'manager' }] }));
    await till.must('chain:look', { pin: meis });
    await till.until(({ people }) => people?.signedIn === null);
  });

  it('reaches what is entered next, and nothing that was', async () => {
    const till = await openJoined();
    await till.must('members:find', { query: meiLing.number });
    await till.must('topUps:create', topUp(meiLing, { balanceIncrement: '400.00' }));
    await till.give({ version: 2, policy: { balanceCap: amount('50') } });
    expect(codeOf(await till.call('topUps:create', topUp(meiLing, { balanceIncrement: '400.00' })))).toBe(
      'above-cap',
    );
    expect(till.till.session()?.ledger.outbox.counts()).toMatchObject({ rejected: 0, review: 0 });
  });
});

describe('what the owner sets', () => {
  it('is not a manager’s to change, and what is not said is', async () => {
    const mei = { id: 'p1', name: 'Mei', role: 'manager', language: null } as const;
    const till = await openJoined({
      policy: { keypad: true },
      ways: ['cash'],
      reasons: ['Birthday'],
      receipts: { footer: 'Thank you' },
      people: [mei],
    });
    await till.must('people:givePin', { id: 'p1', newPin: '482915', pin });
    await till.must('people:signIn', { person: 'p1', pin: '482915' });
    const meis = { person: 'p1', pin: '482915' };
    const fixed = 'setting-fixed owner';
    const policy = await policyAt(till);
    const save = async (change: object) =>
      codeOf(await till.call('policy:save', { policy: { ...policy, ...change }, pin: meis }));
    expect(await save({ keypad: false })).toBe(fixed);
    expect(await save({ tenders: ['cash', 'card'] })).toBe(fixed);
    expect(await save({ scanPrefix: ']C1' })).toBe('ok');
    const { settings } = await till.must('receipts:get', {});
    const print = async (change: object) =>
      codeOf(await till.call('receipts:save', { settings: { ...settings, ...change }, pin: meis }));
    expect(await print({ footer: 'Bye' })).toBe(fixed);
    expect(await print({ header: 'Kopi' })).toBe('ok');
    const rules = { bonus: [bonusRule()], points: [], reasons: ['Birthday'] };
    const { version: basedOn } = (await till.must('rules:get', {})).book;
    const other = { ...rules, reasons: [] };
    expect(codeOf(await till.call('rules:save', { rules: other, basedOn, pin: meis }))).toBe(fixed);
    expect(codeOf(await till.call('rules:save', { rules, basedOn, pin: meis }))).toBe('ok');
    const { version, permissions } = till.till.snapshot().people ?? { version: 0 };
    const ben = { name: 'Ben', role: 'cashier', language: null, newPin: '391726' } as const;
    expect(codeOf(await till.call('people:add', { version, ...ben, pin: meis }))).toBe(fixed);
    expect(codeOf(await till.call('people:remove', { version, id: 'p1', pin: meis }))).toBe(fixed);
    const renamed = { version, id: 'p1', name: 'May', role: 'manager', language: null, pin: meis } as const;
    expect(codeOf(await till.call('people:change', renamed))).toBe(fixed);
    if (permissions === undefined) throw new Error('no permissions');
    expect(codeOf(await till.call('people:setPermissions', { version, permissions, pin: meis }))).toBe('ok');
  });

  it('is a manager’s again out of the chain', async () => {
    const till = await openChainTill({ policy: { keypad: false } });
    await till.join();
    await till.look();
    await till.must('chain:leave', { pin });
    await till.must('policy:save', { policy: { ...(await policyAt(till)), keypad: true }, pin });
    expect((await policyAt(till)).keypad).toBe(true);
  });

  it('comes back where something else came in its place, from the version that the till goes by', async () => {
    const till = await openJoined({ version: 3, policy: { balanceCap: amount('500') } });
    // As IT's lock leaves it, and settings that were altered from outside.
    const displace = async () =>
      till.till
        .session()
        ?.counter.policy.save({ ...(await policyAt(till)), balanceCap: amount('900') }, theProgram);
    await displace();
    till.use.page('form');
    expect(await till.look()).toBe('ok');
    expect((await policyAt(till)).balanceCap).toBe('900');
    expect(shown(till)).toMatchObject({
      taken: { version: 3 },
      next: { version: 3, changes: [{ name: 'balanceCap', before: '900', after: '500' }] },
    });
    till.use.page('free');
    expect(await till.look()).toBe('ok');
    expect((await policyAt(till)).balanceCap).toBe('500');
    expect(shown(till)).toMatchObject({ taken: { version: 3 }, next: null, problem: null });
    expect(journal(till)?.noted('shop')).toMatchObject({ version: 3, changes: [{ name: 'balanceCap' }] });
    const rows = () => journal(till)?.notes('shop', { limit: 9 }).length;
    expect(rows()).toBe(2);
    expect(await till.look()).toBe('ok');
    expect(rows()).toBe(2);
  });

  it('comes back with the chain that the till was out of', async () => {
    const till = await openJoined({
      version: 3,
      policy: { keypad: true },
      receipts: { footer: 'Thank you' },
    });
    await till.must('chain:leave', { pin });
    await till.must('policy:save', { policy: { ...(await policyAt(till)), keypad: false }, pin });
    await till.join();
    expect(await till.look()).toBe('ok');
    expect((await policyAt(till)).keypad).toBe(true);
  });

  it('is not a provisioning file’s to change either', async () => {
    const till = await openJoined({ policy: { keypad: true } });
    till.till.session()?.noteProvisioned({ keypad: false, scanPrefix: ']C1' }, theManager);
    expect(await policyAt(till)).toMatchObject({ keypad: true, scanPrefix: ']C1' });
  });

  it('still is after a start without the folder', async () => {
    const till = await openJoined({ policy: { keypad: true } });
    renameSync(till.shared, `${till.shared}.gone`);
    const again = await till.reopen();
    await again.until(({ chain }) => chain?.problem?.code === 'chain-folder-gone');
    expect(shown(again)).toMatchObject({ sets: ['keypad'], taken: { version: 1 } });
    const policy = await policyAt(again);
    expect(codeOf(await again.call('policy:save', { policy: { ...policy, keypad: false }, pin }))).toBe(
      'setting-fixed owner',
    );
  });
});
