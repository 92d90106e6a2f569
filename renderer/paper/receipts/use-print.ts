import { useEffect, useState } from 'react';
import type { AppError, ShownPrintJob } from '../../../preload/contract/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useTopic } from '../../shared/topics.ts';
import { useQuery } from '../../shared/use-query.ts';

/** What is on its way to paper, read anew with each change. */
export function usePrintJobs(): readonly ShownPrintJob[] | null {
  const changes = useTopic('receipts', (receipts) => receipts.changes);
  return useQuery(() => bridge.receiptsQueue({}), [changes]).value?.jobs ?? null;
}

/** Asks for one paper when this is first shown: React may show it twice, a printer must not. */
export function usePrintOnce(id: string): AppError | null {
  const [failure, setFailure] = useState<AppError | null>(null);
  useEffect(() => {
    let isWanted = true;
    const asked = setTimeout(() => {
      void bridge.receiptsPrint({ id }).then((reply) => {
        if (isWanted) setFailure(reply.ok ? null : reply.error);
      });
    });
    return () => {
      isWanted = false;
      clearTimeout(asked);
    };
  }, [id]);
  return failure;
}
