import type { HostProfile } from '../hosts/index.ts';
import { isEased, type Link, type LinkState, type Pace } from '../hosts/link/index.ts';
import type { Clock } from '../kernel/ports.ts';
import type { Changed } from '../kernel/room.ts';
import type { SendCandidate } from '../ledger/index.ts';
import { type HeardSkew, heardAgain, likelySkewMs } from './chain-clock.ts';
import { type Plan, type PlanInput, plan } from './plan.ts';
import { awaited, firstTurn, inMs, type Turn, used, withoutTurn } from './turn.ts';

/** What waits goes in this till's turn among the chain's, where it was told one (ADR 37). */
export interface InTurn {
  /** What to do next; whatever takes the turn has it by that. */
  plan(input: PlanInput): Plan;
  /** How long what waits still waits for its turn; null where nothing does. */
  heldForMs(): number | null;
  /** How long until the turn of a till that has just started; 0 where it was told none. */
  firstInMs(): number;
  /** A person lets one go at once. */
  letOne(): void;
  /** The PC slept: the turn that was waited for is past. */
  wokeUp(): void;
}

export interface InTurnParts {
  /** Null where the till was told none: then nothing waits for a turn. */
  readonly pace: Pace | null;
  /** What an entry takes as far as nothing is known yet. */
  readonly callsAtFirst: () => number;
  readonly meter: { readonly callsForEntries: () => number };
  readonly link: Pick<Link, 'state'>;
  readonly clock: Pick<Clock, 'nowMs' | 'monotonicMs'>;
  readonly changed: Changed<'link'>;
}

/** What has waited over a start is looked at, and then sent; only a host that is proven to refuse duplicates needs no look. */
export const callsAtFirst = ({ duplicates }: Pick<HostProfile, 'duplicates'>): number =>
  duplicates === null ? 2 : 1;

const withoutTurns: InTurn = {
  plan,
  heldForMs: () => null,
  firstInMs: () => 0,
  letOne: () => undefined,
  wokeUp: () => undefined,
};

export function createInTurn({ pace, callsAtFirst, meter, link, clock, changed }: InTurnParts): InTurn {
  if (pace === null) return withoutTurns;
  let turn: Turn = firstTurn(callsAtFirst());
  let calls = 0;
  let isLet = false;
  let holds = false;
  let heard: HeardSkew | null = null;
  let lastSkewMs: number | null = null;

  const at = () => {
    const { clockSkewMs } = link.state;
    if (clockSkewMs !== null && clockSkewMs !== lastSkewMs) heard = heardAgain(heard, clockSkewMs);
    lastSkewMs = clockSkewMs;
    return { chainMs: clock.nowMs() + likelySkewMs(heard), monotonicMs: clock.monotonicMs() };
  };
  const stand = (next: Turn, isHolding: boolean) => {
    const isSame = holds === isHolding && turn.atMonotonicMs === next.atMonotonicMs;
    turn = next;
    holds = isHolding;
    if (!isSame) changed('link');
  };
  const afterUse = (): Turn => {
    const made = meter.callsForEntries() - calls;
    calls += made;
    isLet = false;
    return used(turn, clock.monotonicMs(), link.state.reach === 'online' ? made : null);
  };

  return {
    plan: (asked) => {
      // For each till of a chain a question before its entry would be a call more in its turn.
      const input = { ...asked, mayAsk: false };
      const now = planWithTurn(input);
      if (!now.takesTurn) {
        isLet &&= now.holds;
        stand(withoutTurn(turn), now.holds);
        return now;
      }
      const next = awaited(turn, pace, at());
      const waitMs = isLet ? 0 : inMs(next, input.monotonicMs);
      if (waitMs === 0) {
        stand(afterUse(), now.holds);
        return now;
      }
      stand(next, true);
      const meanwhile = planWithoutTurn(input);
      return { ...meanwhile, wakeInMs: Math.min(waitMs, meanwhile.wakeInMs ?? waitMs) };
    },
    heldForMs: () => (holds ? inMs(awaited(turn, pace, at()), clock.monotonicMs()) : null),
    firstInMs: () => inMs(awaited(firstTurn(callsAtFirst()), pace, at()), clock.monotonicMs()),
    letOne: () => {
      isLet = true;
    },
    wokeUp: () => {
      turn = withoutTurn(turn);
    },
  };
}

/** What was made at the counter just now goes at once while KYBIO answers: it is not what an outage has piled up. */
const FRESH_MS = 60_000;

/** Everything waits for its turn: KYBIO was not reached yet, or no more, or the last one was refused for load. */
const isAllHeld = ({ reach, refusals, easing }: LinkState): boolean =>
  reach !== 'online' || (refusals > 0 && isEased(easing));

/** Whether an entry goes in turn. A clock that was set makes none fresh. */
const isHeld =
  ({ link, nowMs }: Pick<PlanInput, 'link' | 'nowMs'>) =>
  ({ createdAtMs }: SendCandidate): boolean =>
    isAllHeld(link) || Math.abs(nowMs - createdAtMs) >= FRESH_MS;

interface PlanInTurn extends Plan {
  /** What it does takes the turn. */
  readonly takesTurn: boolean;
  /** Entries stay behind that go in turn. */
  readonly holds: boolean;
}

/** The plan of a till whose turn it is: beside what is fresh, one entry or one question. */
function planWithTurn(input: PlanInput): PlanInTurn {
  const next = plan(input);
  const held = isHeld(input);
  const first = next.send.find(held);
  const send = next.send.filter((candidate) => candidate === first || !held(candidate));
  const takesTurn = first !== undefined || (next.probe && input.link.reach !== 'online');
  const holds = input.candidates.some((candidate) => candidate !== first && held(candidate));
  return { ...next, send, takesTurn, holds };
}

/** … and of one that waits for it: what is fresh, and of a member with an older entry that waits, nothing. */
function planWithoutTurn(input: PlanInput): Plan {
  const held = isHeld(input);
  const [waiting, fresh] = [input.candidates.filter(held), input.candidates.filter((one) => !held(one))];
  const busyMembers = new Set([...input.busyMembers, ...waiting.map(({ customerUid }) => customerUid)]);
  const next = plan({ ...input, candidates: fresh, busyMembers });
  return { ...next, probe: next.probe && input.link.reach === 'online' };
}
