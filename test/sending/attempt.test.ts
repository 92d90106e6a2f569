import { expect, it } from 'vitest';
import { atTheTill } from '../kit/actors.ts';
import { online, openLoop, settle } from '../kit/loop.ts';
import { draft, endOf, openOutbox, signer } from '../kit/outbox.ts';
import { watched } from '../support/statements.ts';

// What every entry costs on its way is counted: times say little on another machine.

const isReadOfEntry = (sql: string): boolean =>
  /^\s*SELECT[\s\S]* FROM increment i [\s\S]*WHERE i\.id = /.test(sql);
const isWrite = (sql: string): boolean => /^\s*(INSERT|UPDATE)/.test(sql);

it('a transition reads its entry once, before it writes, and tells what it has folded', () => {
  const ran = watched();
  const till = openOutbox();
  const { transitions } = till;
  const counted = <T>(work: () => T): T => {
    const before = ran.length;
    const is = work();
    const own = ran.slice(before);
    expect(own.filter(isReadOfEntry)).toHaveLength(1);
    expect(own.findIndex(isReadOfEntry)).toBeLessThan(own.findIndex(isWrite));
    return is;
  };
  const decision = { cause: null, who: atTheTill, reason: 'asked', evidence: null } as const;
  const { id } = till.add({ customerUid: '1' });
  const [candidate] = till.outbox.candidates();
  if (candidate === undefined) throw new Error('no candidate');
  const begun = counted(() => transitions.beginAttempt(candidate, null));
  if (begun === null) throw new Error('not begun');
  const ended = counted(() => transitions.endAttempt(begun, endOf('unknown')));
  const reviewed = counted(() => transitions.sendToReview(ended, 'evidence-unclear'));
  if (reviewed === null) throw new Error('not in review');
  const decided = counted(() => transitions.decide(reviewed, { ...decision, state: 'rejected' }));
  expect(decided).toEqual(till.outbox.byId(id));
  expect(counted(() => till.acknowledge(id, 'Counter 1'))).toEqual({ ok: true, value: till.outbox.byId(id) });
  const left = till.add({ customerUid: '2' });
  const cancelled = counted(() => transitions.cancel(left.id, atTheTill));
  expect(cancelled).toEqual({ ok: true, value: till.outbox.byId(left.id) });
});

it('five statements commit that an entry goes, and ten what came of it', async () => {
  const ran = watched();
  const till = openLoop();
  await online(till);
  const added = till.outbox.add(draft({ customerUid: '2', customerNumber: '2' }), signer.sign);
  if (!added.ok) throw new Error(added.error.code);
  const committed = () => {
    const from = ran.lastIndexOf('BEGIN IMMEDIATE');
    return ran.slice(from, ran.lastIndexOf('COMMIT')).filter((sql) => /^\s*(SELECT|INSERT|UPDATE)/.test(sql));
  };
  till.loop.wake();
  await settle();
  const goes = committed();
  await till.sends()[0]?.end('success');
  expect(till.outbox.byId(added.value.id)).toMatchObject({ state: 'confirmed' });
  expect([goes.length, committed().length]).toEqual([5, 10]);
});
