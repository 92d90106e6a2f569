import {
  type Amount,
  addAmounts,
  amount,
  type CheckUpQuestion,
  compareAmounts,
  decimalsOf,
  negateAmount,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import type { HostLogRow } from '../../hosts/port/index.ts';
import type { Clock } from '../../kernel/ports.ts';
import { sameSums } from '../undecided.ts';
import { type Answer, type Ask, type Bench, balanceOnly, Halt, note, type Sent, say } from './bench.ts';
import { callCount, giftsAdded, idsExact, spentQuota } from './host-facts.ts';
import { type AgeQuestion, ages } from './plan.ts';
import { isInformative, isTaught } from './read-answers.ts';
import { agedSend, isNothing, type TestSend } from './state.ts';

/** A resend proves something only after this. */
const wasCredited = (bench: Bench, sent: Sent): boolean => {
  const send = bench.state().sends.find(({ key }) => key === sent.key);
  return send !== undefined && sent.answer.kind === 'success' && sameSums(sent.effect, send.increments);
};

/**
 * Evaluates a resend of credited bytes. Only a refusal that moved nothing counts; a success that moved nothing may
 * still arrive. Unknown words are compared with those of other ages, as a busy host refuses too.
 */
function refusal(bench: Bench, again: Sent, leastAgeMs: number): Answer {
  const { kind, messages } = again.answer;
  const moved = !isNothing(again.effect);
  if (kind === 'success' && moved) return note('no', 'credited-twice');
  if (kind === 'success' || moved) return say('unclear', messages);
  const ageMs = ageOf(bench, again.key);
  const isRefusal = kind === 'duplicate' || (kind === 'unknown-words' && isInformative(messages));
  if (isRefusal && ageMs < leastAgeMs) return note('unclear', 'clocks-disagree');
  bench.learn('duplicate', messages);
  if (!isRefusal) return say('unclear', messages);
  if (kind === 'duplicate') return say('yes', messages, { ageMs });
  return { ...say('unclear', messages, { ageMs }), note: 'not-repeated' };
}

const sameBytesAtOnce: Ask = async (bench) => {
  const sent = await bench.send('same-bytes-at-once', { increments: balanceOnly(bench.parts.unit) });
  if (!wasCredited(bench, sent)) return say('unclear', sent.answer.messages);
  return refusal(bench, await bench.sendAgain(sent.key), 0);
};

/**
 * By the slower of this PC's and KYBIO's clocks, so that a clock set forward proves no age; 0 if KYBIO reports no time.
 */
function ageOf(bench: Bench, key: string): number {
  const send = bench.state().sends.find((known) => known.key === key);
  const [first, last] = [send?.attempts[0], send?.attempts.at(-1)];
  if (first === undefined || last === undefined) return 0;
  const byServerMs = first.serverMs === null || last.serverMs === null ? 0 : last.serverMs - first.serverMs;
  return Math.max(0, Math.round(Math.min(last.atMs - first.atMs, byServerMs)));
}

const NEARLY = 0.9;

const sameBytesLater =
  (question: AgeQuestion): Ask =>
  async (bench) => {
    const aged = agedSend(bench.state());
    if (aged === null) return say('unclear');
    return refusal(bench, await bench.sendAgain(aged.key), NEARLY * ages[question].afterMs);
  };

/**
 * Zero, for an unknown member: nothing moves even if accepted. Unknown words are no rejection, however often repeated.
 */
const rejectedSentAgain: Ask = async (bench) => {
  const first = await bench.send('rejected-sent-again', {
    increments: balanceOnly(zeroAmount),
    nobody: true,
  });
  const { kind, messages } = first.answer;
  if (kind !== 'rejected') return say('unclear', messages);
  const again = await bench.sendAgain(first.key);
  if (again.answer.kind === 'duplicate') return say('no', again.answer.messages);
  return isRejectedAgain(first, again) ? say('yes', messages) : say('unclear', again.answer.messages);
};

const isRejectedAgain = ({ answer: first }: Sent, { answer: again }: Sent): boolean =>
  first.kind === 'rejected' &&
  again.kind === 'rejected' &&
  again.messages.join('\n') === first.messages.join('\n');

/** When the log is read after the send. */
const POLLS_MS = [0, 10_000, 60_000];

const rowKey = (row: HostLogRow): string => `${row.datetime} ${addAmounts(row.rechargeMoney, row.giftMoney)}`;

/** New rows, counting equal ones. */
function newRows(before: readonly HostLogRow[], after: readonly HostLogRow[]): readonly HostLogRow[] {
  const known = before.map(rowKey);
  return after.filter((row) => {
    const index = known.indexOf(rowKey(row));
    if (index >= 0) known.splice(index, 1);
    return index < 0;
  });
}

const inTheLog =
  (question: CheckUpQuestion, increments: (unit: Amount) => TestSend['increments']): Ask =>
  async (bench) => {
    const { clock, unit } = bench.parts;
    const before = await bench.log();
    if (before === null) return note('no', 'no-such-log');
    const wanted = increments(unit);
    const sent = await bench.send(question, { increments: wanted });
    if (!wasCredited(bench, sent)) return say('unclear', sent.answer.messages);
    const sentAtMs = clock.monotonicMs();
    const dataChangeTime = bench.state().sends.find(({ key }) => key === sent.key)?.dataChangeTime;
    for (const pollMs of POLLS_MS) {
      const waitMs = sentAtMs + pollMs - clock.monotonicMs();
      if (waitMs > 0) await bench.delay(waitMs);
      const rows = newRows(before, (await bench.log()) ?? before);
      const [row] = rows;
      if (row === undefined) continue;
      const ofThisAmount = compareAmounts(addAmounts(row.rechargeMoney, row.giftMoney), wanted.balance) === 0;
      if (rows.length > 1 || !ofThisAmount) return note('unclear', 'other-rows');
      const delayMs = Math.max(1_000, Math.round(clock.monotonicMs() - sentAtMs));
      return say('yes', [], { delayMs, carriesOurTime: row.datetime === dataChangeTime });
    }
    return note('no', 'no-row');
  };

const smallSum = amount('0.0011');

/** What is left of it shows the number of decimals. */
const decimals: Ask = async (bench) => {
  const sent = await bench.send('decimals', { increments: balanceOnly(smallSum) });
  if (sent.answer.kind !== 'success') return say('unclear', sent.answer.messages);
  const { balance } = sent.effect;
  if (compareAmounts(balance, smallSum) === 0) return say('yes', [], { decimals: 4 });
  if (compareAmounts(balance, amount('0.001')) === 0) return say('no', [], { decimals: 3 });
  // That the unit arrives is known.
  const ofUnit = decimalsOf(bench.parts.unit);
  return isNothing(sent.effect) ? say('no', [], { decimals: ofUnit }) : note('unclear', 'other-sum');
};

const idAsText: Ask = async (bench) => {
  const increments = balanceOnly(bench.parts.unit);
  const sent = await bench.send('id-as-text', { increments, idAsText: true });
  if (wasCredited(bench, sent)) return say('yes');
  const refused = sent.answer.kind === 'rejected' || sent.answer.kind === 'unknown-words';
  return refused && isNothing(sent.effect)
    ? say('no', sent.answer.messages)
    : say('unclear', sent.answer.messages);
};

/** A member with more is no test member, and nothing is taken from it. */
const MOST_UNITS = 20;

const belowZero =
  (question: 'below-zero' | 'below-zero-validated'): Ask =>
  async (bench) => {
    const { unit } = bench.parts;
    const { balance } = bench.state().sums;
    const most = addAmounts(...Array.from({ length: MOST_UNITS }, () => unit));
    if (compareAmounts(balance, most) > 0) return note('unclear', 'holds-too-much');
    const before = compareAmounts(balance, zeroAmount) > 0 ? balance : zeroAmount;
    const increments = balanceOnly(negateAmount(addAmounts(before, unit)));
    const validated = question === 'below-zero-validated';
    const sent = await bench.send(question, {
      increments,
      ...(validated ? { validateBalance: true as const } : {}),
    });
    if (wasCredited(bench, sent)) return say('no');
    const { kind, messages } = sent.answer;
    if (kind !== 'rejected' || !isNothing(sent.effect)) return say('unclear', messages);
    // A host may store the bytes before it checks the balance.
    const again = await bench.sendAgain(sent.key);
    if (!isNothing(again.effect)) return say('unclear', again.answer.messages);
    return isRejectedAgain(sent, again) ? say('yes', messages) : note('yes', 'not-rejected-again');
  };

const SKEWS_MS = [86_400_000, 3_600_000, 300_000];

const behind = (clock: Clock, skewMs: number): Clock => ({
  nowMs: () => clock.nowMs() - skewMs,
  monotonicMs: () => clock.monotonicMs(),
  schedule: (delayMs, action) => clock.schedule(delayMs, action),
});

/** Looks up the test member with a client that differs in one thing. */
async function lookUpBy(bench: Bench, change: { readonly appKey?: string; readonly clock?: Clock }) {
  bench.mayGoOn();
  const client = bench.parts.otherClient(change);
  try {
    const { exchange, result } = await client.readByNumber(bench.state().memberNumber);
    if (exchange.phase !== 'connecting') bench.parts.meter.count('test');
    if (!result.ok && (result.error.kind === 'not-connected' || result.error.kind === 'no-answer')) {
      throw new Halt('not-now');
    }
    return result;
  } finally {
    await client.close();
  }
}

type LookUp = Awaited<ReturnType<typeof lookUpBy>>;

const isOfUnknownWords = (result: LookUp): result is Extract<LookUp, { readonly ok: false }> =>
  !result.ok && result.error.kind === 'refused' && result.error.cause === 'unknown-words';

const timeStampSkew: Ask = async (bench) => {
  let words: readonly string[] = [];
  for (const skewMs of SKEWS_MS) {
    const result = await lookUpBy(bench, { clock: behind(bench.parts.clock, skewMs) });
    if (result.ok) return say('yes', [], { skewMs });
    words = result.error.messages;
    if (isOfUnknownWords(result)) bench.learn('other', words);
  }
  return say('no', words, { skewMs: 0 });
};

const lookUpByWrongKey = (bench: Bench) => lookUpBy(bench, { appKey: 'check-up: not the key' });

const wrongKey: Ask = async (bench) => {
  const first = await lookUpByWrongKey(bench);
  if (first.ok) return say('no');
  const { kind, messages, cause } = first.error;
  if (kind === 'paused' && cause === 'credentials') return say('yes', messages);
  if (!isOfUnknownWords(first) || !isInformative(messages)) return say('unclear', messages);
  // Learnt words for a wrong key cause resends, so they must be about the key: the right key, tried in between, must
  // not get them.
  await bench.read();
  const again = await lookUpByWrongKey(bench);
  if (!isOfUnknownWords(again)) return say('unclear', messages);
  bench.learn('signature', messages);
  bench.learn('signature', again.error.messages);
  return isTaught(bench.state(), 'signature') ? say('yes', messages) : say('unclear', messages);
};

/** The test for each question; one that halts stays unanswered. */
export const asks: Readonly<Record<CheckUpQuestion, Ask>> = {
  'same-bytes-at-once': sameBytesAtOnce,
  'same-bytes-after-a-minute': sameBytesLater('same-bytes-after-a-minute'),
  'same-bytes-after-an-hour': sameBytesLater('same-bytes-after-an-hour'),
  'same-bytes-after-a-day': sameBytesLater('same-bytes-after-a-day'),
  'rejected-sent-again': rejectedSentAgain,
  'in-the-recharge-log': inTheLog('in-the-recharge-log', balanceOnly),
  'points-in-the-recharge-log': inTheLog('points-in-the-recharge-log', () => ({
    balance: zeroAmount,
    point: amount('1'),
  })),
  'reversal-in-the-recharge-log': inTheLog('reversal-in-the-recharge-log', (unit) =>
    balanceOnly(negateAmount(unit)),
  ),
  decimals,
  'id-as-text': idAsText,
  'below-zero': belowZero('below-zero'),
  'below-zero-validated': belowZero('below-zero-validated'),
  'time-stamp-skew': timeStampSkew,
  'wrong-key': wrongKey,
  'gifts-added': giftsAdded,
  'ids-exact': idsExact,
  'call-count': callCount,
  'spent-quota': spentQuota,
};
