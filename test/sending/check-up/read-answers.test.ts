import { describe, expect, it } from 'vitest';
import { hostProfileSchema, unknownHost } from '../../../main/hosts/host/host-profile.ts';
import { classifyIncrement } from '../../../main/hosts/kybio/outcome.ts';
import { knownWords } from '../../../main/hosts/kybio/words.ts';
import { learntWords } from '../../../main/sending/check-up/read-answers.ts';
import type { Learnt } from '../../../main/sending/check-up/state.ts';
import { amount } from '../../../preload/contract/index.ts';
import { exchange } from '../../kit/outbox.ts';

const expected = { customerUid: '42', balanceIncrement: amount('10'), pointIncrement: amount('0') };

const says = (...messages: string[]) => ({
  ...exchange('answered'),
  response: {
    ...{ dateMs: null, retryAfterMs: null, location: '', status: 200, contentType: 'application/json' },
    body: Buffer.from(JSON.stringify({ status: 'error', messages })),
  },
});

/** What an increment's reply means to a till whose host has said this twice. */
const taught = (category: Learnt['category'], ...messages: string[]) => {
  const said = { category, messages };
  const words = [...knownWords, ...learntWords([said, said], 0)];
  return (...reply: string[]) => classifyIncrement(says(...reply), expected, words);
};

describe('a reply that the host has taught', () => {
  it('is known again, whatever its case and spaces', () => {
    const outcome = taught('duplicate', 'Operation failed')('OPERATION  failed ');
    expect(outcome).toMatchObject({ cause: 'duplicate' });
    expect(taught('signature', 'Request rejected')('Request rejected').kind).toBe('not-applied');
  });

  it('is not one that only begins like it: nothing is confirmed by that', () => {
    const outcome = taught('duplicate', 'Operation failed')('Operation failed: database is locked');
    expect(outcome).not.toMatchObject({ cause: 'duplicate' });
  });

  it('is not one that only begins like it: nothing is sent again by that', () => {
    const outcome = taught('signature', 'Request rejected')('Request rejected: reply of the ledger was lost');
    expect(outcome.kind).toBe('unknown');
  });

  it('is not one that says something besides, nor a part of it', () => {
    const cause = (...reply: string[]) =>
      taught('duplicate', 'Operation failed', 'This bill was seen')(...reply);
    expect(cause('Operation failed', 'This bill was seen')).toMatchObject({ cause: 'duplicate' });
    expect(cause('Operation failed')).toMatchObject({ cause: 'unknown-words' });
    expect(cause('Operation failed', 'This bill was seen', 'Locked')).toMatchObject({
      cause: 'unknown-words',
    });
  });

  it('teaches nothing where the host said it of something else too', () => {
    const words = (...said: Learnt[]) => learntWords(said, 0);
    const duplicate: Learnt = { category: 'duplicate', messages: ['Operation failed'] };
    expect(words(duplicate, duplicate)).toHaveLength(1);
    expect(words(duplicate, duplicate, { category: 'other', messages: ['operation failed '] })).toEqual([]);
  });

  it('is whole in a profile that an older version kept, too', () => {
    const row = { category: 'duplicate', words: ['Operation failed'], source: 'host check-up', date: '' };
    expect(hostProfileSchema.parse({ ...unknownHost, learntWords: [row] }).learntWords).toEqual([
      { ...row, whole: true },
    ]);
  });
});
