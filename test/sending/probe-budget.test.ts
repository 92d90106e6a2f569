import { describe, expect, it } from 'vitest';
import { DEFAULT_CALLS_A_DAY } from '../../main/hosts/calls/call-budget.ts';
import { withPause } from '../../main/hosts/link/link-state.ts';
import { openLoop, pass, settle, type TestLoop } from '../kit/loop.ts';
import {
  answerLookUps,
  badGateway,
  noAnswerInTime,
  noNetwork,
  noPermission,
  recordOf,
} from '../kit/reads.ts';

const HOUR_MS = 3_600_000;

/** A till that waits for KYBIO to be there again; nothing is queued. */
async function openPaused(answer: Parameters<typeof answerLookUps>[0]) {
  const { asked, over } = answerLookUps(answer);
  const till = openLoop({ over });
  till.loop.start();
  await settle();
  till.link.update((state, at) => withPause(state, 'server', '', at.nowMs));
  return { till, asked };
}

function useUpTheDay(till: TestLoop): void {
  for (let calls = 0; calls < DEFAULT_CALLS_A_DAY; calls += 1) till.meter.count('look-up');
}

describe('asking whether KYBIO is there again', () => {
  it.each([
    ['a gateway’s 502', badGateway],
    ['a refused permission', noPermission],
  ])('over ten hours of %s leaves most of the day’s calls', async (_, bad) => {
    const { till, asked } = await openPaused(() => bad);
    await pass(till, 10 * HOUR_MS, 5_000);
    expect(asked.length).toBeGreaterThan(40);
    expect(asked.length).toBeLessThan(DEFAULT_CALLS_A_DAY / 2);
  });

  it('with the day’s calls used up goes on four times an hour, and at once where a person presses', async () => {
    const { till, asked } = await openPaused(() => noAnswerInTime);
    useUpTheDay(till);
    await pass(till, 4 * HOUR_MS, 5_000);
    expect(asked.length).toBeGreaterThanOrEqual(15);
    expect(asked.length).toBeLessThanOrEqual(17);
    const before = asked.length;
    till.loop.hurry();
    await settle();
    expect(asked.length).toBe(before + 1);
  });

  it('after hours without a network, and with the day’s calls used up, it takes a minute at most', async () => {
    let isAway = true;
    const { till } = await openPaused((what) => (isAway ? noNetwork : recordOf(what)));
    useUpTheDay(till);
    await till.add('1');
    await pass(till, 5 * HOUR_MS, 5_000);
    expect(till.states()).toEqual(['queued']);
    isAway = false;
    await pass(till, 60_000, 1_000);
    expect(till.states()).toEqual(['sending']);
  });
});
