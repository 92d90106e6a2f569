import { describe, expect, it } from 'vitest';
import {
  afterAnsweredRead,
  afterManager,
  afterNetworkChange,
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
const notSent: Outcome = { kind: 'not-applied', cause: 'dns', sent: false, pause: null, messages: [] };
const at = { nowMs: 1_000_000, monotonicMs: 5_000, unit: 0.5 };

const waitMs = (link: LinkState, monotonicMs: number) => link.backoff.untilMonotonicMs - monotonicMs;

describe('the wait after an increment that was not answered', () => {
  it('is five seconds, then doubles up to a quarter of an hour', () => {
    let link: LinkState = startingLink;
    const waits: number[] = [];
    for (let time = 0; time < 10; time += 1) {
      link = afterOutcome(link, lost, { ...at, unit: 0.999_999 });
      waits.push(Math.ceil(waitMs(link, at.monotonicMs) / 1_000));
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
  });

  it('starts at five seconds, also after hours without a network', () => {
    let link: LinkState = startingLink;
    for (let time = 0; time < 20; time += 1) link = afterOutcome(withoutWait(link), notSent, at);
    expect(afterOutcome(link, lost, at).backoff).toMatchObject({ failures: 1, isOfIncrement: true });
  });

  it('is not lengthened by an entry that is sent again, which costs no other one', () => {
    let link = afterOutcome(startingLink, lost, at);
    for (const monotonicMs of [20_000, 30_000, 40_000])
      link = afterOutcome(link, lost, { ...at, monotonicMs }, { isAgain: true });
    expect(link.backoff.failures).toBe(1);
    expect(waitMs(link, 40_000)).toBeLessThanOrEqual(5_000);
  });

  it('stays short after each duplicate, and is not taken back by one', () => {
    let link: LinkState = startingLink;
    for (let monotonicMs = 0; monotonicMs < 20 * 6_000; monotonicMs += 6_000) {
      link = afterOutcome(link, duplicate, { ...at, unit: 0.999, monotonicMs });
      expect(link.backoff.failures).toBe(1);
      expect(waitMs(link, monotonicMs)).toBeLessThanOrEqual(5_000);
    }
    for (let time = 0; time < 9; time += 1) link = afterOutcome(link, lost, at);
    expect(afterOutcome(link, duplicate, at).backoff).toEqual(link.backoff);
  });

  it('is ended by an applied increment alone; a press lets one entry go', () => {
    const link = afterOutcome(startingLink, lost, at);
    const rejected: Outcome = { kind: 'rejected', cause: 'refused-by-kybio', messages: [], errorCode: null };
    for (const change of [
      (state: LinkState) => afterAnsweredRead(state, at),
      (state: LinkState) => afterOutcome(state, rejected, at),
      (state: LinkState) => afterOutcome(state, notSent, at),
      afterNetworkChange,
    ])
      expect(change(link).backoff).toEqual(link.backoff);
    for (const press of [withoutWait, afterManager, afterTestedKey])
      expect(press(link).backoff).toEqual({ ...link.backoff, untilMonotonicMs: 0 });
    const applied = afterOutcome(link, { kind: 'applied', reply: {} as never }, at);
    expect(applied.backoff).toEqual(startingLink.backoff);
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

/** The read that a press brings is answered. */
async function press(till: TestLoop): Promise<void> {
  till.loop.hurry();
  await settle();
  for (const call of till.reads()) await call.end('success');
}

describe('reads are answered, and the increment call is broken', () => {
  it('after the first half hour at most one entry in seven minutes is spent', async () => {
    const till = await waiting(60);
    await play(till, 1_800_000, 5_000);
    const atFirst = touched(till);
    expect(atFirst).toBeLessThanOrEqual(11);
    await play(till, 2 * HOUR_MS, 20_000);
    expect(touched(till) - atFirst).toBeLessThanOrEqual(17);
    expect(touched(till)).toBeGreaterThan(atFirst);
  });

  it('a network that flaps every two seconds spends no more', async () => {
    const till = await waiting(60);
    await play(till, 1_800_000, 2_000, () => till.loop.networkChanged());
    expect(touched(till)).toBeLessThanOrEqual(11);
  });

  it('a press lets one entry go, and two presses not two', async () => {
    const till = await waiting(60);
    await play(till, 300_000, 1_000);
    const before = touched(till);
    await press(till);
    await press(till);
    expect(touched(till)).toBe(before + 1);
    till.loop.hurry();
    await till.sends()[0]?.end('502');
    await pass(till, 60_000, 1_000);
    expect(touched(till)).toBe(before + 1);
    await press(till);
    expect(touched(till)).toBe(before + 2);
    // Applied: the next follows at once.
    await till.sends()[0]?.end('success');
    expect(touched(till)).toBe(before + 3);
    expect(till.link.state.backoff.untilMonotonicMs).toBe(0);
  });

  it('one entry at a time goes', async () => {
    const till = await waiting(8);
    await till.sends()[0]?.end('lost');
    await pass(till, 5_000, 1_000);
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
  expect(till.link.state.backoff.failures).toBe(1);
});

describe('over a restart', () => {
  it('the wait goes on', async () => {
    const till = await waiting(60);
    const left = () => waitMs(till.link.state, till.clock.monotonicMs());
    while (left() < 60_000) await play(till, 1_000, 1_000);
    await till.loop.stop(0);
    const { backoff } = till.link.state;
    const leftMs = left();
    till.keeper.close();
    till.db.close();
    const again = openLoop({ file: till.file });
    expect(again.link.state.backoff).toMatchObject({ failures: backoff.failures, isOfIncrement: true });
    expect(waitMs(again.link.state, again.clock.monotonicMs())).toBeGreaterThanOrEqual(leftMs);
  });
});
