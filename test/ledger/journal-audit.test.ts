import { describe, expect, it } from 'vitest';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { createJournalRepository } from '../../main/ledger/journal/journal-repository.ts';
import { auditJournal, type JournalAudit } from '../../main/ledger/journal-audit.ts';
import { createJournalAuditor } from '../../main/ledger/journal-auditor.ts';
import { createTestClock } from '../kit/clock.ts';
import { type Outbox, openOutbox } from '../kit/outbox.ts';
import { silentLogger } from '../kit/till.ts';

const key = Buffer.alloc(32, 9);

const alter = ({ db }: Outbox, sql: string, ...values: unknown[]) => {
  for (const trigger of ['journal_is_kept', 'journal_is_frozen'])
    db.exec(`DROP TRIGGER IF EXISTS ${trigger}`);
  db.pragma('foreign_keys = OFF');
  db.prepare(sql).run(...values);
};

/** How many slices it took, and what was found. */
function audit(till: Outbox, slice: number): { slices: number; found: JournalAudit } {
  const journal = createJournalRepository(till.db, key, till.clock);
  const steps = auditJournal({
    readIncrement: kybio.readIncrement,
    db: till.db,
    journal,
    trusted: null,
    slice,
  });
  for (let slices = 1; ; slices += 1) {
    const { done, value } = steps.next();
    if (done === true) return { slices, found: value };
  }
}

function busyTill(entries = 12): Outbox {
  const till = openOutbox();
  for (let count = 0; count < entries; count += 1)
    till.attempt(till.add({ customerUid: `1${count}` }).id, count % 2 === 0 ? 'applied' : 'rejected');
  return till;
}

const rowsOf = ({ db }: Outbox): number => db.prepare('SELECT COUNT(*) FROM journal').pluck().get() as number;

describe('a whole check of the journal', () => {
  it.each([1, 5, 1_000])('finds nothing in an untouched one, %i at a time', (slice) => {
    const till = busyTill();
    expect(audit(till, slice).found).toEqual({
      rows: rowsOf(till),
      firstBroken: null,
      problems: [],
      recorded: [],
      erased: [],
      sums: false,
    });
  });

  it('stops after every slice', () => {
    expect(audit(busyTill(), 5).slices).toBeGreaterThan(rowsOf(busyTill()) / 5);
  });

  it.each(['at_ms', 'event', 'actor', 'reason', 'content', 'mac'])(
    'names the row whose %s was altered',
    (column) => {
      const till = busyTill();
      alter(
        till,
        `UPDATE journal SET ${column} = ${column === 'mac' ? 'randomblob(16)' : '7'} WHERE number = 9`,
      );
      expect(audit(till, 4).found.firstBroken).toBe(9);
    },
  );

  it('names the first row that is gone', () => {
    const till = busyTill();
    alter(till, 'DELETE FROM journal WHERE number IN (7, 11)');
    expect(audit(till, 4).found.firstBroken).toBe(7);
  });

  it.each([
    ['is gone', "DELETE FROM increment WHERE customer_uid = '13'", 'gone'],
    ['is not what its rows say', "UPDATE customer SET name = 'Somebody Else' WHERE uid = '13'", 'facts'],
    ['has a later state', "UPDATE increment SET state = 'confirmed' WHERE customer_uid = '13'", 'state'],
    ['has no attempt', 'DELETE FROM attempt WHERE entry = 4', 'attempts'],
    ['ended at another time', 'UPDATE increment SET last_end_ms = 1 WHERE sequence = 4', 'attempts'],
    [
      'is hidden from its request',
      'UPDATE increment SET is_id_of_request = 1 - is_id_of_request WHERE sequence = 4',
      'attempts',
    ],
    ['is of nobody', "DELETE FROM customer WHERE uid = '13'", 'facts'],
    ['is of somebody else', "UPDATE customer SET uid = '99' WHERE uid = '13'", 'facts'],
  ])('names an entry that %s in the tables, and what the journal tells', (_what, sql, words) => {
    const till = busyTill();
    alter(till, sql);
    const { problems, firstBroken, recorded } = audit(till, 4).found;
    expect(firstBroken).toBeNull();
    expect(problems).toContain(`entry 4: the journal does not vouch for it (${words})`);
    expect(recorded).toMatchObject([{ sequence: 4, customer_name: 'Tan Mei Ling', state: 'rejected' }]);
  });

  it.each([
    'UPDATE tally SET entries = entries + 1',
    "UPDATE tally SET balance_e4 = balance_e4 + 10000 WHERE store_day = 'all'",
    "UPDATE tally SET state = 'review' WHERE store_day <> 'all' AND state = 'confirmed'",
    "DELETE FROM tally WHERE store_day <> 'all' AND state = 'rejected'",
    "INSERT INTO tally VALUES ('2020-01-01', 'confirmed', 1, 10000, 0)",
  ])('names the sums that are not those of the entries: %s', (sql) => {
    const till = busyTill();
    alter(till, sql);
    const { problems, recorded, sums } = audit(till, 4).found;
    expect({ recorded, sums }).toEqual({ recorded: [], sums: true });
    expect(problems[0]).toMatch(/^sums of .* not those of the entries$/);
  });

  it('has nothing to put right where a row is gone that may have told more', () => {
    const till = busyTill();
    alter(till, 'DELETE FROM journal WHERE number = (SELECT MAX(number) FROM journal WHERE entry = 4)');
    expect(audit(till, 4).found).toMatchObject({ firstBroken: expect.any(Number), recorded: [], erased: [] });
  });
});

it('a check that a failing database cut short is made again', () => {
  const till = busyTill();
  const clock = createTestClock();
  const journal = createJournalRepository(till.db, key, clock);
  let failures = 1;
  const head = () => {
    failures -= 1;
    if (failures < 0) return journal.head();
    throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_READ' });
  };
  const auditor = createJournalAuditor({
    ...{ db: till.db, journal: { ...journal, head }, clock, logger: silentLogger },
    readIncrement: kybio.readIncrement,
    trusted: () => null,
    onFound: () => undefined,
  });
  auditor.start();
  const passMinutes = (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      clock.pass(60_000);
      clock.ringDue();
    }
  };
  passMinutes(1);
  expect(auditor.result()).toBeNull();
  passMinutes(15);
  expect(auditor.result()).toEqual({
    rows: rowsOf(till),
    firstBroken: null,
    problems: [],
    recorded: [],
    erased: [],
    sums: false,
  });
  auditor.stop();
  expect(clock.waiting()).toEqual([]);
});
