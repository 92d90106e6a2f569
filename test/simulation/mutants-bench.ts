import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Asked, RunReport } from './mutants-child.ts';

/** Runs on one `main/`, in a process of their own. */
export interface ForkedBench {
  run(asked: Asked): Promise<RunReport>;
  close(): Promise<void>;
}

export async function forkBench(root: string): Promise<ForkedBench> {
  const child = fork(fileURLToPath(new URL('mutants-child.ts', import.meta.url)), [root], {
    execArgv: ['--single-threaded'],
  });
  const answer = async (): Promise<unknown> => {
    const stop = new AbortController();
    try {
      return await Promise.race([
        once(child, 'message', { signal: stop.signal }).then(([message]: unknown[]) => message),
        once(child, 'exit', { signal: stop.signal }).then(([code]: unknown[]) => {
          throw new Error(`the process that runs ${root} ended with ${String(code)}`);
        }),
      ]);
    } finally {
      stop.abort();
    }
  };
  await answer();
  return {
    run: async (asked) => {
      child.send(asked);
      const message = await answer();
      if (typeof message === 'object' && message !== null && 'failed' in message)
        throw new Error(String(message.failed));
      return message as RunReport;
    },
    close: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
