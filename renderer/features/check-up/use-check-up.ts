import { useEffect, useState } from 'react';
import type { AppError, CheckUp } from '../../../preload/contract/index.ts';
import { till } from '../../shared/bridge.ts';
import { useSnapshot } from '../../shared/snapshot.ts';

/** For what no push tells: that the time of the next question has come. */
const EVERY_MS = 15_000;

/** How far the check-up is. It goes on by itself, so it is looked at again while this is open. */
export function useCheckUp(turn: number) {
  const [checkUp, setCheckUp] = useState<CheckUp | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  // Each step of it is pushed like all else that changes.
  const revision = useSnapshot((snapshot) => snapshot.revision);
  useEffect(() => {
    let isOpen = true;
    // A turn is a start or a stop: then, and after each change, it is read anew at once.
    const read = async (_why: readonly [turn: number, revision: number]) => {
      const reply = await till.checkUpGet({});
      if (!isOpen) return;
      if (reply.ok) setCheckUp(reply.value);
      setFailure(reply.ok ? null : reply.error);
    };
    void read([turn, revision]);
    const timer = setInterval(() => void read([turn, revision]), EVERY_MS);
    return () => {
      isOpen = false;
      clearInterval(timer);
    };
  }, [turn, revision]);
  return { checkUp, failure };
}
