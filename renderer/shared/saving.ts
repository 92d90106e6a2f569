import { useRef, useState } from 'react';
import type { AppError, Result } from '../../preload/contract/index.ts';
import { openGuarded } from './open-dialogs.ts';
import type { SaveOf, SendWithProof } from './view-store.ts';

/** Main's answers where whoever is there does not do it alone. */
export const asksForPin = ({ code }: AppError): boolean =>
  code === 'manager-locked' || code === 'approval-needed';

/** Saves at once where main asks for no PIN, and otherwise with one. */
export function useSaving(of: SaveOf) {
  const isBusy = useRef(false);
  const [isWorking, setWorking] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const [failure, setFailure] = useState<AppError | null>(null);
  const save = async <T>(
    send: (pin: Parameters<SendWithProof>[0]) => Promise<Result<T>>,
    onSaved: (value: T) => void,
  ) => {
    if (isBusy.current) return;
    isBusy.current = true;
    setWorking(true);
    setFailure(null);
    const sendWithProof: SendWithProof = async (pin) => {
      const reply = await send(pin);
      if (!reply.ok) return reply;
      setSaved(true);
      onSaved(reply.value);
      return { ok: true, value: {} };
    };
    const reply = await sendWithProof(undefined);
    isBusy.current = false;
    setWorking(false);
    if (reply.ok) return;
    if (asksForPin(reply.error)) openGuarded({ kind: 'save', of, send: sendWithProof });
    else setFailure(reply.error);
  };
  return {
    isWorking,
    isSaved,
    failure,
    /** After another change. */
    forget: () => {
      setSaved(false);
      setFailure(null);
    },
    save,
  };
}
