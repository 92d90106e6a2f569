import { createConnection } from 'node:net';
import { type AppError, appError, err, ok, type Result } from '../../preload/contract/index.ts';
import type { Clock } from '../ports.ts';
import type { PrinterAddress } from './address.ts';

/** A connection to a printer. */
export interface PrinterLine {
  send(bytes: Uint8Array): void;
  /** What it says next that is meant, within so long; null where nothing comes, or the line is cut. */
  hear(isMeant: (byte: number) => boolean, waitMs: number): Promise<number | null>;
  /** Everything was handed over to the printer's side, and the line ended in order; false where it was cut. */
  finish(waitMs: number): Promise<boolean>;
  /** At once: what the printer has not read yet is thrown away, as far as the network can do that. */
  cut(): void;
}

const CONNECT_MS = 5_000;

function whyNot(thrown: NodeJS.ErrnoException, { host }: PrinterAddress): AppError {
  const code = thrown.code ?? '';
  const isUnknownName = code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EINVAL';
  return appError(isUnknownName ? 'printer-address' : 'printer-unreachable', { address: host });
}

/** Resolves once the printer took the connection. */
export function openLine(
  address: PrinterAddress,
  clock: Pick<Clock, 'schedule'>,
  connectMs = CONNECT_MS,
): Promise<Result<PrinterLine>> {
  return new Promise((resolve) => {
    const socket = createConnection({ ...address, noDelay: true });
    const heard: number[] = [];
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
      heard.push(...bytes);
      tell();
    });
    socket.on('close', () => {
      tooLong();
      isCut = true;
      tell();
    });
    /** The first value that is there, or that comes in time. */
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
          hear: (isMeant, waitMs) =>
            when<number | null>(
              () => {
                for (let byte = heard.shift(); byte !== undefined; byte = heard.shift())
                  if (isMeant(byte)) return byte;
                return isCut ? null : undefined;
              },
              waitMs,
              null,
            ),
          finish: async (waitMs) => {
            let isSent = false;
            socket.end(() => {
              isSent = true;
              tell();
            });
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
