import { expect, it } from 'vitest';
import { readError } from '../../main/members/read-error.ts';

it('a look-up that was answered with another card says so', () => {
  const answer = { kind: 'refused', cause: 'other-member', pause: null, messages: ['OK'] } as const;
  expect(readError(answer)).toEqual({ code: 'other-member-read' });
});

it('a look-up that was refused in words is told in them, also where increments were given the same', () => {
  for (const kind of ['refused', 'no-answer'] as const) {
    const answer = { kind, cause: 'unknown-words', pause: null, messages: ['no such card'] } as const;
    expect(readError(answer)).toEqual({ code: 'refused', details: { words: 'no such card' } });
  }
});

it('a wrong path names the address, not a server that mends itself', () => {
  const answer = { kind: 'paused', cause: 'refused-status', pause: 'server', messages: [] } as const;
  expect(readError(answer)).toEqual({ code: 'not-kybio' });
});
