import { describe, expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { noSeals, type Seals } from '../../main/kernel/database/seals.ts';
import { createDirectoryRepository } from '../../main/members/directory-repository.ts';
import { amount } from '../../preload/contract/index.ts';
import { openOutbox } from '../kit/outbox.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill } from '../kit/till.ts';
import { hostMember } from './host-member.ts';

const uid = hostMember().customerUid;

describe('the directory', () => {
  it('shows every reading and reasons only from those that overlapped no send', () => {
    const directory = createDirectoryRepository(openOutbox().db);
    directory.keep(hostMember(), 1, true);
    directory.keep(hostMember({ balance: amount('999') }), 2, false);
    expect(directory.byUid(uid)).toMatchObject({ balance: '999', asOfMs: 2 });
    expect(directory.baseline(uid)).toEqual({ balance: '120.00', point: '340', atMs: 1 });
    directory.keepSums(uid, amount('130.00'), amount('350'), 3);
    expect(directory.byUid(uid)).toMatchObject({ balance: '130.00', point: '350', asOfMs: 3 });
    expect(directory.baseline(uid)).toEqual({ balance: '130.00', point: '350', atMs: 3 });
    directory.keep(hostMember({ balance: amount('140') }), 4, true);
    expect(directory.baseline(uid)).toEqual({ balance: '140', point: '340', atMs: 4 });
  });

  it('has no baseline of a member that was only read during a send, or never', () => {
    const directory = createDirectoryRepository(openOutbox().db);
    directory.keep(hostMember(), 1, false);
    expect(directory.baseline(uid)).toBeNull();
    expect(directory.baseline('2')).toBeNull();
    directory.keepSums('2', amount('1'), amount('1'), 1);
    expect(directory.byUid('2')).toBeNull();
  });

  it('forgets the baselines of those who have one, and touches nobody else', () => {
    const changed: string[] = [];
    const seals: Seals = {
      ...noSeals,
      change: (_table, [key = ''], write) => {
        changed.push(key);
        return write();
      },
    };
    const directory = createDirectoryRepository(openOutbox().db, seals);
    directory.keep(hostMember({ customerUid: '1' }), 1, true);
    directory.keep(hostMember({ customerUid: '2', number: '2' }), 1, false);
    changed.length = 0;
    directory.forgetBaselines();
    expect([directory.baseline('1'), changed]).toEqual([null, ['1']]);
  });

  it('keeps a page whole or not at all', () => {
    const directory = createDirectoryRepository(openOutbox().db);
    const page = [hostMember({ customerUid: '1' }), hostMember({ customerUid: '2', name: null as never })];
    const readings = page.map((one) => ({ member: one, isBaseline: true }));
    expect(() => directory.keepAll(readings, 1)).toThrow(/NOT NULL/);
    expect(directory.count()).toBe(0);
  });

  it('finds a card before a phone before a name, with no wildcards of the asker', () => {
    const directory = createDirectoryRepository(openOutbox().db);
    directory.keep(hostMember({ customerUid: '1', number: '77', name: 'Number 88', phone: '' }), 1, true);
    directory.keep(hostMember({ customerUid: '2', number: '66', name: 'Zoe', phone: '88' }), 1, true);
    directory.keep(hostMember({ customerUid: '3', number: '88', name: 'Ang', phone: '1' }), 1, true);
    const found = (query: string) => directory.find(query, 50).map(({ customerUid }) => customerUid);
    expect(found('88')).toEqual(['3', '2']);
    expect(found('number 88')).toEqual(['1']);
    expect(found('zo')).toEqual(['2']);
    expect(found('%')).toEqual([]);
    expect(found('_')).toEqual([]);
    expect(found('')).toEqual([]);
    expect(directory.byPhone('')).toEqual([]);
    expect(directory.byNumber('88').map(({ customerUid }) => customerUid)).toEqual(['3']);
    expect(directory.find('8', 1)).toHaveLength(1);
  });
});

describe('members are found', () => {
  const named = (...names: readonly string[]) => {
    const directory = createDirectoryRepository(openOutbox().db);
    for (const [at, name] of names.entries())
      directory.keep(hostMember({ customerUid: String(at + 1), number: `C${at}`, phone: '', name }), 1, true);
    return { directory, found: (query: string) => directory.find(query, 50).map(({ name }) => name) };
  };

  it.each([
    ['José García', 'jose garcia'],
    ['jose garcia', 'JOSÉ GARCÍA'],
    ['Łukasz Đặng', 'lukasz dang'],
    ['Nguyễn Thị Hương', 'nguyen huong'],
    ['Søren Ærø', 'soren aero'],
    ['Groß', 'GROSS'],
    ['Seán O’Brien', "sean o'brien"],
    ['Tan Mei-Ling', 'mei ling'],
    ['ＴＡＮ　ＭＥＩ', 'tan mei'],
    ['Tan Mei', 'ＴＡＮ'],
    ['İpek Yıldız', 'ipek yildiz'],
    ['陈佳', '佳'],
    ['Tan Mei Ling', 'ling tan'],
  ])('%j by %j', (name, query) => {
    expect(named(name, 'Zoe').found(query)).toEqual([name]);
  });

  it('by every part, not by some', () => {
    expect(named('Tan Mei Ling', 'Tan Wei').found('tan mei')).toEqual(['Tan Mei Ling']);
    expect(named('Tan Mei Ling').found('tan wei')).toEqual([]);
  });

  it('as they are called now, also after a transaction that was rolled back', () => {
    const { db } = openOutbox();
    const directory = createDirectoryRepository(db);
    directory.keep(hostMember({ name: 'Ang' }), 1, true);
    const found = (query: string) => directory.find(query, 9).length;
    expect([found('ang'), found('beh')]).toEqual([1, 0]);
    const fails = db.transaction(() => {
      directory.keep(hostMember({ name: 'Beh' }), 2, true);
      throw new Error('no');
    });
    expect(fails).toThrow('no');
    expect([found('ang'), found('beh')]).toEqual([1, 0]);
    directory.keep(hostMember({ name: 'Beh' }), 3, true);
    expect([found('ang'), found('beh')]).toEqual([0, 1]);
    directory.forgetOlder(4, 99);
    expect([found('ang'), found('beh')]).toEqual([0, 0]);
  });

  it('by a number whatever its case, the one as typed first, and never cut at a letter', () => {
    const directory = createDirectoryRepository(openOutbox().db);
    const cards = ['VIP-0012', 'vip-0012', '0012', 'VIP-00123'];
    for (const [at, number] of cards.entries())
      directory.keep(hostMember({ customerUid: String(at + 1), number, phone: '', name: `M${at}` }), 1, true);
    const found = (query: string) => directory.find(query, 50).map(({ number }) => number);
    expect(found('vip-0012')).toEqual(['vip-0012', 'VIP-0012']);
    expect(found('VIP-0012')).toEqual(['VIP-0012', 'vip-0012']);
    expect(found('Vip-00123')).toEqual(['VIP-00123']);
    expect(found('0012')).toEqual(['0012']);
    expect(found('00-12')).toEqual([]);
    expect(found('IP-0012')).toEqual([]);
  });
});

describe('a reading that overlaps a send (protocol rule 6)', () => {
  it('is no baseline, whoever was read; one after the send is', async () => {
    const store = await startPracticeStore();
    const till = await openTestTill(store);
    for (const { number } of [meiLing, limWei]) await till.session.members.lookUp.find(number);
    const before = till.session.members.directory.baseline(meiLing.customerUid);
    const method = 'updateBalancePointByIncrement';
    store.addFault({ fault: { kind: 'delay', delayMs: 150, when: 'after' }, method, times: 1 });
    till.session.start();
    const saved = till.topUp(meiLing.customerUid, '10');
    // KYBIO has credited and has not answered: the reading says 130 while the attempt is under way.
    await store.waitForCall((call) => call.method === method);
    await till.session.members.lookUp.find(limWei.number);
    const during = await till.session.members.lookUp.find(meiLing.number);
    expect(during).toMatchObject({ ok: true, value: { members: [{ source: 'kybio' }] } });
    expect(till.session.ledger.outbox.byId(saved.id)?.state).toBe('sending');
    expect(till.session.members.directory.baseline(meiLing.customerUid)).toEqual(before);
    await till.untilState(saved.reference, 'confirmed');
    expect(till.session.members.directory.baseline(meiLing.customerUid)).toMatchObject({ balance: '130.00' });
    store.adjust(meiLing.customerUid, '200.00', '0');
    till.session.counter.policy.save(
      { ...till.session.counter.policy.current(), memberFreshMs: 0 },
      theManager,
    );
    await till.session.members.lookUp.find(meiLing.number);
    expect(till.session.members.directory.baseline(meiLing.customerUid)).toMatchObject({
      balance: '200.00',
      point: '0',
    });
  });

  it('nor is one of a member with an undecided entry, by number or by phone', async () => {
    const store = await startPracticeStore();
    const till = await openTestTill(store);
    await till.session.members.lookUp.find(meiLing.number);
    const before = till.session.members.directory.baseline(meiLing.customerUid);
    store.addFault({
      fault: { kind: 'drop', when: 'after' },
      method: 'updateBalancePointByIncrement',
      times: 1,
    });
    till.session.start();
    const saved = till.topUp(meiLing.customerUid, '10');
    await till.untilState(saved.reference, 'unknown');
    await till.until(({ session }) => session.hosts.link.state.pauses.length === 0);
    for (const query of [meiLing.number, meiLing.phone]) {
      expect(await till.session.members.lookUp.find(query)).toMatchObject({
        ok: true,
        value: { members: [{ balance: '130.00' }] },
      });
    }
    await till.session.members.lookUp.find(limWei.number);
    expect(till.session.members.directory.baseline(meiLing.customerUid)).toEqual(before);
    expect(till.session.members.directory.baseline(limWei.customerUid)).not.toBeNull();
  });
});
