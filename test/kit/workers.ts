import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { buildOneFile, builtFolder } from './one-file.ts';

// Threads start JavaScript, as the installed program's do: one that strips types by itself brings and drops a WebAssembly
// program, and now and then V8 ends the whole process as threads do so (nodejs/node#64500).

async function built(name: string): Promise<string> {
  const file = join(builtFolder, `${name}.cjs`);
  // Other processes build it at the same time, and start what lies there.
  const own = join(builtFolder, `${name}-${process.pid}.cjs`);
  await buildOneFile(join(import.meta.dirname, '../../main/app', `${name}.ts`), own);
  renameSync(own, file);
  return file;
}

export const recordsWorker = await built('records-worker');
export const integrityWorker = await built('integrity-worker');
