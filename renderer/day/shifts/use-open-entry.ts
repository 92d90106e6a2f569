import { useState } from 'react';
import type { AppError } from '../../../preload/contract/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { topics } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';

/** Opens the details of an entry of any day by its id. */
export function useOpenEntry() {
  const [failure, setFailure] = useState<AppError | null>(null);
  const open = async (id: string): Promise<void> => {
    setFailure(null);
    const listed = topics.now('activity')?.find((entry) => entry.id === id);
    if (listed !== undefined) return view.open({ kind: 'details', entry: listed });
    const reply = await bridge.findRows({ ids: [id] });
    if (!reply.ok) return setFailure(reply.error);
    const [found] = reply.value.entries;
    if (found === undefined) return setFailure({ code: 'entry-not-found' });
    view.open({ kind: 'details', entry: found });
  };
  return { open: ({ id }: { readonly id: string }) => void open(id), failure };
}
