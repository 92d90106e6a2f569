import { describe, expect, it } from 'vitest';
import { earnedWaitMs } from '../../main/hosts/link/failure-backoff.ts';
import {
  afterAnsweredRead,
  afterManager,
  afterOutcome,
  afterTestedKey,
  type LinkState,
  startingLink,
  withoutWait,
} from '../../main/hosts/link/link-state.ts';
import type { Outcome } from '../../main/hosts/port/member-host.ts';
import type { Answer } from '../kit/answers.ts';
import { openLoop, pass, settle, type TestLoop } from '../kit/loop.ts';

const HOUR_MS = 3_600_000;

const lost: Outcome = { kind: 'unknown', cause: 'reply-lost', pause: null, messages: [], reply: null };
const duplicate: Outcome = { ...lost, cause: 'duplicate', messages: ['duplicate submission'] };
const at = { nowMs: 1_000_000, monotonicMs: 5_000, unit: 0.5 };

describe('what no answer earns', () => {
  it('is a short wait, then a quarter of an hour, then an hour, and never less', () => {
    const waits = [1, 2, 3, 4, 99].map((unanswered) => earnedWaitMs(unanswered, 0));
    expect(waits).toEqual([5_000, 900_000, HOUR_MS, HOUR_MS, HOUR_MS]);
    expect(earnedWaitMs(3, 0.999)).toBeLessThanOrEqual(HOUR_MS * 1.1);
  });

  it('is earned once by all that were under way together', () => {
    let link: LinkState = startingLink;
    const runInTransaction = { begunAtMonotonicMs: 1_000, isAgain: false };
    for (let send = 0; send < 4; send += 1) link = afterOutcome(link, lost, at, runInTransaction);
    expect(link.failureBackoff.unanswered).toBe(1);
    const later = { begunAtMonotonicMs: 6_000, isAgain: false };
    expect(afterOutcome(link, lost, at, later).failureBackoff.unanswered).toBe(2);
  });

  it('is not lengthened by what is sent again, which costs no other entry', () => {
    const once = afterOutcome(startingLink, lost, at);
    const again = { begunAtMonotonicMs: 9_000, isAgain: true };
    expect(afterOutcome(once, lost, { ...at, monotonicMs: 10_000 }, again).failureBackoff).toEqual(
      once.failureBackoff,
    );
  });

  it('is a short wait where KYBIO says that it had these bytes before, however often it says so', () => {
    let link: LinkState = startingLink;
    for (let monotonicMs = 0; monotonicMs < 20 * 6_000; monotonicMs += 6_000) {
      link = afterOutcome(link, duplicate, { ...at, unit: 0.999, monotonicMs });
      expect(link.failureBackoff).toMatchObject({ unanswered: 1 });
      expect(link.failureBackoff.heldBackUntilMonotonicMs - monotonicMs).toBeGreaterThanOrEqual(5_000);
      expect(link.failureBackoff.heldBackUntilMonotonicMs - monotonicMs).toBeLessThan(6_000);
      expect(link.retryAtMonotonicMs - monotonicMs).toBeLessThanOrEqual(1_000);
    }
  });

  it('is neither lengthened nor taken back by that word', () => {
    let link: LinkState = startingLink;
    for (const monotonicMs of [1_000, 2_000]) link = afterOutcome(link, lost, { ...at, monotonicMs });
    expect(afterOutcome(link, duplicate, { ...at, monotonicMs: 3_000 }).failureBackoff).toEqual(
      link.failureBackoff,
    );
    // The hour that comes after them is still earned by the next one that is lost.
    const later = afterOutcome(link, duplicate, { ...at, monotonicMs: 2_000_000 });
    expect(later.failureBackoff).toMatchObject({ unanswered: 2, heldBackUntilMonotonicMs: 2_005_250 });
    expect(afterOutcome(later, lost, { ...at, monotonicMs: 2_010_000 }).failureBackoff.unanswered).toBe(3);
  });

  it('is taken away by an applied increment, and by nothing else', () => {
    const rejected: Outcome = {
      kind: 'rejected',
      cause: 'refused-by-kybio',
      messages: [],
      errorCode: null,
    };
    const notSent: Outcome = {
      kind: 'not-applied',
      cause: 'dns',
      sent: false,
      pause: null,
      retryAfterMs: null,
      messages: [],
    };
    const link = afterOutcome(startingLink, lost, at);
    for (const change of [
      (state: LinkState) => afterAnsweredRead(state, at),
      (state: LinkState) => afterOutcome(state, rejected, at),
      (state: LinkState) => afterOutcome(state, notSent, at),
      (state: LinkState) => afterOutcome(state, { ...notSent, sent: true }, at),
      withoutWait,
      afterManager,
      afterTestedKey,
    ])
      expect(change(link).failureBackoff).toEqual(link.failureBackoff);
    const applied = afterOutcome(link, { kind: 'applied', reply: {} as never }, at);
    expect(applied.failureBackoff).toEqual(startingLink.failureBackoff);
  });
});

/** Reads are answered at once, increments with `toSend`; `meanwhile` happens every so often. */
async function play(
  till: TestLoop,
  forMs: number,
  stepMs: number,
  meanwhile: () => void = () => undefined,
  toSend: Answer = '502',
) {
  for (let passedMs = 0; passedMs < forMs; passedMs += stepMs) {
    await pass(till, stepMs, stepMs);
    meanwhile();
    await settle();
    for (const call of [...till.open]) await call.end(call.kind === 'read' ? 'success' : toSend);
  }
}

const waiting = async (members: number, options: Parameters<typeof openLoop>[0] = {}): Promise<TestLoop> => {
  const till = openLoop(options);
  for (let member = 1; member <= members; member += 1) await till.add(String(member));
  till.loop.start();
  await settle();
  return till;
};

const touched = (till: TestLoop): number => till.sent.length;

describe('reads are answered, and the increment call is broken', () => {
  it('in two hours at most one entry an hour is spent, after three in the first', async () => {
    const till = await waiting(60);
    await play(till, 2 * HOUR_MS, 5_000);
    expect(touched(till)).toBeLessThanOrEqual(4);
    await play(till, 3 * HOUR_MS, 20_000);
    expect(touched(till)).toBeLessThanOrEqual(7);
    expect(touched(till)).toBeGreaterThan(4);
  });

  it('fifteen times "Send now" and a network that flaps every two seconds spend no more', async () => {
    const till = await waiting(60);
    let presses = 0;
    await play(till, 30_000, 2_000, () => {
      presses += 1;
      till.loop.hurry();
      till.loop.networkChanged();
    });
    expect(presses).toBe(15);
    expect(touched(till)).toBeLessThanOrEqual(2);
    expect(till.loop.heldBackForMs()).toBeGreaterThan(800_000);
    await play(till, HOUR_MS, 2_000, () => till.loop.networkChanged());
    expect(touched(till)).toBeLessThanOrEqual(4);
  });

  it('a person who insists lets one entry go a press, and not two by pressing twice', async () => {
    const till = await waiting(60);
    await play(till, 60_000, 1_000);
    const before = touched(till);
    till.loop.hurry(true);
    till.loop.hurry(true);
    await settle();
    expect(touched(till)).toBe(before + 1);
    till.loop.hurry(true);
    await till.sends()[0]?.end('502');
    await play(till, 60_000, 1_000);
    expect(touched(till)).toBe(before + 1);
    till.loop.hurry(true);
    await settle();
    expect(touched(till)).toBe(before + 2);
    // Applied: the next follows at once.
    await till.sends()[0]?.end('success');
    expect(touched(till)).toBe(before + 3);
    expect(till.loop.heldBackForMs()).toBe(0);
  });

  it('one entry at a time goes', async () => {
    const till = await waiting(8);
    await till.sends()[0]?.end('lost');
    await pass(till, 1_000, 1_000);
    await till.reads()[0]?.end('success');
    till.clock.pass(60_000);
    till.clock.ringDue();
    await settle();
    expect(till.sends()).toHaveLength(1);
    await till.sends()[0]?.end('disabled');
    expect(till.sends()).toHaveLength(1);
    await till.sends()[0]?.end('success');
    expect(till.sends()).toHaveLength(1);
  });
});

it('a restored disk, each of whose entries KYBIO had before, is through in minutes, one entry at a time', async () => {
  const till = await waiting(30);
  let runInTransaction = 0;
  const count = () => {
    runInTransaction = Math.max(runInTransaction, till.sends().length);
  };
  await play(till, 60_000, 1_000, count, 'duplicate');
  expect(touched(till)).toBeLessThanOrEqual(13);
  await play(till, 240_000, 1_000, count, 'duplicate');
  expect(touched(till)).toBe(30);
  expect(runInTransaction).toBe(1);
  expect(till.link.state.failureBackoff.unanswered).toBe(1);
});

describe('over a restart', () => {
  it('the wait goes on', async () => {
    const till = await waiting(60);
    await play(till, 120_000, 1_000);
    await till.loop.stop(0);
    const leftMs = till.loop.heldBackForMs();
    expect(leftMs).toBeGreaterThan(600_000);
    till.keeper.close();
    till.db.close();
    const again = openLoop({ file: till.file });
    expect(again.loop.heldBackForMs()).toBeGreaterThan(600_000);
    expect(again.link.state.failureBackoff.unanswered).toBe(2);
  });
});
