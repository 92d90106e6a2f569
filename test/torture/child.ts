// The main process without a window, as a program of its own, so that it can be killed, stopped and starved.
import { writeSync } from 'node:fs';
import { live } from './life.ts';
import { keepNursery } from './nursery-process.ts';
import type { Orders } from './support/orders.ts';

const ordered = process.argv[2] ?? '';

if (ordered === 'nursery') keepNursery(process.argv[3] ?? '');
else {
  void live(JSON.parse(ordered) as Orders, (line) => void writeSync(1, `${line}\n`)).then((code) =>
    process.exit(code),
  );
}
