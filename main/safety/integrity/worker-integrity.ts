import { rm } from 'node:fs/promises';
import type { AppError, Result } from '../../../preload/contract/index.ts';
import { askWorker } from '../../kernel/ask-worker.ts';
import type { Logger } from '../../kernel/ports.ts';
import type { OnProgress } from '../../kernel/progress.ts';
import type { Integrity } from './integrity.ts';
import type { FileFacts } from './integrity-repository.ts';

export type Question =
  | { readonly ask: 'pages'; readonly file: string }
  | { readonly ask: 'check'; readonly file: string; readonly key: Uint8Array | null }
  | { readonly ask: 'copy'; readonly file: string; readonly to: string };

export type Answer =
  | { readonly problem: AppError | null }
  | { readonly found: Result<FileFacts> }
  | { readonly copied: true }
  | { readonly failed: string; readonly code: string | null };

/** In a worker, so that the till works meanwhile; `here` where none can be started. */
export function createWorkerIntegrity(worker: string, here: Integrity, logger: Logger): Integrity {
  const askOrNull = async (question: Question, onProgress?: OnProgress): Promise<Answer | null> => {
    try {
      return await askWorker<Answer>(worker, question, onProgress);
    } catch (thrown) {
      logger.warn('integrity.no-worker', { error: String(thrown) });
      return null;
    }
  };
  return {
    checkPages: async (file) => {
      const answer = await askOrNull({ ask: 'pages', file });
      return answer !== null && 'problem' in answer ? answer.problem : here.checkPages(file);
    },
    check: async (file, key, onProgress) => {
      const answer = await askOrNull({ ask: 'check', file, key }, onProgress);
      return answer !== null && 'found' in answer ? answer.found : here.check(file, key, onProgress);
    },
    copy: async (file, to, onProgress) => {
      const answer = await askOrNull({ ask: 'copy', file, to }, onProgress);
      if (answer !== null && 'failed' in answer)
        throw Object.assign(new Error(answer.failed), answer.code === null ? {} : { code: answer.code });
      if (answer !== null) return;
      // A worker that died left it.
      await rm(to, { force: true });
      await here.copy(file, to, onProgress);
    },
  };
}
