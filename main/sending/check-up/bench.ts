import { type Amount, type CheckUpNote, zeroAmount } from '../../../preload/contract/index.ts';
import type { CallBudget, CallMeter } from '../../hosts/calls/index.ts';
import type { Numbering } from '../../hosts/index.ts';
import { type Link, withPause } from '../../hosts/link/index.ts';
import type {
  Exchange,
  HostLogRow,
  HostProtocol,
  MemberHost,
  Signer,
  TaughtWords,
  TestAnswer,
} from '../../hosts/port/index.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import type { JournalKeeper } from '../../ledger/index.ts';
import type { MemberReader } from '../../members/index.ts';
import { noSums, type Sums, sameSums } from '../undecided.ts';
import type { CheckUpRepository } from './check-up-repository.ts';
import { learntWords } from './read-answers.ts';
import {
  type CheckUpAnswer,
  type CheckUpState,
  type Learnt,
  type TestSend,
  withEnd,
  withSend,
} from './state.ts';
import { effectOf, expectedOf, makeSend, type SendSpec, sendOf } from './test-increment.ts';

export interface BenchParts {
  readonly repository: CheckUpRepository;
  readonly reader: MemberReader;
  readonly client: () => MemberHost;
  readonly protocol: Pick<HostProtocol, 'testBody' | 'testAnswerOf' | 'isKnown'>;
  readonly otherClient: (change: { readonly appKey?: string; readonly clock?: Clock }) => MemberHost;
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
  /** The smallest sum of the currency from 0.01 on; credited at a time. */
  readonly unit: Amount;
}

type HaltKind = 'not-now' | 'lost' | 'other-writer' | 'other-member' | 'stopping' | 'closing';

/** Ends the question under way; the service decides what that means for the check-up. */
export class Halt extends Error {
  readonly kind: HaltKind;
  readonly waitMs: number;
  constructor(kind: HaltKind, waitMs = 60_000) {
    super(`check-up: ${kind}`);
    this.kind = kind;
    this.waitMs = waitMs;
  }
}

/** An answer, and how the member's sums moved meanwhile. */
export interface Sent {
  readonly key: string;
  readonly answer: TestAnswer;
  readonly effect: Sums;
  readonly serverMs: number | null;
}

/**
 * What a question may do with the test member. Every send is journaled before it leaves, and the member read after it.
 */
export interface Bench {
  readonly parts: BenchParts;
  state(): CheckUpState;
  send(question: TestSend['question'], spec: SendSpec): Promise<Sent>;
  sendAgain(key: string): Promise<Sent>;
  /** Reads the member; halts if that is impossible now. */
  read(): Promise<Sums>;
  log(): Promise<readonly HostLogRow[] | null>;
  learn(category: Learnt['category'], messages: readonly string[]): void;
  delay(delayMs: number): Promise<void>;
  /** Throws if nothing more may be asked. */
  mayGoOn(): void;
}

interface BenchControl {
  readonly isStopping: () => boolean;
  readonly isTakingBack: () => boolean;
  readonly isClosing: () => boolean;
  /** Wakes every `delay`, which may then end. */
  readonly onWake: (listener: () => void) => () => void;
  readonly signal: AbortSignal;
}

/** Older readings are repeated before a send. */
const FRESH_MS = 30_000;

export function createBench(parts: BenchParts, control: BenchControl): Bench {
  const { repository, clock, callBudget, link } = parts;
  let readAtMonotonicMs = Number.NEGATIVE_INFINITY;

  const state = (): CheckUpState => {
    const now = repository.load();
    if (now === null) throw new Error('a check-up without a state');
    return now;
  };

  const mayGoOn = () => {
    if (control.isClosing()) throw new Halt('closing');
    if (control.isStopping()) throw new Halt('stopping');
    if (link.state.pauses.length > 0) throw new Halt('not-now');
    // Reversing has a larger share of the call budget than asking.
    const purpose = control.isTakingBack() ? 'probe' : 'refresh';
    if (!callBudget.may(purpose)) throw new Halt('not-now', 3_600_000);
  };

  /** After a send the member is always read. */
  const readNow = async (): Promise<Sums> => {
    if (control.isClosing()) throw new Halt('closing');
    const { memberNumber, customerUid } = state();
    const result = await parts.reader.byNumber(memberNumber, 'test');
    if (!result.ok) throw new Halt('not-now');
    if (result.value.customerUid !== customerUid) throw new Halt('other-member');
    readAtMonotonicMs = clock.monotonicMs();
    return { balance: result.value.balance, point: result.value.point };
  };

  const read = async (): Promise<Sums> => {
    mayGoOn();
    return readNow();
  };

  /** The member's sums before a send; another writer ends the check-up. */
  const readBefore = async (): Promise<Sums> => {
    const known = state().sums;
    if (clock.monotonicMs() - readAtMonotonicMs <= FRESH_MS) return known;
    const sums = await read();
    if (!sameSums(sums, known)) throw new Halt('other-writer');
    return sums;
  };

  const attempt = async (send: TestSend, mayBringMore = false): Promise<Sent> => {
    mayGoOn();
    const before = send.ofTestMember ? await readBefore() : state().sums;
    const exchange = await exchangeOf(parts, control, state(), send, before);
    const answer = parts.protocol.testAnswerOf(exchange, expectedOf(state(), send), taughtBy(state()));
    const serverMs = exchange.response?.dateMs ?? null;
    const pending = sendOf(state(), send.key);
    if (answer.kind === 'lost' && send.ofTestMember) throw new Halt('lost');
    const moves = send.ofTestMember && answer.kind !== 'not-sent';
    const after = moves ? await readNow().catch(asLost) : before;
    const effect = effectOf(send, answer, before, after, mayBringMore);
    const ended = withEnd(state(), pending, { effect: effect.sums, answer: answer.kind, serverMs });
    repository.save(
      { ...ended, sums: after, learnt: [...ended.learnt, ...saidOfOther(send, answer)] },
      {
        what: 'ended',
        content: { key: send.key, answer: answer.kind, words: answer.messages, effect: effect.sums },
      },
    );
    if (answer.kind === 'other-member') throw new Halt('other-member');
    if (!effect.explained) throw new Halt('other-writer');
    if (answer.kind === 'not-sent' || answer.kind === 'lost') throw new Halt('not-now');
    if (answer.kind === 'our-fault') pauseFor(link, answer);
    return { key: send.key, answer, effect: effect.sums, serverMs };
  };

  return {
    parts,
    state,
    read,
    mayGoOn,
    send: (question, spec) => {
      const send = makeSend(parts, state(), question, spec);
      if (send === null) throw new Halt('not-now');
      const now = state();
      repository.save({ ...now, sends: [...now.sends, send] });
      return attempt(send, spec.mayBringMore === true);
    },
    sendAgain: (key) => attempt(sendOf(state(), key)),
    log: async () => {
      mayGoOn();
      const result = await parts.reader.log(state().customerUid, 'test');
      if (result.ok) return result.value;
      if (result.error.kind === 'refused' || result.error.kind === 'nothing') return null;
      throw new Halt('not-now');
    },
    learn: (category, messages) => {
      const now = state();
      const isKnown = parts.protocol.isKnown(messages);
      repository.save({ ...now, learnt: [...now.learnt, { category, messages: [...messages], isKnown }] });
    },
    delay: (delayMs) => delay(parts.clock, control, delayMs),
  };
}

/** Without a reading after a send its effect stays unknown. */
const asLost = (thrown: unknown): never => {
  if (thrown instanceof Halt && thrown.kind !== 'closing') throw new Halt('lost');
  throw thrown;
};

/** Bytes sent for the first time are no duplicate: the words mean something else. */
const saidOfOther = ({ attempts }: TestSend, { kind, messages }: TestAnswer): readonly Learnt[] =>
  attempts.length === 0 && kind === 'unknown-words' ? [{ category: 'other', messages: [...messages] }] : [];

/** Without learnt duplicate words: each age must repeat them itself. */
const taughtBy = (state: CheckUpState): readonly TaughtWords[] =>
  learntWords(state.learnt, state.startedAtMs).filter(({ category }) => category !== 'duplicate');

/** Journals the attempt, writes the checkpoint, and sends. */
async function exchangeOf(
  parts: BenchParts,
  control: BenchControl,
  state: CheckUpState,
  send: TestSend,
  before: Sums,
): Promise<Exchange> {
  const { repository, clock, signer, keeper, meter, link, logger } = parts;
  const key = signer();
  if (key === null) throw new Halt('not-now');
  const attempt = { atMs: clock.nowMs(), before, effect: null, answer: 'sending', serverMs: null };
  const { increments, dataChangeTime } = send;
  repository.save(withSend(state, { ...send, attempts: [...send.attempts, attempt] }), {
    what: 'sending',
    content: { key: send.key, increments, dataChangeTime, body: send.body, before },
  });
  try {
    await keeper.checkpoint();
  } catch (thrown) {
    logger.error('journal.head-not-written', { error: String(thrown) });
    const pending = sendOf(repository.load() ?? state, send.key);
    repository.save(withEnd(repository.load() ?? state, pending, { effect: noSums, answer: 'not-sent' }));
    throw new Halt('not-now');
  }
  const signed = key.signBody(Buffer.from(send.body, 'base64'));
  const exchange = await parts.client().sendIncrement(signed, control.signal);
  if (exchange.phase !== 'connecting') meter.count('test');
  link.hear(exchange);
  return exchange;
}

function pauseFor(link: Link, answer: TestAnswer): never {
  // The fault concerns the whole queue: its next answer classifies and ends it.
  link.update((state, at) => withPause(state, 'unanswered', answer.messages.join(' '), at.nowMs));
  throw new Halt('not-now');
}

function delay(clock: Clock, control: BenchControl, delayMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      cancel();
      forget();
      end();
    };
    const cancel = clock.schedule(delayMs, () => settle(resolve));
    const forget = control.onWake(() => {
      if (control.isClosing()) settle(() => reject(new Halt('closing')));
      else if (control.isStopping()) settle(() => reject(new Halt('stopping')));
    });
  });
}

export type Answer = Pick<CheckUpAnswer, 'answer' | 'words' | 'note' | 'figures'>;
export type Ask = (bench: Bench) => Promise<Answer>;

export const say = (
  answer: Answer['answer'],
  words: readonly string[] = [],
  figures: Answer['figures'] = {},
): Answer => ({ answer, words: words.join(' ').slice(0, 500), note: null, figures });

/** For remarks of the till, not words of KYBIO. */
export const note = (answer: Answer['answer'], said: CheckUpNote): Answer => ({ ...say(answer), note: said });

export const balanceOnly = (balance: Amount) => ({ balance, point: zeroAmount });
