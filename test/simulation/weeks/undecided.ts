import { afterOutcome } from '../../../main/hosts/link/link-state.ts';
import type { Verdict } from '../../../main/sending/decide.ts';
import { type Investigation, nextStep, type Step } from '../../../main/sending/investigation.ts';
import type { Evidence, Sums } from '../../../main/sending/undecided.ts';
import { evidencePolicy, profileOf, sumsOf, undecidedOf, type Waiting } from './entry.ts';
import { type Line, outcomeOf } from './line.ts';
import type { TillPolicy } from './policy.ts';

export interface UndecidedParts {
  readonly line: Line;
  readonly isProven: boolean;
  readonly policy: () => TillPolicy;
  /** Nothing else is asked, and an entry may go. */
  readonly isFree: () => boolean;
  readonly hold: (isHeld: boolean) => void;
  readonly readMember: (member: number, read: (cents: number | null) => void) => void;
  readonly settle: (of: Waiting, becomes: 'confirmed' | 'queued' | 'review') => void;
}

interface Lost {
  readonly of: Waiting;
  readonly baseline: Sums | null;
  readonly leftAtMs: number;
  endedAtMs: number;
  readings: Evidence['readings'];
  log: Evidence['log'];
  logAskedAtMs: number | null;
  notBeforeMs: number;
}

const RETRY_MS = 30_000;

const becomes = ({ decision }: Verdict): 'confirmed' | 'review' =>
  decision === 'applied' ? 'confirmed' : 'review';

/** Entries whose reply was lost, looked into as `detective-service.ts` goes about it. */
export function createUndecided(parts: UndecidedParts) {
  const { line, policy, isProven } = parts;
  const profile = profileOf(isProven);
  const lost: Lost[] = [];
  let startedAtMs = 0;

  const quiescentAtMs = ({ endedAtMs }: Lost) =>
    Math.max(endedAtMs, startedAtMs) + evidencePolicy.quiescenceMs;
  const investigationOf = (known: Lost): Investigation => ({
    entry: { ...undecidedOf(known.of), baseline: known.baseline },
    evidence: {
      ...{
        readings: known.readings,
        ownSince: sumsOf(0),
        othersUndecided: false,
        others: [],
        log: known.log,
      },
      ...{ duplicateRefusals: 0, wasRestored: false },
    },
    quiescentAtMs: quiescentAtMs(known),
    logAskedAtMs: known.logAskedAtMs,
    ...{ memberNotBeforeMs: known.notBeforeMs, logNotBeforeMs: known.notBeforeMs },
    ageMs: line.clock.monotonicMs() - known.leftAtMs,
    ...{ firstWasDuplicate: false, refusedAgain: false },
  });

  const end = (known: Lost, becomes: 'confirmed' | 'queued' | 'review') => {
    lost.splice(lost.indexOf(known), 1);
    parts.settle(known.of, becomes);
  };

  /** The same bytes: KYBIO's refusal tells that it had them, and a reading that they were these. */
  const sendAgain = (known: Lost) => {
    const { entry, member, cents } = known.of;
    const begunAtMonotonicMs = line.clock.monotonicMs();
    parts.hold(true);
    line.send({ do: 'increment', entry, member, cents }, (heard) => {
      line.update((state, at) =>
        afterOutcome(state, outcomeOf(heard), at, { begunAtMonotonicMs, isAgain: true }),
      );
      known.endedAtMs = line.clock.monotonicMs();
      if (heard.kind === 'applied' || heard.kind === 'duplicate') end(known, 'confirmed');
      if (heard.kind !== 'duplicate' || !policy().mayCall('evidence')) return parts.hold(false);
      parts.readMember(member, () => parts.hold(false));
    });
  };

  const perform = (known: Lost, step: Step) => {
    if (step.do === 'settle') return end(known, becomes(step.verdict));
    if (step.do === 'review') return end(known, 'review');
    if (step.do === 'send-again') return sendAgain(known);
    parts.hold(true);
    const askedAtMs = line.clock.monotonicMs();
    const later = () => {
      known.notBeforeMs = line.clock.monotonicMs() + RETRY_MS;
    };
    if (step.do === 'read-member')
      return parts.readMember(known.of.member, (cents) => {
        if (cents === null) later();
        else
          known.readings = [...known.readings, { ...sumsOf(cents), atMonotonicMs: line.clock.monotonicMs() }];
        parts.hold(false);
      });
    // The member's own log: nobody has proven that it lists what comes by the API, and it lists nothing of it.
    line.read({ do: 'log', sinceMs: askedAtMs, page: 0 }, 'evidence', false, (heard) => {
      known.logAskedAtMs = askedAtMs;
      if (heard === null) later();
      else
        known.log = {
          ...{ rows: [], timesAsked: (known.log?.timesAsked ?? 0) + 1 },
          askedAfterMs: askedAtMs - Math.max(known.endedAtMs, startedAtMs),
        };
      parts.hold(false);
    });
  };

  return {
    add: (of: Waiting, baseline: Sums | null) => {
      const nowMs = line.clock.monotonicMs();
      lost.push({
        ...{ of, baseline, leftAtMs: nowMs, endedAtMs: nowMs },
        ...{ readings: [], log: null, logAskedAtMs: null, notBeforeMs: 0 },
      });
    },
    first: (): number | null => lost[0]?.of.member ?? null,
    /** What was gathered by another process is gathered anew. */
    start: () => {
      startedAtMs = line.clock.monotonicMs();
      for (const known of lost)
        Object.assign(known, { readings: [], log: null, logAskedAtMs: null, notBeforeMs: 0 });
    },
    /** One step into one of them; null when nothing is due, else when something will be. */
    look: (): number | null => {
      if (lost.length === 0 || !parts.isFree()) return null;
      const nowMs = line.clock.monotonicMs();
      const { reach, pauses, retryAtMonotonicMs } = line.state;
      const canAsk =
        reach === 'online' && retryAtMonotonicMs <= nowMs && pauses.every(({ needsManager }) => needsManager);
      const mayCall = canAsk && policy().mayCall('evidence');
      const may = { mayCall, maySend: mayCall && pauses.length === 0 };
      let inMs: number | null = null;
      for (const known of [...lost]) {
        const step = nextStep(investigationOf(known), profile, evidencePolicy, nowMs, may);
        if (step.do !== 'wait') {
          perform(known, step);
          return 0;
        }
        inMs = Math.min(inMs ?? Number.POSITIVE_INFINITY, Math.max(0, step.untilMs - nowMs));
      }
      return inMs;
    },
  };
}
