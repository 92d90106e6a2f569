import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createSourceIndex, projectRoot, sourcesIn } from '../faults/source-index.ts';

/** A version of this program: the one of today, or a copy with the changes of tomorrow in it. */
export async function programIn(root: string) {
  const index = createSourceIndex(sourcesIn(root));
  const load = <T>(symbol: string): Promise<T> =>
    import(pathToFileURL(join(root, index.place(symbol).file)).href);
  const [opening, commands, open, schema, views, steps, client, kybio, account, folders] = (await Promise.all(
    [
      load('openLiveSession'),
      load('exportCommand'),
      load('openDatabase'),
      load('schemaProblems'),
      load('journalViews'),
      load('migrations'),
      load('createKybioClient'),
      load('kybio'),
      load('configureLive'),
      load('liveFolder'),
    ],
  )) as [
    typeof import('../../main/app/open-session.ts'),
    typeof import('../../main/app/commands.ts'),
    typeof import('../../main/kernel/database/open.ts'),
    typeof import('../../main/kernel/database/schema.ts'),
    typeof import('../../main/app/journal-views.ts'),
    typeof import('../../main/kernel/database/migrations/index.ts'),
    typeof import('../../main/hosts/kybio/client.ts'),
    typeof import('../../main/hosts/kybio/kybio.ts'),
    typeof import('../../main/app/live-account.ts'),
    typeof import('../../main/kernel/folders.ts'),
  ];
  return {
    load,
    ...opening,
    ...commands,
    ...open,
    ...schema,
    ...views,
    ...steps,
    ...client,
    ...kybio,
    ...account,
    ...folders,
  };
}

export type Program = Awaited<ReturnType<typeof programIn>>;

export const today = (): Promise<Program> => programIn(projectRoot);
