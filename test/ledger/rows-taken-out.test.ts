import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import type { Db } from '../../main/kernel/database/open.ts';
import { createOutboxRepository } from '../../main/ledger/outbox-repository.ts';
import { createTransitionsRepository } from '../../main/ledger/transitions-repository.ts';
import { createTestClock } from '../kit/clock.ts';
import { createKeeper } from '../kit/keeper.ts';
import { draft, endOf, identity, openOutbox, signer } from '../kit/outbox.ts';
import { realRandom } from '../kit/practice-store.ts';

/** One process's life on a database: what it remembers ends with it. */
function start(file: string, db: Db) {
  const clock = createTestClock();
  const { journal, recorder, slots, keeper } = createKeeper(db, dirname(file), { clock });
  const found = keeper.start().kind;
  const outbox = createOutboxRepository(db, identity, clock, realRandom, recorder);
  const transitions = createTransitionsRepository(db, outbox, clock, recorder);
  return {
    ...{ db, journal, recorder, slots, keeper, found },
    add: (customerUid: string) => {
      const added = outbox.add(draft({ customerUid }), signer.sign);
      if (!added.ok) throw new Error(added.error.code);
      return added.value.id;
    },
    /** A row that tells of the entry and is no step of it. */
    note: (id: string) => {
      const { sequence = 0 } = outbox.byId(id) ?? {};
      const row = { event: 'acknowledged', version: 1, actor: 'program', reason: '', content: '[]' } as const;
      journal.appendRow({ ...row, atMs: clock.nowMs(), entry: sequence });
    },
    /** As the loop sends: the head covers the attempt before its first byte. */
    send: async (id: string, end: Parameters<typeof endOf>[0] = 'applied') => {
      const candidate = outbox.candidates().find((one) => one.id === id);
      const begun = candidate === undefined ? null : transitions.beginAttempt(candidate, null);
      if (begun === null) throw new Error('not begun');
      await keeper.checkpoint();
      transitions.endAttempt(begun, endOf(end));
    },
  };
}

const open = () => {
  const { file, db } = openOutbox();
  return { file, ...start(file, db) };
};

/** What a hand in the file can put back: the entry as it was, and no row that says otherwise. */
function remember(db: Db, id: string): () => void {
  const row = db.prepare('SELECT * FROM increment WHERE id = ?').get(id) as Record<string, unknown>;
  const rows = db.prepare('SELECT MAX(number) FROM journal WHERE entry = ?').pluck().get(row['sequence']);
  return () => {
    for (const trigger of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all())
      db.exec(`DROP TRIGGER "${String(trigger)}"`);
    db.prepare('DELETE FROM journal WHERE entry = ? AND number > ?').run(row['sequence'], rows);
    db.prepare('DELETE FROM attempt WHERE entry = ?').run(row['sequence']);
    const names = Object.keys(row).filter((name) => name !== 'id');
    const sets = names.map((name) => `${name} = @${name}`).join(', ');
    db.prepare(`UPDATE increment SET ${sets} WHERE id = @id`).run(row);
  };
}

it('does not vouch for an entry that was sent, once the rows that tell of it are taken out', async () => {
  const till = open();
  const id = till.add('11');
  const putBack = remember(till.db, id);
  await till.send(id);
  await till.send(till.add('12'));
  expect(till.keeper.problem(id)).toBeNull();
  putBack();
  expect(till.keeper.problem(id)).toBe('journal rows');
});

it('nor for one that had ended before this process began', async () => {
  const till = open();
  const id = till.add('11');
  const putBack = remember(till.db, id);
  await till.send(id);
  await till.send(till.add('12'));
  till.keeper.close();
  const next = start(till.file, till.db);
  expect(next.found).toBe('fine');
  expect(next.keeper.problem(id)).toBeNull();
  putBack();
  expect(next.keeper.problem(id)).toBe('journal rows');
});

it('nor for one that was open when it began', async () => {
  const till = open();
  const id = till.add('11');
  const putBack = remember(till.db, id);
  await till.send(id, 'notSent');
  await till.send(till.add('12'));
  till.keeper.close();
  const next = start(till.file, till.db);
  putBack();
  expect(next.keeper.problem(id)).toBe('journal rows');
});

it('takes no row for lost that a rolled back transaction had written', async () => {
  const till = open();
  const [id, other] = [till.add('11'), till.add('12')];
  const failing = till.db.transaction(() => {
    till.note(id);
    throw new Error('the disk is full');
  });
  for (let time = 0; time < 2; time += 1) {
    expect(() => failing.immediate()).toThrow('the disk is full');
    expect(till.keeper.problem(id)).toBeNull();
    await till.keeper.checkpoint();
    expect(till.keeper.problem(id)).toBeNull();
  }
  expect(() => failing.immediate()).toThrow('the disk is full');
  await till.send(other);
  await till.send(id);
  expect(till.keeper.problem(id)).toBeNull();
});

it.each([0, 1, 5])(
  'covers nothing any more where the end was cut off and %i rows are written',
  async (more) => {
    const till = open();
    const [id, other] = [till.add('11'), till.add('12')];
    const putBack = remember(till.db, id);
    await till.send(id);
    await till.keeper.checkpoint();
    const head = till.slots.read();
    putBack();
    for (let count = 0; count < more; count += 1) till.db.transaction(() => till.note(other)).immediate();
    await expect(till.keeper.checkpoint()).rejects.toThrow('rows were taken out of the journal');
    expect(till.slots.read()).toEqual(head);
    till.keeper.close();
    expect(start(till.file, till.db).found).toBe('rolled-back');
  },
);
