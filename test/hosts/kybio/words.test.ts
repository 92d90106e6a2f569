import { describe, expect, it } from 'vitest';
import { practiceProtocol } from '../../../main/app/host-protocol.ts';
import { findMention, findWords } from '../../../main/hosts/kybio/find-words.ts';
import { kybio } from '../../../main/hosts/kybio/kybio.ts';
import { knownWords } from '../../../main/hosts/kybio/words.ts';
import type { HostProtocol } from '../../../main/hosts/port/member-host.ts';
import { words as practice, refusals } from '../../../main/hosts/practice/words.ts';
import { answered, documentExpected, errorReply } from './support/increment.ts';

const isUnderstood = (protocol: HostProtocol, message: string): boolean => {
  const outcome = protocol.meaningOf(answered(200, errorReply(message)), documentExpected);
  return !('cause' in outcome) || outcome.cause !== 'unknown-words';
};
const categoryOf = (message: string) => findWords([message], null, knownWords)?.category ?? null;
const mentioned = (message: string) => findMention([message], knownWords)?.category ?? null;
const replies = Object.values(refusals).flat();

describe('the table of known words', () => {
  it('names a source and a date for every row, and no row matches everything', () => {
    for (const row of knownWords) {
      expect(row.source).not.toBe('');
      expect(row.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(row.words.every((word) => word.trim().length >= 1)).toBe(true);
      expect(row.words.join('').length).toBeGreaterThanOrEqual(2);
      expect(findMention([row.words.join(' ')], knownWords)).not.toBeNull();
    }
  });

  it('rejects and excuses nothing: KYBIO documents no refusal, and nobody showed one', () => {
    const settles = knownWords.filter(({ whole, errorCode }) => whole === true || errorCode !== undefined);
    expect(settles.map(({ category }) => category)).toEqual(['duplicate', 'duplicate']);
  });

  it.each(replies)('the practice store’s %j is its own, and another host’s means nothing', (message) => {
    expect(isUnderstood(practiceProtocol, message)).toBe(true);
    expect(isUnderstood(kybio, message)).toBe(message === practice.duplicate);
  });

  it.each([
    [practice.signatureInvalid, 'signature'],
    [practice.appIdUnknown, 'credentials'],
    [practice.quotaUsedUp, 'quota'],
    [practice.timeStampExpired, 'time-stamp'],
    ['签名错误', 'signature'],
    ['SIGNATURE   Is Invalid', 'signature'],
    ['今日接口访问次数已超过上限', 'quota'],
    ['Permission denied for this interface', 'permission'],
  ])('%j mentions %s, for which the queue pauses', (message, category) => {
    expect(mentioned(message)).toBe(category);
    expect(categoryOf(message)).toBeNull();
  });

  it('knows a member that is not there from one that is refused', () => {
    const notFound = (message: string) => findMention([message], knownWords)?.notFound ?? false;
    expect(notFound('Member not found')).toBe(true);
    expect(notFound('会员不存在')).toBe(true);
    expect(notFound(practice.customerDisabled)).toBe(false);
  });

  it('ignores case, spaces and full-width letters', () => {
    expect(categoryOf('ｒｅｓｐｏｎｓｅＣｏｄｅ ＝ 502')).toBe('back-end');
  });

  it.each([
    '',
    'ok',
    'error',
    'failed',
    '失败',
    '操作失败',
    'the point is moot',
    'member',
    'signature',
    'balance',
  ])('knows nothing of %j', (message) => {
    expect(mentioned(message)).toBeNull();
  });
});
