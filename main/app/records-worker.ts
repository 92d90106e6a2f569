import { parentPort, workerData } from 'node:worker_threads';
import { readZ, type ZAnswer, type ZQuestion } from '../day/index.ts';
import { systemClock, systemRandom } from '../kernel/system.ts';
import { exportCommand, verifyCommand } from './commands.ts';
import { exportFound } from './export-found.ts';
import { type FoundAnswer, type FoundQuestion, isSet } from './found-in-worker.ts';
import { hostProtocol } from './host-protocol.ts';
import type { Answer, Question } from './records-in-worker.ts';

// A worker, since entries of years take minutes to verify and seconds to export, and another computer's Z any time.

const onProgress = (progress: object): void => parentPort?.postMessage({ progress });

function answer(question: Question | FoundQuestion | ZQuestion): Answer | FoundAnswer | ZAnswer {
  if (question.ask === 'z') return { z: readZ(question.text, question.desk) };
  const parts = { file: question.file, clock: systemClock, random: systemRandom, protocol: hostProtocol };
  if (question.ask === 'found') {
    const isCalledOff = () => isSet(question.calledOff);
    return { found: exportFound(parts, { ...question, isCalledOff }, onProgress) };
  }
  if (question.ask === 'export') return { exported: exportCommand(parts, question.target, onProgress) };
  const { appKey, headsAt } = question;
  // A buffer becomes a plain byte array between threads.
  const heads = headsAt === null ? null : { ...headsAt, key: Buffer.from(headsAt.key) };
  return { verified: verifyCommand(parts, appKey, heads, onProgress) };
}

parentPort?.postMessage(answer(workerData as Question | FoundQuestion | ZQuestion));
