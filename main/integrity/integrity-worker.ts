import { parentPort, workerData } from 'node:worker_threads';
import { checkFile } from './integrity-repository.ts';
import type { Question } from './worker-integrity.ts';

// A thread of its own: a till of years has a journal that takes seconds to follow. It reads, and knows no way to write.
const { file, key } = workerData as Question;
parentPort?.postMessage(checkFile(file, key === null ? null : Buffer.from(key)));
