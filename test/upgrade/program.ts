import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../simulation/mutants-copy.ts';

/** A version of this program: the one of today, or a copy with the changes of tomorrow in it. */
export async function programIn(root: string) {
  const load = <T>(file: string): Promise<T> => import(pathToFileURL(join(root, file)).href);
  const [compose, commands, open, schema, views, steps, client, kybio] = (await Promise.all([
    load('main/compose.ts'),
    load('main/till/commands.ts'),
    load('main/database/open.ts'),
    load('main/database/schema.ts'),
    load('main/compose-views.ts'),
    load('main/database/migrations/index.ts'),
    load('main/kybio/client.ts'),
    load('main/kybio/kybio.ts'),
  ])) as [
    typeof import('../../main/compose.ts'),
    typeof import('../../main/till/commands.ts'),
    typeof import('../../main/database/open.ts'),
    typeof import('../../main/database/schema.ts'),
    typeof import('../../main/compose-views.ts'),
    typeof import('../../main/database/migrations/index.ts'),
    typeof import('../../main/kybio/client.ts'),
    typeof import('../../main/kybio/kybio.ts'),
  ];
  return { load, ...compose, ...commands, ...open, ...schema, ...views, ...steps, ...client, ...kybio };
}

export type Program = Awaited<ReturnType<typeof programIn>>;

export const today = (): Promise<Program> => programIn(projectRoot);
