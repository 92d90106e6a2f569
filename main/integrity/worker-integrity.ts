import { Worker } from 'node:worker_threads';
import type { Result } from '../../preload/contract/index.ts';
import type { Logger } from '../ports.ts';
import { checkHere, type Integrity } from './integrity.ts';
import type { FileFacts } from './integrity-repository.ts';

/** What the worker is asked. */
export interface Question {
  readonly file: string;
  readonly key: Uint8Array | null;
}

const ask = (worker: string, question: Question): Promise<Result<FileFacts>> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(worker, { workerData: question });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the worker ended without an answer')));
  });

/** In a thread of its own, so that the till takes entries meanwhile. Where none can be had it is done here. */
export const createWorkerIntegrity = (worker: string, logger: Logger): Integrity => ({
  check: async (file, key) => {
    try {
      return await ask(worker, { file, key });
    } catch (thrown) {
      logger.warn('integrity.no-worker', { error: String(thrown) });
      return checkHere.check(file, key);
    }
  },
});
