import { describe, expect, it } from 'vitest';
import type { ChainRateLimit } from '../../main/hosts/link/chain-rate-limit.ts';
import { openLoop, pass, settle, type TestLoop } from '../kit/loop.ts';

/** A round of 45 s: 40 tills at one call a second, of which the turns use 88 %. */
const pace: ChainRateLimit = { callsASecond: 1, tills: 40, till: 7 };
const ROUND_MS = 45_455;
const HOUR_MS = 3_600_000;

async function withBacklog(
  members: readonly string[],
  told: ChainRateLimit | null = pace,
): Promise<TestLoop> {
  const till = openLoop(told === null ? {} : { pace: told });
  for (const member of members) await till.add(member);
  till.clock.pass(HOUR_MS);
  till.loop.start();
  await settle();
  return till;
}

/** Answers whatever is open while time passes, and tells when each send began. */
async function sendsWithin(till: TestLoop, forMs: number): Promise<readonly number[]> {
  const began: number[] = [];
  for (let passedMs = 0; passedMs < forMs; passedMs += 500) {
    till.clock.pass(500);
    till.clock.ringDue();
    await settle();
    for (const send of till.sends()) {
      began.push(till.clock.monotonicMs());
      await send.end('success');
    }
  }
  return began;
}

describe('a till that was told its chain’s pace', () => {
  it('sends what an outage has piled up one a round, at its place in it', async () => {
    const till = await withBacklog(['1', '2', '3', '4', '5']);
    expect(till.sends()).toEqual([]);
    const began = await sendsWithin(till, 5 * ROUND_MS + 1_000);
    expect(began).toHaveLength(5);
    for (const [at, startMs] of began.slice(1).entries())
      expect(Math.abs(startMs - (began[at] ?? 0) - ROUND_MS)).toBeLessThanOrEqual(1_000);
    expect(till.states().every((state) => state === 'confirmed')).toBe(true);
  });

  it('sends what is made at the counter at once while KYBIO answers, a backlog beside it or none', async () => {
    const till = await withBacklog(['1', '2', '3']);
    await sendsWithin(till, ROUND_MS);
    await till.add('9');
    expect(till.sends().map(({ fields }) => fields?.customerUid)).toEqual(['9']);
    await till.sends()[0]?.end('success');
    await sendsWithin(till, 3 * ROUND_MS);
    await till.add('10');
    expect(till.sends()).toHaveLength(1);
  });

  it('never lets a fresh entry overtake an older one of its member', async () => {
    const till = await withBacklog(['1', '2', '3']);
    await sendsWithin(till, ROUND_MS);
    await till.add('3');
    expect(till.sends()).toEqual([]);
  });

  it('goes at no moment that frees all: a network that is back waits for the turn', async () => {
    const till = await withBacklog(['1', '2']);
    await pass(till, ROUND_MS, 500);
    await till.sends()[0]?.end('refused-connection');
    till.loop.networkChanged();
    till.loop.wokeUp();
    await settle();
    expect(till.sends()).toEqual([]);
    expect(await sendsWithin(till, ROUND_MS + 1_000)).toHaveLength(1);
  });

  it('holds a fresh entry too once KYBIO has refused for load, until one is applied', async () => {
    const till = await withBacklog(['999']);
    await sendsWithin(till, ROUND_MS + 1_000);
    await till.add('1');
    await till.sends()[0]?.end('overloaded');
    await till.add('2');
    await pass(till, 1_000, 500);
    expect(till.sends()).toEqual([]);
    await sendsWithin(till, 3 * ROUND_MS);
    expect(till.states().every((state) => state === 'confirmed')).toBe(true);
    await till.add('3');
    // Eased by what was refused, and in no turn.
    expect(await sendsWithin(till, 5_000)).toHaveLength(1);
  });

  it('lets one go for whoever insists, and no second one; what is not insisted on waits', async () => {
    const till = await withBacklog(['1', '2', '3']);
    till.loop.hurry();
    await settle();
    expect(till.sends()).toEqual([]);
    expect(till.sendSlots.heldForMs()).toBeGreaterThan(0);
    till.loop.hurry(true);
    await settle();
    expect(till.sends()).toHaveLength(1);
    await till.sends()[0]?.end('success');
    expect(till.sends()).toEqual([]);
    expect(till.sendSlots.heldForMs()).toBeGreaterThan(0);
  });

  it('tells nothing of turns once nothing waits, and asks in its turn after a start', async () => {
    const till = await withBacklog(['1']);
    expect(till.sendSlots.heldForMs()).not.toBeNull();
    await sendsWithin(till, ROUND_MS + 1_000);
    expect(till.sendSlots.heldForMs()).toBeNull();
    expect(till.sendSlots.firstInMs()).toBeLessThanOrEqual(ROUND_MS);
  });
});

it('a till that was told none has no slots to wait for', async () => {
  const till = await withBacklog(['1', '2', '3', '4'], null);
  expect(till.sendSlots.heldForMs()).toBeNull();
  expect(till.sendSlots.firstInMs()).toBe(0);
  await till.sends()[0]?.end('success');
  expect(till.sends()).toHaveLength(1);
});
