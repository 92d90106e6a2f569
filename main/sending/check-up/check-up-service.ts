import {
  type Amount,
  addAmounts,
  appError,
  type CheckUp,
  compareAmounts,
  err,
  isZeroAmount,
  negateAmount,
  ok,
  type Result,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { CACHES_LIVE_MS } from '../../hosts/index.ts';
import type { TestAnswer } from '../../hosts/port/index.ts';
import { type Actor, actorText } from '../../kernel/actor.ts';
import type { Room } from '../../kernel/room.ts';
import type { OutboxRepository } from '../../ledger/index.ts';
import { memberStatus, readError } from '../../members/index.ts';
import { type CheckUpAnswer, type CheckUpState, isReversed, shownCheckUp } from './state.ts';
import { createTalk, Halt, movedBy, type Sent, type TalkParts } from './talk.ts';

type Done = Result<Record<string, never>>;

/**
 * The host check-up: one dialogue of about ten calls and twenty minutes that shows two facts, whether KYBIO refuses the
 * same bytes sent again, and whether its recharge log has our second. A restart ends it.
 */
export interface CheckUpService {
  shown(): CheckUp;
  /** Whether the member's sums must move by the check-up alone. */
  holds(customerUid: string): boolean;
  /**
   * The caller has checked for a manager. Errors: check-up-running, check-up-not-possible with `details.reason`
   * (`open-entries`, `member-not-active`, `not-reversed`), and those of a read.
   */
  start(memberNumber: string, who: Actor): Promise<Done>;
  /** Stops asking, takes the test credits back, and ends; tries once more to take back what is left. */
  stop(who: Actor): Promise<Done>;
  /** Ends what a restart has cut short, and takes back what it left. */
  resume(): void;
  /** Resolves once nothing is under way. */
  close(): Promise<void>;
}

export interface CheckUpParts extends TalkParts {
  readonly outbox: Pick<OutboxRepository, 'open'>;
  readonly today: () => string;
  readonly quiescenceMs: () => number;
  /** The smallest sum of the currency from 0.01 on; credited at a time. */
  readonly unit: Amount;
  /** The host profile may have changed: plans again. */
  readonly wakeQueue: () => void;
}

/** Sending again is allowed for half of what was shown: ten minutes. */
export const AGAIN_AFTER_MS = 1_200_000;

/** When the log is read after the send. */
const LOG_AT_MS = [0, 10_000, 60_000];

const MOST_TAKE_BACKS = 3;
const RETRY_MS = 60_000;

export function createCheckUpService(parts: CheckUpParts): CheckUpService {
  const { repository, clock, logger } = parts;
  const abort = new AbortController();
  let working: Promise<void> | null = null;
  let wakeDelay = (): void => undefined;
  let [isClosed, isTakingBack] = [false, false];

  const mayGoOn = () => {
    if (isClosed) throw new Halt('closing');
    // A stop must not stop what takes back.
    if (!isTakingBack && repository.load()?.ending !== null) throw new Halt('stopping');
  };
  /** A wake-up ends it only where nothing may go on: a settling time is waited for to its end. */
  const delay = async (delayMs: number): Promise<void> => {
    const untilMs = clock.monotonicMs() + delayMs;
    for (let leftMs = delayMs; leftMs > 0; leftMs = untilMs - clock.monotonicMs()) {
      mayGoOn();
      await new Promise<void>((resolve) => {
        const cancel = clock.schedule(leftMs, resolve);
        wakeDelay = () => {
          cancel();
          resolve();
        };
      });
    }
    mayGoOn();
  };
  const talk = createTalk(parts, { mayGoOn, isTakingBack: () => isTakingBack, delay, signal: abort.signal });

  const record = (
    question: CheckUpAnswer['question'],
    answer: CheckUpAnswer['answer'],
    more: Partial<Pick<CheckUpAnswer, 'words' | 'note' | 'figures'>> = {},
  ): void => {
    const given = { question, answer, words: '', note: null, figures: {}, atMs: clock.nowMs(), ...more };
    const now = talk.state();
    repository.save({ ...now, answers: [...now.answers, given] }, { what: 'answered', content: given });
    parts.wakeQueue();
  };
  const said = ({ answer: { messages } }: Pick<Sent, 'answer'>) => ({
    words: messages.join(' ').slice(0, 500),
  });

  const askLog = async (sent: Sent): Promise<void> => {
    for (const atMs of LOG_AT_MS) {
      await delay(sent.atMonotonicMs + atMs - clock.monotonicMs());
      const rows = await talk.log();
      if (rows === null) return record('in-the-recharge-log', 'no', { note: 'no-such-log' });
      // A row from before the check-up cannot have its second, nor KYBIO's of now.
      const isOurs = (row: (typeof rows)[number]) =>
        row.datetime >= sent.dataChangeTime &&
        compareAmounts(addAmounts(row.rechargeMoney, row.giftMoney), parts.unit) === 0;
      const own = rows.filter(isOurs);
      const carriesOurTime = own.some(({ datetime }) => datetime === sent.dataChangeTime);
      const delayMs = Math.max(1_000, Math.round(clock.monotonicMs() - sent.atMonotonicMs));
      if (own.length > 1) return record('in-the-recharge-log', 'unclear', { note: 'other-rows' });
      if (own.length === 1)
        return record('in-the-recharge-log', carriesOurTime ? 'yes' : 'no', {
          figures: { delayMs, carriesOurTime },
        });
    }
    record('in-the-recharge-log', 'no', { note: 'no-row' });
  };

  /** KYBIO said no, in whatever words: said twice of the same bytes, with a credit and its reversal between, they reject them. */
  const isNo = ({ kind }: TestAnswer) => kind === 'rejected' || kind === 'unknown-words';

  /** Only where a rejected one is rejected again does a duplicate prove anything. */
  const isRejectedAgain = async (nobody: Sent): Promise<boolean> => {
    const answer = await talk.again(nobody, 'nobody');
    if (isNo(answer) && said({ answer }).words === said(nobody).words) return true;
    record('same-bytes-again', 'unclear', { ...said({ answer }), note: 'not-rejected-again' });
    return false;
  };

  const askSameBytes = async (sent: Sent): Promise<void> => {
    const { unit } = parts;
    // No cache may still show the member as it was before the credit was taken back.
    const dueMs = Math.max(
      sent.atMonotonicMs + AGAIN_AFTER_MS,
      talk.lastSentAtMonotonicMs() + CACHES_LIVE_MS,
    );
    const waitMs = dueMs - clock.monotonicMs();
    repository.save({ ...talk.state(), nextAtMs: Math.round(clock.nowMs() + waitMs) });
    await delay(waitMs);
    const ageMs = Math.round(clock.monotonicMs() - sent.atMonotonicMs);
    repository.save({ ...talk.state(), nextAtMs: null });
    const answer = await talk.again(sent, unit);
    if (answer.kind === 'lost' || answer.kind === 'our-fault') throw new Halt('unanswered');
    const after = await talk.read();
    const now = talk.state();
    const moved = movedBy(now.balance, after, unit);
    if (moved === 'otherwise') throw new Halt('other-writer');
    const credited = moved === 'exactly' ? addAmounts(now.credited, unit) : now.credited;
    // A success that moved nothing may still arrive.
    const pending = moved === 'not' && answer.kind !== 'duplicate' ? unit : null;
    repository.save(
      { ...now, credited, pending, balance: after },
      { what: 'ended', content: { answer: answer.kind, words: answer.messages, moved } },
    );
    if (moved === 'exactly') return record('same-bytes-again', 'no', { note: 'credited-twice' });
    if (answer.kind !== 'duplicate') return record('same-bytes-again', 'unclear', said({ answer }));
    record('same-bytes-again', 'yes', { ...said({ answer }), figures: { ageMs } });
  };

  const dialogue = async (): Promise<void> => {
    const sent = await talk.send(parts.unit);
    if (sent.answer.kind !== 'success') {
      record('same-bytes-again', 'unclear', said(sent));
      return record('in-the-recharge-log', 'unclear', said(sent));
    }
    await askLog(sent);
    // Zero, for nobody: nothing moves even if it is accepted.
    const nobody = await talk.send('nobody');
    if (!isNo(nobody.answer))
      return record('same-bytes-again', 'unclear', { ...said(nobody), note: 'not-rejected' });
    // Nobody has to wait for it.
    await takeBack();
    if (!isReversed(talk.state())) return record('same-bytes-again', 'unclear');
    if (!(await isRejectedAgain(nobody))) return;
    await askSameBytes(sent);
  };

  /** Reads whether an increment of unknown effect has arrived, as late as for any entry. */
  const resolvePending = async (increment: Amount): Promise<void> => {
    const isClear = (after: Amount) => {
      const now = talk.state();
      const moved = movedBy(now.balance, after, increment);
      if (moved === 'otherwise') throw new Halt('other-writer');
      if (moved === 'exactly')
        repository.save(
          { ...now, balance: after, credited: addAmounts(now.credited, increment), pending: null },
          { what: 'resolved', content: { increment, before: now.balance, after } },
        );
      return moved === 'exactly';
    };
    await delay(talk.lastSentAtMonotonicMs() + parts.quiescenceMs() - clock.monotonicMs());
    if (isClear(await talk.read())) return;
    // A cache may have said so.
    await delay(CACHES_LIVE_MS);
    if (isClear(await talk.read())) return;
    repository.save(
      { ...talk.state(), pending: null },
      { what: 'resolved', content: { increment: zeroAmount } },
    );
  };

  const takeBack = async (): Promise<void> => {
    for (let tries = 0; tries < MOST_TAKE_BACKS; tries += 1) {
      const { pending } = talk.state();
      if (pending !== null) await resolvePending(pending);
      const { credited } = talk.state();
      if (isZeroAmount(credited)) return;
      try {
        await talk.send(negateAmount(credited));
      } catch (thrown) {
        if (!(thrown instanceof Halt) || thrown.problem !== 'unanswered') throw thrown;
      }
    }
  };

  const end = (ending: Exclude<CheckUpState['ending'], null>, problem: string | null): void => {
    const now = talk.state();
    const reversed = isReversed(now);
    const phase = reversed ? ending : 'failed';
    logger.info('check-up.ended', { phase, problem, reversed });
    repository.save(
      { ...now, phase, ending, problem: problem ?? (reversed ? null : 'not-reversed'), nextAtMs: null },
      { what: 'ended the check-up', content: { phase, problem, reversed, left: now.credited } },
    );
    parts.wakeQueue();
  };

  /** Why the asking has failed; kept here too, for a disk that could not store it. */
  let failed: string | null = null;

  const ask = async (): Promise<void> => {
    if (talk.state().ending !== null) return;
    try {
      if (failed === null) await dialogue();
    } catch (thrown) {
      const problem = thrown instanceof Halt ? thrown.problem : 'fault';
      if (problem === 'closing') throw thrown;
      if (problem === 'stopping') return;
      if (problem === 'fault') logger.error('check-up.failed', { error: String(thrown) });
      failed = problem;
    }
    const now = talk.state();
    const ending = failed === null ? (now.ending ?? 'done') : 'failed';
    const content = { ending, problem: failed };
    repository.save({ ...now, ending, problem: failed, nextAtMs: null }, { what: 'ending', content });
    parts.wakeQueue();
  };

  const work = async (): Promise<void> => {
    await ask();
    isTakingBack = true;
    let problem = talk.state().problem;
    try {
      await takeBack();
    } catch (thrown) {
      if (!(thrown instanceof Halt) || thrown.problem === 'closing') throw thrown;
      problem ??= thrown.problem;
    } finally {
      isTakingBack = false;
    }
    end(talk.state().ending ?? 'failed', problem);
  };

  function run(): void {
    if (working !== null || isClosed) return;
    working = work()
      .catch((thrown: unknown) => {
        if (thrown instanceof Halt || isClosed) return;
        // A full disk: what is left to do is stored, and tried again.
        logger.error('check-up.failed', { error: String(thrown) });
        clock.schedule(RETRY_MS, run);
      })
      .finally(() => {
        working = null;
      });
  }

  const resumeTakingBack = (
    state: CheckUpState,
    change: Partial<CheckUpState>,
    what: string,
    who?: Actor,
  ) => {
    repository.save({ ...state, phase: 'running', nextAtMs: null, ...change }, { what, ...(who && { who }) });
    run();
  };

  return {
    shown: () => shownCheckUp(repository.load()),
    holds: (customerUid) => {
      const state = repository.load();
      return state?.phase === 'running' && state.customerUid === customerUid;
    },
    start: async (memberNumber, who) => {
      const before = repository.load();
      if (before?.phase === 'running') return err(appError('check-up-running'));
      if (before !== null && !isReversed(before) && !before.triedAgain) {
        // A manager who then starts anew has seen what is left, which is journaled.
        resumeTakingBack(before, { ending: 'failed', triedAgain: true }, 'taking back once more', who);
        return err(appError('check-up-not-possible', { reason: 'not-reversed' }));
      }
      const started = await begin(parts, memberNumber, who, before);
      failed = null;
      if (started.ok) run();
      return started;
    },
    stop: async (who) => {
      const state = repository.load();
      if (state === null || (state.phase !== 'running' && isReversed(state))) return ok({});
      const ending = state.phase === 'running' ? (state.ending ?? 'stopped') : 'failed';
      resumeTakingBack(state, { ending }, 'stopping', who);
      wakeDelay();
      return ok({});
    },
    resume: () => {
      const state = repository.load();
      if (state?.phase !== 'running') return;
      const change = state.ending === null ? ({ ending: 'failed', problem: 'interrupted' } as const) : {};
      resumeTakingBack(state, change, 'resumed');
    },
    close: async () => {
      isClosed = true;
      wakeDelay();
      abort.abort();
      await working;
    },
  };
}

async function begin(
  { repository, reader, outbox, clock, today }: CheckUpParts,
  memberNumber: string,
  who: Actor,
  before: CheckUpState | null,
): Promise<Done> {
  const reading = await reader.byNumber(memberNumber, 'test');
  if (!reading.ok) return err(readError(reading.error));
  const { customerUid, balance } = reading.value;
  if (repository.load()?.phase === 'running') return err(appError('check-up-running'));
  const impossible = (reason: string) => err(appError('check-up-not-possible', { reason }));
  if (memberStatus(reading.value, today()) !== 'active') return impossible('member-not-active');
  if (outbox.open().some((entry) => entry.customerUid === customerUid)) return impossible('open-entries');
  const left =
    before === null || isReversed(before) ? {} : { leftBehind: before.credited, of: before.memberNumber };
  repository.save(
    {
      phase: 'running',
      ending: null,
      problem: null,
      memberNumber,
      customerUid,
      startedAtMs: clock.nowMs(),
      answers: [],
      seconds: before?.customerUid === customerUid ? before.seconds : [],
      balance,
      credited: zeroAmount,
      pending: null,
      nextAtMs: null,
      triedAgain: false,
    },
    { what: 'started', who, content: { customerUid, balance, manager: actorText(who), ...left } },
  );
  return ok({});
}

export const createCheckUpRoom = (checkUp: CheckUpService, hasKey: () => boolean): Room => ({
  name: 'check-up',
  managersHandlers: {
    'checkUp:start': ({ memberNumber }, who) => checkUp.start(memberNumber.trim(), who),
    'checkUp:stop': (_, who) => checkUp.stop(who),
  },
  start: () => {
    if (hasKey()) checkUp.resume();
  },
  stop: checkUp.close,
  shows: { checkUp: checkUp.shown },
});
