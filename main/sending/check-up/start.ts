import { appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { type Actor, actorText } from '../../kernel/actor.ts';
import type { OutboxRepository } from '../../ledger/index.ts';
import { memberStatus, readError } from '../../members/index.ts';
import type { BenchParts } from './bench.ts';
import { type CheckUpState, isReversed, netOf } from './state.ts';

export type Done = Result<Record<string, never>>;

export interface StartParts extends BenchParts {
  readonly outbox: Pick<OutboxRepository, 'open'>;
  readonly today: () => string;
}

/** What prevents a new check-up: one that runs, or one that is not reversed. */
export function startProblem(
  parts: StartParts,
  before: CheckUpState,
  who: Actor,
  wake: () => void,
): Done | null {
  if (before.phase === 'running') return err(appError('check-up-running'));
  if (isReversed(before) || before.endingsTried > 0) return null;
  // Retries the reversal once; a manager who then starts anew has seen what is left, which is journaled.
  parts.repository.save(
    {
      ...before,
      phase: 'running',
      ending: 'failed',
      refusedReversals: 0,
      notBeforeMs: 0,
      endingsTried: before.endingsTried + 1,
    },
    { what: 'reversing once more', who },
  );
  wake();
  return err(appError('check-up-not-possible', { reason: 'not-reversed' }));
}

export async function begin(
  parts: StartParts,
  memberNumber: string,
  who: Actor,
  before: CheckUpState | null,
): Promise<Done> {
  const { repository, reader, outbox, clock } = parts;
  const reading = await reader.byNumber(memberNumber, 'test');
  if (!reading.ok) return err(readError(reading.error));
  const { customerUid, balance, point } = reading.value;
  const impossible = (reason: string) => err(appError('check-up-not-possible', { reason }));
  if (memberStatus(reading.value, parts.today()) !== 'active') return impossible('member-not-active');
  if (outbox.open().some((entry) => entry.customerUid === customerUid)) return impossible('open-entries');
  const left =
    before === null || isReversed(before) ? {} : { leftBehind: netOf(before), of: before.memberNumber };
  repository.save(
    {
      phase: 'running',
      ending: null,
      problem: null,
      memberNumber,
      customerUid,
      manager: actorText(who),
      startedAtMs: clock.nowMs(),
      asking: null,
      answers: [],
      sends: [],
      learnt: [],
      sums: { balance, point },
      notBeforeMs: 0,
      refusedReversals: 0,
      endingsTried: 0,
    },
    { what: 'started', who, content: { customerUid, balance, point, ...left } },
  );
  return ok({});
}
