import { describe, expect, it } from 'vitest';
import {
  afterAnsweredRead,
  afterOutcome,
  type LinkState,
  startingLink,
  withoutWait,
} from '../../../main/hosts/link/link-state.ts';
import {
  afterOverload,
  afterPassed,
  isInLoadBackoff,
  type LoadBackoff,
  loadBackoffWaitMs,
  noLoadBackoff,
} from '../../../main/hosts/link/load-backoff.ts';
import type { Outcome } from '../../../main/hosts/port/member-host.ts';
import { heardAgain, likelySkewMs } from '../../../main/sending/chain-clock.ts';

const at = { nowMs: 1_000_000, monotonicMs: 5_000, unit: 0.5 };
const refused = (cause: 'overloaded' | 'permission', retryAfterMs: number | null): Outcome => ({
  ...{ kind: 'not-applied', sent: true, pause: null, messages: [] },
  ...{ cause, retryAfterMs },
});
const reply = {
  customerUid: null,
  balanceBeforeUpdate: null,
  balanceAfterUpdate: null,
  pointBeforeUpdate: null,
  pointAfterUpdate: null,
  dataChangeTime: null,
  updateCustomerTime: null,
};
const applied: Outcome = { kind: 'applied', reply };

describe('a till that is refused for load', () => {
  it('goes half as often after each refusal, within bounds', () => {
    const waits = [];
    let loadBackoff: LoadBackoff = noLoadBackoff;
    for (let refusals = 0; refusals < 9; refusals += 1) {
      loadBackoff = afterOverload(loadBackoff, refusals * 1_000, refusals * 1_000);
      waits.push(loadBackoff.everyMs);
    }
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 240_000, 240_000]);
  });

  it('counts once what was under way together', () => {
    const once = afterOverload(noLoadBackoff, 1_000, 1_200);
    expect(afterOverload(once, 1_100, 1_250)).toBe(once);
    expect(afterOverload(once, 1_300, 1_400).everyMs).toBe(4_000);
  });

  it('is as quick as before again once enough was applied', () => {
    let loadBackoff = afterOverload(noLoadBackoff, 0, 0);
    for (let passed = 0; passed < 9; passed += 1) loadBackoff = afterPassed(loadBackoff);
    expect(isInLoadBackoff(loadBackoff)).toBe(true);
    expect(afterPassed(loadBackoff)).toBe(noLoadBackoff);
  });

  it('comes back at a moment of its own, never before KYBIO’s word', () => {
    const once = afterOutcome(startingLink, refused('overloaded', 10_000), { ...at, unit: 0 });
    const other = afterOutcome(startingLink, refused('overloaded', 10_000), { ...at, unit: 0.999 });
    expect(once.retryAtMonotonicMs - at.monotonicMs).toBe(11_000);
    expect(other.retryAtMonotonicMs - at.monotonicMs).toBe(12_998);
  });

  it('waits between what is applied too, also where a member was read meanwhile; a person ends that wait', () => {
    const eased: LinkState = afterOutcome(startingLink, refused('overloaded', 0), at);
    const next = afterOutcome(eased, applied, { ...at, monotonicMs: 20_000 });
    expect(next).toMatchObject({ refusals: 0, retryAtMonotonicMs: 21_600 });
    expect(afterAnsweredRead(next, { ...at, monotonicMs: 20_100 }).retryAtMonotonicMs).toBe(21_600);
    expect(withoutWait(next).retryAtMonotonicMs).toBe(0);
  });

  it('is eased by nothing else', () => {
    expect(afterOutcome(startingLink, refused('permission', null), at).loadBackoff).toBe(noLoadBackoff);
    const lost: Outcome = { kind: 'unknown', cause: 'reply-lost', pause: null, messages: [], reply: null };
    expect(afterOutcome(startingLink, lost, at).loadBackoff).toBe(noLoadBackoff);
    expect(afterOutcome(startingLink, applied, at)).toMatchObject({
      loadBackoff: noLoadBackoff,
      retryAtMonotonicMs: 0,
    });
    expect(loadBackoffWaitMs(noLoadBackoff, 0.999)).toBe(0);
  });
});

describe('the clock of a chain', () => {
  it('is known better by each answer, and anew where one contradicts the others', () => {
    const first = heardAgain(null, 1_000);
    expect(likelySkewMs(first)).toBe(1_000);
    const second = heardAgain(first, 2_000);
    expect(second).toEqual({ leastMs: 1_400, mostMs: 1_600 });
    expect(heardAgain(second, 1_500)).toEqual(second);
    // Somebody has set the clock by an hour.
    expect(likelySkewMs(heardAgain(second, -3_600_000))).toBe(-3_600_000);
    expect(likelySkewMs(null)).toBe(0);
  });
});
