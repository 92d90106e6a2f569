import { expect, it } from 'vitest';
import { startingLink, withPause } from '../../../main/hosts/link/link-state.ts';
import { type WhatWaits, whyNothingWasSent } from '../../../main/sending/why-nothing-was-sent.ts';

const online = { ...startingLink, reach: 'online' as const };
const why = (change: Partial<WhatWaits>) =>
  whyNothingWasSent({
    ...{
      link: online,
      sending: 0,
      unknown: 0,
      candidates: [],
      entriesAhead: new Map(),
    },
    ...change,
  });
const one = [{ customerUid: '7' }];
const behind = (state: 'unknown' | 'queued') => new Map([['7', { id: 'e', sequence: 1, state }]]);

const offline = { ...online, reach: 'offline' as const };

it('says why nothing goes', () => {
  expect(why({})).toBe('nothing-waiting');
  expect(why({ unknown: 1 })).toBe('behind-checking');
  expect(why({ candidates: one })).toBeNull();
  expect(why({ sending: 1 })).toBeNull();
  expect(why({ candidates: one, entriesAhead: behind('queued') })).toBeNull();
  expect(why({ candidates: one, entriesAhead: behind('unknown'), unknown: 1 })).toBe('behind-checking');
  expect(
    why({ candidates: [...one, { customerUid: '8' }], entriesAhead: behind('unknown'), unknown: 1 }),
  ).toBeNull();
});

it('names the pause before the network, and both only where something waits', () => {
  const paused = withPause(offline, 'quota', '', 1);
  expect(why({ candidates: one, link: offline })).toBe('offline');
  expect(why({ candidates: one, link: paused })).toBe('paused');
  expect(why({ link: paused })).toBe('nothing-waiting');
});

it('names a missing answer only if no increment waits for it: then a press lets one entry go', () => {
  const unanswered = withPause(online, 'unanswered', '', 1);
  expect(why({ candidates: one, link: unanswered })).toBe('paused');
  const backoff = { ...online.backoff, failures: 1, isOfIncrement: true };
  expect(why({ candidates: one, link: { ...unanswered, backoff } })).toBeNull();
  const spent = withPause({ ...unanswered, backoff }, 'quota', '', 1);
  expect(why({ candidates: one, link: spent })).toBe('paused');
});
