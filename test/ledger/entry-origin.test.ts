import { expect, it } from 'vitest';
import { theManager, theProgram } from '../../main/kernel/actor.ts';
import { createImportEntry, type EntryOnPaper } from '../../main/ledger/import-repository.ts';
import { createReplace } from '../../main/ledger/replace.ts';
import { draft, identity, openOutbox, signer } from '../kit/outbox.ts';

/** Version 1, which names no till. */
const unnamed: EntryOnPaper['origin'] = { till: null, epoch: null, number: 42 };

const onPaper = (origin: EntryOnPaper['origin']): EntryOnPaper => ({
  ...draft(),
  ...{ id: 'AAAAAAAAAAAAAAAAAAAAAA', till: 'Counter 2', dataChangeTime: '2026-01-15 12:00:07' },
  ...{ createdAtMs: Date.parse('2026-01-15T04:00:07Z'), isConfirmed: false, sequence: 42 },
  origin,
});

function takenUp(origin = unnamed) {
  const till = openOutbox();
  const taken = createImportEntry({ ...till, identity })(onPaper(origin), signer.sign, theManager);
  if (!taken.ok) throw new Error(taken.error.code);
  return { ...till, entry: taken.value };
}

it('what is entered here has no origin, and what a paper brings has the number on it', () => {
  expect(openOutbox().add().origin).toBeNull();
  expect(takenUp().entry.origin).toEqual(unnamed);
});

it('a paper that names its till and epoch says so for good, also of the entry that takes its place', () => {
  const origin = { till: 'a1b2c3', epoch: 'e5', number: 42 };
  const { entry, outbox, db, transitions } = takenUp(origin);
  expect(entry.origin).toEqual(origin);
  const replace = createReplace(db, outbox, transitions);
  const added = replace(entry, { who: theProgram, reason: 'duplicate-refusal', evidence: null }, signer.sign);
  expect(added?.origin).toEqual(origin);
});

it('the id of the rule that gave is kept with the entry', () => {
  const { outbox } = openOutbox();
  const added = outbox.add({ ...draft(), terms: { ...draft().terms, ruleId: 'r7' } }, signer.sign);
  expect(added).toMatchObject({ ok: true, value: { terms: { ruleId: 'r7' } } });
});
