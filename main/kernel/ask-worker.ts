import { Worker } from 'node:worker_threads';
import { ignoreProgress, type OnProgress, type Progress } from './progress.ts';

/**
 * Starts this file as a worker and asks it one question. Resolves to its answer and reports progress on the way;
 * rejects where no thread can start, or it ends without an answer.
 */
export const askWorker = <Answer extends object>(
  file: string,
  question: object,
  onProgress: OnProgress = ignoreProgress,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(file, { workerData: question });
    thread.on('message', (said: Answer | { readonly progress: Progress }) => {
      if ('progress' in said) onProgress(said.progress);
      else resolve(said);
    });
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the worker ended without an answer')));
  });
