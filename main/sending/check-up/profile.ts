import type { CheckUpQuestion } from '../../../preload/contract/index.ts';
import { type HostProfile, unknownHost } from '../../hosts/index.ts';
import { answerTo, learntWords } from './read-answers.ts';
import type { CheckUpAnswer, CheckUpState } from './state.ts';

/**
 * The host profile that the answers prove. Pure. Anything unanswered or unclear counts as the worst; a failed
 * check-up proves nothing.
 */
export function profileOf(state: CheckUpState): HostProfile {
  if (state.ending === 'failed' || state.phase === 'failed') return unknownHost;
  const yes = (question: CheckUpQuestion): CheckUpAnswer | null => {
    const answer = answerTo(state, question);
    return answer?.answer === 'yes' ? answer : null;
  };
  const saysYes = (question: CheckUpQuestion): boolean | null => {
    const answer = answerTo(state, question)?.answer;
    return answer === undefined || answer === 'unclear' ? null : answer === 'yes';
  };
  return {
    checkedAtMs: Math.max(0, ...state.answers.map(({ atMs }) => atMs)),
    duplicates: duplicatesOf(state, yes),
    log: logOf(yes),
    decimals: yes('decimals')?.figures.decimals ?? answerTo(state, 'decimals')?.figures.decimals ?? null,
    idAsStringTaken: saysYes('id-as-text'),
    refusesBelowZero: saysYes('below-zero'),
    validatesBalance: saysYes('below-zero-validated'),
    idsExact: saysYes('ids-exact'),
    giftsAdded: saysYes('gifts-added'),
    callCountTold: saysYes('call-count'),
    timeStampSkewMs: yes('time-stamp-skew')?.figures.skewMs ?? null,
    learntWords: learntWords(state.learnt, state.startedAtMs).map((row) => ({
      ...row,
      words: [...row.words],
    })),
  };
}

type Yes = (question: CheckUpQuestion) => CheckUpAnswer | null;

/** An age counts only if every younger one was refused, skipping words that were not repeated. */
function duplicatesOf(state: CheckUpState, yes: Yes): HostProfile['duplicates'] {
  const questions = [
    'same-bytes-at-once',
    'same-bytes-after-a-minute',
    'same-bytes-after-an-hour',
    'same-bytes-after-a-day',
  ] as const;
  // One exception suffices: why a lost first send was rejected is unknown.
  const isOneNotRejectedAgain = state.answers.some((answer) => answer.note === 'not-rejected-again');
  let greatestAgeMs: number | null = null;
  for (const question of questions) {
    if (answerTo(state, question)?.note === 'not-repeated') continue;
    const ageMs = yes(question)?.figures.ageMs;
    if (ageMs === undefined) break;
    greatestAgeMs = ageMs;
  }
  return greatestAgeMs === null
    ? null
    : { greatestAgeMs, rejectedStaysRejected: yes('rejected-sent-again') !== null && !isOneNotRejectedAgain };
}

function logOf(yes: Yes): HostProfile['log'] {
  const topUp = yes('in-the-recharge-log');
  if (topUp === null) return null;
  const seen = [topUp, yes('points-in-the-recharge-log'), yes('reversal-in-the-recharge-log')];
  const delayOf = (answer: CheckUpAnswer | null | undefined): number | null =>
    answer?.figures.delayMs ?? null;
  return {
    // One row with another time suffices.
    carriesOurTime: seen.every((answer) => answer === null || answer.figures.carriesOurTime === true),
    topUpDelayMs: delayOf(topUp),
    awardDelayMs: delayOf(seen[1]),
    reversalDelayMs: delayOf(seen[2]),
  };
}
