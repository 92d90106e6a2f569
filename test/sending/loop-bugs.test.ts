import { describe, expect, it } from 'vitest';
import { online, openLoop, settle, type TestLoop } from '../kit/loop.ts';

const bug = () => {
  throw new Error('a bug');
};

const lastAttempt = (till: TestLoop): unknown =>
  till.db
    .prepare(
      `SELECT a.phase, a.outcome, a.cause, a.ended_at_ms IS NOT NULL AS ended
       FROM attempt a JOIN increment i ON i.sequence = a.entry ORDER BY i.sequence, a.number`,
    )
    .all()
    .at(-1);

describe('what throws after an attempt began leaves the entry unknown, not `sending` until a restart', () => {
  it('while it is sent', async () => {
    const till = openLoop({ over: { sendIncrement: bug } });
    till.loop.start();
    await settle();
    await till.add('1');
    expect(till.states()).toEqual(['unknown']);
    expect(lastAttempt(till)).toEqual({ phase: 'sent', outcome: 'unknown', cause: 'reply-lost', ended: 1 });
    // It may be at KYBIO: a cashier cannot cancel it, and nothing goes before KYBIO has answered a read.
    expect([...till.outbox.all()][0]).toMatchObject({ touched: true });
    expect(till.link.state.pauses.map(({ reason }) => reason)).toEqual(['unanswered']);
  });

  it('while its answer is looked at', async () => {
    const till = openLoop({ meaningOf: bug });
    till.loop.start();
    await settle();
    await till.add('1');
    await till.sends()[0]?.end('disabled');
    expect(till.states()).toEqual(['unknown']);
    expect(lastAttempt(till)).toMatchObject({ phase: 'answered', cause: 'unreadable', ended: 1 });
  });

  it('while its end is written', async () => {
    const till = openLoop();
    await online(till);
    await till.add('1');
    const { forgetBaseline } = till.directory;
    till.directory.forgetBaseline = bug;
    await till.sends()[0]?.end('success');
    till.directory.forgetBaseline = forgetBaseline;
    expect(till.states()).toEqual(['confirmed', 'unknown']);
    expect(lastAttempt(till)).toMatchObject({ phase: 'answered', outcome: 'unknown', cause: 'unreadable' });
    expect(till.link.state.pauses.map(({ reason }) => reason)).toEqual(['unanswered']);
  });
});

describe('a look at the plan that throws', () => {
  it.each(['its timer', 'hurry', 'the network', 'an event'] as const)(
    'is made again after %s',
    async (by) => {
      const till = openLoop();
      await online(till);
      const { candidates } = till.outbox;
      till.outbox.candidates = bug;
      const look = {
        'its timer': () => {
          till.clock.pass(30_000);
          till.clock.ringDue();
        },
        hurry: till.loop.hurry,
        'the network': till.loop.networkChanged,
        'an event': till.loop.wake,
      }[by];
      expect(look).not.toThrow();
      await settle();
      let looks = 0;
      till.outbox.candidates = () => {
        looks += 1;
        return candidates();
      };
      // No event tells of anything: only the timer does.
      till.clock.pass(30_000);
      till.clock.ringDue();
      expect(looks).toBeGreaterThan(0);
    },
  );
});
