/** What a till is doing when a configuration waits. */
export interface TillMoment {
  /** A form is begun, a review is open, or a drawer is being counted. */
  readonly hasEntryOpen: boolean;
  readonly nowMs: number;
}

/** When a configuration is taken over: from its day on, and never under somebody's hands. Pure. */
export const mayApply = (
  { validFromMs }: { readonly validFromMs: number },
  { hasEntryOpen, nowMs }: TillMoment,
): boolean => !hasEntryOpen && nowMs >= validFromMs;
