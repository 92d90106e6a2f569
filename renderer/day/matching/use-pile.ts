import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppError, MatchItem, MatchPile, MatchSummary } from '../../../preload/contract/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useTopic } from '../../shared/topics.ts';

interface Shown {
  readonly pile: MatchPile;
  readonly summary: MatchSummary;
  readonly items: readonly MatchItem[];
  readonly all: number;
}

export interface Piled {
  /** Null until it was read; `gone` where what was read of the log is not there any more. */
  readonly shown: Shown | null | 'gone';
  readonly failure: AppError | null;
  readonly more: () => void;
  readonly askAgain: () => void;
}

/** A pile of the newest matching, a part at a time; `of` tells one matching from another. */
export function usePile(pile: MatchPile, of: number): Piled {
  const [shown, setShown] = useState<Piled['shown']>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  // What a blind count keeps back is told once it is committed.
  const shift = useTopic('shift', ({ open }) => `${open?.number} ${open?.stage} ${open?.outcome?.next}`);
  const wanted = useRef('');

  const load = useCallback(
    async (before: readonly MatchItem[]): Promise<void> => {
      const mine = `${of} ${pile}`;
      wanted.current = mine;
      const reply = await bridge.matchingPile({ pile, from: before.length });
      if (wanted.current !== mine) return;
      setFailure(reply.ok ? null : reply.error);
      if (!reply.ok) return;
      const { found } = reply.value;
      setShown(
        found === null
          ? 'gone'
          : { pile, summary: found.summary, items: [...before, ...found.items], all: found.all },
      );
    },
    [pile, of],
  );
  const askAgain = useCallback(() => void load([]), [load]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shift` says when to ask again.
  useEffect(askAgain, [askAgain, shift]);
  const items = shown === null || shown === 'gone' ? [] : shown.items;
  return { shown, failure, askAgain, more: () => void load(items) };
}
