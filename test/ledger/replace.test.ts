import { expect, it } from 'vitest';
import { theManager, theProgram } from '../../main/kernel/actor.ts';
import { createReplace } from '../../main/ledger/replace.ts';
import { openOutbox, signer } from '../kit/outbox.ts';

const decision = { who: theProgram, reason: 'duplicate-refusal', evidence: null };

/** A till with an entry in review, whose answer was lost. */
function inReview() {
  const till = openOutbox();
  const saved = till.add();
  const entry = till.transitions.sendToReview(till.attempt(saved.id, 'unknown'), 'evidence-unclear');
  if (entry === null) throw new Error('not in review');
  return { ...till, entry, replace: createReplace(till.db, till.outbox, till.transitions) };
}

it('cancels an entry whose second is another’s, and a new one with a free second takes its place', () => {
  const { entry, outbox, replace } = inReview();
  const added = replace(entry, decision, signer.sign);
  expect(outbox.byId(entry.id)).toMatchObject({ state: 'cancelled', cause: 'replaced' });
  expect(added).toMatchObject({
    state: 'queued',
    touched: false,
    requestId: `replace:${entry.id}`,
    balanceIncrement: entry.balanceIncrement,
    pointIncrement: entry.pointIncrement,
    customerUid: entry.customerUid,
  });
  expect(added?.dataChangeTime).not.toBe(entry.dataChangeTime);
});

it('says of a manager who sent it so that they sent it again, not that they closed it', () => {
  const { entry, outbox, replace } = inReview();
  replace(entry, { ...decision, who: theManager }, signer.sign);
  expect(outbox.byId(entry.id)).toMatchObject({ state: 'cancelled', decision: { as: 'sent' } });
});

it('does so once: on a stale version nothing is cancelled and nothing is added', () => {
  const { entry, outbox, replace } = inReview();
  expect(replace(entry, decision, signer.sign)).not.toBeNull();
  expect(replace(entry, decision, signer.sign)).toBeNull();
  expect([...outbox.all()]).toHaveLength(2);
});

it('leaves the entry as it is where the new one cannot be added', () => {
  const { entry, outbox, replace } = inReview();
  const refuse = () => {
    throw new Error('no key');
  };
  expect(() => replace(entry, decision, refuse)).toThrow('no key');
  expect(outbox.byId(entry.id)).toMatchObject({ state: 'review', version: entry.version });
});
