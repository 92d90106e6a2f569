import {
  afterAnsweredRead,
  afterFailedRead,
  type LinkState,
  type Moment,
  startingLink,
} from '../../../main/hosts/link/link-state.ts';
import { rememberedPauses } from '../../../main/hosts/link/pauses.ts';
import type { IncrementReply, Outcome, ReadFailure } from '../../../main/hosts/port/member-host.ts';
import type { Prng } from '../prng.ts';
import type { AccountHost, Asked, Heard } from './account-host.ts';
import { dayOf } from './demand.ts';
import type { Events } from './events.ts';
import type { TillPolicy, Use } from './policy.ts';

/** Monday, when the virtual time begins; the store's day is the host's. */
export const START_UNIX_MS = Date.UTC(2026, 10, 30);
/** Days of the store, from 0. */
export const storeDay = (unixMs: number): number => dayOf(unixMs - START_UNIX_MS);

/** KYBIO has said that the account's calls are used up. */
export const isSpent = ({ pauses }: LinkState): boolean => pauses.some(({ reason }) => reason === 'quota');

/** Then the day's end alone helps, and who looks more often only takes the simulation's time. */
export const SPENT_HEARTBEAT_MS = 300_000;

const noReply: IncrementReply = {
  ...{ customerUid: null, balanceBeforeUpdate: null, balanceAfterUpdate: null },
  ...{ pointBeforeUpdate: null, pointAfterUpdate: null, dataChangeTime: null, updateCustomerTime: null },
};

const SPENT = 'access limit reached';

export function outcomeOf({ kind }: Heard): Outcome {
  const notApplied = { kind: 'not-applied', retryAfterMs: null } as const;
  switch (kind) {
    case 'quota':
      return { ...notApplied, sent: true, cause: 'quota', pause: 'quota', messages: [SPENT] };
    case 'not-connected':
      return { ...notApplied, sent: false, cause: 'dns', pause: null, messages: [] };
    case 'lost':
      return { kind: 'unknown', cause: 'reply-lost', pause: null, messages: [], reply: null };
    case 'duplicate':
      return { kind: 'unknown', cause: 'duplicate', pause: null, messages: [], reply: null };
    default:
      return { kind: 'applied', reply: noReply };
  }
}

function failureOf({ kind }: Heard): ReadFailure | null {
  switch (kind) {
    case 'quota':
      return { kind: 'paused', cause: 'quota', pause: 'quota', messages: [SPENT] };
    case 'not-connected':
      return { kind: 'not-connected', cause: 'dns', pause: null, messages: [] };
    case 'lost':
      return { kind: 'no-answer', cause: 'reply-lost', pause: null, messages: [] };
    default:
      return null;
  }
}

/** A till's way to KYBIO: what the shipped link makes of each answer, and how many calls were for what. */
export interface Line {
  readonly state: LinkState;
  update(change: (state: LinkState, at: Moment) => LinkState): void;
  onChange(listener: (before: LinkState, after: LinkState) => void): void;
  readonly clock: { nowMs(): number; monotonicMs(): number };
  /** The program starts: what must survive is remembered. */
  start(): void;
  send(asked: Asked, heard: (heard: Heard) => void): void;
  /** Null where it was not answered. `isNeeded`: a person needs it. */
  read(asked: Asked, use: Use, isNeeded: boolean, heard: (heard: Heard | null) => void): void;
}

export interface LineParts {
  readonly events: Events;
  readonly host: AccountHost;
  readonly prng: Prng;
  readonly isReachable: () => boolean;
  readonly policy: () => TillPolicy;
}

export function createLine({ events, host, prng, isReachable, policy }: LineParts): Line {
  let state: LinkState = startingLink;
  const listeners: ((before: LinkState, after: LinkState) => void)[] = [];
  const clock = { nowMs: () => Math.floor(START_UNIX_MS + events.now()), monotonicMs: events.now };
  const set = (next: LinkState) => {
    const before = state;
    state = next;
    if (before !== next) for (const listener of listeners) listener(before, next);
  };
  const update: Line['update'] = (change) =>
    set(change(state, { nowMs: clock.nowMs(), monotonicMs: events.now(), unit: prng.unit() }));
  const call = (asked: Asked, use: Use, isNeeded: boolean, heard: (heard: Heard) => void) => {
    // Counted before it is made: many at once would all find calls left. What reaches nobody counts nowhere.
    if (isReachable()) policy().made(use);
    host.call(asked, use, isNeeded, isReachable, heard);
  };
  return {
    get state() {
      return state;
    },
    clock,
    update,
    onChange: (listener) => void listeners.push(listener),
    start: () =>
      set({ ...startingLink, pauses: rememberedPauses(state), failureBackoff: state.failureBackoff }),
    send: (asked, heard) => call(asked, 'increment', false, heard),
    read: (asked, use, isNeeded, heard) =>
      call(asked, use, isNeeded, (said) => {
        const failure = failureOf(said);
        update((link, at) =>
          failure === null ? afterAnsweredRead(link, at) : afterFailedRead(link, failure, at),
        );
        heard(failure === null ? said : null);
      }),
  };
}
