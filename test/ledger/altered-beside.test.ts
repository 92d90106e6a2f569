import { expect, it } from 'vitest';
import { theProgram } from '../../main/kernel/actor.ts';
import { openOutbox } from '../kit/outbox.ts';

// The loop looks again at once after an entry that did not go. What it had read before must be gone then, or it would
// take up the same stale entry for ever, and nothing else would run in this process.
it('an entry that is another one by now is read anew, whoever changed it', () => {
  const { db, outbox, transitions, add } = openOutbox();
  const { id } = add();
  const alter = () => db.prepare('UPDATE increment SET version = version + 1 WHERE id = ?').run(id);
  const candidate = () => {
    const [first] = outbox.candidates();
    if (first === undefined) throw new Error('nothing to send');
    return first;
  };
  const stale = candidate();
  alter();
  expect(transitions.beginAttempt(stale, null)).toBeNull();
  expect(candidate().version).toBe(stale.version + 1);
  const staleAgain = candidate();
  alter();
  transitions.quarantine(staleAgain);
  expect(outbox.byId(id)?.state).toBe('queued');
  expect(candidate().version).toBe(staleAgain.version + 1);
  expect(transitions.beginAttempt(candidate(), null)).not.toBeNull();
});

it('and so is one that is not what was to be decided', () => {
  const { db, outbox, transitions, add, attempt } = openOutbox();
  const { id } = add();
  attempt(id, 'unknown');
  const [stale] = outbox.unknown();
  if (stale === undefined) throw new Error('nothing is undecided');
  db.prepare('UPDATE increment SET version = version + 1 WHERE id = ?').run(id);
  const decision = { state: 'confirmed', cause: null, who: theProgram, reason: '', evidence: null } as const;
  expect(transitions.decide(stale, decision)).toBeNull();
  expect(outbox.unknown()[0]?.version).toBe(stale.version + 1);
});
