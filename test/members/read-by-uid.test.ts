import { expect, it } from 'vitest';
import type { ReadFailure } from '../../main/hosts/port/member-host.ts';
import type { MemberReading } from '../../main/members/member-reader.ts';
import { readByUid } from '../../main/members/read-by-uid.ts';
import { hostMember } from './host-member.ts';

const failed = (kind: ReadFailure['kind'], cause: ReadFailure['cause'], more = {}): MemberReading => ({
  ...{ ok: false, isAnswered: true },
  error: { kind, cause, pause: null, messages: [], ...more },
});
const read = (customerUid: string, overlapsNoSend = true): MemberReading => ({
  ...{ ok: true, overlapsNoSend },
  value: hostMember({ customerUid }),
});

const words = failed('refused', 'unknown-words');
const noCall = failed('paused', 'refused-status');
const notPermitted = failed('paused', 'refused-by-kybio', { pause: 'permission' });
const nobody = failed('nothing', 'refused-by-kybio');

async function ask(ofUid: MemberReading, ofCard: MemberReading | null, customerNumber = 'X100') {
  let cards = 0;
  const reader = {
    byUid: async () => ofUid,
    byNumber: async () => {
      cards += 1;
      if (ofCard === null) throw new Error('not by the card');
      return ofCard;
    },
  };
  const answer = await readByUid(reader, { customerNumber, customerUid: '7' }, 'probe');
  return { said: answer.ok ? answer.value.customerUid : answer.error.code, cards };
}

it.each([words, noCall, notPermitted])(
  'a host without the call is asked by the card: %j',
  async (lacking) => {
    expect(await ask(lacking, read('7'))).toEqual({ said: '7', cards: 1 });
    expect(await ask(lacking, read('7', false))).toEqual({ said: 'reading-needed', cards: 1 });
    expect(await ask(lacking, read('8'))).toEqual({ said: 'member-unreadable', cards: 1 });
    expect(await ask(lacking, nobody)).toEqual({ said: 'member-unreadable', cards: 1 });
    expect(await ask(lacking, null, '')).toEqual({ said: 'member-unreadable', cards: 0 });
  },
);

it('a card that is not answered for says nothing of later', async () => {
  expect((await ask(words, failed('no-answer', 'timeout'))).said).toBe('no-answer');
  expect((await ask(words, words)).said).toBe('refused');
});

it.each([
  [read('7'), '7'],
  [read('8'), 'member-not-found'],
  [nobody, 'member-not-found'],
  [failed('nothing', 'refused-by-kybio', { isBlank: true }), 'member-blank'],
  [failed('refused', 'other-member'), 'other-member-read'],
  [failed('refused', 'refused-by-kybio'), 'refused'],
  // A host that says the same to everything.
  [failed('no-answer', 'unknown-words'), 'refused'],
  [failed('no-answer', 'timeout'), 'no-answer'],
] as const)('what the call says otherwise is not asked of the card: %j', async (ofUid, said) => {
  expect(await ask(ofUid, null)).toEqual({ said, cards: 0 });
});
