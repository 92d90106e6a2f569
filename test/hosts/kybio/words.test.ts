import { describe, expect, it } from 'vitest';
import { findMention, findWords } from '../../../main/hosts/kybio/find-words.ts';
import { knownWords } from '../../../main/hosts/kybio/words.ts';
import { fieldInvalid, fieldRequired, words as practice } from '../../../main/hosts/practice/words.ts';

const categoryOf = (message: string) => findWords([message], null, knownWords)?.category ?? null;

describe('the table of known words', () => {
  it('names a source and a date for every row, and no row matches everything', () => {
    for (const row of knownWords) {
      expect(row.source).not.toBe('');
      expect(row.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(row.words.every((word) => word.trim().length >= 1)).toBe(true);
      expect(row.words.join('').length).toBeGreaterThanOrEqual(2);
      expect(findMention([row.words.join(' ')], knownWords)).not.toBeNull();
      if (row.sentence === true) expect(categoryOf(row.words.join(' '))).toBe(row.category);
    }
  });

  it.each([
    [practice.signatureInvalid, 'signature'],
    [practice.appIdUnknown, 'credentials'],
    [practice.quotaUsedUp, 'quota'],
    [practice.timeStampExpired, 'time-stamp'],
    [practice.duplicate, 'duplicate'],
    [practice.customerUnknown, 'member-or-body'],
    [practice.customerDeleted, 'member-or-body'],
    [practice.customerDisabled, 'member-or-body'],
    [practice.customerExpired, 'member-or-body'],
    [practice.balanceInsufficient, 'member-or-body'],
    [practice.pointInsufficient, 'member-or-body'],
    [fieldRequired('balanceIncrement'), 'member-or-body'],
    [fieldInvalid('customerUid', 'Long'), 'member-or-body'],
  ])('knows what the practice store says: %j is %s', (message, category) => {
    expect(categoryOf(message)).toBe(category);
  });

  it('knows a member that is not there from one that is refused', () => {
    const notFound = (message: string) => findWords([message], null, knownWords)?.notFound ?? false;
    expect(notFound(practice.customerUnknown)).toBe(true);
    expect(notFound('会员不存在')).toBe(true);
    expect(notFound(practice.customerDisabled)).toBe(false);
  });

  it('ignores case, spaces and full-width letters', () => {
    expect(categoryOf('ｒｅｓｐｏｎｓｅＣｏｄｅ ＝ 502')).toBe('back-end');
    expect(categoryOf('SIGNATURE   Is Invalid')).toBe('signature');
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
    expect(categoryOf(message)).toBeNull();
  });
});
