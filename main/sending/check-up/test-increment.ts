import { subtractAmounts } from '../../../preload/contract/index.ts';
import { freeSecond, type Numbering } from '../../hosts/index.ts';
import type { HostProtocol, TestAnswer } from '../../hosts/port/index.ts';
import type { Clock } from '../../kernel/ports.ts';
import type { Sums } from '../undecided.ts';
import type { CheckUpRepository } from './check-up-repository.ts';
import { isPartOf, sameSums } from './read-answers.ts';
import { type CheckUpState, isNothing, noMovement, type TestSend } from './state.ts';

export interface SendParts {
  readonly clock: Clock;
  readonly protocol: Pick<HostProtocol, 'testBody'>;
  readonly appId: string;
  readonly storeTimeZone: string;
  readonly numbering: Numbering;
  /** Seconds that an increment of the outbox owns. */
  readonly repository: Pick<CheckUpRepository, 'isSecondTaken' | 'lost'>;
}

export interface SendSpec {
  readonly increments: Sums;
  /** An id that nobody has; only for increments of nothing. */
  readonly nobody?: true;
  readonly idAsText?: true;
  readonly validateBalance?: true;
  /** Whatever comes on top of a success is its own: KYBIO's recharge rules may add a gift. */
  readonly mayBringMore?: true;
}

/** Far enough in the past that a row's time tells whether it is ours or KYBIO's. */
const BACK_MS = 120_000;

/** As long as anybody would count members from one. */
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

/** The bytes of a new test increment, with a second of the member's that nothing else owns; null where none is free. */
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
 * What an answered attempt did, by the readings around it. What neither it nor nothing explains is
 * somebody else's: then a success of ours still counts, since it must be taken back.
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
  if (isNothing(moved)) return { sums: noMovement, explained: true };
  const loose = answer.kind === 'success' && (mayBringMore || isPartOf(moved, send.increments));
  if (loose || sameSums(moved, send.increments)) return { sums: moved, explained: true };
  return { sums: answer.kind === 'success' ? send.increments : noMovement, explained: false };
}
