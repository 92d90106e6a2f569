import type { AppError, Changes, Result, Snapshot } from '../../preload/contract/index.ts';

/** Retry interval of a failed snapshot. */
const ASK_AGAIN_MS = 2_000;

export interface FeedPorts {
  readonly onChanges: (listener: (changes: Changes) => void) => () => void;
  readonly appSnapshot: (args: Record<string, never>) => Promise<Result<Snapshot>>;
  readonly take: (snapshot: Snapshot) => void;
  readonly apply: (changes: Changes) => void;
  /** Why there is no valid snapshot; null once there is. */
  readonly onFailure: (failure: AppError | null) => void;
  /** Calls `action` once after `delayMs`; the returned function cancels it. */
  readonly after: (delayMs: number, action: () => void) => () => void;
}

/**
 * Keeps the topics in sync with main. It subscribes before requesting the snapshot, so that no change is missed.
 * Pushes are numbered; after a gap the snapshot is requested again. The returned function stops it.
 */
export function feedTopics(ports: FeedPorts): () => void {
  /** The newest push applied; null before the first snapshot. */
  let shown: number | null = null;
  /** Pushes received while waiting for a snapshot. */
  let early: Changes[] = [];
  let isAsking = false;
  let stopped = false;
  let forget: () => void = () => undefined;

  /** False on a gap. A push already applied changes nothing. */
  const follow = (changes: Changes): boolean => {
    if (shown === null || changes.number > shown + 1) return false;
    if (changes.number === shown + 1) {
      ports.apply(changes);
      shown = changes.number;
    }
    return true;
  };

  const ask = async (): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    forget();
    const reply = await ports.appSnapshot({});
    isAsking = false;
    if (stopped) return;
    if (!reply.ok) {
      ports.onFailure(reply.error);
      forget = ports.after(ASK_AGAIN_MS, () => void ask());
      return;
    }
    ports.take(reply.value);
    shown = reply.value.revision;
    ports.onFailure(null);
    const waiting = early.sort((one, other) => one.number - other.number);
    early = [];
    for (const changes of waiting) hear(changes);
  };

  const hear = (changes: Changes): void => {
    if (!isAsking && follow(changes)) return;
    early.push(changes);
    void ask();
  };

  const stop = ports.onChanges(hear);
  void ask();
  return () => {
    stopped = true;
    forget();
    stop();
  };
}
