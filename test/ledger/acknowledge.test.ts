import { describe, expect, it } from 'vitest';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { createJournalRepository } from '../../main/ledger/journal/journal-repository.ts';
import { auditJournal } from '../../main/ledger/journal-audit.ts';
import { entryStates } from '../../preload/contract/index.ts';
import { journalKey, type Outbox, openOutbox } from '../kit/outbox.ts';

function withRefusal() {
  const till = openOutbox();
  const { id } = till.attempt(till.add().id, 'rejected');
  return { till, id, needs: () => till.outbox.byId(id)?.unacknowledged };
}

const notes = ({ db }: Outbox) =>
  db
    .prepare(
      `SELECT i.id AS entry, actor FROM journal j JOIN increment i ON i.sequence = j.entry WHERE event = 'acknowledged'`,
    )
    .all();

/** What a whole look at the journal says. */
function audited({ db, clock }: Outbox) {
  const journal = createJournalRepository(db, journalKey, clock);
  const steps = auditJournal({ readIncrement: kybio.readIncrement, db, journal, trusted: null, slice: 100 });
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return { firstBroken: value.firstBroken, problems: value.problems };
  }
}

describe('a refusal', () => {
  it('is not acknowledged by itself, and once it is the journal says by whom', () => {
    const { till, id, needs } = withRefusal();
    expect(needs()).toBe(true);
    expect(till.acknowledge(id, 'Mei')).toMatchObject({ ok: true, value: { id, unacknowledged: false } });
    expect(needs()).toBe(false);
    expect(notes(till)).toEqual([{ entry: id, actor: 'Mei' }]);
    expect(audited(till)).toEqual({ firstBroken: null, problems: [] });
  });

  it('is acknowledged once, however often it is pressed', () => {
    const { till, id } = withRefusal();
    for (const actor of ['Mei', 'Mei', 'Ann'])
      expect(till.acknowledge(id, actor)).toMatchObject({ ok: true, value: { unacknowledged: false } });
    expect(notes(till)).toHaveLength(1);
  });

  it('stays acknowledged over a restart and a clock that was set back; the next one is not', () => {
    const { till, id } = withRefusal();
    till.acknowledge(id, 'Mei');
    till.db.close();
    const after = openOutbox({ file: till.file });
    after.clock.set(Date.parse('2024-01-01T00:00:00Z'));
    expect(after.outbox.byId(id)?.unacknowledged).toBe(false);
    const next = after.attempt(after.add().id, 'rejected');
    expect(next.unacknowledged).toBe(true);
    expect(after.outbox.sumsOfDay('2024-01-01')).toMatchObject({
      refused: { entries: 1, balance: '10' },
      unacknowledged: 1,
    });
  });

  it('cannot be acknowledged from outside without the journal telling of it', () => {
    const { till } = withRefusal();
    till.db
      .prepare(
        `INSERT INTO journal SELECT number + 1, chain, at_ms, entry, 'acknowledged', 1, 'Mei', '', '[]', mac
         FROM journal ORDER BY number DESC LIMIT 1`,
      )
      .run();
    expect(audited(till).firstBroken).toBe(4);
  });

  it('rolls back with its transaction', () => {
    const { till, id, needs } = withRefusal();
    const both = till.db.transaction(() => {
      till.acknowledge(id, 'Mei');
      throw new Error('no');
    });
    expect(both).toThrow('no');
    expect(needs()).toBe(true);
    expect(notes(till)).toEqual([]);
  });
});

it.each(entryStates.filter((state) => state !== 'rejected'))('nothing else is acknowledged: %s', (state) => {
  const till = openOutbox();
  const { id } = till.add();
  till.force(id, state);
  expect(till.outbox.byId(id)?.unacknowledged).toBe(false);
  expect(till.acknowledge(id, 'Mei')).toMatchObject({ error: { code: 'entry-changed' } });
  expect(till.acknowledge('nobody', 'Mei')).toMatchObject({ error: { code: 'entry-not-found' } });
  expect(notes(till)).toEqual([]);
});
