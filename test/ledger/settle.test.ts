import { describe, expect, it } from 'vitest';
import type { IncrementReply, Outcome, Phase } from '../../main/hosts/port/member-host.ts';
import { settle } from '../../main/ledger/settle.ts';
import { entryCauses } from '../../preload/contract/index.ts';

const reply: IncrementReply = {
  customerUid: '1',
  balanceBeforeUpdate: null,
  balanceAfterUpdate: null,
  pointBeforeUpdate: null,
  pointAfterUpdate: null,
  dataChangeTime: null,
  updateCustomerTime: null,
};
const applied: Outcome = { kind: 'applied', reply };
const rejected: Outcome = {
  kind: 'rejected',
  cause: 'refused-by-kybio',
  messages: ['Customer is disabled'],
  errorCode: '1',
};
const refused: Outcome = {
  kind: 'not-applied',
  cause: 'credentials',
  sent: true,
  pause: 'credentials',
  messages: [],
};
const notSent: Outcome = { ...refused, cause: 'dns', sent: false, pause: null };
const unknown: Outcome = { kind: 'unknown', cause: 'reply-lost', pause: null, messages: [], reply: null };

describe('what an attempt’s end makes of its entry', () => {
  // Columns: was it touched, is an earlier attempt undecided, how far this one came, its end.
  it.each<[boolean, boolean, Phase, Outcome, string, boolean]>([
    [false, false, 'answered', applied, 'confirmed', true],
    [true, true, 'answered', applied, 'confirmed', true],
    [false, false, 'answered', rejected, 'rejected', true],
    [true, false, 'answered', rejected, 'rejected', true],
    [true, true, 'answered', rejected, 'unknown', true],
    [false, false, 'connecting', notSent, 'queued', false],
    [true, false, 'connecting', notSent, 'queued', true],
    [true, true, 'connecting', notSent, 'unknown', true],
    [false, false, 'answered', refused, 'queued', true],
    [true, true, 'answered', refused, 'unknown', true],
    [false, false, 'sent', unknown, 'unknown', true],
    [false, false, 'answered', unknown, 'unknown', true],
    [true, true, 'sent', unknown, 'unknown', true],
  ])('touched %s, undecided %s, %s', (touched, undecidedEarlier, phase, outcome, state, touchedAfter) => {
    const next = settle({ touched, undecidedEarlier }, phase, outcome);
    expect(next).toMatchObject({ state, touched: touchedAfter });
  });

  it.each(entryCauses)('is unknown where it may have been applied, whatever the cause: %s', (cause) => {
    const before = { touched: false, undecidedEarlier: false };
    expect(settle(before, 'answered', { ...unknown, cause })).toMatchObject({ state: 'unknown', cause });
  });

  it('keeps KYBIO’s words, and sums only where they were applied', () => {
    const before = { touched: false, undecidedEarlier: false };
    expect(settle(before, 'answered', rejected)).toMatchObject({
      cause: 'refused-by-kybio',
      messages: ['Customer is disabled'],
      reply: null,
    });
    expect(settle(before, 'answered', applied)).toMatchObject({ cause: null, messages: [], reply });
    // A reply that contradicts itself is no source of sums.
    expect(settle(before, 'answered', { ...unknown, reply }).reply).toBeNull();
  });
});
