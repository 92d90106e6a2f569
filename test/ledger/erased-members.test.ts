import { expect, it } from 'vitest';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { theManager as manager } from '../../main/kernel/actor.ts';
import { createErasedMembers } from '../../main/ledger/erased-members.ts';
import { auditJournal } from '../../main/ledger/journal-audit.ts';
import { journalKey, type Outbox, openOutbox } from '../kit/outbox.ts';

const ann = { customerUid: '11', customerNumber: '91234567', customerName: 'Ann Tan' };
const bob = { customerUid: '22', customerNumber: '98765432', customerName: 'Bob Lim' };

const erasedOf = ({ db, journal }: Outbox) => createErasedMembers(db, journal, journalKey);

const namesOf = ({ outbox }: Outbox) =>
  [...outbox.all()].map(({ customerNumber, customerName }) => `${customerNumber} ${customerName}`.trim());

function problemsOf({ db, journal }: Outbox): readonly unknown[] {
  const steps = auditJournal({ db, journal, readIncrement: kybio.readIncrement, trusted: null, slice: 100 });
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return [...value.problems, ...value.erased, value.firstBroken].filter(Boolean);
  }
}

function shop() {
  const till = openOutbox();
  for (const member of [ann, bob, ann]) {
    till.add(member);
    till.clock.pass(3_000);
  }
  return till;
}

it('an erased member is named in no table, and all that is sealed verifies as before', () => {
  const till = shop();
  const erased = erasedOf(till);
  expect(erased.entriesOf('11')).toBe(2);
  till.db.transaction(() => erased.erase('11', manager)).immediate();
  expect(namesOf(till)).toEqual(['', '98765432 Bob Lim', '']);
  const all = ['named_member', 'customer', 'journal'].flatMap((table) =>
    till.db.prepare(`SELECT * FROM ${table}`).all(),
  );
  expect(JSON.stringify(all)).not.toMatch(/Ann|91234567/);
  expect(problemsOf(till)).toEqual([]);
});

it('who was erased is known by a digest that names nobody, also after a start', () => {
  const till = shop();
  const erased = erasedOf(till);
  expect(erased.has('11')).toBe(false);
  till.db.transaction(() => erased.erase('11', manager)).immediate();
  expect([erased.has('11'), erased.has('22'), erasedOf(till).has('11')]).toEqual([true, false, true]);
  const other = createErasedMembers(till.db, till.journal, Buffer.alloc(32, 1));
  expect(other.digestOf('11')).not.toBe(erased.digestOf('11'));
});

it('an erasure that is not committed has not been', () => {
  const till = shop();
  const erased = erasedOf(till);
  const failing = till.db.transaction(() => {
    erased.erase('11', manager);
    throw new Error('no');
  });
  expect(() => failing.immediate()).toThrow('no');
  expect(erased.has('11')).toBe(false);
  expect(namesOf(till)[0]).toBe('91234567 Ann Tan');
});

it('who comes again is named again, and erased again', () => {
  const till = shop();
  const erased = erasedOf(till);
  const erase = () => till.db.transaction(() => erased.erase('11', manager)).immediate();
  erase();
  till.clock.pass(3_000);
  till.add({ ...ann, customerName: 'Ann Tan-Lim' });
  expect(namesOf(till)).toEqual(['', '98765432 Bob Lim', '', '91234567 Ann Tan-Lim']);
  expect(problemsOf(till)).toEqual([]);
  erase();
  expect(namesOf(till)).toEqual(['', '98765432 Bob Lim', '', '']);
  expect(problemsOf(till)).toEqual([]);
});
