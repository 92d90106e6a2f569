import { expect, it } from 'vitest';
import { limWei } from '../../main/hosts/practice/members.ts';
import type { Driven } from '../kit/driven-till.ts';
import { entry, lose, method, openLosing } from '../kit/losing.ts';

const words = { fault: { kind: 'error', messages: ['blue moon'], when: 'before' }, times: 1 } as const;
const look = async ({ till }: Driven, query: string) => {
  const found = await till.session.members.lookUp.find(query);
  return found.ok ? found.value.members.map(({ name }) => name) : found.error;
};

/** An increment is refused in words that nobody listed, and a mistyped card in the same ones. */
async function refuseBoth() {
  const driven = await openLosing({}, null);
  driven.store.addFault({ ...words, method });
  const { id } = await lose(driven);
  driven.store.addFault({ ...words, method: 'queryByNumber' });
  return { driven, id };
}

it('a mistyped card is told in KYBIO’s words, and the till is not offline for it', async () => {
  const { driven } = await refuseBoth();
  expect(await look(driven, 'NO SUCH CARD')).toEqual({ code: 'refused', details: { words: 'blue moon' } });
  expect(driven.till.session.hosts.link.state.reach).toBe('online');
});

it('a phone is asked for as one though no card has its number in those words', async () => {
  const { driven } = await refuseBoth();
  expect(await look(driven, limWei.phone)).toEqual([limWei.name]);
});

it('of an unknown card they say nothing of others, and a record that is read ends the wait', async () => {
  const { driven, id } = await refuseBoth();
  driven.store.clearFaults();
  await driven.pass(10_000);
  const reasons = () => driven.till.session.hosts.link.state.pauses.map(({ reason }) => reason);
  expect(reasons()).toEqual([]);
  expect(entry(driven, id).state).toBe('unknown');
  for (const card of ['NO SUCH CARD', 'NOR THIS']) {
    driven.store.addFault({ ...words, method: 'queryByNumber' });
    expect(await look(driven, card)).toMatchObject({ code: 'refused' });
  }
  expect(reasons()).toEqual([]);
});
