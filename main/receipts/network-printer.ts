import { type AppError, appError, err, ok, type Result } from '../../preload/contract/index.ts';
import type { Clock } from '../ports.ts';
import type { PrinterAddress } from './address.ts';
import { openLine, type PrinterLine } from './printer-line.ts';
import { askStatus, askWhenDone, isDone, isStatus, kick, statusProblem } from './printer-status.ts';
import { cutPaper } from './raster.ts';

/**
 * How much a printer tells: when it is `done`, its `status` alone, or `nothing`. What a test print has shown, and a person
 * has confirmed with the paper in their hand.
 */
export type PrinterTells = 'done' | 'status' | 'nothing';

/** How a print ended. `not-begun`: no byte of it was sent. */
export type PrintEnd =
  | { readonly kind: 'printed' }
  | { readonly kind: 'not-begun'; readonly problem: AppError }
  | { readonly kind: 'unknown'; readonly problem: AppError; readonly tells: PrinterTells };

export interface NetworkPrint {
  readonly address: PrinterAddress;
  readonly bytes: Uint8Array;
  readonly tells: PrinterTells;
  /** A person stands there and looks: a printer that tells nothing is sent to all the same. */
  readonly isTest: boolean;
  /** Called before the first byte is sent. */
  readonly begin: () => void;
}

const STATUS_MS = 3_000;
/** A long picture over a slow line, on a slow printer. */
const DONE_MS = 20_000;
/** A printer that says nothing when it is done has its paper out by then, or says why not. */
const SETTLE_MS = 1_500;

/** Null where it answers nothing. */
async function statusOf(line: PrinterLine, waitMs: number): Promise<{ problem: AppError | null } | null> {
  line.send(askStatus('off-line'));
  const offLine = await line.hear(isStatus, waitMs);
  if (offLine === null) return null;
  line.send(askStatus('paper'));
  const paper = await line.hear(isStatus, waitMs);
  return paper === null ? null : { problem: statusProblem(offLine, paper) };
}

/** Prints one job. The printer is asked first whether it can, and afterwards whether it did. */
export async function printOverNetwork(job: NetworkPrint, clock: Pick<Clock, 'schedule'>): Promise<PrintEnd> {
  const opened = await openLine(job.address, clock);
  if (!opened.ok) return { kind: 'not-begun', problem: opened.error };
  const line = opened.value;
  const ready = job.tells === 'nothing' ? null : await statusOf(line, STATUS_MS);
  const isMute = ready === null;
  if (isMute && job.tells !== 'nothing' && !job.isTest) {
    line.cut();
    return { kind: 'not-begun', problem: appError('printer-busy', { address: job.address.host }) };
  }
  if (ready?.problem) {
    line.cut();
    return { kind: 'not-begun', problem: ready.problem };
  }
  try {
    job.begin();
  } catch (thrown) {
    line.cut();
    throw thrown;
  }
  line.send(job.bytes);
  line.send(cutPaper());
  return isMute ? endOfMute(job, line) : endOfTalking(job, line, clock);
}

/** All that can be known is that the printer's side took it. */
async function endOfMute({ tells, isTest }: NetworkPrint, line: PrinterLine): Promise<PrintEnd> {
  const isTaken = await line.finish(DONE_MS);
  if (!isTaken) return { kind: 'unknown', problem: appError('printer-cut-off'), tells: 'nothing' };
  return tells === 'nothing' && !isTest
    ? { kind: 'printed' }
    : { kind: 'unknown', problem: appError('printer-silent'), tells: 'nothing' };
}

async function endOfTalking(
  { tells, isTest }: NetworkPrint,
  line: PrinterLine,
  clock: Pick<Clock, 'schedule'>,
): Promise<PrintEnd> {
  if (tells === 'done' || isTest) {
    line.send(askWhenDone);
    if ((await line.hear(isDone, DONE_MS)) !== null) {
      await line.finish(STATUS_MS);
      return { kind: 'printed' };
    }
  } else await new Promise<void>((resolve) => void clock.schedule(SETTLE_MS, resolve));
  const after = await statusOf(line, STATUS_MS);
  if (after === null) {
    line.cut();
    return { kind: 'unknown', problem: appError('printer-cut-off'), tells: 'status' };
  }
  await line.finish(STATUS_MS);
  if (after.problem !== null) return { kind: 'unknown', problem: after.problem, tells: 'done' };
  return tells === 'status' && !isTest
    ? { kind: 'printed' }
    : { kind: 'unknown', problem: appError('printer-silent'), tells: 'status' };
}

/** Opens the drawer now or not at all: what the printer has not begun by then is thrown away with the line. */
export async function kickDrawer(
  {
    address,
    tells,
    withinMs,
  }: { readonly address: PrinterAddress; readonly tells: PrinterTells; readonly withinMs: number },
  clock: Pick<Clock, 'schedule' | 'monotonicMs'>,
): Promise<Result<Record<string, never>>> {
  const untilMs = clock.monotonicMs() + withinMs;
  const leftMs = () => Math.max(0, untilMs - clock.monotonicMs());
  const opened = await openLine(address, clock, withinMs);
  if (!opened.ok) return opened;
  const line = opened.value;
  // A pulse is sent only to a printer that answers now: one that is busy would give it with a later job.
  const isAwake = tells === 'nothing' || (await statusOf(line, leftMs() / 2)) !== null;
  if (!isAwake || leftMs() === 0) {
    line.cut();
    return err(appError('drawer-dropped'));
  }
  line.send(kick);
  // Some printers drop the pulse where the line ends at once.
  if (tells !== 'nothing') await statusOf(line, leftMs());
  return (await line.finish(leftMs())) ? ok({}) : err(appError('drawer-dropped'));
}
