import type { Result } from '../../preload/contract/index.ts';
import { askWorker } from '../kernel/ask-worker.ts';
import type { OnProgress } from '../kernel/progress.ts';
import { type CommandParts, exportCommand, verifyCommand } from './commands.ts';
import type { WhereHeadsLie } from './verify.ts';

export type Question =
  | { readonly ask: 'export'; readonly file: string; readonly target: string }
  | {
      readonly ask: 'verify';
      readonly file: string;
      readonly appKey: string | null;
      readonly headsAt: (Omit<WhereHeadsLie, 'key'> & { readonly key: Uint8Array }) | null;
    };

type Verified = ReturnType<typeof verifyCommand>;

export type Answer = { readonly verified: Verified } | { readonly exported: Result<number, string> };

/** Work on all records of a till, read-only and also beside an open one. */
export interface Records {
  verify(appKey: string | null, headsAt: WhereHeadsLie | null, onProgress: OnProgress): Promise<Verified>;
  /** Resolves to the number of entries; the file is complete or absent. */
  export(target: string, onProgress: OnProgress): Promise<Result<number, string>>;
}

/** Blocks this thread. */
export const recordsHere = (parts: CommandParts): Records => ({
  verify: async (appKey, headsAt, onProgress) => verifyCommand(parts, appKey, headsAt, onProgress),
  export: async (target, onProgress) => exportCommand(parts, target, onProgress),
});

/** In a worker started from this file; where none can be started in this thread, which it reports. */
export function recordsInWorker(worker: string, parts: CommandParts, say: (words: string) => void): Records {
  const here = recordsHere(parts);
  const ask = (question: Question, onProgress: OnProgress) =>
    askWorker<Answer>(worker, question, onProgress).catch((thrown: unknown): null => {
      say(`Not in a thread of its own: ${String(thrown)}`);
      return null;
    });
  return {
    verify: async (appKey, headsAt, onProgress) => {
      const answer = await ask({ ask: 'verify', file: parts.file, appKey, headsAt }, onProgress);
      return answer !== null && 'verified' in answer
        ? answer.verified
        : here.verify(appKey, headsAt, onProgress);
    },
    export: async (target, onProgress) => {
      const answer = await ask({ ask: 'export', file: parts.file, target }, onProgress);
      return answer !== null && 'exported' in answer ? answer.exported : here.export(target, onProgress);
    },
  };
}
