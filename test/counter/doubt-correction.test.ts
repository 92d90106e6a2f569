import { expect, it } from 'vitest';
import type { HostMember } from '../../main/hosts/port/member-host.ts';
import { theManager } from '../../main/kernel/actor.ts';
import type { Doubt } from '../../main/sending/next-reply.ts';
import { amount, appError, err, ok } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { draft, openOutbox } from '../kit/outbox.ts';
import { correctRead, openReviewOf } from '../kit/review.ts';

/** A suspicion without figures: no reading confirms it. */
const correct = (...[review, doubtId, who]: Parameters<typeof correctRead>) =>
  correctRead(review, doubtId, who, { isMeant: true });

const member: HostMember = {
  ...{ customerUid: draft().customerUid, number: '1', name: 'x', categoryName: '', phone: '' },
  ...{ balance: amount('130'), point: amount('340'), enable: 1, expiryDate: null },
};

/** A till with a doubt about a confirmed entry; `meanwhile` says what happens during the reading. */
function openDoubted(kind: Doubt['kind'], change: Parameters<typeof draft>[0] = {}) {
  const till = openOutbox();
  const doubted = till.attempt(till.add(change).id, 'applied');
  let meanwhile: () => void = () => undefined;
  const read = async () => {
    meanwhile();
    return { ...ok(member), overlapsNoSend: true };
  };
  const { review, doubts } = openReviewOf(till, { member: read }, { journal: { append: () => undefined } });
  doubts.open({ entryId: doubted.id, kind }, doubted.id, 1, {});
  const doubtId = doubts.waiting()[0]?.id ?? '';
  const setMeanwhile = (happens: () => void) => {
    meanwhile = happens;
  };
  return { till, doubts, review, doubted, doubtId, meanwhile: setMeanwhile };
}

it('makes a missing reversal good as a reversal, not as a top-up of less than nothing', async () => {
  const { review, doubtId } = openDoubted('possible-missing', {
    kind: 'reversal',
    balanceIncrement: '-10',
  });
  expect(await correct(review, doubtId, atTheTill)).toMatchObject({
    ok: true,
    value: { kind: 'reversal', balanceIncrement: '-10' },
  });
});

it.each([
  ['possible-missing', {}],
  ['possible-missing', { kind: 'reversal', balanceIncrement: '-10' }],
] as const)(
  'an entry is not taken back by what corrects a %s of %o, and corrected once',
  async (kind, change) => {
    const { till, review, doubted, doubtId } = openDoubted(kind, change);
    expect(await correct(review, doubtId, atTheTill)).toMatchObject({ ok: true });
    const after = till.outbox.byId(doubted.id);
    expect([after?.takenBack, after?.corrected]).toEqual([null, true]);
  },
);

it('of two managers one dismisses and the other corrects: only the first takes effect', async () => {
  const { till, review, doubtId, meanwhile } = openDoubted('possible-double');
  meanwhile(() => expect(review.dismiss(doubtId, atTheTill)).toEqual({ ok: true, value: {} }));
  expect(await correct(review, doubtId, atTheTill)).toMatchObject({ error: { code: 'entry-changed' } });
  expect([...till.outbox.all()].map(({ kind }) => kind)).toEqual(['top-up']);
});

it('of two managers who correct at once only one does', async () => {
  const { till, review, doubtId } = openDoubted('possible-double');
  const both = await Promise.all([correct(review, doubtId, atTheTill), correct(review, doubtId, atTheTill)]);
  expect(both).toMatchObject([{ ok: true }, { error: { code: 'entry-changed' } }]);
  expect([...till.outbox.all()].map(({ kind }) => kind)).toEqual(['top-up', 'reversal']);
});

it('leaves a doubt open whose correction could not be added', () => {
  const { doubts, doubtId } = openDoubted('possible-double');
  const failed = doubts.correct(doubtId, 1, () => err(appError('no-free-second')));
  expect(failed).toMatchObject({ error: { code: 'no-free-second' } });
  expect(doubts.waiting()).toMatchObject([{ id: doubtId }]);
  expect(doubts.correct('nobody', 1, () => ok({}))).toMatchObject({ error: { code: 'entry-changed' } });
});

it('after a double was corrected the single credit that is left can be taken back', async () => {
  const { till, review, doubted, doubtId } = openDoubted('possible-double');
  const corrected = await correct(review, doubtId, theManager);
  const [one, again] = [corrected, await correct(review, doubtId, theManager)].map((result) => result.ok);
  expect([one, again]).toEqual([true, false]);
  expect(corrected.ok && corrected.value.correctsSequence).toBe(doubted.sequence);
  const after = till.outbox.byId(doubted.id);
  expect([after?.takenBack, after?.corrected]).toEqual([null, false]);
});

it.each([
  ['was cancelled before it was sent', 'cancelled', 0],
  ['still waits', 'queued', 1],
  ['is being sent', 'sending', 1],
] as const)('takes nothing back of an entry that %s', async (_, state, touched) => {
  const { till, review, doubted, doubtId } = openDoubted('possible-double');
  till.db.prepare('UPDATE increment SET state = ?, touched = ? WHERE id = ?').run(state, touched, doubted.id);
  expect(await correct(review, doubtId, atTheTill)).toMatchObject({ error: { code: 'entry-changed' } });
  expect([...till.outbox.all()].map(({ kind }) => kind)).toEqual(['top-up']);
});

it('takes back what arrived though it was sent and then cancelled', async () => {
  const { till, review, doubted, doubtId } = openDoubted('possible-double');
  till.db.prepare("UPDATE increment SET state = 'cancelled' WHERE id = ?").run(doubted.id);
  expect(await correct(review, doubtId, atTheTill)).toMatchObject({ ok: true, value: { kind: 'reversal' } });
});
