import { describe, expect, it } from 'vitest';
import { classifyIncrement } from '../../../main/hosts/kybio/outcome.ts';
import { answered, errorReply, documentExpected as plain } from './support/increment.ts';

describe('KYBIO’s error', () => {
  it.each([
    ['签名错误', 'credentials'],
    ['The Data-Signature is invalid', 'credentials'],
    ['appId不存在', 'credentials'],
    ['Time-stamp expired', 'clock'],
    ['今日接口访问次数已超过上限', 'quota'],
    ['Permission denied for this interface', 'permission'],
  ])('%j may be our fault, which no document shows: unknown, pause %s', (message, pause) => {
    expect(classifyIncrement(answered(200, errorReply(message)), plain)).toEqual({
      kind: 'unknown',
      cause: 'unknown-words',
      pause,
      messages: [message],
      reply: null,
    });
  });

  it.each([
    ['重复提交修改', 'duplicate'],
    ['重复提交', 'duplicate'],
    ['重复提交!', 'unknown-words'],
    ['保存失败:重复提交修改!', 'unknown-words'],
    ['http error responseCode=500 at …', 'back-end-error'],
    ['responseCode = 503', 'back-end-error'],
    ['连接超时', 'back-end-error'],
    ['read timed out', 'back-end-error'],
    ['something new', 'unknown-words'],
    ['responseCode=404', 'unknown-words'],
    ['会员等级有误', 'unknown-words'],
  ])('%j may have been applied: %s', (message, cause) => {
    expect(classifyIncrement(answered(200, errorReply(message)), plain)).toEqual({
      kind: 'unknown',
      cause,
      pause: null,
      messages: [message],
      reply: null,
    });
  });

  it.each(['会员不存在', '该会员已禁用', 'Member not found', '余额不足', 'dataChangeTime format is wrong'])(
    '%j rejects only where this host was shown to refuse so',
    (message) => {
      const reply = answered(200, errorReply(message));
      expect(classifyIncrement(reply, plain)).toMatchObject({
        kind: 'unknown',
        cause: 'unknown-words',
        pause: null,
      });
      const row = {
        category: 'member-or-body',
        words: [message],
        source: 'test',
        date: '2026-12-03',
      } as const;
      expect(classifyIncrement(reply, plain, [{ ...row, whole: true }])).toEqual({
        kind: 'rejected',
        cause: 'refused-by-kybio',
        messages: [message],
        errorCode: '1',
      });
      expect(classifyIncrement(reply, plain, [row]).kind).toBe('unknown');
    },
  );

  it('is unknown without any words', () => {
    expect(classifyIncrement(answered(200, '{"status":"error"}'), plain)).toMatchObject({
      kind: 'unknown',
      cause: 'unknown-words',
      messages: [],
    });
  });

  it('that also names a broken back end or a duplicate is never taken as not applied', () => {
    const trace = 'responseCode=500 <html>invalid signature, member not found</html>';
    expect(classifyIncrement(answered(200, errorReply(trace)), plain)).toMatchObject({
      cause: 'back-end-error',
    });
    const both = errorReply('签名错误', '重复提交修改');
    expect(classifyIncrement(answered(200, both), plain)).toMatchObject({ cause: 'unknown-words' });
  });

  it('whose words only occur deep in a long trace is unknown', () => {
    const trace = `${'at org.example.Frame '.repeat(30)} member not found`;
    expect(classifyIncrement(answered(200, errorReply(trace)), plain)).toMatchObject({
      cause: 'unknown-words',
    });
  });

  it('is told by its code where the table has one', () => {
    const row = { category: 'quota', words: [], errorCode: '1', source: 'test', date: '2026-11-24' } as const;
    expect(classifyIncrement(answered(200, errorReply('?')), plain, [row])).toMatchObject({ cause: 'quota' });
    expect(classifyIncrement(answered(200, errorReply('?')), plain, [])).toMatchObject({ kind: 'unknown' });
  });

  it('shows at most ten messages of 500 characters', () => {
    const outcome = classifyIncrement(
      answered(200, errorReply(...Array.from({ length: 15 }, () => 'x'.repeat(900)))),
      plain,
    );
    expect(outcome).toMatchObject({ messages: Array.from({ length: 10 }, () => 'x'.repeat(500)) });
  });
});
