import { z } from 'zod';
import { appError, type ErrorCode, err, ok, type Result } from '../../../preload/contract/index.ts';
import { databaseFailure } from '../../kernel/database/failure.ts';

/** What a program says of its rehearsal or trial, on one line. The program before it reads that: fields are added, never changed. */
const answerSchema = z.object({
  ok: z.boolean(),
  version: z.string(),
  /** In words for whoever helps; empty where it is ready. */
  problems: z.array(z.string()),
});
export type Answer = z.infer<typeof answerSchema>;

/** What is found of one entry is found of the others too. */
const MOST_PROBLEMS = 20;

/** What broke something off, as a problem; a full disk is named as that. */
export function brokenOff(thrown: unknown): string {
  const failure = databaseFailure(thrown);
  return failure === null ? `it broke off: ${String(thrown).slice(0, 200)}` : `database: ${failure.code}`;
}

/** What this program answers after it has looked for problems of its own; that the search broke off is one. Never rejects. */
export async function answerOf(version: string, look: () => Promise<readonly string[]>): Promise<Answer> {
  const problems = await look().catch((thrown: unknown) => [brokenOff(thrown)]);
  return { ok: problems.length === 0, version, problems: problems.slice(0, MOST_PROBLEMS) };
}

/** How a program that was run has ended. */
export interface Ended {
  /** Null where it could not be started, or something has killed it. */
  readonly exitCode: number | null;
  /** Its time was over, and it was ended. */
  readonly isLate: boolean;
  readonly stdout: string;
}

/** What a full disk is called in a problem, and one that stopped the practice top-up by whatever it said. */
const FULL = 'disk-full';
const DISK = '(disk: ';
const MOST_WORDS = 300;

/** What is said of a program that was run, by what it was run for. */
export interface Verdicts {
  /** The version is to blame. */
  readonly refused: ErrorCode;
  /** This computer is. */
  readonly notRun: ErrorCode;
  /** In the log. */
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

/** Whether a version itself is to blame, and not this computer. */
export const isRefusal = (code: string | null): boolean =>
  code === ofRehearsal.refused || code === ofTrial.refused;

/** The last line alone: what a system's libraries say before it is nobody's answer. */
function readAnswer(stdout: string): Answer | null {
  try {
    const line = stdout.trimEnd().split('\n').at(-1) ?? '';
    return answerSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/**
 * Whether a program that was rehearsed or tried may take the place of this one. Only one that ended in time and with 0,
 * says that it is this version, and has nothing to say against itself. Pure. Errors: update-disk-full, and the verdicts.
 */
export function judgeAnswer(
  ended: Ended,
  version: string,
  verdicts: Verdicts = ofRehearsal,
): Result<Record<string, never>> {
  const refused = (reason: string, what = '') =>
    err(appError(verdicts.refused, { version, reason, what: what.slice(0, MOST_WORDS) }));
  if (ended.isLate) return refused('late');
  const answer = readAnswer(ended.stdout);
  if (answer === null) return refused('no-answer', `exit code ${ended.exitCode}`);
  // Of this computer's disk, not of the version.
  if (answer.problems.some((problem) => problem.includes(FULL))) return err(appError('update-disk-full'));
  if (answer.problems.some((problem) => problem.includes(DISK)))
    return err(appError(verdicts.notRun, { what: 'disk' }));
  if (!answer.ok || answer.problems.length > 0) return refused('problems', answer.problems.join('; '));
  if (ended.exitCode !== 0) return refused('exit', `exit code ${ended.exitCode}`);
  if (answer.version !== version) return refused('version', answer.version);
  return ok({});
}
