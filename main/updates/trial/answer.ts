import { z } from 'zod';
import { appError, type ErrorCode, err, ok, type Result } from '../../../preload/contract/index.ts';
import { databaseFailure } from '../../kernel/database/failure.ts';

/** A program's result of its rehearsal or trial, one line of JSON. Older versions read it: fields are only added. */
const answerSchema = z.object({
  ok: z.boolean(),
  version: z.string(),
  /** In words for support; empty where it is ready. */
  problems: z.array(z.string()),
});
export type Answer = z.infer<typeof answerSchema>;

/** Entries share their problems. */
const MOST_PROBLEMS = 20;

/** An exception as a problem; a full disk is named. */
export function brokenOff(thrown: unknown): string {
  const failure = databaseFailure(thrown);
  return failure === null ? `it broke off: ${String(thrown).slice(0, 200)}` : `database: ${failure.code}`;
}

/** Runs the search; an exception is a problem too. Never rejects. */
export async function answerOf(version: string, look: () => Promise<readonly string[]>): Promise<Answer> {
  const problems = await look().catch((thrown: unknown) => [brokenOff(thrown)]);
  return { ok: problems.length === 0, version, problems: problems.slice(0, MOST_PROBLEMS) };
}

export interface Ended {
  /** Null where it could not be started, or was killed. */
  readonly exitCode: number | null;
  /** Ended at its time limit. */
  readonly isLate: boolean;
  readonly stdout: string;
}

/** Marks of a full disk, and of a disk error in the practice top-up, in a problem's text. */
const FULL = 'disk-full';
const DISK = '(disk: ';
const MOST_WORDS = 300;

/** Error codes and log event of a rehearsal or trial. */
export interface Verdicts {
  /** The version is to blame. */
  readonly refused: ErrorCode;
  /** This computer is. */
  readonly notRun: ErrorCode;
  readonly event: string;
}

export const ofRehearsal: Verdicts = {
  refused: 'update-rehearsal-failed',
  notRun: 'update-not-rehearsed',
  event: 'update.rehearsed',
};
export const ofTrial: Verdicts = {
  refused: 'update-trial-failed',
  notRun: 'update-not-tried',
  event: 'update.tried',
};

/** The version is to blame, not this computer. */
export const isRefusal = (code: string | null): boolean =>
  code === ofRehearsal.refused || code === ofTrial.refused;

/** The last line only: system libraries may print before it. */
function readAnswer(stdout: string): Answer | null {
  try {
    const line = stdout.trimEnd().split('\n').at(-1) ?? '';
    return answerSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/**
 * Accepts a program only if it ended in time with 0, reports this version, and has no problems. Pure. Errors:
 * update-disk-full, and those of `verdicts`.
 */
export function evaluateAnswer(
  ended: Ended,
  version: string,
  verdicts: Verdicts = ofRehearsal,
): Result<Record<string, never>> {
  const refused = (reason: string, what = '') =>
    err(appError(verdicts.refused, { version, reason, what: what.slice(0, MOST_WORDS) }));
  if (ended.isLate) return refused('late');
  const answer = readAnswer(ended.stdout);
  if (answer === null) return refused('no-answer', `exit code ${ended.exitCode}`);
  // This computer's disk, not the version.
  if (answer.problems.some((problem) => problem.includes(FULL))) return err(appError('update-disk-full'));
  if (answer.problems.some((problem) => problem.includes(DISK)))
    return err(appError(verdicts.notRun, { what: 'disk' }));
  if (!answer.ok || answer.problems.length > 0) return refused('problems', answer.problems.join('; '));
  if (ended.exitCode !== 0) return refused('exit', `exit code ${ended.exitCode}`);
  if (answer.version !== version) return refused('version', answer.version);
  return ok({});
}
