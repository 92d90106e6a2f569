import { subtractAmounts } from '../../../preload/contract/index.ts';
import { freeSecond, type Numbering } from '../../hosts/index.ts';
import type { HostProtocol, TestAnswer } from '../../hosts/port/index.ts';
import type { Clock } from '../../kernel/ports.ts';
import { noSums, type Sums, sameSums } from '../undecided.ts';
import type { CheckUpRepository } from './check-up-repository.ts';
import { isPartOf } from './read-answers.ts';
import { type CheckUpState, isNothing, type TestSend } from './state.ts';

interface SendParts {
  readonly clock: Clock;
  readonly protocol: Pick<HostProtocol, 'testBody'>;
  readonly appId: string;
  readonly storeTimeZone: string;
  readonly numbering: Numbering;
  /** Seconds taken by the outbox. */
  readonly repository: Pick<CheckUpRepository, 'isSecondTaken' | 'lost'>;
}

export interface SendSpec {
  readonly increments: Sums;
  /** An unknown id; only for zero increments. */
  readonly nobody?: true;
  readonly idAsText?: true;
  readonly validateBalance?: true;
  /** A surplus of a success is its own: a recharge rule may add a gift. */
  readonly mayBringMore?: true;
}

/** Far enough back that a row's time is ours or KYBIO's, not both. */
const BACK_MS = 120_000;

/** An id that no member has. */
const NOBODY = '1';

export const sendOf = (state: CheckUpState, key: string): TestSend => {
  const send = state.sends.find((known) => known.key === key);
  if (send === undefined) throw new Error('a test increment is gone');
  return send;
};

export const expectedOf = (state: CheckUpState, { ofTestMember, increments }: TestSend) => ({
  customerUid: ofTestMember ? state.customerUid : NOBODY,
  balanceIncrement: increments.balance,
  pointIncrement: increments.point,
});

/** A new test increment, with a free second; null if none is free. */
export function makeSend(
  parts: SendParts,
  state: CheckUpState,
  question: TestSend['question'],
  spec: SendSpec,
): TestSend | null {
  const { clock, storeTimeZone, numbering, repository, appId } = parts;
  const isTaken = (second: string) =>
    state.sends.some((send) => send.dataChangeTime === second) ||
    repository.isSecondTaken(state.customerUid, second);
  const agoMs = clock.nowMs() - BACK_MS;
  const dataChangeTime = freeSecond(agoMs, storeTimeZone, numbering, isTaken, repository.lost());
  if (dataChangeTime === null) return null;
  const body = parts.protocol.testBody({
    appId,
    customerUid: spec.nobody === true ? NOBODY : state.customerUid,
    balanceIncrement: spec.increments.balance,
    pointIncrement: spec.increments.point,
    dataChangeTime,
    idAsText: spec.idAsText === true,
    validateBalance: spec.validateBalance === true,
  });
  return {
    key: `${question}-${state.sends.length + 1}`,
    question,
    ofTestMember: spec.nobody !== true,
    increments: spec.increments,
    dataChangeTime,
    body: body.toString('base64'),
    attempts: [],
  };
}

/**
 * What an attempt did, by the readings around it. A movement that fits neither it nor zero is another writer's; a
 * success still counts, as it must be reversed.
 */
export function effectOf(
  send: TestSend,
  answer: TestAnswer,
  before: Sums,
  after: Sums,
  mayBringMore = false,
): { readonly sums: Sums; readonly explained: boolean } {
  const moved = {
    balance: subtractAmounts(after.balance, before.balance),
    point: subtractAmounts(after.point, before.point),
  };
  if (isNothing(moved)) return { sums: noSums, explained: true };
  const loose = answer.kind === 'success' && (mayBringMore || isPartOf(moved, send.increments));
  if (loose || sameSums(moved, send.increments)) return { sums: moved, explained: true };
  return { sums: answer.kind === 'success' ? send.increments : noSums, explained: false };
}
