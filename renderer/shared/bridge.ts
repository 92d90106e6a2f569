import type { ErrorCode, Result, TillBridge } from '../../preload/contract/index.ts';

declare global {
  interface Window {
    /** Absent only where the preload could not run; then every call fails as `internal`. */
    readonly till?: TillBridge;
  }
}

type Calls = Omit<TillBridge, 'onChanges'>;

const failed = (code: ErrorCode) => ({ ok: false, error: { code } }) as const;

/** Never rejects: a broken bridge is an expected failure for the screen. */
async function ask(name: keyof Calls, args: Parameters<Calls[keyof Calls]>[0]): Promise<Result<unknown>> {
  const call = window.till?.[name] as ((given: unknown) => Promise<Result<unknown>>) | undefined;
  if (call === undefined) return failed('internal');
  try {
    return await call(args);
  } catch {
    return failed('internal');
  }
}

/** The screens' access to main. Nothing else uses `window.till`. */
export const till = new Proxy({} as Calls, {
  get: (_, name) => (args: Parameters<Calls[keyof Calls]>[0]) => ask(name as keyof Calls, args),
});

/** Subscribes to pushes; the returned function unsubscribes. */
export const onChanges: TillBridge['onChanges'] = (listener) =>
  window.till?.onChanges(listener) ?? (() => undefined);
