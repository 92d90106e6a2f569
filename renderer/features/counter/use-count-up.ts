import { useEffect, useRef, useState } from 'react';
import type { Amount, Entry } from '../../../preload/contract/index.ts';
import { REDUCED_MOTION, useMedia } from '../../kit/use-media.ts';
import { amountBetween } from './count-up.ts';

const COUNT_MS = 480;

const easeOut = (share: number): number => 1 - (1 - share) ** 3;

const onTheWay = (before: Amount | null, after: Amount | null, share: number): Amount | null =>
  before === null || after === null ? after : amountBetween(before, after, share);

/** While an entry is seen to become done, its balance counts up from before to after. */
export function useCountUp(entry: Entry): { readonly entry: Entry; readonly isCounting: boolean } {
  const isStill = useMedia(REDUCED_MOTION);
  const [share, setShare] = useState(1);
  const before = useRef(entry.state);
  useEffect(() => {
    const hasBecomeDone = before.current !== 'confirmed' && entry.state === 'confirmed';
    before.current = entry.state;
    if (!hasBecomeDone || isStill) return;
    let startMs: number | null = null;
    const step = (nowMs: number) => {
      startMs ??= nowMs;
      const passed = Math.min(1, (nowMs - startMs) / COUNT_MS);
      setShare(easeOut(passed));
      if (passed < 1) frame = requestAnimationFrame(step);
    };
    let frame = requestAnimationFrame(step);
    return () => {
      cancelAnimationFrame(frame);
      setShare(1);
    };
  }, [entry.state, isStill]);
  if (share >= 1) return { entry, isCounting: false };
  const balanceAfter = onTheWay(entry.balanceBefore, entry.balanceAfter, share);
  const pointAfter = onTheWay(entry.pointBefore, entry.pointAfter, share);
  return { entry: { ...entry, balanceAfter, pointAfter }, isCounting: true };
}
