import type { FailureKind } from '../../main/hosts/port/member-host.ts';
import { type Prng, weighted } from './prng.ts';

/**
 * What happens to one request. `applied` = an increment reaches the ledger all the same; where it is
 * absent the kind says so itself.
 */
export type Fault =
  | { readonly kind: 'not-sent'; readonly failure: FailureKind; readonly afterMs: number }
  | {
      readonly kind: 'lost';
      readonly failure: 'reset' | 'timeout';
      readonly applied: boolean;
      readonly afterMs: number;
    }
  /** The sender gives up, and the request arrives after that. */
  | { readonly kind: 'late'; readonly givesUpAfterMs: number; readonly arrivesAfterMs: number }
  | { readonly kind: 'truncated'; readonly afterMs: number }
  | { readonly kind: 'drip' }
  | { readonly kind: 'portal'; readonly status: 200 | 302 | 511 }
  | { readonly kind: 'status'; readonly status: number; readonly body: string; readonly applied: boolean }
  | { readonly kind: 'words'; readonly words: string; readonly applied: boolean; readonly httpStatus: number }
  | { readonly kind: 'other-member' | 'other-sums'; readonly applied: boolean }
  /** A middlebox sends it a second time; the sender hears the one or the other answer. */
  | { readonly kind: 'twice'; readonly secondAfterMs: number; readonly hears: 'first' | 'second' }
  | { readonly kind: 'slow'; readonly replyAfterMs: number };

/** Which faults a run has. Delays are counted from when the sender gave up. */
export interface FaultBounds {
  readonly refusesDuplicates: boolean;
  /** Longest time between the sender's giving up and the arrival. */
  readonly longestDelayMs: number;
  /** Delivery twice to a host that applies it twice. */
  readonly beyondBounds: boolean;
}

const notSentKinds: readonly FailureKind[] = [
  'dns',
  'connection-refused',
  'unreachable',
  'connect-timeout',
  'tls',
  'certificate',
  'proxy-refused',
  'reset',
];

const DEADLINE_MS = 60_000;

const notSent = (prng: Prng): Fault => {
  const failure = prng.pick(notSentKinds);
  return {
    kind: 'not-sent',
    failure,
    afterMs: failure === 'connect-timeout' ? 10_000 : prng.between(1, 300),
  };
};

const lost = (prng: Prng): Fault =>
  prng.chance(0.5)
    ? { kind: 'lost', failure: 'reset', applied: prng.chance(0.5), afterMs: prng.between(20, 20_000) }
    : { kind: 'lost', failure: 'timeout', applied: prng.chance(0.5), afterMs: DEADLINE_MS };

const refusedStatuses = [301, 302, 307, 308, 401, 404, 405, 407, 413, 415, 421, 511];
const brokenStatuses = [303, 403, 408, 425, 500, 502, 503, 504];

function statusFault(prng: Prng): Fault {
  const draw = prng.unit();
  if (draw < 0.25) return { kind: 'status', status: prng.pick(refusedStatuses), body: 'no', applied: false };
  if (draw < 0.35) return { kind: 'status', status: 429, body: '', applied: false };
  if (draw < 0.4) return { kind: 'status', status: 429, body: 'slow down', applied: prng.chance(0.5) };
  return {
    kind: 'status',
    status: prng.pick(brokenStatuses),
    body: '<html>gateway</html>',
    applied: prng.chance(0.5),
  };
}

const backEndWords = ['responseCode=500', 'read timed out', '系统繁忙'];
const strangeWords = ['E_0042', '处理中', 'see the log'];
const refusalWords = ['Customer is disabled', '余额不足', 'Customer does not exist'];
const ourFaultWords = ['没有权限', 'no permission'];

function wordsFault(prng: Prng): Fault {
  const draw = prng.unit();
  if (draw < 0.3) return { kind: 'words', words: prng.pick(refusalWords), applied: false, httpStatus: 200 };
  if (draw < 0.5)
    return { kind: 'words', words: prng.pick(backEndWords), applied: prng.chance(0.5), httpStatus: 200 };
  if (draw < 0.7)
    return { kind: 'words', words: prng.pick(strangeWords), applied: prng.chance(0.3), httpStatus: 200 };
  if (draw < 0.85) return { kind: 'words', words: prng.pick(ourFaultWords), applied: false, httpStatus: 200 };
  return { kind: 'words', words: prng.pick(strangeWords), applied: prng.chance(0.5), httpStatus: 500 };
}

function late(prng: Prng, bounds: FaultBounds): Fault {
  const givesUpAfterMs = prng.chance(0.5) ? DEADLINE_MS : prng.between(50, 20_000);
  return { kind: 'late', givesUpAfterMs, arrivesAfterMs: prng.between(0, bounds.longestDelayMs) };
}

/** A fault for one sending of an increment. */
export function drawFault(prng: Prng, bounds: FaultBounds): Fault {
  const kind = weighted(prng, {
    notSent: 20,
    lost: 26,
    late: 12,
    truncated: 5,
    drip: 4,
    portal: 4,
    status: 12,
    words: 10,
    other: 2,
    twice: bounds.refusesDuplicates || bounds.beyondBounds ? 5 : 0,
  });
  switch (kind) {
    case 'notSent':
      return notSent(prng);
    case 'lost':
      return lost(prng);
    case 'late':
      return late(prng, bounds);
    case 'truncated':
      return { kind, afterMs: prng.between(50, 5_000) };
    case 'drip':
      return { kind };
    case 'portal':
      return { kind, status: prng.pick([200, 200, 302, 511] as const) };
    case 'status':
      return statusFault(prng);
    case 'words':
      return wordsFault(prng);
    case 'other':
      return { kind: prng.pick(['other-member', 'other-sums'] as const), applied: prng.chance(0.5) };
    case 'twice':
      return { kind, secondAfterMs: prng.between(1, 40_000), hears: prng.pick(['first', 'second'] as const) };
  }
}

/** A fault for one read. */
export function drawReadFault(prng: Prng): Fault {
  const kind = weighted(prng, { notSent: 4, lost: 3, portal: 1, status: 1, words: 1, slow: 4 });
  switch (kind) {
    case 'notSent':
      return notSent(prng);
    case 'lost':
      return lost(prng);
    case 'portal':
      return { kind, status: prng.pick([200, 302, 511] as const) };
    case 'status':
      return {
        kind,
        status: prng.pick([403, 404, 500, 502, 503, 504]),
        body: '<html>gateway</html>',
        applied: false,
      };
    case 'words':
      return { kind, words: prng.pick([...backEndWords, ...ourFaultWords]), applied: false, httpStatus: 200 };
    case 'slow':
      return { kind, replyAfterMs: prng.between(1_000, 50_000) };
  }
}

export type OutageKind = 'refused' | 'dns' | 'swallowed' | 'portal' | 'gateway';

/** While the network is out every request meets this. */
export function outageFault(kind: OutageKind, prng: Prng): Fault {
  switch (kind) {
    case 'refused':
      return { kind: 'not-sent', failure: 'connection-refused', afterMs: 5 };
    case 'dns':
      return { kind: 'not-sent', failure: 'dns', afterMs: 20 };
    case 'swallowed':
      return { kind: 'not-sent', failure: 'connect-timeout', afterMs: 10_000 };
    case 'portal':
      return { kind: 'portal', status: prng.pick([200, 302] as const) };
    case 'gateway':
      return { kind: 'status', status: 502, body: '<html>gateway</html>', applied: prng.chance(0.2) };
  }
}
