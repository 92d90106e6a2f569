import { Worker } from 'node:worker_threads';
import { type Progress, type Tell, tellNobody } from './progress.ts';

/**
 * Asks a thread of its own, started from this file, one question. Resolves to its one answer; how far it has come on the
 * way there is told. Rejects where no thread can be had, or it ends without an answer.
 */
export const askWorker = <Answer extends object>(
  file: string,
  question: object,
  tell: Tell = tellNobody,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(file, { workerData: question });
    thread.on('message', (said: Answer | { readonly progress: Progress }) => {
      if ('progress' in said) tell(said.progress);
      else resolve(said);
    });
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the worker ended without an answer')));
  });
