import type { AppError } from './errors.ts';

/** An expected outcome as a value: what failed is data, not an exception. */
export type Result<T, E = AppError> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({
  ok: true,
  value,
});

export const err = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });
