import type { HostProfile } from '../hosts/index.ts';
import { type ChainRateLimit, isInLoadBackoff, type Link, type LinkState } from '../hosts/link/index.ts';
import type { Clock } from '../kernel/ports.ts';
import type { Changed } from '../kernel/room.ts';
import type { SendCandidate } from '../ledger/index.ts';
import { type HeardSkew, heardAgain, likelySkewMs } from './chain-clock.ts';
import { type Plan, type PlanInput, plan } from './plan.ts';
import { awaited, firstSlot, inMs, type SendSlot, used, withoutSlot } from './send-slot.ts';

/** Sends waiting entries in this till's send slots, if the chain has a rate limit (ADR 37). */
export interface SendSlots {
  /** What to do next; a plan that uses the slot has taken it. */
  plan(input: PlanInput): Plan;
  /** How long entries wait for the slot, ms; null if none does. */
  heldForMs(): number | null;
  /** Time to the first slot after a start, ms; 0 without slots. */
  firstInMs(): number;
  /** Lets one go at once. */
  letOne(): void;
  /** The PC slept: the slot has passed. */
  wokeUp(): void;
}

interface SendSlotsParts {
  /** Null without a chain rate limit. */
  readonly rateLimit: ChainRateLimit | null;
  /** Calls per entry until measured. */
  readonly callsAtFirst: () => number;
  readonly meter: { readonly callsForEntries: () => number };
  readonly link: Pick<Link, 'state'>;
  readonly clock: Pick<Clock, 'nowMs' | 'monotonicMs'>;
  readonly changed: Changed<'link'>;
}

/** An entry that waited over a start needs a pre-send check, unless the host is proven to refuse duplicates. */
export const callsAtFirst = ({ duplicates }: Pick<HostProfile, 'duplicates'>): number =>
  duplicates === null ? 2 : 1;

const noSlots: SendSlots = {
  plan,
  heldForMs: () => null,
  firstInMs: () => 0,
  letOne: () => undefined,
  wokeUp: () => undefined,
};

export function createSendSlots({
  rateLimit,
  callsAtFirst,
  meter,
  link,
  clock,
  changed,
}: SendSlotsParts): SendSlots {
  if (rateLimit === null) return noSlots;
  let slot: SendSlot = firstSlot(callsAtFirst());
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
  const stand = (next: SendSlot, isHolding: boolean) => {
    const isSame = holds === isHolding && slot.atMonotonicMs === next.atMonotonicMs;
    slot = next;
    holds = isHolding;
    if (!isSame) changed('link');
  };
  const afterUse = (): SendSlot => {
    const made = meter.callsForEntries() - calls;
    calls += made;
    isLet = false;
    return used(slot, clock.monotonicMs(), link.state.reach === 'online' ? made : null);
  };

  return {
    plan: (asked) => {
      // A probe before the entry would be one more call in each till's slot.
      const input = { ...asked, mayAsk: false };
      const now = planWithSlot(input);
      if (!now.takesSlot) {
        isLet &&= now.holds;
        stand(withoutSlot(slot), now.holds);
        return now;
      }
      const next = awaited(slot, rateLimit, at());
      const waitMs = isLet ? 0 : inMs(next, input.monotonicMs);
      if (waitMs === 0) {
        stand(afterUse(), now.holds);
        return now;
      }
      stand(next, true);
      const meanwhile = planWithoutSlot(input);
      return { ...meanwhile, wakeInMs: Math.min(waitMs, meanwhile.wakeInMs ?? waitMs) };
    },
    heldForMs: () => (holds ? inMs(awaited(slot, rateLimit, at()), clock.monotonicMs()) : null),
    firstInMs: () => inMs(awaited(firstSlot(callsAtFirst()), rateLimit, at()), clock.monotonicMs()),
    letOne: () => {
      isLet = true;
    },
    wokeUp: () => {
      slot = withoutSlot(slot);
    },
  };
}

/** A new entry goes at once while KYBIO answers: an outage has not piled it up. */
const FRESH_MS = 60_000;

/** Everything waits for the slot: KYBIO is not reached, or the last send was refused for load. */
const isAllHeld = ({ reach, refusals, loadBackoff }: LinkState): boolean =>
  reach !== 'online' || (refusals > 0 && isInLoadBackoff(loadBackoff));

/** Whether an entry waits for the slot; a clock that was set makes none new. */
const isHeld =
  ({ link, nowMs }: Pick<PlanInput, 'link' | 'nowMs'>) =>
  ({ createdAtMs }: SendCandidate): boolean =>
    isAllHeld(link) || Math.abs(nowMs - createdAtMs) >= FRESH_MS;

interface PlanInSlot extends Plan {
  /** It uses the slot. */
  readonly takesSlot: boolean;
  /** Entries still wait for a slot. */
  readonly holds: boolean;
}

/** The plan in the slot: new entries, and one waiting entry or probe. */
function planWithSlot(input: PlanInput): PlanInSlot {
  const next = plan(input);
  const held = isHeld(input);
  const first = next.send.find(held);
  const send = next.send.filter((candidate) => candidate === first || !held(candidate));
  const takesSlot = first !== undefined || (next.probe && input.link.reach !== 'online');
  const holds = input.candidates.some((candidate) => candidate !== first && held(candidate));
  return { ...next, send, takesSlot, holds };
}

/** The plan outside the slot: new entries, except of members with a waiting one. */
function planWithoutSlot(input: PlanInput): Plan {
  const held = isHeld(input);
  const [waiting, fresh] = [input.candidates.filter(held), input.candidates.filter((one) => !held(one))];
  const busyMembers = new Set([...input.busyMembers, ...waiting.map(({ customerUid }) => customerUid)]);
  const next = plan({ ...input, candidates: fresh, busyMembers });
  return { ...next, probe: next.probe && input.link.reach === 'online' };
}
