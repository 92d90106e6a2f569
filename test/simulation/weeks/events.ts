interface Due {
  atMs: number;
  order: number;
  action: (() => void) | null;
}

/** Virtual time for a whole chain: whatever is due happens in order, and the rest of the time costs nothing. */
export interface Events {
  now(): number;
  after(delayMs: number, action: () => void): () => void;
  /** The next one that is due until then; false where there is none. */
  step(untilMs: number): boolean;
}

const isEarlier = (left: Due, right: Due): boolean =>
  left.atMs === right.atMs ? left.order < right.order : left.atMs < right.atMs;

/** A binary heap; what was forgotten stays in it until its time. */
export function createEvents(): Events {
  const heap: Due[] = [];
  let nowMs = 0;
  let order = 0;

  const push = (due: Due) => {
    let at = heap.length;
    heap.push(due);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !isEarlier(due, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = due;
  };

  /** Puts the last one at the top, and lets it sink. */
  const sink = (due: Due) => {
    let at = 0;
    for (let below = 1; below < heap.length; below = 2 * at + 1) {
      const [left, right] = [heap[below], heap[below + 1]];
      if (left === undefined) break;
      const isRight = right !== undefined && isEarlier(right, left);
      const child = isRight ? right : left;
      if (!isEarlier(child, due)) break;
      heap[at] = child;
      at = isRight ? below + 1 : below;
    }
    heap[at] = due;
  };

  const pop = () => {
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) sink(last);
  };

  return {
    now: () => nowMs,
    after: (delayMs, action) => {
      order += 1;
      const due: Due = { atMs: nowMs + Math.max(0, delayMs), order, action };
      push(due);
      return () => {
        due.action = null;
      };
    },
    step: (untilMs) => {
      while (heap[0]?.action === null) pop();
      const [first] = heap;
      if (first === undefined || first.atMs > untilMs) return false;
      pop();
      nowMs = first.atMs;
      first.action?.();
      return true;
    },
  };
}
