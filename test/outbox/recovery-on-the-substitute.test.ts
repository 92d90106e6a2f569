import { createRequire } from 'node:module';
import { vi } from 'vitest';

// The substitute runtime runs the app on libsql behind an adapter: the outbox must keep its promises
// there too, so the same batteries run again on it.
vi.mock('better-sqlite3', () => ({
  default: createRequire(import.meta.url)('../../scripts/substitute/sqlite.cjs'),
}));

await import('./recovery.test.ts');
await import('../database/schema.test.ts');
