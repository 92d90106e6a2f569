import { describe, expect, it } from 'vitest';
import { openLoop, settle, type TestLoop } from '../kit/loop.ts';

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
  expect(till.transitions.sendsOf('2').undecided).toBe(true);
});

it('while the increment call waits, the reads that decide an entry do not', async () => {
  const till = openLoop();
  till.loop.start();
  await settle();
  await till.add('1');
  await till.sends()[0]?.end('lost');
  await till.add('2');
  const untilMonotonicMs = till.clock.monotonicMs() + 900_000;
  till.link.update((state) => ({
    ...state,
    reach: 'online',
    backoff: { failures: 8, untilMonotonicMs, isOfIncrement: true },
  }));
  let reads = 0;
  for (let waitedMs = 0; waitedMs < 600_000; waitedMs += 10_000) {
    till.clock.pass(10_000);
    till.clock.ringDue();
    await settle();
    for (const read of [...till.reads()]) {
      reads += 1;
      await read.end('success');
    }
  }
  expect(reads).toBeGreaterThan(0);
  expect(till.sends()).toHaveLength(0);
});
