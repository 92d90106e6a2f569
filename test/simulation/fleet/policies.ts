import { backoffDelayMs } from '../../../main/hosts/link/backoff.ts';
import type { ChainRateLimit } from '../../../main/hosts/link/chain-rate-limit.ts';
import type { LinkState, Moment } from '../../../main/hosts/link/link-state.ts';
import { noLoadBackoff } from '../../../main/hosts/link/load-backoff.ts';
import type { Outcome } from '../../../main/hosts/port/member-host.ts';
import { type Plan, type PlanInput, plan } from '../../../main/sending/plan.ts';
import { createSendSlots, type SendSlots } from '../../../main/sending/send-slots.ts';

/** What a policy may see of its till. */
export interface Seen {
  readonly link: { readonly state: LinkState };
  readonly clock: { nowMs(): number; monotonicMs(): number };
  readonly unit: () => number;
  readonly callsForEntries: () => number;
  readonly callsAtFirst: number;
  readonly pace: ChainRateLimit;
}

export interface Sender {
  plan(input: PlanInput): Plan;
  readonly sendSlots?: SendSlots;
  /** What the link makes of it, where that is not what ships. */
  link?(after: LinkState, outcome: Outcome, at: Moment): LinkState;
}

export interface Policy {
  readonly name: string;
  readonly create: (seen: Seen) => Sender;
}

const nothing = { send: [], probe: false } as const;

/** The link without what a till learns from being refused. */
const backOffAlone = (after: LinkState, outcome: Outcome, { monotonicMs, unit }: Moment): LinkState => {
  const retryAfterMs = outcome.kind === 'not-applied' ? (outcome.retryAfterMs ?? 0) : 0;
  const backOffMs = backoffDelayMs(after.refusals, unit, { firstDelayMs: 1_000, longestDelayMs: 900_000 });
  const isRefused = after.refusals > 0 && after.reach === 'online';
  return {
    ...after,
    loadBackoff: noLoadBackoff,
    retryAtMonotonicMs: isRefused
      ? monotonicMs + Math.max(retryAfterMs, backOffMs)
      : after.retryAtMonotonicMs,
    ...(outcome.kind === 'applied' ? { retryAtMonotonicMs: 0 } : {}),
  };
};

/** Everything that waits goes as soon as KYBIO is reached, and what was refused after its wait. */
export const asSoonAsPossible: Policy = {
  name: 'back-off alone',
  create: () => ({ plan, link: backOffAlone }),
};

const SPREAD_MS = 1_800_000;

/** Once it has reached KYBIO after an outage a till waits for a moment drawn from half an hour. */
export const fullJitter: Policy = {
  name: 'full jitter over half an hour',
  create: ({ link, clock, unit }) => {
    let wasAway = true;
    let fromMs = 0;
    return {
      link: backOffAlone,
      plan: (input) => {
        if (link.state.reach === 'offline') wasAway = true;
        if (link.state.reach === 'online' && wasAway) {
          wasAway = false;
          fromMs = clock.monotonicMs() + unit() * SPREAD_MS;
        }
        const waitMs = fromMs - clock.monotonicMs();
        return waitMs > 0 && !wasAway ? { ...nothing, wakeInMs: waitMs } : plan(input);
      },
    };
  },
};

/** A refused till comes back somewhere between KYBIO's word and twice that, and has one call under way. */
const jittered = (after: LinkState, outcome: Outcome, { monotonicMs, unit }: Moment): LinkState =>
  outcome.kind === 'not-applied' && outcome.retryAfterMs !== null
    ? {
        ...after,
        retryAtMonotonicMs: Math.max(
          after.retryAtMonotonicMs,
          monotonicMs + outcome.retryAfterMs * (1 + unit),
        ),
      }
    : after;

export const retryAfterAndJitter: Policy = {
  name: 'Retry-After and jitter',
  create: () => ({ plan, link: jittered }),
};

/** What ships where nobody has told a pace. */
export const loadBackoff: Policy = { name: 'easing: once refused, half as often', create: () => ({ plan }) };

const EACH_MS = 60_000;

/** A budget that fits every chain or none: a call a minute for each till, from a moment of its own. */
export const callAMinute: Policy = {
  name: 'budget: a call a minute each',
  create: ({ clock, unit }) => {
    let fromMs = unit() * EACH_MS;
    return {
      link: backOffAlone,
      plan: (input) => {
        const waitMs = fromMs - clock.monotonicMs();
        if (waitMs > 0) return { ...nothing, wakeInMs: waitMs };
        const next = plan(input);
        if (next.send.length > 0 || next.probe) fromMs = clock.monotonicMs() + EACH_MS;
        return next;
      },
    };
  },
};

/** What ships where a till was told its chain's pace. */
export const turns: Policy = {
  name: 'turns: with the rate limit of the chain',
  create: ({ link, clock, callsForEntries, callsAtFirst, pace: rateLimit }) => {
    const sendSlots = createSendSlots({
      ...{ rateLimit, clock, link, meter: { callsForEntries } },
      callsAtFirst: () => callsAtFirst,
      changed: () => undefined,
    });
    return { plan: sendSlots.plan, sendSlots };
  },
};

export const policies: readonly Policy[] = [
  asSoonAsPossible,
  fullJitter,
  retryAfterAndJitter,
  loadBackoff,
  callAMinute,
  turns,
];
