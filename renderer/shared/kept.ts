import { useRef, useState } from 'react';
import type { AppError, Result } from '../../preload/contract/index.ts';
import { openGuarded } from './open-dialogs.ts';
import { asksForPin } from './saving.ts';
import type { SaveOf, SendWithProof } from './view-store.ts';

type Pin = Parameters<SendWithProof>[0];

interface Keeping<T> {
  readonly of: SaveOf;
  /** Main takes them as a whole. */
  readonly send: (whole: T, pin: Pin) => Promise<Result<object>>;
  readonly onSaved?: (changed: Partial<T>) => void;
}

/** Settings that are saved as each is set; one that main does not take is shown as it is kept again. */
export function useKept<T extends object>({ of, send, onSaved }: Keeping<T>) {
  const kept = useRef<T | null>(null);
  /** Set and not saved yet. */
  const open = useRef<Partial<T>>({});
  const isBusy = useRef(false);
  const [shown, show] = useState<T | null>(null);
  const [isSaved, tellSaved] = useState(false);
  const [failure, setFailure] = useState<AppError | null>(null);
  const keep = (value: T) => {
    kept.current = value;
    show({ ...value, ...open.current });
  };
  const sendOver = async (change: Partial<T>, pin: Pin): Promise<Result<object>> => {
    if (kept.current === null) return { ok: true, value: {} };
    const whole = { ...kept.current, ...change };
    const reply = await send(whole, pin);
    if (!reply.ok) return reply;
    keep(whole);
    tellSaved(true);
    onSaved?.(change);
    return { ok: true, value: {} };
  };
  const save = async () => {
    isBusy.current = true;
    let change: Partial<T>;
    let reply: Result<object>;
    do {
      change = open.current;
      reply = await sendOver(change, undefined);
      // What was set meanwhile goes with it.
    } while (open.current !== change);
    isBusy.current = false;
    open.current = {};
    if (reply.ok) return;
    show(kept.current);
    if (asksForPin(reply.error)) openGuarded({ kind: 'save', of, send: (pin) => sendOver(change, pin) });
    else setFailure(reply.error);
  };
  return {
    shown,
    keep,
    isSaved,
    failure,
    forget: () => tellSaved(false),
    set: (change: Partial<T>) => {
      if (Object.keys(change).length === 0) return;
      open.current = { ...open.current, ...change };
      show((now) => now && { ...now, ...change });
      tellSaved(false);
      setFailure(null);
      if (!isBusy.current) void save();
    },
  };
}
