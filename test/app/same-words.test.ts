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

it('once a record was read they are an answer like any other', async () => {
  const { driven, id } = await refuseBoth();
  driven.store.clearFaults();
  await driven.pass(10_000);
  expect(driven.till.session.hosts.link.state.pauses).toEqual([]);
  expect(entry(driven, id).state).toBe('unknown');
  const { lastAnswerAtMs } = driven.till.session.hosts.link.state;
  await driven.pass(1_000);
  driven.store.addFault({ ...words, method: 'queryByNumber' });
  expect(await look(driven, 'NO SUCH CARD')).toMatchObject({ code: 'refused' });
  expect(driven.till.session.hosts.link.state.lastAnswerAtMs).toBeGreaterThan(lastAnswerAtMs ?? 0);
});
