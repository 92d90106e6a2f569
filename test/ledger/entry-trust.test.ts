import { expect, it } from 'vitest';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { createEntryTrust } from '../../main/ledger/entry-trust.ts';
import { openOutbox } from '../kit/outbox.ts';
import { silentLogger } from '../kit/till.ts';

function open(onRepaired: () => void = () => undefined) {
  const till = openOutbox();
  const { db, journal } = till;
  const parts = { db, journal, readIncrement: kybio.readIncrement, logger: silentLogger, onRepaired };
  return { ...till, trust: createEntryTrust(parts, () => 0) };
}

it.each([
  ['a note', { note: 'thank you \ud83d' }],
  ['a name', { customerName: '\ude00 Mei Ling' }],
  ['a card', { customerNumber: '80\ud83d' }],
])('vouches for an entry with half of a character in %s', (_what, change) => {
  const { trust, add } = open();
  expect(trust.problem(add(change).id)).toBeNull();
  expect(trust.repaired()).toBe(0);
});

it('gives no other entry the number of one that the tables have lost, and brings that one back', () => {
  const { db, trust, add } = open();
  const lost = add();
  db.exec('DELETE FROM increment');
  const next = add({ customerUid: '2' });
  expect(next.sequence).toBe(lost.sequence + 1);
  expect(trust.problemOf(lost.sequence)).toBeNull();
  expect([trust.problem(lost.id), trust.problem(next.id)]).toEqual([null, null]);
});

it('an entry that somebody hid is to be sent again once it is put right', () => {
  const till: { readAnew(): void } = { readAnew: () => undefined };
  const { db, outbox, trust, add } = open(() => till.readAnew());
  till.readAnew = outbox.readAnew;
  const { id, sequence } = add();
  db.exec("UPDATE increment SET state = 'confirmed'");
  outbox.readAnew();
  expect(outbox.candidates()).toEqual([]);
  expect(trust.problemOf(sequence)).toBeNull();
  expect(outbox.candidates().map((candidate) => candidate.id)).toEqual([id]);
});
