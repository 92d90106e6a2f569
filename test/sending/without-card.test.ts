import { expect, it } from 'vitest';
import { unknownHost } from '../../main/hosts/host/host-profile.ts';
import { openLoop, pass, settle } from '../kit/loop.ts';
import { member } from '../kit/member.ts';
import { answerLookUps, notFound, recordOf } from '../kit/reads.ts';

/** A member without a card, on a host that does not have the call by which such a member is read. */
async function openWithoutCard(profile = {}) {
  const { asked, over } = answerLookUps((what) => (what.startsWith('uid') ? notFound : recordOf(what, '2')));
  const till = openLoop({ over, profile: { ...unknownHost, ...profile } });
  till.directory.keep({ ...member, customerUid: '1', number: '', name: 'No card' }, 1, false);
  till.directory.keep({ ...member, customerUid: '2', number: 'B' }, 1, false);
  till.loop.start();
  await settle();
  return { till, asked };
}

it('a member without a card, where the host has no look-up by id, holds nobody back and is sent', async () => {
  const { till, asked } = await openWithoutCard();
  await till.add('1');
  await till.add('2');
  expect(till.link.state.pauses).toEqual([]);
  await till.sends()[0]?.end('success');
  await pass(till, 60_000, 1_000);
  expect(till.states()).toEqual(['confirmed', 'sending']);
  expect(asked).toEqual(['uid 1', 'B']);
});

it('nor after its reply was lost: the host is asked by id twice, then a person decides', async () => {
  const { till, asked } = await openWithoutCard({
    duplicates: { greatestAgeMs: 0 },
  });
  await till.add('1', { customerNumber: '' });
  await till.sends()[0]?.end('lost');
  await till.add('2');
  await pass(till, 10_000, 500);
  expect(till.states()).toEqual(['unknown', 'sending']);
  expect(asked).toEqual(['B']);
  await till.sends()[0]?.end('success');
  await pass(till, 1_200_000, 5_000);
  expect(till.states()).toEqual(['review', 'confirmed']);
  // For the evidence; what refuses the first time may have been a gateway.
  expect(asked).toEqual(['B', 'uid 1', 'uid 1']);
});

it('one 404 of a gateway to the look-up by id is not final where the log proves nothing', async () => {
  let refusals = 1;
  const { asked, over } = answerLookUps((what) => {
    if (!what.startsWith('uid')) return recordOf(what, '2');
    refusals -= 1;
    return refusals >= 0 ? notFound : recordOf('', '1');
  });
  const till = openLoop({ over });
  till.directory.keep({ ...member, customerUid: '1', number: '', name: 'No card' }, 1, false);
  till.loop.start();
  await settle();
  const { id } = await till.add('1', { customerNumber: '' });
  await till.sends()[0]?.end('lost');
  await pass(till, 1_200_000, 5_000);
  expect(asked.filter((what) => what === 'uid 1').length).toBe(2);
  const row = till.db.prepare('SELECT content FROM evidence WHERE increment_id = ?').get(id) as {
    content: string;
  };
  expect((JSON.parse(row.content) as { readings: unknown[] }).readings.length).toBeGreaterThan(0);
});
