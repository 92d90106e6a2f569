import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withStablePlan } from '../../../main/kernel/database/stable-plan.ts';
import { temporaryFolder } from '../../people/credentials/support.ts';
import { mustOpen } from './support.ts';

it('gives every compared parameter a unary plus, and touches nothing else', () => {
  expect(withStablePlan('SELECT a FROM t WHERE b = ? AND c >= @c AND d <> ? ORDER BY e LIMIT ?')).toBe(
    'SELECT a FROM t WHERE b = +? AND c >= +@c AND d <> +? ORDER BY e LIMIT ?',
  );
  expect(withStablePlan('INSERT INTO t (a, b) VALUES (?, ?)')).toBe('INSERT INTO t (a, b) VALUES (?, ?)');
  expect(withStablePlan("UPDATE t SET a = ? WHERE b = 'x = 1'")).toBe(
    "UPDATE t SET a = +? WHERE b = 'x = 1'",
  );
});

it('holds for every statement of an opened database', () => {
  const db = mustOpen(join(temporaryFolder(), 'counterfoil.db'));
  expect(db.prepare('SELECT value FROM setting WHERE key = ? ORDER BY value').source).toContain('key = +?');
});

it('is one statement for all who ask in the same words, and plans nothing for who only names it', () => {
  const db = mustOpen(join(temporaryFolder(), 'counterfoil.db'));
  expect(db.prepare('SELECT value FROM setting')).toBe(db.prepare('SELECT value FROM setting'));
  expect(() => db.prepare('SELECT a FROM nowhere')).not.toThrow();
  expect(() => db.prepare('SELECT a FROM nowhere').get()).toThrow('no such table');
});
