import { useRef, useState } from 'react';
import type { AppError, Result } from '../../preload/contract/index.ts';
import { openGuarded } from './open-dialogs.ts';
import type { SaveOf, SendWithProof } from './view-store.ts';

/** Main's answers where whoever is there does not do it alone. */
const asksForPin: ReadonlySet<AppError['code']> = new Set<AppError['code']>([
  'manager-locked',
  'approval-needed',
]);

/** Refusals about what is on the screen: told there, not over it. */
const ofScreen: ReadonlySet<AppError['code']> = new Set<AppError['code']>([
  'rules-changed',
  'rules-invalid',
  'undo-over',
]);

/** What became of the last press; `undo` is null where there is nothing to undo. */
export type Told = { readonly kind: 'saved'; readonly undo: string | null } | { readonly kind: 'undone' };

interface Act<T> {
  readonly isUndo: boolean;
  readonly changes?: readonly string[] | undefined;
  readonly send: (pin: Parameters<SendWithProof>[0]) => Promise<Result<T>>;
  readonly onDone: (value: T) => void;
}

/** Saves and undoes at once where main asks for no PIN, and otherwise with one. */
export function useSaving(of: SaveOf, onRefused?: (error: AppError) => void) {
  const isBusy = useRef(false);
  const [isWorking, setWorking] = useState(false);
  const [told, setTold] = useState<Told | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const refuse = (error: AppError) => {
    setFailure(error);
    onRefused?.(error);
  };
  const submit = async <T>({ isUndo, changes, send, onDone }: Act<T>) => {
    if (isBusy.current) return;
    isBusy.current = true;
    setWorking(true);
    setFailure(null);
    const sendWithProof: SendWithProof = async (pin) => {
      const reply = await send(pin);
      if (reply.ok) onDone(reply.value);
      return reply.ok ? { ok: true, value: {} } : reply;
    };
    const reply = await sendWithProof(undefined);
    isBusy.current = false;
    setWorking(false);
    if (reply.ok) return;
    if (!asksForPin.has(reply.error.code)) return refuse(reply.error);
    const onFailure = (error: AppError) => {
      if (ofScreen.has(error.code)) refuse(error);
      return ofScreen.has(error.code);
    };
    openGuarded({ kind: 'save', of, isUndo, changes, send: sendWithProof, onFailure });
  };
  return {
    isWorking,
    told,
    failure,
    /** After another change. */
    forget: () => {
      setTold(null);
      setFailure(null);
    },
    save: <T extends { readonly undo: string | null }>(
      send: Act<T>['send'],
      onSaved: (value: T) => void,
      changes?: readonly string[],
    ) => {
      const onDone = (value: T) => {
        setTold({ kind: 'saved', undo: value.undo });
        onSaved(value);
      };
      void submit({ isUndo: false, changes, send, onDone });
    },
    undo: <T>(send: Act<T>['send'], onUndone: (value: T) => void) => {
      const onDone = (value: T) => {
        setTold({ kind: 'undone' });
        onUndone(value);
      };
      void submit({ isUndo: true, send, onDone });
    },
  };
}
export type Saving = ReturnType<typeof useSaving>;
