import { parentPort, workerData } from 'node:worker_threads';
import { copyOfFile } from '../kernel/database/online-copy.ts';
import type { Progress } from '../kernel/progress.ts';
import { type Answer, checkFile, checkPages, type Question } from '../safety/index.ts';

// A worker, since a journal of years takes seconds to verify, and a copy waits for the disk.

const onProgress = (progress: Progress): void => parentPort?.postMessage({ progress });

async function answer(question: Question): Promise<Answer> {
  if (question.ask === 'pages') return { problem: checkPages(question.file) };
  if (question.ask === 'check') {
    const key = question.key === null ? null : Buffer.from(question.key);
    return { found: checkFile(question.file, key, onProgress) };
  }
  try {
    await copyOfFile(question.file, question.to, onProgress);
    return { copied: true };
  } catch (thrown) {
    // An error loses its code between threads.
    return { failed: String(thrown), code: (thrown as NodeJS.ErrnoException).code ?? null };
  }
}

void answer(workerData as Question).then((said) => parentPort?.postMessage(said));
