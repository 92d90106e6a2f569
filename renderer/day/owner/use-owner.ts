import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppError, OwnerView, PickedZ, Result } from '../../../preload/contract/index.ts';
import type { Proof } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import type { OwnerAct, OwnerAnswer } from '../../shared/view-store.ts';

export async function send(act: OwnerAct, pin: Proof): Promise<Result<OwnerAnswer>> {
  if (act.kind === 'save') {
    const { kind: _, ...wanted } = act;
    const reply = await bridge.reportsSave({ ...wanted, pin });
    if (!reply.ok) return reply;
    const { saved } = reply.value;
    const of = act.as === 'owed' ? 'owed' : 'owner';
    return { ok: true, value: { view: null, saved: saved === null ? null : { ...saved, of } } };
  }
  if (act.kind === 'import') return bridge.reportsImportFiles({ pin });
  if (act.kind === 'pick') return bridge.reportsPick({ id: act.id, digest: act.digest, pin });
  return act.kind === 'remove'
    ? bridge.reportsRemoveFile({ id: act.report.id, pin })
    : bridge.reportsLook({ pin });
}

const stop = () => void bridge.reportsCancel({});

/** Calls `then` where a manager's time ends, by itself or by *Lock now*. */
function useWhenLocked(then: () => void): void {
  const isUnlocked = useTopic('managerUnlockedUntilMs') !== null;
  const wasUnlocked = useRef(isUnlocked);
  useEffect(() => {
    if (wasUnlocked.current && !isUnlocked) then();
    wasUnlocked.current = isUnlocked;
  }, [isUnlocked, then]);
}

export interface Picked {
  readonly files: readonly PickedZ[];
  readonly left: number;
}

export function useOwner() {
  const [shown, show] = useState<OwnerView | null>(null);
  const [picked, setPicked] = useState<Picked | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const [working, setWorking] = useState<OwnerAct['kind'] | null>('look');
  const [isCalledOff, setIsCalledOff] = useState(false);
  const isThere = useRef(true);

  const take = useCallback((answer: OwnerAnswer) => {
    if (answer.saved !== undefined) {
      setFailure(null);
      if (answer.saved !== null) view.open({ kind: 'exported', ...answer.saved });
      return;
    }
    if (answer.view === null) return setIsCalledOff(true);
    show(answer.view);
    setFailure(null);
    setPicked(answer.files === undefined ? null : { files: answer.files, left: answer.left ?? 0 });
  }, []);

  const act = useCallback(
    async (wanted: OwnerAct): Promise<void> => {
      // Removing asks for confirmation first.
      if (wanted.kind === 'remove') return openGuarded({ kind: 'owner', act: wanted, onDone: take });
      setWorking(wanted.kind);
      setIsCalledOff(false);
      const reply = await send(wanted, undefined);
      if (!isThere.current) return;
      setWorking(null);
      if (reply.ok) return take(reply.value);
      if (reply.error.code === 'manager-locked')
        return openGuarded({ kind: 'owner', act: wanted, onDone: take });
      setFailure(reply.error);
    },
    [take],
  );

  useWhenLocked(
    useCallback(() => {
      show(null);
      setPicked(null);
    }, []),
  );

  useEffect(() => {
    isThere.current = true;
    void act({ kind: 'look' });
    return () => {
      isThere.current = false;
      stop();
    };
  }, [act]);

  return { shown, picked, failure, working, isCalledOff, stop, act: (wanted: OwnerAct) => void act(wanted) };
}
export type Owner = ReturnType<typeof useOwner>;
