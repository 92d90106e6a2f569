import { z } from 'zod';
import { type Pause, type PauseReason, pauseSchema } from '../../../preload/contract/index.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import type { Exchange } from '../port/member-host.ts';
import { createStoredBackoff, noBackoff } from './backoff.ts';
import {
  afterSkew,
  type LinkState,
  type Moment,
  startingLink,
  withOtherKey,
  withPause,
} from './link-state.ts';
import { isForRefusedKey, rememberedPauses } from './pauses.ts';
import { keepSkew } from './stored-skew.ts';

/** Holds the link's state, stores across restarts what must survive, and publishes every change. */
export interface Link {
  readonly state: LinkState;
  update(change: (state: LinkState, at: Moment) => LinkState): void;
  /** Stores a pause in the caller's transaction; throws where that fails. `update` applies it once that is committed. */
  keepPause(reason: PauseReason, words: string): void;
  /** Measures this PC's clock skew. */
  hear(exchange: Exchange): void;
  /** Calls back after every change. */
  onChange(listener: (before: LinkState, after: LinkState) => void): void;
}

const KEY = 'link.pauses';

/** A pause for a refused key stores its fingerprint: the key may be changed while the till is closed. */
const storedPauseSchema = pauseSchema.extend({ keyFingerprint: z.string().nullable().optional() });
type StoredPause = z.infer<typeof storedPauseSchema>;

/** `presentKey`: the fingerprint of the till's key; null without one. */
export function createLink(
  settings: Settings,
  clock: Clock,
  random: Random,
  logger: Logger,
  presentKey: () => string | null = () => null,
): Link {
  const recalled = recall(settings);
  let refusedKey = recalled.find(isForRefusedKey)?.keyFingerprint ?? null;
  const storedBackoff = createStoredBackoff(settings, clock, logger);
  let state: LinkState = {
    ...afterRecall(recalled, presentKey()),
    backoff: storedBackoff.recall(),
  };
  let kept = settings.get(KEY) ?? '[]';
  const listeners: ((before: LinkState, after: LinkState) => void)[] = [];

  const textOf = (of: LinkState): string =>
    JSON.stringify(
      rememberedPauses(of).map(
        (pause): StoredPause => (isForRefusedKey(pause) ? { ...pause, keyFingerprint: refusedKey } : pause),
      ),
    );

  const keep = () => {
    const now = textOf(state);
    if (now === kept) return;
    try {
      settings.set(KEY, now);
      kept = now;
    } catch (thrown) {
      // The pause holds in memory; after a restart KYBIO's answer restores it.
      logger.warn('link.pauses-not-kept', { error: String(thrown) });
    }
  };

  const update: Link['update'] = (change) => {
    const before = state;
    state = change(state, { nowMs: clock.nowMs(), monotonicMs: clock.monotonicMs(), unit: random.unit() });
    if (state === before) return;
    if (!before.pauses.some(isForRefusedKey)) refusedKey = presentKey();
    logPauses(logger, before, state);
    keep();
    // A failed connection cost nothing: after a restart it is tried at once.
    const isStored = state.backoff.isOfIncrement || state.reach !== 'offline';
    storedBackoff.keep(isStored ? state.backoff : noBackoff);
    const after = state;
    for (const listener of listeners) listener(before, after);
  };

  return {
    get state() {
      return state;
    },
    update,
    keepPause: (reason, words) => settings.set(KEY, textOf(withPause(state, reason, words, clock.nowMs()))),
    hear: (exchange) => {
      const dateMs = exchange.response?.dateMs ?? null;
      if (dateMs === null) return;
      // The header has a resolution of a second, and was written at some point in between.
      const skewMs = Math.round(dateMs + 500 - (exchange.startedAtMs + exchange.endedAtMs) / 2);
      update((now) => afterSkew(now, skewMs));
      keepSkew(settings, logger, skewMs);
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

function logPauses(logger: Logger, before: LinkState, after: LinkState): void {
  for (const pause of after.pauses) {
    if (!before.pauses.some((known) => known.reason === pause.reason)) {
      logger.warn('queue.paused', { reason: pause.reason, words: pause.words });
    }
  }
  for (const pause of before.pauses) {
    if (!after.pauses.some((known) => known.reason === pause.reason)) {
      logger.info('queue.pause-ended', { reason: pause.reason });
    }
  }
}

/** A pause for another key is checked with KYBIO and not by a person. */
function afterRecall(recalled: readonly StoredPause[], presentKey: string | null): LinkState {
  const pauses = recalled.map(({ keyFingerprint: _, ...pause }): Pause => pause);
  const link = { ...startingLink, pauses };
  const refusedKey = recalled.find(isForRefusedKey)?.keyFingerprint;
  return presentKey === null || presentKey === refusedKey ? link : withOtherKey(link);
}

function recall(settings: Settings): readonly StoredPause[] {
  const parsed = storedPauseSchema.array().safeParse(readJson(settings.get(KEY)));
  return parsed.success ? parsed.data : [];
}
