import type { Result } from '../../preload/contract/index.ts';
import { askWorker } from '../kernel/ask-worker.ts';
import type { Tell } from '../kernel/progress.ts';
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
  verify(appKey: string | null, headsAt: WhereHeadsLie | null, tell: Tell): Promise<Verified>;
  /** Resolves to the number of entries; the file is complete or absent. */
  export(target: string, tell: Tell): Promise<Result<number, string>>;
}

/** Blocks this thread. */
export const recordsHere = (parts: CommandParts): Records => ({
  verify: async (appKey, headsAt, tell) => verifyCommand(parts, appKey, headsAt, tell),
  export: async (target, tell) => exportCommand(parts, target, tell),
});

/** In a worker started from this file; where none can be started in this thread, which it reports. */
export function recordsInWorker(worker: string, parts: CommandParts, say: (words: string) => void): Records {
  const here = recordsHere(parts);
  const ask = (question: Question, tell: Tell) =>
    askWorker<Answer>(worker, question, tell).catch((thrown: unknown): null => {
      say(`Not in a thread of its own: ${String(thrown)}`);
      return null;
    });
  return {
    verify: async (appKey, headsAt, tell) => {
      const answer = await ask({ ask: 'verify', file: parts.file, appKey, headsAt }, tell);
      return answer !== null && 'verified' in answer ? answer.verified : here.verify(appKey, headsAt, tell);
    },
    export: async (target, tell) => {
      const answer = await ask({ ask: 'export', file: parts.file, target }, tell);
      return answer !== null && 'exported' in answer ? answer.exported : here.export(target, tell);
    },
  };
}
