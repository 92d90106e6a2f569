import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { theManager } from '../../main/kernel/actor.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { CONFIRMED_ON_PAPER } from '../../main/sending/confirmed-paper.ts';
import { atTheTill } from '../kit/actors.ts';
import type { Driven } from '../kit/driven-till.ts';
import { entry, HOUR_MS, lose, method, openLosing, sends, uid } from '../kit/losing.ts';
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
import { answerRead } from '../kit/review.ts';
import { deskOf, slipOf } from '../kit/slips.ts';
import { temporaryFolder } from '../kit/till.ts';

/** What another copy of the till prints once KYBIO has confirmed the entry. */
const confirmedPaper = (driven: Driven, id: string) => {
  const own = entry(driven, id);
  return slipOf({ ...own, state: 'confirmed' }, deskOf(driven.store));
};

describe('a paper that says confirmed', () => {
  it('after the waiting paper of the same entry: it is held for a person and never sent', async () => {
    const a = await openLosing({}, null);
    await a.store.setPlug(false);
    const { id } = a.till.topUp(uid, '50.00');
    const waiting = codeOf(a, id);
    await a.store.setPlug(true);
    await a.drive(() => entry(a, id).state === 'confirmed');
    const done = codeOf(a, id);
    await a.till.close();
    const fresh = await another(a);
    expect([waiting, done, waiting, done].map((code) => outcomeOf(fresh, code))).toEqual([
      ...['taken-up', 'held-back', 'known', 'known'],
    ]);
    await fresh.pass(HOUR_MS);
    expect(entry(fresh, id)).toMatchObject({ state: 'review', cause: 'from-confirmed-receipt' });
    expect(kept(fresh, id)).toMatchObject({ sendable: false });
    expect(await answer(fresh, id, 'send')).toMatchObject({ error: { code: 'receipt-says-confirmed' } });
    expect(fresh.till.session.ledger.journal?.noted(CONFIRMED_ON_PAPER)).toMatchObject({
      ...{ was: 'review', outcome: 'held-back', till: 'Counter 1' },
    });
    expect(await answer(fresh, id, 'arrived')).toMatchObject({ ok: true, value: { state: 'confirmed' } });
    const rows = fresh.till.session.ledger.journal?.rowsOf(entry(fresh, id).sequence) ?? [];
    expect(JSON.parse(rows.at(-1)?.content ?? '[]')).toMatchObject([
      'confirmed',
      null,
      { papers: { confirmed: { till: 'Counter 1' } } },
    ]);
    await fresh.pass(HOUR_MS);
    expect(credited(fresh)).toHaveLength(1);
  });

  it('of an entry that waits here: it is not sent any more', async () => {
    const till = await openLosing({}, null);
    await till.store.setPlug(false);
    const { id } = till.till.topUp(uid, '50.00');
    expect(outcomeOf(till, confirmedPaper(till, id))).toBe('held-back');
    await till.store.setPlug(true);
    till.till.session.sending.loop.networkChanged();
    await till.pass(3 * HOUR_MS);
    expect(entry(till, id)).toMatchObject({ state: 'review', cause: 'from-confirmed-receipt' });
    expect(sends(till)).toHaveLength(0);
    const again = await started(await till.restart());
    await again.pass(HOUR_MS);
    expect(sends(again)).toHaveLength(0);
  });

  it('of one whose answer is lost: stillness does not send it again, and a person sees the paper', async () => {
    const till = await openLosing({}, 'before');
    const { id } = await lose(till, '50.00');
    expect(outcomeOf(till, confirmedPaper(till, id))).toBe('kept-beside');
    expect(outcomeOf(till, confirmedPaper(till, id))).toBe('known');
    await till.drive(() => entry(till, id).state !== 'unknown');
    expect(entry(till, id)).toMatchObject({ state: 'review' });
    expect(kept(till, id)).toMatchObject({ sendable: false, papers: { confirmed: { till: 'Counter 1' } } });
    expect(await answer(till, id, 'send')).toMatchObject({ error: { code: 'receipt-says-confirmed' } });
    await till.pass(HOUR_MS);
    expect(sends(till)).toHaveLength(1);
  });

  it('scanned while the entry is on its way, which then never left: it does not go again', async () => {
    const till = await openLosing({}, null);
    let scanned = '';
    const { id } = till.till.topUp(uid, '50.00');
    till.beforeSend(() => {
      scanned ||= outcomeOf(till, confirmedPaper(till, id));
      void till.store.setPlug(false);
    });
    await till.drive(() => scanned !== '');
    till.beforeSend(() => undefined);
    expect(scanned).toBe('kept-beside');
    await till.settle();
    await till.store.setPlug(true);
    till.till.session.sending.loop.networkChanged();
    await till.pass(3 * HOUR_MS);
    expect(entry(till, id).state).toBe('review');
    expect(kept(till, id)).toMatchObject({ sendable: false });
    expect(credited(till).length).toBeLessThanOrEqual(1);
  });

  it('of one that was cancelled here: it stays so, and says each time that the receipt differs', async () => {
    const till = await openLosing({}, null);
    await till.store.setPlug(false);
    const { id } = till.till.topUp(uid, '50.00');
    const code = confirmedPaper(till, id);
    till.till.session.ledger.transitions.cancel(id, atTheTill);
    expect([code, code].map((one) => outcomeOf(till, one))).toEqual(['differs', 'differs']);
    expect(till.till.session.ledger.journal?.noted(CONFIRMED_ON_PAPER)).toMatchObject({ outcome: 'differs' });
    await till.store.setPlug(true);
    await till.pass(HOUR_MS);
    expect(entry(till, id).state).toBe('cancelled');
    expect(sends(till)).toHaveLength(0);
  });

  it('of one that was refused here: it says that the receipt differs', async () => {
    const till = await openLosing({}, null);
    const fault = { kind: 'error', messages: ['Customer is disabled'], when: 'before' } as const;
    till.store.addFault({ fault, method, times: 1 });
    const { id } = till.till.topUp(uid, '50.00');
    await till.drive(() => entry(till, id).state !== 'queued' && entry(till, id).state !== 'sending');
    expect(entry(till, id).state).toBe('rejected');
    expect(outcomeOf(till, confirmedPaper(till, id))).toBe('differs');
  });

  it('of one that this till took up and sent: it says that the receipt differs', async () => {
    const a = await openLosing({}, null);
    await a.store.setPlug(false);
    const { id } = a.till.topUp(uid, '50.00');
    const [waiting, was] = [codeOf(a, id), entry(a, id)];
    await a.till.close();
    await a.store.setPlug(true);
    const b = await another(a);
    importEntry(b, waiting);
    await b.pass(HOUR_MS);
    await answer(b, id, 'send');
    await b.drive(() => entry(b, id).state === 'confirmed');
    // The till that was called lost was not: it has sent it as well.
    expect(outcomeOf(b, codeOf(b, id))).toBe('known');
    const done = slipOf({ ...was, state: 'confirmed' }, deskOf(b.store));
    expect(outcomeOf(b, done)).toBe('differs');
  });

  it.each(['is not in the backup', 'waits in the backup'])(
    'printed before a backup was put back, of an entry that %s and was sent anew: it says that the receipt differs',
    async (where) => {
      const first = await openLosing({}, null);
      const saved = join(temporaryFolder(), 'backup.db');
      // The head of the journal stays, and tells.
      const file = databaseFile(liveFolder(first.till.folder));
      await first.store.setPlug(false);
      const made = where === 'waits in the backup' ? first.till.topUp(uid, '50.00') : null;
      await first.till.close();
      cpSync(file, saved);
      const later = await started(await first.restart());
      const { id } = made ?? later.till.topUp(uid, '50.00');
      const waiting = codeOf(later, id);
      await later.store.setPlug(true);
      later.till.session.sending.loop.networkChanged();
      await later.pass(HOUR_MS);
      if (entry(later, id).state === 'review') await answer(later, id, 'send');
      await later.drive(() => entry(later, id).state === 'confirmed');
      const done = codeOf(later, id);
      await later.till.close();
      cpSync(saved, file);
      const again = await started(await later.restart());
      // The member has spent it since, and no reading tells.
      again.store.adjust(uid, '120', '340');
      if (made === null) expect(outcomeOf(again, waiting)).toBe('taken-up');
      await again.pass(HOUR_MS);
      await answer(again, id, 'send');
      await again.drive(() => entry(again, id).state === 'confirmed');
      expect(credited(again)).toHaveLength(2);
      expect(outcomeOf(again, codeOf(again, id))).toBe('known');
      expect(outcomeOf(again, done)).toBe('differs');
    },
  );

  it('of one that was refused as a duplicate and replaced: what took its place is held back, and nothing goes out', async () => {
    const first = await openLosing({ host: { refusesDuplicates: true } }, null);
    const file = databaseFile(liveFolder(first.till.folder));
    const saved = join(temporaryFolder(), 'backup.db');
    await first.store.setPlug(false);
    const { id } = first.till.topUp(uid, '50.00');
    await first.till.close();
    cpSync(file, saved);
    const later = await started(await first.restart());
    await later.store.setPlug(true);
    later.till.session.sending.loop.networkChanged();
    await later.drive(() => entry(later, id).state === 'confirmed');
    const done = codeOf(later, id);
    await later.till.close();
    cpSync(saved, file);
    const again = await started(await later.restart());
    again.store.adjust(uid, '120', '340');
    await again.pass(HOUR_MS);
    await answer(again, id, 'send');
    await again.pass(HOUR_MS);
    const {
      counter: { review },
      ledger: { outbox },
    } = again.till.session;
    const sentAnew = await answerRead(review, entry(again, id), 'send', theManager, { isMeant: true });
    const next = outbox.byRequestId(`replace:${id}`)?.id ?? '';
    expect(sentAnew).toMatchObject({ ok: true, value: { id: next, state: 'queued' } });
    expect(scan(again, done)).toMatchObject({ value: { outcome: 'held-back', entry: { id: next } } });
    await again.pass(HOUR_MS);
    expect(entry(again, next)).toMatchObject({ state: 'review', cause: 'from-confirmed-receipt' });
    expect(credited(again)).toHaveLength(1);
    expect(await answer(again, next, 'arrived')).toMatchObject({ ok: true });
    expect(scan(again, done)).toMatchObject({ value: { outcome: 'known' } });
  });

  it('of one that is confirmed here is known', async () => {
    const till = await openLosing({}, null);
    const { id } = till.till.topUp(uid, '50.00');
    await till.drive(() => entry(till, id).state === 'confirmed');
    for (const code of [codeOf(till, id), confirmedPaper(till, id)])
      expect(outcomeOf(till, code)).toBe('known');
  });
});
