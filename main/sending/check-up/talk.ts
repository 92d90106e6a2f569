import {
  type Amount,
  addAmounts,
  isZeroAmount,
  subtractAmounts,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import type { CallBudget, CallMeter } from '../../hosts/calls/index.ts';
import { freeSecond, type Numbering } from '../../hosts/index.ts';
import { type Link, withPause } from '../../hosts/link/index.ts';
import type {
  Exchange,
  HostLogRow,
  HostProtocol,
  MemberHost,
  Signer,
  TestAnswer,
} from '../../hosts/port/index.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import type { JournalKeeper } from '../../ledger/index.ts';
import type { MemberReader } from '../../members/index.ts';
import type { CheckUpRepository } from './check-up-repository.ts';
import type { CheckUpState } from './state.ts';

export interface TalkParts {
  readonly repository: CheckUpRepository;
  readonly reader: MemberReader;
  readonly client: () => MemberHost;
  readonly protocol: Pick<HostProtocol, 'testAnswerOf'>;
  readonly signer: () => Signer | null;
  readonly keeper: Pick<JournalKeeper, 'checkpoint'>;
  readonly meter: CallMeter;
  readonly link: Link;
  readonly callBudget: Pick<CallBudget, 'may'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly appId: string;
  readonly storeTimeZone: string;
  readonly numbering: Numbering;
}

/** Ends what is under way: the till closes, a manager stops it, or it cannot go on. */
export class Halt extends Error {
  readonly problem: string;
  constructor(problem: 'closing' | 'stopping' | 'unanswered' | 'other-writer' | 'other-member') {
    super(`check-up: ${problem}`);
    this.problem = problem;
  }
}

/** An id that no member has. */
const NOBODY = '1';

/** Far enough back that a row's time is ours or KYBIO's, not both. */
const BACK_MS = 120_000;

const BETWEEN_TRIES_MS = 60_000;

export interface Sent {
  readonly body: Buffer;
  readonly dataChangeTime: string;
  readonly answer: TestAnswer;
  /** When its answer had come. */
  readonly atMonotonicMs: number;
}

/** The calls of a check-up. */
export interface Talk {
  /** The test member's balance; waits until it can be read. */
  read(): Promise<Amount>;
  /** Its rows; null where KYBIO offers no such log. */
  log(): Promise<readonly HostLogRow[] | null>;
  /** Sends to the test member, or zero to nobody. The effect is stored, or the state says that it is unknown. */
  send(increment: Amount | 'nobody'): Promise<Sent>;
  /** The same bytes again; to the test member their effect is unknown until it is read. */
  again(sent: Sent, increment: Amount | 'nobody'): Promise<TestAnswer>;
  state(): CheckUpState;
  /** When something last left; at first the start of this process, since it may have been the one before. */
  lastSentAtMonotonicMs(): number;
}

interface TalkControl {
  /** Throws a `Halt` where nothing more may be asked. */
  readonly mayGoOn: () => void;
  readonly isTakingBack: () => boolean;
  readonly delay: (delayMs: number) => Promise<void>;
  readonly signal: AbortSignal;
}

export function createTalk(parts: TalkParts, control: TalkControl): Talk {
  const { repository, clock, link, meter, callBudget, reader } = parts;
  let lastSentAtMonotonicMs = clock.monotonicMs();

  const state = (): CheckUpState => {
    const now = repository.load();
    if (now === null) throw new Error('a check-up without a state');
    return now;
  };

  /** Waits while calls are paused or spent; taking back has a larger share of them. */
  const ready = async (): Promise<void> => {
    for (;;) {
      control.mayGoOn();
      const purpose = control.isTakingBack() ? 'probe' : 'refresh';
      if (link.state.pauses.length === 0 && callBudget.may(purpose)) return;
      await control.delay(BETWEEN_TRIES_MS);
    }
  };

  const exchange = async (signer: Signer, body: Buffer): Promise<Exchange> => {
    const sent = await parts.client().sendIncrement(signer.signBody(body), control.signal);
    if (sent.phase !== 'connecting') meter.count('test');
    lastSentAtMonotonicMs = clock.monotonicMs();
    link.hear(sent);
    return sent;
  };

  const attempt = async (
    body: Buffer,
    dataChangeTime: string,
    of: Amount | 'nobody',
  ): Promise<TestAnswer> => {
    for (;;) {
      await ready();
      const signer = parts.signer();
      if (signer === null) throw new Halt('unanswered');
      const now = state();
      const pending = of === 'nobody' ? now.pending : of;
      const content = { increment: of, dataChangeTime, body: body.toString('base64'), before: now.balance };
      repository.save({ ...now, pending }, { what: 'sending', content });
      await parts.keeper.checkpoint();
      const answer = parts.protocol.testAnswerOf(await exchange(signer, body), {
        customerUid: of === 'nobody' ? NOBODY : now.customerUid,
        balanceIncrement: of === 'nobody' ? zeroAmount : of,
        pointIncrement: zeroAmount,
      });
      const { kind, messages } = answer;
      if (kind === 'our-fault')
        link.update((known, at) => withPause(known, 'unanswered', messages.join(' '), at.nowMs));
      if (kind !== 'not-sent') return answer;
      repository.save({ ...state(), pending: now.pending }, { what: 'not sent' });
      await control.delay(BETWEEN_TRIES_MS);
    }
  };

  /** Stores what an answer to a first sending says for certain. */
  const settle = (increment: Amount, { kind, messages }: TestAnswer): void => {
    const isRefused = kind === 'rejected' || kind === 'duplicate';
    const now = state();
    if (kind !== 'success' && !isRefused) {
      repository.save(now, { what: 'ended', content: { answer: kind, words: messages, effect: null } });
      throw new Halt(kind === 'other-member' ? 'other-member' : 'unanswered');
    }
    const effect = isRefused ? zeroAmount : increment;
    const credited = addAmounts(now.credited, effect);
    const balance = addAmounts(now.balance, effect);
    repository.save(
      { ...now, credited, balance, pending: null },
      { what: 'ended', content: { answer: kind, words: messages, effect } },
    );
  };

  return {
    state,
    lastSentAtMonotonicMs: () => lastSentAtMonotonicMs,
    read: async () => {
      for (;;) {
        await ready();
        const { memberNumber, customerUid } = state();
        const result = await reader.byNumber(memberNumber, 'test');
        if (result.ok && result.value.customerUid !== customerUid) throw new Halt('other-member');
        if (result.ok) return result.value.balance;
        await control.delay(BETWEEN_TRIES_MS);
      }
    },
    log: async () => {
      for (;;) {
        await ready();
        const result = await reader.log(state().customerUid, 'test');
        if (result.ok) return result.value;
        if (result.error.kind === 'refused' || result.error.kind === 'nothing') return null;
        await control.delay(BETWEEN_TRIES_MS);
      }
    },
    send: async (increment) => {
      const now = state();
      const isTaken = (second: string) =>
        now.seconds.includes(second) || repository.isSecondTaken(now.customerUid, second);
      const agoMs = clock.nowMs() - BACK_MS;
      const { storeTimeZone, numbering } = parts;
      const dataChangeTime = freeSecond(agoMs, storeTimeZone, numbering, isTaken, repository.lost());
      const signer = parts.signer();
      if (dataChangeTime === null || signer === null) throw new Halt('unanswered');
      const { body } = signer.sign({
        appId: parts.appId,
        customerUid: increment === 'nobody' ? NOBODY : now.customerUid,
        balanceIncrement: increment === 'nobody' ? zeroAmount : increment,
        pointIncrement: zeroAmount,
        dataChangeTime,
      });
      repository.save({ ...now, seconds: [...now.seconds, dataChangeTime] });
      const answer = await attempt(body, dataChangeTime, increment);
      if (increment !== 'nobody') settle(increment, answer);
      return { body, dataChangeTime, answer, atMonotonicMs: lastSentAtMonotonicMs };
    },
    again: ({ body, dataChangeTime }, increment) => attempt(body, dataChangeTime, increment),
  };
}

/** How the balance moved since it was last known, held against an increment that may be in it. */
export function movedBy(before: Amount, after: Amount, increment: Amount): 'not' | 'exactly' | 'otherwise' {
  const moved = subtractAmounts(after, before);
  if (isZeroAmount(moved)) return 'not';
  return isZeroAmount(subtractAmounts(moved, increment)) ? 'exactly' : 'otherwise';
}
