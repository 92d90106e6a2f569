import { expect, it } from 'vitest';
import { unknownHost } from '../../main/hosts/host/host-profile.ts';
import { afterManager, withPause } from '../../main/hosts/link/link-state.ts';
import { openLoop, settle } from '../kit/loop.ts';

/** Twelve members wait for hours; the call is proven, and four looks are under way at once. */
async function openLooking() {
  const till = openLoop({ profile: unknownHost });
  till.link.update((state, at) => withPause(state, 'manager', '', at.nowMs));
  till.loop.start();
  for (let member = 1; member <= 12; member += 1) await till.add(String(member));
  till.clock.pass(7_200_000);
  till.link.update(afterManager);
  await settle();
  for (let read = 0; read < 8 && till.sends().length === 0; read += 1) await till.reads()[0]?.end('success');
  await till.sends()[0]?.end('success');
  expect(till.reads()).toHaveLength(4);
  const before = till.sent.length;
  return { ...till, begun: () => till.sent.length - before };
}

type Looking = Awaited<ReturnType<typeof openLooking>>;

/** The readings before the sends are answered, one after the other. */
async function answerReads(till: Looking, after = async () => undefined as unknown): Promise<void> {
  for (let read = 0; read < 12 && till.reads().length > 0; read += 1) {
    await till.reads()[0]?.end('success');
    await after();
  }
}

it('one that was looked at does not go where another one’s answer was lost meanwhile', async () => {
  const till = await openLooking();
  await answerReads(till, async () => {
    till.clock.pass(20);
    await till.sends()[0]?.end('lost');
  });
  expect(till.begun()).toBe(1);
  expect(till.link.state.failureBackoff.unanswered).toBe(1);
  expect(till.loop.heldBackForMs()).toBeLessThanOrEqual(6_000);
});

it('nor where the queue was paused meanwhile', async () => {
  const till = await openLooking();
  till.link.update((state, at) => withPause(state, 'contradiction', '', at.nowMs));
  await answerReads(till);
  expect(till.begun()).toBe(0);
  till.link.update(afterManager);
  await settle();
  await answerReads(till);
  expect(till.begun()).toBe(4);
});

it('nor where the till closes', async () => {
  const till = await openLooking();
  void till.loop.stop(5_000);
  await answerReads(till);
  expect(till.begun()).toBe(0);
});
