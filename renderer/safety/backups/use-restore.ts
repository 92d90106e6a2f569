import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppError, ChannelReply, FoundBackup, Result } from '../../../preload/contract/index.ts';
import type { Proof } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';

export type InspectedBackup = ChannelReply<'restore:look'> & { readonly backup: FoundBackup };

export function useRestore() {
  const [found, setFound] = useState<readonly FoundBackup[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [looked, setLooked] = useState<InspectedBackup | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [isWorking, setWorking] = useState(false);
  const isBusy = useRef(false);

  const run = useCallback(
    async <T>(
      ask: () => Promise<Result<T>>,
      then: (value: T) => void,
      onFailure?: (error: AppError) => void,
    ) => {
      if (isBusy.current) return;
      isBusy.current = true;
      setWorking(true);
      setError(null);
      const reply = await ask();
      isBusy.current = false;
      setWorking(false);
      if (reply.ok) return then(reply.value);
      setError(reply.error);
      onFailure?.(reply.error);
    },
    [],
  );

  const find = useCallback(
    (elsewhere: boolean) =>
      void run(
        () => bridge.restoreFind({ elsewhere }),
        ({ backups }) => {
          if (backups === null) return;
          setFound(backups);
          setChosen(backups[0]?.id ?? null);
          setLooked(null);
        },
      ),
    [run],
  );

  useEffect(() => find(false), [find]);

  const backup = found?.find(({ id }) => id === chosen);
  return {
    found,
    backup,
    chosen,
    looked,
    error,
    isWorking,
    find,
    choose: (id: string) => {
      setChosen(id);
      setLooked(null);
      setError(null);
    },
    look: (passphrase: string) => {
      if (backup === undefined) return;
      void run(
        () => bridge.restoreLook({ id: backup.id, ...(backup.isSealed ? { passphrase } : {}) }),
        (facts) => setLooked({ ...facts, backup }),
      );
    },
    start: (otherMachine: boolean, pin: Proof, onFailure: (error: AppError) => void) => {
      if (looked === null) return;
      // The result is another screen.
      void run(
        () => bridge.restoreStart({ id: looked.backup.id, otherMachine, pin }),
        () => undefined,
        onFailure,
      );
    },
    back: () => {
      setLooked(null);
      setError(null);
    },
  };
}
export type Restore = ReturnType<typeof useRestore>;
