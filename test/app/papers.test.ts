import { cpSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { theManager } from '../../main/kernel/actor.ts';
import { readReceiptCode } from '../../main/paper/slips/receipt-code.ts';
import { amount } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { balance, entry, HOUR_MS, lose, openLosing, uid } from '../kit/losing.ts';
import {
  another,
  answer,
  codeOf,
  credited,
  importEntry,
  kept,
  outcomeOf,
  scan,
  started,
} from '../kit/papers.ts';
import { deskOf, slipOf } from '../kit/slips.ts';
import { asSeen, temporaryFolder } from '../kit/till.ts';

describe('whose paper it is', () => {
  it.each([
    ['equal', 'Counter 1', 'Counter 1'],
    [
      'equal as far as a paper has room',
      '收银台一号在喷泉旁边的二楼东侧甲',
      '收银台一号在喷泉旁边的二楼东侧乙',
    ],
  ])('a working till’s is that till’s, with names that are %s', async (_, one, two) => {
    const a = await openLosing({}, null, { config: { tillName: one } });
    await a.store.setPlug(false);
    const { id } = a.till.topUp(uid, '50.00');
    const code = codeOf(a, id);
    await a.store.setPlug(true);
    const b = await another(a, { tillName: two });
    expect(scan(b, code)).toMatchObject({ value: { outcome: 'other-till' } });
    expect(b.till.session.ledger.outbox.byId(id)).toBeNull();
    await a.drive(() => entry(a, id).state === 'confirmed');
    await b.pass(HOUR_MS);
    expect(credited(a)).toHaveLength(1);
  });

  it('one’s own from before a backup was put back is taken up without a question, under whatever name', async () => {
    const before = await openLosing({}, null);
    const saved = temporaryFolder();
    const { folder } = before.till;
    await before.till.close();
    cpSync(folder, saved, { recursive: true });
    const later = await started(await before.restart());
    await later.store.setPlug(false);
    const { id } = later.till.topUp(uid, '50.00');
    await later.settle();
    const code = codeOf(later, id);
    await later.till.close();
    rmSync(folder, { recursive: true });
    cpSync(saved, folder, { recursive: true });
    const again = await started(await later.restart());
    expect(scan(again, code)).toMatchObject({ value: { outcome: 'taken-up', till: 'Counter 1' } });
    const { tillIdentity } = again.till.session.ledger;
    expect(entry(again, id)).toMatchObject({ till: 'Counter 1', origin: { till: tillIdentity.tillId } });
    expect(
      tillIdentity.compare({
        tillId: tillIdentity.tillId ?? '',
        epoch: entry(again, id).origin?.epoch ?? '',
      }),
    ).not.toBe('copy');
  });

  it('one of a copy that lives on another computer stops sending, and is taken up once a manager goes on here', async () => {
    const first = await openLosing({}, null);
    const { folder } = first.till;
    await first.till.close();
    const saved = temporaryFolder();
    cpSync(folder, saved, { recursive: true });
    const later = await started(await first.restart());
    const done = later.till.topUp(uid, '1.00').id;
    await later.drive(() => entry(later, done).state === 'confirmed');
    await later.till.close();
    const putBack = async () => {
      rmSync(folder, { recursive: true });
      cpSync(saved, folder, { recursive: true });
      return started(await later.restart());
    };
    // The same file is opened on two computers: each goes on in an epoch of its own.
    const copy = await putBack();
    copy.till.session.ledger.tillIdentity.begin('moved', theManager);
    await copy.store.setPlug(false);
    await copy.pass(60_000);
    const asked = { requestId: 'cash', ...asSeen(copy.till.session, uid), pointIncrement: '0', note: '' };
    const cash = { ...asked, balanceIncrement: '50.00', tender: 'cash', given: '50.00' } as never;
    const made = copy.till.session.counter.topUps.create(cash, atTheTill);
    const id = made.ok ? made.value.id : made.error.code;
    const code = codeOf(copy, id);
    await copy.till.close();
    await copy.store.setPlug(true);
    const here = await putBack();
    const { link } = here.till.session.hosts;
    expect(outcomeOf(here, code)).toBe('copy');
    expect(here.till.session.ledger.outbox.byId(id)).toBeNull();
    expect(link.state.pauses.map(({ reason }) => reason)).toContain('till-copy');
    here.till.session.records.tillCopies.goOnHere(theManager);
    const {
      day: { shifts },
    } = here.till.session;
    shifts.service.open(amount('0'), 'own', theManager);
    // It has a drawer of its own, and what it took is in that one.
    expect(scan(here, code)).toMatchObject({ value: { outcome: 'other-till' } });
    expect(outcomeOf(here, code)).toBe('taken-up');
    expect(entry(here, id)).toMatchObject({ state: 'review', till: 'Counter 1' });
    const stands = shifts.service.stands();
    expect(stands).toMatchObject({ ok: true });
    expect(stands.ok && stands.value?.tenders.find(({ tender }) => tender === 'cash')).toMatchObject({
      ...{ taken: '0', expected: '0' },
    });
    expect(credited(here)).toHaveLength(1);
  });

  it('has the beginning of its id where its name had no room', async () => {
    const a = await openLosing({}, null);
    await a.store.setPlug(false);
    const { id } = a.till.topUp(uid, '50.00');
    const b = await another(a);
    const code = slipOf({ ...entry(a, id), till: '' }, deskOf(a.store));
    expect(scan(b, code)).toMatchObject({ value: { outcome: 'other-till', till: '#001122' } });
    importEntry(b, code);
    expect(entry(b, id).till).toBe('#001122');
  });

  it('is told with its ids in the journal, and kept with the entry', async () => {
    const a = await openLosing({}, null);
    await a.store.setPlug(false);
    const { id } = a.till.topUp(uid, '50.00');
    const { sequence } = entry(a, id);
    const { tillId, epoch } = a.till.session.ledger.tillIdentity;
    const b = await another(a);
    expect(outcomeOf(b, codeOf(a, id))).toBe('taken-up');
    expect(entry(b, id)).toMatchObject({ origin: { till: tillId, epoch, number: sequence } });
    expect(b.till.session.ledger.journal?.noted('receipt taken up')).toMatchObject({
      ...{ tillId, epoch, number: sequence, till: 'Counter 1' },
    });
    // Printed here it says this till, and the number that it has here.
    const desk = deskOf(b.store);
    expect(readReceiptCode(desk, codeOf(b, id))).toMatchObject({
      facts: {
        origin: { tillId: b.till.session.ledger.tillIdentity.tillId },
        sequence: entry(b, id).sequence,
      },
    });
  });
});

/** A till whose answer was lost, though the host has it; then its disk dies. */
async function deadWithLost() {
  const a = await openLosing({}, 'after');
  const { id } = await lose(a, '50.00');
  const code = codeOf(a, id);
  await a.till.close();
  a.clock.pass(HOUR_MS);
  return { a, id, code };
}

describe('what the member held before', () => {
  it('speaks for an arrival that the new till itself saw nothing of: nothing is sent', async () => {
    const { a, id, code } = await deadWithLost();
    const fresh = await another(a);
    expect(outcomeOf(fresh, code)).toBe('taken-up');
    await fresh.pass(HOUR_MS);
    expect(kept(fresh, id)?.papers.before).toMatchObject({ balance: '120', point: '340' });
    expect(await answer(fresh, id, 'send')).toMatchObject({ ok: false });
    expect(await answer(fresh, id, 'arrived')).toMatchObject({ ok: true });
    await fresh.pass(HOUR_MS);
    expect(credited(fresh)).toHaveLength(1);
    expect(balance(fresh)).toBe('170.00');
  });

  it('never says by itself that it did not arrive', async () => {
    const a = await openLosing({}, null);
    await a.store.setPlug(false);
    const { id } = a.till.topUp(uid, '50.00');
    const code = codeOf(a, id);
    await a.till.close();
    await a.store.setPlug(true);
    const fresh = await another(a);
    importEntry(fresh, code);
    await fresh.pass(HOUR_MS);
    const looked = await fresh.till.session.members.reader.byNumber('8008010001', 'look-up');
    expect(looked.ok).toBe(true);
    await answer(fresh, id, 'send');
    await fresh.drive(() => entry(fresh, id).state === 'confirmed');
    expect(credited(fresh)).toHaveLength(1);
    const decided = fresh.till.session.ledger.journal?.rowsOf(entry(fresh, id).sequence) ?? [];
    expect(JSON.stringify(decided)).not.toContain('"suggestion\\":\\"not-applied');
  });

  it('the same paper at two tills: what the first sent, the reading shows the second', async () => {
    const a = await openLosing({}, null);
    await a.store.setPlug(false);
    const { id } = a.till.topUp(uid, '50.00');
    const code = codeOf(a, id);
    await a.till.close();
    await a.store.setPlug(true);
    const [b, c] = [await another(a), await another(a)];
    for (const till of [b, c]) expect(outcomeOf(till, code)).toBe('taken-up');
    await b.pass(HOUR_MS);
    expect(await answer(b, id, 'send')).toMatchObject({ ok: true });
    await b.drive(() => entry(b, id).state === 'confirmed');
    await c.pass(HOUR_MS);
    expect(await answer(c, id, 'send')).toMatchObject({ ok: false });
    await c.pass(HOUR_MS);
    expect(credited(c)).toHaveLength(1);
    expect(balance(c)).toBe('170.00');
  });
});
