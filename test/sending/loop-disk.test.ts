import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { online, openLoop, settle, type TestLoop } from '../kit/loop.ts';
import { member } from '../kit/member.ts';

/** Answers the one read that is under way, after whatever wait the loop has set. */
async function answerProbe(till: TestLoop): Promise<void> {
  till.clock.pass(20 * 60_000);
  till.clock.ringDue();
  await settle();
  await till.reads()[0]?.end('success');
}

describe('an outcome that cannot be committed', () => {
  it('stops all sending, is committed later, and nothing slips between its commit and its own pause', async () => {
    const till = openLoop();
    await online(till);
    await till.add('1');
    till.db.pragma('query_only = ON');
    await till.sends()[0]?.end('lost');
    expect(till.link.state.pauses.map(({ reason }) => reason)).toEqual(['disk']);
    expect(till.states()).toEqual(['confirmed', 'sending']);
    till.db.pragma('query_only = OFF');
    await till.add('2');
    expect(till.sends()).toHaveLength(0);
    till.clock.pass(1_000);
    till.clock.ringDue();
    await settle();
    // Its reply was lost: until KYBIO answers a read, member 2 waits.
    expect(till.states()).toEqual(['confirmed', 'unknown', 'queued']);
    expect(till.link.state.pauses.map(({ reason }) => reason)).toEqual(['unanswered']);
    expect(till.sends()).toHaveLength(0);
    await answerProbe(till);
    expect(till.sends().map(({ fields }) => fields?.customerUid)).toEqual(['2']);
  });

  it('is overtaken by nothing', async () => {
    const till = openLoop();
    await online(till);
    await till.add('1');
    await till.add('2');
    till.db.pragma('query_only = ON');
    await till.sends()[0]?.end('success');
    till.db.pragma('query_only = OFF');
    await till.add('3');
    expect(till.states()).toEqual(['confirmed', 'sending', 'queued', 'queued']);
    expect(till.sends()).toHaveLength(0);
    till.clock.pass(1_000);
    till.clock.ringDue();
    await settle();
    expect(till.states()).toEqual(['confirmed', 'confirmed', 'sending', 'queued']);
  });

  it('a head outside the database that cannot be written sends nothing, says so, and goes on when it can', async () => {
    const till = openLoop();
    await online(till);
    const slots = ['head-a.json', 'head-b.json'].map((name) => join(dirname(till.file), name));
    for (const slot of slots) {
      rmSync(slot, { force: true });
      mkdirSync(slot);
    }
    await till.add('1');
    expect(till.sends()).toHaveLength(0);
    expect(till.link.state.pauses.map(({ reason }) => reason)).toEqual(['disk']);
    for (const slot of slots) rmSync(slot, { recursive: true });
    till.clock.pass(60_000);
    till.clock.ringDue();
    await settle();
    expect(till.link.state.pauses).toEqual([]);
    expect(till.sends()).toHaveLength(1);
  });

  it('a start that cannot be committed sends nothing, and goes on when the disk takes it again', async () => {
    const till = openLoop();
    await online(till);
    till.db.pragma('query_only = ON');
    till.db.pragma('query_only = OFF');
    till.link.update((state) => ({
      ...state,
      backoff: { ...state.backoff, untilMonotonicMs: till.clock.monotonicMs() + 50 },
    }));
    await till.add('1');
    till.db.pragma('query_only = ON');
    till.clock.pass(100);
    till.clock.ringDue();
    await settle();
    expect(till.sends()).toHaveLength(0);
    expect(till.link.state.pauses.map(({ reason }) => reason)).toEqual(['disk']);
    expect(till.states()).toEqual(['confirmed', 'queued']);
    till.db.pragma('query_only = OFF');
    till.clock.pass(2_000);
    till.clock.ringDue();
    await settle();
    expect(till.link.state.pauses).toEqual([]);
    expect(till.states()).toEqual(['confirmed', 'sending']);
  });
});

it('what becomes of an entry and cannot be committed is tried again after a while, not at once', async () => {
  const till = openLoop();
  await online(till);
  await till.add('1');
  await till.sends()[0]?.end('lost');
  till.clock.pass(60_000);
  till.clock.ringDue();
  await settle();
  await till.reads()[0]?.end('success');
  expect(till.link.state.pauses).toEqual([]);
  const { monotonicMs } = till.clock;
  let looks = 0;
  till.clock.monotonicMs = () => {
    looks += 1;
    // A loop that never lets go of the process could not be waited for.
    if (looks > 1_000) throw new Error('runs in a circle');
    return monotonicMs();
  };
  till.db.pragma('query_only = ON');
  for (let minute = 0; minute < 60; minute += 1) {
    looks = 0;
    till.clock.pass(60_000);
    till.clock.ringDue();
    await settle();
    for (const read of till.reads()) await read.end('success');
    till.loop.wake();
    await settle();
    expect(looks).toBeLessThan(1_000);
  }
  expect(till.states()).toEqual(['confirmed', 'unknown']);
  till.db.pragma('query_only = OFF');
  for (let minute = 0; minute < 60 && till.states()[1] === 'unknown'; minute += 1) {
    looks = 0;
    till.clock.pass(60_000);
    till.clock.ringDue();
    await settle();
    for (const read of till.reads()) await read.end('success');
  }
  expect(till.states()).toEqual(['confirmed', 'review']);
});

it('while the disk takes no write nothing is asked: no call could be counted', async () => {
  const till = openLoop();
  await online(till);
  await till.add('1');
  await till.sends()[0]?.end('lost');
  till.db.pragma('query_only = ON');
  let reads = 0;
  for (let second = 0; second < 60; second += 1) {
    till.clock.pass(1_000);
    till.clock.ringDue();
    await settle();
    // Whoever asks again at once, without any time passing, is caught too.
    while (till.reads()[0] !== undefined && reads < 20) {
      reads += 1;
      await till.reads()[0]?.end('success');
    }
  }
  expect(till.link.state.pauses.map(({ reason }) => reason)).toEqual(['unanswered', 'disk']);
  expect(reads).toBe(1);
  till.db.pragma('query_only = OFF');
  till.clock.pass(2_000);
  till.clock.ringDue();
  await settle();
  await till.reads()[0]?.end('success');
  expect(till.link.state.pauses).toEqual([]);
});

it('an end that nothing can be made of leaves no entry in `sending`', async () => {
  const till = openLoop();
  await online(till);
  await till.add('1');
  Object.assign(till.meter, {
    count: () => {
      throw new Error('a fault of ours');
    },
  });
  await till.sends()[0]?.end('success');
  expect(till.states()).toEqual(['confirmed', 'unknown']);
});

it('a till with a full disk opens, and what waits goes once the disk takes a row', async () => {
  const first = openLoop();
  await online(first);
  await first.add('1');
  first.directory.keep({ ...member, customerUid: '1' }, first.clock.nowMs(), true);
  void first.loop.stop(0);
  const till = openLoop({ file: first.file });
  till.db.pragma('query_only = ON');
  till.loop.start();
  await settle();
  expect(till.link.state.pauses.map(({ reason }) => reason)).toContain('disk');
  till.db.pragma('query_only = OFF');
  till.clock.pass(60_000);
  till.clock.ringDue();
  await settle();
  expect(till.link.state.pauses.map(({ reason }) => reason)).not.toContain('disk');
});
