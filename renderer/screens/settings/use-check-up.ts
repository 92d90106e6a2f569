import { useEffect, useState } from 'react';
import type { AppError, CheckUp } from '../../../preload/contract/index.ts';
import { till } from '../../bridge.ts';

const RUNNING_EVERY_MS = 2_000;
const WAITING_EVERY_MS = 30_000;

/** How far the check-up is. It goes on by itself, so it is looked at again while this is open. */
export function useCheckUp(turn: number) {
  const [checkUp, setCheckUp] = useState<CheckUp | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const state = checkUp?.state;
  useEffect(() => {
    let isOpen = true;
    // A turn is a start or a stop: then it is read anew at once.
    const read = async (_turn: number) => {
      const reply = await till.checkUpGet({});
      if (!isOpen) return;
      if (reply.ok) setCheckUp(reply.value);
      setFailure(reply.ok ? null : reply.error);
    };
    void read(turn);
    const everyMs = state === 'running' ? RUNNING_EVERY_MS : WAITING_EVERY_MS;
    const timer = setInterval(() => void read(turn), everyMs);
    return () => {
      isOpen = false;
      clearInterval(timer);
    };
  }, [state, turn]);
  return { checkUp, failure };
}
