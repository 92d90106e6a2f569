import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { theManager } from '../../main/kernel/actor.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { CONFIRMED_ON_PAPER } from '../../main/sending/confirmed-paper.ts';
import { atTheTill } from '../kit/actors.ts';
import type { Driven } from '../kit/driven-till.ts';
import { balance, entry, HOUR_MS, lose, method, openLosing, sends, uid } from '../kit/losing.ts';
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
import { answerRead, correctRead } from '../kit/review.ts';
import { deskOf, slipOf } from '../kit/slips.ts';
import { temporaryFolder } from '../kit/till.ts';

/** What another copy of the till prints once KYBIO has confirmed the entry. */
const confirmedPaper = (driven: Driven, id: string) => {
  const own = entry(driven, id);
  return slipOf({ ...own, state: 'confirmed' }, deskOf(own, driven.store.appKey));
};

const asks = ({ till }: Driven) => till.session.counter.review.doubts();

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

  it('of one that was cancelled here: a manager is asked, once, and takes it back with one press after a reading', async () => {
    const till = await openLosing({}, null);
    await till.store.setPlug(false);
    const { id } = till.till.topUp(uid, '50.00');
    const code = confirmedPaper(till, id);
    till.till.session.ledger.transitions.cancel(id, atTheTill);
    await till.store.setPlug(true);
    // The copy that printed it has sent it.
    till.store.adjust(uid, '170.00', '340');
    expect([code, code].map((one) => outcomeOf(till, one))).toEqual(['asked', 'known']);
    const [doubt] = asks(till);
    expect(asks(till)).toMatchObject([{ entryId: id, kind: 'possible-double' }]);
    const {
      counter: { review },
    } = till.till.session;
    const doubtId = doubt?.id ?? '';
    expect(await review.correct(doubtId, theManager)).toMatchObject({ error: { code: 'reading-needed' } });
    const meant = { isMeant: true };
    expect(await correctRead(review, doubtId, theManager, meant)).toMatchObject({ ok: true });
    await till.drive(() => balance(till) === '120.00');
    // Another print of it does not take it back once more.
    expect(
      outcomeOf(
        till,
        slipOf(
          { ...entry(till, id), state: 'confirmed', sequence: 99 },
          deskOf(entry(till, id), till.store.appKey),
        ),
      ),
    ).toBe('known');
    expect(asks(till)).toEqual([]);
  });

  it('of one that was refused here: a manager is asked', async () => {
    const till = await openLosing({}, null);
    const fault = { kind: 'error', messages: ['Customer is disabled'], when: 'before' } as const;
    till.store.addFault({ fault, method, times: 1 });
    const { id } = till.till.topUp(uid, '50.00');
    await till.drive(() => entry(till, id).state !== 'queued' && entry(till, id).state !== 'sending');
    expect(entry(till, id).state).toBe('rejected');
    expect(outcomeOf(till, confirmedPaper(till, id))).toBe('asked');
    expect(asks(till)).toMatchObject([{ entryId: id, kind: 'possible-double' }]);
  });

  it('of one that this till took up and sent: a manager is asked whether it is there twice', async () => {
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
    const done = slipOf({ ...was, state: 'confirmed' }, deskOf(was, b.store.appKey));
    expect(outcomeOf(b, done)).toBe('asked');
    expect(asks(b)).toMatchObject([{ entryId: id, kind: 'possible-double' }]);
  });

  it.each([
    ['confirms it', 1, 2],
    ['refuses it', 0, 1],
  ])(
    'scanned while one that was taken up is on its way, and KYBIO %s: a manager is asked, once',
    async (_, enable, times) => {
      const a = await openLosing({}, null);
      await a.store.setPlug(false);
      const { id } = a.till.topUp(uid, '50.00');
      const waiting = codeOf(a, id);
      await a.store.setPlug(true);
      a.till.session.sending.loop.networkChanged();
      await a.drive(() => entry(a, id).state === 'confirmed');
      const done = codeOf(a, id);
      await a.till.close();
      const b = await another(a);
      // The member has spent it since, and no reading tells.
      b.store.adjust(uid, '120', '340');
      importEntry(b, waiting);
      await b.pass(HOUR_MS);
      b.store.setMember(uid, { enable });
      const scanned: string[] = [];
      b.beforeSend(() => scanned.push(outcomeOf(b, done)));
      await answer(b, id, 'send');
      await b.pass(HOUR_MS);
      expect(scanned).toEqual(['kept-beside']);
      expect(credited(b)).toHaveLength(times);
      expect(asks(b)).toMatchObject([
        { entryId: id, kind: 'possible-double', content: { paper: { till: 'Counter 1' } } },
      ]);
      expect(outcomeOf(b, done)).toBe('known');
      expect(asks(b)).toHaveLength(1);
    },
  );

  it.each(['is not in the backup', 'waits in the backup'])(
    'printed before a backup was put back, of an entry that %s and was sent anew: a manager is asked',
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
      expect(outcomeOf(again, done)).toBe('asked');
      expect(asks(again)).toMatchObject([{ entryId: id, kind: 'possible-double' }]);
      expect(outcomeOf(again, done)).toBe('known');
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
    expect(asks(again)).toEqual([]);
    expect(await answer(again, next, 'arrived')).toMatchObject({ ok: true });
    expect(scan(again, done)).toMatchObject({ value: { outcome: 'known' } });
    expect(asks(again)).toEqual([]);
  });

  it('held back, and a person drops the entry: the doubt is asked then, once', async () => {
    const till = await openLosing({}, null);
    await till.store.setPlug(false);
    const { id } = till.till.topUp(uid, '50.00');
    const code = confirmedPaper(till, id);
    expect(outcomeOf(till, code)).toBe('held-back');
    await till.store.setPlug(true);
    till.till.session.sending.loop.networkChanged();
    await till.pass(HOUR_MS);
    expect(await answer(till, id, 'drop')).toMatchObject({ ok: true, value: { state: 'cancelled' } });
    expect(asks(till)).toMatchObject([{ entryId: id, kind: 'possible-double' }]);
    expect(outcomeOf(till, code)).toBe('known');
    expect(asks(till)).toHaveLength(1);
  });

  it('of one that is confirmed here is known', async () => {
    const till = await openLosing({}, null);
    const { id } = till.till.topUp(uid, '50.00');
    await till.drive(() => entry(till, id).state === 'confirmed');
    for (const code of [codeOf(till, id), confirmedPaper(till, id)])
      expect(outcomeOf(till, code)).toBe('known');
    expect(asks(till)).toEqual([]);
  });
});
