import { expect, it } from 'vitest';
import type { Fault, PracticeStore } from '../../main/hosts/practice/types.ts';
import type { EntryState } from '../../preload/contract/index.ts';
import { realRandom, startPracticeStore } from '../kit/practice-store.ts';
import { isIn, type LiveTill, openLiveTill, secretsOf } from './support/live-till.ts';

const typed = {
  'a wrong key': 'somebody-elses-key',
  'the PIN': '493827',
  'a wrong PIN': '605172',
  'a wrong recovery code': 'WRNG-C0DE-WRNG-C0DE',
} as const;

const increment = 'updateBalancePointByIncrement';
const duringAttempt: readonly (readonly [Fault, EntryState])[] = [
  [{ kind: 'error', messages: ['Customer does not exist'], when: 'before' }, 'rejected'],
  [{ kind: 'truncate' }, 'unknown'],
  [{ kind: 'drop', when: 'after' }, 'unknown'],
  // Last: after it the queue waits, and for how long is not of interest here.
  [{ kind: 'status', status: 500, body: '<html>500</html>', when: 'before' }, 'unknown'],
];

/** Sets a till up as a person would who first types everything wrong. */
async function setUp(live: LiveTill, store: PracticeStore): Promise<void> {
  const connection = {
    host: store.baseUrl,
    appId: store.appId,
    appKey: store.appKey,
    tillName: 'Counter 1',
    storeTimeZone: 'Asia/Singapore',
    currency: 'SGD',
    language: 'en',
  };
  const wrongKey = { ...connection, appKey: typed['a wrong key'] };
  await live.call('setup:test', { ...connection, host: 'http://127.0.0.1:1' });
  await live.call('setup:test', wrongKey);
  const managerPin = typed['the PIN'];
  await live.call('setup:connect', { ...wrongKey, managerPin });
  await live.call('setup:connect', { ...connection, managerPin, extra: store.appKey });
  await live.call('setup:connect', { ...connection, managerPin });
}

/** Look-ups and increments, with everything that can go wrong on the way. */
async function trade(live: LiveTill, store: PracticeStore): Promise<void> {
  // The first few are special: deleted, expired, a family with one phone.
  const members = store.members().slice(20);
  for (const query of [members[0]?.phone, members[1]?.number, members[2]?.name, '99999999', '']) {
    await live.call('members:find', { query });
  }
  const nobody = { customerUid: '1', number: '1', name: 'Nobody' };
  const topUp = ({ customerUid, number, name } = nobody, balanceIncrement: string) =>
    live.call('topUps:create', {
      requestId: realRandom.uuid(),
      ...{ customerUid, customerNumber: number, customerName: name },
      balanceIncrement,
      pointIncrement: '1',
      note: '',
    });
  const count = (state: EntryState, wanted: number) =>
    live.until(({ counts }) => (counts?.[state] ?? 0) >= wanted);
  const [good, ...others] = members.slice(3);
  await live.call('members:find', { query: good?.number });
  const made = await topUp(good, '5');
  await count('confirmed', 1);
  await topUp(undefined, '5');
  await topUp(good, '1e9');
  await live.call('manager:makePin', { pin: typed['the PIN'], appKey: typed['a wrong key'] });
  await live.call('entries:reverse', {
    id: made.value?.['id'],
    requestId: realRandom.uuid(),
    pin: typed['a wrong PIN'],
  });
  await live.call('manager:recover', { recoveryCode: typed['a wrong recovery code'], pin: typed['the PIN'] });
  const wanted: Partial<Record<EntryState, number>> = {};
  for (const [index, [fault, state]] of duringAttempt.entries()) {
    const member = others[index];
    await live.call('members:find', { query: member?.number });
    store.addFault({ fault, method: increment, times: 1 });
    const tried = await topUp(member, '2');
    if (!tried.ok) throw new Error(`not even saved: ${tried.error?.code}`);
    wanted[state] = (wanted[state] ?? 0) + 1;
    // After a lost answer the next entry waits, unless a person presses.
    await live.call('sync:sendNow', {});
    await count(state, wanted[state]);
    await live.call('sync:sendNow', {});
  }
  await live.call('setup:replaceKey', { appKey: typed['a wrong key'], pin: typed['the PIN'] });
  await live.call('members:find', { query: good?.name });
  await live.call('no:channel', { appKey: store.appKey });
}

it('24 and 27: a whole day at the counter, and no secret in log, replies, pushes or exports', async () => {
  const store = await startPracticeStore();
  const live = await openLiveTill();
  await setUp(live, store);
  await trade(live, store);
  const report = await live.call('support:diagnostics', {});
  const exported = await live.exported();
  await live.stop();
  const places = { ...live.heard(), exported };
  const found = Object.entries(secretsOf(store, typed)).flatMap(([kind, texts]) =>
    Object.entries(places)
      .filter(([, text]) => texts.some((secret) => isIn(text, secret)))
      .map(([place]) => `${kind} in ${place}`),
  );
  expect(found).toEqual([]);
  // What the search itself could miss: each place must hold what it is for.
  expect(places.log).toContain('increment.attempt');
  expect(places.replies).toContain('maskedPhone');
  expect(places.pushes).toContain('"confirmed":1');
  expect(report.value?.['text']).toContain('increment.attempt');
  expect(exported.split('\n').length).toBeGreaterThan(10);
});
