import type { Db } from './db.ts';

/**
 * With STAT4 SQLite's planner looks at a bound value that is compared, and plans the statement again for every new
 * value (5 to 30 µs a call) where there is an ORDER BY, MIN, MAX, DISTINCT or a join. A unary plus changes neither
 * the value nor the index used, and keeps the plan.
 */
export const withStablePlan = (sql: string): string => sql.replace(/([=<>])\s*(?=[?@])/g, '$1 +');

type Statement = ReturnType<Db['prepare']>;

/** Prepares a statement at its first use: a start names more than a hundred and runs a few. */
function whenUsed(make: () => Statement): Statement {
  let made: Statement | null = null;
  return new Proxy({} as Statement & Record<PropertyKey, unknown>, {
    get: (bound, name) => {
      if (Object.hasOwn(bound, name)) return bound[name];
      made ??= make();
      const value: unknown = Reflect.get(made, name, made);
      if (typeof value === 'function') bound[name] = value.bind(made);
      return bound[name] ?? value;
    },
  });
}

/**
 * Prepares each SQL text of this connection once, at its first use, for all callers. So nobody may change how a
 * statement returns rows, or iterate slowly over a shared one.
 */
export function planOnce(db: Db): Db {
  const prepare = db.prepare.bind(db);
  const made = new Map<string, Statement>();
  const late = (sql: string): Statement => {
    const statement = made.get(sql) ?? whenUsed(() => prepare(withStablePlan(sql)));
    made.set(sql, statement);
    return statement;
  };
  db.prepare = late as Db['prepare'];
  return db;
}
