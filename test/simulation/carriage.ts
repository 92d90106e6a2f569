import type { FailureKind } from '../../main/hosts/port/member-host.ts';
import type { Fault } from './faults.ts';
import { errorJson, type HostAnswer } from './kybio-host.ts';

/** What a response says, whatever it is. */
export interface WebAnswer {
  readonly status: number;
  readonly body: string | null;
  readonly contentType: string;
}

/** The whole deadline of an exchange, as the wire has it. */
export const DEADLINE_MS = 60_000;

const json = (body: string, status = 200): WebAnswer => ({ status, body, contentType: 'application/json' });
const html = (status: number, body = '<html><body>Wi-Fi</body></html>'): WebAnswer => ({
  status,
  body,
  contentType: 'text/html',
});

type SentFault = Exclude<Fault, { kind: 'not-sent' }>;

/** A request that has left the PC. */
export interface Carriage {
  readonly fault: SentFault | null;
  readonly outMs: number;
  /** It reaches the ledger. */
  readonly ask: () => HostAnswer;
  readonly reply: (answer: WebAnswer, afterMs?: number) => void;
  readonly fail: (kind: FailureKind, answer?: WebAnswer | null) => void;
  readonly arriveLater: (delayMs: number, action: () => void) => void;
}

const wrongMember = (text: string): string =>
  text.replace(/"customerUid":(\d+)/, (_, uid: string) => `"customerUid":${BigInt(uid) + 4_096n}`);
const wrongSums = (text: string): string => text.replace(/"balanceAfterUpdate":/, '"balanceAfterUpdate":9');

const otherReply =
  '{"status":"success","messages":[],"data":{"customerUid":231607639400004242,"balanceBeforeUpdate":1,"balanceAfterUpdate":7777}}';

type Carriers = {
  readonly [K in SentFault['kind']]: (on: Carriage, fault: Extract<SentFault, { kind: K }>) => void;
};

function strange(on: Carriage, fault: Extract<SentFault, { kind: 'other-member' | 'other-sums' }>): void {
  const change = fault.kind === 'other-member' ? wrongMember : wrongSums;
  on.arriveLater(on.outMs, () => on.reply(json(fault.applied ? change(on.ask().json) : otherReply)));
}

const carriers: Carriers = {
  lost: (on, fault) => {
    if (fault.applied) on.arriveLater(Math.min(on.outMs, fault.afterMs), () => void on.ask());
    if (fault.failure === 'reset') on.arriveLater(fault.afterMs, () => on.fail('reset'));
  },
  late: (on, fault) => {
    if (fault.givesUpAfterMs < DEADLINE_MS) on.arriveLater(fault.givesUpAfterMs, () => on.fail('reset'));
    on.arriveLater(fault.givesUpAfterMs + fault.arrivesAfterMs, () => void on.ask());
  },
  truncated: (on, fault) =>
    on.arriveLater(on.outMs, () => {
      on.ask();
      on.arriveLater(fault.afterMs, () => on.fail('reset', json('')));
    }),
  // The deadline ends it.
  drip: (on) => on.arriveLater(on.outMs, () => void on.ask()),
  portal: (on, fault) => on.arriveLater(on.outMs, () => on.reply(html(fault.status))),
  status: (on, fault) =>
    on.arriveLater(on.outMs, () => {
      if (fault.applied) on.ask();
      on.reply(html(fault.status, fault.body));
    }),
  words: (on, fault) =>
    on.arriveLater(on.outMs, () => {
      if (fault.applied) on.ask();
      on.reply(json(errorJson(fault.words), fault.httpStatus));
    }),
  'other-member': strange,
  'other-sums': strange,
  twice: (on, fault) =>
    on.arriveLater(on.outMs, () => {
      const first = on.ask();
      if (fault.hears === 'first') on.reply(json(first.json));
      on.arriveLater(fault.secondAfterMs, () => {
        const second = on.ask();
        // A key that was changed in between is not what this is about.
        const heard = second.json.includes('签名') ? first : second;
        if (fault.hears === 'second') on.reply(json(heard.json));
      });
    }),
  slow: (on, fault) => on.arriveLater(on.outMs, () => on.reply(json(on.ask().json), fault.replyAfterMs)),
};

/** Carries it to the ledger or not, and an answer back or not. */
export function carry(on: Carriage): void {
  const { fault } = on;
  if (fault === null) {
    on.arriveLater(on.outMs, () => on.reply(json(on.ask().json)));
    return;
  }
  const carrier = carriers[fault.kind] as (on: Carriage, fault: SentFault) => void;
  carrier(on, fault);
}
