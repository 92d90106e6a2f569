import fc from 'fast-check';
import { expect, it } from 'vitest';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { createEntryVerifier } from '../../main/ledger/entry-verifier.ts';
import { createJournalRepository } from '../../main/ledger/journal/journal-repository.ts';
import type { AttemptEnd, BegunAttempt, Increment } from '../../main/ledger/types.ts';
import { type EntryState, entryStates, type Result } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { endOf, journalKey, type Outbox, openOutbox } from '../kit/outbox.ts';

type Ending = 'applied' | 'rejected' | 'refused' | 'notSent' | 'unknown' | 'duplicate';
type Answer = 'confirmed' | 'queued' | 'rejected' | 'cancelled';
type What = 'add' | 'begin' | 'begin-again' | 'end' | 'cancel' | 'review' | 'decide' | 'restart';

/** One thing that somebody tries with one entry; a stale one has seen an older version of it. */
interface Try {
  readonly what: What;
  readonly pick: number;
  readonly isStale: boolean;
  readonly ending: Ending;
  readonly answer: Answer;
}

const story = fc.array(
  fc.record<Try>({
    what: fc.constantFrom<What>(
      ...(['add', 'begin', 'begin', 'begin', 'begin-again', 'end', 'end', 'end', 'end'] as const),
      ...(['cancel', 'review', 'decide', 'restart'] as const),
    ),
    pick: fc.nat({ max: 999 }),
    isStale: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
    ending: fc.constantFrom<Ending>('applied', 'rejected', 'refused', 'notSent', 'unknown', 'duplicate'),
    answer: fc.constantFrom<Answer>('confirmed', 'queued', 'rejected', 'cancelled'),
  }),
  { minLength: 10, maxLength: 60 },
);

/** What the protocol says of an entry, in words of its own: the picture, and protocol rules 2, 4 and 8. */
interface Expected {
  readonly id: string;
  state: EntryState;
  version: number;
  touched: boolean;
  /** An attempt may have been applied. */
  isUndecided: boolean;
  begun: BegunAttempt | null;
}

function expectEnding(entry: Expected, ending: Ending): void {
  if (ending !== 'notSent') entry.touched = true;
  if (ending === 'applied') entry.state = 'confirmed';
  else if (ending === 'unknown' || ending === 'duplicate') {
    entry.state = 'unknown';
    entry.isUndecided = true;
  } else if (entry.isUndecided) entry.state = 'unknown';
  else entry.state = ending === 'rejected' ? 'rejected' : 'queued';
}

/** Whether it may be done, and what it makes of the entry if so. */
function expectTry(entry: Expected, { what, isStale, ending, answer }: Try): boolean {
  const is = (...states: readonly EntryState[]) => states.includes(entry.state) && !isStale;
  switch (what) {
    case 'begin':
    case 'begin-again':
      if (!is(what === 'begin' ? 'queued' : 'unknown')) return false;
      entry.state = 'sending';
      return true;
    case 'end':
      if (!is('sending')) return false;
      expectEnding(entry, ending);
      return true;
    case 'cancel':
      if (entry.state !== 'queued' || entry.touched) return false;
      entry.state = 'cancelled';
      return true;
    case 'review':
      if (!is('queued', 'unknown', 'review')) return false;
      entry.state = 'review';
      return true;
    case 'decide':
      if (!is('review') && !(is('unknown') && answer === 'confirmed')) return false;
      entry.state = answer;
      if (answer === 'queued') entry.isUndecided = false;
      return true;
    case 'add':
    case 'restart':
      return true;
  }
}

const duplicate = { kind: 'unknown', cause: 'duplicate', pause: null, messages: [], reply: null } as const;

function endingOf(ending: Ending): AttemptEnd {
  const end = endOf(ending === 'duplicate' ? 'unknown' : ending);
  const outcome = ending === 'duplicate' ? duplicate : end.outcome;
  return { ...end, outcome };
}

const entryIn = (result: Result<Increment>): Increment | null => (result.ok ? result.value : null);

/** What a transition tells of its entry, without reading it again, is what another look reads. */
function isToldTruly({ outbox }: Outbox, after: Increment | null): boolean {
  if (after !== null) expect(after).toEqual(outbox.byId(after.id));
  return after !== null;
}

function tryEnd(till: Outbox, entry: Expected, { ending, isStale }: Try): boolean {
  if (entry.begun === null) return false;
  const { increment } = entry.begun;
  const version = isStale ? increment.version - 1 : increment.version;
  const begun = { ...entry.begun, increment: { ...increment, version } };
  let after: Increment | null = null;
  try {
    after = till.transitions.endAttempt(begun, endingOf(ending));
  } catch (thrown) {
    // An attempt whose entry has gone on without it changes nothing.
    expect(String(thrown)).toContain('behind its attempt');
  }
  return isToldTruly(till, after);
}

/** Tries it at the real outbox; true where that says that it was done. */
function reallyTry(till: Outbox, entry: Expected, of: Try): boolean {
  const { transitions } = till;
  const now = till.outbox.byId(entry.id);
  if (now === null) throw new Error('gone');
  const seen = of.isStale ? { ...now, version: now.version - 1 } : now;
  switch (of.what) {
    case 'begin':
    case 'begin-again': {
      const from = of.what === 'begin' ? 'queued' : 'unknown';
      const begun = transitions.beginAttempt(seen, null, from);
      entry.begun = begun ?? entry.begun;
      return isToldTruly(till, begun?.increment ?? null);
    }
    case 'end':
      return tryEnd(till, entry, of);
    case 'cancel':
      return isToldTruly(till, entryIn(transitions.cancel(entry.id, atTheTill)));
    case 'review':
      return isToldTruly(till, transitions.sendToReview(seen, 'evidence-unclear'));
    case 'decide': {
      const decision = { state: of.answer, cause: null, who: atTheTill, reason: '', evidence: null };
      return isToldTruly(till, transitions.decide(seen, decision));
    }
    case 'add':
    case 'restart':
      return true;
  }
}

function restart(till: Outbox, entries: readonly Expected[]): void {
  const sending = entries.filter(({ state }) => state === 'sending');
  expect(till.transitions.recoverInterrupted()).toBe(sending.length);
  for (const entry of sending) {
    entry.state = 'unknown';
    entry.touched = true;
    entry.isUndecided = true;
    entry.version += 1;
  }
}

const expectSame = ({ outbox }: Outbox, entries: readonly Expected[]): void => {
  const real = [...outbox.all()].map(({ id, state, version, touched }) => ({ id, state, version, touched }));
  expect(real).toEqual(entries.map(({ id, state, version, touched }) => ({ id, state, version, touched })));
  const queued = entries.filter(({ state }) => state === 'queued');
  expect(outbox.candidates().map(({ id }) => id)).toEqual(queued.map(({ id }) => id));
  for (const state of entryStates) {
    expect(outbox.counts()[state]).toBe(entries.filter((entry) => entry.state === state).length);
  }
  const unknown = entries.filter(({ state }) => state === 'unknown');
  const versions = ({ id, version }: { id: string; version: number }) => ({ id, version });
  expect(outbox.unknown().map(versions)).toEqual(unknown.map(versions));
  const ahead = [...outbox.all()].filter(({ state }) => state === 'sending' || state === 'unknown');
  expect(outbox.busyMembers()).toEqual(new Set(ahead.map(({ customerUid }) => customerUid)));
};

it('the real outbox goes where the protocol says, refuses the rest, and vouches for every step', {
  timeout: 120_000,
}, () => {
  const walked = new Set<string>();
  let refused = 0;
  fc.assert(
    fc.property(story, (tries) => {
      const till = openOutbox();
      const journal = createJournalRepository(till.db, journalKey, till.clock);
      const verifier = createEntryVerifier(till.db, kybio.readIncrement, journal.provenRows);
      const entries: Expected[] = [];
      const add = () => {
        const { id, version } = till.add({ customerUid: String(entries.length % 3) });
        entries.push({
          ...{
            id,
            version,
            state: 'queued',
            touched: false,
            isUndecided: false,
            begun: null,
          },
        });
      };
      add();
      for (const of of tries) {
        if (of.what === 'add') add();
        const entry = entries[of.pick % entries.length];
        if (entry === undefined) throw new Error('none');
        if (of.what === 'restart') restart(till, entries);
        const before = entry.state;
        const rows = journal.head().count;
        const isDone = reallyTry(till, entry, of);
        expect(isDone).toBe(expectTry(entry, of));
        const changes = isDone && of.what !== 'add' && of.what !== 'restart';
        if (changes) entry.version += 1;
        if (!isDone) refused += 1;
        if (changes) walked.add(`${before} → ${entry.state}`);
        // A change and its row are one commit, and what is refused leaves nothing behind.
        expect(journal.head().count).toBe(rows + (changes ? 1 : 0));
        expectSame(till, entries);
        expect(verifier.byId(entry.id)).toBeNull();
      }
      expect(journal.follow(null).broken).toBeNull();
      for (const { id } of entries) expect(verifier.byId(id)).toBeNull();
    }),
    { numRuns: 80 },
  );
  expect(refused).toBeGreaterThan(100);
  expect(walked.size).toBeGreaterThan(10);
});
