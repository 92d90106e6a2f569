import { type AppError, appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import type { Clock } from '../../kernel/ports.ts';
import type { PrinterAddress } from './address.ts';
import { openLine, type PrinterLine } from './printer-line.ts';
import {
  askWhenDone,
  disableAutomaticStatus,
  doneProblem,
  kick,
  queryStatus,
  statusProblem,
} from './printer-status.ts';
import { cutPaper } from './raster.ts';

/**
 * How much a printer reports: when it is `done`, its `status` only, or `nothing`; found by a test print that a person
 * confirmed.
 */
export type PrinterFeedback = 'done' | 'status' | 'nothing';

/** The end of a print. `not-begun`: no byte was sent. */
export type PrintEnd =
  | { readonly kind: 'printed' }
  | { readonly kind: 'not-begun'; readonly problem: AppError }
  | { readonly kind: 'unknown'; readonly problem: AppError; readonly feedback: PrinterFeedback };

export interface NetworkPrint {
  readonly address: PrinterAddress;
  readonly bytes: Uint8Array;
  readonly feedback: PrinterFeedback;
  /** A test print: a printer that reports nothing is tried all the same, since a person looks. */
  readonly isTest: boolean;
  /** Called before the first byte is sent. */
  readonly begin: () => void;
}

const STATUS_MS = 3_000;
/** For a long image over a slow line on a slow printer. */
const DONE_MS = 20_000;
/** A printer that does not report the end has printed by then, or reported trouble. */
const SETTLE_MS = 1_500;

interface Said {
  readonly problem: AppError | null;
}

/** Null where it answers nothing. */
async function statusOf(line: PrinterLine, waitMs: number): Promise<Said | null> {
  const offLine = await line.ask(queryStatus('off-line'), 'status', waitMs);
  if (offLine === null) return null;
  const paper = await line.ask(queryStatus('paper'), 'status', waitMs);
  return paper === null ? null : { problem: statusProblem(offLine, paper) };
}

/** Null where it answers nothing, or is known to. */
async function readyOf({ feedback }: NetworkPrint, line: PrinterLine): Promise<Said | null> {
  if (feedback === 'nothing') return null;
  line.send(disableAutomaticStatus);
  return statusOf(line, STATUS_MS);
}

/** A printer that does not answer may have reported trouble by itself, and is used only where a person looks or has looked. */
function whyNotToMute({ feedback, isTest, address }: NetworkPrint, told: AppError | null): AppError | null {
  if (told !== null || feedback === 'nothing' || isTest) return told;
  return appError('printer-busy', { address: address.host });
}

/** Prints one job: asks the printer before whether it can, and afterwards whether it did. */
export async function printOverNetwork(job: NetworkPrint, clock: Pick<Clock, 'schedule'>): Promise<PrintEnd> {
  const opened = await openLine(job.address, clock);
  if (!opened.ok) return { kind: 'not-begun', problem: opened.error };
  const line = opened.value;
  const ready = await readyOf(job, line);
  // An answer is newer than earlier reports.
  const problem = ready === null ? whyNotToMute(job, line.takeTrouble()) : ready.problem;
  if (problem !== null) {
    line.cut();
    return { kind: 'not-begun', problem };
  }
  try {
    job.begin();
  } catch (thrown) {
    line.cut();
    throw thrown;
  }
  // From here on its reports concern this print.
  line.takeTrouble();
  line.send(job.bytes);
  line.send(cutPaper());
  return ready === null ? endOfMute(job, line) : endOfTalking(job, line, clock);
}

const unknown = (problem: AppError, feedback: PrinterFeedback): PrintEnd => ({
  kind: 'unknown',
  problem,
  feedback,
});

/** Only that the data was accepted can be known. */
async function endOfMute({ feedback, isTest }: NetworkPrint, line: PrinterLine): Promise<PrintEnd> {
  const isTaken = await line.finish(DONE_MS);
  const told = line.takeTrouble() ?? (isTaken ? null : appError('printer-cut-off'));
  if (told !== null) return unknown(told, 'nothing');
  return feedback === 'nothing' && !isTest
    ? { kind: 'printed' }
    : unknown(appError('printer-silent'), 'nothing');
}

async function endOfTalking(
  { feedback, isTest }: NetworkPrint,
  line: PrinterLine,
  clock: Pick<Clock, 'schedule'>,
): Promise<PrintEnd> {
  let done: number | null = null;
  if (feedback === 'done' || isTest) done = await line.ask(askWhenDone, 'done', DONE_MS);
  else await new Promise<void>((resolve) => void clock.schedule(SETTLE_MS, resolve));
  // Some printers report the end although the roll had run out.
  const after = await statusOf(line, STATUS_MS);
  if (after === null) line.cut();
  else await line.finish(STATUS_MS);
  const ofDone = done === null ? null : doneProblem(done);
  const told = line.takeTrouble() ?? ofDone ?? after?.problem ?? null;
  if (told !== null) return unknown(told, 'done');
  if (after === null) return unknown(appError('printer-cut-off'), 'status');
  if (done !== null || (feedback === 'status' && !isTest)) return { kind: 'printed' };
  return unknown(appError('printer-silent'), 'status');
}

/**
 * Opens the drawer now or never: what the printer has not started by then is dropped with the connection. `begin` is
 * called before the pulse is sent; if it throws, none is.
 */
export async function kickDrawer(
  {
    address,
    feedback,
    withinMs,
    begin,
  }: {
    readonly address: PrinterAddress;
    readonly feedback: PrinterFeedback;
    readonly withinMs: number;
    readonly begin: () => void;
  },
  clock: Pick<Clock, 'schedule' | 'monotonicMs'>,
): Promise<Result<Record<string, never>>> {
  const untilMs = clock.monotonicMs() + withinMs;
  const leftMs = () => Math.max(0, untilMs - clock.monotonicMs());
  const opened = await openLine(address, clock, withinMs);
  if (!opened.ok) return opened;
  const line = opened.value;
  // Only to a printer that answers now: a busy one would open the drawer with a later job.
  const isAwake = feedback === 'nothing' || (await statusOf(line, leftMs() / 2)) !== null;
  if (!isAwake || leftMs() === 0) {
    line.cut();
    return err(appError('drawer-dropped'));
  }
  try {
    begin();
  } catch (thrown) {
    line.cut();
    throw thrown;
  }
  line.send(kick);
  // Some printers drop the pulse if the connection closes at once.
  if (feedback !== 'nothing') await statusOf(line, leftMs());
  return (await line.finish(leftMs())) ? ok({}) : err(appError('drawer-dropped'));
}
