import { describe, expect, it } from 'vitest';
import { theManager } from '../../../main/kernel/actor.ts';
import { answers, found, journaledSends, number, open } from '../../kit/check-up.ts';

const method = 'updateBalancePointByIncrement';
const all = { refusesDuplicates: true, keepsRechargeLog: true, logCarriesDataChangeTime: true };
const poor = 'Customer balance is insufficient';
const upgraded = 'Service is being upgraded';
const unknownMember = 'Customer does not exist';
const duplicate = '重复提交修改';

/** What is found out where the increment of a question is answered in these words, first and again. */
const heard = async (question: 'rejected-sent-again' | 'below-zero', first: string, again: string) => {
  const driven = await open(all);
  driven.beforeSend(() => {
    const keys = journaledSends(driven.till.folder).map(({ key }) => key);
    const [last = ''] = keys.slice(-1);
    if (last.replace(/-\d+$/, '') !== question) return;
    const messages = [keys.filter((key) => key === last).length === 1 ? first : again];
    driven.store.addFault({ fault: { kind: 'error', messages, when: 'before' }, method, times: 1 });
  });
  expect((await driven.till.session.sending.checkUp.start(number, theManager)).ok).toBe(true);
  await driven.drive(() => answers(driven)[question] !== undefined);
  const { duplicates, refusesBelowZero } = found(driven);
  const staysRejected = duplicates?.rejectedStaysRejected;
  return { said: answers(driven)[question], staysRejected, refusesBelowZero };
};

describe('a rejected increment that is sent again', () => {
  it('is shown to stay rejected by words that reject, and by none that only might', async () => {
    expect(await heard('rejected-sent-again', unknownMember, unknownMember)).toMatchObject({
      said: 'yes',
      staysRejected: true,
    });
    expect(await heard('rejected-sent-again', upgraded, upgraded)).toMatchObject({
      said: 'unclear',
      staysRejected: false,
    });
  });

  it('may be called a duplicate, which is an answer, or something else, which is none', async () => {
    const again = (words: string) => heard('rejected-sent-again', unknownMember, words);
    expect(await again(duplicate)).toMatchObject({ said: 'no', staysRejected: false });
    expect(await again('Customer is disabled')).toMatchObject({ said: 'unclear', staysRejected: false });
    expect(await again(upgraded)).toMatchObject({ said: 'unclear', staysRejected: false });
  });

  it('for its balance tells of a host that notes the bytes before it looks at that', async () => {
    expect(await heard('below-zero', poor, poor)).toEqual({
      said: 'yes',
      staysRejected: true,
      refusesBelowZero: true,
    });
    expect(await heard('below-zero', poor, duplicate)).toEqual({
      said: 'yes',
      staysRejected: false,
      refusesBelowZero: true,
    });
  });

  it('for its balance was not rejected by words which reject nothing', async () => {
    expect(await heard('below-zero', upgraded, upgraded)).toEqual({
      said: 'unclear',
      staysRejected: true,
      refusesBelowZero: null,
    });
  });
});
