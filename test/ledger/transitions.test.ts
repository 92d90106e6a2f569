import { describe, expect, it } from 'vitest';
import { signerOf } from '../../main/hosts/kybio/kybio.ts';
import { theManager, theProgram } from '../../main/kernel/actor.ts';
import type { Recorder } from '../../main/ledger/recorder.ts';
import { isByManager } from '../../main/ledger/tables/rows.ts';
import { createTransitionsRepository } from '../../main/ledger/transitions-repository.ts';
import { amount, entryStates } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { draft, endOf, ends, openOutbox, signer } from '../kit/outbox.ts';

const attempts = (till: ReturnType<typeof openOutbox>) =>
  till.db.prepare('SELECT * FROM attempt ORDER BY entry, number').all() as Record<string, unknown>[];

/** What another look at the file finds: the committed state, whatever this connection takes to be true. */
const committed = (till: ReturnType<typeof openOutbox>) => {
  const other = openOutbox({ file: till.file });
  const rows = { entries: [...other.outbox.all()], attempts: attempts(other) };
  other.db.close();
  return rows;
};

describe('an attempt', () => {
  it('is committed with its baseline before anything is sent', () => {
    const till = openOutbox();
    const saved = till.add();
    const [candidate] = till.outbox.candidates();
    if (candidate === undefined) throw new Error('no candidate');
    const baseline = { balance: amount('120.00'), point: amount('340'), atMs: 5 };
    const begun = till.transitions.beginAttempt(candidate, baseline);
    expect(begun).toMatchObject({ number: 1, increment: { state: 'sending', version: 2, touched: false } });
    expect(begun?.increment).toEqual(till.outbox.byId(saved.id));
    expect(committed(till)).toMatchObject({
      entries: [{ state: 'sending' }],
      attempts: [
        {
          number: 1,
          baseline_balance: '120.00',
          baseline_point: '340',
          baseline_at_ms: 5,
          ended_at_ms: null,
          outcome: null,
        },
      ],
    });
  });

  it.each([
    ['applied', 'confirmed', true],
    ['rejected', 'rejected', true],
    ['refused', 'queued', true],
    ['notSent', 'queued', false],
    ['unknown', 'unknown', true],
  ] as const)('that ends as %s leaves %s', (end, state, touched) => {
    const till = openOutbox();
    const saved = till.add();
    till.clock.pass(1_000);
    expect(till.attempt(saved.id, end)).toMatchObject({ state, touched, attempts: 1, version: 3 });
    expect(committed(till).entries).toMatchObject([{ state, touched }]);
    expect(attempts(till)).toMatchObject([{ ended_at_ms: till.clock.nowMs() }]);
    const settled = state === 'confirmed' || state === 'rejected';
    expect(till.outbox.byId(saved.id)?.settledAtMs).toBe(settled ? till.clock.nowMs() : null);
  });

  it('keeps the sums of a confirmed reply as they came', () => {
    const till = openOutbox();
    expect(till.attempt(till.add().id, 'applied')).toMatchObject({
      balanceBefore: '120.00',
      balanceAfter: '130.00',
      pointBefore: '340',
      pointAfter: '340',
    });
  });

  it('leaves the bytes as they are, and is numbered', () => {
    const till = openOutbox();
    const saved = till.add();
    const signed = till.outbox.signedBody(saved.id);
    till.transitions.endAttempt(till.begin(saved.id), endOf('notSent'));
    till.clock.pass(60_000);
    const second = till.begin(saved.id);
    expect(second.number).toBe(2);
    expect(till.outbox.signedBody(saved.id)).toEqual(signed);
    expect(second.increment.dataChangeTime).toBe(saved.dataChangeTime);
  });

  it('is not ended twice', () => {
    const till = openOutbox();
    const begun = till.begin(till.add().id);
    till.transitions.endAttempt(begun, endOf('unknown'));
    expect(() => till.transitions.endAttempt(begun, endOf('applied'))).toThrow();
    expect(committed(till)).toMatchObject({
      entries: [{ state: 'unknown' }],
      attempts: [{ outcome: 'unknown' }],
    });
  });
});

describe('a stale view changes nothing (protocol rule 8)', () => {
  it('of an entry that another view has begun, cancelled or re-signed', () => {
    const till = openOutbox();
    for (const uid of ['1', '2', '3']) till.add({ customerUid: uid });
    const stale = till.outbox.candidates();
    const [begun, cancelled] = stale;
    if (begun === undefined || cancelled === undefined) throw new Error('no candidates');
    till.begin(begun.id);
    till.transitions.cancel(cancelled.id, atTheTill);
    till.transitions.resign(signerOf('KEY-TWO').signBody, () => true);
    const before = committed(till);
    for (const candidate of stale) {
      expect(till.transitions.beginAttempt(candidate, null)).toBeNull();
      till.transitions.quarantine(candidate);
    }
    expect(committed(till)).toEqual(before);
  });

  it('of two who begin at once, one sends', () => {
    const till = openOutbox();
    till.add();
    const other = openOutbox({ file: till.file });
    const [candidate] = till.outbox.candidates();
    if (candidate === undefined) throw new Error('no candidate');
    const results = [till, other].map(({ transitions }) => transitions.beginAttempt(candidate, null));
    expect(results.filter((begun) => begun !== null)).toHaveLength(1);
    expect(attempts(till)).toHaveLength(1);
  });
});

describe('what fails around a transition', () => {
  /** The disk fails once, when the step was written and is not committed. */
  const failingOnce = (till: ReturnType<typeof openOutbox>) => {
    let fails = true;
    const step: Recorder['step'] = (...args) => {
      const after = till.recorder.step(...args);
      if (!fails) return after;
      fails = false;
      throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_READ' });
    };
    return createTransitionsRepository(till.db, till.outbox, till.clock, { ...till.recorder, step });
  };

  it('leaves nothing in `sending` that is not sent', () => {
    const till = openOutbox();
    till.add();
    const [candidate] = till.outbox.candidates();
    if (candidate === undefined) throw new Error('no candidate');
    expect(() => failingOnce(till).beginAttempt(candidate, null)).toThrow('disk I/O error');
    expect(committed(till)).toMatchObject({ entries: [{ state: 'queued' }], attempts: [] });
  });

  it('lets an end be committed again', () => {
    const till = openOutbox();
    const begun = till.begin(till.add().id);
    const transitions = failingOnce(till);
    expect(() => transitions.endAttempt(begun, endOf('applied'))).toThrow('disk I/O error');
    expect(transitions.endAttempt(begun, endOf('applied')).state).toBe('confirmed');
  });
});

describe('cancelling', () => {
  it.each(entryStates)('of an untouched entry in %s', (state) => {
    const till = openOutbox();
    const saved = till.add();
    till.force(saved.id, state);
    const result = till.transitions.cancel(saved.id, atTheTill);
    if (state === 'queued') expect(result).toMatchObject({ ok: true, value: { state: 'cancelled' } });
    else expect(result.ok).toBe(false);
    expect(till.outbox.byId(saved.id)?.state).toBe(state === 'queued' ? 'cancelled' : state);
  });

  it('is over once any attempt was sent, and is not over when none was', () => {
    const till = openOutbox();
    const [unsent, refused] = [till.add(), till.add()];
    till.attempt(unsent.id, 'notSent');
    till.attempt(refused.id, 'refused');
    expect(till.transitions.cancel(unsent.id, atTheTill)).toMatchObject({
      ok: true,
      value: { cause: 'cancelled-by-cashier' },
    });
    expect(till.transitions.cancel(refused.id, atTheTill)).toMatchObject({
      ok: false,
      error: { code: 'entry-touched' },
    });
    expect(till.transitions.cancel('nobody', atTheTill)).toMatchObject({
      ok: false,
      error: { code: 'entry-not-found' },
    });
  });

  it('makes room for no other increment of its second', () => {
    const till = openOutbox();
    const cancelled = till.add();
    till.transitions.cancel(cancelled.id, atTheTill);
    expect(till.add().dataChangeTime).not.toBe(cancelled.dataChangeTime);
  });
});

describe('touched stays touched (protocol rule 4)', () => {
  it.each(['notSent', 'refused', 'rejected'] as const)(
    'a later %s leaves the undecided entry unknown',
    (later) => {
      const till = openOutbox();
      const saved = till.add();
      till.attempt(saved.id, 'unknown');
      till.force(saved.id, 'queued');
      expect(till.attempt(saved.id, later)).toMatchObject({ state: 'unknown', touched: true });
    },
  );

  it('so does an attempt that a crash left open', () => {
    const till = openOutbox();
    const saved = till.add();
    till.begin(saved.id);
    till.transitions.recoverInterrupted();
    till.force(saved.id, 'queued');
    expect(till.attempt(saved.id, 'rejected').state).toBe('unknown');
  });

  it('an earlier attempt that was decided is no doubt', () => {
    const till = openOutbox();
    const saved = till.add();
    till.attempt(saved.id, 'refused');
    expect(till.attempt(saved.id, 'rejected').state).toBe('rejected');
  });
});

describe('who confirmed it', () => {
  const without = { balanceBeforeUpdate: null, balanceAfterUpdate: null };
  const decided = (state: 'confirmed' | 'queued', who = theManager) => {
    const till = openOutbox();
    const entry = till.transitions.sendToReview(till.attempt(till.add().id, 'unknown'), 'evidence-unclear');
    if (entry === null) throw new Error('not in review');
    till.transitions.decide(entry, { state, cause: null, who, reason: '', evidence: null });
    const end = endOf('applied');
    if (state === 'queued')
      till.transitions.endAttempt(till.begin(entry.id), {
        ...end,
        outcome: { ...ends.applied, reply: { ...ends.applied.reply, ...without } },
      });
    expect(till.outbox.byId(entry.id)?.state).toBe('confirmed');
    return till.db.prepare(`SELECT ${isByManager} FROM increment i`).pluck().get() === 1;
  };

  it('is a manager where they closed it, and not where they sent it and KYBIO took it without telling sums', () => {
    expect(decided('confirmed')).toBe(true);
    expect(decided('confirmed', theProgram)).toBe(false);
    expect(decided('queued')).toBe(false);
  });
});

it('takes the same request once, from two connections by turns', () => {
  const till = openOutbox();
  const other = openOutbox({ file: till.file });
  const asked = draft();
  const results = [till, other, till, other].map(({ outbox }) => outbox.add(asked, signer.sign));
  expect(new Set(results.map((result) => (result.ok ? result.value.id : ''))).size).toBe(1);
  expect(committed(till).entries).toHaveLength(1);
});
