import { describe, expect, it } from 'vitest';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { createEntryTrust } from '../../main/ledger/entry-trust.ts';
import { auditJournal } from '../../main/ledger/journal-audit.ts';
import { digestOf } from '../../main/ledger/tables/named-members.ts';
import { endOf, type Outbox, openOutbox } from '../kit/outbox.ts';
import { silentLogger } from '../kit/till.ts';

const ann = { customerUid: '11', customerNumber: '91234567', customerName: 'Ann Tan' };
const bob = { customerUid: '22', customerNumber: '98765432', customerName: 'Bob Lim' };

function shop() {
  const till = openOutbox();
  const entries = [ann, bob, ann].map((member) => {
    const entry = till.add(member);
    till.clock.pass(3_000);
    return entry;
  });
  return { ...till, entries };
}

const rows = ({ db }: Outbox) => db.prepare('SELECT * FROM named_member ORDER BY number').all();
const journalOf = ({ db }: Outbox) => JSON.stringify(db.prepare('SELECT * FROM journal').all());

/** Past the triggers, as only somebody does who writes the file. */
function forge({ db }: Outbox, sql: string): void {
  for (const name of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all())
    db.exec(`DROP TRIGGER "${String(name)}"`);
  db.pragma('ignore_check_constraints = ON');
  db.exec(sql);
}

const erase = ({ db }: Outbox, number: number) =>
  void db
    .prepare('UPDATE named_member SET card = NULL, name = NULL, salt = NULL WHERE number = ?')
    .run(number);

function problemsOf({ db, journal }: Outbox): readonly string[] {
  const steps = auditJournal({ db, journal, readIncrement: kybio.readIncrement, trusted: null, slice: 100 });
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value.problems;
  }
}

const trustOf = ({ db, journal }: Outbox) =>
  createEntryTrust({ db, journal, readIncrement: kybio.readIncrement, logger: silentLogger }, () => 0);

const namesOf = ({ outbox }: Outbox) =>
  [...outbox.all()].map(({ customerNumber, customerName }) => `${customerNumber} ${customerName}`.trim());

describe('the names of members', () => {
  it('stand beside the chain, each way of naming once, and no row of the journal has them', () => {
    const till = shop();
    expect(rows(till)).toMatchObject([
      { number: 1, uid: '11', card: '91234567', name: 'Ann Tan' },
      { number: 2, uid: '22', card: '98765432', name: 'Bob Lim' },
    ]);
    for (const text of ['91234567', 'Ann', '98765432', 'Bob']) expect(journalOf(till)).not.toContain(text);
    expect(namesOf(till)).toEqual(['91234567 Ann Tan', '98765432 Bob Lim', '91234567 Ann Tan']);
    till.add({ ...ann, customerName: 'Ann Tan-Lim' });
    expect(rows(till)).toHaveLength(3);
    expect(problemsOf(till)).toEqual([]);
  });

  it('are not in what KYBIO says of them either', () => {
    const till = openOutbox();
    const { id } = till.add({ ...ann, customerName: '陈明' });
    const said = ['陈明 (91234567) has expired at 2026-01-15'];
    const end = endOf('refused');
    till.transitions.endAttempt(till.begin(id), {
      ...end,
      outcome: { ...end.outcome, messages: said } as typeof end.outcome,
    });
    expect(till.outbox.byId(id)?.messages).toEqual(['… (…) has expired at 2026-01-15']);
    expect(journalOf(till)).not.toMatch(/91234567|陈明/);
  });

  it.each([
    ['name', "UPDATE named_member SET name = 'Bob Lim' WHERE number = 1"],
    ['card', "UPDATE named_member SET card = '98765432' WHERE number = 1"],
    ['member', "UPDATE named_member SET uid = '22' WHERE number = 1"],
    ['salt', 'UPDATE named_member SET salt = randomblob(16) WHERE number = 1'],
    ['row, which is gone', 'DELETE FROM named_member WHERE number = 1'],
    [
      'place, which is another’s',
      'UPDATE named_member SET number = 9 WHERE number = 1; UPDATE named_member SET number = 1 WHERE number = 2',
    ],
    [
      'texts, which are another’s with their salt',
      `UPDATE named_member SET (card, name, salt) = (SELECT card, name, salt FROM named_member WHERE number = 2)
       WHERE number = 1`,
    ],
  ])('that somebody altered are told and never shown: another %s', (_, sql) => {
    const till = shop();
    forge(till, sql);
    const told = problemsOf(till);
    for (const sequence of [1, 3])
      expect(told).toContain(`entry ${sequence}: the journal does not vouch for it (member)`);
    expect(trustOf(till).problem(till.entries[0]?.id ?? '')).toBe('member');
    // As they were entered, or not at all.
    expect(namesOf(till)[0]).toBe('91234567 Ann Tan');
    expect(till.outbox.bySequence(1)?.customerUid).toBe('11');
  });

  it('are put right in the tables where only these were altered', () => {
    const till = shop();
    forge(till, "UPDATE customer SET name = 'Bob Lim' WHERE uid = '11'");
    const trust = trustOf(till);
    expect(trust.problem(till.entries[0]?.id ?? '')).toBeNull();
    expect(trust.repaired()).toBe(1);
    expect(till.outbox.bySequence(1)?.customerName).toBe('Ann Tan');
  });
});

describe('a member who is erased', () => {
  it('is named nowhere any more, and the entry is what it was', async () => {
    const till = shop();
    erase(till, 1);
    const trust = trustOf(till);
    for (const { id } of till.entries) expect(trust.problem(id)).toBeNull();
    expect(problemsOf(till)).toEqual([]);
    expect(namesOf(till)).toEqual(['', '98765432 Bob Lim', '']);
    expect(till.outbox.bySequence(1)).toMatchObject({ customerUid: '11', state: 'queued' });
    expect(till.attempt(till.entries[0]?.id ?? '', 'applied').state).toBe('confirmed');
    expect(problemsOf(till)).toEqual([]);
  });

  it('alarms nobody, while whatever else the tables say otherwise does', () => {
    const words: string[] = [];
    const till = shop();
    const { db, journal } = till;
    const tell = (level: string) => (event: string) => void words.push(`${level} ${event}`);
    const logger = { ...silentLogger, info: tell('info'), error: tell('error') };
    const trust = createEntryTrust({ db, journal, readIncrement: kybio.readIncrement, logger }, () => 0);
    erase(till, 1);
    expect(trust.problemOf(1)).toBeNull();
    expect([trust.repaired(), trust.isAltered(), words]).toEqual([1, false, ['info tables.names-erased']]);
    expect(problemsOf(till)).toEqual([]);
    // More than the name was altered in the other entry of the same member.
    forge(till, "UPDATE increment SET note = 'free' WHERE sequence = 3");
    expect(problemsOf(till)).toEqual(['entry 3: the journal does not vouch for it (facts)']);
    expect(trust.problemOf(3)).toBeNull();
    expect([trust.isAltered(), words.at(-1)]).toEqual([true, 'error tables.altered']);
    expect(namesOf(till)).toEqual(['', '98765432 Bob Lim', '']);
  });

  it('is told from one who never had a name, to whom somebody gave one in the tables', () => {
    const till = openOutbox();
    const { id } = till.add({ customerNumber: '', customerName: '' });
    forge(till, "UPDATE customer SET name = 'Bob Lim'");
    const trust = trustOf(till);
    expect(trust.problem(id)).toBeNull();
    expect([trust.isAltered(), till.outbox.byId(id)?.customerName]).toEqual([true, '']);
  });

  it('is named by a new row who comes again', () => {
    const till = shop();
    erase(till, 1);
    till.add(ann);
    expect(rows(till)).toMatchObject([{ name: null }, { name: 'Bob Lim' }, { number: 3, name: 'Ann Tan' }]);
  });

  it('is erased as a whole: nothing else may be changed, and no row taken out', () => {
    const { db } = shop();
    for (const sql of [
      "UPDATE named_member SET name = 'Bob Lim' WHERE number = 1",
      'UPDATE named_member SET name = NULL WHERE number = 1',
      'UPDATE named_member SET number = 7, card = NULL, name = NULL, salt = NULL WHERE number = 1',
      "UPDATE named_member SET uid = '22', card = NULL, name = NULL, salt = NULL WHERE number = 1",
      'DELETE FROM named_member',
    ])
      expect(() => db.exec(sql)).toThrow(/named member is|CHECK/);
  });
});

it('a digest says nothing without its salt, and parts the texts', () => {
  const [one, other] = ['00'.repeat(16), '01'.repeat(16)];
  expect(digestOf('11', '91234567', 'Ann', one)).not.toBe(digestOf('11', '91234567', 'Ann', other));
  expect(digestOf('11', '9', '1234567', one)).not.toBe(digestOf('11', '91', '234567', one));
  // Frozen: a till's chain has it.
  expect(digestOf('11', '91234567', 'Ann', one)).toBe('i6cPm5r4eFxOwzM1jeSdnQ');
});
