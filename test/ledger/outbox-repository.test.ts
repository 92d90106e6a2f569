import { describe, expect, it } from 'vitest';
import { readIncrementBody } from '../../main/hosts/kybio/body.ts';
import { entryStates } from '../../preload/contract/index.ts';
import { draft, openOutbox, signer } from '../kit/outbox.ts';

describe('an increment', () => {
  it('is kept as it was asked for, with the bytes that say the same', () => {
    const { outbox, add } = openOutbox();
    const saved = add({ balanceIncrement: '12.50', pointIncrement: '3', note: 'cash' });
    expect(saved).toMatchObject({
      sequence: 1,
      till: 'Counter 1',
      balanceIncrement: '12.5',
      pointIncrement: '3',
      dataChangeTime: '2026-01-15 13:26:23',
      storeDay: '2026-01-15',
      state: 'queued',
      version: 1,
      touched: false,
      attempts: 0,
    });
    const signed = outbox.signedBody(saved.id);
    if (signed === null) throw new Error('no body');
    expect(signer.verify(signed)).toBe(true);
    expect(readIncrementBody(signed.body)).toEqual({
      appId: 'APP',
      customerUid: '231607639459718452',
      balanceIncrement: '12.5',
      pointIncrement: '3',
      dataChangeTime: '2026-01-15 13:26:23',
    });
    expect(outbox.byRequestId(saved.requestId)).toEqual(saved);
  });

  it('is made once, however often its form comes', () => {
    const { outbox, add, clock } = openOutbox();
    const asked = draft();
    const first = outbox.add(asked, signer.sign);
    clock.pass(5_000);
    for (let again = 0; again < 20; again += 1) expect(outbox.add(asked, signer.sign)).toEqual(first);
    expect(add().sequence).toBe(2);
    expect([...outbox.all()]).toHaveLength(2);
  });

  it('has a second of its own per member, and the same one as another member’s', () => {
    const { add } = openOutbox();
    const times = [add(), add(), add()].map(({ dataChangeTime }) => dataChangeTime);
    expect(times).toEqual(['2026-01-15 13:26:23', '2026-01-15 13:26:22', '2026-01-15 13:26:21']);
    expect(add({ customerUid: '2' }).dataChangeTime).toBe('2026-01-15 13:26:23');
  });

  it('never takes a second of this till’s past again after the clock was set back', () => {
    const { add, clock } = openOutbox();
    const before = [add(), add()].map(({ dataChangeTime }) => dataChangeTime);
    clock.pass(-1_000);
    expect(before).not.toContain(add().dataChangeTime);
    clock.pass(1_000);
    expect(before).not.toContain(add().dataChangeTime);
  });

  it('is not there where it could not be signed', () => {
    const { outbox } = openOutbox();
    const refuse = () => {
      throw new Error('the key is gone');
    };
    expect(() => outbox.add(draft(), refuse)).toThrow('the key is gone');
    expect([...outbox.all()]).toHaveLength(0);
    expect(outbox.add(draft(), signer.sign)).toMatchObject({ ok: true, value: { sequence: 1 } });
  });

  it('that adds nothing is refused by the database itself', () => {
    const { outbox } = openOutbox();
    expect(() => outbox.add(draft({ balanceIncrement: '0', pointIncrement: '0' }), signer.sign)).toThrow(
      /CHECK/,
    );
  });

  it('keeps names and notes in any script, and whatever a name may try', () => {
    const { add } = openOutbox();
    const name = "陈佳 🦊 '); DROP TABLE increment; --";
    expect(add({ customerName: name, note: '\n"' })).toMatchObject({
      customerName: name,
      note: '\n"',
    });
  });
});

describe('sums', () => {
  it('are exact beyond what a number holds', () => {
    const { outbox, add } = openOutbox();
    add({ balanceIncrement: '900719925474.0993' });
    add({ balanceIncrement: '900719925474.0993', customerUid: '2' });
    add({ balanceIncrement: '0.0001', pointIncrement: '-0.5', customerUid: '2' });
    expect(outbox.waiting()).toEqual({
      entries: 3,
      balance: '1801439850948.1987',
      bonus: '0',
      point: '-0.5',
    });
    expect(outbox.sumsOfMember('2').waiting).toEqual({
      entries: 2,
      balance: '900719925474.0994',
      bonus: '0',
      point: '-0.5',
    });
    expect(outbox.sumsOfMember('3').waiting).toEqual({ entries: 0, balance: '0', bonus: '0', point: '0' });
  });

  it('wait for what is on its way and not for what is undecided', () => {
    const { outbox, add, force } = openOutbox();
    for (const state of entryStates) force(add({ balanceIncrement: '1' }).id, state);
    expect(outbox.waiting()).toMatchObject({ entries: 2, balance: '2' });
    expect(outbox.counts()).toEqual(Object.fromEntries(entryStates.map((state) => [state, 1])));
  });
});

describe('what may be sent', () => {
  it('is queued, and oldest first', () => {
    const till = openOutbox();
    const [first, second, third] = [till.add(), till.add({ customerUid: '2' }), till.add()];
    till.force(second.id, 'review');
    expect(till.outbox.candidates().map(({ id }) => id)).toEqual([first.id, third.id]);
  });

  it('is held back for a member by sending and unknown, by nothing else', () => {
    const { outbox, add, force } = openOutbox();
    for (const state of entryStates)
      force(add({ customerUid: String(entryStates.indexOf(state) + 1) }).id, state);
    const busy = [...outbox.busyMembers()].map((uid) => entryStates[Number(uid) - 1]);
    expect(new Set(busy)).toEqual(new Set(['sending', 'unknown']));
  });
});

describe('the list of a day', () => {
  const nextDayMs = Date.parse('2026-01-16T01:00:00Z');

  it('has all of today and whatever is open', () => {
    const { outbox, add, force, clock } = openOutbox();
    const [yesterdays, waiting] = [add(), add({ customerUid: '2' })];
    force(yesterdays.id, 'confirmed');
    clock.set(nextDayMs);
    const today = add({ customerUid: '3' });
    expect(outbox.activity('2026-01-16', 300).map(({ id }) => id)).toEqual([today.id, waiting.id]);
    expect(outbox.activity('2026-01-15', 300).map(({ id }) => id)).toEqual([
      today.id,
      waiting.id,
      yesterdays.id,
    ]);
  });

  it('has what was made yesterday and refused today: nobody saw that yet', () => {
    const { outbox, add, attempt, acknowledge, clock } = openOutbox();
    const [late, early] = [add(), add({ customerUid: '2' })];
    attempt(early.id, 'rejected');
    acknowledge(early.id, 'Mei');
    clock.set(nextDayMs);
    attempt(late.id, 'rejected');
    acknowledge(late.id, 'Mei');
    expect(outbox.activity('2026-01-16', 300).map(({ id }) => id)).toEqual([late.id]);
  });

  it('never lets a busy day push out what is open, the undecided last of all', () => {
    const { outbox, add, force } = openOutbox();
    const [unknown, queued] = [add({ customerUid: '1' }), add({ customerUid: '2' })];
    force(unknown.id, 'unknown');
    for (let made = 0; made < 10; made += 1) force(add({ customerUid: '3' }).id, 'confirmed');
    expect(outbox.activity('2026-01-15', 5).map(({ sequence }) => sequence)).toEqual([12, 11, 10, 2, 1]);
    expect(outbox.activity('2026-01-15', 2).map(({ id }) => id)).toEqual([queued.id, unknown.id]);
    expect(outbox.activity('2026-01-15', 1).map(({ id }) => id)).toEqual([unknown.id]);
  });
});
