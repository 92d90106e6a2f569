import { practiceProtocol } from '../../main/app/host-protocol.ts';
import type { Exchange, ExpectedIncrement, Outcome } from '../../main/hosts/port/member-host.ts';
import { words } from '../../main/hosts/practice/words.ts';
import { answered, errorReply } from '../hosts/kybio/support/increment.ts';
import { increments, memberUid, sumsOf } from './world.ts';

/** What KYBIO answers to a request that reached it. */
export type AnswerName =
  | 'success'
  /** Echoes alone, without sums. */
  | 'silent-success'
  | 'duplicate'
  | 'rejected'
  | 'credentials'
  | 'refused-status'
  | 'unknown-words'
  | 'back-end-error';

/** How an attempt ends where the answer does not reach the till as it was. */
export type LossName = 'lost' | 'bad-gateway' | 'other-member';

/** How an attempt ends where nothing left the machine. */
export type NotSentName = 'connection-refused' | 'certificate';

/** What may happen beside what always does: time, a cashier who cancels, a manager who answers. */
export type Happening =
  | Exclude<AnswerName, 'success' | 'duplicate'>
  | LossName
  | NotSentName
  | 'lost-before-applying'
  | 'late'
  | 'delivered-twice'
  | 'read-not-answered'
  | 'old-reading'
  | 'crash'
  | 'head-mismatch'
  | 'tampering'
  | 'suspension'
  | 'look-up'
  | 'ageing';

export type EndName = AnswerName | LossName | NotSentName;

const expected: ExpectedIncrement = {
  customerUid: memberUid,
  balanceIncrement: increments.balance,
  pointIncrement: increments.point,
};

function successReply(customerUid: string, after: number): string {
  const [before, now] = [sumsOf(after - 1), sumsOf(after)];
  const sums = [
    ['balanceBeforeUpdate', before.balance],
    ['balanceAfterUpdate', now.balance],
    ['pointBeforeUpdate', before.point],
    ['pointAfterUpdate', now.point],
    ['customerUid', customerUid],
  ];
  const fields = sums.map(([name, value]) => `"${name}":${value}`).join();
  return `{"status":"success","data":{${fields}}}`;
}

const silentReply = `{"status":"success","data":{"customerUid":${memberUid},"balanceIncrement":${increments.balance},"pointIncrement":${increments.point}}}`;

const failed = (phase: Exchange['phase'], kind: NonNullable<Exchange['failure']>['kind']): Exchange => ({
  phase,
  startedAtMs: 0,
  endedAtMs: 1,
  failure: { kind, code: '' },
  response: null,
});

/** The exchange as the wire would report it, so that what it means is main's own word. */
function exchangeOf(name: EndName, after: number): Exchange {
  switch (name) {
    case 'success':
      return answered(200, successReply(memberUid, after));
    case 'silent-success':
      return answered(200, silentReply);
    case 'other-member':
      return answered(200, successReply('42', after));
    case 'duplicate':
      return answered(200, errorReply(words.duplicate));
    case 'rejected':
      return answered(200, errorReply(words.customerDisabled));
    case 'credentials':
      return answered(200, errorReply(words.appIdUnknown));
    case 'unknown-words':
      return answered(200, errorReply('the moon is full'));
    case 'back-end-error':
      return answered(200, errorReply('timeout'));
    case 'refused-status':
      return answered(404, '');
    case 'bad-gateway':
      return answered(502, '<html>');
    case 'lost':
      return failed('sent', 'reset');
    case 'connection-refused':
    case 'certificate':
      return failed('connecting', name);
  }
}

export interface End {
  readonly phase: Exchange['phase'];
  readonly outcome: Outcome;
}

const known = new Map<string, End>();

/** An attempt's end and what main takes it for. */
export function endOf(name: EndName, after: number): End {
  const key = `${name} ${after}`;
  let end = known.get(key);
  if (end === undefined) {
    const exchange = exchangeOf(name, after);
    end = { phase: exchange.phase, outcome: practiceProtocol.meaningOf(exchange, expected) };
    known.set(key, end);
  }
  return end;
}
