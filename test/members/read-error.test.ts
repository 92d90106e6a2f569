import { expect, it } from 'vitest';
import { readError } from '../../main/members/read-error.ts';

it('a look-up that was answered with another card says so', () => {
  const answer = { kind: 'refused', cause: 'other-member', pause: null, messages: ['OK'] } as const;
  expect(readError(answer)).toEqual({ code: 'other-member-read' });
});
