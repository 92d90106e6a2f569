import { describe, expect, it } from 'vitest';
import { openLoop, settle } from '../kit/loop.ts';

/** Two on their way and one that waits for its turn; what is committed at one moment is, when told to. */
async function threeMembers() {
  const till = openLoop({ parallel: 2 });
  till.loop.start();
  await settle();
  await till.add('1');
  await till.sends()[0]?.end('success');
  for (const uid of ['2', '3', '4']) await till.add(uid);
  const due: (() => void)[] = [];
  Object.assign(till.clock, { soon: (action: () => void) => void due.push(action) });
  const moment = async () => {
    expect(due).toHaveLength(1);
    for (const action of due.splice(0)) action();
    await settle();
  };
  const [second, third] = till.sends();
  expect(till.states()).toEqual(['confirmed', 'sending', 'sending', 'queued']);
  await second?.end('success');
  await moment();
  // The last one is to begin now, and nothing of that is committed yet.
  expect(till.states()).toEqual(['confirmed', 'confirmed', 'sending', 'queued']);
  return { till, third, moment };
}

describe('at the moment at which one begins', () => {
  it('another one ends in the same commit', async () => {
    const { till, third, moment } = await threeMembers();
    await third?.end('success');
    await moment();
    expect(till.states()).toEqual(['confirmed', 'confirmed', 'confirmed', 'sending']);
    expect(till.sends()).toHaveLength(1);
  });

  it.each(['quota', 'wrong-key', 'lost', 'overloaded'] as const)(
    'an answer that holds the queue holds it too: %s',
    async (answer) => {
      const { till, third, moment } = await threeMembers();
      await third?.end(answer);
      await moment();
      expect(till.states().at(-1)).toBe('queued');
      expect(till.sends()).toHaveLength(0);
    },
  );
});
