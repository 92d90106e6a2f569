import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';

/** What statements run from now on, of whatever database; those that are bound already are passed over. */
export function watched(): readonly string[] {
  const ran: string[] = [];
  const statement = Object.getPrototypeOf(new Database(':memory:').prepare('SELECT 1'));
  for (const way of ['run', 'get', 'all', 'iterate'] as const) {
    const own = statement[way];
    statement[way] = function (this: Database.Statement, ...values: unknown[]) {
      ran.push(this.source);
      return own.apply(this, values);
    };
    onTestFinished(() => {
      statement[way] = own;
    });
  }
  return ran;
}
