import { describe, expect, it } from 'vitest';
import { limWei } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import {
  balance,
  entry,
  HOUR_MS,
  logs,
  lose,
  method,
  openLosing,
  refuses,
  sends,
  uid,
  whileUnknown,
} from '../kit/losing.ts';
import { answerRead } from '../kit/review.ts';

const declared = { tillNumbersDeclared: true };
const proven = { host: { refusesDuplicates: true }, proven: refuses, policy: declared };

describe('on a host that is proven to refuse the same bytes', () => {
  it.each([
    ['before', 'success'],
    ['after', 'its refusal'],
  ] as const)('a send dropped %s it was applied is sent again, and %s confirms it', async (when, _how) => {
    const driven = await openLosing(proven, when);
    const { id, lostAtMs } = await lose(driven);
    await driven.drive(() => entry(driven, id).state === 'confirmed');
    expect(driven.clock.monotonicMs() - lostAtMs).toBeGreaterThanOrEqual(150_000);
    const [first, second] = sends(driven);
    expect(sends(driven)).toHaveLength(2);
    expect(second?.body).toBe(first?.body);
    expect(driven.store.increments()).toHaveLength(1);
    expect(balance(driven)).toBe('130.00');
  });

  it.each([
    ['the tills have no declared numbers', { ...proven, policy: {} }],
    [
      'no refusal was seen at twice this age',
      { ...proven, proven: { duplicates: { greatestAgeMs: 240_000 } } },
    ],
  ])('nothing is sent again where %s', async (_why, world) => {
    const driven = await openLosing(world, 'after');
    const { id } = await lose(driven);
    await driven.drive(whileUnknown(driven, id));
    expect(entry(driven, id).state).toBe('review');
    expect(sends(driven)).toHaveLength(1);
  });

  it('a clock that is set back makes no old send young: nothing is sent again beyond the proven age', async () => {
    const driven = await openLosing(proven, 'after');
    const { id } = await lose(driven);
    // The PC sleeps for three hours; when it wakes its clock, which was ahead by 2 h 50 min, is set right.
    driven.clock.jump(3 * HOUR_MS, 3 * HOUR_MS);
    driven.clock.jump(-2 * HOUR_MS - 50 * 60_000, 0);
    // Three hours on the host has forgotten: refusals were seen for one hour.
    driven.store.setProfile({ refusesDuplicates: false });
    driven.till.session.sending.loop.wokeUp();
    await driven.drive(whileUnknown(driven, id));
    await driven.pass(60_000);
    expect(entry(driven, id).state).toBe('review');
    expect(sends(driven)).toHaveLength(1);
    expect(balance(driven)).toBe('130.00');
  });

  it('what the check-up found is what counts, over a restart too, which begins the quiet anew', async () => {
    const before = await openLosing({ host: { refusesDuplicates: true }, policy: declared }, null);
    const {
      sending: { checkUp },
    } = before.till.session;
    await checkUp.start(limWei.number, theManager);
    await before.drive(() => checkUp.shown().state === 'done');
    before.store.addFault({ fault: { kind: 'drop', when: 'after' }, method, times: 1 });
    const { id } = await lose(before);
    await before.pass(140_000);
    const sent = sends(before).length;
    const after = await before.restart();
    const startedAtMs = after.clock.monotonicMs();
    after.till.session.start();
    await after.drive(() => entry(after, id).state === 'confirmed');
    expect(after.clock.monotonicMs() - startedAtMs).toBeGreaterThanOrEqual(150_000);
    expect(sends(after)).toHaveLength(sent + 1);
    expect(balance(after)).toBe('130.00');
  });
});

describe('on a host whose log is proven to carry our time', () => {
  const world = {
    host: { keepsRechargeLog: true, logCarriesDataChangeTime: true },
    proven: logs,
    policy: declared,
  };

  it('its row confirms what was applied, without another send', async () => {
    const driven = await openLosing(world, 'after');
    const { id } = await lose(driven);
    // Somebody buys something meanwhile: the balance says nothing, the row everything.
    driven.store.adjust(uid, '3.00', '340');
    await driven.drive(whileUnknown(driven, id));
    expect(entry(driven, id).state).toBe('confirmed');
    expect(sends(driven)).toHaveLength(1);
  });

  it('its silence decides nothing: nothing is sent again, and a person is asked', async () => {
    const driven = await openLosing(world, 'before');
    const { id } = await lose(driven);
    driven.store.adjust(uid, '777.00', '340');
    await driven.drive(whileUnknown(driven, id));
    expect(entry(driven, id).state).toBe('review');
    expect(sends(driven)).toHaveLength(1);
    expect(balance(driven)).toBe('777.00');
  });

  it('its row with the amount cut is no silence: nothing is sent again, and a person is asked', async () => {
    const driven = await openLosing(world, 'after', { config: { currency: 'KWD' } });
    const { id } = await lose(driven, '1.235');
    const row = { rechargeMoney: '1.23', giftMoney: '0', datetime: entry(driven, id).dataChangeTime };
    const body = JSON.stringify({ status: 'success', data: [row] });
    driven.store.addFault({
      fault: { kind: 'body', body, contentType: 'application/json', when: 'after' },
      method: 'queryCustomerRechargeLog',
    });
    await driven.drive(whileUnknown(driven, id));
    await driven.pass(60_000);
    expect(entry(driven, id).state).toBe('review');
    expect(sends(driven)).toHaveLength(1);
    expect(driven.store.increments()).toHaveLength(1);
    const { content } = driven.till.session.counter.review.cases()[0]?.evidence ?? {};
    expect(content).toMatchObject({ verdict: { suggestion: 'applied' } });
  });

  it('its silence about points alone proves nothing', async () => {
    const driven = await openLosing(world, 'after');
    const { id } = await lose(driven, '0', '5');
    await driven.drive(whileUnknown(driven, id));
    expect(entry(driven, id).state).toBe('review');
  });
});

describe('where nothing is proven', () => {
  const inReview = async (when: 'before' | 'after') => {
    const driven = await openLosing({}, when);
    const { id } = await lose(driven);
    await driven.drive(whileUnknown(driven, id));
    const [of] = driven.till.session.counter.review.cases();
    if (of === undefined) throw new Error('no case');
    const answer = (word: 'arrived' | 'send' | 'drop', version = of.increment.version) =>
      answerRead(driven.till.session.counter.review, { id, version }, word, theManager);
    const content = of.evidence?.content as { verdict: { suggestion: string; reasons: string[] } };
    return { driven, id, of, answer, verdict: content.verdict };
  };

  it('what was applied comes to a manager with the right advice, who says so', async () => {
    const { driven, id, answer, verdict } = await inReview('after');
    expect(verdict).toMatchObject({ suggestion: 'applied' });
    expect(verdict.reasons).toContain('exact-movement');
    expect((await answer('arrived')).ok).toBe(true);
    await driven.pass(60_000);
    expect(entry(driven, id).state).toBe('confirmed');
    expect(sends(driven)).toHaveLength(1);
  });

  it('what was not comes without advice, since others write; it is sent once, and no later', async () => {
    const { driven, id, answer, verdict } = await inReview('before');
    expect(verdict).toMatchObject({ suggestion: 'unclear' });
    expect((await answer('send')).ok).toBe(true);
    driven.till.session.sending.loop.wake();
    await driven.drive(() => entry(driven, id).state === 'confirmed');
    expect(driven.store.increments()).toHaveLength(1);
    expect(await answer('send')).toMatchObject({ error: { code: 'entry-changed' } });
    expect(balance(driven)).toBe('130.00');
  });

  it('what is dropped is sent no more', async () => {
    const { driven, id, answer } = await inReview('before');
    expect((await answer('drop')).ok).toBe(true);
    await driven.pass(HOUR_MS);
    expect(entry(driven, id).state).toBe('cancelled');
    expect(balance(driven)).toBe('120.00');
  });

  it('"send it" on old evidence reads anew, and is refused where that says it arrived', async () => {
    const { driven, id, answer } = await inReview('before');
    await driven.pass(700_000);
    // It arrived after all, as only a bank's queue can be late.
    driven.store.adjust(uid, '130.00', '340');
    const before = driven.store.calls().length;
    expect(await answer('send')).toMatchObject({ error: { code: 'evidence-changed' } });
    expect(driven.store.calls().length).toBeGreaterThan(before);
    expect(entry(driven, id).state).toBe('review');
    expect(sends(driven)).toHaveLength(1);
  });

  it('"send it" where nothing could be read reads first, and is refused while it cannot', async () => {
    const driven = await openLosing({}, 'after');
    const { id } = await lose(driven);
    await driven.store.setPlug(false);
    await driven.drive(whileUnknown(driven, id));
    const {
      counter: { review },
    } = driven.till.session;
    const [of] = review.cases();
    expect(of?.evidence?.content).toMatchObject({ verdict: { reasons: ['no-reading'] }, readings: [] });
    const send = () => answerRead(review, { id, version: of?.increment.version ?? 0 }, 'send', theManager);
    expect(await send()).toMatchObject({ error: { code: 'host-unreachable' } });
    await driven.store.setPlug(true);
    expect(await send()).toMatchObject({ error: { code: 'evidence-changed' } });
    expect(sends(driven)).toHaveLength(1);
  });

  it('evidence is as old as its newest reading, not as the look that gave up', async () => {
    const driven = await openLosing({}, 'before');
    const { id } = await lose(driven);
    const reads = () => driven.store.calls().filter((call) => call.method === 'queryByNumber').length;
    // Until then it is only asked whether KYBIO is there.
    await driven.pass(149_000);
    const before = reads();
    await driven.drive(() => reads() > before);
    await driven.settle();
    const readAtMs = driven.clock.nowMs();
    await driven.store.setPlug(false);
    await driven.drive(whileUnknown(driven, id));
    expect(driven.clock.nowMs() - readAtMs).toBeGreaterThan(600_000);
    expect(driven.till.session.counter.review.cases()[0]?.evidence?.gatheredAtMs).toBe(readAtMs);
  });

  it('of two managers one answers, and the other is told', async () => {
    const { driven, id, answer, of } = await inReview('after');
    expect((await answer('arrived')).ok).toBe(true);
    expect(await answer('drop', of.increment.version)).toMatchObject({ error: { code: 'entry-changed' } });
    expect(entry(driven, id).state).toBe('confirmed');
  });

  it('the queue goes on meanwhile, for the same member too', async () => {
    const { driven } = await inReview('after');
    await driven.till.session.members.lookUp.find(limWei.number);
    const others = [driven.till.topUp(limWei.customerUid, '1.00'), driven.till.topUp(uid, '2.00')];
    await driven.drive(() => others.every(({ id }) => entry(driven, id).state === 'confirmed'));
  });
});
