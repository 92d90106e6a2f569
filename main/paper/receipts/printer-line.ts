import { createConnection } from 'node:net';
import { type AppError, appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import type { Clock } from '../../kernel/ports.ts';
import type { PrinterAddress } from './address.ts';
import { createWordReader, type PrinterWord } from './printer-status.ts';

type AnswerKind = Exclude<PrinterWord['kind'], 'unasked'>;

/** A connection to a printer. */
export interface PrinterLine {
  send(bytes: Uint8Array): void;
  /** The printer's answer; null where none comes in time, or the connection drops. Earlier bytes are no answer. */
  ask(question: Uint8Array, kind: AnswerKind, waitMs: number): Promise<number | null>;
  /** The first trouble reported since the last call; `printer-noise` where too much data dropped the connection. */
  takeTrouble(): AppError | null;
  /** Waits until all data was delivered and the connection closed properly; false otherwise. */
  finish(waitMs: number): Promise<boolean>;
  /** Drops the connection at once, with what the printer has not read yet. */
  cut(): void;
}

const CONNECT_MS = 5_000;

/** More than any printer sends during a print: a thousand status changes. */
const MOST_HEARD_BYTES = 4_096;

function whyNot(thrown: NodeJS.ErrnoException, { host }: PrinterAddress): AppError {
  const code = thrown.code ?? '';
  const isUnknownName = code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EINVAL';
  return appError(isUnknownName ? 'printer-address' : 'printer-unreachable', { address: host });
}

interface Hearing {
  /** Processes received bytes; false where there are too many, and none is used. */
  hear(bytes: Uint8Array): boolean;
  /** Starts waiting for an answer; returns undefined until there is one. */
  asks(kind: AnswerKind): () => number | undefined;
  takeTrouble(): AppError | null;
}

/** Keeps only an awaited answer and a reported trouble. */
function createHearing({ host }: PrinterAddress): Hearing {
  const read = createWordReader();
  let heardBytes = 0;
  let trouble: AppError | null = null;
  let question: { readonly kind: AnswerKind; answer?: number } | null = null;
  return {
    hear: (bytes) => {
      heardBytes += bytes.length;
      if (heardBytes > MOST_HEARD_BYTES) {
        trouble = appError('printer-noise', { address: host });
        return false;
      }
      for (const word of read(bytes)) {
        if (word.kind === 'unasked') trouble ??= word.problem;
        else if (word.kind === question?.kind) question.answer ??= word.byte;
      }
      return true;
    },
    asks: (kind) => {
      const asked: NonNullable<typeof question> = { kind };
      question = asked;
      return () => asked.answer;
    },
    takeTrouble: () => {
      const told = trouble;
      trouble = null;
      return told;
    },
  };
}

/** Resolves once the printer accepted the connection. */
export function openLine(
  address: PrinterAddress,
  clock: Pick<Clock, 'schedule'>,
  connectMs = CONNECT_MS,
): Promise<Result<PrinterLine>> {
  return new Promise((resolve) => {
    const socket = createConnection({ ...address, noDelay: true });
    const { hear, asks, takeTrouble } = createHearing(address);
    const listeners = new Set<() => void>();
    let isCut = false;
    const tell = () => {
      for (const listener of [...listeners]) listener();
    };
    const tooLong = clock.schedule(connectMs, () =>
      socket.destroy(Object.assign(new Error('no connection'), { code: 'ETIMEDOUT' })),
    );
    socket.on('error', (thrown) => resolve(err(whyNot(thrown, address))));
    socket.on('data', (bytes) => {
      if (hear(bytes)) tell();
      else socket.resetAndDestroy();
    });
    socket.on('close', () => {
      tooLong();
      isCut = true;
      tell();
    });
    /** The first value available in time. */
    const when = <T>(look: () => T | undefined, waitMs: number, late: T): Promise<T> =>
      new Promise((settle) => {
        const end = (value: T) => {
          listeners.delete(check);
          tooLate();
          settle(value);
        };
        const check = () => {
          const value = look();
          if (value !== undefined) end(value);
        };
        const tooLate = clock.schedule(waitMs, () => end(late));
        listeners.add(check);
        check();
      });
    socket.on('connect', () => {
      tooLong();
      resolve(
        ok({
          send: (bytes) => void socket.write(bytes),
          ask: (question, kind, waitMs) => {
            const answer = asks(kind);
            socket.write(question);
            return when<number | null>(() => answer() ?? (isCut ? null : undefined), waitMs, null);
          },
          takeTrouble,
          finish: async (waitMs) => {
            let isSent = false;
            // `end`'s callback also runs on a dropped connection.
            socket.once('finish', () => {
              isSent = true;
              tell();
            });
            socket.end();
            const inOrder = await when(() => (isSent ? true : isCut ? false : undefined), waitMs, false);
            if (inOrder) socket.unref();
            else socket.resetAndDestroy();
            return inOrder;
          },
          cut: () => void socket.resetAndDestroy(),
        }),
      );
    });
  });
}
