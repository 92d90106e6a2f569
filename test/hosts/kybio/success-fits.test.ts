import { describe, expect, it } from 'vitest';
import { classifyIncrement } from '../../../main/hosts/kybio/outcome.ts';
import { amount } from '../../../preload/contract/index.ts';
import { answered } from './support/increment.ts';

const expected = { customerUid: '42', balanceIncrement: amount('10.50'), pointIncrement: amount('0') };
const whole = {
  customerUid: '42',
  ...{ balanceBeforeUpdate: '100.00', balanceAfterUpdate: '110.50', balanceIncrement: '10.50' },
  ...{ pointBeforeUpdate: '3', pointAfterUpdate: '3', pointIncrement: '0' },
};
const outcomeOf = (data: object, around: object = {}) =>
  classifyIncrement(answered(200, JSON.stringify({ status: 'success', data, ...around })), expected);

const emptySums = {
  ...{ balanceBeforeUpdate: '', balanceAfterUpdate: '', balanceIncrement: '' },
  ...{ pointBeforeUpdate: '', pointAfterUpdate: '', pointIncrement: '' },
};

/** Attack B7: what a box that knows nothing of the increment can say as well. */
describe('a success that does not fit what was sent is none', () => {
  it.each([
    ['a member alone', { customerUid: '42' }],
    [
      'a plain member record',
      { customerUid: '42', number: 'A7', name: 'Ann', balance: '100.00', point: '3' },
    ],
    ['six empty amounts', { customerUid: '42', ...emptySums }],
    ['six nulls', { customerUid: '42', balanceIncrement: null, pointIncrement: null }],
    ['an echo of what was not moved alone', { ...whole, ...emptySums, pointIncrement: '0' }],
    ['one side of the sums, and no echo', { ...whole, ...emptySums, balanceAfterUpdate: '110.50' }],
    [
      'sums that only nearly add up, and no echo',
      {
        ...whole,
        balanceIncrement: null,
        pointIncrement: null,
        balanceBeforeUpdate: '100',
        balanceAfterUpdate: '110',
      },
    ],
  ])('%s cannot be told', (_, data) => {
    expect(outcomeOf(data)).toMatchObject({ kind: 'unknown', cause: 'unreadable', pause: null });
  });

  it.each([
    ['an error code', { errorCode: 1008 }],
    ['an error code as a text', { errorCode: 'E42' }],
    ['words of refusal', { messages: ['signature is invalid'] }],
    [
      'words of refusal in a longer sentence',
      { messages: ['Saved', 'the data-signature was found invalid'] },
    ],
    ['words of a broken back end', { messages: ['responseCode=500'] }],
    ['a duplicate', { messages: ['重复提交修改'] }],
  ])('with %s contradicts itself, and a manager looks', (_, around) => {
    expect(outcomeOf(whole, around)).toMatchObject({
      kind: 'unknown',
      cause: 'contradicts-itself',
      pause: 'contradiction',
    });
  });

  it.each([
    ['echoes alone', { customerUid: '42', balanceIncrement: '10.5', pointIncrement: 0 }, {}],
    ['sums alone', { ...whole, balanceIncrement: null, pointIncrement: undefined }, {}],
    ['the echo of what was moved', { ...whole, ...emptySums, balanceIncrement: '10.5' }, {}],
    [
      'the sums of what was moved',
      { ...whole, ...emptySums, balanceBeforeUpdate: '1', balanceAfterUpdate: '11.5' },
      {},
    ],
    ['code 0 and friendly words', whole, { errorCode: 0, messages: ['操作成功', 'OK'] }],
  ])('with %s it is one', (_, data, around) => {
    expect(outcomeOf(data, around).kind).toBe('applied');
  });
});

/** Attack B7: words of refusal count whole, or by their code. */
describe('an error that only mentions a refusal', () => {
  const errorOf = (...messages: readonly string[]) =>
    classifyIncrement(answered(200, JSON.stringify({ status: 'error', messages })), expected);

  it.each([
    'Saved. Warning: member balance insufficient',
    '余额不足提醒已发送',
    'Member not found in cache, written to the ledger',
    'dataChangeTime format is deprecated',
  ])('%j refuses nothing', (message) => {
    expect(errorOf(message)).toMatchObject({ kind: 'unknown', cause: 'unknown-words', pause: null });
  });

  it.each([
    ['timestamp expired: request was executed', 'clock'],
    ['the signature was invalid, yet the change is kept', 'credentials'],
    ['access times of 300 will soon be exceeded', 'quota'],
  ])('%j is not queued again, and nothing more is sent into it', (message, pause) => {
    expect(errorOf(message)).toMatchObject({ kind: 'unknown', cause: 'unknown-words', pause });
  });

  it('a second message beside a duplicate makes it none', () => {
    expect(errorOf('重复提交')).toMatchObject({ cause: 'duplicate' });
    expect(errorOf('重复提交', 'credited all the same')).toMatchObject({ cause: 'unknown-words' });
    expect(errorOf('请勿重复提交')).toMatchObject({ kind: 'unknown', cause: 'unknown-words' });
  });
});
