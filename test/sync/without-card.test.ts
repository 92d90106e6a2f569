import { expect, it } from 'vitest';
import { unknownHost } from '../../main/sync/host-profile.ts';
import { member } from './member.ts';
import { answerLookUps, notFound, recordOf } from './reads.ts';
import { openLoop, pass, settle } from './support.ts';

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

it('nor after its reply was lost: the host is asked by id once, then for a card, and a person decides', async () => {
  const { till, asked } = await openWithoutCard({
    duplicates: { greatestAgeMs: 0, rejectedStaysRejected: true },
  });
  await till.add('1', { customerNumber: '' });
  await till.sends()[0]?.end('lost');
  await till.add('2');
  await pass(till, 10_000, 500);
  expect(till.states()).toEqual(['unknown', 'sending']);
  expect(asked).toEqual(['uid 1', '0']);
  await till.sends()[0]?.end('success');
  await pass(till, 1_200_000, 5_000);
  expect(till.states()).toEqual(['review', 'confirmed']);
  // Once more for the evidence.
  expect(asked).toEqual(['uid 1', '0', 'uid 1']);
});
