import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from '../kit/till.ts';

const require = createRequire(import.meta.url);

/** The same module on another SQLite. */
async function openOn(sqlite: 'ours' | 'substitute') {
  vi.resetModules();
  vi.doMock('better-sqlite3', () => ({
    default: require(sqlite === 'ours' ? 'better-sqlite3' : '../../scripts/substitute/sqlite.cjs'),
  }));
  const { openDatabase } = await import('../../main/database/open.ts');
  const { journalViews } = await import('../../main/compose-views.ts');
  return (file: string) => openDatabase(file, journalViews);
}

// Each makes the schema that it compares with by itself.
it.each([
  ['ours', 'substitute'],
  ['substitute', 'ours'],
  ['substitute', 'substitute'],
] as const)('a database made by %s has the schema that %s expects', async (maker, opener) => {
  const file = join(temporaryFolder(), 'counterfoil.db');
  for (const sqlite of [maker, opener]) {
    const opened = (await openOn(sqlite))(file);
    expect(opened).toMatchObject({ ok: true });
    if (opened.ok) opened.value.close();
  }
});

it('a trigger that somebody put in is refused on the substitute too', async () => {
  const file = join(temporaryFolder(), 'counterfoil.db');
  const open = await openOn('substitute');
  const opened = open(file);
  if (!opened.ok) throw new Error(opened.error.code);
  opened.value.exec('CREATE TRIGGER helpful AFTER INSERT ON increment BEGIN SELECT 1; END');
  opened.value.close();
  expect(open(file)).toMatchObject({ ok: false, error: { code: 'database-corrupt' } });
});
