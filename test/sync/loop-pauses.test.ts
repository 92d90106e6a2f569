import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLoop, settle, type TestLoop } from './support.ts';

/** Answers the one read that is under way, after whatever wait the loop has set. */
async function answerProbe(till: TestLoop): Promise<void> {
  till.clock.pass(20 * 60_000);
  till.clock.ringDue();
  await settle();
  await till.reads()[0]?.end('success');
}

async function online(till: TestLoop): Promise<void> {
  till.loop.start();
  await settle();
  await till.add('999');
  await till.sends()[0]?.end('success');
  expect(till.link.state.reach).toBe('online');
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

  it('is not overtaken by another one that could be committed', async () => {
    const till = openLoop();
    await online(till);
    await till.add('1');
    await till.add('2');
    const [first, second] = till.sends();
    till.db.pragma('query_only = ON');
    await first?.end('success');
    till.db.pragma('query_only = OFF');
    await second?.end('success');
    await till.add('3');
    expect(till.states()).toEqual(['confirmed', 'sending', 'confirmed', 'queued']);
    expect(till.sends()).toHaveLength(0);
    till.clock.pass(1_000);
    till.clock.ringDue();
    await settle();
    expect(till.states()).toEqual(['confirmed', 'confirmed', 'confirmed', 'sending']);
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
    till.link.update((state) => ({ ...state, retryAtMonotonicMs: till.clock.monotonicMs() + 50 }));
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

describe('no answer makes the loop run in a circle', () => {
  /** Plays on without any time passing: whoever asks again at once is caught. */
  const callsWithoutTime = async (till: TestLoop, answer: Parameters<TestLoop['open'][0]['end']>[0]) => {
    let calls = 0;
    while (till.open[0] !== undefined && calls < 20) {
      calls += 1;
      const [call] = till.open;
      await call.end(call.kind === 'read' ? 'success' : answer);
    }
    return calls;
  };

  it.each([
    'time-stamp',
    'overloaded',
    'wrong-key',
    '502',
    'lost',
    'quota',
    'words',
    'refused-connection',
  ] as const)('%s, with reads that are answered', async (answer) => {
    const till = openLoop();
    till.loop.start();
    await settle();
    await till.add('1');
    expect(await callsWithoutTime(till, answer)).toBeLessThanOrEqual(2);
  });

  it('a clock that stays wrong is asked about twelve times an hour, not in a storm', async () => {
    const till = openLoop();
    till.loop.start();
    await settle();
    await till.add('1');
    till.link.update((state) => ({ ...state, clockSkewMs: 3_600_000 }));
    await till.sends()[0]?.end('time-stamp');
    let reads = 0;
    for (let second = 0; second < 3_600; second += 10) {
      till.clock.pass(10_000);
      till.clock.ringDue();
      await settle();
      for (const read of [...till.reads()]) {
        reads += 1;
        await read.end('success');
      }
    }
    expect(reads).toBeGreaterThan(5);
    expect(reads).toBeLessThanOrEqual(13);
    till.link.update((state) => ({ ...state, clockSkewMs: 1_000 }));
    till.loop.hurry();
    await settle();
    await till.reads()[0]?.end('success');
    expect(till.states()).toEqual(['sending']);
  });
});

describe('stop', () => {
  it('lets what is under way end, and leaves no timer behind', async () => {
    const till = openLoop();
    till.loop.start();
    await settle();
    await till.add('1');
    const stopped = till.loop.stop(5_000);
    expect(till.sends()[0]?.aborted()).toBe(false);
    await till.sends()[0]?.end('success');
    await stopped;
    expect(till.states()).toEqual(['confirmed']);
    till.keeper.close();
    expect(till.clock.waiting()).toEqual([]);
    await till.add('2');
    expect(till.sends()).toHaveLength(0);
  });

  it('aborts after its grace; what was sent is unknown and is not sent by the next start', async () => {
    const till = openLoop();
    till.loop.start();
    await settle();
    await till.add('1');
    const stopped = till.loop.stop(5_000);
    till.clock.pass(5_000);
    till.clock.ringDue();
    expect(till.sends()[0]?.aborted()).toBe(true);
    await till.sends()[0]?.end('aborted');
    await stopped;
    expect(till.states()).toEqual(['unknown']);
  });

  it('does not wait for ever for an end that cannot be committed', async () => {
    const till = openLoop();
    till.loop.start();
    await settle();
    await till.add('1');
    till.db.pragma('query_only = ON');
    await till.sends()[0]?.end('success');
    const stopped = till.loop.stop(0);
    till.clock.pass(2_000);
    till.clock.ringDue();
    await stopped;
    till.db.pragma('query_only = OFF');
    expect(till.transitions.recoverInterrupted()).toBe(1);
  });
});

it('asks after the undecided entry’s member before anybody in review', async () => {
  const till = openLoop();
  till.directory.keep(
    {
      customerUid: '1',
      number: 'A',
      name: '',
      categoryName: '',
      phone: '',
      balance: '1',
      point: '1',
      enable: 1,
      expiryDate: null,
    } as never,
    1,
    true,
  );
  const review = await till.add('1');
  till.db.prepare("UPDATE increment SET state = 'review' WHERE id = ?").run(review.id);
  till.loop.start();
  await settle();
  await till.add('2');
  await till.sends()[0]?.end('lost');
  till.clock.pass(20 * 60_000);
  till.clock.ringDue();
  await settle();
  expect(till.reads()).toHaveLength(1);
  expect(till.transitions.sendMark('2').undecided).toBe(true);
});
